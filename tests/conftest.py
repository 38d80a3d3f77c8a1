"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from postgres_server import Server, started

# In CI the same examples every time: what it says of a change is then about the change. Elsewhere
# new ones at every run, and no deadline, since machines differ.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def data() -> Path:
    """The measuring data beside the checkout. Where it is absent, tests that need it say so and
    are skipped; in CI they fail instead."""
    if not DATA.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"the measuring data is missing: {DATA.name} beside the checkout")
        pytest.skip("the measuring data (../shared/data) is not here")
    return DATA


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of our own; tests that need it are skipped where none is installed."""
    server = started()
    yield server
    server.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest files first, so that two workers end together."""
    items.sort(key=lambda item: 0 if item.get_closest_marker("slow") else 1)
