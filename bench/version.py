"""Is each capture a new version? Replays WARC files through reading and decision, in memory.

    .venv/bin/python bench/version.py [--cache DIR] [--show] [NAME ...]

Writes docs/benchmarks/version.md when all sets are measured: how often each set's changes were seen,
and how fast a page that says nothing new is known for such, beside reading it and beside
trafilatura (left out, and said so, where it is not installed).

Scored as the archive's own log would be: a capture counts as missed when the version it stands
under did not change although the publisher changed the story, as false when it did although the
publisher did not. Captures in doubt are not scored. Figures only are printed, unless ``--show``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import variorum.stages.extract as reading
from variorum.model import Decision, Fetched, History, Page, Version
from variorum.model.times import parse_iso
from variorum.stages.extract import read_page
from variorum.stages.version import (
    content_digest,
    decide,
    judge_response,
    steady,
    still,
    story_digest,
    telling,
)

ROOT = Path(__file__).resolve().parents[1]
CAPTURES = ROOT.parent / "shared/data/captures"
SETS = ("govuk", "page_pairs")
REPORT = ROOT / "docs" / "benchmarks" / "version.md"
TIMED = 60  # pages of many hosts


class Cache:
    """Pages by their bytes and by the code that read them; none without a directory."""

    def __init__(self, where: Path | None) -> None:
        self._where = where
        code = b"".join(
            p.read_bytes()
            for p in sorted(Path(reading.__file__).parent.rglob("*"))
            if p.is_file() and p.suffix != ".pyc"
        )
        self._code = hashlib.sha256(code).hexdigest()[:12]

    def read(self, body: bytes, url: str, content_type: str | None) -> Page:
        if self._where is None:
            return read_page(body, url=url, content_type=content_type)
        name = hashlib.sha256(url.encode() + body).hexdigest()[:32]
        place = self._where / self._code / name
        if place.is_file():
            return pickle.loads(place.read_bytes())  # noqa: S301
        page = read_page(body, url=url, content_type=content_type)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(pickle.dumps(page))
        return page


def records(warc: Path) -> Iterator[Fetched]:
    """The responses of a WARC file as fetches."""
    from warcio.archiveiterator import ArchiveIterator

    with warc.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response":
                continue
            url = record.rec_headers.get_header("WARC-Target-URI")
            when = parse_iso(record.rec_headers.get_header("WARC-Date"))
            yield Fetched(
                url,
                when,
                url,
                int(record.http_headers.get_statuscode()),
                tuple(record.http_headers.headers),
                record.content_stream().read(),
            )


class Story:
    """One article's history as the archive would keep it."""

    def __init__(self) -> None:
        self.versions: list[Version] = []
        self.page: Page | None = None
        self.under: list[tuple[datetime, int | None, Decision]] = []

    def take(self, fetched: Fetched, page: Page) -> Decision:
        decision = judge_response(fetched, fetched.url)
        if decision is None:
            decision = decide(page, History(self.versions, lambda: self.page), fetched)
        if decision.kind.makes_version:
            self.versions.append(
                Version(
                    article=0,
                    number=len(self.versions),
                    document=page.document,
                    first_seen=fetched.time,
                    last_seen=fetched.time,
                    reason=decision.reason,
                    digest=content_digest(page.document),
                    kind=decision.kind,
                    same_as=decision.same_as,
                )
            )
        if decision.details["outcome"] == "ok":
            self.page = page
        under = self.versions[-1].number if self.versions else None
        if under is None:  # as the log lists it: not there yet, or under the version that comes
            under = -1 if decision.details["outcome"] == "gone" else 0
        self.under.append((fetched.time, under, decision))
        return decision


