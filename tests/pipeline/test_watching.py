"""Watching sources that misbehave: recorded as what they are, and nothing else stopped."""

from __future__ import annotations

import ssl
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import text
from starlette.testclient import TestClient
from warcio.archiveiterator import ArchiveIterator
from watched_world import Handler, World, feed, html, story

from variorum.bootstrap import capture_path, open_archive
from variorum.cli import main
from variorum.model import Outcome, SourceKind
from variorum.pipeline.damage import damage_told
from variorum.pipeline.replay import replay
from variorum.store.errors import DamagedError
from variorum.web import create_app
from variorum.web.pages.sources import state


def test_a_figure_revised_between_two_looks_is_a_version(world: World) -> None:
    world.site.pages = {
        "/feed": feed("/news/bridge-closed-1"),
        "/news/bridge-closed-1": story("12"),
    }
    world.look()
    world.site.pages["/news/bridge-closed-1"] = story("21")
    world.look()
    article, captures = world.article("/news/bridge-closed-1")
    assert article.versions == 2
    assert [c.version for c in captures] == [0, 1]
    assert article.next_check is not None
    assert article.next_reason


def test_an_unchanged_page_is_asked_for_conditionally(world: World) -> None:
    def page(request: web.Request) -> web.StreamResponse:
        if request.headers.get("If-None-Match") == '"a"':
            return web.Response(status=304)
        return story("12", headers={"ETag": '"a"'})(request)

    world.site.pages = {"/feed": feed("/news/bridge-closed-1"), "/news/bridge-closed-1": page}
    world.look(2)
    _, captures = world.article("/news/bridge-closed-1")
    assert [str(c.outcome) for c in captures] == ["ok", "unmodified"]
    assert [c.version for c in captures] == [0, 0]


def test_a_304_that_is_not_true_is_not_believed_for_ever(world: World) -> None:
    path = "/news/bridge-closed-1"
    told = {"hurt": "12"}

    def page(request: web.Request) -> web.StreamResponse:
        if "If-None-Match" in request.headers:
            return web.Response(status=304)
        return story(told["hurt"], headers={"ETag": '"the same for ever"'})(request)

    world.site.pages = {"/feed": feed(path), path: page}
    world.look()
    told["hurt"] = "21"
    world.look(2, every=timedelta(days=3))
    assert world.article(path)[0].versions == 1
    world.look(every=timedelta(days=3))
    assert world.article(path)[0].versions == 2


def test_a_304_to_a_question_without_condition_is_asked_again(world: World) -> None:
    path = "/news/bridge-closed-1"
    answers = iter([web.Response(status=304), None])
    world.site.pages = {
        "/feed": feed(path),
        path: lambda request: next(answers, None) or story("12")(request),
    }
    world.look()
    article, captures = world.article(path)
    assert article.versions == 1 and captures[0].status == 200


def test_a_stale_copy_after_the_new_text_is_a_return_not_a_new_text(world: World) -> None:
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path), path: story("12")}
    for hurt in ("12", "21", "12", "21"):
        world.site.pages[path] = story(hurt)
        world.look()
    with open_archive(world.place, read_only=True) as archive, archive.read() as records:
        versions = records.versions(1)
    assert [v.same_as for v in versions] == [None, None, 0, 1]


def test_a_damaged_text_is_named_and_restored_from_its_capture(world: World) -> None:
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path), path: story("12")}
    world.look()
    world.site.pages[path] = story("21")
    world.look()
    with open_archive(world.place) as archive:
        with archive.write() as records:
            body = records.db.execute(text("SELECT body FROM version WHERE number = 1")).scalar()
            assert body is not None
            bad = bytes([*body[:-9], body[-9] ^ 1, *body[-8:]])
            records.db.execute(text("UPDATE version SET body = :b WHERE number = 1"), {"b": bad})
        with archive.read() as records, pytest.raises(DamagedError):
            records.versions(1)
        with capture_path(archive) as steps, archive.write() as records:
            replay(steps, records, 1)
        with archive.read() as records:
            assert "21 people were hurt" in records.versions(1)[1].document.text


