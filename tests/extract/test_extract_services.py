"""What a paper runs beside its news: notices of the dead, jobs, stars, puzzles, prices, where to write; the
next story set as this one is; letters shifted behind a wall. Beside each what looks alike and is the story's."""

# ruff: noqa: E501  (pages are easier to read in long lines)

from __future__ import annotations

import pytest
from newsdesk import HEADLINE, PARAGRAPHS, body, page

from variorum.model import PageKind
from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"


def paragraphs(inner: str) -> tuple[str, ...]:
    return read_page(page(inner), url=URL).document.paragraphs


def amid(box: str) -> tuple[str, ...]:
    return paragraphs(f"{body(PARAGRAPHS[:3])}{box}{body(PARAGRAPHS[3:])}")


SERVICES = {
    "obituaries": "<h5>Recent obituaries</h5><p>Stane, Oona, 84, of Milford Gap, nurse</p><p>Pell, Art, 78, of Quill, farmer</p>",
    "jobs": "<p><b>Top jobs</b></p><p>Night baker, Cutter Creek Foods, $18 an hour</p>",
    "the dead in German": "<h4>Traueranzeigen</h4><p>Grete Lohmann, 91, Oberau</p><p>Jost Wirth, 70, Niederau</p>",
    "stars": "<h5>What Madame Orsino sees</h5><p>Aries: a letter brings good news before Friday. Taurus: mind what you sign.</p><p><a href='/o'>Ring for more</a></p>",
    "stars in French": "<h4>Le ciel de Madame Orsino</h4><p>Bélier (21 mars – 20 avril) : une lettre arrive.</p><p>Taureau : patience.</p>",
    "a quiz": "<h3>The Gantry quiz</h3><p>Question 1 of 8: which keeper scored twice?</p><ul><li>Sid Marlowe</li><li>Jan Kessel</li></ul>",
    "a puzzle": "<p>Pasatiempos</p><p>Sopa de letras: encuentre los doce ríos. Nivel medio</p>",
    "a bargain": "<p>Offre de fin d’année : tout L’Écho pour 1 € les deux premiers mois, puis 8,99 €.</p><a href='/abo'>J’en profite</a>",
    "a present": "<p>Offrez L’Écho : un an de lecture, emballé dans une carte, pour 69 €.</p><a href='/abo'>J’en profite</a>",
    "a digest": "<h4>Salt, and how to lose it</h4><p>A winter with the pan-boilers of Ornsay Flats</p><p>Read full story</p>",
}  # fmt: skip


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize("box", ["div class='k3'", "section"])
def test_what_a_paper_runs_beside_its_news_is_none_of_the_story(name: str, box: str) -> None:
    assert amid(f"<{box}>{SERVICES[name]}</{box.split(maxsplit=1)[0]}>") == PARAGRAPHS


LINES = [
    "<strong>PRICE BOOST:</strong> Northwick to win and both sides to score, now 9/2. 18+. Please play safely. <a href='/b'>Claim here</a>",
    "<i>Do you have a story the Echo should look into? Write to desk@echo.example or ring 0700 900 418.</i>",
    "<i>Listen to Northwick at Breakfast every weekday from six, or follow Radio Northwick on Lantern.</i>",
    "<em>The Echo wants to hear from you. Letters of up to 250 words may be sent to letters@echo.example.</em>",
    "Allow content from Chirrup?",
    "Inhalte von Chirrup anzeigen?",
]


@pytest.mark.parametrize("line", LINES)
def test_where_to_bet_write_or_listen_is_none_of_the_story(line: str) -> None:
    assert amid(f"<p>{line}</p>") == PARAGRAPHS


@pytest.mark.parametrize(
    ("box", "told"),
    [
        ("<h4>Those who died on the bridge</h4><p>Oona Stane, 84, of Milford Gap, a nurse.</p><p>Art Pell, 78, of Quill, a farmer.</p>", "Oona Stane"),
        ("<h4>What the council asked</h4><p>Question 1: may lorries cross at night?</p><p>Question 2: may they cross on Sundays?</p>", "may lorries cross"),
        ("<h4>The pub quiz</h4><p>The pub on the quay asked last week which of the 14 piers would go first.</p>", "which of the 14 piers"),
        ("<p>The ticket costs 1 € until March, then 3 €, the county said.</p>", "until March"),
        ("<p>Anyone who lost a job over the bridge may write to the county until March, it said.</p>", "lost a job"),
        ("<p>The breakfast programme of the county radio told its listeners every weekday how long the queue was.</p>", "every weekday"),
        ("<p>Should the county allow lorries of up to 12 tonnes?</p>", "12 tonnes"),
    ],
)  # fmt: skip
def test_the_story_s_own_words_that_look_alike_stay(box: str, told: str) -> None:
    assert told in "\n".join(amid(f"<div class='k3'>{box}</div>"))


