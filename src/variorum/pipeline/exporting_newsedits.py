"""The archive as an SQLite database in the shape of NewsEdits (which took it from diffengine).

``entryversion`` has a row a version, ``split_sentences`` its sentences, ``matched_sentences`` which
of them became which of the next version. Sentences are those of the whole text, the headline first.
Versions carry besides, in a column of ours, all that 'import' needs to bring them back as they were.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from variorum.pipeline.exporting import version_line
from variorum.pipeline.tables import ArticleInHand
from variorum.store import durable
from variorum.store.records import Records
from variorum.text.sentences import sentences

OURS = "variorum"  # the column
_SCHEMA = """
CREATE TABLE entryversion (
  id INTEGER PRIMARY KEY, source TEXT, entry_id INTEGER NOT NULL, version INTEGER NOT NULL,
  num_versions INTEGER NOT NULL, url TEXT NOT NULL, title TEXT, summary TEXT NOT NULL,
  created TEXT NOT NULL, archive_url TEXT, variorum TEXT NOT NULL, UNIQUE (entry_id, version));
CREATE TABLE split_sentences (
  entry_id INTEGER NOT NULL, version INTEGER NOT NULL, sent_idx INTEGER NOT NULL, sentence TEXT NOT NULL,
  PRIMARY KEY (entry_id, version, sent_idx)) WITHOUT ROWID;
CREATE TABLE matched_sentences (
  entry_id INTEGER NOT NULL, version_x INTEGER NOT NULL, version_y INTEGER NOT NULL,
  sent_idx_x INTEGER, sent_idx_y INTEGER);
"""
_VERSION = """
INSERT INTO entryversion (source, entry_id, version, num_versions, url, title, summary, created, variorum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def export_newsedits(
    records: Records,
    path: Path,
    articles: Sequence[int],
    advance: Callable[[int], None] = lambda done: None,
) -> int:
    """Write every version of these articles into the new file ``path``; returns how many. It appears
    under its name only when it is whole. Raises FileExistsError, OSError."""
    if path.exists():
        raise FileExistsError(f"{path} is there already: name a file that is not")
    try:
        with durable.made(path) as part:
            part.touch()  # so that what hinders is told as the system tells it
            return _fill(part, records, articles, advance)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from error


def _fill(
    part: Path, records: Records, articles: Sequence[int], advance: Callable[[int], None]
) -> int:
    count = 0
    with closing(sqlite3.connect(part)) as database:
        database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_SCHEMA}")
        for done, number in enumerate(articles, 1):
            article = records.article(number)
            if article is not None:
                count += _add(database, ArticleInHand(records, article))
            advance(done)
        database.commit()
    return count


def _add(database: sqlite3.Connection, hand: ArticleInHand) -> int:
    database.executemany(_VERSION, _versions(hand))
    database.executemany("INSERT INTO split_sentences VALUES (?, ?, ?, ?)", _sentences(hand))
    database.executemany("INSERT INTO matched_sentences VALUES (?, ?, ?, ?, ?)", _matches(hand))
    return len(hand.versions)


def _versions(hand: ArticleInHand) -> Iterator[tuple[Any, ...]]:
    url, count = hand.article.url, len(hand.versions)
    for version in hand.versions:
        line = version_line(url, version)
        paragraphs = "".join(
            f"<p>{escape(p, quote=False)}</p>" for p in version.document.paragraphs
        )
        yield (
            urlsplit(url).hostname,
            version.article,
            version.number,
            count,
            url,
            version.document.headline,
            _storable(paragraphs),
            version.first_seen.strftime("%Y-%m-%d %H:%M:%S.%f"),  # UTC, as diffengine writes it
            _storable(json.dumps(line, ensure_ascii=False)),
        )


def _sentences(hand: ArticleInHand) -> Iterator[tuple[Any, ...]]:
    for v in hand.versions:
        for number, told in enumerate(sentences(v.document.text, v.document.language)):
            yield v.article, v.number, number, _storable(told.text)


def _matches(hand: ArticleInHand) -> Iterator[tuple[Any, ...]]:
    for old, new, collation in hand.collations:
        for segment in collation.segments:
            for before in segment.old or (None,):
                for after in segment.new or (None,):
                    yield new.article, old.number, new.number, before, after


def _storable(text: str) -> str:
    """SQLite holds UTF-8 and no lone surrogate."""
    return text.encode("utf-8", "replace").decode()
