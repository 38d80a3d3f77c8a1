"""A small HTTP/1.1 server with a hand on every byte.

A framework would repair what a hostile site must be able to get wrong (lengths, chunking, header
lines), so the newspaper speaks HTTP itself: GET and HEAD, keep-alive, one answer at a time. It
runs in a thread with its own event loop and listens on loopback addresses only.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import SplitResult, unquote, urlsplit

HEAD_LIMIT = 64 * 1024  # bytes of a request head; browsers send about 1 KB
IDLE_SECONDS = 30.0


def split(target: str) -> SplitResult:
    """A request's target in its parts; it is a path whatever it looks like."""
    return urlsplit("/" + target.lstrip("/"))


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for. Header names are lower case; ``address`` is the local IP asked at."""

    method: str
    target: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        return unquote(split(self.target).path) or "/"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back.

    ``cut`` sends only so many bytes of the body, though the length promises all of it, and closes.
    ``raw`` replaces everything: the pieces are written as they are (a float is a pause in
    seconds, None resets the connection) and the connection is closed after the last.
    """

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    delay: float = 0.0
    cut: int | None = None
    raw: Callable[[], Iterator[bytes | float | None]] | None = None

    def head(self) -> bytes:
        reason = HTTPStatus(self.status).phrase if self.status in _KNOWN else "Odd"
        lines = [f"HTTP/1.1 {self.status} {reason}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.status not in (204, 304):
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")


_KNOWN = {s.value for s in HTTPStatus}
Handler = Callable[[Request], Answer]


class Server:
    """Serves ``handler`` on every address of ``addresses``, all on one port, in a thread."""

    def __init__(self, handler: Handler, addresses: Sequence[str], port: int = 0) -> None:
        self._handler = handler
        self._sockets = bind(addresses, port)
        self.port: int = self._sockets[0].getsockname()[1]
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._main, name="newspaper", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Close every connection and wait for the thread to end."""
        if self._loop and self._stop and self._thread.is_alive():
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=10)

    def _main(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        servers = [
            await asyncio.start_server(self._connected, sock=s, limit=HEAD_LIMIT)
            for s in self._sockets
        ]
        self._ready.set()
        await self._stop.wait()
        for server in servers:
            server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)
        try:
            while await self._one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            pass  # the other side went away or talked nonsense
        except asyncio.CancelledError:
            pass  # the server is being stopped
        finally:
            writer.close()
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), IDLE_SECONDS)
        request = parse(head, writer.get_extra_info("sockname")[0])
        if request is None or request.method not in ("GET", "HEAD"):
            writer.write(Answer(400 if request is None else 405).head())
            await writer.drain()
            return False
        answer = self._handler(request)
        if answer.delay:
            await asyncio.sleep(answer.delay)
        if answer.raw is not None:
            await _write_raw(answer.raw(), writer)
            return False
        body = b""
        if request.method == "GET" and answer.status not in (204, 304):
            body = answer.body if answer.cut is None else answer.body[: answer.cut]
        writer.write(answer.head() + body)
        await writer.drain()
        return answer.cut is None and request.headers.get("connection", "").lower() != "close"


async def _write_raw(pieces: Iterator[bytes | float | None], writer: asyncio.StreamWriter) -> None:
    for piece in pieces:
        if piece is None:
            now = struct.pack("ii", 1, 0)  # linger of 0 s: the close is a reset
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, now)
            writer.transport.abort()
            return
        if isinstance(piece, float):
            await asyncio.sleep(piece)
        else:
            writer.write(piece)
            await writer.drain()


def parse(head: bytes, address: str) -> Request | None:
    """The request of a head; None when it is not HTTP."""
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return None
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    return Request(words[0], words[1], address, headers)


def bind(addresses: Sequence[str], port: int, tries: int = 20) -> list[socket.socket]:
    """Listening sockets on all addresses with one common port (0: any that is free on all).

    Raises OSError when an address is not loopback, does not exist or the port is taken.
    """
    for address in addresses:
        if not ipaddress.ip_address(address).is_loopback:
            raise OSError(f"the newspaper listens on loopback only, not on {address}")
    for attempt in range(tries):
        sockets: list[socket.socket] = []
        try:
            wanted = port
            for address in addresses:
                sockets.append(_listen(address, wanted))
                wanted = sockets[0].getsockname()[1]
            return sockets
        except OSError:
            for opened in sockets:
                opened.close()
            if port or attempt == tries - 1 or not sockets:
                raise
    raise OSError("no port is free on every address")


def _listen(address: str, port: int) -> socket.socket:
    made = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # no 40 ms pauses on keep-alive
        made.bind((address, port))
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made
