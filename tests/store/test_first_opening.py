"""The first opening of an archive in PostgreSQL, stopped anywhere: it can be opened after that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from postgres_server import Server
from variorum.bootstrap import open_archive
from variorum.store import durable, shared_archive
from variorum.store.errors import ArchiveError
from variorum.store.records import Records

MARK = "archive-id"


class Off(BaseException):
    """The machine stops."""


class Prefix:
    """A place in a store, as far as a first opening asks for it."""

    def __init__(self, place: str) -> None:
        self.place = place

    def mark(self) -> str | None:
        return prefixes.get(self.place)

    def write_mark(self, text: str) -> None:
        prefixes[self.place] = text.strip()

    def sizes(self) -> dict[str, int]:
        return {}


prefixes: dict[str, str] = {}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> str:
    prefixes.clear()
    monkeypatch.setattr("variorum.store.s3_warc.Bucket", Prefix)
    return "&warc=s3://news/archive"


def stopping(real: Callable[..., Any], *, after: bool) -> Callable[..., Any]:
    def call(*given: Any, **named: Any) -> Any:
        if after:
            real(*given, **named)
        raise Off

    return call


STEPS = {
    "the setting": (Records, "set_setting"),
    "the mark": (durable, "write_whole"),
    "the mark's own name": (durable, "_take_name"),
    "the last word": (Records, "forget_setting"),
    "the store's mark": (Prefix, "write_mark"),
}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_first_opening_stopped_anywhere_is_begun_again(
    postgres: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    bucket: str,
    step: str,
    after: bool,
) -> None:
    place = postgres.place(tmp_path / "captures") + bucket
    owner, name = STEPS[step]
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, stopping(getattr(owner, name), after=after))
        with pytest.raises(Off):
            open_archive(place)
    for _ in range(2):
        open_archive(place).close()
    mark, told = (tmp_path / "captures" / MARK).read_text().splitlines()
    assert prefixes == {told: mark}
    other = place.replace(str(tmp_path / "captures"), str(tmp_path / "other"))
    with pytest.raises(ArchiveError, match="does not hold the captures"):
        open_archive(other)


def test_a_beginning_in_one_directory_is_no_beginning_in_another(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = postgres.database()
    first, second = (postgres.place(tmp_path / d, name) for d in ("first", "second"))
    with monkeypatch.context() as patched:
        patched.setattr(Records, "forget_setting", stopping(lambda: None, after=False))
        with pytest.raises(Off):
            open_archive(first)
    open_archive(second).close()
    with pytest.raises(ArchiveError, match="does not hold the captures"):
        open_archive(first)
    open_archive(second).close()


def test_an_empty_mark_is_no_mark(postgres: Server, tmp_path: Path) -> None:
    place, mark = postgres.place(tmp_path), tmp_path / MARK
    mark.touch()  # as a machine that stopped leaves a file that was not synced
    open_archive(place).close()
    told = mark.read_text()
    for lost in ("", "\n"):
        mark.write_text(lost)
        open_archive(place).close()
        assert mark.read_text() == told


def test_a_lost_mark_is_written_anew_only_where_the_captures_are(
    postgres: Server, tmp_path: Path
) -> None:
    name = postgres.database()
    place = postgres.place(tmp_path / "captures", name)
    with open_archive(place) as archive, archive.write() as records:
        name_of_file, length = "variorum-20250301120000-0-00000.warc.gz", 9
        records.set_warc_length(name_of_file, length)
    file = tmp_path / "captures" / "warc" / name_of_file
    durable.make_directory(file.parent)
    file.write_bytes(b"123456789")
    mark = tmp_path / "captures" / MARK
    told = mark.read_text()
    mark.unlink()
    with pytest.raises(ArchiveError, match="does not hold the captures"):
        open_archive(postgres.place(tmp_path / "elsewhere", name))
    open_archive(place).close()
    assert mark.read_text() == told
    file.unlink()
    mark.write_text("")
    with pytest.raises(ArchiveError, match="does not hold the captures"):
        open_archive(place)
    assert shared_archive.told_place(tmp_path / "captures") is None
