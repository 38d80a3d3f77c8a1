"""Feeds and sitemaps, honest and otherwise."""

from __future__ import annotations

import gzip
import json
import resource
import time
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from watch_answers import NOW, SITE, answered, item, rss

from variorum.model import Discovered, Fetched, SourceKind
from variorum.stages.watch import Listing, classify, discover

FEED, SITEMAP = SourceKind.FEED, SourceKind.SITEMAP


def feed(body: str | bytes, url: str = SITE + "feed", **headers: str) -> Listing:
    return discover(answered(body, url, **headers), FEED)


def urls(listing: Listing) -> list[str]:
    return [found.url.removeprefix(SITE) for found in listing.items]


def sitemap(body: str | bytes) -> Listing:
    return discover(answered(body, SITE + "sitemap.xml"), SITEMAP)


def test_rss_gives_its_stories_with_titles_dates_and_identities() -> None:
    more = "<guid isPermaLink='false'>a1</guid><pubDate>Tue, 11 Mar 2025 07:00:00 +0100</pubDate>"
    listing = feed(rss(item("news/a", "Bridge &amp; tunnel closed", more)))
    assert listing.title == "The Courier"
    assert listing.problem is None
    published = datetime(2025, 3, 11, 6, 0, tzinfo=UTC)
    assert listing.items == (
        Discovered(f"{SITE}news/a", "Bridge & tunnel closed", published, None, "a1"),
    )


def test_atom_resolves_links_by_xml_base_and_reads_both_dates() -> None:
    listing = feed(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://courier.example/north/">'
        "<title>Courier</title><link rel='self' href='/atom.xml'/><link rel='hub' href='https://hub.example/'/>"
        "<entry xml:base='today/'><id>tag:1</id><title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>"
        "Tide <em>turns</em></div></title><link rel='edit' href='/edit/1'/><link href='tide'/>"
        "<published>2025-03-11T06:00:00Z</published><updated>2025-03-11T08:15:00.25+01:00</updated></entry></feed>"
    )
    (found,) = listing.items
    assert found.url == "https://courier.example/north/today/tide"
    assert found.title == "Tide turns"
    assert found.published == datetime(2025, 3, 11, 6, 0, tzinfo=UTC)
    assert found.modified == datetime(2025, 3, 11, 7, 15, tzinfo=UTC)
    assert (listing.hub, listing.topic) == (
        "https://hub.example/",
        "https://courier.example/atom.xml",
    )


def test_rss_1_as_rdf_is_a_feed() -> None:
    listing = feed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>C</title></channel>'
        f"<item><title>A</title><link>{SITE}a</link><dc:date>2025-03-11</dc:date></item></rdf:RDF>"
    )
    assert urls(listing) == ["a"]
    assert listing.items[0].published == datetime(2025, 3, 11, tzinfo=UTC)


def test_json_feed_gives_its_stories() -> None:
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Courier",
        "items": [
            {"id": "1", "url": "/a", "title": "A", "date_modified": "2025-03-11T06:00:00Z"},
            {"id": f"{SITE}b"}, {"id": 7}, "nonsense", {"url": "javascript:alert(1)"},
        ],
    }  # fmt: skip
    listing = feed("\ufeff" + json.dumps(data), content_type="text/plain")
    assert urls(listing) == ["a", "b"]


@pytest.mark.parametrize("body", ['{"version": ', '{"items": []}', '{"version": 1}', "[" * 100_000])
def test_json_that_is_no_feed_is_a_problem(body: str) -> None:
    listing = feed(body)
    assert listing.problem is not None and "\n" not in listing.problem


def test_a_web_page_under_a_feeds_name_is_a_failure_not_an_empty_feed() -> None:
    listing = feed("<!doctype html><html><body><p>Feeds are gone.</p></body></html>")
    assert listing.items == ()
    assert listing.problem is not None
    assert "web page instead of a feed" in listing.problem


def test_an_empty_feed_is_just_empty() -> None:
    for body in (rss(), '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>'):
        assert feed(body) == Listing(FEED, title="The Courier" if "rss" in body else "x")
    assert sitemap('<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>').problem is None


