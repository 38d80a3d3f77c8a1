"""How much two sentences have to do with each other: shared words, weighted by rarity, and order.

A word counts by its first letters (so that *announce* and *announced*, *Haus* and *Hauses* meet)
and by how rare it is in the two texts together: ``log(1 + sentences / sentences with it)``, the
inverse document frequency of Spärck Jones (1972) with the two versions as the collection.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain

from rapidfuzz.distance import Indel

#: Letters of a word that count. Six was the best of 4, 5, 6, 8 and whole words, by little.
STEM_LETTERS = 6
#: Share of the weighted words in the score; the rest is likeness of the letters in order.
WORDS_SHARE = 0.7
#: Likeness of letters (Indel) that two unrelated sentences of one language reach; it counts as 0.
LETTERS_FLOOR = 0.4
#: Pairs sharing less than this of their weighted words (Dice) are not looked at.
LEAST_SHARED = 0.14
#: Added for the same first three words: openings survive rewriting ("To me, …").
OPENING_BONUS = 0.05
#: Word-pair look-ups for one pair of texts; beyond them the commonest words propose no pairs.
LOOKUPS = 100_000
#: A word silenced for that is missed (a limit hit) if less than this share of sentences has it.
COMMON = 0.03
#: Passages whose letters multiply to more than this are compared by words only.
MOST_LETTERS = 50_000_000

#: Letters of unchanged text read to learn which words are common in this story.
CONTEXT = 4000

_STEM = re.compile(rf"(\w{{1,{STEM_LETTERS}}})\w*+")
_OPENING = re.compile(r"\W*(\w+)\W*(\w*)\W*(\w*)")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_UNSPACED_PAIR = re.compile(
    "(?=([\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{1,2}))"
)


def stems(text: str) -> frozenset[str]:
    """The word beginnings of a sentence; letter pairs where a script writes no spaces."""
    low = text.lower()
    if not text.isascii() and _UNSPACED.search(text):
        spaced = _UNSPACED.sub(" ", low)
        return frozenset(_UNSPACED_PAIR.findall(low)).union(_STEM.findall(spaced)) or _whole(text)
    return frozenset(_STEM.findall(low)) or _whole(text)


def _whole(text: str) -> frozenset[str]:
    return frozenset((text,))


class Evidence:
    """The words of the sentences that changed, weighted, and the likeness of any passages of them.

    ``left`` and ``right`` are the places in ``old`` and ``new`` of the sentences that are compared.
    How rare a word is, is judged on these and on ``CONTEXT`` letters of unchanged sentences.
    """

    def __init__(
        self, old: Sequence[str], new: Sequence[str], left: Sequence[int], right: Sequence[int]
    ) -> None:
        self.old, self.new, self.left, self.right = old, new, left, right
        self.old_stems = {i: stems(old[i]) for i in left}
        self.new_stems = {j: stems(new[j]) for j in right}
        sides = self.old_stems.values(), self.new_stems.values()
        found = Counter(chain.from_iterable(chain.from_iterable(sides)))
        total = len(left) + len(right) + self._count_context(found)
        rarity = {count: math.log(1 + total / count) for count in set(found.values())}
        self.weight = {stem: rarity[count] for stem, count in found.items()}
        self.old_mass = {i: self.mass(words) for i, words in self.old_stems.items()}
        self.new_mass = {j: self.mass(words) for j, words in self.new_stems.items()}
        self.cut = False

    def _count_context(self, found: Counter[str]) -> int:
        """Count the words of unchanged sentences into ``found``; the number of sentences, of both
        texts, that were read. Only words that are compared are counted."""
        letters, context = 0, []
        for i, text in enumerate(self.old):
            if i not in self.old_stems:
                context.append(text)
                letters += len(text)
                if letters > CONTEXT:
                    break
        counts = Counter(_STEM.findall(" ".join(context).lower()))
        for stem in found.keys() & counts.keys():
            found[stem] += 2 * counts[stem]
        return 2 * len(context)

    def mass(self, words: frozenset[str]) -> float:
        """The weight of a set of stems."""
        return sum(map(self.weight.__getitem__, words))

    def shared(self) -> dict[tuple[int, int], float]:
        """Weight of the stems shared by each pair of ``left`` × ``right`` that shares enough.

        Sparse: found through an index of the stems of ``right``. Past ``LOOKUPS`` the commonest
        stems propose no pairs (``cut`` is set), which loses pairs alike in common words only.
        """
        index: dict[str, list[int]] = defaultdict(list)
        for j in self.right:
            for stem in self.new_stems[j]:
                index[stem].append(j)
        muted = self._muted(index)
        found: dict[tuple[int, int], float] = {}
        weight, new_mass = self.weight, self.new_mass
        least = LEAST_SHARED / 2
        for i in self.left:
            words = self.old_stems[i]
            sums: dict[int, float] = {}
            for stem in words:
                if stem in index and stem not in muted:
                    w = weight[stem]
                    for j in index[stem]:
                        sums[j] = sums.get(j, 0.0) + w
            mass = self.old_mass[i]
            for j, common in sums.items():
                bar = least * (mass + new_mass[j])
                if muted and common < bar <= 2 * common:
                    common = self.mass(words & self.new_stems[j])
                if common >= bar:
                    found[i, j] = common
        return found

    def _muted(self, index: dict[str, list[int]]) -> frozenset[str]:
        """The commonest stems, as many as must keep silent for ``LOOKUPS`` to suffice."""
        if len(self.left) * sum(map(len, index.values())) <= LOOKUPS:
            return frozenset()
        uses: Counter[str] = Counter()
        for i in self.left:
            uses.update(self.old_stems[i])
        work = sorted((count * len(index.get(stem, ())), stem) for stem, count in uses.items())
        spent = 0
        for k, (cost, stem) in enumerate(work):
            spent += cost
            if spent > LOOKUPS:
                self.cut = min(uses[stem], len(index[stem])) < COMMON * len(self.left)
                return frozenset(stem for _, stem in work[k:])
        return frozenset()

    def likeness(
        self, old: frozenset[str], new: frozenset[str], old_text: str, new_text: str
    ) -> float:
        """0 (nothing in common) to about 1 (the same) of two passages."""
        total = self.mass(old) + self.mass(new)
        return self.score(self.mass(old & new), total, old_text, new_text)

    def score(self, common: float, total: float, old_text: str, new_text: str) -> float:
        """:func:`likeness` for passages whose shared and joint weights are known."""
        dice = 2 * common / total
        if dice < LEAST_SHARED:
            return 0.0
        if len(old_text) * len(new_text) > MOST_LETTERS:
            return dice
        letters = Indel.normalized_similarity(old_text, new_text, score_cutoff=LETTERS_FLOOR)
        value = WORDS_SHARE * dice
        if letters:
            value += (1 - WORDS_SHARE) * (letters - LETTERS_FLOOR) / (1 - LETTERS_FLOOR)
        return value + OPENING_BONUS * _same_opening(old_text, new_text)


def _same_opening(old: str, new: str) -> float:
    """The share of the first three words that is the same, from the first on."""
    if old[:2] != new[:2]:
        return 0.0
    a, b = _OPENING.match(old), _OPENING.match(new)
    if a is None or b is None:
        return 0.0
    same = 0
    for one, other in zip(a.groups(), b.groups(), strict=True):
        if one != other:
            break
        same += 1
    return same / 3
