"""One page asked for: what comes back, and what becomes of every kind of trouble."""

from __future__ import annotations

import asyncio
import gzip
import resource
import socket
import ssl
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from evil_server import (
    Asked,
    Evil,
    Handler,
    answer,
    brotli_bomb,
    evil,
    gzip_bomb,
    serving,
    stacked_bomb,
    zstd_bomb,
)

from variorum.about import __version__
from variorum.model import Fetched, Outcome
from variorum.stages.fetch import Fetcher, Guard, Limits, outcome

STORY = b"<p>The bridge at Tarn was closed on Monday.</p>" * 400


def fetch(handler: Handler, path: str = "/", limits: Limits | None = None, **asked: Any) -> Fetched:
    """One fetch from a server that lives just for it."""

    async def go() -> Fetched:
        async with evil(handler) as server, Fetcher(guard=Guard(True), limits=limits) as fetcher:
            return await fetcher.get(server.at(path), **asked)

    return asyncio.run(go())


def line_of(fetched: Fetched) -> str:
    """The error, checked to be one plain line."""
    assert fetched.error is not None
    assert "\n" not in fetched.error and len(fetched.error) < 400
    assert "Error(" not in fetched.error and "Traceback" not in fetched.error
    return fetched.error


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
    "deflate": zlib.compress,
    "gzip, br": lambda b: brotli.compress(gzip.compress(b)),
    "identity": bytes,
}


@pytest.mark.parametrize("coding", PACKERS)
def test_a_page_comes_decoded_and_as_it_was_sent(coding: str) -> None:
    packed = PACKERS[coding](STORY)
    fetched = fetch(serving(("/", answer(packed, content_encoding=coding))))
    assert (fetched.status, fetched.error, fetched.truncated) == (200, None, False)
    assert fetched.body == STORY
    assert fetched.raw == packed
    assert fetched.remote == "127.0.0.1"
    assert outcome(fetched)[0] is Outcome.OK


def test_deflate_without_its_wrapper_is_read_as_well() -> None:
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(STORY) + packer.flush()
    assert fetch(serving(("/", answer(packed, content_encoding="deflate")))).body == STORY


def test_gzip_in_several_members_is_read_to_the_end() -> None:
    packed = gzip.compress(STORY) + gzip.compress(b"<p>and more</p>") + b"\0\0\0"
    fetched = fetch(serving(("/", answer(packed, content_encoding="gzip"))))
    assert fetched.body == STORY + b"<p>and more</p>"


def test_zstd_in_several_frames_is_read_to_the_end() -> None:
    packed = zstandard.compress(STORY) + zstandard.compress(b"<p>and more</p>")
    fetched = fetch(serving(("/", answer(packed, content_encoding="zstd"))))
    assert fetched.body == STORY + b"<p>and more</p>"


def test_a_chunked_body_is_kept_without_its_chunks() -> None:
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (STORY[:100], STORY[100:]))
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    fetched = fetch(serving(("/", head + chunked + b"0\r\n\r\n")))
    assert fetched.body == fetched.raw == STORY


def test_headers_keep_their_order_and_their_spelling() -> None:
    page = b'HTTP/1.1 200 OK\r\nx-First: 1\r\nETag: "a"\r\nX-FIRST: 2\r\nContent-Length: 0\r\n\r\n'
    fetched = fetch(serving(("/", page)))
    names = [name for name, _ in fetched.headers]
    assert names == ["x-First", "ETag", "X-FIRST", "Content-Length"]
    assert fetched.header("etag") == '"a"'


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ("https://desk.example/archive", "+https://desk.example/archive; "),
        (" mail@desk.example\r\nX-Evil: 1 ", "+mail@desk.exampleX-Evil:1; "),
        ("(\u00e9\u202e)", ""),
    ],
)
def test_publishers_are_told_whom_to_write_to(
    monkeypatch: pytest.MonkeyPatch, told: str, seen: str
) -> None:
    monkeypatch.setenv("VARIORUM_CONTACT", told)
    named = f"Variorum/{__version__} ({seen}keeps versions of news stories)"
    assert Fetcher().user_agent == named


def test_what_is_asked_names_the_archive_and_the_state_it_knows() -> None:
    async def story() -> None:
        page = answer(status="304 Not Modified")
        async with evil(serving(("/", page))) as server, Fetcher(guard=Guard(True)) as fetcher:
            fetched = await fetcher.get(
                server.at("/"), etag='W/"x"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT"
            )
            assert fetched.status == 304
            assert outcome(fetched)[0] is Outcome.UNMODIFIED
            asked = server.asked[0].headers
            assert asked["user-agent"] == f"Variorum/{__version__} (keeps versions of news stories)"
            assert asked["if-none-match"] == 'W/"x"'
            assert asked["if-modified-since"].startswith("Mon, 01")
            assert asked["accept-encoding"] == "gzip, deflate, br, zstd"
            assert "cookie" not in asked

    asyncio.run(story())


