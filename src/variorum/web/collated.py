"""A comparison laid out for reading: paragraphs of marked pieces, with claim changes beside them.

A Collation is a flat list of segments in the order of the new text. A reader wants paragraphs, the
old place of what moved, and each claim change next to its words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from variorum.model import ClaimChange, Collation, Document, Segment, Sentence, Span
from variorum.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one sign. ``notes`` numbers the claim changes whose words these are."""

    sign: str
    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment at a place. ``origin``: the old place of one that moved (its old side only)."""

    number: int
    op: str
    move: int | None
    origin: bool
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return self.op != "same" or self.move is not None


@dataclass(slots=True)
class Block:
    """A paragraph. ``number`` is its place in the new text (the old one's where it is gone)."""

    old: int | None
    new: int | None
    entries: list[Entry] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    headline: bool = False

    @property
    def changed(self) -> bool:
        return any(e.changed for e in self.entries)

    @property
    def gone(self) -> bool:
        """Whether nothing of it stands in the new text."""
        return all(e.op == "removed" or e.origin for e in self.entries)


def lay_out(
    collation: Collation, old: Document, new: Document, claims: Sequence[ClaimChange]
) -> list[Block]:
    """The comparison paragraph by paragraph. Claim change k is note k + 1."""
    before, after = sentences(old.text, old.language), sentences(new.text, new.language)
    marker = _Marker(old, new, before, after, claims)
    entries = [
        Entry(n, s.op, s.move, False, marker.pieces(s)) for n, s in enumerate(collation.segments)
    ]
    placed = _with_origins(collation.segments, entries)
    blocks = _paragraphs(placed, collation.segments, before, after)
    if blocks and (old.headline or new.headline):
        blocks[0].headline = bool(new.headline) and blocks[0].new == 0
    _attach(blocks, len(claims))
    return blocks


def _with_origins(segments: Sequence[Segment], entries: Sequence[Entry]) -> list[Entry]:
    """The entries with, where a segment moved away from, its old side once more."""
    before: dict[int, list[Entry]] = {}
    still = [(n, s) for n, s in enumerate(segments) if s.old and s.move is None]
    for n, s in enumerate(segments):
        if s.move is None or not s.old:
            continue
        follower = next((m for m, t in still if min(t.old) > min(s.old)), len(entries))
        pieces = tuple(replace(p, sign="=", notes=()) for p in entries[n].pieces if p.sign != "+")
        before.setdefault(follower, []).append(Entry(n, s.op, s.move, True, pieces))
    placed: list[Entry] = []
    for n, entry in enumerate(entries):
        placed += _by_old(before.get(n, ()), segments)
        placed.append(entry)
    return placed + _by_old(before.get(len(entries), ()), segments)


def _by_old(moved: Iterable[Entry], segments: Sequence[Segment]) -> list[Entry]:
    return sorted(moved, key=lambda e: min(segments[e.number].old))


def _paragraphs(
    entries: Sequence[Entry],
    segments: Sequence[Segment],
    before: Sequence[Sentence],
    after: Sequence[Sentence],
) -> list[Block]:
    """Entries grouped by the paragraph of the new text; what is gone stays with its old one."""
    blocks: list[Block] = []
    for entry in entries:
        segment = segments[entry.number]
        new = None
        if segment.new and not entry.origin:
            new = _paragraph(after, segment.new[0])
        old = _paragraph(before, segment.old[0]) if segment.old else None
        here = blocks[-1] if blocks else None
        if here is None or not _belongs(here, old, new):
            here = Block(None, None)
            blocks.append(here)
        here.entries.append(entry)
        here.new = new if here.new is None else here.new
        if entry.move is None or entry.origin:
            here.old = old if here.old is None else here.old
    return blocks


def _belongs(block: Block, old: int | None, new: int | None) -> bool:
    if new is not None:
        return block.new == new or (block.new is None and old is not None and block.old == old)
    return block.old is not None and block.old == old


def _paragraph(parts: Sequence[Sentence], index: int) -> int | None:
    return parts[index].paragraph if index < len(parts) else None


def _attach(blocks: Sequence[Block], count: int) -> None:
    """Put every note beside the first paragraph that has its words; the rest beside the first."""
    free = set(range(1, count + 1))
    for block in blocks:
        found = {n for e in block.entries for p in e.pieces for n in p.notes} & free
        block.notes = sorted(found)
        free -= found
    if blocks and free:
        blocks[0].notes = sorted({*blocks[0].notes, *free})


class _Marker:
    """Cuts the words of segments where claim changes begin and end."""

    def __init__(
        self,
        old: Document,
        new: Document,
        before: Sequence[Sentence],
        after: Sequence[Sentence],
        claims: Sequence[ClaimChange],
    ) -> None:
        self._old = _extents(old.text, before)
        self._new = _extents(new.text, after)
        self._old_marks = _marks(_old_span(c) for c in claims)
        self._new_marks = _marks(_new_span(c) for c in claims)

    def pieces(self, segment: Segment) -> tuple[Piece, ...]:
        """The segment's words as pieces, in order."""
        if not self._old_marks and not self._new_marks:
            return tuple(Piece(sign, text) for sign, text in segment.words if text)
        a = _Walk([self._old[i] for i in segment.old if i < len(self._old)])
        b = _Walk([self._new[j] for j in segment.new if j < len(self._new)])
        found: list[Piece] = []
        for sign, text in segment.words:
            at_old = a.place if sign != "+" else None
            at_new = b.place if sign != "-" else None
            if at_old is not None:
                a.step(len(text))
            if at_new is not None:
                b.step(len(text))
            # The new side's claims go before the old one's where the words are in both.
            marks, at = (
                (self._new_marks, at_new) if at_new is not None else (self._old_marks, at_old)
            )
            found += _cut(sign, text, at, marks)
        return tuple(found)


class _Walk:
    """Where in the text the next character of a segment's side stands."""

    def __init__(self, extents: Sequence[Span]) -> None:
        self._extents = list(extents)
        self.place: int | None = extents[0][0] if extents else None

    def step(self, length: int) -> None:
        while self._extents and self.place is not None:
            end = self._extents[0][1]
            if self.place + length < end:
                self.place += length
                return
            length -= end - self.place
            self._extents.pop(0)
            self.place = self._extents[0][0] if self._extents else None


def _cut(
    sign: str, text: str, at: int | None, marks: Sequence[tuple[int, int, int]]
) -> list[Piece]:
    if at is None:
        return [Piece(sign, text)] if text else []
    here = [m for m in marks if m[0] < at + len(text) and m[1] > at]
    if not here:
        return [Piece(sign, text)] if text else []
    edges = {0, len(text)}
    for start, end, _ in here:
        edges |= {min(max(start - at, 0), len(text)), min(max(end - at, 0), len(text))}
    found = []
    for s, e in itertools.pairwise(sorted(edges)):
        notes = tuple(n for start, end, n in here if start < at + e and end > at + s)
        found.append(Piece(sign, text[s:e], notes))
    return found


def _marks(spans: Iterable[Span | None]) -> list[tuple[int, int, int]]:
    return [(s[0], s[1], n) for n, s in enumerate(spans, 1) if s is not None and s[0] < s[1]]


def _old_span(change: ClaimChange) -> Span | None:
    return change.old_span or (change.old.content if change.old else None)


def _new_span(change: ClaimChange) -> Span | None:
    return change.new_span or (change.new.content if change.new else None)


def _extents(text: str, parts: Sequence[Sentence]) -> list[Span]:
    """Each sentence with the white space after it, as a Collation counts them."""
    cuts = [0, *(s.start for s in parts[1:]), len(text)] if parts else []
    return list(itertools.pairwise(cuts))
