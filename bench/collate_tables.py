"""What the benchmarks of the collation room share: clocks, files, Markdown tables."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Table = list[str]


def timed(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


#: A measurement shorter than this is taken three times, and the least kept: other work on the
#: same core only ever adds.
SHORT = 2.0


def least(act: Callable[[], object], short: float = SHORT) -> float:
    """CPU seconds of ``act``; the least of three if it is short."""
    first = timed(act)
    return first if first > short else min(first, timed(act), timed(act))


#: Turns in which each of many short acts is measured.
TURNS = 7


def least_of_each(
    acts: Sequence[Callable[[], object]], before: Callable[[], object] = lambda: None
) -> float:
    """CPU seconds of all ``acts``, each taken at its least of so many turns through all of them;
    ``before`` is done before each turn and not measured."""
    least_yet = [float("inf")] * len(acts)
    for _ in range(TURNS):
        before()
        least_yet = [min(known, timed(act)) for known, act in zip(least_yet, acts, strict=True)]
    return sum(least_yet)


def table_head(title: str, columns: Sequence[str]) -> Table:
    return [row_of(title, columns), "|---" * (len(columns) + 1) + "|"]


def row_of(name: str, cells: Sequence[str]) -> str:
    return f"| {name} | " + " | ".join(cells) + " |"


def load(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]
