"""Dates, years and clock times: figures that count nothing, told from quantities.

``find_dates`` gives them to the comparison of versions, where ``12 March`` become ``14 March`` is a
change of a figure like any other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from variorum.stages.claims.lexicon import read_toml
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.number_types import Tok, Value

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTHS = word_set(
    "january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec janvier février mars avril mai juin juillet août "
    "septembre octobre novembre décembre januar februar märz juni juli oktober dezember enero "
    "febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
# Months as French, Italian, Spanish and Portuguese write them, small ("12 Mars bars" are none), and as
# German does after the stop of its ordinal
_SMALL_MONTH = (
    r"(?-i:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|"
    r"gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre)"
)
_DE_MONTH = (
    r"(?-i:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|"
    r"diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro)"
)
_GERMAN_MONTH = r"(?-i:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
DAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
    "dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lunes|martes|"
    "miércoles|jueves|viernes|sábado|domingo"
)
_CLOCK = frozenset({"am", "pm", "a.m", "p.m", "gmt", "bst", "est", "edt", "cet", "utc", "o", "uhr"})
_ZONES = frozenset({"am", "pm", "gmt", "bst", "est", "edt", "cet", "utc", "uhr", "ist"})

# "12", "1er", "du 12 au 14": the day, and the one that a span begins with
_ROMANCE_DAY = (
    r"(?:\b\d{1,2}(?:er|º)?(?:\s(?:au|et|al|e|y|a|ao)\s|\s?[-–]\s?))?\b\d{1,2}(?:er|º)?"
    rf"(?:\s{_SMALL_MONTH}\b(?:\s\d{{4}}\b)?|\sde\s{_DE_MONTH}\b(?:\sdel?\s\d{{4}}\b)?)"
)
_GERMAN_DAY = (
    r"(?:\b\d{1,2}\.(?:\s(?:bis|und)(?:\s(?:zum|am))?\s|\s?[-–]\s?))?\b\d{1,2}\.\s?"
    rf"{_GERMAN_MONTH}\b(?:\s\d{{4}}\b)?"
)

# The look ahead names what a date can begin with: without it every letter of a text is tried in all
# nine ways.
_DATE = re.compile(
    rf"""
    \b(?=\d|ja|fe|ma|ap|ju|au|se|oc|no|de|mo|tu|we|th|fr|s[aáuo]|fi|fo|si|ei|ni|te|lu|me|je|ve|di|mi|do|vi|gi|ot|ou|en|ab|ag|ao|av|dé|fé|jä)(?:
    (?P<day>(?:\b(?:{DAYS}),?\s)?(?:the\s)?(?:\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s(?:to|and|or)\s|[-–])(?:(?:{DAYS}),?\s)?)?\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}\b\.?
        (?:,?\s\d{{4}}\b)? |
      (?:\b(?:{DAYS}),?\s(?:de[mn]\s)?)?(?:{_ROMANCE_DAY} | {_GERMAN_DAY}) |
      (?:\b(?:{DAYS}),?\s)?\b{_MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s\d{{4}}\b)?) |
    (?P<month>\b(?:{_MONTH}\s(?:to|and|or|-|–)\s)?{_MONTH}\s\d{{4}}\b |
      \b(?:{_SMALL_MONTH}|{_GERMAN_MONTH}|{_DE_MONTH}\sdel?)\s\d{{4}}\b) |
    (?P<weekday>\b(?:{DAYS})\b) |
    (?P<clock>\b\d{{1,2}}(?:[:.]\d{{2}})?\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w) | \b\d{{1,2}}:\d{{2}}\b |
        \b\d{{1,2}}\s?h\s?\d{{2}}\b | \b\d{{1,2}}\.\d{{2}}\sUhr\b |
        \b(?:12\s)?(?:midday|noon|midnight)\b) |
    (?P<years>\b(?:1[6-9]|20)\d{{2}}\s?(?:to|-|–|/)\s?(?:(?:1[6-9]|20)\d{{2}}|\d{{2}})\b(?!-)) |
    (?P<year>\b(?:1[6-9]|20)\d{{2}}\b) |
    (?P<ordinal>\b\d{{1,3}}(?:st|nd|rd|th)\b |
      \b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b))
    """,
    re.IGNORECASE | re.VERBOSE,
)


# Words that a date without digits consists of, as :func:`find_dates` knows them
DATE_WORDS = frozenset(DAYS.split("|")) | word_set(
    "second third fourth fifth sixth seventh eighth ninth tenth midday noon midnight"
)


def find_dates(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Dates in ``text[start:end]``: start, end, and sort (day, month, weekday, clock, year,
    ordinal)."""
    return [(*m.span(), m.lastgroup or "day") for m in _DATE.finditer(text, start, end)]


