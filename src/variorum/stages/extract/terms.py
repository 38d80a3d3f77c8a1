"""Boxes of terms and what they are: "Employees", "7,450"; "Our rating: 3 out of 5"; a figure set large.

Pages set them as lists of terms, tables, or rows of small blocks, before the story, amid it and after it.
Line by line they look like what a page keeps up to date by itself: labels, times, counts. As a whole they are
the story's where every line is a term or its value, none leads away, asks or counts readers, and the box
has words of the story.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import starmap

from variorum.stages.extract import counts, local
from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.facts import ASKS
from variorum.stages.extract.layout import Layout
from variorum.stages.extract.tree import Element, Line
from variorum.stages.extract.vocabulary import words_in
from variorum.text.audience import counts_audience
from variorum.text.caseless import Caseless

_LONGEST = 80  # characters of a line
_LABEL = 40  # characters before the colon of "Founded: 1858", at most
_MOST = 24  # lines of a box
_SHARED = 2  # words of the story, for a box amid it: one more before or after it, one less in a list or table
# What a service of prices tells of a share, and what is answered in a poll.
_MOVES = Caseless(
    r"\W{0,2}(?:(?:last |share |closing |opening )?(?:price|quote)|(?:day'?s |daily )?(?:change|range|high|low)|volume|bid|ask|open|(?:previous |prev )?close"
    r"|market cap(?:itali[sz]ation)?|kurs|eröffnung|schlusskurs|tageshoch|tagestief|umsatz|ouverture|clôture|variation|volumen|apertura|cierre|chiusura"
    r"|yes|no|maybe|don'?t know|unsure|undecided|ja|nein|weiß nicht|oui|non|sans opinion|sí|no sé|sì|non so|sim|não)\W{0,2}",
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?!\d| ?%)")
_FIGURE = re.compile(r"[^\w\s]{0,2}\d[\d.,]{0,12}\s?(?:%|\w{1,10}|[£$€])?")
_WORD = re.compile(r"[^\W\d_]{3}")
_LISTS, _CELLS = frozenset({"dl", "table"}), frozenset({"dd", "td", "th"})

Pair = tuple[str, str]


class Terms:
    """The boxes of terms of one container; verdicts are remembered."""

    def __init__(self, layout: Layout, known: Callable[[str], bool]) -> None:
        self.layout, self.known = layout, known
        self.boxes: dict[Element, bool] = {}

    def holds(self, line: Line) -> bool:
        """Whether a line stands in such a box."""
        if line.links or len(line.text) > _LONGEST:
            return False
        box = self._box(line)
        if box is None:
            return False
        found = self.boxes.get(box)
        if found is None:
            found = self.boxes[box] = self._is_one(box)
        return found

    def _box(self, line: Line) -> Element | None:
        """The largest element around a line that is no more than a box: a few short lines."""
        found, seen = None, 0
        for e in line.element.ancestors():
            count = e.last - e.first
            if e is self.layout.container or e in self.layout.large or count > _MOST:
                break
            if count > seen:
                if any(len(x.text) > _LONGEST for x in self.layout.lines[e.first : e.last]):
                    break
                found, seen = (e if count > 1 else None), count
        return found

    def _is_one(self, box: Element) -> bool:
        lines = self.layout.lines[box.first : box.last]
        texts = [x.text for x in lines]
        if any(x.links or self.known(x.text) or says(x.text) for x in lines for says in ASKS):
            return False
        if len(set(texts)) < len(texts) or any("://" in text for text in texts):
            return False
        if local.is_player(texts) or local.is_readings(texts, self.layout.spoken_of):
            return False
        pairs = pairs_of(lines)
        amid = self.layout.amid(lines[0])
        if not pairs or texts[0].endswith("?") or any(starmap(moves_by_itself, pairs)):
            return False
        if len(pairs) == 1 and not (amid and self._is_figure(box, texts)):
            return False
        asked = _SHARED + (not amid) - (box.tag in _LISTS or lines[-1].tag in _CELLS)
        return len(words_in(texts) & self._told(box)) >= asked

    def _is_figure(self, box: Element, texts: Sequence[str]) -> bool:
        """Whether a box is a figure set large with what it counts, and no picture."""
        if len(texts) != 2 or not any(map(_FIGURE.fullmatch, texts)):
            return False
        return all(not box.first <= s.line < box.last for s in self.layout.weighed.tree.spots)

    def _told(self, box: Element) -> frozenset[str]:
        """The words of the story and its headline without what a box says."""
        layout = self.layout
        told = [layout.lines[i].text for i in layout.home if not box.first <= i < box.last]
        if layout.anchor.found:
            told.append(layout.lines[layout.anchor.line].text)
        return words_in(told)


def pairs_of(lines: Sequence[Line]) -> list[Pair]:
    """Terms with their values, where a box is these and a title; empty where it is anything else."""
    found: list[Pair] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        term, colon, value = line.text.partition(": ")
        if colon and 0 < len(term) <= _LABEL and value.strip():
            found.append((term, value))
        elif at + 1 < len(lines) and _are_paired(line, lines[at + 1]):
            found.append((line.text, lines[at + 1].text))
            at += 1
        elif line.tag == "dd" and found:
            found.append((found[-1][0], line.text))
        elif at and line.tag not in HEADINGS:
            return []
        at += 1
    return found


def _are_paired(one: Line, other: Line) -> bool:
    """Whether two lines are a term and its description, or all that some block or row holds and no
    date of the page."""
    if one.tag == "dt" and other.tag == "dd":
        return True
    row = next((e for e in one.element.ancestors() if e.last - e.first > 1), None)
    alone = row is not None and (row.first, row.last) == (one.index, other.index + 1)
    return alone and not _dates((one, other))


def _dates(lines: Sequence[Line]) -> bool:
    """Whether one of two lines says when something was written or put on the page."""
    return any(
        _CLOCK.match(x.text) or (counts.is_clock(x.text) and _WORD.search(x.text)) for x in lines
    )


def counts_page(one: str, other: str) -> bool:
    """Whether a row counts readers, or says when the page was made or how long it takes to read."""
    one, other = one.strip(), other.strip()
    texts = (f"{other} {one}", f"{one} {other}", f"{one}: {other}")
    return any(says(x) for x in texts for says in _OF_THE_PAGE)


_OF_THE_PAGE = (counts.is_clock, counts.is_ticker, counts_audience)


def moves_by_itself(one: str, other: str) -> bool:
    """Whether a row counts the page's own, prices a share or counts answers."""
    return counts_page(one, other) or bool(
        _MOVES.fullmatch(one.strip()) or _MOVES.fullmatch(other.strip())
    )
