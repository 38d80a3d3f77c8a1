"""Files as they were before they were packed: Zstandard with a frame a record (.warc.zst), gzip.

Whatever is wrong with one is an OSError, and no few bytes of it ever unfold in memory: a piece has 16
MiB at most, and readers bound their lines.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

from variorum.stages.fetch.decoding import CodingError, ZstdFrame

_BUFFER = 1 << 18
_PIECE = 1 << 14
# What a frame may ask of memory: crawlers use far less, a hostile file would ask for gigabytes.
_WINDOW = 1 << 27
_SKIPPABLE = range(0x184D2A50, 0x184D2A60)
# The frame in front that holds the dictionary of all others (IIPC, "Use of Zstandard in WARC").
_DICTIONARY = 0x184D2A5D
_MAX_DICTIONARY = 16_000_000
ZSTD = b"\x28\xb5\x2f\xfd"


class CutShortError(OSError):
    """A file ends within a frame. (No EOFError: readers of records take that for the end.)"""


class ZstdFrames(io.RawIOBase):
    """The frames of a file, one behind the other, as one stream. Raises CutShortError where the last
    is not whole, OSError where one is damaged. ``packed`` is how far the file was read, in bytes."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._pending = b""
        self._ready = memoryview(b"")
        self._dictionary: zstandard.ZstdCompressionDict | None = None
        self._pieces = self._unpacked()
        self.packed = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._ready:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._ready = memoryview(piece)
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        self._file.close()
        super().close()

    def _unpacked(self) -> Iterator[bytes]:
        while self._more_frames():
            frame = ZstdFrame(_WINDOW, self._dictionary)
            while not frame.eof:
                if not (self._pending or self._fill()):
                    raise CutShortError("the file is cut short: its last record is lost")
                data, self._pending = self._pending, b""
                try:
                    yield from frame.feed(data)
                except CodingError as error:
                    raise OSError(f"damaged: {error.__cause__}") from None
            self._pending = frame.rest

    def _more_frames(self) -> bool:
        while self._skip():
            pass
        return bool(self._pending)

    def _skip(self) -> bool:
        """Pass over a frame that holds no data, or take its dictionary; False where there is none."""
        while len(self._pending) < 8 and self._fill():
            pass
        kind = int.from_bytes(self._pending[:4], "little")
        if len(self._pending) < 8 or kind not in _SKIPPABLE:
            return False
        size = int.from_bytes(self._pending[4:8], "little")
        self._pending = self._pending[8:]
        if kind == _DICTIONARY and size <= _MAX_DICTIONARY:
            self._dictionary = zstandard.ZstdCompressionDict(_dictionary_in(self._take(size)))
        else:
            while size:
                size -= len(self._take(min(size, _BUFFER)))
        return True

    def _take(self, count: int) -> bytes:
        taken, self._pending = self._pending[:count], self._pending[count:]
        if len(taken) < count:
            taken += self._piece(count - len(taken))
        if len(taken) < count:
            raise CutShortError("the file is cut short")
        return taken

    def _fill(self) -> bool:
        piece = self._piece(_PIECE)
        self._pending += piece
        return bool(piece)

    def _piece(self, size: int) -> bytes:
        piece = self._file.read(size)
        self.packed += len(piece)
        return piece


def _dictionary_in(data: bytes) -> bytes:
    if not data.startswith(ZSTD):
        return data
    frame, found = ZstdFrame(_WINDOW), bytearray()
    try:
        for piece in frame.feed(data):
            found += piece
            if len(found) > _MAX_DICTIONARY:
                raise OSError(f"its dictionary has more than {_MAX_DICTIONARY:,} bytes")
    except CodingError as error:
        raise OSError(f"its dictionary is damaged: {error.__cause__}") from None
    return bytes(found)


class GzipMembers(io.RawIOBase):
    """The members of a gzip file as one stream; damage of any kind is an OSError."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._inner = gzip.GzipFile(fileobj=self._file)

    @property
    def packed(self) -> int:
        """How far the file was read, in bytes."""
        return self._file.tell()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        try:
            return self._inner.readinto(buffer)  # type: ignore[arg-type]
        except EOFError:
            raise CutShortError("the file is cut short") from None
        except zlib.error as error:
            raise OSError(f"damaged: {error}") from None

    def close(self) -> None:
        self._inner.close()
        self._file.close()
        super().close()


def opened(path: Path) -> BinaryIO:
    """A file for reading, unpacked where its first bytes say that it is packed."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(b"\x1f\x8b"):
        return cast(BinaryIO, io.BufferedReader(GzipMembers(path), _BUFFER))
    if head == ZSTD or int.from_bytes(head, "little") in _SKIPPABLE:
        return cast(BinaryIO, io.BufferedReader(ZstdFrames(path), _BUFFER))
    return path.open("rb")


def position(file: BinaryIO) -> int:
    """How far a file that was :func:`opened` was read, in bytes as it lies on the disk."""
    raw = getattr(file, "raw", None)
    return raw.packed if isinstance(raw, ZstdFrames | GzipMembers) else file.tell()


def skip_line(file: BinaryIO) -> int:
    """Read on to the end of a line that is too long to be kept; returns how many bytes that took."""
    skipped = 0
    while piece := file.readline(1 << 20):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped
