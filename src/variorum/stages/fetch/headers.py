"""What a response's headers say: when to come back, and how large they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# Longest wait that a server may ask for; a longer one is a mistake or a wish to be left alone, and
# the schedule, not a sleeping task, answers that.
LONGEST_WAIT = 24 * 3600.0


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110: seconds or an HTTP date).

    Clamped to 0 .. 24 h; None when there is none or it cannot be read.
    """
    if value is None:
        return None
    text = value.strip()[:64]
    if text.isascii() and text.isdigit():
        seconds = float(int(text[:12]))
    else:
        try:
            when = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            return None
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        seconds = (when - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT)


def read_headers(raw: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Headers in the order received. Bytes that are not UTF-8 are read as Latin-1, so that none is
    lost."""
    return tuple((_text(name), _text(value)) for name, value in raw)


def size_of(raw: Iterable[tuple[bytes, bytes]]) -> int:
    """Bytes of the headers on the wire (names, values, ": " and line ends)."""
    return sum(len(name) + len(value) + 4 for name, value in raw)


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
