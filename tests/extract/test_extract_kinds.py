"""What a page is: the story, or what stands in its place, with the reason."""

from __future__ import annotations

import json
import re

import pytest
from newsdesk import HEADLINE, PARAGRAPHS, body, page

from variorum.model import PageKind
from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"
PROMISE = {"@type": "NewsArticle", "headline": HEADLINE, "wordCount": "900"}
STUB = body(PARAGRAPHS[:2])
LONG = body([f"{p} That was said on day {n} of the talks." for n in range(4) for p in PARAGRAPHS])


def ld(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({**PROMISE, **fields})}</script>'


def bare(title: str, text: str) -> str:
    return f"<html><title>{title}</title><body><h1>{title}</h1><p>{text}</p></body></html>"


CASES = [
    ("article", page()),
    ("article", page(body(PARAGRAPHS[:1]))),
    ("paywall", page(STUB + "<div>Subscribe now to continue reading this story.</div>", head=ld())),
    ("paywall", page(STUB, head=ld(isAccessibleForFree=False, wordCount=""))),
    ("paywall", page(STUB + "<p>Jetzt abonnieren und weiterlesen</p>", head=ld(), language="de")),
    ("paywall", page(STUB + "<p>Cet article est réservé aux abonnés.</p>", head=ld())),
    ("paywall", page(STUB + "<p>Contenido exclusivo para suscriptores</p>", head=ld())),
    ("paywall", page(STUB + "<p>この記事は有料会員限定です。</p>", head=ld())),
    ("teaser", page(STUB, head=ld())),
    ("soft-404", bare("Page not found", "The page you requested could not be found.")),
    ("soft-404", bare("Seite nicht gefunden", "Diese Seite existiert nicht mehr.")),
    ("soft-404", bare("Página no encontrada", "La página que busca ya no existe.")),
    ("error", bare("Service unavailable", "The server is down for maintenance.")),
    ("error", bare("Just a moment...", "Checking your browser before you go on.")),
    ("soft-404", bare("404 - The Northwick Echo", "Try the search or go to the front page.")),
    ("soft-404", bare("Error 404", "Try the search or go to the front page.")),
    ("error", bare("503 Service Unavailable", "Try again later.")),
    ("error", bare("Access denied", "You have been blocked.")),
    (
        "consent",
        bare(
            "Before you continue",
            "We and our partners use cookies and process personal data with your consent, for ads and"
            " measurement. You can change your privacy preferences at any time in our cookie notice.",
        ),
    ),
    (
        "consent",
        bare(
            "Your privacy, your choice",
            "We and our 412 partners store and use information on your device. Please choose first.",
        ),
    ),
    ("error", bare("Sign of life", "Password required to view this page.")),
    ("error", bare("お知らせ", "ただいまアクセスが集中しています。時間をおいてからご覧ください。")),
    ("error", bare("Oh dear, something has gone wrong", "Our web team has been informed.")),
    (
        "error",
        bare("Sorry!", "We are having trouble loading what you asked for. Try again shortly."),
    ),
    ("error", bare("Error – The Northwick Echo", "Reference: N-1180.")),
    ("error", bare("Ups, etwas ist schiefgelaufen", "Versuchen Sie es bitte später noch einmal.")),
    ("error", bare("Oups !", "Une erreur est survenue. Réessayez plus tard.")),
    ("error", bare("Vaya", "Se ha producido un error. Inténtelo de nuevo más tarde.")),
    (
        "soft-404",
        bare("The Echo", "Search, or go to the front page.").replace("<h1>The Echo", "<h1>404"),
    ),
    ("soft-404", bare("Sorry, we cannot find that page", "It may have been moved.")),
    ("soft-404", bare("Oops! That page can’t be found.", "Try a search?")),
    ("soft-404", bare("Nothing to see here", "Try the search or one of the latest stories.")),
    ("soft-404", bare("The Echo", "Sorry, the article could not be located on this server.")),
    ("error", bare("Unavailable in your region", "For legal reasons. Write to help@echo.example.")),
    ("error", bare("The Echo", "You come from a country in which our site cannot be offered.")),
    ("error", bare("Das Echo", "Dieser Inhalt ist in Ihrer Region leider nicht verfügbar.")),
    ("empty", "<html><body><div></div></body></html>"),
    ("truncated", page()[: page().index("Repairs are")] + '<a href="/x'),
    ("unreadable", "\x01\x02\x03\x04" * 50),
]


