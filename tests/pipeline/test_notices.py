"""Changes told elsewhere: which, at least once, in order, and again where it failed."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from variorum.bootstrap import open_archive
from variorum.model import Change, Document, Lead
from variorum.pipeline.notices import Notifier, Wanted, fits, message
from variorum.pipeline.senders import (
    SIGNATURE,
    Message,
    UndeliveredError,
    _post,
    complaint,
    send,
)
from variorum.stages.claims import compare_claims
from variorum.stages.collate import collate_documents
from variorum.stages.fetch import Guard
from variorum.store.archive import Archive
from variorum.store.notice_records import Rule, Search

NOW = datetime(2025, 3, 12, 6, 0, tzinfo=UTC)
RULE = Rule("all", "https://hook.example/secret", "s3cret", "http://here.example", reached=NOW)


def change(hour: float = 1.0, **rest: Any) -> Change:
    told: dict[str, Any] = {
        "article": 1,
        "old": 0,
        "new": 1,
        "kinds": ("figure", "headline"),
        "weight": 0.5,
        "announced": False,
        "meaningful": True,
        "headline_old": "12 hurt",
        "headline_new": "21 hurt as crane falls",
        "lead": Lead("figure", "12", "21", "“12 people” became “21 people”"),
        "host": "bell.example",
    }
    return Change(time=NOW + timedelta(hours=hour), **{**told, **rest})


@pytest.mark.parametrize(
    ("rule", "other", "wanted"),
    [
        ({}, {}, True),
        ({"kinds": ("quote", "figure")}, {}, True),
        ({"kinds": ("quote",)}, {}, False),
        ({"weight": 0.5}, {}, True),
        ({"weight": 0.6}, {}, False),
        ({"host": "bell.example"}, {}, True),
        ({"host": "other.example"}, {}, False),
        ({"words": "Crane PEOPLE"}, {}, True),
        ({"words": "crane ferry"}, {}, False),
        ({"announced": False}, {}, True),
        ({"announced": True}, {}, False),
        ({"announced": False}, {"partly": True}, True),
        ({"announced": True}, {"partly": True}, False),
        ({}, {"meaningful": False}, False),
        ({}, {"headline_new": None, "headline_old": None, "lead": None}, True),
    ],
)
def test_a_rule_asks_for_changes(rule: dict[str, Any], other: dict[str, Any], wanted: bool) -> None:
    assert fits(replace(RULE, **rule), change(**other)) is wanted


def test_changes_from_before_the_rule_and_histories_made_anew_are_not_told() -> None:
    assert not fits(RULE, change(-1.0))
    assert not fits(replace(RULE, reached=NOW + timedelta(days=1)), change(2.0))
    assert fits(replace(RULE, reached=NOW + timedelta(hours=1)), change(0.95))


def test_a_message_says_what_changed_and_links_to_it() -> None:
    told = message(RULE, [Wanted(change())])
    assert told.title == "21 hurt as crane falls"
    assert "“12 people” became “21 people”" in told.body
    assert "http://here.example/a/1/v0..v1" in told.body
    (one,) = told.data["changes"]
    assert one["href"] == "http://here.example/a/1/v0..v1" and json.dumps(told.data)
    assert message(RULE, [Wanted(change()), Wanted(change())]).title == "2 changes: all"
    assert "bell.example: unannounced, figure" in told.body
    partly = message(RULE, [Wanted(change(partly=True))])
    assert "bell.example: announced in part, figure" in partly.body
    gone = message(RULE, [Wanted(change(old=1, new=1, lead=None))])
    assert "http://here.example/a/1\n" in gone.body + "\n"


class Post:
    """Takes messages, or fails as often as it is told to."""

    def __init__(self, failing: int = 0) -> None:
        self.failing = failing
        self.got: list[Message] = []

    async def __call__(self, target: str, secret: str, told: Message) -> None:
        if self.failing:
            self.failing -= 1
            raise UndeliveredError("the address answered 500")
        self.got.append(told)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive") as opened:
        with opened.write() as records:
            records.add_article("https://bell.example/1", ["bell.example/1"], None, NOW)
            records.add_article("https://bell.example/2", ["bell.example/2"], None, NOW)
            records.add_rule(RULE, NOW)
        yield opened


def add(archive: Archive, *changes: Change) -> None:
    with archive.write() as records:
        for one in changes:
            records.add_change(one)


def rule(archive: Archive) -> Rule:
    with archive.read() as records:
        (found,) = records.rules()
    return found


def test_changes_are_told_once_and_in_order(archive: Archive) -> None:
    post = Post()
    notifier = Notifier(archive, post)
    add(archive, *(change(k, new=k, old=k - 1) for k in range(1, 46)))
    arrived = [asyncio.run(notifier.tell()) for _ in range(5)]
    assert arrived == [1, 1, 1, 0, 0]
    told = [c["new"] for m in post.got for c in m.data["changes"]]
    assert told == list(range(1, 46))
    assert rule(archive).health.startswith("told ")


def test_what_fails_is_tried_again_later_and_survives_a_restart(archive: Archive) -> None:
    now = NOW
    post = Post(failing=2)
    notifier = Notifier(archive, post, lambda: now)
    add(archive, change())
    assert asyncio.run(notifier.tell()) == 0
    assert "failed 1 time in a row: the address answered 500" in rule(archive).health
    assert asyncio.run(notifier.tell()) == 0 and post.failing == 1
    now += timedelta(minutes=2)
    asyncio.run(notifier.tell())
    assert post.failing == 0 and rule(archive).failures == 2
    assert rule(archive).again == now + timedelta(minutes=2)
    now += timedelta(hours=1)
    assert asyncio.run(Notifier(archive, post, lambda: now).tell()) == 1
    assert (rule(archive).failures, rule(archive).again) == (0, None)
    assert len(post.got) == 1


def test_a_rule_that_breaks_does_not_keep_the_others_waiting(archive: Archive) -> None:
    got: list[str] = []

    async def breaking(target: str, secret: str, told: Message) -> None:
        if target == RULE.target:
            raise RuntimeError("broken")
        got.append(target)

    with archive.write() as records:
        records.add_rule(replace(RULE, target="https://other.example/"), NOW)
    add(archive, change())
    assert asyncio.run(Notifier(archive, breaking).tell()) == 1
    assert got == ["https://other.example/"]
    with archive.read() as records:
        assert "RuntimeError" in records.rules()[0].health


def test_paused_rules_and_hidden_articles_tell_nothing(archive: Archive) -> None:
    post = Post()
    notifier = Notifier(archive, post)
    with archive.write() as records:
        records.update_rule(1, paused=True)
    add(archive, change())
    assert asyncio.run(notifier.tell()) == 0
    with archive.write() as records:
        records.hide_article(1, "an order", "ana", NOW)
        records.update_rule(1, paused=False)
    add(archive, change(article=2, new=7))
    assert asyncio.run(notifier.tell()) == 1
    assert [c["new"] for c in post.got[0].data["changes"]] == [7]


def test_numbers_given_again_after_a_history_was_made_anew_are_not_skipped(
    archive: Archive,
) -> None:
    post = Post()
    notifier = Notifier(archive, post)
    add(archive, change(1, article=2, new=1), change(2), change(3, new=2))
    asyncio.run(notifier.tell())
    with archive.write() as records:
        records.forget_changes(1)
    asyncio.run(notifier.tell())
    add(archive, change(9, new=3))
    asyncio.run(notifier.tell())
    assert [c["new"] for m in post.got for c in m.data["changes"]] == [1, 1, 2, 3]


def stand(archive: Archive, article: int, *texts: list[str]) -> None:
    """The sentences of each version of an article, one after the other."""
    with archive.write() as records:
        for number, sentences in enumerate(texts):
            records.index_version(article, number, sentences)


BEFORE = ["The crane fell at dawn.", "Ann Lee said nobody was hurt."]
AFTER = ["The crane fell at dawn.", "Twelve people were hurt, Ann Lee said."]


@pytest.mark.parametrize(
    ("search", "signs"),
    [
        (Search("hurt"), "+-"),
        (Search("hurt", "added"), "+"),
        (Search("hurt", "current"), "+"),
        (Search("hurt", "removed"), "-"),
        (Search("NOBODY"), "-"),
        (Search("nobody", "added"), ""),
        (Search('"twelve people"'), "+"),
        (Search('"people twelve"'), ""),
        (Search("peop* lee"), "+"),
        (Search("nobody twelve"), ""),  # both in one sentence
        (Search("crane"), ""),  # stood before and stands still
    ],
)
def test_a_rule_follows_a_search(archive: Archive, search: Search, signs: str) -> None:
    post = Post()
    with archive.write() as records:
        records.remove_rule(1)
        records.add_rule(replace(RULE, search=search), NOW)
    stand(archive, 1, BEFORE, AFTER)
    stand(archive, 2, ["Nobody was hurt on the ferry."], ["Nobody was hurt on the ferry."])
    add(archive, change(), change(2, article=2))
    assert rule(archive).search == search
    asyncio.run(Notifier(archive, post).tell())
    told = [c for m in post.got for c in m.data["changes"]]
    assert [c["article"] for c in told] == [1] * bool(signs)
    assert [s["sign"] for c in told for s in c["sentences"]] == list(signs)
    if "+" in signs:
        assert "came: Twelve people were hurt, Ann Lee said." in post.got[0].body
    if "-" in signs:
        assert "went: Ann Lee said nobody was hurt." in post.got[0].body


def test_a_search_by_speaker_asks_for_a_claim_that_changed(archive: Archive) -> None:
    post = Post()
    with archive.write() as records:
        records.remove_rule(1)
        for name in ("lee", "100%", "Oto"):
            records.add_rule(replace(RULE, name=name, search=Search("hurt", speaker=name)), NOW)
    stand(archive, 1, BEFORE, AFTER)
    old = Document.build("Crane", ["Ann Lee said that nobody was hurt."], language="en")
    new = Document.build("Crane", ["Ann Lee said that 12 people were hurt."], language="en")
    with archive.write() as records:
        claims = compare_claims(old, new, collate_documents(old, new))
        assert claims
        records.add_claim_changes(1, 1, claims)
    add(archive, change())
    asyncio.run(Notifier(archive, post).tell())
    assert [m.data["rule"]["name"] for m in post.got] == ["lee"]


def test_what_else_a_rule_asks_for_must_hold_of_its_search_too(archive: Archive) -> None:
    post = Post()
    with archive.write() as records:
        records.update_rule(1, search=Search("hurt").to_dict(), host="other.example")
    stand(archive, 1, BEFORE, AFTER)
    add(archive, change(), change(1.5, old=1, new=1), change(1.6, old=None, new=None))
    assert asyncio.run(Notifier(archive, post).tell()) == 0
    with archive.write() as records:
        records.update_rule(1, seen=0, reached=NOW, host="bell.example")
    assert asyncio.run(Notifier(archive, post).tell()) == 1
    assert len(post.got[0].data["changes"]) == 1


def test_what_the_index_finds_is_what_a_rule_finds(archive: Archive) -> None:
    """The index is SQLite's, a rule reads the sentences themselves."""
    sentences = [
        "Café Größe 12.5 o’clock",
        "CAFE noir",
        "naïve İstanbul",
        "a_b co-op",
        "日本 の 橋",
    ]
    stand(archive, 1, [], sentences)
    queries = [
        "cafe",
        "CAFÉ*",
        '"cafe noir"',
        "12",
        "12.5",
        "grosse",
        "größe",
        "naive",
        "co",
        "a b",
    ]
    for query in [
        *queries,
        '"co op"',
        "op co",
        "日本",
        "橋",
        "o’clock",
        "clo*",
        '"a_b"',
        "istanbul",
    ]:
        with archive.read() as records:
            found = {hit.sentence for hit in records.search(query)}
            assert {text for _, text in records.came_and_went(1, 1, query)} == found, query


