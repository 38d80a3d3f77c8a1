"""One look at a source: its list fetched and read, child sitemaps followed."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.model import Discovered, Fetched, Source, SourceKind
from variorum.stages.fetch import PoliteFetcher
from variorum.stages.watch import classify, discover

# An index may name thousands of monthly sitemaps; news stands in the newest few.
_MOST_CHILDREN = 20
_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Looked:
    """What a source gave. ``problem`` is one plain line when something is wrong with it."""

    kind: SourceKind
    items: tuple[Discovered, ...] = ()
    title: str | None = None
    problem: str | None = None
    unmodified: bool = False
    etag: str | None = None
    last_modified: str | None = None
    #: the WebSub hub that the list names, and what it is called there
    hub: str | None = None
    topic: str | None = None
    #: every child list that it names, also those that an ordinary look leaves out
    follow: tuple[str, ...] = ()


async def look_at_source(fetcher: PoliteFetcher, source: Source) -> Looked:
    """Fetch and read a source's list. An article given as a source lists itself."""
    if source.kind is SourceKind.ARTICLE:
        return Looked(source.kind, (Discovered(source.url),))
    fetched = await fetcher.get(source.url, etag=source.etag, last_modified=source.last_modified)
    if fetched.status == 304:
        return Looked(source.kind, unmodified=True)
    trouble = trouble_of(fetched)
    if trouble:
        return Looked(source.kind, problem=trouble)
    listing = discover(fetched, source.kind)
    items = list(listing.items)
    problem = listing.problem
    if listing.follow:
        more, failed = await _children(fetcher, listing.follow, _DEPTH)
        items += more
        problem = problem or failed
    return Looked(
        source.kind,
        tuple(items),
        listing.title,
        problem,
        etag=fetched.header("etag"),
        last_modified=fetched.header("last-modified"),
        hub=listing.hub,
        topic=listing.topic or fetched.final_url,
        follow=listing.follow,
    )


async def recognise(fetcher: PoliteFetcher, url: str) -> tuple[SourceKind | None, str, Fetched]:
    """What a URL is (None: nothing that can be watched), why, and what came back."""
    fetched = await fetcher.get(url)
    trouble = trouble_of(fetched)
    if trouble:
        return None, trouble, fetched
    kind, reason = classify(fetched)
    return kind, reason, fetched


async def _children(
    fetcher: PoliteFetcher, urls: tuple[str, ...], depth: int
) -> tuple[list[Discovered], str | None]:
    items: list[Discovered] = []
    problem = None
    for url in urls[:_MOST_CHILDREN]:
        fetched = await fetcher.get(url)
        trouble = trouble_of(fetched)
        if trouble:
            problem = problem or f"{url}: {trouble}"
            continue
        listing = discover(fetched, SourceKind.SITEMAP)
        items += listing.items
        problem = problem or (f"{url}: {listing.problem}" if listing.problem else None)
        if listing.follow and depth > 1:
            more, failed = await _children(fetcher, listing.follow, depth - 1)
            items += more
            problem = problem or failed
    return items, problem


def trouble_of(fetched: Fetched) -> str | None:
    """Why an answer cannot be read as a list, in one plain line."""
    if fetched.error:
        return fetched.error
    status = fetched.status or 0
    if status in (404, 410):
        return f"the list is gone ({status}): look for its new address on the site"
    if status in (401, 403, 407, 429, 451):
        return f"the site refuses ({status}): ask the publisher, or leave it out"
    if not 200 <= status < 300:
        return f"the server answered {status}; it will be tried again"
    return None
