"""Everything that is PostgreSQL's own about connections: settings, locks, and what its text
columns cannot hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import IntEnum
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

from variorum.store.errors import ArchiveError
from variorum.store.place import PostgresPlace

# Milliseconds that a process may sit inside a transaction saying nothing before the server ends it:
# one that hangs would keep all others from writing. Reading the worst page takes 10 s at most.
_SILENT_AT_MOST = 60_000
# A dead network is noticed after a minute and a half, not after the system's two hours.
_NETWORK = {
    "connect_timeout": 10,
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 6,
}


class Lock(IntEnum):
    """First halves of the advisory locks that processes of one archive agree on."""

    ARCHIVE = 0x5641_5201
    SITE = 0x5641_5202
    WARC = 0x5641_5203
    LOG = 0x5641_5204
    SCHEMA = 0x5641_5205
    LOOKS = 0x5641_5206


def postgres_engine(place: PostgresPlace, *, read_only: bool = False) -> Engine:
    """Connections on which a commit that returned is on the server's disk.

    Raises ArchiveError where the driver is not installed.
    """
    settings = {
        "synchronous_commit": "on",
        "idle_in_transaction_session_timeout": str(_SILENT_AT_MOST),
        "default_transaction_read_only": "on" if read_only else "off",
        "client_encoding": "UTF8",
        "standard_conforming_strings": "on",
    }
    told = place.url.query.get("options", "")
    own = " ".join(f"-c {name}={value}" for name, value in settings.items())
    try:
        engine = create_engine(
            place.url.difference_update_query(["options"]),
            connect_args={**_NETWORK, "options": f"{own} {told}".strip()},
            pool_size=8,
            max_overflow=16,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            json_serializer=_json,
        )
    except ModuleNotFoundError as error:
        raise ArchiveError(
            "archives in PostgreSQL need its driver: install 'variorum[postgres]'"
        ) from error

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.adapters.register_dumper(str, _dumper())

    return engine


@cache
def _dumper() -> Any:
    from psycopg.types.string import StrDumper

    class Storable(StrDumper):
        """Text as PostgreSQL can hold it: see :func:`fit`."""

        def dump(self, obj: str) -> Any:
            return super().dump(fit(obj))

    return Storable


def fit(words: str) -> str:
    """``words`` with U+FFFD for U+0000 and for lone surrogates, neither of which PostgreSQL's text
    can hold. What was captured is kept in its bytes all the same."""
    if "\x00" in words:
        words = words.replace("\x00", "\ufffd")
    try:
        words.encode()
    except UnicodeEncodeError:
        words = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return words


def _json(value: Any) -> str:
    told = json.dumps(value, ensure_ascii=False)
    if "\\u0000" in told:
        told = json.dumps(_fit_all(value), ensure_ascii=False)
    return told


def _fit_all(value: Any) -> Any:
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, dict):
        return {fit(key): _fit_all(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_fit_all(item) for item in value]
    return value


def lock(db: Connection, kind: Lock, name: str = "", *, shared: bool = False) -> None:
    """Wait for a lock and hold it until the transaction ends."""
    how = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    db.execute(text(f"SELECT {how}(:kind, hashtext(:name))"), {"kind": int(kind), "name": name})


def try_lock(db: Connection, kind: Lock, name: str = "") -> bool:
    """Take a lock if nobody has it."""
    told = text("SELECT pg_try_advisory_xact_lock(:kind, hashtext(:name))")
    return bool(db.execute(told, {"kind": int(kind), "name": name}).scalar())


def lock_sites(db: Connection, sites: Iterable[str]) -> None:
    """Hold some sites, letting others write to other sites meanwhile. Locks are taken in one order
    everywhere, so that nobody waits in a circle."""
    lock(db, Lock.ARCHIVE, shared=True)
    db.execute(
        text(
            "SELECT pg_advisory_xact_lock(:kind, key) FROM (SELECT DISTINCT hashtext(name) AS key "
            "FROM unnest(CAST(:names AS text[])) AS name ORDER BY key) AS keys"
        ),
        {"kind": int(Lock.SITE), "names": sorted(set(sites))},
    )


def snapshot(db: Connection) -> tuple[int, ...]:
    """What is visible now, as numbers: the same for as long as nothing commits."""
    told = str(db.execute(text("SELECT CAST(pg_current_snapshot() AS text)")).scalar_one())
    return tuple(int(part) for part in told.replace(":", ",").split(",") if part)
