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
            "<div class='k'><p><strong>Harbour bridge: 14 piers, two of them cracked</strong></p><p><a href='/doc'>The survey</a></p></div>",
            "Harbour bridge: 14 piers, two of them cracked",
        ),
        ("<p>The end of the story is not written.</p>", "The end of the story is not written."),
        (
            "<p>* * *</p><p>The council meets again on 4 March.</p>",
            "The council meets again on 4 March.",
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


def end(last: str) -> tuple[str, ...]:
    read = read_page(page(f"<div>{body(PARAGRAPHS)}{last}</div>"), url=URL)
    return read.document.paragraphs[len(PARAGRAPHS) :]


@pytest.mark.parametrize(
    "facts",
    [
        "<p><b>Date:</b> Thursday, December 10, 2026<br><b>Time:</b> 6:30 p.m.<br><b>Place:</b> Bridge House, 12 Depot Street</p>",
        "<p>Wann: 10. Dezember 2026, 18:30 Uhr<br>Wo: Brückenhaus, Depotgasse 12</p>",
        "<p>Lieu : Maison du pont<br>Date : 10 décembre 2026 à 18:30</p>",
    ],
)
def test_when_and_where_in_one_paragraph_are_facts_and_no_dateline(facts: str) -> None:
    (told,) = end(facts)
    assert "2026" in told


@pytest.mark.parametrize(
    "stamp",
    [
        "<p>Category: News<br>Published: Thursday, 10 December 2026 06:30<br>Hits: 231</p>",
        "<p>By: Ines Maro Updated: 10 December 2026, 6:30 p.m.</p>",
        "<p>Autor: Ines Maro<br>Stand: 10.12.2026, 18:30 Uhr</p>",
    ],
)
def test_a_dateline_with_labels_is_still_one(stamp: str) -> None:
    assert end(stamp) == ()


def test_when_and_where_in_fields_of_a_notice_are_the_storys() -> None:
    fields = {
        "Date": "Thursday, December 10, 2026",
        "Time": "6:30 p.m.",
        "Place": "Grange Hall, 12 Depot Street",
        "File number": "PC-2026-118",
    }
    rows = "".join(
        f"<div class='field'><div class='field__label'>{k}</div><div class='field__item'>{v}</div></div>"
        for k, v in fields.items()
    )
    told = paragraphs(f"<div class='details'><h3>Hearing on the bridge</h3>{rows}</div>")
    assert set(fields.values()) <= set(told)


def test_a_time_among_other_values_is_one_of_them_and_a_moment_of_publication_is_not() -> None:
    def rows(*pairs: tuple[str, str]) -> str:
        return "".join(
            f"<div class='r'><div class='l'>{k}</div><div class='v'>{v}</div></div>"
            for k, v in pairs
        )

    facts = (("Lorries", "3,200"), ("Opened", "14 March 1998"), ("Council meets", "6:30 p.m."))
    told = paragraphs(f"<div class='f'>{rows(*facts)}</div>")
    assert {"3,200", "14 March 1998", "6:30 p.m."} <= set(told)
    stamp = rows(("Ines Maro", "17.05.2026, 19:06 Uhr"), ("Reading time", "8 min"))
    assert paragraphs(f"<div class='f'>{stamp}</div>") == PARAGRAPHS


@pytest.mark.parametrize(
    "box",
    [
        "<div class='k'><span>Podcast</span><h3>The day in Northwick</h3><p>Episode 411: Who owns the ridge?</p><a href='/pod'>Listen now</a></div>",
        "<div class='k'><h3>Like this:</h3><span>Like <a href='#'>2 bloggers</a> like this.</span></div>",
        "<div><p><strong>Podcast: the coldest bridge in the world</strong></p><p><a href='/promo/6'>Listen now</a></p></div>",
        "<div><p><strong>Quiz of the week: which mayor kept bees?</strong></p><p><a href='/promo/7'>Play</a></p></div>",
        "<div class='unit'><p>Win a hamper worth £200</p></div>",
        "<p>End of article. Copyright Northwick Publications 2026.</p>",
        "<div class='k'><h3>Like this:</h3><span>Be the first to like this.</span></div>",
    ],
)
def test_the_papers_episodes_and_what_bloggers_like_are_none_of_the_story(box: str) -> None:
    assert paragraphs(box) == PARAGRAPHS


@pytest.mark.parametrize(
    "chip",
    [
        "<a class='chip' href='/quote/HRN' data-symbol='HRN'>HRN {} <span>+{}%</span></a>",
        "<span data-symbol='HRN'>{} (+{}%)</span>",
        "(<a href='/firms/heron'>HRN</a> <span class='change up'>+{1}%</span>)",
        "<span data-field='regularMarketPrice'>{}.{}</span>",
    ],
)
def test_a_price_that_the_page_keeps_up_to_date_within_a_sentence_is_none_of_it(chip: str) -> None:
    def told(price: str, gain: str) -> tuple[str, ...]:
        return paragraphs(f"<p>Heron {chip.format(price, gain)} insures the bridge, it said.</p>")

    assert told("12.40", "1.1") == told("12.95", "5.6")


def test_a_gain_that_the_story_tells_stays() -> None:
    line = "Shares in Heron rose <span class='figure'>+1.1%</span> to <a href='/news/heron'>12.40</a> on Friday."
    assert "+1.1%" in " ".join(paragraphs(f"<p>{line}</p>"))
    assert "12.40" in " ".join(paragraphs(f"<p>{line}</p>"))


CODE = '<script type="application/ld+json">{"@type":"NewsArticle","author":[{"@type":"Person","name":"Ines Maro"}]}</script>'


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ines Maro and Ruth Adler", ("Ines Maro", "Ruth Adler")),
        (
            "By Ines Maro, Ruth Adler and Tom Lacey 10 March 2026",
            ("Ines Maro", "Ruth Adler", "Tom Lacey"),
        ),
        ("By Ines Maro, News Reporter", ("Ines Maro",)),
        ("By Ines Maro in Northwick", ("Ines Maro",)),
        ("By Ines Maro, Special Correspondent and Northwick Echo", ("Ines Maro",)),
    ],
)
def test_a_name_added_to_the_by_line_that_readers_see_counts(
    line: str, names: tuple[str, ...]
) -> None:
    html = (
        f"<html lang='en'><head><title>Harbour bridge to close to lorries</title>{CODE}</head><body><article>"
        f"<h1>Harbour bridge to close to lorries</h1><p class='w'>{line}</p>{body(PARAGRAPHS)}</article>"
    )
    assert read_page(html, url=URL).document.byline == names


