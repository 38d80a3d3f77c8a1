"""Looking at sources and articles: what is due is fetched politely and handed to the path.

Fetching is concurrent; taking is not: one thread writes, a batch a transaction, so that a crash
at any moment loses only what was never acknowledged.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.exc import OperationalError

from variorum.model import (
    OBSERVED_BY,
    Article,
    Capture,
    Discovered,
    Fetched,
    Outcome,
    Rendering,
    Source,
)
from variorum.pipeline.allowance import Allowance
from variorum.pipeline.baseline import Walk, begun, record_step, walk_on
from variorum.pipeline.clock import Clock
from variorum.pipeline.habits import HabitMemory
from variorum.pipeline.listing import Looked, look_at_source
from variorum.pipeline.path import CapturePath, Taken
from variorum.pipeline.planning import plan_article, plan_source
from variorum.pipeline.room import need_room, why_not_written
from variorum.pipeline.second_look import SecondLooks
from variorum.pipeline.sequence import FARTHEST, plan_within_reach
from variorum.pipeline.twins import join_twin
from variorum.pipeline.waiting import set_or_over
from variorum.stages.fetch import PoliteFetcher, Renderer
from variorum.store.archive import Archive
from variorum.store.article_records import MERGED

T = TypeVar("T")
log = logging.getLogger(__name__)

# Fetches under way at once, over all hosts; each host still has one at a time (see fetch.Gate).
_CONCURRENCY = 64
# Articles taken from the queue at a time; the list is made again when they are done.
_AT_ONCE = 500
# Captures in one transaction: one fsync for all of them.
_BATCH = 32
_LONGEST_SLEEP = timedelta(seconds=30)
_FIRST_STORAGE_PAUSE, _STORAGE_PAUSE = 1.0, 30.0
# How long a server is believed that says "not modified" (a guess).
_BELIEVED = timedelta(days=7)
_WALLS = frozenset({Outcome.PAYWALL, Outcome.BLOCKED})
_GONE = frozenset({Outcome.GONE, Outcome.MOVED})


@dataclass(slots=True)
class Pass:
    """What one pass came to. ``failures`` are plain lines; so are ``walls`` (paywalls, requests for
    consent, refusals: a page, and not the story), ``gone`` (not there, by status or by what the page
    says, or sent on to another page) and ``damaged`` (the story, with characters lost).
    ``taken_back`` are versions of the last day, of this pass or before it, that turned out to be none
    (see ``pipeline.second_look``)."""

    sources: int = 0
    found: int = 0
    checked: int = 0
    versions: int = 0
    taken_back: int = 0
    failures: list[str] = field(default_factory=list)
    walls: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        return {
            "sources": self.sources,
            "found": self.found,
            "checked": self.checked,
            "versions": self.versions,
            "taken_back": self.taken_back,
            "failures": self.failures,
            "walls": self.walls,
            "gone": self.gone,
            "damaged": self.damaged,
        }


class Watcher:
    """Watches an archive's sources. ``tell`` is called with a Pass after each capture taken;
    ``renderer`` is for sources whose pages scripts put together, ``allowance`` bounds the looks."""

    def __init__(
        self,
        archive: Archive,
        path: CapturePath,
        fetcher: PoliteFetcher,
        clock: Clock,
        tell: Callable[[Pass, int], None] = lambda done, total: None,
        renderer: Renderer | None = None,
        allowance: Allowance | None = None,
    ) -> None:
        self.renderer = renderer
        self.allowance = allowance or Allowance()
        self.habits = HabitMemory()
        self.second_looks = SecondLooks(archive, path)
        self.archive = archive
        self.path = path
        self.fetcher = fetcher
        self.clock = clock
        self.tell = tell
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="archive-writer")
        self._stopping = asyncio.Event()
        self._woken = asyncio.Event()

    async def run(self) -> None:
        """Look at what is due, again and again, until :meth:`stop`."""
        while not self._stopping.is_set():
            await self.surely(self.look_once)
            wait = await self.surely(self._time_to_doze)
            if wait is not None:
                await self._doze(wait)

    async def surely(self, work: Callable[[], Awaitable[T]]) -> T | None:
        """What ``work`` gives. While the archive cannot be written (a full disk, one that became
        read-only) it is tried again after a pause, told in one line; None once :meth:`stop` came."""
        pause, told = _FIRST_STORAGE_PAUSE, ""
        while not self._stopping.is_set():
            why = ""
            try:
                done = await work()
            except* (OperationalError, OSError) as error:
                why = why_not_written(error)
            if not why:
                if told:
                    log.warning("the archive can be written again")
                return done
            if why != told:
                log.error(
                    "the archive cannot be written (%s): nothing is fetched until it can be; the "
                    "pages stay up, and what was kept stays kept",
                    why,
                )
            told = why
            await set_or_over(self._stopping, pause)
            pause = min(pause * 2, _STORAGE_PAUSE)
        return None

    def stop(self) -> None:
        """End after the captures under way are taken."""
        self._stopping.set()
        self._woken.set()

    def wake(self) -> None:
        """Something is due now: the pause between two passes ends."""
        self._woken.set()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    async def rest(self, seconds: float | None) -> None:
        """Wait so long, or (None) until :meth:`stop`."""
        await (self._stopping.wait() if seconds is None else set_or_over(self._stopping, seconds))

    def close(self) -> None:
        self._writer.shutdown(wait=True)

    async def look_once(self, *, everything: bool = False) -> Pass:
        """One pass over the sources and articles that are due (``everything``: over all)."""
        done = Pass()
        await self._look_at_all(done, everything)
        if everything or self.second_looks.due(self.clock()):
            done.taken_back = await self._write(partial(self.second_looks.take, self.clock()))
        return done

    async def _look_at_all(self, done: Pass, everything: bool) -> None:
        await self._write(self._prepare)
        with self.archive.read() as records:
            sources = records.due_sources(self.clock(), everything)
            self.fetcher.untrusted = records.untrusted_hosts()
        await self._each(sources, lambda s: self._look_at_source(s, done))
        seen: set[int] = set()
        while not self._stopping.is_set():
            with self.archive.read() as records:
                due = records.due_articles(self.clock(), _AT_ONCE + len(seen), everything)
                due = [a for a in due if a.id not in seen][:_AT_ONCE]
                if not everything:
                    due = self.allowance.choose(records, due, self.clock())
            if not due:
                return
            seen |= {a.id for a in due}
            await self._check(due, done, len(seen))

    def _prepare(self) -> None:
        """Raises OSError where the disk is nearly full; brings within reach what a clock that has
        jumped had planned far ahead."""
        need_room(self.archive.directory)
        now = self.clock()
        with self.archive.read() as records:
            farthest = records.farthest_look()
        if farthest is not None and farthest > now + FARTHEST:
            with self.archive.write() as records:
                log.warning(
                    "the clock has jumped: %s looks are due", plan_within_reach(records, now)
                )

    async def _look_at_source(self, source: Source, done: Pass) -> None:
        looked = await look_at_source(self.fetcher, source)
        await self._write(partial(self._record_source, source, looked, done))
        walk = begun(source, looked)
        if walk is not None:

            async def write(*step: Any) -> Walk | None:
                return await self._write(partial(self._record_step, source, done, *step))

            await walk_on(self.fetcher, walk, self.clock, write, self._stopping.is_set)

    def _record_step(
        self,
        source: Source,
        done: Pass,
        walk: Walk,
        items: Sequence[Discovered],
        after: Walk | None,
    ) -> Walk | None:
        need_room(self.archive.directory)
        with self.archive.write() as records:
            walked = record_step(records, source.id, walk, items, after, self.clock())
        if walked is not None:
            done.found += walked.found - walk.found
        return walked

    def _record_source(self, source: Source, looked: Looked, done: Pass) -> None:
        with self.archive.write() as records:
            known = records.source(source.id)
            if known is None:
                return
            done.sources += 1
            if looked.problem:
                done.failures.append(f"{source.url}: {looked.problem}")
            done.found += plan_source(records, known, looked, self.clock())

    async def _check(self, due: Sequence[Article], done: Pass, total: int) -> None:
        """Fetch articles side by side; whoever is back is taken, a batch at a time."""
        arrived: asyncio.Queue[tuple[Article, Fetched] | None] = asyncio.Queue(_BATCH * 4)

        async def fetch(article: Article) -> None:
            try:
                fetched = await self._fetch(article)
            except Exception as error:  # a page that upsets the fetcher must not stop the others
                log.exception("fetching %s", article.url)
                line = f"the fetcher failed ({type(error).__name__}); see the log"
                fetched = Fetched(article.url, self.clock(), article.url, None, error=line)
            await arrived.put((article, fetched))

        async def take() -> None:
            open_ = True
            while open_:
                batch = [await arrived.get()]
                while len(batch) < _BATCH and not arrived.empty():
                    batch.append(arrived.get_nowait())
                open_ = None not in batch
                taken = [pair for pair in batch if pair is not None]
                if taken:
                    await self._write(partial(self._take, taken, done))
                    self.tell(done, total)

        async with asyncio.TaskGroup() as group:  # whatever fails in one half ends the other
            group.create_task(take())
            await self._each(due, fetch)
            await arrived.put(None)

    async def _fetch(self, article: Article) -> Fetched:
        with self.archive.read() as records:
            witness = records.last_capture(article.id, with_page=True)
            rendering = records.rendering_of(article.source)
        return await fetch_article(
            self.fetcher, article, witness, self.clock, self.renderer, rendering
        )

    def _take(self, batch: Sequence[tuple[Article, Fetched]], done: Pass) -> None:
        need_room(self.archive.directory)
        with self.archive.write() as records:
            self.allowance.settle(records, self.clock())
            self.allowance.keep(records)
            pace = self.allowance.pace(records)
            for stale, fetched in batch:
                article = records.article(stale.id)
                if article is None or article.state == MERGED:
                    continue
                with records.attempt() as attempt:
                    taken = self.path.take(records, article, fetched)
                    plan_article(records, taken, self.clock(), self.habits, pace)
                    join_twin(self.path, records, taken, self.clock())
                    _count(done, taken)
                if attempt.error is not None:
                    log.exception("article %s: %s", article.id, attempt.error)
                    done.checked += 1
                    done.failures.append(f"{article.url}: {attempt.error}")
                    records.update_article(
                        article.id,
                        next_check=self.clock() + timedelta(hours=6),
                        next_reason="the last check failed inside the archive; see its log",
                    )
            self.path.finish(records)

    async def _write(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._writer, work)

    async def _each(self, items: Sequence[T], work: Callable[[T], Awaitable[None]]) -> None:
        """Do ``work`` for all items, a bounded number at a time; stops starting when stopping."""
        room = asyncio.Semaphore(_CONCURRENCY)

        async def one(item: T) -> None:
            async with room:
                if not self._stopping.is_set():
                    await work(item)

        async with asyncio.TaskGroup() as group:
            for item in items:
                group.create_task(one(item))

    async def _time_to_doze(self) -> float:
        return self._until_due()

    def _until_due(self) -> float:
        with self.archive.read() as records:
            times = [records.next_source_time(), records.next_article_time()]
        known = [t for t in times if t is not None]
        if not known:
            return _LONGEST_SLEEP.total_seconds()
        wait = (min(known) - self.clock()).total_seconds()
        wait = max(wait, self.allowance.ready_in(self.clock()))
        return max(0.2, min(wait, _LONGEST_SLEEP.total_seconds()))

    async def _doze(self, seconds: float) -> None:
        """Until the time is over, or somebody says that something is due."""
        await set_or_over(self._woken, seconds)
        self._woken.clear()


async def fetch_article(
    fetcher: PoliteFetcher,
    article: Article,
    witness: Capture | None,
    clock: Clock,
    renderer: Renderer | None = None,
    rendering: Rendering | None = None,
) -> Fetched:
    """One look at an article. ``witness`` is the last capture that attests its current version;
    ``rendering`` how its source's pages are to be rendered, by ``renderer``."""
    # A conditional request is only safe while the page that it refers to is the current one, and
    # was given to us: what another archive saw is nothing to go by. Of a page that scripts put
    # together, the response may be the same and the story another.
    own = witness if witness and not witness.origin.startswith(OBSERVED_BY) else None
    if own is not None and (rendering or "rendered" in own.details or _stale(own, clock())):
        own = None
    etag = own.etag if own else None
    modified = own.last_modified if own else None
    fetched = await fetcher.get(article.url, etag=etag, last_modified=modified)
    if fetched.status == 304 and own is None:
        fetched = await fetcher.get(article.url)
    if renderer is not None and rendering is not None:
        screenshot = rendering is Rendering.SCREENSHOTS
        fetched = await renderer.render(fetched, screenshot=screenshot)
    return replace(fetched, time=clock())


def _stale(witness: Capture, now: datetime) -> bool:
    """Whether the page has not been seen whole for so long that a 304 is not believed: some servers
    say it of pages that have changed."""
    return now - witness.time > _BELIEVED


def _count(done: Pass, taken: Taken) -> None:
    done.checked += 1
    decision = taken.judged.decision
    done.versions += decision.kind.makes_version
    address, outcome = taken.judged.article.url, taken.judged.outcome
    if outcome is Outcome.FAILED:
        done.failures.append(f"{address}: {decision.reason}")
    elif outcome in _WALLS:
        done.walls.append(f"{address}: {decision.reason}")
    elif outcome in _GONE:
        done.gone.append(f"{address}: {decision.reason}")
    elif outcome is Outcome.OK and taken.judged.damage:
        done.damaged.append(f"{address}: {taken.judged.damage}")
