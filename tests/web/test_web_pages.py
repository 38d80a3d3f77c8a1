"""Every page, as a reader and as a program meets it."""

from __future__ import annotations

import time
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient
from web_shelf import NOW, PICTURE, Filled

from variorum.model import Change, Lead
from variorum.store.change_records import SpeakerCount
from variorum.web import stories
from variorum.web.stories import row

ATOM = "{http://www.w3.org/2005/Atom}"


def page(client: TestClient, path: str, status: int = 200) -> LexborHTMLParser:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.text[:300])
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return LexborHTMLParser(answer.text)


def text(tree: LexborHTMLParser, selector: str) -> str:
    return " ".join(" ".join(n.text() for n in tree.css(selector)).split())


def data(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.text[:300])
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def test_the_front_page_quotes_the_strongest_change_and_says_what_was_announced(
    client: TestClient, shelf: Filled
) -> None:
    tree = page(client, "/?host=harbour.example")
    rows = tree.css("li.change")
    assert len(rows) == 2
    first = rows[1]
    assert "The Harbour Bell" in first.css_first(".host").text()
    assert first.css_first("h2 a").attributes["href"] == f"/a/{shelf.harbour}/v0..v1"
    assert "unannounced change" in first.text()
    assert "2 hours after publication" in first.text()
    assert "At least 12 hurt as harbour crane falls" in first.css_first(".was del").text()
    assert first.css(".lead del") and first.css(".lead ins")
    assert rows[0].css_first(".tell").text() == "unannounced change"
    assert "stealth" not in tree.html


def test_filters_narrow_the_front_page_and_say_when_nothing_fits(client: TestClient) -> None:
    assert len(page(client, "/").css("li.change")) == 4
    assert len(page(client, "/?kind=figure&host=harbour.example").css("li.change")) >= 1
    assert "No change matches these filters" in text(
        page(client, "/?host=elsewhere.example"), ".empty"
    )
    assert "No change matches these filters" in text(page(client, "/?since=1h"), ".empty")
    assert len(page(client, "/?since=7d").css("li.change")) == 4
    told = [len(page(client, f"/?announced={a}").css("li.change")) for a in ("yes", "no")]
    assert sum(told) == 4
    assert len(page(client, "/?show=everything").css("li.change")) >= 4
    empty = page(client, "/?host=&kind=&since=&weight=&announced=")
    assert len(empty.css("li.change")) == 4


def test_a_date_that_leads_is_told_in_plain_words_whatever_else_changed() -> None:
    dates = ("2025-03-12T09:22:00+00:00", "2025-03-13")
    change = Change(
        article=1, old=0, new=1, time=NOW, kinds=("media", "dates"), weight=0.2, announced=False,
        meaningful=True, lead=Lead("published", *dates, ""),
    )  # fmt: skip
    told = row(change)
    assert (told.before, told.after) == ("12 Mar 2025, 09:22 UTC", "13 Mar 2025")


def test_the_rows_and_the_feed_say_what_was_announced_in_part(client: TestClient) -> None:
    change = Change(1, 0, 1, NOW, ("figure",), 0.5, announced=False, meaningful=True, partly=True)
    macros = client.app.state.site.templates.get_template("parts.html").module  # type: ignore[attr-defined]
    assert "change announced in part" in macros.told(change)
    assert (
        "Change announced in part (figure)."
        in stories.entry(change, "http://here.example", "").html
    )


def test_the_front_page_goes_on_where_it_ended(client: TestClient) -> None:
    from variorum.web.asking import make_cursor

    listed = data(client, "/index.json")["changes"]
    after = make_cursor(listed[0]["id"])
    rest = data(client, f"/index.json?cursor={after}")["changes"]
    assert [c["id"] for c in rest] == [c["id"] for c in listed[1:]]


def test_the_timeline_shows_versions_failures_and_when_it_is_looked_at_next(
    client: TestClient, shelf: Filled
) -> None:
    tree = page(client, f"/a/{shelf.harbour}")
    assert len(tree.css("li.step")) == 3
    assert len(tree.css("svg.plot g.bar")) == 3
    assert tree.css("svg.plot .fail") and tree.css("svg.plot .wall")
    facts = text(tree, "dl.facts")
    assert "checking again in 30 min" in facts
    assert "The Harbour Bell" in facts
    newest = text(tree, "li.step:first-child")
    assert "seen unchanged once more" in newest
    assert "2 checks without the story" in newest
    assert tree.css_first("form.chooser").attributes["action"] == f"/a/{shelf.harbour}/compare"


