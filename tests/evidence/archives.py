"""Small archives of our own writing, for the tests of this folder."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from variorum.bootstrap import capture_path, open_archive
from variorum.model import Fetched
from variorum.pipeline.identity import article_at

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
BRIDGE = "https://news.example.org/2025/bridge"
HARBOUR = "https://news.example.org/2025/harbour"

_PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<link rel="canonical" href="{url}"></head><body><nav>Home News Sport</nav>
<article><h1>{title}</h1>{body}</article><footer>About us</footer></body></html>"""

BRIDGE_FIRST = (
    "The bridge over the river was closed on Monday after inspectors found cracks in two piers.",
    "“We expect it to open again within a week,” said Anna Berg, an engineer at the council.",
    "About 12 buses an hour use the crossing, and drivers were told to take the southern road.",
)
BRIDGE_LATER = (
    *BRIDGE_FIRST[:1],
    "“We expect it to open again within a month,” said Anna Berg, an engineer at the council.",
    "About 21 buses an hour use the crossing, and drivers were told to take the southern road.",
)
HARBOUR_STORY = (
    "The harbour board has agreed to dredge the northern basin before the end of the year.",
    "Its chairman, Piet Maas, said the work would cost about £1.5m and take three months.",
)


def page(url: str, title: str, paragraphs: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return _PAGE.format(url=url, title=title, body=body).encode()


def fetched(
    url: str, hours: float, body: bytes = b"", status: int | None = 200, error: str | None = None
) -> Fetched:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{len(body)}"'))
    time = NOON + timedelta(hours=hours)
    return Fetched(url, time, url, status, headers if status else (), body, error=error)


def story_captures() -> list[Fetched]:
    """Two articles: changes, an unchanged look, a 304, a 404, a failure."""
    bridge = page(BRIDGE, "Bridge closed", BRIDGE_FIRST)
    later = page(BRIDGE, "Bridge closed for a month", BRIDGE_LATER)
    harbour = page(HARBOUR, "Harbour to be dredged", HARBOUR_STORY)
    return [
        fetched(BRIDGE, 0, bridge),
        fetched(HARBOUR, 0.5, harbour),
        fetched(BRIDGE, 1, bridge),
        fetched(BRIDGE, 2, b"", 304),
        fetched(BRIDGE, 3, later),
        fetched(HARBOUR, 3.5, b"", None, "the connection was refused"),
        fetched(HARBOUR, 4, b"<html><body>Not found</body></html>", 404),
        fetched(BRIDGE, 5, bridge),
    ]


def take(directory: Path, captures: list[Fetched], batch: int = 3) -> None:
    """Put captures through the whole path, a few a transaction."""
    with open_archive(directory) as archive, capture_path(archive) as path:
        for at in range(0, len(captures), batch):
            with archive.write() as records:
                for capture in captures[at : at + batch]:
                    article, _ = article_at(records, capture.url, None, capture.time)
                    path.take(records, article, capture)
                path.finish(records)


def copy_of(directory: Path, to: Path) -> Path:
    """The archive as its last writer left it: a reader makes side files that are no part of it."""
    shutil.copytree(directory, to, ignore=shutil.ignore_patterns("*-shm", "*-wal"))
    return to
