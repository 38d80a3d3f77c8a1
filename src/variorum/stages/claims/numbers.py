"""Numbers as they stand in prose: digits with their separators, and what words add to them.

A number is read from the tokens of one line; what it measures is for ``figures`` to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from operator import itemgetter, or_

from variorum.stages.claims.figure_language import Language
from variorum.stages.claims.number_parts import leading_fraction, read_ratio, with_parts
from variorum.stages.claims.number_types import (
    VULGAR,
    Number,
    Tok,
    Words,
    digits_value,
    glued,
    glued_word,
    scale_after,
    words_of,
)
from variorum.stages.claims.number_words import read_compound, read_words, sum_words
from variorum.stages.claims.units import transliterated, units

_DENOMINATORS = frozenset({"2", "3", "4", "5", "6", "8", "10", "12", "16", "32", "64", "128"})


def read_numbers(toks: list[Tok], language: Language) -> list[Number]:
    """Every number of a line, left to right, none overlapping."""
    words, found, free = words_of(language), list[Number](), 0
    for i in _heads(toks, words, language):
        number = _read(toks, i, words, language) if i >= free else None
        if number is not None:
            found.append(number)
            free = number.last
    return found


_LOW, _KIND = map(itemgetter, map(Tok._fields.index, ("low", "kind")))


def _heads(toks: list[Tok], words: Words, language: Language) -> Iterable[int]:
    """The tokens with which a number may begin."""
    if language == "de":  # in one word with what follows, too
        return range(len(toks))
    low = [*map(_LOW, toks), "", ""]
    begins = map(words.heads.__contains__, low)
    digits = map("digits".__eq__, map(_KIND, toks))
    either = compress(range(len(toks)), map(or_, begins, digits))
    return [i for i in either if _may_begin(low, i, words)]


def _may_begin(low: list[str], i: int, words: Words) -> bool:
    """Whether token i, if an article, has a word of a number after it or a hyphen: "a third"."""
    if low[i] not in words.bare_article:
        return True
    after = words.after_article
    return low[i + 1] in after or low[i + 2] in after


def _read(toks: list[Tok], i: int, words: Words, language: Language) -> Number | None:
    kind, low = toks[i].kind, toks[i].low
    if kind == "digits":
        return _read_digits(toks, i, words, language)
    if toks[i].text in VULGAR:
        return Number(i, i + 1, VULGAR[toks[i].text], "fraction")
    if kind != "word":
        return None
    if low in words.starters and not glued_word(toks, i):
        number = leading_fraction(toks, i, words) or read_words(toks, i, words)
        if number is not None and number.form == "words":
            number = with_parts(toks, number, words)
        return read_ratio(toks, number, words, language)
    return read_compound(toks, i, words) if language == "de" else None


# -- digits ---------------------------------------------------------------------------------------
def _read_digits(toks: list[Tok], i: int, words: Words, language: Language) -> Number | None:
    value, last = digits_value(toks[i].text, language), i + 1
    if value is None or _part_of_a_name(toks, i):
        return None
    if _leading_point(toks, i):
        return Number(i - 1, last, value / 10 ** len(toks[i].text), "digits")
    value, last = _spaced_groups(toks, i, value, language)
    if (power := _power(toks, last) or _times_ten(toks, last)) is not None:
        return Number(
            i, power[1], value ** power[0] if power[2] else value * 10 ** power[0], "digits"
        )
    value, last, whole = _vulgar_part(toks, last, value)
    if whole and (fraction := _slash(toks, last - 1)) is not None:
        return Number(i, last + 2, fraction, "fraction")
    value, last, scaled = scale_after(toks, last, value, words)
    if scaled:
        value, last = _further(toks, last, value, words)
    number = Number(i, last, value, "digits", scaled)
    mixed = with_parts(toks, number, words) if scaled else number
    return read_ratio(toks, mixed, words, language)


def _power(toks: list[Tok], last: int) -> tuple[int, int, bool] | None:
    """``1.1^23``, ``12e-1``: exponent, the token after it, and whether it is a power."""
    mark = toks[last].low if last < len(toks) and glued(toks, last) else ""
    if mark not in {"^", "e"} or last + 1 >= len(toks):
        return None
    exponent = _exponent(toks, last + 1)
    return (exponent[0], exponent[1], mark == "^") if exponent else None


def _times_ten(toks: list[Tok], last: int) -> tuple[int, int, bool] | None:
    """``6.23x10^-4``, ``2.998×10−8``: exponent, the token after it, and that it is no power."""
    tail = [t.low for t in toks[last : last + 3]]
    tied = len(tail) == 3 and glued(toks, last) and glued(toks, last + 1) and glued(toks, last + 2)
    if not tied or tail[0] not in {"x", "×"} or tail[1] != "10":
        return None
    if tail[2] not in {"^", "-", "−"}:
        return None
    exponent = _exponent(toks, last + (3 if tail[2] == "^" else 2))
    return (exponent[0], exponent[1], False) if exponent else None


def _exponent(toks: list[Tok], at: int) -> tuple[int, int] | None:
    """A signed whole number of at most 30, glued to what stands before it, and the token after."""
    first, sign = at, 1
    while (
        at < len(toks) and toks[at].text in {"-", "−", "+"} and glued(toks, at) and at < first + 2
    ):
        sign, at = (sign if toks[at].text == "+" else -sign), at + 1
    if at >= len(toks) or not glued(toks, at) or not toks[at].text.isdigit():
        return None
    exponent = int(toks[at].text[:3])
    return (sign * exponent, at + 1) if exponent <= 30 else None


def _vulgar_part(toks: list[Tok], last: int, value: float) -> tuple[float, int, bool]:
    """``7½``, ``10 1/2``: a whole number with a fraction; the third value says that none came."""
    if last < len(toks) and toks[last].text in VULGAR:
        return value + VULGAR[toks[last].text], last + 1, False
    if last < len(toks) and toks[last].kind == "digits" and value.is_integer():
        near = toks[last].start - toks[last - 1].end <= 2
        part = _slash(toks, last) if near else None
        if part is not None:
            return value + part, last + 3, False
    return value, last, True


def _further(toks: list[Tok], last: int, value: float, words: Words) -> tuple[float, int]:
    """``3 hundred and 21``, ``4 thousand 3 hundred``: what a smaller order adds."""
    at = last + 1 if last < len(toks) and toks[last].low in words.conjunction else last
    if at >= len(toks) or value >= 1e6:
        return value, last
    if at > last and toks[at].kind == "word":
        spelled = sum_words(toks, at, at, words, None)
        if spelled is None or isinstance(spelled.value, tuple) or spelled.value >= 100:
            return value, last
        return value + spelled.value, spelled.last
    if not toks[at].text.isdigit():
        return value, last
    more, end, scaled = scale_after(toks, at + 1, float(toks[at].text), words)
    step = 100 if value % 1000 else 1000
    if more < step and (at > last or scaled) and value % step == 0:
        return value + more, end
    return value, last


def _part_of_a_name(toks: list[Tok], i: int) -> bool:
    """``S23``, ``COVID-19``, ``F-16``, ``2-2``'s second half: digits tied to what stands before."""
    if not glued(toks, i) or transliterated(toks, i) is not None:
        return False
    before = toks[i - 1]
    if before.kind == "word":
        return not (before.text in units().codes or _after_dollar(toks, i))
    if before.text in {"/", ":", "_", "#", "@", "\\", "=", "%"}:
        return True
    if before.text == "-" and i > 1 and glued(toks, i - 1):
        if toks[i - 2].kind == "digits":  # "scp2-173"
            return glued(toks, i - 2) and toks[i - 3].kind == "word"
        return toks[i - 2].kind == "word" and toks[i - 2].low not in {"minus", "to", "sub", "mid"}
    return False