@pytest.mark.parametrize(
    "body", [b"", b"   ", b"\x00\x01\x02", b"plain words", b"<rss", b"<rss><channel><item>",
             b"<opml><body/></opml>", b"\x1f\x8b\x08broken", b"<?xml version='1.0'?>",
             b"<feed><entry>"],
)  # fmt: skip
@pytest.mark.parametrize("kind", [FEED, SITEMAP])
def test_what_cannot_be_read_is_one_plain_line(body: bytes, kind: SourceKind) -> None:
    listing = discover(answered(body), kind)
    assert listing.items == ()
    if listing.problem is not None:
        assert "\n" not in listing.problem and len(listing.problem) < 300
    else:
        assert body.startswith((b"<rss", b"<feed"))


def test_a_feed_whose_entries_lead_nowhere_is_a_problem() -> None:
    listing = feed(rss("<title>A</title>", "<title>B</title><link>javascript:alert(1)</link>"))
    assert listing.problem is not None and "none of its 2 entries" in listing.problem


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\nscript:alert(1)",
             "data:text/html,x",
             "file:///etc/passwd", "mailto:a@b.example", "ftp://courier.example/", "http://",
             "http://user:pw@courier.example/", "http://[::1", "x" * 5000, ""],
)  # fmt: skip
def test_links_that_are_no_web_addresses_are_left_out(link: str) -> None:
    listing = feed(rss(f"<title>Win</title><link>{link}</link>", item("good")))
    assert urls(listing) == ["good"]


def test_titles_are_plain_text() -> None:
    hostile = [
        ("&lt;script&gt;alert(1)&lt;/script&gt;Bridge", "Bridge"),
        ("<![CDATA[<b>Bridge</b> &amp; <i onclick='x()'>tunnel</i>]]>", "Bridge & tunnel"),
        ("Five &lt; six, says professor", "Five < six, says professor"),
        ("Bridge\u202eegdirB\u200b  \n closed", "BridgeegdirB closed"),
        ("x" * 5000, "x" * 500),
        ("&amp;pound;5m found", "£5m found"),
        ("Caf&eacute;&nbsp;&copy; & R&D", "Café © & R&D"),
    ]
    for given_, expected in hostile:
        assert feed(rss(item("a", given_))).items[0].title == expected


def test_dates_that_cannot_be_are_clamped_for_order() -> None:
    dates = ["Fri, 31 Dec 9999 23:59:59 GMT", "0001-01-01T00:00:00Z", "yesterday", "2025-13-45", ""]
    found = feed(rss(*(item(str(n), more=f"<pubDate>{d}</pubDate>") for n, d in enumerate(dates))))
    assert [i.published for i in found.items] == [NOW, None, None, None, None]


def test_zones_by_name_are_understood() -> None:
    for text, hour in (
        ("10:00:00 CEST", 8),
        ("10:00:00 BST", 9),
        ("10:00:00 EST", 15),
        ("10:00", 10),
    ):
        found = feed(rss(item("a", more=f"<pubDate>Tue, 11 Jun 2024 {text}</pubDate>")))
        assert found.items[0].published == datetime(2024, 6, 11, hour, tzinfo=UTC)


def test_one_guid_for_all_stories_loses_none_and_a_story_listed_twice_is_one() -> None:
    same = "<guid>post</guid>"
    listing = feed(rss(item("a", more=same), item("b", more=same), item("a", "Again", more=same)))
    assert urls(listing) == ["a", "b"]


def test_parameters_of_campaigns_are_taken_off_and_others_kept() -> None:
    links = [
        "a?utm_source=rss&amp;utm_medium=feed",
        "a?id=7&amp;utm_campaign=x#top",
        "b?p=1&amp;q=%20",
    ]
    assert urls(feed(rss(*(item(link) for link in links)))) == ["a", "a?id=7", "b?p=1&q=%20"]


