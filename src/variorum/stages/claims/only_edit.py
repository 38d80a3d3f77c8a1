"""Whether what a claim change tells is the only thing that was edited."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import ClaimChange, Span
from variorum.stages.claims.layout import Layout
from variorum.stages.claims.passages import Passage, Side
from variorum.text.typography import fold


def is_only_edit(changes: Sequence[ClaimChange], laid: Layout) -> bool:
    """Whether all changes tell one thing (a figure in the headline and again in the text), and
    nothing else came, went or became other words, notices apart."""
    if len({_matter(c) for c in changes}) != 1:
        return False
    old = [c.old_span for c in changes if c.old_span]
    new = [c.new_span for c in changes if c.new_span]
    return (
        all(_touches(span, old) for span in laid.lone_old)
        and all(_touches(span, new) for span in laid.lone_new)
        and all(_is_told(both, old, new) for both in laid.passages)
    )


def _matter(change: ClaimChange) -> tuple[object, ...]:
    if "old_value" in change.details:
        return (change.kind, change.details["old_value"], change.details["new_value"])
    return (change.kind, fold(change.before).lower(), fold(change.after).lower())


def _is_told(both: Passage, old: Sequence[Span], new: Sequence[Span]) -> bool:
    if not _differs(both.old) and not _differs(both.new):
        return True
    return any(both.old.covers(span) for span in old) or any(both.new.covers(span) for span in new)


def _differs(side: Side) -> bool:
    return any(side.fresh)


def _touches(span: Span, others: Sequence[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in others)
