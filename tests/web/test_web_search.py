"""Searching by place, source, speaker, kind and time; feeds with archives."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient
from web_shelf import NOW, Filled, Shelf, fill, story

from variorum.pipeline.path import CapturePath
from variorum.web import create_app
from variorum.web.stretches import LENGTH

ATOM = "{http://www.w3.org/2005/Atom}"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"


def found(client: TestClient, query: str) -> list[tuple[str, int, int | None]]:
    hits = client.get(f"/search.json?{query}").json()["hits"]
    return [(h["sentence"][:20], h["since"], h["until"]) for h in hits]


def links(feed: ET.Element) -> dict[str, str]:
    return {e.attrib["rel"]: e.attrib["href"] for e in feed.findall(f"{ATOM}link")}


def entry_ids(feed: ET.Element) -> list[str]:
    return [e.findtext(f"{ATOM}id", "") for e in feed.iter(f"{ATOM}entry")]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=harbour+master", 3),
        ("q=harbour+master&in=removed", 2),
        ("q=harbour+master&in=added", 1),
        ("q=harbour+master&in=current", 1),
        ("q=warned&speaker=maro", 2),
        ("q=warned&speaker=nobody", 0),
        ("q=warned&kind=quote", 2),
        ("q=warned&kind=gone", 0),
        ("q=warned&since=2025-03-12T07:30:00Z&in=added", 1),
        ("q=warned&until=2025-03-12T07:30:00Z&in=added", 0),
        ("q=warned&until=2025-03-12T08:30:00Z&in=removed", 1),
        ("q=warned&host=nowhere.example", 0),
    ],
)
def test_a_search_is_narrowed_by_place_source_speaker_kind_and_time(
    client: TestClient, query: str, count: int
) -> None:
    place = "" if "host=" in query else "&host=harbour.example"
    assert len(found(client, query + place)) == count


def test_a_removed_sentence_leads_to_the_comparison_that_took_it(client: TestClient) -> None:
    tree = LexborHTMLParser(client.get("/search?q=harbour+master&in=removed").text)
    assert "12 Mar 2025, 08:00" in tree.css_first(".hits").text()
    feed = ET.fromstring(client.get("/search.atom?q=harbour+master&in=removed").content)
    entries = list(feed.iter(f"{ATOM}entry"))
    assert [e.findtext(f"{ATOM}updated") for e in entries] == [
        "2025-03-12T10:00:00Z",
        "2025-03-12T08:00:00Z",
    ]
    assert entries[0].find(f"{ATOM}link").attrib["href"].endswith("/v1..v2")  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An archive of one story that changes a hundred and more times."""
    filled = fill(tmp_path_factory.mktemp("busy") / "archive")
    shelf = Shelf(filled.archive, CapturePath(filled.archive, None))  # type: ignore[arg-type]
    lines = "Ines Maro said that {} boats lay at the quay."
    texts = [story("Boats at the quay", lines.format(n + 2)) for n in range(2 * LENGTH + 20)]
    shelf.article("https://quay.example/boats", texts)
    app = create_app(filled.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    with filled.archive:
        yield TestClient(app, follow_redirects=False)


def everything(client: TestClient, place: str) -> tuple[list[str], list[ET.Element]]:
    """All entries of a feed, gathered backwards through its archives as a reader would."""
    ids: list[str] = []
    documents = []
    while place:
        feed = ET.fromstring(client.get(place).content)
        documents.append(feed)
        ids += [i for i in entry_ids(feed) if i not in ids]
        place = links(feed).get("prev-archive", "")
    return ids, documents


@pytest.mark.parametrize(
    "path",
    [
        "/index.atom?host=quay.example&show=everything",
        "/index.atom?host=quay.example",
        "/a/6.atom",
        "/speakers.atom?name=Ines+Maro",
    ],
)
def test_the_archives_of_a_feed_hold_all_that_ever_was_in_it(busy: TestClient, path: str) -> None:
    ids, documents = everything(busy, path)
    assert len(ids) >= 2 * LENGTH + 19
    assert [d.find(ARCHIVE) is not None for d in documents] == [False, True, True]
    assert len({d.findtext(f"{ATOM}id") for d in documents}) == 1
    oldest, newer = documents[-1], documents[-2]
    assert "prev-archive" not in links(oldest)
    assert links(oldest)["next-archive"] == links(newer)["self"]
    assert links(oldest)["current"] == links(documents[0])["self"]
    assert "next-archive" not in links(newer)
    assert len(entry_ids(oldest)) == len(entry_ids(newer)) == LENGTH


def test_a_list_of_hits_goes_on_to_its_end_without_a_hit_twice(busy: TestClient) -> None:
    place, seen = "/search.json?q=boats+lay&in=removed", []
    while place:
        told = busy.get(place).json()
        seen += [(h["sentence"], h["since"]) for h in told["hits"]]
        place = told["next"]
    assert len(seen) == len(set(seen)) == 2 * LENGTH + 19
    feed = ET.fromstring(busy.get("/search.atom?q=boats+lay").content)
    assert "cursor=" in links(feed)["next"]
    onward = ET.fromstring(busy.get(links(feed)["next"]).content)
    assert links(onward)["first"] == links(feed)["self"]
    assert not set(entry_ids(onward)) & set(entry_ids(feed))


def test_a_filter_by_age_has_no_archives(busy: TestClient) -> None:
    feed = ET.fromstring(busy.get("/index.atom?host=quay.example&since=30d").content)
    assert entry_ids(feed) and "prev-archive" not in links(feed)


def test_a_narrowed_search_that_is_cut_can_be_gone_on_with(
    busy: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from variorum.store import search_query, search_records

    monkeypatch.setattr(search_query, "MOST", 10)
    monkeypatch.setattr(search_records, "MOST", 10)
    place, seen, turns = "/search.json?q=boats+lay&until=2025-03-12T09:00:00Z&in=added", [], 0
    while place:
        told = busy.get(place).json()
        seen += [h["since"] for h in told["hits"]]
        place, turns = told["next"], turns + 1
    assert seen == [1] and turns > 5


def test_changes_can_be_asked_for_by_source(client: TestClient, shelf: Filled) -> None:
    changes = client.get("/index.json?source=1&show=everything").json()["changes"]
    assert {c["article"] for c in changes} == {shelf.harbour}
    assert client.get("/index.json?source=2").json()["changes"] == []
    assert links(ET.fromstring(client.get("/index.atom?source=1").content))["alternate"] == (
        "http://testserver/?source=1"
    )


def test_where_no_source_is_asked_for_all_are_chosen(client: TestClient, shelf: Filled) -> None:
    with shelf.archive.read() as records:
        assert "" in dict(records.hosts())  # imported, of no host
    for path in ("/search?q=crane", "/"):
        choice = LexborHTMLParser(client.get(path).text).css_first("select[name=host]")
        assert choice.css("option[selected]") == []
        assert [o.attributes["value"] for o in choice.css("option")].count("") == 1
