"""RSS (0.9 to 2.0 and RDF), Atom and JSON Feed.

XML is read by a strict-bounds lxml pass that forgives what feeds get wrong (about a hundred times
as fast as feedparser); a small feed in which that pass finds nothing is given to feedparser, which
forgives more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from lxml import etree

from variorum.model import Discovered, Fetched, SourceKind
from variorum.stages.watch.listing import MAX_ITEMS, Listing, Unreadable, without_repeats
from variorum.stages.watch.values import believable, clean_link, plain, read_date
from variorum.stages.watch.xml import decoded, root_name, safe_xml

FEED_ROOTS = frozenset({"rss", "feed", "rdf"})
SECOND_READER = 2 << 20  # feedparser reads about 2 MB a second; larger feeds are not given to it
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_PUBLISHED = ("published", "pubdate", "issued", "created", "date")
_MODIFIED = ("updated", "modified", "lastbuilddate")


def read_feed(fetched: Fetched, charset: str | None = None) -> Listing:
    """The articles of a feed. :class:`Unreadable` when it is none."""
    if fetched.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json(fetched)
    text = decoded(fetched.body, charset)
    if root_name(text) == "html":
        raise Unreadable(
            "it gives a web page instead of a feed: was it moved? "
            "Open the site and look for its new feed"
        )
    if root_name(text) not in FEED_ROOTS:
        raise Unreadable("it is not a feed; check the URL")
    body = safe_xml(text)
    listing = _read_xml(body, fetched)
    if not listing.items and len(body) <= SECOND_READER and b"<" in body:
        listing = _second_reading(body, fetched, listing)
    return listing


def _read_xml(body: bytes, fetched: Fetched) -> Listing:
    events = etree.iterparse(
        BytesIO(body),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    reader = _XmlFeed(fetched)
    limits: list[str] = []
    try:
        for event, element in events:
            if reader.take(event, element) >= MAX_ITEMS:
                limits.append(f"only the first {MAX_ITEMS:,} entries were read")
                break
    except etree.XMLSyntaxError as error:
        limits.append(f"malformed XML: read up to line {error.lineno or 0}")
    items, more = without_repeats(reader.items)
    return Listing(
        SourceKind.FEED,
        title=reader.title,
        items=items,
        limits=(*limits, *more),
        hub=reader.hub,
        topic=reader.topic,
        problem=None if items or not reader.unusable else _unusable(reader.unusable),
    )


def _unusable(count: int) -> str:
    return (
        f"none of its {count} entries links to an article; "
        "the publisher has to repair the feed, or watch the front page instead"
    )


class _XmlFeed:
    """Gathers a feed from parser events and lets go of every entry once it is read."""

    def __init__(self, fetched: Fetched) -> None:
        self.base = fetched.final_url
        self.now = fetched.time
        self.title: str | None = None
        self.hub: str | None = None
        self.topic: str | None = None
        self.items: list[Discovered] = []
        self.unusable = 0
        self._inside = 0

    def take(self, event: str, element: Any) -> int:
        """One event; how many entries there were so far."""
        name = _local(element)
        if name in ("item", "entry"):
            self._inside += 1 if event == "start" else -1
            if event == "end" and self._inside == 0:
                self._entry(element)
                _let_go(element)
        elif event == "end" and self._inside == 0:
            self._of_feed(name, element)
        return len(self.items) + self.unusable

    def _of_feed(self, name: str, element: Any) -> None:
        parent = element.getparent()
        place = _local(parent) if parent is not None else ""
        if name == "title" and self.title is None and place in ("channel", "feed"):
            self.title = plain("".join(element.itertext()))
        elif name == "link" and place in ("channel", "feed"):
            link = clean_link(self.base, element.get("href"))
            if element.get("rel") == "hub":
                self.hub = self.hub or link
            elif element.get("rel") == "self":
                self.topic = self.topic or link

    def _entry(self, entry: Any) -> None:
        fields = _Fields(entry)
        base = _base(entry, self.base)
        link = next((url for raw in fields.links() if (url := clean_link(base, raw))), None)
        if link is None:
            self.unusable += 1
            return
        self.items.append(
            Discovered(
                link,
                title=plain(fields.title),
                published=believable(fields.date(_PUBLISHED), self.now),
                modified=believable(fields.date(_MODIFIED), self.now),
                guid=(fields.guid or "")[:500] or None,
            )
        )


class _Fields:
    """The children of one entry by local name, first mention first."""

    def __init__(self, entry: Any) -> None:
        self._dates: dict[str, str] = {}
        self._links: list[tuple[int, str]] = []
        self.title: str | None = None
        self.guid: str | None = None
        for child in entry.iterchildren("*"):
            self._child(_local(child), child)

    def _child(self, name: str, child: Any) -> None:
        text = (child.text or "").strip()
        if name == "title" and self.title is None:
            self.title = "".join(child.itertext())
        elif name == "link":
            relation = child.get("rel") or "alternate"
            if relation == "alternate" and (child.get("href") or text):
                self._links.append((1, child.get("href") or text))
        elif name == "origlink" and text:
            self._links.append((0, text))  # what a feed service replaced by its own link
        elif name in ("guid", "id") and self.guid is None and text:
            self.guid = text
            if child.get("isPermaLink") != "false" and text.startswith(("http://", "https://")):
                self._links.append((2, text))
        elif name in _PUBLISHED or name in _MODIFIED:
            self._dates.setdefault(name, text)

    def links(self) -> Iterator[str]:
        """Candidates for the article's URL, best first."""
        return (link for _, link in sorted(self._links, key=lambda pair: pair[0]))

    def date(self, names: tuple[str, ...]) -> datetime | None:
        given = (read_date(self._dates.get(name)) for name in names)
        return next((time for time in given if time), None)


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _base(entry: Any, url: str) -> str:
    """The base of an entry's links: the feed's URL with the ``xml:base`` of its ancestors."""
    given: list[str] = []
    element = entry
    while element is not None and len(given) < 8:
        if base := element.get(_XML_BASE):
            given.append(base)
        element = element.getparent()
    for base in reversed(given):
        url = clean_link(url, base) or url
    return url


