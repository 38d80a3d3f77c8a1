"""A small web archive on loopback: index, TimeMap and mementos, in the dialects that there are, and
with the faults that there are."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

URL = "https://news.example.org/city/bridge-closed?id=7&part=1"


def page(hurt: str) -> bytes:
    return f"""<!doctype html><html lang="en"><head><title>Bridge closed | The Lantern</title>
    <meta property="og:type" content="article"></head><body><main><article><h1>Bridge closed</h1>
    <p>The old bridge over the Tarn was closed on Monday morning after a lorry struck one of its
    piers, and engineers said that it would stay shut for weeks.</p>
    <p>{hurt} people were hurt, according to the ambulance service, which sent six vehicles to the
    scene shortly after seven o'clock.</p></article></main></body></html>""".encode()


@dataclass
class Past:
    """A capture that the archive has."""

    stamp: str
    body: bytes
    url: str = URL
    status: int = 200
    mime: str = "text/html"
    packed: bool = False

    @property
    def payload(self) -> bytes:
        return gzip.compress(self.body, mtime=0) if self.packed else self.body

    @property
    def digest(self) -> str:
        return base64.b32encode(hashlib.sha1(self.payload).digest()).decode()

    @property
    def time(self) -> datetime:
        return datetime.strptime(self.stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass
class Service:
    """``dialect``: wayback (JSON rows), pywb (JSON lines), cdxj, plain, or timemap (no index).
    ``fault`` is what is wrong with it, from the memento of number ``well`` on. ``asked`` is its log."""

    past: list[Past]
    dialect: str = "pywb"
    fault: str = ""
    well: int = 0
    slow: float = 0.0
    robots: str = ""
    port: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/c"

    @property
    def mementos(self) -> list[str]:
        return [path for path in self.asked if "id_/" in path]

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        parts = urlsplit(path)
        self.asked.append(path)
        if parts.path == "/robots.txt":
            return (200, {"Content-Type": "text/plain"}, self.robots.encode())
        if parts.path == "/c/cdx" and self.dialect != "timemap":
            return self._index(parse_qs(parts.query))
        if parts.path.startswith("/c/timemap/link/"):
            return (200, {"Content-Type": "application/link-format"}, self._timemap().encode())
        for one in self.past:
            if path == f"/c/{one.stamp}id_/{one.url}":
                return self._memento(one)
        return 404, {"Content-Type": "text/html"}, b"<html>no such thing</html>"

    def _index(self, asked: dict[str, list[str]]) -> tuple[int, dict[str, str], bytes]:
        if self.fault == "index busy":
            return 429, {"Retry-After": "90"}, b"slow down"
        if self.fault == "index garbage":
            return 200, {}, b"<html><h1>An error, but with status 200</h1></html>"
        since, until = asked.get("from", ["0"])[0], asked.get("to", ["9"])[0]
        found = [p for p in self.past if p.url == asked["url"][0] and since <= p.stamp <= until][
            : int(asked["limit"][0])
        ]
        text = "\n".join(self._lines(found))
        if self.fault == "index half":
            text = text[: len(text) // 2]
        return 200, {"Content-Type": "text/plain"}, text.encode()

    def _lines(self, found: list[Past]) -> Iterator[str]:
        rows = [["k)/", p.stamp, p.url, p.mime, str(p.status), p.digest, "9"] for p in found]
        names = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
        if self.dialect == "wayback":
            yield json.dumps([names, *rows] if rows else [])
            return
        for row in rows:
            if self.dialect == "plain":
                yield " ".join(row)
                continue
            told = dict(
                zip(("urlkey", "timestamp", "url", "mime", "status", "digest"), row, strict=False)
            )
            prefix = f"k)/ {row[1]} " if self.dialect == "cdxj" else ""
            yield prefix + json.dumps(told)

    def _timemap(self) -> str:
        lines = [f'<{URL}>; rel="original"', f'<{self.address}/timemap/link/{URL}>; rel="self"']
        for one in self.past:
            time = format_datetime(one.time, usegmt=True)
            place = f"{self.address}/{one.stamp}mp_/{one.url}"
            lines.append(f'<{place}>; rel="memento"; datetime="{time}"')
        return ",\n".join(lines)

    def _memento(self, one: Past) -> tuple[int, dict[str, str], bytes]:
        time.sleep(self.slow)
        ill = len(self.mementos) > self.well
        if ill and self.fault == "busy":
            return 503, {"Retry-After": "300"}, b"over capacity"
        if ill and self.fault == "no memento":
            return 200, {"Content-Type": "text/html"}, b"<html>please sign in</html>"
        when = one.time.replace(year=1999) if ill and self.fault == "another" else one.time
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "X-Archive-Orig-Server": "presses/1.0",
            "X-Archive-Orig-ETag": '"of-then"',
            "Memento-Datetime": format_datetime(when, usegmt=True),
            "Server": "past/0.1",
        }
        if one.packed:
            headers["Content-Encoding"] = "gzip"
        body = one.payload
        if ill and self.fault == "half":
            return one.status, headers | {"Content-Length": str(len(body) + 100)}, body
        return one.status, headers, body


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_GET(self) -> None:
            status, headers, body = service.answer(self.path)
            self.send_response_only(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
