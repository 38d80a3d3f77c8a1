"""What a reader is told of one step in an article's history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from variorum.model.times import iso

#: What the publisher said of the claim changes of a step: of all of them, of some, or of none.
Announcement = Literal["announced", "announced in part", "unannounced"]

#: The badges of a change, gravest first.
BADGES = (
    "gone",
    "moved-away",
    "paywall",
    "quote",
    "figure",
    "negation",
    "hedge",
    "attribution",
    "claim",
    "notice",
    "headline",
    "removed",
    "added",
    "reworded",
    "moved",
    "byline",
    "media",
    "dates",
    "returned",
    "flapping",
    "wording",
)


def announcement(announced: bool, partly: bool) -> Announcement:
    """How a step is told of which all claim changes are ``announced``, or some (``partly``)."""
    if announced:
        return "announced"
    return "announced in part" if partly else "unannounced"


@dataclass(frozen=True, slots=True)
class Lead:
    """The strongest difference of a change, quoted. ``kind`` is a claim-change kind or a field or
    segment kind (headline, added, removed, edited, moved, notice…)."""

    kind: str
    before: str
    after: str
    statement: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "before": self.before,
            "after": self.after,
            "statement": self.statement,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """One step: from version ``old`` to ``new``, or an event without a version (gone, moved).

    ``kinds`` are badges in the order of ``BADGES``. ``weight`` 0..1 ranks. ``counts`` counts
    segments (added, removed, edited, moved). ``age`` is seconds from
    publication to the time the change was first seen, None when the publisher gives no time.
    ``announced``: notices that came with it name every claim change, or it has none and a notice
    came. ``partly``: they name some claim changes and not others; then it is not ``announced``.
    """

    article: int
    old: int | None
    new: int | None
    time: datetime
    kinds: tuple[str, ...]
    weight: float
    announced: bool
    meaningful: bool
    headline_old: str | None = None
    headline_new: str | None = None
    lead: Lead | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    age: float | None = None
    id: int = 0
    url: str = ""
    host: str = ""
    partly: bool = False

    @property
    def announcement(self) -> Announcement:
        """What readers are told of the two, in words."""
        return announcement(self.announced, self.partly)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "article": self.article,
            "url": self.url,
            "host": self.host,
            "old": self.old,
            "new": self.new,
            "time": iso(self.time),
            "kinds": list(self.kinds),
            "weight": round(self.weight, 3),
            "announced": self.announced,
            "announced_in_part": self.partly,
            "meaningful": self.meaningful,
            "headline_old": self.headline_old,
            "headline_new": self.headline_new,
            "lead": self.lead.to_dict() if self.lead else None,
            "counts": dict(self.counts),
            "seconds_after_publication": self.age,
        }
