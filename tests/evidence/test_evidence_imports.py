"""What other archives of versions keep, read as they keep it; and what hostile files do not do."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import zstandard
from archives import BRIDGE, BRIDGE_FIRST, BRIDGE_LATER, page
from test_evidence_round_trips import bring, everything

from variorum.pipeline.clock import system_clock
from variorum.pipeline.importing import warc as importing_warc
from variorum.pipeline.importing.items import FetchedItem, Item, Problem, TextItem
from variorum.pipeline.importing.moments import moment, moment_in_name
from variorum.pipeline.importing.run import guess_format, read_items

FIRST, LATER = "\n".join(BRIDGE_FIRST), "\n".join(BRIDGE_LATER)
TITLE = "Bridge closed: “it's unsafe”, engineer says; 12 buses (of 20) sent round"
NOON, EVENING = "2012-05-04 12:00:00", "2012-05-04 18:30:00"


def items(path: Path, form: str | None = None) -> list[Item]:
    return list(read_items(path, form, system_clock))


def problems(found: Sequence[Item]) -> list[Problem]:
    return [i for i in found if isinstance(i, Problem)]


def summary(archive: Path) -> list[tuple[Any, ...]]:
    return [(v["url"], v["number"], v["headline"], v["paragraphs"]) for v in everything(archive)]


TWO = [
    (BRIDGE, 0, TITLE, list(BRIDGE_FIRST)),
    (BRIDGE, 1, TITLE, list(BRIDGE_LATER)),
]

# -- WARC ------------------------------------------------------------------------------------------


def records(*bodies: bytes, headers: Sequence[tuple[str, str]] = ()) -> list[bytes]:
    found = []
    told = "".join(f"{name}: {value}\r\n" for name, value in headers)
    for day, body in enumerate(bodies, 1):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{told}\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{day}>\r\n"
            f"WARC-Date: 2024-02-0{day}T12:00:00Z\r\nWARC-Target-URI: {BRIDGE}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        found.append(head.encode() + block + b"\r\n\r\n")
    return found


PAGES = (page(BRIDGE, TITLE, BRIDGE_FIRST), page(BRIDGE, TITLE, BRIDGE_LATER))


def with_dictionary(parts: list[bytes], *, packed: bool) -> bytes:
    """As the specification of .warc.zst has it: the dictionary in a frame that others skip."""
    dictionary = zstandard.ZstdCompressionDict(
        b"".join(parts)[:4000], zstandard.DICT_TYPE_RAWCONTENT
    )
    inside = zstandard.compress(dictionary.as_bytes()) if packed else dictionary.as_bytes()
    head = (0x184D2A5D).to_bytes(4, "little") + len(inside).to_bytes(4, "little") + inside
    compressor = zstandard.ZstdCompressor(dict_data=dictionary)
    return head + b"".join(compressor.compress(part) for part in parts)


@pytest.mark.parametrize("how", ["plain", "dictionary", "packed dictionary", "one frame"])
def test_a_warc_in_zstandard_is_a_warc(tmp_path: Path, how: str) -> None:
    parts = records(*PAGES)
    data = {
        "plain": lambda: b"".join(zstandard.compress(p) for p in parts),
        "dictionary": lambda: with_dictionary(parts, packed=False),
        "packed dictionary": lambda: with_dictionary(parts, packed=True),
        "one frame": lambda: zstandard.compress(b"".join(parts)),
    }[how]()
    path = tmp_path / "crawl.warc.zst"
    path.write_bytes(data)
    report = bring(path, tmp_path / "archive")
    assert (report.problems, report.versions) == ([], 2)
    assert summary(tmp_path / "archive") == TWO
    for cut in range(4, len(data), len(data) // 9):
        path.write_bytes(data[:cut])
        assert problems(items(path)), cut
    for at in range(0, len(data), len(data) // 9):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        items(path)  # whatever it holds then, never an exception


def test_a_package_with_a_warc_in_zstandard_is_read(tmp_path: Path) -> None:
    data = b"".join(zstandard.compress(part) for part in records(*PAGES))
    told = {"path": "archive/data.warc.zst", "bytes": len(data)}
    told["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
    path = tmp_path / "crawl.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("archive/data.warc.zst", data)
        package.writestr("datapackage.json", json.dumps({"resources": [told]}))
    found = items(path)
    assert [i.fetched.body for i in found if isinstance(i, FetchedItem)] == list(PAGES)
    assert problems(found) == []


def test_what_asks_for_too_much_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.warc.gz"
    monkeypatch.setattr(importing_warc, "_MAX_PAGE", 1_000_000)
    bomb, whole = records(b"<html>" + b"0" * 3_000_000, PAGES[0])
    path.write_bytes(gzip.compress(bomb) + gzip.compress(whole))
    found = items(path)
    assert [p.why for p in problems(found)] == ["larger than a page can be"]
    assert any(isinstance(i, FetchedItem) for i in found)
    window = zstandard.ZstdCompressionParameters(window_log=30, compression_level=1)
    frame = zstandard.ZstdCompressor(compression_params=window).compressobj()
    path = tmp_path / "window.warc.zst"
    path.write_bytes(frame.compress(whole) + frame.flush())
    assert "damaged" in problems(items(path))[0].why


def test_a_body_that_was_unpacked_under_its_old_header_is_read(tmp_path: Path) -> None:
    path = tmp_path / "CC-NEWS-20240201.warc.gz"
    told = [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]
    plain, packed = (
        records(*PAGES, headers=told)[:1],
        records(gzip.compress(PAGES[1]), headers=told),
    )
    path.write_bytes(b"".join(map(gzip.compress, [*plain, *packed])))
    found = [i for i in items(path) if isinstance(i, FetchedItem)]
    assert [f.fetched.body for f in found] == list(PAGES)


# -- rows ------------------------------------------------------------------------------------------


def test_rows_of_csv_with_pages_or_texts_are_taken_and_bad_ones_named(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(
        "url,time,title,text\n"
        f'{BRIDGE},2024-01-31T10:00:00Z,A bridge,"First.\n\nSecond, with ""quotes""."\n'
        f"{BRIDGE},20240131235959,A bridge,Third.\n"
        f"{BRIDGE},1706745600,A bridge,Fourth.\n"
        f"{BRIDGE},yesterday,A bridge,Fifth.\n"
        ",2024-01-31,A bridge,Sixth.\n"
        f"{BRIDGE},2024-02-02,A bridge,\n",
        "utf-8",
    )
    found = items(path)
    texts = [i.brought for i in found if isinstance(i, TextItem)]
    assert [t.document.paragraphs for t in texts[:1]] == [("First.", 'Second, with "quotes".')]
    assert [t.time.isoformat()[:19] for t in texts[:3]] == [
        "2024-01-31T10:00:00", "2024-01-31T23:59:59", "2024-02-01T00:00:00",
    ]  # fmt: skip
    assert [p.where for p in problems(found)] == ["row 4", "row 5", "row 6"]
    path.write_text("url,time,text\na,b,c,d,e\n")
    assert "more cells" in problems(items(path))[0].why
    packed = tmp_path / "rows.jsonl.gz"
    line = json.dumps({"url": BRIDGE, "time": "2024-01-31", "text": "First."}).encode() + b"\n"
    packed.write_bytes(gzip.compress(line * 3)[:-9])
    assert "not readable from here on" in problems(items(packed))[-1].why


def test_rows_of_parquet_are_taken_too(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    path = tmp_path / "rows.parquet"
    table = pa.table({"url": [BRIDGE] * 2, "time": [1706745600, None], "text": ["First.", "No."]})
    pq.write_table(table, path)
    found = items(path)
    assert [type(i) for i in found] == [TextItem, Problem]
    path.write_bytes(path.read_bytes()[:-40])
    assert "not readable" in problems(items(path))[0].why


# -- databases -------------------------------------------------------------------------------------

_SNIFFER = {
    "news_articles": ("id", "source", "url", "title"),
    "news_article_versions": ("id", "news_article_id", "title", "url", "created_at", "version"),
    "news_article_version_texts": ("news_article_version_id", "text"),
}
_SNIFFED = {
    "news_article_version_texts": [(7, FIRST), (9, LATER), (11, "")],
    "news_article_versions": [
        (9, 3, TITLE, BRIDGE + "?print=1", EVENING, 1),
        (7, 3, TITLE, BRIDGE, NOON, 0),
        (11, 3, TITLE, BRIDGE, EVENING, 2),
    ],
    "news_articles": [(3, "example", BRIDGE, TITLE)],
}
_NEWSDIFF = {
    "articles": ("id", "url"),
    "versions": (
        "id",
        "article_id",
        "title",
        "byline",
        "content_text",
        "version_number",
        "created_at",
    ),
}
_DIFFED = {
    "articles": [(3, BRIDGE)],
    "versions": [
        (1, 3, TITLE, "By Ann Example", FIRST, 1, "2012-05-04 12:00:00.123+00"),
        (2, 3, TITLE, "By Ann Example", LATER, 2, "2012-05-04 18:30:00+00"),
    ],
}
Tables = dict[str, tuple[str, ...]]
Rows = dict[str, list[tuple[Any, ...]]]


def database(path: Path, tables: Tables, rows: Rows) -> Path:
    with closing(sqlite3.connect(path)) as made:
        for table, columns in tables.items():
            made.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            marks = ", ".join("?" * len(columns))
            made.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])
        made.commit()
    return path


def mysql(tables: Tables, rows: Rows) -> str:
    """As mysqldump writes: columns named once, all rows of a table in a line."""

    def cell(value: Any) -> str:
        if isinstance(value, int):
            return str(value)
        told = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
        return f"'{told}'"

    told = ["-- MySQL dump 10.13", "SET NAMES utf8mb4;"]
    for table, columns in sorted(tables.items()):
        told += [f"DROP TABLE IF EXISTS `{table}`;", f"CREATE TABLE `{table}` ("]
        told += [f"  `{c}` varchar(200) DEFAULT NULL," for c in columns]
        told += ["  PRIMARY KEY (`id`),", "  KEY `some` (`id`)", ") ENGINE=InnoDB;"]
        values = ",".join(f"({','.join(map(cell, row))})" for row in rows[table])
        told += [f"LOCK TABLES `{table}` WRITE;", f"INSERT INTO `{table}` VALUES {values};"]
    told += ["INSERT INTO `users` VALUES (1,'secret');", "-- Dump completed on 2024-02-01"]
    return "\n".join(told) + "\n"


def postgres(tables: Tables, rows: Rows) -> str:
    """As pg_dump writes: COPY blocks."""
    told = ["-- PostgreSQL database dump", "SET statement_timeout = 0;"]
    for table, columns in sorted(tables.items()):
        told.append(f"COPY public.{table} ({', '.join(columns)}) FROM stdin;")
        for row in rows[table]:
            cells = (str(c).replace("\\", "\\\\").replace("\n", "\\n") for c in row)
            told.append("\t".join(cells))
        told.append("\\.")
    told += ["--", "-- PostgreSQL database dump complete", "--"]
    return "\n".join(told) + "\n"


def inserts(tables: Tables, rows: Rows) -> str:
    """As pg_dump --inserts writes: line ends stand in the texts as they are."""
    told = []
    for table, columns in sorted(tables.items()):
        for row in rows[table]:
            cells = (
                str(c) if isinstance(c, int) else "'" + c.replace("'", "''") + "'" for c in row
            )
            told.append(
                f"INSERT INTO public.{table} ({', '.join(columns)}) VALUES ({', '.join(cells)});"
            )
    return "\n".join(told) + "\n"


@pytest.mark.parametrize("store", ["News Sniffer", "newsdiff"])
@pytest.mark.parametrize("kept_as", ["database", "mysql", "postgres", "inserts", "packed"])
def test_databases_of_versions_and_their_dumps(tmp_path: Path, store: str, kept_as: str) -> None:
    tables, rows = (_SNIFFER, _SNIFFED) if store == "News Sniffer" else (_NEWSDIFF, _DIFFED)
    path = tmp_path / ("store.db" if kept_as == "database" else "store.sql")
    if kept_as == "database":
        database(path, tables, rows)
    elif kept_as == "packed":
        path = tmp_path / "store.sql.gz"
        path.write_bytes(gzip.compress(mysql(tables, rows).encode()))
    else:
        write = {"mysql": mysql, "postgres": postgres, "inserts": inserts}[kept_as]
        path.write_text(write(tables, rows), "utf-8")
    report = bring(path, tmp_path / "archive")
    empty = [p.where for p in report.problems]
    assert empty == (["version 11"] if store == "News Sniffer" else [])
    assert summary(tmp_path / "archive") == TWO
    found = everything(tmp_path / "archive")
    assert [v["first_seen"] - found[0]["first_seen"] for v in found][1] // 1000 in (23399, 23400)
    if store == "newsdiff":
        assert found[0]["byline"] == ["By Ann Example"]
    again = bring(path, tmp_path / "archive")
    assert (again.captures, again.known) == (0, 2)


@pytest.mark.parametrize("write", [mysql, postgres, inserts])
def test_a_dump_cut_or_altered_anywhere_is_no_crash(tmp_path: Path, write: Any) -> None:
    data = write(_SNIFFER, _SNIFFED).encode()
    path = tmp_path / "store.sql"
    for at in range(1, len(data), 131):
        path.write_bytes(data[:at])
        items(path)
        path.write_bytes(data[:at] + b"'" + data[at + 1 :])
        items(path)
    path.write_bytes(b"INSERT INTO `news_articles` VALUES (1,'a','b');\n")
    assert "values for the 0 columns" in problems(items(path))[0].why


def test_lines_of_texts_that_look_like_statements_are_texts(tmp_path: Path) -> None:
    odd = "\n".join(f"Line {n} ends as statements do;" for n in range(40)) + "\n');\nIt's over."
    rows = {
        **_DIFFED,
        "versions": [(1, 3, TITLE, "", odd, 1, NOON), (2, 3, TITLE, "", FIRST, 2, EVENING)],
    }
    path = tmp_path / "store.sql"
    bad = "INSERT INTO public.versions (id, article_id) VALUES (7, now());\n"
    path.write_text(bad + inserts(_NEWSDIFF, rows) + bad, "utf-8")
    found = items(path)
    texts = [i.brought.document.paragraphs for i in found if isinstance(i, TextItem)]
    assert texts == [tuple(odd.split("\n")), BRIDGE_FIRST]
    assert len(problems(found)) == 2


def test_a_database_of_something_else_is_one_clear_line(tmp_path: Path) -> None:
    path = database(tmp_path / "x.db", {"users": ("id",)}, {"users": [(1,)]})
    [problem] = items(path, "versions")
    assert isinstance(problem, Problem)
    assert "no tables of an archive of versions" in problem.why
    [problem] = items(path)
    assert "not a database of" in str(problem)


# -- git -------------------------------------------------------------------------------------------


def store_of_newsdiffs(folder: Path) -> Path:
    """A store as NewsDiffs makes it, with what it never has: a link, a file without a text."""
    folder.mkdir()

    def git(*command: str, when: str = "2012-05-04T12:00:00Z") -> None:
        who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org"}
        who |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
        who |= {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        subprocess.run(
            ["git", "-C", str(folder), *command],
            check=True,
            capture_output=True,
            env={**os.environ, **who},
        )

    git("init", "-q")
    path = folder / BRIDGE.removeprefix("https://")
    path.parent.mkdir(parents=True)
    body = "\n\n".join
    path.write_text(f"May 4, 2012\n{TITLE}\nBy Ann Example\n\n{body(BRIDGE_FIRST)}\n", "utf-8")
    (path.parent / "empty").write_text("May 4, 2012\nNothing\n\n")
    (path.parent / "link").symlink_to("/etc/passwd")
    git("add", "-A")
    git("commit", "-qm", "first")
    path.write_text(f"May 4, 2012\n{TITLE}\nBy Ann Example\n\n{body(BRIDGE_LATER)}\n", "utf-8")
    other = folder / "news.example.org" / "ünïcode"
    other.write_text("May 4, 2012\nOther\n\n\nA story of one paragraph.\n", "utf-8")
    git("add", "-A")
    git("commit", "-qm", "second", when="2012-05-04T18:30:00Z")
    return folder


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_git_store_gives_a_version_for_each_commit_that_touched_a_file(tmp_path: Path) -> None:
    folder = store_of_newsdiffs(tmp_path / "articles")
    assert guess_format(folder) == guess_format(folder / ".git") == "newsdiffs"
    report = bring(folder, tmp_path / "archive")
    assert [p.why for p in report.problems] == ["there is no text in it"]
    http = BRIDGE.replace("https", "http")
    found = [v for v in everything(tmp_path / "archive") if v["url"] == http]
    assert [(v["number"], v["headline"], v["paragraphs"]) for v in found] == [t[1:] for t in TWO]
    assert [v["byline"] for v in found] == [["By Ann Example"]] * 2
    assert found[0]["published"] == "May 4, 2012"
    assert found[1]["first_seen"] - found[0]["first_seen"] == 6.5 * 3600 * 1000
    assert any(
        "n%C3%AFcode" in v["url"] or "nïcode" in v["url"] for v in everything(tmp_path / "archive")
    )
    again = bring(folder, tmp_path / "archive")
    assert (again.captures, again.known) == (0, 3)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_hostile_git_store_runs_nothing_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    folder = store_of_newsdiffs(tmp_path / "articles")
    mark = tmp_path / "ran"
    for name, value in (
        ("core.fsmonitor", f"touch {mark}"),
        ("core.pager", f"touch {mark}"),
        ("diff.external", f"touch {mark}"),
        ("gpg.program", f"touch {mark}"),
        ("log.showSignature", "true"),
        ("remote.origin.url", f"ext::sh -c touch% {mark}"),
        ("remote.origin.promisor", "true"),
        ("extensions.partialClone", "origin"),
        ("protocol.ext.allow", "always"),
    ):
        subprocess.run(["git", "-C", str(folder), "config", name, value], check=True)
    objects = [p for p in (folder / ".git" / "objects").rglob("*") if p.is_file()]
    assert len([i for i in items(folder) if isinstance(i, TextItem)]) == 3
    for path in objects:
        data = path.read_bytes()
        path.unlink()
        items(folder)
        path.write_bytes(data[: len(data) // 2])
        items(folder)
        path.write_bytes(data)
    assert not mark.exists()
    shutil.rmtree(folder / ".git" / "refs")
    (folder / ".git" / "HEAD").write_text("nonsense")
    assert problems(items(folder))


# -- pages -----------------------------------------------------------------------------------------


def test_a_page_of_news_sniffer_as_its_server_gave_it(tmp_path: Path) -> None:
    shown = "".join(f"<p>{p}</p>" for p in BRIDGE_FIRST)
    path = tmp_path / "0.html"
    path.write_text(
        f"<html><body><h1>{TITLE}</h1><table><tr><td><p><a href='{BRIDGE}'>{BRIDGE}</a></p>"
        f"<p>Version 0 of 2.</p>{shown}</td></tr></table></body></html>",
        "utf-8",
    )
    assert guess_format(path) == "newssniffer"
    assert bring(path, tmp_path / "archive").problems == []
    assert summary(tmp_path / "archive") == TWO[:1]


def test_folders_of_pages_tell_their_times_by_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "saved" / "bridge"
    folder.mkdir(parents=True)
    bare = [p.replace(b'<link rel="canonical"', b"<link") for p in PAGES]
    (folder / "20120504120000.html").write_bytes(bare[0])
    (folder / "2012-05-04T18-30-00.html").write_bytes(bare[1])
    assert bring(tmp_path / "saved", tmp_path / "archive").problems == []
    found = everything(tmp_path / "archive")
    assert [v["paragraphs"] for v in found] == [t[3] for t in TWO]
    assert found[1]["first_seen"] - found[0]["first_seen"] == 6.5 * 3600 * 1000


def test_links_that_lead_out_of_a_folder_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    secret = tmp_path / "secret.html"
    secret.write_bytes(PAGES[0])
    (folder / "page.html").symlink_to(secret)
    assert bring(folder, tmp_path / "archive").captures == 0


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("20240131T235959Z", "2024-01-31T23:59:59"),
        ("story-20240131235959-v2", "2024-01-31T23:59:59"),
        ("2024-01-31_23-59", "2024-01-31T23:59:00"),
        ("2024-01-31", "2024-01-31T00:00:00"),
        ("2024-02-31", None),
        ("article-1234567890123456", None),
        ("page", None),
    ],
)
def test_times_in_names(name: str, told: str | None) -> None:
    found = moment_in_name(name)
    assert (found.isoformat()[:19] if found else None) == told


def test_times_in_cells() -> None:
    assert moment("20240131235959") == moment("2024-01-31T23:59:59Z") == moment(1706745599)
    assert moment("1706745599") == moment("2024-01-31 23:59:59 UTC")
    for wrong in ("", "x", "99999999999999999999", float("nan"), 1e30):
        with pytest.raises(ValueError, match=r".*"):
            moment(wrong)
