"""The main job as a process: it starts, shows changes, is interrupted, and goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
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


def test_real_sources_do_not_mix_with_the_demo(tmp_path: Path) -> None:
    with up(tmp_path, "--demo-pause", "0.1") as (process, address):
        wait_for_changes(address, 1)
        process.send_signal(signal.SIGINT)
        process.wait(30)
    with up(tmp_path, "http://127.0.0.1:9/feed.xml") as (process, address):
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


def test_where_no_source_can_be_watched_that_is_said(tmp_path: Path) -> None:
    with up(tmp_path, "file:///etc/passwd") as (process, _):
        assert process.stderr is not None
        lines = [process.stderr.readline() for _ in range(2)]
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    assert "file:///etc/passwd: not added" in lines[0]
    assert lines[1].startswith("nothing is watched: stop this")


def test_a_demo_that_is_being_read_stays_where_it_is(tmp_path: Path) -> None:
    with up(tmp_path, "--demo-pause", "0.1") as (process, address):
        wait_for_changes(address, 1)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    reader = open_for_reading(tmp_path / "archive")
    with reader:
        with reader.read() as records:
            before = records.counts()["versions"]
        ended = subprocess.run(
            [VARIORUM, "up", "--port", "0", "https://news.example/feed"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ended.returncode == 2
        [line] = ended.stderr.strip().splitlines()
        assert "is reading archive, which is to make room: stop it first" in line
        with reader.read() as records:
            assert records.counts()["versions"] == before
    assert not (tmp_path / "archive-demo").exists()
    move_archive(tmp_path / "archive", tmp_path / "archive-demo")  # nobody reads it any more


def test_a_demo_that_is_being_watched_stays_where_it_is(tmp_path: Path) -> None:
    with up(tmp_path, "--demo-pause", "0.1") as (process, address):
        wait_for_changes(address, 1)
        taken = address.rpartition(":")[2]
        for port, line in ((taken, "cannot listen"), ("0", "another Variorum process")):
            second = subprocess.run(
                [VARIORUM, "up", "--port", port, "http://127.0.0.1:9/feed.xml"],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            assert second.returncode == 2
            assert line in second.stderr
            assert second.stderr.count("\n") == 1
            assert not (tmp_path / "archive-demo").exists()
        assert wait_for_changes(address, 1)
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert versions(tmp_path)["versions"] > 0
