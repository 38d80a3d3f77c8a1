"""One process that watches and serves: the pages, the watcher, and the way they end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    ExitStack,
    asynccontextmanager,
)
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from variorum.cli.common import fail, say
from variorum.pipeline.clock import Clock, clock_of, system_clock

if TYPE_CHECKING:
    import uvicorn

    from variorum.cli.door import Door
    from variorum.cli.sources import Recognised
    from variorum.newspaper import Newspaper
    from variorum.pipeline.path import CapturePath
    from variorum.pipeline.watcher import Watcher
    from variorum.store.archive import Archive
    from variorum.web.people.tools import Tools
    from variorum.web.shelves import Shelf

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Demo:
    """How the demo runs: seconds of rest between two rounds of the newspaper."""

    pause: float


async def run_live(
    archive: Archive,
    listener: socket.socket,
    sources: tuple[str, ...],
    allow_loopback: bool,
    clock: Clock,
    door: Door,
    looks_per_hour: int | None = None,
    found: list[Recognised] | None = None,
) -> int:
    """Add the sources, then watch and serve until a signal comes. ``found`` is what they are, where
    that was asked already."""
    from variorum.bootstrap import capture_path, watcher
    from variorum.cli.sources import add_recognised, recognised

    with capture_path(archive) as path:
        bounds: dict[str, Any] = {"looks_per_hour": looks_per_hour}
        async with watcher(
            archive, path, clock=clock, allow_loopback=allow_loopback, **bounds
        ) as watching:
            tools = replace(
                _tools(archive, path, allow_loopback), wake=_from_anywhere(watching.wake)
            )
            server = page_server(archive, clock, None, door, tools)

            async def work() -> None:
                asked = found or await recognised(sources, None, allow_loopback)
                adding = partial(asyncio.to_thread, add_recognised, archive, asked, clock)
                for told in await watching.surely(adding) or ():
                    kind = told["kind"] or "not added"
                    say(f"{told['url']}: {kind} ({told['reason']})")
                if sources and not _watches(archive):
                    say("nothing is watched: stop this (Ctrl-C), and give an address that can be")
                await watching.run()

            async with (
                _telling(archive, allow_loopback),
                _subscribing(archive, listener, door, allow_loopback, clock),
            ):
                return await _together(server, listener, watching, work())


def _watches(archive: Archive) -> bool:
    with archive.read() as records:
        return bool(records.sources())


async def run_demo(archive: Archive, listener: socket.socket, demo: Demo, door: Door) -> int:
    """The demo newspaper on loopback, watched round by round, and the pages."""
    from variorum.bootstrap import capture_path, watcher
    from variorum.newspaper import Newspaper

    newspaper = Newspaper()
    with ExitStack() as stack:
        _serve_newspaper(stack, archive, newspaper)
        clock = newspaper.clock.now
        line = "The demo newspaper: an invented news world on this machine, whose days are seconds."
        path = stack.enter_context(capture_path(archive))
        server = page_server(archive, clock, line, door, _tools(archive, path, True))
        async with watcher(archive, path, clock=clock, allow_loopback=True, pace=0.0) as watching:
            rounds = _rounds(archive, newspaper, watching, demo)
            async with _telling(archive, True):
                return await _together(server, listener, watching, rounds)


async def run_pages(
    archive: Archive,
    listener: socket.socket,
    door: Door,
    allow_loopback: bool,
    shelf: Shelf | None = None,
) -> int:
    """The pages only."""
    tools = _tools(archive, None, allow_loopback)
    server = page_server(archive, clock_of(archive), None, door, tools, shelf)
    if not (archive.writable and archive.shared):
        return await _together(server, listener, None, None)
    # Workers look at the sources; where hubs reach somebody, it is these pages.
    async with _subscribing(archive, listener, door, allow_loopback, system_clock):
        return await _together(server, listener, None, None)


def _tools(archive: Archive, path: CapturePath | None, allow_loopback: bool) -> Tools:
    """What the pages need to change more than words: the stages (those of the watcher, where one is
    at work) and a fetcher."""
    from variorum.bootstrap import capture_path
    from variorum.pipeline.senders import send
    from variorum.stages.fetch import Gate, Guard, PoliteFetcher
    from variorum.web.people.tools import Tools

    def workshop() -> AbstractContextManager[CapturePath]:
        return capture_path(archive) if path is None else contextlib.nullcontext(path)

    def fetcher() -> PoliteFetcher:
        return PoliteFetcher(guard=Guard(allow_loopback), gate=Gate())

    guard = Guard(allow_loopback)
    return Tools(
        workshop,
        fetcher,
        watching=path is not None,
        send=partial(send, guard=guard),
        guarded=guard,
    )


def _from_anywhere(call: Callable[[], None]) -> Callable[[], None]:
    """The call made in the loop that runs now, whichever thread asks for it."""
    loop = asyncio.get_running_loop()

    def made() -> None:
        loop.call_soon_threadsafe(call)

    return made


def _subscribing(
    archive: Archive, listener: socket.socket, door: Door, allow_loopback: bool, clock: Clock
) -> AbstractAsyncContextManager[None]:
    """Subscriptions with the hubs of sources are kept while the block runs, where hubs can reach
    these pages."""
    from variorum.pipeline.websub import Subscriber, base_of, post_form
    from variorum.stages.fetch import Guard

    guard = Guard(allow_loopback)
    host, port = listener.getsockname()[:2]
    base = base_of(door.public_url, host, port, guard)
    if base is None:
        return contextlib.nullcontext()
    return _beside(Subscriber(archive, partial(post_form, guard=guard), base, clock).run)


def _telling(archive: Archive, allow_loopback: bool) -> AbstractAsyncContextManager[None]:
    """Notices go out while the block runs; one that is cut off is sent again the next time."""
    from variorum.pipeline.notices import Notifier
    from variorum.pipeline.senders import send
    from variorum.stages.fetch import Guard

    return _beside(Notifier(archive, partial(send, guard=Guard(allow_loopback))).run)


@asynccontextmanager
async def _beside(work: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """The work goes on while the block runs, and is cut off at its end."""
    task = asyncio.create_task(work())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def _serve_newspaper(stack: ExitStack, archive: Archive, newspaper: Newspaper) -> None:
    """The newspaper where it was the last time: its URLs are its articles' identity."""
    with archive.read() as records:
        known = records.setting("demo")
    try:
        stack.enter_context(newspaper.serve(port=known["port"] if known else 0))
    except OSError as error:
        fail(f"the demo newspaper cannot have port {known['port'] if known else 0} ({error})")
    if known:
        newspaper.clock.set(datetime.fromisoformat(known["time"]))
    port = int(next(iter(newspaper.base_urls.values())).rsplit(":", 1)[1].split("/")[0])
    _remember(archive, newspaper, port)


