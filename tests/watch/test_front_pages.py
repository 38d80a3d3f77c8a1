"""Which links of a front page are articles, and what kind of page a page is."""

from __future__ import annotations

import json
import time

import pytest
from watch_answers import SITE, answered, item, rss

from variorum.model import SourceKind
from variorum.stages.watch import Listing, classify, discover


def front(body: str | bytes, url: str = SITE) -> Listing:
    return discover(answered(body, url, content_type="text/html; charset=utf-8"), SourceKind.FRONT)


def paths(listing: Listing) -> list[str]:
    return [found.url.removeprefix(SITE) for found in listing.items]


NAVIGATION = """
<header><a href="/">The Courier</a><nav><ul><li><a href="/world">World</a></li>
<li><a href="/business">Business and markets today</a></li><li><a href="/sport/football">Football</a></li>
<li><a href="/login?next=/">Sign in to your Courier account</a></li></ul></nav></header>
"""
FOOTER = """
<footer><a href="/about">About the Courier and its long history</a> <a href="/privacy-policy">Privacy</a>
<a href="/2019/01/01/how-we-make-our-newspaper-here">How we make our newspaper, explained</a>
<a href="https://social.example/courier/status/123456789">Follow us there for more stories</a>
<a href="javascript:void(0)">Manage your cookie settings here</a></footer>
"""


def page(main: str, head: str = "<title>The Courier</title>") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{NAVIGATION}{main}{FOOTER}</body></html>"


def test_headlines_are_articles_and_sections_tags_authors_and_logins_are_not() -> None:
    listing = front(
        page(
            """<main><h2><a href="/world">World</a></h2>
            <article><a href="/2025/03/12/bridge-at-tarn-closed"><img src="p.jpg" alt="The bridge"></a>
            <h3><a href="/2025/03/12/bridge-at-tarn-closed#main">Bridge at Tarn closed after flood</a></h3>
            <p>By <a href="/author/jane-doe-of-the-courier">Jane Doe</a> in
            <a href="/tag/floods-and-storms-of-march">Floods and storms of March</a></p></article>
            <article><h3><a href="/news/uk-48213377">Minister resigns over the tunnel affair</a></h3></article>
            <li><a href="/sport/rovers-win-the-cup-at-last.html">Rovers win the cup at last</a></li>
            <p><a href="/newsletter/sign-up-for-the-morning-briefing">Sign up for the morning briefing</a></p>
            <p><a href="/files/report-of-the-flood-commission.pdf">Report of the flood commission here</a></p>
            <a href="https://other.example/2025/03/12/a-story-of-somebody-else">A story of somebody else</a>
            </main>"""
        )
    )
    assert paths(listing) == [
        "2025/03/12/bridge-at-tarn-closed",
        "news/uk-48213377",
        "sport/rovers-win-the-cup-at-last.html",
    ]
    assert listing.items[0].title == "Bridge at Tarn closed after flood"
    assert listing.title == "The Courier"
    assert listing.problem is None


def test_a_site_whose_urls_say_nothing_is_read_by_place_and_text() -> None:
    stories = "".join(
        f'<div class="teaser"><h3><a href="/s/{key}">{title}</a></h3></div>'
        for key, title in (
            ("a8f3k2", "Harbour bridge reopens to traffic"),
            ("b7d9x1", "Council votes on new tram line"),
            ("c4m2z8", "Strike at the docks enters day nine"),
            ("d1q6w5", "Snow?"),
        )
    )
    assert paths(front(page(f"<div>{stories}</div>"))) == [
        "s/a8f3k2",
        "s/b7d9x1",
        "s/c4m2z8",
        "s/d1q6w5",
    ]


def test_articles_told_by_a_query_are_found() -> None:
    body = page(
        '<h2><a href="/read.php?story=lottery-winner-vanishes">Lottery winner vanishes with ticket</a></h2>'
        '<h2><a href="/index.php?id=48213">Teacher accused after trip to station</a></h2>'
    )
    assert paths(front(body)) == ["read.php?story=lottery-winner-vanishes", "index.php?id=48213"]


@pytest.mark.parametrize(
    ("path", "title"),
    [("/nachrichten/hochwasser-am-tarn-fordert-opfer-1.48213377", "Hochwasser am Tarn fordert Opfer"),
     ("/actualites/2025/03/12/le-pont-de-tarn-est-ferme", "Le pont de Tarn est fermé à la circulation"),
     ("/noticias/el-puente-de-tarn-queda-cerrado-20250312.html", "El puente de Tarn queda cerrado"),
     ("/новости/мост-через-тарн-закрыт-после-паводка", "Мост через Тарн закрыт после паводка"),
     ("/article/20250312001", "タルン橋、洪水で通行止めに"), ("/news/48213", "塔恩大桥因洪水关闭")],
)  # fmt: skip
def test_headlines_in_other_languages_are_found(path: str, title: str) -> None:
    listing = front(page(f'<h3><a href="{path}">{title}</a></h3>'))
    assert [found.title for found in listing.items] == [title]