def test_an_article_without_a_version_says_so(client: TestClient, shelf: Filled) -> None:
    assert "No version yet" in text(page(client, f"/a/{shelf.empty}"), "main")
    for view in ("/claims", "/blame"):
        assert "No version yet" in text(page(client, f"/a/{shelf.empty}{view}", 404), "main")


def test_any_two_versions_can_be_chosen_and_come_out_in_order(
    client: TestClient, shelf: Filled
) -> None:
    answer = client.get(f"/a/{shelf.harbour}/compare?old=2&new=0&view=side")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/a/{shelf.harbour}/v0..v2?view=side"
    same = client.get(f"/a/{shelf.harbour}/compare?old=1&new=1")
    assert same.headers["location"] == f"/a/{shelf.harbour}/v1"
    assert client.get(f"/a/{shelf.harbour}/compare?old=1").status_code == 400


def test_a_version_shows_its_text_and_what_attests_it(client: TestClient, shelf: Filled) -> None:
    tree = page(client, f"/a/{shelf.harbour}/v2")
    story = text(tree, "article.story")
    assert "Two cranes of the same make stand in the port of Lesk." in story
    assert "An earlier version said that 12 people were hurt." in story
    assert "Dana Pell, Oto Lind" in story
    assert "Version 2 (the first is 0, the newest 2)" in text(tree, ".vlabel")
    captures = tree.css(".caplist a")
    assert captures[0].attributes["href"].startswith("/memento/20250312100000/https://harbour")


def test_an_imported_version_keeps_its_label_and_says_where_it_comes_from(
    client: TestClient, shelf: Filled
) -> None:
    tree = page(client, f"/a/{shelf.imported}/v0")
    assert text(tree, ".vlabel") == "Version 0 of 1."
    assert "imported from lamp.txt, a page of a News Sniffer archive" in text(tree, ".note")
    assert "The lamp on the mole went out at nine, said the keeper." in text(tree, ".story")
    assert "imported from lamp.txt" in text(page(client, f"/a/{shelf.imported}"), ".note")


def test_a_comparison_marks_words_and_links_claims_to_them(
    client: TestClient, shelf: Filled
) -> None:
    tree = page(client, f"/a/{shelf.harbour}/v0..v1")
    assert "12" in text(tree, ".text del") and "21" in text(tree, ".text ins")
    assert "[added:" in text(tree, ".text ins .vh")
    notes = tree.css(".margin .cc")
    assert notes
    for note in notes:
        number = note.attributes["id"].removeprefix("n")
        assert tree.css_first(f"#w{number}") is not None, f"no words for claim change {number}"
        assert tree.css(f'.text a.ref[href="#n{number}"]')
    fields = text(tree, "table.fields")
    assert "headline" in fields and "Oto Lind" in fields


def test_what_moved_is_numbered_and_linked_both_ways(client: TestClient, shelf: Filled) -> None:
    for view in ("inline", "side"):
        tree = page(client, f"/a/{shelf.harbour}/v0..v1?view={view}")
        links = tree.css("a.mvlink")
        assert len(links) == 2, view
        ids = {link.attributes["id"] for link in links}
        assert {link.attributes["href"].removeprefix("#") for link in links} == ids


def test_anchors_of_changes_are_unique_and_the_same_in_every_view(
    client: TestClient, shelf: Filled
) -> None:
    found = []
    for view in ("inline", "side", "changes"):
        tree = page(client, f"/a/{shelf.harbour}/v0..v2?view={view}")
        ids = [n.attributes["id"] for n in tree.css("[id]")]
        assert len(ids) == len(set(ids)), view
        found.append({i for i in ids if i.startswith("c") and i[1:].isdigit()})
    assert found[0] == found[2]
    assert found[0]


def test_a_comparison_says_how_it_was_made(client: TestClient, shelf: Filled) -> None:
    tree = page(client, f"/a/{shelf.harbour}/v0..v1")
    method = text(tree, ".method")
    told = data(client, f"/a/{shelf.harbour}/v0..v1.json")
    assert told["collation"]["method"] in method
    assert told["old"]["digest"] in method and told["new"]["digest"] in method
    assert len(tree.css(".pair a[href^='/memento/']")) == 2


def test_a_citation_names_versions_times_and_digests(client: TestClient, shelf: Filled) -> None:
    told = data(client, f"/a/{shelf.harbour}/v0..v1.json")
    for digest in (told["old"]["digest"], told["new"]["digest"]):
        assert digest in told["citation"]["plain"]
        assert digest in told["citation"]["bibtex"]
    assert "2025-03-12T08:00:00Z" in told["citation"]["plain"]
    assert told["citation"]["csl"]["author"] == [{"literal": "Dana Pell"}, {"literal": "Oto Lind"}]
    bibtex = data(client, f"/a/{shelf.hostile}/v0.json")["citation"]["bibtex"]
    assert bibtex.count("{") == bibtex.count("}")
    assert "Cite this" in text(page(client, f"/a/{shelf.imported}/v0"), ".cite summary")
    assert "Version 0 of 1." in text(page(client, f"/a/{shelf.imported}/v0"), ".cite-plain")


