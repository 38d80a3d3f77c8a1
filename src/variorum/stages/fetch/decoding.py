"""Content codings taken off piece by piece, so that no bomb ever unfolds in memory.

Each coding is a layer that is fed bytes and gives decoded pieces of bounded size; layers stack. The
sum is counted while it grows, and the first bound that is passed ends the decoding.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Protocol, cast

import brotli  # type: ignore[import-untyped]
import zstandard

from variorum.stages.fetch.limits import Limits

PIECE = 64 * 1024
# A zstd block of 4 bytes can stand for 128 KiB, and the library gives all that its input holds at
# once: small sips keep one piece under 16 MiB.
ZSTD_SIP = 512
ZSTD_WINDOW = 8 << 20  # RFC 9659: what a decoder of the content coding must support, and no more
MEMBERS = 1_000  # gzip members or zstd frames in one body; honest ones have one
ACCEPTED = "gzip, deflate, br, zstd"


class CodingError(ValueError):
    """The body cannot be decoded; ``str()`` says why in one plain phrase."""


class _Layer(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]: ...
    def close(self) -> None:
        """Raises :class:`CodingError` when the stream has not come to its end."""


class _Gzip:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self._members = 1

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inner.eof:
                if not data.startswith(b"\x1f\x8b"[: len(data)]) or self._members >= MEMBERS:
                    return  # what follows the last member is padding
                self._members += 1
                self._inner = zlib.decompressobj(wbits=31)
            try:
                yield self._inner.decompress(data, PIECE)
            except zlib.error as error:
                raise CodingError("its gzip stream is damaged") from error
            data = self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail

    def close(self) -> None:
        if not self._inner.eof:
            raise CodingError("its gzip stream breaks off")


class _Deflate:
    """zlib-wrapped as RFC 9110 says, or bare as some servers send it; told by the first bytes."""

    def __init__(self) -> None:
        self._inner: zlib._Decompress | None = None
        self._head = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._head += data
            if len(self._head) < 2:
                return
            data, wrapped = self._head, self._head[0] & 0x0F == 8
            wrapped = wrapped and int.from_bytes(data[:2], "big") % 31 == 0
            self._inner = zlib.decompressobj(wbits=15 if wrapped else -15)
        while data and not self._inner.eof:
            try:
                yield self._inner.decompress(data, PIECE)
            except zlib.error as error:
                raise CodingError("its deflate stream is damaged") from error
            data = self._inner.unconsumed_tail

    def close(self) -> None:
        if self._inner is None or not self._inner.eof:
            raise CodingError("its deflate stream breaks off")


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner.is_finished():
            return
        try:
            yield self._inner.process(data, output_buffer_limit=PIECE)
            while not self._inner.can_accept_more_data() and not self._inner.is_finished():
                yield self._inner.process(b"", output_buffer_limit=PIECE)
        except brotli.error as error:
            raise CodingError("its brotli stream is damaged") from error

    def close(self) -> None:
        if not self._inner.is_finished():
            raise CodingError("its brotli stream breaks off")


class ZstdFrame:
    """One zstd frame, unpacked in pieces of at most 16 MiB, whatever it is fed at once. It may ask for
    ``window`` bytes of memory. Behind its end, ``rest`` is what was fed and is not of it."""

    def __init__(
        self, window: int, dictionary: zstandard.ZstdCompressionDict | None = None
    ) -> None:
        # The library takes None for no dictionary; its types do not say so.
        known = cast(zstandard.ZstdCompressionDict, dictionary)
        unpacker = zstandard.ZstdDecompressor(dict_data=known, max_window_size=window)
        self._inner = unpacker.decompressobj()
        self.rest = b""

    @property
    def eof(self) -> bool:
        return self._inner.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Raises CodingError where the frame is damaged."""
        for start in range(0, len(data), ZSTD_SIP):
            try:
                yield self._inner.decompress(data[start : start + ZSTD_SIP])
            except zstandard.ZstdError as error:
                raise CodingError("its zstd stream is damaged") from error
            if self._inner.eof:
                self.rest = self._inner.unused_data + data[start + ZSTD_SIP :]
                return


class _Zstd:
    def __init__(self) -> None:
        self._inner = ZstdFrame(ZSTD_WINDOW)
        self._frames = 1

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inner.eof:
                if self._frames >= MEMBERS:
                    return
                self._frames, self._inner = self._frames + 1, ZstdFrame(ZSTD_WINDOW)
            yield from self._inner.feed(data)
            data = self._inner.rest

    def close(self) -> None:
        if not self._inner.eof:
            raise CodingError("its zstd stream breaks off")


_LAYERS: dict[str, type[_Gzip | _Deflate | _Brotli | _Zstd]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}


class Decoder:
    """Decodes one body as it arrives. ``codings`` is the Content-Encoding header, or None.

    :meth:`feed` gives False when a bound is passed (``problem`` then says which) and no more should
    be fed. A coding nobody knows, or damage, is a ``problem`` as well; what was decoded up to there
    stays in :attr:`body`.
    """

    def __init__(self, codings: str | None, limits: Limits) -> None:
        self._limits = limits
        self._out = BytesIO()
        self._raw = self._between = 0
        self.size = 0
        self.problem: str | None = None
        names = [c.strip().lower() for c in (codings or "").split(",")]
        names = [name for name in names if name not in ("", "identity")]
        self._layers: list[_Layer] = []
        if len(names) > limits.codings:
            self.problem = f"it is packed {len(names)} times over"
        elif unknown := [name for name in names if name not in _LAYERS]:
            self.problem = f"it is packed as {unknown[0][:20]!r}, which nobody asked for"
        else:
            self._layers = [_LAYERS[name]() for name in reversed(names)]

    @property
    def body(self) -> bytes:
        return self._out.getvalue()

    def feed(self, data: bytes) -> bool:
        """Takes raw bytes; whether more is wanted."""
        if self.problem:
            return False
        self._raw += len(data)
        try:
            for piece in self._through([data], 0):
                if not self._keep(piece):
                    return False
        except CodingError as error:
            self.problem = str(error)
        return self.problem is None

    def close(self) -> None:
        """Says in ``problem`` when a stream has not come to its end. An empty body is a whole one:
        answers to HEAD and some 304 and 404 name a coding and send nothing."""
        if self.problem or not self._raw:
            return
        try:
            for layer in self._layers:
                layer.close()
        except CodingError as error:
            self.problem = str(error)

    def _through(self, pieces: Iterable[bytes], depth: int) -> Iterator[bytes]:
        if depth == len(self._layers):
            yield from pieces
            return
        layer = self._layers[depth]
        for piece in pieces:
            if depth:
                self._between += len(piece)
                if self._between > self._limits.decoded:
                    raise CodingError("between its codings it unfolds without end")
            yield from self._through(layer.feed(piece), depth + 1)

    def _keep(self, piece: bytes) -> bool:
        room = self._limits.decoded - self.size
        self._out.write(piece[:room] if len(piece) > room else piece)
        self.size += min(len(piece), room)
        if len(piece) > room:
            self.problem = f"unpacked it is larger than {self._limits.decoded >> 20} MB"
        elif self.size > self._limits.ratio_from and self.size > self._limits.ratio * self._raw:
            self.problem = f"it unfolds to more than {self._limits.ratio:.0f} times its size"
        return self.problem is None
