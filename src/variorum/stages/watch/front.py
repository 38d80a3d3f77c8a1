"""Front and section pages: which of their links are articles.

Every link is weighed by the shape of its URL, its text, and where it stands; then the URL patterns
of the links that are surely articles carry over to those that were nearly so (a pattern learned
from this very page). JSON-LD lists of the page count as the publisher's own word.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from variorum.model import Discovered, Fetched, SourceKind
from variorum.stages.watch.listing import MAX_FEEDS, MAX_ITEMS, Listing, without_repeats
from variorum.stages.watch.page import bare_links, html_text, parse
from variorum.stages.watch.shapes import Shape, same_site, shape
from variorum.stages.watch.values import clean_link, plain

# Points needed. Calibrated on the invented front pages of the tests and on real section pages'
# link shapes: a dated slug with a headline has 8 or more, a section link in a heading 2.
ACCEPTED = 5
NEARLY = 3
LEARNED_FROM = 3  # articles of one pattern before it carries over
LOOKED_UP = 12  # ancestors of a link that are looked at
MAX_LINKS = 20_000
FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_FRAME = frozenset({"nav", "header", "footer", "aside", "form", "dialog", "menu"})
_FRAME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|footer|breadcrumbs?|social|share|sharing"
    r"|pagination|pager|login|cookie|consent|masthead|skip|tags?|topics|sitemap|promo|ad|ads"
    r"|advert|sponsored)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class _Link:
    """One target of the page: the best of all the links to it."""

    url: str
    shape: Shape
    title: str = ""
    text: int = 0
    place: int = -9
    listed: bool = False

    @property
    def score(self) -> int:
        if self.shape.furniture:
            return 0
        return self.shape.score + self.text + self.place + (4 if self.listed else 0)


def read_front(fetched: Fetched, charset: str | None = None) -> Listing:
    """The articles that a front or section page links to, in the order of the page."""
    tree = parse(html_text(fetched.body, charset).encode("utf-8", "replace"))
    if tree is None:
        return _read_bare(fetched)
    base = _base(tree, fetched.final_url)
    links = _weigh(tree, base, fetched.final_url)
    items, limits = without_repeats(_accepted(links))
    heading = tree.css_first("title")
    return Listing(
        SourceKind.FRONT,
        title=plain(heading.text()) if heading else None,
        items=items,
        feeds=feeds_of(tree, base),
        problem=None if items else _nothing(tree, fetched.final_url),
        limits=limits,
    )


def feeds_of(tree: LexborHTMLParser, base: str) -> tuple[str, ...]:
    """The feeds that a page names in ``<link rel="alternate">``."""
    found: dict[str, None] = {}
    for node in tree.css("link[rel][type][href]")[:500]:
        given = node.attributes
        kind = (given.get("type") or "").split(";")[0].strip().lower()
        if kind in FEED_TYPES and "alternate" in (given.get("rel") or "").lower().split():
            url = clean_link(base, given.get("href"))
            if url and "/comments/" not in url:
                found.setdefault(url)
    return tuple(found)[:MAX_FEEDS]


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (clean_link(url, node.attributes.get("href")) if node else None) or url


def _weigh(tree: LexborHTMLParser, base: str, page: str) -> list[_Link]:
    links: dict[str, _Link] = {}
    own = clean_link(page, page)
    for node in tree.css("a[href]")[:MAX_LINKS]:
        url = clean_link(base, node.attributes.get("href"))
        if url is None or url == own or not same_site(url, page):
            continue
        link = links.get(url)
        if link is None:
            link = links[url] = _Link(url, shape(url))
        if link.shape.furniture:
            continue
        _take(link, node)
    for url in _listed(tree, base):
        if same_site(url, page) and url != own:
            links.setdefault(url, _Link(url, shape(url), place=0)).listed = True
    return list(links.values())


def _take(link: _Link, node: LexborNode) -> None:
    """Adds what one link to the target says: the longest text, the best place."""
    title = _title(node)
    weight = _text_weight(title)
    if (weight, len(title)) > (link.text, len(link.title)) or not link.title:
        link.title, link.text = title, weight
    link.place = max(link.place, _place(node))


def _title(node: LexborNode) -> str:
    heading = node.css_first("h1, h2, h3, h4, h5, h6")
    text = plain((heading or node).text(separator=" ")) or ""
    if text:
        return text
    picture = node.css_first("img[alt]")
    given = picture.attributes.get("alt") if picture else node.attributes.get("aria-label")
    return plain(given) or ""


def _text_weight(text: str) -> int:
    """0 to 3: how much a link's text is a headline. Scripts without spaces go by characters."""
    words = len(text.split())
    if not text.isascii():
        words = max(words, sum(1 for c in text if c > "\u2e80") // 3)
    return 0 if words < 3 else 1 if words < 4 else 2 if words < 7 else 3


def _place(node: LexborNode) -> int:
    """-4 to 3: where a link stands; the first frame or heading above it decides."""
    points, current, steps = 0, node.parent, 0
    if node.css_first("h1, h2, h3, h4, h5, h6") is not None:
        points = 2
    while current is not None and steps < LOOKED_UP:
        tag = (current.tag or "").lower()
        if tag in ("body", "html"):
            break
        if tag in _HEADINGS:
            points = max(points, 2)
        elif tag in ("article", "main"):
            return points + 1
        elif tag in _FRAME and not (tag == "header" and points):
            return -4
        elif points < 2 and _named_as_frame(current):
            return -3
        current, steps = current.parent, steps + 1
    return points


def _named_as_frame(node: LexborNode) -> bool:
    given = node.attributes
    if (given.get("role") or "") in ("navigation", "contentinfo", "banner", "search"):
        return True
    names = f"{given.get('class') or ''} {given.get('id') or ''}"[:300]
    return bool(_FRAME_NAMES.search(names))


def _accepted(links: list[_Link]) -> Iterator[Discovered]:
    sure = Counter(link.shape.pattern for link in links if link.score >= ACCEPTED)
    for link in links:
        learned = link.score >= NEARLY and sure[link.shape.pattern] >= LEARNED_FROM
        if link.score >= ACCEPTED or (learned and link.place >= 0):
            yield Discovered(link.url, title=link.title or None)


def _listed(tree: LexborHTMLParser, base: str) -> Iterator[str]:
    """The URLs of the page's JSON-LD lists, menus and breadcrumbs left out."""
    for thing in structured(tree):
        kinds = _kinds(thing)
        if "ItemList" not in kinds or kinds & {"BreadcrumbList", "SiteNavigationElement"}:
            continue
        entries = thing.get("itemListElement")
        for entry in (entries if isinstance(entries, list) else [entries])[:MAX_ITEMS]:
            if not isinstance(entry, dict) or "SiteNavigationElement" in _kinds(entry):
                continue
            inner = entry.get("item")
            given = entry.get("url") or (inner.get("url") if isinstance(inner, dict) else inner)
            if isinstance(given, str) and (url := clean_link(base, given)):
                yield url


def structured(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD, at most 5,000, breadth first; broken blocks are left
    out."""
    seen = 0
    for node in tree.css('script[type="application/ld+json"]')[:50]:
        text = node.text()
        if len(text) > 2_000_000:
            continue
        try:
            todo = [json.loads(text, strict=False)]
        except (ValueError, RecursionError):
            continue
        for thing in todo:
            if seen > 5_000:
                return
            if isinstance(thing, list):
                todo += thing[:5_000]
            elif isinstance(thing, dict):
                seen += 1
                yield thing
                todo += [v for v in thing.values() if isinstance(v, (dict, list))]


def _kinds(thing: dict[str, Any]) -> set[str]:
    given = thing.get("@type")
    return {str(kind) for kind in (given if isinstance(given, list) else [given])}


def _nothing(tree: LexborHTMLParser, url: str) -> str:
    links = len(tree.css("a[href]"))
    if links < 5 and tree.css_first("script[src]") is not None:
        return (
            f"no articles in {url}: its list is built by scripts; "
            "watch the site's feed or sitemap instead"
        )
    return f"no articles in {url}: was it redesigned? Watch its feed or sitemap instead"


def _read_bare(fetched: Fetched) -> Listing:
    """A page too deep or large to parse: links by the shape of their URLs alone."""
    base = fetched.final_url
    urls = (clean_link(base, href) for href in bare_links(fetched.body))
    found = (
        Discovered(url) for url in urls if url and same_site(url, base) and shape(url).score >= 3
    )
    items, limits = without_repeats(found)
    problem = None if items else f"no articles in {base}: the page is too large or too deep to read"
    said = ("too large or too deep to parse: links read by their URLs alone", *limits)
    return Listing(SourceKind.FRONT, items=items, problem=problem, limits=said)
