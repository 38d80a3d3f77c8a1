"""Times as the archive writes them: UTC, seconds, a trailing Z."""

from __future__ import annotations

from datetime import UTC, datetime


def iso(time: datetime) -> str:
    """``2021-02-03T04:05:06Z``."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_iso(text: str) -> datetime:
    """The inverse of :func:`iso`; any ISO 8601 time is taken, a naive one as UTC. Raises ValueError,
    also where the time in UTC is of no year that there is."""
    time = datetime.fromisoformat(text)
    return time.replace(tzinfo=UTC) if time.tzinfo is None else in_utc(time)


def in_utc(time: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError where that is before the year 1 or after 9999."""
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(str(error)) from None
