"""The statement behind a search, put together from what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: Where words may be looked for. "added": brought by a version after the first.
PLACES = ("all", "current", "removed", "added")
# Sentences with the words that are looked through at once for those that fit everything else, the
# newest first: some 30 ms at worst. The list can be gone on with below the last of them.
MOST = 5_000
#: No row has a higher number.
LAST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """What else must hold for a hit; empty fields ask for nothing.

    ``kind`` (a badge), ``speaker`` (words of a name), ``since`` and ``until`` are about the change
    that brought or took the sentence: the one that took it for ``where`` removed, the one that
    brought it for current and added, either for all. ``before`` is the place (Hit.place) of the
    last hit of an earlier page.
    """

    where: str = "all"
    host: str = ""
    speaker: str = ""
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: tuple[int, int] | None = None

    @property
    def narrow(self) -> bool:
        """Whether sentences with all the words may yet be none that is wanted."""
        rest = (self.host, self.speaker, self.kind, self.since, self.until)
        return self.where not in ("all", "current") or any(rest)


@dataclass(frozen=True, slots=True)
class Wording:
    """How a database says what is its own about full text."""

    row: str
    match: str
    join: str
    like: str

    def __call__(self, sql: str, **more: str) -> str:
        return sql.format(row=self.row, match=self.match, join=self.join, like=self.like, **more)


# CROSS JOIN makes SQLite begin with the words; PostgreSQL chooses by what it has counted.
SQLITE = Wording("sentence_fts.rowid", "sentence_fts MATCH :match", "CROSS JOIN", "LIKE")
POSTGRES = Wording(
    "sentence_fts.id", "sentence_fts.words @@ CAST(:match AS tsquery)", "JOIN", "ILIKE"
)


def statement(wanted: SearchFilter, *, veiled: bool, wording: Wording = SQLITE) -> str:
    """SQL with the named parameters of :func:`parameters`."""
    tests = [_WHERE[wanted.where]]
    if wanted.host:
        tests.append(_HOST)
    if veiled:
        tests.append("NOT EXISTS (SELECT 1 FROM hiding h WHERE h.article = s.article)")
    event = _EVENT[wanted.where]
    if wanted.kind:
        tests.append(wording(_KIND, event=event))
    if wanted.speaker:
        tests.append(wording(_SPEAKER, event=event))
    if wanted.since or wanted.until:
        tests.append(_TIME.format(event=event))
    if wanted.before:
        tests.append(wording(_BEFORE))
    if wanted.narrow:
        tests.append(wording("{row} >= :floor"))
    used = [t for t in tests if t]
    inside = any("s.article" in t for t in used)
    return wording(
        _SEARCH,
        sentence=wording("{join} sentence s ON s.id = {row}") if inside else "",
        tests="".join(f" AND {t}" for t in used),
    )


def parameters(
    match: str, wanted: SearchFilter, limit: int, offset: int, floor: int
) -> dict[str, Any]:
    """What the statement's names stand for; nothing is looked at below the row ``floor``."""
    before, since = wanted.before or (LAST, 0)
    return {
        "match": match,
        "limit": limit,
        "offset": offset,
        "host": wanted.host,
        "kind": f"%,{_escaped(wanted.kind)},%",
        "speaker": f"%{_escaped(wanted.speaker)}%",
        "from": _milliseconds(wanted.since, -(2**62)),
        "to": _milliseconds(wanted.until, 2**62),
        "before": before,
        "before_since": since,
        "floor": floor,
    }


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _milliseconds(time: datetime | None, otherwise: int) -> int:
    return otherwise if time is None else round(time.timestamp() * 1000)


# Newest first by row number: ranking by BM25 costs time linear in the hits, this does not; nor may
# the inner list be sorted by anything else, for then all hits are gathered before the first is given.
_SEARCH = """
WITH hit AS (
    SELECT {row} AS id, p.since, p.until
    FROM sentence_fts {join} presence p ON p.sentence = {row} {sentence}
    WHERE {match} {tests}
    ORDER BY {row} DESC
    LIMIT :limit OFFSET :offset
)
SELECT a.id AS article, a.url, a.host, a.headline, s.text AS sentence, hit.id, hit.since, hit.until,
       came.first_seen AS came, went.first_seen AS went, a.last_change
FROM hit {join} sentence s ON s.id = hit.id
JOIN article a ON a.id = s.article
LEFT JOIN version came ON came.article = a.id AND came.number = hit.since
LEFT JOIN version went ON went.article = a.id AND went.number = hit.until
ORDER BY hit.id DESC, hit.since DESC
"""
_WHERE = {
    "all": "",
    "current": "p.until IS NULL",
    "removed": "p.until IS NOT NULL",
    "added": "p.since > 0",
}
_EVENT = {
    "all": "IN (p.since, p.until)",
    "current": "= p.since",
    "removed": "= p.until",
    "added": "= p.since",
}
_HOST = "EXISTS (SELECT 1 FROM article a WHERE a.id = s.article AND a.host = :host)"
_KIND = (
    "EXISTS (SELECT 1 FROM change c WHERE c.article = s.article AND c.new {event}"
    " AND c.old <> c.new AND c.kinds {like} :kind ESCAPE '\\')"
)
_SPEAKER = (
    "EXISTS (SELECT 1 FROM claim_change k WHERE k.article = s.article AND k.new {event}"
    " AND k.speaker {like} :speaker ESCAPE '\\')"
)
_TIME = (
    "EXISTS (SELECT 1 FROM version v WHERE v.article = s.article AND v.number {event}"
    " AND v.first_seen >= :from AND v.first_seen < :to)"
)
_BEFORE = "{row} <= :before AND ({row} < :before OR p.since > :before_since)"
#: The row just above the first that a narrowed search does not look at.
FLOOR = """
SELECT {row} FROM sentence_fts WHERE {match} AND {row} <= :before
ORDER BY {row} DESC LIMIT 1 OFFSET :most
"""
