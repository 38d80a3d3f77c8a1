"""Pages in a real browser: what scripts put there is read, and nothing inside the house is reached."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from evil_server import Evil, answer, evil, serving

from variorum.model import Fetched, Rendered
from variorum.stages.fetch import Gate, Guard, PoliteFetcher, Renderer, RenderLimits
from variorum.stages.fetch.browser import SANDBOX, Browser, NoBrowserError, program, why_no_browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SITE = "127.0.0.2"  # stands for the public web: the guard of these tests lets it pass, and no other
STORY = "The bridge will be closed from Monday, the county said."
SCRIPT = (
    "fetch('/api/story').then(r => r.json()).then(s => document.querySelector('main').innerHTML ="
    " `<h1>${s.head}</h1><p>${s.text}</p>`)"
)


Pages = tuple[tuple[str, bytes], ...]


class Street(Guard):
    """The guard as it is, but for one address that counts as public."""

    def address(self, address: str) -> str | None:
        return None if address == SITE else super().address(address)


class Names(AbstractResolver):
    """Every name is the site's; ``inside…`` is this machine's, and ``rebind…`` is both: where the
    site does not answer, the other is tried."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        kind = host.split(".", maxsplit=1)[0]
        given = {"inside": ["127.0.0.1"], "rebind": [SITE, "127.0.0.1"]}.get(kind, [SITE])
        more = {"family": socket.AF_INET, "proto": 0, "flags": socket.AI_NUMERICHOST}
        return [
            ResolveResult(hostname=host, host=one, port=port, **more)  # type: ignore[typeddict-item]
            for one in given
        ]

    async def close(self) -> None:
        pass


@dataclass(slots=True)
class Inside:
    """What reached this machine itself: connections, bytes of datagrams. ``refused``: how often the
    guard did not connect."""

    port: int = 0
    refused: int = 0
    came: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def inside() -> AsyncIterator[Inside]:
    """A listener for TCP and UDP on one port of loopback that must never hear anything."""
    house = Inside()

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        house.came.append(b"connected")
        writer.close()

    class Datagrams(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, address: object) -> None:
            house.came.append(data)

    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    house.port = server.sockets[0].getsockname()[1]
    where = ("127.0.0.1", house.port)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Datagrams, local_addr=where)
    try:
        yield house
    finally:
        transport.close()
        server.close()


@dataclass(slots=True)
class Room:
    """One fetcher and one browser for all tests: to start one takes longer than most of them."""

    runner: asyncio.Runner
    fetcher: PoliteFetcher
    renderer: Renderer

    def look(
        self,
        pages: Callable[[int], Pages] | Pages,
        *paths: str,
        limits: RenderLimits | None = None,
        screenshot: bool = False,
    ) -> Looked:
        """The pages at ``paths`` of a site that has these pages, rendered one after the other."""
        self.renderer.limits = limits or RenderLimits()
        return self.runner.run(self._look(pages, paths or ("/",), screenshot))

    async def _look(
        self, pages: Callable[[int], Pages] | Pages, paths: tuple[str, ...], screenshot: bool
    ) -> Looked:
        async with inside() as house:
            known = pages(house.port) if callable(pages) else pages
            seen, before = [], self.fetcher.guard.refused
            async with evil(serving(*known), SITE) as site:
                for path in paths:
                    fetched = await self.fetcher.get(site.at(path, "news.example.org"))
                    seen.append(await self.renderer.render(fetched, screenshot=screenshot))
            house.refused = self.fetcher.guard.refused - before
            return Looked(tuple(seen), site, house)


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looks at pages, the site's log, and that of the house."""

    pages: tuple[Fetched, ...]
    site: Evil
    house: Inside

    @property
    def page(self) -> Fetched:
        return self.pages[0]

    @property
    def built(self) -> Rendered:
        assert self.page.rendered is not None, self.page.error
        return self.page.rendered

    @property
    def asked(self) -> list[str]:
        return [one.path for one in self.site.asked]


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    patch = pytest.MonkeyPatch()
    if os.geteuid() == 0:
        patch.setenv(SANDBOX, "off")
    why = why_no_browser()
    if why is not None and not os.environ.get("CI"):
        pytest.skip(why)
    assert why is None

    async def opened() -> Room:
        fetcher = PoliteFetcher(guard=Street(), gate=Gate(delay=0.0), resolver=Names())
        return Room(runner, await fetcher.__aenter__(), Renderer(fetcher))

    async def closed(room: Room) -> None:
        await room.renderer.close()
        await room.fetcher.__aexit__(None, None, None)

    with asyncio.Runner() as runner:
        room = runner.run(opened())
        yield room
        runner.run(closed(room))
    patch.undo()


def html(body: str, **headers: str) -> bytes:
    page = f"<!doctype html><html><head><title>t</title></head><body>{body}</body></html>"
    return answer(page.encode(), content_type="text/html; charset=utf-8", **headers)


