"""Processes that answer side by side find the pages that the others made, and nothing else."""

from __future__ import annotations

import multiprocessing
import random
from pathlib import Path
from typing import Any

import pytest

from variorum.web import shelves
from variorum.web.memory import Body, PageMemory
from variorum.web.shelves import Shelves

KEY = ("/a/7/v0..v1", b"view=side", "text/html", "http://testserver/", ("", ""), "en")


def page(words: str) -> Body:
    return Body.of(words.encode("utf-8"))


def test_a_page_that_one_made_is_the_page_of_the_other() -> None:
    both = Shelves(2)
    one, other = PageMemory(shelf=both.part(0)), PageMemory(shelf=both.part(1))
    one.put(KEY, (1, 2), page("<p>Øresund</p>"))
    found = other.get(KEY, (1, 2))
    assert found is not None and found.plain() == "<p>Øresund</p>".encode()
    assert found.tag == page("<p>Øresund</p>").tag


@pytest.mark.parametrize(
    ("key", "mark"),
    [
        (KEY, (1, 3)),
        (KEY, None),
        (("/a/7/v0..v1", *KEY[1:4], ("nora", "editor"), "en"), (1, 2)),
        ((*KEY[:3], "http://elsewhere.example/", *KEY[4:]), (1, 2)),
        ((*KEY[:5], "fr"), (1, 2)),
        (("\udcff", *KEY[1:]), (1, 2)),
    ],
)
def test_what_differs_in_anything_is_another_page(key: Any, mark: Any) -> None:
    both = Shelves(2)
    one, other = PageMemory(shelf=both.part(0)), PageMemory(shelf=both.part(1))
    one.put(KEY, (1, 2), page("<p>lamps</p>"))
    assert other.get(key, mark) is None
    one.put(key, mark, page("<p>others</p>"))
    assert other.get(KEY, (1, 2)) is not None


def test_nothing_is_shown_that_the_archive_may_not_stand_by() -> None:
    """A page made just after a write has no mark: nobody keeps it."""
    both = Shelves(2)
    PageMemory(shelf=both.part(0)).put(KEY, None, page("<p>new</p>"))
    assert both.part(1).get(KEY, None) is None


def test_what_is_overwritten_is_not_there(monkeypatch: Any) -> None:
    """Older pages give their room to newer ones, whole pages are read or none."""
    monkeypatch.setattr(shelves, "_ROOM", 40_000)
    rng = random.Random(5)
    both = Shelves(2)
    one, other = both.part(0), both.part(1)
    bodies = [Body("tag", None, rng.randbytes(rng.randrange(1, 5_000))) for _ in range(200)]
    for n, body in enumerate(bodies):
        one.put(n, 0, body)
        for k in (n, rng.randrange(n + 1)):
            assert other.get(k, 0) in (None, bodies[k])
        assert other.get(n, 0) == body
    assert other.get(0, 0) is None
    one.put("large", 0, Body("tag", None, rng.randbytes(6_000)))
    assert other.get("large", 0) is None


def test_a_page_half_overwritten_does_not_fit_its_seal() -> None:
    both = Shelves(2)
    both.part(0).put(1, 0, Body("tag", None, b"x" * 900))
    assert both.part(1).get(1, 0) is not None
    both.part(0).put(2, 0, Body("tag", None, b"y" * 100))
    assert both.part(1).get(1, 0) is None


def _makes(given: Shelves, done: Any) -> None:
    given.part(1).put(KEY, 0, page("<p>from beside</p>"))
    done.set()


def test_it_is_handed_to_a_process_that_is_spawned(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    both, done = Shelves(2), context.Event()
    process = context.Process(target=_makes, args=(both, done))
    process.start()
    assert done.wait(60)
    process.join(60)
    found = both.part(0).get(KEY, 0)
    assert found is not None and found.plain() == b"<p>from beside</p>"
