"""A site with one feed, an archive that watches it, and a clock that tests set."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from aiohttp import web

from variorum.bootstrap import capture_path, open_archive, watcher
from variorum.model import Article, Capture, Source, SourceKind
from variorum.pipeline.watcher import Pass

Handler = Callable[[web.Request], web.StreamResponse]


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.time = datetime(2025, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += timedelta(**by)


class Site:
    """A site of one feed and what its URLs answer; ``pages`` may be changed between looks."""

    def __init__(self) -> None:
        self.pages: dict[str, Handler] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, dict(request.headers)))
        handler = self.pages.get(request.path)
        return handler(request) if handler else web.Response(status=404)


def html(body: str, **rest: object) -> Handler:
    page = f"<!doctype html><html lang='en'><head><title>T</title></head><body>{body}</body></html>"
    return lambda _: web.Response(text=page, content_type="text/html", **rest)  # type: ignore[arg-type]


def story(hurt: str, **rest: object) -> Handler:
    return html(
        f"""<main><article><h1>Bridge closed after lorry strikes pier</h1>
        <p>The old bridge over the Tarn was closed on Monday morning after a lorry struck one of
        its piers, and engineers said that it would stay shut for several weeks.</p>
        <p>{hurt} people were hurt, according to the ambulance service, which sent six vehicles to
        the scene shortly after seven o'clock in the morning.</p></article></main>""",
        **rest,
    )


def feed(*paths: str, scheme: str = "http") -> Handler:
    items = "".join(f"<item><title>{p}</title><link>{{base}}{p}</link></item>" for p in paths)

    def answer(request: web.Request) -> web.Response:
        base = f"{scheme}://{request.host}"
        xml = (
            f"<rss version='2.0'><channel><title>F</title>{items.format(base=base)}</channel></rss>"
        )
        return web.Response(text=xml, content_type="application/rss+xml")

    return answer


class World:
    """A site, an archive that watches it, and a clock."""

    def __init__(self, place: Path) -> None:
        self.place, self.site, self.clock = place, Site(), Clock()
        self.base = ""
        self.tls: ssl.SSLContext | None = None

    def look(
        self,
        times: int = 1,
        *,
        every: timedelta = timedelta(hours=1),
        everything: bool = True,
    ) -> list[Pass]:
        """Look so often, with ``every`` in between: at everything, or at what is due."""
        return asyncio.run(self._look(times, every, everything))

    async def _look(self, times: int, every: timedelta, everything: bool) -> list[Pass]:
        app = web.Application()
        app.router.add_route("*", "/{tail:.*}", self.site.answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        port = int(self.base.rsplit(":", 1)[1]) if self.base else 0
        server = web.TCPSite(runner, "127.0.0.1", port, reuse_address=True, ssl_context=self.tls)
        await server.start()
        self.base = f"http{'s' if self.tls else ''}://127.0.0.1:{runner.addresses[0][1]}"
        try:
            return [await self._pass(every, everything) for _ in range(times)]
        finally:
            await runner.cleanup()

    async def _pass(self, every: timedelta, everything: bool) -> Pass:
        self.clock.time += every
        with open_archive(self.place) as archive, capture_path(archive) as path:
            with archive.write() as records:
                records.add_source(f"{self.base}/feed", SourceKind.FEED, None, self.clock())
            async with watcher(
                archive, path, clock=self.clock, allow_loopback=True, pace=0.0
            ) as watching:
                return await watching.look_once(everything=everything)

    def source(self) -> Source:
        with open_archive(self.place, read_only=True) as archive, archive.read() as records:
            return records.sources()[0]

    def article(self, path: str) -> tuple[Article, list[Capture]]:
        with open_archive(self.place, read_only=True) as archive, archive.read() as records:
            [found] = [a for a in records.articles() if a.url.endswith(path)]
            return found, records.captures(found.id)
