"""Leases, fences and the turns of hosts, in a real PostgreSQL."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from postgres_server import Server
from variorum.bootstrap import capture_path, open_shared_archive
from variorum.model import Fetched, SourceKind
from variorum.pipeline.identity import article_at
from variorum.pipeline.path import CapturePath
from variorum.pipeline.shared_gate import SharedGate
from variorum.pipeline.worker import Arrived, Terms, Worker
from variorum.stages.extract import Reader
from variorum.stages.fetch import Guard, PoliteFetcher
from variorum.stages.fetch.politeness import RestingError
from variorum.store.lease_records import HostRecords, Lease, LeaseRecords
from variorum.store.place import PostgresPlace, read_place
from variorum.store.postgres import Lock, lock
from variorum.store.shared_archive import SharedArchive

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def place(postgres: Server, tmp_path: Path) -> PostgresPlace:
    found = read_place(postgres.place(tmp_path / "captures"))
    assert isinstance(found, PostgresPlace)
    return found


@pytest.fixture
def archive(place: PostgresPlace) -> Iterator[SharedArchive]:
    with open_shared_archive(place) as opened:
        yield opened


def articles(archive: SharedArchive, number: int, host: str = "example.org") -> list[int]:
    with archive.write() as records:
        return [
            article_at(records, f"https://{host}/story-{n}", None, NOON)[0].id
            for n in range(number)
        ]


def claim(
    archive: SharedArchive, holder: str, limit: int = 100, seconds: float = 60.0
) -> list[Lease]:
    with archive.engine.begin() as connection:
        return LeaseRecords(connection).claim("article", holder, NOON, seconds, limit)


def holds(archive: SharedArchive, one: Lease) -> bool:
    with archive.engine.begin() as connection:
        return LeaseRecords(connection).holds(one)


def test_what_one_has_no_other_gets(archive: SharedArchive) -> None:
    articles(archive, 300)
    with ThreadPoolExecutor(8) as pool:
        asked = pool.map(lambda n: claim(archive, f"w{n}", limit=7), range(60))
        given = [one.number for leases in asked for one in leases]
    # Who asks beside others may get fewer, for nobody waits; what is left, the next one gets.
    given += [one.number for one in claim(archive, "last", limit=300)]
    assert len(given) == len(set(given)) == 300


def test_a_lease_that_ran_out_is_taken_over_and_its_old_holder_fenced_off(
    archive: SharedArchive,
) -> None:
    articles(archive, 1)
    [old] = claim(archive, "slow", seconds=2.0)
    assert claim(archive, "quick") == []
    time.sleep(2.1)
    assert holds(archive, old), "nobody has taken it"
    [new] = claim(archive, "quick")
    assert new.token > old.token
    assert not holds(archive, old)
    assert holds(archive, new)
    with archive.engine.begin() as connection:
        leases = LeaseRecords(connection)
        assert leases.renew([old, new], 60) == {new}
        leases.release(old)
        assert leases.holds(new), "who lost it cannot end it"
        leases.release(new)
    [again] = claim(archive, "third")
    assert again.token > new.token


def test_a_lease_that_is_renewed_lasts(archive: SharedArchive) -> None:
    articles(archive, 1)
    [mine] = claim(archive, "mine", seconds=3.0)
    for _ in range(3):
        time.sleep(1.2)
        with archive.engine.begin() as connection:
            assert LeaseRecords(connection).renew([mine], 3.0) == {mine}
        assert claim(archive, "other") == []


def test_renewing_waits_for_no_write(archive: SharedArchive) -> None:
    articles(archive, 2)
    leases = claim(archive, "mine")
    with archive.engine.begin() as writing:
        assert LeaseRecords(writing).holds(leases[0])
        started = time.monotonic()
        with archive.engine.begin() as beating:
            assert LeaseRecords(beating).renew(leases, 60) == set(leases)
        assert time.monotonic() - started < 30


def test_paused_sources_and_what_is_not_due_are_left_alone(archive: SharedArchive) -> None:
    with archive.write() as records:
        feed = records.add_source("https://a.example/feed", SourceKind.FEED, None, NOON)
        records.add_article("https://a.example/1", ["1"], feed.id, NOON)
        later = records.add_article("https://a.example/2", ["2"], None, NOON)
        records.update_article(later.id, next_check=NOON + timedelta(hours=1))
        records.update_source(feed.id, paused=True)
    assert claim(archive, "w") == []
    with archive.engine.begin() as connection:
        assert LeaseRecords(connection).claim("source", "w", NOON, 60, 10) == []
    with archive.write() as records:
        records.update_source(feed.id, paused=False)
    assert len(claim(archive, "w")) == 1


def test_a_host_is_asked_by_one_at_a_time_and_left_alone_in_between(
    archive: SharedArchive,
) -> None:
    """Three machines, thirty questions: never two at once, never sooner than the host's rest."""
    turns: list[tuple[float, float]] = []

    async def ask(gate: SharedGate) -> None:
        async with gate.turn("a.example"):
            began = time.monotonic()
            await asyncio.sleep(0.01)
            turns.append((began, time.monotonic()))

    async def machine(number: int) -> None:
        gate = SharedGate(archive.engine, f"m{number}", turn_seconds=30, delay=0.05)
        await asyncio.gather(*(ask(gate) for _ in range(10)))
        await gate.close()

    async def all_machines() -> None:
        await asyncio.gather(*(machine(n) for n in range(3)))

    asyncio.run(all_machines())
    turns.sort()
    assert len(turns) == 30
    for (_, ended), (began, _) in pairwise(turns):
        assert began - ended >= 0.049


