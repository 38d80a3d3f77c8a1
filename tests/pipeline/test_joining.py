"""Articles joined and split by hand: nothing captured is lost, and both histories are made anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from variorum.bootstrap import capture_path, open_archive
from variorum.model import Article, Fetched
from variorum.pipeline.identity import article_at, find_article
from variorum.pipeline.joining import CannotError, Cut, join, split
from variorum.pipeline.path import CapturePath
from variorum.pipeline.replay import replay
from variorum.store.archive import Archive
from variorum.store.records import Records

START = datetime(2025, 3, 12, 6, 0, tzinfo=UTC)
NOW = START + timedelta(days=2)
BRIDGE = "https://news.example.org/city/bridge"
LATE = "https://news.example.org/city/bridge-late-edition"


def page(headline: str, hurt: str, canonical: str, more: str = "") -> bytes:
    return f"""<!doctype html><html lang="en"><head><title>{headline}</title>
    <link rel="canonical" href="{canonical}"><meta property="og:type" content="article"></head>
    <body><main><article><h1>{headline}</h1>
    <p>The old bridge over the Tarn was closed on Monday morning after a lorry struck one of its
    piers, and engineers said that it would stay shut for weeks.</p>
    <p>{hurt} people were hurt, according to the ambulance service, which sent six vehicles to the
    scene shortly after seven o'clock.</p>
    <p>“We heard a bang and then the whole deck shook,” said Ana Reyes, who was crossing on foot
    with her two children when it happened.</p>{more}</article></main></body></html>""".encode()


class Desk:
    """Puts captures into an archive, an hour apart."""

    def __init__(self, archive: Archive, path: CapturePath) -> None:
        self.archive = archive
        self.path = path
        self.hour = 0

    def look(
        self, url: str, body: bytes = b"", status: int = 200, final: str | None = None
    ) -> Article:
        time = START + timedelta(hours=self.hour)
        self.hour += 1
        kind = (("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{self.hour}"'))
        with self.archive.write() as records:
            article, _ = article_at(records, url, None, time)
            fetched = Fetched(url, time, final or url, status, kind, body)
            taken = self.path.take(records, article, fetched)
            self.path.finish(records)
            known = records.article(taken.article)
        assert known is not None
        return known

    def captures(self) -> list[tuple[str, str | None, str | None]]:
        """Everything that was captured, whoever has it."""
        with self.archive.read() as records:
            rows = records.db.exec_driver_sql(
                "SELECT url, digest, warc || ':' || offset FROM capture ORDER BY id"
            )
            return [tuple(row) for row in rows]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_archive(tmp_path / "archive") as archive, capture_path(archive) as path:
        yield Desk(archive, path)


def headlines(records: Records, number: int) -> list[str | None]:
    return [v.document.headline for v in records.versions(number)]


def two_articles(desk: Desk) -> tuple[Article, Article]:
    """The same story under two addresses that nothing ties together."""
    one = desk.look(BRIDGE, page("Bridge closed", "Twelve", BRIDGE))
    other = desk.look(LATE, page("Bridge closed, late edition", "Fourteen", LATE))
    desk.look(BRIDGE, status=304)
    desk.look(LATE, page("Bridge closed, late edition", "Twenty-one", LATE))
    assert one.id != other.id
    return one, other


def test_joined_articles_have_one_history_in_the_order_of_time(desk: Desk) -> None:
    one, other = two_articles(desk)
    before = desk.captures()
    with desk.archive.write() as records:
        records.add_note(one.id, 0, "beside the first", "ana", NOW)
        joined = join(desk.path, records, one.id, other.id, NOW)
    assert joined.id == other.id and joined.captures == 4
    assert desk.captures() == before
    with desk.archive.read() as records:
        assert headlines(records, other.id)[0] == "Bridge closed"
        assert records.version_times(other.id) == sorted(records.version_times(other.id))
        old = records.article(one.id)
        assert old is not None and (old.state, old.versions, old.captures) == ("merged", 0, 0)
        assert records.forward_of(one.id) == other.id
        found = find_article(records, BRIDGE)
        assert found is not None and found.id == other.id
        assert [n.text for n in records.notes(other.id)] == ["beside the first"]
        assert {c.article for c in records.captures(other.id)} == {other.id}
        assert one.id not in records.article_numbers()
        assert {h.article for h in records.search("bridge")} == {other.id}
        assert records.counts()["articles"] == 1
        assert joined.next_check == NOW


def test_a_joined_article_is_asked_for_without_the_other_ones_validators(desk: Desk) -> None:
    one, other = two_articles(desk)
    with desk.archive.write() as records:
        join(desk.path, records, other.id, one.id, NOW)
    with desk.archive.read() as records:
        newest = records.last_capture(one.id, with_page=True)
        assert newest is not None and newest.url == LATE and newest.etag is None


def test_what_was_joined_is_split_again_by_its_address(desk: Desk) -> None:
    one, other = two_articles(desk)
    with desk.archive.read() as records:
        before = headlines(records, one.id), headlines(records, other.id)
    with desk.archive.write() as records:
        join(desk.path, records, one.id, other.id, NOW)
    with desk.archive.write() as records:
        stayed, went = split(desk.path, records, other.id, Cut(address=BRIDGE), NOW)
    assert (stayed.id, went.id) == (other.id, one.id)
    with desk.archive.read() as records:
        assert (headlines(records, one.id), headlines(records, other.id)) == before
        assert records.forward_of(one.id) is None
        found = find_article(records, BRIDGE)
        assert found is not None and found.id == one.id
        found = find_article(records, LATE)
        assert found is not None and found.id == other.id


def test_an_address_that_tells_another_story_is_split_by_version(desk: Desk) -> None:
    article = desk.look(BRIDGE, page("Bridge closed", "Twelve", BRIDGE))
    desk.look(BRIDGE, page("Bridge closed", "Fourteen", BRIDGE))
    other = page("Bridge opens", "No", BRIDGE, "<p>The mayor cut a ribbon, said the town hall.</p>")
    desk.look(BRIDGE, other)
    desk.look(BRIDGE, other)
    desk.look(BRIDGE, status=304)
    with desk.archive.read() as records:
        assert len(records.version_times(article.id)) == 3
    before = desk.captures()
    with desk.archive.write() as records:
        stayed, went = split(desk.path, records, article.id, Cut(version=2), NOW)
    assert desk.captures() == before
    assert (stayed.id, stayed.versions, stayed.captures) == (article.id, 2, 2)
    assert (went.versions, went.captures, went.url) == (1, 3, BRIDGE)
    assert stayed.state == "paused" and stayed.url.startswith(BRIDGE + "#until-2025")
    assert went.state == "watching" and went.next_check is not None
    with desk.archive.read() as records:
        found = find_article(records, BRIDGE)
        assert found is not None and found.id == went.id
        assert records.kept_apart(stayed.id, went.id) and records.kept_apart(went.id, stayed.id)
        assert headlines(records, went.id) == ["Bridge opens"]
    again = desk.look(BRIDGE, page("Bridge opens", "Three", BRIDGE))
    assert again.id == went.id and again.versions == 2


def test_articles_kept_apart_stay_apart_when_their_histories_are_made_anew(desk: Desk) -> None:
    """The page of the one names the other as its canonical address."""
    one = desk.look(BRIDGE, page("Bridge closed", "Twelve", BRIDGE))
    same = desk.look(LATE, page("Bridge closed, late edition", "Fourteen", BRIDGE))
    assert same.id == one.id
    desk.look(BRIDGE, page("Bridge closed", "Twenty", BRIDGE))
    with desk.archive.write() as records:
        stayed, went = split(desk.path, records, one.id, Cut(address=LATE), NOW)
    assert (stayed.id, went.url) == (one.id, LATE)
    for _ in range(2):
        with desk.archive.write() as records:
            replay(desk.path, records, went.id)
            replay(desk.path, records, stayed.id)
    with desk.archive.read() as records:
        assert headlines(records, went.id) == ["Bridge closed, late edition"]
        assert set(headlines(records, stayed.id)) == {"Bridge closed"}
    assert desk.look(LATE, page("Bridge closed, late edition", "Ten", BRIDGE)).id == went.id
    assert desk.look(BRIDGE, page("Bridge closed", "Ten", BRIDGE)).id == one.id


def test_what_cannot_be_joined_or_split_is_said_and_nothing_changes(desk: Desk) -> None:
    one, other = two_articles(desk)
    cases = [
        (one.id, one.id, "itself"),
        (one.id, 999, "no article 999"),
        (999, one.id, "no article 999"),
    ]
    for number, into, words in cases:
        with pytest.raises(CannotError, match=words), desk.archive.write() as records:
            join(desk.path, records, number, into, NOW)
    for cut, words in (
        (Cut(version=0), "versions 1 to"),
        (Cut(version=9), "versions 1 to"),
        (Cut(address="https://elsewhere.example/"), "no capture"),
        (Cut(address=BRIDGE), "no capture"),
        (Cut(), "versions 1 to"),
    ):
        with pytest.raises(CannotError, match=words), desk.archive.write() as records:
            split(desk.path, records, one.id, cut, NOW)
    with desk.archive.write() as records:
        records.hide_article(other.id, "an order", "ana", NOW)
    with pytest.raises(CannotError, match="hidden"), desk.archive.write() as records:
        join(desk.path, records, one.id, other.id, NOW)
    with desk.archive.read() as records:
        assert len(records.captures(one.id)) == 2 and len(records.captures(other.id)) == 2


def test_a_hidden_article_is_not_joined_by_what_a_page_says(desk: Desk) -> None:
    one = desk.look(BRIDGE, page("Bridge closed", "Twelve", BRIDGE))
    with desk.archive.write() as records:
        records.hide_article(one.id, "an order", "ana", NOW)
    other = desk.look(LATE, page("Bridge closed, late edition", "Twelve", BRIDGE))
    assert other.id != one.id
