"""Text hurt by a wrong charset somewhere on its way: mended, or compared around what was lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from variorum.model import Document, Media, Notice
from variorum.stages.version.folding import LOST
from variorum.text.remember import remembered

# How many characters one lost one may stand for: a UTF-8 character is up to four bytes, each of
# which may have become a mark of its own, and fold writes an ellipsis as three.
_GAP = 6


def _misread(charset: str) -> dict[int, int]:
    """Which byte each character was that a decoder of ``charset`` made of 0x80..0xFF (WHATWG:
    bytes without a meaning become the control of that number)."""
    table = {byte: byte for byte in range(0x80, 0xA0)}  # ISO 8859 decoders leave controls
    for byte in range(0x80, 0x100):
        try:
            table[ord(bytes([byte]).decode(charset))] = byte
        except UnicodeDecodeError:
            table[byte] = byte
    return table


def _signs_of(table: dict[int, int], first: int, last: int) -> str:
    """The characters that were made of the bytes from ``first`` to ``last``, as a set in a pattern."""
    return "".join(re.escape(chr(sign)) for sign, byte in table.items() if first <= byte <= last)


_TABLES = {name: _misread(name) for name in ("cp1252", "cp1251")}
_RUNS = {
    name: re.compile("[" + "".join(re.escape(chr(c)) for c in table) + "]{2,}")
    for name, table in _TABLES.items()
}
# UTF-8 beyond ASCII begins with one of 0xC2 to 0xF4 and goes on with one of 0x80 to 0xBF.
_LEAD = re.compile(f"[{''.join(_signs_of(table, 0xC2, 0xF4) for table in _TABLES.values())}]")
_SUSPECT = re.compile(
    "|".join(
        f"[{_signs_of(table, 0xC2, 0xF4)}][{_signs_of(table, 0x80, 0xBF)}]"
        for table in _TABLES.values()
    )
)
# What everything below that is looked for begins with: most texts have none, and are looked through once.
_BEGINS = re.compile(f"[\u0102\u0139{_LEAD.pattern[1:]}")
# UTF-8 read as windows-1250: only letters with marks and the marks of print, which begin with a capital that
# no word of its languages goes on from so, or with two signs that no text has.
_TABLE_1250 = _misread("cp1250")
_IN_1250 = re.compile(
    f"[\u00c2\u0102\u00c4\u0139][{_signs_of(_TABLE_1250, 0x80, 0xBF)}]"
    f"|\u00e2\u20ac[{_signs_of(_TABLE_1250, 0x80, 0xBF)}]"
)
# What is left where a byte of the sequence was dropped (controls, no-break spaces) on the way.
_STUMP = re.compile(
    "[\u00c2-\u00ef]\u20ac?(?=\ufffd)|\u00e2\u20ac\\??|\u00c3(?=[ \u00a0]|$)|\u00c2(?=[ \u00a0])"
)

# The same with the lost byte in its place, which no sound text has: of itself a proof.
_LOST_BYTE = re.compile("\u00e2\u20ac[\ufffd?]?|[\u00c2-\u00c5]\ufffd|[\u00c3-\u00c5]\\?(?=[a-z])")


def mend(text: str) -> str:
    """``text`` with UTF-8 that was read as windows-1252, -1251 or -1250 read rightly.

    Only runs that are valid UTF-8 are touched, and such of which one byte was lost (what is left of
    them becomes U+FFFD); neither occurs in sound text.
    """
    return text if text.isascii() else _mend(text)


@remembered
def _mend(text: str) -> str:
    if not _BEGINS.search(text):
        return text
    text = _IN_1250.sub(lambda m: _decoded(m.group(), _TABLE_1250), text)
    if not _SUSPECT.search(text):
        return _LOST_BYTE.sub(LOST, text)
    for name, runs in _RUNS.items():
        mended = runs.sub(lambda m, t=_TABLES[name]: _decoded(m.group(), t), text)  # type: ignore[misc]
        if mended != text:
            text = _STUMP.sub(LOST, mended) if name == "cp1252" else mended
    return _LOST_BYTE.sub(LOST, text)


def _decoded(run: str, table: dict[int, int]) -> str:
    """A run of signs read as the UTF-8 that it was; where it is none as a whole, since marks stand in it
    that were given by name and not misread ("d’" before "Ã‰"), each sequence in it for itself."""
    code = bytes(table[ord(c)] for c in run)
    try:
        return code.decode("utf-8")
    except UnicodeDecodeError:
        pass
    parts: list[str] = []
    at = 0
    for found in _SEQUENCE.finditer(code):
        parts += run[at : found.start()], _one(found.group(), run[found.start() : found.end()])
        at = found.end()
    return "".join((*parts, run[at:]))


# Letters and marks of western and central Europe: "É»" in sound capitals would be another script's.
_SEQUENCE = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\xbf]{2}")


def _one(code: bytes, signs: str) -> str:
    try:
        return code.decode("utf-8")
    except UnicodeDecodeError:
        return signs


# A letter inside a word for which an encoder had no code; an address may have such a mark, too.
_QUESTIONED = re.compile(r"(?<![\w/.?=&-])[A-Za-z]{1,20}\?[a-z]{1,20}(?![\w=])")
_MANY = 8  # characters lost
_PROOFS = 2  # words in which that is so: then each such mark may stand for something


def _for_document(document: Document) -> Callable[[str], str]:
    """How the texts of a document are mended: of one that an encoder made ASCII, with question marks
    in the midst of words, and of one in which many characters were lost, all question marks are lost
    characters."""
    text = document.text
    if text.isascii() and len(_QUESTIONED.findall(text)) >= _PROOFS:
        return lambda line: line.replace("?", LOST)
    if text.count(LOST) >= _MANY:
        return lambda line: mend(line).replace("?", LOST)
    return mend


def mended(document: Document) -> Document:
    """The Document with every text mended; the same object if there was nothing to mend."""
    mend = _for_document(document)
    headline = mend(document.headline) if document.headline else document.headline
    paragraphs = tuple(map(mend, document.paragraphs))
    media = tuple(Media(m.kind, m.url, mend(m.caption), mend(m.alt)) for m in document.media)
    notices = tuple(Notice(n.kind, mend(n.text), n.paragraph) for n in document.notices)
    byline = tuple(map(mend, document.byline))
    text = mend(document.text)
    if (headline, paragraphs, media, notices, byline, text) == (
        document.headline,
        document.paragraphs,
        document.media,
        document.notices,
        document.byline,
        document.text,
    ):
        return document
    return replace(
        document,
        headline=headline,
        paragraphs=paragraphs,
        text=text,
        media=media,
        notices=notices,
        byline=byline,
    )


def same_but_for_losses(a: str, b: str) -> bool:
    """Whether two texts are equal if each lost character (U+FFFD) may stand for a few."""
    if LOST in b:
        a, b = b, a
    if LOST not in a:
        return a == b
    parts = re.split(f"{LOST}+", a)
    if not b.startswith(parts[0]) or not b.endswith(parts[-1]):
        return False
    at = len(parts[0])
    for part in parts[1:]:
        found = b.find(part.strip(LOST), at, at + _GAP + len(part))
        if found < 0:
            return False
        at = found + len(part)
    return at == len(b) or b.endswith(parts[-1])
