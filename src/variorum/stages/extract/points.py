"""The key points that many pages set under the headline, in a list of their own before the body.

They tell the story, and change with it. What else stands there as a list leads somewhere, or is a word
or two: buttons, sections, counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from variorum.stages.extract import counts, phrases
from variorum.stages.extract.tree import Element, Line

_POINTS = range(2, 9)
_WORDS = 4  # of one point, at least
_LETTERS = 20  # of one point in scripts that set no spaces, at least
_LONGEST = 300  # characters of one
_AWAY = frozenset(
    {"nav", "aside", "footer", "form", "button", "dialog", "figure", "table", "caption"}
)


def key_points(lines: Sequence[Line], known: Callable[[str], bool]) -> list[Line]:
    """The points among the lines between a headline and its story. ``known`` says whether a line
    stands on other stories of the site."""
    return [x for points in _lists(lines) if _are_points(points, known) for x in points]


def _lists(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each outermost list, or of each smallest element of the page's own making
    (``<key-points>``) that holds several, in order."""
    found: dict[Element, list[Line]] = {}
    for line in lines:
        around = list(line.element.ancestors())
        outer = [e for e in around if e.tag in ("ul", "ol")]
        outer = outer or [e for e in around if "-" in e.tag and e.last - e.first > 1][:1]
        if outer:
            found.setdefault(outer[-1], []).append(line)
    yield from found.values()


def _are_points(points: Sequence[Line], known: Callable[[str], bool]) -> bool:
    return len(points) in _POINTS and all(_is_point(x) and not known(x.text) for x in points)


def _is_point(line: Line) -> bool:
    text = line.text
    if line.links or not _AWAY.isdisjoint(line.context) or len(text) > _LONGEST:
        return False
    if len(text.split()) < _WORDS and not (len(text) >= _LETTERS and not text.isascii()):
        return False
    return not any(says(text) for says in _NONE)


_NONE = (
    counts.is_clock,
    counts.is_ticker,
    phrases.is_credit,
    phrases.is_gate,
    phrases.is_consent,
    phrases.is_prompt,
    phrases.is_invitation,
    phrases.is_promotion,
    phrases.is_advert,
    phrases.is_read_more,
    phrases.is_small_print,
)
