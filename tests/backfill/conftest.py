from __future__ import annotations

from collections.abc import Iterator

import pytest
from backfill_run import READER


@pytest.fixture(scope="session", autouse=True)
def reader() -> Iterator[None]:
    yield
    READER.close()
