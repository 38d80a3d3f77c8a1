"""Headline, byline, dates and language: what the page says of itself, and whom to believe."""

from __future__ import annotations

import json

import pytest
from newsdesk import HEADLINE, PARAGRAPHS, body, page

from variorum.model import Document
from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"


def document(html: str, url: str = URL) -> Document:
    return read_page(html, url=url).document


def jsonld(**fields: object) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


# -- headline ------------------------------------------------------------------------------------


def test_the_h1_wins_over_titles_made_for_search_and_they_stay_known() -> None:
    head = '<meta property="og:title" content="Northwick harbour bridge: lorries banned">'
    read = read_page(page(head=head), url=URL)
    assert read.document.headline == HEADLINE
    assert read.titles["og"] == "Northwick harbour bridge: lorries banned"


def test_a_sites_name_in_an_h1_is_no_headline() -> None:
    html = page().replace("<header>", "<header><h1>The Northwick Echo</h1>")
    assert document(html).headline == HEADLINE


def test_an_h2_under_an_h1_made_for_search_is_the_headline() -> None:
    """Papers that put a search title into an h1 that readers hear but do not see."""
    search = "Northwick: harbour bridge closed to lorries until spring"
    head = f'<meta property="og:title" content="{HEADLINE}">'
    html = page(head=head).replace(f"<title>{HEADLINE}", f"<title>{search}")
    under = f"<h1>{search}</h1><h2><span>Harbour</span> <span>{HEADLINE}</span></h2>"
    read = read_page(html.replace(f"<h1>{HEADLINE}</h1>", under), url=URL)
    assert read.document.headline == HEADLINE
    assert read.titles["h1"] == search
    assert HEADLINE not in "".join(read.document.paragraphs)


def test_an_h2_that_no_title_repeats_is_a_sub_heading() -> None:
    html = page().replace("</h1>", "</h1><h2>Lorries must go round by Eastmoor</h2>")
    assert document(html).headline == HEADLINE


def test_a_title_for_sharing_that_lacks_only_what_a_colon_sets_off_is_the_headline() -> None:
    html = page(head=f'<meta property="og:title" content="{HEADLINE}">')
    html = html.replace(f"<h1>{HEADLINE}", f"<h1>Harbour dispute: {HEADLINE}")
    html = html.replace(f"<title>{HEADLINE}", f"<title>Harbour dispute: {HEADLINE}")
    assert document(html).headline == HEADLINE


def test_an_h1_that_goes_on_from_a_kicker_with_a_colon_is_read_with_it() -> None:
    html = page(head=f'<meta property="og:title" content="Harbour: {HEADLINE}">')
    html = html.replace(f"<h1>{HEADLINE}", f"<h1>: {HEADLINE}")
    html = html.replace(f"<title>{HEADLINE}", f"<title>Harbour: {HEADLINE}")
    assert document(html).headline == f"Harbour: {HEADLINE}"


def test_a_sites_name_in_signs_that_the_title_repeats_is_no_headline() -> None:
    """Pairs of signs are words there, so the name of the site shares all of its words."""
    title = "港の橋が大型車に閉ざされる"
    html = page().replace(f"<h1>{HEADLINE}</h1>", f"<h1>北町新聞</h1><h2>{title}</h2>")
    html = html.replace(f"<title>{HEADLINE} - The Northwick Echo", f"<title>{title}_北町新聞")
    assert document(html).headline == title


@pytest.mark.parametrize("sign", [" - ", " – "])
def test_a_kicker_in_an_element_of_its_own_is_left_off_when_a_dash_joins_it(sign: str) -> None:
    html = page(head=f'<meta property="og:title" content="Harbour{sign}{HEADLINE}">')
    html = html.replace(f"<h1>{HEADLINE}", f"<h1><span>Harbour</span> <span>{HEADLINE}</span>")
    assert document(html).headline == HEADLINE