def _after_dollar(toks: list[Tok], i: int) -> bool:
    """``$US58``, ``$A25``: letters between the sign and the digits."""
    return i > 1 and toks[i - 2].text == "$" and glued(toks, i - 1)


def _leading_point(toks: list[Tok], i: int) -> bool:
    """``.500``: a decimal without its nought."""
    if not (glued(toks, i) and toks[i - 1].text == "." and toks[i].text.isdigit()):
        return False
    return i < 2 or not glued(toks, i - 1) or toks[i - 2].text in {"$", "£", "€", "("}


def _spaced_groups(toks: list[Tok], i: int, value: float, language: Language) -> tuple[float, int]:
    """Groups of three set off by (thin) spaces: ``40 000``, ``1 250 000``."""
    last = i + 1
    if len(toks[i].text) > 3 or not toks[i].text.isdigit():
        return value, last
    total = value
    while last < len(toks) and toks[last].kind == "digits" and _is_group(toks, last):
        total, last = total * 1000 + float(toks[last].text), last + 1
    if last == i + 1 or (language == "en" and last == i + 2 and toks[last - 1].text != "000"):
        return value, i + 1
    return total, last


def _is_group(toks: list[Tok], at: int) -> bool:
    text = toks[at].text
    spaced = toks[at].start - toks[at - 1].end == 1 and "." not in toks[at - 1].text
    return spaced and text[:3].isdigit() and (len(text) == 3 or text[3:4] == ".")


def _slash(toks: list[Tok], i: int) -> float | None:
    """``3/4``: a fraction, unless it may be a date or ``24/7``."""
    if i + 2 >= len(toks) or toks[i + 1].text not in {"/", "⁄"} or toks[i + 2].kind != "digits":
        return None
    upper, lower = toks[i].text, toks[i + 2].text
    longer = i + 3 < len(toks) and toks[i + 3].text in {"/", "⁄"}
    if lower not in _DENOMINATORS or not upper.isdigit() or longer or int(upper) >= int(lower):
        return None
    return int(upper) / int(lower)