def test_a_host_that_asks_for_rest_is_given_it_by_all(archive: SharedArchive) -> None:
    async def told() -> float:
        first = SharedGate(archive.engine, "first", turn_seconds=30, delay=0.0)
        second = SharedGate(archive.engine, "second", turn_seconds=30, delay=0.0)
        async with first.turn("a.example"):
            first.pressed("a.example", 300.0)
        await first.close()
        with pytest.raises(RestingError) as refused:
            async with second.turn("a.example", patience=60.0):
                pytest.fail("it was asked")
        return refused.value.seconds

    assert 290 < asyncio.run(told()) <= 300


def test_a_dead_workers_turn_ends_by_itself(archive: SharedArchive) -> None:
    with archive.engine.begin() as connection:
        hosts = HostRecords(connection)
        assert hosts.claim_host("a.example", "dead", 2.0) == (0.0, 0.0)
        wait, _ = hosts.claim_host("a.example", "living", 30)
        assert 0 < wait <= 0.2
    time.sleep(2.1)
    with archive.engine.begin() as connection:
        hosts = HostRecords(connection)
        assert hosts.claim_host("a.example", "living", 30) == (0.0, 0.0)
        hosts.release_host("a.example", "dead", 0.0, 0.0)
        assert hosts.claim_host("a.example", "third", 30)[0] > 0, "the dead one ended nothing"


def page(canonical: str, hurt: str = "Twelve") -> bytes:
    return f"""<html lang=en><head><title>Bridge closed</title><link rel=canonical href={canonical}>
    </head><body><article><h1>Bridge closed after lorry strikes pier</h1><p>The old bridge over the
    Tarn was closed on Monday morning after a lorry struck one of its piers, engineers said.</p>
    <p>{hurt} people were hurt, according to the ambulance service, which sent six vehicles to the
    scene.</p></article></body></html>""".encode()


def arrived(
    archive: SharedArchive, lease: Lease, canonical: str = "", hurt: str = "Twelve"
) -> Arrived:
    with archive.read() as records:
        article = records.article(lease.number)
    assert article is not None
    body = page(canonical or article.url, hurt)
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Arrived(lease, article, Fetched(article.url, NOON, article.url, 200, headers, body))


def worker_on(
    archive: SharedArchive, name: str, now: datetime, terms: Terms | None = None
) -> Worker:
    path = CapturePath(archive, Reader())
    return Worker(archive, path, PoliteFetcher(guard=Guard()), name, lambda: now, terms)


