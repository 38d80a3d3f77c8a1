"""Bytes -> text by the WHATWG rules (https://encoding.spec.whatwg.org, HTML 13.2.3).

Order: byte order mark, then the transport's charset, then a ``<meta>`` in the first 1024 bytes,
then what the bytes look like. A declared charset that plainly lies (declared UTF-8 that does not
decode, or declared single-byte over valid UTF-8) is overruled; ``decode`` then returns what the
bytes are.
"""

from __future__ import annotations

import codecs
import re

# Labels whose WHATWG encoding differs from Python's codec of that name.
_WHATWG = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "ansi_x3.4-1968": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "windows-1252": "cp1252",
    "x-cp1252": "cp1252",
    "iso-8859-9": "cp1254",
    "latin5": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "chinese": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "korean": "cp949",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "iso-8859-8-i": "iso8859-8",
    "windows-874": "cp874",
    "x-euc-jp": "euc_jp",
}
# Python's names of the encodings that the standard knows; a page that asks for any other (utf-7,
# punycode, …) is read as if it had not.
_KNOWN = frozenset(
    ["utf-8", "utf-16-le", "utf-16-be", "cp866", "cp874", "koi8-r", "koi8-u", "mac-roman"]
    + ["mac-cyrillic", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949"]
    + [f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
    + [f"cp125{n}" for n in range(9)]
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"))
# HTML 13.2.3.2 scans 1024 bytes; publishers put scripts before the meta, browsers find it anyway.
_PRESCAN = 4096
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.I)
_LANGUAGE = re.compile(rb"<html[^>]{0,300}?\slang\s*=\s*[\"']?\s*([A-Za-z]{2,3})\b", re.I)
# What pages of a language are in where they are no UTF-8 and do not say what else: HTML 13.2.3.2, step 9, the
# encodings of one byte a character. Others, and pages that name no language, are windows-1252.
_OF_LANGUAGES = {
    "cp1250": "cs hr hu pl sk sl ro bs",
    "cp1251": "be bg kk ky mk ru sr tg tt uk",
    "iso8859-7": "el",
    "cp1254": "az ku tr",
    "cp1255": "he",
    "cp1256": "ar fa",
    "cp1257": "et lt lv",
    "cp874": "th",
    "cp1258": "vi",
}
_BY_LANGUAGE = {x: name for name, langs in _OF_LANGUAGES.items() for x in langs.split()}
_BETWEEN = bytes(range(0x80, 0xA0))  # letters in windows-1250, nothing in ISO 8859-2
# The characters that Windows-1252 gives for the bytes 0x80..0x9F, back to their bytes.
_BYTES = {
    bytes([n]).decode("cp1252"): n
    for n in range(0x80, 0xA0)
    if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_TAIL = f"[\x80-\xbf{re.escape(''.join(_BYTES))}]"
_DOUBLE = re.compile(f"(?:[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}})+")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_ASCII = bytes(range(0x80))


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str]:
    """The text of ``body`` and the encoding it was read as. Never raises.

    NULs and lone surrogates become U+FFFD; nothing else is changed.
    """
    text, encoding, _ = decode_with_flags(body, content_type)
    return text, encoding


def decode_with_flags(
    body: bytes, content_type: str | None = None
) -> tuple[str, str, tuple[str, ...]]:
    """As :func:`decode`, with what is noteworthy: ``charset-lied:declared->used`` and the like."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return safe(body[len(mark) :].decode(encoding, "replace")), encoding, ()
    declared = _declared(body, content_type)
    if declared in (None, "utf-8"):
        return _guess(body, declared)
    assert declared is not None
    if not declared.startswith("utf-16") and _looks_utf8(body):
        return safe(body.decode("utf-8", "replace")), "utf-8", (f"charset-lied:{declared}->utf-8",)
    return safe(body.decode(declared, "replace")), declared, ()


def undo_double(text: str) -> tuple[str, bool]:
    """``text`` with UTF-8 that was read as Windows-1252 and encoded again put right, and whether
    it was. Only where nearly all that is not ASCII is such damage."""
    if "Ã" not in text and "â" not in text and "Â" not in text:
        return text, False
    beyond = _beyond_ascii(text)
    # Runs can only grow where what stands between them is left out: a bound, and much less to search.
    if not _damaged(_DOUBLE.findall(beyond), beyond):
        return text, False
    runs = _DOUBLE.findall(text)
    if len(runs) < 3 or not _damaged(runs, beyond):
        return text, False
    mended = _DOUBLE.sub(lambda run: _mended(run.group()), text)
    return mended, mended != text


def _damaged(runs: list[str], beyond: str) -> bool:
    """Whether runs of damage are nearly all that is not ASCII."""
    return sum(map(len, runs)) * 10 >= 9 * len(beyond)


def _beyond_ascii(text: str) -> str:
    """The characters of a text that are not ASCII."""
    code = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return code.decode("utf-8", "surrogatepass")


def _mended(run: str) -> str:
    try:
        return bytes(_BYTES.get(c, ord(c)) for c in run).decode("utf-8")
    except ValueError:
        return run


def safe(text: str) -> str:
    """``text`` without NULs and lone surrogates (each becomes U+FFFD)."""
    if text.isascii():
        return _no_nuls(text)
    try:
        text.encode("utf-8")  # many times as fast as a search for surrogates
    except UnicodeEncodeError:
        return _UNSAFE.sub("\ufffd", text)
    return _no_nuls(text)


def _no_nuls(text: str) -> str:
    return text.replace("\0", "\ufffd")


def _declared(body: bytes, content_type: str | None) -> str | None:
    header = _HEADER.search(content_type or "")
    if header and (codec := _codec(header.group(1))):
        return codec
    meta = _META.search(body[:_PRESCAN])
    codec = _codec(meta.group(1).decode("ascii")) if meta else None
    # a meta that could be read as ASCII cannot be UTF-16 (HTML 13.2.3.2)
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _codec(label: str) -> str | None:
    label = label.strip().lower()
    name = _WHATWG.get(label, label)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return info.name if info.name in _KNOWN else None


def _looks_utf8(body: bytes) -> bool:
    """Valid UTF-8 with at least one multi-byte character: no legacy text looks so by chance."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(text) != len(body)


def _likely(body: bytes) -> str:
    """The encoding of a page that is no UTF-8, by the language that it says it is in."""
    found = _LANGUAGE.search(body[:_PRESCAN])
    name = _BY_LANGUAGE.get(found.group(1).decode("ascii").lower(), "cp1252") if found else "cp1252"
    if name == "cp1250" and len(body.translate(None, _BETWEEN)) == len(body):
        return "iso8859-2"
    return name


def _guess(body: bytes, declared: str | None) -> tuple[str, str, tuple[str, ...]]:
    try:
        return _no_nuls(body.decode("utf-8")), "utf-8", ()
    except UnicodeDecodeError:
        pass
    lossy = body.decode("utf-8", "replace")
    broken = lossy.count("\ufffd")
    # Mostly valid UTF-8 with a few broken bytes (a cut in the middle, one bad widget) stays UTF-8.
    beyond = len(body.translate(None, _ASCII))
    if broken * 20 <= beyond:
        return safe(lossy), "utf-8", ("charset-damage",)
    encoding = _likely(body)
    flag = (f"charset-lied:{declared}->{encoding}",) if declared else ("charset-guessed",)
    return safe(body.decode(encoding, "replace")), encoding, flag
