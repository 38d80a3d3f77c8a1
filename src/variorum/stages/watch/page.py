"""A web page parsed for its links within bounds: depth and size are looked at before parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

# The parser's time grows with the square of the depth: 0.05 s at 10,000 nested elements, 22 s at
# 100,000. Honest pages nest under 100 deep.
MAX_DEPTH = 4_000
MAX_PAGE = 8 << 20
_TAGS = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
_VOID = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li td tr th dt dd "
    b"option path rect circle use line polygon g".split()
)


def depth(body: bytes) -> int:
    """The deepest nesting that the tags could come to, in linear time: an upper estimate that
    counts every start tag without an end tag (elements whose end may be left out are not
    counted)."""
    open_now = deepest = 0
    for found in _TAGS.finditer(body):
        if found.group(2).lower() in _VOID:
            continue
        if found.group(1):
            open_now = max(open_now - 1, 0)
        else:
            open_now += 1
            deepest = max(deepest, open_now)
    return deepest


def parse(body: bytes) -> LexborHTMLParser | None:
    """The parsed page; None when it is too deep or too large to be parsed in bounded time."""
    if len(body) > MAX_PAGE or depth(body) > MAX_DEPTH:
        return None
    return LexborHTMLParser(body)


_HREF = re.compile(
    r"""<a\s(?:[^<>]{0,1000}?\s)?href\s{0,20}=\s{0,20}(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})'|([^\s"'<>]{1,2000}))""",
    re.IGNORECASE,
)


def bare_links(body: bytes) -> Iterator[str]:
    """The fallback: the links of a page that is not parsed, without their texts and places."""
    text = body[:MAX_PAGE].decode("utf-8", "replace")
    for found in _HREF.finditer(text):
        yield next(group for group in found.groups() if group)


def html_text(body: bytes, charset: str | None) -> str:
    """The page as text: byte order mark, HTTP charset, ``<meta charset>``, UTF-8, Windows-1252.

    Only links and titles are read from it; the extractor decodes articles with more care.
    """
    if body.startswith(b"\xef\xbb\xbf"):
        return body[3:].decode("utf-8", "replace")
    declared = _META.search(body[:4096])
    for name in (charset, declared.group(1).decode("ascii") if declared else None, "utf-8"):
        try:
            if name and name.lower().startswith(_CHARSETS):
                return body.decode(name)
        except (LookupError, UnicodeError):
            continue
    return body.decode("cp1252", "replace")


_META = re.compile(rb"""<meta[^>]{0,300}?charset\s{0,5}=\s{0,5}["']?([A-Za-z0-9_-]{2,30})""", re.I)
_CHARSETS = tuple(
    b.decode()
    for b in b"utf-8 utf8 utf-16 iso-8859 latin windows-125 cp125 gb big5 shift euc koi8 ascii "
    b"us-ascii tis sjis ks_c ms949".split()
)
