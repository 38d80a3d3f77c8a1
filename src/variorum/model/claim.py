"""Attributed statements and what became of them. All spans point into ``Document.text``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from variorum.model.span import Span

ClaimType = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["person", "organisation", "group", "artefact", "anonymous", "unattributed"]
Bound = Literal["=", "<", ">", "~", "up", "down"]


def _list(span: Span | None) -> list[int] | None:
    return None if span is None else [span[0], span[1]]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have said it. ``name`` is the fullest form the article gives; ``guess`` says
    that resolving it took a guess."""

    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    kind: SpeakerKind = "unattributed"
    guess: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "role": self.role,
            "organisation": self.organisation,
            "kind": self.kind,
            "guess": self.guess,
        }


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words that say how surely. ``kind``: hedge | approximator."""

    span: Span
    text: str
    kind: str = "hedge"

    def to_dict(self) -> dict[str, Any]:
        return {"span": _list(self.span), "text": self.text, "kind": self.kind}


class Range(tuple[float, float]):
    """(low, high) of a range; where one number is wanted, ``float()`` gives its middle."""

    __slots__ = ()

    def __float__(self) -> float:
        return (self[0] + self[1]) / 2


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity: ``value`` is a number, or (low, high) for a range; ``unit`` as normalised words
    or symbol; ``counted`` what is counted, as written; ``change`` = exactly, < up to, > at least,
    ~ about; up and down: the figure is itself a rise or a fall ("rose 5%")."""

    span: Span
    value: float | int | tuple[float, float]
    unit: str | None = None
    counted: str | None = None
    change: Bound = "="

    def to_dict(self) -> dict[str, Any]:
        value = Range(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "span": _list(self.span),
            "value": value,
            "unit": self.unit,
            "counted": self.counted,
            "change": self.change,
        }


@dataclass(frozen=True, slots=True)
class Claim:
    """An attributed statement (attribution relation): content, cue, source.

    ``content_spans`` are the parts of a discontinuous content, ``content`` from the first to the
    last of them. ``within`` is the index, in the same ledger, of the claim that this one is nested
    in ("police said witnesses reported…").
    """

    type: ClaimType
    content: Span
    content_spans: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    speaker: Speaker = Speaker()
    negated: bool = False
    hedges: tuple[Hedge, ...] = ()
    figures: tuple[Figure, ...] = ()
    within: int | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "content": _list(self.content),
            "content_spans": [_list(s) for s in self.content_spans],
            "cue": _list(self.cue),
            "source": _list(self.source),
            "speaker": self.speaker.to_dict(),
            "negated": self.negated,
            "hedges": [h.to_dict() for h in self.hedges],
            "figures": [f.to_dict() for f in self.figures],
            "within": self.within,
        }


ChangeKind = Literal[
    "added",
    "dropped",
    "reworded",
    "quote",
    "reattributed",
    "anonymised",
    "named",
    "hedged",
    "unhedged",
    "figure",
    "negated",
]
#: Every kind of claim change.
CHANGE_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What happened to a claim between two versions.

    ``before`` and ``after`` quote the words concerned. ``statement`` is one line that quotes and
    never interprets. ``weight`` ranks, 0..1. ``announced`` is True when a notice of the new
    version names this change. ``old_span``/``new_span`` are the places in the two texts.
    """

    kind: ChangeKind
    old: Claim | None
    new: Claim | None
    before: str
    after: str
    announced: bool = False
    weight: float = 0.0
    statement: str = ""
    old_span: Span | None = None
    new_span: Span | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "old": self.old.to_dict() if self.old else None,
            "new": self.new.to_dict() if self.new else None,
            "before": self.before,
            "after": self.after,
            "announced": self.announced,
            "weight": round(self.weight, 3),
            "statement": self.statement,
            "old_span": _list(self.old_span),
            "new_span": _list(self.new_span),
        }
