"""Dates of publication: compared by the day, for the form changes with every template."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from variorum.text.remember import remembered

# Months by how they begin, in the languages of the press; "12 killed" is no date.
_MONTH = (
    r"(?:jan|ene|gen|f[eé]v|feb|mar|mär|mrt|apr|avr|abr|ma[iyjg]|jun|jui|giu|jul|lug|aug|ao[uû]|ago"
    r"|sep|set|o[ck]t|ott|out|nov|d[eé][czs]|di[cs]|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя"
    r"|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|sty|lut|kwi|maj|cze|lip|sie|wrz|paź|lis"
    r"|gru|ينا|فبر|مار|أبر|ماي|يون|يول|أغس|سبت|أكت|نوف|ديس)[^\W\d_]{0,9}"
)
_WEEKDAY = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mo|di|mi|do|fr|sa|so|mié|mie|jue"
    r"|vie|sáb|sab|dom|gio|seg|ter|qua|qui|sex|maa|din|woe|don|vri|zat|zon)[^\W\d_]{0,8}(?:-feira)?"
    r"(?: ?\.)?(?: ?,)? )?"
)
_DATE = (
    rf"(?:\d{{1,2}} ?(?:st|nd|rd|th|er|\.)? ?(?:de )?{_MONTH}(?: ?\.)?(?: ?,)?(?: (?:de )?\d{{4}})?"
    rf"|{_MONTH}(?: ?\.)? \d{{1,2}}(?:st|nd|rd|th)?(?: ?, ?| )\d{{4}}"
    r"|\d{1,4} ?[-./] ?\d{1,2} ?[-./] ?\d{1,4}|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)"
)
_CLOCK = r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap] ?\.? ?m ?\.?)?(?: [^\W\d_]{2,5})?"
_DATE_LINE = re.compile(
    rf"(?:{_WEEKDAY}{_DATE}(?:(?: ?,)? (?:at |um |à |a las |alle )?{_CLOCK})?|{_CLOCK}) ?:?",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:updated|modified|revised|aktualisiert|mis à jour|actualizado|aggiornato|atualizado)\b"
    rf"[ :]{{0,3}}(?:on |at |le |am |il |el |em )?({_DATE}(?:(?: ?,)? (?:at |um |à )?{_CLOCK})?)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


def day_of(stamp: str | None) -> str | None:
    """``2021-02-03`` of an ISO 8601 date or time, as the publisher's own clock says it; None if
    there is no date in it."""
    found = _DAY.match(stamp.strip()) if stamp else None
    return "-".join(found.groups()) if found else None


def same_day(old: str | None, new: str | None) -> bool:
    """Whether two stamps can mean one day: the same date, or the same instant, or two that a
    change of time zone alone explains (less than a day apart, one of them without its zone)."""
    if day_of(old) == day_of(new):
        return True
    a, b = instant(old), instant(new)
    return a is not None and b is not None and abs((a - b).total_seconds()) <= 14 * 3600


def instant(stamp: str | None) -> datetime | None:
    """The moment of an ISO 8601 stamp, one without a zone taken as UTC; None if it is none."""
    try:
        time = datetime.fromisoformat(stamp.strip()) if stamp else None
    except ValueError:
        return None
    if time is None:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def is_date_line(line: str) -> bool:
    """Whether a line (as seen, or as tokens with spaces) is nothing but a date, a time or both."""
    if len(line) > 50 or not _FIGURE.search(line):
        return False
    return _is_date_line(line)


@remembered
def _is_date_line(line: str) -> bool:
    return _DATE_LINE.fullmatch(line.strip()) is not None


def date_at_start(line: str) -> int:
    """How many characters of a date, a time or both a line starts with; 0 if with neither."""
    found = _DATE_LINE.match(line[:60])
    return found.end() if found else 0


def update_stamps(line: str) -> tuple[str, ...]:
    """The dates and times that a visible line gives as those of the last update."""
    return _update_stamps(line) if _FIGURE.search(line) else ()


@remembered
def _update_stamps(line: str) -> tuple[str, ...]:
    return tuple([found.group(1) for found in _UPDATED.finditer(line)])
