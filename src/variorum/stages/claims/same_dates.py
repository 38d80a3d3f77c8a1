"""Which dates are one, however they are written."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from variorum.stages.claims.dates import DAYS
from variorum.stages.claims.marks import Mark
from variorum.stages.claims.passages import Passage

_TILL_THEN = frozenset({"by", "until", "till", "to"})


def same_limit(both: Passage, old: Mark, new: Mark) -> bool:
    """Whether two dates are one limit: "before 1 January 2021" is "on or before 31 December 2020"."""
    if old.figure is not None or new.figure is not None:
        return False
    was, now = _day(old.text), _day(new.text)
    if was is None or now is None or abs((was - now).days) != 1:
        return False
    limits = (_limit(both.old.word, old), _limit(both.new.word, new))
    return limits == (("before", "by") if was > now else ("by", "before"))


def _limit(word: list[str], mark: Mark) -> str:
    """ "before" a day, or "by" it, that day included; "" for neither."""
    k = mark.words.start
    last, earlier = "".join(word[k - 1 : k]), "".join(word[max(0, k - 2) : max(0, k - 1)])
    if last in _TILL_THEN or (last == "before" and earlier == "or"):
        return "by"
    return "before" if last == "before" else ""


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _day(written: str) -> date | None:
    """The day of a date that tells its year; None for any other."""
    day, year = re.search(r"\b\d{1,2}\b", written), re.search(r"\b\d{4}\b", written)
    low = written.lower()
    month = next((n for n, name in enumerate(_MONTHS, 1) if name in low), 0)
    if day is None or year is None or not month:
        return None
    try:
        return date(int(year.group()), month, int(day.group()))
    except ValueError:
        return None


_WEEKDAY = re.compile(DAYS)
_YEAR = re.compile(r"(?<=[a-z])\d{4}\Z|(?<=[a-z]\d)\d{4}\Z|(?<=[a-z]\d\d)\d{4}\Z")


def same_day(both: Passage, old: Mark, new: Mark) -> bool:
    """Whether two dates in one place are one, the year or the weekday told in one of them only."""
    if old.figure is not None or new.figure is not None:
        return False
    if not any(both.old.twin[k] in new.words for k in old.words):
        return False
    (first, *told), (second, *other) = map(_parts, (old.text, new.text))
    contrary = any(a and b and a != b for a, b in zip(told, other, strict=True))
    return bool(first) and first == second and not contrary


def day_of(written: str) -> str:
    """A date's day and month, whatever else it tells."""
    return _parts(written)[0]


def _parts(written: str) -> tuple[str, str, str]:
    """A date's day and month, its weekday and its year; what it does not tell is empty."""
    plain = plain_date(written)
    weekday, year = _WEEKDAY.search(plain), _YEAR.search(plain)
    bare = _YEAR.sub("", _WEEKDAY.sub("", plain))
    return bare, weekday.group() if weekday else "", year.group() if year else ""


_ORDINALS = {
    word: str(n)
    for n, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2
    )
}


_MONTH_FIRST = re.compile(
    r"\b((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.? (\d{1,2}(?:st|nd|rd|th)?)\b"
)


# "2030-31", "2030/31": years of a school or a budget
_SHORT_YEAR = re.compile(r"\b(\d\d)(\d\d)[-/](\d\d)\b")
_UNTIL = re.compile(r"\s?(?:\bto\b|-|–)\s?|(?<=\b\d{4})/(?=\d{4}\b)")
_TWELVE = re.compile(r"(?:12\s)?(midday|noon|midnight)\b")


def _twelve(written: re.Match[str]) -> str:
    return "12am" if written.group(1) == "midnight" else "12pm"


@lru_cache(maxsize=512)
def plain_date(written: str) -> str:
    """A date or time without what is only style: "9.30 a.m." is "9:30AM", "06th June" "6 June",
    "June 6, 2014" "6 June 2014"."""
    if written.lower() in _ORDINALS:
        return _ORDINALS[written.lower()]
    low = _TWELVE.sub(_twelve, written.lower())
    low = _MONTH_FIRST.sub(r"\2 \1", low)
    low = _SHORT_YEAR.sub(r"\1\2-\1\3", _UNTIL.sub("-", low))
    low = re.sub(
        r"(?<=\d)(?:st|nd|rd|th|er|º)\b|[.,:\s]|\b(?:of|the|del?|de[mn]|uhr)\b|\b0(?=\d)", "", low
    )
    return re.sub(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", r"\1", low)
