"""How often a sign-in may fail before it has to wait."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

#: Seconds over which failures are counted.
WINDOW = 15 * 60
# Failures within the window: of one name from one address, of one address, of one name from all.
# Guesses: nobody mistypes five times, an office shares an address, and the last one is high so that
# a stranger cannot lock an administrator out cheaply.
_PAIR, _ADDRESS, _NAME = 5, 30, 200
_MOST = 20_000


class Attempts:
    """Failed sign-ins of late, kept in memory; the least recent are forgotten when there are many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[tuple[str, str], list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, name: str, address: str) -> int:
        """Seconds until another try is heard, 0 when it may be made now."""
        now = self._clock()
        with self._lock:
            waits = [self._left(key, most, now) for key, most in _limits(name, address)]
        return max(waits)

    def failed(self, name: str, address: str) -> None:
        """A sign-in failed."""
        now = self._clock()
        with self._lock:
            for key, most in _limits(name, address):
                times = [t for t in self._failed.pop(key, []) if now - t < WINDOW]
                self._failed[key] = [*times[-(most - 1) :], now]
            while len(self._failed) > _MOST:
                self._failed.popitem(last=False)

    def succeeded(self, name: str, address: str) -> None:
        """Whoever it was knew the password: the failures of this name from there do not count."""
        with self._lock:
            self._failed.pop((name.casefold(), address), None)

    def _left(self, key: tuple[str, str], most: int, now: float) -> int:
        times = [t for t in self._failed.get(key, []) if now - t < WINDOW]
        return 0 if len(times) < most else int(WINDOW - (now - times[-most])) + 1


def _limits(name: str, address: str) -> list[tuple[tuple[str, str], int]]:
    name = name.casefold()
    return [((name, address), _PAIR), (("", address), _ADDRESS), ((name, ""), _NAME)]
