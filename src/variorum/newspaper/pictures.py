"""Small pictures made on the spot, so that no page points at nothing."""

from __future__ import annotations

import struct
import zlib

from variorum.newspaper.wire import Answer

WIDTH, HEIGHT = 64, 36


def picture(path: str) -> Answer:
    """A flag of three bands in colours that follow from the path: SVG or PNG by its ending."""
    mark = zlib.crc32(path.encode())
    colours = [
        ((mark >> s) & 255, (mark >> (s + 4)) & 255, (mark >> (s + 8)) & 255) for s in (0, 7, 14)
    ]
    if path.endswith(".png"):
        return Answer(200, (("Content-Type", "image/png"),), _png(colours))
    bands = "".join(
        f'<rect y="{i * 12}" width="64" height="12" fill="rgb{c}"/>' for i, c in enumerate(colours)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 36">{bands}</svg>'
    return Answer(200, (("Content-Type", "image/svg+xml"),), svg.encode())


def _png(colours: list[tuple[int, int, int]]) -> bytes:
    rows = b"".join(b"\0" + bytes(colours[y * 3 // HEIGHT]) * WIDTH for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
