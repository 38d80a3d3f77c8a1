"""The main job as a process: it starts, shows changes, is interrupted, and goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from variorum.store.archive import move_archive, open_for_reading

pytestmark = pytest.mark.slow

VARIORUM = Path(sys.executable).with_name("variorum")
PATIENCE = 90.0


@contextmanager
def up(place: Path, *args: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """``variorum up`` in ``place``: the process and the address that it says it is at."""
    process = subprocess.Popen(
        [VARIORUM, "up", "--port", "0", *args],
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stderr is not None and process.stdout is not None
    try:
        said = []
        for line in process.stderr:  # a repair after a crash may be told first
            said.append(line)
            if "Variorum is at http://" in line:
                break
        else:
            pytest.fail("".join(said))
        yield process, line.split(" at ")[1].split()[0].rstrip("/")
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


class _Feed(BaseHTTPRequestHandler):
    """A site that has one feed, without entries."""

    def do_GET(self) -> None:
        there = self.path == "/feed.xml"
        body = b'<rss version="2.0"><channel><title>The Tarn Post</title></channel></rss>'
        self.send_response(200 if there else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        self.wfile.write(body if there else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def feed() -> Iterator[tuple[str, str]]:
    """The address of a feed on this machine, and the option that lets it be reached."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Feed) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/feed.xml", "--allow-loopback"
        server.shutdown()


def refused(place: Path, *args: str) -> str:
    """What ``variorum up`` says where it ends at once, with exit code 2."""
    ended = subprocess.run(
        [VARIORUM, "up", "--port", "0", *args],
        cwd=place,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2, ended.stderr
    return ended.stderr


def get(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.status, answer.read().decode()


def wait_for_changes(address: str, at_least: int) -> list[dict[str, object]]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        _, text = get(f"{address}/index.json")
        changes: list[dict[str, object]] = json.loads(text)["changes"]
        if len(changes) >= at_least:
            return changes
        time.sleep(0.3)
    pytest.fail(f"fewer than {at_least} changes after {PATIENCE} s")


def versions(place: Path) -> dict[str, int]:
    done = subprocess.run(
        [VARIORUM, "doctor", "--json"], cwd=place, capture_output=True, text=True, check=True
    )
    counts: dict[str, int] = json.loads(done.stdout)["archive"]
    return counts


def test_the_demo_shows_real_changes_within_a_minute_and_goes_on_after_ctrl_c(
    tmp_path: Path,
) -> None:
    with up(tmp_path, "--demo-pause", "0.5") as (process, address):
        started = time.monotonic()
        changes = wait_for_changes(address, 5)
        assert time.monotonic() - started < 60
        assert any(change["lead"] for change in changes)
        status, page = get(address + "/")
        assert status == 200
        assert "demo" in page.lower()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    before = versions(tmp_path)
    with up(tmp_path, "--demo-pause", "0.1") as (process, address):
        wait_for_changes(address, 20)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    after = versions(tmp_path)
    assert after["articles"] >= before["articles"]
    assert after["versions"] > before["versions"]


def test_a_killed_process_leaves_an_archive_that_goes_on(tmp_path: Path) -> None:
    with up(tmp_path, "--demo-pause", "0.1") as (process, address):
        wait_for_changes(address, 3)
        process.kill()
        process.wait(30)
    before = versions(tmp_path)
    assert before["versions"] > 0
    with up(tmp_path, "--demo-pause", "0.1") as (process, address):
        wait_for_changes(address, 20)
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert versions(tmp_path)["versions"] >= before["versions"]


def test_real_sources_do_not_mix_with_the_demo(tmp_path: Path, feed: tuple[str, str]) -> None:
    with up(tmp_path, "--demo-pause", "0.1") as (process, address):
        wait_for_changes(address, 1)
        process.send_signal(signal.SIGINT)
        process.wait(30)
    with up(tmp_path, *feed, "http://127.0.0.1:9/feed.xml") as (process, address):
        assert get(address + "/")[0] == 200
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert (tmp_path / "archive-demo" / "variorum.db").exists()
    assert versions(tmp_path)["versions"] == 0


def test_an_archive_with_an_administrator_waits_for_sources_of_its_own(tmp_path: Path) -> None:
    add = [VARIORUM, "people", "add", "ana", "--role", "admin"]
    subprocess.run(add, cwd=tmp_path, input="a long pass phrase 7\n", text=True, check=True)
    with up(tmp_path) as (process, address):
        assert json.loads(get(f"{address}/sources.json")[1])["sources"] == []
        process.send_signal(signal.SIGINT)
        process.wait(30)


def test_for_sources_that_cannot_be_watched_no_archive_is_begun(tmp_path: Path) -> None:
    said = refused(tmp_path, "file:///etc/passwd", "http://127.0.0.1:9/feed.xml")
    [line] = [line for line in said.splitlines() if line.startswith("Error: ")]
    assert "nothing to watch: file:///etc/passwd: " in line
    assert "; http://127.0.0.1:9/feed.xml: " in line
    assert not (tmp_path / "archive").exists()


def test_for_sources_that_cannot_be_watched_the_demo_makes_no_room(tmp_path: Path) -> None:
    with up(tmp_path, "--demo-pause", "0.1") as (process, address):
        wait_for_changes(address, 1)
        process.send_signal(signal.SIGINT)
        process.wait(30)
    before = versions(tmp_path)["versions"]
    assert "nothing to watch" in refused(tmp_path, "http://127.0.0.1:9/feed.xml")
    assert versions(tmp_path)["versions"] == before > 0
    assert not (tmp_path / "archive-demo").exists()


def test_an_archive_that_is_there_opens_though_its_new_source_cannot_be_watched(
    tmp_path: Path, feed: tuple[str, str]
) -> None:
    for sources in (feed, ("file:///etc/passwd",)):
        with up(tmp_path, *sources) as (process, address):
            assert get(f"{address}/sources.json")[0] == 200
            assert process.stderr is not None
            line = process.stderr.readline()
            process.send_signal(signal.SIGINT)
            process.wait(30)
    assert "file:///etc/passwd: not added" in line


def test_a_demo_that_is_being_read_stays_where_it_is(tmp_path: Path, feed: tuple[str, str]) -> None:
    with up(tmp_path, "--demo-pause", "0.1") as (process, address):
        wait_for_changes(address, 1)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    reader = open_for_reading(tmp_path / "archive")
    with reader:
        with reader.read() as records:
            before = records.counts()["versions"]
        line = refused(tmp_path, *feed).strip().splitlines()[-1]
        assert "is reading archive, which is to make room: stop it first" in line
        with reader.read() as records:
            assert records.counts()["versions"] == before
    assert not (tmp_path / "archive-demo").exists()
    move_archive(tmp_path / "archive", tmp_path / "archive-demo")  # nobody reads it any more


def test_a_demo_that_is_being_watched_stays_where_it_is(
    tmp_path: Path, feed: tuple[str, str]
) -> None:
    with up(tmp_path, "--demo-pause", "0.1") as (process, address):
        wait_for_changes(address, 1)
        taken = address.rpartition(":")[2]
        for port, line in ((taken, "cannot listen"), ("0", "another Variorum process")):
            said = refused(tmp_path, "--port", port, *feed)
            assert line in said
            assert said.count("Error: ") == 1
            assert not (tmp_path / "archive-demo").exists()
        assert wait_for_changes(address, 1)
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert versions(tmp_path)["versions"] > 0
