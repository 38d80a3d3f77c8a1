"""How much of the time of a corpus goes to the stages, and how much to what is around them: a share of
the same run, so that a busy machine does not matter. Measured: 18 to 20 % around."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_corpus import write_corpus

from variorum.corpus import history
from variorum.corpus.place import begin
from variorum.corpus.reading import read_unit
from variorum.corpus.sorting import sorted_sightings
from variorum.corpus.units import units_of
from variorum.corpus.writing import write_partition, write_unit
from variorum.stages.extract import Reader

pytest.importorskip("pyarrow", reason="needs variorum[corpus]")
pytestmark = pytest.mark.slow

STAGES = (
    "decide", "version_made", "find_claims", "collate_documents", "compare_ledgers", "summarise",
)  # fmt: skip


def test_most_of_the_time_goes_to_the_stages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spent = [0.0]
    for name in STAGES:
        monkeypatch.setattr(history, name, _timed(getattr(history, name), spent))
    texts = tmp_path / "texts.jsonl"
    write_corpus(texts, 150)
    units = units_of([texts])
    place, partitions = begin(tmp_path / "out", units, None)
    assert partitions == 1
    started = time.process_time()
    with Reader() as reader:
        for unit in units:
            write_unit(place, unit.number, read_unit(unit, reader, partitions))
    with sorted_sightings(place, 0) as sightings:
        counts = write_partition(place, 0, sightings)
    total = time.process_time() - started
    assert counts.versions >= 145
    assert total - spent[0] < 0.35 * total, (spent, total)


def _timed(function: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    def timed(*given: Any) -> Any:
        started = time.process_time()
        try:
            return function(*given)
        finally:
            spent[0] += time.process_time() - started

    return timed
