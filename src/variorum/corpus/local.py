"""The engine of one machine: a process for each core."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from variorum.corpus.errors import CorpusError
from variorum.corpus.history import Counts
from variorum.corpus.place import Place
from variorum.corpus.progress import Progress
from variorum.corpus.reading import read_unit
from variorum.corpus.sorting import sorted_sightings
from variorum.corpus.units import Unit
from variorum.corpus.writing import collect_seldom, write_partition, write_unit
from variorum.stages.extract import Reader
from variorum.text.told import in_one_line

_LOOK = 0.25


def run_local(
    place: Place, units: Sequence[Unit], partitions: int, workers: int
) -> Iterator[Progress]:
    """Do what is not done yet. Raises CorpusError where a worker dies."""
    read = place.done("unit")
    waiting = [u for u in units if u.number not in read]
    counted = [(u, read[u.number]) for u in units if u.number in read]
    size = sum(u.size for u in units)
    with _Pool(workers) as pool:
        tally = pool.tally
        tally.start(sum(u.size for u, _ in counted), [c for _, c in counted])
        jobs = [pool.submit(_read, place, unit, partitions) for unit in waiting]
        yield from pool.until(jobs, lambda: tally.progress("reading", size))
        captures = sum(c.captures for c in place.done("unit").values())
        done = place.done("part")
        tally.start(0, list(done.values()))
        left = [p for p in range(partitions) if p not in done]
        jobs = [pool.submit(_compare, place, partition) for partition in left]
        yield from pool.until(jobs, lambda: tally.progress("comparing", captures))


# -- in a worker --------------------------------------------------------------------------------

_TALLY: _Tally
_READER: Reader | None = None


def _set_up(tally: _Tally) -> None:
    global _TALLY  # noqa: PLW0603 - a pool's workers have no other place for what they share
    _TALLY = tally
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers itself
    collect_seldom()


def _reader() -> Reader:
    global _READER  # noqa: PLW0603 - one warm child a worker
    _READER = _READER or Reader()
    return _READER


def _read(place: Place, unit: Unit, partitions: int) -> None:
    write_unit(place, unit.number, read_unit(unit, _reader(), partitions), _TALLY.add)
    _TALLY.add_bytes(unit.size)


def _compare(place: Place, partition: int) -> None:
    with sorted_sightings(place, partition) as sightings:
        write_partition(place, partition, sightings, _TALLY.add)


# -- in the parent ------------------------------------------------------------------------------


class _Tally:
    """What all workers came to so far, in shared memory."""

    def __init__(self, context: Any) -> None:
        self._bytes = context.Value("q", 0)
        self._captures = context.Value("q", 0)
        self._problems = context.Value("q", 0)

    def start(self, size: int, counts: Sequence[Counts]) -> None:
        """Count anew, from what was done before. No worker is at work."""
        for value in (self._bytes, self._captures, self._problems):
            value.value = 0
        self.add_bytes(size)
        for one in counts:
            self.add(one)

    def add(self, counts: Counts) -> None:
        for value, more in ((self._captures, counts.captures), (self._problems, counts.problems)):
            with value.get_lock():
                value.value += more

    def add_bytes(self, size: int) -> None:
        with self._bytes.get_lock():
            self._bytes.value += size

    def progress(self, phase: str, total: float) -> Progress:
        done = self._bytes.value if phase == "reading" else self._captures.value
        return Progress(phase, done, total, self._captures.value, self._problems.value)


class _Pool:
    """Workers that end with it, whatever ends it."""

    def __init__(self, workers: int) -> None:
        # Not forked: the parent may have threads, DuckDB's and the progress bar's.
        context = multiprocessing.get_context("spawn")
        self.tally = _Tally(context)
        self._pool = ProcessPoolExecutor(workers, context, _set_up, (self.tally,))

    def submit(self, function: Callable[..., None], *given: object) -> Future[None]:
        return self._pool.submit(function, *given)

    def until(
        self, jobs: Sequence[Future[None]], progress: Callable[[], Progress]
    ) -> Iterator[Progress]:
        left = set(jobs)
        try:
            while left:
                done, left = wait(left, _LOOK, FIRST_EXCEPTION)
                for job in done:
                    job.result()
                yield progress()
        except BrokenProcessPool:
            raise CorpusError(
                "a worker died, perhaps for want of memory; what is done is kept: run the same"
                " command again, with fewer --workers"
            ) from None
        except (CorpusError, OSError):
            raise
        except Exception as error:  # a disk that is full, as DuckDB and Arrow say it
            line = in_one_line(error, 300)
            raise CorpusError(f"a worker gave up ({type(error).__name__}: {line})") from error

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, kind: object, *error: object) -> None:
        if kind is not None:
            for process in list(self._pool._processes.values()):
                process.kill()
        self._pool.shutdown(cancel_futures=kind is not None)
