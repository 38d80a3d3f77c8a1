"""Tables written as CSV or Parquet: a folder with a file a table, there only when it is whole."""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from variorum.pipeline.exporting import exact
from variorum.pipeline.tables import TABLES, ArticleInHand, Column, Row, Table
from variorum.store import durable
from variorum.store.records import Records

# What spreadsheets take for the beginning of a formula, and their full-width forms.
_FORMULA = frozenset("=+-@\t\r＝＋－＠")
_ROWS_AT_ONCE = 10_000
SCHEMA = "schema.json"


class MissingLibraryError(RuntimeError):
    """An optional part is not installed; the message says how to get it."""


def disarmed(text: str) -> str:
    """A cell that no spreadsheet runs as a formula: such a text gets a ' in front, and so does one
    that begins with a ' before a formula, so that :func:`armed` knows what was written."""
    lead = text.lstrip(" '")[:1]
    return f"'{text}" if lead and lead in _FORMULA else text


def armed(cell: str) -> str:
    """The text that :func:`disarmed` made ``cell`` of."""
    lead = cell[1:].lstrip(" '")[:1] if cell.startswith("'") else ""
    return cell[1:] if lead and lead in _FORMULA else cell


def export_tables(
    records: Records,
    path: Path,
    form: str,
    articles: Sequence[int],
    advance: Callable[[int], None] = lambda done: None,
) -> dict[str, int]:
    """Write all tables into the new folder ``path`` as ``form`` (csv or parquet); returns how many
    rows each has. Raises FileExistsError, MissingLibraryError, OSError."""
    if path.exists():
        raise FileExistsError(f"{path} is there already: name a folder that is not")
    writer = _writers()[form]
    with durable.made_folder(path) as part:
        with ExitStack() as stack:
            open_tables = [
                stack.enter_context(writer(table, part / f"{table.name}.{form}"))
                for table in TABLES
            ]
            for done, number in enumerate(articles, 1):
                article = records.article(number)
                if article is not None:
                    hand = ArticleInHand(records, article)
                    for table in open_tables:
                        table.write(hand)
                advance(done)
        (part / SCHEMA).write_text(json.dumps(schema(), indent=1) + "\n", "utf-8")
    return {table.table.name: table.count for table in open_tables}


def schema() -> dict[str, Any]:
    """The tables and their columns, as written beside them."""
    return {
        table.name: {
            "meaning": table.meaning,
            "columns": [
                {"name": c.name, "type": c.type, "meaning": c.meaning} for c in table.columns
            ],
        }
        for table in TABLES
    }


class _Writer(ABC):
    """One table being written."""

    def __init__(self, table: Table, path: Path) -> None:
        self.table = table
        self.path = path
        self.count = 0

    def write(self, hand: ArticleInHand) -> None:
        for row in self.table.rows(hand):
            self.add(row)
            self.count += 1

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @abstractmethod
    def add(self, row: Row) -> None: ...

    @abstractmethod
    def close(self) -> None: ...


class _Csv(_Writer):
    """RFC 4180, UTF-8, a header, formula cells disarmed."""

    def __init__(self, table: Table, path: Path) -> None:
        super().__init__(table, path)
        self._file = path.open("w", encoding="utf-8", errors="replace", newline="")
        self._csv = csv.writer(self._file)
        self._csv.writerow([column.name for column in table.columns])

    def add(self, row: Row) -> None:
        self._csv.writerow([_cell(value) for value in row])

    def close(self) -> None:
        self._file.close()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return exact(value)
    if isinstance(value, list):
        return disarmed(" | ".join(value))
    if isinstance(value, str):
        return disarmed(value.replace("\0", "\ufffd"))
    return str(value)


class ParquetTable(_Writer):
    """Parquet with zstd; columns say in their metadata what they mean."""

    def __init__(self, table: Table, path: Path, rows_at_once: int = _ROWS_AT_ONCE) -> None:
        super().__init__(table, path)
        self._at_once = rows_at_once
        try:
            pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
        except ImportError:
            raise MissingLibraryError(
                "Parquet needs pyarrow: pip install 'variorum[parquet]'"
            ) from None
        self._pa = pa
        fields = [_field(pa, column) for column in table.columns]
        self._schema = pa.schema(fields, metadata={"meaning": table.meaning})
        self._file = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        self.add_all((row,))

    def add_all(self, rows: Iterable[Row]) -> None:
        self._rows.extend(rows)
        if len(self._rows) >= self._at_once:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if not self._rows:
            return
        columns = [
            self._array(values, field.type)
            for values, field in zip(zip(*self._rows, strict=True), self._schema, strict=True)
        ]
        self._file.write_table(self._pa.table(columns, schema=self._schema))
        self._rows = []

    def _array(self, values: Sequence[Any], kind: Any) -> Any:
        try:
            return self._pa.array(values, type=kind)
        except UnicodeEncodeError:  # seldom; looking at every text beforehand costs more than Arrow
            return self._pa.array([_clean(value) for value in values], type=kind)


def _clean(value: Any) -> Any:
    """Text that is valid UTF-8: a lone surrogate becomes a replacement character."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(one) for one in value]
    return value


def _field(pa: Any, column: Column) -> Any:
    types = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "text": pa.string(),
        "time": pa.timestamp("ms", tz="UTC"),
        "texts": pa.list_(pa.string()),
    }
    return pa.field(column.name, types[column.type], metadata={"meaning": column.meaning})


def _writers() -> dict[str, type[_Csv] | type[ParquetTable]]:
    return {"csv": _Csv, "parquet": ParquetTable}