# -- the next story, set as this one is -----------------------------------------------------------

NEXT = (
    "<p>At half past four, when the last boat is tied up, the ferryman puts on a tie and becomes the registrar.</p>"
    "<p>There are eleven births in his book for this year, and thirty deaths, and one of each is in dispute.</p>"
)
BY = "<p class='by'>By Ruth Adler</p>"
COMMENTS = "<div id='d'><h4>Discussion about this post</h4><div><p>Roddy</p><p>Lovely, but you have left out the dog, who did most of it.</p></div></div>"


def two(first: str, between: str, second: str, nested: bool) -> tuple[str, ...]:
    head = f"<div class='post'><h1 class='t'>{HEADLINE}</h1><div class='b'>{first}</div>"
    other = f"{between}<div class='post'><h1 class='t'>The ferryman’s other job</h1>{second}</div>"
    inner = f"{head}{other}</div>" if nested else f"{head}</div>{other}"
    html = (
        f"<html><head><title>{HEADLINE} - Echo</title></head><body><div>{inner}</div></body></html>"
    )
    return read_page(html, url=URL).document.paragraphs


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize(
    ("between", "second"), [("", BY + NEXT), (COMMENTS, NEXT), (COMMENTS, BY + NEXT)]
)
def test_another_story_set_as_this_one_is_ends_it(between: str, second: str, nested: bool) -> None:
    assert two(body(PARAGRAPHS), between, second, nested) == PARAGRAPHS


def test_sections_of_one_story_with_headings_of_the_first_rank_are_read() -> None:
    sections = "".join(
        f"<section class='s'><h1>Part {'ABC'[n]}</h1><p>{p}</p></section>"
        for n, p in enumerate(PARAGRAPHS[2:])
    )
    head = f"<section class='s'><h1>{HEADLINE}</h1>{body(PARAGRAPHS[:2])}</section>"
    html = f"<html><head><title>{HEADLINE}</title></head><body><main>{head}{sections}</main></body></html>"
    assert set(PARAGRAPHS) <= set(read_page(html, url=URL).document.paragraphs)


# -- letters shifted by one ------------------------------------------------------------------------

GERMAN = (
    "Die Glocke von Oberau klingt wie ein Topf, sagt der Küster, und die Nachbarn geben ihm recht.",
    "Bestellt war ein Gis. Geliefert wurde nach Ansicht des Küsters ein G, nach Ansicht der Gießerei Gis.",
    "Ein Gutachter hat die Glocke zwei Tage lang angeschlagen und dafür 1800 Euro berechnet, in bar.",
    "Die alte dritte Glocke war 1942 eingeschmolzen worden. Zwei Menschen im Dorf erinnern sich noch an sie.",
    "Der Kirchenvorstand will im Januar entscheiden, ob die Glocke bleibt, oder mit welchem Klang.",
)


def shifted(text: str) -> str:
    return "".join(chr(ord(c) + 1) if c.isascii() and c.isalpha() else c for c in text)


def test_a_few_shifted_paragraphs_of_which_each_has_few_common_words_are_a_wall() -> None:
    hidden = (*GERMAN[:1], *map(shifted, GERMAN[1:]))
    read = read_page(page(body(hidden), headline="Streit um eine Glocke", language="de"), url=URL)
    assert read.kind is PageKind.PAYWALL
    whole = read_page(page(body(GERMAN), headline="Streit um eine Glocke", language="de"), url=URL)
    assert whole.kind is PageKind.ARTICLE


@pytest.mark.parametrize(
    "text",
    [
        "Ponad dwieście osób przyszło po południu na rynek, by zobaczyć most po naprawie.",
        "Jo toinen silta suljettiin, ja kolmas suljetaan jo ensi viikolla, kertoo kaupunki.",
        "A híd lezárása miatt hétfőtől minden teherautónak kerülnie kell a kikötő felé.",
    ],
)
def test_a_language_that_is_not_known_is_no_wall(text: str) -> None:
    read = read_page(page(body((text,) * 1 + tuple(f"{text} {n}" for n in range(4)))), url=URL)
    assert read.kind is PageKind.ARTICLE
