"""One backfill without the pause between two requests; as a program, one that can be killed.

backfill_run.py ARCHIVE SERVICE URL
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from variorum.bootstrap import open_archive, polite_fetcher
from variorum.pipeline.backfill import Backfill, Backfilled, Wanted, service_at
from variorum.pipeline.clock import system_clock
from variorum.pipeline.path import CapturePath
from variorum.stages.extract import Reader

#: One for all tests: it takes a second to begin. Closed by ``conftest``.
READER = Reader()


def backfilled(
    place: Path | str, address: str, target: str | int, which: Wanted | None = None
) -> Backfilled:
    async def run() -> Backfilled:
        async with polite_fetcher(archive, allow_loopback=True, pace=0.0) as fetcher:
            service = service_at(address)
            work = Backfill(archive, path, fetcher, service, system_clock, which)
            if isinstance(target, int):
                return await work.of_source(target)
            return await work.of_url(target)

    with open_archive(place, read_only=False) as archive:
        path = CapturePath(archive, READER)
        return asyncio.run(run())


if __name__ == "__main__":
    backfilled(*sys.argv[1:4])
