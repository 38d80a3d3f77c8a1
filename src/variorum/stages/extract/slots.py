"""The slots of a page: small spots of the site's template that hold lines of the story, or would.

A newsroom's template puts a promotion, a writer's box or an advertisement into the same element on
every page, whatever it says that day. A slot's name is made of the tags of its element and of the two
around it and of the words in their own names (``class``, ``id``, ``role``, ``data-…``), figures and
hashes left out. No word means anything here: names are only compared with names of the same site's
other pages, and a publisher who renames them is learned anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from variorum.model import Slot, reasons
from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.layout import Layout
from variorum.stages.extract.names import names_of
from variorum.stages.extract.tree import Element, Line

if TYPE_CHECKING:
    from variorum.stages.extract.story import Story

_LEVELS = 3  # the element and the two around it
_MOST = 200  # slots of one page
_SHARE = 0.5  # of the container's prose: what holds more is the story
# Share of a line's letters that are set in one way for the whole line to be.
_DRESSED = 0.9
_PART = frozenset({"table", "figure", "caption"})
_HEADING = 100  # characters of a heading that is no more than bold type
_CREDIT = re.compile(
    r"\W{0,3}(?:(?:additional )?(?:reporting|writing|editing)|written|edited|compiled) by\b", re.I
)


def slots_of(story: Story) -> tuple[Slot, ...]:
    """The slots of a story's page; none where no story was found."""
    if story.judge is None:
        return ()
    found: dict[tuple[str, int, int], None] = {}
    for line in _considered(story):
        found |= dict.fromkeys(story.judge.slots.around(line))
        if len(found) >= _MOST:
            break
    return tuple(Slot(*each) for each in found)


def _considered(story: Story) -> Iterator[Line]:
    """The lines that are the story's, or would be if nothing were known of the site's slots or if
    their own words did not say that they are none."""
    for line, verdict in zip(story.tree.lines, story.verdicts, strict=True):
        told = verdict.kept and verdict.role != "notice"
        if told or is_site_s(verdict.why) or leads_on(verdict.why):
            yield line


def is_site_s(why: str) -> bool:
    """Whether a verdict says that a line is the site's by its own words or by its slot."""
    return why == reasons.ELSEWHERE or why in reasons.BY_WORDS


class Slots:
    """The slots of one container; names of elements are remembered."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._own: dict[Element, str] = {}
        self._names: dict[Element, str] = {}

    def around(self, line: Line) -> Iterator[tuple[str, int, int]]:
        """The slots that hold a line, the smallest first: name, first and last line (half-open).

        Only what is marked is one: by a name of its own or of a box around it within the story's
        place, or by how a whole line is set. A plain item of a plain list is any story's.
        """
        dress = _dress(line)
        boxes = list(self._boxes(line.element))
        if _stands_alone(line) and (dress or self._is_marked(line.element)):
            name = _digest(f"{self._path(line.element)}|{dress}")
            yield name, line.index, line.index + 1
        for at, e in enumerate(boxes):
            if (at or e.last - e.first > 1) and self._is_marked(e):
                yield self._name(e), e.first, e.last

    def boxes(self, inner: Element) -> Iterator[str]:
        """The names of the slots that hold an element."""
        return map(self._name, self._boxes(inner))

    def _boxes(self, inner: Element) -> Iterator[Element]:
        """An element and those around it, as long as they are small spots of the container."""
        layout = self._layout
        for e in inner.ancestors():
            if e is layout.container or e in layout.large:
                return
            if layout.weighed.prose(e) > _SHARE * layout.total:
                return
            yield e

    def _is_marked(self, inner: Element) -> bool:
        """Whether an element, or one around it within the story's main place, has a name."""
        layout = self._layout
        for e in inner.ancestors():
            if e is layout.container or layout.weighed.prose(e) > _SHARE * layout.total:
                return False
            if " " in self._named(e) or "-" in e.tag:  # an element of the site's own (HTML 4.13)
                return True
        return False

    def _name(self, e: Element) -> str:
        if e not in self._names:
            self._names[e] = _digest(self._path(e))
        return self._names[e]

    def _path(self, e: Element) -> str:
        chain = zip(e.ancestors(), range(_LEVELS), strict=False)
        return "/".join(self._named(each) for each, _ in chain)

    def _named(self, e: Element) -> str:
        if e not in self._own:
            self._own[e] = " ".join([e.tag, *sorted(set(names_of(e.node.attributes)))])
        return self._own[e]


def leads_on(why: str) -> bool:
    """Whether a verdict says that a line is none of the story's by its links."""
    return why in reasons.BY_LINKS


def _stands_alone(line: Line) -> bool:
    """Whether a line is a slot of its own: no heading, no part of a table or figure, and not the
    names of those who wrote the story."""
    if line.tag in HEADINGS or not _PART.isdisjoint(line.context) or _CREDIT.match(line.text):
        return False
    heading = line.bold > _DRESSED * len(line.text) and len(line.text) < _HEADING
    return not heading


def _dress(line: Line) -> str:
    """How a whole line is set: in bold, in italics, as a link or beginning with one."""
    length = _DRESSED * len(line.text)
    marks = ("b" if line.bold >= length else "", "i" if line.slanted >= length else "")
    begins = "l" if line.links and not line.lead else ""
    return "".join((*marks, "L" if line.linked >= length else begins))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
