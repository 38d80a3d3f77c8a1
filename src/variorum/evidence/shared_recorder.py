"""Writes the log of an archive that many processes write to (see ``recorder``).

What a transaction changed becomes entries in the order of commits: from the moment in which they are
made until the commit, a process holds a lock in the database. Nothing is kept in memory from one
transaction to the next; what is committed and not in the log yet stands in the database, and whoever
comes next appends it. That is done under a lock on the log's own directory, and only while the log is
exactly as long as it was when these entries were made: a process that was cut off, and goes on with
what it knew, appends nothing twice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy.exc import DBAPIError

from variorum.about import __version__
from variorum.evidence.keys import read_signer
from variorum.evidence.note import NoteError, Verifier
from variorum.evidence.recorder import LOG_LOCK, SETTING, LogRecorder, LogState
from variorum.evidence.tiles import LogDamagedError, LogReader, LogWriter
from variorum.store import observed
from variorum.store.errors import ArchiveError
from variorum.store.postgres import Lock, lock, try_lock
from variorum.store.records import Records
from variorum.store.shared_archive import SharedArchive

log = logging.getLogger(__name__)

# Seconds to wait for a process that hangs while it has the log's directory. Meanwhile entries wait
# in the database.
_PATIENCE = 10.0
# One that begins to work can wait for a 'verify' that reads the whole log.
_PATIENCE_AT_FIRST = 120.0


class SharedLogRecorder(LogRecorder):
    """The evidence of an archive that is open for writing beside other processes."""

    _archive: SharedArchive

    def attach(self) -> None:
        with self._archive.engine.connect() as connection, connection.begin():
            lock(connection, Lock.LOG)
            records = Records(connection)
            stored = records.setting(SETTING)
            with self._files(_PATIENCE_AT_FIRST):
                self._load_key(stored)
                self._open(stored)
                self._append([{"kind": "opened", "software": f"variorum {__version__}"}])
            if self._state.marks != observed.marks(connection) and self._state == LogState():
                observed.touch_all(connection)  # a log begun anew, or the first of old rows
                if stored is not None:
                    records.set_setting(SETTING, self._told(self._state))
        self._archive.recorder = self
        self._catch_up()

    def before_commit(self, records: Records) -> None:
        self._staged = None
        if not self._archive.warc.pending() and not observed.any_touched(records.db):
            return
        lock(records.db, Lock.LOG)
        stored = records.setting(SETTING)
        self._state = self._appended(stored)
        staged = self._after(records)
        if not staged.unlogged:
            return
        records.set_setting(SETTING, self._told(staged))
        self._staged = staged

    def after_commit(self) -> None:
        """Append at once, unless somebody else is about to."""
        if self._staged is None:
            return
        self._staged = None
        try:
            with self._archive.engine.connect() as connection, connection.begin():
                if try_lock(connection, Lock.LOG):
                    self._appended(Records(connection).setting(SETTING))
        except DBAPIError:
            log.warning("the database cannot be reached; the evidence log will be caught up")

    def closed(self) -> None:
        """A database that others write to is never sealed as a file."""

    def rotate(self) -> Verifier:
        with self._alone():
            return super().rotate()

    def stamped(self, file: str, sha256: str) -> None:
        with self._alone():
            super().stamped(file, sha256)

    def exported(self, form: str, sha256: str) -> int:
        with self._alone():
            return super().exported(form, sha256)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """The log as it is now, with all that was committed, for this process alone."""
        with self._archive.engine.connect() as connection, connection.begin():
            lock(connection, Lock.LOG)
            stored = Records(connection).setting(SETTING)
            with self._files():
                self._state = self._append_stored(_read(stored), stored)
                if self._state.unlogged:
                    raise ArchiveError("the evidence log is behind; see 'variorum verify'")
                yield

    def _told(self, state: LogState) -> dict[str, Any]:
        # Without a size the whole log is looked through for entries that it may have already.
        size = self._log.size if self._log else None
        return {"origin": self._signer.verifier.name, "size": size, **state.to_dict()}

    def _known(self, number: int, touched: observed.Touched) -> bool:
        return number not in touched.added

    def _catch_up(self) -> None:
        with self._archive.read() as records:
            waiting = observed.any_touched(records.db)
        if waiting:
            self._adopting = True
            try:
                with self._archive.write():
                    pass
            finally:
                self._adopting = False

    def _marks_after(self, records: Records, touched: observed.Touched) -> observed.Marks:
        return observed.marks(records.db)

    def _appended(self, stored: Mapping[str, Any] | None) -> LogState:
        """What the database says, its entries appended; those stay in it where that cannot be done."""
        state = _read(stored)
        try:
            with self._files():
                return self._append_stored(state, stored)
        except (OSError, LogDamagedError, NoteError) as error:
            self._tell_behind(error)
            self._log = None
            return state

    def _append_stored(self, state: LogState, stored: Mapping[str, Any] | None) -> LogState:
        writer = self._log = self._newest()
        if stored is None:
            return state
        size = stored["size"]
        if size is not None and writer.size < size:
            raise LogDamagedError(f"it has {writer.size} of {size} entries")
        missing = self._missing(state, size)
        if missing:
            self._log = (
                None  # unless it comes to an end, what is known of the log is not what it is
            )
            writer.append(missing)
            self._log = writer
        return replace(state, unlogged=())

    def _newest(self) -> LogWriter:
        """The log as it is on the disk now; with the key that signs it now."""
        reader = LogReader(self.directory)
        if self._log is not None and reader.exists():
            note, head = reader.newest()
            if head.size == self._log.size and note.signed_by(self._signer.verifier):
                return self._log
        try:
            return LogWriter.open(self.directory, self._signer.verifier.name, self._signer)
        except LogDamagedError:
            known = read_signer(self._archive.directory)
            if known is None or known.verifier == self._signer.verifier:
                raise
            self._signer = known
            return LogWriter.open(self.directory, known.verifier.name, known)

    @contextmanager
    def _files(self, patience: float = _PATIENCE) -> Iterator[None]:
        """The log's directory for this process alone. Raises OSError where somebody has it."""
        held = FileLock(self._archive.directory / LOG_LOCK, thread_local=False)
        try:
            held.acquire(timeout=patience)
        except Timeout as error:
            raise OSError(f"another process has {LOG_LOCK} and does not move") from error
        try:
            yield
        finally:
            held.release()


def _read(stored: Mapping[str, Any] | None) -> LogState:
    return LogState.from_dict(stored) if stored else LogState()


def attach_shared_recorder(archive: SharedArchive) -> SharedLogRecorder:
    """Keep evidence of everything that this process writes to ``archive`` from now on.

    Raises ArchiveError where the key or the log cannot be used.
    """
    recorder = SharedLogRecorder(archive, lambda: datetime.now(UTC))
    try:
        recorder.attach()
    except OSError as error:
        raise ArchiveError(f"cannot keep the evidence log: {error}") from error
    return recorder
