"""Rows of CSV and Parquet: any with a URL, a time and a page or a text, and our own exported tables."""

from __future__ import annotations

import csv
import io
import itertools
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from variorum.pipeline.exporting_tables import SCHEMA, armed
from variorum.pipeline.importing.documents import texts_at
from variorum.pipeline.importing.items import UNUSABLE, Item, Items, Problem
from variorum.pipeline.importing.jsonl import TIMES, TITLES, item_of
from variorum.pipeline.importing.packed import opened, position
from variorum.text.told import in_one_line

PARQUET = b"PAR1"
_FORMS = ("parquet", "csv")
# What separates the cells of a CSV; programs in Europe write semicolons.
_SEPARATORS = ",;\t|"
# Headings by which a column of addresses is known, the surest first, and those that are found however
# they are capitalised.
_ADDRESSES = ("url", "link", "uri", "address")
_HEADINGS = ("html", "text", "paragraphs", "document", *TITLES, *TIMES)
_LISTS = ("byline", "notices", "fields")
_NUMBERS = ("same_as", "number", "article", "id")
# A page may have 50 MB, and its cell not much more.
_MAX_CELL = 64_000_000
_SAID = {",": "a comma", ";": "a semicolon", "\t": "a tab"}
_MAX_ROW = 80_000_000
_ROWS = 64
Row = dict[str, Any]
# A row, or why it is none, and how far the file was read.
_Read = tuple[Row | str, int]


def read_csv(path: Path) -> Items:
    """An item a row; a row that cannot be used is a Problem and the rest goes on."""
    try:
        missing = _without_addresses(path)
    except (OSError, csv.Error):
        missing = None  # told with the rows
    if missing is not None:
        return iter([Problem(str(path), "row 0", missing)])
    return _items(path, _csv_rows(path))


def read_parquet(path: Path) -> Items:
    """The same for Parquet."""
    return _items(path, _parquet_rows(path))


def _items(path: Path, rows: Iterator[_Read]) -> Items:
    for number, row, read in _numbered(path, rows):
        if isinstance(row, Problem):
            yield row
        else:
            known = _renamed(row)
            yield item_of(known, _told(known), path, f"row {number}", read)


def _renamed(row: Row) -> Row:
    """A row with the names that are looked for, where its own mean them: "URL", "Link", "Title"."""
    by_name = {name.strip().lower(): name for name in reversed(row) if isinstance(name, str)}
    address = next((by_name[name] for name in _ADDRESSES if name in by_name), "url")
    meant = {by_name[name]: name for name in _HEADINGS if name in by_name and name not in row}
    if "url" not in row:
        meant[address] = "url"
    return {meant.get(name, name): cell for name, cell in row.items()}


def _without_addresses(path: Path) -> str | None:
    """Why no row of a CSV can be used: none of its columns has addresses; None where one has."""
    with opened(path) as file:
        lines = _Lines(io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline=""))
        reader, separator = _reader(lines)
        names = next(reader, None)
    if names is None or "url" in _renamed(dict.fromkeys(names)):
        return None
    has = " ".join(", ".join(names).split())[:120]
    return (
        f"its first line has no column of addresses: a comma, semicolon, tab or | separates cells "
        f"there (here {_SAID.get(separator, separator)}), and headings wanted are url (or link), "
        f"time, and html or text; it has: {has}"
    )


def _numbered(path: Path, rows: Iterator[_Read]) -> Iterator[tuple[int, Row | Problem, int]]:
    """The rows with their numbers; Problems for those that are none, and for where the file cannot be
    read any further."""
    number = 0
    try:
        for row, read in rows:
            number += 1
            told = Problem(str(path), f"row {number}", row) if isinstance(row, str) else row
            yield number, told, read
    except (OSError, ImportError, csv.Error, *UNUSABLE) as error:
        yield number, Problem(str(path), f"after row {number}", in_one_line(error)), 0


def tables_in(folder: Path) -> str | None:
    """What the tables in a folder are written as, where it is one of our own exports."""
    for form in _FORMS:
        names = (SCHEMA, f"articles.{form}", f"versions.{form}")
        if all((folder / name).is_file() for name in names):
            return form
    return None


def read_tables(folder: Path) -> Items:
    """The versions in a folder of tables, each as its archive had it: number, kind, text, times. The
    pages themselves are not in tables, nor what was seen between two versions."""
    form = tables_in(folder)
    if form is None:
        yield Problem(str(folder), "", "not a folder of tables as an export writes them")
        return
    rows = _csv_rows if form == "csv" else _parquet_rows
    urls: dict[int, str] = {}
    articles, versions = folder / f"articles.{form}", folder / f"versions.{form}"
    for number, row, _ in _numbered(articles, rows(articles)):
        if isinstance(row, Problem):
            yield row
            continue
        try:
            urls[int(row["id"])] = str(row["url"])
        except UNUSABLE as error:
            why = f"not an article as an export writes it ({in_one_line(error)})"
            yield Problem(str(articles), f"row {number}", why)
    for number, row, read in _numbered(versions, rows(versions)):
        yield row if isinstance(row, Problem) else _item(row, urls, versions, number, read)


