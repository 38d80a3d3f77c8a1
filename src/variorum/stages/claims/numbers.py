"""Numbers as they stand in prose: digits with their separators, spelled-out words, fractions.

A number is read from the tokens of one line; what it measures is for ``figures`` to say. The
grammar of spelled-out numbers is the usual additive one (units and tens add, a scale multiplies),
with one vocabulary a language in ``lexicons/units_words.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from variorum.stages.claims.figure_language import Language

Value = float | tuple[float, float]
Form = Literal["digits", "words", "vague", "fraction", "ratio"]

_TOKEN = re.compile(
    r"(?P<digits>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s]|_)|(?P<other>[^\s])"
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
_POINT_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})*,\d{3}(?:\.\d+)?\Z")
_VULGAR = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 0.2, "⅛": 1 / 8,
           "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8}  # fmt: skip
_DENOMINATORS = frozenset({"2", "3", "4", "5", "6", "8", "10", "12", "16", "32"})


class Tok(NamedTuple):
    """One piece of a line: where it stands, as written, in lower case, and what it is."""

    start: int
    end: int
    text: str
    low: str
    kind: str


@dataclass(frozen=True, slots=True)
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


@lru_cache(maxsize=1)
def number_lexicon() -> dict[str, Any]:
    """``lexicons/units_words.toml``, read once."""
    source = files("variorum.stages.claims") / "lexicons" / "units_words.toml"
    return tomllib.loads(source.read_text(encoding="utf8"))


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
    )


def tokens_of(text: str, start: int, end: int) -> list[Tok]:
    """The pieces of ``text[start:end]``; offsets are into ``text``."""
    return [
        Tok(m.start(), m.end(), m.group(), m.group().lower(), m.lastgroup or "other")
        for m in _TOKEN.finditer(text, start, end)
    ]


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


def read_numbers(toks: list[Tok], language: Language) -> list[Number]:
    """Every number of a line, left to right, none overlapping."""
    words, found, i = words_of(language), [], 0
    while i < len(toks):
        number = _read(toks, i, words, language)
        if number is None:
            i += 1
        else:
            found.append(number)
            i = number.last
    return found


def _read(toks: list[Tok], i: int, words: Words, language: Language) -> Number | None:
    kind = toks[i].kind
    if kind == "digits":
        return _read_digits(toks, i, words, language)
    if kind == "word":
        low = toks[i].low
        if low in words.starters and not _glued_word(toks, i):
            return _read_ratio(toks, _read_words(toks, i, words), words, language)
        return _read_compound(toks, i, words) if language == "de" else None
    if toks[i].text in _VULGAR:
        return Number(i, i + 1, _VULGAR[toks[i].text], "fraction")
    return None


def _glued(toks: list[Tok], i: int) -> bool:
    """Whether token ``i`` follows its neighbour without white space."""
    return i > 0 and toks[i - 1].end == toks[i].start


def _glued_word(toks: list[Tok], i: int) -> bool:
    """Whether a hyphen, apostrophe or letter ties the word to what stands before it."""
    return _glued(toks, i) and toks[i - 1].text in {"-", "'", "’", "_"} and _glued(toks, i - 1)


def _joined(toks: list[Tok], i: int) -> int:
    """The index of the word after ``i``, past a space or a hyphen; -1 when other marks stand there."""
    if i + 1 < len(toks) and toks[i + 1].kind in {"word", "digits"}:
        return i + 1
    hyphen = i + 2 < len(toks) and toks[i + 1].text in {"-", "‑", "–"}
    if hyphen and _glued(toks, i + 1) and toks[i + 2].kind == "word" and _glued(toks, i + 2):
        return i + 2
    return -1


# -- digits -----------------------------------------------------------------------------------------
def _read_digits(toks: list[Tok], i: int, words: Words, language: Language) -> Number | None:
    value, last = digits_value(toks[i].text, language), i + 1
    if value is None or _part_of_a_name(toks, i):
        return None
    if _leading_point(toks, i):
        return Number(i - 1, last, value / 10 ** len(toks[i].text), "digits")
    value, last = _spaced_groups(toks, i, value, language)
    if last < len(toks) and toks[last].text in _VULGAR:
        value, last = value + _VULGAR[toks[last].text], last + 1
    elif (fraction := _slash(toks, last - 1)) is not None:
        return Number(i, last + 2, fraction, "fraction")
    value, last, scaled = _scale_after(toks, last, value, words)
    number = Number(i, last, value, "digits", scaled)
    return _read_ratio(toks, number, words, language)


def _part_of_a_name(toks: list[Tok], i: int) -> bool:
    """``S23``, ``COVID-19``, ``F-16``, ``2-2``'s second half: digits tied to what stands before."""
    if not _glued(toks, i):
        return False
    before = toks[i - 1]
    if before.kind == "word":
        return before.text.upper() != before.text or len(before.text) != 3
    if before.text in {"/", ":", "_", "#", "@", "\\", "="}:
        return True
    if before.text == "-" and i > 1 and _glued(toks, i - 1):
        return toks[i - 2].kind == "word" and toks[i - 2].low not in {"minus", "to", "sub", "mid"}
    return False


