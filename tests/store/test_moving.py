"""An archive moved from a directory to PostgreSQL and back: nothing is lost, nothing is other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from postgres_server import Server
from variorum.bootstrap import capture_path, open_archive
from variorum.evidence.verify import Options, verify_archive
from variorum.model import Fetched, SourceKind
from variorum.pipeline.identity import article_at
from variorum.pipeline.moving import move
from variorum.store.archive import Archive
from variorum.store.errors import ArchiveError, ArchiveMissingError
from variorum.store.people_records import Act

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def page(hurt: str) -> bytes:
    return f"""<html lang=en><head><title>Bridge closed</title></head><body><article>
    <h1>Bridge closed after lorry strikes pier</h1><p>The old bridge over the Tarn was closed on
    Monday morning after a lorry struck one of its piers, engineers said on the same day.</p>
    <p>{hurt} people were hurt, according to the ambulance service, which sent six vehicles to the
    scene.</p></article></body></html>""".encode()


def fill(place: str, odd: str = "ὀδδ 🜚") -> None:
    """Two articles with a history, a source, an editor's act and a headline that is odd."""
    with open_archive(place) as archive, capture_path(archive) as path:
        for hours, hurt in enumerate(("Twelve", "Twelve", "Fourteen", "Twenty")):
            with archive.write() as records:
                feed = records.add_source("https://a.example/feed", SourceKind.FEED, "A", NOON)
                for name in ("one", "two"):
                    url = f"https://a.example/{name}"
                    article, _ = article_at(records, url, feed.id, NOON)
                    headers = (("Content-Type", "text/html; charset=utf-8"),)
                    time = NOON + timedelta(hours=hours)
                    path.take(records, article, Fetched(url, time, url, 200, headers, page(hurt)))
                path.finish(records)
        with archive.write() as records:
            records.add_act(Act("hide", "ana", "admin", NOON, article=1, details={"odd": odd}))


def told(place: str) -> list[object]:
    """What a reader finds."""
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        found: list[object] = [records.sources(), records.acts()[0].id, records.counts()]
        for number in records.article_numbers():
            found += [records.article(number), records.versions(number), records.captures(number)]
            found.append(records.claim_changes(number))
        found.append(
            sorted((h.article, h.sentence, h.since) for h in records.search("people hurt"))
        )
        return found


def sound(place: str) -> bool:
    if "://" not in place:
        return verify_archive(Path(place), Options()).report.sound
    with open_archive(place, read_only=True) as archive:
        return verify_archive(archive.directory, Options(), archive).report.sound


def add_one(archive: Archive) -> int:
    with archive.write() as records:
        return records.add_article("https://a.example/new", ["new"], None, NOON).id


def test_there_and_back_everything_is_the_same(tmp_path: Path, postgres: Server) -> None:
    first, last = str(tmp_path / "first"), str(tmp_path / "last")
    shared = postgres.place(tmp_path / "captures")
    fill(first)
    moved = move(first, shared)
    assert moved.tables["capture"].rows == 8
    assert moved.tables["version"].rows == 6
    assert moved.replaced == {}
    assert told(shared) == told(first)
    assert sound(first)
    back = move(shared, last)
    assert back.tables == moved.tables
    assert told(last) == told(first)
    for place in (shared, last):
        with open_archive(place) as archive:
            assert add_one(archive) == 3
    assert sound(last)


def test_what_is_moved_is_checked_against_its_log(tmp_path: Path, postgres: Server) -> None:
    first, shared = str(tmp_path / "first"), postgres.place(tmp_path / "captures")
    fill(first)
    move(first, shared)
    with open_archive(shared) as archive:
        add_one(archive)
        with archive.write() as records:
            records.db.exec_driver_sql("ALTER TABLE capture DISABLE TRIGGER USER")
            records.db.exec_driver_sql("UPDATE capture SET status = 204 WHERE id = 3")
            records.db.exec_driver_sql("ALTER TABLE capture ENABLE TRIGGER USER")
    assert not sound(shared)


def test_what_postgresql_cannot_hold_is_told_and_no_secret(
    tmp_path: Path, postgres: Server
) -> None:
    first, shared = str(tmp_path / "first"), postgres.place(tmp_path / "captures")
    fill(first, odd="a\x00b")
    moved = move(first, shared)
    assert moved.replaced == {"act": 1}
    with open_archive(shared, read_only=True) as archive, archive.read() as records:
        assert records.acts()[0].details == {"odd": "a\ufffdb"}
        report = verify_archive(archive.directory, Options(), archive).report
    assert [(i.what, i.name, str(i.status)) for i in report.items] == [("act", "1", "altered")]


def test_nothing_is_moved_onto_something(tmp_path: Path, postgres: Server) -> None:
    first, second = str(tmp_path / "first"), str(tmp_path / "second")
    shared = postgres.place(tmp_path / "captures")
    fill(first)
    fill(second)
    with pytest.raises(ArchiveError, match="empty"):
        move(first, second)
    with pytest.raises(ArchiveMissingError):
        move(str(tmp_path / "nowhere"), shared)
    with pytest.raises(ArchiveMissingError):
        move(shared, str(tmp_path / "third"))
    fill(shared)
    with pytest.raises(ArchiveError, match="empty directory"):
        move(first, shared)
    database = shared.split("@/")[1].split("?")[0]
    with pytest.raises(ArchiveError, match="captures"):
        move(first, postgres.place(tmp_path / "other", database))


def test_a_record_that_is_missing_stops_the_move(tmp_path: Path, postgres: Server) -> None:
    first, shared = str(tmp_path / "first"), postgres.place(tmp_path / "captures")
    fill(first)
    [file] = (tmp_path / "first" / "warc").glob("*.warc.gz")
    file.rename(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError, match="missing"):
        move(first, shared)
    (tmp_path / "elsewhere").rename(file)
    for name in ("warc", "log"):
        assert not [p for p in (tmp_path / "captures" / name).rglob("*") if p.is_file()]
