"""The past taken from a real web archive server: pywb, over a WARC file made by warcio."""

from __future__ import annotations

import gzip
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from backfill_run import backfilled
from past_service import URL, page
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tools_setup import program
from variorum.bootstrap import open_archive
from variorum.evidence.verify import Options, verify_archive
from variorum.pipeline.backfill import Wanted
from variorum.pipeline.identity import find_article

pytestmark = [
    pytest.mark.slow,
    # warcio's writer leaves its temporary files to the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def crawl() -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")

    def put(hour: int, payload: bytes, status: str = "200 OK", *, packed: bool = False) -> str:
        coding = [("Content-Encoding", "gzip")] if packed else []
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Server", "presses/1.0"), *coding]
        record = writer.create_warc_record(
            URL,
            "response",
            payload=BytesIO(payload),
            http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": f"2025-03-03T{hour:02}:00:00Z"},
        )
        writer.write_record(record)
        return str(record.rec_headers.get_header("WARC-Payload-Digest"))

    first = put(7, page("Twelve"))
    put(8, page("Twelve"))
    put(9, gzip.compress(page("Twenty-one")), packed=True)
    put(10, b"gone", "404 Not Found")
    writer.write_record(
        writer.create_revisit_record(
            URL,
            digest=first,
            refers_to_uri=URL,
            refers_to_date="2025-03-03T07:00:00Z",
            http_headers=StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"
            ),
            warc_headers_dict={"WARC-Date": "2025-03-03T11:00:00Z"},
        )
    )
    return out.getvalue()


@pytest.fixture(scope="module")
def pywb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    wayback = program("pywb")
    if wayback is None:
        pytest.skip("pywb is not installed: python tests/tools_setup.py pywb")
    manager = wayback.with_name("wb-manager")
    home = tmp_path_factory.mktemp("pywb")
    (home / "crawl.warc.gz").write_bytes(crawl())
    for order in (["init", "c"], ["add", "c", "crawl.warc.gz"]):
        subprocess.run([manager, *order], cwd=home, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [wayback, "-p", str(port), "-b", "127.0.0.1"],
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/c/")
        yield f"http://127.0.0.1:{port}/c"
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            time.sleep(0.25)
            continue
        return
    pytest.fail("pywb did not start")


def test_all_that_pywb_holds_of_a_page_comes_as_it_was_captured(tmp_path: Path, pywb: str) -> None:
    done = backfilled(tmp_path / "a", pywb, URL)
    assert (done.captures, done.versions, done.problems, done.stopped) == (3, 3, [], None)
    assert (done.repeats, done.left_out) == (1, 1)
    again = backfilled(tmp_path / "a", pywb, URL, Wanted(repeats=True))
    assert (again.captures, again.known, again.problems) == (1, 3, [])
    with open_archive(tmp_path / "a", read_only=True) as archive, archive.read() as records:
        article = find_article(records, URL)
        assert article is not None
        versions = records.versions(article.id, records.captures(article.id))
        assert [v.same_as for v in versions] == [None, None, 0]
        told = [c for v in versions for c in v.captures]
        assert [c.time.hour for c in told] == [7, 8, 9, 11]
        assert {c.origin for c in told} == {f"observed by {pywb[7:-2]}"}
        # Packed as it was captured, which the digest in pywb's own index proves.
        assert [c.details["memento"]["agrees"] for c in told] == [True] * 4
        assert told[2].record is not None
        stored = archive.warc.read(told[2].record)
    assert gzip.decompress(stored.payload) == page("Twenty-one")
    assert dict(stored.headers)["Server"] == "presses/1.0"
    assert verify_archive(tmp_path / "a", Options()).report.sound


def test_without_its_index_the_timemap_of_pywb_serves(tmp_path: Path, pywb: str) -> None:
    from variorum.pipeline.backfill import service

    async def none_here(*_: object) -> object:
        return await service._from_timemap(*_)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("variorum.pipeline.backfill.run.held_of", none_here)
        done = backfilled(tmp_path / "a", pywb, URL)
    assert (done.captures, done.problems) == (5, [])