def test_a_deleted_story_and_its_return_are_recorded(world: World) -> None:
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path), path: story("12")}
    world.look()
    world.site.pages[path] = lambda _: web.Response(status=410)
    world.look()
    assert world.article(path)[0].state == "gone"
    world.site.pages[path] = story("12")
    world.look()
    article, captures = world.article(path)
    assert article.state == "watching"
    assert [str(c.outcome) for c in captures] == ["ok", "gone", "ok"]
    assert article.versions == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (html("<p>Welcome to our new site</p>"), "feed"),
        (lambda _: web.Response(status=404), "404"),
        (lambda _: web.Response(status=403), "403"),
        (lambda _: web.Response(status=500), "500"),
        (lambda _: web.Response(text="<rss><channel><item>", content_type="text/xml"), ""),
        (lambda _: web.Response(text="", content_type="application/rss+xml"), ""),
        (lambda r: web.Response(status=302, headers={"Location": r.path}), "redirect"),
    ],
)
def test_a_broken_feed_is_told_on_the_source_and_stops_nothing_else(
    world: World, answer: Handler, words: str
) -> None:
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path), path: story("12")}
    world.look()
    assert world.source().health == "ok"
    world.site.pages = {"/feed": answer, path: story("21")}
    [done] = world.look()
    assert done.failures
    assert words in world.source().health
    assert "\n" not in world.source().health
    assert world.source().failures == 1
    assert world.article(path)[0].versions == 2


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (html("<div><div>Loading …</div></div>"), ("5 of the 5", "could not be read", "--render")),
        (lambda _: web.Response(status=403), ("5 of the 5", "refused", "ask the publisher")),
        (lambda _: web.Response(status=404), ("5 of the 5", "are gone", "new address")),
        (lambda _: web.Response(status=402), ("5 of the 5", "paywall", "pause the source")),
    ],
    ids=["rebuilt", "blocked", "gone", "paywall"],
)
def test_a_source_whose_articles_break_is_shown_as_such_at_its_next_look(
    world: World, answer: Handler, words: tuple[str, ...]
) -> None:
    paths = [f"/news/bridge-closed-{n}" for n in range(5)]
    world.site.pages = {
        "/feed": feed(*paths),
        **{path: story(str(n)) for n, path in enumerate(paths, 12)},
    }
    world.look(2)
    assert world.source().health == "ok"
    world.site.pages |= dict.fromkeys(paths, answer)
    world.look(2)
    source = world.source()
    assert all(word in source.health for word in words), source.health
    assert "\n" not in source.health and source.failures == 0
    assert state(source) == "ill"
    world.site.pages |= {path: story(str(n)) for n, path in enumerate(paths, 12)}
    world.look(2)
    assert world.source().health == "ok" and state(world.source()) == "well"


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (lambda _: web.Response(status=502), Outcome.FAILED),
        (lambda _: web.Response(status=403), Outcome.BLOCKED),
        (lambda _: web.Response(status=404), Outcome.GONE),
        (lambda r: web.Response(status=302, headers={"Location": r.path}), Outcome.FAILED),
        (lambda _: web.Response(body=b"", content_type="text/html"), None),
        (html("<p></p>"), None),
        (lambda _: web.Response(body=b"\x00\xff" * 5000, content_type="text/html"), None),
        (lambda _: web.Response(body=b"<p>x" * 6_000_000, content_type="text/html"), None),
        (lambda _: web.Response(body=b"%PDF-1.7", content_type="application/pdf"), None),
    ],
)
def test_whatever_a_page_answers_the_story_that_was_there_is_kept(
    world: World, answer: Handler, outcome: Outcome | None
) -> None:
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path, "/news/other-story-2"), path: story("12")}
    world.site.pages["/news/other-story-2"] = story("7")
    world.look()
    world.site.pages[path] = answer
    world.look()
    article, captures = world.article(path)
    assert article.versions == 1, captures[-1]
    assert captures[-1].outcome is not Outcome.OK
    assert captures[-1].reason
    if outcome is not None:
        assert captures[-1].outcome is outcome
    assert len(world.article("/news/other-story-2")[1]) == 2
    world.site.pages[path] = story("12")
    world.look()
    assert world.article(path)[0].versions == 1


