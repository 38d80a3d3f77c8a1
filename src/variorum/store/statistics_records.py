"""What can be counted over many articles: how often, how soon, how openly and how they change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    func,
    literal_column,
    select,
    type_coerce,
)

from variorum.model.change import Announcement, announcement
from variorum.store.base import BoundRecords
from variorum.store.schema import article, capture, change

#: Milliseconds of a day: days are counted from 1970, UTC. Written out, since PostgreSQL does not see
#: that two parameters of one value make the same expression.
_DAY = literal_column("86400000", BigInteger)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles are counted: those found through a source, those of a host, or all."""

    source: int | None = None
    host: str | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of meaningful changes between two versions. Days are counted from 1970, UTC.

    ``articles``: (day first seen, articles with a text, of these changed since). ``delays``:
    seconds, in order, from publication to the first change, one a changed article; from the first look where
    no publication time is known (``undated`` of them). ``changes``: (day, what was
    announced, kinds, count).
    """

    articles: Sequence[tuple[int, int, int]]
    delays: Sequence[float]
    undated: int
    changes: Sequence[tuple[int, Announcement, tuple[str, ...], int]]


class StatisticsRecords(BoundRecords):
    @cached_property
    def extent(self) -> tuple[int, int]:
        """The numbers of the last article and the last change, for as long as this reads: what is
        counted over the archive is counted again where they are others."""
        row = self.db.execute(_EXTENT).one()
        return row[0], row[1]

    def statistics(self, scope: Scope) -> Statistics:
        """Counted anew each time: some 0.3 s on 100,000 changes."""
        first = self._first_changes(scope)
        delays = [age if age is not None else since for _, age, since in first]
        return Statistics(
            articles=self._articles_by_day(scope, {number for number, _, _ in first}),
            delays=sorted(float(d) for d in delays if d is not None and d >= 0),
            undated=sum(age is None for _, age, _ in first),
            changes=self._changes_by_day(scope),
        )

    def outcomes_of(self, scope: Scope) -> dict[str, int]:
        """How often looks at these articles had which outcome."""
        query = select(capture.c.outcome, func.count()).join(
            article, article.c.id == capture.c.article
        )
        query = self._scoped(query, scope).group_by(capture.c.outcome)
        return {row[0]: row[1] for row in self.db.execute(query)}

    def _first_changes(self, scope: Scope) -> list[tuple[int, float | None, float | None]]:
        """(article, seconds from publication, seconds from the first look) of first changes."""
        first = (
            select(change.c.article.label("article"), func.min(change.c.id).label("id"))
            .where(_meant())
            .group_by(change.c.article)
            .subquery()
        )
        query = (
            select(
                change.c.article,
                change.c.summary["age"].as_float().label("age"),
                change.c.time,
                article.c.first_seen,
            )
            .join(first, first.c.id == change.c.id)
            .join(article, article.c.id == change.c.article)
        )
        rows = self.db.execute(self._scoped(query, scope))
        return [
            (
                row.article,
                row.age,
                (row.time - row.first_seen).total_seconds() if row.first_seen else None,
            )
            for row in rows
        ]

    def _articles_by_day(self, scope: Scope, changed: set[int]) -> list[tuple[int, int, int]]:
        query = select(article.c.id, article.c.first_seen).where(
            article.c.versions > 0, article.c.first_seen.is_not(None)
        )
        counts: dict[int, list[int]] = {}
        for row in self.db.execute(self._scoped(query, scope)):
            count = counts.setdefault(int(row.first_seen.timestamp()) // 86_400, [0, 0])
            count[0] += 1
            count[1] += row.id in changed
        return [(day, *counts[day]) for day in sorted(counts)]  # type: ignore[misc]

    def _changes_by_day(self, scope: Scope) -> list[tuple[int, Announcement, tuple[str, ...], int]]:
        day = (type_coerce(change.c.time, BigInteger) // _DAY).label("day")
        query = (
            select(day, *_SAID, change.c.kinds, func.count())
            .where(_meant())
            .group_by(day, *_SAID, change.c.kinds)
            .order_by(day)
        )
        if scope.source is not None or scope.host is not None or self.hides:
            query = self._scoped(query.join(article, article.c.id == change.c.article), scope)
        rows = self.db.execute(query)
        return [
            (int(d), announcement(a, p), tuple(k for k in kinds.split(",") if k), n)
            for d, a, p, kinds, n in rows
        ]

    def _scoped(self, query: Select[Any], scope: Scope) -> Select[Any]:
        if scope.source is not None:
            query = query.where(article.c.source == scope.source)
        if scope.host is not None:
            query = query.where(article.c.host == scope.host)
        return self.unhidden(query, article.c.id)


_SAID = (change.c.announced, change.c.partly)
_EXTENT = select(
    select(func.coalesce(func.max(article.c.id), 0)).scalar_subquery(),
    select(func.coalesce(func.max(change.c.id), 0)).scalar_subquery(),
)


def _meant() -> ColumnElement[bool]:
    return and_(change.c.meaningful.is_(True), change.c.old != change.c.new)
