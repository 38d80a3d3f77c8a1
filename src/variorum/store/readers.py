"""Who reads an archive's directory: each reader holds it shared, so that nobody moves it away meanwhile.

The lock (flock) is on the directory itself: it needs no file, so a medium that cannot be written to will
do, and it is gone with its process. Where a file system has no such locks nobody is held up.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Hold:
    """A directory that is being read, until :meth:`release`."""

    def __init__(self, directory: Path) -> None:
        self._file: int | None = None
        with suppress(OSError):
            self._file = os.open(directory, os.O_RDONLY)
            fcntl.flock(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


@contextmanager
def without_readers(directory: Path) -> Iterator[bool]:
    """Whether nobody reads the directory; if so nobody begins to while the block runs."""
    alone = True
    file = os.open(directory, os.O_RDONLY)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            alone = False
        except OSError:  # no such locks here
            pass
        yield alone
    finally:
        os.close(file)