def test_a_kicker_that_a_colon_joins_is_part_of_the_headline() -> None:
    html = page(head=f'<meta property="og:title" content="Harbour: {HEADLINE}">')
    html = html.replace(f"<h1>{HEADLINE}", f"<h1><span>Harbour</span><span>{HEADLINE}</span>")
    html = html.replace(f"<title>{HEADLINE}", f"<title>Harbour: {HEADLINE}")
    assert document(html).headline == f"Harbour: {HEADLINE}"


def test_quotation_marks_are_taken_as_the_h1_has_them() -> None:
    head = f'<meta property="og:title" content="‘{HEADLINE}’">'
    assert document(page(head=head)).headline == HEADLINE


def test_how_japanese_signs_are_read_aloud_is_no_text() -> None:
    title = "港の橋が通行止めになる"
    ruby = "<ruby>港<rp>（</rp><rt>みなと</rt><rp>）</rp></ruby>の<ruby>橋<rt>はし</rt></ruby>が通行止めになる"
    html = page(
        body(["市は月曜日から大型車の通行を止めると発表した。"]), headline=title, language="ja"
    )
    assert document(html.replace(f"<h1>{title}", f"<h1>{ruby}")).headline == title


# -- byline --------------------------------------------------------------------------------------

LINES = [
    ("<p>By Edda Holm and Jonas Weber</p>", ("Edda Holm", "Jonas Weber")),
    ("<p>By Edda Holm, Transport correspondent</p>", ("Edda Holm",)),
    ("<div>Submitted by Owen Pryce on Mon, 11/23/2026 - 08:00</div>", ("Owen Pryce",)),
    ("<div>Words: Greta Nilsson</div>", ("Greta Nilsson",)),
    ("<div><span>Pavel Novak</span><span>Northwick correspondent</span></div>", ("Pavel Novak",)),
    ("<div>Owen Pryce | Staff reporter<br>Published 23 Nov 2026 8:00 a.m.</div>", ("Owen Pryce",)),
    ("<div>Von Anna-Lena Schön, Berlin</div>", ("Anna-Lena Schön",)),
    ("<div>Par Zoé Lefèvre</div>", ("Zoé Lefèvre",)),
    ("<div>Por Inés Carvalho</div>", ("Inés Carvalho",)),
    ("<div>Di Marta Rossi</div>", ("Marta Rossi",)),
    (
        "<p>By Moll &lt;img src=x onerror=a(1)&gt; 3 March 2026</p>",
        ("Moll <img src=x onerror=a(1)>",),
    ),
]


@pytest.mark.parametrize(("line", "names"), LINES)
def test_a_byline_beside_the_headline_is_read_and_is_no_paragraph(
    line: str, names: tuple[str, ...]
) -> None:
    found = document(page(before=line))
    assert found.byline == names
    assert found.paragraphs == PARAGRAPHS


def test_a_name_whose_class_says_that_it_is_the_authors_is_the_byline() -> None:
    who = '<div><span class="author-name">Ines Rawdon and Rufus Amsel</span> <span>Updated</span>'
    line = f'{who} <time datetime="2026-05-04">Monday, May 4</time></div>'
    assert document(page(before=line)).byline == ("Ines Rawdon", "Rufus Amsel")


def test_an_author_of_another_story_and_a_label_are_no_byline() -> None:
    box = '<aside><a href="/x">Crane falls</a> <b class="card-author">Rex Undine</b></aside>'
    label = '<div class="author-box">Read more by this author</div>'
    assert document(page(before=label, after=box)).byline == ()


def test_json_ld_persons_are_the_byline_and_trending_authors_are_not() -> None:
    head = jsonld(headline=HEADLINE, author=[{"@type": "Person", "name": "Edda Holm"}])
    trending = '<aside><a rel="author" href="/author/rex">Rex Undine</a></aside>'
    assert document(page(head=head, after=trending)).byline == ("Edda Holm",)


CARD = (
    '<article class="tile"><h3><a href="/news/crane">Crane falls into the dock basin at noon</a></h3>'
    '<div class="meta"><span itemprop="author">By <a rel="author" href="/authors/rex">Rex Undine</a></span>'
    " <span>12 May 2026, 4:18pm</span></div></article>"
)


