"""One state of an article's content, and the decision that made it one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from variorum.model.capture import OBSERVED_BY, Capture, Outcome
from variorum.model.document import Document, Page
from variorum.model.times import iso


class DecisionKind(StrEnum):
    """What a capture means for its article's history."""

    FIRST = "first"
    CHANGED = "changed"
    SAME = "same"
    TYPOGRAPHIC = "typographic"  # same but for quotes, dashes, white space, Unicode form
    FURNITURE = "furniture"  # the page changed, the story did not
    RETURNED = "returned"  # the text of an earlier version again
    FLAPPING = "flapping"  # to and fro between the same versions
    NOT_ARTICLE = "not-article"  # paywall, consent, error, truncated, soft 404
    GONE = "gone"
    MOVED = "moved"

    @property
    def makes_version(self) -> bool:
        """Whether the article is now in another state than at the capture before."""
        return self in _MAKES_VERSION


_MAKES_VERSION = frozenset(
    {DecisionKind.FIRST, DecisionKind.CHANGED, DecisionKind.RETURNED, DecisionKind.FLAPPING}
)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision with its reason.

    ``fields`` names what changed: headline, body, byline, published, media, caption, notice…
    ``same_as`` is the number of the version whose content this capture has (None: new content, or
    no content at all). ``reason`` is one plain line for people.
    """

    kind: DecisionKind
    reason: str
    fields: tuple[str, ...] = ()
    same_as: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


#: What a version's digest is made of. No file has it: two captures that say the same have one digest.
DIGEST_COVERS = "headline, body, byline, day, media and notices, typography aside"


@dataclass(frozen=True, slots=True)
class Version:
    """One state of the article's content, numbered from 0.

    A return to an older text is a state of its own (a new number) with ``same_as`` pointing at the
    first version that had this text. ``extractor`` is what read the text. ``digest`` is the SHA-256 of
    what :data:`DIGEST_COVERS` says.
    """

    article: int
    number: int
    document: Document
    first_seen: datetime
    last_seen: datetime
    reason: str
    digest: str
    extractor: str = ""
    kind: DecisionKind = DecisionKind.CHANGED
    fields: tuple[str, ...] = ()
    same_as: int | None = None
    label: str | None = None
    captures: tuple[Capture, ...] = ()

    @property
    def received(self) -> Capture | None:
        """The first of its captures that shows it and whose bytes are kept."""
        return next((c for c in self.captures if c.outcome is Outcome.OK and c.record), None)

    def to_dict(self) -> dict[str, Any]:
        return {
            "version": self.number,
            "first_seen": iso(self.first_seen),
            "last_seen": iso(self.last_seen),
            "reason": self.reason,
            "kind": str(self.kind),
            "fields": list(self.fields),
            "same_as": self.same_as,
            "label": self.label,
            "headline": self.document.headline,
            "digest": self.digest,
            "extractor": self.extractor,
            "captures": [
                {
                    "time": iso(c.time),
                    "status": c.status,
                    "outcome": str(c.outcome),
                    # Said where it is not this archive's own: what can be claimed of it is less.
                    **({"origin": c.origin} if c.origin.startswith(OBSERVED_BY) else {}),
                }
                for c in self.captures
            ],
        }


@dataclass(frozen=True, slots=True)
class History:
    """What is known of an article when a new capture is judged.

    ``versions`` are its states in order, the last being the current one (all of them, oldest
    first). ``last_page`` gives the page of the newest capture that attested the current version,
    re-read from its bytes with today's extractor; it is a function because it is seldom needed.
    """

    versions: Sequence[Version] = ()
    last_page: Callable[[], Page | None] = lambda: None

    @property
    def current(self) -> Version | None:
        return self.versions[-1] if self.versions else None
