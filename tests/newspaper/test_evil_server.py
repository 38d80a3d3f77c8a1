"""The evil server is as bad as it says, and ends when it is told to."""

from __future__ import annotations

import gzip
import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, IncompleteRead
from urllib.parse import urlsplit

import pytest

from variorum.newspaper import EvilServer
from variorum.newspaper.evil import CASES

SLOW = {"drip", "slow-head", "silent"}
LARGE = {"endless", "huge", "bomb/gzip", "bomb/deflate", "bomb/br", "bomb/zstd", "bomb/stacked"}


@pytest.fixture(scope="module")
def evil() -> Iterator[EvilServer]:
    with EvilServer().serve() as served:
        yield served


def fetch(url: str, limit: int = 1 << 20, timeout: float = 3.0) -> bytes:
    """The raw answer, head included, up to ``limit`` bytes."""
    parts = urlsplit(url)
    got = b""
    with socket.create_connection((parts.hostname or "", parts.port or 80), timeout) as line:
        ask = f"GET {parts.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        line.sendall(ask.encode())
        while len(got) < limit:
            try:
                piece = line.recv(65536)
            except ConnectionResetError:
                break
            if not piece:
                break
            got += piece
    return got


@pytest.mark.parametrize("name", [c.name for c in CASES if c.name not in SLOW | LARGE])
def test_each_case_answers_and_ends(evil: EvilServer, name: str) -> None:
    fetch(evil.url(name))
    assert evil.seen[f"/{name}"] == 1


@pytest.mark.parametrize("name", sorted(SLOW))
def test_slow_cases_keep_one_waiting(evil: EvilServer, name: str) -> None:
    with pytest.raises(TimeoutError):
        parts = urlsplit(evil.url(name))
        with socket.create_connection((parts.hostname or "", parts.port or 80), 0.1) as line:
            line.sendall(f"GET {parts.path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            while line.recv(65536):
                pass


def test_the_endless_body_is_longer_than_anyone_wants(evil: EvilServer) -> None:
    assert len(fetch(evil.url("endless"), limit=8 << 20)) >= 8 << 20


def test_a_bomb_is_small_on_the_wire_and_large_within(evil: EvilServer) -> None:
    body = fetch(evil.url("bomb/gzip")).partition(b"\r\n\r\n")[2]
    assert len(body) < 100_000
    assert len(gzip.decompress(body)) == 64 << 20


def test_a_short_body_is_noticed_by_a_strict_client(evil: EvilServer) -> None:
    parts = urlsplit(evil.base_url)
    connection = HTTPConnection(parts.netloc, timeout=3)
    try:
        connection.request("GET", "/short")
        with pytest.raises(IncompleteRead):
            connection.getresponse().read()
        connection.close()
        connection.request("GET", "/head/nonsense")
        with pytest.raises(HTTPException):
            connection.getresponse()
    finally:
        connection.close()


def test_a_chain_of_redirects_has_the_length_asked_for(evil: EvilServer) -> None:
    assert b"Location: /chain/4" in fetch(evil.url("chain/5"))
    assert b"Location: /ok" in fetch(evil.url("chain/0"))


@pytest.mark.parametrize("robots", ["allow", "missing", "error", "html", "huge", "loop"])
def test_robots_txt_can_be_of_every_kind(robots: str) -> None:
    with EvilServer(robots=robots).serve() as served:
        assert fetch(served.url("robots.txt"))


def test_the_server_stops_at_once_though_somebody_is_still_dripping() -> None:
    with EvilServer().serve() as served:
        parts = urlsplit(served.base_url)
        line = socket.create_connection((parts.hostname or "", parts.port or 80), 2)
        line.sendall(b"GET /drip HTTP/1.1\r\nHost: x\r\n\r\n")
        line.recv(10)
        began = time.monotonic()
    assert time.monotonic() - began < 8
    line.close()
