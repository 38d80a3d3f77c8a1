"""Connections to the database, set so that what is committed is on the disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event


def sqlite_url(path: Path, **options: str) -> URL:
    """The address of an SQLite file, whatever its path is made of, with the parameters of
    https://sqlite.org/uri.html."""
    # Three slashes before the path: two alone would make its first folder the name of a host.
    told = quote(os.fsencode(path.absolute()))
    return URL.create("sqlite", database=f"file://{told}", query={**options, "uri": "true"})


def sqlite_engine(path: Path, *, read_only: bool = False) -> Engine:
    """SQLite in WAL mode with full synchronisation; every transaction begins IMMEDIATE.

    ``read_only`` opens the file so that nothing can be written through this engine.
    """
    engine = create_engine(
        sqlite_url(path, mode="ro" if read_only else "rwc"),
        connect_args={"timeout": 30.0, "check_same_thread": False},
        pool_size=8,
        max_overflow=16,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin event below opens transactions
        run = connection.execute
        if not read_only:
            run("PRAGMA journal_mode=WAL")
            run("PRAGMA synchronous=FULL")
        run("PRAGMA foreign_keys=ON")
        run("PRAGMA temp_store=MEMORY")
        run("PRAGMA cache_size=-32000")
        run("PRAGMA mmap_size=268435456")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        wants_write = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if wants_write else "BEGIN")

    return engine
