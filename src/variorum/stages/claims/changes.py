"""What became of the claims of one version in the next.

The collation says which sentences belong together; only passages that it does not call "same" are
looked at, so that moves, splits, merges and typography never make a claim change. In each passage
the changes are found gravest first, and each accounts for the words that it explains, so that no
edit is reported twice: quoted words, speakers, new and dropped statements, negation, figures,
hedges, and last what is left of a statement's own words.

The narrator's own statements take part with their figures, hedges, negation and quoted words: such
a change has ``old`` and ``new`` None, and its places in ``old_span`` and ``new_span``.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from variorum.model import Claim, ClaimChange, Collation, Document, Span
from variorum.stages.claims.announce import announced
from variorum.stages.claims.comparable import comparable
from variorum.stages.claims.desk import Ledger
from variorum.stages.claims.judge import judge_passage
from variorum.stages.claims.layout import Layout, layout
from variorum.stages.claims.lone import lone_changes
from variorum.stages.claims.match import Pair, Pairing, match_apart, match_in_passage
from variorum.stages.claims.memory import Memory
from variorum.stages.claims.passages import Side
from variorum.stages.claims.rephrased import with_rephrased
from variorum.text.typography import fold

# Passages compared word by word; a version that was written anew has more, and those beyond are
# left to the collation alone. Never reached by the real pairs measured (their longest had 160).
MOST_PASSAGES = 2000


def compare_claims(old: Document, new: Document, collation: Collation) -> list[ClaimChange]:
    """What became of the claims of ``old`` in ``new``, weightiest first."""
    if not any(s.op != "same" for s in collation.segments):
        return []
    before, memory = _remembered(old, None)
    after, _ = _remembered(new, memory)
    return compare_ledgers(old, new, collation, before, after)


_LEDGERS: OrderedDict[Document, tuple[tuple[Claim, ...], Memory]] = OrderedDict()
_MOST_LEDGERS = 64
_MOST_PARAGRAPHS = 256  # remembered of a story with each; most have thirty


def _remembered(document: Document, memory: Memory | None) -> tuple[tuple[Claim, ...], Memory]:
    """The ledger of a document, and the ``memory`` that it was found with. The newer version of one
    comparison is the older of the next: the last few are kept (some 100 kB each)."""
    from variorum.stages.claims.attribution import attributed_statements

    known = _LEDGERS.pop(document, None)
    if known is None:
        memory = memory or Memory(_MOST_PARAGRAPHS)
        known = tuple(attributed_statements(document, memory)), memory
    _LEDGERS[document] = known
    while len(_LEDGERS) > _MOST_LEDGERS:
        _LEDGERS.popitem(last=False)
    return known


def forget() -> None:
    """Forget the ledgers remembered, for measuring."""
    _LEDGERS.clear()


def compare_ledgers(
    old: Document,
    new: Document,
    collation: Collation,
    old_claims: Sequence[Claim],
    new_claims: Sequence[Claim],
) -> list[ClaimChange]:
    """:func:`compare_claims` with both ledgers already made."""
    laid = layout(old, new, collation, MOST_PASSAGES)
    before = _concerned(old.text, old_claims, laid.lone_old, [p.old for p in laid.passages])
    after = _concerned(new.text, new_claims, laid.lone_new, [p.new for p in laid.passages])
    pairs = Pairing(_pairs(laid, before, after))
    changes: list[ClaimChange] = []
    for number in range(len(laid.passages)):
        changes += judge_passage(laid, number, before, after, pairs)
    changes += lone_changes(laid, before, after, pairs)
    changes = with_rephrased(changes, old.text, new.text)
    return sorted(announced(_once(changes), laid), key=lambda c: -c.weight)


def _concerned(
    text: str, claims: Sequence[Claim], lone: Sequence[Span], sides: Sequence[Side]
) -> Ledger:
    """The claims of changed places that take part; the others are not even looked at."""
    places = [*lone, *(span for side in sides for span in side.ranges)]
    touched = [c for _, c in Ledger(text, claims).touching(places)]
    return Ledger(text, comparable(touched, text))


def claim_links(
    old: Document,
    new: Document,
    collation: Collation,
    old_claims: Sequence[Claim],
    new_claims: Sequence[Claim],
) -> list[tuple[int, int]]:
    """Which claim of ``new`` is which of ``old``, by their numbers: those that read alike, in
    order, then those that the comparison pairs. Each is linked once at most."""
    links = _identical(old.text, new.text, old_claims, new_claims)
    taken_old, taken_new = {i for i, _ in links}, {j for _, j in links}
    before = [(i, c) for i, c in enumerate(old_claims) if i not in taken_old]
    after = [(j, c) for j, c in enumerate(new_claims) if j not in taken_new]
    if not before or not after:
        return sorted(links)
    laid = layout(old, new, collation, MOST_PASSAGES)
    mine = Ledger(old.text, [c for _, c in before])
    theirs = Ledger(new.text, [c for _, c in after])
    links += [(before[p.old][0], after[p.new][0]) for p in _pairs(laid, mine, theirs)]
    return sorted(links)


def _identical(
    old: str, new: str, old_claims: Sequence[Claim], new_claims: Sequence[Claim]
) -> list[tuple[int, int]]:
    """Claims whose contents are the same but for typography, in reading order."""
    waiting: dict[str, list[int]] = {}
    for j, claim in enumerate(new_claims):
        waiting.setdefault(fold(new[slice(*claim.content)]), []).append(j)
    links = []
    for i, claim in enumerate(old_claims):
        same = waiting.get(fold(old[slice(*claim.content)]))
        if same:
            links.append((i, same.pop(0)))
    return links


def _pairs(laid: Layout, before: Ledger, after: Ledger) -> list[Pair]:
    """Claims of both sides that are one: passage by passage, then those of lone sentences."""
    pairs: list[Pair] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for number, both in enumerate(laid.passages):
        old, new = before.touching(both.old.ranges), after.touching(both.new.ranges)
        found = match_in_passage(
            both,
            number,
            [(i, c) for i, c in old if i not in taken_old],
            [(j, c) for j, c in new if j not in taken_new],
        )
        taken_old.update(p.old for p in found)
        taken_new.update(p.new for p in found)
        pairs += found
    lone_old = [(i, c) for i, c in before.touching(laid.lone_old) if i not in taken_old]
    lone_new = [(j, c) for j, c in after.touching(laid.lone_new) if j not in taken_new]
    return pairs + match_apart(before.text, after.text, lone_old, lone_new)


def _once(changes: list[ClaimChange]) -> list[ClaimChange]:
    """Leave out a second report of the same kind at the same place; and of one quoted term whose
    marks changed alike in many places, or one figure that the narrator revised alike, all but the
    first, which says how many there are."""
    seen: set[object] = set()
    places = Counter(_term(c) for c in changes)
    out = []
    for change in changes:
        term = _term(change)
        keys: set[object] = {(change.kind, change.old_span, change.new_span)}
        if term is not None and places[term] >= MANY_PLACES:
            keys.add(term)
            change = _in_places(change, places[term])
        if not keys & seen:
            out.append(change)
        seen |= keys
    return out


MANY_PLACES = 3  # places from which on one report stands for all; two are still told one by one
_TERM = 6  # words of a term; a whole sentence that is quoted twice is two quotations


def _term(change: ClaimChange) -> tuple[str, ...] | None:
    """What a report on the marks of a term, or on a figure of the narrator's, says, places apart;
    None for any other report."""
    if change.kind == "figure" and change.old is None and change.new is None:
        return ("figure", change.statement)
    if change.details.get("how") not in {"moved", "quoted", "unquoted"}:
        return None
    if len(change.before.split()) > _TERM:
        return None
    return (change.details["how"], fold(change.before).lower(), fold(change.after).lower())


def _in_places(change: ClaimChange, places: int) -> ClaimChange:
    return replace(
        change,
        statement=f"{change.statement} (in {places} places)",
        details={**change.details, "places": places},
    )
