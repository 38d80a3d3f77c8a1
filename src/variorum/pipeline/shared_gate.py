"""Politeness held across workers: a host has one turn at a time, whichever machine asks."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from variorum.stages.fetch.politeness import LONGEST_DELAY, Gate, RestingError
from variorum.store.lease_records import HostRecords

T = TypeVar("T")
log = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 15.0


class SharedGate(Gate):
    """As :class:`Gate`, with the turns of each host kept in the archive's database.

    A turn is over after ``turn_seconds`` though nobody ended it: its worker is dead. While the
    database cannot be reached, nobody is asked.
    """

    def __init__(self, engine: Engine, holder: str, *, turn_seconds: float, **rest: object) -> None:
        super().__init__(**rest)  # type: ignore[arg-type]
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._holder = holder
        self._turn_seconds = turn_seconds
        self._ending: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def turn(
        self, host: str, delay: float | None = None, patience: float | None = None
    ) -> AsyncIterator[None]:
        async with super().turn(host, delay, patience):
            await self._take(host, patience)
            try:
                yield
            finally:
                rest = min(max(self.delay, delay or 0.0), LONGEST_DELAY)
                self._end(host, rest, self.resting(host))
                await asyncio.sleep(0)

    async def close(self) -> None:
        """Wait for the ends of turns to be written down."""
        await asyncio.gather(*self._ending, return_exceptions=True)

    async def _take(self, host: str, patience: float | None) -> None:
        claim = partial(_claim, name=host, holder=self._holder, seconds=self._turn_seconds)
        while True:
            wait, resting = await self._surely(claim)
            if not wait:
                return
            if patience is not None and resting > patience:
                raise RestingError(resting)
            await asyncio.sleep(wait + random.uniform(0, 0.02))

    def _end(self, host: str, rest: float, resting: float) -> None:
        """Written down beside what goes on; until then the turn is still taken."""
        ended = time.monotonic()

        def release(records: HostRecords) -> None:
            past = time.monotonic() - ended
            left = max(rest - past, 0.0), max(resting - past, 0.0)
            records.release_host(host, self._holder, *left)

        task = asyncio.create_task(self._surely(release))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def _surely(self, work: Callable[[HostRecords], T]) -> T:
        """Do something in the database, however long it takes until it can be reached."""
        pause = _FIRST_PAUSE
        while True:
            try:
                return await asyncio.to_thread(self._do, work)
            except DBAPIError as error:
                log.warning("the database cannot be reached (%s); nobody is asked", error.orig)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    def _do(self, work: Callable[[HostRecords], T]) -> T:
        with self._engine.connect() as connection:
            return work(HostRecords(connection))


def _claim(records: HostRecords, *, name: str, holder: str, seconds: float) -> tuple[float, float]:
    return records.claim_host(name, holder, seconds)
