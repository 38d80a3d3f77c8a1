"""Where each record lies in a package: those of captures in time order, before each its request and how
it came, behind it what a browser made of it, each where it was not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from variorum.evidence.check_parts import why_not_part
from variorum.store.errors import DamagedError
from variorum.store.parts import Part, parts_of
from variorum.store.warc import RecordPlace, WarcStore

Place = tuple[int, int]


@dataclass(slots=True)
class Layout:
    """(offset, length) in the package of records: of captures by their ids, of parts by the id of
    their capture and their name, of what stands ``beside`` a response by its capture. ``members`` are
    (capture, its part, the record beside it, or None) as they follow."""

    captures: dict[int, Place] = field(default_factory=dict)
    parts: dict[int, dict[str, Place]] = field(default_factory=dict)
    beside: dict[int, list[Place]] = field(default_factory=dict)
    members: list[tuple[Any, Part | RecordPlace | None]] = field(default_factory=list)
    size: int = 0

    @classmethod
    def of(
        cls,
        rows: Iterable[Any],
        start: int,
        beside: Mapping[int, Sequence[RecordPlace]] | None = None,
    ) -> Layout:
        """The layout of these captures behind ``start`` bytes; ``beside`` are the records beside each,
        as they lie in the archive."""
        made = cls(size=start)
        known: dict[tuple[str, int, int], Place] = {}
        for row in rows:
            for record in (beside or {}).get(row.id, ()):
                if record not in known:
                    known[record] = made._next(row, record, record[2])
                made.beside.setdefault(row.id, []).append(known[record])
            if row.warc:
                made.captures[row.id] = made._next(row, None, row.length)
            for part in parts_of(row.details):
                if part.record not in known:
                    known[part.record] = made._next(row, part, part.record[2])
                made.parts.setdefault(row.id, {})[part.name] = known[part.record]
        return made

    def _next(self, row: Any, part: Part | RecordPlace | None, length: int) -> Place:
        self.members.append((row, part))
        place = self.size, length
        self.size += length
        return place


def member_of(warc: WarcStore, row: Any, part: Part | RecordPlace | None) -> bytes:
    """A record byte for byte as it lies in the archive. Raises DamagedError where it cannot be read,
    or where a part is not what its capture says."""
    name, offset, length = (
        (row.warc, row.offset, row.length)
        if part is None
        else part.record
        if isinstance(part, Part)
        else part
    )
    try:
        member = warc.member(name, offset, length)
    except OSError as error:
        raise DamagedError(f"{name}: {error.strerror}") from error
    why = why_not_part(member, part.digest) if isinstance(part, Part) else None
    if why is not None:
        raise DamagedError(f"capture {row.id}: {why}: nothing was exported; try verify")
    return member
