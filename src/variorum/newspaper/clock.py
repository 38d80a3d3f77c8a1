"""The newspaper's own time: set by hand in tests, running fast in the demo."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """A settable clock. It stands still until told to move or to run.

    Times are aware datetimes in UTC; a naive one is taken as UTC. Safe to use from several threads.
    """

    def __init__(self, start: datetime) -> None:
        self._lock = threading.Lock()
        self._base = _aware(start)
        self._since = time.monotonic()
        self._rate = 0.0

    def now(self) -> datetime:
        """The newspaper's present moment."""
        with self._lock:
            return self._read()

    def set(self, moment: datetime) -> None:
        """Jump to ``moment``, forwards or back."""
        with self._lock:
            self._base, self._since = _aware(moment), time.monotonic()

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
        """Go on by a while; returns the new present."""
        with self._lock:
            self._base = self._read() + timedelta(days=days, hours=hours, minutes=minutes)
            self._since = time.monotonic()
            return self._base

    def run(self, hours_per_second: float) -> None:
        """Let time flow: so many newspaper hours pass in one real second (0 stops the clock)."""
        with self._lock:
            self._base, self._since = self._read(), time.monotonic()
            self._rate = hours_per_second

    def _read(self) -> datetime:
        if not self._rate:
            return self._base
        return self._base + timedelta(hours=(time.monotonic() - self._since) * self._rate)


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
