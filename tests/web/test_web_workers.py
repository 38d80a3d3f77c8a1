"""``variorum serve`` with several processes on one socket."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from web_shelf import fill

from variorum.cli import listening
from variorum.cli.listening import OneAtATime, Shares


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def asked(port: int) -> int:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/about", timeout=10) as answer:
        return int(answer.status)


def test_a_shared_socket_gives_one_connection_to_a_turn() -> None:
    plain = socket.create_server(("127.0.0.1", 0))
    address = plain.getsockname()
    calls = [socket.create_connection(address) for _ in range(4)]
    with OneAtATime.of(plain) as shared:
        assert plain.fileno() == -1 and shared.getsockname() == address
        for _ in calls:
            shared.accept()[0].close()
            with pytest.raises(BlockingIOError):
                shared.accept()
        with pytest.raises(BlockingIOError):
            shared.accept()
        # Nobody waited: the next one does not have to wait for two turns.
        calls.append(socket.create_connection(address))
        shared.accept()[0].close()
    for call in calls:
        call.close()


def taken(shared: OneAtATime) -> socket.socket | None:
    try:
        return shared.accept()[0]
    except BlockingIOError:
        return None


def test_who_has_more_connections_leaves_the_next_to_the_others() -> None:
    counts = Shares.of_nobody(3)
    plain = socket.create_server(("127.0.0.1", 0))
    address, twin = plain.getsockname(), plain.dup()
    calls = [socket.create_connection(address) for _ in range(8)]
    with (
        OneAtATime.of(plain, Shares(counts, 0)) as busy,
        OneAtATime.of(twin, Shares(counts, 2)) as idle,
    ):
        assert counts == [0, -1, 0]
        first = taken(busy)
        assert first is not None and taken(busy) is None and taken(busy) is None
        kept = [first]
        for _ in range(40):
            kept += [c for c in (taken(busy), taken(idle)) if c is not None]
        assert len(kept) == 8 and counts == [4, -1, 4]
        for connection in kept:
            connection.close()
            connection.close()
        assert counts == [0, -1, 0]
    assert counts == [-1, -1, -1]
    for call in calls:
        call.close()


def test_a_process_that_is_gone_keeps_no_connection_waiting_for_long(monkeypatch: Any) -> None:
    monkeypatch.setattr(listening, "_PATIENCE", 0.2)
    monkeypatch.setattr(listening, "_GONE", 60)
    counts, kept = [0, 0], []
    waits: list[float] = []
    plain = socket.create_server(("127.0.0.1", 0))
    with OneAtATime.of(plain, Shares(counts, 0)) as alone:
        for held in range(6):
            call = socket.create_connection(alone.getsockname())
            assert counts == [held, 0]
            began = time.monotonic()
            while (connection := taken(alone)) is None:
                assert time.monotonic() < began + 5
            waits.append(time.monotonic() - began)
            kept.append(connection)
            call.close()
    # The first was its own, three were left to the other one for a while, then it knew better.
    assert all(wait >= 0.2 for wait in waits[1:4]) and sum(waits[4:]) < 0.2
    for connection in kept:
        connection.close()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see processes")
def test_several_processes_answer_and_all_of_them_end(tmp_path: Path) -> None:
    with fill(tmp_path / "archive").archive:
        pass
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "variorum", "serve", "--workers", "3", "--port", str(port)]
    serving = subprocess.Popen(
        [*command, "--archive", str(tmp_path / "archive")],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                assert asked(port) == 200
                break
            except OSError:
                time.sleep(0.1)
        while len(started := children(serving.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        assert [asked(port) for _ in range(20)] == [200] * 20
        os.killpg(serving.pid, signal.SIGINT)
        assert serving.wait(30) == 130
        while [p for p in started if Path(f"/proc/{p}").exists()] and time.monotonic() < until:
            time.sleep(0.1)
        assert not [p for p in started if Path(f"/proc/{p}").exists()]
    finally:
        serving.kill()
        serving.wait()
