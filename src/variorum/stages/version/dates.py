"""Dates of publication: compared by the day, for the form changes with every template."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_WEEKDAY = r"(?:[^\W\d_]{2,12}(?: ?\.)?(?: ?,)? )?"
_DATE = (
    r"(?:\d{1,2} ?(?:st|nd|rd|th|er|\.)? ?(?:de )?[^\W\d_]{3,12}(?: ?\.)?(?: ?,)?"
    r"(?: (?:de )?\d{4})?"
    r"|[^\W\d_]{3,12}(?: ?\.)? \d{1,2}(?:st|nd|rd|th)?(?: ?, ?| )\d{4}"
    r"|\d{1,4} ?[-./] ?\d{1,2} ?[-./] ?\d{1,4}|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日)"
)
_CLOCK = r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap] ?\.? ?m ?\.?)?(?: [^\W\d_]{2,5})?"
_DATE_LINE = re.compile(
    rf"(?:{_WEEKDAY}{_DATE}(?:(?: ?,)? (?:at |um |à |a las |alle )?{_CLOCK})?|{_CLOCK}) ?:?",
    re.IGNORECASE,
)
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
    a, b = _instant(old), _instant(new)
    return a is not None and b is not None and abs((a - b).total_seconds()) <= 14 * 3600


def _instant(stamp: str | None) -> datetime | None:
    try:
        time = datetime.fromisoformat(stamp.strip()) if stamp else None
    except ValueError:
        return None
    if time is None:
        return None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def is_date_line(line: str) -> bool:
    """Whether a line (as seen, or as tokens with spaces) is nothing but a date, a time or both."""
    return len(line) <= 50 and _DATE_LINE.fullmatch(line.strip()) is not None
