"""Every quantity of a text: value, unit, what is counted, bound.

A quantity is a number that measures or counts something. Dates, clock times, years, ordinals,
scores, labels ("Part 3", "Game 7") and digits inside names ("S23", "COVID-19") are none. The span
covers what a reader would underline: sign, currency, digits or words, scale, and the unit (money,
percent, measure, age), not the noun that is counted nor the words of its bound.

The vocabulary is data (``lexicons/units.toml``, ``lexicons/units_words.toml``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from variorum.model import Figure
from variorum.model.claim import Bound
from variorum.stages.claims.counted import counted_after
from variorum.stages.claims.dates import is_calendar
from variorum.stages.claims.figure_language import Language, language_of
from variorum.stages.claims.numbers import (
    Number,
    Tok,
    number_lexicon,
    read_numbers,
    tokens_of,
    words_of,
)
from variorum.stages.claims.quantity import Quantity, measured, merged_ranges

_LINE = re.compile(r"[^\n]+")


def find_figures(text: str) -> list[Figure]:
    """Every quantity of ``text``, whoever gives it, in reading order; none overlap."""
    return figures_between(text, 0, len(text), language_of(text))


def figures_between(text: str, start: int, end: int, language: Language) -> list[Figure]:
    """:func:`find_figures` of ``text[start:end]`` in a language that is known; offsets into ``text``."""
    anchor, found = _anchor(language), []
    for line in _LINE.finditer(text, start, end):
        if anchor.search(text, line.start(), line.end()):
            found += _figures_of(tokens_of(text, line.start(), line.end()), language)
    return found


@lru_cache(maxsize=8)
def _anchor(language: Language) -> re.Pattern[str]:
    """Whether a line can hold a number at all: a digit or the beginning of a number word."""
    starts = sorted(words_of(language).starters - words_of(language).article, key=len, reverse=True)
    known = "|".join(map(re.escape, starts))
    return re.compile(rf"[\d½⅓⅔¼¾]|\b(?:{known})", re.IGNORECASE)


def _figures_of(toks: list[Tok], language: Language) -> list[Figure]:
    quantities = [measured(toks, n) for n in read_numbers(toks, language)]
    kept = [q for q in merged_ranges(toks, quantities) if _is_quantity(toks, q)]
    return [_figure(toks, q) for q in kept]


def _figure(toks: list[Tok], q: Quantity) -> Figure:
    plain = None if isinstance(q.value, tuple) else q.value
    counted = None
    if q.unit is None or q.unit == "percentage":
        counted = counted_after(toks, q.last, plain)
        if q.unit == "percentage" and (q.last >= len(toks) or toks[q.last].low != "of"):
            counted = None
    unit = q.unit or (counted.head if counted else None)
    span = (toks[q.first].start, toks[q.last - 1].end)
    return Figure(span, _tidy(q.value), unit, counted.phrase if counted else None, bound(toks, q))


def _tidy(value: float | tuple[float, float]) -> float | tuple[float, float]:
    """Whole numbers as int, and the dust of binary fractions swept off (12 digits are kept)."""

    def one(number: float) -> float:
        swept = float(f"{number:.12g}")
        return int(swept) if swept.is_integer() and abs(swept) < 1e15 else swept

    return (one(value[0]), one(value[1])) if isinstance(value, tuple) else one(value)


# -- what is a quantity -----------------------------------------------------------------------------
def _is_quantity(toks: list[Tok], q: Quantity) -> bool:
    if q.unit is not None:
        return not (q.unit == "metre" and q.number.form == "words" and q.last - q.number.last > 1)
    if q.number.form in {"vague", "fraction", "ratio"} or q.number.scaled:
        return True
    if is_calendar(toks, q.first, q.last, q.value):
        return False
    if q.number.form == "words":
        return _counts_in_words(toks, q)
    return not _is_label(toks, q)


_NO_ONE = frozenset(
    "no any every each some this that the another which one anyone someone everyone not first last "
    "next only old new big good other right wrong little young great former latter loved".split()
)
_AFTER_ONE = frozenset(
    "another day or thing who whom day is was can could would might may has had should must does to "
    'in on at by for which that it , . ; : ! ? ) ” ’ " and but with as'.split()
)


def _counts_in_words(toks: list[Tok], q: Quantity) -> bool:
    """Leave out the pronoun ``one``; other spelled-out numbers count."""
    if q.value != 1 or isinstance(q.value, tuple) or q.number.form != "words":
        return True
    before = toks[q.first - 1].low if q.first else ""
    after = toks[q.last].low if q.last < len(toks) else "."
    return before not in _NO_ONE and after not in _AFTER_ONE


_LABELS = frozenset(
    """part chapter section article no nos number game match week day group row page pages figure
    table act scene round stage phase level step line lines lane gate platform room flat unit floor
    exit highway interstate route road junction channel radio bbc itv episode season series volume
    vol issue version model mark type class category tier division league under grade year form key
    stage page apartment suite house zone district ward sector area precinct block cell station
    bus flight boeing airbus ps playstation xbox iphone ipad windows android galaxy note pixel
    apollo formula top psalm verse amendment proposition prop bill resolution rule title clause
    schedule paragraph annex appendix item lot""".split()
)


def _is_label(toks: list[Tok], q: Quantity) -> bool:
    """``Part 3``, ``iPhone 11``, ``Euro 2020``, ``2-2``, ``(4)``: digits that name or score."""
    before = toks[q.first - 1] if q.first else None
    after = toks[q.last] if q.last < len(toks) else None
    if _is_score(toks, q) or _is_ordinal(toks, q):
        return True
    if after and after.kind == "word" and after.start == toks[q.last - 1].end:
        return True  # "5G", "4x4", "1080p": letters that are no unit
    if after and after.text == ":" and after.end < len(toks) and q.last + 1 < len(toks):
        if toks[q.last + 1].start == after.end and toks[q.last + 1].kind == "digits":
            return True
    counts = counted_after(toks, q.last, None) is not None
    if before is None:
        return after is not None and after.text in {".", ")", ":"} and not counts
    if before.low in _LABELS and before.kind == "word" and not (counts and before.low == "under"):
        return not (counts and before.text.islower())
    if before.text in {"#", "№"}:
        return True
    name = before.kind == "word" and before.text[0].isupper() and q.first > 1
    opens = q.first > 1 and toks[q.first - 2].text in {".", "!", "?", "“", '"', ":"}
    return name and not opens and not counts and not before.text.isupper()


def _is_score(toks: list[Tok], q: Quantity) -> bool:
    """``2-1``, ``6–3, 7–5``: two small figures tied by a hyphen, no noun between."""
    if isinstance(q.value, tuple):
        return q.dashed and max(q.value) < 200 and counted_after(toks, q.last, None) is None
    tied = q.first > 1 and toks[q.first - 1].text in {"-", "–"}
    return (
        tied
        and toks[q.first - 2].kind == "digits"
        and toks[q.first - 2].end == toks[q.first - 1].start
    )


def _is_ordinal(toks: list[Tok], q: Quantity) -> bool:
    after = toks[q.last] if q.last < len(toks) else None
    glued = after is not None and after.start == toks[q.last - 1].end
    return (
        glued and after is not None and after.low in {"st", "nd", "rd", "th", "s", "er", "e", "º"}
    )


# -- bound ------------------------------------------------------------------------------------------
@lru_cache(maxsize=1)
def _bounds() -> tuple[dict[str, Bound], dict[str, Bound]]:
    data = number_lexicon()
    before: dict[str, Bound] = {w: b for b, listed in data["bounds"].items() for w in listed}
    after: dict[str, Bound] = {w: b for b, listed in data["after"].items() for w in listed}
    return before, after


_SKIPPED = frozenset({"the", "a", "an", "(", "of"})


def bound(toks: list[Tok], q: Quantity) -> Bound:
    """``at least`` >, ``up to`` <, ``around`` ~: by the words right before or after the figure."""
    before, after = _bounds()
    if q.number.form == "vague":
        return "~"
    for end in range(q.first, max(q.first - 3, 0), -1):
        for start in range(max(end - 4, 0), end):
            words = " ".join(t.low for t in toks[start:end])
            if words in before and _not_negated(toks, start, words):
                return before[words]
        if toks[end - 1].low not in _SKIPPED:
            break
    if q.last < len(toks) and toks[q.last].text == "+":
        return ">"
    for size in (2, 1):
        words = " ".join(t.low for t in toks[q.last : q.last + size])
        if words in after:
            return after[words]
    return "="


def _not_negated(toks: list[Tok], start: int, words: str) -> bool:
    """``over`` in ``all over 50 states`` is rare enough; ``some`` needs a figure, not ``some one``."""
    del toks, start, words
    return True


__all__ = ["Number", "bound", "find_figures"]
