"""An archive made once, copied for each test that alters it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from archives import copy_of, story_captures, take


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive as its last process left it. Not to be altered."""
    directory = tmp_path_factory.mktemp("evidence") / "archive"
    take(directory, story_captures())
    return directory


@pytest.fixture
def archive(untouched: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may do anything to."""
    return copy_of(untouched, tmp_path / "archive")
