"""RSS (0.9 to 2.0 and RDF), Atom and JSON Feed.

XML is read as a stream by lxml, which forgives most of what feeds get wrong, at several times the
speed of feedparser (which the tests take for comparison). Where a feed is so broken that entries
run into each other, it is cut at its entries' tags and each is read by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

from lxml import etree

from variorum.model import Discovered, Fetched, SourceKind
from variorum.stages.watch.listing import MAX_ITEMS, Listing, Unreadable, without_repeats
from variorum.stages.watch.values import believable, clean_link, plain, read_date
from variorum.stages.watch.xml import for_parser, read_markup, root_name

FEED_ROOTS = frozenset({"rss", "feed", "rdf"})
# When entries are read one by one: characters of one, fields of one, characters of a field.
MAX_ENTRY, MAX_FIELDS, MAX_VALUE = 64 * 1024, 40, 4_000
_FIELD = re.compile(
    r"<(?!media:|itunes:)(?:[\w.-]{1,20}:)?(title|link|origlink|guid|id|pubdate|date|published"
    r"|issued|updated|modified)(\s[^<>]{0,1000}?)?(/?)>",
    re.IGNORECASE,
)
_ENTRY_TAG = re.compile(r"<(/?)(?:[\w.-]{1,20}:)?(item|entry)(?=[\s>/])", re.IGNORECASE)
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# Namespaces whose title or link is not the story's.
_OTHER_MEANINGS = ("{http://search.yahoo.com/mrss", "{http://www.itunes.com/", "media:", "itunes:")
_PUBLISHED = ("published", "pubdate", "issued", "created", "date")
_MODIFIED = ("updated", "modified", "lastbuilddate")


def read_feed(fetched: Fetched, charset: str | None = None) -> Listing:
    """The articles of a feed. :class:`Unreadable` when it is none."""
    if fetched.body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json(fetched)
    text = read_markup(fetched.body, charset)
    if root_name(text) == "html":
        raise Unreadable(
            "it gives a web page instead of a feed: was it moved? "
            "Open the site and look for its new feed"
        )
    if root_name(text) not in FEED_ROOTS:
        raise Unreadable("it is not a feed; check the URL")
    reader, limits = _read_xml(for_parser(text), fetched)
    if "malformed XML" in limits:
        starts = sum(1 for tag in _ENTRY_TAG.finditer(text) if not tag.group(1))
        if starts > len(reader.items):
            _read_apart(text, reader)
            limits.append("its entries were read one by one")
    items, more = without_repeats(reader.items)
    if not items and not reader.title and "malformed XML" in limits:
        raise Unreadable("its XML is too damaged to read; the publisher has to repair it")
    return Listing(
        SourceKind.FEED,
        title=reader.title,
        items=items,
        limits=(*limits, *more),
        hub=reader.hub,
        topic=reader.topic,
        problem=_unusable(reader.entries) if reader.entries and not items else None,
    )


def _read_xml(body: bytes, fetched: Fetched) -> tuple[_XmlFeed, list[str]]:
    """The feed as far as the parser gets, and the bounds and damage that it met."""
    events = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=("{*}item", "{*}entry"),
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
        for _, element in events:
            reader.entry(element)
            _let_go(element)
            if reader.entries > MAX_ITEMS:
                limits.append(f"only the first {MAX_ITEMS:,} entries were read")
                break
    except etree.XMLSyntaxError:
        limits.append("malformed XML")
    if events.error_log and not limits:
        limits.append("malformed XML")
    if events.root is not None:
        reader.heading(events.root)
    return reader, limits


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

    @property
    def entries(self) -> int:
        """How many entries there were so far."""
        return len(self.items) + self.unusable

    def heading(self, root: Any) -> None:
        """The feed's own title and links, which stand beside its entries."""
        for place in (root, *islice(root.iterchildren("{*}channel"), 1)):
            for child in islice(place.iterchildren("{*}title", "{*}link"), 200):
                if _local(child) == "title":
                    self.title = self.title or plain("".join(child.itertext()))
                    continue
                link = clean_link(self.base, child.get("href"))
                if child.get("rel") == "hub":
                    self.hub = self.hub or link
                elif child.get("rel") == "self":
                    self.topic = self.topic or link

    def entry(self, entry: Any) -> None:
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
            if not child.tag.startswith(_OTHER_MEANINGS):
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


def _let_go(entry: Any) -> None:
    """Frees an entry and removes the one before it, so that memory stays small in any feed."""
    entry.clear()
    before = entry.getprevious()
    if before is not None and _local(before) in ("item", "entry"):
        before.getparent().remove(before)


def _read_apart(text: str, reader: _XmlFeed) -> None:
    """Reads the entries of a broken feed anew, each cut out at its tags."""
    reader.unusable = 0
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    begin: int | None = None
    for tag in _ENTRY_TAG.finditer(text):
        if begin is not None:
            _one_entry(text[begin : min(tag.start(), begin + MAX_ENTRY)], reader, parser)
        begin = None if tag.group(1) else tag.start()
        if reader.entries > 2 * MAX_ITEMS:
            return
    if begin is not None:
        _one_entry(text[begin : begin + MAX_ENTRY], reader, parser)


def _one_entry(text: str, reader: _XmlFeed, parser: etree.XMLParser) -> None:
    """Reads one entry through its known fields only, so that broken markup in a summary cannot
    swallow what follows it."""
    fields = "".join(_fields(text))
    element = etree.fromstring(for_parser(f"<item>{fields}</item>"), parser)
    if element is not None:
        reader.entry(element)


def _fields(text: str) -> Iterator[str]:
    """The known fields of an entry, each as an element of its own."""
    for found in islice(_FIELD.finditer(text), MAX_FIELDS):
        name, given, closed = found.group(1), found.group(2) or "", found.group(3)
        if closed:
            yield f"<{name}{given}/>"
            continue
        start, end = found.end(), found.end() + MAX_VALUE
        if text.startswith("<![CDATA[", start):
            start, stop = start + 9, text.find("]]>", start, end)
        else:
            stop = text.find("</", start, end)
        if stop >= 0:
            value = text[start:stop].replace("<", "&lt;")
            yield f"<{name}{given}>{value}</{name}>"


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
