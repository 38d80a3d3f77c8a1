"""An archive checked against its log, offline, writing nothing.

What a sound result says is in :data:`CLAIM`, and no more.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout
from sqlalchemy import create_engine

from variorum.evidence.check_log import Logged, check_kept, check_key, check_log
from variorum.evidence.check_parts import check_parts
from variorum.evidence.check_rows import Pending, check_records, check_rows, check_texts
from variorum.evidence.keys import KEY_FILE
from variorum.evidence.note import Verifier
from variorum.evidence.recorder import LOG, LOG_LOCK, SETTING, hash_of, known_entries, span
from variorum.evidence.report import Report, Status
from variorum.evidence.tiles import CHECKPOINT, CHECKPOINTS
from variorum.evidence.timestamps import FOLDER as TIMESTAMPS
from variorum.evidence.timestamps import check_timestamps
from variorum.store import migrate
from variorum.store.archive import DATABASE, Archive
from variorum.store.engine import sqlite_url
from variorum.store.records import Records
from variorum.store.shared_archive import SharedArchive
from variorum.store.warc import WarcStore
from variorum.text.told import in_one_line

CLAIM = (
    "By its own clock, this installation held these bytes no later than the time of their entry, "
    "and they are unaltered since. Whoever holds its key could have made all of it later; only a "
    "checkpoint kept elsewhere (--checkpoint) or a key known from elsewhere (--key) says more. "
    "Nothing is claimed about who wrote a page, or whether what it says is true. Of a capture "
    "“observed by” another archive only this is claimed: that it gave these bytes under that time. "
    "Of one “imported from” a file only this: that these bytes were brought under that time, no later "
    "than the time of their entry, and not that any server ever sent them."
)

# Seconds to wait for a process that appends to the log, or hangs while it does.
_PATIENCE = 10.0
# How often an archive is checked that is written to all the while, and does not fit together.
_TRIES = 4

Derive = Callable[[Archive, Records, Report], None]


@dataclass(frozen=True, slots=True)
class Options:
    """``quick``: WARC bytes against the log only, their records not unpacked. ``trusted``: the key
    expected; ``kept``: the text of a checkpoint that was kept elsewhere. ``derive`` reads the texts
    of versions again from their captures; None leaves that out. ``authorities`` are root
    certificates (PEM) of those whose timestamps are to be believed."""

    quick: bool = False
    trusted: Verifier | None = None
    kept: str | None = None
    derive: Derive | None = None
    authorities: tuple[bytes, ...] = ()
    everything: bool = False
    advance: Callable[[int, int], None] = lambda done, failed: None


@dataclass(slots=True)
class Verified:
    """A verification done: the report, what the log is, and how long each part took (CPU seconds;
    bytes of WARC as they lie on the disk)."""

    report: Report
    logged: Logged
    seconds: dict[str, float] = field(default_factory=dict)
    warc_bytes: int = 0
    unpacked: int = 0

    def to_dict(self) -> dict[str, Any]:
        newest = self.logged.newest
        return {
            "claim": CLAIM,
            **self.report.to_dict(),
            "log": {
                "origin": newest.origin if newest else None,
                "size": newest.size if newest else 0,
                "root": newest.root.hex() if newest else None,
                "key": str(self.logged.verifier) if self.logged.verifier else None,
                "first": self.logged.first or None,
                "last": self.logged.time or None,
                "adopted": self.logged.adopted,
            },
            "warc_bytes": self.warc_bytes,
            "warc_bytes_unpacked": self.unpacked,
            "seconds": {name: round(value, 3) for name, value in self.seconds.items()},
        }


def verify_archive(
    directory: Path, options: Options, shared: SharedArchive | None = None
) -> Verified:
    """Check everything in an archive's directory. Raises nothing for damage: it is reported.

    ``shared`` is the archive, open for reading, where its tables are not in this directory but in a
    database that others may be writing to. Where something is wrong and a process wrote to the archive
    meanwhile, all is checked again: what a writer is in the middle of is no finding.
    """
    for _ in range(_TRIES):
        before = _marks(directory)
        done = _checked(directory, options, shared)
        if done.report.sound or _marks(directory) == before:
            break
    return done


def _marks(directory: Path) -> list[tuple[int, int]]:
    """The sizes and times of the files that every write changes."""
    wal = f"{DATABASE}-wal"
    found = []
    for path in (DATABASE, wal, f"{LOG}/{CHECKPOINT}", f"{LOG}/{CHECKPOINTS}"):
        with suppress(OSError):
            told = (directory / path).stat()
            found.append((told.st_size, told.st_mtime_ns))
    return found


def _checked(directory: Path, options: Options, shared: SharedArchive | None) -> Verified:
    failed = 0

    def seen(item: Any) -> None:
        nonlocal failed
        failed += item.status in (Status.ALTERED, Status.MISSING)

    report = Report(options.everything, seen)
    done = Verified(report, Logged())
    live = shared is not None or _journal(directory) > 0
    database = nullcontext(shared) if shared else _database(directory, live, report)
    with database as archive:
        if archive is None:
            with _timed(done, "log"):
                done.logged = check_log(directory / LOG, report, trusted=options.trusted)
            _check_head(directory, done.logged, report, options)
            return done
        with archive.read() as records:
            state = _state(records, report)
            with _timed(done, "log"):
                until = known_entries(state)
                with _log_still(shared) if shared is not None else nullcontext():
                    done.logged = check_log(
                        directory / LOG, report, trusted=options.trusted, until=until
                    )
            _check_head(directory, done.logged, report, options)
            _beyond(done.logged, live, report)
            with _timed(done, "database"):
                if shared is None:
                    _check_seal(directory, done.logged, live, report)
            pending = Pending.of(state, done.logged)
            with _timed(done, "rows"), _surviving(report, "rows"):
                check_rows(records, done.logged, pending, report)
            with _timed(done, "texts"), _surviving(report, "texts"):
                check_texts(records, report)
            with _timed(done, "warc"), _surviving(report, "records"):
                warc = shared.warc if shared else WarcStore(directory / "warc")
                _check_warc(warc, records, done, pending, options, lambda: failed)
                _strays(directory, report)
                if not options.quick:
                    check_parts(records, warc, report)
            if options.derive is not None:
                with _timed(done, "readings"), _surviving(report, "readings"):
                    options.derive(archive, records, report)
    return done


def _check_head(directory: Path, logged: Logged, report: Report, options: Options) -> None:
    if logged.newest is None:
        return
    check_key(directory, logged, report)
    check_timestamps(directory, directory / LOG, logged, report, options.authorities)
    if options.kept is not None:
        check_kept(options.kept, directory / LOG, logged, report)


@contextmanager
def _timed(done: Verified, name: str) -> Iterator[None]:
    started = time.process_time()
    try:
        yield
    finally:
        done.seconds[name] = done.seconds.get(name, 0.0) + time.process_time() - started


@contextmanager
def _surviving(report: Report, what: str) -> Iterator[None]:
    """A database that breaks under the reading is a finding; the other parts go on."""
    try:
        yield
    except Exception as error:  # whatever the driver raises over damaged pages
        report.add("database", what, Status.ALTERED, f"cannot be read: {_line(error)}")


def _line(error: Exception) -> str:
    return in_one_line(error)


@contextmanager
def _database(directory: Path, live: bool, report: Report) -> Iterator[Archive | None]:
    """The archive to be read, None where its database cannot be. Where no process has written what
    is not in the file yet, the file alone is read, and nothing is made beside it."""
    path = directory / DATABASE
    if not path.exists():
        report.add("database", DATABASE, Status.MISSING, "not there")
        yield None
        return
    how = {"mode": "ro"} if live else {"mode": "ro", "immutable": "1"}
    engine = create_engine(sqlite_url(path, **how))
    archive = Archive(directory, engine, None)
    usable: Archive | None = archive
    try:
        with engine.connect() as connection:
            at = migrate.current(connection)
        if at != migrate.HEAD:
            why = f"its schema is {at}, and {migrate.HEAD} is what this Variorum reads"
            report.add("database", DATABASE, Status.UNVERIFIABLE, why)
            usable = None
    except Exception as error:  # whatever the driver raises over damaged pages
        report.add("database", DATABASE, Status.ALTERED, f"cannot be read: {_line(error)}")
        usable = None
    try:
        yield usable
    finally:
        archive.close()


@contextmanager
def _log_still(archive: SharedArchive) -> Iterator[None]:
    """Nobody appends to the log while it is read; one who hangs while appending is not waited for."""
    held = FileLock(archive.directory / LOG_LOCK, thread_local=False)
    with archive.log_still(), suppress(OSError, Timeout):
        held.acquire(timeout=_PATIENCE)
    try:
        yield
    finally:
        held.release()


def _journal(directory: Path) -> int:
    path = directory / f"{DATABASE}-wal"
    return path.stat().st_size if path.exists() else 0


def _state(records: Records, report: Report) -> Mapping[str, Any]:
    with _surviving(report, "settings"):
        state = records.setting(SETTING)
        if isinstance(state, dict):
            return state
    return {}


def _beyond(logged: Logged, live: bool, report: Report) -> None:
    if not logged.beyond:
        return
    if live:
        why = f"{logged.beyond} entries were made while this was checked"
        report.add("log", "newest entries", Status.PENDING, why)
    else:
        why = f"the log has {logged.beyond} entries about rows that this database does not know"
        report.add("database", "newest rows", Status.MISSING, why)


def _check_seal(directory: Path, logged: Logged, live: bool, report: Report) -> None:
    """The database as a file, byte for byte as it was when it was last closed; where that cannot be
    said, at least sound in itself."""
    path = directory / DATABASE
    last = logged.last
    if live or last.get("kind") != "sealed":
        why = "open, or left by a process that was stopped: not sealed since; its rows are checked"
        report.add("database", DATABASE, Status.PENDING, why)
        return
    size = path.stat().st_size
    same = size == last.get("size") and hash_of(span(path, 0, size)) == last.get("sha256")
    why_not = None if same else "the file is not what it was when the archive was closed"
    report.check("database", DATABASE, why_not)


def _check_warc(
    warc: WarcStore,
    records: Records,
    done: Verified,
    pending: Pending,
    options: Options,
    failed: Callable[[], int],
) -> None:
    lengths = records.warc_lengths()
    for name in sorted({*lengths, *done.logged.spans}):
        known = name in lengths and "/" not in name
        file = _opened(warc, name) if known else None
        if file is None:
            report_why = "not there" if known else "the database does not know it"
            done.report.add("warc file", name, Status.MISSING, report_why)
            continue
        with file, _mapped(file) as data:
            sound = _check_spans(name, data, lengths[name], done, pending)
            if not options.quick or not sound:
                with data[: lengths[name]] as part:
                    done.unpacked += check_records(
                        records, name, part, done.logged, done.report, as_logged=sound
                    )
        done.warc_bytes += lengths[name]
        options.advance(done.warc_bytes, failed())
    for name in sorted(warc.sizes().keys() - lengths.keys()):
        why = "no part of the archive (bytes that were set aside, or somebody's own)"
        done.report.add("warc file", name, Status.UNVERIFIABLE, why)


def _opened(warc: WarcStore, name: str) -> BinaryIO | None:
    """The file, None where there is none. One that another process brings to its store meanwhile is
    looked for again: it is there now."""
    for _ in range(2):
        with suppress(FileNotFoundError, IsADirectoryError):
            return warc.path(name).open("rb")
    return None


_KNOWN = frozenset(
    {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "warc", LOG, KEY_FILE, "lock", "lock.json"}
    | {TIMESTAMPS}
    | {"archive-id", LOG_LOCK}  # of an archive that many processes write to
)


def _check_spans(
    name: str, data: memoryview, length: int, done: Verified, pending: Pending
) -> bool:
    """The bytes of a file, portion by portion as they were logged; all of them, to the end."""
    at, sound, report = 0, True, done.report
    for start, end, sha256 in done.logged.spans.get(name, ()):
        where = f"{name}@{start}..{end}"
        if start != at or end > len(data):
            why = "bytes are missing" if end > len(data) else "the log leaves bytes out before it"
            report.add("warc bytes", where, Status.ALTERED, why)
            sound = False
        else:
            same = hashlib.sha256(data[start:end]).hexdigest() == sha256
            sound &= report.check("warc bytes", where, None if same else "not what was logged")
        at = end
    if at < length:
        status, why = pending.instead(name in pending.files, done.logged)
        report.add("warc bytes", f"{name}@{at}..{length}", status, why)
        sound = False
    if length < len(data):
        why = "written, and never acknowledged: a process is at work or was stopped"
        report.add("warc bytes", f"{name}@{length}..{len(data)}", Status.PENDING, why)
    return sound


def _strays(directory: Path, report: Report) -> None:
    for path in sorted(directory.iterdir()):
        if path.name not in _KNOWN:
            report.add("file", path.name, Status.UNVERIFIABLE, "no part of the evidence")


@contextmanager
def _mapped(file: BinaryIO) -> Iterator[memoryview]:
    if os.fstat(file.fileno()).st_size == 0:
        yield memoryview(b"")
        return
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        view = memoryview(mapped)
        try:
            yield view
        finally:
            view.release()
