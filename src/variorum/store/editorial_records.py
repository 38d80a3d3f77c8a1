"""What editors concluded: articles hidden, notes beside them, articles joined and kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, or_, select, union_all, update

from variorum.model.times import iso
from variorum.store.base import BoundRecords
from variorum.store.people_schema import act, forward, hiding, note, parting
from variorum.store.schema import alias, article, capture

#: Acts after which lists that were remembered are no longer true.
_RESHAPING = ("hide", "unhide", "merge", "split")
# Built once: every page asks for these, and building one takes longer than the answer.
_LAST_RESHAPING = select(func.coalesce(func.max(act.c.id), 0)).where(act.c.kind.in_(_RESHAPING))
_BARRED = select(
    select(hiding.c.reason).where(hiding.c.article == bindparam("number")).scalar_subquery(),
    select(hiding.c.legal).where(hiding.c.article == bindparam("number")).scalar_subquery(),
    select(forward.c.into).where(forward.c.article == bindparam("number")).scalar_subquery(),
)
_ALL_BARRED = union_all(select(hiding.c.article), select(forward.c.article)).limit(
    bindparam("most")
)
_NOTES = (
    select(note)
    .where(note.c.article == bindparam("number"), note.c.withdrawn.is_(None))
    .order_by(note.c.id)
)


@dataclass(frozen=True, slots=True)
class Hiding:
    """An article is not shown, and why; ``legal``: because the law asks for it."""

    article: int
    reason: str
    person: str
    time: datetime
    legal: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "article": self.article,
            "reason": self.reason,
            "legal": self.legal,
            "person": self.person,
            "time": iso(self.time),
        }


@dataclass(frozen=True, slots=True)
class Barred:
    """Why an article is not shown under its number: the reason of whoever hides it, or the article
    that it is part of now. Both are None where it stands for itself."""

    reason: str | None = None
    legal: bool = False
    into: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What an editor wrote beside an article, or beside one version of it."""

    id: int
    article: int
    version: int | None
    text: str
    person: str
    time: datetime
    withdrawn: datetime | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "version": self.version,
            "text": self.text,
            "person": self.person,
            "time": iso(self.time),
        }


