"""The lists an outlet keeps of its stories: feeds, sitemaps, robots.txt."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from variorum.newspaper.outlets import Outlet

NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
CRAWL_DELAY = 0.02  # seconds; a dozen stories in as many rounds cost under five seconds


@dataclass(frozen=True, slots=True)
class Entry:
    """A story as lists mention it; ``url`` is absolute."""

    url: str
    headline: str
    summary: str
    byline: tuple[str, ...]
    section: str
    published: datetime
    modified: datetime


def local(url: str) -> str:
    """A URL without its scheme and host, as pages and careless feeds link."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


Maker = Callable[[Outlet, str, Sequence[Entry]], str]


def rss(outlet: Outlet, base: str, entries: Sequence[Entry]) -> str:
    """RSS 2.0. The tabloid's links carry campaign parameters."""
    tail = "?utm_source=rss&utm_medium=feed" if outlet.key == "flash" else ""
    items = "".join(
        f"<item><title>{escape(e.headline)}</title><link>{escape(e.url + tail)}</link>"
        f"<description>{escape(e.summary)}</description>"
        f'<guid isPermaLink="false">{escape(e.url.rsplit("/", 1)[-1])}</guid>'
        f"<dc:creator>{escape(', '.join(e.byline))}</dc:creator>"
        f"<category>{escape(e.section)}</category>"
        f"<pubDate>{format_datetime(e.published)}</pubDate></item>\n"
        for e in entries
    )
    return (
        f'<?xml version="1.0" encoding="{outlet.encoding}"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(outlet.name)}</title><link>{base}/</link>"
        f"<description>{escape(outlet.tagline)}</description>"
        f"<language>{outlet.language}</language>\n{items}</channel></rss>\n"
    )


def broken_rss(outlet: Outlet, base: str, entries: Sequence[Entry]) -> str:
    """RSS as bad as it gets while a reader can still find every story in it.

    Bare ampersands, unclosed HTML, relative links, one GUID for all, dates of the year 9999, and
    three items that lead nowhere good.
    """
    items = "".join(
        f"<item><title><![CDATA[{e.headline}]]></title>\n<link>{escape(local(e.url))}</link>"
        f"<description>{escape(e.summary)} & more<br></description><guid>post</guid>"
        f"<pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate></item>\n"
        for e in entries
    )
    return (
        f'\n<rss version="2.0"><channel><title>{outlet.name} & friends</title>'
        f"<link>{base}/</link>\n{items}"
        "<item><title>Win</title><link>javascript:alert(document.cookie)</link></item>\n"
        "<item><title>Win more</title><link>data:text/html,hello</link></item>\n"
        "<item><title>No link at all</title></item></channel>\n"
    )


def no_rss(outlet: Outlet, base: str, entries: Sequence[Entry]) -> str:
    """A web page under a feed's name and media type."""
    return (
        f"<!doctype html><html><body><h1>{outlet.name}</h1><p>Feeds are so 2005.</p></body></html>"
    )


def atom(outlet: Outlet, base: str, entries: Sequence[Entry]) -> str:
    """Atom 1.0 with relative links resolved by xml:base."""
    items = "".join(
        f"<entry><id>tag:{outlet.key},2025:{escape(e.url.rsplit('/', 1)[-1])}</id>"
        f"<title>{escape(e.headline)}</title><link href={quoteattr(local(e.url))}/>"
        f"<published>{e.published.isoformat()}</published>"
        f"<updated>{e.modified.isoformat()}</updated>"
        f"<author><name>{escape(', '.join(e.byline) or outlet.name)}</name></author>"
        f"<summary>{escape(e.summary)}</summary></entry>\n"
        for e in entries
    )
    newest = max((e.modified for e in entries), default=None)
    updated = f"<updated>{newest.isoformat()}</updated>" if newest else ""
    return (
        f'<?xml version="1.0" encoding="{outlet.encoding}"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{base}/" '
        f'xml:lang="{outlet.language}">'
        f"<id>tag:{outlet.key},2025:feed</id><title>{escape(outlet.name)}</title>{updated}\n"
        f"{items}</feed>\n"
    )


def json_feed(outlet: Outlet, base: str, entries: Sequence[Entry]) -> str:
    """JSON Feed 1.1."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{base}/",
        "feed_url": f"{base}/feed.json",
        "language": outlet.language,
        "items": [
            {
                "id": e.url,
                "url": e.url,
                "title": e.headline,
                "summary": e.summary,
                "date_published": e.published.isoformat(),
                "date_modified": e.modified.isoformat(),
                "authors": [{"name": name} for name in e.byline],
                "tags": [e.section],
            }
            for e in entries
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def sitemap(outlet: Outlet, base: str, entries: Sequence[Entry]) -> str:
    urls = "".join(
        f"<url><loc>{escape(e.url)}</loc><lastmod>{e.modified.isoformat()}</lastmod></url>\n"
        for e in entries
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}">{urls}</urlset>\n'


def news_sitemap(outlet: Outlet, base: str, entries: Sequence[Entry]) -> str:
    urls = "".join(
        f"<url><loc>{escape(e.url)}</loc><news:news><news:publication>"
        f"<news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{outlet.language}</news:language></news:publication>"
        f"<news:publication_date>{e.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(e.headline)}</news:title></news:news></url>\n"
        for e in entries
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}" '
        f'xmlns:news="{NEWS}">{urls}</urlset>\n'
    )


def sitemap_index(outlet: Outlet, base: str, entries: Sequence[Entry]) -> str:
    """An index of the outlet's sitemaps."""
    names = [n for n in outlet.lists if "sitemap-" in n or "news-sitemap" in n]
    maps = "".join(f"<sitemap><loc>{base}{name}</loc></sitemap>" for name in names)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{SITEMAP}">{maps}'
        "</sitemapindex>\n"
    )


def robots(outlet: Outlet, base: str) -> str:
    lines = ["User-agent: *", f"Crawl-delay: {CRAWL_DELAY}"]
    lines += [f"Disallow: {path}" for path in outlet.disallow]
    lines += [f"Sitemap: {base}{name}" for name in outlet.lists if "sitemap" in name]
    return "\n".join(["# Be kind: there are people behind this server.", *lines, ""])


#: path -> (what makes it, media type)
LISTS: Mapping[str, tuple[Maker, str]] = {
    "/rss.xml": (rss, "application/rss+xml"),
    "/feeds/all.rss": (rss, "text/xml"),
    "/feed.xml": (broken_rss, "text/xml"),
    "/rss": (no_rss, "application/rss+xml"),
    "/atom.xml": (atom, "application/atom+xml"),
    "/feed.json": (json_feed, "application/feed+json"),
    "/sitemap.xml": (sitemap_index, "application/xml"),
    "/sitemap-stories.xml": (sitemap, "application/xml"),
    "/sitemap-stories.xml.gz": (sitemap, "application/gzip"),
    "/news-sitemap.xml": (news_sitemap, "application/xml"),
}