class _Receiver(BaseHTTPRequestHandler):
    got: list[tuple[str, str, bytes]]
    status = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).got.append((self.path, self.headers[SIGNATURE], body))
        self.send_response(type(self).status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        return


@contextmanager
def receiver(status: int = 204) -> Iterator[tuple[str, type[_Receiver]]]:
    kind = type("Receiver", (_Receiver,), {"got": [], "status": status})
    server = HTTPServer(("127.0.0.1", 0), kind)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", kind
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_webhook_gets_signed_json() -> None:
    told = message(RULE, [Wanted(change(headline_new="Crane “falls”"))])
    with receiver() as (address, kind):
        asyncio.run(send(address, "s3cret", told, Guard(allow_loopback=True)))
    ((path, signature, body),) = kind.got
    assert path == "/hook" and json.loads(body)["changes"][0]["headline_new"] == "Crane “falls”"
    assert signature == "sha256=" + hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_does_not_take_it_is_said_and_not_followed(status: int) -> None:
    with (
        receiver(status) as (address, kind),
        pytest.raises(UndeliveredError, match=f"answered {status}"),
    ):
        asyncio.run(
            send(address, "s", message(RULE, [Wanted(change())]), Guard(allow_loopback=True))
        )
    assert len(kind.got) == 1


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:8080/hook",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "https://user:word@hook.example/",
        "file:///tmp/x",
        "json://10.0.0.1/",
        "syslog://",
        "hook.example",
        "",
    ],
)
def test_nothing_is_sent_into_the_house_or_to_this_machine(target: str) -> None:
    assert complaint(target, Guard()) is not None
    with pytest.raises(UndeliveredError):
        asyncio.run(send(target, "s", message(RULE, [Wanted(change())]), Guard()))


