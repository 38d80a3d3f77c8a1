"""What pages may cost, in numbers that do not depend on how busy the machine is."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from web_shelf import NOW, Filled, Shelf, fill, story

from variorum.pipeline.path import CapturePath
from variorum.store.archive import Archive
from variorum.store.search_query import SearchFilter
from variorum.web import create_app
from variorum.web.memory import PageMemory


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    shelf = fill(tmp_path_factory.mktemp("quality-web") / "archive")
    with shelf.archive:
        yield shelf


@contextmanager
def counted(archive: Archive) -> Iterator[list[str]]:
    """The statements that the archive is asked meanwhile."""
    asked: list[str] = []

    def note(_c: object, _k: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(archive.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(archive.engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 9),
        ("/?kind=figure&announced=no", 9),
        ("/a/1", 16),
        ("/a/1/v1", 13),
        ("/a/1/v0..v1", 16),
        ("/a/1/claims", 13),
        ("/search?q=crane", 8),
        ("/search?q=crane&in=removed&speaker=maro&kind=quote", 10),
    ],
)
def test_a_page_asks_the_database_a_few_times_only(filled: Filled, path: str, most: int) -> None:
    app = create_app(filled.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    app.state.site.pages = PageMemory(room=0)
    visitor = TestClient(app)
    while filled.archive.mark() is None:  # a file just written to has none yet
        time.sleep(0.02)
    assert visitor.get(path).status_code == 200
    with counted(filled.archive) as asked:
        assert visitor.get(path).status_code == 200
    assert len([s for s in asked if not s.startswith("BEGIN")]) <= most, asked


def steps(archive: Archive, query: str, wanted: SearchFilter) -> int:
    """Thousands of steps that SQLite takes for a search."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    with archive.read() as records:
        records.search(query, limit=40, wanted=wanted)
        plain = records.db.connection.driver_connection
        plain.set_progress_handler(step, 1000)  # type: ignore[union-attr]
        try:
            records.search(query, limit=40, wanted=wanted)
        finally:
            plain.set_progress_handler(None, 0)  # type: ignore[union-attr]
    return taken


def test_a_common_word_is_found_as_quickly_in_many_sentences_as_in_few(tmp_path: Path) -> None:
    filled = fill(tmp_path / "archive")
    shelf = Shelf(filled.archive, CapturePath(filled.archive, None))  # type: ignore[arg-type]
    taken = []
    with filled.archive as archive:
        for turn in range(2):
            for k in range(3 if turn else 1):
                lines = [f"The tide of {turn} {k} {n} was high at noon." for n in range(400)]
                shelf.article(f"https://tide.example/{turn}-{k}", [story("The tide", *lines)])
            taken.append(steps(archive, "tide", SearchFilter()))
    assert taken[1] <= taken[0] + 2
