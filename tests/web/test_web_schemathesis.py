"""schemathesis over the OpenAPI document, as nobody, an editor and an administrator. A long run:

VARIORUM_SCHEMATHESIS=full .venv/bin/pytest tests/web/test_web_schemathesis.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from web_shelf import fill
from web_staff import Staff, staffed

from variorum.web.people.access import digest_of

sys.path.insert(0, str(Path(__file__).parents[1]))
from tools_setup import program

FULL = os.environ.get("VARIORUM_SCHEMATHESIS") == "full"
# Examples of each operation; and the phase that tries every bound of every parameter, for minutes.
HOW = ["--max-examples", "30" if FULL else "2"]
PHASES = "examples,coverage,fuzzing" if FULL else "fuzzing"
KEY = "variorum_token-of-{}-0123456789"


@contextmanager
def served(staff: Staff) -> Iterator[str]:
    """The pages with people in them, on a port of their own."""
    import uvicorn

    staff.app.state.site.allowed_hosts = ("127.0.0.1",)
    server = uvicorn.Server(uvicorn.Config(staff.app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def shown(staff: Staff, role: str) -> list[str]:
    """The option that makes requests those of somebody with this role."""
    if role == "nobody":
        return []
    now = staff.access.clock()
    with staff.archive.write() as records:
        owner = staff.people[role].id
        records.add_token(digest_of(KEY.format(role)), owner, "t", role, now, now + timedelta(1))
    return ["--header", f"Authorization: Bearer {KEY.format(role)}"]


@pytest.mark.timeout(3600 if FULL else 300)
@pytest.mark.parametrize("role", ["nobody", "editor", "admin"] if FULL else ["admin"])
def test_schemathesis_finds_no_failure(tmp_path: Path, role: str) -> None:
    command = program("schemathesis")
    if command is None:
        pytest.skip("schemathesis is not installed: python tests/tools_setup.py schemathesis")
    filled = fill(tmp_path / "archive")
    with filled.archive:
        staff = staffed(filled)
        with served(staff) as base:
            done = subprocess.run(
                [
                    *(command, "--config-file", Path(__file__).parent / "schemathesis.toml"),
                    *("run", f"{base}/openapi.json", *shown(staff, role)),
                    *("--exclude-path", "/events"),  # a stream, which does not end
                    *("--phases", PHASES, *HOW, "--seed", "6"),
                    *("--continue-on-failure", "--no-color"),
                ],
                capture_output=True,
                text=True,
                check=False,
                cwd=tmp_path,
            )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    print(done.stdout[-1_500:])
