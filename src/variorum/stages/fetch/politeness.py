"""One question at a time: how fast each host is asked. Times are monotonic."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

# Seconds between an answer and the next question to one host. Crawlers commonly use 1 to 5.
DELAY = 1.0
# A crawl-delay above this is honoured as this: beyond it a host would be asked so seldom that the
# schedule, not a waiting task, has to answer.
LONGEST_DELAY = 120.0
# After 429 or 503 without a Retry-After: doubled each time, up to the longest.
FIRST_BACK_OFF = 30.0
LONGEST_BACK_OFF = 3600.0
KEPT_HOSTS = 10_000  # idle hosts beyond this are forgotten, oldest first


class RestingError(Exception):
    """The host is not to be asked for ``seconds`` yet, longer than the caller would wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not to be asked for another {seconds:.0f} s")
        self.seconds = seconds


@dataclass(slots=True)
class _Host:
    """What is known of one host: who waits, who asks, and when the next may."""

    active: int = 0
    not_before: float = 0.0
    resting_until: float = 0.0
    back_off: float = 0.0
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)

    @property
    def idle(self) -> bool:
        return not self.active and not self.waiting


class Gate:
    """Lets requests through, host by host, first come first served.

    Between an answer and the next question a host gets ``delay`` seconds of rest (its crawl-delay
    if that is longer), ``per_host`` requests at once, and ``overall`` at once to all hosts. A host
    that says 429 or 503 is left alone for its Retry-After, or for a time that doubles.
    """

    def __init__(
        self,
        *,
        delay: float = DELAY,
        per_host: int = 1,
        overall: int = 64,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.delay = delay
        self._per_host = per_host
        self._overall = asyncio.Semaphore(overall)
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(
        self, host: str, delay: float | None = None, patience: float | None = None
    ) -> AsyncIterator[None]:
        """Waits for this host's turn and holds it. ``delay`` is the host's crawl-delay, if any.

        :class:`RestingError` when the host asked to be left alone for longer than ``patience``
        seconds (None: however long it is, it is waited for).
        """
        rest = min(max(self.delay, delay or 0.0), LONGEST_DELAY)
        known = self._known(host)
        await self._enter(known)
        try:
            resting = known.resting_until - self._clock()
            if patience is not None and resting > patience:
                raise RestingError(resting)
            while (wait := known.not_before - self._clock()) > 0:
                await self._sleep(wait)
            async with self._overall:
                try:
                    yield
                finally:
                    known.not_before = max(known.resting_until, self._clock() + rest)
        finally:
            self._leave(known)

    def ready_in(self, host: str) -> float:
        """Seconds until this host may be asked (0: now), those waiting left aside."""
        known = self._hosts.get(host)
        return max(known.not_before - self._clock(), 0.0) if known else 0.0

    def resting(self, host: str) -> float:
        """Seconds for which this host asked to be left alone (0: it did not)."""
        known = self._hosts.get(host)
        return max(known.resting_until - self._clock(), 0.0) if known else 0.0

    def pressed(self, host: str, retry_after: float | None = None) -> float:
        """The host said 429 or 503: it is left alone. Returns for how many seconds."""
        known = self._known(host)
        known.back_off = min(max(known.back_off * 2, FIRST_BACK_OFF), LONGEST_BACK_OFF)
        seconds = known.back_off if retry_after is None else retry_after
        known.resting_until = max(known.resting_until, self._clock() + seconds)
        known.not_before = max(known.not_before, known.resting_until)
        return seconds

    def eased(self, host: str) -> None:
        """The host answered normally: the next back-off starts small again."""
        if host in self._hosts:
            self._hosts[host].back_off = 0.0

    def _known(self, host: str) -> _Host:
        known = self._hosts.pop(host, None) or _Host()
        self._hosts[host] = known  # most recently used last
        if len(self._hosts) > KEPT_HOSTS:
            self._forget()
        return known

    def _forget(self) -> None:
        now = self._clock()
        for name, known in list(self._hosts.items())[: KEPT_HOSTS // 10]:
            if known.idle and known.not_before <= now:
                del self._hosts[name]

    async def _enter(self, known: _Host) -> None:
        if known.active < self._per_host and not known.waiting:
            known.active += 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        known.waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._leave(known)  # the turn came and nobody is there to take it
            elif place in known.waiting:  # else whoever left in between has passed it over
                known.waiting.remove(place)
            raise

    def _leave(self, known: _Host) -> None:
        while known.waiting:
            place = known.waiting.popleft()
            if not place.done():
                place.set_result(None)  # the turn passes on; ``active`` stays
                return
        known.active -= 1
