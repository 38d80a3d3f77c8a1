"""Two Documents collated: segments over their sentences, and the fields that differ."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from variorum.model import Collation, Document, Op, Segment, Sentence, Word
from variorum.stages.collate.align import METHOD, align
from variorum.stages.collate.chain import Candidate
from variorum.stages.collate.fields import field_edits
from variorum.stages.collate.moves import moves
from variorum.stages.collate.words import BY_ANCHORS, too_long, word_edits
from variorum.text.sentences import SPLITTER, sentences
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
    before, after = sentences(old.text, old.language), sentences(new.text, new.language)
    alignment = align([s.text for s in before], [s.text for s in after])
    maker = _Segments(old.text, before, new.text, after)
    segments = maker.make(alignment.blocks)
    return Collation(
        f"{METHOD} {SPLITTER}",
        tuple(segments),
        tuple(field_edits(old, new)),
        alignment.limits + maker.limits,
    )


class _Segments:
    """Makes the segments of one pair of texts from its aligned blocks."""

    def __init__(
        self, old: str, before: Sequence[Sentence], new: str, after: Sequence[Sentence]
    ) -> None:
        self.old, self.new = old, new
        self.before, self.after = before, after
        self.old_cuts, self.new_cuts = _cuts(old, before), _cuts(new, after)
        self.limits: tuple[str, ...] = ()

    def make(self, blocks: Sequence[Candidate]) -> list[Segment]:
        old_cuts, new_cuts = self.old_cuts, self.new_cuts
        letters = [
            old_cuts[b.old_end] - old_cuts[b.old] + new_cuts[b.new_end] - new_cuts[b.new]
            for b in blocks
        ]
        moved = moves(blocks, letters, mirrored=self.old > self.new)
        linked = [self._linked(b, moved.get(k)) for k, b in enumerate(blocks)]
        found = self._in_order(linked)
        return self._with_bare_space(found)

    def _in_order(self, linked: Sequence[Segment]) -> list[Segment]:
        """All segments: between two that stay, what went stands before what came."""
        has_old = set(itertools.chain.from_iterable([s.old for s in linked]))
        has_new = set(itertools.chain.from_iterable([s.new for s in linked]))
        came = [s for s in linked if s.move is not None]
        came += [self._added(j) for j in range(len(self.after)) if j not in has_new]
        came.sort(key=lambda s: s.new[0])
        found: list[Segment] = []
        at_old = at_came = 0
        stays: list[Segment | None] = [*(s for s in linked if s.move is None), None]
        last: Segment | None = None
        for stay in stays:
            old_end = stay.old[0] if stay else len(self.before)
            new_end = stay.new[0] if stay else len(self.after)
            gone = [self._removed(i) for i in range(at_old, old_end) if i not in has_old]
            from_came = at_came
            while at_came < len(came) and came[at_came].new[0] < new_end:
                at_came += 1
            if gone or at_came > from_came:
                found += self._gap(last, gone, came[from_came:at_came])
            if stay:
                found.append(stay)
                at_old = stay.old[-1] + 1
            last = stay
        return found

    def _gap(
        self, last: Segment | None, gone: list[Segment], fresh: list[Segment]
    ) -> list[Segment]:
        """What went before what came; but what goes on with the last paragraph comes first, if what
        went stood in a later one."""
        if not (last and gone and fresh):
            return gone + fresh
        old_paragraph = self.before[last.old[-1]].paragraph
        new_paragraph = self.after[last.new[-1]].paragraph
        if self.before[gone[0].old[0]].paragraph == old_paragraph:
            return gone + fresh
        k = 0
        while k < len(fresh) and self.after[fresh[k].new[0]].paragraph == new_paragraph:
            k += 1
        return fresh[:k] + gone + fresh[k:]

    def _linked(self, b: Candidate, move: int | None) -> Segment:
        old_start, old_end, new_start, new_end, _ = b
        old = self.old[self.old_cuts[old_start] : self.old_cuts[old_end]]
        new = self.new[self.new_cuts[new_start] : self.new_cuts[new_end]]
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
        gone: tuple[Word, ...] = (("-", self.old),) if self.old and not self.before else ()
        came: tuple[Word, ...] = (("+", self.new),) if self.new and not self.after else ()
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


def _cuts(text: str, parts: Sequence[Sentence]) -> list[int]:
    """Where each sentence begins, the first at 0, and where the text ends."""
    return [0, *(s.start for s in itertools.islice(parts, 1, None)), len(text)] if parts else [0]
