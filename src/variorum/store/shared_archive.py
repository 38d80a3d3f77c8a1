"""An archive whose tables are in PostgreSQL: any number of processes, on any number of machines,
read it and write to it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from variorum.model.times import iso
from variorum.store import durable, migrate
from variorum.store.archive import Archive, make_directory
from variorum.store.errors import ArchiveError, ArchiveMissingError
from variorum.store.move import OWN_SETTING
from variorum.store.place import PostgresPlace
from variorum.store.postgres import Lock, lock, lock_sites, postgres_engine, snapshot
from variorum.store.records import Records
from variorum.store.s3_warc import Bucket, S3WarcStore, StoreError, shared_store
from variorum.store.schema import warc_file
from variorum.store.shared_warc import SharedWarcStore
from variorum.text.told import in_one_line

# In the directory of captures: whose they are, and on a second line where those go that are full.
_MARK = "archive-id"
# In the database while not every place has the archive's mark yet.
_BEGUN = "archive-id-begun"


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
        with self._turn:
            self.find_out()
            with self.engine.connect() as connection:
                try:
                    with connection.begin():
                        _take_turn(connection, sites)
                        records = Records(connection)
                        yield records
                        self._tell_warc(records)
                        if self.recorder is not None:
                            self.recorder.before_commit(records)
                        self._unsure = True
                    self.warc.settle()
                    self._unsure = False
                except BaseException:
                    if self._unsure:
                        self.find_out()
                    else:
                        self.warc.rewind()
                    raise
        if self.recorder is not None:
            self.recorder.after_commit()

    def find_out(self) -> None:
        """The database may not be there to be asked how a commit ended: whoever repairs the WARC
        file finds out, and what is not in the log yet stands in the database."""
        with self._turn:
            if self._unsure:
                self.warc.abandon()
                self._unsure = False

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
        """Set aside what dead processes wrote and did not acknowledge, and say which files have not
        all that was acknowledged."""
        done = self.warc.repair_all(self._acknowledged)
        with self.read() as records:
            known = records.warc_lengths()
        return done + self.warc.short(known)

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
    """The first to come remembers the archive's mark in all its places; whoever brings another
    directory, or another database to this one, is refused.

    The database is told first, and told last that all is done: whoever finds a beginning that was
    cut off begins anew, with a mark of its own, so that no other directory can pass for this one.
    """
    bucket = archive.warc.bucket if isinstance(archive.warc, S3WarcStore) else None
    with archive.engine.connect() as connection, connection.begin():
        lock(connection, Lock.SCHEMA)  # one at a time, from the first look to the last word
        with archive.read() as records:
            known, begun = records.setting(OWN_SETTING), bool(records.setting(_BEGUN))
        there = _mark_in(place.captures)
        if there is None and (known is None or begun):
            known = there = _begin(archive, place, bucket, known)
            begun = True
        elif there is None and _is_of(archive):
            there = known
            _write_mark(place.captures, str(known), bucket)
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
        if begun:
            with archive.write() as records:
                records.forget_setting(_BEGUN)


def _begin(
    archive: SharedArchive, place: PostgresPlace, bucket: Bucket | None, earlier: str | None
) -> str:
    """Give the archive its mark: in the database, in the bucket, in the directory. ``earlier`` is
    that of a beginning that was cut off."""
    if bucket is not None and bucket.mark() not in (None, earlier):
        raise ArchiveError(f"{bucket.place} has captures of another archive: name an empty prefix")
    mark = f"{place.url.database}-{iso(datetime.now(UTC))}-{secrets.token_hex(4)}"
    with archive.write() as records:
        records.set_setting("created", iso(datetime.now(UTC)))
        records.set_setting(OWN_SETTING, mark)
        records.set_setting(_BEGUN, True)
    if bucket is not None:
        bucket.write_mark(f"{mark}\n")
    _write_mark(place.captures, mark, bucket)
    return mark


def _is_of(archive: SharedArchive) -> bool:
    """Whether a directory that has lost its mark is the archive's: every capture lies there; or there
    is none yet, and an empty file stands in the mark's place, as older versions left it behind."""
    with archive.read() as records:
        known = {name: length for name, length in records.warc_lengths().items() if length}
    if not known:
        return (archive.directory / _MARK).exists()
    sizes = archive.warc.sizes()
    return all(sizes.get(name, 0) >= length for name, length in known.items())


def _mark_in(captures: Path) -> str | None:
    return next(iter(_marked(captures)), None)


def told_place(captures: Path) -> str | None:
    """Where the WARC files of an archive go that are full, as its directory remembers it."""
    told = _marked(captures)
    return told[1] if len(told) > 1 else None


def _marked(captures: Path) -> list[str]:
    """What the mark says: whose captures these are, and perhaps where full files go."""
    try:
        lines = (captures / _MARK).read_text("utf-8", "replace").splitlines()
    except FileNotFoundError:
        return []
    return [line.strip() for line in lines if line.strip()]


def _write_mark(captures: Path, mark: str, bucket: Bucket | None) -> None:
    lines = [mark, *([bucket.place] if bucket else [])]
    durable.write_whole(captures / _MARK, "".join(f"{line}\n" for line in lines).encode())


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
    return in_one_line(error, 300)
