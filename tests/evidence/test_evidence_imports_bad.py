"""Files with something bad in them: it is told with its place, and what stands around it is kept."""

from __future__ import annotations

import csv
import gzip
import json
import os
import sqlite3
import time
import tracemalloc
from collections.abc import Callable, Sequence
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import zstandard
from archives import BRIDGE
from test_evidence_imports import PAGES, database, inserts, items, mysql, problems, records
from test_evidence_round_trips import bring

from variorum.pipeline.clock import system_clock
from variorum.pipeline.importing import run as importing
from variorum.pipeline.importing.formats import FORMATS
from variorum.pipeline.importing.html import read_html
from variorum.pipeline.importing.items import FetchedItem, Item, Items, Problem, TextItem
from variorum.pipeline.importing.jsonl import read_jsonl
from variorum.pipeline.importing.newsdiffs import read_newsdiffs
from variorum.pipeline.importing.newsedits import read_newsedits
from variorum.pipeline.importing.newssniffer import looks_like_page, read_page_of_versions
from variorum.pipeline.importing.packed import CutShortError, opened
from variorum.pipeline.importing.rows import read_csv, read_parquet, read_tables
from variorum.pipeline.importing.version_stores import read_dump, read_store
from variorum.pipeline.importing.warc import read_warc

# -- what unfolds --------------------------------------------------------------------------------------

MB = 1 << 20


