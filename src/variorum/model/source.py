"""Publishers and their stories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from variorum.model.times import iso


class SourceKind(StrEnum):
    """What a source's URL gives: a list of articles in some form, or one article."""

    FEED = "feed"  # RSS, Atom, JSON Feed
    SITEMAP = "sitemap"  # sitemap, news sitemap, sitemap index
    FRONT = "front"  # an HTML page of links
    ARTICLE = "article"  # one story
    IMPORT = "import"  # a file somebody brought


class Rendering(StrEnum):
    """What a browser is asked for, where a source's pages are put together by scripts."""

    PAGE = "page"  # the page as it builds it
    SCREENSHOTS = "screenshots"  # and a picture of each new version


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher's list of articles that is looked at again and again.

    ``health`` is one plain line: "ok", or what is wrong and what to do.
    """

    id: int
    url: str
    kind: SourceKind
    title: str | None = None
    paused: bool = False
    health: str = "not looked at yet"
    added: datetime | None = None
    checked: datetime | None = None
    failures: int = 0
    etag: str | None = None
    last_modified: str | None = None
    articles: int = 0
    #: seconds between two looks, where somebody chose them
    every: int | None = None
    #: None: pages are read as the server sends them
    render: Rendering | None = None
    #: which of the listed articles somebody wants (fields of ``stages.watch.Filter``); None: all
    wanted: Mapping[str, Any] | None = None
    #: looks an hour at its articles, where somebody bounded them
    looks: int | None = None
    #: how far everything that it lists is read (see ``pipeline.baseline``); None: not wanted
    walk: Mapping[str, Any] | None = None
    #: whether its host is read though its certificate cannot be trusted
    untrusted: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "url": self.url,
            "kind": str(self.kind),
            "title": self.title,
            "paused": self.paused,
            "health": self.health,
            "added": iso(self.added) if self.added else None,
            "checked": iso(self.checked) if self.checked else None,
            "failures": self.failures,
            "articles": self.articles,
            "every": self.every,
            "render": str(self.render) if self.render else None,
            "wanted": dict(self.wanted) if self.wanted else None,
            "looks": self.looks,
            "untrusted_tls": self.untrusted,
            "everything": None if self.walk is None else _walked(self.walk),
        }


def _walked(walk: Mapping[str, Any]) -> dict[str, int | None]:
    waiting = walk.get("waiting")
    counts = {name: int(walk.get(name, 0)) for name in ("read", "failed", "found")}
    return {"waiting": None if waiting is None else len(waiting), **counts}


@dataclass(frozen=True, slots=True)
class Discovered:
    """An article URL that a source listed, with what the listing said of it."""

    url: str
    title: str | None = None
    published: datetime | None = None
    modified: datetime | None = None
    guid: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One story at one publisher (*work*; Memento URI-R); it owns its URL aliases.

    ``state``: watching | gone | moved | paused | imported. ``next_check`` is None when nobody will
    look again; ``next_reason`` says why it is when it is.
    """

    id: int
    url: str
    source: int | None
    aliases: tuple[str, ...] = ()
    headline: str | None = None
    state: str = "watching"
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    last_checked: datetime | None = None
    next_check: datetime | None = None
    next_reason: str = ""
    versions: int = 0
    captures: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "url": self.url,
            "aliases": list(self.aliases),
            "source": self.source,
            "headline": self.headline,
            "state": self.state,
            "first_seen": iso(self.first_seen) if self.first_seen else None,
            "last_seen": iso(self.last_seen) if self.last_seen else None,
            "last_checked": iso(self.last_checked) if self.last_checked else None,
            "next_check": iso(self.next_check) if self.next_check else None,
            "next_reason": self.next_reason,
            "versions": self.versions,
            "captures": self.captures,
        }
