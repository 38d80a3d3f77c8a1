"""Packages: what is exported proves itself, and comes back as it was."""

from __future__ import annotations

import json
import random
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from archives import BRIDGE, HARBOUR, NOON, copy_of, fetched, page, take

from variorum.bootstrap import capture_path, open_archive
from variorum.evidence.cdxj import surt
from variorum.evidence.check_package import verify_package
from variorum.evidence.package import CAPTURES, Packaged, export_wacz
from variorum.evidence.report import Report, Status
from variorum.evidence.verify import Options, verify_archive
from variorum.pipeline.exporting import version_line
from variorum.pipeline.importing.run import Report as ImportReport
from variorum.pipeline.importing.run import read_items, run_import
from variorum.store.errors import DamagedError

MUTATIONS = 500


def export(archive: Path, to: Path, articles: list[int] | None = None) -> Packaged:
    with open_archive(archive, read_only=True) as store, store.read() as records:
        wanted = articles or records.article_numbers()
        return export_wacz(store, records, to, wanted, datetime(2025, 4, 1, tzinfo=UTC))


def checked(path: Path, **options: Any) -> Report:
    report = Report()
    verify_package(path, report, **options)
    return report


def bring(path: Path, to: Path) -> ImportReport:
    with open_archive(to) as store, capture_path(store) as steps:
        return run_import(store, steps, read_items(path, None, lambda: NOON), lambda: NOON)


def everything(archive: Path) -> list[dict[str, Any]]:
    """All articles with their versions, texts, times, captures and changes; ids left out."""
    found = []
    with open_archive(archive, read_only=True) as store, store.read() as records:
        for number in records.article_numbers():
            article = records.article(number)
            assert article is not None
            captures = records.captures(number)
            versions = [version_line(article.url, v) for v in records.versions(number, captures)]
            for line in versions:
                del line["article"]
            kept = [
                (c.time, c.status, c.outcome, c.digest, c.version, c.reason, dict(c.details))
                for c in captures
            ]
            told = sorted(a for a in article.aliases)
            found.append({"url": article.url, "of": versions, "captures": kept, "aliases": told})
    return sorted(found, key=lambda a: str(a["url"]))


