"""Sentences: which versions each stood in, and finding words in any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select, text, update

from variorum.model.times import iso
from variorum.store import search_index, search_postgres
from variorum.store.base import BoundRecords
from variorum.store.schema import presence, sentence
from variorum.store.search_query import (
    FLOOR,
    LAST,
    MOST,
    POSTGRES,
    SQLITE,
    SearchFilter,
    Wording,
    parameters,
    statement,
)
from variorum.store.snippets import has_all, snippet, terms_of
from variorum.text.typography import fold


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that has the words. ``since`` is the version that brought it, ``until`` the first
    one without it (None: it still stands); ``came`` and ``went`` are when these were first seen.
    ``snippet`` marks the words with U+0002 … U+0003. ``place`` is where the list goes on after it."""

    article: int
    url: str
    host: str
    headline: str | None
    sentence: str
    snippet: str
    since: int
    until: int | None
    last_change: datetime | None
    place: tuple[int, int] = (0, 0)
    came: datetime | None = None
    went: datetime | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "article": self.article,
            "url": self.url,
            "headline": self.headline,
            "sentence": self.sentence,
            "since": self.since,
            "until": self.until,
            "came": iso(self.came) if self.came else None,
            "went": iso(self.went) if self.went else None,
            "last_change": iso(self.last_change) if self.last_change else None,
        }


# Built once: building a statement takes longer than SQLite needs to answer it.
_PRESENT = (
    select(sentence.c.id, sentence.c.digest, presence.c.since)
    .outerjoin(presence, (presence.c.sentence == sentence.c.id) & presence.c.until.is_(None))
    .where(sentence.c.article == bindparam("article"))
)
_MOVED = (
    select(sentence.c.text, presence.c.since)
    .join(presence, presence.c.sentence == sentence.c.id)
    .where(
        sentence.c.article == bindparam("article"),
        (presence.c.since == bindparam("version")) | (presence.c.until == bindparam("version")),
    )
    .order_by(presence.c.since.desc(), sentence.c.id)
)
# What is told of a step by a search of each place: that sentences came, that they went.
_SIGNS = {"all": "+-", "current": "+", "added": "+", "removed": "-"}
_ADD = sentence.insert().returning(sentence.c.id, sentence.c.text)
_ENTER = presence.insert()


