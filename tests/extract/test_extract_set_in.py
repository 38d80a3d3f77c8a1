"""What pages set into a story by machine: cards with an arrow, polls in one line, feeds of figures, ages
beside times; and pages that broke off. Beside each what looks alike and is the story's."""

# ruff: noqa: E501  (pages are easier to read in long lines)

from __future__ import annotations

import pytest
from newsdesk import PARAGRAPHS, body, page

from variorum.model import PageKind
from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"


def paragraphs(among: str) -> tuple[str, ...]:
    html = page(f"<div>{body(PARAGRAPHS[:2])}{among}{body(PARAGRAPHS[2:])}</div>")
    return read_page(html, url=URL).document.paragraphs


@pytest.mark.parametrize(
    "box",
    [
        "<div class='k'><p><b>Kiln evening</b></p><p>Six potters, one oven. 9 seats left.</p><p><a href='/go/4'>→</a></p></div>",
        "<div class='k'><p>Who paid for the 40 million pier? Our column.</p><p><a href='/go/5'>»</a></p></div>",
        "<div class='k'><p>Should the pier be lit at night?</p><p>Yes 61% · No 39% · 2,018 votes</p></div>",
        "<div class='k'><p>Soll die Mole beleuchtet werden?</p><p>Ja 61 % – Nein 39 % – 2.018 Stimmen</p></div>",
        "<div class='k'><p>In tomorrow’s paper</p><p>Forty harbour cats and who feeds them.</p></div>",
        "<div class='k'><p>Nur für Abonnenten</p><p>Vierzig Katzen im Hafen und wer sie füttert.</p></div>",
        "<div class='k'><p>The spring drive</p><p>812 of 1,000 readers have joined.</p></div>",
        "<div class='k'><p>At this hour · our data desk, updated every ten minutes</p><table><tr><td>Ferries out</td><td>4</td></tr><tr><td>Berths free</td><td>12</td></tr></table></div>",
        "<div class='h1x'><p>Markets now</p><p>Wheat, December: 212.40 (+1.1%)</p><p>Tin: 31,020</p><p>Prices delayed by at least 15 minutes. <a href='/m'>See all</a></p></div>",
        "<div class='h2x'><h4>Live table</h4><p>Updates during matches</p><table><tr><th>Team</th><th>Pts</th></tr><tr><td>Quayside</td><td>31</td></tr><tr><td>Moorgate</td><td>28</td></tr><tr><td>Mill Lane</td><td>22</td></tr><tr><td>Abbey</td><td>9</td></tr><tr><td>Docks</td><td>8</td></tr></table><a href='/table'>Full table</a></div>",
        "<div class='h3x'><p>Live: Quayside gegen Moorgate 14:12 (38. Minute)</p><p><a href='/live'>Zum Liveticker</a></p></div>",
        "<div class='h4x'><p>Tráfico ahora en su zona: denso en el km 41</p><p><a href='/mapa'>Ver el mapa</a></p></div>",
        "<div class='h5x'><p>Tides at Wick today</p><p>High water 06:14 and 18:40</p><p><a href='/tides'>Tide tables</a></p></div>",
        "<div class='h6x'><p>Horoskop heute</p><p>Widder: Schreiben Sie dem Vermieter nicht.</p><p><a href='/h'>Ihr Zeichen</a></p></div>",
        "<div class='h7x'><p>WIN: A week on a barge for four</p><p><a href='/win'>Enter now</a></p></div>",
        "<div class='h8x'><p>Advertising feature</p><p>Kitchens fitted in a day, from £4,000</p><p><a href='/k'>View the range</a></p></div>",
        "<div class='h9x'><div>The Quay has no owner but its 812 readers, and this story took us nine days. <a href='#/portal/signup'>Join us</a></div></div>",
        "<div class='c'><div class='d'><p>The morning letter: five stories at seven. 9,112 readers have it already.</p></div></div>",
    ],
)
def test_what_a_machine_sets_into_a_story_is_none_of_it(box: str) -> None:
    assert paragraphs(box) == PARAGRAPHS


@pytest.mark.parametrize(
    ("box", "told"),
    [
        (
            "<div class='k'><p>The school has 14 places left.</p></div>",
            "The school has 14 places left.",
        ),
        (
            "<div class='k'><p>Some 2,000 people have joined the march, police said.</p></div>",
            "Some 2,000 people have joined the march, police said.",
        ),
        (
            "<div class='k'><p>How the council voted</p><p>Yes 61% · No 39%</p></div>",
            "Yes 61% · No 39%",
        ),
        (
            "<div class='k'><p>Ferries cancelled, updated at 14:20</p><table><tr><td>Morning</td><td>4</td></tr><tr><td>Noon</td><td>12</td></tr></table></div>",
            "Morning | 4",
        ),
        (
            "<div class='k'><p>Cases by ward, updated every week</p><table><tr><td>North</td><td>4</td></tr><tr><td>South</td><td>12</td></tr></table></div>",
            "North | 4",
        ),
        (
            "<div class='k'><p>The bridge today</p><p>Lorries 3,200</p><p><a href='/data'>The figures</a></p></div>",
            "Lorries 3,200",
        ),
        (
            "<div class='k'><h3>What happens now</h3><p>The council votes again on 4 March, and the port must answer by then.</p><p><a href='/doc'>The motion</a></p></div>",
            "The council votes again on 4 March, and the port must answer by then.",
        ),
        (
            "<div class='k'><h3>Where they live</h3><p>Moorgate: 31 families</p><p><a href='/doc'>The list</a></p></div>",
            "Moorgate: 31 families",
        ),
        (
            "<div class='k'><p>“We will light the pier,” the mayor said.</p><p><a href='/doc/4'>→</a></p></div>",
            "“We will light the pier,” the mayor said.",
        ),
    ],
)
def test_what_the_story_tells_in_a_box_stays(box: str, told: str) -> None:
    assert told in paragraphs(box)