def test_an_etag_that_would_inject_a_header_is_left_out() -> None:
    async def story() -> None:
        async with evil(serving(("/", answer()))) as server, Fetcher(guard=Guard(True)) as fetcher:
            await fetcher.get(server.at("/"), etag="x\r\nX-Evil: 1")
            assert "if-none-match" not in server.asked[0].headers
            assert "x-evil" not in server.asked[0].headers

    asyncio.run(story())


def test_redirects_are_followed_and_remembered() -> None:
    async def story() -> None:
        pages = serving(
            ("/old", answer(status="301 Moved Permanently", location="/newer")),
            ("/newer", answer(status="302 Found", location="newest?a=b")),
            ("/newest?a=b", answer(b"here")),
        )
        async with evil(pages) as server, Fetcher(guard=Guard(True)) as fetcher:
            fetched = await fetcher.get(server.at("/old"), etag='"old"')
            assert fetched.body == b"here"
            assert fetched.url == server.at("/old")
            assert fetched.final_url == server.at("/newest?a=b")
            assert fetched.hops == (server.at("/old"), server.at("/newer"))
            assert [a.headers.get("if-none-match") for a in server.asked] == ['"old"', None, None]

    asyncio.run(story())


def test_a_redirect_in_a_circle_ends() -> None:
    fetched = fetch(
        serving(
            ("/", answer(status="302 Found", location="/a")),
            ("/a", answer(status="302 Found", location="/b")),
            ("/b", answer(status="302 Found", location="/a")),
        )
    )
    assert fetched.status is None
    assert "circle" in line_of(fetched)
    assert outcome(fetched)[0] is Outcome.FAILED


def test_redirects_without_end_stop_at_ten() -> None:
    async def onward(asked: Asked, writer: Any) -> None:
        writer.write(answer(status="307 Temporary Redirect", location=asked.path + "x"))
        await writer.drain()

    fetched = fetch(onward)
    assert "more than 10 times" in line_of(fetched)
    assert len(fetched.hops) == 11


def test_a_site_that_sets_a_cookie_and_sends_back_is_satisfied_for_this_once() -> None:
    async def wants_cookie(asked: Asked, writer: Any) -> None:
        if "seen=1" in asked.headers.get("cookie", ""):
            writer.write(answer(b"story"))
        else:
            writer.write(answer(status="302 Found", location="/", set_cookie="seen=1; Path=/"))
        await writer.drain()

    async def story() -> None:
        async with evil(wants_cookie) as server, Fetcher(guard=Guard(True)) as fetcher:
            assert (await fetcher.get(server.at("/"))).body == b"story"
            assert (await fetcher.get(server.at("/"))).body == b"story"
            asked = ["cookie" in a.headers for a in server.asked]
            assert asked == [False, True, False, True]  # forgotten in between

    asyncio.run(story())


@pytest.mark.parametrize(
    ("status", "expected"),
    [("404 Not Found", Outcome.GONE), ("410 Gone", Outcome.GONE), ("403 No", Outcome.BLOCKED),
     ("401 No", Outcome.BLOCKED), ("429 Slow", Outcome.BLOCKED), ("402 Pay", Outcome.PAYWALL),
     ("500 Oops", Outcome.FAILED), ("503 Busy", Outcome.FAILED), ("204 None", Outcome.OK),
     ("418 Tea", Outcome.FAILED), ("451 Law", Outcome.BLOCKED)],
)  # fmt: skip
def test_every_status_has_an_outcome_and_a_reason(status: str, expected: Outcome) -> None:
    fetched = fetch(serving(("/", answer(b"", status))))
    assert fetched.error is None
    found, reason = outcome(fetched)
    assert found is expected
    assert "\n" not in reason and reason


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [("120", 120, 120), ("0", 0, 0), ("999999999999999999", 86400, 86400), ("soon", None, None),
     ("-5", None, None), ("Fri, 31 Dec 9999 23:59:59 GMT", 86400, 86400),
     ("Mon, 01 Jan 2001 00:00:00 GMT", 0, 0), ("1e9", None, None), ("９", None, None)],
)  # fmt: skip
def test_retry_after_is_read_and_clamped(value: str, least: int | None, most: int | None) -> None:
    page = answer(b"", "503 Busy", retry_after=value.encode().decode("latin-1"))
    found = fetch(serving(("/", page))).retry_after
    if least is None or most is None:
        assert found is None
    else:
        assert found is not None and least <= found <= most


