"""An archive moved to another kind of database, with its captures and its log, and verified there."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from variorum.evidence.keys import KEY_FILE
from variorum.evidence.recorder import LOG
from variorum.store.archive import DATABASE, Archive, open_for_writing
from variorum.store.errors import ArchiveError, ArchiveMissingError
from variorum.store.move import Moved, Tell, check_rows, copy_files, copy_rows
from variorum.store.place import PostgresPlace, read_place
from variorum.store.postgres import Lock, lock
from variorum.store.records import Records
from variorum.store.shared_archive import open_shared


def move(old: str, new: str, tell: Tell = lambda what, done: None) -> Moved:
    """Copy the archive at ``old`` to ``new``, which must be empty. Nobody can write to either of them
    meanwhile; the old one is not touched. What is there afterwards was read back and compared.

    Raises ArchiveError with one plain line; nothing is left at ``new`` then.
    """
    moved = Moved()
    with _opened(old, there=True) as before, _opened(new, there=False) as after:
        if before.directory.resolve() == after.directory.resolve():
            raise ArchiveError(
                "both archives would have their captures in one directory: give the new one its own"
            )
        try:
            with _still(before) as records, after.write() as written:
                lengths = records.warc_lengths()
                copy_files(before.directory, before.warc, after.directory, lengths, moved, tell)
                copy_rows(records.db, written.db, moved, tell)
                check_rows(records.db, written.db, moved, tell)
        except BaseException:
            _take_back(after.directory, moved)
            raise
    return moved


@contextmanager
def _opened(place: str, *, there: bool) -> Iterator[Archive]:
    where = read_place(place)
    known = isinstance(where, PostgresPlace) or (where / DATABASE).exists()
    if there and not known:
        raise ArchiveMissingError(f"no archive in {where}")
    if not there and not isinstance(where, PostgresPlace):
        _refuse_full(where)
    if not there and isinstance(where, PostgresPlace):
        _refuse_full(where.captures)
    if isinstance(where, PostgresPlace):
        if there:
            open_shared(where, read_only=True).close()  # nothing is made where nothing is
        archive: Archive = open_shared(where)
    else:
        archive = open_for_writing(where)
    try:
        with archive:
            yield archive
    except DBAPIError as error:
        raise ArchiveError(f"cannot move to or from {where}: {error.orig}") from error


def _refuse_full(directory: Path) -> None:
    if any((directory / name).exists() for name in (DATABASE, LOG, KEY_FILE, "warc")):
        raise ArchiveError(f"{directory} has an archive's files already: name an empty directory")


@contextmanager
def _still(archive: Archive) -> Iterator[Records]:
    """The archive's records while nobody writes, nor appends to its log."""
    if not archive.shared:
        with archive.read() as records:  # open for writing, so no other process is
            yield records
        return
    with archive.write() as records:
        lock(records.db, Lock.LOG)
        yield records


def _take_back(directory: Path, moved: Moved) -> None:
    for name in moved.files:
        with contextlib.suppress(OSError):
            (directory / name).unlink()
