"""What somebody who walks through the pages must not stumble over: two states that look alike, words
that say nothing, ways that end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient
from web_shelf import PAYLOADS, START, Filled, fill
from web_staff import Staff, staffed

from variorum.model import Article, Change, Document, FieldEdit, Lead, Version
from variorum.model.change import BADGES
from variorum.web import stories
from variorum.web.citing import citation
from variorum.web.naming import MEANINGS
from variorum.web.pages.compare import not_in
from variorum.web.reported import told


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Staff]:
    filled = fill(tmp_path / "archive")
    with filled.archive:
        yield staffed(filled)


def main(client: TestClient, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(path).text)


def said(lead: Lead) -> stories.Row:
    made = Change(1, 0, 1, START, (), 0.2, announced=False, meaningful=True, lead=lead)
    return stories.row(made)


def test_the_code_of_a_frame_is_a_frame_whatever_the_headline(
    client: TestClient, shelf: Filled
) -> None:
    tree = main(client, f"/a/{shelf.hostile}/v0..v1")
    code = next(p.text() for p in tree.css(".cite pre") if "<iframe" in p.text())
    pasted = LexborHTMLParser(code)
    (frame,) = pasted.css("body *")
    assert frame.tag == "iframe" and set(frame.attributes) <= {
        *("src", "title", "width", "height", "loading", "sandbox", "style")
    }
    assert PAYLOADS[0] in (frame.attributes["title"] or "")


@pytest.mark.parametrize("kind", ["caption", "section", "byline"])
def test_a_field_that_is_quoted_is_named(kind: str) -> None:
    assert said(Lead(kind, "Old", "New", f"{kind}: “Old” became “New”")).field == kind


def test_a_headline_badge_is_never_without_a_word_on_the_headline() -> None:
    def retouched(old: str, new: str) -> bool:
        made = Change(
            *(1, 0, 1, START, ("headline",), 0.2),
            announced=False,
            meaningful=True,
            headline_old=old,
            headline_new=new,
        )
        shown = stories.row(made)
        assert shown.headline_retouched == (old != new and shown.headline_was is None)
        return shown.headline_retouched

    assert retouched("'Quay' to open", "‘Quay’ to open")
    assert not retouched("Quay to open", "Quay to close") and not retouched("Quay", "Quay")


def test_a_comparison_back_in_time_says_so(client: TestClient, shelf: Filled) -> None:
    here = f"/a/{shelf.harbour}"
    back = main(client, f"{here}/v2..v1")
    assert back.css_first(f".sum a[href='{here}/v1..v2']") is not None
    assert main(client, f"{here}/v1..v2").css_first(f".sum a[href^='{here}']") is None


def test_what_is_quoted_of_the_text_needs_no_name() -> None:
    for kind in ("figure", "edited", "headline", "removed"):
        assert said(Lead(kind, "Old", "New", "“Old” became “New”")).field == ""


def test_a_hedge_is_told_without_the_quotations_above_it() -> None:
    gone = "“might” is gone from “I will go”, before “I might go”"
    assert stories.quotations("I might go", "I will go", gone)[2] == "“might” is gone"
    now = "“might” is gone: “I might go” became “I will go”"
    assert stories.quotations("I might go", "I will go", now)[2] == "“might” is gone"
    new = "“allegedly” is new in “allegedly fell”, before “fell”"
    assert stories.quotations("fell", "allegedly fell", new)[2] == "“allegedly” is new"
    # A quotation that was cut is not the one the statement repeats: it says all.
    assert stories.quotations("I might…", "I will…", gone)[2] == gone


def test_a_hedge_beside_its_marked_words_is_its_cue_alone() -> None:
    gone = "“might” is gone from “I will go”, before “I might go”"
    assert stories.brief("I might go", gone) == "“might” is gone"
    assert (
        stories.brief("fell", "“allegedly” is new: “fell” became “allegedly fell”")
        == "“allegedly” is new"
    )
    assert stories.brief("12", "“12” became “21”") == "“12” became “21”"


def test_fields_are_named_as_people_name_them_in_english_too() -> None:
    assert told("changed: body, media") == "changed: text, picture or caption"
    assert told("changed: <b>") == "changed: &lt;b&gt;"


def test_the_log_names_what_an_opml_file_added(staff: Staff) -> None:
    feeds = [f"https://feeds.example/{n}.xml" for n in range(7)]
    lines = "".join(f'<outline type="rss" text="F" xmlUrl="{url}"/>' for url in feeds)
    editor = staff.visitor("editor")
    editor.post("/sources/opml", opml=f"<opml version='2.0'><body>{lines}</body></opml>")
    line = LexborHTMLParser(editor.get("/log").text).css_first(".acts li").text()
    assert all(url in line for url in feeds[:5]) and feeds[5] not in line
    assert "and 2 more" in line


def test_what_the_table_of_fields_shows_is_not_said_again() -> None:
    line = "“The mill on Sunday” became “The mill on Saturday”"
    caption = FieldEdit("caption", "One\nThe mill on Sunday", "One\nThe mill on Saturday", ())
    assert not_in([caption], line) == ""
    other = FieldEdit("caption", "A crane", "A crane at noon", ())
    assert not_in([other], line) == line and not_in([], line) == line


def test_an_error_below_an_article_leads_back_to_it(client: TestClient, shelf: Filled) -> None:
    def ways(path: str) -> list[str | None]:
        answer = client.get(path)
        assert answer.status_code == 404
        return [a.attributes["href"] for a in LexborHTMLParser(answer.text).css(".ways a")]

    here = f"/a/{shelf.harbour}"
    assert ways(f"{here}/v99") == [here, "/"] == ways(f"{here}/v1..v1")
    assert ways("/a/999/v1") == ["/"] == ways("/a/999") == ways("/nothing")


def test_statistics_of_no_source_are_not_those_of_all(client: TestClient) -> None:
    for path in ("/statistics?source=99", "/statistics.json?source=99"):
        assert client.get(path).status_code == 404
    assert client.get("/statistics?source=1").status_code == 200


def test_a_filter_in_force_is_the_one_that_its_list_shows(client: TestClient) -> None:
    tree = main(client, "/?host=elsewhere.example")
    (chosen,) = tree.css("#f-host option[selected]")
    assert chosen.attributes["value"] == "elsewhere.example"
    assert "hidden" not in tree.css_first(".hiding").text()


def test_a_search_without_hits_leads_to_a_wider_one(client: TestClient) -> None:
    def wider(path: str) -> list[str | None]:
        return [
            a.attributes["href"]
            for a in main(client, path).css(".hiding a")
            if "every version" in a.text()
        ]

    assert wider("/search?q=zeppelin&in=removed") == ["/search?q=zeppelin"]
    assert wider("/search?q=zeppelin&kind=figure") == ["/search?q=zeppelin"]
    assert wider("/search?q=zeppelin") == [] == wider("/search?q=quay&in=removed")


def test_every_badge_is_explained(client: TestClient) -> None:
    meant = [d.text() for d in main(client, "/about").css(".meanings dd")]
    assert len(meant) == len(BADGES) == len(set(meant)) and set(MEANINGS) == set(BADGES)


def test_a_paused_source_is_paused_and_nothing_else(staff: Staff) -> None:
    editor = staff.visitor("editor")
    editor.post("/sources/1/pause")
    for path in ("/sources", "/sources/1"):
        told = LexborHTMLParser(editor.get(path).text).css_first(
            ".paused.s-health, .paused p.s-health"
        )
        assert told.text().strip().startswith("Paused") and "answers" not in told.text()


def test_editors_reach_the_forms_from_every_page_of_an_article(staff: Staff) -> None:
    number = staff.filled.harbour
    for path in ("", "/v1", "/v0..v1", "/claims", "/blame", "/edit"):
        tree = LexborHTMLParser(staff.visitor("editor").get(f"/a/{number}{path}").text)
        assert tree.css_first(f".tabs a[href='/a/{number}/edit']") is not None, path
    reader = staff.visitor("reader").get(f"/a/{number}").text
    assert f"/a/{number}/edit" not in reader


def test_a_citation_can_be_typeset() -> None:
    document = Document.build("Costs & fees rise 5% for #1 {quay}", ["A paragraph."])
    article = Article(7, "https://bell.example/a_b?c=1%20d&e", None)
    version = Version(7, 0, document, START, START, "first seen", "0" * 64)
    bibtex = citation(article, [version])["bibtex"]
    assert r"title = {Costs \& fees rise 5\% for \#1 quay}" in bibtex
    assert "url = {https://bell.example/a_b?c=1%20d&e}" in bibtex


def test_what_is_missing_of_a_choice_is_said_and_leads_to_where_it_is_made(
    client: TestClient, shelf: Filled
) -> None:
    here = f"/a/{shelf.harbour}"
    answer = client.get(f"{here}/compare?old=1")
    tree = LexborHTMLParser(answer.text)
    assert answer.status_code == 400
    assert "“new” is missing: the number of the other version." in tree.css_first(".intro").text()
    assert [a.attributes["href"] for a in tree.css(".ways a")] == [here, "/"]
    one = main(client, f"/a/{shelf.imported}/v7").css_first(".intro").text()
    assert one == "This article has version 0 only."
