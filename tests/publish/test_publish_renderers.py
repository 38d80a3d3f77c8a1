"""A collation made readable: what each rendering shows, and that no page can break out of it."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from variorum import collate
from variorum.model import Document, Notice
from variorum.stages.publish import (
    apparatus,
    inline_html,
    side_by_side_html,
    tei,
    terminal,
    unified,
)
from variorum.stages.publish.render_html import _broken

OLD = Document.build(
    "Three hurt in fire",
    [
        "A fire broke out on Mill Street on 12 March. At least 12 people were hurt, police said.",
        "Nobody was arrested on Monday.",
        "The mayor, John Smith, spoke.  He was calm.",
        "Schools stay shut. Roads are closed until noon and buses will not run. Trains do.",
        "An old paragraph goes away.",
    ],
    language="en",
    byline=("A. Marsh",),
)
NEW = Document.build(
    "Four hurt in fire",
    [
        "A fire broke out on Mill Street on 12 March. At least 21 people were hurt, police said. "
        "One died.",
        "Schools stay shut. Roads are closed until noon. Buses will not run. Trains do.",
        "The mayor, Jane Smith, spoke. He was calm.",
        "Nobody was arrested on Monday.",
        "A wholly new ending.",
    ],
    language="en",
    byline=("B. Hale",),
)
COLLATION = collate(OLD, NEW)


class Reader(HTMLParser):
    """Checks that elements nest and close, and collects ids, links and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.tags: set[str] = set()
        self.sides: dict[str, str] = {"old": "", "new": ""}
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = dict(attrs)
        self.attributes |= found.keys()
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if found.get("href"):
            self.links.append(str(found["href"]))
        if tag != "br":
            hidden = "hidden" if "vx-hidden" in (found.get("class") or "") else tag
            moved = "move-old" if "vx-move-old" in (found.get("class") or "") else hidden
            self.open.append("link" if tag == "a" else moved)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if {"hidden", "link"} & set(self.open):
            return
        self.text += data
        if "del" not in self.open and "move-old" not in self.open:
            self.sides["new"] += data
        if "ins" not in self.open:
            self.sides["old"] += data


def words(text: str) -> list[str]:
    return text.split()


# -- HTML


def test_inline_html_holds_the_new_text_and_marks_what_went_and_came() -> None:
    html = inline_html(COLLATION, OLD, NEW)
    read = Reader(html)
    assert words(read.sides["new"]) == words(NEW.text)
    assert '<del class="vx-del"><span class="vx-hidden">removed: </span>12<' in html
    assert '<ins class="vx-ins"><span class="vx-hidden">added: </span>21<' in html
    assert "end added" in html
    assert '<h2 class="vx-p vx-changed vx-headline"' in html


def test_changes_have_stable_anchors_in_reading_order() -> None:
    for html in (inline_html(COLLATION, OLD, NEW), side_by_side_html(COLLATION, OLD, NEW)):
        anchors = [i for i in Reader(html).ids if re.fullmatch(r"c\d+", i)]
        count = sum(s.op != "same" or s.moved for s in COLLATION.segments)
        assert anchors == [f"c{n}" for n in range(1, count + 1)]


def test_a_move_is_linked_both_ways() -> None:
    for html in (inline_html(COLLATION, OLD, NEW), side_by_side_html(COLLATION, OLD, NEW)):
        read = Reader(html)
        assert {"m1-old", "m1-new"} <= set(read.ids)
        assert len(read.ids) == len(set(read.ids))
        assert {link[1:] for link in read.links} <= set(read.ids)
        assert {"#m1-old", "#m1-new"} <= set(read.links)


def test_unchanged_paragraphs_can_be_folded() -> None:
    one, other = "The first one stays. It does.", "The second one goes."
    old = Document.from_text(f"{one}\n\n{other}")
    new = Document.from_text(f"{one}\n\n{other[:-1]} on.")
    html = inline_html(collate(old, new), old, new)
    assert html.count("vx-p vx-same") == 1
    assert html.count("vx-p vx-changed") == 1