@pytest.mark.parametrize("place", ["before", "after"])
def test_a_story_without_a_writer_has_not_the_writers_of_the_stories_it_links_to(
    place: str,
) -> None:
    cards = f'<div class="tiles">{CARD}{CARD.replace("Rex Undine", "Moll Harker")}</div>'
    assert document(page(**{place: cards})).byline == ()


def test_a_writer_marked_at_the_foot_of_a_story_is_its_writer() -> None:
    foot = (
        '<div class="bio"><a rel="author" href="/authors/edda">Edda Holm</a> writes about ferries.'
        ' <a href="/authors/edda">All that Edda Holm has written for us</a></div>'
    )
    assert document(page(after=foot + CARD)).byline == ("Edda Holm",)


def test_a_writer_beside_a_headline_that_links_to_its_own_page_is_its_writer() -> None:
    own = (
        f'<div><h2><a href="/news/bridge">{HEADLINE}</a></h2>'
        '<span itemprop="author">Edda Holm</span></div>'
    )
    html = page(before=own).replace(f"<h1>{HEADLINE}</h1>", "")
    assert document(html).byline == ("Edda Holm",)


def test_what_somebody_writes_about_is_no_second_writer() -> None:
    line = '<span itemprop="author">Ingo Holm Redakteur für Wirtschaft und Umwelt</span>'
    assert document(page(before=line)).byline == ("Ingo Holm",)


def test_a_person_named_beside_the_headline_says_more_than_the_publisher() -> None:
    head = jsonld(headline=HEADLINE, author={"@type": "Organization", "name": "Echo Holdings"})
    assert document(page(head=head, before="<p>By Edda Holm</p>")).byline == ("Edda Holm",)


@pytest.mark.parametrize(
    "line",
    [
        "By Edda Holm Published Mar. 3, 2026 at 5:15 a.m. Updated Mar. 3, 2026 at 6:15 p.m.",
        "By Edda Holm, transport reporter Posted March 3, 2026, at 5:15 a.m.",
        "Published March 3, 2026 at 5:15 a.m. Updated March 4, 2026 at 11 p.m.",
    ],
)
def test_who_wrote_it_and_when_is_no_lead_though_it_ends_in_a_full_stop(line: str) -> None:
    for place in (f"<div>{line}</div>", f"<p>{line}</p>", f"<header><div>{line}</div></header>"):
        assert document(page(before=place)).paragraphs == PARAGRAPHS


@pytest.mark.parametrize("place", [0, 2, 5])
@pytest.mark.parametrize(
    "sentence",
    [
        "The next hearing is set for Nov. 30, 2026 at 10 a.m.",
        "Polls close on Tuesday, Nov. 3, 2026, at 8 p.m.",
        "By Friday the crews will be gone; the road opens Nov. 27 at 6 a.m.",
        "The report was published Nov. 30, 2026 at 10 a.m.",
        "Posted signs say the lot closes Nov. 30 at 10 p.m.",
    ],
)
def test_a_sentence_of_the_story_that_ends_in_a_time_is_read(sentence: str, place: int) -> None:
    parts = [*PARAGRAPHS[:place], sentence, *PARAGRAPHS[place:]]
    assert document(page(body(parts))).paragraphs == tuple(parts)


def test_the_company_that_owns_the_paper_wrote_nothing() -> None:
    foot = "<footer><p>Published by Northwick Newspapers Ltd</p></footer>"
    assert document(page(body(PARAGRAPHS[:1]), after=foot)).byline == ()


def test_a_speaker_with_the_writers_name_keeps_the_paragraph() -> None:
    parts = [*PARAGRAPHS[:4], "Edda Holm, a spokeswoman for the port, denied that it had known."]
    story = "".join(f"<div><p>{p}</p></div>" for p in [*parts, PARAGRAPHS[4]])
    assert parts[4] in document(page(story, before="<p>By Edda Holm</p>")).paragraphs