def _saved_badly(body: str) -> Handler:
    """A story as an editor's tool saves it that writes what it cannot read as replacement marks."""
    return html(
        f"<main><article><h1>Café reopens after fire</h1><p>{body}</p><p>The owners said on Monday"
        " that the kitchen had been rebuilt within six weeks, with the help of the neighbours.</p>"
        "<p>Nobody was hurt when it burned down in the spring.</p></article></main>"
    )


def test_a_text_that_lost_characters_says_so_wherever_its_captures_are_listed(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    path, sound, misread = "/news/cafe-1", "/news/bridge-2", "/news/rue-3"
    body = "Le caf� de la rue du Port a rouvert ses portes lundi apr�s six semaines."
    worse = "Le caf� de la rue du Port a rouvert ses portes mardi apr�s six semaines."
    wrong = "Le café « du Port » a rouvert, après six semaines de travaux.".encode()
    world.site.pages = {
        "/feed": feed(path, sound, misread),
        path: _saved_badly(body),
        sound: story("12"),
        misread: _saved_badly(f"L’été : {wrong.decode('cp1252', 'ignore')}"),
    }
    [first] = world.look()
    assert [line.partition(": ")[2] for line in sorted(first.damaged)] == [
        "2 characters of its text were lost to a wrong charset",
        "its text was misread in a wrong charset",
    ]
    world.look()  # the same page: not read anew, and as damaged as it was
    world.site.pages[path] = _saved_badly(worse)
    assert len(world.look()[0].damaged) == 2
    article, captures = world.article(path)
    assert [c.outcome for c in captures] == [Outcome.OK] * 3
    assert article.versions == 2
    told = "2 characters of its text were lost to a wrong charset"
    assert [damage_told(c) for c in captures] == [told] * 3
    assert not any(map(damage_told, world.article(sound)[1]))
    with open_archive(world.place, read_only=True) as archive:
        client = TestClient(create_app(archive, clock=world.clock))
        page = client.get(f"/a/{article.id}", headers={"Host": "localhost"}).text
        assert f"Damaged: {told}." in page
        assert told in client.get(f"/a/{article.id}/v1", headers={"Host": "localhost"}).text
    for options in ([], ["--json"]):
        with pytest.raises(SystemExit):
            main(["log", str(article.id), "--archive", str(world.place), *options])
        assert capsys.readouterr().out.count(told) == 3


def test_a_paywall_a_request_for_consent_and_a_page_gone_are_told_apart_from_failures(
    world: World,
) -> None:
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path), path: story("12")}
    assert world.look()[0].walls == []
    world.site.pages[path] = lambda _: web.Response(status=402, text="Subscribe")
    [done] = world.look()
    assert done.failures == [] and done.to_dict()["walls"] == [
        f"{world.base}{path}: the server asks for payment (402)"
    ]
    consent = (
        "<h1>Before you continue</h1><p>We and our partners use cookies.</p><button>Accept all"
    )
    world.site.pages[path] = html(f"<form>{consent}</button></form>")
    [done] = world.look()
    assert len(done.walls) + len(done.failures) == 1
    world.site.pages[path] = lambda _: web.Response(status=500)
    [done] = world.look()
    assert len(done.failures) == 1 and done.walls == []
    world.site.pages[path] = lambda _: web.Response(status=404)
    [done] = world.look()
    assert done.failures == done.walls == [] and len(done.gone) == 1
    world.site.pages[path] = html("<h1>Page not found</h1><p>We could not find that page.</p>")
    [done] = world.look()
    assert done.failures == done.walls == [] and done.gone[0].startswith(f"{world.base}{path}: ")


