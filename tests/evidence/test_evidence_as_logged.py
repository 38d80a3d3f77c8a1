"""Nothing goes out of an archive that is not what its log says, in whatever form it would go."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from archives import BRIDGE, fetched, take
from test_evidence_tables import run

from variorum.bootstrap import open_archive
from variorum.evidence.as_logged import AsLogged
from variorum.evidence.entries import canonical, parse
from variorum.evidence.log_index import LogIndex
from variorum.evidence.recorder import LOG, SETTING
from variorum.evidence.tiles import LogDamagedError, LogReader, LogWriter, bundle
from variorum.pipeline import exporting

LINES = ("jsonl", "csv", "newsedits")
BYTES = ("warc", "wacz", "html", "pdf")
NAMES = {
    "jsonl": "out.jsonl",
    "csv": "tables",
    "newsedits": "out.sqlite",
    "warc": "out.warc.gz",
    "wacz": "out.wacz",
    "html": "out.html",
    "pdf": "out.pdf",
}


def _in_database(*statements: str) -> Callable[[Path], None]:
    def damage(archive: Path) -> None:
        with closing(sqlite3.connect(archive / "variorum.db")) as db, db:
            for statement in statements:
                db.execute(statement)

    return damage


def _warc(archive: Path) -> Path:
    [path] = (archive / "warc").glob("*.warc.gz")
    return path


def _a_byte_of_a_record(archive: Path) -> None:
    with closing(sqlite3.connect(archive / "variorum.db")) as db:
        [(offset,)] = db.execute("SELECT offset FROM capture WHERE id = 1").fetchall()
    data = bytearray(_warc(archive).read_bytes())
    data[offset + 200] ^= 1
    _warc(archive).write_bytes(data)


def _the_captures_gone(archive: Path) -> None:
    _warc(archive).unlink()


def _the_captures_cut(archive: Path) -> None:
    path = _warc(archive)
    path.write_bytes(path.read_bytes()[:-5])


def _a_logged_hash(archive: Path) -> None:
    """Somebody without the key lets an entry say what the database says by now."""
    reader = LogReader(archive / LOG)
    entries = list(reader.entries(reader.newest()[1].size))
    for number, data in enumerate(entries):
        entry = parse(data)
        if entry["kind"] == "version":
            entries[number] = canonical({**entry, "row": "0" * 64})
    [path] = (archive / LOG / "tile" / "entries").rglob(str(len(entries)))
    path.write_bytes(bundle(entries))


ROWS = {
    "a headline": _in_database("UPDATE version SET headline = 'Other' WHERE article = 1"),
    "a time": _in_database("UPDATE version SET first_seen = first_seen - 1 WHERE number = 1"),
    "a digest": _in_database("UPDATE version SET digest = 'ab' WHERE article = 1 AND number = 0"),
    "an answer": _in_database("UPDATE capture SET status = 404 WHERE id = 1"),
    "which version": _in_database("UPDATE capture SET version = 0 WHERE id = 5"),
    "a version left out": _in_database("DELETE FROM version WHERE article = 1 AND number = 2"),
    "a version brought in": _in_database(
        "INSERT INTO version (article, number, kind, reason, fields, headline, first_seen, last_seen,"
        " digest, extractor, body, body_digest) SELECT article, 3, kind, reason, fields, headline,"
        " first_seen, last_seen, digest, extractor, body, body_digest FROM version WHERE article = 1"
        " AND number = 0"
    ),
    "a capture left out": _in_database("DELETE FROM capture WHERE id = 8"),
    "an entry of the log": _a_logged_hash,
}
RECORDS = {
    "a byte of a record": _a_byte_of_a_record,
    "no captures": _the_captures_gone,
    "captures cut short": _the_captures_cut,
}


def _refused(
    archive: Path, to: Path, form: str, capsys: pytest.CaptureFixture[str], *more: str
) -> str:
    """The one line that is said where nothing is written."""
    to.mkdir()
    code, out, err = run(capsys, "export", to / NAMES[form], *more, "--archive", archive)
    assert (code, out) == (3, ""), err
    assert list(to.iterdir()) == []
    [line] = [line for line in err.splitlines() if line]
    return line


@pytest.mark.parametrize("form", NAMES)
@pytest.mark.parametrize("damage", ROWS)
def test_rows_that_are_not_those_of_the_log_go_out_in_no_form(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str, form: str
) -> None:
    ROWS[damage](archive)
    assert "damaged: " in _refused(archive, tmp_path / "out", form, capsys)


@pytest.mark.parametrize("form", BYTES)
@pytest.mark.parametrize("damage", RECORDS)
def test_captures_whose_bytes_are_others_go_into_no_evidence(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: str, form: str
) -> None:
    RECORDS[damage](archive)
    assert "damaged: " in _refused(archive, tmp_path / "out", form, capsys, "--article", "1")


@pytest.mark.parametrize("form", LINES)
def test_texts_go_out_though_the_captures_that_they_were_read_from_are_lost(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    """They have digests of their own in the log, and put out no byte of a capture."""
    _the_captures_gone(archive)
    code, _, err = run(capsys, "export", tmp_path / NAMES[form], "--archive", archive)
    assert code == 0, err


def test_a_text_that_was_swapped_goes_out_in_no_form(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = "(SELECT body FROM version WHERE article = 2 AND number = 0)"
    _in_database(f"UPDATE version SET body = {other} WHERE article = 1 AND number = 0")(archive)
    for form in set(NAMES) - {"warc"}:  # which holds no text
        assert "altered on disk" in _refused(archive, tmp_path / form, form, capsys)


def test_nothing_is_said_on_stdout_before_all_is_compared(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ROWS["an answer"](archive)
    for form in ("jsonl", "html"):
        code, out, err = run(capsys, "export", "-", "--to", form, "--archive", archive)
        assert (code, out) == (3, "")
        assert "capture 1 is not what the log says" in err


def test_an_article_goes_out_whole_though_another_one_is_damaged(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ROWS["a headline"](archive)
    _a_byte_of_a_record(archive)
    for name in set(NAMES.values()) - {"out.pdf"}:
        path = tmp_path / name
        code, _, err = run(capsys, "export", path, "--article", "2", "--archive", archive)
        assert code == 0, err


def test_of_captures_that_are_lost_a_dossier_says_that_it_may_lack_them(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log says hashes, and not of which article a capture was."""
    ROWS["a capture left out"](archive)
    told = "The log knows 1 captures that the archive has no longer"
    for article in ("1", "2"):
        path = tmp_path / f"{article}.html"
        assert run(capsys, "export", path, "--article", article, "--archive", archive)[0] == 0
        assert told in path.read_text("utf-8")
    code, _, err = run(
        capsys, "export", tmp_path / "a.jsonl", "--article", "1", "--archive", archive
    )
    assert (code, "1 captures that the archive has no longer" in err) == (0, True)