@pytest.mark.parametrize("name", ["pullquote", "article-pull-quote", "wp-block-pullquote"])
def test_words_set_large_in_a_block_called_so_are_the_storys_unless_it_has_them(name: str) -> None:
    own = f"<div class='{name}'><span>I would rather swim than wait another year</span><span>Edda Holm</span></div>"
    assert any("rather swim" in p for p in paragraphs(own))
    again = f"<div class='{name}'><span>We would rather have angry drivers than wet ones</span><span>Edda Holm</span></div>"
    assert paragraphs(again) == PARAGRAPHS


def headed(between: str, after: str = "") -> tuple[str, ...]:
    html = (
        "<html lang='en'><head><title>Harbour bridge to close to lorries</title></head><body><main><article>"
        f"<div class='h'><h1>Harbour bridge to close to lorries</h1>{between}</div>"
        f"<div class='b'>{body(PARAGRAPHS)}</div>{after}</article></main></body></html>"
    )
    return read_page(html, url=URL).document.paragraphs


@pytest.mark.parametrize(
    ("rating", "kept"),
    [
        (
            "<div class='review-score' aria-label='2 out of 5 stars'><span>2</span><span>/5</span></div>",
            True,
        ),
        ("<div class='rating'>4/5</div>", True),
        ("<div class='user-rating'>4/5</div>", False),
        ("<div class='rating' itemprop='aggregateRating'><span>4.2</span>/5</div>", False),
        ("<div class='pages'>2/5</div>", False),
    ],
)
def test_the_critics_points_under_the_headline_are_the_storys(rating: str, kept: bool) -> None:
    assert any("/5" in p for p in headed(rating)) is kept


def test_terms_right_below_a_story_are_its_own_and_what_a_page_lists_of_itself_is_not() -> None:
    def below(**terms: str) -> tuple[str, ...]:
        rows = "".join(f"<dt>{k}</dt><dd>{v}</dd>" for k, v in terms.items())
        return headed("", f"<hr><div class='w'><dl>{rows}</dl></div>")[len(PARAGRAPHS) :]

    told = below(Survey="Divers' report", Interests="The surveyor is a paid adviser to the port")
    assert "The surveyor is a paid adviser to the port" in told
    assert below(Published="10 March 2026, 09:20", Views="12,410") == ()
    assert below(Tags="<a href='/t/b'>bridge</a>", Section="<a href='/n'>News</a>") == ()
    assert below(Views="12,410", Shares="31") == ()


def test_whether_the_page_was_helpful_is_asked_by_the_page() -> None:
    line = "<div class='k'><p>Was this page helpful? 47 people said yes.</p></div>"
    assert paragraphs(line) == PARAGRAPHS
    assert paragraphs(line.replace("47", "53")) == PARAGRAPHS
