"""A disk that fills and a clock that jumps: nothing kept is lost, no history turned around."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from watched_world import World, feed, story

from file_systems import mounted
from variorum.bootstrap import open_archive
from variorum.model.times import parse_iso
from variorum.web import create_app


def test_a_full_disk_stops_fetching_and_goes_on_when_there_is_room(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path), path: story("12")}
    world.look()
    world.site.pages[path] = story("21")

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr("variorum.store.warc.os.fsync", no_room)
        with pytest.raises(BaseExceptionGroup):
            world.look()
    assert world.article(path)[0].versions == 1
    world.look()
    article, captures = world.article(path)
    assert article.versions == 2
    assert [c.version for c in captures] == [0, 1]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own with 24 MB."""
    with mounted(tmp_path / "disk", "size=24m") as place:
        yield place


def test_fetching_ends_before_the_disk_is_full_and_the_pages_stay_up(small_disk: Path) -> None:
    path = "/news/bridge-closed-1"
    world = World(small_disk / "archive")
    world.site.pages = {"/feed": feed(path), path: story("12")}
    world.look()
    world.site.pages[path] = story("21")
    filler = small_disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - (600 << 10)))
    asked = len(world.site.asked)
    with pytest.raises(OSError, match="nothing is fetched until"):
        world.look()
    assert len(world.site.asked) == asked
    assert world.article(path)[0].versions == 1
    with open_archive(world.place, read_only=True) as archive:
        client = TestClient(create_app(archive, clock=world.clock), "http://localhost")
        assert client.get("/a/1").status_code == 200
    filler.unlink()
    world.look()
    assert world.article(path)[0].versions == 2


def test_a_clock_that_jumps_back_turns_no_history_around(world: World) -> None:
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path), path: story("12")}
    world.look()
    world.site.pages[path] = story("21")
    world.clock.advance(days=-2)
    world.look()
    world.site.pages[path] = story("22")
    world.look()
    article, captures = world.article(path)
    assert article.versions == 3
    assert [c.version for c in captures] == [0, 1, 2]
    assert captures[0].time < captures[1].time < captures[2].time
    # What the clock said stands beside the time that it got.
    said = [c.details.get("clock") for c in captures]
    assert said[0] is None and said[1] is not None and said[2] is not None
    assert parse_iso(said[1]) < captures[0].time
    assert article.next_check is not None and article.next_check < world.clock() + timedelta(days=1)


def test_what_a_clock_far_ahead_has_planned_is_due_when_it_is_put_right(world: World) -> None:
    path = "/news/bridge-closed-1"
    world.site.pages = {"/feed": feed(path), path: story("12")}
    world.clock.advance(days=3000)
    world.look()
    world.clock.advance(days=-3000)
    world.site.pages[path] = story("21")
    asked = len(world.site.asked)
    world.look(everything=False)
    article, captures = world.article(path)
    assert len(world.site.asked) > asked
    assert [c.version for c in captures] == [0, 1] and captures[0].time < captures[1].time
    assert article.next_check is not None and article.next_check < world.clock() + timedelta(days=1)