def test_an_archive_without_a_log_goes_out_and_claims_nothing(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(archive / LOG)
    code, _, err = run(capsys, "export", tmp_path / "a.jsonl", "--archive", archive)
    assert (code, "has no log" in err) == (0, True)
    assert run(capsys, "export", tmp_path / "a.html", "--archive", archive)[0] == 0
    page = (tmp_path / "a.html").read_text("utf-8")
    assert "keeps no evidence log: nothing is claimed" in page
    assert "unaltered since" not in page
    _a_byte_of_a_record(archive)  # which its own digests tell
    told = _refused(archive, tmp_path / "out", "html", capsys)
    assert "the record of capture 1 is damaged" in told


def test_what_is_committed_and_not_in_the_log_yet_goes_out_and_is_said_to_be_so(
    archive: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As after a kill between the commit and the log."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(LogWriter, "append", full)
        take(archive, [fetched(BRIDGE, 9, b"", 304)])
    code, _, err = run(capsys, "export", tmp_path / "a.jsonl", "--archive", archive)
    assert (code, "1 captures and versions are not in the log yet" in err) == (0, True), err
    assert run(capsys, "export", tmp_path / "a.html", "--archive", archive)[0] == 0
    assert "are not in the log yet, and what follows" in (tmp_path / "a.html").read_text("utf-8")


def test_an_export_beside_a_process_that_writes_is_compared_with_the_log_of_its_own_moment(
    archive: Path,
) -> None:
    with open_archive(archive, read_only=True) as reader, reader.read() as records:
        before = records.article_numbers()
        take(archive, [fetched(BRIDGE, 9, b"", 304), fetched(BRIDGE, 10, b"", 304)])
        compared = AsLogged.read(reader, records).articles(before, records_too=True)
    assert (compared.captures, compared.versions, compared.records) == (8, 4, 8)
    assert (compared.waiting, compared.lost) == (0, 0)


def test_entries_that_the_newest_checkpoint_was_not_signed_over_are_no_log(archive: Path) -> None:
    assert LogIndex.read(archive / LOG).said.versions
    _a_logged_hash(archive)
    with pytest.raises(LogDamagedError, match="not of these entries"):
        LogIndex.read(archive / LOG)


def test_another_key_than_the_logs_own_signs_no_log(archive: Path, tmp_path: Path) -> None:
    take(tmp_path / "other", [fetched(BRIDGE, 0, b"<p>x</p>")])
    mine, theirs = archive / LOG / "checkpoints", tmp_path / "other" / LOG / "checkpoint"
    text, gap, _ = mine.read_text().rstrip("\n").rpartition("\n\n")
    signatures = theirs.read_text().partition("\n\n")[2]
    mine.write_text(f"{text}{gap}{signatures}\n")
    with pytest.raises(LogDamagedError, match="not signed by the log's key"):
        LogIndex.read(archive / LOG)


def test_an_entry_of_an_export_is_told_with_its_hash_and_its_number(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.wacz"
    code, out, _ = run(capsys, "export", path, "--logged", "--archive", archive, "--json")
    told = json.loads(out)
    assert (code, told["sha256"]) == (0, hashlib.sha256(path.read_bytes()).hexdigest())
    reader = LogReader(archive / LOG)
    entries = list(reader.entries(reader.newest()[1].size))
    assert parse(entries[told["entry"]])["sha256"] == told["sha256"]
    code, _, err = run(capsys, "export", path, "--logged", "--archive", archive)
    assert (code, "is entry " in err) == (0, True)


def test_where_another_process_writes_no_export_is_made_that_was_to_be_entered(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.wacz"
    with open_archive(archive):
        code, _, err = run(capsys, "export", path, "--logged", "--archive", archive)
    assert (code, "is writing" in err) == (2, True), err
    assert list(tmp_path.glob("a.wacz*")) == []


@pytest.mark.parametrize("fails_at", [0, 1])
def test_on_a_full_disk_no_export_is_left_that_was_to_be_entered(
    archive: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fails_at: int,
) -> None:
    """Full when the log is opened, or only when the export's own entry is to be written."""
    real, calls = LogWriter.append, 0

    def append(*given: object) -> object:
        nonlocal calls
        calls += 1
        if calls > fails_at:
            raise OSError(28, "No space left on device")
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(LogWriter, "append", append)
    path = tmp_path / "a.wacz"
    code, _, err = run(capsys, "export", path, "--logged", "--archive", archive)
    assert (code, "cannot be written" in err) == (3, True), err
    assert list(tmp_path.glob("a.wacz*")) == []


def test_what_the_database_keeps_for_the_log_may_be_nonsense(archive: Path) -> None:
    _in_database(
        f"""UPDATE setting SET value = '{{"entries": ["x", "{{}}"], "size": null}}'"""
        f" WHERE name = '{SETTING}'"
    )(archive)
    with open_archive(archive, read_only=True) as store, store.read() as records:
        compared = AsLogged.read(store, records).articles(records.article_numbers())
    assert (compared.captures, compared.waiting) == (8, 0)


def test_who_has_read_enough_of_stdout_is_no_trouble(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with 'variorum export - | head -1'."""

    def enough(*_: object) -> int:
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(exporting, "export_jsonl", enough)
    code, out, err = run(capsys, "export", "-", "--archive", archive)
    assert (code, out, err) == (1, "", "")
