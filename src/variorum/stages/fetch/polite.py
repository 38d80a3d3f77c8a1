"""A fetcher with manners: every hop waits for its host's turn and asks robots.txt first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from yarl import URL

from variorum.model import Fetched
from variorum.stages.fetch.client import Fetcher
from variorum.stages.fetch.politeness import Gate
from variorum.stages.fetch.robots import Robots

REFUSED = "not fetched, because "
BUSY = frozenset({429, 503})


class PoliteFetcher(Fetcher):
    """As :class:`Fetcher`, but paced by a :class:`Gate` and bound by robots.txt on every hop.

    A hop that robots.txt refuses gives a result with status None and an error that begins with
    :data:`REFUSED`. Time spent waiting counts against no deadline. ``obey_robots=False`` is for a
    publisher's own site, and only paces.
    """

    def __init__(self, *, gate: Gate | None = None, obey_robots: bool = True, **rest: Any) -> None:
        super().__init__(**rest)
        self.gate = gate or Gate()
        self.robots = Robots(self) if obey_robots else None

    @asynccontextmanager
    async def manners(self, target: URL, obey: bool) -> AsyncIterator[str | None]:
        verdict = None
        if self.robots is not None and obey:
            verdict = await self.robots.allows(str(target))
            if verdict.failed:
                yield verdict.reason
                return
            if not verdict.allowed:
                yield f"{target.host} was {REFUSED}{verdict.reason}; leave it out or ask the site"
                return
        async with self.gate.turn(host_of(target), verdict.delay if verdict else None):
            yield None

    def learn(self, target: URL, fetched: Fetched) -> None:
        if fetched.status in BUSY:
            self.gate.pressed(host_of(target), fetched.retry_after)
        elif fetched.status is not None:
            self.gate.eased(host_of(target))


def host_of(url: URL | str) -> str:
    """The host that a turn is taken for: the name without its port, lower case."""
    parsed = URL(url) if isinstance(url, str) else url
    return (parsed.raw_host or "").lower().rstrip(".")
