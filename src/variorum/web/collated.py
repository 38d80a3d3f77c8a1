"""A comparison laid out for reading, with each claim change put beside its words.

Paragraphs, moves and numbers of changes are those of ``publish.render_layout``, so that an anchor
means the same change wherever a comparison is shown; here the words are cut where the words of
claim changes begin and end.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from variorum.model import ClaimChange, Document, Segment, Sentence, Span, Word
from variorum.stages.publish.render_layout import Item, Layout, Paragraph
from variorum.text.typography import fold

_Mark = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one sign. ``notes`` numbers the claim changes whose words these are."""

    sign: str
    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment at a place; ``number`` is that of its change (None: unchanged). ``origin``: the old
    place of one that moved; ``leads``: the first of its moved block."""

    number: int | None
    op: str
    move: int | None
    origin: bool
    leads: bool
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class Block:
    """A paragraph with its place in either text, and the claim changes beside it."""

    old: int | None
    new: int | None
    entries: list[Entry]
    headline: bool = False
    notes: list[int] = field(default_factory=list)

    @property
    def changes(self) -> list[int]:
        """The numbers of the changes in it."""
        return list(dict.fromkeys(e.number for e in self.entries if e.number is not None))

    @property
    def gone(self) -> bool:
        """Whether nothing of it stands in the new text."""
        return all(e.op == "removed" or e.origin for e in self.entries)

    @property
    def fresh(self) -> bool:
        """Whether nothing of it stood in the old text."""
        return all(e.op == "added" for e in self.entries)


def lay_out(
    layout: Layout, old: Document, new: Document, claims: Sequence[ClaimChange]
) -> list[Block]:
    """The comparison paragraph by paragraph. Claim change k is note k + 1."""
    marker = _Marker(old, new, layout, claims)
    blocks = [_block(p, layout, marker) for p in layout.paragraphs]
    _attach(blocks, len(claims))
    return blocks


def in_reading_order(layout: Layout, claims: Sequence[ClaimChange]) -> list[ClaimChange]:
    """Claim changes as their words come in the comparison, so that notes are numbered downwards."""
    rank: dict[tuple[str, int], int] = {}
    for n, paragraph in enumerate(layout.paragraphs):
        for side, number in (("old", paragraph.old), ("new", paragraph.new)):
            if number is not None:
                rank.setdefault((side, number), n)

    def place(change: ClaimChange) -> tuple[int, int]:
        for side, span, parts in (
            ("new", _new_span(change), layout.after),
            ("old", _old_span(change), layout.before),
        ):
            if span is not None and parts:
                at = max(0, bisect_right(parts, span[0], key=lambda s: s.start) - 1)
                start = parts[at].paragraph
                return rank.get((side, start), len(rank)), span[0]
        return len(rank), 0

    return sorted(claims, key=place)


def _block(paragraph: Paragraph, layout: Layout, marker: _Marker) -> Block:
    entries = [
        Entry(i.number, i.segment.op, i.move, i.origin, i.leads, _pieces(i, marker))
        for i in paragraph.items
    ]
    headline = (
        paragraph.new == 0 and layout.new_headline
        if paragraph.new is not None
        else paragraph.old == 0 and layout.old_headline
    )
    return Block(paragraph.old, paragraph.new, entries, headline)


def _pieces(item: Item, marker: _Marker) -> tuple[Piece, ...]:
    if item.origin:
        return tuple(Piece(sign, text) for sign, text in item.words)
    return tuple(marker.pieces(item.segment))


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
        self, old: Document, new: Document, layout: Layout, claims: Sequence[ClaimChange]
    ) -> None:
        self._old = _extents(old.text, layout.before)
        self._new = _extents(new.text, layout.after)
        self._old_marks = _marks(_old_span(c) for c in claims)
        self._new_marks = _marks(_new_span(c) for c in claims)

    def pieces(self, segment: Segment) -> list[Piece]:
        """The segment's words in order, differences of white space and typography settled."""
        a = _Walk([self._old[i] for i in segment.old if i < len(self._old)])
        b = _Walk([self._new[j] for j in segment.new if j < len(self._new)])
        found: list[Piece] = []
        words = segment.words
        for k, (sign, text) in enumerate(words):
            # The new side's claims go before the old one's where the words are in both.
            at = b.place if sign != "-" else a.place
            marks = self._new_marks if sign != "-" else self._old_marks
            if sign != "+":
                a.step(len(text))
            if sign != "-":
                b.step(len(text))
            if sign == "-" and (not text.strip() or _settled(words, k)):
                continue
            if sign == "+" and (not text.strip() or _settled(words, k - 1)):
                sign = "="
            found += _cut(sign, text, at, marks)
        return found


def _settled(words: Sequence[Word], k: int) -> bool:
    """Whether word k went and the next one came, and they differ in typography alone."""
    if k < 0 or k + 1 >= len(words):
        return False
    (first, old), (second, new) = words[k], words[k + 1]
    return first == "-" and second == "+" and fold(old) == fold(new)


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


def _cut(sign: str, text: str, at: int | None, marks: Sequence[_Mark]) -> list[Piece]:
    if not text:
        return []
    here = [] if at is None else [m for m in marks if m[0] < at + len(text) and m[1] > at]
    if not here or at is None:
        return [Piece(sign, text)]
    edges = {0, len(text)}
    for start, end, _ in here:
        edges |= {min(max(start - at, 0), len(text)), min(max(end - at, 0), len(text))}
    found = []
    for s, e in itertools.pairwise(sorted(edges)):
        notes = tuple(n for start, end, n in here if start < at + e and end > at + s)
        found.append(Piece(sign, text[s:e], notes))
    return found


def _marks(spans: Iterable[Span | None]) -> list[_Mark]:
    return [(s[0], s[1], n) for n, s in enumerate(spans, 1) if s is not None and s[0] < s[1]]


def _old_span(change: ClaimChange) -> Span | None:
    return change.old_span or (change.old.content if change.old else None)


def _new_span(change: ClaimChange) -> Span | None:
    return change.new_span or (change.new.content if change.new else None)


def _extents(text: str, parts: Sequence[Sentence]) -> list[Span]:
    """Each sentence with the white space after it, as a Collation counts them."""
    cuts = [0, *(s.start for s in parts[1:]), len(text)] if parts else []
    return list(itertools.pairwise(cuts))
