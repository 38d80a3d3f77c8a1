from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from web_shelf import NOW, Filled, fill

from variorum.web import create_app, early


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    filled = fill(tmp_path_factory.mktemp("web") / "archive")
    with filled.archive:
        yield filled


@pytest.fixture(scope="session")
def client(shelf: Filled) -> TestClient:
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver", "[::1]"))
    return TestClient(app, follow_redirects=False)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are whole, with their ETag, however slow the machine is; see :mod:`variorum.web.early`."""
    monkeypatch.setattr(early, "_PATIENCE", 20)
