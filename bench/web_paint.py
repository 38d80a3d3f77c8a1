"""First paint of the comparison of a long story, in headless Chromium.

    .venv/bin/python bench/web_paint.py [--write]

A story of 200 paragraphs (some 9,000 words) in 20 versions is stored through the stages themselves
and served by ``variorum serve`` with one process. Each comparison is opened in a browser context of
its own (nothing cached, but where it says so), the first time by anybody and then again, the rows of
the table in turns; what is told is
``first-contentful-paint`` as the browser itself reports it, counted from the beginning of the
navigation, so the time that the server takes is in it. ``--write`` puts the figures into
``docs/benchmarks/web_paint.md``; a minute on a machine with nothing else to do.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from web_archive import START, edited, headline, invented

from variorum.model import DecisionKind, Document, Version
from variorum.pipeline.path import CapturePath
from variorum.stages.version import content_digest
from variorum.store.archive import open_for_writing

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPHS, VERSIONS = 200, 20
ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def long_story(rng: random.Random) -> list[Document]:
    """The versions of one story: each a few paragraphs other than the last, one moved."""
    paragraphs = [" ".join(invented(rng) for _ in range(4)) for _ in range(PARAGRAPHS)]
    found = [Document.build(headline(rng), paragraphs, language="en")]
    while len(found) < VERSIONS:
        changed = edited(edited(found[-1], rng), rng)
        lines = list(changed.paragraphs)
        lines.insert(rng.randrange(len(lines)), lines.pop(rng.randrange(len(lines))))
        found.append(Document.build(changed.headline, lines[:PARAGRAPHS], language="en"))
    return found


def store(directory: Path) -> int:
    """The archive with that story in it; its number."""
    with open_for_writing(directory) as archive, archive.write() as records:
        path = CapturePath(archive, None)  # type: ignore[arg-type]
        article = records.add_article("https://paper.example/long", ["paper/long"], None, START)
        before: Version | None = None
        for n, document in enumerate(long_story(random.Random(11))):
            at = START + timedelta(hours=n)
            new = Version(
                article.id,
                n,
                document,
                at,
                at,
                "changed: body",
                content_digest(document),
                "bench",
                DecisionKind.CHANGED,
            )
            path.publish(records, new, before)
            before = new
        records.update_article(
            article.id, headline=document.headline, versions=VERSIONS, first_seen=START
        )
        return article.id


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
        return number


def until_answered(base: str) -> None:
    """Wait until somebody answers at the address."""
    for _ in range(300):
        with contextlib.suppress(OSError):
            asked = http.client.HTTPConnection(base.removeprefix("http://"), timeout=60)
            asked.request("GET", "/about")
            asked.getresponse().read()
            asked.close()
            return
        time.sleep(0.1)


@contextlib.contextmanager
def served(directory: Path) -> Iterator[str]:
    """``variorum serve`` over the archive: its address."""
    port = free_port()
    command = [sys.executable, "-m", "variorum", "serve", "--read-only", "--port", str(port)]
    process = subprocess.Popen([*command, "--workers", "1", "--archive", str(directory)])
    base = f"http://127.0.0.1:{port}"
    try:
        until_answered(base)
        yield base
    finally:
        process.terminate()
        process.wait()


@dataclass(frozen=True, slots=True)
class Visit:
    """A page to be opened, for a row of the table; ``known`` where the reader was at another page of
    the site before, so that the browser has its style sheet and script."""

    row: str
    path: str
    known: bool = False


def paints(base: str, visits: list[Visit]) -> dict[str, list[tuple[float, float]]]:
    """(time to the first byte, first contentful paint) of each page in ms, by row."""
    from playwright.sync_api import sync_playwright

    found: dict[str, list[tuple[float, float]]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        for visit in visits:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            page = context.new_page()
            if visit.known:
                page.goto(base + "/about")
                painted(page)
            page.goto(base + visit.path)
            found.setdefault(visit.row, []).append(painted(page))
            context.close()
        browser.close()
    return found


KNOWN = "by a reader who was at another page before"


def visits() -> list[Visit]:
    """Everything that is opened, the rows in turns: what else the machine does then falls on all of
    them alike. The archive has one story, of number 1."""
    found = []
    for n in range(VERSIONS - 1):
        step, leap = f"/a/1/v{n}..v{n + 1}", f"/a/1/v{n}..v{VERSIONS - 1}"
        found += [
            Visit("a page of a few lines", "/about"),
            Visit("a step, the first time by anybody", step),
            Visit("a step, again", step),
            Visit(f"a step, again, {KNOWN}", step, known=True),
        ]
        if n < 8:
            near = f"/a/1/v{n}..v{n + 2}"
            found += [
                Visit(f"two steps, the first time by anybody, {KNOWN}", near, known=True),
                Visit("first to last versions, the first time by anybody", leap),
                Visit("first to last versions, again", leap),
                Visit("a step side by side, the first time by anybody", f"{step}?view=side"),
            ]
    return found


def painted(page) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    """Its first byte and its first contentful paint; the policy of the page lets nobody wait in it."""
    while True:
        first, paint = page.evaluate(
            "[performance.getEntriesByType('navigation')[0].responseStart, "
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime]"
        )
        if paint is not None:
            return first, paint
        page.wait_for_timeout(20)


def told(name: str, times: list[tuple[float, float]]) -> str:
    first = [a for a, _ in times]
    painted = [b for _, b in times]
    return (
        f"| {name} | {len(times)} | {statistics.median(first):.0f} | {statistics.median(painted):.0f} "
        f"| {max(painted):.0f} |"
    )


def report(rows: list[str]) -> str:
    description = (__doc__ or "").split("\n\n", 2)[2].strip()
    return f"""# First paint

`.venv/bin/python bench/web_paint.py --write`. {description}

The machine's load was {os.getloadavg()[1]:.1f} in the last five minutes ({os.cpu_count()} cores); of its own the
measurement makes 1. *a page of a few lines* is what the browser needs for any page at all.

| pages | n | first byte ms | painted ms, median | worst |
|---|---|---|---|---|
{chr(10).join(rows)}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks/web_paint.md")
    given = parser.parse_args()
    directory = Path(tempfile.mkdtemp(prefix="variorum-paint-"))
    try:
        if store(directory / "archive") != 1:
            raise SystemExit("the story is to be the first of its archive")
        with served(directory / "archive") as base:
            paints(base, [Visit("", "/about")] * 3)
            found = paints(base, visits())
        rows = [told(name, times) for name, times in found.items()]
        print("\n".join(rows))
        if given.write:
            (ROOT / "docs" / "benchmarks" / "web_paint.md").write_text(report(rows))
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
