"""Who works on what, and when each host may be asked: PostgreSQL only, all times by its clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, select, text, update

from variorum.store.base import BoundRecords
from variorum.store.postgres import Lock
from variorum.store.shared_schema import host, lease, worker

# Milliseconds. Not now(), which stands still while a transaction lasts.
_NOW = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to look at one article or source, until it runs out or somebody else has it.

    ``token`` is the fence: whoever writes must show that the row still has it. Tokens only grow.
    """

    kind: str
    number: int
    token: int


@dataclass(frozen=True, slots=True)
class WorkerState:
    """A worker as it last told of itself. ``silent`` is seconds since; ``leases`` what it holds."""

    name: str
    machine: str
    process: int
    started: datetime
    silent: float
    checked: int
    versions: int
    leases: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "machine": self.machine,
            "process": self.process,
            "started": self.started.isoformat(),
            "silent": round(self.silent, 1),
            "checked": self.checked,
            "versions": self.versions,
            "leases": self.leases,
        }


class LeaseRecords(BoundRecords):
    """Leases and the workers that hold them."""

    def claim(
        self,
        kind: str,
        holder: str,
        due: datetime,
        seconds: float,
        limit: int,
        without: Sequence[int] = (),
    ) -> list[Lease]:
        """Leases for ``seconds`` on articles (or sources) that are due at ``due`` and that nobody
        else has, the longest overdue first; none on articles of the sources ``without``. Waits for
        nobody."""
        rows = self.db.execute(
            text(_CLAIM[kind]),
            {
                "due": round(due.timestamp() * 1000),
                "holder": holder,
                "milliseconds": round(seconds * 1000),
                "limit": limit,
                **({"without": list(without)} if kind == "article" else {}),
            },
        )
        return [Lease(kind, row.number, row.token) for row in rows]

    def count_alone(self) -> None:
        """Until the transaction ends, nobody else counts looks."""
        self.db.execute(select(func.pg_advisory_xact_lock(Lock.LOOKS, 0)))

    def renew(self, leases: Sequence[Lease], seconds: float) -> set[Lease]:
        """Hold on to leases; returns those that are still one's own. One that is being used at this
        moment is passed over, and is still one's own."""
        if not leases:
            return set()
        told = {
            "kinds": [one.kind for one in leases],
            "numbers": [one.number for one in leases],
            "tokens": [one.token for one in leases],
        }
        self.db.execute(text(_RENEW), {**told, "milliseconds": round(seconds * 1000)})
        rows = self.db.execute(text(_OWN), told)
        return {Lease(row.kind, row.number, row.token) for row in rows}

    def holds(self, one: Lease) -> bool:
        """Whether the lease is still its holder's; until the transaction ends, nobody else can
        have it. One that has run out and that nobody took is as good as one that has not."""
        row = self.db.execute(select(lease.c.token).where(*_named(one)).with_for_update()).first()
        return row is not None and row.token == one.token

    def release(self, one: Lease) -> None:
        self.db.execute(delete(lease).where(*_named(one), lease.c.token == one.token))

    def busy(self) -> int:
        """How many leases have not run out."""
        return int(
            self.db.execute(
                text(f"SELECT count(*) FROM lease WHERE until > {_NOW}")  # noqa: S608
            ).scalar_one()
        )

    def now(self) -> datetime:
        """What time it is by the database's clock."""
        return datetime.fromtimestamp(
            self.db.execute(text(f"SELECT {_NOW}")).scalar_one() / 1000, UTC
        )

    def tell_worker(
        self, name: str, machine: str, process: int, checked: int, versions: int
    ) -> None:
        """A worker says that it is there, and what it has done so far."""
        self.db.execute(
            text(_TELL),
            {
                "name": name,
                "machine": machine,
                "process": process,
                "checked": checked,
                "versions": versions,
            },
        )

    def forget_worker(self, name: str) -> None:
        """A worker has ended, and holds nothing any more."""
        self.db.execute(delete(lease).where(lease.c.holder == name))
        self.db.execute(update(host).where(host.c.holder == name).values(holder=None, held_until=0))
        self.db.execute(delete(worker).where(worker.c.name == name))

    def workers(self) -> list[WorkerState]:
        """All workers that did not say that they end, by name."""
        return [
            WorkerState(
                row.name,
                row.machine,
                row.process,
                datetime.fromtimestamp(row.started / 1000, UTC),
                row.silent / 1000,
                row.checked,
                row.versions,
                row.leases,
            )
            for row in self.db.execute(text(_WORKERS))
        ]


