"""Whole corpora on real captures: nothing is set aside, and the histories are those of the archive
but for what it learns of a site on the way. Measured: see docs/rooms/corpus.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from variorum.corpus.history import Counts, versions_of
from variorum.corpus.reading import read_unit
from variorum.corpus.units import units_of
from variorum.stages.extract import Reader

pytestmark = [pytest.mark.data, pytest.mark.slow]


def test_real_captures_become_histories(data: Path) -> None:
    with Reader() as reader:
        sightings = [
            s
            for unit in units_of([data / "captures" / "govuk.warc.gz"])
            for s in read_unit(unit, reader, 8)
        ]
    sightings.sort(key=lambda s: (s.article, s.key, s.time, s.order))
    counts = Counts()
    for _ in versions_of(sightings, counts):
        pass
    assert counts.captures == 1042
    assert counts.problems == 0
    assert counts.articles == 350
    assert 570 <= counts.versions <= 625
