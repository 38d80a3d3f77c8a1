"""What a site shows on every page whatever the story: learned from its own history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class SiteFurniture:
    """Line digests seen on several different articles of one site."""

    seen: dict[str, set[str]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {"seen": {k: sorted(v) for k, v in self.seen.items()}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> SiteFurniture:
        return cls({k: set(v) for k, v in (data.get("seen") or {}).items()})

    def knows(self, text: str) -> bool:
        """Whether a line stands on several other stories of this site."""
        return False
