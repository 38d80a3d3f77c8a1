"""Units and currencies beside a number: which one, and how many tokens it takes.

The forms are data: ``lexicons/units.toml``.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

from variorum.stages.claims.lexicon import read_toml
from variorum.stages.claims.number_types import Tok

_HYPHENS = frozenset("-‑–")
_RATE = frozenset({"per", "a", "an", "each", "every", "/", "par", "pro", "por", "al"})
_PERIODS = frozenset({"second", "minute", "hour", "day", "night", "week", "month", "quarter",
                      "year", "decade", "century"})  # fmt: skip
# Words of money that are also other things; they count only with a scale or more than one token
_AMBIGUOUS = frozenset({"won", "rand", "mark", "marks", "real", "crowns", "franken"})
# One-letter and other short forms that need the figure glued to them ("72m", not "72 m of")
_GLUED_ONLY = frozenset({"in.", "cal", "rad", "ps", "cv", "mp", "mw", "pc", "min", "ms", "an",
                         "mes", "gut", "px", "ha", "mi", "sec"})  # fmt: skip


@dataclass(slots=True)
class Unit:
    """A unit found: its normalised name, the token after it, and whether it is money."""

    name: str
    last: int
    money: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    signs: dict[str, str]
    prefixes: dict[str, str]
    codes: dict[str, str]
    money: dict[str, str]
    measures: dict[str, str]
    exact: dict[str, str]
    heads: frozenset[str]  # what a form of more than one token may begin with


@lru_cache(maxsize=1)
def units() -> Lexicon:
    """``lexicons/units.toml``, turned inside out: form -> normalised name."""
    data = read_toml("units.toml")

    def forms(table: dict[str, list[str]]) -> dict[str, str]:
        return {form: name for name, listed in table.items() for form in listed}

    money, measures = forms(data["currency_words"]), forms(data["measures"])
    return Lexicon(
        data["currency_signs"],
        data["dollar_prefixes"],
        data["currency_codes"],
        money,
        measures,
        data["exact"],
        frozenset(form[:k] for form in (*money, *measures) for k in range(1, len(form))),
    )


def currency_before(toks: list[Tok], i: int) -> tuple[str, int] | None:
    """The currency before token ``i`` and the index where it begins: ``US $``, ``EUR``."""
    lexicon, at = units(), i - 1
    if at < 0:
        return None
    if toks[at].text in {"-", "−"} and at > 0 and toks[at - 1].text in lexicon.signs:
        at -= 1  # "$-50.8bn"
    sign = toks[at]
    if sign.text in {"."} and at > 0 and toks[at - 1].text == "Rs":
        return lexicon.codes["Rs"], at - 1
    if sign.text in lexicon.codes:
        return lexicon.codes[sign.text], at
    if (plain := transliterated(toks, i)) is not None:
        return plain
    glued = sign.start and at > 0 and toks[at - 1].end == sign.start
    after_dollar = at > 0 and toks[at - 1].text == "$" and glued
    if after_dollar and sign.low in lexicon.prefixes and sign.kind == "word":
        return lexicon.prefixes[sign.low], at - 1  # "$US58", "$A25"
    if sign.text not in lexicon.signs:
        return None
    if sign.text == "$" and at > 0 and toks[at - 1].low in lexicon.prefixes:
        letters = toks[at - 1]
        if glued or (
            letters.text.isupper() and sign.start - letters.end == 1 and len(letters.text) > 1
        ):
            return lexicon.prefixes[letters.low], at - 1
    return lexicon.signs[sign.text], at


def transliterated(toks: list[Tok], i: int) -> tuple[str, int] | None:
    """``PS2.7m``, ``Y=590 billion``: what wires that send ASCII make of ``£`` and ``¥``.

    ``PS5`` stays a name: the pound needs separators in the figure or a scale glued to it.
    """
    if i < 1 or toks[i - 1].end != toks[i].start:
        return None
    if toks[i - 1].text == "=" and i > 1 and toks[i - 2].text == "Y":
        return units().signs["¥"], i - 2
    if toks[i - 1].text != "PS" or toks[i].kind != "digits":
        return None
    after = toks[i + 1] if i + 1 < len(toks) and toks[i + 1].start == toks[i].end else None
    scaled = after is not None and after.low in {"m", "bn", "k", "b", "tn"}
    return (units().signs["£"], i - 1) if scaled or not toks[i].text.isdigit() else None


def unit_after(toks: list[Tok], i: int, *, words: bool, money: bool) -> Unit | None:
    """The unit that stands at token ``i``, right after a number.

    ``words``: the number is spelled out, so that bare letters are no unit. ``money``: a currency
    has been read already, so that only a rate may follow.
    """
    if money:
        return None
    at = i
    if at < len(toks) and toks[at].text in _HYPHENS and at + 1 < len(toks):
        if toks[at].end != toks[at + 1].start or toks[at].start != toks[at - 1].end:
            return None
        at += 1
    if at >= len(toks):
        return None
    glued = toks[at - 1].end == toks[at].start
    if glued and toks[at].text in {"C", "F"} and _names_a_thing(toks, at):
        return None
    if (money_sign := _scaled_sign(toks, at)) is not None:
        return money_sign
    return _exact(toks, at, glued and not words) or _longest(toks, at, glued, words)


def _exact(toks: list[Tok], at: int, glued: bool) -> Unit | None:
    """``5m``, ``164p``: single letters glued to the digits, in their own case."""
    text = toks[at].text
    if len(text) != 1 or not glued or text not in units().exact or toks[at - 1].text in _HYPHENS:
        return None
    if at + 1 < len(toks) and toks[at + 1].start == toks[at].end and toks[at + 1].text == "/":
        return None
    if at + 1 < len(toks) and toks[at + 1].kind == "digits" and toks[at + 1].start == toks[at].end:
        return None
    name = units().exact[text]
    return Unit(name, at + 1, name == "penny")


def _longest(toks: list[Tok], at: int, glued: bool, words: bool) -> Unit | None:
    lexicon = units()
    for size in (4, 3, 2, 1) if toks[at].low in lexicon.heads else (1,):
        piece = toks[at : at + size]
        if len(piece) < size:
            continue
        form = _form(piece)
        if piece[-1].kind == "word" and _belongs_to_next(toks, at + size):
            continue
        if size == 1 and not _stands_alone(piece[0], glued, words):
            continue
        if size == 1 and piece[0].text in {"C", "F"} and _is_initial(toks, at):
            continue
        if size == 1 and piece[0].text[0] == "M" and piece[0].text[1:] in lexicon.codes:
            return Unit(lexicon.codes[piece[0].text[1:]], at + size, True)
        if form in lexicon.money:
            return Unit(lexicon.money[form], at + size, True)
        if form in lexicon.measures:
            return Unit(lexicon.measures[form], at + size)
        if size == 1 and piece[0].text in lexicon.codes:
            return Unit(lexicon.codes[piece[0].text], at + size, True)
        if size == 1 and piece[0].text in lexicon.signs and not _belongs_to_next(toks, at + 1):
            return Unit(lexicon.signs[piece[0].text], at + size, True)
    return None


def _names_a_thing(toks: list[Tok], at: int) -> bool:
    """``a Boeing 777F``, ``the 13F filing``: a letter of a name, no degrees."""
    if at < 2:
        return False
    before, after = toks[at - 2], toks[at + 1] if at + 1 < len(toks) else None
    opens = at < 3 or toks[at - 3].text in {".", "!", "?", "“", '"', ":"}
    if before.kind == "word" and before.text[0].isupper() and not opens:
        return True
    return before.low in {"the", "a", "an"} and after is not None and after.kind == "word"


def _scaled_sign(toks: list[Tok], at: int) -> Unit | None:
    """``21 g$``, ``5 M€``: a letter that is a scale, glued to a currency sign."""
    if at + 1 >= len(toks) or toks[at].text not in _SCALE_LETTERS:
        return None
    sign = toks[at + 1]
    if sign.start != toks[at].end or sign.text not in units().signs:
        return None
    return Unit(units().signs[sign.text], at + 2, True)


_SCALE_LETTERS = frozenset({"k", "K", "m", "M", "g", "G", "bn", "Mrd", "Mio"})


def _belongs_to_next(toks: list[Tok], at: int) -> bool:
    """``3 USD50``, ``1 $10``, ``24703m212``: digits glued to the form make it theirs, or a code."""
    return at < len(toks) and toks[at].kind == "digits" and toks[at].start == toks[at - 1].end


def _is_initial(toks: list[Tok], at: int) -> bool:
    """``C.P.I.``, ``F Block``, ``F-Series``: a letter that is no degree."""
    if at + 1 >= len(toks):
        return False
    after = toks[at + 1]
    tied = after.start == toks[at].end
    dotted = tied and after.text == "." and at + 2 < len(toks) and toks[at + 2].start == after.end
    return (
        (tied and after.text == "-") or dotted or (after.kind == "word" and after.text[0].isupper())
    )


def _form(piece: list[Tok]) -> str:
    """The tokens as one form: spaces kept as one, hyphens as spaces."""
    out = piece[0].low
    for before, tok in itertools.pairwise(piece):
        out += tok.low if before.end == tok.start else " " + tok.low
    return out.replace("-", " ") if len(piece) > 2 else out


def _stands_alone(tok: Tok, glued: bool, words: bool) -> bool:
    if tok.low in _AMBIGUOUS or (words and len(tok.low) < 3 and tok.low != "%"):
        return False
    if len(tok.low) == 1 and tok.kind == "word":
        return tok.text in {"m", "C", "F", "W", "V", *units().signs} or (
            glued and tok.text in units().exact
        )
    return glued or tok.low not in _GLUED_ONLY


def rate_after(toks: list[Tok], i: int) -> tuple[str, int] | None:
    """``per square foot``, ``a year``: what a unit is reckoned by, and the token after it."""
    if i >= len(toks):
        return None
    at, word = i, toks[i].low
    if toks[i].text in _HYPHENS and i + 2 < len(toks) and toks[i + 1].low in {"a", "per"}:
        at, word = i + 1, toks[i + 1].low
        if at + 2 < len(toks) and toks[at + 1].text in _HYPHENS:
            at += 1
    if word not in _RATE or at + 1 >= len(toks):
        return None
    unit = _longest(toks, at + 1, False, True)
    if unit is not None and (word in {"per", "/"} or unit.name in _PERIODS):
        return (unit.name, unit.last) if unit.name != "percentage" else None
    if word == "per" and toks[at + 1].kind == "word" and toks[at + 1].low not in {"se", "cent"}:
        return toks[at + 1].low, at + 2
    if word in {"a", "each"} and toks[at + 1].low in {"share", "barrel", "head", "person", "piece"}:
        return toks[at + 1].low, at + 2
    return None
