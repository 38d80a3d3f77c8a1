"""An archive whose tables are in PostgreSQL: any number of processes, on any number of machines,
read it and write to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from variorum.model.times import iso
from variorum.store import migrate
from variorum.store.archive import Archive, make_directory
from variorum.store.errors import ArchiveError, ArchiveMissingError
from variorum.store.place import PostgresPlace
from variorum.store.postgres import Lock, lock, lock_sites, postgres_engine, snapshot
from variorum.store.records import Records
from variorum.store.s3_warc import Bucket, S3WarcStore, StoreError, shared_store
from variorum.store.schema import warc_file
from variorum.store.shared_warc import SharedWarcStore

# In the directory of captures: whose they are, and on a second line where those go that are full.
_MARK = "archive-id"


class SharedArchive(Archive):
    """As :class:`Archive`, beside other processes that write.

    A plain ``write()`` has the archive for itself, whatever process it is in, as it has with one
    file. ``write(sites)`` shares it with those who write to other sites; within such a block only
    articles of these sites may be changed.
    """

    shared = True
    warc: SharedWarcStore

    def __init__(self, place: PostgresPlace, *, read_only: bool = False) -> None:
        engine = postgres_engine(place, read_only=read_only)
        super().__init__(place.captures, engine, None)
        self.warc = shared_store(place.captures, place.warc or told_place(place.captures))
        self.place = place.url.update_query_dict({"captures": str(place.captures)})
        self._at_one_moment = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._read_only = read_only

    @property
    def writable(self) -> bool:
        return not self._read_only

    @property
    def reopened(self) -> str:
        return self.place.render_as_string(hide_password=False)

    @contextmanager
    def read(self) -> Iterator[Records]:
        with self._at_one_moment.connect() as connection, connection.begin():
            yield Records(connection)

    @contextmanager
    def write(self, sites: Iterable[str] | None = None) -> Iterator[Records]:
        """One transaction; see the class. Raises what the database raises: where that leaves open
        whether it was committed, the WARC file in use is let go and another begun."""
        if not self.writable:
            raise ArchiveError("this archive was opened for reading only")
        unsure = False
        with self._turn, self.engine.connect() as connection:
            try:
                with connection.begin():
                    _take_turn(connection, sites)
                    records = Records(connection)
                    yield records
                    self._tell_warc(records)
                    if self.recorder is not None:
                        self.recorder.before_commit(records)
                    unsure = True
            except BaseException:
                if unsure:
                    self.warc.abandon()
                else:
                    self.warc.rewind()
                raise
            self.warc.settle()
        if self.recorder is not None:
            self.recorder.after_commit()

    def mark(self) -> tuple[int, ...] | None:
        try:
            with self.engine.connect() as connection:
                return snapshot(connection)
        except DBAPIError:
            return None

    @contextmanager
    def log_still(self) -> Iterator[None]:
        """Nobody commits what is evidence, nor appends to the log, while the block runs."""
        with self.engine.connect() as connection, connection.begin():
            lock(connection, Lock.LOG)
            yield

    def repair(self) -> list[str]:
        """Set aside what dead processes wrote and did not acknowledge."""
        return self.warc.repair_all(self._acknowledged)

    def _tell_warc(self, records: Records) -> None:
        self.warc.sync()
        for name, length in self.warc.pending().items():
            lock(records.db, Lock.WARC, name)
            records.set_warc_length(name, length)

    def _acknowledged(self, name: str) -> int:
        """The length that is acknowledged, once a commit that may be under way has ended."""
        with self.engine.connect() as connection, connection.begin():
            lock(connection, Lock.WARC, name)
            length = select(warc_file.c.length).where(warc_file.c.name == name)
            return int(connection.execute(length).scalar() or 0)


def _take_turn(db: Connection, sites: Iterable[str] | None) -> None:
    if sites is None:
        lock(db, Lock.ARCHIVE)
    else:
        lock_sites(db, sites)


def open_shared(place: PostgresPlace, *, read_only: bool = False) -> SharedArchive:
    """The archive at ``place``; for writing it is made, migrated and repaired where needed.

    Raises ArchiveError with one plain line, ArchiveMissingError and ArchiveNewerError.
    """
    if not read_only:
        make_directory(place.captures)
    archive = SharedArchive(place, read_only=read_only)
    try:
        _prepare(archive, place) if not read_only else _look(archive, place)
    except DBAPIError as error:
        archive.engine.dispose()
        raise ArchiveError(f"cannot open {place}: {_line(error)}") from error
    except StoreError as error:
        archive.engine.dispose()
        raise ArchiveError(f"cannot open {place}: {error.strerror}") from error
    except BaseException:
        archive.engine.dispose()
        raise
    return archive


def _prepare(archive: SharedArchive, place: PostgresPlace) -> None:
    with archive.engine.connect() as connection, connection.begin():
        lock(connection, Lock.SCHEMA)
        migrate.upgrade(connection)
    _one_directory(archive, place)
    archive.repairs = archive.repair()


def _one_directory(archive: SharedArchive, place: PostgresPlace) -> None:
    """The first to come remembers the archive's mark in both; whoever brings another directory, or
    another database to this one, is refused."""
    mark = place.captures / _MARK
    bucket = archive.warc.bucket if isinstance(archive.warc, S3WarcStore) else None
    with archive.write() as records:
        known = records.setting("archive-id")
        there = mark.read_text().split()[0] if mark.exists() else None
        if known is None and there is None:
            known = there = f"{place.url.database}-{iso(datetime.now(UTC))}"
            if bucket is not None:
                _begin_bucket(bucket, known)
            mark.write_text(f"{there}\n{bucket.place if bucket else ''}\n".rstrip() + "\n")
            records.set_setting("created", iso(datetime.now(UTC)))
            records.set_setting("archive-id", known)
        if bucket is not None and known == there and bucket.mark() != known:
            raise ArchiveError(
                f"{bucket.place} does not hold the captures of {place}: give the place that the "
                "archive was begun with (warc=…); one begun in a directory stays there"
            )
        if known != there:
            raise ArchiveError(
                f"{place.captures} does not hold the captures of {place}: give the directory that "
                "the archive was begun with (captures=…), or an empty one for an empty database"
            )


def _begin_bucket(bucket: Bucket, mark: str) -> None:
    if bucket.mark() is not None:
        raise ArchiveError(f"{bucket.place} has captures of another archive: name an empty prefix")
    bucket.write_mark(f"{mark}\n")


def told_place(captures: Path) -> str | None:
    """Where the WARC files of an archive go that are full, as its directory remembers it."""
    mark = captures / _MARK
    told = mark.read_text().split() if mark.exists() else []
    return told[1] if len(told) > 1 else None


def _look(archive: SharedArchive, place: PostgresPlace) -> None:
    with archive.engine.connect() as connection:
        at = migrate.current(connection)
    if at is None:
        raise ArchiveMissingError(
            f"no archive in {place}: start one with 'variorum worker', 'variorum import' or "
            "'variorum migrate', or name another with --archive"
        )
    if at < migrate.HEAD:
        raise ArchiveError(
            f"the archive in {place} has an older schema ({at}): any writing command, such as "
            "'variorum check', brings it up to date"
        )
    migrate.refuse_newer(at)


def _line(error: DBAPIError) -> str:
    return " ".join(str(error.orig or error).split())[:300]
