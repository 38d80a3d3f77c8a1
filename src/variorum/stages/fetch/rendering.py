"""Pages that scripts put together, as a real browser builds them out of the response that came."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from variorum.model import Fetched, Rendered
from variorum.stages.fetch.browser import Browser, NoBrowserError
from variorum.stages.fetch.page_traffic import PartsFetcher, RenderLimits, Traffic
from variorum.stages.fetch.polite import PoliteFetcher

log = logging.getLogger(__name__)

# A browser grows with the pages it has seen.
_PAGES = 100
_WIDTH, _VIEW = 1280, 1000
_STEP = 0.25
_HTML = ("text/html", "application/xhtml+xml", "")
_STATE = "() => [document.readyState, document.getElementsByTagName('*').length]"
_HEIGHT = "() => Math.max(document.documentElement.scrollHeight, 1)"


class _EndedError(Exception):
    """Why the browser was ended, in one plain line."""


class Renderer:
    """Renders one page at a time. The browser is started for the first, and ended by :meth:`close`.

    ``fetcher`` is the one that fetched the page: its guard, robots.txt and user agent hold for
    everything that the page asks for.
    """

    def __init__(self, fetcher: PoliteFetcher, limits: RenderLimits | None = None) -> None:
        self.limits = limits or RenderLimits()
        self._parts = PartsFetcher(fetcher)
        self._opened = False
        self._browser: Browser | None = None
        self._turn = asyncio.Lock()

    async def render(self, fetched: Fetched, *, screenshot: bool = False) -> Fetched:
        """``fetched`` with what a browser made of it; with an ``error``, and what came kept as it
        was, where that failed. An answer that is no whole page of HTML is given back as it is."""
        if fetched.error is not None or fetched.status != 200 or not _is_html(fetched):
            return fetched
        async with self._turn:
            try:
                rendered = await self._rendered(fetched, screenshot)
            except (_EndedError, NoBrowserError) as error:
                return replace(fetched, error=f"the page could not be rendered: {error}")
        return replace(fetched, rendered=rendered)

    async def close(self) -> None:
        """End the browser, if one runs."""
        async with self._turn:
            await self._end()
            if self._opened:
                await self._parts.__aexit__(None, None, None)
                self._opened = False

    async def _rendered(self, fetched: Fetched, screenshot: bool) -> Rendered:
        browser = await self.running()
        watching = asyncio.create_task(self._watch(browser))
        working = asyncio.create_task(self._build(browser, fetched, screenshot))
        try:
            async with asyncio.timeout(self.limits.seconds):
                await asyncio.wait({watching, working}, return_when=asyncio.FIRST_COMPLETED)
            return _outcome(working, watching)
        except TimeoutError:
            line = (
                f"it did not finish within {self.limits.seconds:.0f} s, and the browser was ended"
            )
            raise await self._ended(browser, f"{line}; it will be tried again later") from None
        except _EndedError as error:
            raise await self._ended(browser, str(error)) from None
        except asyncio.CancelledError:
            browser.kill()
            raise
        except Exception as error:  # whatever a driver of browsers raises
            first = (str(error).strip().splitlines() or [type(error).__name__])[0][:160]
            line = f"the browser failed ({first}) and was ended; it will be tried again later"
            raise await self._ended(browser, line) from error
        finally:
            for task in (watching, working):
                task.cancel()
            await asyncio.wait({watching, working}, timeout=5)
            if working.done() and not working.cancelled():
                working.exception()

    async def _ended(self, browser: Browser, line: str) -> _EndedError:
        browser.kill()
        await self._end()
        return _EndedError(line)

    async def running(self) -> Browser:
        """The browser, started where none runs. Raises NoBrowserError."""
        if not self._opened:
            await self._parts.__aenter__()
            self._opened = True
        if self._browser is not None and (self._browser.broken or self._browser.pages >= _PAGES):
            await self._end()
        if self._browser is None:
            browser = Browser()
            await browser.start()
            self._browser = browser
        return self._browser

    async def _end(self) -> None:
        browser, self._browser = self._browser, None
        if browser is not None:
            await browser.end()

    async def _watch(self, browser: Browser) -> str:
        """Ends, with the reason, when the browser has grown too large."""
        while True:
            await asyncio.sleep(2 * _STEP)
            if browser.memory() > self.limits.memory:
                return (
                    f"it took more than {self.limits.memory >> 20} MB of memory, and the browser "
                    "was ended; leave it out, or read it without rendering"
                )

    async def _build(self, browser: Browser, fetched: Fetched, screenshot: bool) -> Rendered:
        traffic = Traffic(self._parts, fetched, self.limits, screenshot)
        async with self._page(browser, traffic) as page:
            crash = asyncio.Event()
            page.on("crash", lambda _: crash.set())
            ends = [asyncio.create_task(event.wait()) for event in (crash, traffic.flooded)]
            taking = asyncio.create_task(self._take(page, fetched, traffic, screenshot))
            try:
                await asyncio.wait((taking, *ends), return_when=asyncio.FIRST_COMPLETED)
                self._check(crash, traffic)
                dom, notes, picture = taking.result()
            finally:
                for task in (taking, *ends):
                    task.cancel()
                await asyncio.wait({taking}, timeout=1)
                if taking.done() and not taking.cancelled():
                    taking.exception()
            await traffic.stop()
        return Rendered(
            dom,
            browser.name,
            browser.sandbox,
            traffic.requests,
            sum(traffic.refused.values()),
            (*notes, *traffic.notes()),
            picture,
        )

    def _check(self, crash: asyncio.Event, traffic: Traffic) -> None:
        why = None
        if crash.is_set():
            why = "it crashed the browser, which was ended"
        elif traffic.flooded.is_set():
            why = f"it asked for more than {self.limits.tries} things, and the browser was ended"
        if why is not None:
            raise _EndedError(f"{why}; leave it out, or read it without rendering")

    @asynccontextmanager
    async def _page(self, browser: Browser, traffic: Traffic) -> AsyncIterator[Any]:
        context = await browser.context(
            user_agent=self._parts.user_agent, viewport={"width": _WIDTH, "height": _VIEW}
        )
        try:
            await context.route("**/*", traffic.answer)
            await context.route_web_socket("**/*", lambda socket: _refuse_socket(traffic, socket))
            page = await context.new_page()
            page.on("dialog", lambda dialog: asyncio.ensure_future(_dismiss(dialog)))
            context.on("page", lambda other: asyncio.ensure_future(_shut(other)))
            yield page
        finally:
            await traffic.stop()
            if not browser.broken:
                try:
                    async with asyncio.timeout(5):
                        await context.close()
                except Exception as error:  # a page that hangs keeps its context
                    log.info("a page did not close: %s", error)
                    browser.kill()

    async def _take(
        self, page: Any, fetched: Fetched, traffic: Traffic, screenshot: bool
    ) -> tuple[bytes, tuple[str, ...], bytes | None]:
        """(the tree, notes, the picture) of the page once it is still."""
        room = self.limits.seconds * 1000
        # Not until it is loaded: a page that wants to leave meanwhile would never seem to be.
        await page.goto(fetched.final_url, wait_until="commit", timeout=room)
        notes = [] if await self._still(page, traffic) else [_busy(self.limits.settle)]
        told: str = await page.content()
        dom = told.encode("utf-8", "replace")
        if len(dom) > self.limits.dom:
            line = f"it grew to more than {self.limits.dom >> 20} MB, and the browser was ended"
            raise _EndedError(f"{line}; leave it out, or read it without rendering")
        picture = None
        if screenshot:
            picture, note = await self._picture(page)
            notes += [note] if note else []
        return dom, tuple(notes), picture

    async def _still(self, page: Any, traffic: Traffic) -> bool:
        """Wait until the page has loaded, fetches nothing and changes no more; False where it does
        not come to that."""
        loop = asyncio.get_running_loop()
        until, before, since = loop.time() + self.limits.settle, None, loop.time()
        while loop.time() < until:
            await asyncio.sleep(_STEP)
            now = await page.evaluate(_STATE)
            if now != before:
                before, since = now, loop.time()
            quiet = min(traffic.quiet_for(), loop.time() - since)
            if now[0] == "complete" and quiet >= self.limits.quiet:
                return True
        return False

    async def _picture(self, page: Any) -> tuple[bytes | None, str | None]:
        """The page from its top as a PNG, or why there is none. It never fails a look."""
        from playwright.async_api import Error

        try:
            height = min(int(await page.evaluate(_HEIGHT)), self.limits.height)
            while height > 0:
                clip = {"x": 0, "y": 0, "width": _WIDTH, "height": height}
                picture: bytes = await page.screenshot(
                    full_page=True, clip=clip, animations="disabled", timeout=10_000
                )
                if len(picture) <= self.limits.picture:
                    return picture, None
                height = height // 2 if height > _VIEW else 0
        except (Error, ValueError, TypeError) as error:
            return None, f"no screenshot ({str(error).splitlines()[0][:100]})"
        return None, f"no screenshot: it would have more than {self.limits.picture >> 20} MB"


def _outcome(working: asyncio.Task[Rendered], watching: asyncio.Task[str]) -> Rendered:
    if working.done():
        return working.result()
    raise _EndedError(watching.result())


def _is_html(fetched: Fetched) -> bool:
    kind = (fetched.header("content-type") or "").split(";")[0].strip().lower()
    return kind in _HTML and bool(fetched.body)


def _busy(seconds: float) -> str:
    return f"taken as it was {seconds:.0f} s after it had loaded: it was still changing"


def _refuse_socket(traffic: Traffic, socket: Any) -> None:
    traffic.refused["a websocket is not opened"] += 1
    asyncio.ensure_future(_shut(socket))  # noqa: RUF006


async def _shut(what: Any) -> None:
    with contextlib.suppress(Exception):
        await what.close()


async def _dismiss(dialog: Any) -> None:
    with contextlib.suppress(Exception):
        await dialog.dismiss()
