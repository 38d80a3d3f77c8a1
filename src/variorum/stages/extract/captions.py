"""Captions without a ``figcaption``: short lines in a small block with a picture or a credit."""

from __future__ import annotations

from variorum.stages.extract import phrases
from variorum.stages.extract.body import HEADINGS, SENTENCE_END, size
from variorum.stages.extract.dates import written_date
from variorum.stages.extract.layout import Layout
from variorum.stages.extract.tree import Element, Line

_LONGEST, _LINES = 400, 4


class Captions:
    """Recognises the captions of one container."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        container = layout.container
        spots = layout.weighed.tree.spots
        inside = [s for s in spots if container.first <= s.line <= container.last]
        self.pictured = {e for s in inside for e in s.element.ancestors()}

    def is_caption(self, line: Line) -> bool:
        layout, text = self.layout, line.text
        if size(text) > _LONGEST or line.tag in HEADINGS or "quote" in line.context:
            return False
        if len(text) < 100 and written_date(text):
            return False
        if phrases.is_credit(text) and line.element not in layout.large:
            return not layout.stands_in_story(line) or phrases.starts_as_credit(text)
        if layout.stands_in_story(line) and SENTENCE_END.search(text):
            return False
        return self._beside_picture(line)

    def _beside_picture(self, line: Line) -> bool:
        for e in line.element.ancestors():
            if e is self.layout.container or e in self.layout.homes or e.last - e.first > _LINES:
                return False
            if e in self.pictured or self._has_credit(e, line):
                return True
        return False

    def _has_credit(self, e: Element, line: Line) -> bool:
        """A block of a few lines, one of them a picture's credit."""
        others = [x for x in self.layout.lines[e.first : e.last] if x is not line]
        return any(phrases.starts_as_credit(x.text) and len(x.text) < 120 for x in others)
