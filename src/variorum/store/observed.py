"""What the evidence log is made of: rows as they stand, and which of them a transaction changed.

The database itself says which rows changed, by triggers: whatever code writes, nothing is missed, and
what a transaction takes back is not told. In SQLite they are temporary ones on each connection; in
PostgreSQL, where many write, they belong to the tables (migration 0004), and what nobody has told yet
waits in a table of its own.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Row,
    Select,
    String,
    Table,
    cast,
    func,
    select,
    text,
    type_coerce,
)

from variorum.store.people_schema import act
from variorum.store.schema import capture, version

FACTS = (
    "id",
    "url",
    "final_url",
    "time",
    "status",
    "media_type",
    "digest",
    "warc",
    "offset",
    "length",
    "etag",
    "last_modified",
    "origin",
)
VERDICT = ("article", "version", "outcome", "reason", "story_digest", "details")
VERSION = (
    "article",
    "number",
    "kind",
    "reason",
    "fields",
    "same_as",
    "label",
    "headline",
    "first_seen",
    "digest",
    "extractor",
    "body_digest",
)
ACT = ("id", "time", "person", "role", "kind", "article", "source", "reason", "details")
_PORTION = 500


@dataclass(frozen=True, slots=True)
class Touched:
    """Rows by id: captures and acts; versions by (article, number). ``added``: which captures are
    new, where the database says so (PostgreSQL, whose ids may be committed out of order)."""

    captures: list[int]
    versions: list[tuple[int, int]]
    acts: list[int]
    added: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.captures or self.versions or self.acts)


@dataclass(frozen=True, slots=True)
class Marks:
    """The highest ids of the rows of each kind."""

    captures: int = 0
    versions: int = 0
    acts: int = 0


def _triggers(table: str, first: str, second: str, columns: Sequence[str]) -> Iterator[str]:
    update = "UPDATE OF " + ", ".join(f'"{name}"' for name in columns)
    for verb, event, row in (
        ("added", "INSERT", "NEW"),
        ("changed", update, "NEW"),
        ("left", update, "OLD"),
        ("removed", "DELETE", "OLD"),
    ):
        values = f"'{table}', {row}.{first}, {f'{row}.{second}' if second else '0'}"
        note = "BEGIN INSERT OR IGNORE INTO evidence_touched VALUES"
        name = f"evidence_{table}_{verb}"
        yield f"CREATE TEMP TRIGGER IF NOT EXISTS {name} AFTER {event} ON main.{table} {note} ({values}); END"


_WATCHING = (
    "CREATE TEMP TABLE IF NOT EXISTS evidence_touched"
    " (kind TEXT, first INTEGER, second INTEGER, PRIMARY KEY (kind, first, second)) WITHOUT ROWID",
    *_triggers("capture", "id", "", (*FACTS, *VERDICT)),
    *_triggers("version", "article", "number", VERSION),
    *_triggers("act", "id", "", ACT),
)


def watch_rows(connection: Any) -> None:
    """Make a DBAPI connection to SQLite take note of the rows that it changes."""
    for statement in _WATCHING:
        connection.execute(statement)


def take_touched(db: Connection) -> Touched:
    """The rows that this transaction has changed; asked again, only what changed since."""
    if db.dialect.name == "postgresql":
        return _take_from_table(db)
    found = Touched([], [], [])
    rows = db.execute(text("SELECT kind, first, second FROM evidence_touched ORDER BY 1, 2, 3"))
    for kind, first, second in rows:
        if kind == "version":
            found.versions.append((first, second))
        else:
            (found.captures if kind == "capture" else found.acts).append(first)
    if found:
        db.execute(text("DELETE FROM evidence_touched"))
    return found


def _take_from_table(db: Connection) -> Touched:
    """Those of this transaction, and any that was committed by somebody who keeps no log."""
    told = text("DELETE FROM evidence_touched RETURNING kind, first, second, added")
    rows = sorted(tuple(row) for row in db.execute(told))
    return Touched(
        [first for kind, first, _, _ in rows if kind == "capture"],
        [(first, second) for kind, first, second, _ in rows if kind == "version"],
        [first for kind, first, _, _ in rows if kind == "act"],
        frozenset(first for kind, first, _, added in rows if kind == "capture" and added),
    )


def touch_all(db: Connection) -> None:
    """Take note of every row that there is in PostgreSQL, as if all had been added now."""
    for named in (
        "'capture', id, 0, true FROM capture",
        "'version', article, number, true FROM version",
        "'act', id, 0, true FROM act",
    ):
        db.execute(text(f"INSERT INTO evidence_touched SELECT {named} ON CONFLICT DO NOTHING"))


def any_touched(db: Connection) -> bool:
    """Whether PostgreSQL has noted rows that are not told yet, as far as this transaction sees."""
    return bool(db.execute(text("SELECT EXISTS (SELECT FROM evidence_touched)")).scalar())


def touch_after(db: Connection, marks: Marks, limit: int) -> Marks:
    """Take note of rows with higher ids, so many of each kind, as if they had been changed now.
    Returns the highest ids noted."""
    versions = select(version.c.id, version.c.article, version.c.number)
    rows = db.execute(
        versions.where(version.c.id > marks.versions).order_by(version.c.id).limit(limit)
    ).all()
    captures = _ids_after(db, capture, marks.captures, limit)
    acts = _ids_after(db, act, marks.acts, limit)
    told: list[dict[str, Any]] = [
        *({"kind": "capture", "first": number, "second": 0} for number in captures),
        *({"kind": "version", "first": row.article, "second": row.number} for row in rows),
        *({"kind": "act", "first": number, "second": 0} for number in acts),
    ]
    if told:
        db.execute(
            text("INSERT OR IGNORE INTO evidence_touched VALUES (:kind, :first, :second)"), told
        )
    return Marks(
        max([marks.captures, *captures]),
        max([marks.versions, *(row.id for row in rows)]),
        max([marks.acts, *acts]),
    )


def marks(db: Connection) -> Marks:
    """The highest ids that there are, 0 where there are none."""
    return Marks(*(_highest(db, table) for table in (capture, version, act)))


def version_ids(db: Connection, keys: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The ids of the rows of versions given as (article, number)."""
    for article, number in keys:
        row = version_row(db, article, number)
        if row is not None:
            yield row.id


