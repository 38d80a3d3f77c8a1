"""XML from strangers: no entities, no network, bounded depth, time and memory."""

from __future__ import annotations

import codecs
import re
import zlib

from variorum.stages.watch.listing import Unreadable

MAX_BYTES = 52 << 20  # a sitemap may have 50 MB by its protocol
PROLOG = 64 * 1024  # where the root element must begin
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})")
_ENTITY = re.compile("<!ENTITY", re.IGNORECASE)
_SKIPPED = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
# What XML 1.0 cannot hold; feeds hold it nevertheless, and one such character ends the reading.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def unpacked(body: bytes) -> bytes:
    """The bytes of a ``.xml.gz`` unpacked within bounds; others as they are."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    inner = zlib.decompressobj(wbits=31)
    try:
        plain = inner.decompress(body, MAX_BYTES)
    except zlib.error as error:
        raise Unreadable("the gzip file is damaged; the publisher has to repair it") from error
    if inner.unconsumed_tail:
        raise Unreadable(f"unpacked it is larger than {MAX_BYTES >> 20} MB; it was not read")
    return plain


def decoded(body: bytes, charset: str | None = None) -> str:
    """The text of an XML file: by its byte order mark, the HTTP charset, its declaration, else
    UTF-8; bytes that do not fit are read as Windows-1252, as feeds that lie mostly are."""
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    declared = _DECLARED.match(body[:512].lstrip())
    names: list[str | None] = [
        declared.group(1).decode("ascii") if declared else None,
        charset,
        "utf-8",
    ]
    if not declared and b"\0" in body[:4]:
        names.insert(0, "utf-16-be" if body[:1] == b"\0" else "utf-16-le")
    for given in names:
        try:
            if given and given.lower() not in _NO_CHARSETS:
                return body.decode(given)
        except (LookupError, UnicodeError, ValueError):
            continue
    return body.decode("cp1252", "replace")


# Codecs of Python that are no character sets, or that can hide markup.
_NO_CHARSETS = frozenset({"utf-7", "utf7", "idna", "punycode", "unicode_escape", "undefined"})


def root_name(text: str) -> str | None:
    """The local name of the root element in lower case; None when there is no markup."""
    found = _ROOT.search(_SKIPPED.sub("", text[:PROLOG]))
    return found.group(1).lower() if found else None


def read_markup(body: bytes, charset: str | None = None) -> str:
    """The text of an XML file that may be given to a parser. :class:`Unreadable` when it declares
    entities, which no honest list does and every bomb."""
    text = decoded(body, charset)
    if "<!DOCTYPE" in text[:PROLOG].upper() and _ENTITY.search(text):
        raise Unreadable("it declares XML entities, as attacks do; it was not read")
    return text


def for_parser(text: str) -> bytes:
    """The text as UTF-8, without its declaration and what XML cannot hold, and with its bare
    ampersands and HTML's entities escaped, which the parser would drop."""
    text = _ILLEGAL.sub("", _DECLARATION.sub("", text, count=1))
    if "&" in text:
        text = _AMPERSAND.sub(lambda m: m.group(0) if len(m.group(0)) > 1 else "&amp;", text)
    return text.encode("utf-8", "replace")


# CDATA sections whole (nothing in them is to be escaped), and ampersands that begin no reference.
_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)",
    re.DOTALL,
)
