"""The whole of extraction on one screen."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from variorum.model import Block, Document, Page, PageKind
from variorum.stages.extract.charset import decode_with_flags, safe
from variorum.stages.extract.furniture import SiteFurniture

EXTRACTOR = "variorum/0 trafilatura/2.3.1"
_SPACE = re.compile(r"\s+")


def read_page(
    body: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    furniture: SiteFurniture | None = None,
) -> Page:
    """What a captured page says. Pure, deterministic, never raises: a page that cannot be read
    comes back as a Page of kind ``unreadable`` with the reason."""
    try:
        return _read(body, url, content_type)
    except Exception as error:  # a page must never stop a run; the reason is kept
        return Page(
            PageKind.UNREADABLE,
            Document.build(None, (), url=url),
            reason=f"{type(error).__name__} while reading",
            extractor=EXTRACTOR,
        )


def _read(body: bytes | str, url: str | None, content_type: str | None) -> Page:
    if isinstance(body, bytes):
        html, encoding, flags = decode_with_flags(body, content_type)
    else:
        html, encoding, flags = safe(body), "utf-8", ()
    import trafilatura
    from selectolax.lexbor import LexborHTMLParser

    found: Any = trafilatura.bare_extraction(
        html, url=url, favor_precision=True, include_comments=False, with_metadata=True
    )
    tree = LexborHTMLParser(html)
    for node in tree.css("script,style,noscript,template"):
        node.decompose()
    root = tree.body or tree.root
    visible = tuple(
        line
        for part in (root.text(separator="\n") if root else "").split("\n")
        if (line := _SPACE.sub(" ", part).strip())
    )
    paragraphs = [p.strip() for p in (found.text if found else "").split("\n") if p.strip()]
    heading = next((t for n in tree.css("h1") if (t := _SPACE.sub(" ", n.text()).strip())), None)
    link = tree.css_first("link[rel=canonical]")
    href = link.attributes.get("href") if link else None
    document = Document.build(
        heading or (found.title if found else None),
        paragraphs,
        url=url,
        byline=tuple(a.strip() for a in ((found.author if found else "") or "").split(";") if a),
        published=found.date if found else None,
    )
    return Page(
        PageKind.ARTICLE if paragraphs else PageKind.EMPTY,
        document,
        reason="" if paragraphs else "no story text found",
        visible=visible,
        blocks=tuple(Block("paragraph", p, True, "main text") for p in paragraphs),
        extractor=EXTRACTOR,
        encoding=encoding,
        canonical=urljoin(url or "", href) if href else None,
        flags=flags,
        titles={"h1": heading} if heading else {},
    )