def test_ids_take_a_prefix_where_a_page_has_two_collations() -> None:
    read = Reader(inline_html(COLLATION, OLD, NEW, prefix="left-"))
    assert all(i.startswith("left-") for i in read.ids)
    assert all(link.startswith("#left-") for link in read.links)


def test_side_by_side_has_a_row_a_paragraph_with_both_sides() -> None:
    html = side_by_side_html(COLLATION, OLD, NEW)
    rows = re.findall(r"<tr class=.*?</tr>", html)
    assert all(row.count("<td") == 2 for row in rows)
    left = Reader(" ".join(re.findall(r'<td class="vx-old".*?</td>', html)))
    right = Reader(" ".join(re.findall(r'<td class="vx-new".*?</td>', html)))
    assert words(right.sides["new"]) == words(NEW.text)
    assert sorted(words(left.text)) == sorted(words(OLD.text))


def test_what_replaced_a_paragraph_stands_beside_it() -> None:
    old = Document.from_text("A stays here.\n\nThe council voted yes.\n\nB stays here.")
    new = Document.from_text("A stays here.\n\nRain fell all over town.\n\nB stays here.")
    html = side_by_side_html(collate(old, new), old, new)
    row = next(r for r in re.findall(r"<tr class=.*?</tr>", html) if "council" in r)
    assert "Rain fell" in row


HOSTILE = [
    "<script>alert(1)</script> said the man.",
    '"><img src=x onerror=alert(1)> he wrote on Monday.',
    "\x1b]0;owned\x07 \x1b[31m red \u202e reversed.",
    "&lt;b&gt; &amp; <b> ]]> <!-- text",
    "\x00 nothing \ud800 half a pair.",
]
ALLOWED = {"div", "table", "thead", "tbody", "tr", "th", "td", "p", "h2", "span", "a", "ins", "del"}


PARTS = st.lists(st.sampled_from([*HOSTILE, "A plain sentence."]) | st.text(max_size=30))


@given(PARTS, PARTS)
@settings(max_examples=120, deadline=None)
def test_no_text_breaks_out_of_any_rendering(before: list[str], after: list[str]) -> None:
    old = Document.build(before[0] if before else None, before[1:], url="http://x/?a=<\">&'")
    new = Document.build(after[0] if after else None, after[1:], language='en"><script>')
    found = collate(old, new)
    for html in (inline_html(found, old, new), side_by_side_html(found, old, new)):
        read = Reader(html)
        assert read.tags <= ALLOWED | {"br"}
        allowed = {"class", "id", "href", "lang", "dir", "scope", "aria-hidden"}
        assert read.attributes <= allowed
    for text in (
        terminal(found, old, new, width=60, color=False),
        terminal(found, old, new, width=140, color=False),
        unified(found, old, new),
        *apparatus(found, old, new),
    ):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e\ud800]", text)
    etree.fromstring(tei(found, old, new).encode("utf8"))


def test_a_separator_that_counts_as_white_space_is_no_illegal_character_of_tei() -> None:
    old, new = Document.build("Zero", []), Document.build("0\x1f\n0", [])
    read = etree.fromstring(tei(collate(old, new), old, new).encode("utf8"))
    assert "Zero" in "".join(read.itertext())


# -- plain text


def test_the_terminal_shows_changed_paragraphs_and_counts_the_others() -> None:
    old = Document.from_text("One stays.\n\nTwo stays.\n\nThe dog saw 12 cats.\n\nFour stays.")
    new = Document.from_text("One stays.\n\nTwo stays.\n\nThe dog saw 21 cats.\n\nFour stays.")
    text = terminal(collate(old, new), old, new, width=60, color=False)
    assert text.split("\n\n") == [
        "… 2 paragraphs unchanged",
        "The dog saw [-12-]{+21+} cats.",
        "… 1 paragraph unchanged\n",
    ]


