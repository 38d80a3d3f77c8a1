"""Articles joined and split by hand: nothing captured is lost, and both histories are made anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from joining_desk import BRIDGE, LATE, NOW, Desk, page

from variorum.bootstrap import capture_path, open_archive
from variorum.model import Article
from variorum.pipeline.identity import find_article
from variorum.pipeline.joining import CannotError, Cut, join, split
from variorum.pipeline.replay import replay
from variorum.store.records import Records


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
