"""Claims of sentences that the other version does not have: added, dropped, moved and altered."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from variorum.model import Claim, ClaimChange, Span
from variorum.model.claim import ChangeKind
from variorum.stages.claims.desk import (
    Desk,
    Ledger,
    became,
    came_statement,
    pieces_in,
    plain,
    short,
)
from variorum.stages.claims.figure_language import language_of
from variorum.stages.claims.layout import Layout
from variorum.stages.claims.match import Pairing
from variorum.stages.claims.passages import Side, passage
from variorum.stages.claims.weights import weight
from variorum.stages.claims.wording import content_difference, squeezed


def lone_changes(laid: Layout, before: Ledger, after: Ledger, pairs: Pairing) -> list[ClaimChange]:
    """Claims of sentences that came or went: added or dropped, unless their words stand on the
    other side after all."""
    found = []
    gone, come = before.touching(laid.lone_old), after.touching(laid.lone_new)
    other_new = laid.letters(new=True) if gone else ""
    other_old = laid.letters(new=False) if come else ""
    for i, claim in gone:
        if i not in pairs.old and _only_here(claim, before.text, laid.lone_old, other_new):
            found.append(_lone("dropped", claim, before.text, laid.lone_old))
    for j, claim in come:
        if j not in pairs.new and _only_here(claim, after.text, laid.lone_new, other_old):
            found.append(_lone("added", claim, after.text, laid.lone_new))
    return found + list(_apart(before, after, pairs))


def _only_here(claim: Claim, text: str, lone: Sequence[Span], other: str) -> bool:
    """Whether a claim of its own (not one inside another) stands in lone sentences, and its words
    nowhere in the other version."""
    if claim.within is not None or not _wholly(claim, lone):
        return False
    start, end = claim.content
    if claim.negated and claim.cue is not None:  # what is denied may be what others say
        start, end = min(start, claim.cue[0]), max(end, claim.cue[1])
    return is_missing(text[start:end], other)


_PIECE = re.compile(r"[^.!?;:,–—]+")
_TELLING = 20  # letters of a clause that prove by themselves that it stands elsewhere


def is_missing(content: str, other: str) -> bool:
    """Whether a content stands nowhere in the letters of another text: neither as a whole nor, by
    the greater part of its clauses, in pieces."""
    whole = squeezed(content)
    if whole in other:
        return False
    pieces = [squeezed(p) for p in _PIECE.findall(content)]
    there = sum(len(p) for p in pieces if len(p) >= _TELLING and p in other)
    return 2 * there < len(whole)


def _wholly(claim: Claim, lone: Sequence[Span]) -> bool:
    """Whether most of a claim's content lies in lone sentences."""
    starts, inside = [a for a, _ in lone], 0
    for s, e in claim.content_spans:
        for a, b in lone[max(0, bisect_left(starts, s) - 1) : bisect_left(starts, e)]:
            inside += max(0, min(e, b) - max(s, a))
    return 2 * inside > sum(e - s for s, e in claim.content_spans)


_LEAST_KEPT = 12  # letters of a statement's other sentences that are worth leaving out


def _part(claim: Claim, lone: Sequence[Span]) -> Span:
    """The part of a claim's content that lies in lone sentences, if the rest of it stayed: of a
    quotation of three sentences the two that went."""
    start, end = claim.content
    spans = [(max(a, start), min(b, end)) for a, b in lone if a < end and start < b]
    first, last = spans[0][0], spans[-1][1]
    part = (
        first if first - start >= _LEAST_KEPT else start,
        last if end - last >= _LEAST_KEPT else end,
    )
    told = pieces_in(claim, part)
    return told[0][0], told[-1][1]


def _lone(kind: ChangeKind, claim: Claim, text: str, lone: Sequence[Span]) -> ClaimChange:
    part = _part(claim, lone)
    what, gone = plain(text[slice(*part)]), kind == "dropped"
    return ClaimChange(
        kind,
        claim if gone else None,
        None if gone else claim,
        what if gone else "",
        "" if gone else what,
        weight=weight(kind),
        statement=came_statement(claim, text, kind, part),
        old_span=part if gone else None,
        new_span=None if gone else part,
    )


def _apart(before: Ledger, after: Ledger, pairs: Pairing) -> Iterator[ClaimChange]:
    """Claims that were paired without a link between their sentences: their words compared."""
    for pair in pairs.of(None):
        old, new = before.claims[pair.old], after.claims[pair.new]
        sides = (Side(before.text, (old.content,), language_of(before.text)),
                 Side(after.text, (new.content,), language_of(after.text)))  # fmt: skip
        desk = Desk(passage(*sides), before, after, [])
        if desk.both.hunks:
            kind: ChangeKind = "quote" if "direct" in (old.type, new.type) else "reworded"
            words = range(len(sides[0].word)), range(len(sides[1].word))
            gone, come = content_difference(sides[0].word, sides[1].word)
            if gone or come or kind == "quote":
                share = 1 - desk.both.alike
                desk.add(kind, *words, became(short(sides[0].quote(0, words[0].stop)),
                                               short(sides[1].quote(0, words[1].stop))),
                         claims=(old, new), weighs={"changed": share})  # fmt: skip
        yield from desk.found
