"""What somebody wants of a source, what a source's habits are, and how many looks there may be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from variorum.bootstrap import capture_path, open_archive, watcher
from variorum.model import (
    Article,
    Capture,
    Discovered,
    Document,
    Outcome,
    Source,
    SourceKind,
    Version,
)
from variorum.pipeline.allowance import Allowance
from variorum.pipeline.habits import HabitMemory, habits_of
from variorum.pipeline.identity import article_at
from variorum.pipeline.listing import Looked
from variorum.pipeline.planning import facts_of, plan_source
from variorum.stages.fetch import Gate
from variorum.stages.version import content_digest
from variorum.stages.watch import LookFacts, next_look
from variorum.store.archive import Archive
from variorum.store.records import Records

NOW = datetime(2025, 3, 12, 12, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive") as opened:
        yield opened


def source(records: Records, name: str) -> Source:
    return records.add_source(f"https://{name}.example/feed", SourceKind.FEED, None, NOW)


def story(records: Records, at: Source, number: int, *hours: float, age: float = 48.0) -> Article:
    """An article ``age`` hours old whose text changed so many hours after it was first seen."""
    url = f"{at.url.removesuffix('feed')}{number}"
    born = NOW - timedelta(hours=age)
    article, _ = article_at(records, url, at.id, born)
    for n, hour in enumerate((0.0, *hours)):
        time = born + timedelta(hours=hour)
        document = Document.build("Bridge closed", [f"Text {n}."])
        digest = content_digest(document)
        records.add_version(Version(article.id, n, document, time, time, "changed", digest))
        row = {"url": url, "time": time, "status": 200, "outcome": "ok", "version": n}
        kept = {"digest": digest, "origin": "observed", "details": {}}
        records.add_capture(article.id, {**row, **kept})
    time = NOW - timedelta(minutes=10)  # the last look found nothing new
    same = {"time": time, "outcome": str(Outcome.UNMODIFIED), "status": 304, "version": n}
    records.add_capture(article.id, {**row, **kept, **same})
    seen = {"first_seen": born, "last_checked": time, "captures": n + 2, "versions": n + 1}
    records.update_article(article.id, **seen, next_check=NOW)
    found = records.article(article.id)
    assert found is not None
    return found


def test_only_what_is_wanted_of_a_list_is_watched(archive: Archive) -> None:
    listed = [
        ("/news/2025/bridge", "Bridge closed after accident"),
        ("/news/2025/quiz", "The quiz of the week"),
        ("/sport/final", "Final: bridge builders win"),
        ("/news/2025/untitled", None),
    ]
    items = tuple(Discovered(f"https://bell.example{path}", title) for path, title in listed)
    with archive.write() as records:
        bell = source(records, "bell")
        wanted = {"only": ["/news/"], "without": ["quiz"]}
        records.update_source(bell.id, wanted=wanted)
        known = records.source(bell.id)
        assert known is not None and known.wanted == wanted
        assert plan_source(records, known, Looked(bell.kind, items), NOW) == 2
        urls = {a.url.removeprefix("https://bell.example") for a in records.articles()}
    assert urls == {"/news/2025/bridge", "/news/2025/untitled"}


def test_a_lively_sources_articles_are_looked_at_sooner(archive: Archive) -> None:
    with archive.write() as records:
        lively, sleepy = source(records, "lively"), source(records, "sleepy")
        for n in range(30):
            story(records, lively, n, 0.5, 1.0, 2.0, 5.0, 30.0)
            story(records, sleepy, n)
        story(records, lively, 99, 0.2, age=1.0)  # watched for an hour: it tells of no habit yet
        habits = habits_of(records, lively.id, NOW)
        assert (habits.articles, habits.changes) == (30, 150)
        assert sum(habits.ages) == sum(habits.hours) == 150
        memory = HabitMemory()
        facts = LookFacts(NOW - timedelta(hours=1), NOW)
        waits = []
        for at in (lively, sleepy):
            known = memory.of(records, at.id, NOW)
            look = next_look(LookFacts(facts.born, facts.last_look, source=known), NOW)
            assert look.delay is not None
            waits.append(look.delay)
        assert waits[0] * 2 < waits[1]
        assert memory.of(records, None, NOW) is None


def test_an_hour_has_no_more_looks_than_are_allowed_and_the_likeliest_come_first(
    archive: Archive,
) -> None:
    with archive.write() as records:
        bell, horn = source(records, "bell"), source(records, "horn")
        quiet = [story(records, bell, n, age=400.0) for n in range(5)]
        lively = [story(records, horn, n, 0.1, 0.3, age=0.5) for n in range(3)]
        due = [*quiet, *lively]
        assert Allowance().choose(records, due, NOW) == due

        hour = Allowance(4)
        chosen = hour.choose(records, due, NOW)
        assert len(chosen) == 4 and {a.id for a in lively} <= {a.id for a in chosen}
        assert hour.choose(records, due, NOW + timedelta(minutes=30)) == []
        assert hour.ready_in(NOW + timedelta(minutes=30)) == 1800
        assert len(hour.choose(records, due, NOW + timedelta(minutes=61))) == 4

        records.update_source(horn.id, looks=1)
        chosen = Allowance().choose(records, due, NOW)
        assert [a.source for a in chosen].count(horn.id) == 1 and len(chosen) == 6


def test_who_starts_again_within_the_hour_goes_on_with_what_is_left_of_it(archive: Archive) -> None:
    with archive.write() as records:
        bell, horn = source(records, "bell"), source(records, "horn")
        due = [story(records, at, n) for at in (bell, horn) for n in range(4)]
        records.update_source(horn.id, looks=1)
        before = Allowance(4)
        assert len(before.choose(records, due[:5], NOW)) == 4
        before.keep(records)

        again = Allowance(6)
        chosen = again.choose(records, due, NOW + timedelta(minutes=30))
        assert len(chosen) == 2 and again.choose(records, due, NOW + timedelta(minutes=40)) == []
        again.keep(records)
        assert Allowance(6).choose(records, due, NOW + timedelta(minutes=63)) == []
        assert len(Allowance(6).choose(records, due, NOW + timedelta(minutes=75))) == 4
        assert len(Allowance(6).choose(records, due, NOW - timedelta(days=9))) > 4


def test_a_clock_that_jumps_back_does_not_stop_the_looks(archive: Archive) -> None:
    with archive.write() as records:
        due = [story(records, source(records, "bell"), n) for n in range(3)]
        hour = Allowance(3)
        assert len(hour.choose(records, due, NOW)) == 3
        assert len(hour.choose(records, due, NOW - timedelta(days=9))) == 3


def test_the_pace_settles_by_the_hour_and_is_remembered(archive: Archive) -> None:
    with archive.write() as records:
        due = [story(records, source(records, "bell"), n) for n in range(40)]
        hour = Allowance(10)
        before = hour.pace(records)
        assert not hour.settle(records, NOW)
        for minutes in (0, 61, 122):
            hour.choose(records, due, NOW + timedelta(minutes=minutes))
        hour.choose(records, due[:1], NOW + timedelta(minutes=130))
        assert hour.settle(records, NOW + timedelta(minutes=180))
        assert hour.pace(records) > before
        assert Allowance(10).pace(records) == hour.pace(records)


def test_a_server_that_asks_to_wait_is_waited_for_in_the_plan(archive: Archive) -> None:
    with archive.write() as records:
        article = story(records, source(records, "bell"), 1)
        row = {"url": article.url, "time": NOW, "status": 503, "outcome": str(Outcome.FAILED)}
        told = {"retry_after": 7200.0}
        records.add_capture(
            article.id, {**row, "origin": "observed", "details": told, "version": 0}
        )
        [*_, last] = records.captures(article.id)
        assert isinstance(last, Capture)
        look = next_look(facts_of(records, article, NOW), NOW)
    assert look.delay == timedelta(hours=2)
    assert "no answer" in look.reason


def test_a_host_that_asked_an_earlier_run_to_wait_is_left_alone_by_the_next(
    archive: Archive,
) -> None:
    with archive.write() as records:
        article = story(records, source(records, "bell"), 1)
        row = {"url": article.url, "status": 503, "outcome": str(Outcome.FAILED), "version": 0}
        row |= {"origin": "observed", "details": {"retry_after": 7200.0}}
        records.add_capture(article.id, {**row, "time": NOW})
    host = urlsplit(article.url).hostname or ""
    assert abs(asyncio.run(resting(archive, host, NOW + timedelta(minutes=5))) - 6900) < 5
    assert not asyncio.run(resting(archive, host, NOW + timedelta(minutes=130)))


async def resting(archive: Archive, host: str, now: datetime) -> float:
    """For how long a host is left alone by a watcher that begins at ``now``."""
    with capture_path(archive) as path:
        async with watcher(archive, path, clock=lambda: now) as watching:
            gate = watching.fetcher.gate
            assert isinstance(gate, Gate)
            return gate.resting(host)
