"""Bad input gets one clear line, the right exit code, and loses nothing."""

from __future__ import annotations

import errno
import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cli_run import Ran, Run

from variorum.bootstrap import open_archive


def one_clear_line(ran: Ran, code: int, *words: str) -> None:
    assert ran.code == code, ran.err
    assert "Traceback" not in ran.err
    lines = [line for line in ran.err.splitlines() if line.startswith("Error: ")]
    assert len(lines) == 1, ran.err
    for word in words:
        assert word in lines[0]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("log", "1"), ["no archive in archive", "--archive"]),
        (("show", "1@2"), ["no archive"]),
        (("changes",), ["no archive"]),
        (("search", "x"), ["no archive"]),
        (("export", "x.jsonl"), ["no archive"]),
        (("diff", "a.html", "b.html"), ["no such file: a.html"]),
        (("diff", "1@0"), ["two texts are wanted"]),
        (("extract", "nothing.html"), ["no such file, and not a URL"]),
        (("changes", "--since", "soon"), ["--since soon"]),
        (("--archive", "postgresql://x/y", "log", "1"), ["directory"]),
        (("up", "--host", "0.0.0.0"), ["administrator", "--read-only"]),
        (("up", "--demo", "https://example.org/feed"), ["--demo"]),
        (("nonsense",), ["no command 'nonsense'"]),
        (("check",), ["no archive in archive"]),
        (("verify", "--all"), ["--json"]),
        (("reextract",), ["no archive"]),
        (("rotate-key",), ["no archive"]),
        (("timestamp", "https://tsa.example.org/"), ["no archive"]),
        (("timestamp", "tsa.example.org"), ["no web address", "https://"]),
        (("sources", "--pause", "1"), ["no archive"]),
        (("people", "role", "ana", "admin"), ["no archive"]),
        (("import", "nothing.jsonl"), ["no such file", "nothing.jsonl"]),
        (("changes", "--since", "99999999999d"), ["--since 99999999999d"]),
        (("claims", "a.txt", "b.txt", "--explain"), ["--explain"]),
        (("diff", "a.txt", "b.txt", "--json", "--as", "tei"), ["--as", "--json"]),
        (("diff", "a.txt", "b.txt", "--fragment"), ["--fragment", "--as html"]),
        (("diff", "-", "-"), ["standard input is one text only"]),
        (("diff", ".", "b.txt"), [". is a folder, and a file is wanted"]),
        (("extract", "."), [". is a folder, and a file is wanted"]),
        (("serch", "x"), ["Did you mean 'search'"]),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(
    run: Run, args: tuple[str, ...], words: list[str]
) -> None:
    one_clear_line(run(*args), 2, *words)
    assert not Path("archive").exists()


def test_an_unknown_article_or_version_is_one_clear_line(imported: Run) -> None:
    one_clear_line(imported("log", "99"), 2, "no article '99'")
    one_clear_line(imported("log", "https://example.org/none"), 2, "no article")
    one_clear_line(imported("show", "1@7"), 2, "no version 7", "it has versions 0 to 1")
    one_clear_line(imported("diff", "1@0..7"), 2, "no version 7")
    one_clear_line(imported("log", "1@0"), 2, "'1@0' names a version, and an article is wanted: 1")
    one_clear_line(imported("changes", "--since", "soon"), 2, "--since soon")
    one_clear_line(imported("changes", "--kind", "figures"), 2, "no kind 'figures'", "figure,")
    one_clear_line(imported("sources", "--pause", "5"), 2, "no source 5")
    huge = "9" * 30
    one_clear_line(imported("log", huge), 2, "no article")
    one_clear_line(imported("show", f"1@{huge}"), 2, "no article has a version")
    one_clear_line(imported("show", ""), 2, "no article")
    for command in ("show", "claims"):
        one_clear_line(imported(command, "1@0..1"), 2, "two versions", "1@0")


