"""One of any number of workers on one archive: what is due is claimed, fetched and taken.

A claim is a lease with a fence (see ``store.lease_records``). What was fetched under it is written in
one transaction that first looks whether the lease is still one's own, and ends it: so a look counts
once, though it may be made twice where a worker died, hung, or was cut off.

Pages of one site are taken by one worker at a time, since what is learned of a site is used for the
next page of it; those of different sites side by side.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from variorum.model import Article, Capture, Discovered, Fetched, Rendering, Source
from variorum.pipeline.baseline import Walk, begun, record_step, walk_on
from variorum.pipeline.claiming import claim_within
from variorum.pipeline.clock import Clock
from variorum.pipeline.habits import HabitMemory
from variorum.pipeline.listing import Looked, look_at_source
from variorum.pipeline.path import CapturePath
from variorum.pipeline.planning import plan_article, plan_source
from variorum.pipeline.replay import replay
from variorum.pipeline.room import need_room
from variorum.pipeline.second_look import SecondLooks
from variorum.pipeline.sites import site_of
from variorum.pipeline.twins import join_twin
from variorum.pipeline.waiting import set_or_over
from variorum.pipeline.watcher import fetch_article
from variorum.stages.fetch import PoliteFetcher, Renderer
from variorum.store.article_records import MERGED
from variorum.store.lease_records import Lease, LeaseRecords
from variorum.store.records import Records
from variorum.store.shared_archive import SharedArchive

T = TypeVar("T")
log = logging.getLogger(__name__)

_BATCH = 16
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
_POSTPONED = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a worker works: claims at once, seconds that a lease holds without news of its worker,
    seconds between two looks for work where there was none, and seconds after which a host may be
    asked by others though its turn was not ended (one hop's time on the network ends at 60), and
    looks an hour at articles over all, made by all workers together (None: any number)."""

    at_once: int = 64
    lease: float = 60.0
    idle: float = 2.0
    turn: float = 90.0
    looks: int | None = None


