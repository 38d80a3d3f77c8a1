"""Room on the disk: fetching ends before there is none, so that what is under way can be written."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

from sqlalchemy.exc import OperationalError

# Some hundred pages with all that belongs to them; of a small disk, a twentieth.
_RESERVE = 256 << 20
_SHARE = 20


def need_room(directory: Path) -> None:
    """Raises OSError (ENOSPC) where less than the reserve is left."""
    disk = shutil.disk_usage(directory)
    reserve = min(_RESERVE, disk.total // _SHARE)
    if disk.free < reserve:
        line = f"only {disk.free >> 20} MB are left on the disk of {directory}: nothing is fetched "
        raise OSError(errno.ENOSPC, f"{line}until there are {max(reserve >> 20, 1)} MB")


def why_not_written(error: BaseException) -> str:
    """Why something could not be written, in a few words: the first reason of a group, without the
    statement that the database was given."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, OperationalError):
        return str(error.orig)
    return str(getattr(error, "strerror", None) or error)
