"""Two Documents collated: segments over their sentences, and the fields that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variorum.model import Collation, Document, Op, Segment, Word
from variorum.stages.collate.align import METHOD, align
from variorum.stages.collate.chain import Candidate
from variorum.stages.collate.fields import field_edits
from variorum.stages.collate.headings import with_headings
from variorum.stages.collate.moves import moves
from variorum.stages.collate.words import BY_ANCHORS, too_long, word_edits
from variorum.text.sentences import SPLITTER, Cuts, cuts
from variorum.text.typography import fold


def collate_documents(old: Document, new: Document) -> Collation:
    """The Collation of two versions, neighbours or not.

    Segments stand in the reading order of the new text; what is only in the old one stands where it
    stood, before what came in its place. Every segment is a run of sentences on either side, so the
    old sides sorted by sentence join to the old text. A passage that differs in typography only
    (:func:`variorum.text.typography.fold`) is ``same``; its words still hold both forms. The white
    space before the first sentence belongs to it. A text of white space only has no sentence: its
    white space goes with the first segment, or makes one of its own.
    """
    before, after = cuts(old.text, old.language), cuts(new.text, new.language)
    alignment = align(before.texts, after.texts)
    maker = _Segments(old.text, before, new.text, after)
    segments = maker.make(with_headings(alignment.blocks, before, after))
    return Collation(
        f"{METHOD} {SPLITTER}",
        tuple(segments),
        tuple(field_edits(old, new)),
        alignment.limits + maker.limits,
    )


class _Segments:
    """Makes the segments of one pair of texts from its aligned blocks."""

    def __init__(self, old: str, before: Cuts, new: str, after: Cuts) -> None:
        self.old, self.new = old, new
        self.before, self.after = before, after
        self.old_cuts, self.new_cuts = _bounds(old, before), _bounds(new, after)
        self.limits: tuple[str, ...] = ()

    def make(self, blocks: Sequence[Candidate]) -> list[Segment]:
        moved = moves(blocks, self._letters, mirrored=self.old > self.new)
        linked = [self._linked(b, moved.get(k)) for k, b in enumerate(blocks)]
        return self._with_bare_space(self._in_order(linked))

    def _letters(self, b: Candidate) -> int:
        old_cuts, new_cuts = self.old_cuts, self.new_cuts
        return old_cuts[b.old_end] - old_cuts[b.old] + new_cuts[b.new_end] - new_cuts[b.new]

    def _in_order(self, linked: Sequence[Segment]) -> list[Segment]:
        """All segments: between two that stay, what went stands before what came."""
        moved = [s for s in linked if s.move is not None]
        moved_away = {i for s in moved for i in s.old}
        moved_here = {s.new[0]: s for s in moved}
        found: list[Segment] = []
        at_old = at_new = 0
        last: Segment | None = None
        stays: list[Segment | None] = [*(s for s in linked if s.move is None), None]
        for stay in stays:
            old_start = stay.old[0] if stay else len(self.before.starts)
            new_start = stay.new[0] if stay else len(self.after.starts)
            if old_start > at_old or new_start > at_new:
                gone = [self._removed(i) for i in range(at_old, old_start) if i not in moved_away]
                found += self._gap(last, gone, self._came(at_new, new_start, moved_here))
            if stay:
                found.append(stay)
                at_old, at_new = stay.old[-1] + 1, stay.new[-1] + 1
            last = stay
        return found

    def _came(self, at: int, end: int, moved_here: Mapping[int, Segment]) -> list[Segment]:
        """What was added or moved between two that stay."""
        found: list[Segment] = []
        while at < end:
            found.append(moved_here.get(at) or self._added(at))
            at = found[-1].new[-1] + 1
        return found

    def _gap(
        self, last: Segment | None, gone: list[Segment], fresh: list[Segment]
    ) -> list[Segment]:
        """What went before what came; but what goes on with the last paragraph comes first, if what
        went stood in a later one."""
        if not (last and gone and fresh):
            return gone + fresh
        old_paragraph = self.before.paragraphs[last.old[-1]]
        new_paragraph = self.after.paragraphs[last.new[-1]]
        if self.before.paragraphs[gone[0].old[0]] == old_paragraph:
            return gone + fresh
        k = 0
        while k < len(fresh) and self.after.paragraphs[fresh[k].new[0]] == new_paragraph:
            k += 1
        return fresh[:k] + gone + fresh[k:]

    def _linked(self, b: Candidate, move: int | None) -> Segment:
        old_start, old_end, new_start, new_end, _ = b
        old = self.old[self.old_cuts[old_start] : self.old_cuts[old_end]]
        new = self.new[self.new_cuts[new_start] : self.new_cuts[new_end]]
        here: tuple[int, ...] = (old_start,)
        there: tuple[int, ...] = (new_start,)
        if old_end - old_start > 1 or new_end - new_start > 1:
            here, there = tuple(range(old_start, old_end)), tuple(range(new_start, new_end))
        if old == new:
            return Segment("same", here, there, (("=", old),), move)
        words = word_edits(old, new)
        if too_long(old, new):
            self.limits = (BY_ANCHORS,)
        return Segment(_op(b, old, new), here, there, words, move)

    def _added(self, j: int) -> Segment:
        return Segment(
            "added", (), (j,), (("+", self.new[self.new_cuts[j] : self.new_cuts[j + 1]]),)
        )

    def _removed(self, i: int) -> Segment:
        return Segment(
            "removed", (i,), (), (("-", self.old[self.old_cuts[i] : self.old_cuts[i + 1]]),)
        )

    def _with_bare_space(self, found: list[Segment]) -> list[Segment]:
        """The white space of a side that has no sentence at all."""
        gone: tuple[Word, ...] = (("-", self.old),) if self.old and not self.before.starts else ()
        came: tuple[Word, ...] = (("+", self.new),) if self.new and not self.after.starts else ()
        if not gone and not came:
            return found
        if not found:
            same = self.old == self.new
            return [Segment("same", (), (), (("=", self.old),) if same else gone + came)]
        first = found[0]
        return [Segment(first.op, first.old, first.new, gone + first.words + came), *found[1:]]


def _op(b: Candidate, old: str, new: str) -> Op:
    if fold(old) == fold(new):
        return "same"
    one, other = b.old_end - b.old, b.new_end - b.new
    if one == 1 and other > 1:
        return "split"
    return "merged" if one > 1 and other == 1 else "edited"


def _bounds(text: str, parts: Cuts) -> list[int]:
    """Where each sentence begins, the first at 0, and where the text ends."""
    return [0, *parts.starts[1:], len(text)] if parts.starts else [0]
