"""The past of articles out of archives of others: every dialect, every fault, killed in the middle."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from backfill_run import READER, backfilled
from past_service import URL, Past, Service, page, serving

from variorum.bootstrap import open_archive
from variorum.evidence.package import export_wacz
from variorum.evidence.verify import Options, verify_archive
from variorum.model import Capture, Fetched, SourceKind, Version
from variorum.pipeline.backfill import Wanted
from variorum.pipeline.identity import article_at, find_article
from variorum.pipeline.importing.run import expand, read_items, run_import
from variorum.pipeline.path import CapturePath
from variorum.stages.watch import read_cdx, read_links
from variorum.web.pages.article import origins

STORY = [
    Past("20250303070000", page("Twelve")),
    Past("20250303080000", page("Twelve")),
    Past("20250303090000", page("Twenty-one"), packed=True),
    Past("20250303100000", b"gone", status=404),
    Past("20250303110000", page("Twelve")),
]
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


def kept(place: Path, url: str = URL) -> list[Version]:
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        article = find_article(records, url)
        return records.versions(article.id, records.captures(article.id)) if article else []


def captures(place: Path) -> list[Capture]:
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        return [c for n in records.article_numbers() for c in records.captures(n)]


def sound(place: Path) -> bool:
    return verify_archive(place, Options()).report.sound


@pytest.mark.parametrize("dialect", ["wayback", "pywb"])
def test_the_past_comes_as_it_was_captured_and_is_marked_as_observed_by_its_archive(
    tmp_path: Path, dialect: str
) -> None:
    with serving(Service(STORY, dialect)) as service:
        done = backfilled(tmp_path / "a", service.address, URL)
    assert (done.captures, done.versions, done.repeats, done.left_out) == (3, 3, 1, 1)
    assert (done.problems, done.stopped) == ([], None)
    first, second, third = kept(tmp_path / "a")
    assert first.first_seen == datetime(2025, 3, 3, 7, tzinfo=UTC)
    assert "Twenty-one people" in second.document.text
    assert third.same_as == 0
    capture = second.captures[0]
    assert capture.origin == f"observed by 127.0.0.1:{service.port}"
    told = capture.details["memento"]
    assert told["uri"].endswith(f"/c/20250303090000id_/{URL}")
    assert told["agrees"] is True
    assert sound(tmp_path / "a")


@pytest.mark.parametrize("dialect", ["wayback", "pywb", "cdxj", "plain"])
def test_an_index_says_the_same_in_every_form(dialect: str) -> None:
    told = "\n".join(Service(STORY, dialect)._lines(STORY)).encode()
    listed = read_cdx(
        Fetched("https://a.example/cdx", NOON, "https://a.example/cdx", 200, (), told)
    )
    assert (listed.problem, listed.unread) == (None, 0)
    assert [(h.time, h.url, h.status, h.digest) for h in listed.held] == [
        (p.time, p.url, p.status, p.digest) for p in STORY
    ]
    cut = read_cdx(Fetched("u", NOON, "u", 200, (), told[:-30]))
    assert cut.problem is not None or len(cut.held) < len(STORY) or dialect == "plain"


def test_the_record_holds_the_original_bytes_and_headers_and_who_gave_them(tmp_path: Path) -> None:
    with serving(Service(STORY)) as service:
        backfilled(tmp_path / "a", service.address, URL)
    [capture] = kept(tmp_path / "a")[1].captures
    assert capture.record is not None
    with open_archive(tmp_path / "a", read_only=True) as archive:
        stored = archive.warc.read(capture.record)
        file, offset, length = capture.record
        raw = (archive.warc.directory / file).read_bytes()[offset : offset + length]
    assert stored.payload == STORY[2].payload
    assert stored.url == URL
    headers = dict(stored.headers)
    assert headers["Server"] == "presses/1.0"
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Observer-Server"] == "past/0.1"
    assert "Observer-Memento-Datetime" in headers
    head = gzip.decompress(raw).split(b"\r\n\r\n")[0]
    assert b"WARC-Date: 2025-03-03T09:00:00" in head
    assert b"WARC-Source-URI: http://127.0.0.1" in head
    assert b"WARC-Creation-Date: 20" in head
    assert b"WARC-IP-Address" not in head


def test_where_there_is_no_index_the_timemap_serves(tmp_path: Path) -> None:
    with serving(Service(STORY, "timemap")) as service:
        done = backfilled(tmp_path / "a", service.address, URL)
    # A TimeMap tells neither status nor digest: what is no page is kept as what it is.
    assert (done.captures, done.problems) == (5, [])
    assert [v.same_as for v in kept(tmp_path / "a")] == [None, None, 0]


def test_a_span_a_limit_a_status_and_repeats_are_as_asked_for(tmp_path: Path) -> None:
    since = datetime(2025, 3, 3, 8, tzinfo=UTC)
    with serving(Service(STORY)) as service:
        few = backfilled(tmp_path / "a", service.address, URL, Wanted(since=since, limit=1))
        assert [c.time.hour for c in captures(tmp_path / "a")] == [8]
        rest = backfilled(tmp_path / "a", service.address, URL, Wanted(since=since))
        every = Wanted(statuses=(), mimes=(), repeats=True)
        whole = backfilled(tmp_path / "a", service.address, URL, every)
    assert (few.captures, rest.captures, rest.known, whole.captures) == (1, 2, 1, 2)
    assert [c.time.hour for c in captures(tmp_path / "a")] == [7, 8, 9, 10, 11]


def live(body: str, when: datetime, status: int = 200) -> Fetched:
    headers = (("Content-Type", "text/html; charset=utf-8"), ("ETag", '"now"'))
    return Fetched(URL, when, URL, status, headers, page(body) if status == 200 else b"")


def test_what_is_older_comes_before_the_versions_that_were_there(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a") as archive:
        path = CapturePath(archive, READER)
        for hurt, hour in (("Thirty", 12), ("Forty", 13)):
            with archive.write() as records:
                article, _ = article_at(records, URL, None, NOON)
                path.take(records, article, live(hurt, NOON.replace(hour=hour)))
    with serving(Service(STORY)) as service:
        done = backfilled(tmp_path / "a", service.address, URL)
    versions = kept(tmp_path / "a")
    assert done.versions == 3
    assert [v.number for v in versions] == [0, 1, 2, 3, 4]
    told = [
        next(w for w in ("Twelve", "Twenty", "Thirty", "Forty") if w in v.document.text)
        for v in versions
    ]
    assert told == ["Twelve", "Twenty", "Twelve", "Thirty", "Forty"]
    assert origins([c for v in versions for c in v.captures]) == [
        f"observed by 127.0.0.1:{service.port}"
    ]
    assert sound(tmp_path / "a")


def test_an_answer_of_no_change_is_about_the_own_last_look_not_about_what_came_between(
    tmp_path: Path,
) -> None:
    """What another archive saw between two looks of ours (another edition, say) does not become
    what a 304 of ours attests."""
    between = [Past("20260105123000", page("Ninety"))]
    with open_archive(tmp_path / "a") as archive:
        path = CapturePath(archive, READER)
        for fetched in (live("Thirty", NOON), live("", NOON.replace(hour=13), 304)):
            with archive.write() as records:
                article, _ = article_at(records, URL, None, NOON)
                path.take(records, article, fetched)
    with serving(Service(between)) as service:
        backfilled(tmp_path / "a", service.address, URL)
    versions = kept(tmp_path / "a")
    told = [next(w for w in ("Thirty", "Ninety") if w in v.document.text) for v in versions]
    assert told == ["Thirty", "Ninety", "Thirty"]
    assert [c.status for c in versions[2].captures] == [304]
    assert sound(tmp_path / "a")


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ("index busy", "asks to be left alone for 90 s (429)"),
        ("busy", "asks to be left alone for 300 s (503)"),
    ],
)
def test_a_service_that_wants_rest_gets_it_and_the_next_run_goes_on(
    tmp_path: Path, fault: str, line: str
) -> None:
    with serving(Service(STORY, fault=fault, well=1)) as service:
        done = backfilled(tmp_path / "a", service.address, URL)
        assert done.stopped is not None
        assert line in done.stopped
        taken = done.captures
        assert taken == (1 if fault == "busy" else 0)
        assert len(service.mementos) <= 2
        service.fault = ""
        again = backfilled(tmp_path / "a", service.address, URL)
    assert (again.captures, again.known, again.stopped) == (3 - taken, taken, None)
    assert len(captures(tmp_path / "a")) == 3


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ("index garbage", "a web page in place of an index"),
        ("index half", "garbled, or ends in the middle"),
        ("half", "broke off"),
        ("no memento", "gave no memento"),
        ("another", "the capture of another time"),
    ],
)
def test_an_answer_that_is_none_is_one_line_and_nothing_of_it_is_kept(
    tmp_path: Path, fault: str, line: str
) -> None:
    with serving(Service(STORY, "wayback", fault=fault)) as service:
        done = backfilled(tmp_path / "a", service.address, URL)
        assert done.captures == 0
        assert done.problems
        assert all(line in problem and "\n" not in problem for problem in done.problems)
        assert captures(tmp_path / "a") == []
        service.fault = ""
        assert backfilled(tmp_path / "a", service.address, URL).captures == 3


def test_a_service_that_fails_and_fails_is_not_asked_on(tmp_path: Path) -> None:
    many = [Past(f"202503{day:02}070000", page(f"{day}")) for day in range(1, 29)]
    with serving(Service(many, fault="no memento", well=2)) as service:
        done = backfilled(tmp_path / "a", service.address, URL)
    assert done.captures == 2
    assert "failed 4 times in a row" in str(done.stopped)
    assert len(service.mementos) == 6


def test_what_its_robots_txt_refuses_is_not_asked(tmp_path: Path) -> None:
    refusing = Service(STORY, robots="User-agent: *\nDisallow: /c/")
    with serving(refusing) as service:
        done = backfilled(tmp_path / "a", service.address, URL)
    assert "robots.txt" in str(done.stopped)
    assert service.asked == ["/robots.txt"]


def test_killed_in_the_middle_and_run_again_nothing_is_twice_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    """With live captures already there, so that every memento comes late."""
    past = [Past(f"202503{day:02}070000", page(f"{day}")) for day in range(1, 17)]
    place = tmp_path / "a"
    with open_archive(place) as archive, archive.write() as records:
        path = CapturePath(archive, READER)
        article, _ = article_at(records, URL, None, NOON)
        path.take(records, article, live("Thirty", NOON))
    script = Path(__file__).with_name("backfill_run.py")
    with serving(Service(past, slow=0.02)) as service:
        for wanted in (3, 10):
            begun = len(service.mementos)
            work = subprocess.Popen([sys.executable, script, tmp_path / "a", service.address, URL])
            while len(service.mementos) - begun < wanted and work.poll() is None:
                time.sleep(0.01)
            work.kill()
            work.wait()
        backfilled(tmp_path / "a", service.address, URL)
        asked = len(service.mementos)
        again = backfilled(tmp_path / "a", service.address, URL)
        assert len(service.mementos) == asked
    assert (again.captures, again.known) == (0, 16)
    assert [c.time.day for c in captures(tmp_path / "a")[:-1]] == list(range(1, 17))
    assert len(kept(tmp_path / "a")) == 17
    assert sound(tmp_path / "a")
    assert asked < 16 + 2 * 9  # a batch at most is asked for twice


def test_the_articles_of_a_source_and_a_run_that_ended_among_them(tmp_path: Path) -> None:
    urls = [f"https://news.example.org/city/story-{n}" for n in range(4)]
    past = [Past(f"2025030{d}070000", page(f"{d}"), url) for url in urls for d in (1, 2)]
    with open_archive(tmp_path / "a") as archive, archive.write() as records:
        source = records.add_source("https://news.example.org/feed", SourceKind.FEED, None, NOON)
        for url in urls:
            article_at(records, url, source.id, NOON)
    with serving(Service(past, fault="busy", well=5)) as service:
        stopped = backfilled(tmp_path / "a", service.address, source.id)
        assert (stopped.captures, stopped.articles) == (5, 3)
        service.fault = ""
        indexed = len(service.asked)
        rest = backfilled(tmp_path / "a", service.address, source.id)
        assert (rest.captures, rest.articles, rest.stopped) == (3, 2, None)
        assert sum("/cdx" in path for path in service.asked[indexed:]) == 2
        # Once through, the next run asks for all of them again: there may be more by then.
        assert backfilled(tmp_path / "a", service.address, source.id).articles == 4
    with open_archive(tmp_path / "a", read_only=True) as archive, archive.read() as records:
        assert {a.state for a in records.articles()} == {"watching"}


def test_links_of_any_bytes_are_read_in_time_in_proportion() -> None:
    links = list(read_links('<a>; rel="x y"; title="1, <2>; 3", junk, <b>;rel=z;q, <c>; t="cut'))
    assert [(link.uri, link.relations) for link in links] == [("a", ["x", "y"]), ("b", ["z"])]
    assert links[0].parameters["title"] == "1, <2>; 3"
    begun = time.process_time()
    for text in ("<" * 400_000, '<a>;x="' * 60_000, "<a>" + ";" * 400_000, "<a>;" + "x" * 400_000):
        list(read_links(text))
    assert time.process_time() - begun < 5


def test_a_package_says_what_can_be_claimed_and_keeps_the_observer(tmp_path: Path) -> None:
    with serving(Service(STORY)) as service:
        backfilled(tmp_path / "a", service.address, URL)
    package = tmp_path / "story.wacz"
    with open_archive(tmp_path / "a", read_only=True) as archive, archive.read() as records:
        export_wacz(archive, records, package, records.article_numbers(), NOON)
    name = f"127.0.0.1:{service.port}"
    said = zipfile.ZipFile(package).read("evidence/statement.txt").decode()
    assert f"3 of these captures were made by {name}, not by this installation" in said
    with open_archive(tmp_path / "b") as archive:
        path = CapturePath(archive, READER)
        items = (i for p in expand([package]) for i in read_items(p, None, lambda: NOON))
        report = run_import(archive, path, items, lambda: NOON)
    assert (report.captures, report.problems) == (3, [])
    assert all(c.origin.endswith(f"; observed by {name}") for c in captures(tmp_path / "b"))
    assert len(kept(tmp_path / "b")) == 3
