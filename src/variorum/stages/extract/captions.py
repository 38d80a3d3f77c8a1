"""Captions without a ``figcaption``: short lines in a small block with a picture or a credit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.stages.extract import counts, phrases
from variorum.stages.extract.body import HEADINGS, size
from variorum.stages.extract.dates import written_date
from variorum.stages.extract.endings import SENTENCE_END
from variorum.stages.extract.layout import Layout, shape_of
from variorum.stages.extract.tree import Element, Line, Spot
from variorum.text.caseless import Caseless

_LONGEST, _LINES = 400, 4
_NO_PICTURE = frozenset({"table", "quote"})


def is_of_picture(context: frozenset[str]) -> bool:
    """Whether a line is a picture's by where it stands: in a ``figcaption``, or in a figure that is
    not a table's or a quotation's."""
    return "caption" in context or ("figure" in context and context.isdisjoint(_NO_PICTURE))


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
        if SENTENCE_END.search(text):
            if layout.stands_in_story(line):
                return False
            if line.tag == "p" and size(text) >= 80 and shape_of(line) in layout.core_shapes:
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


_NEXT = Caseless(
    r"\W{0,3}(?:(?:watch|play|up|read|see|hear) next|next video|nächstes video|als nächstes|à suivre|vidéo suivante"
    r"|a continuación|siguiente vídeo|prossimo video|a seguir|próximo vídeo)\b"
)
_LENGTH = re.compile(r"\(?\d{1,2}:\d\d\)?\W*$")
_LINKED = 0.8  # share of a caption that leads to another page


def leads_on(line: Line) -> bool:
    """Whether the words under a picture send the reader to another video: "Watch next: …", or a link
    with how long that takes."""
    if _NEXT.match(line.text):
        return True
    return line.linked > _LINKED * len(line.text) and bool(_LENGTH.search(line.text))


_NO_CAPTION = frozenset({"nav", "footer", "form", "button", "dialog", "aside"})
_WHOLE = frozenset({"body", "main", "article", "header", "section"})
# Beside a picture above the story, shorter lines are labels and longer ones the story's lead.
_SHORTEST, LEAD = 25, 150
_SHORTEST_NAMED = 8  # of a line whose own class says what it is
_NAMED = re.compile(
    r"caption|(?:^|[-_ ])(?:cap|legende?|cutline|bildunterschrift|bildtext|pie-?de-?foto|didascalia)(?:$|[-_ ])",
    re.I,
)


def lines_beside(spot: Spot, lines: Sequence[Line]) -> Sequence[Line]:
    """The one or two lines that share a small block with a picture and nothing else, when they read
    like its caption; none otherwise."""
    for e, _ in zip(spot.element.ancestors(), range(3), strict=False):
        if e.tag in _WHOLE or e.last - e.first > 2:
            return ()
        inside = lines[e.first : e.last]
        if inside:
            return inside if all(_may_be_caption(x) for x in inside) else ()
    return ()


def _may_be_caption(line: Line) -> bool:
    text = line.text
    if (
        line.tag in HEADINGS
        or line.linked * 3 > len(text)
        or not line.context.isdisjoint(_NO_CAPTION)
    ):
        return False
    if phrases.is_credit(text):
        return True
    if len(text) < 60 and written_date(text):
        return False
    says = (counts.is_clock, phrases.is_advert, phrases.is_invitation, phrases.is_gate)
    named = " " in text and _NAMED.search(line.element.node.attributes.get("class") or "")
    shortest = _SHORTEST_NAMED if named else _SHORTEST
    return shortest <= size(text) < LEAD and not any(test(text) for test in says)