def test_the_reading_view_is_the_new_text_and_nothing_else(
    client: TestClient, shelf: Filled
) -> None:
    tree = page(client, f"/a/{shelf.harbour}/v0..v2?view=reading")
    shown = text(tree, ".text .body")
    assert "Two cranes of the same make stand in the port of Lesk." in shown
    assert not tree.css(".text ins, .text del")
    assert tree.css(".text a.mark")


def test_the_changes_view_leaves_out_what_stayed_and_counts_it(
    client: TestClient, shelf: Filled
) -> None:
    tree = page(client, f"/a/{shelf.harbour}/v1..v2?view=changes")
    assert "unchanged paragraph" in text(tree, ".skip-gap")
    assert "The quay will open again" not in text(tree, ".text")


def test_blame_names_the_version_that_brought_each_sentence(
    client: TestClient, shelf: Filled
) -> None:
    tree = page(client, f"/a/{shelf.harbour}/blame")
    rows = {
        r.css_first(".bl-text").text(): r.css_first(".bl-who").text() for r in tree.css(".bl-row")
    }
    assert rows["Two cranes of the same make stand in the port of Lesk."].strip() == "v2"
    assert "checked in January" in text(tree, ".gone-list")


def test_the_ledger_links_each_claim_to_its_words(client: TestClient, shelf: Filled) -> None:
    tree = page(client, f"/a/{shelf.harbour}/claims")
    assert "Ines Maro" in text(tree, ".ledger .who")
    target = next(a for a in tree.css(".ledger a") if "#claim-" in (a.attributes["href"] or ""))
    place, anchor = target.attributes["href"].split("#")
    assert page(client, place).css_first(f"#{anchor}") is not None
    assert "Version 0 → 1" in text(tree, ".became")
    nobody = page(client, f"/a/{shelf.harbour}/claims?speaker=nobody")
    assert not nobody.css(".ledger .claim")


def test_a_speaker_has_a_page_of_all_that_became_of_their_claims(
    client: TestClient, shelf: Filled
) -> None:
    tree = page(client, "/speakers")
    link = next(a for a in tree.css(".speakers a") if a.text() == "Ines Maro")
    theirs = page(client, link.attributes["href"])
    assert text(theirs, "h1") == "Ines Maro"
    first = theirs.css_first(".group h2 a").attributes["href"]
    assert first.startswith(f"/a/{shelf.harbour}/v")
    told = data(client, "/speakers.json?name=Ines+Maro")["changes"]
    assert told and all(c["article"] == shelf.harbour for c in told)
    rest = data(client, f"/speakers.json?name=Ines+Maro&cursor=c{told[0]['id']:x}")["changes"]
    assert [c["id"] for c in rest] == [c["id"] for c in told[1:]]
    assert "Ines Maro" not in text(page(client, "/speakers?q=zeppelin"), "main")
    assert "No claim change" in text(page(client, "/speakers?name=Nobody"), "main")
    assert page(client, f"/a/{shelf.harbour}/claims").css('a[href="/speakers?name=Ines+Maro"]')


def test_people_and_bodies_with_a_name_come_before_crowds_and_callings(client: TestClient) -> None:
    told = data(client, "/speakers.json")
    named = {s["name"]: s for s in told["speakers"]}
    nameless = {s["name"]: s for s in told["others"]}
    assert named["Ines Maro"]["kind"] == "person"
    assert "harbour master" in nameless and "harbour master" not in named
    lists = page(client, "/speakers").css(".speakers")
    assert "Ines Maro" in lists[0].text() and "harbour master" not in lists[0].text()
    assert "harbour master" in lists[1].text()
    only = data(client, "/speakers.json?who=people")
    assert only["others"] == [] and {s["kind"] for s in only["speakers"]} == {"person"}
    rest = page(client, "/speakers?who=others&q=master")
    assert "harbour master" in text(rest, "main") and "Ines Maro" not in text(rest, "main")
    assert rest.css_first('input[name="who"]').attributes["value"] == "others"
    assert client.get("/speakers?who=everybody").status_code == 400


