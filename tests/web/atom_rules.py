"""What a feed validator looks at, in our own words: RFC 4287, RFC 5005 and RFC 3339.

The W3C's validator does not install here; its checks of Atom follow the sections named below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit

from lxml import etree

ATOM, HISTORY = "http://www.w3.org/2005/Atom", "http://purl.org/syndication/history/1.0"
XHTML = "http://www.w3.org/1999/xhtml"
A, FH = f"{{{ATOM}}}", f"{{{HISTORY}}}"

_FEED = {"id": 1, "title": 1, "updated": 1, "subtitle": 0, "rights": 0, "logo": 0, "icon": 0}
_FEED |= {"generator": 0}
_ENTRY = {"id": 1, "title": 1, "updated": 1, "published": 0, "summary": 0, "content": 0}
_ENTRY |= {"rights": 0, "source": 0}
_MANY = {"author", "contributor", "category", "link"}
_TEXTS = {"title", "subtitle", "rights", "summary"}
_RELATIONS = {"self", "alternate", "related", "enclosure", "via", "first", "last", "next"}
_RELATIONS |= {"previous", "current", "prev-archive", "next-archive", "hub", "search", "replies"}
_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_MEDIA = re.compile(r"[\w.+-]+/[\w.+-]+(?:;.*)?")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_TAG_URI = re.compile(r"tag:[\w.@-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:\S*")
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNSAFE = {"script", "style", "iframe", "object", "embed", "form", "meta", "link", "base", "input"}
_VOID = {"br", "hr", "img", "wbr"}
_WORDS = """
    p a b i em strong ins del blockquote ul ol li dl dt dd span div h2 h3 h4 q cite table thead
    tbody tr th td code pre abbr small sub sup
"""
_TAGS = {*_WORDS.split(), *_VOID}


def problems(body: bytes, address: str) -> list[str]:
    """Everything wrong with a feed that was read at ``address``, one line each."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return [f"2: not well-formed: {error}"]
    if root.tag != f"{A}feed":
        return [f"4.1.1: the root is {root.tag}"]
    return [*_feed(root, address)]


def _feed(root: etree._Element, address: str) -> Iterator[str]:
    entries = root.findall(f"{A}entry")
    yield from _children(root, _FEED, {*_MANY, "entry"})
    if root.find(f"{A}author") is None and any(e.find(f"{A}author") is None for e in entries):
        yield "4.1.1: an entry has no author and neither has the feed"
    selves = [x.get("href") for x in root.findall(f"{A}link") if x.get("rel") == "self"]
    if selves != [address]:
        yield f"4.1.1: link rel=self is {selves}, read at {address}"
    for entry in entries:
        yield from _entry(entry)
    seen = Counter((e.findtext(f"{A}id"), e.findtext(f"{A}updated")) for e in entries)
    yield from (f"4.1.1: two entries {name} at one time" for name, n in seen.items() if n > 1)
    yield from _archive(root)


def _entry(entry: etree._Element) -> Iterator[str]:
    yield from _children(entry, _ENTRY, _MANY)
    content = entry.find(f"{A}content")
    relations = [x.get("rel", "alternate") for x in entry.findall(f"{A}link")]
    if content is None and "alternate" not in relations:
        yield "4.1.2: neither content nor link rel=alternate"
    if content is None and entry.find(f"{A}summary") is None:
        yield "4.1.2: neither content nor summary"
    if content is not None:
        yield from _text(content)


def _children(parent: etree._Element, counted: dict[str, int], many: set[str]) -> Iterator[str]:
    found: Counter[str] = Counter()
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        space, _, name = (
            child.tag[1:].partition("}") if child.tag[0] == "{" else ("", "", child.tag)
        )
        if not space:
            yield f"6.4: <{name}> is in no namespace"
        if space != ATOM:
            continue
        found[name] += 1
        if name not in counted and name not in many:
            yield f"4: <{name}> does not belong in <{etree.QName(parent).localname}>"
        yield from _element(child, name)
    for name, least in counted.items():
        if not least <= found[name] <= 1:
            yield f"4: {found[name]} <{name}>"
    kinds = Counter(
        (x.get("type"), x.get("hreflang"))
        for x in parent.findall(f"{A}link")
        if x.get("rel", "alternate") == "alternate"
    )
    yield from (f"4.1: two alternates {kind}" for kind, n in kinds.items() if n > 1)


