"""Atom feeds (RFC 4287), written by hand so that every text is escaped and legal in XML."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from variorum.model.times import iso

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
    """A feed with absolute addresses. ``next`` continues it (RFC 5005)."""

    id: str
    title: str
    url: str
    page: str
    entries: Sequence[Entry]
    next: str | None = None


def stable_id(*parts: object) -> str:
    """An id that stays the same under any host name: a UUID of names (RFC 9562, version 5)."""
    name = ":".join(str(p) for p in parts)
    return uuid.uuid5(uuid.NAMESPACE_URL, f"variorum:{name}").urn


def write_feed(feed: Feed) -> bytes:
    """The feed as XML."""
    newest = max((e.updated for e in feed.entries), default=_NEVER)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        _element("id", feed.id),
        _element("title", feed.title),
        _element("updated", iso(newest)),
        f'<link rel="self" type="application/atom+xml" href={_attribute(feed.url)}/>',
        f'<link rel="alternate" type="text/html" href={_attribute(feed.page)}/>',
        "<generator>Variorum</generator>",
    ]
    if feed.next:
        lines.append(f'<link rel="next" href={_attribute(feed.next)}/>')
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
        f'<content type="html">{escape(_legal(entry.html))}</content>',
        "</entry>",
    ]
    return "\n".join(lines)


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(_legal(text))}</{name}>"


def _attribute(text: str) -> str:
    return quoteattr(_legal(text))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
