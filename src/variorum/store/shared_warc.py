"""WARC files of an archive that several processes write to: each process writes files of its own.

A file is locked (flock) for as long as its process has it open. So a process that died, or let go
of a file because it could not know whether its last records were acknowledged, leaves a file that
anybody may repair; one that is alive or only hangs does not.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from variorum.store import durable
from variorum.store.warc import WarcStore


class SharedWarcStore(WarcStore):
    """As :class:`WarcStore`, beside others in the same directory."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self._writer = secrets.token_hex(4)
        self._files = 0

    def abandon(self) -> None:
        """Let go of what was appended since :meth:`settle` without touching it: the database may or
        may not have acknowledged it. The next record begins a new file."""
        unsure = list(self.pending())
        with contextlib.suppress(OSError):
            self.close_file()
        self._file = None
        for name in unsure:
            self._settled.pop(name, None)
            self._now.pop(name, None)

    def repair_all(self, acknowledged: Callable[[str], int]) -> list[str]:
        """Set aside unacknowledged ends of files that nobody has open. ``acknowledged`` is asked
        for a file's length once it is held, and must wait for a commit that is under way."""
        done: list[str] = []
        for path in sorted(self.directory.glob("*.warc.gz")):
            with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
                if not taken(file):
                    continue
                length = acknowledged(path.name)
                if path.stat().st_size > length:
                    done += self.repair_one(path, length)
        return done

    def _next_file(self) -> BinaryIO:
        durable.make_directory(self.directory)
        while True:
            stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
            name = f"variorum-{stamp}-{self._writer}-{self._files:05d}.warc.gz"
            self._files += 1
            path = self.directory / name
            file = path.open("ab")
            # Between the two lines somebody may have found it empty, and taken it away.
            if (
                taken(file)
                and path.exists()
                and os.path.samestat(os.fstat(file.fileno()), path.stat())
            ):
                break
            file.close()
        self._name = name
        durable.sync_directory(self.directory)
        return file


def taken(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