@pytest.mark.parametrize(("kind", "html"), CASES)
def test_a_page_is_what_it_is_and_says_why(kind: str, html: str) -> None:
    read = read_page(html, url=URL)
    assert (str(read.kind), read.reason) == (kind, read.reason)
    assert bool(read.reason) == (kind != "article")


def cards(heading: str, head: str = "") -> str:
    told = "".join(
        f'<div><h3><a href="/news/{n}">{HEADLINE}: part {n} of our story</a></h3><p>{text}</p></div>'
        for n, text in enumerate((*PARAGRAPHS, *(p[:-9] + "again." for p in PARAGRAPHS)))
    )
    return page(told, headline=heading, head=head)


@pytest.mark.parametrize("heading", ["News", "Today", "The Northwick Echo"])
def test_a_list_of_stories_in_place_of_one_is_no_article(heading: str) -> None:
    assert read_page(cards(heading), url=URL).kind is PageKind.LISTING


def test_a_story_told_in_parts_that_link_on_is_an_article() -> None:
    assert read_page(cards("Five things to know today"), url=URL).kind is PageKind.ARTICLE
    typed = cards("Briefing", head=ld(wordCount=""))
    assert read_page(typed, url=URL).kind is PageKind.ARTICLE


def test_a_long_story_under_a_banner_that_asks_for_money_is_an_article() -> None:
    banner = "<div>Subscribe now for unlimited digital access</div>"
    assert read_page(page(LONG + banner, head=ld(wordCount="")), url=URL).kind is PageKind.ARTICLE


METER = (
    "<p>You have now read all your free articles for this month.</p>"
    "<p>Once you have an account, three more are yours to choose from any of our sections.</p>"
)
OPENING = body(
    [f"{p} That was said on day {n} of the talks." for n in range(2) for p in PARAGRAPHS]
)


@pytest.mark.parametrize(
    "meter",
    [
        METER,
        "<p>You've reached your monthly limit of articles.</p>",
        "<p>Sie haben Ihr monatliches Limit an freien Artikeln erreicht.</p>",
        "<p>Vous avez atteint votre limite d’articles.</p>",
        "<p>Has alcanzado tu límite de artículos de este mes.</p>",
        "<p>Hai raggiunto il tuo limite di articoli.</p>",
    ],
)
def test_an_opening_before_a_meter_that_has_run_out_is_a_stub(meter: str) -> None:
    read = read_page(page(OPENING + meter), url=URL)
    assert (read.kind, read.reason[:13]) == (PageKind.PAYWALL, "a stub, then:")


def test_a_whole_story_keeps_a_meter_out_of_its_text() -> None:
    read = read_page(page(LONG + LONG + METER), url=URL)
    assert read.kind is PageKind.ARTICLE
    assert "free articles" not in read.document.text


def test_a_story_about_meters_is_a_story() -> None:
    quoted = "<p>“You have reached your limit of free articles,” every page said on Friday.</p>"
    read = read_page(page(OPENING + quoted), url=URL)
    assert read.kind is PageKind.ARTICLE
    assert "free articles" in read.document.text


@pytest.mark.parametrize(
    "headline",
    [
        "404 people rescued from ferry",
        "Council votes for 404 new homes after long night",
        "Fire destroys 500 cars in northern port",
        "Cookies of the vicar cause a privacy row",
        "Internal server error delays trains, operator says",
        "Something has gone wrong with the river, anglers say",
        "Villagers have difficulty reaching hospital since bridge closed",
        "Error of judgement cost port its licence",
        "Nothing to see here, police tell crowd at the lock",
        "Police cannot find the address that caller gave",
        "Drug unavailable in your area? Pharmacists explain",
    ],
)
def test_stories_about_errors_and_cookies_are_articles(headline: str) -> None:
    assert read_page(page(headline=headline), url=URL).kind is PageKind.ARTICLE
    assert read_page(page(LONG, headline=headline), url=URL).kind is PageKind.ARTICLE


def shifted(text: str) -> str:
    return "".join(chr((ord(c) - 96) % 26 + 97) if c.islower() and c.isascii() else c for c in text)


def test_letters_shifted_by_one_are_a_paywall() -> None:
    read = read_page(page(body([shifted(p) for p in PARAGRAPHS])), url=URL)
    assert read.kind is PageKind.PAYWALL
    assert "shifted" in read.reason


@pytest.mark.parametrize(
    "text",
    [
        "Valdžia pranešė, kad uosto tiltas nuo pirmadienio bus uždarytas, nes du ramsčiai yra suskilę.",
        "Belediye, iki ayakta çatlak bulunması üzerine köprünün kamyonlara kapatılacağını duyurdu.",
        "Dome paziņoja, ka ostas tilts būs slēgts kravas automašīnām, jo divi balsti ir ieplaisājuši.",
    ],
)
def test_languages_without_our_common_words_are_not_taken_for_shifted(text: str) -> None:
    assert read_page(page(body([text, f"{text} {text}"])), url=URL).kind is PageKind.ARTICLE


