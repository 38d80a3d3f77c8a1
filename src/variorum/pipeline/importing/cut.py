"""Whether a WARC file ends with its last record. Readers take a cut header for the end of the file
and say nothing; an archive must say that something is lost."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import BinaryIO

_PIECE = 1 << 20
_HEAD = 1 << 16


def find_cut(path: Path, last: int) -> int | None:
    """The byte where a cut record begins, None when the file is whole. ``last`` is the offset of
    the last record that could be read."""
    with path.open("rb") as file:
        file.seek(last)
        begin = file.read(5)
        file.seek(last)
        if begin.startswith(b"\x1f\x8b"):
            end = _end_of_member(file)
        elif begin == b"WARC/":
            end = _end_of_record(file)
        else:  # ARC, whose records carry their lengths otherwise
            return None
        if end is None or end > path.stat().st_size:
            return last
        file.seek(end)
        return end if file.read(_HEAD).strip(b"\r\n\0") else None


def _end_of_member(file: BinaryIO) -> int | None:
    """Where the gzip member that begins here ends, None when it does not."""
    unpacker = zlib.decompressobj(wbits=31)
    while piece := file.read(_PIECE):
        while piece and not unpacker.eof:
            try:
                unpacker.decompress(piece, _PIECE)
            except zlib.error:
                return None
            piece = unpacker.unconsumed_tail
        if unpacker.eof:
            return file.tell() - len(unpacker.unused_data)
    return None


def _end_of_record(file: BinaryIO) -> int | None:
    """Where the plain record that begins here ends, None when its head says no length."""
    begin = file.tell()
    head, found, _ = file.read(_HEAD).partition(b"\r\n\r\n")
    for line in head.split(b"\r\n") if found else ():
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return begin + len(head) + 4 + int(value)
    return None
