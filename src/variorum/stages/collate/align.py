"""Links between the sentences of two texts: same, edited, split, merged, moved.

In one line: unchanged sentences first; for the others the evidence of shared rare words; then the
heaviest common order of all candidates, splits and merges among them, stays in place; what is left
over but strongly alike has moved; and what stands alone between the same neighbours on both sides
belongs together on little evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from variorum.stages.collate.chain import Candidate, heaviest_chain
from variorum.stages.collate.evidence import Evidence
from variorum.stages.collate.groups import group_candidates
from variorum.stages.collate.identical import identical_candidates

Link = tuple[int, int]

METHOD = "variorum-align/1"
#: Likeness from which a pair in reading order is a link. This and the next two were set on half of
#: the alignment set (a hash of the pair's id) and checked on the other half.
IN_ORDER = 0.30
#: What a neighbour linked right before or right after adds to a candidate.
BESIDE = 0.04
#: Likeness from which a pair out of order is a move.
MOVED = 0.55
#: Likeness (words; else letters) for two sentences alone between linked neighbours.
ALONE = 0.12
ALONE_LETTERS = 0.45


class Alignment(NamedTuple):
    """Links, sorted, and the limits that were hit on the way."""

    links: list[Link]
    limits: tuple[str, ...]


def align_sentences(old: Sequence[str], new: Sequence[str]) -> list[Link]:
    """Links (i, j), sorted: sentence i of ``old`` became (part of) sentence j of ``new``.

    Many-to-many; a sentence without a link came or went. Memory is linear in the texts.
    """
    return align(old, new).links


def align(old: Sequence[str], new: Sequence[str]) -> Alignment:
    """:func:`align_sentences` with its limits."""
    if list(old) == list(new):
        return Alignment([(i, i) for i in range(len(old))], ())
    return _Aligner(old, new).run()


class _Aligner:
    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = old, new
        self.links: set[Link] = set()
        self.old_linked: set[int] = set()
        self.new_linked: set[int] = set()
        self.likeness: dict[Link, float] = {}
        self.limits: tuple[str, ...] = ()

    def run(self) -> Alignment:
        candidates = identical_candidates(self.old, self.new)
        identical = len(candidates)
        candidates += self._alike()
        sizes = (len(self.old), len(self.new))
        for c in heaviest_chain(candidates, sizes, BESIDE):
            self._link(c)
        self._moved(candidates[:identical], candidates[identical:])
        self._alone()
        return Alignment(sorted(self.links), self.limits)

    def _link(self, c: Candidate) -> None:
        for i in range(c.old, c.old_end):
            for j in range(c.new, c.new_end):
                self.links.add((i, j))
                self.old_linked.add(i)
                self.new_linked.add(j)

    def _alike(self) -> list[Candidate]:
        """Candidates among the sentences that cannot all be unchanged ones."""
        here, there = Counter(self.old), Counter(self.new)
        left = [i for i, text in enumerate(self.old) if there[text] < here[text]]
        right = [j for j, text in enumerate(self.new) if here[text] < there[text]]
        if not left or not right:
            return []
        evidence = Evidence(self.old, self.new)
        shared = evidence.shared(left, right)
        if evidence.cut:
            self.limits = ("common-words-propose-no-pairs",)
        old_mass, new_mass = evidence.old_mass, evidence.new_mass
        found: list[Candidate] = []
        for (i, j), common in shared.items():
            if self.old[i] == self.new[j]:
                continue
            like = evidence.score(common, old_mass[i] + new_mass[j], self.old[i], self.new[j])
            self.likeness[i, j] = like
            if like > IN_ORDER - 2 * BESIDE:
                found.append(Candidate(i, i + 1, j, j + 1, like - IN_ORDER))
        return found + group_candidates(evidence, shared, IN_ORDER)

    def _moved(self, identical: Sequence[Candidate], alike: Sequence[Candidate]) -> None:
        """What the common order left out but is the same, or strongly alike."""
        for c in sorted(identical, key=lambda c: (-c.gain, c)):
            self._link_if_free(c)
        strong = [c for c in alike if c.gain >= MOVED - IN_ORDER]
        for c in sorted(strong, key=lambda c: (-c.gain, c)):
            self._link_if_free(c)

    def _link_if_free(self, c: Candidate) -> None:
        if self.old_linked.isdisjoint(range(c.old, c.old_end)) and self.new_linked.isdisjoint(
            range(c.new, c.new_end)
        ):
            self._link(c)

    def _alone(self) -> None:
        """A single unlinked sentence between the same linked neighbours on both sides."""
        partners: dict[int, list[int]] = {}
        for i, j in self.links:
            partners.setdefault(i, []).append(j)
        last = len(self.old) - 1
        for i in range(len(self.old)):
            if i in self.old_linked or (i and i - 1 not in partners):
                continue
            if i < last and i + 1 not in partners:
                continue
            j = (max(partners[i - 1]) if i else -1) + 1
            after = min(partners[i + 1]) if i < last else len(self.new)
            if after - j == 1 and j not in self.new_linked and self._some_likeness(i, j):
                self._link(Candidate(i, i + 1, j, j + 1, 0.0))

    def _some_likeness(self, i: int, j: int) -> bool:
        if self.likeness.get((i, j), 0.0) > ALONE:
            return True
        return Indel.normalized_similarity(self.old[i], self.new[j]) > ALONE_LETTERS
