"""Bringing in what others kept: each kind of file, and each way in which one can be bad."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from variorum.bootstrap import capture_path, open_archive
from variorum.model import Version
from variorum.pipeline.exporting import export_jsonl
from variorum.pipeline.identity import find_article
from variorum.pipeline.importing.items import Problem
from variorum.pipeline.importing.run import Report, expand, guess_format, read_items, run_import
from variorum.pipeline.importing.warc import read_warc

# warcio's writer, with which the files are made here, leaves its temporary files to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)
URL = "https://news.example.org/city/bridge-closed-after-lorry-strikes-pier"

Importer = Callable[..., Report]


def page(hurt: str, *, headline: str = "Bridge closed after lorry strikes pier") -> str:
    return f"""<!doctype html><html lang="en"><head><title>{headline} | The Lantern</title>
    <meta property="og:type" content="article"></head><body><header><nav><a href="/">Home</a></nav>
    </header><main><article><h1>{headline}</h1>
    <p>The old bridge over the Tarn was closed on Monday morning after a lorry struck one of its
    piers, and engineers said that it would stay shut for weeks.</p>
    <p>{hurt} people were hurt, according to the ambulance service, which sent six vehicles to the
    scene shortly after seven o'clock.</p>
    <p>“We heard a bang and then the whole deck shook,” said Ana Reyes, who was crossing on foot
    with her two children when it happened.</p></article></main>
    <footer>The Lantern 2025</footer></body></html>"""


@pytest.fixture
def bring(tmp_path: Path) -> Importer:
    def run(*paths: Path, form: str | None = None) -> Report:
        with open_archive(tmp_path / "archive") as archive, capture_path(archive) as path:
            items = (item for p in expand(paths) for item in read_items(p, form, lambda: NOON))
            return run_import(archive, path, items, lambda: NOON)

    return run


def kept(tmp_path: Path, url: str = URL) -> list[Version]:
    with open_archive(tmp_path / "archive", read_only=True) as archive, archive.read() as records:
        article = find_article(records, url)
        assert article is not None
        return records.versions(article.id, records.captures(article.id))


def warc(*pages: tuple[str, str], url: str = URL, status: str = "200 OK") -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    for date, html in pages:
        headers = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(html.encode()),
            http_headers=headers,
            warc_headers_dict={"WARC-Date": date},
        )
        writer.write_record(record)
    return out.getvalue()


TWO = (("2025-03-03T07:00:00Z", page("Twelve")), ("2025-03-03T09:00:00Z", page("Twenty-one")))


def test_a_warc_gives_versions_with_the_times_of_its_captures(
    bring: Importer, tmp_path: Path
) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(warc(*TWO))
    report = bring(tmp_path / "crawl.warc.gz")
    assert (report.captures, report.versions, report.problems) == (2, 2, [])
    first, second = kept(tmp_path)
    assert first.first_seen == datetime(2025, 3, 3, 7, tzinfo=UTC)
    assert "Twenty-one people" in second.document.text
    assert first.captures[0].origin == "imported from crawl.warc.gz"


def test_what_was_imported_before_is_not_taken_twice(bring: Importer, tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(warc(*TWO))
    bring(tmp_path / "crawl.warc.gz")
    again = bring(tmp_path / "crawl.warc.gz")
    assert (again.captures, again.known) == (0, 2)
    assert len(kept(tmp_path)) == 2


def test_older_captures_that_come_later_are_put_in_their_place(
    bring: Importer, tmp_path: Path
) -> None:
    (tmp_path / "late.warc.gz").write_bytes(warc(TWO[1]))
    (tmp_path / "early.warc.gz").write_bytes(warc(TWO[0]))
    bring(tmp_path / "late.warc.gz")
    bring(tmp_path / "early.warc.gz")
    first, second = kept(tmp_path)
    assert "Twelve people" in first.document.text
    assert "Twenty-one people" in second.document.text
    assert [len(v.captures) for v in (first, second)] == [1, 1]


def test_a_truncated_warc_gives_what_is_whole_and_says_where_it_ends(
    bring: Importer, tmp_path: Path
) -> None:
    whole = warc(*TWO)
    (tmp_path / "cut.warc.gz").write_bytes(whole[: len(whole) - 300])
    report = bring(tmp_path / "cut.warc.gz")
    assert report.captures == 1
    [problem] = report.problems
    assert "byte" in problem.where


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc_cut_at_any_byte_is_said_to_be_cut(tmp_path: Path, packed: bool) -> None:
    first, second = warc(TWO[0]), warc(TWO[1])
    whole = first + second if packed else gzip.decompress(first) + gzip.decompress(second)
    between = len(first) if packed else len(gzip.decompress(first))
    quiet = []
    for length in range(between - 30, len(whole), 7):
        (tmp_path / "cut.warc").write_bytes(whole[:length])
        if not any(isinstance(i, Problem) for i in read_warc(tmp_path / "cut.warc")):
            quiet.append(length)
    # Between two records nothing shows that there was a second; the last line ends may be missing.
    assert all(between - 4 <= n <= between or n >= len(whole) - 4 for n in quiet), quiet


def test_an_altered_record_is_named_and_the_rest_goes_on(bring: Importer, tmp_path: Path) -> None:
    members = [warc(TWO[0]), warc(TWO[1])]
    altered = gzip.compress(gzip.decompress(members[0]).replace(b"Twelve", b"Eleven"))
    (tmp_path / "bad.warc.gz").write_bytes(altered + members[1])
    report = bring(tmp_path / "bad.warc.gz")
    assert report.captures == 1
    assert "digest" in report.problems[0].why


@pytest.mark.parametrize("data", [b"", b"\x1f\x8b\x08garbage", b"WARC/1.1\r\n\r\n", b"\x00" * 5000])
def test_what_is_no_warc_is_one_clear_line(bring: Importer, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.warc.gz").write_bytes(data)
    report = bring(tmp_path / "x.warc.gz")
    assert report.captures == 0
    assert len(report.problems) <= 1


def test_an_error_page_of_an_unknown_address_makes_no_article(
    bring: Importer, tmp_path: Path
) -> None:
    (tmp_path / "x.warc.gz").write_bytes(
        warc(("2025-03-03T07:00:00Z", "<h1>Not found</h1>"), status="404 Not Found")
    )
    assert bring(tmp_path / "x.warc.gz").skipped == 1


SAVED = """Harbour strike ‘a matter of days’, says union

