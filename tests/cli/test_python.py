"""The archive as a Python program opens it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_run import Run

import variorum
from postgres_server import Server
from variorum.bootstrap import open_archive
from variorum.store.errors import ArchiveMissingError


def test_a_mistyped_place_is_one_line_and_no_new_archive(tmp_path: Path) -> None:
    place = tmp_path / "mistyped"
    with pytest.raises(ArchiveMissingError, match=r"no archive in .*mistyped: .*create=True"):
        variorum.open_archive(place)
    assert not place.exists()


def test_an_archive_is_begun_where_that_is_asked_for_and_opened_again(tmp_path: Path) -> None:
    with variorum.open_archive(tmp_path / "archive", create=True) as archive:
        assert archive.writable
    with variorum.open_archive(tmp_path / "archive") as archive, archive.read() as records:
        assert records.counts()["articles"] == 0


def test_what_another_process_writes_to_can_be_read(imported: Run) -> None:
    with open_archive("archive"), variorum.open_archive("archive", read_only=True) as archive:
        assert not archive.writable
        with archive.read() as records:
            assert records.counts()["versions"] == 2


def test_an_archive_that_is_only_read_cannot_be_begun(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="read_only"):
        variorum.open_archive(tmp_path, create=True, read_only=True)


@pytest.mark.slow
def test_an_empty_database_holds_no_archive_either(tmp_path: Path, postgres: Server) -> None:
    place = postgres.place(tmp_path / "captures")
    with pytest.raises(ArchiveMissingError, match="create=True"):
        variorum.open_archive(place)
    variorum.open_archive(place, create=True).close()
    with variorum.open_archive(place) as archive, archive.read() as records:
        assert records.counts()["articles"] == 0
