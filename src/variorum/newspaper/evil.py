"""A server that does everything wrong, for testing whatever fetches from it.

Each case has a name, a path and one line on what a careful fetcher makes of it. No case sends more
than :data:`ENDLESS` bytes or lasts longer than a minute, so that a failing test ends.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from variorum.newspaper import evil_bodies as bodies
from variorum.newspaper.wire import Answer, Request, Server

ENDLESS = 512 * bodies.MEGABYTE
PAUSE = 0.2  # seconds between the pieces of slow answers
LAST = 300  # pieces of a slow answer: one minute
Pieces = Iterator[bytes | float | None]
Maker = Callable[[], Answer]
HTML = ("Content-Type", "text/html; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Case:
    """``name`` is also the path, without its slash. ``expect`` is for people and reports."""

    name: str
    expect: str
    make: Maker


def ok(body: bytes, *headers: tuple[str, str], status: int = 200, kind: str = HTML[1]) -> Answer:
    return Answer(status, (("Content-Type", kind), *headers), body)


def raw(*pieces: bytes | float | None) -> Answer:
    return Answer(raw=lambda: iter(pieces))


def to(location: str, status: int = 302) -> Answer:
    return Answer(status, (("Location", location), HTML))


PAGE = bodies.page().encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


def _endless() -> Pieces:
    yield CHUNKED
    block = b"<p>And so on.</p>\n" * 3641
    for _ in range(ENDLESS // len(block)):
        yield b"%x\r\n" % len(block) + block + b"\r\n"


def _drip() -> Pieces:
    yield HEAD + b"Content-Length: 100000\r\n\r\n"
    for _ in range(LAST):
        yield b"<"
        yield PAUSE


def _slow_head() -> Pieces:
    for byte in HEAD * 3:
        yield bytes([byte])
        yield PAUSE


def _silent() -> Pieces:
    yield PAUSE * LAST


def _bomb(coding: str) -> Maker:
    label = "gzip, gzip" if coding == "stacked" else coding
    return lambda: ok(bodies.bomb(coding), ("Content-Encoding", label))


def _retry(status: int, after: str) -> Maker:
    return lambda: ok(b"Later.", ("Retry-After", after), status=status)


def _retry_date(status: int) -> Maker:
    def make() -> Answer:
        when = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
        return ok(b"Later.", ("Retry-After", when), status=status)

    return make


def _text(text: str, kind: str, encoding: str) -> Maker:
    return lambda: ok(text.encode(encoding, "xmlcharrefreplace"), kind=kind)


def _feed(text: str, kind: str = "application/rss+xml") -> Maker:
    return lambda: ok(text.encode(), kind=kind)


META = bodies.page(title="Gates").replace("<title>", '<meta charset="windows-1252"><title>')
LATE = bodies.page().replace("<title>", f"<!--{'x' * 4000}--><meta charset=windows-1252><title>")

CASES: tuple[Case, ...] = (
    Case("ok", "an honest page", lambda: ok(PAGE)),
    Case("empty", "200 and nothing: no article", lambda: ok(b"")),
    Case("no-content", "204: no article", lambda: Answer(204)),
    Case("pdf", "not HTML: no article", lambda: ok(b"%PDF-1.7\n", kind="application/pdf")),
    Case("picture-as-html", "not HTML: no article", lambda: ok(b"\x89PNG\r\n\x1a\n" + b"\0" * 99)),
    # -- size and time
    Case("endless", "cut at the size cap", lambda: Answer(raw=_endless)),
    Case("huge", "cut at the size cap (50 MB)", lambda: ok(bodies.huge())),
    Case("bomb/gzip", "cut at the decoded cap", _bomb("gzip")),
    Case("bomb/deflate", "cut at the decoded cap", _bomb("deflate")),
    Case("bomb/br", "cut at the decoded cap", _bomb("br")),
    Case("bomb/zstd", "cut at the decoded cap", _bomb("zstd")),
    Case("bomb/stacked", "stacked codings refused or capped", _bomb("stacked")),
    Case("drip", "ends at the deadline", lambda: Answer(raw=_drip)),
    Case("slow-head", "ends at the deadline", lambda: Answer(raw=_slow_head)),
    Case("silent", "ends at the deadline", lambda: Answer(raw=_silent)),
    # -- redirects
    Case("loop", "a failure after the hop limit", lambda: to("/loop")),
    Case("loop/a", "a failure: two pages point at each other", lambda: to("/loop/b")),
    Case("loop/b", "a failure: two pages point at each other", lambda: to("/loop/a")),
    Case("to/ok", "followed", lambda: to("/ok", 301)),
    Case("to/private", "refused: private address", lambda: to("http://10.0.0.1/")),
    Case("to/metadata", "refused: link-local", lambda: to("http://169.254.169.254/latest/")),
    Case("to/decimal", "refused: an address in disguise", lambda: to("http://167772161/")),
    Case("to/octal", "refused: an address in disguise", lambda: to("http://012.0.0.1/")),
    Case("to/mapped", "refused: mapped address", lambda: to("http://[::ffff:10.0.0.1]/")),
    Case("to/nat64", "refused: NAT64 of a private address", lambda: to("http://[64:ff9b::a00:1]/")),
    Case("to/cgnat", "refused: carrier-grade NAT", lambda: to("http://100.64.0.1/")),
    Case("to/any", "refused: this host", lambda: to("http://0.0.0.0:8080/")),
    Case("to/file", "refused: scheme", lambda: to("file:///etc/hostname")),
    Case("to/gopher", "refused: scheme", lambda: to("gopher://127.0.0.1:70/_x")),
    Case("to/ftp", "refused: scheme", lambda: to("ftp://127.0.0.1/x")),
    Case("to/data", "refused: scheme", lambda: to("data:text/html,hello")),
    Case("to/javascript", "refused: scheme", lambda: to("javascript:alert(1)")),
    Case("to/userinfo", "refused or read once only", lambda: to("http://example.com@10.0.0.1/")),
    Case("to/garbage", "a failure: no URL", lambda: to("http://[")),
    Case("to/nowhere", "a failure: no Location", lambda: Answer(302, (HTML,))),
    Case("to/empty", "a failure or a loop", lambda: to("")),
    # -- framing
    Case("short", "incomplete", lambda: Answer(200, (HTML,), PAGE, cut=len(PAGE) // 2)),
    Case("short/gzip", "incomplete", lambda: _cut_gzip(PAGE)),
    Case("long", "read to the length only", lambda: raw(_length(len(PAGE) - 40), PAGE)),
    Case("length/words", "a failure", lambda: raw(HEAD + b"Content-Length: many\r\n\r\n", PAGE)),
    Case("length/negative", "a failure", lambda: raw(HEAD + b"Content-Length: -5\r\n\r\n", PAGE)),
    Case("length/two", "a failure: two lengths", lambda: raw(_two_lengths(), PAGE)),
    Case("length/none", "read to the close", lambda: raw(HEAD + b"\r\n", PAGE)),
    Case("chunk/bad", "a failure", lambda: raw(CHUNKED, b"zz\r\n", PAGE, b"\r\n0\r\n\r\n")),
    Case("chunk/cut", "incomplete", lambda: raw(CHUNKED, b"ffff\r\n", PAGE)),
    Case("chunk/no-end", "incomplete", lambda: raw(CHUNKED, _chunk(PAGE))),
    Case("chunk/vast", "a failure or incomplete", lambda: raw(CHUNKED, b"f" * 40 + b"\r\n", PAGE)),
    Case("gzip/not", "a failure: not gzip", lambda: ok(PAGE, ("Content-Encoding", "gzip"))),
    Case("coding/unknown", "a failure", lambda: ok(PAGE, ("Content-Encoding", "rot13"))),
    Case("reset/head", "a failure", lambda: raw(b"HTTP/1.1 200 OK\r\nConte", 0.05, None)),
    Case("reset/body", "incomplete", lambda: raw(_length(9999), PAGE[:50], 0.05, None)),
    Case("cut/before", "a failure: nothing came", lambda: raw(b"")),
    # -- heads
    Case("head/nonsense", "a failure", lambda: raw(b"I am not HTTP\r\n\r\n")),
    Case("head/status", "a failure", lambda: raw(b"HTTP/1.1 abc OK\r\n\r\n", PAGE)),
    Case(
        "head/huge", "a failure", lambda: raw(HEAD + b"X-Big: " + b"a" * 10**6 + b"\r\n\r\n", PAGE)
    ),
    Case(
        "head/many", "a failure or read", lambda: raw(HEAD, b"X-N: 1\r\n" * 50_000, b"\r\n", PAGE)
    ),
    Case("head/no-colon", "a failure or read", lambda: raw(HEAD + b"no colon here\r\n\r\n", PAGE)),
    Case("head/nul", "a failure", lambda: raw(HEAD + b"X-Nul: a\0b\r\n\r\n", PAGE)),
    Case("head/latin", "read; the header kept", lambda: raw(HEAD + b"X-L: caf\xe9\r\n\r\n", PAGE)),
    # -- encodings
    Case("charset/unknown", "read as UTF-8", _text(bodies.page(), "text/html; charset=x", "utf-8")),
    Case("charset/lies", "header wins", _text(bodies.page(), HTML[1], "windows-1252")),
    Case("charset/meta", "the meta element", _text(META, "text/html", "windows-1252")),
    Case("charset/late", "a late meta element", _text(LATE, "text/html", "windows-1252")),
    Case(
        "charset/bom",
        "BOM over header",
        _text(bodies.page(), "text/html; charset=latin1", "utf-8-sig"),
    ),
    Case("charset/utf16", "BOM", _text(bodies.page(), "text/html", "utf-16")),
    Case(
        "charset/utf7",
        "never UTF-7",
        _text("+ADw-script+AD4-", "text/html; charset=utf-7", "ascii"),
    ),
    # -- politeness
    Case("429/seconds", "waits 2 s", _retry(429, "2")),
    Case("429/date", "waits till the date", _retry_date(429)),
    Case("429/absurd", "waits, clamped", _retry(429, "99999999999999")),
    Case("429/negative", "the default wait", _retry(429, "-3")),
    Case("429/words", "the default wait", _retry(429, "soon")),
    Case("503/seconds", "waits 2 s", _retry(503, "2")),
    Case("503/date", "waits till the date", _retry_date(503)),
    Case("503/past", "the default wait", _retry(503, "Thu, 01 Jan 1970 00:00:00 GMT")),
    Case("304", "fetched again without conditions, then a failure", lambda: Answer(304)),
    Case("401", "blocked", lambda: ok(b"", ("WWW-Authenticate", "Basic"), status=401)),
    Case("451", "blocked", lambda: ok(PAGE, status=451)),
    Case("500", "failed", lambda: ok(PAGE, status=500)),
    Case("999", "failed or blocked", lambda: ok(PAGE, status=999)),
    # -- pages
    Case("page/deep", "limited time; flagged", lambda: ok(bodies.deep())),
    Case("page/node", "limited time; flagged", lambda: ok(bodies.wide_node())),
    Case("page/odd", "text safe", lambda: ok(bodies.odd_characters())),
    Case("page/misnested", "some text", lambda: ok(bodies.misnested())),
    # -- feeds
    Case("feed/xxe", "no file, no network", _feed(bodies.XXE)),
    Case("feed/laughs", "limited memory", _feed(bodies.LAUGHS)),
    Case("feed/deep", "limited time", _feed(bodies.DEEP_FEED)),
    Case("feed/poison", "links with http(s) only", _feed(bodies.POISONED_FEED)),
    Case("feed/html", "a failure of the source", _feed(bodies.page())),
    Case("feed/empty", "a failure of the source", _feed("")),
    Case("feed/cut", "a failure, or what is there", _feed(bodies.POISONED_FEED[:700])),
    Case("feed/json-broken", "a failure", _feed('{"version": "https://json', "application/json")),
)


def _length(length: int) -> bytes:
    return HEAD + b"Content-Length: %d\r\n\r\n" % length


def _two_lengths() -> bytes:
    return HEAD + b"Content-Length: 10\r\nContent-Length: 20\r\n\r\n"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n" % len(data) + data + b"\r\n"


def _cut_gzip(page: bytes) -> Answer:
    body = gzip.compress(page, mtime=0)
    headers = (HTML, ("Content-Encoding", "gzip"))
    return Answer(200, headers, body, cut=len(body) // 2)


class EvilServer:
    """Serves :data:`CASES` on loopback.

    ``robots`` is what /robots.txt gives: "allow" | "missing" | "error" | "html" | "huge" | "loop".
    ``seen`` counts the requests by path. Besides the cases there are ``/chain/N`` (N redirects,
    then a page), ``/status/N``, and ``/etag`` (a text that changes under an ETag that does not).
    """

    def __init__(self, robots: str = "allow") -> None:
        self.robots = robots
        self.seen: Counter[str] = Counter()
        self.base_url = ""
        self._cases = {f"/{case.name}": case for case in CASES}

    @contextmanager
    def serve(self, host: str = "127.0.0.1", port: int = 0) -> Iterator[EvilServer]:
        server = Server(self.answer, [host], port)
        self.base_url = f"http://{host}:{server.port}"
        server.start()
        try:
            yield self
        finally:
            server.stop()

    def url(self, name: str) -> str:
        """The address of a case."""
        return f"{self.base_url}/{name}"

    def answer(self, request: Request) -> Answer:
        path = request.path
        self.seen[path] += 1
        if path in self._cases:
            return self._cases[path].make()
        if path == "/robots.txt":
            return self._robots()
        first, _, rest = path[1:].partition("/")
        if first == "chain" and rest.isdecimal():
            return to(f"/chain/{int(rest) - 1}" if int(rest) else "/ok")
        if first == "status" and rest.isdecimal():
            return ok(PAGE, status=int(rest))
        if path == "/etag":
            return self._stuck_etag(request)
        return ok(b"Nothing here.", status=404)

    def _stuck_etag(self, request: Request) -> Answer:
        if request.headers.get("if-none-match") == '"stuck"':
            return Answer(304, (("ETag", '"stuck"'),))
        text = f"<p>Edition {self.seen['/etag']} of a story that says it never changes.</p>"
        return ok(bodies.page(text).encode(), ("ETag", '"stuck"'))

    def _robots(self) -> Answer:
        plain = "text/plain"
        if self.robots == "html":
            return ok(PAGE)
        if self.robots == "huge":
            rules = b"User-agent: *\nDisallow: /secret\n" + b"# padding\n" * 100_000
            return ok(rules + b"Disallow: /\n", kind=plain)
        if self.robots == "loop":
            return to("/robots.txt")
        if self.robots in ("missing", "error"):
            return ok(b"", status=404 if self.robots == "missing" else 503)
        return ok(b"User-agent: *\nDisallow: /forbidden\n", kind=plain)
