"""A publisher with its hub on loopback: a feed that names the hub, and a hub that can be bad."""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode

Form = dict[str, str]


@dataclass
class Hub:
    """``mood``: kind, refuses, silent, denies, or broken. ``names`` is where the hub is named: in the
    feed or in a header. ``forms`` is what it was asked, ``fetched`` when each path was."""

    mood: str = "kind"
    names: str = "feed"
    lease: str = "86400"
    stories: list[str] = field(default_factory=lambda: ["first-story"])
    port: int = 0
    forms: list[Form] = field(default_factory=list)
    fetched: list[tuple[str, float]] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def feed(self) -> str:
        return f"{self.site}/feed"

    def looks(self, path: str = "/feed") -> int:
        return sum(p == path for p, _ in self.fetched)

    def body(self, path: str) -> tuple[str, bytes]:
        if path != "/feed":
            story = f"<h1>{path}</h1><p>Something happened at the old mill on Monday night.</p>"
            return "text/html", f"<html><body><article>{story}</article></body></html>".encode()
        link = f'<atom:link rel="hub" href="{self.site}/hub"/>' if self.names == "feed" else ""
        items = "".join(
            f"<item><title>{s}</title><link>{self.site}/news/{s}</link></item>"
            for s in self.stories
        )
        return "application/rss+xml", (
            '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
            f"<title>The Mill</title>{link}"
            f'<atom:link rel="self" href="{self.feed}"/>{items}</channel></rss>'
        ).encode()

    def verify(self, form: Form) -> tuple[int, str]:
        """Ask back, as a hub does."""
        asked = {"hub.mode": form["hub.mode"], "hub.topic": form["hub.topic"]}
        if self.mood == "denies":
            asked |= {"hub.mode": "denied", "hub.reason": "not for you"}
        else:
            asked |= {"hub.challenge": "echo-this", "hub.lease_seconds": self.lease}
        answer = got(f"{form['hub.callback']}?{urlencode(asked)}")
        self.answers.append(answer)
        return answer

    def ping(self, body: bytes = b"news", *, signed: str = "sha256", secret: str = "") -> int:
        form = self.forms[-1]
        headers = {"Content-Type": "application/rss+xml"}
        if signed:
            key = (secret or form["hub.secret"]).encode()
            made = hmac.new(key, body, getattr(hashlib, signed)).hexdigest()
            headers["X-Hub-Signature"] = f"{signed}={made}"
        return got(form["hub.callback"], body, headers)[0]


def got(url: str, body: bytes | None = None, headers: Form | None = None) -> tuple[int, str]:
    request = urllib.request.Request(url, body, headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hub.fetched.append((self.path, time.monotonic()))
            if self.path == "/robots.txt":
                self._say(404, "text/plain", b"")
                return
            kind, body = hub.body(self.path)
            more = {"Link": f'<{hub.site}/hub>; rel="hub"'} if hub.names == "header" else {}
            self._say(200, kind, body, more)

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(data).items()}
            hub.forms.append(form)
            if hub.mood == "refuses":
                self._say(403, "text/plain", b"no such\ntopic here")
            elif hub.mood == "broken":
                self._say(500, "text/plain", b"")
            else:
                self._say(202, "text/plain", b"")
            if hub.mood in ("kind", "denies"):
                hub.verify(form)

        def _say(self, status: int, kind: str, body: bytes, more: Form | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, **(more or {})}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    hub.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
