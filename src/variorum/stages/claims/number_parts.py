"""Parts of numbers in words: fractions, mixed numbers, decimals read out, ratios.

``two thirds``, ``half a million``, ``three and a fifth``, ``nought point five``, ``one in five``.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from variorum.stages.claims.counted import is_plural
from variorum.stages.claims.figure_language import Language
from variorum.stages.claims.lexicon import read_toml
from variorum.stages.claims.number_types import (
    Number,
    Tok,
    Words,
    digits_value,
    joined,
    scale_after,
)
from variorum.stages.claims.number_words import sum_words

# Parts whose names also mean other things (an ordinal, three months, a time unit): a fraction only
# in the plural, or after "one" or an article
_DOUBTFUL = frozenset({"half", "second", "quarter", "third", "fourth", "fifth", "sixth", "tenth",
                       "twentieth", "thirtieth", "fortieth", "fiftieth"})  # fmt: skip


def leading_fraction(toks: list[Tok], i: int, words: Words) -> Number | None:
    """A fraction that begins with its part or an article: ``half a million``, ``a third of``."""
    at = i
    if toks[i].low in words.article:
        at = joined(toks, i)
        if at >= 0 and toks[at].low in words.scale and toks[at].low not in words.vague:
            return None  # "a hundred"
    if at < 0 or toks[at].low not in words.parts:
        return None
    part = toks[at].low
    if part == "half" and at and toks[at - 1].low in _halves_of_play():
        return None
    share = Number(i, at + 1, 1 / words.parts[part], "fraction")
    scaled = _of_scale(toks, share, words)
    if scaled is not None:
        return scaled
    if part == "half" and (measure := _half_a_measure(toks, at)) is not None:
        return Number(i, measure, 0.5, "words")
    if [t.low for t in toks[at + 1 : at + 4]] in (["of", "an", "hour"], ["of", "a", "century"]):
        return Number(i, at + 3, 1 / words.parts[part], "words")
    after = [t.low for t in toks[at + 1 : at + 3]]
    shares = after[:1] == ["of"] or (part == "half" and after[:1] in (["the"], ["its"], ["their"]))
    if at == i:
        shares = shares or (bool(after) and is_plural(after[0]))
        return share if shares and part in {"half", "halves", "demi"} else None
    return share if shares or not after else None


def _half_a_measure(toks: list[Tok], at: int) -> int | None:
    """``half an hour``, ``a half mile``, ``a half turn``: the token of the measure."""
    after = at + 1
    if after < len(toks) and toks[after].low in {"a", "an"}:
        after += 1
    if after < len(toks) and toks[after].text in {"-", "‑"} and after == at + 1:
        after += 1
    return after if after < len(toks) and toks[after].low in _halved() else None


@lru_cache(maxsize=1)
def _halves_of_play() -> frozenset[str]:
    """What stands before the half of a match or a year: ``the second half``."""
    return frozenset(read_toml("units_context.toml")["ratios"]["which_half"].split())


@lru_cache(maxsize=1)
def _halved() -> frozenset[str]:
    """What one has a half of: ``half an hour``."""
    return frozenset(read_toml("units_context.toml")["ratios"]["halved"].split())


def _of_scale(toks: list[Tok], share: Number, words: Words) -> Number | None:
    """``half a million``, ``a quarter million``, ``two thirds of a million``."""
    at = share.last
    if at < len(toks) and toks[at].low == "of":
        at += 1
    if at < len(toks) and toks[at].low in words.article:
        at += 1
    if at >= len(toks) or toks[at].low not in words.scale or toks[at].low in words.vague:
        return None
    assert not isinstance(share.value, tuple)
    value, last, _ = scale_after(toks, at, share.value, words)
    return Number(share.first, last, value, "words", True) if last > at else None


def with_parts(toks: list[Tok], number: Number, words: Words) -> Number:
    """A spelled-out number with what follows it: ``point five``, ``thirds``, ``and a half``."""
    for reading in (_decimal, _parts, _mixed):
        found = reading(toks, number, words)
        if found is not None:
            return found
    return number


def _decimal(toks: list[Tok], number: Number, words: Words) -> Number | None:
    """``two hundred point seven one``."""
    at = joined(toks, number.last - 1)
    if at < 0 or toks[at].low != "point" or number.form != "words":
        return None
    digits, last, at = "", at, joined(toks, at)
    while at >= 0 and toks[at].low in {*words.small, *words.tens}:
        low, last = toks[at].low, at + 1
        following = joined(toks, at)
        if (
            low in words.tens
            and following >= 0
            and 0 < words.small.get(toks[following].low, 0) < 10
        ):
            digits += str(int(words.tens[low] + words.small[toks[following].low]))
            last = following + 1
        else:
            digits += str(int(words.small.get(low, words.tens.get(low, 0))))
        at = joined(toks, last - 1)
    if not digits or isinstance(number.value, tuple):
        return None
    value, last, scaled = scale_after(toks, last, number.value + float(f"0.{digits}"), words)
    return Number(number.first, last, value, "words", scaled)


def _parts(toks: list[Tok], number: Number, words: Words) -> Number | None:
    """``two thirds``, ``three twenty-fifths``, ``one hundred and thirty fifths``."""
    at = joined(toks, number.last - 1)
    if at < 0 and number.last + 1 < len(toks) and toks[number.last].text in {"-", "‑"}:
        at = number.last + 1  # "five - eighths"
    if at < 0 or isinstance(number.value, tuple):
        return None
    if toks[at].low in words.tens and number.value < 20:
        after = joined(toks, at)
        if after >= 0 and toks[after].low in words.parts and toks[at + 1].text in {"-", "‑"}:
            lower = words.tens[toks[at].low] + words.parts[toks[after].low]
            return Number(number.first, after + 1, number.value / lower, "fraction")
    if toks[at].low not in words.parts:
        return None
    part, whole = toks[at].low, words.parts[toks[at].low]
    if part in _DOUBTFUL and number.value != 1 and not _one_after_and(toks, number, words):
        return None
    split = _denominator(toks, number, words)
    upper, lower = split if split else (number.value, whole)
    if split is not None:
        lower += whole
    value = _proper(toks, number, lower, words) if split is None else upper / lower
    share = Number(number.first, at + 1, value, "fraction")
    return _of_scale(toks, share, words) or share


def _one_after_and(toks: list[Tok], number: Number, words: Words) -> bool:
    """``two million and one half``."""
    tail = [t.low for t in toks[max(number.last - 2, number.first) : number.last]]
    return len(tail) == 2 and tail[0] in words.conjunction and words.small.get(tail[1]) == 1


def _denominator(toks: list[Tok], number: Number, words: Words) -> tuple[float, float] | None:
    """``three | twenty`` fifths: the tens that belong to the denominator, and the numerator."""
    last = number.last - 1
    if toks[last].low not in words.tens or last == number.first:
        return None
    if toks[last - 1].low in words.conjunction or toks[last - 1].text in {"-", "‑"}:
        return None
    upper = sum_words(toks[:last], number.first, number.first, words, None)
    if upper is None or isinstance(upper.value, tuple) or upper.last != last:
        return None
    return upper.value, words.tens[toks[last].low]


def _proper(toks: list[Tok], number: Number, lower: float, words: Words) -> float:
    """``one hundred and three quarters`` is 100.75, ``one hundred and thirty fifths`` is 26."""
    assert not isinstance(number.value, tuple)
    seams = [k for k in range(number.first, number.last) if toks[k].low in words.conjunction]
    if seams:
        part = sum_words(toks[: number.last], seams[-1] + 1, seams[-1] + 1, words, None)
        if part is not None and not isinstance(part.value, tuple) and part.value < lower:
            rest = replace(number, value=number.value - part.value)
            return number.value - part.value + part.value / lower * _scale_of(rest, words)
    return number.value / lower


def _mixed(toks: list[Tok], number: Number, words: Words) -> Number | None:
    """``two and a half``, ``twenty and three fifths``, ``3 million and a quarter``."""
    seam = joined(toks, number.last - 1)
    if seam < 0 or toks[seam].low not in words.conjunction or isinstance(number.value, tuple):
        return None
    at, upper = joined(toks, seam), 1.0
    if at < 0:
        return None
    article = toks[at].low in words.article
    if article or toks[at].low == "demi":
        at = joined(toks, at) if article else at
    else:
        count = sum_words(toks, at, at, words, None)
        if count is None or isinstance(count.value, tuple):
            return None
        at, upper = joined(toks, count.last - 1), count.value
    if at < 0 or toks[at].low not in words.parts:
        return None
    share = upper / words.parts[toks[at].low]
    if share >= 1:
        return None
    more, last, scaled = scale_after(toks, at + 1, share, words)
    if scaled and not number.scaled:
        value = number.value * more / share + more  # "one and a half million"
    else:
        value = number.value + (more if scaled else share * _scale_of(number, words))
    return Number(number.first, last, value, number.form, number.scaled or scaled)


def _scale_of(number: Number, words: Words) -> float:
    """The scale that a quarter more is a quarter of: a million in ``3 million and a quarter``."""
    assert not isinstance(number.value, tuple)
    big = [s for s in words.scale.values() if s >= 1000 and number.value >= s]
    return max(big) if number.scaled and big else 1.0


# -- ratios ---------------------------------------------------------------------------------------
def read_ratio(
    toks: list[Tok], number: Number | None, words: Words, language: Language
) -> Number | None:
    """``one in five``, ``9 out of 10``, ``1 over 3``: a share of one."""
    if number is None or isinstance(number.value, tuple) or number.form == "fraction":
        return number
    at = joined(toks, number.last - 1)
    if at < 0 or number.value > 99:
        return number
    low = toks[at].low
    if low not in words.ratio and low != "over":
        return number
    following = [t.low for t in toks[at : at + 2]]
    skip = 2 if following in (["out", "of"], ["in", "every"]) else 1
    if (low == "out" and skip == 1) or low == "de":
        return number
    whole = _plain(toks, at + skip, words, language)
    if whole is None or isinstance(whole.value, tuple):
        return number
    if low == "over" and whole.last < len(toks):
        return number  # "2 over 3 years"
    return _share(toks, number, whole, skip)


def _share(toks: list[Tok], number: Number, whole: Number, skip: int) -> Number:
    part, all_of = number.value, whole.value
    assert not isinstance(part, tuple)
    assert not isinstance(all_of, tuple)
    calendar = 1800 <= all_of <= 2100 and whole.form == "digits"
    measured = whole.last < len(toks) and toks[whole.last].low in _not_a_whole()
    if (
        part >= all_of
        or calendar
        or (skip == 1 and part > 9)
        or (measured and toks[number.last].low == "in")
    ):
        return number
    return Number(number.first, whole.last, part / all_of, "ratio")


@lru_cache(maxsize=1)
def _not_a_whole() -> frozenset[str]:
    """Units of time and play: ``two in five years`` is no ratio."""
    return frozenset(read_toml("units_context.toml")["ratios"]["not_a_whole"].split())


def _plain(toks: list[Tok], i: int, words: Words, language: Language) -> Number | None:
    """A number without a ratio of its own."""
    if i >= len(toks):
        return None
    if toks[i].kind == "digits":
        value = digits_value(toks[i].text, language)
        return None if value is None else Number(i, i + 1, value, "digits")
    if toks[i].low in words.small or toks[i].low in words.tens:
        return sum_words(toks, i, i, words, None)
    return None