def gold(name: str) -> dict[str, list[dict[str, Any]]]:
    """The labels of a set, by URL."""
    by_url: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with (CAPTURES / f"{name}.gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            by_url[row["url"]].append(row)
    return by_url


def replay(
    name: str, cache: Cache
) -> tuple[Counter[tuple[str, str]], list[tuple[Any, ...]], float]:
    """Counts by (group, what), what went wrong, and CPU seconds spent in deciding."""
    stories: dict[str, Story] = defaultdict(Story)
    spent = 0.0
    for fetched in records(CAPTURES / f"{name}.warc.gz"):
        page = cache.read(fetched.body, fetched.url, fetched.header("content-type"))
        start = time.process_time()
        stories[fetched.url].take(fetched, page)
        spent += time.process_time() - start
    count: Counter[tuple[str, str]] = Counter()
    wrong: list[tuple[Any, ...]] = []
    for url, rows in gold(name).items():
        _score(rows, stories[url], count, wrong)
    return count, wrong, spent


def _score(
    rows: list[dict[str, Any]],
    story: Story,
    count: Counter[tuple[str, str]],
    wrong: list[tuple[Any, ...]],
) -> None:
    attests = {when: (under, decision) for when, under, decision in story.under}
    before: int | None = None
    for row in rows:
        group = row.get("group", name_of_all)
        under, decision = attests.get(parse_iso(row["date"]), (None, None))
        count[group, "captures"] += 1
        if under is None:
            count[group, "lost"] += 1
            wrong.append(("lost", row, decision))
        elif before is not None and row["label"] in {"same", "changed"}:
            count[group, row["label"]] += 1
            if (under != before) != (row["label"] == "changed"):
                kind = "missed" if row["label"] == "changed" else "false"
                count[group, kind] += 1
                wrong.append((kind, row, decision))
        before = under if under is not None else before


name_of_all = "all"


def table(results: dict[str, Counter[tuple[str, str]]]) -> str:
    """The figures as Markdown."""
    lines = [
        "| set | group | captures | changed | missed | unchanged | false | false % | lost |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, count in results.items():
        for group in sorted({g for g, _ in count}):
            n = {
                k: count[group, k]
                for k in ("captures", "changed", "missed", "same", "false", "lost")
            }
            share = 100 * n["false"] / n["same"] if n["same"] else 0.0
            lines.append(
                f"| {name} | {group} | {n['captures']} | {n['changed']} | {n['missed']} | {n['same']} "
                f"| {n['false']} | {share:.1f} | {n['lost']} |"
            )
    return "\n".join(lines)


def speeds() -> str:
    """Pages a second of processor time, one way a line, over the same real pages."""
    every = list(records(CAPTURES / "page_pairs.warc.gz"))
    pages = every[:: max(1, len(every) // TIMED)][:TIMED]
    size = sum(len(p.body) for p in pages) / len(pages) / 1000
    ways: list[tuple[str, Callable[[Fetched], object]]] = [
        ("re-check, all that tells is the same", _proven),
        ("re-check, clocks and counts beside the story differ", _ticking(pages)),
        ("reading the page (first sight)", lambda p: read_page(p.body, url=p.url)),
    ]
    try:
        import trafilatura
    except ImportError:
        left_out = "\n\nLeft out: trafilatura, which is not installed."
    else:
        left_out = ""
        ways.append(("trafilatura", lambda p: trafilatura.extract(_text(p))))
        ways.append(("trafilatura, fast", lambda p: trafilatura.extract(_text(p), fast=True)))
    lines = [f"{len(pages)} pages of {size:.0f} KB on average.", "", "| | pages/s |", "|---|--:|"]
    for name, work in ways:
        start = time.process_time()
        for page in pages:
            work(page)
        lines.append(f"| {name} | {len(pages) / (time.process_time() - start):.0f} |")
    return "\n".join(lines) + left_out


def _text(page: Fetched) -> str:
    return page.body.decode("utf-8", "replace")


def _proven(page: Fetched) -> object:
    return story_digest(page.body, page.header("content-type"))


def _ticking(pages: list[Fetched]) -> Callable[[Fetched], object]:
    """A re-check as the path makes it when the first proof failed: both proofs are tried."""
    known = {}
    for page in pages:
        kind = page.header("content-type")
        known[page.url] = steady(page.body, kind, read_page(page.body, url=page.url))

    def check(page: Fetched) -> object:
        kind, pieces, told = page.header("content-type"), telling(page.body), known[page.url]
        story_digest(page.body, kind, pieces)
        return told is not None and still(told, pieces, kind)

    return check


def report(results: dict[str, Counter[tuple[str, str]]]) -> str:
    """The whole of docs/benchmarks/version.md."""
    return f"""# Versions: changes seen, changes invented, and the cost of a look

Made by `.venv/bin/python bench/version.py` over real captures (`govuk`: news pages and speeches of
gov.uk, Open Government Licence v3.0; `page_pairs`: pairs of captures of one page from many hosts).
A capture is *missed* when the version it stands under did not change although the publisher changed
the story, *false* when it did although the publisher did not, *lost* when it stands nowhere. Captures
in doubt are not scored. What goes wrong and why: [rooms/version.md](../rooms/version.md).

{table(results)}

## Cost of a look

Processor time, one process; the machine has two cores and is shared with other work. {speeds()}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(SETS))
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--show", action="store_true", help="what went wrong, with its reasons")
    given = parser.parse_args()
    cache = Cache(given.cache)
    results = {}
    for name in given.names:
        results[name], wrong, spent = replay(name, cache)
        print(f"{name}: {spent:.2f} s of CPU for deciding")
        if given.show:
            for kind, row, decision in wrong:
                print(kind, row.get("pair", ""), row["url"], row["date"], row["label"])
                if decision:
                    print("   ", decision.kind, decision.reason, dict(decision.details))
    print(table(results))
    if set(results) == set(SETS):
        REPORT.write_text(report(results), encoding="utf-8")


if __name__ == "__main__":
    main()
