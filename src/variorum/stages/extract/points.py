"""The key points that many pages set under the headline, in a list of their own before the body.

They tell the story, and change with it. What else stands there as a list leads somewhere, or is a word
or two: buttons, sections, counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from variorum.stages.extract import counts, phrases
from variorum.stages.extract.tree import Element, Line
from variorum.text.caseless import Caseless
from variorum.text.moments import is_moment

_POINTS = range(2, 9)
_WORDS = 4  # of one point, at least
_LETTERS = 20  # of one point in scripts that set no spaces, at least
_LONGEST = 300  # characters of one
_DAY = 24  # characters of the day at the head of a row
_FIGURE = re.compile(r"\d")
_AWAY = frozenset(
    {"nav", "aside", "footer", "form", "button", "dialog", "figure", "table", "caption"}
)


def key_points(lines: Sequence[Line], known: Callable[[str], bool]) -> list[Line]:
    """The points among the lines between a headline and its story. ``known`` says whether a line
    stands on other stories of the site."""
    told = [x for points in _lists(lines) if _are_points(points, known) for x in points]
    return told or [
        x for rows in _dated(lines) if not any(known(x.text) for x in rows) for x in rows
    ]


def _dated(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The rows of a chronicle: blocks side by side that each begin with a day set apart ("**1 May** Coins
    found."), and tell what came then."""
    found: dict[Element | None, list[Line]] = {}
    for line in lines:
        found.setdefault(line.element.parent, []).append(line)
    yield from (
        rows for rows in found.values() if len(rows) in _POINTS and all(map(_is_dated, rows))
    )


def _is_dated(line: Line) -> bool:
    day, told = line.text[: line.head].strip(" :–—-"), line.text[line.head :].strip(" :–—-")
    if not line.head or len(day) > _DAY or line.links or not _AWAY.isdisjoint(line.context):
        return False
    words = told.split()
    return bool(_FIGURE.search(day)) and is_moment(day) and len(words) > 1 and not is_moment(told)


def is_verdict(line: Line) -> bool:
    """Whether a line is the critic's own points and no more ("2/5"), in an element that says that they are:
    what readers gave is counted."""
    if not _POINTS_OF.fullmatch(line.text) or not _AWAY.isdisjoint(line.context):
        return False
    given = [dict(e.node.attributes) for e in islice(line.element.ancestors(), _NEAR)]
    told = " ".join(v for a in given for k, v in a.items() if v and k in _SAYS)
    return _OF_CRITIC.search(told) and not _OF_READERS.search(told)


_POINTS_OF = re.compile(
    r"\d{1,2}(?:[.,]\d)?\s?(?:/|out of|von|sur|de|su)\s?\d{1,3}(?: stars| points)?"
)
_NEAR = 2  # elements around a line that may say what it is
_SAYS = frozenset({"class", "id", "aria-label", "itemprop", "title"})
_OF_CRITIC = Caseless(
    r"review|rating|verdict|wertung|critique|(?:^|[\s_-])(?:stars?|note|nota|voto|score-value)(?:$|[\s_-])|out of \d"
)
_OF_READERS = Caseless(
    r"reader|user|vote|aggregate|average|customer|audience|count|leser|lecteur|lector|lettor|leitor|member"
)


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
