"""An archive moved from one kind of database to the other, all of it, and compared row by row.

Rows keep their numbers, so that addresses of pages, and what the evidence log says, stay true. Captures,
log and key are files and are copied as they are. Who works on what (leases, hosts) stays behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Integer, Row, Table, delete, func, insert, select, text

from variorum.store import durable, search_index, search_postgres
from variorum.store.errors import ArchiveError
from variorum.store.people_schema import person
from variorum.store.postgres import fit
from variorum.store.schema import metadata, sentence, setting
from variorum.store.shared_schema import PASSING
from variorum.store.warc import WarcStore

#: Which directory and database belong together is each archive's own (see ``shared_archive``).
OWN_SETTING = "archive-id"
# Rows read and written at a time.
_PORTION = 1_000
_CHUNK = 1 << 20

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Sum:
    """A table in brief: how many rows, and the sum of the SHA-256 of each."""

    rows: int
    digest: str


@dataclass(slots=True)
class Moved:
    """What was moved. ``replaced`` rows have U+0000 or half a surrogate pair in their text, which
    PostgreSQL cannot hold: U+FFFD stands there now."""

    tables: dict[str, Sum] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    bytes: int = 0
    replaced: dict[str, int] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "tables": {n: {"rows": s.rows, "sha256": s.digest} for n, s in self.tables.items()},
            "files": len(self.files),
            "bytes": self.bytes,
            "replaced": self.replaced,
        }


def tables() -> list[Table]:
    """The tables that an archive is, those that others refer to first."""
    assert person.metadata is metadata
    return [table for table in metadata.sorted_tables if table not in PASSING]


def copy_rows(old: Connection, new: Connection, moved: Moved, tell: Tell) -> None:
    """Every row of every table, into tables that have none. Raises ArchiveError where some have."""
    new.execute(delete(setting).where(setting.c.name.in_(("created",))))
    for table in tables():
        if table is setting:
            continue
        if new.execute(select(func.count()).select_from(table)).scalar_one():
            raise ArchiveError(
                f"the archive to move to has rows already (table {table.name}): name a new one"
            )
    for table in tables():
        done = 0
        for rows in _portions(old, table):
            told = [dict(row._mapping) for row in rows]
            if new.dialect.name == "postgresql":
                told = [_fit(table, values, moved) for values in told]
            new.execute(insert(table), told)
            done += len(rows)
            tell(table.name, done)
    _number_on(new)
    _index(new, tell)


def check_rows(old: Connection, new: Connection, moved: Moved, tell: Tell) -> None:
    """Read both databases again and compare them. Raises ArchiveError where they differ."""
    for table in tables():
        before, after = (_sum(db, table, tell) for db in (old, new))
        replaced = moved.replaced.get(table.name, 0)
        if before.rows != after.rows:
            raise ArchiveError(
                f"table {table.name}: {before.rows} rows were read and {after.rows} are there now; "
                "nothing is kept in the new archive"
            )
        if before.digest != after.digest and not replaced:
            raise ArchiveError(
                f"table {table.name} is not the same in the new archive, where nothing is kept now"
            )
        moved.tables[table.name] = after


def copy_files(
    old: Path, warc: WarcStore, new: Path, names: Mapping[str, int], moved: Moved, tell: Tell
) -> None:
    """WARC files (of ``warc``) up to their acknowledged lengths (``names``), the evidence log, and
    the key; each is read back and compared. Where both are one directory, nothing is copied."""
    same = old.resolve() == new.resolve()
    for path, source_file, length in _files(old, warc, names):
        target = new / path
        if not same:
            durable.make_directory(target.parent)
            _copy(source_file, target, length)
        digests = {_digest(place, length) for place in (source_file, target)}
        if len(digests) > 1:
            raise ArchiveError(f"{target} is not the same as {source_file} after being copied")
        moved.files[str(path)] = digests.pop()
        moved.bytes += length
        tell("files", moved.bytes)


def _files(
    old: Path, warc: WarcStore, names: Mapping[str, int]
) -> Iterator[tuple[Path, Path, int]]:
    """Each file's place in an archive, where it can be read now, and how much of it counts."""
    for name, length in sorted(names.items()):
        if length:
            yield Path("warc") / name, _warc_file(warc, name), length
    for path in sorted((old / "log").rglob("*")):
        if path.is_file():
            yield path.relative_to(old), path, path.stat().st_size
    key = old / "signing-key"
    if key.exists():
        yield Path("signing-key"), key, key.stat().st_size