def test_a_feed_with_bare_ampersands_and_unclosed_markup_keeps_every_story() -> None:
    items = "".join(
        f"<item><title>Fish & chips {n}</title><description>Tom & <br>Jerry</description>"
        f"<link>/story/{n}?a=1&b=2</link></item>"
        for n in range(50)
    )
    body = f'\n<rss version="2.0"><channel><title>A & B</title>{items}</channel>'
    listing = feed(body)
    assert urls(listing) == [f"story/{n}?a=1&b=2" for n in range(50)]
    assert listing.limits


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [("utf-8", None, None), ("utf-16", "utf-16", None), ("iso-8859-1", "iso-8859-1", None),
     ("windows-1252", None, None), ("windows-1252", None, "windows-1252"),
     ("utf-8-sig", None, None), ("utf-16-le", None, None), ("koi8-r", "koi8-r", None),
     ("utf-8", "no-such-charset", None)],
)  # fmt: skip
def test_charsets_are_found_out(encoding: str, declared: str | None, header: str | None) -> None:
    title = "Привет" if encoding == "koi8-r" else "Café à 5"
    said = f' encoding="{declared}"' if declared else ""
    body = rss(item("a", title)).replace('<?xml version="1.0"?>', f'<?xml version="1.0"{said}?>')
    headers = {"content_type": f"text/xml; charset={header}"} if header else {}
    assert feed(body.encode(encoding), **headers).items[0].title == title


ENTITY_BOMBS = [
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    + "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 9 if n else "&b;" * 9}">' for n in range(12))
    + "]><rss><channel><title>&b11;</title></channel></rss>",
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title>'
    f"<item><title>&x;</title><link>{SITE}a</link></item></channel></rss>",
    '<!DOCTYPE rss [<!ENTITY % d SYSTEM "http://127.0.0.1:9/x.dtd"> %d;]><rss/>',
    '<!-- <rss> --><!doctype rss [<!entity a "' + "x" * 100_000 + '">]><rss><channel><title>'
    + "&a;" * 10_000 + "</title></channel></rss>",
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(ENTITY_BOMBS)))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("kind", [FEED, SITEMAP])
def test_entities_are_refused_in_every_encoding(
    number: int, encoding: str, kind: SourceKind
) -> None:
    body = (
        ENTITY_BOMBS[number].replace("rss", "urlset") if kind is SITEMAP else ENTITY_BOMBS[number]
    )
    started = time.process_time()
    listing = discover(answered(body.encode(encoding)), kind)
    assert listing.problem is not None and "entities" in listing.problem
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "body",
    [
        "<rss><channel>" + "<item>" * 200_000,
        "<rss><channel>" + "<item><title>" * 100_000,
        "<rss><channel><item><title>" + "<b>" * 300_000 + "</title></item></channel></rss>",
        "<rss>" + "<x>" * 300_000,
        "<rss><channel><item><title>" + "&" * 2_000_000,
        "<rss><channel><item><title>" + "<" * 2_000_000,
        "<rss " + "a='b' " * 300_000 + "><channel/></rss>",
        "<!--" * 500_000,
        "<?" * 1_000_000,
        "<rss><channel>" + "<item><link>http://" * 100_000,
        rss("<title>" + "<script>" * 200_000 + "</title><link>https://courier.example/a</link>"),
        rss(item("a", "<![CDATA[" + "<" * 2_000_000 + "]]>")),
        rss(item("a", more="<guid>" + "9" * 2_000_000 + "</guid>")),
        " " * 3_000_000 + "<rss/>",
        "<feed>" + "<entry xml:base='a/'>" * 100_000,
    ],
    ids=range(15),
)
def test_two_megabytes_of_malice_take_little_time(body: str) -> None:
    fetched = answered(body)
    for kind in (FEED, SITEMAP):
        started = time.process_time()
        discover(fetched, kind)
        classify(fetched)
        assert time.process_time() - started < 12


def test_a_huge_list_is_cut_and_says_so() -> None:
    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    listing = feed(rss(*(item(f"s/{n}") for n in range(60_000))))
    assert len(listing.items) == 50_000
    assert "50,000" in listing.limits[0]
    urlset = "".join(f"<url><loc>{SITE}s/{n}</loc></url>" for n in range(120_000))
    listing = sitemap(f"<urlset>{urlset}</urlset>")
    assert len(listing.items) == 50_000
    assert "50,000" in listing.limits[0]
    assert time.process_time() - started < 30
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10 < 150


