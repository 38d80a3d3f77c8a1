"""A disk that can no longer be written while stories are watched: one line, and nothing is lost."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from cli_run import Run

from file_systems import mounted

PATIENCE = 60.0
UP = [Path(sys.executable).with_name("variorum"), "up", "--port", "0", "--demo-pause", "0.2"]


class Process:
    """``variorum up`` on the demo newspaper, and what it has said so far."""

    def __init__(self, place: Path) -> None:
        self.place = place
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            UP, cwd=place, stderr=subprocess.PIPE, text=True, env=environment
        )
        self.said: list[str] = []
        self.listening = threading.Thread(target=self._listen, daemon=True)
        self.listening.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        self.said.extend(iter(self.process.stderr.readline, ""))

    def says(self, words: str, times: int = 1) -> None:
        """Waits until it has said so, so often."""
        deadline = time.monotonic() + PATIENCE
        while sum(words in line for line in tuple(self.said)) < times:
            assert time.monotonic() < deadline, "".join(self.said)
            time.sleep(0.1)

    def may_write(self, size: int) -> None:
        """How large the files may grow that it writes to."""
        _, most = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, most))


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Process]:
    started = Process(tmp_path)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.wait(30)
        started.listening.join(10)
        assert started.process.stderr is not None
        started.process.stderr.close()


def versions(run: Run, place: Path) -> int:
    return int(run("--archive", place / "archive", "doctor", "--json").json["archive"]["versions"])


@pytest.mark.slow
def test_watching_goes_on_when_an_archive_that_became_read_only_can_be_written_again(
    watching: Process, run: Run
) -> None:
    watching.says("new versions", 1)
    watching.may_write(0)
    watching.says("the archive cannot be written")
    before = versions(run, watching.place)
    time.sleep(1.5)  # for another try
    assert watching.process.poll() is None
    assert versions(run, watching.place) == before > 0

    rounds = sum("new versions" in line for line in watching.said)
    watching.may_write(resource.RLIM_INFINITY)
    watching.says("can be written again")
    watching.says("new versions", rounds + 1)
    watching.process.send_signal(signal.SIGTERM)
    assert watching.process.wait(30) == 0

    watching.listening.join(10)
    told = "".join(watching.said)
    assert told.count("the archive cannot be written") == 1
    assert "Traceback" not in told
    assert versions(run, watching.place) > before
    assert run("--archive", watching.place / "archive", "verify").code == 0


@pytest.fixture
def unwritable(tmp_path: Path) -> Iterator[Path]:
    """A file system on which nothing can be written."""
    with mounted(tmp_path / "disk", "ro,size=1m") as place:
        yield place


def test_a_read_only_disk_at_the_start_is_one_line(unwritable: Path, run: Run) -> None:
    for place in (unwritable, unwritable / "archive"):
        told = run("--archive", place, "up", "--demo", "--port", "0")
        assert told.code == 2
        assert told.err.count("\n") == 1
        assert str(place) in told.err


def test_a_disk_that_is_full_ends_an_import_in_one_line_and_it_can_be_given_again(
    tmp_path: Path, pages: tuple[Path, Path], run: Run
) -> None:
    with mounted(tmp_path / "disk", "size=4m") as disk:
        archive = ("--archive", disk / "archive")
        assert run(*archive, "import", pages[0]).code == 0
        with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while True:
                filler.write(bytes(4096))
        told = run(*archive, "import", pages[1])
        assert told.code in (2, 3)
        assert "Traceback" not in told.err
        assert [line for line in told.err.splitlines() if line.startswith("Error: ")], told.err
        (disk / "filler").unlink()
        assert run(*archive, "import", *pages).code == 0
        assert len(run(*archive, "log", "1", "--json").lines) == 2
        assert run(*archive, "verify").code == 0