def _leading_point(toks: list[Tok], i: int) -> bool:
    """``.500``: a decimal without its nought."""
    if not (_glued(toks, i) and toks[i - 1].text == "." and toks[i].text.isdigit()):
        return False
    return i < 2 or not _glued(toks, i - 1) or toks[i - 2].text in {"$", "£", "€", "("}


def _spaced_groups(toks: list[Tok], i: int, value: float, language: Language) -> tuple[float, int]:
    """Groups of three set off by (thin) spaces: ``40 000``, ``1 250 000``."""
    last = i + 1
    if len(toks[i].text) > 3 or not toks[i].text.isdigit():
        return value, last
    total = value
    while last < len(toks) and toks[last].kind == "digits" and len(toks[last].text) == 3:
        if toks[last].start - toks[last - 1].end != 1 or not toks[last].text.isdigit():
            break
        total, last = total * 1000 + float(toks[last].text), last + 1
    if last == i + 1 or (language == "en" and toks[last - 1].text != "000"):
        return value, i + 1
    return total, last


def _slash(toks: list[Tok], i: int) -> float | None:
    """``3/4``: a fraction, unless it may be a date or ``24/7``."""
    if i + 2 >= len(toks) or toks[i + 1].text != "/" or toks[i + 2].kind != "digits":
        return None
    upper, lower = toks[i].text, toks[i + 2].text
    longer = i + 3 < len(toks) and toks[i + 3].text == "/"
    if lower not in _DENOMINATORS or not upper.isdigit() or longer or int(upper) >= int(lower):
        return None
    return int(upper) / int(lower)


def _scale_after(toks: list[Tok], last: int, value: float, words: Words) -> tuple[float, int, bool]:
    """Scale words after digits: ``3.5bn``, ``75 million``, ``2 hundred thousand``, ``1.5-million``."""
    scaled = False
    while True:
        at = _joined(toks, last - 1)
        if at < 0 or toks[at].low not in words.scale:
            return value, last, scaled
        if toks[at].text in {"TN", "MIL", "Mil"}:
            return value, last, scaled
        value, last, scaled = value * words.scale[toks[at].low], at + 1, True


# -- words ------------------------------------------------------------------------------------------
def _read_words(toks: list[Tok], i: int, words: Words) -> Number | None:
    low = toks[i].low
    if low in words.vague and low not in words.small:
        return _read_vague(toks, i, words)
    if low in words.parts or low in words.article:
        fraction = _read_fraction(toks, i, words)
        if fraction is not None:
            return fraction
    if low in words.article and low not in words.small:
        at = _joined(toks, i)
        if at < 0 or toks[at].low not in words.scale or toks[at].low in words.vague:
            return None
        return _sum_words(toks, i, at, words, 1.0)
    if low in words.scale and low not in words.small:
        return None if low in words.vague or low == "mil" else _bare_scale(toks, i, words)
    if low not in words.small and low not in words.tens:
        return None
    return _sum_words(toks, i, i, words, None)


