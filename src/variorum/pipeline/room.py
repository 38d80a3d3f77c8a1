"""Room on the disk: fetching ends before there is none, so that what is under way can be written."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

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