@contextmanager
def rewritten(path: Path) -> Iterator[dict[str, bytes]]:
    """The files of a package, to be altered; written back in another program's manner."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    yield files
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)


@pytest.fixture(scope="session")
def package(untouched: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("package") / "all.wacz"
    assert export(untouched, path) == Packaged(2, 8, 4, 8, signed=True)
    return path


def test_a_package_is_all_ok_and_says_what_is_claimed(package: Path, untouched: Path) -> None:
    report = checked(package)
    assert report.items == []
    assert report.counts["capture"] == {"ok": 8}
    assert report.counts["version"] == {"ok": 4}
    statement = zipfile.ZipFile(package).read("evidence/statement.txt").decode()
    assert "held the bytes of 8 of these captures no later than" in statement
    assert "WHAT IS NOT CLAIMED" in statement
    assert "received them, exported" in statement
    assert "imported" not in statement
    assert "No outside authority has confirmed any time" in statement
    key = verify_archive(untouched, Options()).logged.verifier
    assert checked(package, trusted=key).sound


def test_one_article_is_exported_with_nothing_of_the_others(
    untouched: Path, tmp_path: Path
) -> None:
    path = tmp_path / "one.wacz"
    assert export(untouched, path, [2]).captures == 3
    assert checked(path).items == []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert BRIDGE.encode() not in archive.read(name), name
        assert HARBOUR.encode() in archive.read("evidence/articles.jsonl")


@pytest.mark.slow
def test_five_hundred_random_single_bytes_of_a_package_are_all_found(
    package: Path, tmp_path: Path
) -> None:
    chance = random.Random(20250401)
    data, path = package.read_bytes(), tmp_path / "altered.wacz"
    for _ in range(MUTATIONS):
        at = chance.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :])
        assert not checked(path).sound, at


def test_another_text_in_a_package_that_was_made_up_to_fit_is_found(
    package: Path, tmp_path: Path
) -> None:
    path = tmp_path / "forged.wacz"
    shutil.copy(package, path)
    with rewritten(path) as files:
        lines = files[CAPTURES].splitlines()
        line = json.loads(lines[0])
        line["facts"]["time"] -= 86_400_000
        files[CAPTURES] = b"\n".join([json.dumps(line).encode(), *lines[1:], b""])
    report = checked(path)
    assert ("capture", "1") in [(i.what, i.name) for i in report.items]


def test_import_gives_the_same_versions_texts_times_and_captures(
    untouched: Path, package: Path, tmp_path: Path
) -> None:
    report = bring(package, tmp_path / "b")
    assert (report.captures, report.versions, report.problems) == (8, 4, [])
    assert everything(tmp_path / "b") == everything(untouched)
    assert verify_archive(tmp_path / "b", Options()).report.sound
    with open_archive(tmp_path / "b", read_only=True) as store, store.read() as records:
        origins = {c.origin for n in (1, 2) for c in records.captures(n)}
        assert all(o.startswith("imported from all.wacz, log variorum/") for o in origins)
        assert records.article(1).state == "imported"  # type: ignore[union-attr]
    again = bring(package, tmp_path / "b")
    assert (again.captures, again.known) == (0, 8)
    export(tmp_path / "b", tmp_path / "again.wacz")
    bring(tmp_path / "again.wacz", tmp_path / "c")
    assert everything(tmp_path / "c") == everything(untouched)


def test_texts_that_were_themselves_imported_come_back_too(tmp_path: Path) -> None:
    lines = tmp_path / "texts.jsonl"
    texts = [("2024-05-01T08:00:00Z", "Twelve boats."), ("2024-05-02T08:00:00Z", "Twenty boats.")]
    told = [{"url": HARBOUR, "time": t, "title": "Boats", "text": text} for t, text in texts]
    lines.write_text("".join(json.dumps(line) + "\n" for line in told))
    bring(lines, tmp_path / "a")
    export(tmp_path / "a", tmp_path / "a.wacz")
    assert checked(tmp_path / "a.wacz").items == []
    bring(tmp_path / "a.wacz", tmp_path / "b")
    was, now = everything(tmp_path / "a"), everything(tmp_path / "b")
    assert [v["document"] for v in now[0]["of"]] == [v["document"] for v in was[0]["of"]]
    assert [v["first_seen"] for v in now[0]["of"]] == [v["first_seen"] for v in was[0]["of"]]


def test_a_package_for_an_article_that_is_here_already_is_judged_like_any_capture(
    package: Path, tmp_path: Path
) -> None:
    later = page(BRIDGE, "Bridge open again", ("The bridge was opened again on Friday morning.",))
    take(tmp_path / "b", [fetched(BRIDGE, 48, later)])
    report = bring(package, tmp_path / "b")
    assert report.captures == 8
    with open_archive(tmp_path / "b", read_only=True) as store, store.read() as records:
        heads = [v.document.headline for v in records.versions(1)]
        times = [v.first_seen for v in records.versions(1)]
    assert heads == [
        "Bridge closed",
        "Bridge closed for a month",
        "Bridge closed",
        "Bridge open again",
    ]
    assert times == sorted(times)


def test_an_altered_package_is_refused_whole(package: Path, tmp_path: Path) -> None:
    data = bytearray(package.read_bytes())
    data[400] ^= 1
    path = tmp_path / "altered.wacz"
    path.write_bytes(data)
    report = bring(path, tmp_path / "b")
    assert report.captures == 0
    assert "altered" in report.problems[0].why
    for length in (0, 10, len(data) // 2, len(data) - 1):
        path.write_bytes(bytes(data[:length]))
        assert bring(path, tmp_path / "b").problems


def test_a_package_of_another_program_is_read_and_its_altered_files_are_not(
    package: Path, tmp_path: Path
) -> None:
    path = tmp_path / "other.wacz"
    shutil.copy(package, path)
    with rewritten(path) as files:
        for name in [n for n in files if n.startswith("evidence/")]:
            del files[name]
        told = json.loads(files["datapackage.json"])
        told["resources"] = [r for r in told["resources"] if r["path"] in files]
        files["datapackage.json"] = json.dumps(told).encode()
    report = bring(path, tmp_path / "b")
    assert (report.captures, report.problems) == (7, [])
    with rewritten(path) as files:
        data = files["archive/data.warc.gz"]
        files["archive/data.warc.gz"] = data[:500] + bytes([data[500] ^ 1]) + data[501:]
    report = bring(path, tmp_path / "c")
    assert report.captures == 0
    assert report.problems[0].where == "archive/data.warc.gz"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../outside.txt", "leads out of the package"),
        ("/etc/passwd", "leads out of the package"),
        ("archive/..\\x.warc", "leads out of the package"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str, why: str) -> None:
    path = tmp_path / "hostile.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", json.dumps({"resources": []}))
        archive.writestr(name, b"x")
    report = bring(path, tmp_path / "b")
    assert why in report.problems[0].why
    assert not (tmp_path / "outside.txt").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_bombs_duplicates_and_nonsense_are_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "hostile.wacz"
    good = json.dumps({"resources": []}).encode()
    for files, why in (
        ([("datapackage.json", good), ("archive/a.warc.gz", bytes(200_000_000))], "a bomb"),
        ([("datapackage.json", good), ("a", b"x"), ("a", b"y")], "two files of one name"),
        ([("a", b"x")], "datapackage.json is missing"),
        ([("datapackage.json", b"[1]")], "not an object"),
        ([("datapackage.json", b"{")], "not JSON"),
        ([("datapackage.json", b'{"resources": [3]}')], "says nothing"),
        ([("datapackage.json", good)], "no WARC file in it"),
        ([("datapackage.json", b"[" * 200_000)], "not JSON"),
    ):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                archive.writestr(name, data)
        report = bring(path, tmp_path / "b")
        assert why in report.problems[0].why
        assert "\n" not in str(report.problems[0])


def test_nothing_is_exported_that_is_not_what_the_log_says(archive: Path, tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(archive / "variorum.db") as db:
        db.execute("UPDATE capture SET status = 404 WHERE id = 1")
    db.close()
    with pytest.raises(DamagedError, match="capture 1 is not what the log says"):
        export(archive, tmp_path / "a.wacz")
    assert list(tmp_path.glob("*.wacz*")) == []


def test_without_a_log_or_a_key_a_package_claims_less(untouched: Path, tmp_path: Path) -> None:
    archive = copy_of(untouched, tmp_path / "a")
    (archive / "signing-key").unlink()
    assert export(archive, tmp_path / "unsigned.wacz").signed is False
    report = checked(tmp_path / "unsigned.wacz")
    assert [(i.what, i.status) for i in report.items] == [("signature", Status.UNVERIFIABLE)]
    shutil.rmtree(archive / "log")
    assert export(archive, tmp_path / "unproven.wacz").proven == 0
    report = checked(tmp_path / "unproven.wacz")
    assert report.sound
    assert report.counts["capture"] == {"unverifiable": 8}
    statement = zipfile.ZipFile(tmp_path / "unproven.wacz").read("evidence/statement.txt")
    assert b"Nothing: this archive kept no evidence log" in statement


def test_keys_of_the_index_are_those_that_replay_tools_look_for() -> None:
    assert surt("https://www.Example.org/A/b/?b=2&a=1#x") == "org,example)/a/b?a=1&b=2"
    assert surt("http://example.org:8080/") == "org,example:8080)/"
    assert surt("https://example.org:443/x") == "org,example)/x"
    assert surt("urn:thing") == "urn:thing"
