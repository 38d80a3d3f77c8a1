"""Cards that lead to other stories: their writers and dates are not this story's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.byline import leads_to_author
from variorum.stages.extract.tree import Element, Line, Spot

_LEVELS = 8  # elements around a name that may be the card it stands on
_LINES = 8  # of a card
_LONGEST = 600  # letters of a card: a headline, a few lines, a name
_TELLING = 25  # letters of a link that names a story; names of people and sections are shorter
_BLURB_LINES, _BLURB = 2, 180  # lines and letters under the title of a teaser
_WRAPPED = 3  # elements between a picture and the link around it
_PAGE = frozenset({"main", "body", "html"})
_ENTRIES = frozenset({"li", "article"})
_HEADED = (
    "h2 a[href], h3 a[href], h4 a[href], h5 a[href], h6 a[href], a[href]:has(h2, h3, h4, h5, h6)"
)


def stands_on_card(line: Line, lines: Sequence[Line]) -> bool:
    """As :func:`on_card`, of a line of the page."""
    for around in line.element.ancestors():
        if around.last - around.first > _LINES or around.tag in _PAGE:
            return False
        inside = lines[around.first : around.last]
        if any(x.tag == "h1" for x in inside) or sum(len(x.text) for x in inside) > _LONGEST:
            return False
        if any(x is not line and _heads_story(x, around) for x in inside):
            return True
    return False


def is_teaser(lines: Sequence[Line], pictures: Sequence[Spot]) -> bool:
    """Whether a small box is another page's picture and title, both one link, with a line or two about
    it. Rows of such boxes are a list of things that the story tells of, with a link to each."""
    title, *rest = lines
    led = title.links == 1 and title.linked >= len(title.text.replace(" ", "")) - 1
    if not led or not 1 <= len(rest) <= _BLURB_LINES or any(x.links for x in rest):
        return False
    if len(title.text) < _TELLING or sum(len(x.text) for x in rest) > _BLURB:
        return False
    return any(p.line == title.index and _in_link(p.node, title.href) for p in pictures)


def _in_link(node: Any, href: str | None) -> bool:
    around = node.parent
    for _ in range(_WRAPPED):
        if around is None:
            return False
        if around.tag == "a":
            return bool(around.attributes.get("href") == href)
        around = around.parent
    return False


def _heads_story(line: Line, around: Element) -> bool:
    if line.links != 1 or line.linked < _TELLING:  # several are tags, or pages of a section
        return False
    listed = around.tag in _ENTRIES or line.tag in HEADINGS
    return listed and not leads_to_author(line.href or "")


def on_card(node: Any, title: str = "") -> bool:
    """Whether an element stands in a small block that also links to another story by its headline
    (a heading, or any long link in an entry of a list), and not beside the headline of the page
    itself, which is part of the page's ``title``."""
    around = node.parent
    for _ in range(_LEVELS):
        if around is None or around.tag in _PAGE or around.css_first("h1") is not None:
            return False
        if len(_said(around)) > _LONGEST:
            return False
        links = around.css("a[href]" if around.tag in _ENTRIES else _HEADED)
        if any(_names_story(link, title) for link in links):
            return True
        around = around.parent
    return False


def _names_story(link: Any, title: str) -> bool:
    text = _said(link)
    if len(text) < _TELLING or text in title:
        return False
    return not leads_to_author(link.attributes.get("href") or "")


def _said(node: Any) -> str:
    return " ".join((node.text() or "").split())
