"""Sources: the lists of articles that are looked at again and again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select, update

from variorum.model import Outcome, Rendering, Source, SourceKind
from variorum.model.hosts import bare_host, host_of
from variorum.store.base import BoundRecords
from variorum.store.schema import article, capture, source, version


class SourceRecords(BoundRecords):
    def add_source(self, url: str, kind: SourceKind, title: str | None, now: datetime) -> Source:
        """The source at ``url``, added if it is new."""
        known = self.source_by_url(url)
        if known is not None:
            return known
        self.db.execute(
            source.insert().values(
                url=url,
                kind=str(kind),
                title=title,
                paused=False,
                health="not looked at yet",
                added=now,
                next_check=now if kind is not SourceKind.IMPORT else None,
                failures=0,
            )
        )
        added = self.source_by_url(url)
        assert added is not None
        return added

    def source_by_url(self, url: str) -> Source | None:
        row = self.db.execute(_SELECT.where(source.c.url == url)).first()
        return _source(row) if row else None

    def source(self, number: int) -> Source | None:
        row = self.db.execute(_SELECT.where(source.c.id == number)).first()
        return _source(row) if row else None

    def source_name(self, number: int) -> tuple[int, str] | None:
        """(number, title or URL) of a source: :meth:`source` without counting its articles."""
        found = select(source.c.title, source.c.url).where(source.c.id == number)
        row = self.db.execute(found).first()
        return (number, row.title or row.url) if row else None

    def rendering_of(self, number: int | None) -> Rendering | None:
        """How the pages of a source are to be rendered; None: as the server sends them."""
        if number is None:
            return None
        told = self.db.execute(select(source.c.render).where(source.c.id == number)).scalar()
        return Rendering(told) if told else None

    def wanted_of(self, number: int | None) -> Mapping[str, Any] | None:
        """Which articles of a source are wanted (see ``Source.wanted``)."""
        if number is None:
            return None
        told: Mapping[str, Any] | None = self.db.execute(
            select(source.c.wanted).where(source.c.id == number)
        ).scalar()
        return told

    def untrusted_hosts(self) -> frozenset[str]:
        """The hosts that are read though their certificates cannot be trusted."""
        urls = self.db.execute(select(source.c.url).where(source.c.untrusted.is_(True))).scalars()
        return frozenset(map(host_of, urls))

    def looks_allowed(self) -> dict[int, int]:
        """Looks an hour by source, of those that somebody bounded."""
        rows = self.db.execute(
            select(source.c.id, source.c.looks).where(source.c.looks.is_not(None))
        )
        return {row.id: row.looks for row in rows}

    def last_outcomes(self, number: int, since: datetime, limit: int) -> list[Outcome]:
        """How the newest look at each of a source's articles went, of those looked at since then;
        the articles looked at last come first, at most ``limit``."""
        lately = select(article.c.id).where(
            article.c.source == number, article.c.last_checked >= since
        )
        newest = lately.order_by(article.c.last_checked.desc(), article.c.id.desc()).limit(limit)
        found = []
        for row in self.db.execute(newest).all():
            outcome = self.db.execute(
                select(capture.c.outcome)
                .where(capture.c.article == row.id)
                .order_by(capture.c.time.desc(), capture.c.id.desc())
                .limit(1)
            ).scalar()
            if outcome is not None:
                found.append(Outcome(outcome))
        return found

    def edits_of(
        self, number: int, before: datetime, limit: int
    ) -> tuple[int, list[tuple[datetime, datetime]]]:
        """How many of a source's articles were first seen before a time (at most ``limit``, the
        newest), and for each of their versions but the first when its article was first seen and
        when it was."""
        of_source = article.c.source == number
        seen = article.c.first_seen.is_not(None) & (article.c.first_seen <= before)
        newest = select(article.c.id, article.c.first_seen).where(of_source, seen)
        chosen = newest.order_by(article.c.first_seen.desc()).limit(limit).subquery()
        count = self.db.execute(select(func.count()).select_from(chosen)).scalar_one()
        rows = self.db.execute(
            select(chosen.c.first_seen, version.c.first_seen.label("edited"))
            .join(version, version.c.article == chosen.c.id)
            .where(version.c.number > 0)
        )
        return count, [(row.first_seen, row.edited) for row in rows]

    def next_look_at(self, number: int) -> datetime | None:
        """When a source is looked at next; None when nobody will."""
        due: datetime | None = self.db.execute(
            select(source.c.next_check).where(source.c.id == number, source.c.paused.is_(False))
        ).scalar()
        return due

    def sources(self) -> list[Source]:
        return [_source(row) for row in self.db.execute(_SELECT.order_by(source.c.id))]

    def source_titles(self) -> dict[str, str]:
        """What each host calls itself: the title of its first source that has one."""
        rows = self.db.execute(
            select(source.c.url, source.c.title)
            .where(source.c.title.is_not(None))
            .order_by(source.c.id.desc())
        )
        return {bare_host(row.url): row.title for row in rows if row.title}

    def due_sources(self, now: datetime, everything: bool = False) -> list[Source]:
        wanted = _SELECT.where(source.c.paused.is_(False), source.c.kind != str(SourceKind.IMPORT))
        if not everything:
            wanted = wanted.where(source.c.next_check <= now)
        return [
            _source(row)
            for row in self.db.execute(wanted.order_by(source.c.next_check.nulls_first()))
        ]

    def update_source(self, number: int, **values: Any) -> None:
        """Set columns of one source by name."""
        self.db.execute(update(source).where(source.c.id == number).values(**values))

    def remove_source(self, number: int) -> None:
        """Forget a source. Its articles and all that was kept of them stay; nobody looks again."""
        self.db.execute(
            update(article)
            .where(article.c.source == number)
            .values(source=None, next_check=None, state="paused", next_reason="source removed")
        )
        self.db.execute(source.delete().where(source.c.id == number))

    def next_source_time(self) -> datetime | None:
        due: datetime | None = self.db.execute(
            select(func.min(source.c.next_check)).where(source.c.paused.is_(False))
        ).scalar()
        return due


_ARTICLES = (
    select(func.count()).where(article.c.source == source.c.id).scalar_subquery().label("articles")
)
_SELECT = select(source, _ARTICLES)


def _source(row: Row[Any]) -> Source:
    return Source(
        id=row.id,
        url=row.url,
        kind=SourceKind(row.kind),
        title=row.title,
        paused=row.paused,
        health=row.health,
        added=row.added,
        checked=row.checked,
        failures=row.failures,
        etag=row.etag,
        last_modified=row.last_modified,
        articles=row.articles,
        every=row.every,
        render=Rendering(row.render) if row.render else None,
        wanted=row.wanted,
        looks=row.looks,
        walk=row.walk,
        untrusted=bool(row.untrusted),
    )
