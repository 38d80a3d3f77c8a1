"""Saved HTML files: each a capture at the time that its name tells, else its folder's, else at which it
was last modified."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from variorum.model import Fetched
from variorum.pipeline.importing.items import FetchedItem, Items, Problem, named
from variorum.pipeline.importing.moments import moment_in_name
from variorum.text.told import in_one_line

MAX_FILE = 50_000_000
_HEAD = 200_000
_LINK = re.compile(rb"<link\b[^<>]*>", re.IGNORECASE)
_IS_CANONICAL = re.compile(rb"""\brel\s*=\s*["']?canonical\b""", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*["']?(https?://[^"'\s>]+)""", re.IGNORECASE)


def read_html(path: Path) -> Items:
    """The page in one file. Its URL is the page's own rel=canonical, else the file's name."""
    try:
        found = path.stat()
        body = path.read_bytes() if found.st_size <= MAX_FILE else b""
        written = datetime.fromtimestamp(found.st_mtime, UTC)
    except (OSError, OverflowError, ValueError) as error:
        yield Problem(str(path), "", f"cannot be read ({in_one_line(error)})")
        return
    if found.st_size > MAX_FILE:
        yield Problem(str(path), "", f"{found.st_size:,} bytes is more than a page can have")
        return
    url = _canonical(body) or _address(path)
    headers = (("Content-Type", "text/html"),)
    fetched = Fetched(url, _told(path) or written, url, 200, headers, body)
    yield FetchedItem(fetched, f"imported from {named(path)}", found.st_size, (str(path), ""))


def _address(path: Path) -> str:
    """A page that names no address of its own: all that differ by their times only are one."""
    name = path.parent.name if moment_in_name(path.stem) else path.name
    return f"file:///{quote(os.fsencode(name))}"


def _told(path: Path) -> datetime | None:
    return moment_in_name(path.stem) or moment_in_name(path.parent.name)


def _canonical(body: bytes) -> str | None:
    for link in _LINK.finditer(body, 0, _HEAD):
        if _IS_CANONICAL.search(link.group()):
            href = _HREF.search(link.group())
            return href.group(1).decode("ascii", "ignore") if href else None
    return None