def _element(child: etree._Element, name: str) -> Iterator[str]:
    text = child.text or ""
    if name in _TEXTS:
        yield from _text(child)
    elif name in ("updated", "published"):
        yield from _date(text)
    elif name == "id":
        yield from _identity(text)
    elif name in ("author", "contributor"):
        yield from _person(child)
    elif name == "link":
        yield from _link(child)
    elif name == "category" and not (child.get("term") or "").strip():
        yield "4.2.2: a category without a term"
    elif name in ("icon", "logo") and not _absolute(text):
        yield f"4.2.5: {name} is no address"
    elif name == "generator" and not text.strip():
        yield "4.2.4: a generator without a name"


def _date(text: str) -> Iterator[str]:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or not _STAMP.fullmatch(text):
        yield f"3.3: {text!r} is no date of RFC 3339"
    elif moment > datetime.now(UTC):
        yield f"3.3: {text} is yet to come"


def _identity(text: str) -> Iterator[str]:
    if text != text.strip() or not text:
        yield f"4.2.6: id {text!r}"
    elif text.startswith("tag:") and not _TAG_URI.fullmatch(text):
        yield f"4.2.6: {text} is no tag of RFC 4151"
    elif text.startswith("urn:uuid:") and not _URN.fullmatch(text):
        yield f"4.2.6: {text} is no UUID"
    elif not text.startswith(("tag:", "urn:")) and not _absolute(text):
        yield f"4.2.6: id {text} is not absolute"


def _person(person: etree._Element) -> Iterator[str]:
    names = person.findall(f"{A}name")
    if len(names) != 1 or not (names[0].text or "").strip():
        yield "3.2.1: a person must have one name, not empty"
    for uri in person.findall(f"{A}uri"):
        if not _absolute(uri.text or ""):
            yield f"3.2.2: {uri.text} is no address"
    for email in person.findall(f"{A}email"):
        if not _EMAIL.fullmatch(email.text or ""):
            yield f"3.2.3: {email.text} is no e-mail address"


def _link(link: etree._Element) -> Iterator[str]:
    href, relation = link.get("href"), link.get("rel", "alternate")
    if not href or not _absolute(href):
        yield f"4.2.7.1: href {href!r}"
    if relation not in _RELATIONS and not _absolute(relation):
        yield f"4.2.7.2: rel {relation!r}"
    if "type" in link.attrib and not _MEDIA.fullmatch(link.get("type", "")):
        yield f"4.2.7.3: type {link.get('type')!r}"


def _text(element: etree._Element) -> Iterator[str]:
    kind, name = element.get("type", "text"), etree.QName(element).localname
    if kind in ("text", "html") and len(element):
        yield f"3.1.1: <{name}> of type {kind} has elements in it"
    if kind == "html":
        yield from _html(element.text or "")
    if kind == "xhtml" and [c.tag for c in element] != [f"{{{XHTML}}}div"]:
        yield f"3.1.1.3: <{name}> must hold one div of XHTML"
    if kind not in ("text", "html", "xhtml") and (name != "content" or not _MEDIA.fullmatch(kind)):
        yield f"3.1.1: <{name}> of type {kind!r}"


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSAFE or tag not in _TAGS:
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.wrong.append(f"{name}=")
            if name in ("href", "src", "cite") and not _absolute(value or ""):
                self.wrong.append(f"{name}={value!r}")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def _html(text: str) -> Iterator[str]:
    markup = _Markup()
    markup.feed(text)
    markup.close()
    yield from (f"3.1.1.2: {what} in HTML" for what in markup.wrong)
    yield from (f"3.1.1.2: <{tag}> is never closed" for tag in markup.open)


def _archive(root: etree._Element) -> Iterator[str]:
    """RFC 5005, section 4."""
    relations = [x.get("rel") for x in root.findall(f"{A}link")]
    if root.find(f"{FH}archive") is not None and "current" not in relations:
        yield "RFC 5005, 4: an archive does not say where the current feed is"
    for name in ("prev-archive", "next-archive", "current", "next", "first"):
        if relations.count(name) > 1:
            yield f"RFC 5005: two links {name}"


def _absolute(text: str) -> bool:
    if any(c.isspace() or c in '<>"{}|\\^`' for c in text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.scheme in ("tag", "urn", "mailto")))