def test_a_page_that_is_too_large_is_cut_and_says_so() -> None:
    body = b"x" * (3 << 20)
    fetched = fetch(serving(("/", answer(body))), limits=Limits(raw=1 << 20))
    assert fetched.truncated and len(fetched.body) == 1 << 20
    assert "more than 1 MB" in line_of(fetched)


def test_an_endless_page_ends_at_its_cap() -> None:
    async def endless(asked: Asked, writer: Any) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"y" * 65536)
            await writer.drain()

    fetched = fetch(endless, limits=Limits(raw=2 << 20))
    assert fetched.truncated and len(fetched.body) == 2 << 20


@pytest.mark.parametrize("where", ["connect", "headers", "header", "body", "redirect"])
def test_a_slow_server_ends_at_the_deadline(where: str) -> None:
    """One second for everything, wherever the server dawdles."""

    async def slow(asked: Asked, writer: Any) -> None:
        if where == "redirect":
            await asyncio.sleep(0.2)
            writer.write(answer(status="302 Found", location=asked.path + "x"))
            await writer.drain()
            return
        if where == "headers":
            await asyncio.sleep(30)
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while where == "header":
            writer.write(b"X-A: b\r\n")
            await writer.drain()
            await asyncio.sleep(0.05)
        writer.write(b"\r\nbegin")
        while True:
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.05)

    async def story() -> None:
        bounds = Limits(seconds=1.0, connect=0.5)
        if where == "connect":
            # A listener that accepts nobody: its queue is full.
            with socket.socket() as deaf:
                deaf.bind(("127.0.0.1", 0))
                deaf.listen(0)
                others = [socket.socket() for _ in range(4)]
                for other in others:
                    other.setblocking(False)
                    other.connect_ex(deaf.getsockname())
                started = time.monotonic()
                async with Fetcher(guard=Guard(True), limits=bounds) as fetcher:
                    fetched = await fetcher.get(f"http://127.0.0.1:{deaf.getsockname()[1]}/")
                for other in others:
                    other.close()
        else:
            async with evil(slow) as server, Fetcher(guard=Guard(True), limits=bounds) as fetcher:
                started = time.monotonic()
                fetched = await fetcher.get(server.at("/"))
        assert time.monotonic() - started < 8
        assert "in time" in line_of(fetched) or "within 1 s" in line_of(fetched)
        if where == "body":
            assert fetched.truncated and fetched.body.startswith(b"begin.")

    asyncio.run(story())


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nZZZ\r\n",
        answer(gzip.compress(STORY)[:60], content_encoding="gzip"),
        answer(brotli.compress(STORY * 9)[:20], content_encoding="br"),
        answer(zstandard.compress(STORY)[:30], content_encoding="zstd"),
        answer(zlib.compress(STORY)[:40], content_encoding="deflate"),
    ],
)
def test_half_a_page_is_known_as_half_a_page(sent: bytes) -> None:
    fetched = fetch(serving(("/", sent)))
    assert fetched.truncated or fetched.status is None
    assert line_of(fetched)
    assert outcome(fetched)[0] is Outcome.FAILED


@pytest.mark.parametrize(
    "sent",
    [b"", b"nonsense\r\n\r\n", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nbroken header line\r\n\r\n", b"HTTP/9.9 200 OK\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 5000,
     b"HTTP/1.1 200 OK\r\nX: " + b"y" * 500_000 + b"\r\n\r\n",
     b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
     b"HTTP/1.1 200 OK\r\n" + (b"A: " + b"b" * 3000 + b"\r\n") * 60 + b"\r\n"],
)  # fmt: skip
def test_nonsense_for_an_answer_is_one_plain_line(sent: bytes) -> None:
    fetched = fetch(serving(("/", sent)))
    assert line_of(fetched)
    assert outcome(fetched)[0] is Outcome.FAILED


