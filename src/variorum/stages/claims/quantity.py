"""A number together with its sign, currency, unit and rate; and two of them as a range."""

from __future__ import annotations

from dataclasses import dataclass, replace

from variorum.stages.claims.numbers import Number, Tok, Value
from variorum.stages.claims.units import Unit, currency_before, rate_after, unit_after

_MINUS = frozenset({"-", "−", "–"})
_RANGE_WORDS = frozenset({"to", "à", "bis", "a"})
_HYPHENS = frozenset({"-", "–", "—", "‑"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """Tokens ``[first, last)`` that say one quantity. ``dashed``: a range written with a dash."""

    first: int
    last: int
    value: Value
    unit: str | None
    number: Number
    money: bool = False
    dashed: bool = False


def measured(toks: list[Tok], number: Number) -> Quantity:
    """The quantity that ``number`` is the middle of."""
    first, last, value = number.first, number.last, number.value
    unit: str | None = None
    money = currency_before(toks, first)
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
    aged = age(toks, number, last, unit)
    if aged is not None:
        unit, last = aged
    if unit is not None and (rate := rate_after(toks, last)) is not None:
        unit, last = f"{unit} per {rate[0]}", rate[1]
    return Quantity(first, last, value, unit, number, money is not None)


_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


def _times(value: Value, factor: float) -> Value:
    return (value[0] * factor, value[1] * factor) if isinstance(value, tuple) else value * factor


def _scaled_money(toks: list[Tok], last: int, value: Value, number: Number) -> tuple[Value, int]:
    """``£1.5m``, ``$75M``, ``$3.4b``: one letter glued to money is a scale."""
    if number.scaled or last >= len(toks) or toks[last].start != toks[last - 1].end:
        return value, last
    scale = {"m": 1e6, "k": 1e3, "b": 1e9, "t": 1e12}.get(toks[last].low)
    return (_times(value, scale), last + 1) if scale else (value, last)


def _checked(toks: list[Tok], number: Number, found: Unit | None) -> Unit | None:
    """``35m of its devices`` is millions; ``two pounds`` is a weight or money by what it buys."""
    if found is None or found.name != "metre" or toks[found.last - 1].text != "m":
        return found
    following = toks[found.last].low if found.last < len(toks) else ""
    if following in {"of", "people", "users", "customers", "viewers", "tonnes", "barrels"}:
        return Unit("million", found.last)
    return found


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
        return at, -value
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
    if before[-1:] in (["aged"], ["age"], ["ages"]) or before == ["age", "of"]:
        return "year of age", last
    return ("year of age", last) if _between_commas(toks, number) else None


def _between_commas(toks: list[Tok], number: Number) -> bool:
    """``Jones, 42, said``: a name, a comma, an age, a comma or full stop."""
    first, last = number.first, number.last
    if first < 2 or toks[first - 1].text != "," or number.form != "digits":
        return False
    name = toks[first - 2]
    closes = last < len(toks) and toks[last].text in {",", "."}
    opens = name.kind == "word" and name.text[0].isupper() and name.low not in _MONTHS
    return closes and opens and len(toks[first].text) <= 2


_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday "
    "sunday".split()
)


# -- ranges -----------------------------------------------------------------------------------------
def merged_ranges(toks: list[Tok], found: list[Quantity]) -> list[Quantity]:
    """Two quantities tied by ``to``, a dash, or ``between … and`` become one range."""
    out: list[Quantity] = []
    i = 0
    while i < len(found):
        here = found[i]
        following = found[i + 1] if i + 1 < len(found) else None
        pair = _range(toks, here, following) if following else None
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
    if high.number.scaled and not low.number.scaled and bottom < 1000:
        bottom *= _scale_of(high)
    if tie == "dash" and (top < 0 or bottom > top):
        top = abs(top)
    return replace(
        high, first=low.first, value=(bottom, top), unit=high.unit or low.unit,
        money=low.money or high.money, dashed=tie == "dash",
    )  # fmt: skip


def _scale_of(q: Quantity) -> float:
    value = q.value if not isinstance(q.value, tuple) else q.value[1]
    return max((s for s in _SCALES.values() if abs(value) >= s), default=1.0)


def _tie(toks: list[Tok], low: Quantity, high: Quantity) -> str | None:
    between = [t.low for t in toks[low.last : high.first]]
    if len(between) == 1 and between[0] in _RANGE_WORDS:
        return "word"
    if between in (["-", "to", "-"], ["to", "-"], ["-", "to"]):
        return "word"
    if len(between) == 1 and between[0] in _HYPHENS:
        return "dash" if toks[low.last].start == toks[low.last - 1].end else None
    if not between and high.number.first > high.first and toks[high.first].text in _HYPHENS:
        return "dash"
    opener = {t.low for t in toks[max(low.first - 2, 0) : low.first]}
    if between in (["and"], ["et"], ["und"], ["y"]) and opener & {"between", "entre", "zwischen"}:
        return "word"
    if between in (["or"], ["ou"], ["oder"], ["o"]) and low.unit is None:
        values = (low.value, high.value)
        near = not isinstance(values[0], tuple) and not isinstance(values[1], tuple)
        return "word" if near and values[0] < values[1] <= 12 else None  # type: ignore[operator]
    return None


def _same_kind(low: Quantity, high: Quantity) -> bool:
    if low.unit is None or high.unit is None:
        return not (low.unit and low.unit.endswith("of age")) and (
            low.unit is None or high.unit is None or low.money == high.money
        )
    return low.unit == high.unit or high.unit.startswith(low.unit + " per ")