def test_the_writer_presented_at_the_end_is_no_story() -> None:
    bio = (
        "<div><p>Edda Holm is the transport reporter of the Echo and has won two awards.</p></div>"
    )
    found = document(page(f"{body()}{bio}", before="<p>By Edda Holm</p>"))
    assert found.paragraphs == PARAGRAPHS


# -- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Published 3 March 2026", "2026-03-03"),
        ("Veröffentlicht am 3. März 2026", "2026-03-03"),
        ("Publié le 3 mars 2026", "2026-03-03"),
        ("Publicado el 3 de marzo de 2026", "2026-03-03"),
        ("Pubblicato il 3 marzo 2026", "2026-03-03"),
        ("Publicado em 3 de março de 2026", "2026-03-03"),
        ("نشر في 3 مارس 2026", "2026-03-03"),
        ("الثلاثاء 3 كانون الأول 2026", "2026-12-03"),
        ("公開 2026年3月3日", "2026-03-03"),
    ],
)
def test_a_day_written_beside_the_headline_is_read_in_eight_languages(
    written: str, day: str
) -> None:
    assert (document(page(before=f"<p>{written}</p>")).published or "")[:10] == day


def test_the_mastheads_clock_does_not_date_the_story() -> None:
    html = page().replace("<header>", "<div>Wednesday 25 November 2026 17:02</div><header>")
    assert document(html).published is None


def test_a_date_at_the_end_of_a_caption_gives_way_to_one_that_says_what_it_is() -> None:
    picture = "<div><img src=/b.jpg><p>The bridge seen from the quay, 24 April 2023</p></div>"
    html = page(before=picture, after="<ul><li>Date 28.04.2023</li></ul>")
    assert document(html).published == "2023-04-28"


def test_json_ld_with_a_slip_after_it_is_still_read() -> None:
    head = jsonld(headline=HEADLINE, datePublished="2026-03-03T08:00:00+01:00")
    assert document(page(head=head.replace("</script>", "}</script>"))).published == (
        "2026-03-03T08:00:00+01:00"
    )


@pytest.mark.parametrize(
    ("stamp", "shown", "published"),
    [
        ("2026-03-05T01:10:00Z", "4 March 2026", "2026-03-04"),
        ("2026-03-05T23:10:00", "6 March 2026", "2026-03-06"),
        ("2026-03-05T12:10:00Z", "4 March 2026", "2026-03-05T12:10:00Z"),
        ("2026-03-05T01:10:00+01:00", "4 March 2026", "2026-03-05T01:10:00+01:00"),
        ("2026-03-05T01:10:00Z", "4 March 2026, 20:10", "2026-03-04T20:10:00-05:00"),
        ("2026-03-04T20:10:00-05:00", "5 March 2026, 01:10", "2026-03-05T01:10:00+00:00"),
        ("2026-03-05T01:10:00Z", "4 March 2026, 11:37", "2026-03-05T01:10:00Z"),
        ("2026-03-05T12:10:00-50:00", "4 March 2026", "2026-03-05T12:10:00"),
        (
            "2026-03-04T05:42:00+00:00",
            "Published: 05:42, 4 March 2026 | UPDATED: 17:42, 4 March 2026",
            "2026-03-04T05:42:00+00:00",
        ),
    ],
)
def test_the_day_is_the_one_that_readers_are_shown(stamp: str, shown: str, published: str) -> None:
    html = page(head=jsonld(headline=HEADLINE, datePublished=stamp), before=f"<p>{shown}</p>")
    assert document(html).published == published


def test_the_day_in_the_url_wins_over_a_later_stamp_that_nothing_agrees_with() -> None:
    head = '<meta property="article:published_time" content="2015-01-01T19:03:05Z">'
    url = "https://echo.example/2014/12/16/bridge"
    assert document(page(head=head), url).published == "2014-12-16"


@pytest.mark.parametrize("given", ["en", "EN-gb", "en_US"])
def test_the_language_is_two_letters(given: str) -> None:
    assert document(page(language=given)).language == "en"