def test_a_story_that_a_script_puts_there_is_read_and_the_response_is_kept(room: Room) -> None:
    told = f'{{"head": "Bridge closed", "text": "{STORY}"}}'.encode()
    pages = (
        ("/", html('<main></main><script src="/app.js"></script><img src="/p.png">')),
        ("/app.js", answer(SCRIPT.encode(), content_type="text/javascript")),
        ("/api/story", answer(told, content_type="application/json")),
    )
    looked = room.look(pages)
    assert looked.page.error is None
    assert STORY.encode() in looked.built.dom and STORY.encode() not in looked.page.body
    assert looked.built.browser.startswith("Chromium ")
    assert looked.built.sandbox is (os.geteuid() != 0)
    assert looked.built.requests == 2
    assert looked.asked == ["/robots.txt", "/", "/app.js", "/api/story"]  # and no picture
    assert all("Variorum" in one.headers["user-agent"] for one in looked.site.asked)


def test_what_robots_txt_refuses_is_not_fetched_for_a_page_either(room: Room) -> None:
    pages = (
        ("/robots.txt", answer(b"User-agent: *\nDisallow: /api/")),
        ("/", html(f"<main>bare</main><script>{SCRIPT}</script>")),
    )
    looked = room.look(pages)
    assert "/api/story" not in looked.asked
    assert any("robots.txt" in note for note in looked.built.notes)


HOSTILE = """<p>{story}</p><script>
const inside = 'http://127.0.0.1:{port}', quiet = () => 0;
for (const url of [inside + '/fetch', 'http://localhost:{port}/', 'http://2130706433:{port}/',
    'http://[::ffff:127.0.0.1]:{port}/', 'http://169.254.169.254/latest/meta-data/',
    'http://inside.example.org:{port}/', 'http://rebind.example.org:{port}/',
    'file:///etc/passwd', '/away'])
  fetch(url, {{mode: 'no-cors'}}).then(r => r.text()).then(t => document.body.append(t)).catch(quiet);
const tries = [
  () => new WebSocket('ws://127.0.0.1:{port}/socket'),
  () => new EventSource(inside + '/events'),
  () => navigator.sendBeacon(inside + '/beacon', 'x'),
  () => window.open(inside + '/window'),
  () => new Worker(URL.createObjectURL(new Blob([
    "fetch('" + inside + "/worker').catch(() => 0); new WebSocket('ws://127.0.0.1:{port}/w')"]))),
  () => navigator.serviceWorker.register('/sw.js').catch(quiet),
  () => {{ const p = new RTCPeerConnection({{iceServers: [{{urls: 'stun:127.0.0.1:{port}'}},
      {{urls: 'turn:127.0.0.1:{port}?transport=tcp', username: 'a', credential: 'b'}}]}});
    p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o)); }},
  () => new WebTransport('https://127.0.0.1:{port}/transport'),
];
for (const one of tries) try {{ one() }} catch {{}}
const put = (name, more) => document.body.append(Object.assign(document.createElement(name), more));
for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'prerender', 'icon', 'manifest', 'stylesheet'])
  put('link', {{rel, href: inside + '/' + rel}});
put('img', {{src: inside + '/img'}});
put('iframe', {{src: inside + '/frame'}});
put('iframe', {{src: 'file:///etc/passwd'}});
put('object', {{data: inside + '/object'}});
put('video', {{src: inside + '/video'}});
put('script', {{type: 'speculationrules', text: JSON.stringify({{prefetch: [{{source: 'list',
  urls: [inside + '/speculated'], eagerness: 'immediate'}}]}})}});
put('form', {{action: inside + '/form', method: 'post'}}); document.forms[0].submit();
setTimeout(() => location = inside + '/gone', 200);
setTimeout(() => location = 'file:///etc/passwd', 400);
</script>"""


@pytest.mark.parametrize("screenshot", [False, True])
def test_a_page_reaches_nothing_inside_the_house(room: Room, screenshot: bool) -> None:
    def pages(port: int) -> Pages:
        to = f"http://127.0.0.1:{port}/redirected"
        return (
            ("/", html(HOSTILE.format(port=port, story=STORY))),
            ("/away", answer(status="302 Found", location=to)),
        )

    looked = room.look(pages, screenshot=screenshot)
    assert looked.house.came == []
    assert looked.house.refused >= 2  # the names that lead inside, found out at the connect
    assert STORY.encode() in looked.built.dom and b"root:" not in looked.built.dom
    assert "/away" in looked.asked and "/sw.js" not in looked.asked
    assert "was not asked" in " ".join(looked.built.notes) and looked.built.refused >= 10


def test_a_browser_without_interception_reaches_nothing_either(room: Room) -> None:
    """The second wall alone: no name resolves, and the proxy connects to nothing."""

    async def story() -> None:
        browser = await room.renderer.running()
        context = await browser.context()
        async with inside() as house:
            page = await context.new_page()
            await page.set_content(HOSTILE.format(port=house.port, story=STORY))
            for name in ("127.0.0.1", "localhost", "inside.example.org"):
                with contextlib.suppress(Exception):
                    await page.goto(f"http://{name}:{house.port}/", timeout=3_000)
            await asyncio.sleep(0.5)
            await context.close()
            assert house.came == []
            assert any(str(house.port) in line for line in browser.hole.tried)

    room.runner.run(story())


