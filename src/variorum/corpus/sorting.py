"""The sightings of a partition in order: in memory where they are few, by DuckDB on disk else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from variorum.corpus.place import Place
from variorum.corpus.sighting import Sighting
from variorum.corpus.writing import from_arrow

# What a worker sorts by itself (bytes unpacked): some ten thousand texts. DuckDB takes 60 ms to be
# ready, the time of four texts.
_IN_MEMORY = 32_000_000
# Beyond this (bytes on disk, all partitions) files are so many that DuckDB finds a partition sooner.
_FEW = 256_000_000
# Each worker's DuckDB: what it sorts beyond that goes to disk.
_SORT_MEMORY = "400MB"
_ROWS = 256

_Places = list[tuple[Path, list[int]]]


@contextmanager
def sorted_sightings(place: Place, partition: int) -> Iterator[Iterator[Sighting]]:
    """The sightings of a partition by article, key, time and order, streamed; records set aside
    belong to no article and come first."""
    units = sorted((place.work / "units").glob("unit-*.parquet"))
    if not units:
        yield iter(())
        return
    groups = _few(units, partition)
    if groups is not None:
        yield _in_memory(groups)
        return
    with _on_disk(place, partition) as found:
        yield found


def _few(units: list[Path], partition: int) -> _Places | None:
    """Where a partition's row groups lie; None where they are too many to be held."""
    import pyarrow.parquet as pq

    if sum(path.stat().st_size for path in units) > _FEW:
        return None
    found: _Places = []
    size = 0
    for path in units:
        meta = pq.read_metadata(path)
        mine = []
        for number in range(meta.num_row_groups):
            group = meta.row_group(number)
            if group.column(0).statistics.min == partition:  # a row group is of one partition
                mine.append(number)
                size += group.total_byte_size
        if size > _IN_MEMORY:
            return None
        if mine:
            found.append((path, mine))
    return found


def _in_memory(groups: _Places) -> Iterator[Sighting]:
    import pyarrow.parquet as pq

    found: list[Sighting] = []
    for path, mine in groups:
        with pq.ParquetFile(path) as file:
            found += from_arrow(file.iter_batches(batch_size=_ROWS, row_groups=mine))
    found.sort(key=lambda s: (s.article, s.key, s.time, s.order), reverse=True)
    while found:
        yield found.pop()


@contextmanager
def _on_disk(place: Place, partition: int) -> Iterator[Iterator[Sighting]]:
    import duckdb

    scratch = place.scratch(f"sort-{partition:05}")
    db = duckdb.connect()
    try:
        db.execute("SET enable_progress_bar = false")  # it would write on stdout
        db.execute("SET threads = 1")
        db.execute(f"SET memory_limit = '{_SORT_MEMORY}'")
        db.execute(f"SET temp_directory = '{_quoted(scratch)}'")
        found = db.sql(
            'SELECT partition, article, key, time, "order", told, page FROM read_parquet(?)'
            ' WHERE partition = ? ORDER BY article, key, time, "order"',
            params=[str(place.work / "units" / "unit-*.parquet"), partition],
        )
        yield from_arrow(found.to_arrow_reader(_ROWS))
    finally:
        db.close()
        shutil.rmtree(scratch, ignore_errors=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