def test_an_unreachable_host_is_a_failure_with_a_line(world: World) -> None:
    world.site.pages = {"/feed": feed("/news/bridge-closed-1")}
    world.look()
    with open_archive(world.place) as archive, archive.write() as records:
        records.add_source("http://no-such-host.invalid/feed", SourceKind.FEED, None, world.clock())
    world.look()
    with open_archive(world.place, read_only=True) as archive, archive.read() as records:
        health = records.sources()[1].health
    assert "no-such-host.invalid" in health


def test_an_article_in_a_language_that_nobody_wants_is_known_and_left_out(world: World) -> None:
    def told_as(language: str) -> Handler:
        def answer(request: web.Request) -> web.Response:
            page = story("12")(request)
            assert isinstance(page, web.Response) and page.text
            told = page.text.replace("<html lang='en'>", f"<html {language}>")
            return web.Response(text=told, content_type="text/html")

        return answer

    english, german, mute = "/news/bridge-closed-1", "/news/bruecke-gesperrt-2", "/news/bridge-3"
    world.site.pages = {"/feed": feed()}
    world.look()
    with open_archive(world.place) as archive, archive.write() as records:
        records.update_source(1, wanted={"languages": ["en"]})
    world.site.pages = {
        "/feed": feed(english, german, mute),
        english: told_as("lang='en-GB'"),
        german: told_as("lang='de'"),
        mute: told_as(""),
    }
    world.look(2)
    article, captures = world.article(german)
    assert (article.versions, article.state, article.next_check) == (0, "paused", None)
    assert article.next_reason == "left out: its language (de) is none of those asked for (en)"
    assert [c.outcome for c in captures] == [Outcome.OK]
    assert world.article(english)[0].versions == world.article(mute)[0].versions == 1


def test_a_source_is_read_despite_its_certificate_only_where_somebody_chose_so(
    world: World, tmp_path: Path
) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    world.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    world.tls.load_cert_chain(certificate, key)
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path, scheme="https"), path: story("12")}
    world.look()
    assert not world.site.asked and "certificate" in world.source().health

    with open_archive(world.place) as archive, archive.write() as records:
        records.update_source(1, untrusted=True)
    world.clock.advance(days=2)
    world.look()
    article, [capture] = world.article(path)
    assert article.versions == 1
    assert "self" in capture.details["untrusted"]
    [warc] = (world.place / "warc").glob("*.warc.gz")
    with warc.open("rb") as opened:
        told = [
            r.content_stream().read() for r in ArchiveIterator(opened) if r.rec_type == "metadata"
        ]
    assert any(b"tlsUntrusted: self" in one for one in told)
    with open_archive(world.place, read_only=True) as archive:
        client = TestClient(create_app(archive, clock=world.clock), "http://localhost")
        assert "certificate not trusted" in client.get(f"/a/{article.id}/v0").text
        assert "may come from somebody else" in client.get("/sources/1").text


def test_a_text_that_upsets_the_rules_for_claims_is_kept_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def upset(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("variorum.pipeline.path.compare_claims", upset)
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path), path: story("12")}
    world.look()
    world.site.pages[path] = story("21")
    [done] = world.look()
    article, captures = world.article(path)
    assert (article.versions, done.failures) == (2, [])
    assert captures[-1].version == 1
    told = f"version 1 of article {article.id} upsets the rules for claims: list index out of range"
    assert told in caplog.text


def test_one_page_that_upsets_the_archive_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = "/news/bridge-closed-1", "/news/upsetting-story-2"
    world.site.pages = {"/feed": feed(good, bad), good: story("12"), bad: story("66")}
    from variorum.pipeline import path as whole

    real = whole.decide

    def upset(page: object, *rest: object) -> object:
        if "66 people" in page.document.text:  # type: ignore[attr-defined]
            raise RuntimeError("upset")
        return real(page, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(whole, "decide", upset)
    [done] = world.look()
    assert any("upset" in line for line in done.failures)
    assert world.article(good)[0].versions == 1
    article, captures = world.article(bad)
    assert (article.versions, captures) == (0, [])
    assert "failed" in article.next_reason
