"""A worker of its own process whose clock is the demo newspaper's: told by a file."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from datetime import datetime
from pathlib import Path

from variorum.bootstrap import capture_path, open_archive, worker
from variorum.pipeline.worker import Terms
from variorum.store.shared_archive import SharedArchive


async def work(place: str, clock_file: Path, lease: float) -> None:
    def clock() -> datetime:
        return datetime.fromisoformat(clock_file.read_text())

    with open_archive(place) as archive, capture_path(archive) as path:
        assert isinstance(archive, SharedArchive)
        terms = Terms(at_once=8, lease=lease, idle=0.2, turn=lease + 1)
        async with worker(
            archive, path, clock=clock, terms=terms, allow_loopback=True, pace=0.0
        ) as working:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, working.stop)
            print(working.name, flush=True)
            await working.run()
            print(working.done, flush=True)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(process)d %(asctime)s %(message)s")
    asyncio.run(work(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])))
