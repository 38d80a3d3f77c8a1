"""Writes the log: what a transaction changed becomes entries, in the order in which it commits.

The entries of a transaction are kept in the database with it, and appended to the log after the
commit. So the log can fall behind (a crash, a full disk), never get ahead, and what is missing is
appended at the next opening, word for word.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event

from variorum.about import __version__
from variorum.evidence.entries import (
    Entry,
    act_of,
    facts_of,
    parse,
    verdict_of,
    version_of,
    written,
)
from variorum.evidence.keys import (
    KEY_FILE,
    NEXT_KEY_FILE,
    make_signer,
    read_signer,
    take_next_signer,
    write_signer,
)
from variorum.evidence.note import NoteError, Verifier
from variorum.evidence.tiles import LogDamagedError, LogReader, LogWriter
from variorum.model.times import iso
from variorum.store import durable, observed
from variorum.store.archive import DATABASE, Archive
from variorum.store.errors import ArchiveError
from variorum.store.records import Records
from variorum.text.told import in_one_line

log = logging.getLogger(__name__)

LOG = "log"
#: Held by whoever appends, where many processes do.
LOG_LOCK = "log.lock"
SETTING = "evidence"
# Rows taken into the log in one transaction when it catches up: a second of work to lose.
_PORTION = 2000
# A database over this size is not hashed as a file when it is closed (about 3 s a GB); its rows
# are checked against the log in any case.
SEAL_UP_TO = 4_000_000_000
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class LogState:
    """How far the log has come, and what is committed but not in it yet."""

    unlogged: Sequence[bytes] = ()
    marks: observed.Marks = field(default_factory=observed.Marks)
    warc: Mapping[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "entries": [entry.decode("utf-8", "surrogatepass") for entry in self.unlogged],
            "captures": self.marks.captures,
            "versions": self.marks.versions,
            "acts": self.marks.acts,
            "warc": dict(self.warc),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> LogState:
        entries = [entry.encode("utf-8", "surrogatepass") for entry in data["entries"]]
        marks = observed.Marks(data["captures"], data["versions"], data["acts"])
        return cls(entries, marks, data["warc"])


def known_entries(state: Mapping[str, Any] | None) -> int | None:
    """How many entries the database knows of, by what it keeps for the log; None where it does not
    know."""
    size, entries = (state or {}).get("size"), (state or {}).get("entries")
    if isinstance(size, int) and isinstance(entries, list):
        return size + len(entries)
    return None


class LogRecorder:
    """The evidence of one archive that is open for writing (see ``store.archive.Recorder``)."""

    def __init__(self, archive: Archive, clock: Callable[[], datetime]) -> None:
        self._archive = archive
        self._clock = clock
        self._log: LogWriter | None = None
        self._signer = make_signer("unset")
        self._state = LogState()
        self._staged: LogState | None = None
        # How long the log was when entries were appended last.
        self._tried = 0
        self._adopting = False
        self._closed = False
        self._behind = ""

    @property
    def directory(self) -> Path:
        return self._archive.directory / LOG

    def before_commit(self, records: Records) -> None:
        """Keep the entries of this transaction with it, until they are in the log."""
        self._staged = None
        staged = self._after(records)
        if not staged.unlogged:
            return
        records.set_setting(SETTING, self._told(staged))
        self._staged = staged

    def after_commit(self) -> None:
        """Append what was committed. A disk that fails is no reason to stop: the entries stay in
        the database and are appended when it works again."""
        if self._staged is None:
            return
        self._state, self._staged = self._staged, None
        self._try_to_append()

    def in_doubt(self, records: Records) -> None:
        """A commit was cut off, or what follows it: if the database has it, its entries count."""
        if self._staged is not None and records.setting(SETTING) != self._told(self._staged):
            self._staged = None
        self.after_commit()
        if self._log is None:
            self._try_to_append()

    def _told(self, state: LogState) -> dict[str, Any]:
        """What the database keeps with a transaction."""
        size = self._log.size if self._log else None
        return {"origin": self._signer.verifier.name, "size": size, **state.to_dict()}

    def _try_to_append(self) -> None:
        try:
            self._append_waiting()
        except (OSError, LogDamagedError) as error:
            self._tell_behind(error)

    def _tell_behind(self, error: Exception) -> None:
        """One line of why the log stays behind the database, and not again for the same."""
        why = getattr(error, "strerror", None) or in_one_line(error)
        if why != self._behind:
            log.error("the evidence log cannot be written (%s); it will be caught up", why)
        self._behind = why

    def _append_waiting(self) -> None:
        """Append what is not in the log yet. Whatever stops this, an interrupt as well, leaves it
        open how far it came: the log is opened anew then, and what it has is not appended twice.
        Raises OSError, LogDamagedError."""
        writer, self._log = self._log, None
        if writer is None:
            writer = LogWriter.open(self.directory, self._signer.verifier.name, self._signer)
            since = LogReader(self.directory).entries(writer.size, min(self._tried, writer.size))
            there = set(since)
            left = tuple(entry for entry in self._state.unlogged if entry not in there)
            self._state = replace(self._state, unlogged=left)
        self._tried = writer.size
        if self._state.unlogged:
            writer.append(self._state.unlogged)
            self._state = replace(self._state, unlogged=())
        self._log = writer

    def closed(self) -> None:
        """Seal: say in the log what the database is as a file, now that nobody writes to it."""
        if self._closed:
            return
        self._closed = True
        with suppress(OSError, LogDamagedError):
            entry = self._seal()
            if entry is not None and self._log is not None and not self._state.unlogged:
                self._log.append([written(entry, self._now())])

    def rotate(self) -> Verifier:
        """From now on sign with a new key, which is returned (its public part); the old one signs
        that it has handed over. Raises ArchiveError where the log cannot be written."""
        self._archive.find_out()
        if self._log is None:
            raise ArchiveError("the evidence log cannot be written; see 'variorum verify'")
        old, new = self._signer, make_signer(self._signer.verifier.name)
        write_signer(self._archive.directory, new, NEXT_KEY_FILE)
        writer, self._log = self._log, None
        writer.signer = new
        entry = {"kind": "key", "verifier": str(new.verifier)}
        writer.append([written(entry, self._now())], old)
        take_next_signer(self._archive.directory)
        self._signer, self._log = new, writer
        return new.verifier

    def stamped(self, file: str, sha256: str) -> None:
        """Say in the log what an outside authority answered (see ``timestamps``)."""
        self._append([{"kind": "stamped", "file": file, "sha256": sha256}])
        if self._state.unlogged:
            raise ArchiveError("the evidence log cannot be written; see 'variorum verify'")

    @property
    def keeps_up(self) -> bool:
        """Whether the log could be written when that was tried last, and has all that it should."""
        return self._log is not None and not self._state.unlogged

    def exported(self, form: str, sha256: str) -> int:
        """Say in the log that something was exported, and its hash. Returns the entry's number."""
        self._append([{"kind": "exported", "form": form, "sha256": sha256}])
        if self._state.unlogged or self._log is None:
            raise ArchiveError("the evidence log cannot be written; see 'variorum verify'")
        return self._log.size - 1

    def attach(self) -> None:
        """Open the log (or begin one), append what it lacks, and listen to the archive."""
        with self._archive.read() as records:
            state = records.setting(SETTING)
        self._load_key(state)
        self._open(state)
        listener = self._archive.engine
        event.listen(listener, "connect", lambda connection, _: observed.watch_rows(connection))
        listener.dispose()  # connections made from now on take note of rows
        self._archive.recorder = self
        self._append([{"kind": "opened", "software": f"variorum {__version__}"}])
        self._catch_up()

    def _load_key(self, state: dict[str, Any] | None) -> None:
        directory = self._archive.directory
        self._finish_rotation()
        try:
            known = read_signer(directory)
        except NoteError as error:
            self._archive.repairs.append(f"{KEY_FILE}: {error}; a new key was made")
            known = None
        if known is None:
            if state is not None or self.directory.exists():
                self._set_aside("its key is gone")
            known = make_signer()
            write_signer(directory, known)
        self._signer = known

    def _finish_rotation(self) -> None:
        """A crash may have left a new key beside the old one: it counts if it has signed."""
        directory = self._archive.directory
        with suppress(NoteError, LogDamagedError):
            new = read_signer(directory, NEXT_KEY_FILE)
            if new is not None and LogReader(self.directory).newest()[0].signed_by(new.verifier):
                take_next_signer(directory)
        (directory / NEXT_KEY_FILE).unlink(missing_ok=True)

    def _open(self, stored: dict[str, Any] | None) -> None:
        """The log, caught up with what the database says was committed."""
        state = LogState.from_dict(stored) if stored else None
        begun = LogReader(self.directory).exists()
        lost = state is not None and not begun and not _begins_log(state.unlogged)
        try:
            self._log = self._opened(stored)
        except LogDamagedError as error:
            self._set_aside(str(error))
            lost = True
            self._log = self._opened(None)
        if state is not None and not lost:
            self._state = replace(state, unlogged=())
            self._append_missing(self._missing(state, (stored or {}).get("size")))
        if self._log is not None and self._log.size == 0:
            first: list[Entry] = [{"kind": "log", "verifier": str(self._signer.verifier)}]
            if lost:
                first.append({"kind": "restart", "size": (stored or {}).get("size") or 0})
            self._append(first)

    def _append_missing(self, entries: Sequence[bytes]) -> None:
        if not entries:
            return
        self._put(entries)
        self._archive.repairs.append(f"log: appended {len(entries)} entries it was behind")

    def _opened(self, state: dict[str, Any] | None) -> LogWriter:
        opened = LogWriter.open(self.directory, self._signer.verifier.name, self._signer)
        wanted = (state or {}).get("size") or 0
        if opened.size < wanted:
            raise LogDamagedError(f"it has {opened.size} of {wanted} entries")
        return opened

    def _missing(self, state: LogState, size: int | None) -> Sequence[bytes]:
        """Entries that were committed and not appended. ``size`` is how long the log was then; None
        where it could not be written at the time."""
        assert self._log is not None
        if size is not None:
            return state.unlogged if self._log.size == size else ()
        known = set(LogReader(self.directory).entries(self._log.size))
        return [entry for entry in state.unlogged if entry not in known]

    def _set_aside(self, why: str) -> None:
        if not self.directory.exists():
            return
        stamp = self._clock().strftime("%Y%m%dT%H%M%S")
        aside = self._archive.directory / f"{LOG}.{stamp}.aside"
        durable.rename(self.directory, aside)
        self._archive.repairs.append(f"log: {why}; set aside as {aside.name}, a new one begun")

    def _catch_up(self) -> None:
        """Take in rows and WARC bytes that were written while nobody kept a log."""
        self._adopting = True
        try:
            while True:
                with self._archive.write() as records:
                    before = self._state.marks
                    after = observed.touch_after(records.db, before, _PORTION)
                    more = after != before
                if not more:
                    return
        finally:
            self._adopting = False

    def _after(self, records: Records) -> LogState:
        """What is to be logged when this transaction has committed."""
        touched = observed.take_touched(records.db)
        lengths = records.warc_lengths()
        told: list[Entry] = [
            *self._warc_spans(lengths),
            *self._captures(records, touched),
            *_versions(records, touched.versions),
            *({"kind": "act", "id": r.id, "row": act_of(r)} for r in _acts(records, touched.acts)),
        ]
        now = self._now()
        new = [written(entry, now, adopted=self._adopting) for entry in told]
        marks = self._marks_after(records, touched) if touched else self._state.marks
        return LogState((*self._state.unlogged, *new), marks, lengths)

    def _marks_after(self, records: Records, touched: observed.Touched) -> observed.Marks:
        """How far the log has come. While it catches up, that is not yet the last row."""
        if not self._adopting:
            return observed.marks(records.db)
        known = self._state.marks
        return observed.Marks(
            max([known.captures, *touched.captures]),
            max([known.versions, *observed.version_ids(records.db, touched.versions)]),
            max([known.acts, *touched.acts]),
        )

    def _warc_spans(self, lengths: Mapping[str, int]) -> Iterator[Entry]:
        for name, length in sorted(lengths.items()):
            start = self._state.warc.get(name, 0)
            path = self._file(name) if length > start else None
            if path is not None:
                sha256 = hash_of(span(path, start, length))
                yield {"kind": "warc", "file": name, "from": start, "to": length, "sha256": sha256}

    def _known(self, number: int, touched: observed.Touched) -> bool:
        """Whether the log has this capture already, so that only its verdict is news."""
        return number <= self._state.marks.captures

    def _captures(self, records: Records, touched: observed.Touched) -> Iterator[Entry]:
        ids = touched.captures
        there: set[int] = set()
        for row in observed.capture_rows(records.db, ids):
            there.add(row.id)
            if self._known(row.id, touched):
                yield {"kind": "judged", "id": row.id, "verdict": verdict_of(row)}
                continue
            yield {
                "kind": "capture",
                "id": row.id,
                "facts": facts_of(row),
                "verdict": verdict_of(row),
                "record": self._record(row),
            }
        for number in ids:
            if number not in there:
                yield {"kind": "removed", "id": number}

    def _record(self, row: Any) -> str | None:
        """The hash of a capture's WARC record, as it lies in the file; None where none does."""
        if not row.warc:
            return None
        path = self._file(row.warc)
        return hash_of(span(path, row.offset, row.offset + row.length)) if path else None

    def _file(self, name: str) -> Path | None:
        try:
            path = self._archive.warc.path(name)
        except FileNotFoundError:
            return None
        return path if path.exists() else None

    def _append(self, entries: list[Entry]) -> None:
        now = self._now()
        self._put([written(entry, now) for entry in entries])

    def _put(self, entries: Sequence[bytes]) -> None:
        """Append outside of a transaction; on a full disk entries wait for the next one."""
        self._archive.find_out()
        self._state = replace(self._state, unlogged=(*self._state.unlogged, *entries))
        self._try_to_append()

    def _seal(self) -> Entry | None:
        path = self._archive.directory / DATABASE
        journal = path.with_name(f"{DATABASE}-wal")
        if journal.exists() and journal.stat().st_size:
            return None  # somebody still reads: the last of it is not in the file yet
        size = path.stat().st_size
        if size > SEAL_UP_TO:
            return None
        return {"kind": "sealed", "size": size, "sha256": hash_of(span(path, 0, size))}

    def _now(self) -> str:
        return iso(self._clock())


def attach_recorder(
    archive: Archive, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> LogRecorder:
    """Keep evidence of everything that is written to ``archive`` from now on.

    Raises ArchiveError where the key or the log cannot be used.
    """
    recorder = LogRecorder(archive, clock)
    try:
        recorder.attach()
    except OSError as error:
        raise ArchiveError(f"cannot keep the evidence log: {error}") from error
    return recorder


def hash_of(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def span(path: Path, start: int, end: int) -> Iterator[bytes]:
    """The bytes ``[start, end)`` of a file, in portions."""
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (chunk := file.read(min(_CHUNK, end - start))):
            start += len(chunk)
            yield chunk


def _versions(records: Records, keys: list[tuple[int, int]]) -> Iterator[Entry]:
    for article, number in keys:
        row = observed.version_row(records.db, article, number)
        entry: Entry = {"kind": "version", "article": article, "number": number}
        if row is None:
            yield {**entry, "kind": "withdrawn"}
        else:
            yield {**entry, "row": version_of(row)}


def _begins_log(entries: Sequence[bytes]) -> bool:
    return bool(entries) and parse(entries[0])["kind"] == "log"


def _acts(records: Records, ids: list[int]) -> Iterator[Any]:
    return observed.act_rows(records.db, ids)