def test_the_publishers_own_list_counts_and_its_breadcrumbs_do_not() -> None:
    data = [
        {"@type": "ItemList", "itemListElement": [
            {"@type": "ListItem", "position": 1, "url": "/x/1"},
            {"@type": "ListItem", "item": {"@type": "NewsArticle", "url": f"{SITE}x/2-b"}},
            {"@type": "ListItem", "item": "https://other.example/x/3"}, None, 7]},
        {"@type": "BreadcrumbList", "itemListElement": [{"item": f"{SITE}world/europe/latest-news-now"}]},
    ]  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    body = page('<p><a href="/x/1">Tide turns at noon</a></p>', script)
    assert "x/1" in paths(front(body))
    assert not any("europe" in path for path in paths(front(body)))


def test_relative_links_follow_the_base_of_the_page() -> None:
    head = '<base href="https://courier.example/north/">'
    body = page(
        '<h2><a href="bridge-at-tarn-is-closed-now">Bridge at Tarn is closed</a></h2>', head
    )
    assert paths(front(body)) == ["north/bridge-at-tarn-is-closed-now"]


def test_sister_hosts_belong_to_the_site_and_strangers_do_not() -> None:
    body = page(
        '<h2><a href="https://sport.courier.example/rovers-win-the-cup-again">Rovers win the cup again</a></h2>'
        '<h2><a href="https://courier.example.evil.example/rovers-win-the-cup">Rovers win the cup now</a></h2>'
    )
    listing = front(body, "https://www.courier.example/")
    assert [found.url for found in listing.items] == [
        "https://sport.courier.example/rovers-win-the-cup-again"
    ]
    for one, other, same in (
        ("https://www.a.co.uk/", "https://b.co.uk/", False),
        ("https://www.a.co.uk/", "https://news.a.co.uk/", True),
        ("http://127.0.0.1/", "http://127.0.0.2/", False),
    ):
        body = f'<h2><a href="{other}news/uk-48213377-story">Minister resigns over affair</a></h2>'
        assert bool(front(body, one).items) is same


def test_feeds_of_a_page_are_found() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
        '<link rel="ALTERNATE home" type="Application/Atom+XML; charset=utf-8" href="atom.xml">'
        '<link rel="alternate" type="application/feed+json" href="https://feeds.example/c.json">'
        '<link rel="alternate" type="application/rss+xml" href="/a-story/comments/feed">'
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">'
        '<link rel="alternate" hreflang="de" type="text/html" href="/de">'
        '<link rel="stylesheet" type="application/rss+xml" href="/no">'
    )
    assert front(page("", head)).feeds == (
        f"{SITE}rss.xml",
        f"{SITE}atom.xml",
        "https://feeds.example/c.json",
    )


def test_a_front_page_without_articles_says_so_and_what_to_do() -> None:
    problem = front(page("<p>We are redesigning our site.</p>")).problem
    assert problem is not None and "was it redesigned?" in problem and SITE in problem
    scripted = front(
        '<html><body><div id="root"></div><script src="/app.js"></script></body></html>'
    )
    assert scripted.problem is not None and "built by scripts" in scripted.problem


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 400_000 + '<a href="/2025/03/12/bridge-at-tarn-closed">Bridge</a>',
        '<a href="/2025/03/12/bridge-at-tarn-closed"><b>' * 40_000,
        "<a href=" * 250_000,
        '<a href="' + "x" * 2_000_000,
        '<a href="/a">' * 150_000,
        "<a " + "href " * 400_000,
        "<nav>" * 3_000 + '<a href="/2025/03/12/bridge-at-tarn-closed">Bridge at Tarn</a>' * 20_000,
        '<script type="application/ld+json">' + "[" * 2_000_000 + "</script>",
        "<h2><a href='/x-y-z-w-v'>" + "word " * 400_000 + "</a></h2>",
        "<!" * 1_000_000,
        "<table>" * 400_000,
        "<p>" * 500_000,
        '<div class="'
        + "nav-" * 500_000
        + '"><a href="/a-b-c-d-e">A headline of five words</a></div>',
    ],
    ids=range(13),
)
def test_two_megabytes_of_malice_take_little_time(body: str) -> None:
    fetched = answered(body, SITE, content_type="text/html")
    started = time.process_time()
    listing = discover(fetched, SourceKind.FRONT)
    classify(fetched)
    assert time.process_time() - started < 24
    assert len(listing.items) <= 50_000


