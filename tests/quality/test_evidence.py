"""How fast evidence is checked: against plain hashing in the same run, so that a busy machine does
not matter. Measured: 1.4 times plain hashing (--quick), 6 times with every record unpacked by
libdeflate, 7 by zlib."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from variorum.bootstrap import open_archive
from variorum.evidence import warcscan
from variorum.evidence.verify import Options, verify_archive
from variorum.model import Fetched
from variorum.pipeline.clock import system_clock
from variorum.pipeline.importing.items import TextItem
from variorum.pipeline.importing.run import read_items
from variorum.store.warc import payload_digest

pytestmark = pytest.mark.slow
PAGES, BATCH = 300, 50


Body = tuple[bytes, tuple[tuple[str, str], ...]]
_HTML = ("Content-Type", "text/html")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of gzipped pages of some 80 KB each, as servers send them."""
    rng = random.Random(1)
    texts = (f"<p>{n}</p>".encode() + rng.randbytes(60_000).hex().encode() for n in range(PAGES))
    packed = ("Content-Encoding", "gzip")
    bodies = ((gzip.compress(text, 1), (_HTML, packed)) for text in texts)
    return _filled(tmp_path_factory.mktemp("evidence-speed") / "archive", bodies)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of plain pages of 16 KB, which pack to a third."""
    rng = random.Random(1)
    lines = [f"<p class='story'>{rng.randbytes(30).hex()}</p>\n".encode() for _ in range(600)]
    bodies = ((b"".join(rng.choices(lines, k=190)), (_HTML,)) for _ in range(PAGES))
    return _filled(tmp_path_factory.mktemp("evidence-small") / "archive", bodies)


def _filled(directory: Path, bodies: Iterator[Body]) -> Path:
    now = datetime(2025, 3, 1, tzinfo=UTC)
    with open_archive(directory) as archive:
        for start in range(0, PAGES, BATCH):
            with archive.write() as records:
                for number, (body, headers) in enumerate(islice(bodies, BATCH), start):
                    url = f"https://news.example.org/{number}"
                    time_ = now + timedelta(minutes=number)
                    fetched = Fetched(url, time_, url, 200, headers, b"", raw=body)
                    article = records.add_article(url, [url], None, time_)
                    place = archive.warc.append(fetched)
                    archive.warc_name_known(records, place[0])
                    columns = {"url": url, "time": time_, "outcome": "ok", "origin": "observed"}
                    columns |= {"details": {}, "digest": payload_digest(body), "status": 200}
                    columns |= {"warc": place[0], "offset": place[1], "length": place[2]}
                    records.add_capture(article.id, columns)
    return directory


def hashing(directory: Path) -> float:
    """CPU seconds of hashing the archive's WARC bytes once, nothing else."""
    data = b"".join(p.read_bytes() for p in (directory / "warc").iterdir())
    started = time.process_time()
    hashlib.sha256(data).hexdigest()
    return time.process_time() - started


@pytest.mark.parametrize(("quick", "times"), [(True, 3.0), (False, 12.0)])
def test_checking_costs_little_more_than_hashing(stored: Path, quick: bool, times: float) -> None:
    spent, plain = [], []
    for _ in range(3):
        plain.append(hashing(stored))
        done = verify_archive(stored, Options(quick=quick))
        assert done.report.items == []
        spent.append(done.seconds["warc"])
    assert min(spent) < times * min(plain), (spent, plain)


def test_small_pages_cost_little_more_than_what_is_done_with_their_bytes(small: Path) -> None:
    """Measured: 1.4 times unpacking each record and hashing it twice, and its bytes on disk once; up to
    2.3 on a busy machine."""
    members = list(_members(small))
    spent, bare = [], []
    for _ in range(4):
        started = time.process_time()
        for member in members:
            record = warcscan._unpack(member, int.from_bytes(member[-4:], "little"))
            for data in (member, record, record):
                hashlib.sha256(data).hexdigest()
        bare.append(time.process_time() - started)
        done = verify_archive(small, Options())
        assert done.report.items == []
        assert done.report.counts["record"]["ok"] >= PAGES
        spent.append(done.seconds["warc"])
    assert min(spent) < 3 * min(bare), (spent, bare)


def _members(directory: Path) -> Iterator[memoryview]:
    for path in (directory / "warc").iterdir():
        data = memoryview(path.read_bytes())
        at = 0
        for found in warcscan.scan(data):
            yield data[at : at + found.length]
            at += found.length


@pytest.mark.parametrize("form", ["jsonl", "csv", "sql"])
def test_imports_are_read_in_a_memory_that_does_not_grow(tmp_path: Path, form: str) -> None:
    """Measured: 0.1 MB more for 1,500 rows than for 200, whose texts alone would be 2.4 MB more."""
    peaks = []
    for rows in (200, 1500):
        path = tmp_path / f"{rows}.{form}"
        path.write_text("".join(_rows(form, rows)), "utf-8")
        tracemalloc.start()
        count = sum(isinstance(i, TextItem) for i in read_items(path, None, system_clock))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count == rows
    assert peaks[1] < peaks[0] + 500_000, peaks


def _rows(form: str, rows: int) -> Iterator[str]:
    text = "A sentence of no great length. " * 60
    if form == "csv":
        yield "url,time,title,text\n"
    if form == "sql":
        yield "COPY public.articles (id, url) FROM stdin;\n"
        yield from (f"{n}\thttps://news.example.org/{n}\n" for n in range(rows))
        yield "\\.\nCOPY public.versions (id, article_id, created_at, content_text) FROM stdin;\n"
    for number in range(rows):
        url, time_ = f"https://news.example.org/{number}", "2024-01-31 12:00:00"
        if form == "jsonl":
            yield json.dumps({"url": url, "time": time_, "text": f"{number} {text}"}) + "\n"
        elif form == "csv":
            yield f'{url},{time_},A story,"{number} {text}"\n'
        else:
            yield f"{number}\t{number}\t{time_}+00\t{number} {text}\n"
    if form == "sql":
        yield "\\.\n"
