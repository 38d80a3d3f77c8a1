"""Pairing quotation marks as real pages write them.

One pass, paragraph by paragraph. A mark opens or closes by where it stands first and by its shape
second, because pages mix shapes (``“investigate"``). A quotation may run over paragraphs, each
opened anew and only the last one closed. One that is never closed ends with its paragraph (opened
at the paragraph's head or after a colon or comma) or with its sentence, so that an odd mark never
swallows more than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from variorum.stages.claims.reading import Reading, all_of

_OPENERS = frozenset(["“", "„", "«", "``", "〝"])
_CLOSERS = frozenset(["”", "»", "〞"])
_GERMAN = frozenset(["„", "»"])
_SINGLE_LIMIT = 400  # tokens: no single-quoted quotation of news is longer


@dataclass(slots=True)
class Quotation:
    """Tokens [first, last] are the marks or outermost words; inner words lie in [inside, outside).

    ``closed`` is False when the closing mark is missing; ``runs_on`` when the next paragraph opens
    it anew.
    """

    first: int
    last: int
    inside: int
    outside: int
    closed: bool = True
    runs_on: bool = False
    single: bool = False

    @property
    def size(self) -> int:
        """Inner tokens."""
        return self.outside - self.inside


def quotations(reading: Reading) -> list[Quotation]:
    """The quotations of a text in order; those inside another are left out."""
    found: list[Quotation] = []
    for first, stop in zip(reading.para_first, reading.para_end, strict=True):
        doubles = _double(reading, first, stop)
        singles = _single(reading, first, stop, doubles)
        found += sorted(doubles + singles, key=lambda q: q.first) if singles else doubles
    _run_on(reading, found)
    return found


def _double(reading: Reading, first: int, stop: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened = -1
    depth = 0
    for i in all_of('"', reading.tags, first, stop):
        role = _role(reading, i, first, stop, opened)
        if opened < 0:
            if role != "close":
                opened, depth = i, 0
        elif role == "open":
            if _opens_anew(reading, i, opened):
                found.append(_unclosed(reading, opened, i))
                opened, depth = i, 0
            else:
                depth += 1
        elif depth and _more_marks(reading, i, stop):
            depth -= 1
        else:
            found.append(Quotation(opened, i, opened + 1, i))
            opened = -1
    if opened >= 0:
        found.append(_unclosed(reading, opened, stop))
    return [q for q in found if q.size > 0]


def _role(reading: Reading, i: int, first: int, stop: int, opened: int) -> str:
    """open, close or either."""
    mark = reading.word[i]
    left_free = i == first or reading.spaced(i) or reading.tag[i - 1] in "(-"
    right_free = i + 1 >= stop or reading.spaced(i + 1) or reading.tag[i + 1] in ".,:)-"
    if mark in _GERMAN or mark in "“«":  # shape depends on the language; the place decides
        if mark == "„":
            return "open"
        if mark == "»" or (mark == "“" and opened >= 0 and reading.word[opened] == "„"):
            if mark == "»":
                foreign = opened >= 0 and reading.word[opened] == "«"
                return "close" if foreign or opened >= 0 else "open"
            return "close"
        if mark == "«" and opened >= 0 and reading.word[opened] == "»":
            return "close"
        if mark == "«":
            return "open"
    if left_free and not right_free:
        return "open"
    if right_free and not left_free:
        return "close"
    if mark in _OPENERS:
        return "open"
    if mark in _CLOSERS:
        return "close"
    if opened >= 0:
        return "close"
    return "open" if left_free or reading.tag[i - 1] in ",:-" else "close"


def _opens_anew(reading: Reading, i: int, opened: int) -> bool:
    """An opening mark inside an open quotation: was the closing one lost before it?"""
    before = reading.tag[i - 1]
    if (
        reading.sentence[i] != reading.sentence[opened]
        and i == reading.sent_first[reading.sentence[i]]
    ):
        return reading.word[i] not in {"``"}
    return before in ",:" and reading.sentence[i] != reading.sentence[opened]


def _more_marks(reading: Reading, i: int, stop: int) -> bool:
    return reading.tags.find('"', i + 1, min(stop, i + 200)) >= 0


def _unclosed(reading: Reading, opened: int, stop: int) -> Quotation:
    """No closing mark: to the end of the paragraph that it heads, else of the sentence."""
    head = opened == reading.para_first[reading.paragraph[opened]]
    led = opened > 0 and reading.tag[opened - 1] in ":,"
    until = (
        stop if head or led else min(stop, reading.sentence_end(min(opened + 1, reading.size - 1)))
    )
    until = max(until, opened + 1)
    return Quotation(opened, until - 1, opened + 1, until, closed=False)


def _single(reading: Reading, first: int, stop: int, taken: list[Quotation]) -> list[Quotation]:
    """Quotations in single marks that stand outside the double ones."""
    marks = all_of("q", reading.tags, first, stop)
    if len(marks) < 2:
        return []
    if taken:
        marks = _outside(marks, taken)
    found: list[Quotation] = []
    k = 0
    while k < len(marks):
        i = marks[k]
        if not _opens_single(reading, i, first, stop):
            k += 1
            continue
        close = _closing_single(reading, marks, k, stop)
        if close is None:
            k += 1
            continue
        found.append(Quotation(i, marks[close], i + 1, marks[close], single=True))
        k = close + 1
    return found


def _outside(marks: list[int], taken: list[Quotation]) -> list[int]:
    """The marks that lie in none of the quotations; both in order."""
    kept, k = [], 0
    for i in marks:
        while k < len(taken) and taken[k].last < i:
            k += 1
        if k == len(taken) or i < taken[k].first:
            kept.append(i)
    return kept


def _opens_single(reading: Reading, i: int, first: int, stop: int) -> bool:
    if reading.word[i] in "’›":
        return False
    free = i == first or reading.spaced(i) or reading.tag[i - 1] in "(-"
    return free and i + 1 < stop and not reading.spaced(i + 1) and reading.tag[i + 1] not in ".,:)"


def _closing_single(reading: Reading, marks: list[int], k: int, stop: int) -> int | None:
    possible = None
    for c in range(k + 1, len(marks)):
        j = marks[c]
        if j - marks[k] > _SINGLE_LIMIT or reading.word[j] == "‘":
            break
        if reading.spaced(j) or j == marks[k] + 1:
            continue
        tight = j + 1 < stop and not reading.spaced(j + 1) and reading.tag[j + 1] not in '.,:)-"'
        if tight:
            continue
        possessive = (
            reading.low[j - 1].endswith("s") and j + 1 < stop and reading.word[j + 1][0].isalpha()
        )
        if not possessive:
            return c
        possible = c if possible is None else possible
    return possible


def _run_on(reading: Reading, found: list[Quotation]) -> None:
    """Mark those that the next paragraph opens anew; others that are unclosed stay cut."""
    for this, following in pairwise(found):
        if this.closed or following.single:
            continue
        end = reading.paragraph_end(this.first)
        at_end = this.last >= end - 1 or this.outside >= end
        number = reading.paragraph[this.first] + 1
        if number < len(reading.para_first) and following.first == reading.para_first[number]:
            if not at_end:
                this.last, this.outside = end - 1, end
            this.runs_on = True
