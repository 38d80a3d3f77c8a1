"""People, their sessions and tokens, and the log of what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from variorum.model.times import iso
from variorum.store.base import BoundRecords
from variorum.store.people_schema import act, person, session, token

#: What a person may do, each including what stands before it: read, edit, rule over accounts.
ROLES = ("reader", "editor", "admin")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account. ``secret`` is the hash of the password."""

    id: int
    name: str
    role: str
    secret: str
    added: datetime

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "role": self.role, "added": iso(self.added)}


@dataclass(frozen=True, slots=True)
class Token:
    """A key that a program shows; what it is cannot be read back."""

    id: int
    name: str
    role: str
    made: datetime
    until: datetime

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "role": self.role,
            "made": iso(self.made),
            "until": iso(self.until),
        }


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody did here. ``kind`` is a word such as ``hide``; ``person`` the name
    as it was then."""

    kind: str
    person: str
    role: str
    time: datetime
    article: int | None = None
    source: int | None = None
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    id: int = 0

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "time": iso(self.time),
            "kind": self.kind,
            "person": self.person,
            "role": self.role,
            "article": self.article,
            "source": self.source,
            "reason": self.reason,
            "details": dict(self.details),
        }


class PeopleRecords(BoundRecords):
    def add_person(self, name: str, role: str, secret: str, now: datetime) -> Person:
        """A new account. The name must be free."""
        self.db.execute(person.insert().values(name=name, role=role, secret=secret, added=now))
        added = self.person_named(name)
        assert added is not None
        return added

    def person_named(self, name: str) -> Person | None:
        row = self.db.execute(select(person).where(person.c.name == name)).first()
        return _person(row) if row else None

    def person(self, number: int) -> Person | None:
        row = self.db.execute(select(person).where(person.c.id == number)).first()
        return _person(row) if row else None

    def people(self) -> list[Person]:
        """Everybody, by name."""
        return [_person(row) for row in self.db.execute(select(person).order_by(person.c.name))]

    def administrators(self) -> int:
        """How many administrators there are."""
        query = select(func.count()).select_from(person).where(person.c.role == "admin")
        total: int = self.db.execute(query).scalar_one()
        return total

    def update_person(self, number: int, **values: Any) -> None:
        """Set columns of one account by name."""
        self.db.execute(update(person).where(person.c.id == number).values(**values))

    def remove_person(self, number: int) -> None:
        """Take an account away with its sessions and tokens. What it did stays in the log."""
        self.end_sessions(number)
        self.db.execute(delete(token).where(token.c.person == number))
        self.db.execute(delete(person).where(person.c.id == number))

    def add_session(self, digest: str, number: int, made: datetime, until: datetime) -> None:
        """A signed-in browser; those that have run out are forgotten in passing."""
        self.db.execute(delete(session).where(session.c.until <= made))
        self.db.execute(
            session.insert().values(digest=digest, person=number, made=made, until=until)
        )

    def person_of_session(self, digest: str, now: datetime) -> Person | None:
        """Who is signed in with this, if it has not run out."""
        query = select(person).join(session).where(session.c.digest == digest)
        row = self.db.execute(query.where(session.c.until > now)).first()
        return _person(row) if row else None

    def end_session(self, digest: str) -> None:
        self.db.execute(delete(session).where(session.c.digest == digest))

    def end_sessions(self, number: int) -> None:
        """Sign a person out everywhere."""
        self.db.execute(delete(session).where(session.c.person == number))

    def add_token(
        self, digest: str, number: int, name: str, role: str, made: datetime, until: datetime
    ) -> int:
        """A key for a program; returns its id."""
        result = self.db.execute(
            token.insert().values(
                digest=digest, person=number, name=name, role=role, made=made, until=until
            )
        )
        key = result.inserted_primary_key
        assert key is not None
        added: int = key[0]
        return added

    def tokens_of(self, number: int) -> list[Token]:
        """A person's keys, oldest first."""
        rows = self.db.execute(
            select(token).where(token.c.person == number).order_by(token.c.id)
        ).all()
        return [Token(row.id, row.name, row.role, row.made, row.until) for row in rows]

    def person_of_token(self, digest: str, now: datetime) -> tuple[Person, str] | None:
        """Whose key this is, and the role that the key was given."""
        query = select(person, token.c.role.label("given")).join(token)
        row = self.db.execute(query.where(token.c.digest == digest, token.c.until > now)).first()
        return (_person(row), str(row.given)) if row else None

    def remove_token(self, person_number: int, number: int) -> bool:
        """Take a person's key away; False when there is none with this id."""
        done = self.db.execute(
            delete(token).where(token.c.person == person_number, token.c.id == number)
        )
        return done.rowcount > 0

    def remove_tokens(self, number: int) -> None:
        """Take all of a person's keys away."""
        self.db.execute(delete(token).where(token.c.person == number))

    def add_act(self, new: Act) -> int:
        """Append to the log; returns the id."""
        result = self.db.execute(
            act.insert().values(
                time=new.time,
                person=new.person,
                role=new.role,
                kind=new.kind,
                article=new.article,
                source=new.source,
                reason=new.reason,
                details=dict(new.details),
            )
        )
        key = result.inserted_primary_key
        assert key is not None
        added: int = key[0]
        return added

    def acts(
        self,
        *,
        article: int | None = None,
        kinds: tuple[str, ...] = (),
        before: int | None = None,
        limit: int = 100,
    ) -> list[Act]:
        """The log, newest first; ``kinds`` empty asks for all. ``before`` is the id of the last one
        of an earlier page."""
        query = select(act).order_by(act.c.id.desc())
        if article is not None:
            query = query.where(act.c.article == article)
        if kinds:
            query = query.where(act.c.kind.in_(kinds))
        if before is not None:
            query = query.where(act.c.id < before)
        return [_act(row) for row in self.db.execute(query.limit(limit))]


def _person(row: Row[Any]) -> Person:
    return Person(row.id, row.name, row.role, row.secret, row.added)


def _act(row: Row[Any]) -> Act:
    return Act(
        id=row.id,
        time=row.time,
        person=row.person,
        role=row.role,
        kind=row.kind,
        article=row.article,
        source=row.source,
        reason=row.reason,
        details=row.details,
    )
