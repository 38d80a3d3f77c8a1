"""Changes: what the front page, the feeds and ``variorum changes`` are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select, update

from variorum.model import Change, ClaimChange, Lead
from variorum.store.base import BoundRecords
from variorum.store.schema import article, change, claim_change, version


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are wanted; empty fields ask for nothing. ``before`` is a change id: a page
    of the list goes on below it."""

    since: datetime | None = None
    until: datetime | None = None
    host: str = ""
    kind: str = ""
    weight: float = 0.0
    article: int | None = None
    source: int | None = None
    announced: bool | None = None
    meaningful: bool = False
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """What became of a claim of somebody, and where. ``data`` is ClaimChange.to_dict()."""

    id: int
    article: int
    url: str
    host: str
    headline: str | None
    new: int
    time: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """A name and how many claim changes it has; what it is as the newest of them says."""

    name: str
    changes: int
    kind: str
    role: str | None
    organisation: str | None

    @property
    def named(self) -> bool:
        """Whether this is the name of a person or a body: not a crowd, a document, somebody's calling
        or an unnamed source."""
        words = self.name.split()
        # The first word of "One shaken shopkeeper" has its capital from the sentence it began.
        telling = words[1:] if self.kind == "person" and len(words) > 1 else words
        return self.kind in ("person", "organisation") and any(map(_is_name, telling))

    @property
    def part(self) -> str:
        """Role and organisation of somebody with a name, where they say more than the name does."""
        name = self.name.casefold()
        more = [told for told in (self.role, self.organisation) if told and self.named]
        return ", ".join(told for told in more if told.casefold() not in name)

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "changes": self.changes,
            "kind": self.kind,
            "role": self.role,
            "organisation": self.organisation,
        }


