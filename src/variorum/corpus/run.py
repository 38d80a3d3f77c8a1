"""A run over a corpus: what it needs, which engine does it, what it came to."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from variorum.corpus.errors import CorpusError
from variorum.corpus.history import Counts
from variorum.corpus.place import begin, finish, read_manifest
from variorum.corpus.progress import Progress
from variorum.corpus.units import PIECE, units_of

_NEEDED = {"local": ("duckdb", "pyarrow"), "spark": ("pyarrow", "pandas", "pyspark")}
_EXTRA = {"local": "corpus", "spark": "spark"}


@dataclass(frozen=True, slots=True)
class Settings:
    """``master`` is Spark's; ``workers`` the local engine's processes (None: as many as cores);
    ``partitions`` None: by the size of what there is to read; ``piece`` bytes a unit."""

    engine: str = "local"
    master: str | None = None
    workers: int | None = None
    partitions: int | None = None
    piece: int = PIECE


def run_corpus(paths: Sequence[Path], out: Path, settings: Settings) -> Iterator[Progress]:
    """Make the corpus in ``out``, or go on with it; nothing is done where it is complete. Raises
    CorpusError; what was done by then is kept."""
    _check_libraries(settings.engine)
    units = units_of(paths, settings.piece)
    place, partitions = begin(out, units, settings.partitions)
    if counts_of(out) is not None:
        return
    if settings.engine == "spark":
        from variorum.corpus.spark import run_spark

        yield from run_spark(place, units, partitions, settings.master)
    else:
        from variorum.corpus.local import run_local

        workers = settings.workers or len(os.sched_getaffinity(0))
        yield from run_local(place, units, partitions, workers)
    finish(place)


def counts_of(out: Path) -> Counts | None:
    """What a corpus came to; None where it is not complete."""
    manifest = read_manifest(out)
    if manifest is None or not manifest.get("complete"):
        return None
    return Counts(**manifest["counts"])


def _check_libraries(engine: str) -> None:
    missing = [name for name in _NEEDED[engine] if find_spec(name) is None]
    if missing:
        raise CorpusError(
            f"{' and '.join(missing)} missing: pip install 'variorum[{_EXTRA[engine]}]'"
        )