def test_a_news_sitemap_gives_titles_and_times() -> None:
    listing = sitemap(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
        f"<url><image:image><image:loc>{SITE}p.jpg</image:loc><image:title>Pic</image:title></image:image>"
        f"<loc> {SITE}a </loc><lastmod>2025-03-11</lastmod><news:news>"
        "<news:publication_date>2025-03-10T12:00:00+02:00</news:publication_date>"
        "<news:title>Bridge &amp; tunnel</news:title></news:news></url></urlset>"
    )
    (found,) = listing.items
    assert (found.url, found.title) == (f"{SITE}a", "Bridge & tunnel")
    assert found.published == datetime(2025, 3, 10, 10, tzinfo=UTC)
    assert found.modified == datetime(2025, 3, 11, tzinfo=UTC)


def test_an_index_gives_its_sitemaps_newest_first() -> None:
    body = "<sitemapindex>" + "".join(
        f"<sitemap><loc>{SITE}{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (("old", "2024-01-01"), ("new", "2025-03-01"), ("mid", "2024-06-01"))
    )
    listing = sitemap(body + f"<sitemap><loc>{SITE}undated.xml</loc></sitemap></sitemapindex>")
    names = [url.removeprefix(SITE) for url in listing.follow]
    assert names == ["new.xml", "mid.xml", "old.xml", "undated.xml"]
    assert listing.items == () and listing.problem is None


def test_sitemaps_come_as_gzip_and_as_plain_text_too() -> None:
    body = f"<urlset><url><loc>{SITE}a</loc></url></urlset>".encode()
    assert urls(sitemap(gzip.compress(body))) == ["a"]
    assert urls(sitemap(f"{SITE}a\n{SITE}b\nnonsense\n")) == ["a", "b"]


def test_a_gzip_bomb_of_a_sitemap_does_not_unfold() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    listing = sitemap(gzip.compress(b"<urlset>" + bytes(200 << 20), 1))
    assert listing.problem is not None and "larger than 52 MB" in listing.problem
    # The 200 MB that this test packs are not counted: the peak may not grow beyond them.
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10 < 550


def test_a_source_that_failed_says_how() -> None:
    for status, says in ((404, "gone"), (403, "refuses"), (500, "failed"), (301, "301")):
        problem = discover(answered("x", status=status), FEED).problem
        assert problem is not None and says in problem


FEEDS = [
    rss(item("a", more="<pubDate>Tue, 11 Mar 2025 07:00:00 GMT</pubDate>"), item("b", "Ünder")),
    rss("<guid>https://courier.example/only-guid</guid><title>G</title>"),
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><link href="https://courier.example/x"/>'
    "<updated>2025-03-11T06:00:00+02:00</updated><id>tag:x</id></entry></feed>",
    rss(item("c", "<![CDATA[Tom & Jerry]]>"), channel="<title>Two &amp; two</title>"),
]


@pytest.mark.parametrize("body", FEEDS)
def test_on_well_formed_feeds_the_reader_agrees_with_feedparser(body: str) -> None:
    listing, parsed = feed(body), feedparser.parse(body.encode())
    assert [i.url for i in listing.items] == [entry.link for entry in parsed.entries]
    assert [i.title for i in listing.items] == [entry.title for entry in parsed.entries]
    assert (listing.title or "") == parsed.feed.get("title", "")
    for ours, theirs in zip(listing.items, parsed.entries, strict=True):
        stamp = theirs.get("published_parsed") or theirs.get("updated_parsed")
        time_ = ours.published or ours.modified
        assert (time_.timetuple()[:6] if time_ else None) == (tuple(stamp[:6]) if stamp else None)


@given(st.binary(max_size=300), st.sampled_from(list(SourceKind)))
def test_any_bytes_at_all_give_a_listing(body: bytes, kind: SourceKind) -> None:
    for whole in (body, b"<rss><channel><item>" + body, b"<urlset><url><loc>" + body, b"{" + body):
        fetched: Fetched = answered(whole)
        listing = discover(fetched, kind)
        assert all(i.url.startswith(("http://", "https://")) for i in listing.items)
        assert classify(fetched).reason


@given(st.lists(st.text(max_size=30), max_size=8))
def test_titles_never_carry_markup_or_lines(titles: list[str]) -> None:
    data = {"version": "https://jsonfeed.org/version/1", "items": []}
    data["items"] = [{"url": f"/{n}", "title": t} for n, t in enumerate(titles)]
    for found in feed(json.dumps(data)).items:
        assert found.title is None or (
            "\n" not in found.title and found.title == found.title.strip() and found.title
        )
