"""Claim changes as the archive recorded them, made into what the stages gave again.

Finding the claims of two long texts takes longer than all the rest of their comparison, and the
archive did it once, when the newer of them came. What is recorded is used only where it still fits:
every place of a claim change must hold the very words that the record quotes. (The text of a
version can be read again, better, after its changes were recorded.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from variorum.model import Claim, ClaimChange, Document, Span
from variorum.model.claim import Figure, Hedge, Range, Speaker


def recorded_changes(
    rows: Sequence[Mapping[str, Any]], old: Document, new: Document
) -> tuple[ClaimChange, ...] | None:
    """The claim changes from ``old`` to ``new`` out of their records, None where these do not fit
    the texts."""
    found = tuple(change_of(row) for row in rows)
    return found if all(_fits(c, old.text, new.text) for c in found) else None


def change_of(data: Mapping[str, Any]) -> ClaimChange:
    """The inverse of :meth:`ClaimChange.to_dict`."""
    return ClaimChange(
        kind=data["kind"],
        old=_claim(data["old"]),
        new=_claim(data["new"]),
        before=data["before"],
        after=data["after"],
        announced=data["announced"],
        weight=data["weight"],
        statement=data["statement"],
        old_span=_span(data["old_span"]),
        new_span=_span(data["new_span"]),
    )


def _fits(change: ClaimChange, old: str, new: str) -> bool:
    sides = (
        (old, change.old, change.old_span, change.before),
        (new, change.new, change.new_span, change.after),
    )
    for text, claim, span, words in sides:
        if claim is not None and claim.content[1] > len(text):
            return False
        if span is not None and text[span[0] : span[1]].split() != words.split():
            return False
    return True


def _claim(data: Mapping[str, Any] | None) -> Claim | None:
    if data is None:
        return None
    return Claim(
        type=data["type"],
        content=(data["content"][0], data["content"][1]),
        content_spans=tuple((s[0], s[1]) for s in data["content_spans"]),
        cue=_span(data["cue"]),
        source=_span(data["source"]),
        speaker=Speaker(**data["speaker"]),
        negated=data["negated"],
        hedges=tuple(
            Hedge((h["span"][0], h["span"][1]), h["text"], h["kind"]) for h in data["hedges"]
        ),
        figures=tuple(_figure(f) for f in data["figures"]),
        within=data["within"],
    )


def _figure(data: Mapping[str, Any]) -> Figure:
    value = data["value"]
    return Figure(
        span=(data["span"][0], data["span"][1]),
        value=Range(value) if isinstance(value, (list, tuple)) else value,
        unit=data["unit"],
        counted=data["counted"],
        change=data["change"],
    )


def _span(data: Sequence[int] | None) -> Span | None:
    return None if data is None else (data[0], data[1])
