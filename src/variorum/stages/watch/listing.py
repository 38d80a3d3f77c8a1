"""What a source's answer lists, and the bounds within which it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from variorum.model import Discovered, SourceKind

# A sitemap holds at most 50,000 URLs by its protocol, an index as many sitemaps; feeds and front
# pages hold far fewer. More are left out, and the listing says so.
MAX_ITEMS = 50_000
MAX_FOLLOW = 5_000
MAX_FEEDS = 20
MAX_TITLE = 500  # characters; longer ones are cut


class Classified(NamedTuple):
    """What a URL gives (None: nothing that can be watched) and why, in one plain line."""

    kind: SourceKind | None
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The articles that one look at a source lists.

    ``follow`` are child sitemaps, newest first; ``feeds`` the feeds that an HTML page names;
    ``problem`` one plain line when the source is broken (not when it is merely empty); ``limits``
    names every bound that was hit; ``hub`` is a WebSub hub with ``topic`` its subject, if named.
    """

    kind: SourceKind
    title: str | None = None
    items: tuple[Discovered, ...] = ()
    follow: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    problem: str | None = None
    limits: tuple[str, ...] = ()
    hub: str | None = None
    topic: str | None = None


class Unreadable(ValueError):  # noqa: N818
    """A list that cannot be read; ``str()`` is one plain line."""


def without_repeats(found: Iterable[Discovered]) -> tuple[tuple[Discovered, ...], tuple[str, ...]]:
    """The items, each URL once and in order of first mention, and the bounds that were hit.

    Identity is the URL: feeds give one GUID to many stories or a story a new GUID at every look. A
    repeat adds what the first mention lacked.
    """
    kept: dict[str, Discovered] = {}
    for item in found:
        known = kept.get(item.url)
        if known is None:
            if len(kept) >= MAX_ITEMS:
                return tuple(kept.values()), (f"only the first {MAX_ITEMS:,} articles were taken",)
            kept[item.url] = item
        else:
            kept[item.url] = Discovered(
                item.url,
                known.title or item.title,
                known.published or item.published,
                known.modified or item.modified,
                known.guid or item.guid,
            )
    return tuple(kept.values()), ()
