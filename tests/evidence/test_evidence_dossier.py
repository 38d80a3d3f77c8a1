"""Dossiers of one article and of several, as a page and on paper."""

from __future__ import annotations

import json
import re
import zlib
from html import unescape
from pathlib import Path

import pytest
from archives import BRIDGE, BRIDGE_FIRST, HARBOUR, fetched, page, story_captures, take
from test_evidence_tables import run

from variorum.pipeline import dossier, dossier_pdf
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


def spoken(page: str) -> str:
    """The text of a page, as it is copied or heard."""
    return unescape(re.sub(r"<[^<>]*>", "", page))


def test_between_old_and_new_words_stands_a_space_and_copied_text_says_which_is_which(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A rise from 12 to 21 must never be read as 1221."""
    path = tmp_path / "d.html"
    assert run(capsys, "export", path, "--article", BRIDGE, "--archive", world)[0] == 0
    page = path.read_text("utf-8")
    told = spoken(page)
    assert "About removed: 12 end removed added: 21 end added buses an hour" in told
    assert "within a removed: week end removed added: month end added" in told
    assert re.search(r"12(<[^<>]*>)* end removed(<[^<>]*>)* (<[^<>]*>)*added: ", page)
    assert not re.search(r"</(del|ins)>(</?span[^<>]*>)*<(del|ins)", page)


def test_a_sentence_that_came_behind_one_that_went_is_set_off_too() -> None:
    whole = (
        '<del class="vx-del">It was shut.</del></span><span id="c2"><ins class="vx-ins">It is open.'
    )
    assert "</del> </span>" in dossier._apart(whole)
    assert dossier._apart("<del>a</del> <ins>b</ins>") == "<del>a</del> <ins>b</ins>"
    assert dossier._apart("<ins>b</ins>, he said") == "<ins>b</ins>, he said"


@pytest.mark.usefixtures("needs_weasyprint")
def test_what_is_not_to_be_seen_on_paper_is_set_in_its_place_and_not_letter_by_letter(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "d.html"
    assert run(capsys, "export", path, "--article", BRIDGE, "--archive", world)[0] == 0
    import weasyprint

    laid_out = weasyprint.HTML(string=path.read_text("utf-8")).render()
    boxes = [box for p in laid_out.pages for box in p._page_box.descendants()]
    words = [box.text for box in boxes if hasattr(box, "text")]
    assert "removed: " in words
    at = words.index("12", words.index("About "))
    assert [w.strip() for w in words[at - 1 : at + 6] if w.strip()] == [
        "removed:", "12", "end removed", "added:", "21", "end added",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("needs_weasyprint")
def test_no_page_of_paper_ends_with_a_heading_or_what_stands_below_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On paper of several heights, so that headings come everywhere on a page."""
    looks = [
        fetched(BRIDGE, n, page(BRIDGE, f"Bridge shut for {n} days", BRIDGE_FIRST * (1 + n % 4)))
        for n in range(2, 10)
    ]
    take(tmp_path / "a", looks)
    path = tmp_path / "d.html"
    assert run(capsys, "export", path, "--archive", tmp_path / "a")[0] == 0
    import weasyprint

    whole = path.read_text("utf-8")
    for height in range(150, 300, 15):
        sized = whole.replace("size: A4", f"size: 210mm {height}mm")
        for paper in weasyprint.HTML(string=sized).render().pages:
            boxes = [b for b in paper._page_box.descendants() if getattr(b, "text", "").strip()]
            lines = [b for b in boxes if b.element_tag]  # the page's number has none
            last = max(lines, key=lambda box: box.position_y)
            assert not re.fullmatch("h[1-6]", str(last.element_tag)), last.text
            assert "; against version" not in last.text


def test_who_wrote_it_and_when_and_its_captions_stand_in_the_dossier(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def dated(day: int, word: str) -> bytes:
        head = (
            '<meta name="author" content="Ruth Calder">'
            '<meta property="article:published_time" content="2025-03-01T08:00:00Z">'
            f'<meta property="article:modified_time" content="2025-03-0{day}T09:30:00Z">'
        )
        figure = (
            '<figure><img src="/pier.jpg" width="800" height="500" alt="A cracked pier">'
            "<figcaption>The second pier on Monday.</figcaption></figure>"
        )
        story = page(
            BRIDGE, "Bridge closed", tuple(p.replace("Monday", word) for p in BRIDGE_FIRST)
        )
        return (
            story.decode()
            .replace("<title>", f"{head}<title>")
            .replace("</h1>", f"</h1>{figure}")
            .encode()
        )

    take(
        tmp_path / "a",
        [fetched(BRIDGE, 0, dated(1, "Monday")), fetched(BRIDGE, 30, dated(2, "Tuesday"))],
    )
    assert run(capsys, "export", tmp_path / "d.html", "--archive", tmp_path / "a")[0] == 0
    told = spoken((tmp_path / "d.html").read_text("utf-8"))
    first, _, second = told.partition("Version 1, first seen")
    for part, modified in ((first, "2025-03-01T09:30"), (second, "2025-03-02T09:30")):
        assert "As the page gives it: by Ruth Calder; published 2025-03-01T08:00" in part
        assert f"modified {modified}" in part
    assert "The second pier on Monday. (A cracked pier)" in first


def test_a_dossier_says_what_its_digests_are_of(
    world: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "d.html"
    assert run(capsys, "export", path, "--article", BRIDGE, "--archive", world)[0] == 0
    told = spoken(path.read_text("utf-8"))
    assert "the body of the answer as it was sent" in told
    assert "SHA-256 of headline, body, byline, day, media and notices" in told


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
