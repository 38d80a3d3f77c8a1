"""Exports: what the archive holds, in forms that other programs read."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from variorum.model import Version
from variorum.store.records import Records


def export_jsonl(records: Records, path: Path, article: int | None = None) -> int:
    """Every version as one JSON line; returns how many. ``-`` is stdout; a file appears under its
    name only when it is complete."""
    if str(path) == "-":
        return _write(records, sys.stdout, article)
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", errors="replace") as file:
        count = _write(records, file, article)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return count


def _write(records: Records, file: IO[str], article: int | None) -> int:
    count = 0
    for line in _lines(records, article):
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def _lines(records: Records, article: int | None) -> Iterator[dict[str, Any]]:
    numbers = [article] if article is not None else records.article_numbers()
    for number in numbers:
        known = records.article(number)
        if known is None:
            continue
        for version in records.versions(number, records.captures(number)):
            yield version_line(known.url, version)


def version_line(url: str, version: Version) -> dict[str, Any]:
    """One version with its document, as export and import agree on it."""
    return {
        "url": url,
        "article": version.article,
        **version.to_dict(),
        "document": version.document.to_dict(),
    }
