"""Links between the sentences of two texts: same, edited, split, merged, moved.

In one line: unchanged sentences first; for the others the evidence of shared rare words; then the
heaviest common order of all candidates, splits and merges among them, stays in place; what is left
over but strongly alike has moved; and what stands alone between the same neighbours on both sides
belongs together on little evidence.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import NamedTuple

from rapidfuzz.distance import Indel

from variorum.stages.collate.chain import Candidate, heaviest_chain, mirror
from variorum.stages.collate.evidence import MOST_LETTERS, Evidence
from variorum.stages.collate.groups import group_candidates
from variorum.stages.collate.identical import unchanged

Link = tuple[int, int]

METHOD = "variorum-align/5"
#: Likeness from which a pair in reading order is a link. This and the next four were set on half of
#: the alignment set (a hash of the pair's id) and checked on the other half.
IN_ORDER = 0.293
#: A pair is no candidate if one of its sentences is this much more like another one.
RIVAL = 0.3
#: What a neighbour linked right before or right after adds to a candidate.
BESIDE = 0.04
#: What each sentence more between a candidate and its neighbour on one side than on the other takes
#: off it.
ASIDE = 0.02
#: Likeness from which a pair is a link that stands out of step with its neighbours, but in order.
OUT_OF_STEP = 0.35
#: Likeness from which a pair out of order is a move.
MOVED = 0.55
#: Likeness (words; else letters) for two sentences alone between linked neighbours.
ALONE = 0.12
ALONE_LETTERS = 0.45
#: Likeness for several between linked neighbours, as many on both sides: of those in step.
IN_STEP = 0.17

#: Above so many sentences on a side, only unchanged ones and those alone in a gap are linked.
MOST_SENTENCES = 60_000


class Alignment(NamedTuple):
    """What belongs together, in the order of the old text, and the limits hit on the way.

    Each block is a run of old sentences with the run of new ones it became; no sentence is in two
    blocks. ``gain`` is what the block was worth, for debugging.
    """

    blocks: list[Candidate]
    limits: tuple[str, ...]

    @property
    def links(self) -> list[Link]:
        """Every pair of sentences in one block, sorted."""
        found: list[Link] = []
        for old, old_end, new, new_end, _ in self.blocks:
            if old_end - old == 1 == new_end - new:
                found.append((old, new))
            else:
                found += [(i, j) for i in range(old, old_end) for j in range(new, new_end)]
        return found


def align_sentences(old: Sequence[str], new: Sequence[str]) -> list[Link]:
    """Links (i, j), sorted: sentence i of ``old`` became (part of) sentence j of ``new``.

    Many-to-many; a sentence without a link came or went. Memory is linear in the texts.
    """
    return align(old, new).links


def align(old: Sequence[str], new: Sequence[str]) -> Alignment:
    """:func:`align_sentences` as blocks, with the limits that were hit.

    Ties are broken on one fixed orientation of the two texts, so that swapping them mirrors the
    result exactly.
    """
    if list(old) <= list(new):
        return _Aligner(old, new).run()
    mirrored = _Aligner(new, old).run()
    return Alignment(sorted(map(mirror, mirrored.blocks)), mirrored.limits)


class _Aligner:
    """One alignment under way. ``start`` and the ends bound what differs: the rest is the same."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = old, new
        self.start, self.old_end, self.new_end = _differing(old, new)
        self.blocks: list[Candidate] = []
        self.old_linked: set[int] = set()
        self.new_linked: set[int] = set()
        self.likeness: dict[Link, float] = {}
        self.limits: tuple[str, ...] = ()

    def run(self) -> Alignment:
        same_start = _in_step(0, 0, self.start)
        same_end = _in_step(self.old_end, self.new_end, len(self.old) - self.old_end)
        if self.start < self.old_end and self.start < self.new_end:
            self._differing_part()
        return Alignment(same_start + sorted(self.blocks) + same_end, self.limits)

    def _differing_part(self) -> None:
        span = (self.start, self.old_end, self.new_end)
        identical, left, right = unchanged(self.old, self.new, span)
        if _all_in_order(identical) and self._plain(left, right):
            for c in identical:
                self._link(c)
            return
        alike = self._alike(left, right)
        corners = (self.start, self.start), (self.old_end, self.new_end)
        chain = heaviest_chain(identical + alike, corners, BESIDE, ASIDE)
        for c in chain:
            self._link(c)
        self._left_over(chain, identical, alike)
        self._alone()

    def _plain(self, left: Sequence[int], right: Sequence[int]) -> bool:
        """Whether the rest is settled too, all that is unchanged being in order: sentences of one
        side only; or one of each, in the same gap and alike enough in their letters to be linked
        on any evidence of words."""
        if not left or not right:
            return True
        if not len(left) == len(right) == 1 or left != right or len(self.old) > MOST_SENTENCES:
            return False
        i, j = left[0], right[0]
        if not self._alike_in_letters(i, j):
            return False
        self._link(Candidate(i, i + 1, j, j + 1, 0.0))
        return True

    def _link(self, c: Candidate) -> None:
        self.blocks.append(c)
        self.old_linked.update(range(c.old, c.old_end))
        self.new_linked.update(range(c.new, c.new_end))

    def _alike(self, left: list[int], right: list[int]) -> list[Candidate]:
        """Candidates among the sentences that cannot all be unchanged ones."""
        old, new = self.old, self.new
        if not left or not right:
            return []
        if max(len(old), len(new)) > MOST_SENTENCES:
            self.limits = ("only-unchanged-sentences-linked",)
            return []
        evidence = Evidence(old, new, left, right)
        shared = evidence.shared()
        if evidence.cut:
            self.limits = ("common-words-propose-no-pairs",)
        old_mass, new_mass = evidence.old_mass, evidence.new_mass
        found: list[Candidate] = []
        for (i, j), common in shared.items():
            one, other = old[i], new[j]
            if one == other:
                continue
            like = evidence.score(common, old_mass[i] + new_mass[j], one, other)
            self.likeness[i, j] = like
            if like > IN_ORDER - 2 * BESIDE:
                found.append(Candidate(i, i + 1, j, j + 1, like - IN_ORDER))
        return _without_rivals(found) + group_candidates(evidence, shared, IN_ORDER)

    def _left_over(
        self,
        chain: Sequence[Candidate],
        identical: Sequence[Candidate],
        alike: Sequence[Candidate],
    ) -> None:
        """What the common order left out but is the same, or strongly alike: it has moved, or is
        out of step."""
        loose = [c for c in identical if c.old not in self.old_linked]
        for c in sorted(loose, key=lambda c: (-c.gain, c)):
            self._link_if_free(c)
        strong = [c for c in alike if c.gain >= OUT_OF_STEP - IN_ORDER]
        for c in sorted(strong, key=lambda c: (-c.gain, c)):
            if c.gain >= MOVED - IN_ORDER or _fits(c, chain):
                self._link_if_free(c)

    def _link_if_free(self, c: Candidate) -> None:
        if (
            c.old not in self.old_linked
            and c.new not in self.new_linked
            and self.old_linked.isdisjoint(range(c.old, c.old_end))
            and self.new_linked.isdisjoint(range(c.new, c.new_end))
        ):
            self._link(c)

    def _alone(self) -> None:
        """Unlinked sentences between the same linked neighbours, as many on one side as on the
        other: each may belong to the one in step with it."""
        free = [i for i in range(self.start, self.old_end) if i not in self.old_linked]
        if not free:
            return
        before = {b.old_end: b.new_end for b in self.blocks}
        after = {b.old: b.new for b in self.blocks}
        before[self.start] = self.start
        after[self.old_end] = self.new_end
        for i in free:
            if i not in before:
                continue
            j = before[i]
            count = self._free_in_step(i, j)
            if after.get(i + count) != j + count:
                continue
            for k in range(count):
                if self._belongs(i + k, j + k, alone=count == 1):
                    self._link(Candidate(i + k, i + k + 1, j + k, j + k + 1, 0.0))

    def _free_in_step(self, i: int, j: int) -> int:
        """How many sentences from ``i`` and from ``j`` on are unlinked on both sides."""
        count = 0
        while (
            i + count < self.old_end
            and j + count < self.new_end
            and i + count not in self.old_linked
            and j + count not in self.new_linked
        ):
            count += 1
        return count

    def _belongs(self, i: int, j: int, *, alone: bool) -> bool:
        if not alone:
            return self.likeness.get((i, j), 0.0) > IN_STEP
        return self._some_likeness(i, j)

    def _some_likeness(self, i: int, j: int) -> bool:
        if self.likeness.get((i, j), 0.0) > ALONE:
            return True
        return self._alike_in_letters(i, j)

    def _alike_in_letters(self, i: int, j: int) -> bool:
        if len(self.old[i]) * len(self.new[j]) > MOST_LETTERS:
            return False
        return Indel.normalized_similarity(self.old[i], self.new[j]) > ALONE_LETTERS


