"""The changed parts of two versions laid out for comparison: linked passages, lone sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from variorum.model import Collation, Document, Span
from variorum.stages.claims.faded import faded
from variorum.stages.claims.figure_language import Language, language_in
from variorum.stages.claims.notes import is_notice, notice_spans
from variorum.stages.claims.passages import Passage, Side, passage
from variorum.stages.claims.wording import squeezed
from variorum.text.sentences import Cuts, cuts


@dataclass(slots=True)
class Layout:
    """``passages`` are compared word by word; ``lone_old`` and ``lone_new`` are the places of
    sentences that the other side does not have."""

    old: Document
    new: Document
    passages: list[Passage]
    lone_old: list[Span]
    lone_new: list[Span]
    old_sentences: Cuts
    new_sentences: Cuts
    language: Language
    _squeezed: dict[bool, str] = field(default_factory=dict)

    def letters(self, *, new: bool) -> str:
        """The letters and digits of one of the texts, made when first asked for."""
        if new not in self._squeezed:
            self._squeezed[new] = squeezed(self.new.text if new else self.old.text)
        return self._squeezed[new]

    def sentence_old(self, span: Span) -> str:
        return _sentence(self.old_sentences, span)

    def sentence_new(self, span: Span) -> str:
        return _sentence(self.new_sentences, span)


def _sentence(parts: Cuts, span: Span) -> str:
    at = bisect_right(parts.starts, span[0]) - 1
    return parts.texts[at] if at >= 0 else ""


def layout(old: Document, new: Document, collation: Collation, most: int) -> Layout:
    """Lay out the segments of a collation that are not "same"; notices are left out, and two
    headlines that nothing links are compared all the same."""
    before, after = _cut(old.text, old.language), _cut(new.text, new.language)
    languages = language_in(old), language_in(new)
    lost = faded(old.text, new.text)
    noted = _noted(old, before), _noted(new, after)
    often = _repeated(before.texts), _repeated(after.texts)
    linked = {i: segment.new for segment in collation.segments for i in segment.old}
    passages: list[Passage] = []
    lone_old: list[int] = []
    lone_new: list[int] = []
    for segment in collation.segments:
        if segment.op == "same":
            continue
        mine = [i for i in segment.old if i < len(before.texts) and i not in noted[0]]
        theirs = [j for j in segment.new if j < len(after.texts) and j not in noted[1]]
        if mine and theirs and len(passages) < most and _comparable(mine, theirs, before, after):
            sides = _side(old, before, mine, languages[0]), _side(new, after, theirs, languages[1])
            head = _is_head(old, before, mine) and _is_head(new, after, theirs)
            passages.append(passage(*sides, headline=head, lost=lost))
            passages[-1].in_place = _in_place(mine, theirs, linked, before, after)
            passages[-1].repeated = not (
                often[0].isdisjoint(before.texts[i] for i in mine)
                and often[1].isdisjoint(after.texts[j] for j in theirs)
            )
        elif not mine or not theirs:
            lone_old += mine
            lone_new += theirs
    _pair_headlines(old, new, before, after, lone_old, lone_new, passages, languages)
    return Layout(
        old,
        new,
        passages,
        [before.span(i) for i in lone_old if not is_notice(before.texts[i])],
        [after.span(j) for j in lone_new if not is_notice(after.texts[j])],
        before,
        after,
        languages[1],
    )


def _noted(document: Document, parts: Cuts) -> Set[int]:
    """The numbers of the sentences of the publisher's notices."""
    spans = notice_spans(document)
    return {n for n, start in enumerate(parts.starts) if any(a <= start < b for a, b in spans)}


def _repeated(texts: Sequence[str]) -> Set[str]:
    """Those that stand more than once."""
    if len(set(texts)) == len(texts):
        return frozenset()
    return {text for text, times in Counter(texts).items() if times > 1}


@lru_cache(maxsize=8)
def _cut(text: str, language: str | None) -> Cuts:
    """The sentences of a text: those of the newer version are those of the older one next time."""
    return cuts(text, language)


# Likeness (rapidfuzz ratio, 0..100) of two neighbours, figures and months left out, from which they
# are the same line of a list or table. A guess: names of two people lie below 75.
SAME_LINE = 80.0
# The look ahead spares most letters the trial of every name.
_MONTHS_AND_FIGURES = re.compile(
    r"(?=[\djfmasondtw])(?:\d+|"
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]*)",
    re.IGNORECASE,
)


def _in_place(
    mine: Sequence[int],
    theirs: Sequence[int],
    linked: Mapping[int, Sequence[int]],
    before: Cuts,
    after: Cuts,
) -> bool:
    """Whether the sentences before, or those behind, are linked and alike too, figures apart."""
    for i, j in ((mine[0] - 1, theirs[0] - 1), (mine[-1] + 1, theirs[-1] + 1)):
        if (i, j) == (-1, -1):
            return True
        if j in linked.get(i, ()) and _same_line(before.texts[i], after.texts[j]):
            return True
    return False


def _same_line(old: str, new: str) -> bool:
    if old == new:
        return True
    return fuzz.ratio(*(_MONTHS_AND_FIGURES.sub("", text) for text in (old, new))) >= SAME_LINE


# Characters of a sentence beyond which it is not compared word by word: no sentence, a page without
# full stops. Its quadratic worst case then costs milliseconds, and the collation shows the edit.
LONGEST = 20_000


def _comparable(
    mine: Sequence[int],
    theirs: Sequence[int],
    before: Cuts,
    after: Cuts,
) -> bool:
    old, new = sum(len(before.texts[i]) for i in mine), sum(len(after.texts[j]) for j in theirs)
    return max(old, new) <= LONGEST


def _side(document: Document, parts: Cuts, numbers: Sequence[int], language: Language) -> Side:
    """Sentences of one side; those that follow each other make one range."""
    ranges: list[Span] = []
    for n in numbers:
        start, end = parts.span(n)
        if ranges and n - 1 in numbers and ranges[-1][1] <= start:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    return Side(document.text, tuple(ranges), language)


def _is_head(document: Document, parts: Cuts, numbers: Sequence[int]) -> bool:
    return document.headline is not None and all(parts.paragraphs[n] == 0 for n in numbers)


def _pair_headlines(
    old: Document,
    new: Document,
    before: Cuts,
    after: Cuts,
    lone_old: list[int],
    lone_new: list[int],
    passages: list[Passage],
    languages: tuple[Language, Language],
) -> None:
    mine = [i for i in lone_old if _is_head(old, before, [i])]
    theirs = [j for j in lone_new if _is_head(new, after, [j])]
    if mine and theirs:
        sides = _side(old, before, mine, languages[0]), _side(new, after, theirs, languages[1])
        passages.insert(0, passage(*sides, headline=True))
        lone_old[:] = [i for i in lone_old if i not in mine]
        lone_new[:] = [j for j in lone_new if j not in theirs]
