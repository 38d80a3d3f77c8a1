"""Lists of feeds as other readers exchange them (OPML 2.0)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

from variorum.model import Rendering, SourceKind
from variorum.stages.watch.listing import Unreadable
from variorum.stages.watch.values import clean_link, plain
from variorum.stages.watch.xml import for_parser, read_markup, root_name

MAX_OUTLINES = 20_000
#: Of the attributes that other archives like this one understand.
NAMESPACE = "urn:variorum:opml"


@dataclass(frozen=True, slots=True)
class Outline:
    """One source of an OPML file; ``folder`` is the path of the outlines around it. ``kind`` and
    ``render`` are what an archive like this one says of it, values of the model."""

    url: str
    title: str | None = None
    folder: str = ""
    kind: SourceKind = SourceKind.FEED
    render: Rendering | None = None


def read_opml(body: bytes) -> tuple[Outline, ...]:
    """The sources of an OPML file, each URL once. :class:`Unreadable` when it is none."""
    text = read_markup(body)
    if root_name(text) != "opml":
        raise Unreadable("it is not an OPML file")
    found: dict[str, Outline] = {}
    folders: list[str] = []
    try:
        for event, element in outlines_in(text):
            if event == "end":
                folders.pop()
                continue
            given = attributes_of(element)
            title = plain(given.get("title") or given.get("text"))
            url = clean_link("", given.get("xmlurl") or given.get("url"))
            if url and len(found) < MAX_OUTLINES:
                folder = "/".join(filter(None, folders))
                found.setdefault(url, Outline(url, title, folder, _kind(given), _render(given)))
            folders.append("" if url else title or "")
    except etree.XMLSyntaxError as error:
        if not found:
            raise Unreadable(f"its XML is damaged in line {error.lineno or 0}") from error
    return tuple(found.values())


def outlines_in(text: str) -> Iterator[tuple[str, Any]]:
    """The beginnings and ends of the outlines of an OPML text, in order; :class:`etree.XMLSyntaxError`
    where its XML is damaged."""
    yield from etree.iterparse(
        BytesIO(for_parser(text)),
        events=("start", "end"),
        tag=("outline", "OUTLINE"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )


def attributes_of(element: Any) -> dict[str, str]:
    """An outline's attributes, their names in small letters."""
    return {str(k).lower(): str(v) for k, v in element.attrib.items()}


def _kind(given: Mapping[str, str]) -> SourceKind:
    told = given.get(f"{{{NAMESPACE}}}kind")
    known = {str(kind): kind for kind in SourceKind if kind is not SourceKind.IMPORT}
    return known.get(told or "", SourceKind.FEED)


def _render(given: Mapping[str, str]) -> Rendering | None:
    told = given.get(f"{{{NAMESPACE}}}render")
    return next((kind for kind in Rendering if str(kind) == told), None)


def write_opml(outlines: Iterable[Outline], title: str = "Variorum sources") -> bytes:
    """An OPML 2.0 file; outlines with one folder stand together."""
    folders: dict[str, list[str]] = {}
    for outline in outlines:
        name = quoteattr(outline.title or outline.url)
        line = f'<outline type="rss" text={name} title={name} xmlUrl={quoteattr(outline.url)}/>'
        folders.setdefault(outline.folder, []).append(line)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += [f"<head><title>{quoteattr(title)[1:-1]}</title></head>", "<body>"]
    for folder, inside in folders.items():
        if folder:
            inside = [f"<outline text={quoteattr(folder)}>", *inside, "</outline>"]
        lines += inside
    lines += ["</body>", "</opml>", ""]
    return "\n".join(lines).encode("utf-8")
