"""A few of the kills of ``bench/kill.py``, at every run."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from postgres_server import Server

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

from kill import Trial

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
KILLS = 5


def survives(trial: Trial) -> None:
    try:
        for _ in range(KILLS):
            trial.kill_one()
            assert trial.found == {}
        assert trial.end().report.sound
    finally:
        for writer in trial.writers:
            writer.kill()
    assert trial.found == {}
    assert trial.acknowledged


def test_what_was_acknowledged_survives_being_killed_among_others(
    postgres: Server, tmp_path: Path
) -> None:
    survives(Trial(postgres.place(tmp_path / "captures"), 3, random.Random(11), tmp_path))


def test_so_it_does_where_one_process_writes(tmp_path: Path) -> None:
    survives(Trial(str(tmp_path / "archive"), 1, random.Random(12), tmp_path))
