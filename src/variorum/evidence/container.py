"""A ZIP file in one form only: entries stored, no dates, nothing between them.

So that no byte of a package can be another: what its entries' hashes do not cover (headers, the
directory) follows from them, and is compared.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# Without ZIP64, which not every reader knows.
LARGEST = 0xFFFF_FFFE
_DATE = 0x21  # 1 January 1980: the first that ZIP can say
_VERSION = 20
_MODE = 0o100644 << 16
_CHUNK = 1 << 20
# What zipfile raises over files that are none, are damaged, or were made to break it.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,  # also what it has not implemented
    OverflowError,
)


class TooLargeError(ValueError):
    """More than one package can hold."""


class ContainerError(ValueError):
    """A package that is not whole, or not written as packages are here."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    crc: int
    size: int
    offset: int

    def head(self) -> bytes:
        name = self.name.encode("ascii")
        fields = (_VERSION, 0, 0, 0, _DATE, self.crc, self.size, self.size, len(name), 0)
        return struct.pack("<I5H3I2H", 0x04034B50, *fields) + name

    def listing(self) -> bytes:
        name = self.name.encode("ascii")
        fields = (_VERSION | 3 << 8, _VERSION, 0, 0, 0, _DATE, self.crc, self.size, self.size)
        more = (len(name), 0, 0, 0, 0, _MODE, self.offset)
        return struct.pack("<I6H3I5H2I", 0x02014B50, *fields, *more) + name


class Container:
    """Writes such a file. Every entry's size is known before its bytes come."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._entries: list[_Entry] = []

    def add(self, name: str, data: bytes) -> None:
        self.stream(name, len(data), iter((data,)))

    def stream(self, name: str, size: int, chunks: Iterator[bytes]) -> None:
        """One entry out of chunks that are ``size`` bytes together. Raises TooLargeError."""
        offset = self._file.tell()
        if offset + size > LARGEST:
            raise TooLargeError("more than 4 GB: export fewer articles at a time")
        entry = _Entry(name, 0, size, offset)
        self._file.write(entry.head())
        crc = written = 0
        for chunk in chunks:
            crc = zlib.crc32(chunk, crc)
            written += len(chunk)
            self._file.write(chunk)
        if written != size:
            raise ValueError(f"{name} has {written} bytes, not {size}")
        entry = _Entry(name, crc, size, offset)
        end = self._file.tell()
        self._file.seek(offset)
        self._file.write(entry.head())
        self._file.seek(end)
        self._entries.append(entry)

    def close(self) -> None:
        self._file.write(_directory(self._entries, self._file.tell()))


def check_container(path: Path) -> None:
    """That a file is to the byte what :class:`Container` makes of its entries. Raises
    ContainerError with one line."""
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
            entries = [_Entry(i.filename, i.CRC, i.file_size, i.header_offset) for i in listed]
        with path.open("rb") as file:
            _compare(file, entries)
    except BROKEN as error:
        if isinstance(error, ContainerError):
            raise
        raise ContainerError(f"not a package ({error})") from error


def _compare(file: BinaryIO, entries: list[_Entry]) -> None:
    for entry in entries:
        head = entry.head()
        if file.tell() != entry.offset or file.read(len(head)) != head:
            raise ContainerError(f"{entry.name}: its head is not as it was written")
        crc, left = 0, entry.size
        while left and (chunk := file.read(min(left, _CHUNK))):
            crc = zlib.crc32(chunk, crc)
            left -= len(chunk)
        if left or crc != entry.crc:
            raise ContainerError(f"{entry.name}: its bytes are not those that were written")
    at = file.tell()
    if file.read() != _directory(entries, at):
        raise ContainerError("its directory is not as it was written")


def _directory(entries: list[_Entry], at: int) -> bytes:
    listing = b"".join(entry.listing() for entry in entries)
    count = len(entries)
    fields = (0, 0, count, count, len(listing), at, 0)
    return listing + struct.pack("<I4H2IH", 0x06054B50, *fields)
