"""Several workers of the demo newspaper, as processes that can be killed and hung."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from variorum.bootstrap import open_archive
from variorum.evidence.verify import Options, Verified, verify_archive
from variorum.newspaper import Newspaper
from variorum.store.archive import Archive

SCRIPT = Path(__file__).with_name("demo_worker.py")
LEASE = 3.0
_NEVER = 4_102_444_800_000  # the year 2100
# What is claimed and not released, and what nobody has claimed of what is due.
_OPEN = """
SELECT (SELECT count(*) FROM lease) +
       (SELECT count(*) FROM article WHERE next_check <= :now) +
       (SELECT count(*) FROM source WHERE next_check <= :now AND NOT paused)
"""


@dataclass
class Crew:
    """Workers on one archive. ``clock`` is the file that tells them the time."""

    place: str
    folder: Path
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def clock(self) -> Path:
        return self.folder / "clock"

    def start(self, number: int) -> None:
        for _ in range(number):
            log = (self.folder / f"worker-{len(self.processes)}.log").open("w")
            with log:
                self.processes.append(
                    subprocess.Popen(
                        [sys.executable, SCRIPT, self.place, self.clock, str(LEASE)],
                        stdout=log,
                        stderr=subprocess.STDOUT,
                        text=True,
                    )
                )

    def alive(self) -> list[subprocess.Popen[str]]:
        return [p for p in self.processes if p.poll() is None]

    def stop(self) -> None:
        for process in self.alive():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.processes:
            try:
                process.wait(120)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def name(self, number: int) -> str:
        """What a worker calls itself, once it works."""
        return _soon(lambda: (self.folder / f"worker-{number}.log").read_text().partition("\n")[0])

    def busy(self, number: int) -> None:
        """Wait until a worker has something in hand (or, after a while, not)."""
        name, end = self.name(number), time.monotonic() + 20
        held = "SELECT count(*) FROM lease WHERE holder = :name"
        while not self.sql(held, name=name) and time.monotonic() < end:
            time.sleep(0.02)

    def send(self, number: int, what: signal.Signals) -> None:
        self.processes[number].send_signal(what)

    def cut_off(self) -> None:
        """End every connection to the database that a worker has."""
        self.sql(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    def logs(self) -> str:
        return "\n".join(p.read_text() for p in sorted(self.folder.glob("worker-*.log")))

    def round(
        self, paper: Newspaper, number: int, meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        """One round of the newspaper: the lists first, then every article once."""
        moment = paper.rounds[number]
        now = round(moment.timestamp() * 1000)
        self.sql(f"UPDATE article SET next_check = {_NEVER} WHERE next_check IS NOT NULL")
        self.sql("UPDATE source SET next_check = :now WHERE kind <> 'article'", now=now)
        paper.clock.set(moment)
        part = self.clock.with_name("clock.part")
        part.write_text(moment.isoformat())
        part.replace(self.clock)
        meanwhile()
        self.wait_until_done(now)
        self.sql(
            "UPDATE article SET next_check = :now WHERE next_check IS NOT NULL "
            "AND last_checked IS DISTINCT FROM :now",
            now=now,
        )
        meanwhile()
        self.wait_until_done(now)

    def wait_until_done(self, now: int, seconds: float = 300.0) -> None:
        end = time.monotonic() + seconds
        while self.sql(_OPEN, now=now):
            if time.monotonic() > end:
                raise TimeoutError(f"not done: {self.logs()[-4000:]}")
            time.sleep(0.05)

    def sql(self, statement: str, **values: object) -> int:
        with open_archive(self.place, read_only=True) as archive:
            engine = archive.engine.execution_options(postgresql_readonly=False)
            with engine.connect() as connection, connection.begin():
                connection.execute(text("SET TRANSACTION READ WRITE"))
                done = connection.execute(text(statement), values)
                return int(done.scalar_one()) if done.returns_rows else 0


def _soon(ask: Callable[[], str], seconds: float = 180.0) -> str:
    end = time.monotonic() + seconds
    while not (told := ask()):
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)
    return told


def verified(place: str) -> Verified:
    """The archive checked as ``variorum verify`` does, all but the texts read again."""
    with open_archive(place, read_only=True) as archive:
        return verify_archive(archive.directory, Options(), archive)


def doubles(archive: Archive) -> list[tuple[object, ...]]:
    """Looks that were written down twice: the same article at the same time of the newspaper."""
    told = "SELECT article, url, time, count(*) FROM capture GROUP BY 1, 2, 3 HAVING count(*) > 1"
    with archive.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(told))]
