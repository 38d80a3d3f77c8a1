"""What turns over on many stories of a site at once is taken back as the site's; what its editors write
into many stories at once stays."""

from __future__ import annotations

import pytest
from watched_world import World, feed, html

from variorum.bootstrap import open_archive
from variorum.model import DecisionKind

TOWNS = ("Ardley", "Brenning", "Coldwater", "Dunmore", "Eastry", "Farrow")
PATHS = tuple(f"/news/{town.lower()}" for town in TOWNS)


def story(town: str, amid: str = "", hurt: str = "Three", after: str = "") -> str:
    return f"""<header><a href="/">The Tarn Valley Post</a></header><main><article><h1>Bridge at {town} is closed</h1>
    <div class="body"><p>The bridge at {town} was closed on Monday morning after a lorry struck one of the piers,
    and engineers of {town} said that it would stay shut for several weeks.</p>
    <p>{hurt} people were hurt, according to the ambulance service of {town}, which sent six vehicles there.</p>
    <div class="z9">{amid}</div>
    <p>The mayor of {town} said that she had warned the county of the piers in a letter, twice.</p>
    <p>Traffic through {town} goes round by the old ford until the summer, the county said.</p>{after}</div>
    </article></main>"""


def publish(world: World, amid: str, **rest: str) -> None:
    world.site.pages = {"/feed": feed(*PATHS)}
    for town, path in zip(TOWNS, PATHS, strict=True):
        world.site.pages[path] = html(story(town, amid, **rest))


def versions(world: World, path: str) -> list[str]:
    article, _ = world.article(path)
    with open_archive(world.place, read_only=True) as archive, archive.read() as records:
        return [v.document.text for v in records.versions(article.id)]


BOXES = (
    "<p>Marmalade, the long way round</p><p>Our kitchen tries it with lemons, and lives.</p>",
    "<p>Nine owls in an afternoon</p><p>A walk that begins at the gasworks, for once.</p>",
    "<p>How we moved the piano</p><p>Four cousins, two planks, no plan whatsoever.</p>",
)


@pytest.fixture
def world(tmp_path) -> World:
    return World(tmp_path / "archive")


def test_a_box_that_turns_over_on_all_stories_at_once_leaves_no_version(world: World) -> None:
    publish(world, BOXES[0])
    world.look(2)
    publish(world, f"<p>Gala night</p><p>Seats from £4, with a raffle.</p>{BOXES[1]}")
    world.look()
    publish(world, BOXES[2])
    world.look()
    for path in PATHS:
        assert len(versions(world, path)) == 1, path
        _, captures = world.article(path)
        assert {c.version for c in captures if c.status == 200} == {0}


def test_a_pass_tells_how_many_versions_were_taken_back(world: World) -> None:
    publish(world, "")
    world.look(2)
    publish(
        world, "<p>Gala night at the Corn Hall, with a raffle and a band of seven, on Sunday.</p>"
    )
    [done] = world.look()
    left = sum(len(versions(world, path)) - 1 for path in PATHS)
    assert done.versions - done.taken_back == left == 0
    assert done.taken_back == done.to_dict()["taken_back"] > 0


def test_an_edit_beside_a_box_that_turns_over_stays(world: World) -> None:
    publish(world, BOXES[0])
    world.look(2)
    publish(world, BOXES[1])
    world.site.pages[PATHS[0]] = html(story(TOWNS[0], BOXES[1], hurt="Five"))
    world.look(2)
    found = versions(world, PATHS[0])
    assert len(found) == 2
    assert "Three people" in found[0] and "Five people" in found[1]


@pytest.mark.parametrize(
    "rest",
    [
        {"after": "<p>Correction: an earlier version of this story said that the lorry had come from the port.</p>"},
        {"after": "<p><em>This story was amended on 3 March to say that the county owns the piers.</em></p>"},
        {"hurt": "The county will pay for new piers, it said late on Monday. Three"},
    ],
)  # fmt: skip
def test_what_editors_write_into_all_of_their_stories_at_once_stays(
    world: World, rest: dict[str, str]
) -> None:
    publish(world, BOXES[0])
    world.look(2)
    publish(world, BOXES[0], **rest)
    world.look(3)
    for path in PATHS:
        article, captures = world.article(path)
        assert article.versions == 2, path
        assert captures[-1].version == 1


def test_a_version_of_an_older_day_is_not_looked_at_again(world: World) -> None:
    publish(world, "")
    world.look(2)
    line = "<p>Gala night at the Corn Hall, with a raffle and a band of seven, on Sunday.</p>"
    world.site.pages[PATHS[0]] = html(story(TOWNS[0], line))
    world.look()
    assert len(versions(world, PATHS[0])) == 2
    world.clock.advance(days=3)
    publish(world, line)
    world.look()
    article, _ = world.article(PATHS[0])
    assert article.versions == 2
    with open_archive(world.place, read_only=True) as archive, archive.read() as records:
        version = records.version(article.id, 1)
    assert version is not None and version.kind is DecisionKind.CHANGED


def test_numbers_of_changes_that_were_taken_back_are_not_given_again(world: World) -> None:
    publish(world, "")
    world.look(2)
    world.site.pages[PATHS[0]] = html(story(TOWNS[0], hurt="Five"))
    world.look()
    line = "<p>Gala night at the Corn Hall, with a raffle and a band of seven, on Sunday.</p>"
    publish(world, line)
    world.site.pages[PATHS[0]] = html(story(TOWNS[0], line, hurt="Five"))
    [done] = world.look()
    assert done.taken_back
    with open_archive(world.place, read_only=True) as archive, archive.read() as records:
        last = records.last_change_id()
    assert last >= done.taken_back + 1
    world.site.pages[PATHS[1]] = html(story(TOWNS[1], line, hurt="Nine"))
    world.look()
    with open_archive(world.place, read_only=True) as archive, archive.read() as records:
        [fresh] = records.changes_after(last)
    assert fresh.url.endswith(PATHS[1])
