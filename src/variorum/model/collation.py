"""Two versions aligned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Op = Literal["same", "edited", "added", "removed", "split", "merged"]
Word = tuple[Literal["=", "-", "+"], str]


@dataclass(frozen=True, slots=True)
class Segment:
    """Sentences that belong together, and the words that differ between them.

    ``old`` and ``new`` are sentence numbers, counted from 0. Joining the texts of ``=`` and ``-``
    words gives the old side with the white space that follows each of its sentences, ``=`` and
    ``+`` the new side likewise. ``move`` numbers the moved block that the segment belongs to
    (from 1; None: in place).
    """

    op: Op
    old: tuple[int, ...]
    new: tuple[int, ...]
    words: tuple[Word, ...]
    move: int | None = None

    @property
    def moved(self) -> bool:
        return self.move is not None

    def to_dict(self) -> dict[str, Any]:
        return {
            "op": self.op,
            "moved": self.moved,
            "move": self.move,
            "old": list(self.old),
            "new": list(self.new),
            "words": [list(w) for w in self.words],
        }


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A field that differs: headline, byline, published, media, caption, notice."""

    field: str
    old: str
    new: str
    words: tuple[Word, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "old": self.old,
            "new": self.new,
            "words": [list(w) for w in self.words],
        }


@dataclass(frozen=True, slots=True)
class Collation:
    """Two versions aligned: segments in the reading order of the new text, with what is only in the
    old one where it stood. ``method`` names how; ``limits`` every limit that was hit and what was
    done instead.
    """

    method: str
    segments: tuple[Segment, ...]
    fields: tuple[FieldEdit, ...] = ()
    limits: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        return bool(self.fields) or any(s.op != "same" or s.moved for s in self.segments)

    def to_dict(self) -> dict[str, Any]:
        return {
            "method": self.method,
            "limits": list(self.limits),
            "segments": [s.to_dict() for s in self.segments],
            "fields": [f.to_dict() for f in self.fields],
        }
