"""How often a sign-in may fail before it has to wait.

A try counts as failed from the moment it begins: passwords take long to compare, and as many as come
at once would all be heard before the first of them had failed.
"""

from __future__ import annotations

import ipaddress
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

    def begin(self, name: str, address: str) -> int:
        """Count a try; 0 when it may be made now, else the seconds until one is heard."""
        now = self._clock()
        limits = _limits(name, address)
        with self._lock:
            wait = max(self._left(key, most, now) for key, most in limits)
            if not wait:
                for key, most in limits:
                    self._count(key, most, now)
            while len(self._failed) > _MOST:
                self._failed.popitem(last=False)
        return wait

    def succeeded(self, name: str, address: str) -> None:
        """Whoever it was knew the password: this try was no failure, and those of this name from
        there do not count any more."""
        own, *wider = [key for key, _ in _limits(name, address)]
        with self._lock:
            self._failed.pop(own, None)
            for key in wider:
                self._failed[key] = self._failed.get(key, [])[:-1]
                if not self._failed[key]:
                    del self._failed[key]

    def _count(self, key: tuple[str, str], most: int, now: float) -> None:
        times = [t for t in self._failed.pop(key, []) if now - t < WINDOW]
        self._failed[key] = [*times[-(most - 1) :], now]

    def _left(self, key: tuple[str, str], most: int, now: float) -> int:
        times = [t for t in self._failed.get(key, []) if now - t < WINDOW]
        return 0 if len(times) < most else int(WINDOW - (now - times[-most])) + 1


def _limits(name: str, address: str) -> list[tuple[tuple[str, str], int]]:
    name, address = name.casefold(), _network(address)
    return [((name, address), _PAIR), (("", address), _ADDRESS), ((name, ""), _NAME)]


def _network(address: str) -> str:
    """What one client has for itself: an IPv4 address, or the /64 of an IPv6 one (RFC 6177)."""
    try:
        told = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(told, ipaddress.IPv4Address) or told.ipv4_mapped:
        return str(told)
    return str(ipaddress.ip_network((told.packed, 64), strict=False))
