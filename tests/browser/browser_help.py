"""Where the browser is, and the pages served for it."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
sys.path.insert(0, str(Path(__file__).parents[1]))

from web_shelf import NOW

from variorum.store.archive import Archive
from variorum.web import create_app

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
AXE = ROOT / "artefacts" / "node_modules" / "axe-core" / "axe.min.js"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def need(path: Path, how: str) -> None:
    """Skip without ``path``; on CI, where everything is installed, fail."""
    if path.exists():
        return
    if os.environ.get("CI"):
        pytest.fail(f"{path.name} is missing: {how}")
    pytest.skip(f"{path.name} is missing: {how}")


@contextmanager
def served(archive: Archive) -> Iterator[str]:
    """The pages of an archive on a port of their own, in a thread."""
    import uvicorn

    app = create_app(archive, clock=lambda: NOW)
    config = uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        app.state.site.stopping = True
        server.should_exit = True
        thread.join(15)  # a browser that holds a connection open must not hold up the rest
