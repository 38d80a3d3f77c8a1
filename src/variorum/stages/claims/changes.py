"""What became of the claims of one version in the next. First, plain version."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from variorum.model import Claim, ClaimChange, Collation, Document
from variorum.text.typography import fold


def compare_claims(old: Document, new: Document, collation: Collation) -> list[ClaimChange]:
    """What became of the claims of ``old`` in ``new``, weightiest first."""
    from variorum.stages.claims.attribution import attributed_statements

    return compare_ledgers(
        old, new, collation, attributed_statements(old), attributed_statements(new)
    )


def compare_ledgers(
    old: Document,
    new: Document,
    collation: Collation,
    old_claims: Sequence[Claim],
    new_claims: Sequence[Claim],
) -> list[ClaimChange]:
    """:func:`compare_claims` with both ledgers already made."""
    if not collation.differs:
        return []
    changes: list[ClaimChange] = []
    left = list(new_claims)
    for claim in old_claims:
        words = fold(old.text[claim.content[0] : claim.content[1]])
        score, best = max(
            (
                (fuzz.ratio(words, fold(new.text[c.content[0] : c.content[1]])), -i, c)
                for i, c in enumerate(left)
            ),
            key=lambda t: t[:2],
            default=(0.0, 0, None),
        )[::2]
        if best is None or score < 50:
            changes.append(_change("dropped", old, new, claim, None))
            continue
        left.remove(best)
        if words != fold(new.text[best.content[0] : best.content[1]]):
            kind = "quote" if claim.type == "direct" else "reworded"
            changes.append(_change(kind, old, new, claim, best))
    changes += [_change("added", old, new, None, claim) for claim in left]
    return sorted(changes, key=lambda c: -c.weight)


def _change(
    kind: str, old: Document, new: Document, before: Claim | None, after: Claim | None
) -> ClaimChange:
    was = old.text[before.content[0] : before.content[1]] if before else ""
    now = new.text[after.content[0] : after.content[1]] if after else ""
    said = f"“{was}” became “{now}”" if was and now else f"“{was or now}” was {kind}"
    return ClaimChange(
        kind,  # type: ignore[arg-type]
        before,
        after,
        was,
        now,
        weight=0.9 if kind == "quote" else 0.5,
        statement=said,
        old_span=before.content if before else None,
        new_span=after.content if after else None,
    )
