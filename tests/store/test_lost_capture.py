"""An article whose last capture is lost goes on: what is fetched after that is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from variorum.bootstrap import open_archive
from variorum.model import Fetched
from variorum.pipeline.bodies import body_of
from variorum.pipeline.identity import article_at
from variorum.pipeline.path import CapturePath
from variorum.stages.extract import Reader
from variorum.store.archive import Archive

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
URL = "https://news.example.org/city/bridge-closed"


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def page(hurt: str) -> bytes:
    return f"""<!doctype html><html lang="en"><head><title>Bridge closed</title></head><body><article>
    <h1>Bridge closed</h1><p>The old bridge over the Tarn was closed on Monday morning after a lorry
    struck one of its piers.</p><p>{hurt} people were hurt, according to the ambulance service, which
    sent six vehicles to the scene.</p></article></body></html>""".encode()


def take(archive: Archive, reader: Reader, hour: int, hurt: str) -> None:
    when = NOON + timedelta(hours=hour)
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    path = CapturePath(archive, reader)
    with archive.write() as records:
        article, _ = article_at(records, URL, None, NOON)
        path.take(records, article, Fetched(URL, when, URL, 200, headers, page(hurt)))


def test_a_look_after_a_lost_capture_is_kept(tmp_path: Path, reader: Reader) -> None:
    with open_archive(tmp_path) as archive:
        take(archive, reader, 0, "Twelve")
    [file] = (tmp_path / "warc").iterdir()
    os.truncate(file, file.stat().st_size - 50)
    with open_archive(tmp_path) as archive:
        take(archive, reader, 1, "Twenty")
        take(archive, reader, 2, "Thirty")
        with archive.read() as records:
            [article] = records.articles(limit=9)
            told = [v.document.paragraphs[-1].split()[0] for v in records.versions(article.id)]
            assert len(records.captures(article.id)) == 3
    assert told == ["Twelve", "Twenty", "Thirty"]


def test_the_bytes_of_a_lost_capture_are_kept_when_they_come_again(
    tmp_path: Path, reader: Reader
) -> None:
    with open_archive(tmp_path) as archive:
        take(archive, reader, 0, "Twelve")
        take(archive, reader, 1, "Twelve")
    [file] = (tmp_path / "warc").iterdir()
    with open_archive(tmp_path) as archive, archive.read() as records:
        [article] = records.articles(limit=9)
        first, second = records.captures(article.id)
        assert archive.warc.read(second.record).kind == "revisit"
    os.truncate(file, first.record[1] + 50)
    with open_archive(tmp_path) as archive:
        take(archive, reader, 2, "Twelve")
        with archive.read() as records:
            last = records.captures(article.id)[-1]
            assert archive.warc.read(last.record).kind == "response"
            assert body_of(archive, records, last)[0] == page("Twelve")
            assert len(records.versions(article.id)) == 1
