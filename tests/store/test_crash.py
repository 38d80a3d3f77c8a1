"""A process killed at any moment: what was acknowledged is there, in WARC and database alike."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from variorum.store.archive import open_for_writing

pytestmark = pytest.mark.slow

# Writes captures and versions, and says each article's number once its transaction is committed.
WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from variorum.model import Document, Fetched, Version
from variorum.store.archive import open_for_writing

with open_for_writing(Path(sys.argv[1])) as archive:
    now = datetime.now(UTC)
    start = int(sys.argv[2])
    for n in range(start, start + 100000):
        url = f"https://example.org/{n}"
        with archive.write() as records:
            article = records.add_article(url, [url], None, now)
            body = f"story {n} ".encode() * 300
            place = archive.warc.append(Fetched(url, now, url, 200, (), body))
            archive.warc_name_known(records, place[0])
            columns = dict(url=url, time=now, outcome="ok", version=0, origin="observed",
                           warc=place[0], offset=place[1], length=place[2], details={})
            records.add_capture(article.id, columns)
            document = Document.build(f"Story {n}", [f"Text of story {n}."])
            records.add_version(Version(article.id, 0, document, now, now, "first", "d"))
        print(n, flush=True)
"""
KILLS = 12


def test_what_was_acknowledged_survives_being_killed(tmp_path: Path) -> None:
    chance = random.Random(7)
    script = tmp_path / "writer.py"
    script.write_text(WRITER)
    acknowledged: set[int] = set()
    for kill in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, script, tmp_path / "archive", str(kill * 1_000_000)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        acknowledged.add(int(process.stdout.readline()))
        time.sleep(chance.uniform(0, 0.25))
        process.send_signal(signal.SIGKILL)
        acknowledged |= {int(line) for line in process.stdout if line.endswith("\n")}
        process.stdout.close()
        process.wait()
    with open_for_writing(tmp_path / "archive") as archive, archive.read() as records:
        kept = {int(a.url.rsplit("/", 1)[1]): a.id for a in records.articles(limit=10**6)}
        assert acknowledged <= set(kept)
        for n, number in kept.items():
            [capture] = records.captures(number)
            assert capture.record is not None
            assert archive.warc.read(capture.record).payload == f"story {n} ".encode() * 300
            [version] = records.versions(number)
            assert version.document.headline == f"Story {n}"
