"""Hubs that say when a list has news: asked, asking back, pinging; and all that can go wrong."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hub_server import Hub, got, serving
from starlette.testclient import TestClient

from variorum.bootstrap import open_archive
from variorum.model import Discovered, Fetched, Source, SourceKind
from variorum.pipeline.listing import Looked
from variorum.pipeline.planning import plan_source
from variorum.pipeline.websub import Subscriber, base_of, post_form, subscription_of
from variorum.pipeline.websub.subscriber import HubError
from variorum.pipeline.websub.subscription import State, Subscription
from variorum.stages.fetch import Guard
from variorum.stages.watch import discover
from variorum.store.archive import Archive
from variorum.web import create_app

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
HUB, FEED = "https://hub.example.net/", "https://news.example.org/feed"
LOOKED = Looked(SourceKind.FEED, (Discovered("https://news.example.org/a"),), hub=HUB, topic=FEED)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Desk:
    """An archive with one source, its subscriber and its pages; the hub is what ``answer`` says."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.clock = Clock()
        self.forms: list[Mapping[str, str]] = []
        self.answer: tuple[int, str] | HubError = (202, "")
        self.subscriber = Subscriber(archive, self._post, "https://pages.example", self.clock)
        app = create_app(archive, clock=self.clock, allowed_hosts=("testserver",))
        self.pages = TestClient(app)
        with archive.write() as records:
            self.number = records.add_source(FEED, SourceKind.FEED, None, NOON).id
        self.look()

    async def _post(self, url: str, form: Mapping[str, str]) -> tuple[int, str]:
        self.forms.append(form)
        if isinstance(self.answer, HubError):
            raise self.answer
        return self.answer

    def look(self, looked: Looked = LOOKED) -> None:
        with self.archive.write() as records:
            source = records.source(self.number)
            assert source is not None
            plan_source(records, source, looked, self.clock())

    def ask(self) -> int:
        return asyncio.run(self.subscriber.look())

    def callback(self) -> str:
        return self.forms[-1]["hub.callback"].removeprefix("https://pages.example")

    def confirm(self, **other: str) -> int:
        asked = {"hub.mode": "subscribe", "hub.topic": FEED, "hub.challenge": "abc"}
        asked |= {"hub.lease_seconds": "86400", **{f"hub.{k}": v for k, v in other.items()}}
        answer = self.pages.get(self.callback(), params=asked)
        if answer.status_code == 200 and asked["hub.mode"] == "subscribe":
            assert answer.text == asked["hub.challenge"]
            assert answer.headers["content-type"].startswith("text/plain")
        return answer.status_code

    def ping(self, body: bytes = b"news", method: str = "sha256", key: str | None = None) -> int:
        made = hmac.new(
            (key or self.forms[-1]["hub.secret"]).encode(), body, getattr(hashlib, method)
        )
        headers = {"X-Hub-Signature": f"{method}={made.hexdigest()}"} if method != "md5" else {}
        return self.pages.post(self.callback(), content=body, headers=headers).status_code

    @property
    def source(self) -> Source:
        with self.archive.read() as records:
            found = records.source(self.number)
        assert found is not None
        return found

    @property
    def next_look(self) -> timedelta:
        with self.archive.read() as records:
            due = records.next_look_at(self.number)
        assert due is not None
        return due - self.clock()

    @property
    def state(self) -> Subscription:
        with self.archive.read() as records:
            found = subscription_of(records, self.number)
        assert found is not None
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_archive(tmp_path / "archive") as archive:
        yield Desk(archive)


def test_a_hub_is_asked_asks_back_and_is_believed_from_then_on(desk: Desk) -> None:
    assert desk.next_look == timedelta(minutes=5)
    assert desk.ask() == 1
    form = desk.forms[0]
    assert (form["hub.mode"], form["hub.topic"]) == ("subscribe", FEED)
    assert len(form["hub.secret"]) >= 32
    assert desk.confirm() == 200
    assert desk.state.active
    desk.look()
    assert desk.next_look == timedelta(minutes=30)
    assert desk.source.health == "ok"
    page = desk.pages.get(f"/sources/{desk.number}")
    assert "tells us when it has news" in page.text
    assert form["hub.secret"] not in page.text
    told = desk.pages.get(f"/sources/{desk.number}.json")
    assert told.json()["websub"]["state"] == "active"
    assert form["hub.secret"] not in told.text


def test_a_ping_makes_the_look_due_at_once_and_one_more_a_minute_later(desk: Desk) -> None:
    desk.ask()
    desk.confirm()
    desk.look()
    desk.clock.now += timedelta(minutes=10)
    assert desk.ping() == 202
    assert desk.next_look == timedelta(0)
    desk.clock.now += timedelta(seconds=2)
    desk.look()
    assert desk.next_look == timedelta(minutes=1)
    desk.clock.now += timedelta(minutes=1)
    desk.look()
    assert desk.next_look == timedelta(minutes=30)
    assert desk.state.pings == 1


