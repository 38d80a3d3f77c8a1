"""Floors for attributed statements and speakers on PolNeAR, a little under what was measured."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.data, pytest.mark.slow]

FLOORS = {
    "direct, overlap F1": 93.3,
    "direct, exact F1": 87.6,
    "mixed, overlap F_sp": 81.3,
    "indirect, overlap F_sp": 71.0,
    "indirect, exact F_sp": 58.9,
    "speaker, all": 93.0,
    "speaker, direct": 94.3,
}


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("claims_quotes", ROOT / "bench/claims_quotes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("unseen", [False, True], ids=["train", "dev and test"])
def test_statements_and_speakers_stay_as_good_as_measured(
    data: Path, bench: ModuleType, unseen: bool
) -> None:
    assert (data / "claims" / "quotes.jsonl.gz").is_file()
    articles = [a for a in bench.rows() if (a["compartment"] != "train") == unseen]
    got = bench.measure(articles, bench.ours)
    for what, floor in FLOORS.items():
        assert got[what] >= floor, (what, got)
