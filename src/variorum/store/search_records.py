"""Sentences: which versions each stood in, and finding words in any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, text, update

from variorum.model.times import iso
from variorum.store.base import BoundRecords
from variorum.store.schema import presence, sentence
from variorum.store.search_index import forget_sentence, index_sentences, match_expression


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that has the words. ``since`` is the version that brought it, ``until`` the first
    one without it (None: it still stands). ``snippet`` marks the words with U+0002 … U+0003."""

    article: int
    url: str
    host: str
    headline: str | None
    sentence: str
    snippet: str
    since: int
    until: int | None
    last_change: datetime | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "article": self.article,
            "url": self.url,
            "headline": self.headline,
            "sentence": self.sentence,
            "since": self.since,
            "until": self.until,
            "last_change": iso(self.last_change) if self.last_change else None,
        }


class SearchRecords(BoundRecords):
    def index_version(self, number: int, version: int, sentences: Sequence[str]) -> None:
        """Note that article ``number`` has these sentences in ``version``, the newest one."""
        wanted = {_digest(s): s for s in sentences}
        known = {
            row.digest: row
            for row in self.db.execute(
                select(sentence.c.id, sentence.c.digest, presence.c.since)
                .outerjoin(
                    presence,
                    (presence.c.sentence == sentence.c.id) & presence.c.until.is_(None),
                )
                .where(sentence.c.article == number)
            )
        }
        gone = [r.id for d, r in known.items() if r.since is not None and d not in wanted]
        if gone:
            self.db.execute(
                update(presence)
                .where(presence.c.sentence.in_(gone), presence.c.until.is_(None))
                .values(until=version)
            )
        came = [r.id for d, r in known.items() if r.since is None and d in wanted]
        came += self._add_sentences(number, {d: s for d, s in wanted.items() if d not in known})
        if came:
            self.db.execute(
                presence.insert(), [{"sentence": s, "since": version, "until": None} for s in came]
            )

    def forget_sentences(self, number: int) -> None:
        """Take an article out of the index, before it is indexed anew."""
        rows = self.db.execute(
            select(sentence.c.id, sentence.c.text).where(sentence.c.article == number)
        ).all()
        for row in rows:
            forget_sentence(self.db, row.id, row.text)
            self.db.execute(presence.delete().where(presence.c.sentence == row.id))
        self.db.execute(sentence.delete().where(sentence.c.article == number))

    def search(
        self, query: str, *, where: str = "all", host: str = "", limit: int = 50, offset: int = 0
    ) -> list[Hit]:
        """Sentences with all the words, newest first. ``where``: all | current | removed | added
        (added: brought by a version after the first)."""
        match = match_expression(query)
        if match is None:
            return []
        extra = _WHERE[where] + (_UNHIDDEN if self.hides else "")
        rows = self.db.execute(
            text(_SEARCH.format(extra=extra, host=_HOST if host else "")),
            {"match": match, "limit": limit, "offset": offset, "host": host},
        )
        return [_hit(row) for row in rows]

    def _add_sentences(self, number: int, new: dict[bytes, str]) -> list[int]:
        if not new:
            return []
        rows = self.db.execute(
            sentence.insert().returning(sentence.c.id, sentence.c.text),
            [{"article": number, "digest": key, "text": words} for key, words in new.items()],
        ).all()
        index_sentences(self.db, [(row.id, row.text) for row in rows])
        return [row.id for row in rows]


# Newest first by row number: ranking by BM25 costs time linear in the hits, this does not. The hits
# of the page are chosen first and only they get snippets: 3 ms instead of 40 for common words.
_SEARCH = """
WITH hit AS (
    SELECT sentence_fts.rowid AS id, p.since, p.until
    FROM sentence_fts CROSS JOIN presence p ON p.sentence = sentence_fts.rowid
    WHERE sentence_fts MATCH :match {extra} {host}
    ORDER BY sentence_fts.rowid DESC
    LIMIT :limit OFFSET :offset
)
SELECT a.id AS article, a.url, a.host, a.headline, s.text AS sentence,
       snippet(sentence_fts, 0, char(2), char(3), '…', 40) AS snippet,
       hit.since, hit.until, a.last_change
FROM hit CROSS JOIN sentence_fts ON sentence_fts.rowid = hit.id
JOIN sentence s ON s.id = hit.id
JOIN article a ON a.id = s.article
WHERE sentence_fts MATCH :match
ORDER BY hit.id DESC, hit.since DESC
"""
_HOST = """AND EXISTS (
    SELECT 1 FROM sentence s JOIN article a ON a.id = s.article
    WHERE s.id = sentence_fts.rowid AND a.host = :host
)"""
_UNHIDDEN = """ AND NOT EXISTS (
    SELECT 1 FROM sentence s JOIN hiding h ON h.article = s.article WHERE s.id = sentence_fts.rowid
)"""
_WHERE = {
    "all": "",
    "current": "AND p.until IS NULL",
    "removed": "AND p.until IS NOT NULL",
    "added": "AND p.since > 0",
}


def _digest(words: str) -> bytes:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:16]


def _hit(row: Any) -> Hit:
    last = row.last_change
    return Hit(
        article=row.article,
        url=row.url,
        host=row.host,
        headline=row.headline,
        sentence=row.sentence,
        snippet=row.snippet,
        since=row.since,
        until=row.until,
        last_change=datetime.fromtimestamp(last / 1000, UTC) if last is not None else None,
    )
