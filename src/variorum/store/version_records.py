"""Versions: each state of an article, its Document kept as a delta on the version before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import zstandard
from sqlalchemy import Row, bindparam, select, update

from variorum.model import Capture, DecisionKind, Document, Version
from variorum.store import delta
from variorum.store.base import BoundRecords
from variorum.store.errors import DamagedError
from variorum.store.schema import version

# Statements of every look, built once: building one takes longer than SQLite needs to answer it.
_INSERT = version.insert()
_ALL = select(version).where(version.c.article == bindparam("article")).order_by(version.c.number)
_FROM_KEYFRAME = _ALL.where(version.c.number.between(bindparam("start"), bindparam("number")))
_SEEN_AGAIN = update(version).where(
    version.c.article == bindparam("of"),
    version.c.number == bindparam("which"),
    version.c.last_seen < bindparam("before"),
)


class VersionRecords(BoundRecords):
    def add_version(self, new: Version) -> None:
        """Store a version; its number must follow the article's last."""
        self.db.execute(
            _INSERT,
            {
                "article": new.article,
                "number": new.number,
                "kind": str(new.kind),
                "reason": new.reason,
                "fields": list(new.fields),
                "same_as": new.same_as,
                "label": new.label,
                "first_seen": new.first_seen,
                "last_seen": new.last_seen,
                **self._text_columns(new),
            },
        )

    def retell_version(self, told: Version) -> None:
        """Replace the text of an article's *last* version: the same capture, read better."""
        self.db.execute(
            update(version)
            .where(version.c.article == told.article, version.c.number == told.number)
            .values(**self._text_columns(told))
        )

    def _text_columns(self, new: Version) -> dict[str, Any]:
        body = _pack(new.document)
        base = None
        if new.number % delta.KEYFRAME_EVERY:
            base = self._bodies(new.article, new.number - 1).get(new.number - 1)
        return {
            "headline": new.document.headline,
            "digest": new.digest,
            "extractor": new.extractor,
            "base": None if base is None else new.number - 1,
            "body": delta.encode(body, base),
            "body_digest": delta.digest(body),
        }

    def seen_again(self, article: int, number: int, time: datetime) -> None:
        """The version stood unchanged at ``time``."""
        self.db.execute(
            _SEEN_AGAIN, {"of": article, "which": number, "before": time, "last_seen": time}
        )

    def versions(self, article: int, captures: Sequence[Capture] = ()) -> list[Version]:
        """All versions of an article with their Documents, oldest first.

        ``captures`` are put under the versions that they attest. Raises DamagedError when a stored
        text is not what was stored.
        """
        rows = self.db.execute(_ALL, {"article": article}).all()
        bodies = _unfold(article, rows)
        return [_version(row, bodies[row.number], captures) for row in rows]

    def version_times(self, article: int) -> list[datetime]:
        """When each version of an article was first seen, oldest first."""
        rows = self.db.execute(
            select(version.c.first_seen)
            .where(version.c.article == article)
            .order_by(version.c.number)
        )
        return list(rows.scalars())

    def version(self, article: int, number: int) -> Version | None:
        rows = self._from_keyframe(article, number)
        if not rows or rows[-1].number != number:
            return None
        return _version(rows[-1], _unfold(article, rows)[number], ())

    def version_pair(
        self, article: int, one: int, other: int
    ) -> tuple[Version | None, Version | None]:
        """Two versions, what they are built on read once where it is the same."""
        first, last = sorted((one, other))
        if last // delta.KEYFRAME_EVERY != first // delta.KEYFRAME_EVERY:
            return self.version(article, one), self.version(article, other)
        rows = self._from_keyframe(article, last)
        bodies = _unfold(article, rows)
        found = {
            r.number: _version(r, bodies[r.number], ()) for r in rows if r.number in (one, other)
        }
        return found.get(one), found.get(other)

    def forget_versions(self, article: int) -> None:
        """Take all versions of an article away, before they are made anew from its captures."""
        self.db.execute(version.delete().where(version.c.article == article))

    def text_bytes(self) -> dict[str, int]:
        """How much the texts take: versions, and bytes as stored."""
        from sqlalchemy import func

        row = self.db.execute(
            select(func.count(), func.coalesce(func.sum(func.length(version.c.body)), 0))
        ).one()
        return {"versions": row[0], "bytes": row[1]}

    def _bodies(self, article: int, number: int) -> dict[int, bytes]:
        """The bodies from the keyframe before ``number`` up to it."""
        return _unfold(article, self._from_keyframe(article, number))

    def _from_keyframe(self, article: int, number: int) -> Sequence[Row[Any]]:
        start = number - number % delta.KEYFRAME_EVERY
        asked = {"article": article, "start": start, "number": number}
        return self.db.execute(_FROM_KEYFRAME, asked).all()


def _unfold(article: int, rows: Sequence[Row[Any]]) -> dict[int, bytes]:
    bodies: dict[int, bytes] = {}
    for row in rows:
        base = None if row.base is None else bodies.get(row.base)
        try:
            body = delta.decode(row.body, base)
        except zstandard.ZstdError as error:
            raise DamagedError(f"article {article} version {row.number}: {error}") from error
        if delta.digest(body) != row.body_digest:
            raise DamagedError(f"article {article} version {row.number}: text altered on disk")
        bodies[row.number] = body
    return bodies


def _pack(document: Document) -> bytes:
    """The Document as JSON, without its text where that follows from the rest."""
    data = document.to_dict()
    if Document.build(document.headline, document.paragraphs).text == document.text:
        del data["text"]
    for given, notice in zip(data["notices"], document.notices, strict=True):
        given["paragraph"] = notice.paragraph
    return json.dumps(data, ensure_ascii=False, indent=0).encode("utf-8", "surrogatepass")


def _version(row: Row[Any], body: bytes, captures: Sequence[Capture]) -> Version:
    return Version(
        article=row.article,
        number=row.number,
        document=Document.from_dict(json.loads(body.decode("utf-8", "surrogatepass"))),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        reason=row.reason,
        digest=row.digest,
        extractor=row.extractor,
        kind=DecisionKind(row.kind),
        fields=tuple(row.fields),
        same_as=row.same_as,
        label=row.label,
        captures=tuple(c for c in captures if c.version == row.number),
    )
