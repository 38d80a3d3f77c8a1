"""Exports of an archive in PostgreSQL, which others may be writing to at the same time."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from archives import BRIDGE, fetched, story_captures
from sqlalchemy import text
from test_evidence_tables import run

from postgres_server import Server
from variorum.bootstrap import capture_path, open_archive
from variorum.evidence.as_logged import AsLogged
from variorum.evidence.entries import parse
from variorum.evidence.recorder import LOG, LogRecorder
from variorum.evidence.tiles import LogReader
from variorum.evidence.verify import Options, verify_archive
from variorum.model import Fetched
from variorum.pipeline.identity import article_at
from variorum.store.archive import Archive
from variorum.store.shared_archive import SharedArchive


def put(archive: Archive, captures: list[Fetched]) -> None:
    with capture_path(archive) as path:
        for capture in captures:
            with archive.write() as records:
                article, _ = article_at(records, capture.url, None, capture.time)
                path.take(records, article, capture)
                path.finish(records)


@pytest.fixture
def place(postgres: Server, tmp_path: Path) -> str:
    told = postgres.place(tmp_path / "captures")
    with open_archive(told) as archive:
        put(archive, story_captures())
    return told


def test_an_export_is_compared_with_the_log_there_too(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.jsonl", "a.html", "a.wacz", "a.warc.gz"):
        code, _, err = run(capsys, "export", tmp_path / name, "--archive", place)
        assert code == 0, err
        (tmp_path / name).unlink()
    with open_archive(place) as archive, closing(archive.engine.connect()) as db:
        db.execute(text("UPDATE version SET headline = 'Other' WHERE article = 1"))
        db.commit()
    for name in ("a.jsonl", "a.html", "a.wacz", "a.warc.gz"):
        code, _, err = run(capsys, "export", tmp_path / name, "--archive", place)
        assert (code, "is not what the log says" in err) == (3, True), err
        assert not (tmp_path / name).exists()


def test_what_others_write_meanwhile_is_left_out(place: str) -> None:
    with open_archive(place, read_only=True) as reader, reader.read() as records:
        before = records.article_numbers()
        with open_archive(place) as other:
            put(other, [fetched(BRIDGE, 9, b"", 304), fetched(BRIDGE, 10, b"", 304)])
        compared = AsLogged.read(reader, records).articles(before, records_too=True)
    assert (compared.captures, compared.versions, compared.records) == (8, 4, 8)


def test_an_export_is_entered_in_the_log_behind_what_others_have_written(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log that this process knew is not the log any more."""
    with open_archive(place) as mine:
        with open_archive(place) as other:
            put(other, [fetched(BRIDGE, 9, b"", 304)])
        assert isinstance(mine.recorder, LogRecorder)
        number = mine.recorder.exported("wacz", "0" * 64)
        log = LogReader(mine.directory / LOG)
        entries = list(map(parse, log.entries(log.newest()[1].size)))
        assert entries[number]["kind"] == "exported"
        put(mine, [fetched(BRIDGE, 10, b"", 304)])
    path = tmp_path / "a.wacz"
    code, out, err = run(capsys, "export", path, "--logged", "--archive", place, "--json")
    assert (code, json.loads(out)["captures"]) == (0, 10), err
    with open_archive(place, read_only=True) as archive:
        assert isinstance(archive, SharedArchive)
        report = verify_archive(archive.directory, Options(), archive).report
    assert report.sound
    assert report.counts["capture"] == {"ok": 10}
