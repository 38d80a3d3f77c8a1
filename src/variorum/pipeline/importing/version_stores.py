"""Databases of other archives of versions: a table of articles, one of versions, texts in plain words.

News Sniffer (Rails; its texts stand in a table of their own since 2012) and rmdes/newsdiff (Node).
They keep them in MySQL and PostgreSQL; what is read here is their dump, or the tables in SQLite.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from variorum.model import Document
from variorum.pipeline.importing.items import (
    UNUSABLE,
    Item,
    Items,
    Place,
    Problem,
    TextItem,
    named,
)
from variorum.pipeline.importing.moments import moment
from variorum.pipeline.importing.newsedits import columns_of, opened_database
from variorum.pipeline.importing.sql_dump import load_dump
from variorum.pipeline.path import Brought
from variorum.text.told import in_one_line


@dataclass(frozen=True, slots=True)
class Store:
    """What one archive calls its tables and columns. ``apart``: the texts' own table, its key, its
    text."""

    name: str
    versions: str
    article: str
    text: str
    number: str
    articles: str
    apart: tuple[str, str, str] | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.articles, self.versions, *(self.apart[:1] if self.apart else ()))


STORES = (
    Store(
        "News Sniffer",
        "news_article_versions",
        "news_article_id",
        "text",
        "version",
        "news_articles",
        ("news_article_version_texts", "news_article_version_id", "text"),
    ),
    Store("newsdiff", "versions", "article_id", "content_text", "version_number", "articles"),
)
_KNOWN = frozenset(name for store in STORES for name in store.tables)


def store_in(database: sqlite3.Connection) -> Store | None:
    """Whose tables these are, None where they are nobody's that is known."""
    for store in STORES:
        columns = columns_of(database, store.versions)
        needed = {"id", store.article, "created_at"}
        if needed <= set(columns) and columns_of(database, store.articles):
            return store
    return None


def read_store(path: Path) -> Items:
    """A text for each version, article by article in the order of their times. The file is opened for
    reading only."""
    try:
        with closing(opened_database(path)) as database:
            yield from _read(database, path, path.stat().st_size)
    except (OSError, sqlite3.Error) as error:
        yield Problem(str(path), "", f"not readable from here on ({error})")


def read_dump(path: Path) -> Items:
    """The same out of a dump (``mysqldump``, ``pg_dump``), whose tables are put into a database of
    their own first: articles stand behind their versions in it, and may be millions."""
    with tempfile.TemporaryDirectory(prefix="variorum-") as directory:
        try:
            with closing(sqlite3.connect(Path(directory) / "dump.db")) as database:
                yield from load_dump(path, database, _KNOWN)
                _index(database)
                yield from _read(database, path, path.stat().st_size)
        except (sqlite3.Error, OSError) as error:
            why = f"not readable from here on ({error})"
            yield Problem(str(path), "", why)


def _index(database: sqlite3.Connection) -> None:
    """For the joins of a dump: a server's own indices are not in it."""
    for store in STORES:
        if store.apart and columns_of(database, store.apart[0]):
            database.execute(f"CREATE INDEX texts ON {store.apart[0]} ({store.apart[1]})")
        if columns_of(database, store.articles):
            database.execute(f"CREATE INDEX by_id_{store.articles} ON {store.articles} (id)")


def _read(database: sqlite3.Connection, path: Path, size: int) -> Iterator[Item]:
    database.row_factory = sqlite3.Row
    store = store_in(database)
    if store is None:
        known = ", ".join(f"{s.name} ({s.versions})" for s in STORES)
        yield Problem(str(path), "", f"no tables of an archive of versions: {known}")
        return
    # Table and column names come from the list above, never from the file.
    total = database.execute(f"SELECT count(*) FROM {store.versions}").fetchone()[0]  # noqa: S608
    for done, row in enumerate(database.execute(_query(database, store)), 1):
        place = (str(path), f"version {row['id']}")
        try:
            item = _item(dict(row), store, path, place, size * done // max(total, 1))
        except UNUSABLE as error:
            item = Problem(*place, in_one_line(error))
        yield item


def _query(database: sqlite3.Connection, store: Store) -> str:
    own, of_articles = columns_of(database, store.versions), columns_of(database, store.articles)

    def column(name: str, alias: str) -> str:
        return f"v.{name} AS {alias}" if name in own else f"NULL AS {alias}"

    text, join = column(store.text, "text"), ""
    if store.apart and columns_of(database, store.apart[0]):
        table, key, words = store.apart
        before = f"v.{store.text}" if store.text in own else "NULL"
        text = f"coalesce({before}, t.{words}) AS text"
        join = f"LEFT JOIN {table} t ON t.{key} = v.id"
    url = "coalesce(v.url, a.url)" if "url" in own else "a.url" if "url" in of_articles else "NULL"
    return (
        f"SELECT v.id, v.{store.article} AS article, {column('title', 'title')}, "  # noqa: S608
        f"{column('byline', 'byline')}, {column(store.number, 'version')}, v.created_at, {text}, "
        f"a.url AS article_url, a.id AS known, {url} AS url FROM {store.versions} v "
        f"LEFT JOIN {store.articles} a ON a.id = v.{store.article} {join} "
        f"ORDER BY v.{store.article}, v.created_at, v.id"
    )


def _item(row: Mapping[str, Any], store: Store, path: Path, place: Place, read: int) -> Item:
    try:
        time = moment(row["created_at"])
    except ValueError as error:
        return Problem(*place, f'"created_at" is not a time ({error})')
    text = row["text"] if isinstance(row["text"], str) else ""
    paragraphs = [" ".join(part.split()) for part in text.splitlines() if part.strip()]
    if not paragraphs:
        return Problem(*place, "there is no text in it")
    # An article's own address: its versions may each have come from another.
    url = str(row["article_url"] or row["url"] or "")
    if not url.startswith(("http://", "https://")):
        if row["known"] is None:
            return Problem(*place, "the article that it is of is missing, and so its address")
        url = f"versions:{quote(os.fsencode(path.stem))}/{row['article']}"
    byline = " ".join(str(row["byline"] or "").split())
    title = " ".join(str(row["title"] or "").split()) or None
    number = row["version"]
    return TextItem(
        Brought(
            url=url,
            time=time,
            document=Document.build(title, paragraphs, url=url, byline=(byline,) if byline else ()),
            data=json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode(),
            media_type="application/json",
            origin=f"imported from {named(path)}, an archive of {store.name}",
            label=None if number is None else f"version {number}",
        ),
        read,
        place=place,
    )