def test_an_age_beside_a_time_is_no_part_of_it_with_or_without_a_space() -> None:
    def entries(age: int, between: str) -> str:
        return "".join(
            f"<section><p><time>{hour}:20</time>{between}<span>{age + 60 * n} min ago</span></p>"
            f"<h3>Entry {'ABCD'[n]}</h3><p>{PARAGRAPHS[n]}</p></section>"
            for n, hour in enumerate((16, 15, 14, 13))
        )

    def read(age: int, between: str = "") -> tuple[str, ...]:
        html = page(f"<div><p>We report from the harbour all day.</p>{entries(age, between)}</div>")
        return read_page(html, url=URL).document.paragraphs

    assert read(65) == read(112) == read(9, " ")
    assert "16:20" in read(65)


NEXT = (
    "<article class='s'><p>Next story</p><h2><a href='/news/mill'>Mill is sold to its workers</a></h2>"
    "<p>By Ruth Adler</p><div class='t'><p>The mill at Moorgate belongs to its 41 workers from Friday, "
    "after a vote that took nine minutes.</p><p>The price was £{price}m, said its founder, Tom Lacey, "
    "who will stay as a night watchman.</p></div></article>"
)


@pytest.mark.parametrize("price", [2, 3])
def test_the_next_story_in_full_under_a_heading_that_leads_to_it_is_another(price: int) -> None:
    html = (
        "<!doctype html><html lang='en'><head><title>Harbour bridge to close to lorries</title></head><body>"
        "<div id='c'><article class='s'><h1>Harbour bridge to close to lorries</h1>"
        f"<div class='t'>{body(PARAGRAPHS)}</div></article>{NEXT.format(price=price)}</div></body></html>"
    )
    assert read_page(html, url=URL).document.paragraphs == PARAGRAPHS


def test_entries_whose_headings_lead_to_themselves_are_the_story() -> None:
    entries = "".join(
        f"<article><h2><a href='{URL}#entry-{n}'>Entry {'ABC'[n]}</a></h2><p>{PARAGRAPHS[n]}</p></article>"
        for n in range(3)
    )
    lead = f"<article><h1>Harbour bridge to close to lorries</h1>{body(PARAGRAPHS[3:])}</article>"
    read = read_page(
        f"<html lang='en'><title>Harbour bridge to close to lorries</title><body><main>{lead}{entries}",
        url=URL,
    )
    assert set(PARAGRAPHS) <= set(read.document.paragraphs)


HEAD = (
    "<!doctype html><html lang='en'><head><title>The bridge</title></head><body><main><article>"
    "<h1>The bridge is shut</h1><div class='t'>"
)


@pytest.mark.parametrize("cut", ["The mayor called it &quot;", "The mayor called it", "The mayor."])
def test_a_page_that_ends_inside_a_paragraph_is_no_version(cut: str) -> None:
    read = read_page(f"{HEAD}{body(PARAGRAPHS[:2])}<p>{cut}", url=URL)
    assert (read.kind, read.reason) == (PageKind.TRUNCATED, "the page ends inside a paragraph")


@pytest.mark.parametrize(
    "html",
    [
        f"{HEAD}{body(PARAGRAPHS)}",  # what follows is closed by the browser
        HEAD + "".join(f"<p>{p}" for p in PARAGRAPHS),  # paragraphs are never closed here
        f"<title>The bridge</title><h1>The bridge is shut</h1>{body(PARAGRAPHS[:2])}<p>{PARAGRAPHS[2]}",
        f"{HEAD}{body(PARAGRAPHS)}<p>Edda Holm</div></article></main></body></html>",
    ],
)
def test_a_page_whose_maker_closes_little_is_whole(html: str) -> None:
    assert read_page(html, url=URL).kind is PageKind.ARTICLE


def test_a_part_of_the_story_that_begins_with_a_box_of_the_papers_own_is_kept() -> None:
    box = "<div><p>On this day</p><p>1961: The last steam trawler leaves the harbour.</p></div>"
    html = page(
        f"<div class='t'>{body(PARAGRAPHS[:2])}</div><div class='t'>{box}{body(PARAGRAPHS[2:3])}</div>"
        f"<div class='t'>{body(PARAGRAPHS[3:])}</div>"
    )
    assert read_page(html, url=URL).document.paragraphs == PARAGRAPHS