@pytest.mark.parametrize(("method", "key"), [("sha256", "guessed"), ("sha1", None), ("md5", None)])
def test_a_ping_without_a_good_signature_is_thanked_for_and_does_nothing(
    desk: Desk, method: str, key: str | None
) -> None:
    desk.ask()
    desk.confirm()
    desk.look()
    assert desk.ping(method=method, key=key) == 202
    assert desk.next_look == timedelta(minutes=30)
    assert (desk.state.pings, desk.state.unproven) == (0, 1)


def test_a_hub_that_never_signs_as_asked_is_not_counted_on(desk: Desk) -> None:
    desk.ask()
    desk.confirm()
    for _ in range(3):
        desk.ping(method="sha1")
    assert "does not sign with SHA-256" in desk.source.health
    desk.look()
    assert desk.next_look == timedelta(minutes=5)
    desk.ping()
    desk.look()
    assert desk.source.health == "ok"


def test_only_what_was_asked_for_is_confirmed_and_nobody_else_may_ping(desk: Desk) -> None:
    desk.ask()
    right = desk.callback()
    assert desk.ping() == 410  # before it was confirmed
    assert desk.confirm(topic="https://other.example/feed") == 404
    assert desk.confirm(mode="unsubscribe") == 404
    assert desk.confirm(challenge="x" * 5_000) == 404
    assert desk.pages.get(right[:-3] + "xyz").status_code == 404
    assert desk.pages.post(right[:-3] + "xyz", content=b"").status_code == 410
    assert desk.pages.post("/websub/999/abc", content=b"").status_code == 410
    assert desk.pages.get("/websub/999/abc").status_code == 404
    assert desk.confirm() == 200
    assert desk.confirm(lease_seconds="9999999") == 404  # confirmed once, and not asked again
    assert desk.pages.post(right, content=b"x" * (9 << 20)).status_code == 413
    assert desk.pages.post("/changes", content=b"").status_code == 405


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (
            (403, "no such\ntopic <here>"),
            "its hub refuses a subscription (403: no such topic <here>)",
        ),
        ((500, ""), "its hub refuses a subscription (500)"),
        (HubError("no answer"), "its hub cannot be asked (no answer)"),
    ],
)
def test_a_hub_that_refuses_leaves_the_source_to_the_clock_and_its_health_says_so(
    desk: Desk, answer: tuple[int, str] | HubError, line: str
) -> None:
    desk.answer = answer
    desk.ask()
    assert desk.source.health == f"it answers; {line}, so it is looked at by the clock"
    desk.look()
    assert desk.next_look == timedelta(minutes=5)
    assert line in desk.source.health
    assert "looked at by the clock" in desk.pages.get(f"/sources/{desk.number}").text
    french = desk.pages.get(f"/sources/{desk.number}", headers={"Accept-Language": "fr"}).text
    assert "looked at by the clock" not in french
    assert desk.ask() == 0
    desk.clock.now += timedelta(hours=1)
    desk.answer = (202, "")
    assert desk.ask() == 1
    assert desk.confirm() == 200
    assert desk.source.health == "ok"


def test_a_hub_that_does_not_reach_us_is_named_and_asked_again_ever_more_seldom(desk: Desk) -> None:
    pauses = []
    for _ in range(3):
        assert desk.ask() == 1
        desk.clock.now += timedelta(minutes=10)
        assert desk.ask() == 0
        assert desk.state.state is State.FAILED
        assert desk.state.again is not None
        pauses.append(desk.state.again - desk.clock.now)
        desk.clock.now = desk.state.again
    assert pauses == [timedelta(hours=1), timedelta(hours=2), timedelta(hours=4)]
    assert "does not reach us to confirm" in desk.source.health


def test_a_hub_may_deny_afterwards(desk: Desk) -> None:
    desk.ask()
    assert desk.confirm(mode="denied", reason="over the limit") == 200
    assert "refuses a subscription (over the limit)" in desk.source.health


def test_a_lease_is_renewed_before_it_ends_and_pings_count_meanwhile(desk: Desk) -> None:
    desk.ask()
    desk.confirm()
    first = desk.callback()
    desk.clock.now += timedelta(hours=21)
    assert desk.ask() == 0
    desk.clock.now += timedelta(hours=1)
    assert desk.ask() == 1
    assert desk.callback() == first
    assert desk.ping() == 202
    assert desk.state.pings == 1
    assert desk.confirm() == 200
    assert desk.state.until == desk.clock.now + timedelta(days=1)


def test_a_lease_that_is_not_renewed_ends_and_the_clock_takes_over(desk: Desk) -> None:
    desk.ask()
    desk.confirm()
    desk.answer = HubError("no answer")
    for _ in range(20):
        desk.clock.now += timedelta(minutes=11)
        desk.ask()
    assert desk.state.active
    desk.clock.now = NOON + timedelta(days=1, minutes=10)
    desk.ask()
    desk.look()
    assert not desk.state.active
    assert desk.next_look == timedelta(minutes=5)
    assert "looked at by the clock" in desk.source.health


