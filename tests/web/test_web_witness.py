"""Pages that are remembered while the archive is written to: still true, or made anew at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from time import sleep
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient
from web_shelf import NOW, START, Filled
from web_staff import Browser, Staff, staffed

from variorum.bootstrap import capture_path, open_archive
from variorum.model import Fetched
from variorum.pipeline.identity import article_at
from variorum.pipeline.path import CapturePath
from variorum.store.archive import Archive, open_for_reading
from variorum.web import create_app, readings, routing
from variorum.web.memory import PageMemory
from variorum.web.people.tools import Tools
from variorum.web.readings import Readings
from variorum.web.witness import still_true, witnessed

ONE, OTHER, THIRD = (f"https://bell.example/{name}" for name in ("quay", "quay-late", "ferry"))
PAGES = (
    "/",
    "/?kind=figure&host=bell.example",
    "/index.json?show=everything",
    "/search?q=people&in=removed",
    "/speakers?name=Ines+Maro",
    "/sources",
    "/statistics",
    "/log",
)
OF_AN_ARTICLE = ("", "/v0..v1", "/claims.json")


def story(hurt: str, more: str = "") -> bytes:
    return f"""<html lang="en"><head><title>Quay closed</title></head><body><article><h1>Quay closed</h1>
    <p>{hurt} people were hurt, said the ambulance service of the town on Monday evening.</p>
    <p>The fish quay at Ostrava Bay was closed on Monday after a crane fell across it, and the harbour
    master said that it would stay closed for weeks.</p><p>“Nobody was warned,” said Ines Maro, who
    sells nets on the quay and was there when it happened.</p>{more}</article></body></html>""".encode()


class Desk:
    """An archive with three articles, whoever writes to it, and three sites that show it: one that
    remembers, one beside it that does too, and one that remembers nothing."""

    def __init__(self, archive: Archive, beside: Archive, path: CapturePath) -> None:
        self.archive, self.path = archive, path
        self.numbers: list[int] = []
        for hour, (url, hurt) in enumerate(
            [(ONE, "Twelve"), (OTHER, "Thirteen"), (THIRD, "Seven"), (OTHER, "Twenty-one")], 1
        ):
            self.look(url, hour, story(hurt))
        with archive.write() as records:
            records.add_source("https://bell.example/feed", "feed", "The Bell", START)
        filled = Filled(archive, self.numbers[0], self.numbers[1], 0, 0, 0)
        self.staff: Staff = staffed(filled, tools=Tools(lambda: nullcontext(path)))
        self.editor = self.staff.visitor("editor")
        apart = create_app(beside, clock=lambda: NOW, allowed_hosts=("testserver",))
        self.forgetful = create_app(archive, clock=lambda: NOW, allowed_hosts=("testserver",))
        self.forgetful.state.site.pages = PageMemory(room=0)
        for other in (apart, self.forgetful):  # to compile them takes longer than all the tests
            other.state.site.templates = self.staff.app.state.site.templates
        self.sites = [TestClient(a, follow_redirects=False) for a in (self.staff.app, apart)]
        #: pages at which the site beside is looked at too
        self.beside = ("/", *(f"/a/{n}" for n in self.numbers))
        self.plain = TestClient(self.forgetful, follow_redirects=False)

    def look(self, url: str, hour: float, body: bytes) -> None:
        kind = (("Content-Type", "text/html; charset=utf-8"),)
        with self.archive.write() as records:
            article, _ = article_at(records, url, None, START)
            time = START + timedelta(hours=hour)
            self.path.take(records, article, Fetched(url, time, url, 200, kind, body))
        if article.id not in self.numbers:
            self.numbers.append(article.id)

    def compare(self, after: str) -> None:
        """Every page as each site that remembers shows it is the page made anew."""
        self.forgetful.state.site.readings = Readings(room=0)
        for path in [*PAGES, *(f"/a/{n}{p}" for n in self.numbers for p in OF_AN_ARTICLE)]:
            wanted = _told(self.plain.get(path))
            for site in self.sites[: 2 if path in self.beside else 1]:
                assert _told(site.get(path)) == wanted, (after, path)


def _told(answer: Response) -> tuple[Any, ...]:
    headers = (answer.headers.get("etag"), answer.headers.get("location"))
    return answer.status_code, *headers, answer.text


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    tmp_path = tmp_path_factory.mktemp("witness")
    with (
        open_archive(tmp_path / "archive") as archive,
        capture_path(archive) as path,
        open_for_reading(tmp_path / "archive") as beside,
    ):
        yield Desk(archive, beside, path)


def deeds(desk: Desk) -> list[tuple[str, Callable[[], object]]]:
    """What can happen to an archive, one after the other."""
    one, other, third = desk.numbers[:3]
    editor: Browser = desk.editor

    def records(change: Callable[[Any], object]) -> Callable[[], None]:
        def work() -> None:
            with desk.archive.write() as opened:
                change(opened)

        return work

    def reread(opened: Any) -> None:
        (version,) = opened.versions(third)
        document = version.document
        text = document.text.replace("Seven", "Eleven")
        paragraphs = [p.replace("Seven", "Eleven") for p in document.paragraphs]
        told = type(document).build(document.headline, paragraphs, language=document.language)
        assert told.text == text
        opened.retell_version(type(version)(**{**_fields(version), "document": told}))

    def recount(opened: Any) -> None:
        """A history that is made anew: other changes under the ids of the old ones."""
        kept = [c for c in opened.changes_after(0) if c.article == other]
        opened.forget_changes(other)
        for change in kept:
            opened.add_change(type(change)(**{**_fields(change), "meaningful": False}))

    return [
        ("a look that found nothing new", lambda: desk.look(THIRD, 5, story("Seven"))),
        ("a new version", lambda: desk.look(ONE, 6, story("Thirty"))),
        ("a new article", lambda: desk.look(f"{ONE}-2", 7, story("Nine"))),
        ("a note", lambda: editor.post(f"/a/{other}/notes", text="see file", version="1")),
        ("a note withdrawn", lambda: editor.post(f"/a/{other}/notes/1/withdraw", reason="x")),
        ("hidden", lambda: editor.post(f"/a/{one}/hide", reason="asked to")),
        ("shown", lambda: editor.post(f"/a/{one}/unhide", reason="lifted")),
        ("another title", records(lambda r: r.update_source(1, title="The Morning Bell"))),
        ("a sick source", records(lambda r: r.update_source(1, failures=2, health="timed out"))),
        ("another reason", records(lambda r: r.update_capture(1, reason="looked at again"))),
        ("the next look", records(lambda r: r.update_article(third, next_reason="tomorrow"))),
        ("a text read better", records(reread)),
        ("a history made anew", records(recount)),
        ("joined", lambda: editor.post(f"/a/{one}/merge", into=OTHER, reason="one story")),
        ("split", lambda: editor.post(f"/a/{other}/split", address=ONE, reason="two stories")),
    ]


def _fields(told: Any) -> dict[str, Any]:
    return {name: getattr(told, name) for name in told.__slots__}


def test_a_role_that_changes_changes_the_next_page(desk: Desk) -> None:
    path, reader = f"/a/{desk.numbers[0]}", desk.staff.visitor("reader")
    for role, edits in (("reader", False), ("editor", True), ("reader", False)):
        with desk.archive.write() as records:
            records.update_person(desk.staff.people["reader"].id, role=role)
        for _ in range(2):
            assert (f"{path}/edit" in reader.get(path).text) is edits


def test_a_page_whose_article_stands_still_is_not_made_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    make = routing._made

    def noted(site: Any, page: Any, media: str, request: Any, hand_over: Any) -> Any:
        made.append(request.scope["path"])
        return make(site, page, media, request, hand_over)

    monkeypatch.setattr(routing, "_made", noted)
    one, other = desk.numbers[:2]
    paths = [f"/a/{other}", f"/a/{other}/v0..v1", f"/a/{one}", "/search?q=twelve"]
    site = desk.sites[0]
    tags = [site.get(path).headers["etag"] for path in paths]
    assert len(made) == 4
    made.clear()
    for hour in range(10, 13):
        desk.look(THIRD, hour, story("Seven"))
        assert [site.get(path).headers["etag"] for path in paths] == tags
        known = {"If-None-Match": tags[1]}
        assert site.get(paths[1], headers=known).status_code == 304
    assert made == []
    desk.look(ONE, 14, story("Twelve", "<p>The ferry to Lesk sails again on Friday at noon.</p>"))
    for path in paths:
        site.get(path)
    assert made == [f"/a/{one}", "/search"]


def test_what_was_read_at_two_moments_is_not_true(desk: Desk) -> None:
    """A commit between two reads of one page: no later state is both."""
    site, third = desk.forgetful.state.site, desk.numbers[2]
    with witnessed() as witness:
        with site.read() as records:
            records.captures(third)
        desk.look(THIRD, 20, story("Seven"))
        with site.read() as records:
            records.captures(third)
    assert not still_true(site, witness.told())
    with witnessed() as witness, site.read() as records:
        records.captures(third)
    assert still_true(site, witness.told())


def test_an_answer_of_which_one_row_was_taken_is_asked_for_one_row(desk: Desk) -> None:
    site, third = desk.forgetful.state.site, desk.numbers[2]
    with witnessed() as witness, site.read() as records:
        last = records.last_capture(third)
        assert records.last_change_id() > 0
    told = witness.told()
    assert last is not None and [read.rows for read in told.reads][:1] == [1]
    assert still_true(site, told)
    desk.look(THIRD, 21, story("Seven"))
    assert not still_true(site, told)


def test_counts_of_a_large_archive_are_a_few_seconds_old_at_most(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not that, where an article or a change came, nor while nothing is written."""
    monkeypatch.setattr(readings, "_LARGE", 0)
    now = [100.0]
    monkeypatch.setattr(readings.time, "monotonic", lambda: now[0])
    site, kept, counted = desk.forgetful.state.site, Readings(), []

    def looks() -> int:
        def work(records: Any) -> int:
            counted.append(now[0])
            return int(records.counts()["captures"])

        with site.read() as records:
            return kept.standing(records, "looks", work)

    first = looks()
    desk.look(THIRD, 30, story("Seven"))
    assert looks() == first
    now[0] += 5
    assert looks() == first + 1
    desk.look(f"{ONE}-of-another-day", 31, story("Nine"))
    assert looks() == first + 2
    while desk.archive.mark() is None:
        sleep(0.02)
    looks()
    counted.clear()
    now[0] += 50
    assert [looks(), looks()] == [first + 2] * 2 and len(counted) <= 1


def test_what_is_written_is_shown_at_once_on_every_page(desk: Desk) -> None:
    desk.compare("the beginning")
    before = [_told(desk.plain.get(path)) for path in ("/", "/log")]
    for name, deed in deeds(desk):
        done = deed()
        assert getattr(done, "status_code", 303) == 303, (name, getattr(done, "text", ""))
        desk.compare(name)
    assert before != [_told(desk.plain.get(path)) for path in ("/", "/log")]