class SearchRecords(BoundRecords):
    def index_version(self, number: int, version: int, sentences: Sequence[str]) -> None:
        """Note that article ``number`` has these sentences in ``version``, the newest one."""
        wanted = {_digest(s): s for s in sentences}
        known = {row.digest: row for row in self.db.execute(_PRESENT, {"article": number})}
        new = {d: s for d, s in wanted.items() if d not in known}
        gone = [r.id for d, r in known.items() if r.since is not None and d not in wanted]
        if gone and new:
            gone, new = self._but_for_marks(gone, new)
        if gone:
            self.db.execute(
                update(presence)
                .where(presence.c.sentence.in_(gone), presence.c.until.is_(None))
                .values(until=version)
            )
        came = [r.id for d, r in known.items() if r.since is None and d in wanted]
        came += self._add_sentences(number, new)
        if came:
            self.db.execute(
                _ENTER, [{"sentence": s, "since": version, "until": None} for s in came]
            )

    def _but_for_marks(
        self, gone: list[int], new: dict[bytes, str]
    ) -> tuple[list[int], dict[bytes, str]]:
        """Both without the sentences that stand there still, in other curls, dashes or spaces only:
        these neither went nor came, and stay as they were first written."""
        folded: dict[str, list[bytes]] = {}
        for key, words in new.items():
            folded.setdefault(fold(words), []).append(key)
        rows = self.db.execute(
            select(sentence.c.id, sentence.c.text).where(sentence.c.id.in_(gone))
        )
        left, kept = [], set()
        for row in rows:
            same = folded.get(fold(row.text))
            if same:
                kept.add(same.pop())
            else:
                left.append(row.id)
        return left, {key: words for key, words in new.items() if key not in kept}

    def forget_sentences(self, number: int) -> None:
        """Take an article out of the index, before it is indexed anew."""
        rows = self.db.execute(
            select(sentence.c.id, sentence.c.text).where(sentence.c.article == number)
        ).all()
        for row in rows:
            if self.on_postgres:
                search_postgres.forget_sentence(self.db, row.id)
            else:
                search_index.forget_sentence(self.db, row.id, row.text)
            self.db.execute(presence.delete().where(presence.c.sentence == row.id))
        self.db.execute(sentence.delete().where(sentence.c.article == number))

    def came_and_went(
        self, number: int, version: int, query: str, where: str = "all"
    ) -> list[tuple[str, str]]:
        """("+" or "-", sentence) for the sentences with all the words that one version of article
        ``number`` brought or took; ``where`` as in a search."""
        terms = terms_of(query)
        rows = self.db.execute(_MOVED, {"article": number, "version": version}).all()
        signs = _SIGNS[where]
        return [
            (sign, row.text)
            for row in rows
            if (sign := "+" if row.since == version else "-") in signs and has_all(row.text, terms)
        ]

    def search(
        self,
        query: str,
        *,
        where: str = "all",
        host: str = "",
        limit: int = 50,
        offset: int = 0,
        wanted: SearchFilter | None = None,
    ) -> list[Hit]:
        """Sentences with all the words, newest first. ``where``: all | current | removed | added
        (added: brought by a version after the first). ``wanted`` says more, in place of ``where``
        and ``host``; a search narrowed so looks through the newest ``search_query.MOST`` sentences
        with the words and no further (see :meth:`search_floor`)."""
        match = self._match(query)
        if match is None:
            return []
        wanted = wanted or SearchFilter(where=where, host=host)
        floor = self.search_floor(query, wanted) or 0
        rows = self.db.execute(
            text(statement(wanted, veiled=self.hides, wording=self._wording)),
            parameters(match, wanted, limit, offset, floor),
        )
        terms = terms_of(query)
        return [_hit(row, snippet(row.sentence, terms)) for row in rows]

    def search_floor(self, query: str, wanted: SearchFilter) -> int | None:
        """The last sentence that a narrowed search looks at; None where it looks at all. The list
        goes on with ``SearchFilter.before`` set to (that, LAST)."""
        match = self._match(query)
        if match is None or not wanted.narrow:
            return None
        before = wanted.before[0] if wanted.before else LAST
        found = self.db.execute(
            text(self._wording(FLOOR)), {"match": match, "before": before, "most": MOST}
        ).scalar()
        return None if found is None else int(found)

    def _add_sentences(self, number: int, new: dict[bytes, str]) -> list[int]:
        if not new:
            return []
        rows = self.db.execute(
            _ADD,
            [{"article": number, "digest": key, "text": words} for key, words in new.items()],
        ).all()
        index = search_postgres if self.on_postgres else search_index
        index.index_sentences(self.db, [(row.id, row.text) for row in rows])
        return [row.id for row in rows]

    @property
    def _wording(self) -> Wording:
        return POSTGRES if self.on_postgres else SQLITE

    def _match(self, query: str) -> str | None:
        index = search_postgres if self.on_postgres else search_index
        found: str | None = index.match_expression(query)
        return found


def _digest(words: str) -> bytes:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:16]


def _hit(row: Any, shown: str) -> Hit:
    return Hit(
        article=row.article,
        url=row.url,
        host=row.host,
        headline=row.headline,
        sentence=row.sentence,
        snippet=shown,
        since=row.since,
        until=row.until,
        last_change=_moment(row.last_change),
        place=(row.id, row.since),
        came=_moment(row.came),
        went=_moment(row.went),
    )


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else datetime.fromtimestamp(milliseconds / 1000, UTC)
