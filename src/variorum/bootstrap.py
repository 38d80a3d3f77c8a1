"""The only place where parts are wired together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.store.archive import Archive, open_for_reading, open_for_writing, refuse_missing
from variorum.store.errors import ArchiveError, ArchiveMissingError
from variorum.store.place import PostgresPlace, read_place

if TYPE_CHECKING:
    from variorum.pipeline.clock import Clock
    from variorum.pipeline.path import CapturePath
    from variorum.pipeline.watcher import Pass, Watcher
    from variorum.pipeline.worker import Terms, Worker
    from variorum.stages.fetch import PoliteFetcher
    from variorum.store.shared_archive import SharedArchive


def open_archive(place: str | Path, *, read_only: bool = False, begin: bool = True) -> Archive:
    """The archive at ``place``, a directory or ``postgresql://…``. Without ``begin`` a place that
    holds none stays as it is. Raises ArchiveError with one plain line."""
    where = read_place(place)
    if isinstance(where, PostgresPlace):
        if not (begin or read_only):
            refuse_unbegun(where)
        return open_shared_archive(where, read_only=read_only)
    if read_only:
        return open_for_reading(where)
    if not begin:
        refuse_missing(where)
    from variorum.evidence.recorder import attach_recorder

    archive = open_for_writing(where)
    try:
        attach_recorder(archive)
    except BaseException:
        archive.close()
        raise
    return archive


def refuse_unbegun(place: PostgresPlace) -> None:
    """Raises ArchiveMissingError where the database holds no archive. Whatever else is wrong is told
    by opening it: an older schema, say, is brought up to date then."""
    from variorum.store.shared_archive import open_shared

    try:
        open_shared(place, read_only=True).close()
    except ArchiveMissingError:
        raise
    except ArchiveError:
        return


def open_shared_archive(place: PostgresPlace, *, read_only: bool = False) -> SharedArchive:
    """The archive in a database that other processes may be writing to. Raises ArchiveError."""
    from variorum.evidence.shared_recorder import attach_shared_recorder
    from variorum.store.shared_archive import open_shared

    archive = open_shared(place, read_only=read_only)
    if read_only:
        return archive
    try:
        attach_shared_recorder(archive)
    except BaseException:
        archive.close()
        raise
    return archive


@contextmanager
def capture_path(archive: Archive) -> Iterator[CapturePath]:
    """The stages in a row over an archive, with a reader that works under limits."""
    from variorum.pipeline.path import CapturePath
    from variorum.stages.extract import Reader

    with Reader() as reader:
        yield CapturePath(archive, reader)


@asynccontextmanager
async def watcher(
    archive: Archive,
    path: CapturePath,
    *,
    clock: Clock,
    allow_loopback: bool = False,
    pace: float | None = None,
    tell: Callable[[Pass, int], None] = lambda done, total: None,
    looks_per_hour: int | None = None,
) -> AsyncIterator[Watcher]:
    """A watcher with a polite, guarded fetcher. ``pace`` is seconds between two requests to one
    host (the demo's own newspaper bears more than a stranger's site); ``looks_per_hour`` bounds the
    looks at articles over all."""
    from variorum.pipeline.allowance import Allowance
    from variorum.pipeline.watcher import Watcher
    from variorum.stages.fetch import Gate, Guard, PoliteFetcher, Renderer, host_of

    gate = Gate() if pace is None else Gate(delay=pace)
    with archive.read() as records:  # what hosts asked of an earlier run holds for this one
        for url, seconds in records.asked_to_rest(clock()).items():
            gate.pressed(host_of(url), seconds)
    async with PoliteFetcher(guard=Guard(allow_loopback), gate=gate) as fetcher:
        renderer = Renderer(fetcher)
        allowance = Allowance(looks_per_hour)
        watching = Watcher(archive, path, fetcher, clock, tell, renderer, allowance)
        try:
            yield watching
        finally:
            watching.close()
            await renderer.close()


@asynccontextmanager
async def polite_fetcher(
    archive: Archive, *, allow_loopback: bool = False, pace: float | None = None
) -> AsyncIterator[PoliteFetcher]:
    """A guarded fetcher for one piece of work, paced together with an archive's workers."""
    from variorum.pipeline.shared_gate import SharedGate
    from variorum.pipeline.worker import Terms, worker_name
    from variorum.stages.fetch import Gate, Guard, PoliteFetcher

    gate = Gate() if pace is None else Gate(delay=pace)
    if archive.shared:
        rest = {} if pace is None else {"delay": pace}
        gate = SharedGate(archive.engine, worker_name(), turn_seconds=Terms().turn, **rest)
    async with PoliteFetcher(guard=Guard(allow_loopback), gate=gate) as fetcher:
        try:
            yield fetcher
        finally:
            if isinstance(gate, SharedGate):
                await gate.close()


@asynccontextmanager
async def worker(
    archive: SharedArchive,
    path: CapturePath,
    *,
    clock: Clock | None = None,
    terms: Terms | None = None,
    allow_loopback: bool = False,
    pace: float | None = None,
    name: str | None = None,
) -> AsyncIterator[Worker]:
    """One worker of many, whose fetcher is paced together with all others'."""
    from variorum.pipeline.shared_gate import SharedGate
    from variorum.pipeline.worker import Terms, Worker, worker_name
    from variorum.stages.fetch import Guard, PoliteFetcher, Renderer

    own, terms = name or worker_name(), terms or Terms()
    rest = {} if pace is None else {"delay": pace}
    gate = SharedGate(archive.engine, own, turn_seconds=terms.turn, **rest)
    async with PoliteFetcher(guard=Guard(allow_loopback), gate=gate) as fetcher:
        renderer = Renderer(fetcher)
        try:
            yield Worker(archive, path, fetcher, own, clock, terms, renderer)
        finally:
            await renderer.close()
            await gate.close()
