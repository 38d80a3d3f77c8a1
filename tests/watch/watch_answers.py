"""Answers of invented sources."""

from __future__ import annotations

from datetime import UTC, datetime

from variorum.model import Fetched

NOW = datetime(2025, 3, 12, 9, 30, tzinfo=UTC)
SITE = "https://courier.example/"


def answered(
    body: str | bytes, url: str = SITE + "feed", status: int | None = 200, **headers: str
) -> Fetched:
    """A 200 answer; ``content_type`` in ``headers`` becomes ``Content-Type``."""
    given = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    raw = body.encode() if isinstance(body, str) else body
    return Fetched(url, NOW, url, status, given, raw)


def rss(*items: str, channel: str = "<title>The Courier</title>") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{channel}{inside}</channel></rss>'


def item(path: str, title: str = "Bridge closed", more: str = "") -> str:
    return f"<title>{title}</title><link>{SITE}{path}</link>{more}"