def _bare_scale(toks: list[Tok], i: int, words: Words) -> Number | None:
    """``hundred``, ``mille``, ``cent mille`` without a multiplier: only where the language says so."""
    if toks[i].low in {"mille", "cent", "cien", "mil", "hundert", "tausend", "dutzend"}:
        return _sum_words(toks, i, i, words, 1.0)
    return None


def _sum_words(
    toks: list[Tok], first: int, at: int, words: Words, current: float | None
) -> Number | None:
    """Add units and tens, multiply by scales, from token ``at`` on (``current``: an article's 1)."""
    total, group, last, scaled, used = 0.0, current or 0.0, at, False, 0
    step = 1e18
    while 0 <= at < len(toks):
        low = toks[at].low
        if low in words.scale and (used or current is not None) and low != "dozens":
            factor = words.scale[low]
            if factor >= 1000:
                if factor > step:
                    total, group = (total + group) * factor, 0.0
                else:
                    total, group = total + (group or 1) * factor, 0.0
                step = factor
            else:
                group = (group or 1) * factor
            scaled = True
        elif low in words.tens and group % 100 == 0:
            group += words.tens[low]
        elif low in words.small and _may_add(group, words.small[low], used):
            group += words.small[low]
        else:
            break
        used, last = used + 1, at + 1
        at = _next_number_word(toks, at, words)
    if not used:
        return None
    number = Number(first, last, total + group, "words", scaled)
    return _and_a_half(toks, number, words)


def _may_add(group: float, value: float, used: int) -> bool:
    if not used or group == 0:
        return True
    if value < 10:
        return group % 10 == 0 and group % 100 != 10
    return group % 100 == 0


def _next_number_word(toks: list[Tok], at: int, words: Words) -> int:
    following = _joined(toks, at)
    if following < 0:
        return -1
    if toks[following].low in words.conjunction:
        after = _joined(toks, following)
        low = toks[after].low if after >= 0 else ""
        known = low in words.small or low in words.tens
        big = toks[at].low in words.scale or toks[at].low in words.tens or "-" in toks[at].text
        return after if known and big and _adds_after_and(toks, at, low, words) else -1
    return following


def _adds_after_and(toks: list[Tok], at: int, low: str, words: Words) -> bool:
    """``two hundred and six`` adds, ``twenty and three`` does not (but ``vingt et un`` does)."""
    if toks[at].low in words.scale:
        return True
    return low in {"un", "une", "onze"} or (toks[at].low in words.tens and low in words.small
                                            and toks[at + 1].low in {"y", "und"})  # fmt: skip


def _and_a_half(toks: list[Tok], number: Number, words: Words) -> Number:
    """``two and a half``, ``one and a half million``."""
    texts = [t.low for t in toks[number.last : number.last + 3]]
    if texts[:2] in (["and", "a"], ["et", "demi"]) and texts[-1] in {"half", "quarter", "demi"}:
        part = 4.0 if texts[-1] == "quarter" else 2.0
        last = number.last + (3 if texts[0] == "and" else 2)
        assert not isinstance(number.value, tuple)
        value, last, scaled = _scale_after(toks, last, number.value + 1 / part, words)
        return Number(number.first, last, value, "words", scaled)
    return number


def _read_vague(toks: list[Tok], i: int, words: Words) -> Number:
    """``hundreds``, ``tens of thousands``, ``hundreds and hundreds``: a range of one order."""
    low, high = words.vague[toks[i].low]
    last = i + 1
    following = [t.low for t in toks[last : last + 2]]
    if len(following) == 2 and following[0] in {"of", "de"} and following[1] in words.vague:
        factor = words.vague[following[1]][0]
        return Number(i, last + 2, (low * factor, high * factor), "vague", True)
    if len(following) == 2 and following == ["and", toks[i].low]:
        last += 2
    return Number(i, last, (low, high), "vague")


