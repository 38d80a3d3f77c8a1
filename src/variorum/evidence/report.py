"""What a verification found: a status for every item, and no more claimed than was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# Of an archive that is damaged all over, so many items are told; all are counted.
_TOLD = 10_000


class Status(StrEnum):
    """What became of one item."""

    OK = "ok"
    ALTERED = "altered"  # it is not what the log says, or not what it says of itself
    MISSING = "missing"  # the log knows it, and it is not there
    UNVERIFIABLE = "unverifiable"  # nothing speaks against it, and it could not be checked
    PENDING = "pending"  # written, and not in the log yet: a process is at work or was stopped


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was looked at. ``what`` is its kind, ``name`` which one, ``why`` one line."""

    what: str
    name: str
    status: Status
    why: str = ""

    def to_dict(self) -> dict[str, str]:
        return {
            "what": self.what,
            "name": self.name,
            "status": str(self.status),
            "why": self.why,
        }


@dataclass(slots=True)
class Report:
    """Items counted; those that are not ok listed (with ``everything``: all of them).

    ``seen`` is called with each item that is not ok as it is found (with ``everything``: each).
    """

    everything: bool = False
    seen: Callable[[Item], None] = lambda item: None
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    untold: int = 0

    def add(self, what: str, name: str, status: Status, why: str = "") -> None:
        counter = self.counts.get(what)
        if counter is None:
            counter = self.counts[what] = Counter()
        counter[status.value] += 1
        if status is Status.OK and not self.everything:
            return
        item = Item(what, name, status, why)
        self.seen(item)
        if len(self.items) < _TOLD or self.everything:
            self.items.append(item)
        else:
            self.untold += 1

    def check(self, what: str, name: str, why_not: str | None) -> bool:
        """ok, or altered for the reason given."""
        self.add(what, name, Status.ALTERED if why_not else Status.OK, why_not or "")
        return not why_not

    def total(self, status: Status) -> int:
        return sum(counter[str(status)] for counter in self.counts.values())

    @property
    def sound(self) -> bool:
        """Whether nothing was found altered or missing."""
        return not self.total(Status.ALTERED) and not self.total(Status.MISSING)

    def to_dict(self) -> dict[str, Any]:
        return {
            "sound": self.sound,
            "totals": {str(status): self.total(status) for status in Status},
            "counts": {what: dict(counter) for what, counter in self.counts.items()},
            "items": [item.to_dict() for item in self.items],
            "items_untold": self.untold,
        }
