"""Captures: every fetch of every article, in the order in which they were made."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, case, func, select, update

from variorum.model import Capture, Outcome
from variorum.store.base import BoundRecords
from variorum.store.people_schema import parting
from variorum.store.schema import article, capture, warc_file

# Statements of every look, built once: building one takes longer than SQLite needs to answer it.
_INSERT = capture.insert()
_DIGESTS_AT = select(capture.c.digest).where(
    capture.c.article == bindparam("article"),
    capture.c.url == bindparam("url"),
    capture.c.time == bindparam("time"),
)
_LAST = (
    select(capture)
    .where(capture.c.article == bindparam("article"))
    .order_by(capture.c.time.desc(), capture.c.id.desc())
    .limit(1)
)
_IN_ORDER = (
    select(capture)
    .where(capture.c.article == bindparam("article"))
    .order_by(capture.c.time, capture.c.id)
)
_OF_VERSION = _IN_ORDER.where(capture.c.version == bindparam("version"))
_OF_EITHER = _IN_ORDER.where(capture.c.version.in_((bindparam("one"), bindparam("other"))))
_WHOLE_BETWEEN = _LAST.where(
    capture.c.status == 200,
    capture.c.warc.is_not(None),
    capture.c.time.between(bindparam("since"), bindparam("until")),
)
_LAST_WITH_PAGE = _LAST.where(capture.c.outcome == str(Outcome.OK), capture.c.version.is_not(None))
_REFUSED = select(capture.c.url, capture.c.final_url, capture.c.time, capture.c.details).where(
    capture.c.id > bindparam("first"),
    capture.c.time > bindparam("since"),
    capture.c.status.in_((429, 503)),
)
_LOOKED_BACK = 20_000  # captures
_LONGEST_REST = timedelta(days=1)


class CaptureRecords(BoundRecords):
    def add_capture(self, article: int, values: dict[str, Any]) -> int:
        """One capture; returns its id. ``values`` are columns by name."""
        result = self.db.execute(_INSERT, {"article": article, **values})
        key = result.inserted_primary_key
        assert key is not None
        number: int = key[0]
        return number

    def captures(self, article: int) -> list[Capture]:
        """All captures of an article in time order."""
        return self._captures(_IN_ORDER, {"article": article})

    def recent_captures(self, article: int, limit: int) -> list[Capture]:
        """The newest captures of an article, in time order."""
        wanted = select(capture).where(capture.c.article == article)
        newest = wanted.order_by(capture.c.time.desc(), capture.c.id.desc()).limit(limit)
        return self._captures(newest)[::-1]

    def asked_to_rest(self, now: datetime) -> dict[str, float]:
        """Addresses that lately answered 429 or 503 with a Retry-After which is not over, and for how
        many seconds."""
        newest = self.db.execute(select(func.max(capture.c.id))).scalar() or 0
        asked = {"first": newest - _LOOKED_BACK, "since": now - _LONGEST_REST}
        found: dict[str, float] = {}
        for url, final_url, time, details in self.db.execute(_REFUSED, asked):
            left = ((details or {}).get("retry_after") or 0.0) - (now - time).total_seconds()
            place = final_url or url
            if left > found.get(place, 0.0):
                found[place] = left
        return found

    def capture(self, number: int) -> Capture | None:
        row = self.db.execute(select(capture).where(capture.c.id == number)).first()
        return _capture(row) if row else None

    def capture_at(self, article: int, url: str, time: datetime, digest: str | None) -> bool:
        """Whether this very capture is there already (an import repeated)."""
        asked = {"article": article, "url": url, "time": time}
        rows = self.db.execute(_DIGESTS_AT, asked).scalars()
        return (digest or None) in {found or None for found in rows}

    def has_payload(self, article: int, digest: str) -> bool:
        """Whether the article has a capture with this payload."""
        wanted = select(capture.c.id).where(
            capture.c.article == article, capture.c.digest == digest
        )
        return self.db.execute(wanted.limit(1)).first() is not None

    def last_capture(self, article: int, *, with_page: bool = False) -> Capture | None:
        """The newest capture; with ``with_page``, the newest that attests a version by a body."""
        wanted = _LAST_WITH_PAGE if with_page else _LAST
        row = self.db.execute(wanted, {"article": article}).first()
        return _capture(row) if row else None

    def capture_with_body(self, article: int, since: datetime, until: datetime) -> Capture | None:
        """The newest capture of an article that a page was given for, between two times (both
        included)."""
        asked = {"article": article, "since": since, "until": until}
        row = self.db.execute(_WHOLE_BETWEEN, asked).first()
        return _capture(row) if row else None

    def capture_with_payload(self, repeated: Capture) -> Capture | None:
        """The first capture of the article with the payload of ``repeated``: a 304 means that of
        the capture before it, by the same observer and of the same address where there is one.
        Articles that were one once and were split by hand share what they repeat."""
        family = _family(repeated.article)
        wanted = select(capture).where(capture.c.article.in_(family), capture.c.id < repeated.id)
        if repeated.status != 304:
            first = wanted.where(capture.c.digest == repeated.digest).order_by(capture.c.id)
        else:
            here = capture.c.origin == repeated.origin
            same = case((and_(here, capture.c.url == repeated.url), 0), (here, 1), else_=2)
            # Older captures may have been brought later: what came before is told by the time.
            later = case((capture.c.time > repeated.time, 1), else_=0)
            first = wanted.where(capture.c.status == 200).order_by(
                same, later, capture.c.time.desc(), capture.c.id.desc()
            )
        row = self.db.execute(first.limit(1)).first()
        if row is None:
            return None
        found = _capture(row)
        return self.capture_with_payload(found) or found if repeated.status == 304 else found

    def last_capture_before(self, article: int, number: int, time: datetime) -> Capture | None:
        """The newest capture before ``time`` that attests version ``number`` by a body."""
        wanted = select(capture).where(
            capture.c.article == article,
            capture.c.version == number,
            capture.c.outcome == str(Outcome.OK),
            capture.c.time < time,
        )
        row = self.db.execute(
            wanted.order_by(capture.c.time.desc(), capture.c.id.desc()).limit(1)
        ).first()
        return _capture(row) if row else None

    def captures_of_version(self, article: int, number: int) -> list[Capture]:
        return self._captures(_OF_VERSION, {"article": article, "version": number})

    def captures_of_versions(self, article: int, one: int, other: int) -> list[Capture]:
        """Those of two versions."""
        return self._captures(_OF_EITHER, {"article": article, "one": one, "other": other})

    def list_under_first(self, article: int, time: datetime) -> None:
        """Put the captures up to ``time``, when the first version came, under version 0; but for
        those that found no page there, which attest that the story was not out yet."""
        self.db.execute(
            update(capture)
            .where(
                capture.c.article == article,
                capture.c.version.is_(None),
                capture.c.time <= time,
                capture.c.outcome != str(Outcome.GONE),
            )
            .values(version=0)
        )

    def update_capture(self, number: int, **values: Any) -> None:
        self.db.execute(update(capture).where(capture.c.id == number).values(**values))

    def warc_lengths(self) -> dict[str, int]:
        """The acknowledged length of every WARC file."""
        rows = self.db.execute(select(warc_file.c.name, warc_file.c.length))
        return {row.name: row.length for row in rows}

    def set_warc_length(self, name: str, length: int) -> None:
        done = self.db.execute(
            update(warc_file).where(warc_file.c.name == name).values(length=length)
        )
        if done.rowcount == 0:
            self.db.execute(warc_file.insert().values(name=name, length=length))

    def _captures(self, wanted: Select[Any], values: dict[str, Any] | None = None) -> list[Capture]:
        return [_capture(row) for row in self.db.execute(wanted, values)]


def _family(number: int) -> Select[Any]:
    """The article and those that it was split from or into."""
    own = select(article.c.id).where(article.c.id == number)
    others = select(parting.c.other).where(parting.c.article == number)
    return own.union(others, select(parting.c.article).where(parting.c.other == number))  # type: ignore[return-value]


def _capture(row: Row[Any]) -> Capture:
    return Capture(
        id=row.id,
        article=row.article,
        url=row.url,
        time=row.time,
        outcome=Outcome(row.outcome),
        status=row.status,
        digest=row.digest,
        version=row.version,
        reason=row.reason,
        final_url=row.final_url,
        media_type=row.media_type,
        record=(row.warc, row.offset, row.length) if row.warc else None,
        etag=row.etag,
        last_modified=row.last_modified,
        origin=row.origin,
        story_digest=row.story_digest,
        details=row.details,
    )