@pytest.mark.parametrize(
    ("script", "told", "limits"),
    [
        ("for (;;);", "did not finish within 8 s", RenderLimits(seconds=8)),
        (
            "const a = []; for (;;) a.push(new Array(1e6).fill(a.length));",
            "crashed the browser",
            RenderLimits(memory=4 << 30),
        ),
        (
            "const a = []; setInterval(() => a.push(new Uint8Array(9e7).fill(1)), 5)",
            "more than 600 MB of memory",
            RenderLimits(memory=600 << 20),
        ),
        (
            "for (let n = 0; n < 300; n++) fetch('/' + n).catch(() => 0)",
            "asked for more than 250 things",
            RenderLimits(requests=5, tries=250),
        ),
        (
            "document.body.append('x'.repeat(3e6))",
            "more than 1 MB",
            RenderLimits(dom=1 << 20),
        ),
    ],
    ids=["endless", "crash", "memory", "flood", "tree"],
)
def test_a_page_that_ends_the_browser_is_a_failed_look(
    room: Room, script: str, told: str, limits: RenderLimits
) -> None:
    """The next test reads its page with the browser that takes its place."""
    page = html(f"<p>{STORY}</p><script>{script}</script>")
    browser = room.runner.run(room.renderer.running())
    assert browser.profile is not None and browser.profile.exists()
    failed = room.look((("/", page),), limits=limits).page
    assert failed.rendered is None and failed.error is not None and told in failed.error
    assert failed.status == 200 and STORY.encode() in failed.body
    # Nothing is left of that browser: no process, no profile.
    assert browser.memory() == 0 and not browser.profile.exists()


def test_a_page_that_never_rests_is_taken_as_it_is_within_its_bounds(room: Room) -> None:
    script = "let n = 0; setInterval(() => fetch('/more?' + n++).catch(() => 0), 20)"
    limits = RenderLimits(settle=2, requests=25)
    looked = room.look((("/", html(f"<p>{STORY}</p><script>{script}</script>")),), limits=limits)
    assert STORY.encode() in looked.built.dom
    assert looked.built.requests == 25
    assert len([path for path in looked.asked if path.startswith("/more")]) <= 25
    assert any("still changing" in note for note in looked.built.notes)
    assert any("more than 25 requests" in note for note in looked.built.notes)


def test_a_picture_of_the_page_has_a_bound(room: Room) -> None:
    page = html('<h1 style="font-size:90px">Bridge closed</h1><div style="height:90000px"></div>')
    picture = room.look((("/", page),), screenshot=True).built.screenshot
    assert picture is not None
    assert picture.startswith(b"\x89PNG") and len(picture) < RenderLimits().picture
    assert int.from_bytes(picture[20:24], "big") == RenderLimits().height
    small = room.look((("/", page),), screenshot=True, limits=RenderLimits(picture=100)).built
    assert small.screenshot is None
    assert any("no screenshot" in note for note in small.notes)


def test_nothing_is_kept_from_one_page_to_the_next(room: Room) -> None:
    keep = "document.cookie = 'seen=1'; localStorage.seen = 1; document.body.append('kept')"
    tell = "document.body.append(document.cookie || localStorage.seen ? 'known' : 'stranger')"
    pages = (
        ("/", html(f"<script>{keep}</script>", set_cookie="id=7; Path=/")),
        ("/again", html(f"<script>{tell}</script>")),
    )
    looked = room.look(pages, "/", "/again")
    first, second = (page.rendered for page in looked.pages)
    assert first is not None and b">kept" in first.dom.replace(b"</script>", b">")
    assert second is not None and second.dom.count(b"stranger") == 2
    assert "cookie" not in looked.site.asked[-1].headers


def test_only_a_whole_page_is_rendered(room: Room) -> None:
    pages = (("/", answer(b"{}", content_type="application/json")),)
    looked = room.look(pages, "/", "/missing")
    assert [page.rendered for page in looked.pages] == [None, None]
    assert [page.status for page in looked.pages] == [200, 404]


def test_without_a_browser_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SANDBOX, "off")
    monkeypatch.setenv("VARIORUM_BROWSER", "/nowhere/chromium")
    assert program() is None
    assert "VARIORUM_BROWSER names /nowhere/chromium" in str(why_no_browser())
    with pytest.raises(NoBrowserError, match="no program"):
        asyncio.run(Browser().start())
    monkeypatch.setenv("VARIORUM_BROWSER", "/bin/false")
    with pytest.raises(NoBrowserError, match="does not start"):
        asyncio.run(Browser().start())


def test_root_must_say_that_it_renders_without_a_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SANDBOX, raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert f"{SANDBOX}=off" in str(why_no_browser())