def _read_fraction(toks: list[Tok], i: int, words: Words) -> Number | None:
    """``half``, ``a third of``, ``half a million``; numerators in words are read by the sum."""
    at, upper = i, 1.0
    if toks[i].low in words.article:
        at = _joined(toks, i)
        if at < 0 or toks[at].low not in words.parts:
            return None
    part = toks[at].low
    after = [t.low for t in toks[at + 1 : at + 4]]
    if part in {"half", "demi"} and after[:1] and after[0] in words.article and len(after) > 1:
        if after[1] in words.scale:
            value, last, _ = _scale_after(toks, at + 2, 0.5, words)
            return Number(i, last, value, "words", True)
    if part == "half" and after[:1] and after[0] in words.scale:
        value, last, _ = _scale_after(toks, at + 1, 0.5, words)
        return Number(i, last, value, "words", True)
    shares = after[:1] == ["of"] or (part == "half" and after[:1] in (["the"], ["its"], ["their"]))
    if not shares or (at == i and part != "half" and part != "halves"):
        return None
    return Number(i, at + 1, upper / words.parts[part], "fraction")


def _read_ratio(
    toks: list[Tok], number: Number | None, words: Words, language: Language
) -> Number | None:
    """``two-thirds``, ``one in five``, ``9 out of 10``: a share of one."""
    if number is None or isinstance(number.value, tuple) or number.form == "fraction":
        return number
    at = _joined(toks, number.last - 1)
    if at < 0:
        return number
    low = toks[at].low
    if low in words.parts and number.form == "words" and not number.scaled and number.value < 20:
        if low not in {"half", "second", "quarter", "third"} or number.value == 1:
            return Number(number.first, at + 1, number.value / words.parts[low], "fraction")
    if low not in words.ratio or number.value > 99:
        return number
    skip = 2 if [t.low for t in toks[at : at + 2]] == ["out", "of"] else 1
    if (low == "out" and skip == 1) or low == "de":
        return number
    whole = _plain(toks, at + skip, words, language)
    if whole is None or isinstance(whole.value, tuple):
        return number
    return _share(toks, number, whole, skip)


def _share(toks: list[Tok], number: Number, whole: Number, skip: int) -> Number:
    part, all_of = number.value, whole.value
    assert not isinstance(part, tuple)
    assert not isinstance(all_of, tuple)
    calendar = 1800 <= all_of <= 2100 and whole.form == "digits"
    measured = whole.last < len(toks) and toks[whole.last].low in _NOT_A_WHOLE
    if part >= all_of or calendar or (skip == 1 and (measured or part > 9)):
        return number
    return Number(number.first, whole.last, part / all_of, "ratio")


_NOT_A_WHOLE = frozenset(
    "days day weeks week months month years year hours hour minutes minute games matches seasons "
    "decades seconds innings starts league appearances races".split()
)


def _plain(toks: list[Tok], i: int, words: Words, language: Language) -> Number | None:
    """A number without a ratio of its own."""
    if i >= len(toks):
        return None
    if toks[i].kind == "digits":
        value = digits_value(toks[i].text, language)
        return None if value is None else Number(i, i + 1, value, "digits")
    if toks[i].low in words.small or toks[i].low in words.tens:
        return _sum_words(toks, i, i, words, None)
    return None


# -- German compounds -------------------------------------------------------------------------------
def _read_compound(toks: list[Tok], i: int, words: Words) -> Number | None:
    """``zweitausend``, ``einundzwanzig``, ``dreihundertfünfzig``."""
    value = compound_value(toks[i].low, words)
    if value is None:
        return None
    value, last, scaled = _scale_after(toks, i + 1, value, words)
    return Number(i, last, value, "words", scaled)


def compound_value(word: str, words: Words) -> float | None:
    """The value of a German number written as one word; None if it is none."""
    if len(word) > 60 or len(word) < 6:
        return None
    total, group, rest, read = 0.0, 0.0, word, 0
    parts = sorted({*words.small, *words.tens, "hundert", "tausend", "und"}, key=len, reverse=True)
    while rest:
        part = next((p for p in parts if rest.startswith(p)), None)
        if part is None:
            return None
        rest = rest[len(part) :]
        if part == "hundert":
            group = (group or 1) * 100
        elif part == "tausend":
            total, group = total + (group or 1) * 1000, 0.0
        elif part != "und":
            group += words.small.get(part, 0) or words.tens.get(part, 0)
        read += 1
    return total + group if read > 1 else None
