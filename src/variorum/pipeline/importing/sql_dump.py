"""Dumps of databases as text: the rows of the tables that are wanted, into SQLite.

``mysqldump`` writes INSERT statements (a line may have thousands of rows), ``pg_dump`` COPY blocks or
INSERT statements. Nothing of a dump is ever executed: its names are compared, its values are bound.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from variorum.pipeline.importing.items import Problem, Skipped
from variorum.pipeline.importing.packed import opened

# Rows that a statement may have are bounded by what their server takes: 16 MB, 1 GB at the very most.
_MAX_LINE = 256_000_000
_NAME = r"""[`"]?(?:\w+[`"]?\.[`"]?)?(\w+)[`"]?"""
_CREATE = re.compile(rf"CREATE TABLE (?:IF NOT EXISTS )?{_NAME} \(", re.IGNORECASE)
_COLUMN = re.compile(r"""\s+[`"]?(\w+)[`"]? """)
_INSERT = re.compile(rf"INSERT INTO {_NAME}\s*(\([^()]*\))?\s*VALUES\s*", re.IGNORECASE)
_COPY = re.compile(rf"COPY {_NAME} \(([^()]*)\) FROM stdin;", re.IGNORECASE)
_NO_COLUMNS = ("PRIMARY", "KEY", "UNIQUE", "CONSTRAINT", "FULLTEXT", "INDEX", "FOREIGN", "CHECK")
# One value and what stands behind it; every part takes each letter once.
_VALUE = re.compile(
    r"\s*(?:(?:_binary |E)?'([^'\\]*(?:(?:\\.|'')[^'\\]*)*)'|([^\s,()']+))(?:::\w+)?\s*([,)])",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)|''", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\x1a", "b": "\b"}
_COPY_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_COPY_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v"}
Cells = Sequence[str | None]


class DumpError(ValueError):
    """A dump that cannot be read, in one line."""


def load_dump(
    path: Path, database: sqlite3.Connection, wanted: frozenset[str]
) -> Iterator[Skipped | Problem]:
    """Put the rows of the ``wanted`` tables into ``database``. Gives how far the file was read, and
    the rows that cannot be used."""
    loading = _Loading(path, database, wanted)
    with opened(path) as file:
        number = read = 0
        while line := file.readline(_MAX_LINE):
            number += 1
            read += len(line)
            try:
                loading.take(line.decode("utf-8", "replace"))
            except (DumpError, sqlite3.Error) as error:
                yield Problem(str(path), f"line {number}", str(error)[:200])
    try:
        loading.end()
    except (DumpError, sqlite3.Error) as error:
        yield Problem(str(path), f"line {number}", str(error)[:200])
    if loading.copying:
        raise DumpError("the dump is cut short: its last table does not end")
    database.commit()


class _Loading:
    def __init__(self, path: Path, database: sqlite3.Connection, wanted: frozenset[str]) -> None:
        self._database = database
        self._wanted = wanted
        self._columns: dict[str, list[str]] = {}
        self._creating: str | None = None
        self._made: set[str] = set()
        self._statement: list[str] = []
        self._size = self._next_try = 0
        self.copying: tuple[str, list[str]] | None = None

    def take(self, line: str) -> None:
        """One line of the dump."""
        if self.copying is not None:
            self._copied(line.rstrip("\r\n"))
        elif self._statement:
            self._more(line)
        elif self._creating is not None:
            self._created(line)
        elif (begun := _CREATE.match(line)) and begun.group(1) in self._wanted:
            self._creating = begun.group(1)
            self._columns[self._creating] = []
        elif (begun := _COPY.match(line)) and begun.group(1) in self._wanted:
            self.copying = begun.group(1), _names(begun.group(2))
        elif (begun := _INSERT.match(line)) and begun.group(1) in self._wanted:
            self._size = self._next_try = 0
            self._more(line)

    def end(self) -> None:
        """The dump is at its end: what waits is whole, or never will be."""
        if self._statement and not self._inserted("".join(self._statement)):
            self._statement = []
            raise DumpError("a statement that does not end")

    def _created(self, line: str) -> None:
        assert self._creating is not None
        found = _COLUMN.match(line)
        if line.startswith(")") or ");" in line:
            self._creating = None
        elif found and found.group(1).upper() not in _NO_COLUMNS:
            self._columns[self._creating].append(found.group(1))

    def _copied(self, line: str) -> None:
        assert self.copying is not None
        if line == "\\.":
            self.copying = None
            return
        table, columns = self.copying
        cells = [
            None if c == "\\N" else _COPY_ESCAPED.sub(_copy_letter, c) for c in line.split("\t")
        ]
        self._put(table, columns, cells)

    def _more(self, line: str) -> None:
        """One line more of a statement. Texts may have line ends in them, and lines that end as a
        statement does: it is tried only where it has doubled since the last time, and what turns out
        to stand behind it is taken then."""
        before = self._statement[-1].rstrip() if self._statement else ""
        if before.endswith(";") and (_INSERT.match(line) or _COPY.match(line)):
            unread = not self._inserted("".join(self._statement))
            self._statement = [] if unread else self._statement
            self.take(line)
            if unread:
                raise DumpError("a statement that cannot be read")
            return
        self._statement.append(line)
        self._size += len(line)
        if self._size > _MAX_LINE:
            self._statement = []
            raise DumpError("a statement that does not end")
        may_end = self._size >= self._next_try and line.rstrip().endswith(";")
        if may_end and not self._inserted("".join(self._statement)):
            self._next_try = 2 * self._size

    def _inserted(self, told: str) -> bool:
        """Take the rows of a statement; False where it is not whole yet."""
        begun = _INSERT.match(told)
        assert begun is not None
        table, at = begun.group(1), begun.end()
        columns = _names(begun.group(2)[1:-1]) if begun.group(2) else self._columns.get(table, [])
        rows: list[Cells] = []
        while told[at : at + 1] == "(":
            found = _row(told, at + 1)
            if found is None:
                return False
            row, at = found
            rows.append(row)
            while told[at : at + 1] in (",", " ", "\n", "\r"):
                at += 1
        self._statement = []
        for cells in rows:
            self._put(table, columns, cells)
        for line in told[at:].lstrip(";").split("\n"):
            if line:
                self.take(f"{line}\n")
        return True

    def _put(self, table: str, columns: Sequence[str], cells: Cells) -> None:
        if len(cells) != len(columns):
            raise DumpError(f"{len(cells)} values for the {len(columns)} columns of {table}")
        if table not in self._made:
            self._made.add(table)
            # Names are words (\w+) by the patterns above; numbers sort as numbers.
            told = ", ".join(f'"{c}" {"INTEGER" if c.endswith("id") else ""}' for c in columns)
            self._database.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({told})')
        marks = ", ".join("?" * len(cells))
        names = ", ".join(f'"{c}"' for c in columns)
        self._database.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', cells)  # noqa: S608


def _row(told: str, at: int) -> tuple[Cells, int] | None:
    """The values from ``at`` to their bracket, and where it ends; None where they do not end."""
    row: list[str | None] = []
    while (value := _VALUE.match(told, at)) is not None:
        at = value.end()
        row.append(_value(value.group(1), value.group(2)))
        if value.group(3) == ")":
            return row, at
    return None


def _names(told: str) -> list[str]:
    found = [name.strip().strip('`"') for name in told.split(",")]
    if not all(re.fullmatch(r"\w+", name) for name in found):
        raise DumpError("names of columns that are none")
    return found


def _value(quoted: str | None, bare: str | None) -> str | None:
    if quoted is not None:
        return _ESCAPED.sub(_letter, quoted) if "\\" in quoted or "''" in quoted else quoted
    return None if bare is None or bare.upper() == "NULL" else bare


def _letter(found: re.Match[str]) -> str:
    letter = found.group(1)
    return "'" if letter is None else _LETTERS.get(letter, letter)


def _copy_letter(found: re.Match[str]) -> str:
    return _COPY_LETTERS.get(found.group(1), found.group(1))