def _highest(db: Connection, table: Table) -> int:
    number: int = db.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    return number


def _ids_after(db: Connection, table: Table, number: int, limit: int) -> list[int]:
    wanted = select(table.c.id).where(table.c.id > number).order_by(table.c.id).limit(limit)
    return list(db.execute(wanted).scalars())


def capture_rows(db: Connection, ids: Sequence[int]) -> Iterator[Row[Any]]:
    """Captures by id, in order; those that are no longer there are left out."""
    for at in range(0, len(ids), _PORTION):
        wanted = select(capture).where(capture.c.id.in_(ids[at : at + _PORTION]))
        yield from db.execute(wanted.order_by(capture.c.id))


def act_rows(db: Connection, ids: Sequence[int]) -> Iterator[Row[Any]]:
    """Acts by id, in order."""
    for at in range(0, len(ids), _PORTION):
        wanted = select(act).where(act.c.id.in_(ids[at : at + _PORTION]))
        yield from db.execute(wanted.order_by(act.c.id))


def version_row(db: Connection, article: int, number: int) -> Row[Any] | None:
    """A version, None when it is no longer there."""
    return db.execute(
        select(version).where(version.c.article == article, version.c.number == number)
    ).first()


def capture_ids(db: Connection) -> set[int]:
    """The ids of all captures."""
    return set(db.execute(select(capture.c.id)).scalars())


def all_captures(db: Connection) -> Iterator[Row[Any]]:
    """Every capture in the order of their ids, streamed: memory stays flat."""
    yield from _streamed(db, select(capture).order_by(capture.c.id))


def captures_in(db: Connection, warc: str) -> Iterator[Row[Any]]:
    """The captures whose records lie in one WARC file, in the order in which they lie there: what
    a record must agree with and no more, ``milliseconds`` being the time since 1970. Files of small
    pages have so many that what a row costs is seen."""
    c = capture.c
    time = type_coerce(c.time, BigInteger).label("milliseconds")
    wanted = select(c.id, c.offset, c.length, c.url, c.final_url, c.digest, time)
    wanted = wanted.where(c.warc == warc)
    yield from _streamed(db, wanted.order_by(capture.c.offset, capture.c.id))


def captures_with_parts(db: Connection) -> Iterator[Row[Any]]:
    """The captures of which more than the response is kept, in the order of their ids."""
    told = cast(capture.c.details, String).like('%"rendered"%')
    yield from _streamed(db, select(capture).where(told).order_by(capture.c.id))


def all_versions(db: Connection) -> Iterator[Row[Any]]:
    """Every version by article and number, streamed."""
    yield from _streamed(db, select(version).order_by(version.c.article, version.c.number))


def captures_of(db: Connection, article: int) -> list[Row[Any]]:
    """The captures of an article, in time order."""
    wanted = select(capture).where(capture.c.article == article)
    return list(db.execute(wanted.order_by(capture.c.time, capture.c.id)))


def versions_of(db: Connection, article: int) -> list[Row[Any]]:
    """The versions of an article, in order."""
    wanted = select(version).where(version.c.article == article)
    return list(db.execute(wanted.order_by(version.c.number)))


def captures_of_all(db: Connection, articles: Sequence[int]) -> Generator[Row[Any]]:
    """The captures of many articles, streamed: those of one are together."""
    yield from _of_all(db, select(capture), capture.c.article, articles, capture.c.id)


def versions_of_all(db: Connection, articles: Sequence[int]) -> Generator[Row[Any]]:
    """The versions of many articles without their texts, streamed: those of one are in order."""
    told = select(*(version.c[name] for name in VERSION))
    yield from _of_all(db, told, version.c.article, articles, version.c.number)


def _of_all(
    db: Connection, told: Select[Any], of: Column[Any], articles: Sequence[int], then: Column[Any]
) -> Iterator[Row[Any]]:
    for at in range(0, len(articles), _PORTION):
        wanted = told.where(of.in_(articles[at : at + _PORTION])).order_by(of, then)
        yield from _streamed(db, wanted)


def all_acts(db: Connection) -> Iterator[Row[Any]]:
    """Every act in order, streamed."""
    yield from _streamed(db, select(act).order_by(act.c.id))


def _streamed(db: Connection, wanted: Select[Any]) -> Iterator[Row[Any]]:
    with db.execute(wanted.execution_options(yield_per=_PORTION)) as rows:
        yield from rows
