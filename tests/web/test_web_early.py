"""A comparison that takes long begins to be sent before it is made, and is the same page."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pytest
from browser_less import parts_of
from starlette.testclient import TestClient
from web_shelf import NOW, Filled

from variorum.web import create_app, early, routing
from variorum.web.pages import compare
from variorum.web.readings import Readings

TALLY = re.compile(r'<meta property="og:description"[^>]*>')


@pytest.fixture
def fresh(shelf: Filled) -> TestClient:
    while shelf.archive.mark() is None:  # just filled: nothing would be remembered
        time.sleep(0.01)
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False)


@pytest.fixture
def slow(monkeypatch: Any) -> Iterator[threading.Event]:
    """Nobody has patience, and whoever compares waits until this is set: by the test, or a little
    after the beginning of the page was made."""
    ready = threading.Event()
    compared, opening = Readings.compared, routing._opening
    timers: list[threading.Timer] = []

    def late(*given: Any) -> Any:
        ready.wait(20)
        return compared(*given)

    def begun(*given: Any) -> Any:
        found = opening(*given)
        timers.append(threading.Timer(0.2, ready.set))
        timers[-1].start()
        return found

    monkeypatch.setattr(Readings, "compared", late)
    monkeypatch.setattr(routing, "_opening", begun)
    monkeypatch.setattr(early, "_PATIENCE", 0)
    yield ready
    for timer in timers:
        timer.join()


@pytest.mark.parametrize("view", ["inline", "side", "reading", "changes"])
@pytest.mark.parametrize("which", ["harbour", "hostile"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_page_sent_in_two_parts_is_the_page_that_it_is_else(
    fresh: TestClient, slow: threading.Event, shelf: Filled, which: str, view: str, language: str
) -> None:
    path = f"/a/{getattr(shelf, which)}/v0..v1?view={view}&lang={language}"
    begun = fresh.get(path)
    assert slow.is_set()
    whole = fresh.get(path)
    assert "etag" not in begun.headers and "etag" in whole.headers
    assert begun.headers["cache-control"] == whole.headers["cache-control"]
    assert begun.headers["content-language"] == language
    assert begun.headers["content-security-policy"] == whole.headers["content-security-policy"]
    assert TALLY.sub("", begun.text) == TALLY.sub("", whole.text)
    assert begun.text.count("<html") == begun.text.count("</html>") == 1


def test_what_is_made_in_time_is_sent_whole(fresh: TestClient, shelf: Filled) -> None:
    fresh.get(f"/a/{shelf.harbour}/v0..v2")
    assert "etag" in fresh.get(f"/a/{shelf.harbour}/v0..v1").headers


def test_the_headline_is_there_before_the_comparison_is(
    slow: threading.Event, shelf: Filled
) -> None:
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    parts = parts_of(app, f"/a/{shelf.harbour}/v0..v1", after_first=slow.set)
    assert b"21 hurt as harbour crane falls" in parts[0] and b'class="views"' in parts[0]
    assert b'<p class="sum"' not in parts[0] and b'<p class="sum"' in b"".join(parts[1:])


def test_a_long_comparison_gives_its_head_itself_before_it_compares(
    shelf: Filled, monkeypatch: Any
) -> None:
    ready, compared = threading.Event(), Readings.compared

    def late(*given: Any) -> Any:
        ready.wait(20)
        return compared(*given)

    monkeypatch.setattr(Readings, "compared", late)
    monkeypatch.setattr(early, "_PATIENCE", 20)
    monkeypatch.setattr(compare, "_LONG", 0)
    monkeypatch.setattr(routing, "_opening", lambda *_: pytest.fail("begun beside the page"))
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    path = f"/a/{shelf.harbour}/v0..v1"
    parts = parts_of(app, path, after_first=ready.set)
    assert b"21 hurt as harbour crane falls" in parts[0] and b'<p class="sum"' not in parts[0]
    whole = TestClient(app).get(path)
    assert TALLY.sub("", b"".join(parts).decode()) == TALLY.sub("", whole.text)
    assert "etag" in whole.headers


def test_twins_of_a_long_comparison_are_sent_whole(
    fresh: TestClient, monkeypatch: Any, shelf: Filled
) -> None:
    monkeypatch.setattr(compare, "_LONG", 0)
    answer = fresh.get(f"/a/{shelf.harbour}/v0..v1.json")
    assert "etag" in answer.headers and answer.json()["article"]["id"] == shelf.harbour


@pytest.mark.parametrize("path", ["/a/99999/v0..v1", "/a/1/v0..v99", "/a/1/v1..v1"])
def test_a_page_that_is_none_is_told_with_its_status(
    fresh: TestClient, monkeypatch: Any, path: str
) -> None:
    monkeypatch.setattr(early, "_PATIENCE", 0)
    assert fresh.get(path).status_code == 404


def test_what_breaks_after_the_beginning_is_said_where_the_rest_would_stand(
    fresh: TestClient, slow: threading.Event, monkeypatch: Any, shelf: Filled
) -> None:
    def broken(*_: Any) -> None:
        slow.wait(20)
        raise RuntimeError("a test")

    monkeypatch.setattr(Readings, "compared", broken)
    answer = fresh.get(f"/a/{shelf.harbour}/v0..v1")
    assert "21 hurt as harbour crane falls" in answer.text
    assert answer.text.endswith("</html>") and "our fault, not yours" in answer.text


def test_comparisons_that_take_long_keep_no_other_page_waiting(
    shelf: Filled, monkeypatch: Any
) -> None:
    """As many as may be made at once, and more that wait for their turn: none of these is begun."""
    ready = threading.Event()
    compared, openings = Readings.compared, []

    def late(*given: Any) -> Any:
        ready.wait(20)
        return compared(*given)

    monkeypatch.setattr(Readings, "compared", late)
    monkeypatch.setattr(early, "_PATIENCE", 20)
    monkeypatch.setattr(routing, "_opening", lambda *_: openings.append(1))
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    pairs = ["v0..v1", "v0..v2", "v1..v2", "v0..v1?view=side", "v0..v2?view=side"]

    async def ask() -> list[int]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            paths = [f"/a/{shelf.harbour}/{pair}" for pair in pairs]
            tasks = [asyncio.create_task(client.get(path)) for path in paths]
            await asyncio.sleep(0.2)
            front = await asyncio.wait_for(client.get("/"), 20)
            assert not any(task.done() for task in tasks)
            ready.set()
            return [front.status_code, *(one.status_code for one in await asyncio.gather(*tasks))]

    assert asyncio.run(ask()) == [200] * 6
    assert not openings
