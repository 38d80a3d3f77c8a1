"""A hostile web server on loopback, made of raw sockets so that it can break every rule."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Handler = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True)
class Asked:
    """One request as it came: path, headers (lower-case names), and when (loop time)."""

    path: str
    headers: dict[str, str]
    time: float
    host: str = ""


@dataclass(slots=True)
class Evil:
    """The running server. ``asked`` is its log; ``at`` makes a URL on it."""

    port: int
    asked: list[Asked] = field(default_factory=list)

    def at(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@asynccontextmanager
async def evil(
    handler: Handler, host: str = "127.0.0.1", ssl: object = None
) -> AsyncIterator[Evil]:
    """Serves ``handler`` on a free port until the block ends."""
    running = Evil(0)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            lower = {name.lower(): value for name, value in headers.items()}
            path = head[0].split()[1]
            now = asyncio.get_running_loop().time()
            asked = Asked(path, lower, now, lower.get("host", ""))
            running.asked.append(asked)
            await handler(asked, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            tasks.discard(task)
            with contextlib.suppress(Exception):
                writer.close()

    server = await asyncio.start_server(serve, host, 0, ssl=ssl)  # type: ignore[arg-type]
    running.port = server.sockets[0].getsockname()[1]
    try:
        yield running
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole response; ``content_type`` in ``headers`` becomes ``Content-Type``."""
    given = {name.replace("_", "-").title(): value for name, value in headers.items()}
    given.setdefault("Content-Length", str(len(body)))
    given.setdefault("Connection", "close")
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def serving(*pages: tuple[str, bytes]) -> Handler:
    """A handler that answers paths with whole responses, others with 404."""
    known = dict(pages)

    async def handle(asked: Asked, writer: asyncio.StreamWriter) -> None:
        writer.write(known.get(asked.path, answer(b"nothing here", "404 Not Found")))
        await writer.drain()

    return handle


def zeros(size: int) -> Iterator[bytes]:
    """Nothing, much of it."""
    piece = bytes(1 << 20)
    for _ in range(size >> 20):
        yield piece


def gzip_bomb(size: int) -> bytes:
    """``size`` zero bytes as gzip, made without holding them."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(piece) for piece in zeros(size)), packer.flush()])


def brotli_bomb(size: int) -> bytes:
    import brotli

    packer = brotli.Compressor(quality=5, lgwin=22)
    return b"".join([*(packer.process(piece) for piece in zeros(size)), packer.finish()])


def zstd_bomb(size: int) -> bytes:
    import zstandard

    packer = zstandard.ZstdCompressor(level=3).compressobj()
    return b"".join([*(packer.compress(piece) for piece in zeros(size)), packer.flush()])


def stacked_bomb(size: int) -> bytes:
    """gzip in gzip in gzip: a few hundred bytes that stand for gigabytes."""
    return gzip.compress(gzip.compress(gzip_bomb(size)))
