"""WARC files read strictly: every record whole, its digests there and true.

Other checkers pass a record whose digests were deleted, a file cut between records, an edited date
(warcio 1.7 does); here a digest is required, and what lies between records is an error.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

# A page may have 50 MB; a record over this is not read, for it may be a bomb.
_MAX_RECORD = 256_000_000
_FEED = 1 << 16
_REQUIRED = ("warc-type", "warc-record-id", "warc-date", "content-length", "warc-block-digest")
# Deflate packs 1,032 to 1 at most: such a member cannot unpack to more than a record may have.
_SMALL = _MAX_RECORD // 1032
_GZIP = 31
_DIGEST_URN = "urn:sha256:"
_BASE32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_DIGITS = bytes.maketrans(_BASE32, b"0123456789abcdefghijklmnopqrstuv")


class ScannedRecord(NamedTuple):
    """A record as it lies in its file: ``offset`` and ``length`` in bytes of the file, ``size`` in
    bytes unpacked. ``trouble`` is one line where it is not as it must be; ``payload`` is the digest
    of its payload, hex, as it says itself (and as checked, where the payload is in it). ``id`` is its
    own, ``beside`` that of the record that it stands beside."""

    offset: int
    length: int
    size: int
    kind: str = ""
    url: str = ""
    time: str = ""
    payload: str | None = None
    trouble: str | None = None
    id: str = ""
    beside: str = ""


class _BadRecordError(ValueError):
    """What is wrong with a record, in one line."""


def scan(data: memoryview, end: int | None = None, start: int = 0) -> Iterator[ScannedRecord]:
    """The records of a file, in order, from byte ``start`` up to byte ``end``. A member that cannot be unpacked is
    reported, and the scan ends there: where the next one begins is not known."""
    at, end = start, len(data) if end is None else min(end, len(data))
    while at < end:
        found = read_record(data, at, end)
        yield found
        if found.length == 0:
            return
        at += found.length


def read_record(data: memoryview, at: int, end: int, expected: int = 0) -> ScannedRecord:
    """The record that begins at byte ``at``. Its ``length`` is 0 where it cannot be unpacked.
    ``expected`` is how long it should be, where that is known: it is read faster then."""
    try:
        record, length = _member(data, at, end, expected)
    except _BadRecordError as error:
        return ScannedRecord(at, 0, 0, trouble=str(error))
    try:
        return _checked(record, at, length)
    except _BadRecordError as error:
        return ScannedRecord(at, length, len(record), trouble=str(error))


def _unpacking() -> tuple[Callable[[memoryview, int], bytes | bytearray], type[Exception]]:
    """What unpacks a whole member whose size is known, and what it raises: libdeflate, which takes a
    third of the time, where ``variorum[fast]`` is installed, else zlib."""
    try:
        import deflate
    except ImportError:
        return (lambda member, size: zlib.decompress(member, _GZIP, max(size, 1))), zlib.error
    return deflate.gzip_decompress, deflate.DeflateError


_unpack, _UnpackError = _unpacking()


def _member(data: memoryview, at: int, end: int, expected: int) -> tuple[bytes | bytearray, int]:
    """(unpacked, length in the file) of the gzip member at ``at``."""
    whole = _at_once(data[at : at + expected]) if 8 < expected <= _SMALL else None
    if whole is not None:
        return whole, expected
    unpacker = zlib.decompressobj(_GZIP)
    parts, size, read = [], 0, at
    feed = expected if expected > 0 else _FEED
    try:
        while not unpacker.eof:
            portion = data[read : min(read + feed, end)]
            if not len(portion):
                raise _BadRecordError("the record is cut short")
            part = unpacker.decompress(portion, _MAX_RECORD)
            read += len(portion)
            size += len(part)
            if unpacker.unconsumed_tail or size > _MAX_RECORD:
                raise _BadRecordError("the record unpacks to more than a record may have")
            parts.append(part)
    except zlib.error as error:
        raise _BadRecordError(f"the record cannot be unpacked ({error})") from None
    return b"".join(parts), read - len(unpacker.unused_data) - at


def _at_once(member: memoryview) -> bytes | bytearray | None:
    """A member unpacked into a buffer of the size that its last four bytes say; None where that does
    not fit, and it is looked at more closely."""
    size = int.from_bytes(member[-4:], "little")
    try:
        record = _unpack(member, size) if 0 < size <= _MAX_RECORD else b""
    except _UnpackError:
        return None
    return record if len(record) == size else None


def _checked(record: bytes | bytearray, at: int, length: int) -> ScannedRecord:
    head_end = record.find(b"\r\n\r\n")
    if not record.startswith(b"WARC/1.1\r\n") or head_end < 0:
        raise _BadRecordError("not a WARC/1.1 record")
    fields = _fields(record[10:head_end])
    for name in _REQUIRED:
        if name not in fields:
            raise _BadRecordError(f"it has no {name}")
    view = memoryview(record)
    block = view[head_end + 4 : -4]
    if not record.endswith(b"\r\n\r\n") or fields["content-length"] != str(len(block)):
        raise _BadRecordError("its block is not as long as it says")
    if not _block_fits(fields, block):
        raise _BadRecordError("its block is not what its digest says")
    return ScannedRecord(
        at,
        length,
        len(record),
        fields["warc-type"],
        fields.get("warc-target-uri", ""),
        fields["warc-date"],
        _payload(fields, record, view, head_end + 4),
        None,
        fields["warc-record-id"],
        fields.get("warc-concurrent-to", ""),
    )


def _block_fits(fields: dict[str, str], block: memoryview) -> bool:
    """SHA-256, and for the description of the file itself also SHA-1, which warcio gives it."""
    said = fields["warc-block-digest"]
    if fields["warc-type"] == "warcinfo" and said.startswith("sha1:"):
        told = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
        return said == f"sha1:{told}"
    return _sha256(said) == hashlib.sha256(block).hexdigest()


def _payload(
    fields: dict[str, str], record: bytes | bytearray, view: memoryview, start: int
) -> str | None:
    """The payload's digest; checked where the payload is in the record."""
    kind, said = fields["warc-type"], fields.get("warc-payload-digest")
    if kind == "revisit":
        if said is None and "server-not-modified" not in fields.get("warc-profile", ""):
            raise _BadRecordError("it has no warc-payload-digest")
        return said and _sha256(said)
    if kind == "response":
        head = record.find(b"\r\n\r\n", start)
        if head < 0:
            raise _BadRecordError("its HTTP head does not end")
        payload = view[head + 4 : -4]
    elif kind == "resource":
        payload = view[start:-4]
    else:
        return None
    if said is None:
        if record[start + 8 : start + 12] == b" 304":
            return None
        raise _BadRecordError("it has no warc-payload-digest")
    digest = _sha256(said)
    if digest != hashlib.sha256(payload).hexdigest():
        raise _BadRecordError("its payload is not what its digest says")
    named = fields.get("warc-target-uri", "")
    if named.startswith(_DIGEST_URN) and named != f"{_DIGEST_URN}{digest}":
        raise _BadRecordError("it is not what its address names")
    return digest