@pytest.mark.parametrize(
    ("name", "kind", "named"),
    [
        ("Aldous Finch", "person", True),
        ("Mines Inspectorate", "organisation", True),
        ("山田", "person", True),
        ("figures published by the statistics office", "artefact", False),
        ("office", "organisation", False),
        ("Scientists", "group", False),
        ("plumber", "person", False),
        ("One shaken shopkeeper", "person", False),
        ("Hubert de Lavigerie", "person", True),
        ("Lowri", "person", True),
        ("European commission", "organisation", True),
        ("source close to the inquiry", "anonymous", False),
    ],
)
def test_a_name_is_that_of_a_person_or_a_body(name: str, kind: str, named: bool) -> None:
    assert SpeakerCount(name, 1, kind, None, None).named is named


def test_a_role_that_the_name_says_already_is_not_said_again() -> None:
    son = SpeakerCount("Ann Roe’s son", 2, "person", "Ann Roe’s son", "Roe & Co")
    assert son.part == "Roe & Co"
    assert SpeakerCount("Ann Roe", 2, "person", "mayor", "Lowmark").part == "mayor, Lowmark"
    assert SpeakerCount("source", 2, "anonymous", "source", "Lowmark").part == ""


def test_every_article_is_listed_also_those_that_never_changed(
    client: TestClient, shelf: Filled
) -> None:
    told = data(client, "/articles.json")["articles"]
    assert len(told) == data(client, "/sources.json")["articles"] > 3
    assert [a["id"] for a in told] == sorted((a["id"] for a in told), reverse=True)
    harbour = next(a for a in told if a["id"] == shelf.harbour)
    assert data(client, "/articles.json?q=crane+falls")["articles"] == [harbour]
    assert page(client, "/articles?q=crane").css_first(f'a[href="/a/{shelf.harbour}"]')
    assert all(a["state"] == "gone" for a in data(client, "/articles.json?state=gone")["articles"])
    assert "No article fits" in text(page(client, "/articles?q=zeppelin"), "main")
    assert page(client, "/sources").css('a[href="/articles"]')


def test_an_address_leads_to_its_article_wherever_it_is_typed(
    client: TestClient, shelf: Filled
) -> None:
    url = data(client, f"/a/{shelf.harbour}.json")["url"]
    typed = {"q": f" {url}#comments"}
    assert client.get("/articles.json", params=typed).json()["articles"][0]["id"] == shelf.harbour
    told = client.get("/search.json", params=typed).json()
    assert told["article"]["href"] == f"/a/{shelf.harbour}"
    found = LexborHTMLParser(client.get("/search", params=typed).text)
    assert "The article at this address" in text(found, "main")
    assert "No sentence" not in text(found, "main")
    nobody = page(client, "/search?q=https://harbour.example/nothing")
    assert "No article at this address is kept here" in text(nobody, "main")
    assert data(client, "/search.json?q=crane")["article"] is None


def test_search_finds_removed_words_and_says_when_they_went(
    client: TestClient, shelf: Filled
) -> None:
    tree = page(client, "/search?q=harbour+master&in=removed&host=harbour.example")
    assert "removed or reworded in version" in text(tree, ".hits")
    assert tree.css(".snippet mark")
    hits = data(client, "/search.json?q=lesk")["hits"]
    assert hits[0]["href"] == f"/a/{shelf.harbour}/v2"
    assert "No sentence with all of these words was found" in text(
        page(client, "/search?q=zeppelin"), "main"
    )


def test_sources_tell_their_health_in_words(client: TestClient) -> None:
    tree = page(client, "/sources")
    assert "1 source needs attention" in text(tree, ".note")
    assert "no answer: timed out" in text(tree, ".source.ill")
    assert "The Harbour Bell" in text(tree, ".source.well")


def test_every_page_has_a_twin_in_json_that_it_names(client: TestClient, shelf: Filled) -> None:
    a = f"/a/{shelf.harbour}"
    for path in ("/", a, f"{a}/v0", f"{a}/v0..v1", f"{a}/claims", f"{a}/blame"):
        tree = page(client, path)
        twin = tree.css_first('link[rel="alternate"][type="application/json"]').attributes["href"]
        assert data(client, twin)
    for path in ("/search?q=quay", "/sources", "/about"):
        tree = page(client, path)
        twin = tree.css_first('link[rel="alternate"][type="application/json"]').attributes["href"]
        assert data(client, twin)


