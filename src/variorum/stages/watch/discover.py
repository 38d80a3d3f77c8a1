"""The articles that a source lists."""

from __future__ import annotations

from dataclasses import replace

from variorum.model import Discovered, Fetched, SourceKind
from variorum.stages.watch.classify import charset_of, unusable
from variorum.stages.watch.feeds import read_feed
from variorum.stages.watch.front import read_front
from variorum.stages.watch.links import read_links
from variorum.stages.watch.listing import Listing, Unreadable
from variorum.stages.watch.sitemaps import read_sitemap
from variorum.stages.watch.values import clean_link


def discover(fetched: Fetched, kind: SourceKind) -> Listing:
    """What one look at a source lists. Never raises for what the answer holds: a source that is
    broken gives a ``problem``; an honest feed or sitemap without entries gives none."""
    trouble = unusable(fetched)
    if trouble is not None:
        return Listing(kind, problem=trouble)
    return _with_hub(_listing(fetched, kind), fetched)


def _with_hub(listing: Listing, fetched: Fetched) -> Listing:
    """The WebSub hub that the answer's own headers name goes before one that stands in the list."""
    links = [
        link
        for name, value in fetched.headers
        if name.lower() == "link"
        for link in read_links(value)
    ]

    def first(relation: str) -> str | None:
        named = (clean_link(fetched.final_url, x.uri) for x in links if relation in x.relations)
        return next((url for url in named if url), None)

    hub = first("hub")
    if hub is None:
        return listing
    return replace(listing, hub=hub, topic=first("self") or listing.topic)


def _listing(fetched: Fetched, kind: SourceKind) -> Listing:
    charset = charset_of(fetched)
    try:
        if kind is SourceKind.FEED:
            return read_feed(fetched, charset)
        if kind is SourceKind.SITEMAP:
            return read_sitemap(fetched, charset)
        if kind is SourceKind.FRONT:
            return read_front(fetched, charset)
    except Unreadable as error:
        return Listing(kind, problem=f"no articles in {fetched.url}: {error}")
    url = clean_link(fetched.url, fetched.url)
    return Listing(kind, items=(Discovered(url),) if url else ())
