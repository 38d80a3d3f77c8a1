"""What goes out comes back: each format with which whole versions are exported, compared whole."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from archives import BRIDGE, NOON, page, story_captures, take
from archives import fetched as one

from variorum.bootstrap import capture_path, open_archive
from variorum.model import Fetched, Version
from variorum.pipeline.clock import system_clock
from variorum.pipeline.exporting import export_jsonl, export_warc
from variorum.pipeline.exporting_newsedits import export_newsedits
from variorum.pipeline.exporting_tables import armed, disarmed, export_tables
from variorum.pipeline.importing.run import expand, read_items, run_import

ARABIC = "https://news.example.org/ar/1"
ODD = "https://news.example.org/odd"
_SUM = ("=SUM(A1:A2) is what the clerk wrote in the margin of the ledger on Friday morning.",)
_QUOTED = ('\'=1+1 stood on the wall, "in red", said the caretaker; nobody; knew, why.',)


def captures() -> list[Fetched]:
    """Changes, a return, a 404, times with milliseconds, an unchanged look, odd letters."""
    arabic = page(ARABIC, "جسر", ("تم فتح جسر مدينتنا يوم خميس بعد سنتين من عمل طويل.",))
    first = page(ODD, "=A1, “odd” | strange", (*_SUM, "It was | and it | stayed so for 12 days."))
    later = page(ODD, "=A1, “odd” | strange", (*_QUOTED, *_SUM, "It stayed so for 21 days."))
    told = [*story_captures(), one(ARABIC, 6, arabic), one(ODD, 7, first), one(ODD, 9, later)]
    return [replace(c, time=c.time + timedelta(milliseconds=137 * i)) for i, c in enumerate(told)]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("round") / "archive"
    take(directory, captures())
    return directory


def told(version: Version, url: str) -> dict[str, Any]:
    """A version as it is compared: everything that an archive says of it but where it came from."""
    document = version.document.to_dict()
    return {
        "url": url,
        "number": version.number,
        "kind": str(version.kind),
        "reason": version.reason,
        "fields": list(version.fields),
        "same_as": version.same_as,
        "first_seen": _thousandths(version.first_seen),
        "last_seen": _thousandths(version.last_seen),
        "digest": version.digest,
        **document,
    }


def _thousandths(time: Any) -> int:
    return round((time - NOON) / timedelta(milliseconds=1))


def everything(directory: Path) -> list[dict[str, Any]]:
    with open_archive(directory, read_only=True) as archive, archive.read() as records:
        found = []
        for number in records.article_numbers():
            article = records.article(number)
            assert article is not None
            found += [told(v, article.url) for v in records.versions(number)]
    return sorted(found, key=lambda v: (v["url"], v["number"]))


def bring(path: Path, to: Path) -> Any:
    with open_archive(to) as archive, capture_path(archive) as steps:
        items = (i for file in expand([path]) for i in read_items(file, None, system_clock))
        return run_import(archive, steps, items, system_clock)


def _jsonl(records: Any, _archive: Any, path: Path) -> Path:
    export_jsonl(records, path / "out.jsonl")
    return path / "out.jsonl"


def _newsedits(records: Any, _archive: Any, path: Path) -> Path:
    export_newsedits(records, path / "out.sqlite", records.article_numbers())
    return path / "out.sqlite"


def _tables(form: str) -> Callable[[Any, Any, Path], Path]:
    def write(records: Any, _archive: Any, path: Path) -> Path:
        export_tables(records, path / form, form, records.article_numbers())
        return path / form

    return write


def _warc(records: Any, archive: Any, path: Path) -> Path:
    export_warc(archive, records, path / "out.warc.gz", records.article_numbers())
    return path / "out.warc.gz"


def _without(names: tuple[str, ...]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda version: {k: v for k, v in version.items() if k not in names}


# What a format has no place for; a WARC is read anew, so its versions are decided anew.
FORMATS = {
    "jsonl": (_jsonl, ()),
    "newsedits": (_newsedits, ()),
    "csv": (_tables("csv"), ("media", "section", "digest")),
    "parquet": (_tables("parquet"), ("media", "section", "digest")),
    "warc": (_warc, ()),
}


@pytest.mark.parametrize("form", FORMATS)
def test_versions_texts_and_times_come_back_whole(source: Path, tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    write, lost = FORMATS[form]
    with open_archive(source, read_only=True) as archive, archive.read() as records:
        path = write(records, archive, tmp_path)
    report = bring(path, tmp_path / "again")
    assert report.problems == []
    keep = _without(lost)
    before = [keep(v) for v in everything(source)]
    assert len(before) == 7
    assert [keep(v) for v in everything(tmp_path / "again")] == before
    with open_archive(tmp_path / "again", read_only=True) as archive, archive.read() as records:
        for number in records.article_numbers():
            assert all(c.origin.startswith("imported from ") for c in records.captures(number))
    again = bring(path, tmp_path / "again")
    assert (again.captures, again.versions, again.problems) == (0, 0, [])


def test_the_shape_of_newsedits_is_that_of_its_tables(source: Path, tmp_path: Path) -> None:
    with open_archive(source, read_only=True) as archive, archive.read() as records:
        path = _newsedits(records, archive, tmp_path)
        with pytest.raises(FileExistsError):
            _newsedits(records, archive, tmp_path)
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute(
            "SELECT version, num_versions, title, summary, created FROM entryversion"
            " WHERE url = ? ORDER BY version",
            (BRIDGE,),
        ).fetchall()
        assert [row[:2] for row in rows] == [(0, 3), (1, 3), (2, 3)]
        assert rows[0][3].startswith("<p>The bridge over the river")
        assert rows[0][4] == "2025-03-01 12:00:00.000000"
        pairs = database.execute(
            "SELECT x.sentence, y.sentence FROM matched_sentences m"
            " JOIN split_sentences x ON x.entry_id = m.entry_id AND x.version = m.version_x"
            "   AND x.sent_idx = m.sent_idx_x"
            " JOIN split_sentences y ON y.entry_id = m.entry_id AND y.version = m.version_y"
            "   AND y.sent_idx = m.sent_idx_y"
            " WHERE m.version_x = 0 AND x.sentence LIKE 'About 12%'"
        ).fetchall()
    assert [after.startswith("About 21 buses") for _, after in pairs] == [True]


def test_without_our_column_the_rows_are_read_as_anybodys(source: Path, tmp_path: Path) -> None:
    with open_archive(source, read_only=True) as archive, archive.read() as records:
        path = _newsedits(records, archive, tmp_path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("ALTER TABLE entryversion DROP COLUMN variorum")
        database.commit()
    assert bring(path, tmp_path / "again").problems == []
    texts = [(v["url"], v["number"], v["text"], v["first_seen"]) for v in everything(source)]
    back = everything(tmp_path / "again")
    assert [(v["url"], v["number"], v["text"], v["first_seen"]) for v in back] == texts


@pytest.mark.parametrize(
    "text", ["=1", "'=1", "''=1", " '=1", "'", "'a", "", "-", "a=1", "' ='", "\t="]
)
def test_a_disarmed_cell_is_armed_again(text: str) -> None:
    assert armed(disarmed(text)) == text
    assert not disarmed(text).lstrip(" ").startswith(("=", "-"))


def test_a_line_says_milliseconds_only_where_there_are_any(source: Path, tmp_path: Path) -> None:
    with open_archive(source, read_only=True) as archive, archive.read() as records:
        lines = [json.loads(x) for x in _jsonl(records, archive, tmp_path).read_text().splitlines()]
    times = [line["first_seen"] for line in lines if line["url"] == BRIDGE]
    assert times[:2] == ["2025-03-01T12:00:00Z", "2025-03-01T15:00:00.548Z"]