@pytest.mark.parametrize(
    "path", ["/index.atom", "/search.atom?q=quay", "/a/1.atom", "/speakers.atom?name=Ines+Maro"]
)
def test_feeds_are_well_formed_atom_with_stable_ids(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    ids = [e.findtext(f"{ATOM}id") for e in feed.iter(f"{ATOM}entry")]
    assert ids and len(ids) == len(set(ids))
    assert all(i and i.startswith("urn:uuid:") for i in ids)
    again = ET.fromstring(client.get(path, headers={"host": "[::1]:99"}).content)
    assert [e.findtext(f"{ATOM}id") for e in again.iter(f"{ATOM}entry")] == ids
    for entry in feed.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}title") and entry.findtext(f"{ATOM}updated")
        assert entry.find(f"{ATOM}link").attrib["href"].startswith("http://testserver/a/")


def test_a_reader_who_has_the_page_is_told_that_nothing_changed(client: TestClient) -> None:
    first = client.get("/")
    again = client.get("/", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert client.get("/", headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_the_demo_says_on_every_page_that_it_is_one(shelf: Filled) -> None:
    from web_shelf import NOW

    from variorum.web import create_app

    app = create_app(
        shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",), demo="An invented <world>."
    )
    with TestClient(app) as visitor:
        for path in ("/", "/about", "/nowhere"):
            assert "An invented &lt;world&gt;." in visitor.get(path).text


def test_an_empty_archive_says_what_to_do(tmp_path: Any) -> None:
    from web_shelf import NOW

    from variorum.store.archive import open_for_writing
    from variorum.web import create_app

    with open_for_writing(tmp_path / "archive") as archive:
        visitor = TestClient(create_app(archive, clock=lambda: NOW, allowed_hosts=("testserver",)))
        assert "variorum add" in text(page(visitor, "/"), ".empty")
        assert "No source is watched" in text(page(visitor, "/sources"), ".empty")
        assert page(visitor, "/search?q=x").css("form")


def test_a_page_kept_in_memory_is_never_shown_after_the_archive_has_moved_on(
    tmp_path: Any,
) -> None:
    from web_shelf import HARBOUR, NOW, Shelf, fill, story

    from variorum.pipeline.path import CapturePath
    from variorum.store.archive import open_for_reading
    from variorum.web import create_app

    filled = fill(tmp_path / "archive")
    reader = open_for_reading(tmp_path / "archive")
    with filled.archive, reader:
        shelf = Shelf(filled.archive, CapturePath(filled.archive, None))  # type: ignore[arg-type]
        visitors = [
            TestClient(create_app(a, clock=lambda: NOW, allowed_hosts=("testserver",)))
            for a in (filled.archive, reader)
        ]
        for turn in range(8):
            headline = f"Bulletin {turn} of the harbour"
            shelf.article(f"https://harbour.example/b{turn}", [HARBOUR[0], story(headline, "New.")])
            for visitor in visitors * 2:
                assert headline in visitor.get("/").text
            if turn % 3 == 0:
                time.sleep(0.12)  # long enough for pages to be kept
                for visitor in visitors * 2:
                    assert headline in visitor.get("/").text


def test_pages_are_kept_while_nothing_is_written(shelf: Filled) -> None:
    from web_shelf import NOW

    from variorum.web import create_app

    time.sleep(0.12)
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    visitor = TestClient(app)
    first = visitor.get("/about")
    kept = app.state.site.pages.get(
        ("/about", b"", "text/html", "http://testserver/", ("", ""), "en"), shelf.archive.mark()
    )
    assert kept is not None and kept.plain() == first.content
    assert visitor.get("/about").content == first.content


def test_a_version_says_that_it_was_read_from_what_a_browser_built(client: TestClient) -> None:
    tree = page(client, "/a/1/v0")
    assert "the page as Chromium 1.2 built it, with its scripts run (without its sandbox)" in text(
        tree, ".card dd"
    )
    assert data(client, "/a/1/v0.json")["built"]["browser"] == "Chromium 1.2"
    picture = client.get(str(tree.css_first(".shot img").attributes["src"]))
    assert picture.content == PICTURE and picture.headers["content-type"] == "image/png"
    assert "default-src 'none'" in picture.headers["content-security-policy"]
    sent = client.get("/captures/1/response")
    assert sent.headers["content-type"] == "text/plain; charset=utf-8"
    assert "<script>alert(1)</script>" in sent.text
    [capture] = [c for c in data(client, "/a/1.json")["captures"] if c["id"] == 1]
    seen = client.get(
        "/memento/"
        + capture["time"][:19].translate({45: "", 58: "", 84: ""})
        + "/"
        + capture["url"]
    )
    assert seen.headers["x-archive-rendered-by"] == "Chromium 1.2"
    assert not page(client, "/a/1/v1").css(".shot")
    for path in ("/captures/2/screenshot.png", "/captures/999/response"):
        assert client.get(path).status_code == 404