@pytest.mark.parametrize("width", [40, 72, 120, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = terminal(COLLATION, OLD, NEW, width=width, color=True)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert max(map(len, bare.split("\n"))) <= width
    assert "Three Four hurt" in bare or width >= 120
    assert ("│" in bare) == (width >= 120)


def test_without_colour_there_is_no_escape_and_moves_are_named() -> None:
    text = terminal(COLLATION, OLD, NEW, width=80, color=False)
    assert "\x1b" not in text
    assert "⟨moved 1 away:" in text
    assert "⟨moved 1 here:" in text
    assert text.startswith("byline: [-A. Marsh-]{+B. Hale+}")


def test_wide_characters_count_two_columns() -> None:
    old, new = Document.from_text("警察は" * 30 + "。"), Document.from_text("警察が" * 30 + "。")
    for width in (60, 130):
        text = terminal(collate(old, new), old, new, width=width, color=False)
        assert all(line.isascii() or len(line) <= width for line in text.split("\n"))
        wide = [sum(2 if ord(c) > 0x2FFF else 1 for c in line) for line in text.split("\n")]
        assert 40 < max(wide) <= width


def test_a_word_longer_than_a_line_is_cut() -> None:
    old, new = Document.from_text("x" * 300), Document.from_text("y" * 300)
    text = terminal(collate(old, new), old, new, width=60, color=False)
    assert max(map(len, text.split("\n"))) <= 60


def test_unified_is_a_patch_of_sentences() -> None:
    text = unified(COLLATION, OLD, NEW)
    lines = text.split("\n")
    assert lines[:2] == ["--- old", "+++ new"]
    assert re.fullmatch(r"@@ -1,\d+ \+1,\d+ @@", lines[2])
    assert "-At least 12 people were hurt, police said." in lines
    assert "+At least 21 people were hurt, police said." in lines
    assert unified(collate(OLD, OLD), OLD, OLD) == ""
    old, new = (replace(d, url="https://echo.example/fire") for d in (OLD, NEW))
    assert unified(COLLATION, old, new).split("\n")[:2] == [
        "--- https://echo.example/fire\told",
        "+++ https://echo.example/fire\tnew",
    ]


def test_a_patch_tells_what_changed_outside_the_text() -> None:
    old = replace(OLD, byline=("A. Marsh", "C. Lund"))
    new = replace(OLD, byline=("B. Hale", "C. Lund"), notices=(Notice("correction", "It was 12."),))
    assert unified(collate(old, new), old, new).split("\n")[2:] == [
        "@@ byline @@",
        "-A. Marsh, C. Lund",
        "+B. Hale, C. Lund",
        "@@ notice @@",
        "+correction: It was 12.",
        "",
    ]


def test_a_note_that_names_its_kind_is_not_labelled_again() -> None:
    new = replace(OLD, notices=(Notice("editors-note", "Editor’s note: it was 12."),))
    assert "+Editor’s note: it was 12." in unified(collate(OLD, new), OLD, new).split("\n")


def test_the_sides_of_a_patch_with_all_its_context_are_the_two_texts() -> None:
    lines = unified(COLLATION, OLD, NEW, context=999).split("\n")[3:]
    lines = lines[: lines.index("@@ byline @@")]
    for keep, doc in ((" -", OLD), (" +", NEW)):
        side = " ".join(line[1:] for line in lines if line and line[0] in keep)
        assert words(side) == words(doc.text)


def test_the_apparatus_says_each_change_in_words() -> None:
    lines = apparatus(COLLATION, OLD, NEW)
    assert lines == [
        "In the headline 'Three' became 'Four'.",
        "In paragraph 1 'At least 12' became 'At least 21'.",
        "In paragraph 1 a sentence was added: 'One died.'",
        "In paragraph 2 one sentence was made 2.",
        "In paragraph 2 'and buses' became '. Buses'.",
        "Paragraph 5 of the old text was removed: 'An old paragraph goes away.'",
        "'The mayor, Jane Smith, spoke. He was calm.' moved after 'Trains do.'",
        "In paragraph 3 'John Smith' became 'Jane Smith'.",
        "'Nobody was arrested on Monday.' moved from paragraph 2 of the old text to paragraph 4.",
        "Paragraph 5 was added: 'A wholly new ending.'",
        "The byline 'A. Marsh' became 'B. Hale'.",
    ]


def test_the_apparatus_of_a_word_more_says_after_what() -> None:
    old, new = (
        Document.from_text("It rose, he said."),
        Document.from_text("It rose, he said again."),
    )
    assert apparatus(collate(old, new), old, new) == [
        "In paragraph 1 'again' was added after 'he said'."
    ]


def test_typography_alone_gives_nothing_in_any_rendering() -> None:
    old, new = Document.from_text("“It’s over.”\n\nYes."), Document.from_text('"It\'s over." Yes.')
    found = collate(old, new)
    assert apparatus(found, old, new) == []
    assert unified(found, old, new) == ""
    assert "<ins" not in inline_html(found, old, new)
    assert "[-" not in terminal(found, old, new, width=80, color=False)
    assert "<app" not in tei(found, old, new)


def test_white_space_that_went_with_a_mark_that_came_is_not_shown() -> None:
    old = Document.from_text("This is the official advisory\n\nMore follows here.")
    new = Document.from_text("This is the official advisory. More follows here.")
    html = inline_html(collate(old, new), old, new)
    assert "<del" not in html
    assert html.count("<ins") == 1


# -- TEI

NS = {"t": "http://www.tei-c.org/ns/1.0"}


def reading(root: etree._Element, witness: str) -> str:
    other = {"#old": "#new", "#new": "#old"}[witness]
    for rdg in root.xpath(f"//t:rdg[@wit='{other}']", namespaces=NS):
        tail = rdg.tail or ""
        parent = rdg.getparent()
        parent.remove(rdg)
        assert not tail.strip()
    parts = root.xpath("//t:body/*", namespaces=NS)
    return " ".join("".join(p.itertext()) for p in parts)


def test_each_witness_can_be_read_out_of_the_tei() -> None:
    xml = tei(COLLATION, OLD, NEW).encode("utf8")
    assert words(reading(etree.fromstring(xml), "#new")) == words(NEW.text)
    assert words(reading(etree.fromstring(xml), "#old")) == words(OLD.text)


def test_tei_names_its_witnesses_and_method() -> None:
    root = etree.fromstring(tei(COLLATION, OLD, NEW).encode("utf8"))
    assert root.xpath("//t:witness/@xml:id", namespaces=NS) == ["old", "new"]
    method = root.xpath("//t:variantEncoding/@method", namespaces=NS)
    assert method == ["parallel-segmentation"]
    moved = root.xpath("//t:app[@type='transposition']/@n", namespaces=NS)
    assert sorted(moved) == ["1", "1", "1", "1", "2", "2"]


@given(st.text(alphabet="ab \t\n\u00a0\x1c", max_size=12))
def test_line_ends_are_breaks_whatever_stands_around_them(text: str) -> None:
    assert _broken(text) == re.sub(r"\s*\n\s*", "<br>", text)


def test_long_runs_of_blanks_are_set_in_linear_time() -> None:
    blanks = " " * 60_000
    old = Document.build("A title", [f"The{blanks}gate was shut on Monday."])
    new = Document.build("A title", [f"The{blanks}gate was open on Monday."])
    collation = collate(old, new)
    began = time.process_time()
    assert "<del" in inline_html(collation, old, new)
    assert "<del" in side_by_side_html(collation, old, new)
    assert time.process_time() - began < 3  # quadratic: half a minute and more
