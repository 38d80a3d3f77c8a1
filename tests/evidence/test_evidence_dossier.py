"""Dossiers of one article and of several, as a page and on paper."""

from __future__ import annotations

import json
import re
import zlib
from pathlib import Path

import pytest
from archives import BRIDGE, HARBOUR, fetched, page, story_captures, take
from test_evidence_tables import run

from variorum.pipeline import dossier_pdf
from variorum.pipeline.exporting_tables import MissingLibraryError

ARABIC = "https://news.example.org/ar/bridge"
JAPANESE = "https://news.example.org/ja/bridge"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two English stories, one in Arabic, one in Japanese."""
    directory = tmp_path_factory.mktemp("dossier") / "archive"
    arabic = page(
        ARABIC,
        "جسر",
        ("تم فتح جسر مدينتنا يوم خميس بعد سنتين من عمل.", "كتب مهندس في تقرير جديد 12 مرة."),
    )
    japanese = page(
        JAPANESE,
        "橋の通行止め",
        (
            "検査員が橋脚に亀裂を見つけ、川の橋は月曜日に閉鎖された。",
            "市は南の道路を使うよう呼びかけている。",
        ),
    )
    take(
        directory,
        [*story_captures(), fetched(ARABIC, 6, arabic), fetched(JAPANESE, 7, japanese)],
    )
    return directory


@pytest.fixture
def needs_weasyprint() -> None:
    try:
        dossier_pdf._library()
    except MissingLibraryError as error:
        pytest.skip(str(error))


def streams(pdf: bytes) -> list[bytes]:
    """What the packed streams of a PDF hold."""
    found = []
    for piece in re.finditer(rb"stream\r?\n", pdf):
        try:
            found.append(zlib.decompressobj().decompress(pdf[piece.end() :]))
        except zlib.error:
            continue
    return found


def test_a_dossier_of_several_articles_has_a_list_of_them_and_each_whole(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "d.html"
    code, out, _ = run(capsys, "export", path, "--archive", world, "--json")
    told = json.loads(out)
    assert (code, told["articles"], told["versions"]) == (0, 4, 6)
    text = path.read_text("utf-8")
    assert text.count("<h1>") == 1
    assert len(re.findall(r'<article id="a\d+">', text)) == 4
    for number in re.findall(r'<article id="(a\d+)">', text):
        assert f'href="#{number}"' in text
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert text.count("What was captured") == text.count("What became of claims") == 4
    assert text.count("— variorum/") == 1
    assert text.count("are struck through") == 1  # one of them has a second version
    assert "imported" not in text
    assert text.rstrip().endswith("</html>")


def test_a_list_of_articles_leaves_the_others_out(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "d.html"
    both = ("--article", BRIDGE, "--article", HARBOUR)
    code, out, _ = run(capsys, "export", path, *both, "--archive", world)
    assert (code, out) == (0, "")
    text = path.read_text("utf-8")
    assert "Harbour to be dredged" in text
    assert "検査員" not in text


@pytest.mark.slow
@pytest.mark.usefixtures("needs_weasyprint")
def test_a_dossier_of_what_was_imported_says_that_it_was_not_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = {"url": BRIDGE, "time": "2023-05-01T08:00:00Z", "title": "Bridge", "text": "It is shut."}
    (tmp_path / "lines.jsonl").write_text(json.dumps(line) + "\n")
    assert run(capsys, "import", tmp_path / "lines.jsonl", "--archive", tmp_path / "a")[0] == 0
    assert run(capsys, "export", tmp_path / "d.html", "--archive", tmp_path / "a")[0] == 0
    text = (tmp_path / "d.html").read_text("utf-8")
    assert "1 of 1 captures were not fetched by this installation" in text
    assert "read by imported" not in text


def test_on_paper_no_writing_is_lost_and_the_page_itself_is_attached(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "d.pdf"
    code, out, err = run(capsys, "export", path, "--archive", world, "--json")
    told = json.loads(out)
    assert (code, told["articles"]) == (0, 4), err
    assert told["pages"] >= 5
    pdf = path.read_bytes()
    assert pdf.startswith(b"%PDF-")
    inside = streams(pdf)
    [attached] = [s.decode() for s in inside if s.startswith(b"<!doctype html>")]
    for words in ("検査員が橋脚に亀裂を見つけ", "تم فتح جسر مدينتنا", "within a month"):
        assert words in attached
    # Letters of the pages themselves: each glyph names its letter, also where no font draws it.
    names = b"".join(s for s in inside if b"beginbfchar" in s or b"beginbfrange" in s).lower()
    for letter in ("橋", "亀", "ج", "س"):
        assert f"{ord(letter):04x}".encode() in names, letter


@pytest.mark.usefixtures("needs_weasyprint")
def test_how_far_a_long_pdf_has_come_is_told_page_by_page() -> None:
    page = "<html><body>" + "<p>The harbour was closed on Monday.</p>" * 400 + "</body></html>"
    told: list[int] = []
    done = dossier_pdf.printed(page, told.append)
    assert told == list(range(1, done.pages + 1)) and done.pages > 5
    assert dossier_pdf.expected(page) > done.pages / 2
    dossier_pdf.printed(page)
    assert len(told) == done.pages  # nobody listens any more


def test_what_runs_from_right_to_left_is_set_so() -> None:
    told = dossier_pdf._with_directions('<p dir="auto">12 “جسر”</p><p dir="auto">12 bridge</p>')
    assert '<p dir="rtl">' in told
    assert '<p dir="ltr">' in told


def test_without_the_library_a_pdf_is_one_clear_line(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    path = tmp_path / "d.pdf"
    code, _, err = run(capsys, "export", path, "--archive", world)
    assert (code, "pip install 'variorum[pdf]'" in err) == (2, True)
    assert not path.exists()
    monkeypatch.setattr(dossier_pdf, "MOST_VERSIONS", 2)
    code, _, err = run(capsys, "export", path, "--archive", world)
    assert (code, "too many for one PDF" in err) == (2, True)
