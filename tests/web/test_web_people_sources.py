"""Editors look after sources: preview, add, pause, interval, remove, OPML in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Self

import pytest
from selectolax.lexbor import LexborHTMLParser
from web_shelf import NOW, fill
from web_staff import Staff, staffed

from variorum.model import Fetched, Rendering, SourceKind
from variorum.pipeline.listing import Looked
from variorum.pipeline.planning import plan_source
from variorum.stages.watch.opml import read_opml
from variorum.web import create_app
from variorum.web.people.tools import Tools

HARBOUR = "https://harbour.example/feed.xml"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The &lt;b&gt;Bell</title>
<item><title>Quay closed &amp; crane down</title><link>https://bell.example/quay</link></item>
<item><title>Ferry late</title><link>https://bell.example/ferry</link></item></channel></rss>"""
ANSWERS = {
    "https://bell.example/feed.xml": (200, "application/rss+xml", FEED),
    "https://bell.example/gone": (404, "text/html", "<h1>gone</h1>"),
}


class FakeFetcher:
    """A network of two addresses."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def get(self, url: str, **_: Any) -> Fetched:
        self.asked.append(url)
        if url not in ANSWERS:
            return Fetched(url, NOW, url, None, error="no answer: it names no host")
        status, kind, body = ANSWERS[url]
        return Fetched(url, NOW, url, status, (("Content-Type", kind),), body.encode())


@pytest.fixture
def network() -> FakeFetcher:
    return FakeFetcher()


@pytest.fixture
def staff(tmp_path_factory: pytest.TempPathFactory, network: FakeFetcher) -> Iterator[Staff]:
    filled = fill(tmp_path_factory.mktemp("sources") / "archive")
    with filled.archive:
        yield staffed(filled, tools=Tools(fetcher=lambda: network))  # type: ignore[arg-type,return-value]


def test_a_source_is_seen_before_it_is_watched(staff: Staff, network: FakeFetcher) -> None:
    editor = staff.visitor("editor")
    shown = editor.post("/sources/preview", url="https://bell.example/feed.xml")
    assert shown.status_code == 200
    page = LexborHTMLParser(shown.text)
    text = page.css_first("main").text()
    assert "2 articles are listed now" in text and "Quay closed & crane down" in text
    assert not page.css("main b")
    assert network.asked == ["https://bell.example/feed.xml"]
    with staff.archive.read() as records:
        assert records.source_by_url("https://bell.example/feed.xml") is None
    form = page.css_first("form[action='/sources']")
    fields = {str(i.attributes["name"]): i.attributes.get("value") or "" for i in form.css("input")}
    added = editor.client.post("/sources", data={**fields, "minutes": "30"})
    assert added.status_code == 303
    with staff.archive.read() as records:
        source = records.source_by_url("https://bell.example/feed.xml")
    assert source is not None and (source.kind, source.every) == (SourceKind.FEED, 1800)
    assert added.headers["location"] == f"/sources/{source.id}"
    again = editor.post("/sources/preview", url="https://bell.example/feed.xml")
    assert "It is already watched" in again.text
    assert editor.client.post("/sources", data=fields).status_code == 409
    act = staff.visitor("nobody").get("/log.json").json()["acts"][0]
    assert (act["kind"], act["source"]) == ("source-added", source.id)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://bell.example/gone", "gone (404)"),
        ("file:///etc/passwd", "no answer"),
        ("<script>", "no answer"),
    ],
)
def test_what_cannot_be_watched_is_said(staff: Staff, url: str, words: str) -> None:
    shown = staff.visitor("editor").post("/sources/preview", url=url)
    page = LexborHTMLParser(shown.text)
    assert words in page.css_first(".note.bad").text()
    assert not page.css("form[action='/sources']") and "<script>" not in page.css_first("main").html


def test_programs_add_pause_resume_and_remove(staff: Staff) -> None:
    program = staff.program("editor")
    told = program.post("/sources/preview", json={"url": "https://bell.example/feed.xml"}).json()
    assert (told["kind"], told["articles"], told["source"]) == ("feed", 2, None)
    done = program.post("/sources", json={"url": told["url"], "kind": told["kind"]})
    number = done.json()["source"]
    assert program.post(f"/sources/{number}/pause").status_code == 200
    assert program.get(f"/sources/{number}.json").json()["paused"] is True
    assert program.post(f"/sources/{number}/resume").status_code == 200
    assert program.get(f"/sources/{number}.json").json()["paused"] is False
    assert program.post(f"/sources/{number}/remove", json={}).status_code == 400
    assert program.post(f"/sources/{number}/remove", json={"reason": "moved"}).status_code == 200
    assert program.get(f"/sources/{number}.json").status_code == 404
    assert program.post(f"/sources/{number}/pause").status_code == 404
    for url in ("ftp://x.example/", "https://user:word@x.example/", "x", "https://"):
        bad = program.post("/sources", json={"url": url, "kind": "feed"})
        assert bad.status_code == 400, url
    bad = program.post("/sources", json={"url": "https://x.example/", "kind": "import"})
    assert bad.status_code == 400


def test_an_interval_is_kept_and_planned_by(staff: Staff) -> None:
    editor = staff.visitor("editor")
    assert editor.post("/sources/1/interval", minutes="45").status_code == 303
    with staff.archive.write() as records:
        source = records.source(1)
        assert source is not None and source.every == 45 * 60
        assert [s.id for s in records.due_sources(NOW)] == [2, 1]
        plan_source(records, source, Looked(source.kind), NOW)
        assert [s.id for s in records.due_sources(NOW + timedelta(minutes=44))] == [2]
        assert 1 in [s.id for s in records.due_sources(NOW + timedelta(minutes=45))]
        plan_source(records, source, Looked(source.kind, problem="no answer"), NOW)
        assert 1 not in [s.id for s in records.due_sources(NOW + timedelta(minutes=45))]
    assert editor.post("/sources/1/interval").status_code == 303
    with staff.archive.read() as records:
        source = records.source(1)
        assert source is not None and source.every is None
    for text in ("0", "-1", "x", "10081", "9" * 40):
        assert editor.post("/sources/1/interval", minutes=text).status_code == 400, text


def test_how_pages_are_read_is_set_shown_and_goes_along(staff: Staff) -> None:
    editor = staff.visitor("editor")
    for wanted in Rendering:
        assert editor.post("/sources/1/rendering", render=str(wanted)).status_code == 303
        assert "as a browser builds them" in editor.get("/sources/1").text
        opml = editor.get("/sources.opml").text
        assert {o.url: o.render for o in read_opml(opml.encode())}[HARBOUR] is wanted
    form = LexborHTMLParser(editor.get("/sources/1/edit").text).css_first("[name=render]")
    assert form.css_first("[selected]").attributes["value"] == "screenshots"
    assert editor.post("/sources/1/rendering", render="sideways").status_code == 400
    assert editor.post("/sources/1/rendering").status_code == 303
    assert "as a browser builds them" not in editor.get("/sources/1").text
    added = editor.post("/sources", url="https://new.example/", kind="front", render="page")
    with staff.archive.read() as records:
        source = records.source(int(added.headers["location"].rsplit("/", 1)[1]))
    assert source is not None and source.render is Rendering.PAGE


def test_what_is_wanted_of_a_source_and_its_budget_are_shown(staff: Staff) -> None:
    wanted = {"only": ["/news/"], "without": ["<b>quiz"], "languages": ["en", "fr"]}
    with staff.archive.write() as records:
        records.update_source(1, wanted=wanted, looks=20, walk={})
    page = staff.visitor("editor").client.get("/sources/1").text
    shown = " ".join(LexborHTMLParser(page).css_first("dl.facts").text(separator=" ").split())
    assert "only addresses like /news/ ; no titles with <b>quiz ; only in the languages" in shown
    assert "20 checks of its articles an hour" in shown
    assert "Older articles it lists being found, little by little" in shown
    with staff.archive.write() as records:
        walk = {"waiting": [["https://a.example/1.xml", 1, 0]], "until": 0.0}
        records.update_source(1, walk={**walk, "read": 1200, "failed": 0, "found": 7})
    french = staff.visitor("editor").client.get("/sources/1?lang=fr").text
    assert "listes lues, 1 en attente, 7 articles plus anciens" in french
    assert "20 visites par heure" in french


def test_an_archive_takes_what_another_watches_as_that_has_it(staff: Staff) -> None:
    editor = staff.visitor("editor")
    opml = """<opml version="2.0" xmlns:variorum="urn:variorum:opml"><body>
    <outline text="F" url="https://one.example/" variorum:kind="front" variorum:render="page"/>
    <outline text="S" url="https://two.example/map.xml" variorum:kind="sitemap"/>
    <outline text="X" url="https://three.example/" variorum:kind="import" variorum:render="x"/>
    </body></opml>"""
    assert editor.post("/sources/opml", opml=opml).status_code == 200
    with staff.archive.read() as records:
        told = {s.url: (str(s.kind), s.render) for s in records.sources()}
    assert told["https://one.example/"] == ("front", Rendering.PAGE)
    assert told["https://two.example/map.xml"] == ("sitemap", None)
    assert told["https://three.example/"] == ("feed", None)


def test_feeds_of_an_opml_file_are_added(staff: Staff) -> None:
    opml = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="News">
    <outline text="One" xmlUrl="https://one.example/feed"/>
    <outline text="Two" xmlUrl="https://two.example/feed"/>
    <outline text="Known" xmlUrl="https://harbour.example/feed.xml"/>
    <outline text="Mail" xmlUrl="https://three.example:25/feed"/></outline></body></opml>"""
    editor = staff.visitor("editor")
    shown = editor.client.post(
        "/sources/opml",
        data={"csrf": editor.csrf},
        files={"opml": ("feeds.opml", opml, "text/x-opml")},
    )
    assert shown.status_code == 200, shown.text
    assert "2 feeds added" in shown.text and "port 25" in shown.text
    with staff.archive.read() as records:
        titles = {s.url: s.title for s in records.sources()}
    assert titles["https://one.example/feed"] == "One"
    program = staff.program("editor")
    told = program.post("/sources/opml", json={"opml": opml.decode()}).json()
    assert told["added"] == [] and len(told["known"]) == 3
    for body in ("", "not xml", "<html></html>"):
        assert program.post("/sources/opml", json={"opml": body}).status_code == 400
    bomb = '<!DOCTYPE o [<!ENTITY a "aaaa">]><opml><body>&a;</body></opml>'
    assert program.post("/sources/opml", json={"opml": bomb}).status_code in (200, 400)


