"""Saved HTML files: each a capture at the time it was last modified."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from variorum.model import Fetched
from variorum.pipeline.importing.items import FetchedItem, Items, Problem

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
    time = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    url = _canonical(body) or f"file:///{path.name}"
    headers = (("Content-Type", "text/html"),)
    fetched = Fetched(url, time, url, 200, headers, body)
    yield FetchedItem(fetched, f"imported from {path.name}", size)


def _canonical(body: bytes) -> str | None:
    link = _CANONICAL.search(body, 0, 200_000)
    href = _HREF.search(link.group()) if link else None
    return href.group(1).decode("ascii", "ignore") if href else None
