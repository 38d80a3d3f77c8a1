"""What a page was read from: whether it is still true can be told without making it again.

While a page is made, every answer of the database is noted: the statement, its values, and a digest
of the rows that were taken. A page is made of nothing else (and of its address, its reader and the
texts of this program), so it still holds where the same statements give the same rows. Asking them
again takes a tenth of making the page, and nobody has to say which tables a page depends on: no table
can be forgotten.

Counts over the whole archive are remembered apart (:meth:`.readings.Readings.standing`); of these the
value is noted.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event

from variorum.store.records import Records

if TYPE_CHECKING:
    from variorum.web.site import Site


@dataclass(frozen=True, slots=True)
class Read:
    """One answer of the database. ``rows`` is how many were taken of it, None where all were."""

    statement: str
    values: Any
    rows: int | None
    digest: bytes


@dataclass(frozen=True, slots=True)
class Standing:
    """One count over the archive: its name, what counts it, and what it came to."""

    name: Hashable
    work: Callable[[Records], Any]
    value: Any


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a page was made of."""

    reads: Sequence[Read]
    standing: Sequence[Standing]


class Witness:
    """Takes note while a page is made."""

    def __init__(self) -> None:
        self._answers: list[_Answer] = []
        self._standing: dict[Hashable, Standing] = {}

    def told(self) -> Told:
        """What was noted so far."""
        reads = dict.fromkeys(a.read() for a in self._answers if a.looked_at)
        return Told(tuple(reads), tuple(self._standing.values()))

    def hear(self, cursor: Any, statement: str, values: Any) -> _Answer:
        answer = _Answer(cursor, statement, values)
        self._answers.append(answer)
        return answer

    def stands(self, name: Hashable, work: Callable[[Records], Any], value: Any) -> None:
        self._standing[name] = Standing(name, work, value)


class _Answer:
    """A cursor of the database's driver that remembers which rows were taken from it."""

    def __init__(self, cursor: Any, statement: str, values: Any) -> None:
        self._cursor, self._statement, self._values = cursor, statement, values
        self._rows: list[Any] = []
        self._all = False
        self.description = cursor.description

    def fetchone(self) -> Any:
        row = self._cursor.fetchone()
        if row is None:
            self._all = True
        else:
            self._rows.append(row)
        return row

    def fetchmany(self, size: int | None = None) -> Any:
        size = self._cursor.arraysize if size is None else size
        rows = self._cursor.fetchmany(size)
        self._rows += rows
        self._all = self._all or len(rows) < size
        return rows

    def fetchall(self) -> Any:
        rows = self._cursor.fetchall()
        self._rows += rows
        self._all = True
        return rows

    @property
    def looked_at(self) -> bool:
        """Whether anything was taken of it, were it only that there is nothing."""
        return self._all or bool(self._rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def read(self) -> Read:
        rows = None if self._all else len(self._rows)
        return Read(self._statement, self._values, rows, digest(self._rows))


def digest(rows: Sequence[Any]) -> bytes:
    """A digest of rows of plain values, the same for equal ones."""
    # The second format has no references, so that equal rows are equal bytes.
    return blake2b(marshal.dumps(list(rows), 2), digest_size=16).digest()


_HERE: ContextVar[Witness | None] = ContextVar("witness", default=None)


def listen(engine: Engine) -> None:
    """Let witnesses hear what is read through ``engine`` (SQLite)."""
    if not event.contains(engine, "after_cursor_execute", _heard):
        event.listen(engine, "after_cursor_execute", _heard)


def _heard(
    _connection: Any, cursor: Any, statement: str, values: Any, context: Any, many: bool
) -> None:
    witness = _HERE.get()
    if witness is not None and not many and cursor.description is not None:
        context.cursor = witness.hear(cursor, statement, values)


@contextmanager
def witnessed() -> Iterator[Witness]:
    """What is read in the block, in this thread, is noted."""
    witness = Witness()
    before = _HERE.set(witness)
    try:
        yield witness
    finally:
        _HERE.reset(before)


def witness_here() -> Witness | None:
    """Whoever takes note now."""
    return _HERE.get()


@contextmanager
def unwitnessed(records: Records) -> Iterator[Records]:
    """The same records for what is remembered under a key that says all that it depends on: what is
    read through them in the block is not noted, nor are they known to ``records`` afterwards."""
    # One for each: what it knows already is not asked again.
    apart: Records = vars(records).setdefault("apart", Records(records.db))
    apart.veiled, apart.mark = records.veiled, records.mark
    before = _HERE.set(None)
    try:
        yield apart
    finally:
        _HERE.reset(before)


def still_true(site: Site, told: Told) -> bool:
    """Whether a page that was made of ``told`` would be made of the same now."""
    with site.read() as records:
        cursor = records.db.connection.cursor()
        try:
            for read in told.reads:
                cursor.execute(read.statement, read.values)
                rows = cursor.fetchall() if read.rows is None else cursor.fetchmany(read.rows)
                if digest(rows) != read.digest:
                    return False
        finally:
            cursor.close()
        return all(
            site.readings.standing(records, known.name, known.work) == known.value
            for known in told.standing
        )
