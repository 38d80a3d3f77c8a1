"""Every quantity of a text: value, unit, what is counted, bound.

A quantity is a number that measures or counts something. Dates, clock times, years, ordinals,
scores, labels ("Part 3", "Game 7") and digits inside names ("S23", "COVID-19") are none. The span
covers what a reader would underline: sign, currency, digits or words, scale, and the unit (money,
percent, measure, age), not the noun that is counted nor the words of its bound.

The vocabulary is data (``lexicons/units.toml``, ``lexicons/units_words.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import compress

from variorum.model import Figure, Span
from variorum.model.claim import Bound
from variorum.stages.claims.counted import counted_after
from variorum.stages.claims.figure_language import Language, language_of
from variorum.stages.claims.hedges import lasting
from variorum.stages.claims.labels import is_quantity
from variorum.stages.claims.lexicon import Remembered
from variorum.stages.claims.number_types import Tok, number_lexicon, tokens_of, words_of
from variorum.stages.claims.numbers import read_numbers
from variorum.stages.claims.quantity import Quantity, measured, merged_ranges
from variorum.stages.claims.tokens import tokens


def find_figures(text: str) -> list[Figure]:
    """Every quantity of ``text``, whoever gives it, in reading order; none overlap."""
    return figures_between(text, 0, len(text), language_of(text))


def figures_between(text: str, start: int, end: int, language: Language) -> list[Figure]:
    """:func:`find_figures` of ``text[start:end]`` in a known language; offsets into ``text``."""
    words, starts = tokens(text, start, end)
    found: list[Figure] = []
    for first, last in stretches(text, start, end, number_words(words, starts, language)):
        found += figures_of_stretch(text, first, last, language)
    return found


def number_words(words: Sequence[str], starts: Sequence[int], language: Language) -> list[int]:
    """The starts of the tokens that hold a digit or the beginning of a number word."""
    return list(compress(starts, map(begins_number(language).__getitem__, words)))


# Where a quantity never runs on: a line's end, and a full stop after a word of four letters or more
# (shorter ones may be abbreviations) before a capital letter or a quotation mark. Sought from the
# stop on, of which there are few, not from every space.
_SEAM = re.compile(r"\n|[.!?](?<=[a-z]{4}[.!?])[ \u00a0](?=[A-Z“\"'‘])")


def stretches(text: str, start: int, end: int, anchors: Sequence[int]) -> Iterator[Span]:
    """The parts of ``text[start:end]`` that hold one of the ``anchors``, its :func:`number_words`;
    no quantity runs from one into another."""
    if not anchors:
        return
    at, first = 0, start
    for seam in [*(m.end() - 1 for m in _SEAM.finditer(text, start, end)), end]:
        if at < len(anchors) and anchors[at] < seam:
            yield first, seam
            while at < len(anchors) and anchors[at] < seam:
                at += 1
        first = seam + 1


_WORD_OR_DIGIT = re.compile(r"[^\W\d_]+|\d+")
# What German numbers in one word begin with ("zweitausend", "fünfzig")
_COMPOUNDS = ("ein", "zwei", "drei", "vier", "fünf", "sech", "sieb", "acht", "neun", "zehn", "elf")


@lru_cache(maxsize=8)
def number_starters(language: Language) -> frozenset[str]:
    """Words that a number can begin with, articles left out."""
    words = words_of(language)
    return (words.starters - words.article) | set("½⅓⅔¼¾⅕⅛⅜⅝⅞")


@lru_cache(maxsize=8)
def begins_number(language: Language) -> Remembered[bool]:
    """Whether a token holds a digit or the beginning of a number word."""
    starters, compounds = number_starters(language), language == "de"

    def test(word: str) -> bool:
        low = word.lower()
        if word.isascii() and word.isalpha():  # most words by far
            return low in starters or (compounds and low.startswith(_COMPOUNDS))
        return holds_number(words_and_digits(word), language)

    return Remembered(test)


def words_and_digits(token: str) -> list[str]:
    """The runs of letters and of digits in a token, in lower case."""
    low = token.lower()
    if len(low) != len(token):  # a letter that lowers to two
        low = token.replace("İ", "I").lower()
    found: list[str] = _WORD_OR_DIGIT.findall(low)
    return found


def holds_number(parts: Iterable[str], language: Language) -> bool:
    """Whether one of the :func:`words_and_digits` of a token are digits or begin a number word."""
    starters, compounds = number_starters(language), language == "de"
    return any(
        part in starters or part[0].isdecimal() or (compounds and part.startswith(_COMPOUNDS))
        for part in parts
    )


def may_begin_number(word: str, language: Language) -> bool:
    """Whether a lower-case word can be the number of a figure (articles left out)."""
    return word in number_starters(language) or (language == "de" and word.startswith(_COMPOUNDS))


def figures_of_stretch(text: str, first: int, last: int, language: Language) -> list[Figure]:
    """The quantities of one of the :func:`stretches` of a text; offsets into the text."""
    toks = tokens_of(text, first, last)
    quantities: list[Quantity] = []
    for number in read_numbers(toks, language):
        quantities.append(measured(toks, number, quantities[-1].last if quantities else 0))
    out: list[Figure] = []
    before: tuple[Quantity, Bound] | None = None
    for q in merged_ranges(toks, quantities):
        said = bound(toks, q)
        if said == "=" and before is not None and _says_the_same(toks, before[0], q):
            said = before[1]
        before = q, said
        sure = said in {">", "<"} or (said == "~" and q.number.form == "digits")
        if is_quantity(toks, q, sure, language == "de"):
            out.append(_figure(toks, q, said))
    return out


def _figure(toks: list[Tok], q: Quantity, said: Bound) -> Figure:
    plain = None if isinstance(q.value, tuple) else q.value
    counted = None
    if q.unit is None or q.unit == "percentage":
        counted = counted_after(toks, q.last, plain)
        if q.unit == "percentage" and (q.last >= len(toks) or toks[q.last].low != "of"):
            counted = None
    unit = q.unit or (counted.head if counted else None)
    span = (toks[q.first].start, toks[q.last - 1].end)
    return Figure(span, _tidy(q.value), unit, counted.phrase if counted else None, said)


def _tidy(value: float | tuple[float, float]) -> float | tuple[float, float]:
    """Whole numbers as int, and the dust of binary fractions swept off (12 digits are kept)."""

    def one(number: float) -> float:
        swept = float(f"{number:.12g}")
        return int(swept) if swept.is_integer() and abs(swept) < 1e15 else swept

    return (one(value[0]), one(value[1])) if isinstance(value, tuple) else one(value)


def _says_the_same(toks: list[Tok], first: Quantity, second: Quantity) -> bool:
    """``190 points, or 0.6%``, ``100 kilometres (60 miles)``: one quantity in another unit."""
    if first.unit is None or second.unit is None or first.unit == second.unit:
        return False
    between = [t.low for t in toks[first.last : second.first]]
    if between in ([",", "or"], ["or"]):
        return True
    return between == ["("] and second.last < len(toks) and toks[second.last].text == ")"


# -- bound ----------------------------------------------------------------------------------------
@lru_cache(maxsize=1)
def _bounds() -> tuple[dict[str, Bound], dict[str, Bound]]:
    data = number_lexicon()
    before: dict[str, Bound] = {w: b for b, listed in data["bounds"].items() for w in listed}
    after: dict[str, Bound] = {w: b for b, listed in data["after"].items() for w in listed}
    return before, after


@lru_cache(maxsize=1)
def _bounds_end() -> frozenset[str]:
    """The last tokens of the bounds that stand before a figure."""
    return frozenset(words.rsplit(" ", 1)[-1] for words in _bounds()[0])


@lru_cache(maxsize=1)
def _bounds_begin() -> frozenset[str]:
    """The first tokens of the bounds that stand after a figure."""
    return frozenset(words.partition(" ")[0] for words in _bounds()[1])


_SKIPPED = frozenset({"the", "a", "an", "(", "of"})


def bound(toks: list[Tok], q: Quantity) -> Bound:
    """``at least`` >, ``up to`` <, ``around`` ~: by the words right before or after the figure."""
    before, after = _bounds()
    if q.number.form == "vague":
        return "~"
    ends = _bounds_end()
    for end in range(q.first, max(q.first - 3, 0), -1):
        for start in range(max(end - 4, 0), end) if toks[end - 1].low in ends else ():
            words = " ".join(t.low for t in toks[start:end])
            if words in before:
                during = words in {"over", "under"} and _during(toks, q, start)
                return "=" if during else before[words]
        if toks[end - 1].low not in _SKIPPED:
            break
    if q.last < len(toks) and toks[q.last].text == "+" and _ends_in_plus(toks, q.last):
        return ">"
    if q.last < len(toks) and toks[q.last].low in _bounds_begin():
        for size in (2, 1):
            words = " ".join(t.low for t in toks[q.last : q.last + size])
            if words in after:
                return after[words]
    return direction(toks, q) or "="


_LENGTHS_OF_TIME = frozenset(
    {"second", "minute", "hour", "day", "night", "week", "fortnight", "month", "year", "decade"}
)


def _during(toks: list[Tok], q: Quantity, at: int) -> bool:
    """Whether the "over" at token ``at`` means "in the course of" or "about": ``stole £3m over five
    months``, ``split over a 200-year-old oak``; not ``for over five months``."""
    if q.unit is not None and q.unit.endswith("of age"):
        return q.last < len(toks) and toks[q.last].kind == "word" and toks[q.last - 1].low == "old"
    if q.unit not in _LENGTHS_OF_TIME:
        return False
    opens = at == 0 or toks[at - 1].text in {".", "!", "?", "“", '"'}
    return not opens and toks[at - 1].low not in lasting()


def _ends_in_plus(toks: list[Tok], at: int) -> bool:
    """``200+``, but not the sign of ``S&P 500 +0.3%``."""
    tied = at + 1 < len(toks) and toks[at + 1].start == toks[at].end
    return toks[at].start == toks[at - 1].end and not (tied and toks[at + 1].kind == "digits")


@lru_cache(maxsize=1)
def _directions() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = number_lexicon()["directions"]
    return frozenset(data["up"]), frozenset(data["down"]), frozenset(data["between"])


def direction(toks: list[Tok], q: Quantity) -> Bound | None:
    """``rose 5%`` up, ``fell by a further 12 points`` down: a rise or fall of that much."""
    if q.unit in {"percentage", "percentage point", "basis point"}:
        if toks[q.first].text in {"-", "−"}:
            return "down"  # "FTSE -0.6%"
        if (
            q.first
            and toks[q.first - 1].text == "+"
            and toks[q.first - 1].end == toks[q.first].start
        ):
            return "up"
    at = direction_word(toks, q.first)
    if at is None or (q.unit is None and not q.number.scaled):
        return None
    return "up" if toks[at].low in _directions()[0] else "down"


def direction_word(toks: list[Tok], first: int) -> int | None:
    """The token of the verb of rising or falling right before token ``first``, if there is one."""
    up, down, between = _directions()
    for at in range(first - 1, max(first - 5, -1), -1):
        if toks[at].low in up or toks[at].low in down:
            return at
        if toks[at].low not in between and not toks[at].low.endswith("ly"):
            return None
    return None


__all__ = ["bound", "figures_between", "find_figures"]