def _fields(head: bytes | bytearray) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").split("\r\n")
    fields = {
        name.lower(): value for name, colon, value in (s.partition(": ") for s in lines) if colon
    }
    if len(fields) != len(lines):
        raise _BadRecordError(f"a head line that is none: {_first_bad(lines)[:60]!r}")
    return fields


def _first_bad(lines: list[str]) -> str:
    """The first line that has no colon, or names what an earlier one named."""
    names: set[str] = set()
    for line in lines:
        name, colon, _ = line.partition(": ")
        if not colon or name.lower() in names:
            return line
        names.add(name.lower())
    return ""


def _sha256(digest: str) -> str:
    """The hex of a digest, which WARC writes in base 32 (or hex)."""
    name, _, value = digest.partition(":")
    if name != "sha256":
        raise _BadRecordError(f"a digest that is no SHA-256: {digest[:20]!r}")
    if len(value) == 64:
        return value.lower()
    told = value.encode("utf-8", "replace").removesuffix(b"====")
    if len(value) != 56 or len(told) != 52 or told.translate(None, _BASE32):
        raise _BadRecordError("a digest that is not written as digests are")
    # The standard library's decoder is a loop in Python, as dear as hashing 20 KB.
    number = int(told.translate(_DIGITS), 32)
    if number & 0xF:
        raise _BadRecordError("a digest that is not written as digests are")
    return f"{number >> 4:064x}"
