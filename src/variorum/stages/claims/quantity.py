"""A number together with its sign, currency, unit and rate; and two of them as a range."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from variorum.stages.claims.counted import counted_after, is_plural
from variorum.stages.claims.lexicon import read_toml
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.number_types import Number, Tok, Value
from variorum.stages.claims.units import Unit, currency_before, rate_after, unit_after, units

_MINUS = frozenset({"-", "−", "–"})
_RANGE_WORDS = frozenset({"to", "à", "bis", "a"})
_HYPHENS = frozenset({"-", "–", "—", "‑"})


@dataclass(slots=True)
class Quantity:
    """Tokens ``[first, last)`` that say one quantity. ``dashed``: a range written with a dash."""

    first: int
    last: int
    value: Value
    unit: str | None
    number: Number
    money: bool = False
    dashed: bool = False


def measured(toks: list[Tok], number: Number, free: int = 0) -> Quantity:
    """The quantity that ``number`` is the middle of; tokens before ``free`` belong to another."""
    first, last, value = number.first, number.last, number.value
    unit: str | None = None
    money = currency_before(toks, first)
    if money is not None and money[1] < free:
        money = None
    if money is not None:
        unit, first = money
    first, value = _signed(toks, number, first, value)
    found = unit_after(toks, last, words=number.form != "digits", money=money is not None)
    if money is not None:
        value, last = _scaled_money(toks, last, value, number)
    found = _checked(toks, number, found)
    if found is not None and found.name in {"million", "thousand", "billion", "trillion"}:
        value, last = _times(value, _SCALES[found.name]), found.last
        found = unit_after(toks, last, words=False, money=False)
    if found is not None:
        unit, last = found.name, found.last
        money = (unit, first) if found.money else money
        if found.money and not number.scaled:
            value, last = _scale_behind(toks, last, value)
    if found is not None and not isinstance(value, tuple) and (half := _and_a_half(toks, last)):
        value, last = value + 0.5, half
    aged = age(toks, number, last, unit)
    if aged is not None:
        unit, last = aged
    if unit is not None and (rate := rate_after(toks, last)) is not None:
        unit, last = f"{unit} per {rate[0]}", rate[1]
    return Quantity(first, last, value, unit, number, money is not None)


_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


def _and_a_half(toks: list[Tok], last: int) -> int | None:
    """``two years and a half``, ``une heure et demie``, ``cuatro años y medio``: the token after."""
    words = [t.low for t in toks[last : last + 3]]
    if words[:2] in (["et", "demi"], ["et", "demie"], ["y", "medio"], ["y", "media"]):
        return last + 2
    return last + 3 if words == ["and", "a", "half"] else None


def _times(value: Value, factor: float) -> Value:
    return (value[0] * factor, value[1] * factor) if isinstance(value, tuple) else value * factor


_LETTER_SCALES = {"k": 1e3, "m": 1e6, "g": 1e9, "bn": 1e9, "mrd": 1e9, "mio": 1e6}


def _scale_behind(toks: list[Tok], last: int, value: Value) -> tuple[Value, int]:
    """``75 USD million``, ``30 MUSD``."""
    text, letter = toks[last - 1].text, toks[last - 2].low if last > 1 else ""
    if text in units().signs and letter in _LETTER_SCALES:
        return _times(value, _LETTER_SCALES[letter]), last
    if text.isupper() and text[0] == "M" and text[1:] in units().codes:
        return _times(value, 1e6), last
    if last < len(toks) and toks[last].low in _SCALES and text.isupper():
        return _times(value, _SCALES[toks[last].low]), last + 1
    return value, last


def _scaled_money(toks: list[Tok], last: int, value: Value, number: Number) -> tuple[Value, int]:
    """``£1.5m``, ``$75M``, ``$3.4b``: one letter glued to money is a scale."""
    if number.scaled or last >= len(toks) or toks[last].start != toks[last - 1].end:
        return value, last
    scale = {"m": 1e6, "mm": 1e6, "mil": 1e6, "k": 1e3, "b": 1e9, "t": 1e12}.get(toks[last].low)
    return (_times(value, scale), last + 1) if scale else (value, last)


def _checked(toks: list[Tok], number: Number, found: Unit | None) -> Unit | None:
    """``35m of its devices`` is millions; ``two pounds`` is a weight or money by what it buys."""
    if found is None or found.name != "metre" or toks[found.last - 1].text != "m":
        return found
    if number.form != "digits" or found.last - number.last != 1:
        return found
    following = toks[found.last] if found.last < len(toks) else None
    if following is None or following.kind != "word" or following.low in _lengths():
        return found
    many = counted_after(toks, found.last, None)
    counts = following.low == "of" or (many is not None and is_plural(toks[many.last - 1].low))
    return Unit("million", found.last) if counts or _joined_plural(toks, found.last) else found


def _joined_plural(toks: list[Tok], at: int) -> bool:
    """``2.7m digital and physical sales``: adjectives joined by "and" before a plural."""
    ahead = toks[at : at + 5]
    seam = next((k for k, t in enumerate(ahead) if t.low == "and"), 0)
    words = all(t.kind == "word" for t in ahead[: seam + 1])
    return bool(seam) and words and any(is_plural(t.low) for t in ahead[seam + 1 : seam + 3])


@lru_cache(maxsize=1)
def _lengths() -> frozenset[str]:
    """Words after which ``m`` is metres."""
    return frozenset(read_toml("units_context.toml")["metres"]["after"].split())


def _signed(toks: list[Tok], number: Number, first: int, value: Value) -> tuple[int, Value]:
    """A minus that belongs to the figure: ``-5``, ``−£3m``, ``$-50.8bn``, ``minus-130``."""
    if isinstance(value, tuple):
        return first, value
    if number.first > first and toks[number.first - 1].text in _MINUS:
        return first, -value
    at = first - 1
    if at < 0:
        return first, value
    if toks[at].text in _HYPHENS and at > 0 and toks[at - 1].low in {"minus", "negative"}:
        return at - 1, -value
    if toks[at].low in {"minus", "negative"}:
        either = at > 0 and toks[at - 1].low == "or"  # "plus or minus three points"
        return (first, value) if either else (at, -value)
    tied = toks[at].text in _MINUS and toks[at].end == toks[first].start
    if tied and toks[at].text != "–" and (at == 0 or toks[at - 1].end < toks[at].start
                                          or toks[at - 1].text in {"(", ","}):  # fmt: skip
        return at, -value
    return first, value


def age(toks: list[Tok], number: Number, last: int, unit: str | None) -> tuple[str, int] | None:
    """``35-year-old``, ``aged 5``, ``eighteen months of age``, ``Jones, 42, said``."""
    after = [t.low for t in toks[last : last + 3]]
    words = [w for w in after if w not in {"-", "‑"}]
    if unit in {"year", "month", "week", "day"}:
        if words[:1] in (["old"], ["olds"]):
            return f"{unit} of age", last + (2 if after[0] in {"-", "‑"} else 1)
        if words[:2] == ["of", "age"]:
            return f"{unit} of age", last + 2
        return None
    if unit is not None or isinstance(number.value, tuple) or not 0 < number.value < 123:
        return None
    if after[:1] in (["yo"], ["y"]) and toks[last].start - toks[last - 1].end <= 1:
        return "year of age", last + (3 if after[1:3] == ["/", "o"] else 1)
    before = [t.low for t in toks[max(number.first - 2, 0) : number.first]]
    if before[-1:] in (["aged"], ["age"], ["ages"]) or before in _AGE_OPENS:
        return "year of age", last
    return ("year of age", last) if _between_commas(toks, number) else None


_AGE_OPENS = (["age", "of"], ["aged", "between"], ["ages", "of"], ["aged", "from"])


def _between_commas(toks: list[Tok], number: Number) -> bool:
    """``Jones, 42, said``, ``the dentist, 53.``: who, a comma, an age, a comma or full stop."""
    first, last = number.first, number.last
    if first < 2 or toks[first - 1].text != "," or number.form != "digits":
        return False
    name = toks[first - 2]
    closes = last < len(toks) and toks[last].text in {",", "."}
    if name.kind != "word" or not closes or len(toks[first].text) > 2 or name.low in _MONTHS:
        return False
    described = {t.low for t in toks[max(first - 6, 0) : first - 2]} & {"the", "a", "an"}
    return name.text[0].isupper() or (bool(described) and float(toks[first].text) >= 15)


_MONTHS = word_set(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday"
)


# -- ranges ---------------------------------------------------------------------------------------
def merged_ranges(toks: list[Tok], found: list[Quantity]) -> list[Quantity]:
    """Two quantities tied by ``to``, a dash, or ``between … and`` become one range."""
    out: list[Quantity] = []
    i = 0
    while i < len(found):
        here = found[i]
        following = found[i + 1] if i + 1 < len(found) else None
        pair = None
        if following is not None:
            pair = _range(toks, here, following) or _compound(toks, here, following)
        out.append(pair or here)
        i += 2 if pair else 1
    return out


def _range(toks: list[Tok], low: Quantity, high: Quantity) -> Quantity | None:
    if isinstance(low.value, tuple) or isinstance(high.value, tuple):
        return None
    tie = _tie(toks, low, high)
    if tie is None or not _same_kind(low, high):
        return None
    bottom, top = low.value, high.value
    if high.number.scaled and not low.number.scaled and bottom < top / _scale_of(high):
        bottom *= _scale_of(high)
    if tie == "dash" and (top < 0 or bottom > top):
        top = abs(top)
    return replace(
        high, first=low.first, value=(bottom, top), unit=high.unit or low.unit,
        money=low.money or high.money, dashed=tie == "dash",
    )  # fmt: skip


# How many of the smaller unit make one of the larger
_SMALLER = {
    ("foot", "inch"): 12, ("pound", "ounce"): 16, ("stone", "pound"): 14, ("dollar", "cent"): 100,
    ("euro", "cent"): 100, ("pound", "penny"): 100, ("australian dollar", "cent"): 100,
    ("canadian dollar", "cent"): 100,
}  # fmt: skip


def _compound(toks: list[Tok], large: Quantity, small: Quantity) -> Quantity | None:
    """``5 feet 2 inches``, ``3 dollars and 50 cents``, ``15 dollars 50``: one quantity."""
    between = [t.low for t in toks[large.last : small.first]]
    if between not in ([], ["and"], ["et"]) or large.unit is None:
        return None
    if isinstance(large.value, tuple) or isinstance(small.value, tuple):
        return None
    parts = _SMALLER.get((large.unit, small.unit or ""))
    last = small.last
    if parts is None and small.unit is None and large.unit == "foot" and not between:
        parts = 12 if last < len(toks) and toks[last].low == "in" else None
        last += 1
    if parts is None and large.money and small.unit is None:
        if large.unit in {"cent", "penny"} or _starts_another(small):
            return None
        ends = last >= len(toks) or toks[last].text in {".", ",", ";", "?", "!"}
        worded = toks[large.last - 1].kind == "word" and large.first == large.number.first
        parts = 100 if ends and worded else None
    if parts is None or not 0 <= small.value < parts or large.number.scaled:
        return None
    return replace(large, last=last, value=large.value + small.value / parts)


def _starts_another(small: Quantity) -> bool:
    """Whether a number behind money is too long for its hundredths ("15 dollars 50", "forty five")."""
    spelled = small.number.form == "words" and not small.number.scaled
    return small.number.last - small.number.first > (3 if spelled else 1)


def _scale_of(q: Quantity) -> float:
    value = q.value if not isinstance(q.value, tuple) else q.value[1]
    return max((s for s in _SCALES.values() if abs(value) >= s), default=1.0)


def _tie(toks: list[Tok], low: Quantity, high: Quantity) -> str | None:
    between = [t.low for t in toks[low.last : high.first]]
    if len(between) > 1 and between[-1] == "+":
        between.pop()  # "-3% to +1%"
    opener = {t.low for t in toks[max(low.first - 2, 0) : low.first]}
    if len(between) == 1 and between[0] in _RANGE_WORDS:
        aged = (low.unit or "").endswith("of age")
        bare = low.unit is not None and high.unit is None and not aged  # "fell 1% to 1,463"
        return "word" if not bare or opener & _FROM else None
    if between in (["-", "to", "-"], ["to", "-"], ["-", "to"]):
        return "word"
    if between == ["up", "to"] and opener & _FROM:
        return "word"
    if len(between) == 1 and between[0] in _HYPHENS:
        glued = toks[low.last].start == toks[low.last - 1].end
        return "dash" if glued or _spaced_range(low, high) else None
    if not between and high.number.first > high.first and toks[high.first].text in _HYPHENS:
        return "dash" if toks[high.first].start == toks[low.last - 1].end else None
    if between in (["and"], ["et"], ["und"], ["y"]) and opener & {"between", "entre", "zwischen"}:
        return "word"
    if between in (["or"], ["ou"], ["oder"], ["o"]) and low.unit is None:
        values = (low.value, high.value)
        near = not isinstance(values[0], tuple) and not isinstance(values[1], tuple)
        return "word" if near and values[0] < values[1] <= 12 else None  # type: ignore[operator]
    return None


_FROM = frozenset({"from", "between", "de", "von", "entre", "zwischen"})


def _spaced_range(low: Quantity, high: Quantity) -> bool:
    """``25 – 40 min``: a dash set off by spaces ties two figures of one order only."""
    if isinstance(low.value, tuple) or isinstance(high.value, tuple):
        return False
    if low.unit is not None and not (low.money and high.money and low.unit == high.unit):
        return False
    return 0 < low.value < high.value <= 10 * low.value


def _same_kind(low: Quantity, high: Quantity) -> bool:
    if low.unit is None or high.unit is None:
        return low.unit is None or not high.money
    return low.unit == high.unit or high.unit.startswith(low.unit + " per ")
