"""Floors for figures on the shared sets, a little under what was measured."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "claims"
pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    if not DATA.is_dir():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no data at {DATA}")
    spec = importlib.util.spec_from_file_location(
        "claims_figures", ROOT / "bench/claims_figures.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("name", "floors"),
    [
        ("figures", {"value": 94.0, "unit": 83.5, "change": 87.0}),
        ("figures_specs", {"value": 91.5}),
    ],
)
def test_figures_are_found_as_the_gold_has_them(
    bench: ModuleType, name: str, floors: dict[str, float]
) -> None:
    got = bench.score(bench.rows(DATA / f"{name}.jsonl"), bench.ours)
    for what, floor in floors.items():
        assert got[what]["F"] >= floor, got
