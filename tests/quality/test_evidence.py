"""How fast evidence is checked: against plain hashing in the same run, so that a busy machine does
not matter. Measured: 1.4 times plain hashing (--quick), 6 times with every record unpacked by
libdeflate, 7 by zlib."""

from __future__ import annotations

import gzip
import hashlib
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from variorum.bootstrap import open_archive
from variorum.evidence.verify import Options, verify_archive
from variorum.model import Fetched
from variorum.store.warc import payload_digest

pytestmark = pytest.mark.slow
PAGES, BATCH = 300, 50


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of gzipped pages of some 80 KB each, as servers send them."""
    directory = tmp_path_factory.mktemp("evidence-speed") / "archive"
    rng = random.Random(1)
    now = datetime(2025, 3, 1, tzinfo=UTC)
    with open_archive(directory) as archive:
        for start in range(0, PAGES, BATCH):
            with archive.write() as records:
                for number in range(start, start + BATCH):
                    url, time_ = (
                        f"https://news.example.org/{number}",
                        now + timedelta(minutes=number),
                    )
                    text = f"<p>{number}</p>".encode() + rng.randbytes(60_000).hex().encode()
                    body = gzip.compress(text, 1)
                    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
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
