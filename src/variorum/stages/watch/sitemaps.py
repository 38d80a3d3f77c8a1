"""Sitemaps, news sitemaps and sitemap indexes (sitemaps.org 0.9), plain or gzip, and text ones."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from lxml import etree

from variorum.model import Discovered, Fetched, SourceKind
from variorum.stages.watch.listing import (
    MAX_FOLLOW,
    MAX_ITEMS,
    Listing,
    Unreadable,
    without_repeats,
)
from variorum.stages.watch.values import believable, clean_link, plain, read_date
from variorum.stages.watch.xml import for_parser, read_markup, root_name, unpacked

SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})
_NEVER = datetime.min.replace(tzinfo=UTC)


def read_sitemap(fetched: Fetched, charset: str | None = None) -> Listing:
    """The articles, or for an index the child sitemaps. :class:`Unreadable` when it is neither."""
    text = read_markup(unpacked(fetched.body), charset)
    root = root_name(text)
    if root == "html":
        raise Unreadable("it gives a web page instead of a sitemap: was it moved? See robots.txt")
    if root is None and text.lstrip().startswith(("http://", "https://")):
        return _read_lines(text, fetched)
    if root not in SITEMAP_ROOTS:
        raise Unreadable("it is not a sitemap; check the URL")
    return _read_xml(for_parser(text), fetched)


def _read_xml(body: bytes, fetched: Fetched) -> Listing:
    events = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    found: list[Discovered] = []
    children: list[tuple[datetime, str]] = []
    limits: list[str] = []
    try:
        for _, element in events:
            values = _values(element)
            link = clean_link(fetched.final_url, values.get("loc"))
            if link and element.tag.endswith("sitemap"):
                children.append((read_date(values.get("lastmod")) or _NEVER, link))
            elif link:
                found.append(_item(link, values, fetched.time))
            _let_go(element)
            if len(found) > MAX_ITEMS or len(children) > MAX_ITEMS:
                break
    except etree.XMLSyntaxError as error:
        limits.append(f"malformed XML: read up to line {error.lineno or 0}")
    if limits and not found and not children:
        raise Unreadable("its XML is too damaged to read; the publisher has to repair it")
    items, more = without_repeats(found)
    follow = [link for _, link in sorted(children, key=lambda child: child[0], reverse=True)]
    if len(follow) > MAX_FOLLOW:
        more = (*more, f"only the newest {MAX_FOLLOW:,} of its sitemaps were taken")
    return Listing(
        SourceKind.SITEMAP,
        items=items,
        follow=tuple(dict.fromkeys(follow[:MAX_FOLLOW])),
        limits=(*limits, *more),
    )


def _values(element: Any) -> dict[str, str]:
    """The texts of an entry by local name; the news extension's names stand beside the others."""
    values: dict[str, str] = {}
    for child in element.iterdescendants("*"):
        namespace, _, name = child.tag.rpartition("}")
        if "image" in namespace or "video" in namespace:
            continue
        if child.text and child.text.strip():
            values.setdefault(name.lower(), child.text.strip())
    return values


def _item(link: str, values: dict[str, str], now: datetime) -> Discovered:
    return Discovered(
        link,
        title=plain(values.get("title")),
        published=believable(read_date(values.get("publication_date")), now),
        modified=believable(read_date(values.get("lastmod")), now),
    )


def _let_go(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _read_lines(text: str, fetched: Fetched) -> Listing:
    """A text sitemap: one URL a line."""
    lines = text.split("\n", MAX_ITEMS + 1)[: MAX_ITEMS + 1]
    links = (clean_link("", line) for line in lines)
    items, limits = without_repeats(Discovered(link) for link in links if link)
    return Listing(SourceKind.SITEMAP, items=items, limits=limits)