def test_a_list_that_names_no_hub_any_more_ends_it(desk: Desk) -> None:
    desk.ask()
    desk.confirm()
    desk.look(Looked(SourceKind.FEED, LOOKED.items, unmodified=True))
    assert desk.state.active  # an answer without content says nothing of it
    desk.look(Looked(SourceKind.FEED, LOOKED.items))
    with desk.archive.read() as records:
        assert subscription_of(records, desk.number) is None
    assert desk.ping() == 410
    assert desk.next_look == timedelta(minutes=5)


def test_a_source_that_is_removed_or_paused_is_not_asked_for(desk: Desk) -> None:
    with desk.archive.write() as records:
        records.update_source(desk.number, paused=True)
    assert desk.ask() == 0
    with desk.archive.write() as records:
        records.remove_source(desk.number)
    desk.clock.now += timedelta(hours=2)
    assert desk.ask() == 0
    with desk.archive.read() as records:
        assert records.settings("websub:") == {}


@pytest.mark.parametrize(
    "headers",
    [
        (("Link", '<https://h.example/>; rel="hub", <https://n.example/f>; rel="self"'),),
        (("link", "<https://h.example/>; rel=hub"), ("Link", "<https://n.example/f>; rel=self")),
    ],
)
def test_a_hub_in_the_headers_goes_before_one_in_the_list(
    headers: tuple[tuple[str, str], ...],
) -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>
    <link rel="hub" href="https://other.example/"/>
    <entry><title>A</title><link href="https://n.example/a"/></entry></feed>"""
    url = "https://n.example/feed"
    listing = discover(Fetched(url, NOON, url, 200, headers, body), SourceKind.FEED)
    assert (listing.hub, listing.topic) == ("https://h.example/", "https://n.example/f")


def test_where_hubs_cannot_reach_the_pages_none_is_asked() -> None:
    strict = Guard()
    assert base_of(None, "127.0.0.1", 8080, strict) is None
    assert base_of(None, "0.0.0.0", 8080, strict) is None
    assert base_of(None, "10.1.2.3", 8080, strict) is None
    assert base_of("https://news.example.org/", "127.0.0.1", 8080, strict) == (
        "https://news.example.org"
    )
    assert base_of(None, "127.0.0.1", 8080, Guard(allow_loopback=True)) == "http://127.0.0.1:8080"


@pytest.mark.parametrize(
    "hub", ["http://127.0.0.1:9/", "http://10.0.0.1/", "http://2130706433/", "ftp://h.example/"]
)
def test_a_hub_is_under_the_same_guard_as_everything_else(hub: str) -> None:
    with pytest.raises(HubError):
        asyncio.run(post_form(hub, {"hub.mode": "subscribe"}, Guard()))


def test_a_hub_that_leads_into_the_house_is_not_followed() -> None:
    class Leading(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(307)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Leading) as server:
        threading.Thread(target=server.handle_request).start()
        hub = f"http://127.0.0.1:{server.server_address[1]}/"
        with pytest.raises(HubError, match="link-local"):
            asyncio.run(post_form(hub, {}, Guard(allow_loopback=True)))


def test_the_whole_of_it_with_a_real_hub_and_real_pages(tmp_path: Path) -> None:
    """``variorum up`` on loopback: subscribed within seconds, and a story found by a ping long before
    the clock would have looked."""
    with serving(Hub(names="header")) as hub, up(tmp_path / "archive", hub.feed) as pages:
        until(lambda: hub.answers)
        assert hub.answers == [(200, "echo-this")]
        assert hub.forms[0]["hub.callback"].startswith(f"{pages}/websub/")
        until(lambda: hub.looks("/news/first-story"))
        looks = hub.looks()
        hub.stories.append("second-story")
        assert hub.ping(signed="") == 202
        assert hub.ping(signed="sha1") == 202
        assert hub.ping(secret="guessed") == 202
        time.sleep(1.5)
        assert hub.looks() == looks
        begun = time.monotonic()
        assert hub.ping() == 202
        until(lambda: hub.looks("/news/second-story"))
        assert time.monotonic() - begun < 20
        told = got(f"{pages}/sources/1.json")[1]
        assert '"state": "active"' in told or '"state":"active"' in told


class up:  # noqa: N801  (reads as what it is)
    """``variorum up`` until the block ends; gives its address."""

    def __init__(self, place: Path, feed: str) -> None:
        command = [sys.executable, "-m", "variorum.cli", "--archive", place, "up", feed]
        self.process = subprocess.Popen(
            [*command, "--port", "0", "--allow-loopback"],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )

    def __enter__(self) -> str:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            found = re.search(r"http://127\.0\.0\.1:\d+", line)
            if found and "Variorum is at" in line:
                return found[0]
        raise AssertionError("it did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.communicate(timeout=60)


def until(ready: object, seconds: float = 60) -> None:
    assert callable(ready)
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)
