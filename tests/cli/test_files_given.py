"""Files as people have them, read alike by every command; and comparisons as files for a browser."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest
import zstandard
from cli_run import Run


def given_on_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("saved-page", None),
        ("story.php", None),
        ("story.html.gz", gzip.compress),
        ("story.html.zst", zstandard.ZstdCompressor().compress),
    ],
)
def test_a_saved_page_is_read_alike_by_diff_and_extract_whatever_its_name(
    run: Run, pages: tuple[Path, Path], name: str, packed: object
) -> None:
    data = pages[1].read_bytes()
    Path(name).write_bytes(packed(data) if callable(packed) else data)
    assert run("diff", pages[1], name, "--exit-code").code == 0
    assert run("extract", name).out == run("extract", pages[1]).out


def test_a_page_in_an_old_encoding_is_read_alike_too(run: Run, pages: tuple[Path, Path]) -> None:
    text = pages[0].read_text().replace("<html", '<html data-of="old-system"')
    Path("old-system.htm").write_bytes(text.encode("windows-1252"))
    assert run("diff", pages[0], "old-system.htm", "--exit-code").code == 0
    assert "“We heard a bang" in run("extract", "old-system.htm").out


def test_a_text_in_an_old_encoding_is_the_same_text(run: Run) -> None:
    story = "Le maire n’a pas répondu, a déclaré l’élu. « C’était prévu », dit-il.\n"
    Path("new.txt").write_text(story)
    Path("old.txt").write_bytes(story.encode("windows-1252"))
    assert run("diff", "new.txt", "old.txt", "--exit-code").code == 0


def test_a_text_that_speaks_of_tags_is_a_text(run: Run) -> None:
    Path("a.txt").write_text("The tag <html> opens a page, said Ana Reyes, who teaches it.")
    assert "<html>" in run("claims", "a.txt").out


@pytest.mark.parametrize("kind", ["page", "document", "text"])
def test_a_text_on_standard_input(
    run: Run, pages: tuple[Path, Path], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = pages[0].read_bytes()
    document = run("extract", pages[0], "--json").out.encode()
    text = run("extract", pages[0]).out.encode()
    given_on_stdin(monkeypatch, {"page": page, "document": document, "text": text}[kind])
    told = run("diff", "-", pages[1], "--json").json
    assert ["-", "Twelve"] in next(s["words"] for s in told["segments"] if s["op"] == "edited")


def test_a_page_on_standard_input_is_extracted(
    run: Run, pages: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    given_on_stdin(monkeypatch, pages[0].read_bytes())
    assert run("extract", "-").out.startswith("Bridge closed after lorry strikes pier")


def test_a_packed_file_that_is_cut_short_is_one_line(run: Run, pages: tuple[Path, Path]) -> None:
    Path("cut.html.gz").write_bytes(gzip.compress(pages[0].read_bytes())[:-40])
    for asked in (("extract", "cut.html.gz"), ("diff", "cut.html.gz", pages[1])):
        ran = run(*asked)
        assert ran.code == 2
        assert ran.err.startswith("Error: cut.html.gz cannot be read: ")
        assert ran.err.count("\n") == 1


@pytest.mark.parametrize("form", ["html", "side-by-side"])
def test_a_comparison_for_a_browser_is_a_page_of_its_own(
    run: Run, pages: tuple[Path, Path], form: str
) -> None:
    page = run("diff", *pages, "--as", form).out
    fragment = run("diff", *pages, "--as", form, "--fragment").out
    assert page.startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    assert fragment.startswith('<div class="vx-collation')
    assert fragment.rstrip() in page
    assert ".vx-hidden" in page.split("</style>")[0]
    assert "<script" not in page and "src=" not in page and "href=" not in page.split("<main>")[0]


def test_a_headline_cannot_break_out_of_the_page_about_it(run: Run) -> None:
    document = '{"headline": "</title><script>alert(1)</script>", "paragraphs": ["One."]}'
    Path("a.json").write_text(document)
    assert "<script" not in run("diff", "a.json", "a.json", "--as", "html").out


@pytest.mark.parametrize(("value", "coloured"), [(None, True), ("", True), ("1", False)])
def test_a_terminal_is_coloured_unless_its_user_asks_for_none(
    run: Run,
    pages: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    value: str | None,
    coloured: bool,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if value is not None:
        monkeypatch.setenv("NO_COLOR", value)
    monkeypatch.setattr("variorum.cli.common.sys.stdout.isatty", lambda: True, raising=False)
    shown = run("diff", *pages).out
    assert ("\x1b[" in shown) is coloured
    assert ("[-Twelve-]{+Twenty-one+}" in shown) is not coloured
