"""A story that was given a new address is one article, whichever of the two is seen first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from joining_desk import BRIDGE, LATE, NOW, Desk, page

from variorum.bootstrap import capture_path, open_archive
from variorum.pipeline.identity import find_article

OLD = page("Bridge may reopen", "Twelve", BRIDGE)
NEW = page("Bridge stays shut", "Twelve", LATE)
OTHER = page("Bridge stays shut", "Thirty-one", LATE, "<p>A barge sank under it at noon, too.</p>")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_archive(tmp_path / "archive") as archive, capture_path(archive) as path:
        yield Desk(archive, path)


def test_a_new_address_seen_before_the_old_one_leads_to_it_is_the_same_article(desk: Desk) -> None:
    old = desk.look(BRIDGE, OLD)
    new = desk.look(LATE, NEW)
    assert new.id != old.id
    desk.look(BRIDGE, NEW, final=LATE)
    with desk.archive.read() as records:
        joined = records.article(old.id)
        assert joined is not None and (joined.versions, joined.captures) == (2, 3)
        heads = [v.document.headline for v in records.versions(old.id)]
        assert heads == ["Bridge may reopen", "Bridge stays shut"]
        assert records.forward_of(new.id) == old.id
        found = find_article(records, LATE)
        assert found is not None and found.id == old.id
        (act,) = records.acts()
        assert (act.kind, act.person, act.article) == ("merge", "variorum", new.id)


def test_an_old_address_that_leads_to_another_text_joins_nothing(desk: Desk) -> None:
    old = desk.look(BRIDGE, OLD)
    new = desk.look(LATE, OTHER)
    desk.look(BRIDGE, NEW, final=LATE)
    with desk.archive.read() as records:
        assert {records.article(n).state for n in (old.id, new.id)} == {"watching"}  # type: ignore[union-attr]


def test_what_an_editor_keeps_apart_is_not_joined(desk: Desk) -> None:
    old = desk.look(BRIDGE, OLD)
    new = desk.look(LATE, NEW)
    with desk.archive.write() as records:
        records.keep_apart(old.id, new.id)
    desk.look(BRIDGE, NEW, final=LATE)
    with desk.archive.read() as records:
        assert records.forward_of(new.id) is None


def test_joined_articles_are_looked_at_again_as_one(desk: Desk) -> None:
    old = desk.look(BRIDGE, OLD)
    desk.look(LATE, NEW)
    desk.look(BRIDGE, NEW, final=LATE)
    again = desk.look(LATE, NEW)
    assert again.id == old.id
    assert again.first_seen is not None and again.first_seen < NOW