def peak_of(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_bomb_in_zstandard_is_never_whole_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zst"
    path.write_bytes(zstandard.compress(bytes(200 * MB)))
    assert path.stat().st_size < 10_000

    def sipped() -> None:
        with opened(path) as file:
            assert sum(len(piece) for piece in iter(lambda: file.read(MB), b"")) == 200 * MB

    assert peak_of(sipped) < 64 * MB


def test_a_dictionary_that_is_a_bomb_is_refused(tmp_path: Path) -> None:
    packed = zstandard.compress(bytes(200 * MB))
    path = tmp_path / "crawl.warc.zst"
    head = (0x184D2A5D).to_bytes(4, "little") + len(packed).to_bytes(4, "little")
    path.write_bytes(head + packed + zstandard.compress(records(*PAGES)[0]))
    found: list[Item] = []
    assert peak_of(lambda: found.extend(items(path))) < 64 * MB
    assert "its dictionary has more than" in problems(found)[0].why


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_heads_of_records_have_an_end(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    whole = records(*PAGES)
    path = tmp_path / "bomb.warc"
    for bomb in (
        b"WARC/1.0\r\nX: " + b"0" * 80 * MB,
        b"WARC/1.0\r\n" + (b"a: " + b"b" * 60 + b"\r\n") * 20_000,
    ):
        path.write_bytes(pack(whole[0]) + pack(bomb))
        found: list[Item] = []
        assert peak_of(lambda: found.extend(items(path))) < 64 * MB  # noqa: B023
        assert [type(i) for i in found] == [FetchedItem, Problem]
        assert "a head of more than" in problems(found)[0].why


def test_a_row_of_csv_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from variorum.pipeline.importing import rows

    monkeypatch.setattr(rows, "_MAX_ROW", 200_000)
    path = tmp_path / "rows.csv.gz"
    for bomb in ("x" * 20 * MB, '"' + "x\n" * 10 * MB):
        path.write_bytes(
            gzip.compress(f"url,time,text\n{BRIDGE},2024-01-31,First.\n{bomb}".encode())
        )
        found: list[Item] = []
        assert peak_of(lambda: found.extend(read_csv(path))) < 8 * MB  # noqa: B023
        assert [type(i) for i in found] == [TextItem, Problem]


@pytest.mark.parametrize(("name", "pack"), [(".gz", gzip.compress), (".zst", zstandard.compress)])
def test_packed_rows_and_dumps_are_read_and_their_damage_told(
    tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    row = f"{BRIDGE},2024-01-31,First said.\n"
    whole = {
        "rows.csv": "url,time,text\n" + row * 40,
        "rows.jsonl": json.dumps({"url": BRIDGE, "time": "2024-01-31", "text": "First."}) + "\n",
        "store.sql": mysql(_TABLES, _ROWS),
    }
    for file, text in whole.items():
        path = tmp_path / (file + name)
        data = pack(text.encode())
        path.write_bytes(data)
        assert [type(i) for i in items(path)][:1] == [TextItem], file
        assert problems(items(path)) == []
        for at in range(12, len(data), 3):
            path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
            list(_reader(path)(path))  # whatever it holds then, never an exception
            path.write_bytes(data[:at])
            assert problems(list(_reader(path)(path))), (file, at)
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(CutShortError), opened(path) as cut:
        cut.read()


def _reader(path: Path) -> Callable[[Path], Items]:
    for part, reader in ((".csv", read_csv), (".jsonl", read_jsonl), (".sql", read_dump)):
        if part in path.name:
            return reader
    raise AssertionError(path)


# -- one that is bad among good ones ---------------------------------------------------------------------

BAD: tuple[Any, ...] = (
    *(None, True, 3, -1, 1.5, 10**30, float("inf"), "", "x", "²", "\x00", "\ud800", "a" * 9_000),
    *([], [3], ["a"], {}, {"a": 1}, [{}], [{"text": 3}], [[[]]]),
    *(
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "http://[bad",
        "yesterday",
        10**400,
    ),
)
TEXT = {"url": BRIDGE, "time": "2024-01-31T10:00:00Z", "title": "A bridge", "text": "It is shut."}
DOCUMENT = {
    "url": BRIDGE,
    "headline": "A bridge",
    "byline": ["Ann Example"],
    "published": "2024-01-31",
    "modified": None,
    "language": "en",
    "section": None,
    "paragraphs": ["It is shut."],
    "text": "A bridge\n\nIt is shut.",
    "media": [{"kind": "image", "url": "https://a.example/1.jpg", "caption": ""}],
    "notices": [{"kind": "update", "text": "Updated.", "paragraph": 0}],
}
WHOLE = {
    "url": BRIDGE,
    "first_seen": "2024-01-31T10:00:00Z",
    "last_seen": "2024-01-31T10:00:00Z",
    "kind": "first",
    "reason": "the first capture",
    "fields": ["headline"],
    "same_as": None,
    "label": "Version 0",
    "document": DOCUMENT,
}
EDITS = {"url": BRIDGE, "title": "A", "summary": "It is shut.", "created": "2019-03-01", "id": 1}
Row = dict[str, Any]


def _with(row: Row, *, inside: str = "") -> list[Row]:
    """The row with each of its values bad in each way, one at a time; and each value left out."""
    part: Row = row[inside] if inside else row
    found = [{**part, name: bad} for name in part for bad in BAD]
    found += [{k: v for k, v in part.items() if k != name} for name in part]
    return [{**row, inside: one} for one in found] if inside else found


def _lines(path: Path, rows: Sequence[Row]) -> Items:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return read_jsonl(path)


def _csv(path: Path, rows: Sequence[Row]) -> Items:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.DictWriter(file, list(TEXT), extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return read_csv(path)


def _edits(path: Path, rows: Sequence[Row]) -> Items:
    _store(path, "entryversion", tuple(EDITS), rows)
    return read_newsedits(path)


def _store(path: Path, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    marks = ", ".join("?" * len(columns))
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        for row in rows:
            made.execute(
                f"INSERT INTO {table} VALUES ({marks})", [_bound(row.get(c)) for c in columns]
            )
        made.commit()


def _bound(value: Any) -> Any:
    """What SQLite takes of it; bytes that are no text for what it does not."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass") if "\ud800" in value else value
    fits = isinstance(value, int | float) and abs(value) < 1 << 62
    return value if value is None or fits else b"\xff\xfe"


VERSION = {"id": 7, "article_id": 3, "title": "A", "byline": "B", "content_text": "It is shut."}
VERSION |= {"version_number": 1, "created_at": "2012-05-04 12:00:00"}


def _versions(path: Path, rows: Sequence[Row]) -> Items:
    _store(path, "versions", tuple(VERSION), rows)
    _store(path, "articles", ("id", "url"), [{"id": 3, "url": BRIDGE}])
    return read_store(path)


CASES: dict[str, tuple[Callable[[Path, Sequence[Row]], Items], Row, str]] = {
    "texts": (_lines, TEXT, ""),
    "pages": (_lines, {"url": BRIDGE, "time": "2024-01-31", "html": "<p>It is shut."}, ""),
    "versions": (_lines, WHOLE, ""),
    "documents": (_lines, WHOLE, "document"),
    "rows": (_csv, TEXT, ""),
    "edits": (_edits, EDITS, ""),
    "stores": (_versions, VERSION, ""),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_values_in_any_field_are_told_and_the_rows_beside_them_kept(
    tmp_path: Path, case: str
) -> None:
    write, good, inside = CASES[case]
    bad = _with(good, inside=inside)
    # Databases are read in an order of their own: by article and time.
    found = list(write(tmp_path / "rows", [row for one in bad for row in (good, one)] + [good]))
    assert len(found) == 2 * len(bad) + 1
    told = [i for i in found if isinstance(i, Problem)]
    assert len(bad) // 4 < len(told) <= len(bad)
    assert all(p.why and (p.where or case == "rows") for p in told)


def test_bad_rows_of_parquet_are_told_too(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    path = tmp_path / "rows.parquet"
    times = pa.array([0, 1 << 61, 1, -(1 << 61), 2], pa.timestamp("us"))
    pq.write_table(pa.table({"url": [BRIDGE] * 5, "time": times, "text": ["One."] * 5}), path)
    found = list(read_parquet(path))
    assert [type(i) for i in found] == [TextItem, Problem, TextItem, Problem, TextItem]
    assert [p.where for p in problems(found)] == ["row 2", "row 4"]


FIELDS = ("Type", "Date", "Target-URI", "Payload-Digest", "Block-Digest", "Refers-To-Date")
VALUES = ("", "²", "-1", "9" * 30, "http://[bad", "<http://a>", "sha1:", "sha1:zz", "md5:!", "é")


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_bad_heads_in_a_warc_cost_their_own_record_only(
    tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    good, other = records(*PAGES)
    revisit = b"WARC-Type: revisit\r\nWARC-Refers-To-Target-URI: " + BRIDGE.encode()
    bad = [other.replace(b"200 OK", status) for status in (b"\xb2     ", b"      ", b"999999")]
    bad += [other.replace(b"WARC-Target-URI", b"X"), other.replace(b"WARC-Date", b"X")]
    for kind in (b"WARC-Type: response", revisit):
        for field in FIELDS:
            for value in VALUES:
                head, _, block = other.partition(b"\r\n\r\n")
                told = f"\r\nWARC-{field}: {value}\r\n\r\n".encode()
                bad.append(head.replace(b"WARC-Type: response", kind) + told + block)
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(pack(record) for one in bad for record in (good, one)) + pack(good))
    found = list(read_warc(path))
    assert len(found) == 2 * len(bad) + 1
    first = [i for i in found if isinstance(i, FetchedItem) and i.fetched.body == PAGES[0]]
    assert len(first) == len(bad) + 1
    assert len(problems(found)) > len(bad) // 4


def test_a_record_of_gzip_that_does_not_say_its_length_costs_itself_only(tmp_path: Path) -> None:
    good, other = records(*PAGES)
    path = tmp_path / "crawl.warc.gz"
    length = b"Content-Length: %d" % len(other.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n\r\n"))
    assert length in other
    for told in (b"X: 1", b"Content-Length: x", b"Content-Length: -1", b"Content-Length: 200"):
        bad = other.replace(length, told)
        path.write_bytes(b"".join(map(gzip.compress, (good, bad, good))))
        assert [type(i) for i in items(path)] == [FetchedItem, Problem, FetchedItem], told


def test_a_csv_that_is_cut_does_not_look_whole(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    row = f'{BRIDGE},2024-01-31,"First said.\nSecond said.",more\n'
    path.write_text(f"url,time,text,rest\n{row}a,b,c,d,e\n{row}{row[:-20]}")
    found = list(read_csv(path))
    assert [type(i) for i in found] == [TextItem, Problem, TextItem, Problem]
    assert "cut short" in problems(found)[-1].why
    path.write_text(f"url,time,text,rest\n{row}{BRIDGE},2024-02-01,Half a sen")
    assert [type(i) for i in read_csv(path)] == [TextItem, Problem]


# -- dumps -----------------------------------------------------------------------------------------------

_TABLES = {"articles": ("id", "url"), "versions": tuple(VERSION)}
_ROWS = {
    "articles": [(3, BRIDGE)],
    "versions": [tuple(VERSION.values()), tuple({**VERSION, "id": 8}.values())],
}


def test_a_bad_row_of_a_dump_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "store.sql"
    path.write_text(mysql(_TABLES, _ROWS).replace("(7,3,", "(1,2),(7,3,"))
    found = list(read_dump(path))
    assert [type(i) for i in found] == [Problem, TextItem, TextItem]
    assert "2 values for the 7 columns" in problems(found)[0].why


def test_a_dump_without_its_end_is_cut_and_its_articles_are_not_made_up(tmp_path: Path) -> None:
    path = tmp_path / "store.sql"
    whole = mysql(_TABLES, _ROWS)
    path.write_text(whole.replace("-- Dump completed", "-- "))
    assert ["cut short" in p.why for p in problems(list(read_dump(path)))] == [True]
    path.write_text(whole.replace(f"(3,'{BRIDGE}')", f"(4,'{BRIDGE}')"))
    found = list(read_dump(path))
    assert [type(i) for i in found] == [Problem, Problem]
    assert "the article that it is of is missing" in problems(found)[0].why


def test_statements_in_one_line_are_all_read(tmp_path: Path) -> None:
    path = tmp_path / "store.sql"
    told = inserts(
        _TABLES,
        {**_ROWS, "versions": [(n, 3, "A", "B", "Shut.", 1, "2012-05-04") for n in range(3_000)]},
    )
    path.write_text(told.replace("\n", " "))
    assert len([i for i in read_dump(path) if isinstance(i, TextItem)]) == 3_000


def test_views_are_not_read_as_tables(tmp_path: Path) -> None:
    path = database(tmp_path / "x.db", {"old": tuple(EDITS)}, {"old": []})
    with closing(sqlite3.connect(path)) as made:
        endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n"
        columns = ", ".join(EDITS)
        made.execute(
            f"CREATE VIEW entryversion({columns}) AS SELECT {', '.join('x' * 5)} FROM ({endless})"
        )
        made.execute(f"CREATE VIEW versions AS {endless}")
        made.commit()
    assert "no table entryversion" in problems(items(path))[0].why
    assert "no tables" in problems(items(path, "versions"))[0].why


# -- every reader ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_has_a_reader_that_tells_what_it_cannot_read(tmp_path: Path, form: str) -> None:
    path = tmp_path / "file"
    for data in (
        b"",
        b"\xff" * 5_000,
        b"\x1f\x8b" + b"\0" * 99,
        b"\x28\xb5\x2f\xfd" + b"\xff" * 99,
    ):
        path.write_bytes(data)
        found = items(path, form)
        assert form in ("html", "csv", "jsonl", "warc", "dump") or problems(found)
    assert problems(items(tmp_path, form))
    assert problems(items(tmp_path / "none", form))


def test_a_reader_that_fails_keeps_what_it_gave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(path: Path) -> Items:
        yield from read_jsonl(path)
        raise KeyError("nobody thought of this")

    monkeypatch.setattr(importing, "read_jsonl", failing)
    path = tmp_path / "rows.jsonl"
    path.write_text(json.dumps(TEXT))
    report = bring(path, tmp_path / "archive")
    assert (report.versions, [p.where for p in report.problems]) == (1, ["after line 1"])


# -- time --------------------------------------------------------------------------------------------------

MANY = 60_000
SLOW = {
    "blank lines": "A title\n" + "\n" * MANY + "x",
    "blanks": "Version 1 of 2" + " " * MANY + "x",
    "blanks in HTML": "<p>Version 1 of 2" + " " * MANY + "x",
    "digits": "Version " + "1" * MANY,
    "versions": "Version " * (MANY // 8),
    "links": "<html>" + "<link " * (MANY // 6),
    "links that name it": "<html><link " + "rel=canonical " * (MANY // 14),
    "insert": "INSERT INTO versions" + " " * MANY + "x\n",
}


@pytest.mark.parametrize("name", SLOW)
def test_what_is_long_and_odd_is_read_in_linear_time(tmp_path: Path, name: str) -> None:
    path = tmp_path / "page"
    path.write_text(SLOW[name])
    began = time.process_time()
    looks_like_page(SLOW[name])
    list(read_page_of_versions(path, system_clock()))
    list(read_html(path))
    list(read_dump(path))
    assert time.process_time() - began < 3  # quadratic: a minute and more


def test_pages_have_a_size(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    with path.open("wb") as file:
        file.truncate(60_000_000)
    for form in ("html", "newssniffer"):
        assert "more than a page can have" in problems(items(path, form))[0].why


def test_a_git_store_with_times_of_no_year_is_read_around_them(tmp_path: Path) -> None:
    from variorum.pipeline.importing.newsdiffs import _time

    assert [_time(s) for s in ("99999999999999999999", "-99999999999999", "", "x")] == [None] * 4
    assert problems(list(read_newsdiffs(tmp_path)))


def test_tables_of_which_an_article_is_bad_give_the_versions_of_the_others(tmp_path: Path) -> None:
    names = ("article", "number", "first_seen", "last_seen", "kind", "reason", "fields", "same_as")
    names += ("headline", "byline", "published", "modified", "language", "notices", "text")
    row = dict.fromkeys(names, "") | {"number": "0", "kind": "first", "text": "It is shut."}
    row |= {"first_seen": "2024-01-31T10:00:00Z", "last_seen": "2024-01-31T10:00:00Z"}
    told = StringIO()
    writer = csv.DictWriter(told, names)
    writer.writeheader()
    writer.writerows({**row, "article": n} for n in ("1", "²", "2", "3"))
    (tmp_path / "versions.csv").write_text(told.getvalue())
    (tmp_path / "articles.csv").write_text(f"id,url\n1,{BRIDGE}\nx,{BRIDGE}\n3,{BRIDGE}/3\n")
    (tmp_path / "schema.json").write_text("{}")
    found = list(read_tables(tmp_path))
    assert [type(i) for i in found] == [Problem, TextItem, Problem, Problem, TextItem]


def test_a_file_whose_name_is_in_another_coding_is_read(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "saved")
    os.mkdir(folder)  # noqa: PTH102
    for name, data in ((b"caf\xe9.jsonl", json.dumps(TEXT).encode()), (b"caf\xe9.html", PAGES[0])):
        try:
            Path(os.fsdecode(os.path.join(folder, name))).write_bytes(data)  # noqa: PTH118
        except OSError:
            pytest.skip("this file system has no such names")
    report = bring(tmp_path / "saved", tmp_path / "archive")
    assert (report.captures, report.problems) == (2, [])
