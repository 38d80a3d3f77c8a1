"""Saved HTML files: each a capture at the time that its name tells, else its folder's, else at which it
was last modified."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from variorum.model import Fetched
from variorum.pipeline.importing.items import FetchedItem, Items, Problem
from variorum.pipeline.importing.moments import moment_in_name

_MAX_FILE = 50_000_000
_CANONICAL = re.compile(rb"""<link\b[^>]*\brel\s*=\s*["']?canonical["']?[^>]*>""", re.IGNORECASE)
_HREF = re.compile(rb"""\bhref\s*=\s*["']?(https?://[^"'\s>]+)""", re.IGNORECASE)


def read_html(path: Path) -> Items:
    """The page in one file. Its URL is the page's own rel=canonical, else the file's name."""
    size = path.stat().st_size
    if size > _MAX_FILE:
        yield Problem(str(path), "", f"{size:,} bytes is more than a page can have")
        return
    body = path.read_bytes()
    time = _told(path) or datetime.fromtimestamp(path.stat().st_mtime, UTC)
    url = _canonical(body) or _address(path)
    headers = (("Content-Type", "text/html"),)
    fetched = Fetched(url, time, url, 200, headers, body)
    yield FetchedItem(fetched, f"imported from {path.name}", size)


def _address(path: Path) -> str:
    """A page that names no address of its own: all that differ by their times only are one."""
    name = path.parent.name if moment_in_name(path.stem) else path.name
    return f"file:///{quote(name)}"


def _told(path: Path) -> datetime | None:
    return moment_in_name(path.stem) or moment_in_name(path.parent.name)


def _canonical(body: bytes) -> str | None:
    link = _CANONICAL.search(body, 0, 200_000)
    href = _HREF.search(link.group()) if link else None
    return href.group(1).decode("ascii", "ignore") if href else None
