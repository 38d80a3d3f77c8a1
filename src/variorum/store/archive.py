"""The archive as a place: a directory with a database, WARC files and a lock."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from variorum.model.times import iso
from variorum.store import durable, migrate
from variorum.store.engine import sqlite_engine
from variorum.store.errors import ArchiveError, ArchiveInUseError, ArchiveMissingError
from variorum.store.readers import Hold, without_readers
from variorum.store.records import Records
from variorum.store.warc import WarcStore

DATABASE = "variorum.db"
# Nanoseconds; ten ticks of the coarsest clock that file systems stamp files with (10 ms).
_TICK = 100_000_000


class Recorder(Protocol):
    """Whoever keeps evidence of what is written: told before and after every commit, and at the
    end, when the database is closed. Where a commit was cut off, ``in_doubt`` comes in place of
    ``after_commit``, or after one that was cut off as well, with what the database says since."""

    def before_commit(self, records: Records) -> None: ...

    def after_commit(self) -> None: ...

    def in_doubt(self, records: Records) -> None: ...

    def closed(self) -> None: ...


class Archive:
    """One archive, open. Reads may run in many threads; writes take turns.

    A ``with archive.write()`` block is one transaction: its WARC records are made durable before
    the database commits, so whatever is acknowledged is on the disk, in both.
    """

    #: Whether other processes may write to it at the same time.
    shared = False

    def __init__(
        self, directory: Path, engine: Engine, lock: FileLock | None, hold: Hold | None = None
    ) -> None:
        self.directory = directory
        self._hold = hold
        self.engine = engine
        self.warc = WarcStore(directory / "warc")
        self.repairs: list[str] = []
        self.recorder: Recorder | None = None
        self._lock = lock
        self._turn = threading.RLock()
        # From the beginning of a commit until everything that follows it is done: what stops the
        # process's work in between leaves open whether the commit took place.
        self._unsure = False

    @property
    def writable(self) -> bool:
        return self._lock is not None

    @property
    def reopened(self) -> str:
        """The place under which another process opens the same archive."""
        return str(self.directory)

    @contextmanager
    def read(self) -> Iterator[Records]:
        """Records as they stand at one moment."""
        with self.engine.connect() as connection, connection.begin():
            yield Records(connection)

    @contextmanager
    def write(self) -> Iterator[Records]:
        """One transaction. Nothing of it is kept when the block raises."""
        if not self.writable:
            raise ArchiveError("this archive was opened for reading only")
        with self._turn:
            self.find_out()
            with self.engine.connect() as plain:
                connection = plain.execution_options(writes=True)
                try:
                    with connection.begin():
                        records = Records(connection)
                        yield records
                        self.warc.sync()
                        for name, length in self.warc.pending().items():
                            records.set_warc_length(name, length)
                        if self.recorder is not None:
                            self.recorder.before_commit(records)
                        self._unsure = True
                except BaseException:
                    if not self._unsure:
                        self.warc.rewind()
                    raise
                self.warc.settle()
            if self.recorder is not None:
                self.recorder.after_commit()
            self._unsure = False

    def find_out(self) -> None:
        """Ask the database how the last commit ended, where an interrupt, or an error in it, has
        left that open. Until that is known no byte of a WARC file is taken back."""
        with self._turn:
            if not self._unsure:
                return
            with self.read() as records:
                self.warc.recall(records.warc_lengths())
                if self.recorder is not None:
                    self.recorder.in_doubt(records)
            self._unsure = False

    def mark(self) -> tuple[int, ...] | None:
        """Something that is other after every commit, whichever process made it: what was read
        under the same mark is still true. None just after a write, when two commits could share
        one (the file system's clock ticks every few milliseconds)."""
        parts: list[int] = []
        for name in (DATABASE, f"{DATABASE}-wal"):
            try:
                told = (self.directory / name).stat()
            except FileNotFoundError:
                parts += [0, 0]
            else:
                parts += [told.st_mtime_ns, told.st_size]
        fresh = time.time_ns() - max(parts[0], parts[2]) < _TICK
        return None if fresh else tuple(parts)

    def warc_name_known(self, records: Records, name: str) -> None:
        """Make sure that a WARC file has its row before a capture points at it."""
        if name not in records.warc_lengths():
            records.set_warc_length(name, 0)

    def close(self) -> None:
        try:
            with suppress(SQLAlchemyError, OSError):  # whoever opens it next finds out
                self.find_out()
            self.warc.close()
            self.engine.dispose()
            if self.recorder is not None and not self._unsure:
                self.recorder.closed()
        finally:
            if self._hold is not None:
                self._hold.release()
            if self._lock is not None:
                (self.directory / "lock.json").unlink(missing_ok=True)
                self._lock.release()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_for_writing(directory: Path) -> Archive:
    """The archive in ``directory``, made or migrated where needed, for this process alone.

    Raises ArchiveInUseError when another process writes to it, ArchiveNewerError, and ArchiveError
    when the directory cannot be used.
    """
    make_directory(directory)
    try:
        lock = _take_lock(directory)
    except OSError as error:
        raise ArchiveError(f"cannot write to {directory}: {error.strerror}") from error
    try:
        engine = sqlite_engine(directory / DATABASE)
        with engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                migrate.upgrade(connection)
        archive = Archive(directory, engine, lock)
        with archive.read() as records:
            archive.repairs = archive.warc.repair(records.warc_lengths())
            known = records.setting("created")
        if known is None:
            with archive.write() as records:
                records.set_setting("created", iso(datetime.now(UTC)))
        return archive
    except DatabaseError as error:
        lock.release()
        raise ArchiveError(f"cannot open the archive in {directory}: {error.orig}") from error
    except OSError as error:
        lock.release()
        raise ArchiveError(f"cannot write to {directory}: {error.strerror or error}") from error
    except BaseException:
        lock.release()
        raise


def open_for_reading(directory: Path) -> Archive:
    """The archive in ``directory`` as it is, beside whatever process writes to it.

    Raises ArchiveMissingError when there is none, ArchiveNewerError.
    """
    refuse_missing(directory)
    hold = Hold(directory)
    try:
        engine = sqlite_engine(directory / DATABASE, read_only=True)
        _refuse_other_schemas(engine, directory)
    except BaseException:
        hold.release()
        raise
    return Archive(directory, engine, None, hold)


def _refuse_other_schemas(engine: Engine, directory: Path) -> None:
    try:
        with engine.connect() as connection:
            at = migrate.current(connection)
            if at is None or at < migrate.HEAD:
                raise ArchiveError(
                    f"the archive in {directory} has an older schema ({at}): "
                    "any writing command, such as 'variorum check', brings it up to date"
                )
            migrate.refuse_newer(at)
    except DatabaseError as error:
        raise ArchiveError(f"cannot read the archive in {directory}: {error.orig}") from error


def refuse_missing(directory: Path) -> None:
    """Raises ArchiveMissingError where no archive was begun, ArchiveError where that cannot be seen."""
    try:
        begun = (directory / DATABASE).exists()
    except OSError as error:
        raise ArchiveError(f"cannot read {directory}: {error.strerror}") from error
    if not begun:
        raise ArchiveMissingError(
            f"no archive in {directory}: start one with 'variorum up' or 'variorum import', "
            "or name another with --archive"
        )


def move_archive(place: Path, new: Path) -> None:
    """Give an archive's directory another name, which nothing may have. Raises ArchiveInUseError
    where a process writes to it or reads it, and ArchiveError."""
    try:
        lock = _take_lock(place)
        try:
            (place / "lock.json").unlink(missing_ok=True)
            if new.exists():
                raise ArchiveError(f"cannot move {place}: {new} is there already")
            with without_readers(place) as alone:
                if not alone:
                    raise ArchiveInUseError(
                        f"another Variorum process ('variorum serve'?) is reading {place}, which is "
                        f"to make room: stop it first, or use another archive with --archive"
                    )
                durable.rename(place, new)
        finally:
            lock.release()
    except OSError as error:
        raise ArchiveError(f"cannot move {place} to {new}: {error.strerror or error}") from error


def make_directory(directory: Path) -> None:
    """Make it where it is missing. Raises ArchiveError where it cannot be used."""
    try:
        durable.make_directory(directory)
    except OSError as error:
        raise ArchiveError(f"cannot make the archive directory {directory}: {error}") from error
    if not os.access(directory, os.W_OK):
        raise ArchiveError(f"cannot write to {directory}: check its permissions")


def _take_lock(directory: Path) -> FileLock:
    lock = FileLock(directory / "lock", thread_local=False)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise ArchiveInUseError(
            f"another Variorum process{_holder(directory)} is writing to {directory}: stop it first "
            "(a 'variorum serve' that is to run beside other commands is started with --read-only), "
            "or use another archive with --archive"
        ) from error
    holder = {"pid": os.getpid(), "since": iso(datetime.now(UTC))}
    with suppress(OSError):  # it is told to others only, and a disk may be full
        (directory / "lock.json").write_text(json.dumps(holder))
    return lock


def _holder(directory: Path) -> str:
    try:
        told = json.loads((directory / "lock.json").read_text())
        return f" (process {told['pid']}, since {told['since']})"
    except (OSError, ValueError, KeyError):
        return ""
