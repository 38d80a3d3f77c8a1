"""The pages and the API of an archive in PostgreSQL: to the letter those of the same archive in a
directory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_shelf import NOW, Filled, fill

from postgres_server import Server
from variorum.bootstrap import open_archive
from variorum.pipeline.moving import move
from variorum.store.archive import Archive
from variorum.web import create_app

CRANE = "https://harbour.example/crane?id=7"
SEARCHES = (
    "crane", "the crane", '"the crane"', "cran*", "crane&where=removed", "the&where=added",
    "the&speaker=a", "the&kind=figure", "the&since=2025-03-12", "the&host=harbour.example",
)  # fmt: skip


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, postgres: Server
) -> Iterator[tuple[TestClient, TestClient, Filled]]:
    folder = tmp_path_factory.mktemp("both")
    filled = fill(folder / "archive")
    filled.archive.close()
    place = postgres.place(folder / "captures")
    move(str(folder / "archive"), place)
    with (
        open_archive(folder / "archive", read_only=True) as one,
        open_archive(place, read_only=True) as many,
    ):
        yield client(one), client(many), filled


def client(archive: Archive) -> TestClient:
    app = create_app(archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    return TestClient(app, follow_redirects=False)


def test_every_page_is_the_same(both: tuple[TestClient, TestClient, Filled]) -> None:
    one, many, shelf = both
    values = {"id": shelf.harbour, "n": 0, "m": 1, "time": "20250312060000", "url": CRANE}
    paths = [
        path.format(**values) + ("?old=0&new=1" if path.endswith("compare") else "")
        for path, item in one.get("/openapi.json").json()["paths"].items()
        if path not in ("/events", "/metrics") and "get" in item
    ]
    paths += [f"/search.json?q={words}" for words in SEARCHES]
    paths += [f"/search?q={words}" for words in SEARCHES]
    other = []
    for path in paths:
        first, second = one.get(path), many.get(path)
        if (first.status_code, first.content) != (second.status_code, second.content):
            other.append((path, first.status_code, second.status_code))
    assert len(paths) > 50
    assert other == []


def test_a_page_is_kept_until_something_is_written(postgres: Server, tmp_path: Path) -> None:
    place = postgres.place(tmp_path / "captures")
    with open_archive(place) as archive, open_archive(place, read_only=True) as reader:
        before = reader.mark()
        assert before is not None
        assert reader.mark() == before
        with archive.write() as records:
            records.set_setting("something", 1)
        assert reader.mark() != before