@pytest.mark.parametrize(
    ("coding", "sent", "says"),
    [("gzip", b"not gzip at all", "damaged"), ("br", b"\xff" * 50, "damaged"),
     ("zstd", b"not zstd at all", "damaged"), ("deflate", b"\xff\xff\xff\xff", "damaged"),
     ("lzma", b"x", "nobody asked for"), ("gzip, " * 9 + "gzip", b"x", "times over")],
)  # fmt: skip
def test_a_body_that_cannot_be_unpacked_is_kept_as_it_came(
    coding: str, sent: bytes, says: str
) -> None:
    fetched = fetch(serving(("/", answer(sent, content_encoding=coding))))
    assert says in line_of(fetched)
    assert fetched.truncated
    assert fetched.raw == sent


def test_an_unreachable_port_an_unknown_name_and_a_wrong_certificate(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    command += ["-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async def story() -> None:
        async with Fetcher(guard=Guard(True)) as fetcher:
            with socket.socket() as closed:
                closed.bind(("127.0.0.1", 0))
                port = closed.getsockname()[1]
            refused = line_of(await fetcher.get(f"http://127.0.0.1:{port}/"))
            assert "cannot be reached" in refused and "refused" in refused
            unknown = line_of(await fetcher.get("http://no-such-host.invalid/"))
            assert "no-such-host.invalid has no address (DNS" in unknown
            async with evil(serving(("/", answer(b"x"))), ssl=context) as server:
                untrusted = line_of(await fetcher.get(f"https://localhost:{server.port}/"))
                assert "certificate that cannot be trusted (self" in untrusted
                fetcher.untrusted = frozenset({"localhost"})
                borne = await fetcher.get(f"https://localhost:{server.port}/")
                assert borne.body == b"x" and borne.exchange and borne.exchange.tls
                assert "self" in (borne.exchange.tls.untrusted or "") and borne.exchange.tls.chain
                elsewhere = line_of(await fetcher.get(f"https://127.0.0.1:{server.port}/"))
                assert "certificate that cannot be trusted" in elsewhere

            async def speak(reader: Any, writer: Any) -> None:
                writer.write(answer(b"no TLS here"))
                writer.close()

            speaks_first = await asyncio.start_server(speak, "127.0.0.1", 0)
            port = speaks_first.sockets[0].getsockname()[1]
            assert "TLS" in line_of(await fetcher.get(f"https://127.0.0.1:{port}/"))
            speaks_first.close()

    asyncio.run(story())


def test_a_fetch_that_is_cancelled_is_cancelled() -> None:
    async def never(asked: Asked, writer: Any) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nx")
        await writer.drain()
        await asyncio.sleep(30)

    async def story() -> None:
        async with evil(never) as server, Fetcher(guard=Guard(True)) as fetcher:
            task = asyncio.create_task(fetcher.get(server.at("/")))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(story())


def test_a_fetcher_that_is_not_open_says_so() -> None:
    with pytest.raises(RuntimeError, match="async with"):
        asyncio.run(Fetcher(guard=Guard(True)).get("http://127.0.0.1/"))


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "gzip": ("gzip", lambda: gzip_bomb(1 << 30)),
    "brotli": ("br", lambda: brotli_bomb(1 << 30)),
    "zstd": ("zstd", lambda: zstd_bomb(1 << 30)),
    "stacked": ("gzip, gzip, gzip", lambda: stacked_bomb(1 << 30)),
    "many members": ("gzip", lambda: gzip.compress(b"") * 200_000),
    "gzip in brotli": ("gzip, br", lambda: brotli_bomb(1 << 30)),
}


def most_memory() -> int:
    """The peak of this process in KB. Not ru_maxrss, which a child takes over from its parent."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(status.read_text().split("VmHWM:")[1].split()[0])


def set_off(name: str) -> None:
    """Fetches one bomb in this process and prints the megabytes that it cost."""
    coding, make = BOMBS[name]
    body = make()

    async def go() -> None:
        server: Evil
        page = answer(body, content_encoding=coding)
        async with evil(serving(("/", page))) as server, Fetcher(guard=Guard(True)) as fetcher:
            before = most_memory()
            fetched = await fetcher.get(server.at("/"))
            after = most_memory()
            assert fetched.truncated and fetched.error is not None, fetched.error
            print(len(fetched.body), (after - before) >> 10, after >> 10)

    asyncio.run(go())


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_does_not_unfold_in_memory(name: str) -> None:
    """In a process of its own, so that its peak of memory is its own."""
    if name == "many members":
        fetched = fetch(serving(("/", answer(BOMBS[name][1](), content_encoding="gzip"))))
        assert fetched.body == b""
        return
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); "
    code += f"import test_one_fetch as t; t.set_off({name!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    decoded, cost, peak = map(int, done.stdout.split())
    assert decoded <= Limits().decoded
    assert cost < 120
    assert peak < 200
