from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from web_shelf import NOW, Filled, fill

from variorum.web import create_app


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    filled = fill(tmp_path_factory.mktemp("web") / "archive")
    with filled.archive:
        yield filled


@pytest.fixture(scope="session")
def client(shelf: Filled) -> TestClient:
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver", "[::1]"))
    return TestClient(app, follow_redirects=False)