def is_calendar(toks: list[Tok], first: int, last: int, value: Value, bounded: bool) -> bool:
    """Whether bare digits are a day, a year or a time of day (``bounded``: see ``is_quantity``)."""
    if isinstance(value, tuple):
        plain = all(t.text.isdigit() for t in toks[first:last] if t.kind == "digits")
        return (plain and all(_is_year(v) for v in value)) or _beside_month(toks, first, last)
    if _beside_month(toks, first, last) or _is_clock(toks, first, last):
        return True
    digits = toks[first].text
    if bounded or not (_is_year(value) and len(digits) == 4 and last == first + 1):
        return False
    return _reads_as_year(toks, first, last)


def _is_year(value: float) -> bool:
    return 1000 <= value <= 2150 and float(value).is_integer()


def _beside_month(toks: list[Tok], first: int, last: int) -> bool:
    """``12 March``, ``March 12``, ``12. März``, ``le 3 mai``; ``in May 40 people`` is none."""
    value = toks[first].text
    if _is_iso(toks, first, last):
        return True
    if not value.isdigit() or len(value) > 4:
        return False
    after = toks[last] if last < len(toks) else None
    if after is not None and after.text == "." and last + 1 < len(toks):
        after = toks[last + 1] if toks[last + 1].text[0].isupper() else after
    day = int(value) <= 31
    if after is not None and day and after.low in _MONTHS:
        return after.text[0].isupper() or after.low not in {"may", "march", "mar", "dec", "mai"}
    before = toks[first - 1] if first else None
    if before is not None and before.text == "." and first > 1:
        before = toks[first - 2]
    if before is None or before.low not in _MONTHS or before.text.islower():
        return False
    counts = (
        after is not None
        and after.kind == "word"
        and after.low.endswith("s")
        and len(after.low) > 3
    )
    return day or not counts


def _is_iso(toks: list[Tok], first: int, last: int) -> bool:
    """``2019-09-01``: the year of a date in figures, or a range read from one."""
    tail = toks[first : first + 5]
    tied = len(tail) == 5 and all(a.end == b.start for a, b in pairwise(tail))
    del last
    return tied and [t.text for t in tail[1::2]] == ["-", "-"] and len(tail[0].text) == 4


def _is_clock(toks: list[Tok], first: int, last: int) -> bool:
    after = toks[last] if last < len(toks) else None
    if after is None:
        return False
    if after.low in _ZONES:
        return True
    if after.low in {"a", "p"} and last + 2 < len(toks) and toks[last + 1].text == ".":
        return toks[last + 2].low == "m"
    if after.text == ":" and last + 1 < len(toks) and toks[last + 1].start == after.end:
        return toks[last + 1].kind == "digits"
    del first
    return after.low == "o" and last + 1 < len(toks) and toks[last + 1].text in {"'", "’"}


@lru_cache(maxsize=1)
def _years() -> tuple[frozenset[str], frozenset[str]]:
    """Nouns that a four-digit number counts, and words before it that no year follows."""
    data = read_toml("units_context.toml")["years"]
    return frozenset(data["counted"].split()), frozenset(data["never"].split())


def _reads_as_year(toks: list[Tok], first: int, last: int) -> bool:
    """A bare 1000..2150 is a year unless a plural counted noun follows it.

    1950 to 2035 are years even before most plurals ("2018 sales"): the years that news is about.
    """
    after = toks[last] if last < len(toks) else None
    if after is not None and after.low in _years()[0]:
        return False
    before = toks[first - 1].low if first else ""
    if before == "of" and first > 1:
        before = toks[first - 2].low
    if before in _years()[1]:
        return False
    value = int(toks[first].text)
    plural = (
        after is not None
        and after.kind == "word"
        and after.text.islower()
        and (after.low.endswith("s") and not after.low.endswith(("ss", "us", "is")))
    )
    if plural and not 1950 <= value <= 2035 and before not in _BEFORE_YEAR:
        return False
    return 1500 <= value <= 2150 or before in _BEFORE_YEAR


_BEFORE_YEAR = frozenset(
    {"in", "since", "year", "and", "between", "d", "ad", "by", "until", "from"}
)
