"""Rules by which changes are told elsewhere, and how far each has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from variorum.model.times import iso
from variorum.store.base import BoundRecords
from variorum.store.people_schema import rule


@dataclass(frozen=True, slots=True)
class Search:
    """A search that is followed: sentences with these words (as people type them) that a change
    brought or took. ``where`` is one of ``search_query.PLACES``; ``speaker``, words of a name, asks
    that a claim of somebody called so changed with them."""

    words: str
    where: str = "all"
    speaker: str = ""

    def to_dict(self) -> dict[str, str]:
        return {"words": self.words, "where": self.where, "speaker": self.speaker}


@dataclass(frozen=True, slots=True)
class Rule:
    """Which changes are told to whom. Empty fields ask for nothing; ``words`` must all stand in
    what is told of a change. ``base`` is where the pages are reached, for links. With a ``search``
    only changes that brought or took a sentence which it finds are told."""

    name: str
    target: str
    secret: str
    base: str
    kinds: tuple[str, ...] = ()
    weight: float = 0.0
    host: str = ""
    words: str = ""
    announced: bool | None = None
    paused: bool = False
    seen: int = 0
    reached: datetime | None = None
    failures: int = 0
    health: str = "nothing told yet"
    again: datetime | None = None
    search: Search | None = None
    id: int = 0

    @property
    def shown_target(self) -> str:
        """The target without what is secret in it: its scheme, and a webhook's host."""
        scheme, _, rest = self.target.partition("://")
        host = rest.split("/")[0].rpartition("@")[2]
        return f"{scheme}://{host}/…" if scheme in ("http", "https") else f"{scheme}://…"

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "target": self.shown_target,
            "kinds": list(self.kinds),
            "weight": self.weight,
            "host": self.host,
            "words": self.words,
            "announced": self.announced,
            "paused": self.paused,
            "failures": self.failures,
            "health": self.health,
            "again": iso(self.again) if self.again else None,
            "search": self.search.to_dict() if self.search else None,
        }


class NoticeRecords(BoundRecords):
    def add_rule(self, new: Rule, now: datetime) -> int:
        """A rule for what changes from now on; returns its id."""
        result = self.db.execute(
            rule.insert().values(
                name=new.name,
                target=new.target,
                secret=new.secret,
                base=new.base,
                kinds=",".join(new.kinds),
                weight=new.weight,
                host=new.host,
                words=new.words,
                announced=new.announced,
                paused=new.paused,
                made=now,
                seen=new.seen,
                reached=new.reached,
                failures=0,
                health=new.health,
                search=new.search.to_dict() if new.search else None,
            )
        )
        key = result.inserted_primary_key
        assert key is not None
        number: int = key[0]
        return number

    def rules(self) -> list[Rule]:
        return [_rule(row) for row in self.db.execute(select(rule).order_by(rule.c.id))]

    def rule(self, number: int) -> Rule | None:
        row = self.db.execute(select(rule).where(rule.c.id == number)).first()
        return _rule(row) if row else None

    def update_rule(self, number: int, **values: Any) -> None:
        """Set columns of one rule by name."""
        self.db.execute(update(rule).where(rule.c.id == number).values(**values))

    def remove_rule(self, number: int) -> None:
        self.db.execute(delete(rule).where(rule.c.id == number))


def _rule(row: Row[Any]) -> Rule:
    return Rule(
        id=row.id,
        name=row.name,
        target=row.target,
        secret=row.secret,
        base=row.base,
        kinds=tuple(k for k in row.kinds.split(",") if k),
        weight=row.weight,
        host=row.host,
        words=row.words,
        announced=row.announced,
        paused=row.paused,
        seen=row.seen,
        reached=row.reached,
        failures=row.failures,
        health=row.health,
        again=row.again,
        search=Search(**row.search) if row.search else None,
    )
