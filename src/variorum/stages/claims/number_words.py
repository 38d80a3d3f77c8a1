"""Numbers in words: units, tens, scales, orders of magnitude, and German numbers in one word.

The grammar of spelled-out numbers is the usual additive one (units and tens add, a scale
multiplies), with one vocabulary a language in ``lexicons/units_words.toml``.
"""

from __future__ import annotations

from variorum.stages.claims.number_types import (
    Number,
    Tok,
    Words,
    joined,
    scale_after,
)


def read_words(toks: list[Tok], i: int, words: Words) -> Number | None:
    low = toks[i].low
    if low in words.vague and low not in words.small:
        return _read_vague(toks, i, words)
    if low in words.article and low not in words.small:
        at = joined(toks, i)
        if at < 0 or toks[at].low not in words.scale or toks[at].low in words.vague:
            return None
        return sum_words(toks, i, at, words, 1.0)
    if low in words.scale and low not in words.small:
        return None if low in words.vague or low == "mil" else _bare_scale(toks, i, words)
    if low not in words.small and low not in words.tens:
        return None
    return sum_words(toks, i, i, words, None)


def _bare_scale(toks: list[Tok], i: int, words: Words) -> Number | None:
    """``mille``, ``cent mille``, ``hundred thousand``: a scale without a multiplier."""
    if toks[i].low in {"mille", "cent", "cien", "mil", "hundert", "tausend", "dutzend"}:
        return sum_words(toks, i, i, words, 1.0)
    following = joined(toks, i)
    if following >= 0 and toks[following].low in words.scale and toks[i].low == "hundred":
        return sum_words(toks, i, i, words, 1.0)
    return None


def sum_words(
    toks: list[Tok], first: int, at: int, words: Words, current: float | None
) -> Number | None:
    """Add units and tens, multiply by scales, from ``at`` on (``current``: an article's 1)."""
    total, group, last, scaled, used = 0.0, current or 0.0, at, False, 0
    step = 1e18
    while 0 <= at < len(toks):
        low = toks[at].low
        if low in words.scale and (used or current is not None) and (used or low != "dozens"):
            factor = words.scale[low]
            if factor >= 1000:
                if factor > step:
                    total, group = (total + group) * factor, 0.0
                else:
                    total, group = total + (group or 1) * factor, 0.0
                step = factor
            else:
                rest = group % 100 if factor < 100 else group  # "three hundred and two dozen"
                group = group - rest + (rest or 1) * factor
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
    return Number(first, last, total + group, "words", scaled)


def _may_add(group: float, value: float, used: int) -> bool:
    if not used or group == 0:
        return True
    if value < 10:
        return group % 10 == 0 and group % 100 != 10
    return group % 100 == 0


def _next_number_word(toks: list[Tok], at: int, words: Words) -> int:
    following = joined(toks, at)
    if following < 0:
        return _past_loose_hyphen(toks, at, words)
    if toks[following].low in words.conjunction:
        after = joined(toks, following)
        low = toks[after].low if after >= 0 else ""
        known = low in words.small or low in words.tens
        big = toks[at].low in words.scale or toks[at].low in words.tens or "-" in toks[at].text
        return after if known and big and _adds_after_and(toks, at, low, words) else -1
    return following


def _past_loose_hyphen(toks: list[Tok], at: int, words: Words) -> int:
    """``ninety - five``, as some agencies set it: the units after a spaced hyphen, else -1."""
    if at + 2 >= len(toks) or toks[at + 1].text != "-" or toks[at].low not in words.tens:
        return -1
    return at + 2 if 0 < words.small.get(toks[at + 2].low, 0) < 10 else -1


def _adds_after_and(toks: list[Tok], at: int, low: str, words: Words) -> bool:
    """``two hundred and six`` adds, ``twenty and three`` does not (but ``vingt et un`` does)."""
    if toks[at].low in words.scale:
        return True
    return low in {"un", "une", "onze"} or (toks[at].low in words.tens and low in words.small
                                            and toks[at + 1].low in {"y", "und"})  # fmt: skip


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


# -- German compounds -----------------------------------------------------------------------------
def read_compound(toks: list[Tok], i: int, words: Words) -> Number | None:
    """``zweitausend``, ``einundzwanzig``, ``dreihundertfünfzig``."""
    value = compound_value(toks[i].low, words)
    if value is None:
        return None
    value, last, scaled = scale_after(toks, i + 1, value, words)
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
