"""The figures and hedges of the paragraphs that hold a statement, kept for the next version of a story.

Figures are sought a stretch of a paragraph (mostly a sentence) at a time, and only in those that the
words of a statement reach into.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from variorum.model import Figure, Hedge, Span
from variorum.stages.claims.figure_language import Language
from variorum.stages.claims.figures import figures_of_stretch, number_words, stretches
from variorum.stages.claims.hedges import hedge_words, hedges_at
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.workspace import Statement


def figures_and_hedges(
    r: Reading, statements: list[Statement], said: Iterable[Span], language: Language
) -> tuple[list[Figure], list[Hedge]]:
    """The hedges of the paragraphs that hold a statement, and the figures of those of their stretches
    in which some of the words ``said`` stand; both in order."""
    figures: list[Figure] = []
    hedges: list[Hedge] = []
    reach = _Reach(said)
    for number in _touched(r, statements):
        first = r.para_first[number]
        start = r.start[first]
        paragraph = _met(r, first, r.paragraph_end(first), language)
        figures += [
            Figure((f.span[0] + start, f.span[1] + start), f.value, f.unit, f.counted, f.change)
            for f in paragraph.figures(reach, start)
        ]
        hedges += [
            Hedge((h.span[0] + start, h.span[1] + start), h.text, h.kind) for h in paragraph.hedges
        ]
    return figures, hedges


class _Reach:
    """Spans of a text, to be asked whether one of them reaches into another span."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def touches(self, start: int, end: int) -> bool:
        k = bisect_left(self._starts, end)
        return k > 0 and self._ends[k - 1] > start


class _Paragraph:
    """A paragraph of a language: its hedges, and its figures by the stretches that hold a number,
    None where nobody has asked for them yet; all by their places in it."""

    __slots__ = ("_figures", "_language", "_stretches", "_text", "hedges")

    def __init__(self, text: str, language: Language, anchors: Sequence[int]) -> None:
        self._text = text
        self._language = language
        self._stretches = list(stretches(text, 0, len(text), anchors))
        self._figures: list[list[Figure] | None] = [None] * len(self._stretches)
        self.hedges: list[Hedge] = []

    def figures(self, reach: _Reach, at: int) -> list[Figure]:
        """The figures of the stretches that something said reaches into; the paragraph begins ``at``
        that place of the text."""
        found: list[Figure] = []
        for number, (start, end) in enumerate(self._stretches):
            if reach.touches(at + start, at + end):
                found += self._of_stretch(number)
        return found

    def _of_stretch(self, number: int) -> list[Figure]:
        known = self._figures[number]
        if known is None:
            known = figures_of_stretch(self._text, *self._stretches[number], self._language)
            self._figures[number] = known
        return known


_PARAGRAPHS: dict[tuple[Language, str], _Paragraph] = {}
_LONGEST_PARAGRAPH = 4000  # letters of one that is remembered
_MOST_PARAGRAPHS = 2048  # remembered: the next version of a story has most of them again; some MB


def _met(r: Reading, a: int, b: int, language: Language) -> _Paragraph:
    """The paragraph of the tokens [a, b)."""
    text = r.said(a, b)
    if len(text) > _LONGEST_PARAGRAPH:
        return _read(r, a, b, language, text)
    known = _PARAGRAPHS.get((language, text))
    if known is None:
        if len(_PARAGRAPHS) >= _MOST_PARAGRAPHS:
            _PARAGRAPHS.clear()
        known = _PARAGRAPHS[language, text] = _read(r, a, b, language, text)
    return known


def _read(r: Reading, a: int, b: int, language: Language, text: str) -> _Paragraph:
    zero = r.start[a]
    hedging: Sequence[int]
    if language == "en":
        anchors = [r.start[i] - zero for i in _between(r.numbers, a, b)]
        hedging = _between(r.hedges, a, b)
    else:  # other languages have words of their own
        hedging = range(a, b)
        anchors = number_words(r.word[a:b], [start - zero for start in r.start[a:b]], language)
    paragraph = _Paragraph(text, language, anchors)
    if hedging:
        words, starts = [r.word[i] for i in hedging], [r.start[i] - zero for i in hedging]
        beginnings = hedge_words(text, words, starts, language)
        paragraph.hedges = hedges_at(text, len(text), language, beginnings)
    return paragraph


def _between(places: list[int], a: int, b: int) -> list[int]:
    """Those of ``places``, in order, that lie in [a, b)."""
    return places[bisect_left(places, a) : bisect_left(places, b)]


def _touched(r: Reading, statements: list[Statement]) -> list[int]:
    """The numbers of the paragraphs that hold a statement, in order."""
    numbers, paragraph = set[int](), r.paragraph
    for s in statements:
        for a, b in [*s.parts, s.cue or s.parts[0]]:
            numbers.add(paragraph[a])
            if b > a + 1 and paragraph[b - 1] != paragraph[a]:
                numbers.update(range(paragraph[a], paragraph[b - 1] + 1))
    return sorted(numbers)