def test_text_that_the_page_hides_is_read_where_the_page_promises_it() -> None:
    hidden = f'<div style="display:none">{LONG}</div>'
    head = ld(articleBody=" ".join(PARAGRAPHS) * 4, wordCount="")
    read = read_page(page(STUB + hidden, head=head), url=URL)
    assert read.kind is PageKind.ARTICLE
    assert "hidden-text" in read.flags
    assert "hidden-text" not in read_page(page(STUB + hidden), url=URL).flags


# -- live blogs ------------------------------------------------------------------------------------


def test_each_entry_of_a_live_blog_is_kept_with_its_own_time() -> None:
    entries = "".join(
        f'<article><time datetime="2026-03-03T1{n}:04:00Z">1{n}:04</time><h3>Entry number {n}</h3>'
        f"<p>{PARAGRAPHS[n]}</p><button>Share</button></article>"
        for n in range(5)
    )
    html = page(entries, head=ld(**{"@type": "LiveBlogPosting", "wordCount": ""}))
    found = read_page(html, url=URL).document.paragraphs
    assert [p for p in found if p in PARAGRAPHS] == list(PARAGRAPHS)
    for n in range(5):
        assert any(f"1{n}:04" in p for p in found)
        assert f"Entry number {n}" in found


CONSENT = """<!doctype html><html><head><title>Your privacy, your pick | The Echo</title></head><body><main>
<article><h1>Your privacy, your pick</h1><p>Before you read on: the Echo and the 148 firms that we work with
would like to keep small files on this device and to read them again, so that advertisements can be chosen
for you and readers can be counted.</p><p>You may agree, disagree or look at each purpose on its own. Your
choice is kept for six months and can be altered at any time under Privacy at the foot of every page, where
you will also find a list of everybody who takes part in this and of what they are after.</p><p>Some of them
rely on what the law calls a legitimate interest. You can object to that as well.</p>{}</article></main>
</body></html>"""


def test_a_long_request_for_consent_is_known_by_its_heading_and_its_buttons() -> None:
    buttons = (
        "<button>I agree</button><button>I do not agree</button><button>Show purposes</button>"
    )
    assert read_page(CONSENT.format(buttons)).kind == "consent"
    assert read_page(CONSENT.format("<p>By Ines Rawdon</p>")).kind == "article"


def test_a_request_for_consent_whose_title_is_the_papers_name_alone_is_known_by_its_heading() -> (
    None
):
    buttons = (
        "<button>Accept all</button><button>Manage my choices</button><a href=/pure>Pay instead</a>"
    )
    page = CONSENT.format(buttons)
    titled = re.sub(r"<title>.*?</title>", "<title>The Northwick Echo</title>", page)
    assert read_page(titled).kind == "consent"


def test_a_short_story_under_a_request_for_consent_is_still_the_story() -> None:
    asks = "<div><h2>Your privacy, your choice</h2><button>Accept all</button><button>Options</button></div>"
    story = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    page = f"<title>The Northwick Echo</title><body>{asks}<main><h1>{HEADLINE}</h1>{story}</main></body>"
    assert read_page(page).kind == "article"


def test_a_story_of_what_was_not_found_is_a_story_where_somebody_speaks() -> None:
    told = (
        "<h1>Bäckerei schließt</h1><p><i>Nachfolger haben sich nicht gefunden</i></p>"
        "<p>Die Bäckerei in der Kirchstraße schließt zum Jahresende nach 71 Jahren.</p>"
        "<p>Einen Nachfolger haben Käthe und Dieter Sommer nicht gefunden.</p>"
        "<p>„Um zwei Uhr aufstehen will heute keiner mehr“, sagt Dieter Sommer, 74.</p>"
        "<p>Das Rezept für das Schwarzbrot hat ein Hotel am Hafen gekauft.</p>"
    )
    page = f"<html><head><title>Bäckerei schließt</title></head><body>{told}</body></html>"
    assert str(read_page(page.encode()).kind) == "article"
    gone = (
        "<h1>Anzeiger</h1><p>Die Seite haben wir nicht gefunden.</p><p>Versuchen Sie die Suche.</p>"
    )
    page = f"<html><head><title>Anzeiger</title></head><body>{gone}</body></html>"
    assert str(read_page(page.encode()).kind) == "soft-404"
