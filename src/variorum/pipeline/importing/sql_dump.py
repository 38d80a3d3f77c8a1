"""Dumps of databases as text: the rows of the tables that are wanted, into SQLite.

``mysqldump`` writes INSERT statements (a line may have thousands of rows), ``pg_dump`` COPY blocks or
INSERT statements. Nothing of a dump is ever executed: its names are compared, its values are bound.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from variorum.pipeline.importing.items import Problem
from variorum.pipeline.importing.packed import opened

# A statement has at most what its server takes at once: mysqldump ends them at 16 MB.
_MAX_LINE = 64_000_000
_NAME = r"""[`"]?(?:\w+[`"]?\.[`"]?)?(\w+)[`"]?"""
_CREATE = re.compile(rf"CREATE TABLE (?:IF NOT EXISTS )?{_NAME} \(", re.IGNORECASE)
_COLUMN = re.compile(r"""\s+[`"]?(\w+)[`"]? """)
_INSERT = re.compile(rf"INSERT INTO {_NAME}\s*(?:(\([^()]*\))\s*)?VALUES\s*", re.IGNORECASE)
_COPY = re.compile(rf"COPY {_NAME} \(([^()]*)\) FROM stdin;", re.IGNORECASE)
_NO_COLUMNS = ("PRIMARY", "KEY", "UNIQUE", "CONSTRAINT", "FULLTEXT", "INDEX", "FOREIGN", "CHECK")
# One value and what stands behind it; every part takes each letter once.
_VALUE = re.compile(
    r"\s*(?:(?:_binary |E)?'([^'\\]*(?:(?:\\.|'')[^'\\]*)*)'|([^\s,()']+))(?:::\w+)?\s*([,)])",
    re.DOTALL,
)
_BETWEEN = (";", " ", "\n", "\r")
_ESCAPED = re.compile(r"\\(.)|''", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\x1a", "b": "\b"}
_COPY_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_COPY_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "v": "\v"}
# How each program says, in comments that may be left out, that its dump begins and is whole.
_BEGINS = ("-- MySQL dump", "-- MariaDB dump", "-- PostgreSQL database dump")
_WHOLE = ("-- Dump completed", "-- PostgreSQL database dump complete")
Cells = Sequence[str | None]


def load_dump(
    path: Path, database: sqlite3.Connection, wanted: frozenset[str]
) -> Iterator[Problem]:
    """Put the rows of the ``wanted`` tables into ``database``. Gives the rows that cannot be used, and
    whether the dump is cut short. Raises OSError where the file cannot be read."""
    loading = _Loading(database, wanted)
    number = 0
    with opened(path) as file:
        while line := file.readline(_MAX_LINE):
            number += 1
            loading.take(line.decode("utf-8", "replace"))
            for why in loading.troubles():
                yield Problem(str(path), f"line {number}", why)
    loading.end()
    for why in loading.troubles():
        yield Problem(str(path), f"line {number}", why)
    if loading.copying is not None or loading.begun:
        yield Problem(str(path), "", "the dump is cut short: it does not say that it is complete")
    database.commit()


class _Loading:
    """The dump so far. What is wrong with it waits until it is asked for: the rows beside it are
    taken all the same."""

    def __init__(self, database: sqlite3.Connection, wanted: frozenset[str]) -> None:
        self._database = database
        self._wanted = wanted
        self._columns: dict[str, list[str]] = {}
        self._creating: str | None = None
        self._made: set[str] = set()
        self._statement: list[str] = []
        self._size = self._next_try = 0
        self._troubles: list[str] = []
        self.copying: tuple[str, list[str]] | None = None
        #: Whether the dump has said that it begins, and not that it is whole.
        self.begun = False

    def troubles(self) -> list[str]:
        """What was wrong since this was asked last."""
        found, self._troubles = self._troubles, []
        return found

    def take(self, line: str) -> None:
        """One line of the dump."""
        if self.copying is not None:
            if line.endswith("\n"):  # else the file ends within it
                self._copied(line.rstrip("\r\n"))
        elif self._statement:
            self._more(line)
        elif self._creating is not None:
            self._created(line)
        else:
            self._fresh(line)

    def end(self) -> None:
        """The dump is at its end: what waits is whole, or never will be."""
        if self._statement and not self._inserted("".join(self._statement)):
            self._statement = []
            self._troubles.append("a statement that does not end")

    def _fresh(self, line: str) -> None:
        """A line that begins something."""
        if line.startswith("--"):
            self.begun = (self.begun or line.startswith(_BEGINS)) and not line.startswith(_WHOLE)
        elif (begun := _CREATE.match(line)) and begun.group(1) in self._wanted:
            self._creating = begun.group(1)
            self._columns[self._creating] = []
        elif (begun := _COPY.match(line)) and begun.group(1) in self._wanted:
            self.copying = begun.group(1), _names(begun.group(2))
        elif (begun := _INSERT.match(line)) and begun.group(1) in self._wanted:
            self._size = self._next_try = 0
            self._more(line)

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
            if not self._inserted("".join(self._statement)):
                self._statement = []
                self._troubles.append("a statement that cannot be read")
            self.take(line)
            return
        self._statement.append(line)
        self._size += len(line)
        if self._size > _MAX_LINE:
            self._statement = []
            self._troubles.append("a statement that does not end")
            return
        may_end = self._size >= self._next_try and line.rstrip().endswith(";")
        if may_end and not self._inserted("".join(self._statement)):
            self._next_try = 2 * self._size

    def _inserted(self, told: str) -> bool:
        """Take the rows of a statement, and of those that stand behind it; False where the first is
        not whole yet."""
        at, taken = 0, False
        while (begun := _INSERT.match(told, at)) and begun.group(1) in self._wanted:
            found = _rows(told, begun.end())
            if found is None:
                break
            rows, at = found
            taken, self._statement = True, []
            table, named = begun.group(1), begun.group(2)
            columns = _names(named[1:-1]) if named else self._columns.get(table, [])
            for cells in rows:
                self._put(table, columns, cells)
            while told[at : at + 1] in _BETWEEN:
                at += 1
        if taken:
            for line in told[at:].split("\n"):
                if line:
                    self.take(f"{line}\n")
        return taken

    def _put(self, table: str, columns: Sequence[str], cells: Cells) -> None:
        if len(cells) != len(columns) or not columns:
            self._troubles.append(f"{len(cells)} values for the {len(columns)} columns of {table}")
            return
        try:
            self._insert(table, columns, cells)
        except sqlite3.Error as error:
            self._troubles.append(str(error)[:200])

    def _insert(self, table: str, columns: Sequence[str], cells: Cells) -> None:
        if table not in self._made:
            # Names are words (\w+) by the patterns above; numbers sort as numbers.
            told = ", ".join(f'"{c}" {"INTEGER" if c.endswith("id") else ""}' for c in columns)
            self._database.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({told})')
            self._made.add(table)
        marks = ", ".join("?" * len(cells))
        names = ", ".join(f'"{c}"' for c in columns)
        self._database.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', cells)  # noqa: S608


def _rows(told: str, at: int) -> tuple[list[Cells], int] | None:
    """The rows of a statement from ``at`` to its end, and where that is; None where it has none."""
    rows: list[Cells] = []
    while told[at : at + 1] == "(":
        found = _row(told, at + 1)
        if found is None:
            return None
        row, at = found
        rows.append(row)
        while told[at : at + 1] in (",", " ", "\n", "\r"):
            at += 1
    return rows, at


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
    """The names of columns; none where one of them is none, and no row fits then."""
    found = [name.strip().strip('`"') for name in told.split(",")]
    return found if all(re.fullmatch(r"\w+", name) for name in found) else []


def _value(quoted: str | None, bare: str | None) -> str | None:
    if quoted is not None:
        return _ESCAPED.sub(_letter, quoted) if "\\" in quoted or "''" in quoted else quoted
    return None if bare is None or bare.upper() == "NULL" else bare


def _letter(found: re.Match[str]) -> str:
    letter = found.group(1)
    return "'" if letter is None else _LETTERS.get(letter, letter)


def _copy_letter(found: re.Match[str]) -> str:
    return _COPY_LETTERS.get(found.group(1), found.group(1))