def test_an_article_without_a_version_says_where_to_look(imported: Run) -> None:
    with open_archive(Path("archive")) as archive, archive.write() as records:
        url = "https://news.example.org/members/minutes"
        number = records.add_article(url, [f"url:{url}"], None, datetime(2025, 3, 1, tzinfo=UTC)).id
    for asked in (("show", number), ("claims", f"{number}@0"), ("diff", f"{number}@0..1")):
        one_clear_line(imported(*asked), 2, "has no version yet", f"'variorum log {number}'")


def test_an_export_takes_the_place_of_no_file_of_the_archive(imported: Run, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    before = (archive / "variorum.db").read_bytes()
    (tmp_path / "link.jsonl").symlink_to(archive / "variorum.db")
    for name in ("archive/variorum.db", "archive/new", "link.jsonl"):
        one_clear_line(imported("export", name, "--to", "jsonl"), 2, name, "in the archive")
    assert (archive / "variorum.db").read_bytes() == before
    assert not (archive / "new").exists()


def test_an_export_replaces_files_only_and_behind_a_link_what_it_names(
    imported: Run, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    one_clear_line(imported("export", "pipe"), 2, "a pipe")
    assert (tmp_path / "pipe").is_fifo()
    for form in ("csv", "parquet", "warc", "wacz", "pdf", "newsedits"):
        one_clear_line(imported("export", "-", "--to", form), 2, "stdout", form)
    assert not (tmp_path / "-").exists()
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "elsewhere.jsonl")
    assert imported("export", "link.jsonl").code == 0
    assert (tmp_path / "link.jsonl").is_symlink()
    assert len((tmp_path / "elsewhere.jsonl").read_text().splitlines()) == 2


def test_a_place_that_cannot_be_seen_is_one_clear_line(
    imported: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "exists", refuse)
    for command in (("log", "1"), ("verify",), ("rotate-key",)):
        one_clear_line(imported(*command), 2, "archive", "Permission denied")


def test_a_second_process_on_the_same_archive_is_told_so(
    run: Run, pages: tuple[Path, Path], tmp_path: Path
) -> None:
    with open_archive(tmp_path / "archive"):
        one_clear_line(run("import", pages[0]), 2, "another Variorum process")


def test_a_port_in_use_is_told_so(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        one_clear_line(run("up", "--port", port), 2, f"127.0.0.1:{port}", "--port")
    assert not Path("archive").exists()


def test_files_that_are_no_texts_are_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "other.json").write_text("[1]")
    (tmp_path / "empty.html").write_text("<html><body></body></html>")
    one_clear_line(run("claims", "binary.txt"), 2, "binary.txt: not text")
    one_clear_line(run("claims", "broken.json"), 2, "not JSON")
    one_clear_line(run("claims", "other.json"), 2, "not a Document")
    one_clear_line(run("claims", "empty.html"), 2, "no story found")


def test_a_page_without_a_story_says_what_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("<html><body></body></html>")
    ran = run("extract", "empty.html")
    assert ran.code == 2
    assert "no story found: empty" in ran.err


def test_a_partly_bad_import_keeps_the_good_and_ends_with_3(
    run: Run, pages: tuple[Path, Path]
) -> None:
    ran = run("import", pages[0], "missing.warc.gz", "--json")
    assert ran.code == 3
    assert ran.json["captures"] == 1
    assert ran.json["problems"][0]["why"] == "no such file"
    assert run("import", "missing.warc.gz").code == 2


def test_an_address_that_must_not_be_reached_is_refused(run: Run) -> None:
    for url in ("http://127.0.0.1:9/", "http://[::1]/", "http://10.0.0.1/", "file:///etc/passwd"):
        ran = run("add", url)
        assert ran.code == 2, url
        assert "not added" in ran.err


def test_a_host_that_nobody_knows_is_told_in_one_line(run: Run) -> None:
    ran = run("add", "http://no-such-host.invalid/feed")
    assert ran.code == 2
    assert "no-such-host.invalid" in ran.err
    assert "Traceback" not in ran.err
