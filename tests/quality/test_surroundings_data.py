"""Real stories in other surroundings are the same stories: a floor (``bench/surroundings.py``)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = [pytest.mark.data, pytest.mark.slow]
BENCH = Path(__file__).resolve().parents[2] / "bench/surroundings.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("surroundings", BENCH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.timeout(900)
def test_a_story_amid_other_menus_boxes_and_lists_makes_hardly_a_version(
    bench: ModuleType, data: Path
) -> None:
    assert data.is_dir()
    real = list(bench.pages(0.3))
    assert bench.measure(list(bench.set_elsewhere(real)), bench.ours) <= 3.5
    assert bench.measure(list(bench.thinned(real)), bench.ours) <= 2.5
