"""A statement that went and one that came which are the same, said in other words.

The comparison pairs claims by the words that they share; a sentence written anew around the same
facts shares too few, and would be told as gone and as come. Here what is left on both sides is
paired once more, by who says it: the same speaker, about the same things, at about the same place.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import Claim, ClaimChange
from variorum.model.claim import ChangeKind
from variorum.stages.claims.desk import became, short
from variorum.stages.claims.faded import faded
from variorum.stages.claims.match import assigned
from variorum.stages.claims.reattribution import same_speaker
from variorum.stages.claims.weights import weight
from variorum.stages.claims.wording import carries, squeezed, stem
from variorum.text.tokens import normal, pieces

# Content words that two statements of one speaker must share to be one, and the least share of the
# shorter one's. Judged on real pairs: of statements about other things hardly two words are shared.
_LEAST = 2
_SHARED = 0.3
_NEAR = 0.2  # of the text's length
_MOST_TRIES = 10_000  # a version written anew has nothing but such statements


def with_rephrased(
    changes: Sequence[ClaimChange], old_text: str, new_text: str
) -> list[ClaimChange]:
    """The changes with "dropped" and "added" of one statement told as one rewording."""
    gone = [(i, c) for i, c in enumerate(changes) if c.kind == "dropped" and c.old and c.old_span]
    come = [(j, c) for j, c in enumerate(changes) if c.kind == "added" and c.new and c.new_span]
    if not gone or not come or len(gone) * len(come) > _MOST_TRIES:
        return list(changes)
    stems = {k: _stems(c.before or c.after) for k, c in gone + come}
    scored = []
    for i, was in gone:
        for j, now in come:
            shared = len(stems[i] & stems[j])
            smaller = min(len(stems[i]), len(stems[j]))
            if shared < _LEAST or shared < _SHARED * smaller:
                continue
            if _one_statement(was, now, old_text, new_text):
                scored.append((shared / smaller, -abs(i - j), i, j))
    pairs = assigned(scored)
    told = {k for pair in pairs for k in pair}
    kept = [c for k, c in enumerate(changes) if k not in told]
    return kept + [_reworded(changes[i], changes[j], stems[i], stems[j]) for i, j in pairs]


def _stems(text: str) -> set[str]:
    words = (normal(p).lower() for p in pieces(text)[1::2])
    return {stem(w) for w in words if w.isalnum() and carries(w)}


def _one_statement(was: ClaimChange, now: ClaimChange, old_text: str, new_text: str) -> bool:
    """Whether the same speaker is said to say both, at about the same place, and in the reporter's
    words: a quotation that went is gone, unless one of the texts has lost all its marks."""
    assert was.old and now.new and was.old_span and now.new_span
    if "direct" in (was.old.type, now.new.type) and not faded(old_text, new_text).marks:
        return False
    places = was.old_span[0] / max(1, len(old_text)), now.new_span[0] / max(1, len(new_text))
    return abs(places[0] - places[1]) <= _NEAR and _same_source(
        was.old, now.new, old_text, new_text
    )


def _same_source(old: Claim, new: Claim, old_text: str, new_text: str) -> bool:
    named = old.speaker.name is not None and new.speaker.name is not None
    if named and same_speaker(old.speaker, new.speaker):
        return True
    if old.source is None or new.source is None:
        return False
    return squeezed(old_text[slice(*old.source)]) == squeezed(new_text[slice(*new.source)])


def _reworded(was: ClaimChange, now: ClaimChange, old: set[str], new: set[str]) -> ClaimChange:
    assert was.old
    assert now.new
    kind: ChangeKind = "quote" if "direct" in (was.old.type, now.new.type) else "reworded"
    return ClaimChange(
        kind,
        was.old,
        now.new,
        was.before,
        now.after,
        weight=weight(kind, changed=1 - 2 * len(old & new) / max(1, len(old) + len(new))),
        statement=became(short(was.before), short(now.after)),
        old_span=was.old_span,
        new_span=now.new_span,
    )
