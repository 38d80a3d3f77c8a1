"""Rows of CSV and Parquet: any with a URL, a time and a page or a text, and our own exported tables."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from variorum.pipeline.exporting_tables import SCHEMA, armed
from variorum.pipeline.importing.items import Items, Problem
from variorum.pipeline.importing.jsonl import item_of
from variorum.pipeline.importing.packed import opened

PARQUET = b"PAR1"
_FORMS = ("parquet", "csv")
_LISTS = ("byline", "notices", "fields")
_NUMBERS = ("same_as", "number", "article", "id")
# A page may have 50 MB, and its cell not much more.
_MAX_CELL = 64_000_000
_ROWS = 64
Row = dict[str, Any]


def read_csv(path: Path) -> Items:
    """An item a row; a row that cannot be used is a Problem and the rest goes on."""
    yield from _items(path, _csv_rows(path))


def read_parquet(path: Path) -> Items:
    """The same for Parquet."""
    yield from _items(path, _parquet_rows(path))


def _items(path: Path, rows: Iterator[tuple[Row, int]]) -> Items:
    number = 0
    try:
        for row, read in rows:
            number += 1
            yield item_of(row, _told(row), path, f"row {number}", read)
    except (csv.Error, OSError, EOFError, ValueError, ImportError) as error:
        yield Problem(str(path), f"after row {number}", _line(error))


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
    assert form is not None
    rows = _csv_rows if form == "csv" else _parquet_rows
    path, number = folder / f"versions.{form}", 0
    try:
        urls = {int(row["id"]): str(row["url"]) for row, _ in rows(folder / f"articles.{form}")}
        for row, read in rows(path):
            number += 1
            try:
                line = _version(row, urls, own_csv=form == "csv")
            except (KeyError, TypeError, ValueError) as error:
                why = f"not a version as an export writes it ({_line(error)})"
                yield Problem(str(path), f"row {number}", why)
                continue
            yield item_of(line, _told(line), path, f"row {number}", read)
    except (csv.Error, OSError, EOFError, ValueError, ImportError, KeyError) as error:
        yield Problem(str(path), f"after row {number}", _line(error))


def _version(row: Row, urls: Mapping[int, str], *, own_csv: bool) -> Row:
    """A row of ``versions`` as a line of the JSON lines that carry whole versions."""
    told = {k: _unwritten(k, v) for k, v in row.items()} if own_csv else dict(row)
    headline, text = told["headline"], str(told["text"])
    body = text.removeprefix(headline).removeprefix("\n\n") if headline else text
    notices = [str(n).partition(": ") for n in told["notices"] or ()]
    return {
        "url": urls[int(told["article"])],
        **{name: told[name] for name in ("first_seen", "last_seen", "kind", "reason")},
        "fields": list(told["fields"] or ()),
        "same_as": told["same_as"],
        "version": told["number"],
        "document": {
            "url": urls[int(told["article"])],
            "headline": headline,
            "byline": list(told["byline"] or ()),
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


def _csv_rows(path: Path) -> Iterator[tuple[Row, int]]:
    csv.field_size_limit(min(_MAX_CELL, sys.maxsize))
    with opened(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
        for row in csv.DictReader(text):
            if None in row:
                raise csv.Error(f"a row has more cells than the first line names ({path.name})")
            yield {k: v for k, v in row.items() if k is not None}, file.tell()


def _parquet_rows(path: Path) -> Iterator[tuple[Row, int]]:
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
                for row in batch.to_pylist():
                    done += 1
                    yield row, size * done // total
    except pa.ArrowException as error:
        raise OSError(f"not readable from here on ({error})") from None


def _told(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=_plain).encode(
        "utf-8", "replace"
    )


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