def test_what_an_opml_file_lists_that_cannot_be_watched_is_told_with_its_line(staff: Staff) -> None:
    opml = """<?xml version="1.0"
  encoding="utf-8"?>
<opml version="2.0"><body>
<outline text="News">
<outline text="One" type="rss" xmlUrl="https://one.example/feed"/>
<outline text="Wire" type="rss" xmlUrl="feed:https://wire.example/rss"/>
<outline text="Mine" type="rss" xmlUrl="file:///home/me/feed.xml"/>
<outline text="Moved" type="rss" xmlUrl=""/>
<outline text="Local" type="rss" xmlUrl="/feed.xml"/>
</outline>
<outline text="Members" xmlUrl="https://me:secret@members.example/feed"/>
<outline text="Mail" xmlUrl="https://three.example:25/feed"/>
<outline text="One again" xmlUrl="https://one.example/feed"/>
</body></opml>"""
    program = staff.program("editor")
    told = program.post("/sources/opml", json={"opml": opml}).json()
    assert len(told["added"]) == 1
    assert [(r["line"], r["why"]) for r in told["refused"]] == [
        (6, "only http and https are asked, not feed"),
        (7, "only http and https are asked, not file"),
        (8, "it has no address"),
        (9, "only http and https are asked, not a relative address"),
        (11, "it carries a user name or password, and the archive goes around no login"),
        (12, "port 25 belongs to another kind of service"),
    ]
    editor = staff.visitor("editor")
    shown = editor.post("/sources/opml", opml=opml).text
    assert "6 cannot be watched." in shown and "line 7" in shown
    assert "file:///home/me/feed.xml" in shown
    french = editor.client.post("/sources/opml?lang=fr", data={"csrf": editor.csrf, "opml": opml})
    assert 'lang="en"' not in french.text.split("<main", 1)[1].split("</main>")[0]


def test_the_demo_newspapers_archive_takes_no_other_sources(staff: Staff) -> None:
    app = create_app(
        staff.archive, clock=lambda: NOW, allowed_hosts=("testserver",), demo="The demo."
    )
    demo = Staff(staff.filled, app, staff.people).program("editor")
    answer = demo.post("/sources", json={"url": "https://x.example/", "kind": "feed"})
    assert answer.status_code == 403 and "demo newspaper" in answer.json()["detail"]