class HostRecords(BoundRecords):
    """When each host may be asked: one question at a time, whichever worker asks it."""

    def claim_host(self, name: str, holder: str, seconds: float) -> tuple[float, float]:
        """Take a host's turn for at most ``seconds``. (0, 0) where it was free, else (seconds until
        it may be, seconds for which it asked to be left alone)."""
        told = {"name": name, "holder": holder, "milliseconds": round(seconds * 1000)}
        if self.db.execute(text(_CLAIM_HOST), told).first() is not None:
            return 0.0, 0.0
        row = self.db.execute(text(_HOST), {"name": name}).first()
        if row is None:
            return 0.01, 0.0
        # Who holds it may be done at any moment.
        wait = max(row.wait, min(row.held, 200) if row.holder else 0, 10)
        return wait / 1000, max(row.resting, 0) / 1000

    def release_host(self, name: str, holder: str, rest: float, resting: float) -> None:
        """End the turn: the host is not asked for ``rest`` seconds, nor for the ``resting`` seconds
        that it asked for."""
        self.db.execute(
            text(_RELEASE_HOST),
            {
                "name": name,
                "holder": holder,
                "rest": round(max(rest, resting) * 1000),
                "resting": round(resting * 1000),
            },
        )


def _named(one: Lease) -> tuple[Any, Any]:
    return lease.c.kind == one.kind, lease.c.number == one.number


# Rows that others are claiming are passed over. One that was claimed between the snapshot and the
# lock is caught by the last condition: its lease has not run out.
_GIVE = f"""
INSERT INTO lease (kind, number, token, holder, until)
SELECT '{{kind}}', id, nextval('lease_token'), :holder, {_NOW} + :milliseconds FROM due
ON CONFLICT (kind, number) DO UPDATE
SET token = excluded.token, holder = excluded.holder, until = excluded.until
WHERE lease.until <= {_NOW}
RETURNING number, token
"""  # noqa: S608
_FREE = f"""
NOT EXISTS (SELECT FROM lease l
            WHERE l.kind = '{{kind}}' AND l.number = t.id AND l.until > {_NOW})
"""
_CLAIM = {
    "article": """
WITH due AS MATERIALIZED (
    SELECT t.id FROM article t LEFT JOIN source s ON s.id = t.source
    WHERE t.next_check <= :due AND s.paused IS NOT TRUE
      AND (t.source IS NULL OR t.source <> ALL(CAST(:without AS bigint[]))) AND """  # noqa: S608
    + _FREE.format(kind="article")
    + """ORDER BY t.next_check, t.id LIMIT :limit FOR NO KEY UPDATE OF t SKIP LOCKED
)"""
    + _GIVE.format(kind="article"),
    "source": """
WITH due AS MATERIALIZED (
    SELECT t.id FROM source t
    WHERE t.next_check <= :due AND NOT t.paused AND t.kind <> 'import' AND """  # noqa: S608
    + _FREE.format(kind="source")
    + """ORDER BY t.next_check, t.id LIMIT :limit FOR NO KEY UPDATE OF t SKIP LOCKED
)"""
    + _GIVE.format(kind="source"),
}
_MINE = """
lease l JOIN unnest(CAST(:kinds AS text[]), CAST(:numbers AS bigint[]), CAST(:tokens AS bigint[]))
     AS mine(kind, number, token)
     ON l.kind = mine.kind AND l.number = mine.number AND l.token = mine.token
"""
_RENEW = f"""
WITH idle AS MATERIALIZED (SELECT l.kind, l.number FROM {_MINE} FOR UPDATE OF l SKIP LOCKED)
UPDATE lease SET until = {_NOW} + :milliseconds FROM idle
WHERE lease.kind = idle.kind AND lease.number = idle.number
"""  # noqa: S608
_OWN = f"SELECT l.kind, l.number, l.token FROM {_MINE}"  # noqa: S608
_TELL = f"""
INSERT INTO worker (name, machine, process, started, seen, checked, versions)
VALUES (:name, :machine, :process, {_NOW}, {_NOW}, :checked, :versions)
ON CONFLICT (name) DO UPDATE
SET seen = excluded.seen, checked = excluded.checked, versions = excluded.versions
"""  # noqa: S608
_WORKERS = f"""
SELECT w.*, {_NOW} - w.seen AS silent,
       (SELECT count(*) FROM lease l WHERE l.holder = w.name AND l.until > {_NOW}) AS leases
FROM worker w ORDER BY w.name
"""  # noqa: S608
_CLAIM_HOST = f"""
INSERT INTO host (name, not_before, resting_until, holder, held_until)
VALUES (:name, 0, 0, :holder, {_NOW} + :milliseconds)
ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
WHERE host.not_before <= {_NOW} AND (host.holder IS NULL OR host.held_until <= {_NOW})
RETURNING name
"""  # noqa: S608
_HOST = f"""
SELECT holder, not_before - {_NOW} AS wait, resting_until - {_NOW} AS resting,
       held_until - {_NOW} AS held
FROM host WHERE name = :name
"""  # noqa: S608
_RELEASE_HOST = f"""
UPDATE host
SET holder = CASE WHEN holder = :holder THEN NULL ELSE holder END,
    not_before = greatest(not_before, {_NOW} + :rest),
    resting_until = greatest(resting_until, {_NOW} + :resting)
WHERE name = :name
"""  # noqa: S608
