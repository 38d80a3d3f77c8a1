"""Articles and the URLs that lead to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select, update

from variorum.model import Article
from variorum.model.hosts import bare_host
from variorum.store.base import BoundRecords
from variorum.store.people_schema import forward, note, parting
from variorum.store.schema import alias, article, capture, change, source

# Statements of every look, built once: building one takes longer than SQLite needs to answer it.
_ARTICLE = select(article).where(article.c.id == bindparam("number"))
_KEYS = select(alias.c.key).where(alias.c.article == bindparam("number")).order_by(alias.c.key)
_OF_KEY = select(alias.c.article).where(alias.c.key == bindparam("key"))
_UPDATE = update(article).where(article.c.id == bindparam("number"))

_WORDED = (article.c.headline, article.c.url)
_MOST_WORDS = 20

#: The state of an article that was made part of another by hand: only its number is left.
MERGED = "merged"


class ArticleRecords(BoundRecords):
    def add_article(
        self,
        url: str,
        keys: Sequence[str],
        source_id: int | None,
        now: datetime,
        *,
        state: str = "watching",
    ) -> Article:
        """A new article at its canonical ``url``, to be found under the identity ``keys``; due at
        once when it is to be watched."""
        watched = state == "watching"
        result = self.db.execute(
            article.insert().values(
                url=url,
                source=source_id,
                host=bare_host(url),
                state=state,
                next_check=now if watched else None,
                next_reason="new" if watched else "imported; not watched",
                versions=0,
                captures=0,
            )
        )
        number = result.inserted_primary_key
        assert number is not None
        self.add_aliases(number[0], keys, "first seen")
        added = self.article(number[0])
        assert added is not None
        return added

    def add_aliases(self, number: int, keys: Sequence[str], reason: str) -> None:
        """More keys of the article; a key leads to one article only, the first to claim it."""
        known = set(self.db.execute(select(alias.c.key).where(alias.c.key.in_(keys))).scalars())
        new = [
            {"key": key, "article": number, "reason": reason}
            for key in dict.fromkeys(keys)
            if key not in known
        ]
        if new:
            self.db.execute(alias.insert(), new)

    def article_of_key(self, key: str) -> int | None:
        """The number of the article that an identity key leads to."""
        found: int | None = self.db.execute(_OF_KEY, {"key": key}).scalar()
        return found

    def claims_of_canonical(self, key: str) -> int:
        """How many articles name ``key`` as their rel=canonical."""
        total: int = self.db.execute(
            select(func.count()).select_from(article).where(article.c.canonical == key)
        ).scalar_one()
        return total

    def merge_article(self, number: int, into: int) -> None:
        """Make an article that has no versions yet part of another: its captures and keys move."""
        self.db.execute(update(alias).where(alias.c.article == number).values(article=into))
        moved = self.db.execute(
            update(capture).where(capture.c.article == number).values(article=into, version=None)
        ).rowcount
        self.db.execute(
            update(article).where(article.c.id == into).values(captures=article.c.captures + moved)
        )
        self.db.execute(change.delete().where(change.c.article == number))
        self.db.execute(update(note).where(note.c.article == number).values(article=into))
        self.db.execute(update(forward).where(forward.c.into == number).values(into=into))
        named = or_(parting.c.article == number, parting.c.other == number)
        self.db.execute(parting.delete().where(named))
        self.db.execute(article.delete().where(article.c.id == number))

    def article(self, number: int) -> Article | None:
        row = self.db.execute(_ARTICLE, {"number": number}).first()
        return self._article(row) if row else None

    def articles(self, limit: int = 100, offset: int = 0, host: str = "") -> list[Article]:
        """Articles, the most recently changed first."""
        wanted = select(article).order_by(
            article.c.last_change.desc().nulls_last(), article.c.id.desc()
        )
        wanted = self.unhidden(wanted.where(article.c.state != MERGED), article.c.id)
        if host:
            wanted = wanted.where(article.c.host == host)
        return self._all(wanted.limit(limit).offset(offset))

    def listed(
        self,
        words: str = "",
        *,
        host: str = "",
        state: str = "",
        before: int | None = None,
        limit: int = 50,
    ) -> list[Article]:
        """Articles, those that were found last first; ``words`` must all stand in the headline or in the
        address. ``before`` is the number of the last one of an earlier page."""
        wanted = select(article).where(article.c.state != MERGED).order_by(article.c.id.desc())
        wanted = self.unhidden(wanted, article.c.id)
        for word in words.split()[:_MOST_WORDS]:
            here = (field.icontains(word, autoescape=True) for field in _WORDED)
            wanted = wanted.where(or_(*here))
        if host:
            wanted = wanted.where(article.c.host == host)
        if state:
            wanted = wanted.where(article.c.state == state)
        if before is not None:
            wanted = wanted.where(article.c.id < before)
        return self._all(wanted.limit(limit))

    def article_numbers(self) -> list[int]:
        """The ids of all articles, in order."""
        wanted = select(article.c.id).where(article.c.state != MERGED).order_by(article.c.id)
        return list(self.db.execute(wanted).scalars())

    def articles_of(self, source_id: int, limit: int = 100) -> list[Article]:
        wanted = select(article).where(article.c.source == source_id).order_by(article.c.id.desc())
        wanted = self.unhidden(wanted.where(article.c.state != MERGED), article.c.id)
        return self._all(wanted.limit(limit))

    def due_articles(self, now: datetime, limit: int, everything: bool = False) -> list[Article]:
        """Articles whose next look is due, longest overdue first; not those of paused sources."""
        wanted = (
            select(article)
            .outerjoin(source, source.c.id == article.c.source)
            .where(or_(source.c.paused.is_(None), source.c.paused.is_(False)))
            .where(article.c.next_check.is_not(None))
            .order_by(article.c.next_check, article.c.id)
        )
        if not everything:
            wanted = wanted.where(article.c.next_check <= now)
        return self._all(wanted.limit(limit))

    def farthest_look(self) -> datetime | None:
        """The last of all times for which a look at an article or a list is planned."""
        times = [
            self.db.execute(select(func.max(t.c.next_check))).scalar() for t in (article, source)
        ]
        return max((time for time in times if time is not None), default=None)

    def pull_forward(self, beyond: datetime, to: datetime) -> int:
        """Articles and sources whose next look is planned for after ``beyond`` are due at ``to``.
        Returns how many."""
        moved = 0
        for table in (article, source):
            done = self.db.execute(
                update(table).where(table.c.next_check > beyond).values(next_check=to)
            )
            moved += done.rowcount
        return moved

    def overdue(self, now: datetime) -> tuple[int, datetime | None]:
        """How many articles are due for a look, and since when the first of them is."""
        row = self.db.execute(
            select(func.count(), func.min(article.c.next_check)).where(article.c.next_check <= now)
        ).one()
        return row[0], row[1]

    def update_article(self, number: int, **values: Any) -> None:
        """Set columns of one article by name."""
        self.db.execute(_UPDATE, {"number": number, **values})

    def hosts(self) -> list[tuple[str, int]]:
        """(host, number of articles), most articles first."""
        rows = self.db.execute(
            select(article.c.host, func.count())
            .where(article.c.state != MERGED)
            .group_by(article.c.host)
            .order_by(func.count().desc())
        )
        return [(row[0], row[1]) for row in rows]

    def counts(self) -> dict[str, int]:
        """Totals over the archive: articles, versions, captures."""
        row = self.db.execute(
            select(
                func.count(),
                func.coalesce(func.sum(article.c.versions), 0),
                func.coalesce(func.sum(article.c.captures), 0),
            )
            .select_from(article)
            .where(article.c.state != MERGED)
        ).one()
        return {"articles": row[0], "versions": row[1], "captures": row[2]}

    def next_article_time(self) -> datetime | None:
        due: datetime | None = self.db.execute(select(func.min(article.c.next_check))).scalar()
        return due

    def _all(self, wanted: Select[Any]) -> list[Article]:
        rows = self.db.execute(wanted).all()
        urls = self._aliases([row.id for row in rows])
        return [_article(row, urls.get(row.id, ())) for row in rows]

    def _article(self, row: Row[Any]) -> Article:
        return _article(row, tuple(self.db.execute(_KEYS, {"number": row.id}).scalars()))

    def _aliases(self, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        rows = self.db.execute(
            select(alias.c.article, alias.c.key)
            .where(alias.c.article.in_(numbers))
            .order_by(alias.c.key)
        )
        for number, key in rows:
            found[number] = (*found.get(number, ()), key)
        return found


def _article(row: Row[Any], keys: tuple[str, ...]) -> Article:
    return Article(
        id=row.id,
        url=row.url,
        source=row.source,
        aliases=keys,
        headline=row.headline,
        state=row.state,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        last_checked=row.last_checked,
        next_check=row.next_check,
        next_reason=row.next_reason,
        versions=row.versions,
        captures=row.captures,
    )
