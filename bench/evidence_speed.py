"""How fast `verify` reads WARC, and what the log costs a capture that is stored."""

from __future__ import annotations

import gzip
import random
import shutil
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from variorum.bootstrap import open_archive
from variorum.evidence import warcscan
from variorum.evidence.verify import Options, Verified, verify_archive
from variorum.model import Fetched
from variorum.store.archive import open_for_writing
from variorum.store.warc import payload_digest

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "captures" / "govuk.warc.gz"
NOW = datetime(2025, 3, 1, tzinfo=UTC)
CAPTURES = 1500
HTML = (("Content-Type", "text/html"),)
BATCH = 50


Body = tuple[bytes, tuple[tuple[str, str], ...]]


def gzipped() -> Iterator[Body]:
    """Invented pages of 72 KB that unpack to twice that, as servers send them."""
    rng = random.Random(1)
    for number in range(CAPTURES):
        told = f"<h1>{number}</h1>".encode() + rng.randbytes(72_000).hex().encode()
        yield gzip.compress(told, 1), (*HTML, ("Content-Encoding", "gzip"))


def plain() -> Iterator[Body]:
    """Invented pages of 150 KB whose text repeats itself as HTML does, as far as random letters do."""
    rng = random.Random(1)
    lines = [f"<p class='story'>{rng.randbytes(60).hex()}</p>\n".encode() for _ in range(600)]
    for number in range(CAPTURES // 5):
        yield f"<h1>{number}</h1>".encode() + b"".join(rng.choices(lines, k=1050)), HTML


def real() -> Iterator[Body]:
    """The pages of gov.uk as they were captured: plain HTML."""
    from variorum.pipeline.importing.warc import read_warc

    for item in read_warc(DATA):
        fetched = getattr(item, "fetched", None)
        if fetched is not None:
            yield fetched.raw or fetched.body, HTML


KINDS: dict[str, Callable[[], Iterator[Body]]] = {
    "bodies gzipped, as servers send them": gzipped,
    "bodies plain, invented": plain,
    "bodies plain, gov.uk": real,
}


def fill(directory: Path, pages: Iterator[Body], opened: Callable[[Path], object]) -> float:
    """An archive of captures without stages, so that storing is all that is measured. Returns CPU
    seconds a capture, those of making the pages left out."""
    spent = 0.0
    started = time.process_time()
    with opened(directory) as archive:  # type: ignore[attr-defined]
        number = 0
        while True:
            spent += time.process_time() - started
            batch = [page for page, _ in zip(pages, range(BATCH), strict=False)]
            started = time.process_time()
            if not batch:
                break
            with archive.write() as records:
                for body, headers in batch:
                    number += 1
                    store(archive, records, number, body, headers)
    return (spent + time.process_time() - started) / number


def store(archive, records, number, body, headers) -> None:  # type: ignore[no-untyped-def]
    url = f"https://news.example.org/{number % 400}"
    when = NOW + timedelta(seconds=number)
    article = records.article(number % 400 + 1) if number >= 400 else None
    if article is None:
        article = records.add_article(f"{url}/{number}", [f"{url}/{number}"], None, when)
    place = archive.warc.append(Fetched(url, when, url, 200, headers, b"", raw=body))
    archive.warc_name_known(records, place[0])
    columns = {"url": url, "time": when, "outcome": "ok", "origin": "observed", "details": {}}
    columns |= {"warc": place[0], "offset": place[1], "length": place[2], "status": 200}
    records.add_capture(article.id, {**columns, "digest": payload_digest(body)})


def speeds(scratch: Path) -> list[str]:
    rows = [
        "| WARC | on disk | unpacked | `--quick`, on disk | whole, on disk | whole, unpacked |"
        " … with zlib |",
        "|---|---|---|---|---|---|---|",
    ]
    costs = []
    for name, pages in KINDS.items():
        if pages is real and not DATA.exists():
            continue
        place, bare = scratch / "speed", scratch / "bare"
        with_log = fill(place, pages(), open_archive)
        without = fill(bare, pages(), open_for_writing)
        quick, whole = best(place, Options(quick=True)), best(place, Options())
        slow = with_zlib(place)
        disk, unpacked = whole.warc_bytes / 1e6, whole.unpacked / 1e6
        rows.append(
            f"| {name} | {disk:,.0f} MB | {unpacked:,.0f} MB"
            f" | **{disk / quick.seconds['warc']:,.0f} MB/s**"
            f" | {disk / whole.seconds['warc']:,.0f} MB/s"
            f" | **{unpacked / whole.seconds['warc']:,.0f} MB/s**"
            f" | {unpacked / slow.seconds['warc']:,.0f} MB/s |"
        )
        count = whole.report.counts["capture"]["ok"]
        costs.append(f"| {name} | {1000 * without:.2f} ms | {1000 * with_log:.2f} ms |")
        log_bytes = sum(p.stat().st_size for p in (place / "log").rglob("*") if p.is_file())
        costs.append(f"| … bytes of log | | {log_bytes / count:,.0f} a capture |")
        shutil.rmtree(place)
        shutil.rmtree(bare)
    return [
        "## Speed of `verify` on one core",
        "",
        "Structure and digests: CPU time of the WARC part, the best of three. `--quick` hashes the bytes"
        " and compares them with the log; whole also unpacks each record, checks its digests (two over"
        " its payload) and its row. Unpacked by libdeflate (`variorum[fast]`), and by zlib where that is"
        " not installed. What reading texts again costs besides stands under real captures.",
        "",
        *rows,
        "",
        "## What the log costs a stored capture",
        "",
        f"CPU time of storing alone (no page is read), {BATCH} captures a transaction.",
        "",
        "| | without | with the log |",
        "|---|---|---|",
        *costs,
        "",
    ]


def best(place: Path, options: Options) -> Verified:
    """The quickest of three."""
    done = [verify_archive(place, options) for _ in range(3)]
    assert all(one.report.sound for one in done), done[0].to_dict()
    return min(done, key=lambda one: one.seconds["warc"])


def with_zlib(place: Path) -> Verified:
    kept = warcscan._unpack, warcscan._UnpackError
    plain_zlib = lambda member, size: zlib.decompress(member, 31, max(size, 1))  # noqa: E731
    warcscan._unpack, warcscan._UnpackError = plain_zlib, zlib.error
    try:
        return best(place, Options())
    finally:
        warcscan._unpack, warcscan._UnpackError = kept
