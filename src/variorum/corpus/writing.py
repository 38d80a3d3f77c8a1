"""Files that workers write: what was read of a unit, and the tables of a partition."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from variorum.corpus.history import Counts, Problem, versions_of
from variorum.corpus.place import Place
from variorum.corpus.sighting import NO_ARTICLE, Sighting
from variorum.pipeline.exporting_tables import ParquetTable
from variorum.pipeline.tables import TABLES
from variorum.store import durable

# A run of sightings sorted in memory: longer units are written as several.
_RUN = 64_000_000
_ROWS_AT_ONCE, _TEXTS_AT_ONCE = 10_000, 1_000
_TELL_EVERY = 64
# New objects before the collector of cycles looks again: ten times as seldom as Python does, for
# what a page is read into is all let go at once.
_COLLECT_AFTER = 7_000

Tell = Callable[[Counts], None]


def collect_seldom() -> None:
    """For a process that does nothing but a corpus: what is loaded stays, and cycles are sought
    seldom."""
    gc.freeze()  # lists of words and rules live as long as the worker
    gc.set_threshold(_COLLECT_AFTER)


def sighting_schema() -> Any:
    """The Arrow schema of sightings, in the order of their fields."""
    import pyarrow as pa

    return pa.schema(
        [
            ("partition", pa.int32()),
            ("article", pa.int64()),
            ("key", pa.string()),
            ("time", pa.int64()),
            ("order", pa.int64()),
            ("told", pa.binary()),
            ("page", pa.binary()),
        ]
    )


def to_arrow(sightings: Iterable[Sighting]) -> Any:
    """A record batch of sightings."""
    import pyarrow as pa

    names = sighting_schema()
    rows = [(s.partition, s.article, s.key, s.time, s.order, s.told, s.page) for s in sightings]
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    arrays = [pa.array(c, type=f.type) for c, f in zip(columns, names, strict=True)]
    return pa.record_batch(arrays, schema=names)


def from_arrow(batches: Iterable[Any]) -> Iterator[Sighting]:
    for batch in batches:
        columns = [batch.column(name).to_pylist() for name in sighting_schema().names]
        for values in zip(*columns, strict=True):
            yield Sighting(*values)


def write_unit(
    place: Place, number: int, sightings: Iterator[Sighting], tell: Tell = lambda counts: None
) -> None:
    """Keep what was read of a unit, sorted by partition, a row group for each: whoever needs one
    partition reads nothing else."""
    runs = 0
    counts, told = Counts(), Counts()
    run: list[Sighting] = []
    size = 0
    for sighting in sightings:
        run.append(sighting)
        size += len(sighting.told) + len(sighting.page or b"")
        if sighting.article == NO_ARTICLE:
            counts.problems += b'"problem"' in sighting.told
        else:
            counts.captures += 1
        if len(run) % _TELL_EVERY == 0:
            tell(_since(counts, told))
        if size >= _RUN:
            _write_run(place, number, runs, run)
            runs, run, size = runs + 1, [], 0
    if run:
        _write_run(place, number, runs, run)
    tell(_since(counts, told))
    place.mark("unit", number, counts)


def _since(counts: Counts, told: Counts) -> Counts:
    """What has been added since it was told last."""
    news = Counts(**{k: v - asdict(told)[k] for k, v in asdict(counts).items()})
    told.add(news)
    return news


def _write_run(place: Place, unit: int, number: int, run: list[Sighting]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    run.sort(key=lambda s: (s.partition, s.article, s.key, s.time, s.order))
    path = place.work / "units" / f"unit-{unit:06}-{number:04}.parquet"
    options: dict[str, Any] = {"compression": "zstd", "use_dictionary": False}
    with (
        durable.made(path, tag=str(os.getpid())) as part,
        pq.ParquetWriter(
            part, sighting_schema(), write_statistics=["partition"], **options
        ) as file,
    ):
        for _, group in groupby(run, key=lambda s: s.partition):
            file.write_table(pa.Table.from_batches([to_arrow(group)]))


def write_partition(
    place: Place,
    partition: int,
    sightings: Iterable[Sighting],
    tell: Tell = lambda counts: None,
) -> Counts:
    """The tables of one partition, out of its sightings in order; its marker last of all."""
    scratch = place.scratch(f"part-{partition:05}")
    counts, told = Counts(), Counts()
    try:
        with ExitStack() as stack:
            files = {table.name: _table(table, scratch) for table in TABLES}
            for file in files.values():
                stack.enter_context(file)
            problems = _Problems(scratch / "problems")
            stack.callback(problems.close)
            for step in versions_of(sightings, counts):
                if isinstance(step, Problem):
                    problems.add(step)
                else:
                    name, rows = step
                    files[name].add_all(rows)
                if counts.captures - told.captures >= _TELL_EVERY:
                    tell(_since(counts, told))
        for name in files:
            _move(scratch / name, place.part(name, partition))
        if problems.there:
            _move(scratch / "problems", place.part("problems", partition, "jsonl"))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    tell(_since(counts, told))
    place.mark("part", partition, counts)
    return counts


def _table(table: Any, scratch: Path) -> ParquetTable:
    at_once = _TEXTS_AT_ONCE if table.name == "versions" else _ROWS_AT_ONCE
    return ParquetTable(table, scratch / table.name, at_once)


class _Problems:
    """Lines about records set aside; no file where there are none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    @property
    def there(self) -> bool:
        return self._file is not None

    def add(self, problem: Problem) -> None:
        if self._file is None:
            self._file = self._path.open("w", encoding="utf-8", errors="replace")
        self._file.write(json.dumps(asdict(problem), ensure_ascii=False) + "\n")

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _move(made: Path, to: Path) -> None:
    durable.make_directory(to.parent)
    durable.put(made, to)
