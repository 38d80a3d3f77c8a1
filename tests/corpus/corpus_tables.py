"""The tables of a corpus, read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from variorum.pipeline.tables import TABLES


def rows(out: Path, table: str, as_tuples: bool = False) -> list[Any]:
    import pyarrow.parquet as pq

    found: list[Any] = []
    for path in sorted((out / table).glob("part-*.parquet")):
        found += pq.read_table(path).to_pylist()
    return [tuple(row.values()) for row in found] if as_tuples else found


def every_table(out: Path) -> dict[str, list[str]]:
    """All rows of all tables, sorted: equal for equal corpora, whatever their parts."""
    return {table.name: sorted(map(repr, rows(out, table.name))) for table in TABLES}
