"""Times as files of other programs write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from variorum.model.times import in_utc, parse_iso

# In a file's name: 20240131T235959Z, 2024-01-31T23-59-59, 20240131235959, 2024-01-31, with anything
# that is no digit around it.
_IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?([0-3]\d)"
    r"(?:[T_ -]?([01]\d|2[0-3])[-:_.h]?([0-5]\d)(?:[-:_.m]?([0-5]\d))?)?(?!\d)"
)


def moment(value: object) -> datetime:
    """A time: ISO 8601 (naive as UTC), 14 digits, or seconds since 1970. Raises ValueError."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else in_utc(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _since_1970(value)
    text = str(value).strip()
    if len(text) == 14 and _digits(text):
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    if _digits(text.replace(".", "", 1)) and len(text) != 8:
        return _since_1970(float(text))
    return parse_iso(text.removesuffix(" UTC"))


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _since_1970(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError(str(error)) from None


def moment_in_name(name: str) -> datetime | None:
    """The time that a file's name tells (the last one in it, UTC), None where it tells none."""
    for found in reversed(list(_IN_NAME.finditer(name))):
        try:
            return datetime(*(int(part or 0) for part in found.groups()), tzinfo=UTC)  # type: ignore[misc,arg-type]
        except ValueError:
            continue
    return None
