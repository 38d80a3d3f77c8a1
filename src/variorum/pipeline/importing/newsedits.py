"""SQLite files of diffengine and of NewsEdits: a table ``entryversion``, a row a version."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser

from variorum.model import Document
from variorum.pipeline.exporting_newsedits import OURS
from variorum.pipeline.importing.items import (
    UNUSABLE,
    Item,
    Items,
    Place,
    Problem,
    TextItem,
    named,
)
from variorum.pipeline.importing.jsonl import read_line
from variorum.pipeline.importing.moments import moment
from variorum.pipeline.path import Brought
from variorum.text.told import in_one_line

SIGNATURE = b"SQLite format 3\0"
_TABLE = "entryversion"
_NEEDED = ("title", "summary", "created")
_WANTED = (*_NEEDED, "url", "entry_id", "version", "id", OURS)
_BLOCKS = "p, li, blockquote, h2, h3, h4, h5, h6, pre, td, th"
_INNER = {"p", "li", "blockquote", "pre", "td", "th"}


def read_newsedits(path: Path) -> Items:
    """A text for each row, the rows of an entry in order of their times; rows without a text or a
    time are Problems and the rest goes on. The file is opened for reading only."""
    try:
        with closing(opened_database(path)) as database:
            columns = columns_of(database, _TABLE)
            missing = [c for c in _NEEDED if c not in columns]
            if missing:
                lacks = ", ".join(missing) if columns else f"table {_TABLE}"
                yield Problem(
                    str(path), "", f"not a database of diffengine or NewsEdits: no {lacks}"
                )
                return
            size = path.stat().st_size
            total = database.execute(f"SELECT count(*) FROM {_TABLE}").fetchone()[0]  # noqa: S608
            for number, row in enumerate(_rows(database, columns), start=1):
                place = (str(path), f"row {row.get('id') or number}")
                try:
                    item = _item(row, path, place, size * number // total)
                except UNUSABLE as error:
                    item = Problem(*place, in_one_line(error))
                yield item
    except (OSError, sqlite3.Error) as error:
        yield Problem(str(path), "", f"not readable from here on ({error})")


def opened_database(path: Path) -> sqlite3.Connection:
    """An SQLite file for reading only; what is no UTF-8 in it is replaced. Raises sqlite3.Error."""
    database = sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    database.text_factory = lambda data: data.decode("utf-8", "replace")
    return database


def columns_of(database: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table; none where there is no such table, or only a view of that name: what
    a view does when it is read is up to who wrote it."""
    kind = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? AND sql NOT LIKE ?"
    if database.execute(kind, (table, "CREATE VIRTUAL%")).fetchone() is None:
        return []
    return [row[1] for row in database.execute(f"PRAGMA table_info({table})")]


def _rows(database: sqlite3.Connection, columns: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    given = [c for c in _WANTED if c in columns]
    entry = "entry_id" if "entry_id" in columns else "url"
    order = [c for c in (entry, "created", "version", "id") if c in columns]
    # The names come from the list above, never from the file.
    query = f"SELECT {', '.join(given)} FROM {_TABLE} ORDER BY {', '.join(order)}"  # noqa: S608
    return (dict(row) for row in database.execute(query))


def _item(row: Mapping[str, Any], path: Path, place: Place, read: int) -> Item:
    if isinstance(row.get(OURS), str):  # an export of our own
        return read_line(row[OURS].encode("utf-8", "replace"), path, place[1], read)
    try:
        time = moment(row["created"])
    except ValueError as error:
        return Problem(*place, f'"created" is not a time ({error})')
    paragraphs = paragraphs_of(row["summary"])
    title = " ".join(str(row["title"] or "").split()) or None
    if not paragraphs:
        return Problem(*place, "there is no text in it")
    url = _url(row, path)
    version = row.get("version")
    brought = Brought(
        url=url,
        time=time,
        document=Document.build(title, paragraphs, url=url),
        data=json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode(),
        media_type="application/json",
        origin=f"imported from {named(path)}, an archive of versions",
        label=None if version is None else f"version {version}",
    )
    return TextItem(brought, read, place=place)


def paragraphs_of(text: object) -> list[str]:
    """The paragraphs of a summary, which is HTML in some archives and plain text in others."""
    if not isinstance(text, str):
        return []
    if "<" in text and ">" in text:
        tree = LexborHTMLParser(text)
        blocks = [n for n in tree.css(_BLOCKS) if not _holds_block(n)]
        found = [" ".join(n.text(separator="").split()) for n in blocks]
        if any(found):
            return [p for p in found if p]
        text = tree.body.text(separator="\n") if tree.body else ""
    parts = text.replace("\r\n", "\n").split("\n\n" if "\n\n" in text else "\n")
    return [p for p in (" ".join(part.split()) for part in parts) if p]


def _holds_block(node: Any) -> bool:
    return any(child.tag in _INNER for child in node.css(_BLOCKS) if child.mem_id != node.mem_id)


def _url(row: Mapping[str, Any], path: Path) -> str:
    url = row.get("url")
    if isinstance(url, str) and url.startswith(("http://", "https://")):
        return url
    return f"newsedits:{quote(os.fsencode(path.stem))}/{quote(str(row.get('entry_id') or url))}"
