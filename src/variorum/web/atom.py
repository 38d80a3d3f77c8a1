"""Atom feeds (RFC 4287), written by hand so that every text is escaped and legal in XML."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from variorum.model.times import iso
from variorum.web.stretches import Stretch

# What XML 1.0 allows (section 2.2) without the two line ends that parsers would change anyway.
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``html`` is escaped markup of our own making; ``author`` a publisher."""

    id: str
    title: str
    url: str
    updated: datetime
    html: str
    author: str
    categories: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed with absolute addresses.

    RFC 5005: a paged feed has ``first`` and ``next``; an archived one ``prev_archive``, and each
    of its archives, which ``archive`` says it is, ``current`` and ``next_archive`` too.
    """

    id: str
    title: str
    url: str
    page: str
    entries: Sequence[Entry]
    first: str | None = None
    next: str | None = None
    archive: bool = False
    current: str | None = None
    prev_archive: str | None = None
    next_archive: str | None = None

    @property
    def relations(self) -> list[tuple[str, str]]:
        """(relation, address) of the documents that it is one of."""
        told = (
            ("first", self.first),
            ("next", self.next),
            ("current", self.current),
            ("prev-archive", self.prev_archive),
            ("next-archive", self.next_archive),
        )
        return [(name, place) for name, place in told if place]


def archived(feed: Feed, place: str, part: Stretch[Any]) -> Feed:
    """The feed with its place among its archives. ``place`` is its address, with a query or without."""
    glue = "&" if "?" in place else "?"

    def at(number: int | None) -> str | None:
        return None if number is None else f"{place}{glue}archive={number}"

    return replace(
        feed,
        url=at(part.number) or place,
        archive=part.number is not None,
        current=place if part.number is not None else None,
        prev_archive=at(part.before),
        next_archive=at(part.after),
    )


def stable_id(*parts: object) -> str:
    """An id that stays the same under any host name: a UUID of names (RFC 9562, version 5)."""
    name = ":".join(str(p) for p in parts)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"variorum:{name}").urn


def write_feed(feed: Feed) -> bytes:
    """The feed as XML."""
    newest = max((e.updated for e in feed.entries), default=_NEVER)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:fh="http://purl.org/syndication/history/1.0">',
        _element("id", feed.id),
        _element("title", feed.title),
        _element("updated", iso(newest)),
        f'<link rel="self" type="application/atom+xml" href={_attribute(feed.url)}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(feed.page)}/>',
        "<generator>Variorum</generator>",
    ]
    if feed.archive:
        lines.append("<fh:archive/>")
    lines += [f'<link rel="{r}" href={_attribute(place)}/>' for r, place in feed.relations]
    lines += [_entry(e) for e in feed.entries]
    lines.append("</feed>")
    return "\n".join(lines).encode("utf-8")


def _entry(entry: Entry) -> str:
    lines = [
        "<entry>",
        _element("id", entry.id),
        _element("title", entry.title),
        _element("updated", iso(entry.updated)),
        f"<author>{_element('name', entry.author)}</author>",
        f'<link rel="alternate" type="text/html" href={_attribute(entry.url)}/>',
        *(f"<category term={_attribute(c)}/>" for c in entry.categories),
        f'<content type="html">{escape(legal(entry.html))}</content>',
        "</entry>",
    ]
    return "\n".join(lines)


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(legal(text))}</{name}>"


def _attribute(text: str) -> str:
    return quoteattr(legal(text))


def legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