class ChangeRecords(BoundRecords):
    def add_change(self, new: Change) -> int:
        result = self.db.execute(
            change.insert().values(
                article=new.article,
                old=new.old,
                new=new.new,
                time=new.time,
                weight=new.weight,
                announced=new.announced,
                meaningful=new.meaningful,
                partly=new.partly,
                kinds="," + ",".join(new.kinds) + ",",
                summary={
                    "headline_old": new.headline_old,
                    "headline_new": new.headline_new,
                    "lead": new.lead.to_dict() if new.lead else None,
                    "counts": dict(new.counts),
                    "age": new.age,
                },
            )
        )
        key = result.inserted_primary_key
        assert key is not None
        number: int = key[0]
        return number

    def add_claim_changes(self, number: int, new: int, changes: Sequence[ClaimChange]) -> None:
        """The claim changes that version ``new`` of article ``number`` brought."""
        if not changes:
            return
        self.db.execute(claim_change.insert(), [_claim_row(number, new, c) for c in changes])

    def changes(self, wanted: ChangeFilter, limit: int = 50) -> list[Change]:
        """Changes, the newest first."""
        query = _filtered(_SELECT, wanted).order_by(change.c.time.desc(), change.c.id.desc())
        query = self.unhidden(query, change.c.article)
        return [_change(row) for row in self.db.execute(query.limit(limit))]

    def recorded(
        self, wanted: ChangeFilter, limit: int, offset: int = 0, *, newest: bool = False
    ) -> list[Change]:
        """Changes in the order in which they were recorded, or ``newest`` first: what is once at
        some place in that order stays there."""
        order = change.c.id.desc() if newest else change.c.id
        query = self.unhidden(_filtered(_SELECT, wanted), change.c.article).order_by(order)
        return [_change(row) for row in self.db.execute(query.limit(limit).offset(offset))]

    def changes_after(self, number: int, limit: int = 200) -> list[Change]:
        """Changes recorded after the one with id ``number``, in order of recording."""
        query = _SELECT.where(change.c.id > number).order_by(change.c.id)
        query = self.unhidden(query, change.c.article)
        return [_change(row) for row in self.db.execute(query.limit(limit))]

    def count_changes(self, wanted: ChangeFilter) -> int:
        query = self.unhidden(_filtered(_counting(wanted), wanted), change.c.article)
        total: int = self.db.execute(query).scalar_one()
        return total

    def count_hidden(self, wanted: ChangeFilter) -> int:
        """How many changes of little meaning fit ``wanted`` otherwise."""
        query = _filtered(_counting(wanted), replace(wanted, meaningful=False))
        query = self.unhidden(query, change.c.article)
        total: int = self.db.execute(query.where(change.c.meaningful.is_(False))).scalar_one()
        return total

    def last_change_id(self) -> int:
        last: int = self.db.execute(select(func.coalesce(func.max(change.c.id), 0))).scalar_one()
        return last

    def keep_counting(self, last: int) -> None:
        """See that no number up to ``last`` is given to a change to come: SQLite gives the highest ones
        again where their rows were taken away, so that the newest change that is left takes ``last``."""
        newest = self.last_change_id()
        if newest and newest < last and not self.on_postgres:
            self.db.execute(update(change).where(change.c.id == newest).values(id=last))

    def claim_changes(self, number: int) -> list[dict[str, Any]]:
        """The recorded claim changes of an article, each ClaimChange.to_dict() with its version."""
        rows = self.db.execute(
            select(claim_change.c.new, claim_change.c.data)
            .where(claim_change.c.article == number)
            .order_by(claim_change.c.new, claim_change.c.id)
        )
        return [{**row.data, "version": row.new} for row in rows]

    def claim_changes_between(self, number: int, old: int, new: int) -> list[dict[str, Any]] | None:
        """What became of claims from one version of article ``number`` to another, as recorded when
        the newer came (ClaimChange.to_dict()); None where these two were never compared so."""
        step = {"article": number, "old": old, "new": new}
        if self.db.execute(_STEP, step).first() is None:
            return None
        return list(self.db.execute(_CLAIM_CHANGES, {"article": number, "new": new}).scalars())

    def claims_changed_of(self, number: int, version: int, speaker: str) -> bool:
        """Whether a version of article ``number`` changed a claim of somebody with these words in
        the name, as a search by speaker understands it."""
        named = claim_change.c.speaker.icontains(speaker, autoescape=True)
        step = (claim_change.c.article == number) & (claim_change.c.new == version)
        return self.db.execute(select(claim_change.c.id).where(step, named)).first() is not None

    def claim_changes_of(
        self,
        speaker: str,
        *,
        kind: str = "",
        announced: bool | None = None,
        before: int | None = None,
        limit: int = 50,
        offset: int = 0,
        newest: bool = True,
    ) -> list[SpeakerChange]:
        """What became of the claims of one speaker, over all articles, the newest first or in the
        order of recording. ``before`` is the id of the last one of an earlier page."""
        query = select(
            claim_change, article.c.url, article.c.host, article.c.headline, version.c.first_seen
        ).join(article, article.c.id == claim_change.c.article)
        same = version.c.article == claim_change.c.article
        query = query.join(version, same & (version.c.number == claim_change.c.new))
        query = self._of_speaker(query, speaker, kind, announced)
        if before is not None:
            query = query.where(claim_change.c.id < before)
        query = query.order_by(claim_change.c.id.desc() if newest else claim_change.c.id)
        return [_speaker_change(row) for row in self.db.execute(query.limit(limit).offset(offset))]

    def count_claim_changes_of(
        self, speaker: str, *, kind: str = "", announced: bool | None = None
    ) -> int:
        query = select(func.count()).select_from(claim_change)
        query = self._of_speaker(query, speaker, kind, announced)
        total: int = self.db.execute(query).scalar_one()
        return total

    def _of_speaker(
        self, query: Select[Any], speaker: str, kind: str, announced: bool | None
    ) -> Select[Any]:
        query = self.unhidden(query, claim_change.c.article)
        query = query.where(claim_change.c.speaker == speaker)
        if kind:
            query = query.where(claim_change.c.kind == kind)
        if announced is not None:
            query = query.where(claim_change.c.announced.is_(announced))
        return query

    def speakers(self, words: str = "", limit: int = 100) -> list[SpeakerCount]:
        """Whose claims changed, most changes first; ``words`` must stand in the name."""
        count, newest = func.count(), func.max(claim_change.c.id)
        query = (
            select(claim_change.c.speaker, count, newest)
            .where(claim_change.c.speaker.is_not(None))
            .group_by(claim_change.c.speaker)
            .order_by(count.desc(), claim_change.c.speaker)
        )
        query = self.unhidden(query, claim_change.c.article)
        if words:
            query = query.where(claim_change.c.speaker.icontains(words, autoescape=True))
        rows = self.db.execute(query.limit(limit)).all()
        told = select(claim_change.c.id, claim_change.c.data).where(
            claim_change.c.id.in_([row[2] for row in rows])
        )
        latest = {row.id: row.data for row in self.db.execute(told)}
        return [_speaker_count(name, n, latest[number]) for name, n, number in rows]

    def forget_changes(self, number: int) -> None:
        """Take an article's changes away, before they are made anew."""
        self.db.execute(claim_change.delete().where(claim_change.c.article == number))
        self.db.execute(change.delete().where(change.c.article == number))


