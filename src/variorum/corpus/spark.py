"""The engine of a cluster: Spark reads the units, sends sightings to their partitions, sorts them,
and streams each partition in order to the function that every engine calls.

The workers write the tables themselves, each partition at once, as the local engine does: ``out``
and the inputs must lie where all of them can reach them under the same name. A task that is tried
again, after a worker's death or beside a slow one, writes the same bytes under the same name.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from variorum.corpus.errors import CorpusError
from variorum.corpus.history import Counts
from variorum.corpus.place import Place
from variorum.corpus.progress import Progress
from variorum.corpus.reading import read_unit
from variorum.corpus.sighting import Sighting
from variorum.corpus.units import Unit
from variorum.corpus.writing import from_arrow, to_arrow, write_partition

_ROWS = 256
_LOOK = 1.0
_SIGHTING = (
    "partition int, article long, key string, time long, `order` long, told binary, page binary"
)
# Sorted runs stay on disk and rows come in small batches: a page has 100 kB.
_SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(_ROWS),
    "spark.sql.adaptive.enabled": "false",
    "spark.task.maxFailures": "8",
    "spark.ui.showConsoleProgress": "false",
}


def run_spark(
    place: Place, units: Sequence[Unit], partitions: int, master: str | None
) -> Iterator[Progress]:
    """Do what is not done yet, as one job. Raises CorpusError where Spark gives up."""
    left = [p for p in range(partitions) if p not in place.done("part")]
    if not left:
        return
    session = _session(master)
    try:
        job = _Job(lambda: _run(session, place, units, partitions, left))
        done: dict[int, Counts] = {}
        while not job.wait(_LOOK):
            yield _progress(place.done("part", done), partitions)
        yield _progress(place.done("part", done), partitions)
        if job.error is not None:
            raise CorpusError(f"Spark gave up: {_in_a_line(job.error)}") from job.error
    finally:
        session.stop()


def _session(master: str | None) -> Any:
    # Else Spark takes whatever `python3` is; on a cluster it must be one that has Variorum.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("variorum corpus")
    if master:
        builder = builder.master(master)
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except Exception as error:  # Java missing, no such master, a version that does not fit
        raise CorpusError(f"Spark does not start: {_in_a_line(error)}") from None
    session.sparkContext.setLogLevel("FATAL")
    return session


def _run(
    session: Any, place: Place, units: Sequence[Unit], partitions: int, left: Sequence[int]
) -> None:
    told = session.createDataFrame([(u.number, u.to_json()) for u in units], "n int, unit string")
    spread = told.repartitionByRange(min(len(units), 4 * _cores(session)), "n")
    sightings = spread.mapInArrow(_reading(partitions), _SIGHTING)
    wanted = sightings.where(sightings["partition"].isin(list(left)))
    ordered = wanted.repartition(partitions, "partition").sortWithinPartitions(
        "partition", "article", "key", "time", "order"
    )
    done = ordered.mapInArrow(_comparing(place), "partition int").collect()
    # A partition without a single capture has its marker and its empty tables all the same.
    for number in set(left) - {row["partition"] for row in done}:
        write_partition(place, number, ())


def _cores(session: Any) -> int:
    return max(2, int(session.sparkContext.defaultParallelism))


def _reading(partitions: int) -> Callable[[Iterator[Any]], Iterator[Any]]:
    def read(batches: Iterator[Any]) -> Iterator[Any]:
        from variorum.stages.extract import Reader

        with Reader() as reader:
            for batch in batches:
                for text in batch.column("unit").to_pylist():
                    yield from _batches(read_unit(Unit.from_json(text), reader, partitions))

    return read


def _batches(sightings: Iterator[Sighting]) -> Iterator[Any]:
    waiting: list[Sighting] = []
    for sighting in sightings:
        waiting.append(sighting)
        if len(waiting) == _ROWS:
            yield to_arrow(waiting)
            waiting = []
    if waiting:
        yield to_arrow(waiting)


def _comparing(place: Place) -> Callable[[Iterator[Any]], Iterator[Any]]:
    def compare(batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow as pa

        # Spark's own hash may send several partitions of ours to one task, one after the other.
        for number, group in groupby(from_arrow(batches), key=lambda s: s.partition):
            write_partition(place, number, group)
            yield pa.record_batch([pa.array([number], pa.int32())], names=["partition"])

    return compare


class _Job:
    """A call in a thread of its own, so that its progress can be looked at."""

    def __init__(self, call: Callable[[], None]) -> None:
        self.error: BaseException | None = None
        self._call = call
        self._thread = threading.Thread(target=self._do, daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _do(self) -> None:
        try:
            self._call()
        except BaseException as error:
            self.error = error


def _progress(done: Mapping[int, Counts], partitions: int) -> Progress:
    captures = sum(c.captures for c in done.values())
    problems = sum(c.problems for c in done.values())
    return Progress("running", len(done), partitions, captures, problems)


def _in_a_line(error: BaseException) -> str:
    """The last line that is no place in a program: what a worker's own error says."""
    lines = [line.strip() for line in str(error).splitlines()]
    told = [line for line in lines if line and not line.startswith(("at ", "File ", "^", "~"))]
    return told[-1][:300] if told else type(error).__name__