def test_workers_hold_to_budgets_of_looks_together(archive: SharedArchive) -> None:
    with archive.write() as records:
        bell = records.add_source("https://bell.example/feed", SourceKind.FEED, None, NOON)
        records.update_source(bell.id, looks=3, next_check=None)
        for n in range(20):
            article_at(records, f"https://bell.example/{n}", bell.id, NOON)
    articles(archive, 20)
    free = [worker_on(archive, f"w{n}", NOON) for n in range(4)]
    with ThreadPoolExecutor(4) as pool:
        given = [one for some in pool.map(lambda w: w._claimed(5), free * 6) for one in some]
    of_bell = [one for one in given if one.article and one.article.source == bell.id]
    assert (len(of_bell), len(given)) == (3, 23)

    later = NOON + timedelta(minutes=66)
    terms = Terms(looks=2)
    bounded = worker_on(archive, "w", later, terms)
    with archive.engine.begin() as connection:
        connection.execute(text("DELETE FROM lease"))
    assert len(bounded._claimed(50)) == 2
    assert bounded._claimed(50) == []


def test_what_was_fetched_under_a_lost_lease_is_not_written(archive: SharedArchive) -> None:
    articles(archive, 2)
    with capture_path(archive) as path:
        worker = Worker(archive, path, PoliteFetcher(guard=Guard()), "slow", lambda: NOON)
        mine = [arrived(archive, one) for one in claim(archive, "slow", seconds=0.05)]
        time.sleep(0.1)
        [taken] = claim(archive, "quick", limit=1)
        worker._take(mine)
        worker._take(mine)  # the answer to a commit was lost, and it is done again
    assert (worker.done.checked, worker.done.lost) == (1, 3)
    with archive.read() as records:
        assert records.captures(taken.number) == []
        assert records.counts() == {"articles": 2, "versions": 1, "captures": 1}


def test_a_page_of_another_site_is_taken_with_the_archive_for_oneself(
    archive: SharedArchive,
) -> None:
    """Two addresses, one story: its article stands on a site that somebody else may be writing to."""
    [first] = articles(archive, 1, "a.example")
    articles(archive, 1, "desk.a.example")
    leases = {one.number: one for one in claim(archive, "w")}
    with capture_path(archive) as path:
        worker = Worker(archive, path, PoliteFetcher(guard=Guard()), "w", lambda: NOON)
        worker._take([arrived(archive, leases.pop(first))])
        [other] = leases.values()
        worker._take([arrived(archive, other, "https://a.example/story-0")])
    with archive.read() as records:
        assert records.counts() == {"articles": 1, "versions": 1, "captures": 2}
        assert records.article(other.number) is None


def test_a_look_that_fails_takes_no_other_of_its_batch_with_it(archive: SharedArchive) -> None:
    """The first record of a new WARC file is undone; the next one stands in the same file."""
    articles(archive, 2)
    first, second = (arrived(archive, one) for one in claim(archive, "w"))
    with capture_path(archive) as path, archive.write() as records:
        with records.attempt() as failed:
            path.take(records, first.article, first.fetched)
            raise ValueError("something breaks")
        with records.attempt() as taken:
            path.take(records, second.article, second.fetched)
        path.finish(records)
    assert failed.error is not None
    assert taken.error is None
    with archive.read() as records:
        assert records.counts()["captures"] == 1


def test_workers_write_to_different_sites_side_by_side(
    archive: SharedArchive, place: PostgresPlace
) -> None:
    with open_shared_archive(place) as second:
        with archive.write(["a.example"]) as records, second.write(["b.example"]) as others:
            records.add_article("https://a.example/1", ["a1"], None, NOON)
            others.add_article("https://b.example/1", ["b1"], None, NOON)
            with second.engine.begin() as third:
                third.execute(text("SET LOCAL lock_timeout = '200ms'"))
                with pytest.raises(Exception, match="lock timeout"):
                    lock(third, Lock.ARCHIVE)
        with second.write() as records:
            assert records.counts()["articles"] == 2


def test_a_worker_tells_of_itself(archive: SharedArchive) -> None:
    articles(archive, 3)
    claim(archive, "w")
    with archive.engine.begin() as connection:
        leases = LeaseRecords(connection)
        leases.tell_worker("w", "m", 7, 12, 3)
        [told] = leases.workers()
        assert (told.name, told.process, told.checked, told.versions, told.leases) == (
            "w",
            7,
            12,
            3,
            3,
        )
        assert told.silent < 5
        leases.forget_worker("w")
        assert leases.workers() == [] and leases.busy() == 0