_SELECT = select(change, article.c.url, article.c.host).join(article)
# Statements of every page, built once: building one takes longer than SQLite needs to answer it.
_STEP = select(change.c.id).where(
    change.c.article == bindparam("article"),
    change.c.old == bindparam("old"),
    change.c.new == bindparam("new"),
)
_CLAIM_CHANGES = (
    select(claim_change.c.data)
    .where(
        claim_change.c.article == bindparam("article"),
        claim_change.c.new == bindparam("new"),
    )
    .order_by(claim_change.c.id)
)


def _counting(wanted: ChangeFilter) -> Select[Any]:
    # Only these need the article; without it the index over changes does.
    needed = wanted.host or wanted.source is not None
    return select(func.count()).select_from(change.join(article) if needed else change)


def _filtered(query: Select[Any], wanted: ChangeFilter) -> Select[Any]:
    if wanted.since is not None:
        query = query.where(change.c.time >= wanted.since)
    if wanted.until is not None:
        query = query.where(change.c.time < wanted.until)
    if wanted.host:
        query = query.where(article.c.host == wanted.host)
    if wanted.source is not None:
        query = query.where(article.c.source == wanted.source)
    if wanted.kind:
        query = query.where(change.c.kinds.contains(f",{wanted.kind},", autoescape=True))
    if wanted.weight:
        query = query.where(change.c.weight >= wanted.weight)
    if wanted.article is not None:
        query = query.where(change.c.article == wanted.article)
    if wanted.announced is not None:
        query = query.where(change.c.announced.is_(wanted.announced))
    if wanted.meaningful:
        query = query.where(change.c.meaningful.is_(True))
    if wanted.before is not None:
        at = select(change.c.time).where(change.c.id == wanted.before).scalar_subquery()
        # The first test alone would do for a reader; the database needs it to begin at that place.
        query = query.where(change.c.time <= at)
        query = query.where((change.c.time < at) | (change.c.id < wanted.before))
    if wanted.after is not None:
        query = query.where(change.c.id > wanted.after)
    return query


def _change(row: Row[Any]) -> Change:
    told = row.summary
    return Change(
        id=row.id,
        article=row.article,
        old=row.old,
        new=row.new,
        time=row.time,
        kinds=tuple(k for k in row.kinds.split(",") if k),
        weight=row.weight,
        announced=row.announced,
        meaningful=row.meaningful,
        headline_old=told["headline_old"],
        headline_new=told["headline_new"],
        lead=Lead(**told["lead"]) if told["lead"] else None,
        counts=told["counts"],
        age=told["age"],
        url=row.url,
        host=row.host,
        partly=row.partly,
    )


def _speaker_change(row: Row[Any]) -> SpeakerChange:
    return SpeakerChange(
        row.id, row.article, row.url, row.host, row.headline, row.new, row.first_seen, row.data
    )


def _is_name(word: str) -> bool:
    """Whether a word has a letter that only names have, or one of a script that has no capitals."""
    return any(letter.isupper() or (letter.isalpha() and not letter.islower()) for letter in word)


def _speaker_count(name: str, changes: int, data: dict[str, Any]) -> SpeakerCount:
    claim = data.get("new") or data.get("old") or {}
    said = claim.get("speaker") or {}
    kind = said.get("kind", "unattributed")
    return SpeakerCount(name, changes, kind, said.get("role"), said.get("organisation"))


def _claim_row(number: int, new: int, found: ClaimChange) -> dict[str, Any]:
    claim = found.new or found.old
    return {
        "article": number,
        "new": new,
        "kind": found.kind,
        "speaker": claim.speaker.name if claim else None,
        "statement": found.statement,
        "weight": found.weight,
        "announced": found.announced,
        "data": found.to_dict(),
    }
