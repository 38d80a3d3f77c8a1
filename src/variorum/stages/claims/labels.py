"""Which numbers are quantities: dates, scores, names, labels and pronouns are told from counts."""

from __future__ import annotations

from functools import lru_cache

from variorum.stages.claims.counted import counted_after, is_abbreviated_plural, is_plural
from variorum.stages.claims.dates import is_calendar
from variorum.stages.claims.lexicon import read_toml
from variorum.stages.claims.number_types import Tok
from variorum.stages.claims.quantity import Quantity

_ORDINAL_ENDINGS = frozenset({"st", "nd", "rd", "th", "s", "er", "e", "º"})


@lru_cache(maxsize=1)
def _labels() -> dict[str, frozenset[str]]:
    """The words of ``lexicons/units_context.toml`` that make a number a label or a pronoun."""
    return {
        key: frozenset(v.split()) for key, v in read_toml("units_context.toml")["labels"].items()
    }


def is_quantity(toks: list[Tok], q: Quantity, bounded: bool, german: bool = False) -> bool:
    """Whether a number measures or counts something. ``bounded``: "at least", "about" or the like
    stands before it, which no name, date or score has; ``german``: every noun has a capital."""
    if q.value == 1 and not bounded and toks[q.first].low in _labels()["foreign_articles"]:
        return False  # "ein Sprecher", "une vidéo", "in einer Woche": the article
    if q.unit is not None:
        return not (q.unit == "metre" and q.number.form == "words" and q.last - q.number.last > 1)
    if q.number.form in {"vague", "fraction", "ratio"} or q.number.scaled:
        return True
    if is_calendar(toks, q.first, q.last, q.value, bounded):
        return False
    if q.number.form == "words":
        return _counts_in_words(toks, q)
    return not _is_glued(toks, q) and (bounded or not _is_label(toks, q, german))


def _counts_in_words(toks: list[Tok], q: Quantity) -> bool:
    """Leave out the pronoun ``one``, and ``the bottom three``; other spelled-out numbers count."""
    before = toks[q.first - 1] if q.first else None
    if before is not None and before.low in _labels()["places"]:
        return counted_after(toks, q.last, None) is not None
    if q.value == 0 and q.last < len(toks) and toks[q.last].text in {"-", "‑"}:
        return False  # "zero-hours contracts", "zero-tolerance"
    if q.value != 1:
        return True
    if before is not None and toks[q.first].text[0].isupper() and before.text[0].isupper():
        return False  # "Apple One"
    after = toks[q.last] if q.last < len(toks) else None
    if after is None or after.kind != "word" or after.low in _labels()["after_one"]:
        return False
    return before is None or before.low not in _labels()["no_one"]


def _is_label(toks: list[Tok], q: Quantity, german: bool) -> bool:
    """``Part 3``, ``iPhone 11``, ``S&P 500``, ``2-2``, ``(4)``: digits that name or score."""
    before = toks[q.first - 1] if q.first else None
    after = toks[q.last] if q.last < len(toks) else None
    digits = toks[q.first].text
    if digits.isdigit() and digits[0] == "0" and len(digits) > 1:
        return True  # a telephone number, a code
    if _is_score(toks, q) or _is_ordinal(toks, q):
        return True
    counted = counted_after(toks, q.last, None)
    counts = counted is not None and (
        is_plural(toks[counted.last - 1].low)
        or is_abbreviated_plural(toks[counted.last - 1].text)
        or q.value == 1
    )
    if before is None:
        listed = after is not None and after.text in {".", ")", ":"} and q.last + 1 < len(toks)
        return listed and counted is None
    if before.text in {"#", "№"} or _is_index(toks, q):
        return True
    if before.text == "(" and after is not None and after.text == ")":
        return True  # a shirt number, a list's number
    if before.low in _labels()["before"]:
        return not (counts and before.text.islower())
    if "." in digits and counted is not None:
        return False  # "0.5 WAR": names have no decimals
    if counted is not None and not counts and toks[counted.first].text[0].isupper():
        return not german  # "787 Dreamliner", but "40 Kunden"
    name = before.kind == "word" and before.text[0].isupper() and q.first > 1
    opens = q.first > 1 and toks[q.first - 2].text in {".", "!", "?", "“", '"', ":"}
    return name and not opens and not counts


def _is_glued(toks: list[Tok], q: Quantity) -> bool:
    """``5G``, ``4x4``, ``11:30``: letters that are no unit, or more digits, tied to the number."""
    if q.last >= len(toks) or toks[q.last].start != toks[q.last - 1].end:
        return False
    if toks[q.last].kind == "word":
        return True
    tied = q.last + 1 < len(toks) and toks[q.last + 1].start == toks[q.last].end
    return toks[q.last].text == ":" and tied and toks[q.last + 1].kind == "digits"


def _is_index(toks: list[Tok], q: Quantity) -> bool:
    """``S&P 500``, ``FTSE 100``: a round number in the name of a share index."""
    before = toks[q.first - 1]
    return before.low in _labels()["indices"] and before.text[0].isupper()


def _is_score(toks: list[Tok], q: Quantity) -> bool:
    """``2-1``, ``6–3, 7–5``: two small figures tied by a hyphen, no noun after them."""
    if isinstance(q.value, tuple):
        counted = counted_after(toks, q.last, None)
        plural = counted is not None and is_plural(toks[counted.last - 1].low)
        return q.dashed and max(q.value) < 200 and not plural
    tied = q.first > 1 and toks[q.first - 1].text in {"-", "–"}
    other = toks[q.first - 2] if tied else None
    return other is not None and other.kind == "digits" and other.end == toks[q.first - 1].start


def _is_ordinal(toks: list[Tok], q: Quantity) -> bool:
    after = toks[q.last] if q.last < len(toks) else None
    if after is None or after.start != toks[q.last - 1].end:
        return False
    return after.low in _ORDINAL_ENDINGS