def _let_go(element: Any) -> None:
    """Frees an entry and what stands before it, so that memory stays small in any feed."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _second_reading(body: bytes, fetched: Fetched, first: Listing) -> Listing:
    """What feedparser finds where lxml found nothing."""
    import feedparser

    parsed: Any = feedparser.parse(  # type: ignore[attr-defined, no-untyped-call]
        body, sanitize_html=False, resolve_relative_uris=False
    )
    found = []
    for entry in parsed.entries[:MAX_ITEMS]:
        link = clean_link(fetched.final_url, entry.get("link") or entry.get("id"))
        if link:
            published = believable(read_date(entry.get("published")), fetched.time)
            modified = believable(read_date(entry.get("updated")), fetched.time)
            found.append(Discovered(link, plain(entry.get("title")), published, modified))
    items, limits = without_repeats(found)
    if not items:
        if "xml" in str(first.limits) and not first.title:
            raise Unreadable("its XML is too damaged to read; the publisher has to repair it")
        return first
    title = first.title or plain(parsed.feed.get("title"))
    said = ("malformed XML: read by the forgiving parser", *limits)
    return Listing(SourceKind.FEED, title=title, items=items, limits=said)


def _read_json(fetched: Fetched) -> Listing:
    try:
        data = json.loads(fetched.body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise Unreadable("its JSON cannot be read; the publisher has to repair it") from error
    entries = data.get("items") if isinstance(data, dict) else None
    if not isinstance(entries, list) or "jsonfeed" not in str(data.get("version", ""))[:100]:
        raise Unreadable("it is JSON, but not a JSON Feed; check the URL")
    found = [item for entry in entries[: MAX_ITEMS + 1] if (item := _json_item(entry, fetched))]
    items, limits = without_repeats(found)
    hubs = [h for h in data.get("hubs") or () if isinstance(h, dict)]
    return Listing(
        SourceKind.FEED,
        title=plain(_string(data.get("title"))),
        items=items,
        limits=limits,
        hub=clean_link(fetched.final_url, _string(hubs[0].get("url"))) if hubs else None,
        topic=clean_link(fetched.final_url, _string(data.get("feed_url"))),
        problem=_unusable(len(entries)) if entries and not items else None,
    )


def _json_item(entry: Any, fetched: Fetched) -> Discovered | None:
    if not isinstance(entry, dict):
        return None
    base = fetched.final_url
    given = (_string(entry.get(name)) for name in ("url", "id", "external_url"))
    link = next(
        (url for raw in given if raw and "/" in raw and (url := clean_link(base, raw))), None
    )
    if link is None:
        return None
    return Discovered(
        link,
        title=plain(_string(entry.get("title"))),
        published=believable(read_date(_string(entry.get("date_published"))), fetched.time),
        modified=believable(read_date(_string(entry.get("date_modified"))), fetched.time),
        guid=(_string(entry.get("id")) or "")[:500] or None,
    )


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None
