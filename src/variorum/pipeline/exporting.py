"""Exports: what the archive holds, in forms that other programs read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from variorum.evidence.as_logged import AsLogged
from variorum.evidence.package_layout import member_of
from variorum.model import Version
from variorum.model.times import iso
from variorum.store import durable, observed
from variorum.store.archive import Archive
from variorum.store.records import Records


def export_jsonl(records: Records, path: Path, articles: Sequence[int] | None = None) -> int:
    """Every version (of these articles) as one JSON line; returns how many. ``-`` is stdout; a file
    appears under its name only when it is complete."""
    if str(path) == "-":
        return _write(records, sys.stdout, articles)
    with durable.whole_text(path) as file:
        return _write(records, file, articles)


def export_warc(
    archive: Archive,
    records: Records,
    path: Path,
    articles: Sequence[int],
    advance: Callable[[int], None] = lambda done: None,
) -> int:
    """The records of all captures of these articles in one WARC file, byte for byte, in time order;
    returns how many. Raises DamagedError where captures, versions or records are not what the log says,
    LogDamagedError."""
    logged = AsLogged.read(archive, records)
    logged.articles(articles)
    rows = [row for row in observed.captures_of_all(records.db, articles) if row.warc]
    rows.sort(key=lambda row: (row.time, row.id))
    done = 0
    with durable.whole(path) as file:
        for row in rows:
            member = member_of(archive.warc, row, None)
            logged.member(row, member)
            file.write(member)
            done += len(member)
            advance(done)
    return len(rows)


def _write(records: Records, file: IO[str], articles: Sequence[int] | None) -> int:
    count = 0
    for line in _lines(records, articles):
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def _lines(records: Records, articles: Sequence[int] | None) -> Iterator[dict[str, Any]]:
    numbers = records.article_numbers() if articles is None else articles
    for number in numbers:
        known = records.article(number)
        if known is None:
            continue
        for version in records.versions(number, records.captures(number)):
            yield version_line(known.url, version)


def version_line(url: str, version: Version) -> dict[str, Any]:
    """One version with its document, as export and import agree on it. Times are to the
    millisecond where they have any."""
    return {
        "url": url,
        "article": version.article,
        **version.to_dict(),
        "first_seen": exact(version.first_seen),
        "last_seen": exact(version.last_seen),
        "document": version.document.to_dict(),
    }


def exact(time: datetime) -> str:
    """A time as :func:`~variorum.model.times.iso` writes it, with the milliseconds that it has."""
    told = time.astimezone(UTC)
    thousandths = told.microsecond // 1000
    return iso(told) if thousandths == 0 else f"{iso(told)[:-1]}.{thousandths:03}Z"
