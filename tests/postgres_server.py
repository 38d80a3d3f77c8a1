"""A PostgreSQL server of the tests' own: made from the installed programs, on a socket in a folder
that only it uses, and ended with the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import pytest

_USER = "variorum"
# What it costs to survive a power cut is not what the tests look at; killed processes are.
_SETTINGS = (
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "max_connections=100",
    "shared_buffers=64MB",
    "autovacuum=off",
)


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, the newest where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if found:
        return found[-1].parent
    where = shutil.which("postgres")
    return Path(where).resolve().parent if where else None


class Server:
    """The server, running from :meth:`start` on. Raises RuntimeError where it does not start."""

    def __init__(self) -> None:
        found = programs()
        if found is None:
            raise RuntimeError("PostgreSQL's programs (initdb, postgres) are not installed")
        self.programs = found
        self.folder = Path(tempfile.mkdtemp(prefix="variorum-pg-", dir="/tmp"))
        self._numbers = count()
        # PostgreSQL refuses to run as root.
        self._as: dict[str, object] = {}
        if os.geteuid() == 0:
            shutil.chown(self.folder, "nobody")
            self._as = {"user": "nobody"}

    def start(self) -> None:
        if not (self.folder / "data").exists():
            self._run("initdb", "-A", "trust", "-U", _USER, "-E", "UTF8", "--locale=C.UTF-8", "-N")
        told = " ".join(f"-c {setting}" for setting in _SETTINGS)
        log = self.folder / "log"
        self._run("pg_ctl", "-w", "-l", str(log), "-o", f"-k {self.folder} {told}", "start")

    def stop(self, mode: str = "fast") -> None:
        self._run("pg_ctl", "-w", "-m", mode, "stop")

    def close(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop("immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def database(self) -> str:
        """The name of a new, empty database."""
        name = f"archive_{next(self._numbers)}"
        self.sql(f"CREATE DATABASE {name}")
        return name

    def place(self, captures: Path, database: str | None = None) -> str:
        """Where an archive is kept, as ``--archive`` takes it; in a new database if none is said."""
        name = database or self.database()
        return f"postgresql://{_USER}@/{name}?host={self.folder}&captures={captures}"

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        import psycopg

        where = f"host={self.folder} user={_USER} dbname={database}"
        with psycopg.connect(where, autocommit=True) as connection:
            done = connection.execute(statement)  # type: ignore[arg-type]
            return done.fetchall() if done.description else []

    def _run(self, program: str, *rest: str) -> None:
        done = subprocess.run(
            [self.programs / program, "-D", self.folder / "data", *rest],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd="/",
            check=False,
            **self._as,  # type: ignore[call-overload]
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.decode(errors='replace')[-500:]}")


def started() -> Server:
    """A server that runs; skips the test where there can be none."""
    try:
        import psycopg  # noqa: F401

        server = Server()
    except (ImportError, RuntimeError) as error:
        pytest.skip(f"no PostgreSQL here: {error}")
    try:
        server.start()
    except BaseException:
        server.close()
        raise
    return server