@dataclass(slots=True)
class Done:
    """What a worker has done. ``lost``: looks whose lease somebody else had taken meanwhile."""

    sources: int = 0
    found: int = 0
    checked: int = 0
    versions: int = 0
    lost: int = 0
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a look at an article gave."""

    lease: Lease
    article: Article
    fetched: Fetched


@dataclass(frozen=True, slots=True)
class _Due:
    """What was claimed. ``witness`` as for ``fetch_article``."""

    lease: Lease
    source: Source | None = None
    article: Article | None = None
    witness: Capture | None = None
    rendering: Rendering | None = None


class _OutsideError(Exception):
    """A page turned out to belong to an article of a site that is not held."""


@dataclass(slots=True)
class _Hand:
    """What a worker has in hand."""

    looks: dict[Lease, asyncio.Task[None]] = field(default_factory=dict)
    #: Fetched, and waiting to be taken.
    taking: set[Lease] = field(default_factory=set)


class Worker:
    """Works until :meth:`stop`. Without ``clock`` it goes by the database's, so that the times of
    captures agree over all machines."""

    def __init__(
        self,
        archive: SharedArchive,
        path: CapturePath,
        fetcher: PoliteFetcher,
        name: str,
        clock: Clock | None = None,
        terms: Terms | None = None,
        renderer: Renderer | None = None,
    ) -> None:
        self.renderer = renderer
        self.habits = HabitMemory()
        self.second_looks = SecondLooks(archive, path)
        self.archive = archive
        self.path = path
        self.fetcher = fetcher
        self.name = name
        self.terms = terms or Terms()
        self.done = Done()
        self._ahead = timedelta(0)
        self.clock = clock or self._common_time
        self._hand = _Hand()
        self._arrived: asyncio.Queue[Arrived] = asyncio.Queue(_BATCH * 4)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="archive-writer")
        self._stopping = asyncio.Event()
        self._moved = asyncio.Event()

    async def run(self) -> None:
        """Claim, look and take until :meth:`stop`; what is fetched by then is still taken."""
        await self._surely(self._tell)
        async with asyncio.TaskGroup() as group:
            beat = group.create_task(self._beat())
            taking = group.create_task(self._take_all())
            while not self._stopping.is_set():
                if not await self._claim(group):
                    await self._look_again()
                    await self._pause(self.terms.idle)
            await self._put_down()
            while self._hand.looks:
                await self._pause(0.1)
            taking.cancel()
            beat.cancel()
        await self._leave()
        self._writer.shutdown(wait=True)

    async def _look_again(self) -> None:
        """When nothing is to do, now and then: at the versions of the last day."""
        now = self.clock()
        if self.second_looks.due(now):
            await self._surely(partial(self._take_back, now), executor=self._writer)

    def _take_back(self, now: datetime) -> None:
        self.path.forget_sites()
        self.second_looks.take(now)

    def stop(self) -> None:
        """End once what was fetched is taken."""
        self._stopping.set()
        self._moved.set()

    # -- claiming ------------------------------------------------------------------------------

    async def _claim(self, group: asyncio.TaskGroup) -> bool:
        """Claim as much as there is room for, and begin to look; False where nothing is to do."""
        room = self.terms.at_once - len(self._hand.looks)
        if room < max(self.terms.at_once // 4, 1):
            return False
        found = await self._surely(partial(self._claimed, room))
        for one in found or ():
            self._hand.looks[one.lease] = group.create_task(self._look(one))
        return bool(found)

    def _claimed(self, room: int) -> list[_Due]:
        claim: dict[str, Any] = {"holder": self.name, "due": self.clock()}
        claim["seconds"] = self.terms.lease
        with self.archive.engine.connect() as connection, connection.begin():
            records, leases = Records(connection), LeaseRecords(connection)
            given = leases.claim("source", limit=room, **claim)
            if len(given) < room:
                claim["limit"] = room - len(given)
                given += claim_within(records, leases, self.terms.looks, claim)
            self.fetcher.untrusted = records.untrusted_hosts()
            return [_due(records, lease) for lease in given]

    # -- looking -------------------------------------------------------------------------------

    async def _look(self, due: _Due) -> None:
        arrived = False
        try:
            if due.source is not None:
                await self._look_at_source(due.lease, due.source)
            elif due.article is not None:
                fetched = await self._fetched(due.article, due)
                self._hand.taking.add(due.lease)
                await self._arrived.put(Arrived(due.lease, due.article, fetched))
                arrived = True
        finally:
            if not arrived:
                self._over(due.lease)

    async def _look_at_source(self, lease: Lease, source: Source) -> None:
        try:
            looked = await look_at_source(self.fetcher, source)
            walk = begun(source, looked)
            record = partial(self._record_source, lease, source, looked, keep=walk is not None)
            await self._surely(record, executor=self._writer)
            if walk is not None:

                async def write(*step: Any) -> Walk | None:
                    do = partial(self._record_step, lease, source, *step)
                    return await self._surely(do, executor=self._writer)

                await walk_on(self.fetcher, walk, self.clock, write, self._stopping.is_set)
                await self._surely(partial(self._on_side, lambda leases: leases.release(lease)))
        except Exception:  # a list that upsets a reader must not stop the others
            log.exception("looking at %s", source.url)
            self.done.failures += 1

    async def _fetched(self, article: Article, due: _Due) -> Fetched:
        how = self.renderer, due.rendering
        try:
            return await fetch_article(self.fetcher, article, due.witness, self.clock, *how)
        except Exception as error:  # a page that upsets the fetcher must not stop the others
            log.exception("fetching %s", article.url)
            line = f"the fetcher failed ({type(error).__name__}); see the log"
            return Fetched(article.url, self.clock(), article.url, None, error=line)

    def _over(self, lease: Lease) -> None:
        self._hand.looks.pop(lease, None)
        self._hand.taking.discard(lease)
        self._moved.set()

    # -- taking --------------------------------------------------------------------------------

    async def _take_all(self) -> None:
        """Whoever is back is taken, a batch at a time."""
        while True:
            batch = [await self._arrived.get()]
            while len(batch) < _BATCH and not self._arrived.empty():
                batch.append(self._arrived.get_nowait())
            try:
                await self._taken(batch)
            finally:
                for one in batch:
                    self._over(one.lease)

    async def _taken(self, batch: Sequence[Arrived]) -> None:
        """Take a batch; one that cannot be taken is not let stand in the way of the others."""
        try:
            await self._surely(partial(self._take, batch), executor=self._writer)
            return
        except Exception:
            log.exception("%d pages cannot be taken together", len(batch))
        if len(batch) > 1:
            for one in batch:
                await self._taken([one])
        else:
            await self._surely(partial(self._postpone, batch[0]), executor=self._writer)

    def _postpone(self, one: Arrived) -> None:
        with self.archive.write() as records:
            leases = LeaseRecords(records.db)
            if leases.holds(one.lease):
                self._note_failure(records, one.article.id)
                leases.release(one.lease)
        self._count(Done(failures=1))

    def _take(self, batch: Sequence[Arrived]) -> None:
        """Beside the other workers where that can be; else with the archive for itself."""
        try:
            self._take_in(batch, {site_of(one.article.url) for one in batch})
        except (IntegrityError, _OutsideError) as error:
            log.info("taken again alone: %s", error)
            self._take_in(batch, None)

    def _take_in(self, batch: Sequence[Arrived], sites: set[str] | None) -> None:
        need_room(self.archive.directory)
        done = Done()
        with self.archive.write(sites) as records:
            self.path.forget_sites()
            leases = LeaseRecords(records.db)
            for one in batch:
                if leases.holds(one.lease):
                    self._take_one(records, one, sites, done)
                    leases.release(one.lease)
                else:
                    log.info("somebody else looks at %s now", one.article.url)
                    done.lost += 1
            self.path.finish(records)
        self._count(done)

    def _take_one(self, records: Records, one: Arrived, sites: set[str] | None, done: Done) -> None:
        article = records.article(one.article.id)
        if article is None or article.state == MERGED:
            return
        with records.attempt() as attempt:
            taken = self.path.take(records, article, one.fetched)
            if taken.late:
                replay(self.path, records, taken.article)
            plan_article(records, taken, self.clock(), self.habits)
            join_twin(self.path, records, taken, self.clock())
            _refuse_outside(records, article, taken.article, sites)
        done.checked += 1
        if attempt.error is None:
            done.versions += taken.judged.decision.kind.makes_version
            return
        if isinstance(attempt.error, IntegrityError | _OutsideError) and sites is not None:
            raise attempt.error
        log.error("article %s", article.id, exc_info=attempt.error)
        done.failures += 1
        self._note_failure(records, article.id)

    def _note_failure(self, records: Records, number: int) -> None:
        records.update_article(
            number,
            next_check=self.clock() + _POSTPONED,
            next_reason="the last check failed inside the archive; see its log",
        )

    def _record_source(
        self, lease: Lease, source: Source, looked: Looked, *, keep: bool = False
    ) -> None:
        done = Done()
        with self.archive.write() as records:
            leases = LeaseRecords(records.db)
            if not leases.holds(lease):
                done.lost += 1
            else:
                known = records.source(source.id)
                if known is not None:
                    done.sources += 1
                    done.found += plan_source(records, known, looked, self.clock())
                if not keep:
                    leases.release(lease)
        self._count(done)

    def _record_step(
        self,
        lease: Lease,
        source: Source,
        walk: Walk,
        items: Sequence[Discovered],
        after: Walk | None,
    ) -> Walk | None:
        need_room(self.archive.directory)
        with self.archive.write() as records:
            if not LeaseRecords(records.db).holds(lease):
                return None
            walked = record_step(records, source.id, walk, items, after, self.clock())
        if walked is not None:
            self._count(Done(found=walked.found - walk.found))
        return walked

    def _count(self, done: Done) -> None:
        for name in Done.__dataclass_fields__:
            setattr(self.done, name, getattr(self.done, name) + getattr(done, name))

    # -- staying alive -------------------------------------------------------------------------

    async def _beat(self) -> None:
        """Say that this worker lives and renew its leases, in time for two to fail."""
        while True:
            await asyncio.sleep(self.terms.lease / 3)
            held = list(self._hand.looks)
            kept = await self._surely(partial(self._renew, held), patience=self.terms.lease / 3)
            if kept is None:
                continue
            for lease in set(held) - kept:
                task = self._hand.looks.get(lease)
                if task is not None and lease not in self._hand.taking:
                    log.info("somebody else has the lease on %s %s", lease.kind, lease.number)
                    task.cancel()

    def _renew(self, held: Sequence[Lease]) -> set[Lease]:
        kept = self._on_side(lambda leases: leases.renew(held, self.terms.lease))
        self._tell()
        return kept

    def _tell(self) -> None:
        def tell(leases: LeaseRecords) -> None:
            before = datetime.now(UTC)
            self._ahead = leases.now() - before
            leases.tell_worker(
                self.name,
                socket.gethostname(),
                os.getpid(),
                self.done.checked,
                self.done.versions,
            )

        self._on_side(tell)

    def _common_time(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    async def _put_down(self) -> None:
        """Stop what is not fetched yet; others may have it at once."""
        tasks = [t for lease, t in self._hand.looks.items() if lease not in self._hand.taking]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _leave(self) -> None:
        def leave(leases: LeaseRecords) -> None:
            leases.forget_worker(self.name)

        try:
            await asyncio.to_thread(self._on_side, leave)
        except DBAPIError:
            log.warning("the database cannot be reached; the leases run out by themselves")

    def _on_side(self, work: Callable[[LeaseRecords], T]) -> T:
        with self.archive.engine.connect() as connection, connection.begin():
            return work(LeaseRecords(connection))

    async def _surely(
        self,
        work: Callable[[], T],
        *,
        patience: float | None = None,
        executor: ThreadPoolExecutor | None = None,
    ) -> T | None:
        """Work in a thread, again until the database or the disk bears it; None when the worker is
        to stop, or ``patience`` (seconds) is at its end, before that."""
        loop = asyncio.get_running_loop()
        pause, waited = _FIRST_PAUSE, 0.0
        while True:
            try:
                return await loop.run_in_executor(executor, work)
            except (ProgrammingError, DataError, IntegrityError):
                raise  # it would be so again
            except (DBAPIError, OSError) as error:
                why = getattr(error, "orig", None) or error
                log.warning("nothing can be written (%s); again in %.1f s", why, pause)
            if self._stopping.is_set() or (patience is not None and waited >= patience):
                return None
            await set_or_over(self._stopping, pause)
            waited += pause
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _pause(self, seconds: float) -> None:
        """Until something moves, or so long."""
        self._moved.clear()
        await set_or_over(self._moved, seconds)


def worker_name() -> str:
    """A name that no other worker has."""
    return f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"


def _due(records: Records, lease: Lease) -> _Due:
    if lease.kind == "source":
        return _Due(lease, source=records.source(lease.number))
    witness = records.last_capture(lease.number, with_page=True)
    article = records.article(lease.number)
    rendering = records.rendering_of(article.source) if article else None
    return _Due(lease, article=article, witness=witness, rendering=rendering)


def _refuse_outside(
    records: Records, article: Article, became: int, sites: set[str] | None
) -> None:
    """Raises where a look changed an article of a site that others may be writing to."""
    if sites is None or became == article.id:
        return
    other = records.article(became)
    if other is None or site_of(other.url) not in sites:
        raise _OutsideError(f"{article.url} is article {became}")
