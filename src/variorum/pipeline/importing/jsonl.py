"""JSON lines: our own export, and any line with a URL, a time and a page or a text."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from variorum.model import Decision, DecisionKind, Document, Fetched
from variorum.pipeline.importing.items import FetchedItem, Item, Items, Problem, TextItem
from variorum.pipeline.importing.moments import moment
from variorum.pipeline.importing.packed import opened
from variorum.pipeline.path import Brought

_MAX_LINE = 64_000_000
_TIMES = ("first_seen", "time", "date", "created_at", "captured", "timestamp", "created")
_TITLES = ("headline", "title")


def read_jsonl(path: Path) -> Items:
    """An item a line; a line that cannot be used is a Problem and the rest goes on. The file may be
    packed (.gz, .zst)."""
    read = number = 0
    try:
        with opened(path) as file:
            while line := file.readline(_MAX_LINE):
                number += 1
                read += len(line)
                if line.strip():
                    yield read_line(line, path, f"line {number}", read)
    except (EOFError, OSError, zlib.error) as error:
        yield Problem(str(path), f"after line {number}", f"not readable from here on ({error})")


def read_line(line: bytes, path: Path, where: str, read: int) -> Item:
    """The item of one line; ``where`` names it, ``read`` is how far the file was read."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Problem(str(path), where, f"not JSON ({str(error)[:80]})")
    if not isinstance(data, dict):
        return Problem(str(path), where, 'not an object with a "url"')
    return item_of(data, line, path, where, read)


def item_of(data: Mapping[str, Any], line: bytes, path: Path, where: str, read: int) -> Item:
    """The item of one row, whatever it was written as; ``line`` are the bytes that it came in."""
    if not isinstance(data.get("url"), str) or not data["url"]:
        return Problem(str(path), where, 'not an object with a "url"')
    try:
        time = _time(data)
    except ValueError as error:
        return Problem(str(path), where, str(error))
    origin = f"imported from {path.name}"
    if isinstance(data.get("html"), str):
        body = data["html"].encode("utf-8", "surrogatepass")
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        return FetchedItem(
            Fetched(data["url"], time, data["url"], 200, headers, body), origin, read
        )
    document = _document(data)
    if document is None:
        return Problem(str(path), where, 'neither "html" nor "text", "paragraphs" or "document"')
    brought = Brought(
        url=data["url"],
        time=time,
        document=document,
        data=line,
        media_type="application/json",
        origin=origin,
        label=data.get("label"),
        decision=_decision(data),
    )
    return TextItem(brought, read, _last_seen(data, time))


def _last_seen(data: Mapping[str, Any], time: datetime) -> datetime | None:
    try:
        last = moment(data["last_seen"])
    except (KeyError, ValueError):
        return None
    return last if last > time else None


def _time(data: Mapping[str, Any]) -> datetime:
    for name in _TIMES:
        value = data.get(name)
        if value is None or value == "":
            continue
        try:
            return moment(value)
        except ValueError:
            raise ValueError(f'"{name}" is not a time: {str(value)[:40]!r}') from None
    raise ValueError(f"no time: one of {', '.join(_TIMES)} is wanted")


def _document(data: Mapping[str, Any]) -> Document | None:
    if isinstance(data.get("document"), dict):
        return Document.from_dict(data["document"])
    title = next((data[n] for n in _TITLES if isinstance(data.get(n), str)), None)
    paragraphs = data.get("paragraphs")
    if paragraphs is None and isinstance(data.get("text"), str):
        paragraphs = [p.strip() for p in data["text"].split("\n\n")]
    if not isinstance(paragraphs, list) or not all(isinstance(p, str) for p in paragraphs):
        return None
    return Document.build(title, paragraphs, url=data["url"])


def _decision(data: Mapping[str, Any]) -> Decision | None:
    """A version of our own export stays what it was."""
    if not isinstance(data.get("document"), dict) or "kind" not in data:
        return None
    try:
        kind = DecisionKind(data["kind"])
    except ValueError:
        return None
    fields = tuple(str(f) for f in data.get("fields") or ())
    return Decision(kind, str(data.get("reason", "")), fields, data.get("same_as"))