def _remember(archive: Archive, newspaper: Newspaper, port: int | None = None) -> None:
    with archive.write() as records:
        known = records.setting("demo") or {}
        told = {**known, "time": newspaper.clock.now().isoformat()}
        records.set_setting("demo", {**told, "port": port} if port else told)


async def _rounds(archive: Archive, newspaper: Newspaper, watching: Watcher, demo: Demo) -> None:
    from variorum.cli.sources import add_sources

    with archive.read() as records:
        known = {s.url for s in records.sources()}
    fresh = tuple(url for url in newspaper.sources() if url not in known)
    if fresh:
        newspaper.clock.set(newspaper.rounds[0])
        await watching.surely(partial(add_sources, archive, fresh, None, True, newspaper.clock.now))
    for number, moment in enumerate(newspaper.rounds):
        if moment < newspaper.clock.now():
            continue
        newspaper.clock.set(moment)
        done = await watching.surely(partial(watching.look_once, everything=True))
        if done is None or watching.stopping:
            return  # this round is looked at again at the next start
        await watching.surely(partial(asyncio.to_thread, _remember, archive, newspaper))
        say(
            f"{moment:%a %d %b %H:%M} in the newspaper (round {number + 1} of "
            f"{len(newspaper.rounds)}): {done.checked} pages checked, {done.versions} new versions"
        )
        await watching.rest(demo.pause)
    await watching.rest(None)


def page_server(
    archive: Archive,
    clock: Clock,
    demo: str | None,
    door: Door,
    tools: Tools | None = None,
    shelf: Shelf | None = None,
) -> uvicorn.Server:
    """A server of the pages, not running yet. ``shelf`` has the pages of processes beside it."""
    import uvicorn

    from variorum.web import create_app
    from variorum.web.memory import PageMemory
    from variorum.web.warm import warm_up

    app = create_app(
        archive,
        clock=clock,
        demo=demo,
        allowed_hosts=door.hosts(),
        rules=door.rules(),
        tools=tools,
        public_url=door.public_url,
    )
    app.state.site.pages = PageMemory(shelf=shelf)
    warm_up(app)
    config = uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off")
    return uvicorn.Server(config)


async def _together(
    server: uvicorn.Server, listener: socket.socket, watching: Watcher | None, work: Any
) -> int:
    """Serve and work side by side until one ends or a signal comes; both end tidily."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    ended: list[int] = []
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        if ended:
            raise KeyboardInterrupt
        ended.append(number)
        say("stopping: what is under way is finished first (again to stop at once)")
        server.should_exit = True
        if watching is not None:
            watching.stop()

    host, port = listener.getsockname()[:2]
    say(f"Variorum is at http://{host}:{port}/  (Ctrl-C stops it; nothing kept is lost)")
    with _no_signals(server):
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, end, number)
        tasks = [asyncio.create_task(server.serve(sockets=[listener]))]
        if work is not None:
            tasks.append(asyncio.create_task(work))
        done, running = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        if watching is not None:
            watching.stop()
        await asyncio.gather(*running)
        for task in done:
            task.result()
    return INTERRUPTED if ended and ended[0] == signal.SIGINT else 0


@contextlib.contextmanager
def _no_signals(server: uvicorn.Server) -> Iterator[None]:
    """uvicorn's own signal handling would end the process before the watcher is done."""
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    yield
