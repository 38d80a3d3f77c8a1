"""The statements that the cues of a paragraph make, kept for the next version of a story.

Only of paragraphs that nothing reaches into or out of: no quotation that runs on, none that a colon
announces from one paragraph to the next. Such a paragraph's statements are made of its own words.
"""

from __future__ import annotations

from variorum.stages.claims.memory import Kept, Place
from variorum.stages.claims.quotations import Quotation
from variorum.stages.claims.workspace import Statement, Workspace


def recall(w: Workspace, place: Place, a: int, b: int) -> bool:
    """Puts the statements kept of the paragraph [a, b) into the workspace; False if none are kept,
    or the paragraph is not by itself here."""
    kept = place.kept
    if kept is None or _entered(w, a):
        return False
    made = [
        s.moved(a, [w.quotes[w.quoted[q.first + a]] for q in s.quotes]) for s in kept.statements
    ]
    w.found += made
    for first, number in kept.owners:
        w.owner[first + a] = made[number]
    return True


def keep(w: Workspace, place: Place, a: int, b: int, before: int) -> None:
    """Keeps the statements that the paragraph [a, b) made: those found from number ``before`` on."""
    made = w.found[before:]
    if _entered(w, a) or _left(w, b) or not all(_within(s, a, b) for s in made):
        return
    numbers = {id(s): n for n, s in enumerate(made)}
    owners: list[tuple[int, int]] = []
    for q in _quotations(w, a, b):
        owner = w.owned(q)
        if not q.closed or (owner is not None and id(owner) not in numbers):
            return
        if owner is not None:
            owners.append((q.first - a, numbers[id(owner)]))
    if sum(len(s.quotes) for s in made) != len(owners):
        return
    place.kept = Kept([s.moved(-a, [_from(q, a) for q in s.quotes]) for s in made], owners)


def _entered(w: Workspace, a: int) -> bool:
    """Whether what stands before token ``a``, the first of its paragraph, may take its words."""
    if a and w.r.tag[a - 1] == ":":
        return True
    number = w.quoted[a]
    return number > 0 and w.quotes[number - 1].runs_on


def _left(w: Workspace, b: int) -> bool:
    return w.r.tag[b - 1] == ":"


def _within(s: Statement, a: int, b: int) -> bool:
    ranges = [*s.parts, *(x for x in (s.cue, s.source) if x is not None)]
    return s.inherits is None and all(a <= i and j <= b for i, j in ranges)


def _quotations(w: Workspace, a: int, b: int) -> list[Quotation]:
    return [w.quotes[n] for n in sorted(set(w.quoted[a:b])) if n >= 0]


def _from(q: Quotation, a: int) -> Quotation:
    """A quotation that is told by its first token alone, counted from token ``a``."""
    return Quotation(q.first - a, 0, 0, 0)
