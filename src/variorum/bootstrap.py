"""The only place where parts are wired together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.store.archive import Archive, open_for_reading, open_for_writing
from variorum.store.errors import ArchiveError

if TYPE_CHECKING:
    from variorum.pipeline.path import CapturePath


def open_archive(place: str | Path, *, read_only: bool = False) -> Archive:
    """The archive at ``place``, a directory. Raises ArchiveError with one plain line."""
    if "://" in str(place):
        raise ArchiveError(
            f"cannot open {place}: this Variorum keeps archives in a directory; "
            "give one with --archive"
        )
    directory = Path(place)
    return open_for_reading(directory) if read_only else open_for_writing(directory)


@contextmanager
def capture_path(archive: Archive) -> Iterator[CapturePath]:
    """The stages in a row over an archive, with a reader that works under limits."""
    from variorum.pipeline.path import CapturePath
    from variorum.stages.extract import Reader

    with Reader() as reader:
        yield CapturePath(archive, reader)