def _fits(c: Candidate, chain: Sequence[Candidate]) -> bool:
    """Whether a candidate stands between the same neighbours of a chain on both sides."""
    k = bisect(chain, c)
    before, after = chain[k - 1] if k else None, chain[k] if k < len(chain) else None
    return not (
        (before and (before.old_end > c.old or before.new_end > c.new))
        or (after and (after.old < c.old_end or after.new < c.new_end))
    )


def _all_in_order(blocks: Sequence[Candidate]) -> bool:
    return all(a.old_end <= b.old and a.new_end <= b.new for a, b in pairwise(blocks))


def _without_rivals(pairs: list[Candidate]) -> list[Candidate]:
    """The pairs without those that have a much stronger one on either side, wherever it stands:
    a weak link in order must not keep a passage from being seen to have moved."""
    best_old: dict[int, float] = {}
    best_new: dict[int, float] = {}
    for i, _, j, _, gain in pairs:
        if gain > best_old.get(i, -1.0):
            best_old[i] = gain
        if gain > best_new.get(j, -1.0):
            best_new[j] = gain
    return [c for c in pairs if c.gain >= max(best_old[c.old], best_new[c.new]) - RIVAL]


def _in_step(old: int, new: int, count: int) -> list[Candidate]:
    """Unchanged sentences, as many on both sides, from two places on."""
    olds, news = range(old, old + count + 1), range(new, new + count + 1)
    columns = zip(olds, olds[1:], news, news[1:], repeat(1.0), strict=False)
    return list(map(tuple.__new__, repeat(Candidate), columns))  # past the checks of NamedTuple


def _differing(old: Sequence[str], new: Sequence[str]) -> tuple[int, int, int]:
    """The part that differs: ``[start, old_end)`` against ``[start, new_end)``."""
    start, least = 0, min(len(old), len(new))
    while start < least and old[start] == new[start]:
        start += 1
    old_end, new_end = len(old), len(new)
    while old_end > start and new_end > start and old[old_end - 1] == new[new_end - 1]:
        old_end -= 1
        new_end -= 1
    return start, old_end, new_end