def _item(row: Row, urls: Mapping[int, str], path: Path, number: int, read: int) -> Item:
    try:
        line = _version(row, urls, own_csv=path.suffix == ".csv")
    except UNUSABLE as error:
        why = f"not a version as an export writes it ({in_one_line(error)})"
        return Problem(str(path), f"row {number}", why)
    return item_of(line, _told(line), path, f"row {number}", read)


def _version(row: Row, urls: Mapping[int, str], *, own_csv: bool) -> Row:
    """A row of ``versions`` as a line of the JSON lines that carry whole versions."""
    told = {k: _unwritten(k, v) for k, v in row.items()} if own_csv else dict(row)
    headline, text = told["headline"], str(told["text"])
    body = text.removeprefix(headline).removeprefix("\n\n") if headline else text
    notices = [notice.partition(": ") for notice in texts_at(told, "notices")]
    return {
        "url": urls[int(told["article"])],
        **{name: told[name] for name in ("first_seen", "last_seen", "kind", "reason")},
        "fields": texts_at(told, "fields"),
        "same_as": told["same_as"],
        "version": told["number"],
        "document": {
            "url": urls[int(told["article"])],
            "headline": headline,
            "byline": texts_at(told, "byline"),
            "published": told["published"],
            "modified": told["modified"],
            "language": told["language"],
            "paragraphs": body.split("\n\n") if body else [],
            "text": text,
            "notices": [{"kind": kind, "text": words} for kind, _, words in notices],
        },
    }


def _unwritten(name: str, cell: str) -> Any:
    """A cell of our CSV as the value that it was written from."""
    if name in _LISTS:
        return armed(cell).split(" | ") if cell else []
    if name in _NUMBERS:
        return int(cell) if cell else None
    return armed(cell) or None


def _csv_rows(path: Path) -> Iterator[_Read]:
    csv.field_size_limit(min(_MAX_CELL, sys.maxsize))
    with opened(path) as file:
        lines = _Lines(io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline=""))
        reader, _ = _reader(lines)
        names = next(reader, None)
        for cells in _cells(reader, lines):
            if isinstance(cells, str):
                yield cells, position(file)
            elif len(cells) > len(names or ()):
                yield "a row has more cells than the first line names", position(file)
            elif any(cells) and len(cells) < len(names or ()) and lines.cut:
                yield "the file is cut short: its last row is not whole", position(file)
            elif cells:
                row = dict(itertools.zip_longest(names or (), cells))
                yield row, position(file)


def _reader(lines: _Lines) -> tuple[Iterator[list[str]], str]:
    """A reader of CSV, with what separates its cells: of all that could, what the first line has most
    of outside quotation marks."""
    first = next(lines, "")
    bare = "".join(first.split('"')[::2])
    separator = max(_SEPARATORS, key=bare.count)
    return csv.reader(
        itertools.chain([first] if first else [], lines), delimiter=separator
    ), separator


def _cells(reader: Iterator[list[str]], lines: _Lines) -> Iterator[list[str] | str]:
    """The cells of each row, or why it has none that can be used."""
    while True:
        lines.given = 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield in_one_line(error)
            continue
        # A row that ends where no line is left ends within the quotes of a cell.
        yield "the file is cut short within a cell" if lines.ended else cells


class _Lines:
    """The lines of a text, for the reader of CSV; a row may have many, and be of no more than
    _MAX_ROW characters in all."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.given = 0
        self.ended = False
        #: Whether the last line has no end.
        self.cut = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_MAX_ROW)
        self.ended, self.cut = not line, bool(line) and not line.endswith(("\n", "\r"))
        self.given += len(line)
        if self.given >= _MAX_ROW:
            raise OSError(f"a row of more than {_MAX_ROW:,} characters")
        if not line:
            raise StopIteration
        return line


def _parquet_rows(path: Path) -> Iterator[_Read]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise ImportError("Parquet needs pyarrow: pip install 'variorum[parquet]'") from None
    size = path.stat().st_size
    try:
        with pq.ParquetFile(path) as file:
            total = max(file.metadata.num_rows, 1)
            done = 0
            for batch in file.iter_batches(batch_size=_ROWS):
                for row in _rows_of(batch):
                    done += 1
                    yield row, size * done // total
    except pa.ArrowException as error:
        raise OSError(f"not readable from here on ({error})") from None


def _rows_of(batch: Any) -> Iterator[Row | str]:
    """The rows of a batch. A time of no year that there is makes one of them fail, and all at once."""
    try:
        yield from batch.to_pylist()
        return
    except UNUSABLE:
        singly = (batch.slice(at, 1) for at in range(batch.num_rows))
    for row in singly:
        try:
            yield row.to_pylist()[0]
        except UNUSABLE as error:
            yield f"not a row that can be used ({in_one_line(error)})"


def _told(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=_plain).encode(
        "utf-8", "replace"
    )


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