def test_an_address_in_the_house_is_refused_when_connecting_too() -> None:
    """Names resolve to anything: the socket is what counts."""
    with receiver() as (address, kind), pytest.raises(UndeliveredError, match="no answer"):
        asyncio.run(_post(address, "s", message(RULE, [Wanted(change())]), Guard()))
    assert kind.got == []


class _Apprise:
    sent: list[tuple[str, str]]
    fails = False

    def add(self, target: str) -> bool:
        return True

    def notify(self, title: str, body: str) -> bool:
        type(self).sent.append((title, body))
        return not type(self).fails

    @staticmethod
    def instantiate(target: str) -> bool:
        return target.startswith("mailto://")


def test_services_are_reached_through_apprise_where_it_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = type("Fake", (_Apprise,), {"sent": []})
    fake = ModuleType("apprise")
    fake.__spec__ = ModuleSpec("apprise", None)
    fake.Apprise = kind  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "apprise", fake)
    assert complaint("mailto://ana:word@mail.example", Guard()) is None
    assert complaint("nonsense://x", Guard()) == "Apprise does not know such an address"
    told = message(RULE, [Wanted(change())])
    asyncio.run(send("mailto://ana:word@mail.example", "s", told, Guard()))
    assert kind.sent == [(told.title, told.body)]  # type: ignore[attr-defined]
    kind.fails = True  # type: ignore[attr-defined]
    with pytest.raises(UndeliveredError, match="did not take it"):
        asyncio.run(send("mailto://ana:word@mail.example", "s", told, Guard()))


def test_without_apprise_only_webhooks_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.pipeline.senders.find_spec", lambda name: None)
    why = complaint("mailto://ana:word@mail.example", Guard())
    assert why is not None and "variorum[notify]" in why


def test_a_rule_never_shows_what_is_secret_in_its_target() -> None:
    shown = replace(RULE, target="https://ana:word@hook.example/T0K3N").to_dict()["target"]
    assert shown == "https://hook.example/…"
    assert replace(RULE, target="mailto://ana:word@mail.example").shown_target == "mailto://…"
