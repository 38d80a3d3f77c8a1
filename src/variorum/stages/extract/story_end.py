"""Where the story ends: at comments, related stories and the like, or where the page goes on to another."""

from __future__ import annotations

from itertools import islice

from variorum.stages.extract import phrases
from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.following import begins_again, following
from variorum.stages.extract.layout import Layout, Shape, shape_of
from variorum.stages.extract.tree import Line

_TOLD = 200  # characters of prose before the story may end


class Ending:
    """The end of the story that lies in a :class:`Layout`."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.container = layout, layout.container
        self.lines = layout.weighed.tree.lines
        self.gain, self.sums = layout.weighed.gain, layout.weighed.gains
        anchor, self._again = layout.anchor, layout.container.last
        if anchor.found and self.container.first <= anchor.line < self.container.last:
            self._again = self._where_told(
                begins_again(self.lines, self.container, self.lines[anchor.line])
            )

    def _where_told(self, again: int) -> int:
        """Where the next story begins, if this one was told before."""
        told = self.sums[again] - self.sums[self.container.first] > _TOLD
        return again if told else self.container.last

    def stop(self) -> int:
        """The line at which comments, related stories and the like begin, or the container's end.

        A label inside the story ("Related") does not end it: most of the prose must be before.
        """
        sums, start, stop = self.sums, self.container.first, self._again
        for line in self.lines[start:stop]:
            leads_on = line.linked and not (line.href or "").startswith("#")
            if len(line.text) > 120 or (leads_on and line.tag not in HEADINGS):
                continue
            if not phrases.ends_story(line.text) or self.runs_on(line) or self.heads_story(line):
                continue
            before, after = sums[line.index] - sums[start], sums[stop] - sums[line.index]
            enough = before > 0.6 * after
            if phrases.is_replies(line.text):
                enough = enough or before > 500
            if before > _TOLD and enough and not self.goes_on(line):
                return line.index
        return stop

    def another_story(self, stop: int) -> range:
        """The lines of the next story in full, where the page goes on to it."""
        sums, start = self.sums, self.container.first
        told = next((i for i in range(start, stop) if sums[i] - sums[start] > _TOLD), None)
        if told is None:
            return range(0)
        return following(self.lines, self.container, max(told, self.layout.anchor.line + 1))

    def runs_on(self, label: Line) -> bool:
        """Whether a label is itself a paragraph with another right after it ("UP NEXT" in a match
        report), rather than a heading over something else."""
        if label.tag != "p" or label.index + 1 >= self.container.last:
            return False
        after = self.lines[label.index + 1]
        return (
            after.tag == "p" and not after.linked and after.element.parent is label.element.parent
        )

    def heads_story(self, label: Line) -> bool:
        """Whether a heading that begins like a label ("Comments from the port", "Latest figures") heads
        a paragraph of the story's own place, as its other headings do."""
        if label.tag not in HEADINGS or label.linked or label.index + 1 >= self.container.last:
            return False
        after, place = self.lines[label.index + 1], label.element.parent
        if not phrases.tells_more(label.text) or after.tag != "p" or after.linked:
            return False
        home = self.layout.home.get(after.index)
        beside = any(e is place for e in islice(after.element.ancestors(), 1, 3))
        return beside and home in self.layout.homes and place in (home, home and home.parent)

    def goes_on(self, label: Line) -> bool:
        """Whether more of what stood before a label comes after it, in the same shape of place."""
        gain = self.gain
        before: dict[Shape, float] = {}
        after: dict[Shape, float] = {}
        for index in (i for i in self.layout.home if i < self._again):
            held = before if index < label.index else after
            shape = shape_of(self.lines[index])
            held[shape] = held.get(shape, 0.0) + gain[index]
        most, total = max(before.values(), default=0.0), sum(before.values())
        for shape, prose in after.items():
            again = before.get(shape, 0.0)
            if (again > 0.4 * most and prose > 0.08 * again) or (again and prose > 0.4 * total):
                return True
        ended = {
            home
            for i, home in self.layout.home.items()
            if i < label.index and home in self.layout.large
        }
        rest = sum(
            gain[i]
            for i, home in self.layout.home.items()
            if label.index < i < self._again and home in ended
        )
        return rest > 0.02 * self.layout.total