Version 0 of 1.

Dockers at the east quay will "allegedly" walk out on Friday, according to a leaflet.

“We are ready,” said Tomas Vel.


The port denied it."""


def test_a_page_of_the_older_archive_is_version_0_to_the_letter(
    bring: Importer, tmp_path: Path
) -> None:
    (tmp_path / "harbour.txt").write_text(SAVED)
    report = bring(tmp_path / "harbour.txt")
    assert (report.captures, report.versions) == (1, 1)
    [version] = kept(tmp_path, "newssniffer:harbour-strike-a-matter-of-days-says-union")
    assert version.number == 0
    assert version.label == "Version 0 of 1."
    assert version.document.headline == "Harbour strike ‘a matter of days’, says union"
    assert version.document.paragraphs == (
        'Dockers at the east quay will "allegedly" walk out on Friday, according to a leaflet.',
        "“We are ready,” said Tomas Vel.",
        "The port denied it.",
    )


def test_several_pages_of_one_story_are_its_versions_in_order(
    bring: Importer, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "b.txt").write_text(SAVED)
    later = SAVED.replace("0 of 1", "1 of 1").replace('will "allegedly" walk', "will walk")
    (folder / "a.txt").write_text(later)
    assert bring(folder).versions == 2
    versions = kept(tmp_path, "newssniffer:harbour-strike-a-matter-of-days-says-union")
    assert [v.label for v in versions] == ["Version 0 of 1.", "Version 1 of 1."]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Version 0 of 1.\n\nNo title.", "no title"),
        ("A title\n\nVersion 0 of 1.\n\n", "no text"),
        ("Just some text.", "no title"),
    ],
)
def test_a_broken_page_of_the_older_archive_is_one_clear_line(
    bring: Importer, tmp_path: Path, text: str, why: str
) -> None:
    (tmp_path / "x.txt").write_text(text)
    [problem] = bring(tmp_path / "x.txt", form="newssniffer").problems
    assert why in problem.why


def test_saved_html_files_are_captures_at_their_own_time(bring: Importer, tmp_path: Path) -> None:
    html = page("Twelve").replace("</head>", f'<link href="{URL}" rel="canonical"></head>')
    (tmp_path / "a.html").write_text(html)
    assert bring(tmp_path / "a.html").versions == 1
    assert kept(tmp_path)[0].document.headline == "Bridge closed after lorry strikes pier"


def test_an_export_comes_back_as_the_same_versions(bring: Importer, tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(warc(*TWO))
    bring(tmp_path / "crawl.warc.gz")
    before = kept(tmp_path)
    with open_archive(tmp_path / "archive", read_only=True) as archive, archive.read() as records:
        assert export_jsonl(records, tmp_path / "out.jsonl") == 2
    (tmp_path / "archive").rename(tmp_path / "first")
    bring(tmp_path / "out.jsonl")
    after = kept(tmp_path)
    for old, new in zip(before, after, strict=True):
        assert old.document == new.document
        assert (old.first_seen, old.reason, old.kind, old.fields) == (
            new.first_seen,
            new.reason,
            new.kind,
            new.fields,
        )


def lines(tmp_path: Path, rows: Sequence[object]) -> Path:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows))
    return path


def test_json_lines_with_pages_or_texts_are_taken_and_bad_lines_named(
    bring: Importer, tmp_path: Path
) -> None:
    rows = [
        {"url": URL, "time": "2025-03-03T07:00:00Z", "html": page("Twelve")},
        "{not json",
        {"url": URL, "time": "yesterday", "html": page("Twelve")},
        {"time": "2025-03-03T07:00:00Z"},
        {"url": "https://a.example/x", "date": "2025-03-03", "title": "A", "text": "One.\n\nTwo."},
        [1, 2],
        {"url": URL, "time": "2025-03-03T08:00:00Z"},
    ]
    report = bring(lines(tmp_path, rows))
    assert report.captures == 2
    assert [p.where for p in report.problems] == ["line 2", "line 3", "line 4", "line 6", "line 7"]
    assert kept(tmp_path, "https://a.example/x")[0].document.paragraphs == ("One.", "Two.")


def test_a_row_whose_text_was_not_read_is_no_version_without_a_story(
    bring: Importer, tmp_path: Path
) -> None:
    path = tmp_path / "rows.jsonl"
    row = {"url": "https://news.example.org/quay", "title": "The quay is shut"}
    texts = ["The quay is shut until Friday.", "", " \n\n ", "The quay is shut until Monday."]
    rows = [{**row, "time": f"2024-01-0{n}", "text": text} for n, text in enumerate(texts, 1)]
    rows.append({**row, "time": "2024-01-05", "paragraphs": []})
    path.write_text("\n".join(map(json.dumps, rows)))
    report = bring(path)
    assert report.versions == 2
    assert [p.where for p in report.problems] == ["line 2", "line 3", "line 5"]
    assert {p.why for p in report.problems} == {"there is no text in it"}


def test_files_are_known_by_name_or_first_bytes(tmp_path: Path) -> None:
    for name, data, expected in [
        ("a.warc", b"", "warc"),
        ("b.bin", b"WARC/1.1\r\n", "warc"),
        ("c", SAVED.encode(), "newssniffer"),
        ("d.htm", b"", "html"),
        ("e", b"<!DOCTYPE html><HTML><p>", "html"),
        ("f.ndjson", b"", "jsonl"),
        ("g", b"\x89PNG", None),
    ]:
        (tmp_path / name).write_bytes(data)
        assert guess_format(tmp_path / name) == expected, name


def test_a_missing_and_an_unknown_file_are_one_clear_line_each(
    bring: Importer, tmp_path: Path
) -> None:
    (tmp_path / "x.bin").write_bytes(b"\x89PNG")
    report = bring(tmp_path / "none.warc", tmp_path / "x.bin")
    assert ["no such file" in p.why or "not a file that" in p.why for p in report.problems] == [
        True,
        True,
    ]


def database(file: Path, rows: Sequence[tuple[object, ...]]) -> Path:
    with closing(sqlite3.connect(file)) as made:
        made.execute(
            "CREATE TABLE entryversion (id INTEGER PRIMARY KEY, title, url, summary, created, entry_id)"
        )
        made.executemany(
            "INSERT INTO entryversion (title, url, summary, created, entry_id) VALUES (?,?,?,?,?)",
            rows,
        )
        made.commit()
    return file


def test_versions_of_an_older_archives_database_come_in_in_order_of_their_times(
    bring: Importer, tmp_path: Path
) -> None:
    late = (
        "Bridge shut",
        URL,
        "<div><p>It shut.</p><p>21 were hurt.</p></div>",
        "2019-03-02 08:00:00",
        7,
    )
    early = ("Bridge shut", URL, "<p>It shut.</p>\n<p>12 were hurt.</p>", "2019-03-01 08:00:00", 7)
    other = ("Ferry late", None, "It was late.\n\nVery late.", "2019-03-01T09:00:00Z", 8)
    blank = ("Nothing", None, "<p> </p>", "2019-03-01T09:00:00Z", 9)
    timeless = ("Never", None, "Some text.", "yesterday", 10)
    file = database(tmp_path / "old.db", [late, early, other, blank, timeless])
    report = bring(file)
    assert (report.captures, report.versions, report.articles) == (3, 3, 2)
    assert [p.where for p in report.problems] == ["row 4", "row 5"]
    first, second = kept(tmp_path)
    assert first.document.paragraphs == ("It shut.", "12 were hurt.")
    assert second.document.paragraphs == ("It shut.", "21 were hurt.")
    assert first.first_seen == datetime(2019, 3, 1, 8, tzinfo=UTC)
    [ferry] = kept(tmp_path, "newsedits:old/8")
    assert ferry.document.text == "Ferry late\n\nIt was late.\n\nVery late."
    assert bring(file).known == 3


def test_a_database_of_something_else_is_one_clear_line(bring: Importer, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "x.db")) as made:
        made.execute("CREATE TABLE t (a)")
        made.commit()
    [problem] = bring(tmp_path / "x.db").problems
    assert "no the table" not in problem.why
    assert "entryversion" in problem.why


def test_a_lone_surrogate_of_another_program_is_replaced_not_refused(
    bring: Importer, tmp_path: Path
) -> None:
    line = {
        "url": URL,
        "time": "2025-03-01T12:00:00Z",
        "title": "Bridge shut",
        "text": "“It broke,” said Ana \ud800 Reyes.\n\nAll \U0001f600 fine.",
    }
    (tmp_path / "t.jsonl").write_text(json.dumps(line))
    report = bring(tmp_path / "t.jsonl")
    assert (report.versions, report.problems) == (1, [])
    [version] = kept(tmp_path)
    assert version.document.paragraphs == (
        "“It broke,” said Ana \ufffd Reyes.",
        "All \U0001f600 fine.",
    )
