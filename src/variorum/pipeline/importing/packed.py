"""Files as they were before they were packed: Zstandard with a frame a record (.warc.zst), gzip."""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

_PIECE = 1 << 18
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
        self._ready = b""
        self._dictionary: zstandard.ZstdCompressionDict | None = None
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self.packed = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._ready:
            if not self._advance():
                return 0
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        self._file.close()
        super().close()

    def _advance(self) -> bool:
        """Unpack a piece more; False at the end of the file."""
        if self._frame is None:
            while self._skip():
                pass
            if not self._pending and not self._fill():
                return False
            self._frame = self._new_frame()
        piece = self._pending or self._piece()
        self._pending = b""
        if not piece:
            raise CutShortError("the file is cut short: its last record is lost")
        try:
            self._ready = self._frame.decompress(piece)
        except zstandard.ZstdError as error:
            raise OSError(f"damaged: {error}") from None
        if self._frame.eof:
            self._pending = self._frame.unused_data
            self._frame = None
        return True

    def _new_frame(self) -> zstandard.ZstdDecompressionObj:
        unpacker = zstandard.ZstdDecompressor(
            dict_data=cast(zstandard.ZstdCompressionDict, self._dictionary), max_window_size=_WINDOW
        )
        return unpacker.decompressobj(write_size=_PIECE)

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
            self._dictionary = zstandard.ZstdCompressionDict(self._dictionary_in(self._take(size)))
        else:
            while size:
                size -= len(self._take(min(size, _PIECE)))
        return True

    def _dictionary_in(self, data: bytes) -> bytes:
        if not data.startswith(ZSTD):
            return data
        unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()
        try:
            return unpacker.decompress(data)
        except zstandard.ZstdError as error:
            raise OSError(f"its dictionary is damaged: {error}") from None

    def _take(self, count: int) -> bytes:
        while len(self._pending) < count:
            if not self._fill():
                raise CutShortError("the file is cut short")
        taken, self._pending = self._pending[:count], self._pending[count:]
        return taken

    def _fill(self) -> bool:
        piece = self._piece()
        self._pending += piece
        return bool(piece)

    def _piece(self) -> bytes:
        piece = self._file.read(_PIECE)
        self.packed += len(piece)
        return piece


def opened(path: Path) -> BinaryIO:
    """A file for reading, unpacked where its first bytes say that it is packed."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith(b"\x1f\x8b"):
        return cast(BinaryIO, gzip.open(path, "rb"))
    if head == ZSTD or int.from_bytes(head, "little") in _SKIPPABLE:
        return cast(BinaryIO, io.BufferedReader(ZstdFrames(path), _PIECE))
    return path.open("rb")
