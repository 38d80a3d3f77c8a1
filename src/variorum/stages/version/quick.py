"""The cheapest sound proof that nothing changed: a digest of what a page can be read from.

No parser runs. One pass finds comments, scripts, styles and tags; from them goes what no reader of
the story looks at and what servers make anew for every request: comments, scripts without JSON-LD,
styles, nonces, handlers, tokens in forms, and the *numbers* in class, id, data and style attributes
(``div-gpt-ad-163487``). Their words stay, for an extractor may go by them, and so does all text and
every other attribute. Wherever the mark-up is such that a parser might see it otherwise, the bytes
are kept as they are, so that an error can only cost a reading, never hide a change.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

# What no tag is looked for in. Each opening is looked up once and its end once, and where an end is
# missing nothing of that kind is looked for again, so that time is linear whatever the bytes.
_OPENING = re.compile(
    rb"<(?:(!--)|([sS][cC][rR][iI][pP][tT])\b|([sS][tT][yY][lL][eE])\b"
    rb"|([tT][iI][tT][lL][eE]|[tT][eE][xX][tT][aA][rR][eE][aA])\b)"
)
_COMMENT, _SCRIPT, _STYLE, _TEXT = 1, 2, 3, 4
_ENDS = {
    _COMMENT: re.compile(rb"--!?>"),
    _SCRIPT: re.compile(rb"</[sS][cC][rR][iI][pP][tT][\s/>]"),
    _STYLE: re.compile(rb"</[sS][tT][yY][lL][eE][\s/>]"),
    _TEXT: re.compile(rb"</(?:[tT][iI][tT][lL][eE]|[tT][eE][xX][tT][aA][rR][eE][aA])[\s/>]"),
}
# The tag that opens a script, style, title or text area, its quotation marks closed within it. One left
# open makes a parser take for a value what stands after it.
_SOUND_OPENING = re.compile(rb"""<[a-zA-Z]+[^<>"']*+(?:"[^"<]*+"[^<>"']*+|'[^'<]*+'[^<>"']*+)*+>""")
# A tag with attributes; one with "<" in a value is left as it is.
_TAG = re.compile(
    rb"""<[a-zA-Z][\w:-]*+[\s/][^<>"']*+(?:"[^"<]*+"[^<>"']*+|'[^'<]*+'[^<>"']*+)*+>"""
)
# White space is looked at from its first byte only: a long run of it would be tried from each.
_ATTRIBUTE = re.compile(
    rb"""(?<!\s)\s++([a-zA-Z][\w:.-]*+)(?:\s*+=\s*+("[^"]*"|'[^']*'|[^\s"'>`=<]+))?"""
)
_NUMBERS = re.compile(rb"(?=[0-9a-fA-F-]{0,40}\d)[0-9a-fA-F]{6,}(?:-[0-9a-fA-F]{2,})*|\d+")
_DROPPED = re.compile(
    rb"on[a-z]+|nonce|integrity|crossorigin|fetchpriority|tabindex|jsaction|jsname|jscontroller"
    rb"|jslog|ping|referrerpolicy|autocomplete|spellcheck|async|defer",
    re.IGNORECASE,
)
# The numbers in these are noise, the words are not; pictures may hide in some data attributes.
_SQUASHED = re.compile(
    rb"class|id|for|style|aria-[\w-]+|data-(?![\w-]*(?:src|original|url|image|img|poster|href|date"
    rb"|time|caption|author))[\w:.-]+",
    re.IGNORECASE,
)
# A tag (in small letters) without one of these names, and without a figure in what may be squashed,
# has no noise in it.
_FIGURE = re.compile(rb"\d")
_NOISY = re.compile(
    rb"\s(?:on|nonce|integrity|crossorigin|fetch|tabindex|js|ping|ref|auto|spell|async|defer"
    rb"|(?:class|id|for|style|aria-[a-z_-]*|data-[a-z_:.-]*)"
    rb"""(?:\d|\s*=\s*(?:"[^"\d]*|'[^'\d]*|[^\s"'>\d]*)\d))"""
)
_TOKEN_TAG = re.compile(
    rb"<(?:input\b|meta\b[^>]*(?:csrf|xsrf|token|nonce|request-?id|trace-?id|session)"
    rb"|link\b[^>]*rel=[\"']?(?:stylesheet|preload|prefetch|dns-prefetch|preconnect|modulepreload"
    rb"|icon|shortcut icon|apple-touch-icon)\b)",
    re.IGNORECASE,
)
_TOKEN_INITIALS = frozenset([b"i", b"I", b"m", b"M", b"l", b"L"])
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
# Comparing by pieces costs time on text that is all angle brackets; beyond this every byte counts.
_LARGEST = 20_000_000


def story_digest(
    body: bytes, content_type: str | None = None, pieces: Sequence[bytes] | None = None
) -> str:
    """SHA-256 (hex) over whatever of a page can change its Document.

    Store it with a capture, so that the old body need not be read again. Equal digests: the same
    Document from the same extractor; other digests prove nothing. Text that is not UTF-8 is kept
    byte by byte, for its charset may be guessed from any of them. ``pieces``: what ``telling``
    gave for this body, where it is at hand.
    """
    hashed = hashlib.sha256()
    charset = _CHARSET.search(content_type or "")
    hashed.update(charset.group(1).lower().encode() if charset else b"")
    for piece in telling(body) if pieces is None else pieces:
        hashed.update(piece)
    return hashed.hexdigest()


def telling(body: bytes) -> Sequence[bytes]:
    """The pieces of a page that the Document may depend on, in order: the body as it is where that
    is every byte (text that is not UTF-8, and pages too large to take apart)."""
    if len(body) > _LARGEST or not _is_utf8(body):
        return (body,)
    return tuple(_telling(body))


def _telling(body: bytes) -> Iterator[bytes]:
    """The pieces of a page, in order, with what nobody reads taken out."""
    start = at = 0
    endless: set[int] = set()
    while (opening := _OPENING.search(body, at)) is not None:
        kind = opening.lastindex or 0
        if kind != _COMMENT and not _SOUND_OPENING.match(body, opening.start()):
            break
        end = None if kind in endless else _end(kind, body, opening.end())
        if end is None:
            endless.add(kind)
            at = opening.end()
            continue
        yield _TAG.sub(_known_tag, body[start : opening.start()])
        yield _kept(kind, body[opening.start() : end])
        start = at = end
    sound = len(body) if opening is None else opening.start()
    yield _TAG.sub(_known_tag, body[start:sound])
    yield body[sound:]


def _end(kind: int, body: bytes, start: int) -> int | None:
    """Where an element that opened before ``start`` ends; None if it does not."""
    if kind == _COMMENT and body.startswith((b">", b"->"), start):  # empty; what follows is seen
        return body.index(b">", start) + 1
    found = _ENDS[kind].search(body, start)
    return None if found is None else found.end()


def _kept(kind: int, piece: bytes) -> bytes:
    """What counts of a comment, script, style, title or text area."""
    if kind == _TEXT:
        return piece
    if kind == _SCRIPT and (b"ld+json" in piece or b"&" in piece.partition(b">")[0]):
        return piece
    return b"<>"


def unchanged(old_body: bytes, new_body: bytes) -> bool:
    """Whether two bodies certainly give the same Document; False means: not proven."""
    return old_body == new_body or story_digest(old_body) == story_digest(new_body)


def _is_utf8(body: bytes) -> bool:
    if body.isascii():
        return True
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _known_tag(found: re.Match[bytes]) -> bytes:
    tag = found.group()
    kept = _kept_tags.get(tag)
    if kept is None:
        kept = _reduced(tag)
        if len(tag) <= _LONGEST_TAG:
            if len(_kept_tags) >= _MOST_REMEMBERED:
                _kept_tags.clear()
            _kept_tags[tag] = kept
    return kept


def _reduced(tag: bytes) -> bytes:
    """What counts of a tag."""
    if tag[1:2] in _TOKEN_INITIALS and _TOKEN_TAG.match(tag):
        return b"<>"
    return _ATTRIBUTE.sub(_attribute, tag) if _NOISY.search(tag.lower()) else tag


def _attribute(found: re.Match[bytes]) -> bytes:
    whole = found.group()
    kept = _kept_attributes.get(whole)
    if kept is None:
        kept = _kept_of_attribute(whole, found.group(1))
        if len(whole) <= _REMEMBERED:
            if len(_kept_attributes) >= _MOST_REMEMBERED:
                _kept_attributes.clear()
            _kept_attributes[whole] = kept
    return kept


def _kept_of_attribute(whole: bytes, name: bytes) -> bytes:
    dropped, squashed = _is_noise(name) if len(name) <= _REMEMBERED else _is_noise.__wrapped__(name)
    if dropped:
        return b""
    return _NUMBERS.sub(b"0", whole) if squashed and _FIGURE.search(whole) else whole


@lru_cache(maxsize=2_048)
def _is_noise(name: bytes) -> tuple[bool, bool]:
    """Whether an attribute of this name is noise, and whether the numbers in it are."""
    return _DROPPED.fullmatch(name) is not None, _SQUASHED.fullmatch(name) is not None


# A site's pages share most of their tags and attributes: a few MB of them are remembered.
_LONGEST_TAG, _REMEMBERED, _MOST_REMEMBERED = 200, 100, 16_384
_kept_tags: dict[bytes, bytes] = {}
_kept_attributes: dict[bytes, bytes] = {}
