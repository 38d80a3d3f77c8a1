"""A fetcher with manners: every hop waits for its host's turn and asks robots.txt first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from yarl import URL

from variorum.model import Fetched
from variorum.stages.fetch.client import Fetcher, Refusal
from variorum.stages.fetch.politeness import Gate, RestingError
from variorum.stages.fetch.robots import Robots

REFUSED = "not fetched, because "
BUSY = frozenset({429, 503})
# Seconds that a request waits for a host that asked for rest. One that asks for more is answered
# for at once, so that nobody sits in its queue for hours.
PATIENCE = 60.0


class PoliteFetcher(Fetcher):
    """As :class:`Fetcher`, but paced by a :class:`Gate` and bound by robots.txt on every hop.

    A hop that robots.txt refuses gives a result with status None and an error that holds
    :data:`REFUSED`; so does a host that asked to be left alone for longer than a minute, with
    ``retry_after`` set. Time spent waiting counts against no deadline. ``obey_robots=False`` is for
    a publisher's own site, and only paces.
    """

    def __init__(self, *, gate: Gate | None = None, obey_robots: bool = True, **rest: Any) -> None:
        super().__init__(**rest)
        self.gate = gate or Gate()
        self.robots = Robots(self) if obey_robots else None

    @asynccontextmanager
    async def manners(self, target: URL, obey: bool) -> AsyncIterator[Refusal | None]:
        host = host_of(target)
        verdict = None
        if (resting := self.gate.resting(host)) > PATIENCE:
            yield _resting(target, resting)
            return
        if self.robots is not None and obey:
            verdict = await self.robots.allows(str(target))
            if verdict.failed:
                yield Refusal(verdict.reason)
                return
            if not verdict.allowed:
                line = f"{target.host} was {REFUSED}{verdict.reason}; leave it out or ask the site"
                yield Refusal(line)
                return
        async with AsyncExitStack() as stack:
            refusal = None
            turn = self.gate.turn(host, verdict.delay if verdict else None, PATIENCE)
            try:
                await stack.enter_async_context(turn)
            except RestingError as error:
                refusal = _resting(target, error.seconds)
            yield refusal

    def learn(self, target: URL, fetched: Fetched) -> None:
        if fetched.status in BUSY:
            self.gate.pressed(host_of(target), fetched.retry_after)
        elif fetched.status is not None:
            self.gate.eased(host_of(target))


def _resting(target: URL, seconds: float) -> Refusal:
    left = f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
    line = f"{target.host} was {REFUSED}it is to be left alone for another {left}"
    return Refusal(f"{line}; it will be tried again then", seconds)


def host_of(url: URL | str) -> str:
    """The host that a turn is taken for: the name without its port, lower case."""
    parsed = URL(url) if isinstance(url, str) else url
    return (parsed.raw_host or "").lower().rstrip(".")
