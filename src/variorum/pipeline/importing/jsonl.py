"""JSON lines: our own export, and any line with a URL, a time and a page or a text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from variorum.model import Document, Fetched
from variorum.pipeline.importing.documents import label_of, told_decision, told_document
from variorum.pipeline.importing.items import (
    UNUSABLE,
    FetchedItem,
    Item,
    Items,
    Place,
    Problem,
    TextItem,
    named,
)
from variorum.pipeline.importing.moments import moment
from variorum.pipeline.importing.packed import opened, position, skip_line
from variorum.pipeline.path import Brought
from variorum.text.told import in_one_line

_MAX_LINE = 64_000_000
TIMES = ("first_seen", "time", "date", "created_at", "captured", "timestamp", "created")
TITLES = ("headline", "title")


def read_jsonl(path: Path) -> Items:
    """An item a line; a line that cannot be used is a Problem and the rest goes on. The file may be
    packed (.gz, .zst)."""
    number = 0
    try:
        with opened(path) as file:
            while line := file.readline(_MAX_LINE):
                number += 1
                if len(line) == _MAX_LINE and not line.endswith(b"\n"):
                    skip_line(file)
                    why = f"a line of more than {_MAX_LINE:,} bytes"
                    yield Problem(str(path), f"line {number}", why)
                elif line.strip():
                    yield read_line(line, path, f"line {number}", position(file))
    except OSError as error:
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
    try:
        return _item(data, line, path, (str(path), where), read)
    except UNUSABLE as error:
        return Problem(str(path), where, in_one_line(error))


def _item(data: Mapping[str, Any], line: bytes, path: Path, place: Place, read: int) -> Item:
    url = data.get("url")
    if not isinstance(url, str) or not url:
        return Problem(*place, 'not an object with a "url"')
    time = _time(data)
    origin = f"imported from {named(path)}"
    if isinstance(data.get("html"), str):
        body = data["html"].encode("utf-8", "surrogatepass")
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        return FetchedItem(Fetched(url, time, url, 200, headers, body), origin, read, place)
    whole = isinstance(data.get("document"), Mapping)
    document = told_document(data["document"]) if whole else _document(data)
    if document is None:
        return Problem(*place, 'neither "html" nor "text", "paragraphs" or "document"')
    if (
        not whole and not document.paragraphs
    ):  # a page that was not read, rather than one without a story
        return Problem(*place, "there is no text in it")
    brought = Brought(
        url=url,
        time=time,
        document=document,
        data=line,
        media_type="application/json",
        origin=origin,
        label=label_of(data),
        # A version of our own export stays what it was.
        decision=told_decision(data) if whole else None,
    )
    return TextItem(brought, read, _last_seen(data, time), place)


def _last_seen(data: Mapping[str, Any], time: datetime) -> datetime | None:
    try:
        last = moment(data["last_seen"])
    except (KeyError, ValueError):
        return None
    return last if last > time else None


def _time(data: Mapping[str, Any]) -> datetime:
    for name in TIMES:
        value = data.get(name)
        if value is None or value == "":
            continue
        try:
            return moment(value)
        except ValueError:
            raise ValueError(f'"{name}" is not a time: {str(value)[:40]!r}') from None
    raise ValueError(f"no time: one of {', '.join(TIMES)} is wanted")


def _document(data: Mapping[str, Any]) -> Document | None:
    title = next((data[n] for n in TITLES if isinstance(data.get(n), str)), None)
    paragraphs = data.get("paragraphs")
    if paragraphs is None and isinstance(data.get("text"), str):
        paragraphs = [p.strip() for p in data["text"].split("\n\n")]
    if not isinstance(paragraphs, list) or not all(isinstance(p, str) for p in paragraphs):
        return None
    return Document.build(title, paragraphs, url=data["url"])