def _warc_file(warc: WarcStore, name: str) -> Path:
    try:
        path = warc.path(name)
        if path.is_file():
            return path
    except FileNotFoundError:
        pass
    except OSError as error:
        raise ArchiveError(f"{name} cannot be had: {error.strerror or error}") from error
    raise ArchiveError(f"{warc.directory / name} is missing: see 'variorum verify'")


def _copy(source_file: Path, target: Path, length: int) -> None:
    if target.exists():
        raise ArchiveError(f"{target} is there already: name an empty directory")
    durable.copy(source_file, target, 0, length)


def _chunks(file: Any, length: int) -> Iterator[bytes]:
    while length and (chunk := file.read(min(_CHUNK, length))):
        length -= len(chunk)
        yield chunk


def _digest(path: Path, length: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for chunk in _chunks(file, length):
            digest.update(chunk)
    return digest.hexdigest()


def _portions(db: Connection, table: Table) -> Iterator[list[Row[Any]]]:
    wanted = select(table).order_by(*table.primary_key.columns)
    if table is setting:
        wanted = wanted.where(setting.c.name != OWN_SETTING)
    rows = iter(db.execute(wanted.execution_options(yield_per=_PORTION)))
    while portion := list(islice(rows, _PORTION)):
        yield portion


def _sum(db: Connection, table: Table, tell: Tell) -> Sum:
    """Digests of rows added up: the order, which depends on how a database sorts letters, is left
    out of it."""
    rows = total = 0
    for portion in _portions(db, table):
        for row in portion:
            told = repr(tuple(map(_plain, row))).encode("utf-8", "surrogatepass")
            total += int.from_bytes(hashlib.sha256(told).digest(), "big")
        total %= 1 << 256
        rows += len(portion)
        tell(f"checking {table.name}", rows)
    return Sum(rows, f"{total:064x}")


def _plain(value: Any) -> Any:
    """A value as both databases give it."""
    if isinstance(value, memoryview | bytearray):
        return bytes(value)
    if isinstance(value, dict):
        return sorted((key, _plain(item)) for key, item in value.items())
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _fit(table: Table, values: dict[str, Any], moved: Moved) -> dict[str, Any]:
    fitted = {name: _fitted(value) for name, value in values.items()}
    if fitted != values:
        moved.replaced[table.name] = moved.replaced.get(table.name, 0) + 1
    return fitted


def _fitted(value: Any) -> Any:
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, dict):
        return {_fitted(key): _fitted(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_fitted(item) for item in value]
    return value


def _number_on(db: Connection) -> None:
    """New rows are numbered after those that there are."""
    if db.dialect.name != "postgresql":
        return  # SQLite does so by itself
    for table in tables():
        keys = list(table.primary_key.columns)
        if len(keys) == 1 and isinstance(keys[0].type, Integer) and not keys[0].foreign_keys:
            db.execute(
                text(
                    "SELECT setval(pg_get_serial_sequence(:table, 'id'), "  # noqa: S608
                    f'(SELECT coalesce(max(id), 0) + 1 FROM "{table.name}"), false)'
                ),
                {"table": table.name},
            )


def _index(db: Connection, tell: Tell) -> None:
    """The words of all sentences. In PostgreSQL, moved rows are no news for the evidence log."""
    if db.dialect.name != "postgresql":
        search_index.index_all(db)
        return
    done = 0
    for rows in _portions(db, sentence):
        search_postgres.index_sentences(db, [(row.id, row.text) for row in rows])
        done += len(rows)
        tell("words", done)
    db.execute(text("DELETE FROM evidence_touched"))
