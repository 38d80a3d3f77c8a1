"""What a number is read from and into: a line's tokens, the number, a language's number words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, repeat
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from variorum.stages.claims.figure_language import Language
from variorum.stages.claims.lexicon import Remembered, read_toml

Value = float | tuple[float, float]
Form = Literal["digits", "words", "vague", "fraction", "ratio"]

# Letters of most languages' words first: runs of them are read sooner than of letters at large.
_TOKEN = re.compile(r"((?=\S)(?:[a-zA-Z]++[^\W\d_]*+|\d+(?:[.,]\d+)*|[^\W\d_]+|\S))")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
_POINT_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d+)?\Z")


#: Fractions of one sign.
VULGAR = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 0.2, "⅛": 1 / 8,
          "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8}  # fmt: skip


class Tok(NamedTuple):
    """One piece of a line: where it stands, as written, in lower case, and what it is."""

    start: int
    end: int
    text: str
    low: str
    kind: str


@dataclass(slots=True)
class Number:
    """A number in the tokens ``[first, last)``; ``scaled`` says that a scale word is part of it."""

    first: int
    last: int
    value: Value
    form: Form
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The number words of one language."""

    small: dict[str, float]
    tens: dict[str, float]
    scale: dict[str, float]
    vague: dict[str, tuple[float, float]]
    parts: dict[str, float]
    conjunction: frozenset[str]
    article: frozenset[str]
    ratio: frozenset[str]
    starters: frozenset[str]
    heads: frozenset[str]  # starters and fractions of one sign
    bare_article: frozenset[str]  # articles that are no other number word
    after_article: frozenset[str]  # of which one must stand after such an article


@lru_cache(maxsize=1)
def number_lexicon() -> dict[str, Any]:
    """``lexicons/units_words.toml``, read once."""
    return read_toml("units_words.toml")


@lru_cache(maxsize=8)
def words_of(language: Language) -> Words:
    """The vocabulary of ``language``; English stands beside every other one, which wins a tie."""
    packs = [number_lexicon()[code] for code in dict.fromkeys(("en", language))]

    def merged(key: str) -> dict[str, Any]:
        return {word: value for pack in packs for word, value in pack[key].items()}

    def joined(key: str) -> frozenset[str]:
        return frozenset(word for pack in packs for word in pack[key])

    small, tens, scale, vague, parts = map(merged, ("small", "tens", "scale", "vague", "parts"))
    starters = frozenset({*small, *tens, *vague, *parts, *scale, *joined("article")})
    return Words(
        small,
        tens,
        scale,
        {word: (low, high) for word, (low, high) in vague.items()},
        parts,
        joined("and"),
        joined("article"),
        joined("ratio"),
        starters,
        starters.union(VULGAR),
        joined("article").difference(small, tens, scale, vague, parts),
        frozenset({*scale, *parts}),
    )


def tokens_of(text: str, start: int, end: int) -> list[Tok]:
    """The pieces of ``text[start:end]``; offsets are into ``text``."""
    pieces = _TOKEN.split(text[start:end])
    places = list(accumulate(map(len, pieces), initial=start))
    found = pieces[1::2]
    columns = zip(
        places[1::2],
        places[2::2],
        found,
        map(str.lower, found),
        map(_KIND_BY_FIRST.__getitem__, map(itemgetter(0), found)),
        strict=False,
    )
    return list(map(tuple.__new__, repeat(Tok), columns))  # past the checks of NamedTuple


def _kind(first: str) -> str:
    """digits, word or mark, by the first letter."""
    if first.isdecimal():
        return "digits"
    return "word" if first.isalnum() else "mark"


_KIND_BY_FIRST = Remembered(_kind)


def digits_value(written: str, language: Language) -> float | None:
    """The value of digits with separators; None for what is no number (an address, a date)."""
    if written.isdigit():
        return float(written) if len(written) < 16 else None
    points, commas = written.count("."), written.count(",")
    if points and commas:
        decimal = "." if written.rfind(".") > written.rfind(",") else ","
        if written.count(decimal) > 1:
            return None
        other = "," if decimal == "." else "."
        return float(written.replace(other, "").replace(decimal, "."))
    if commas:
        if language == "en" and (_GROUPED.match(written) or _INDIAN.match(written)):
            return float(written.replace(",", ""))
        return float(written.replace(",", ".")) if commas == 1 else None
    if points == 1:
        if language in {"de", "es", "fr"} and _POINT_GROUPED.match(written):
            return float(written.replace(".", ""))
        return float(written)
    return float(written.replace(".", "")) if _POINT_GROUPED.match(written) else None


def glued(toks: list[Tok], i: int) -> bool:
    """Whether token ``i`` follows its neighbour without white space."""
    return i > 0 and toks[i - 1].end == toks[i].start


def glued_word(toks: list[Tok], i: int) -> bool:
    """Whether a hyphen, apostrophe or letter ties the word to what stands before it."""
    return glued(toks, i) and toks[i - 1].text in {"-", "'", "’", "_"} and glued(toks, i - 1)


def joined(toks: list[Tok], i: int) -> int:
    """The index of the word after ``i``, past a space or a hyphen; -1 where other marks stand."""
    if i + 1 < len(toks) and toks[i + 1].kind in {"word", "digits"}:
        return i + 1
    hyphen = i + 2 < len(toks) and toks[i + 1].text in {"-", "‑", "–"}
    if hyphen and glued(toks, i + 1) and toks[i + 2].kind == "word" and glued(toks, i + 2):
        return i + 2
    return -1


def _word_follows(toks: list[Tok], at: int) -> bool:
    return at + 1 < len(toks) and toks[at + 1].start - toks[at].end <= 0


def scale_after(toks: list[Tok], last: int, value: float, words: Words) -> tuple[float, int, bool]:
    """Scale words after digits: ``3.5bn``, ``75 million``, ``2 hundred thousand``."""
    scaled = False
    while True:
        at = joined(toks, last - 1)
        if at >= 0 and toks[at].text == "k" and not _word_follows(toks, at):
            return value * 1000, at + 1, True
        if at < 0 or toks[at].low not in words.scale:
            return value, last, scaled
        if toks[at].text in {"TN", "MIL", "Mil"}:
            return value, last, scaled
        value, last, scaled = value * words.scale[toks[at].low], at + 1, True
