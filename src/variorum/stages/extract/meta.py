"""The ``<head>`` of a page: its title, its ``meta`` and ``link`` elements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_MAX_METAS = 400


@dataclass(slots=True)
class Meta:
    """``metas`` maps lower-case names (``name``, ``property``, ``itemprop``, ``http-equiv``) to
    their contents in order; ``links`` maps ``rel`` to hrefs."""

    title: str = ""
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    language: str | None = None
    base: str | None = None

    def first(self, *names: str) -> str | None:
        """The first non-empty content under any of the names, the names in order of trust."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value.strip():
                    return value.strip()
        return None

    def every(self, *names: str) -> list[str]:
        return [v.strip() for n in names for v in self.metas.get(n, ()) if v.strip()]


_SCRIPTS = 'script[type*="ld+json"]'
_MARKED = (
    f'meta, link[rel][href], base[href], {_SCRIPTS}, [itemprop="datePublished"],'
    ' [itemprop="author"], [rel="author"]'
)
Given = Mapping[str, str | None]


@dataclass(slots=True)
class Marked:
    """The elements of a page that say something of its story to machines, in order: their attributes,
    and the elements themselves of scripts and dates. ``authors``: whether any is marked as one."""

    metas: list[Given] = field(default_factory=list)
    links: list[Given] = field(default_factory=list)
    bases: list[Given] = field(default_factory=list)
    scripts: list[Any] = field(default_factory=list)
    dates: list[tuple[Any, Given]] = field(default_factory=list)
    authors: bool = False


def marked(parser: Any) -> Marked:
    """What is marked on a page, in one pass over it: each takes as long as all of them."""
    found = Marked()
    before = None
    for node in parser.css(_MARKED):
        if node.mem_id == before:  # found by two of its marks
            continue
        before = node.mem_id
        _sort_in(found, node, node.attributes)
    if any(not _ALSO.isdisjoint(script.attributes) for script in found.scripts):
        found.scripts = parser.css(_SCRIPTS)  # some may have been found by what else they are
    return found


_ALSO = frozenset({"itemprop", "rel"})


def _sort_in(found: Marked, node: Any, given: Given) -> None:
    tag, name = node.tag, given.get("itemprop")
    if tag == "meta":
        found.metas.append(given)
    elif tag == "link" and "rel" in given and "href" in given:
        found.links.append(given)
    elif tag == "base" and "href" in given:
        found.bases.append(given)
    elif tag == "script":
        found.scripts.append(node)
    if name == "datePublished":
        found.dates.append((node, given))
    if name == "author" or (given.get("rel") or "").lower() == "author":
        found.authors = True


def read_meta(parser: Any, marks: Marked) -> Meta:
    """The head's data; elements that landed in the body through broken mark-up count too."""
    meta = Meta()
    title = parser.css_first("head > title") or parser.css_first("title")
    if title is not None:
        meta.title = title.text() or ""
    root = parser.css_first("html")
    if root is not None:
        meta.language = root.attributes.get("lang") or root.attributes.get("xml:lang")
    for given in marks.metas[:_MAX_METAS]:
        content = given.get("content") or given.get("value")
        if not content:
            continue
        for key in ("name", "property", "itemprop", "http-equiv"):
            if name := given.get(key):
                meta.metas.setdefault(name.strip().lower(), []).append(content)
    for given in marks.links[:_MAX_METAS]:
        rel = (given.get("rel") or "").strip().lower()
        meta.links.setdefault(rel, []).append(given.get("href") or "")
    meta.base = marks.bases[0].get("href") if marks.bases else None
    return meta
