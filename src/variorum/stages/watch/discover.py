"""The articles that a source lists."""

from __future__ import annotations

from variorum.model import Discovered, Fetched, SourceKind
from variorum.stages.watch.classify import charset_of, unusable
from variorum.stages.watch.feeds import read_feed
from variorum.stages.watch.front import read_front
from variorum.stages.watch.listing import Listing, Unreadable
from variorum.stages.watch.sitemaps import read_sitemap
from variorum.stages.watch.values import clean_link


def discover(fetched: Fetched, kind: SourceKind) -> Listing:
    """What one look at a source lists. Never raises for what the answer holds: a source that is
    broken gives a ``problem``; an honest feed or sitemap without entries gives none."""
    trouble = unusable(fetched)
    if trouble is not None:
        return Listing(kind, problem=trouble)
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
