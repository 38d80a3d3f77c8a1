"""What people bring in, as other programs wrote it; and what is said where nothing can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_run import Run

ADDRESS = "https://news.example.org/a"
TEXT = "The bridge was closed on Monday, said Ana Reyes."


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(f"url,time,text\n{ADDRESS},2025-03-03,{TEXT!r}\n", id="as-documented"),
        pytest.param(f"URL;Time;Text\n{ADDRESS};2025-03-03;{TEXT}\n", id="semicolons"),
        pytest.param(f"Link\tDate\tTitle\tText\n{ADDRESS}\t2025-03-03\tA\t{TEXT}\n", id="tabs"),
        pytest.param(f'"a, b";url;date;text\nx;{ADDRESS};2025-03-03;{TEXT}\n', id="quoted-comma"),
        pytest.param(f"link;url;date;text\nno;{ADDRESS};2025-03-03;{TEXT}\n", id="link-and-url"),
        pytest.param(f"\ufeffUrl;Date;Text\n{ADDRESS};2025-03-03;{TEXT}\n", id="of-a-spreadsheet"),
    ],
)
def test_a_table_is_read_whatever_separates_its_cells_and_names_its_columns(
    run: Run, table: str
) -> None:
    if "'" in table:
        table = table.replace("'", '"')
    Path("list.csv").write_text(table, "utf-8")
    assert run("import", "list.csv").code == 0
    assert "closed on Monday" in run("show", "1").out
    assert run("log", ADDRESS).code == 0


def test_a_table_without_addresses_says_once_what_is_wanted(run: Run) -> None:
    Path("list.csv").write_text("id;when;words\n1;2025-03-03;One.\n2;2025-03-04;Two.\n")
    ran = run("import", "list.csv")
    assert ran.code == 2
    assert ran.err.count("not imported") == 1
    for word in ("semicolon", "url (or link)", "time", "html or text", "id, when, words"):
        assert word in ran.err
    assert not Path("archive").exists()


@pytest.mark.parametrize("content", ["", "\n\n"])
def test_an_import_of_nothing_says_so_and_begins_no_archive(run: Run, content: str) -> None:
    Path("empty.jsonl").write_text(content)
    ran = run("import", "empty.jsonl")
    assert ran.code == 2
    assert "nothing to import: there is no capture in empty.jsonl" in ran.err
    assert not Path("archive").exists()


def test_an_empty_folder_holds_nothing_either(run: Run) -> None:
    Path("folder").mkdir()
    assert "nothing to import" in run("import", "folder").err
    assert not Path("archive").exists()


def test_bad_records_before_the_first_good_one_are_told_too(run: Run) -> None:
    good = f'{{"url": "{ADDRESS}", "time": "2025-03-03", "text": "{TEXT}"}}'
    Path("some.jsonl").write_text(f"{{bad\n{good}\n{{worse\n")
    ran = run("import", "some.jsonl", "--json")
    assert ran.code == 3
    assert ran.json["captures"] == 1
    assert [problem["where"] for problem in ran.json["problems"]] == ["line 1", "line 3"]


def test_bad_records_alone_are_told_and_begin_no_archive(run: Run) -> None:
    Path("bad.jsonl").write_text("{bad\n{worse\n")
    ran = run("import", "bad.jsonl", "--json")
    assert ran.code == 2
    assert [problem["where"] for problem in ran.json["problems"]] == ["line 1", "line 2"]
    assert not Path("archive").exists()