def test_a_page_too_deep_to_parse_still_gives_its_links() -> None:
    listing = front("<div>" * 50_000 + '<a href="/2025/03/12/bridge-at-tarn-closed">Bridge</a>')
    assert paths(listing) == ["2025/03/12/bridge-at-tarn-closed"]
    assert "too deep to parse" in listing.limits[0]


STORY = "".join(
    f"<p>The bridge at Tarn was closed on Monday after the river rose by {n} metres.</p>"
    for n in range(2, 7)
)


@pytest.mark.parametrize(
    ("body", "url", "kind"),
    [
        (rss(item("a")), SITE + "x", SourceKind.FEED),
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', SITE, SourceKind.FEED),
        ("<feed xmlns='http://www.w3.org/2005/Atom'/>", SITE, SourceKind.FEED),
        ("<!-- hello --><?x y?>\n<urlset/>", SITE, SourceKind.SITEMAP),
        ("<sitemapindex></sitemapindex>", SITE, SourceKind.SITEMAP),
        (f"{SITE}a\n{SITE}b", SITE + "sitemap.txt", SourceKind.SITEMAP),
        (page("<h2><a href='/a-b-c-d-e'>One two three four</a></h2>" * 9), SITE, SourceKind.FRONT),
        (page(f"<h1>Bridge closed</h1>{STORY}"), SITE + "2025/03/12/bridge-at-tarn", SourceKind.ARTICLE),
        (page(STORY, '<meta property="og:type" content="article">'), SITE + "x", SourceKind.ARTICLE),
        (page(STORY, '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle"}]}</script>'),
         SITE + "x", SourceKind.ARTICLE),
        (page("<h3><a href='/a'>Teaser of a story</a></h3><p>Short.</p>" * 12), SITE + "world",
         SourceKind.FRONT),
        ("just words", SITE, None), ("", SITE, None), ('{"a": 1}', SITE, None),
        (b"\x89PNG\r\n\x1a\n\x00\x00", SITE, None), ("<svg></svg>", SITE, None),
    ],
    ids=range(16),
)  # fmt: skip
def test_what_a_url_gives_is_told_from_its_content(
    body: str, url: str, kind: SourceKind | None
) -> None:
    content = "application/octet-stream" if kind is None else "text/html"
    found, reason = classify(answered(body, url, content_type=content))
    assert found is kind, reason
    assert reason and "\n" not in reason


def test_an_article_given_as_a_source_lists_itself() -> None:
    listing = discover(answered(STORY, SITE + "a?utm_source=x"), SourceKind.ARTICLE)
    assert paths(listing) == ["a"]


TOLD = [
    "The ferry to the outer islands will not sail before Friday, the harbour master said on Monday.",
    "A crack in the ramp was found by a deckhand who had come to paint it, and who told the engineer.",
    "The company hopes to lend a smaller boat, which carries bicycles and sheep but no lorries.",
    "Islanders said they had bread for a week and, as one of them put it, “opinions for a year”.",
]
MENU = "<center><a href='/'>Home</a> | <a href='/news.htm'>News</a> | <a href='/ferry.htm'>Ferry</a></center>"


@pytest.mark.parametrize(
    "between", ["<br><br>", "<br>\n<br>\n", "</font></div><div><font>", "</font><font>"]
)
def test_a_story_on_a_page_made_by_hand_is_one_without_a_paragraph(between: str) -> None:
    told = f"<table><tr><td><b>Ferry held</b><div><font>{between.join(TOLD)}</font></div></td></tr></table>"
    found = classify(answered(f"<html><body>{MENU}{told}</body></html>", SITE + "ferry3.htm"))
    assert found.kind is SourceKind.ARTICLE, found.reason


def test_a_list_of_stories_on_a_page_made_by_hand_is_a_page_of_links() -> None:
    briefs = "".join(
        f"<b>Ferry news {n}</b><br>{t} <a href='/{n}.htm'>More</a><br><br>"
        for n, t in enumerate(TOLD)
    )
    found = classify(
        answered(f"<html><body>{MENU}<div>{briefs}</div></body></html>", SITE + "news.htm")
    )
    assert found.kind is SourceKind.FRONT
    cards = "".join(f"<div><a href='/{n}.htm'><div>{t}</div></a></div>" for n, t in enumerate(TOLD))
    found = classify(
        answered(f"<html><body>{MENU}<div>{cards}</div></body></html>", SITE + "news.htm")
    )
    assert found.kind is SourceKind.FRONT
