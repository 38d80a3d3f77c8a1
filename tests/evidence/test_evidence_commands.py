"""``variorum verify`` and ``rotate-key`` as a person or a script meets them."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from archives import BRIDGE, fetched, take

from variorum.cli import main
from variorum.evidence.entries import parse
from variorum.evidence.tiles import LogReader


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in args])
    out, err = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, out, err


def test_a_sound_archive_says_what_is_claimed_and_no_more(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "verify", "--archive", archive)
    assert code == 0
    assert "Sound: " in out
    assert "held these bytes no later than" in out
    assert "Nothing is claimed about who wrote a page" in out


def test_texts_are_read_again_from_their_captures(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "verify", "--archive", archive, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["counts"]["reading"] == {"ok": 4}
    code, out, _ = run(capsys, "verify", "--no-texts", "--archive", archive, "--json")
    assert "reading" not in json.loads(out)["counts"]


def test_an_altered_archive_ends_with_3_and_names_the_item(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with sqlite3.connect(archive / "variorum.db") as db:
        db.execute("UPDATE capture SET status = 404 WHERE id = 1")
    db.close()
    code, out, _ = run(capsys, "verify", "--archive", archive)
    assert code == 3
    assert "altered: capture 1: the row is not what the log says" in out
    assert "NOT SOUND" in out
    assert "held these bytes" not in out


def test_a_text_read_by_another_extractor_is_unverifiable_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from archives import story_captures

    from variorum.pipeline import path as whole

    real = whole._new_version

    def older(*args: object) -> object:
        from dataclasses import replace

        return replace(real(*args), extractor="variorum-extract/0")  # type: ignore[arg-type]

    monkeypatch.setattr(whole, "_new_version", older)
    take(tmp_path / "a", story_captures()[:2])
    monkeypatch.undo()
    code, out, _ = run(capsys, "verify", "--archive", tmp_path / "a", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["counts"]["reading"] == {"unverifiable": 2}
    assert "variorum-extract/0, which is not here" in told["items"][0]["why"]
    with sqlite3.connect(tmp_path / "a" / "variorum.db") as db:
        db.execute("UPDATE capture SET etag = 'x' WHERE id = 2")
    db.close()
    _, out, _ = run(capsys, "verify", "--archive", tmp_path / "a")
    told = [line for line in out.splitlines() if line.startswith(("altered: ", "unverifiable: "))]
    assert told[0].startswith("altered: ")
    [alike] = [line for line in told if "which is not here" in line]
    assert alike.startswith("unverifiable: reading ")
    assert " and 1 more: it was read by" in alike


def test_where_there_is_no_archive_the_code_is_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "verify", "--archive", tmp_path / "none")
    assert (code, "no archive in" in err) == (2, True)
    code, _, err = run(capsys, "verify", "--archive", tmp_path)
    assert (code, "no archive in" in err) == (2, True)
    code, _, err = run(capsys, "verify", "--key", "nonsense", "--archive", tmp_path)
    assert code == 2


def test_a_key_is_rotated_and_the_old_one_still_leads_to_the_new(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "verify", "--quick", "--archive", archive, "--json")
    first = json.loads(out)["log"]["key"]
    code, out, _ = run(capsys, "rotate-key", "--archive", archive, "--json")
    second = json.loads(out)["key"]
    assert code == 0
    assert first != second
    take(archive, [fetched(BRIDGE, 9, b"", 304)])
    code, out, _ = run(capsys, "verify", "--key", first, "--archive", archive, "--json")
    assert (code, json.loads(out)["log"]["key"]) == (0, second)


def test_a_checkpoint_kept_elsewhere_is_compared(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes((archive / "log" / "checkpoint").read_bytes())
    take(archive, [fetched(BRIDGE, 9, b"", 304)])
    code, out, _ = run(capsys, "verify", "--quick", "--checkpoint", kept, "--archive", archive)
    assert code == 0
    assert "kept checkpoint  1 ok" in out
    kept.write_text("nothing of the kind")
    code, _, err = run(capsys, "verify", "--quick", "--checkpoint", kept, "--archive", archive)
    assert (code, "is none" in err) == (2, True)


def test_a_package_is_checked_without_its_archive(
    untouched: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.wacz"
    code, _, err = run(capsys, "export", path, "--archive", untouched)
    assert (code, "8 captures" in err) == (0, True)
    code, out, _ = run(capsys, "verify", path)
    assert (code, "Sound: " in out) == (0, True)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    code, out, _ = run(capsys, "verify", path, "--json")
    assert (code, json.loads(out)["sound"]) == (3, False)


def test_a_package_is_compared_with_a_checkpoint_kept_elsewhere(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    early, late, package = tmp_path / "early", tmp_path / "late", tmp_path / "a.wacz"
    early.write_bytes((archive / "log" / "checkpoint").read_bytes())
    take(archive, [fetched(BRIDGE, 9, b"", 304)])
    late.write_bytes((archive / "log" / "checkpoint").read_bytes())
    assert run(capsys, "export", package, "--archive", archive)[0] == 0
    code, out, _ = run(capsys, "verify", package, "--checkpoint", late)
    assert (code, "kept checkpoint  1 ok" in out) == (0, True)
    assert re.search(r"^log variorum/\w+: [\d,]+ entries$", out, re.M)
    code, out, _ = run(capsys, "verify", package, "--checkpoint", early)
    assert (code, "kept checkpoint  1 unverifiable" in out) == (0, True)
    name, size, root, *rest = late.read_text().split("\n")
    late.write_text("\n".join([name, size, early.read_text().split("\n")[2], *rest]))
    assert root != early.read_text().split("\n")[2]
    code, out, _ = run(capsys, "verify", package, "--checkpoint", late, "--json")
    assert (code, json.loads(out)["counts"]["kept checkpoint"]) == (3, {"altered": 1})
    late.write_text("\n".join(["variorum/another", size, root, *rest]))
    code, out, _ = run(capsys, "verify", package, "--checkpoint", late, "--json")
    assert (code, json.loads(out)["counts"]["kept checkpoint"]) == (3, {"missing": 1})
    code, _, err = run(capsys, "verify", package, "--quick")
    assert (code, "checked whole" in err) == (2, True)


def test_a_package_of_what_was_imported_says_that_it_was_not_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive, package = tmp_path / "a", tmp_path / "a.wacz"
    for name, hour in (("first", 8), ("second", 9)):
        line = {
            "url": "https://paper.example/harbour",
            "time": f"2023-05-01T0{hour}:00:00Z",
            "title": "Harbour shut",
            "text": f"The harbour was shut at {hour}, the master said, after a boat had sunk.",
        }
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line) + "\n")
        code, _, err = run(capsys, "import", tmp_path / f"{name}.jsonl", "--archive", archive)
        assert code == 0, err
    assert run(capsys, "export", package, "--archive", archive)[0] == 0
    said = zipfile.ZipFile(package).read("evidence/statement.txt").decode()
    assert "or texts of them, that were brought from files" in said
    assert "received them" not in said
    assert (
        "2 of these captures were not fetched by this installation: they were imported from"
        " first.jsonl (1), second.jsonl (1)." in said
    )
    assert "are what the files say" in said
    code, out, _ = run(capsys, "verify", package)
    assert (code, "not that any server ever sent them" in out) == (0, True)


def test_an_export_may_be_entered_in_the_log(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "story.wacz"
    code, _, err = run(capsys, "export", path, "--logged", "--article", "1", "--archive", archive)
    assert code == 0, err
    entries = list(LogReader(archive / "log").entries(LogReader(archive / "log").newest()[1].size))
    [entry] = [e for e in map(parse, entries) if e["kind"] == "exported"]
    assert (entry["form"], entry["sha256"]) == (
        "wacz",
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )
    assert run(capsys, "verify", "--quick", "--archive", archive)[0] == 0
    assert run(capsys, "verify", path)[0] == 0
    code, _, err = run(capsys, "export", "-", "--logged", "--archive", archive)
    assert (code, "one file" in err) == (2, True)


def test_a_file_that_never_was_a_package_is_a_wrong_argument_and_not_an_altered_one(
    untouched: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package, page, empty = tmp_path / "a.wacz", tmp_path / "a.html", tmp_path / "empty.wacz"
    assert run(capsys, "export", package, "--archive", untouched)[0] == 0
    page.write_text("<!doctype html><p>A dossier, say.")
    empty.touch()
    other = tmp_path / "letter.docx"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("word/document.xml", "<w/>")
    for path in (page, empty, other):
        code, out, err = run(capsys, "verify", package, path)
        assert (code, out) == (2, "")
        assert f"{path} is no package" in err
    whole = package.read_bytes()
    for length in (len(whole) - 1, len(whole) // 2, 100):  # it was one, and is not any more
        package.write_bytes(whole[:length])
        code, out, _ = run(capsys, "verify", package)
        assert (code, "NOT SOUND" in out) == (3, True)


def test_of_many_versions_whose_captures_are_lost_one_line_is_said(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [warc] = (archive / "warc").glob("*.warc.gz")
    warc.unlink()
    code, out, _ = run(capsys, "verify", "--archive", archive)
    assert code == 3
    [line] = [line for line in out.splitlines() if line.startswith("unverifiable: reading")]
    assert line.startswith(
        "unverifiable: reading 1@0 and 3 more: the record of its capture is lost"
    )
