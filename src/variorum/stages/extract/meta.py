"""The ``<head>`` of a page: its title, its ``meta`` and ``link`` elements."""

from __future__ import annotations

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


def read_meta(parser: Any) -> Meta:
    """The head's data; elements that landed in the body through broken mark-up count too."""
    meta = Meta()
    title = parser.css_first("head > title") or parser.css_first("title")
    if title is not None:
        meta.title = title.text() or ""
    root = parser.css_first("html")
    if root is not None:
        meta.language = root.attributes.get("lang") or root.attributes.get("xml:lang")
    for node in parser.css("meta")[:_MAX_METAS]:
        given = node.attributes
        content = given.get("content") or given.get("value")
        if not content:
            continue
        for key in ("name", "property", "itemprop", "http-equiv"):
            if name := given.get(key):
                meta.metas.setdefault(name.strip().lower(), []).append(content)
    for node in parser.css("link[rel][href]")[:_MAX_METAS]:
        rel = (node.attributes.get("rel") or "").strip().lower()
        meta.links.setdefault(rel, []).append(node.attributes.get("href") or "")
    base = parser.css_first("base[href]")
    meta.base = base.attributes.get("href") if base is not None else None
    return meta