class EditorialRecords(BoundRecords):
    def hide_article(
        self, number: int, reason: str, person: str, now: datetime, *, legal: bool = False
    ) -> None:
        """Show the reason instead of the article, everywhere."""
        self.unhide_article(number)
        self.db.execute(
            hiding.insert().values(
                article=number, reason=reason, person=person, time=now, legal=legal
            )
        )

    def unhide_article(self, number: int) -> None:
        self.db.execute(delete(hiding).where(hiding.c.article == number))

    def hiding(self, number: int) -> Hiding | None:
        """Why the article is not shown, None when it is."""
        row = self.db.execute(select(hiding).where(hiding.c.article == number)).first()
        return _hiding(row) if row else None

    def barred(self, number: int) -> Barred:
        """Why the article is not shown under its number, where it is not."""
        row = self.db.execute(_BARRED, {"number": number}).one()
        return Barred(row[0], bool(row[1]), row[2])

    def barred_articles(self, most: int) -> frozenset[int] | None:
        """The numbers of all articles that are hidden or part of another; None where there are more
        than ``most``."""
        rows = self.db.execute(_ALL_BARRED, {"most": most + 1}).scalars().all()
        return frozenset(rows) if len(rows) <= most else None

    def hidings(self) -> list[Hiding]:
        """All articles that are not shown, the last hidden first."""
        rows = self.db.execute(select(hiding).order_by(hiding.c.time.desc(), hiding.c.article))
        return [_hiding(row) for row in rows]

    @cached_property
    def reshaped(self) -> int:
        """A number that is other after every act that changes what lists show."""
        last: int = self.db.execute(_LAST_RESHAPING).scalar_one()
        return last

    def add_note(
        self, number: int, version: int | None, text: str, person: str, now: datetime
    ) -> int:
        """A note beside an article; returns its id."""
        result = self.db.execute(
            note.insert().values(
                article=number, version=version, text=text, person=person, time=now
            )
        )
        key = result.inserted_primary_key
        assert key is not None
        added: int = key[0]
        return added

    def notes(self, number: int) -> list[Note]:
        """The notes beside an article that stand, oldest first."""
        return [_note(row) for row in self.db.execute(_NOTES, {"number": number})]

    def withdraw_note(self, number: int, which: int, now: datetime) -> bool:
        """Take a note off an article; False when none stands there with this id."""
        done = self.db.execute(
            update(note)
            .where(note.c.id == which, note.c.article == number, note.c.withdrawn.is_(None))
            .values(withdrawn=now)
        )
        return done.rowcount > 0

    def keep_apart(self, number: int, other: int) -> None:
        """Never take the two for one again."""
        if not self.kept_apart(number, other):
            self.db.execute(parting.insert().values(article=number, other=other))

    def bring_together(self, number: int, other: int) -> None:
        """Forget that the two are to be kept apart."""
        self.db.execute(delete(parting).where(_either_way(number, other)))

    def kept_apart(self, number: int, other: int) -> bool:
        """Whether somebody said that the two are not one."""
        return (
            self.db.execute(select(parting).where(_either_way(number, other))).first() is not None
        )

    def forward_of(self, number: int) -> int | None:
        """The article that this one was made part of."""
        into: int | None = self.db.execute(
            select(forward.c.into).where(forward.c.article == number)
        ).scalar()
        return into

    def move_all(self, number: int, into: int) -> int:
        """Give an article's captures, keys and notes to another, and lead its address there.
        Returns how many captures moved."""
        self.db.execute(update(alias).where(alias.c.article == number).values(article=into))
        self.db.execute(update(note).where(note.c.article == number).values(article=into))
        self.db.execute(update(forward).where(forward.c.into == number).values(into=into))
        self.db.execute(forward.insert().values(article=number, into=into))
        moved = self.db.execute(
            update(capture).where(capture.c.article == number).values(article=into, **_MOVED)
        )
        return moved.rowcount

    def move_captures(self, captures: Sequence[int], into: int) -> None:
        """Give captures, by id, to another article."""
        for at in range(0, len(captures), 500):
            self.db.execute(
                update(capture)
                .where(capture.c.id.in_(captures[at : at + 500]))
                .values(article=into, **_MOVED)
            )

    def move_keys(self, keys: Sequence[str], into: int) -> None:
        """Let identity keys lead to another article."""
        self.db.execute(update(alias).where(alias.c.key.in_(keys)).values(article=into))

    def forget_places(self, numbers: Sequence[int]) -> None:
        """Let the notes of these articles be about the whole: their versions get other numbers."""
        self.db.execute(update(note).where(note.c.article.in_(numbers)).values(version=None))

    def parted_from(self, number: int) -> list[int]:
        """The articles that an article is kept apart from, whose captures may have its address."""
        rows = self.db.execute(
            select(parting).where(or_(parting.c.article == number, parting.c.other == number))
        )
        return sorted({row.other if row.article == number else row.article for row in rows})

    def revive(self, number: int) -> None:
        """Let an article that was made part of another be one of its own again."""
        self.db.execute(delete(forward).where(forward.c.article == number))

    def url_taken(self, url: str) -> int | None:
        """The article whose own address this is."""
        number: int | None = self.db.execute(
            select(article.c.id).where(article.c.url == url)
        ).scalar()
        return number


# A capture's validators are those of its own address: with another article's address they would
# make the site say "not modified" of a page that was never read.
_MOVED = {"version": None, "etag": None, "last_modified": None}


def _either_way(number: int, other: int) -> Any:
    return or_(
        (parting.c.article == number) & (parting.c.other == other),
        (parting.c.article == other) & (parting.c.other == number),
    )


def _note(row: Row[Any]) -> Note:
    return Note(row.id, row.article, row.version, row.text, row.person, row.time, row.withdrawn)


def _hiding(row: Row[Any]) -> Hiding:
    return Hiding(row.article, row.reason, row.person, row.time, row.legal)
