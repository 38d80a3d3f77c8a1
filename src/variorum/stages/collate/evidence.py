"""How much two sentences have to do with each other: shared words, weighted by rarity, and order.

A word counts by its first letters (so that *announce* and *announced*, *Haus* and *Hauses* meet)
and by how rare it is in the two texts together: ``log(1 + sentences / sentences with it)``, the
inverse document frequency of Spärck Jones (1972) with the two versions as the collection.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from rapidfuzz.distance import Indel

from variorum.text.remember import Vocabulary

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
#: Up to so many sentences on the right, a sum is kept for each at once.
MOST_DENSE = 256
#: Passages whose letters multiply to more than this are compared by words only.
MOST_LETTERS = 50_000_000
#: Weights are whole numbers, in grains of this: sums are exact, in whatever order they are made.
GRAIN = 2.0**-20

#: Letters of unchanged text read to learn which words are common in this story.
CONTEXT = 4000

_STEM = re.compile(rf"(\w{{1,{STEM_LETTERS}}})\w*+")
_OPENING = re.compile(r"\W*+(\w++)\W*+(\w*+)\W*+(\w*+)")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_UNSPACED_PAIR = re.compile(
    "(?=([\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]{1,2}))"
)
_CODE_PAGE = "cp1252"


def _lowered_words() -> bytes:
    """For each byte of ``_CODE_PAGE`` what ``lower`` makes of it if it is part of a word (``\\w``);
    else a space."""
    table = bytearray(b" " * 256)
    for byte in range(256):
        letter = bytes((byte,)).decode(_CODE_PAGE, "ignore")
        if letter.isalnum() or letter == "_":
            table[byte] = letter.lower().encode(_CODE_PAGE)[0]
    return bytes(table)


_LOWERED_WORDS = _lowered_words()
_BEGINNING = Vocabulary(lambda word: word[:STEM_LETTERS])
_beginning = _BEGINNING.__getitem__


def _one_byte_words(text: str) -> Iterable[str] | None:
    """The word beginnings of a text in order, letter case away: what ``_STEM`` finds.

    Most text of the West fits one byte a letter, and is then cut several times as fast; None of
    any other.
    """
    code = "ascii" if text.isascii() else _CODE_PAGE
    try:
        plain = text.encode(code).translate(_LOWERED_WORDS)
    except UnicodeEncodeError:
        return None
    return map(_beginning, plain.decode(code).split())


def _beginnings(text: str) -> Iterable[str]:
    words = _one_byte_words(text)
    return _STEM.findall(text.lower()) if words is None else words


def stems(text: str) -> frozenset[str]:
    """The word beginnings of a sentence; letter pairs where a script writes no spaces."""
    words = _one_byte_words(text)
    if words is not None:
        return frozenset(words) or _whole(text)
    low = text.lower()
    if not _UNSPACED.search(text):
        return frozenset(_STEM.findall(low)) or _whole(text)
    spaced = _UNSPACED.sub(" ", low)
    return frozenset(_UNSPACED_PAIR.findall(low)).union(_STEM.findall(spaced)) or _whole(text)


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
        rarity = {n: round(math.log(1 + total / n) / GRAIN) for n in set(found.values())}
        self.weight = {stem: rarity[count] for stem, count in found.items()}
        self.old_mass = {i: self.mass(words) for i, words in self.old_stems.items()}
        self.new_mass = {j: self.mass(words) for j, words in self.new_stems.items()}
        self.cut = False
        self._openings: dict[str, tuple[str, ...]] = {}

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
        counts = Counter(filter(found.__contains__, _beginnings(" ".join(context))))
        for stem, count in counts.items():
            found[stem] += 2 * count
        return 2 * len(context)

    def mass(self, words: Iterable[str]) -> int:
        """The weight of a set of stems, in grains."""
        return sum(map(self.weight.__getitem__, words))

    def shared(self) -> dict[tuple[int, int], int]:
        """Weight of the stems shared by each pair of ``left`` × ``right`` that shares enough.

        Found through an index of the stems of ``right``. Past ``LOOKUPS`` the commonest stems
        propose no pairs (``cut`` is set), which loses pairs alike in common words only.
        """
        index: dict[str, list[int]] = defaultdict(list)
        for k, words in enumerate(self.new_stems.values()):
            for stem in words:
                index[stem].append(k)
        lookups = len(self.left) * sum(map(len, index.values()))
        if lookups > LOOKUPS or len(self.right) > MOST_DENSE:
            return self._shared_sparsely(index, lookups)
        found: dict[tuple[int, int], int] = {}
        weight, right, masses = self.weight, self.right, self.new_mass.values()
        least = LEAST_SHARED / 2
        nothing = [0] * len(right)
        for i, words in self.old_stems.items():
            sums = nothing.copy()
            for stem in words:
                if stem in index:
                    w = weight[stem]
                    for k in index[stem]:
                        sums[k] += w
            mass = self.old_mass[i]
            for j, common, other in zip(right, sums, masses, strict=True):
                if common >= least * (mass + other):
                    found[i, j] = common
        return found

    def _shared_sparsely(
        self, index: dict[str, list[int]], lookups: int
    ) -> dict[tuple[int, int], int]:
        """The same, time and memory linear in the pairs that share a stem."""
        muted = self._muted(index) if lookups > LOOKUPS else frozenset()
        for stem in muted:
            del index[stem]
        found: dict[tuple[int, int], int] = {}
        weight, right, masses = self.weight, self.right, list(self.new_mass.values())
        least = LEAST_SHARED / 2
        for i, words in self.old_stems.items():
            sums: dict[int, int] = {}
            for stem in words:
                if stem in index:
                    w = weight[stem]
                    for k in index[stem]:
                        sums[k] = sums.get(k, 0) + w
            mass = self.old_mass[i]
            for k, common in sums.items():
                bar = least * (mass + masses[k])
                if common < bar:
                    if not muted or 2 * common < bar:
                        continue
                    common = self.mass(words & self.new_stems[right[k]])
                    if common < bar:
                        continue
                found[i, right[k]] = common
        return found

    def _muted(self, index: Mapping[str, Sequence[int]]) -> frozenset[str]:
        """The commonest stems, as many as must keep silent for ``LOOKUPS`` to suffice."""
        uses = Counter(chain.from_iterable(self.old_stems.values()))
        work = sorted(
            (count * len(index[stem]), stem) for stem, count in uses.items() if stem in index
        )
        spent = 0
        for k, (cost, stem) in enumerate(work):
            spent += cost
            if spent > LOOKUPS:
                self.cut = min(uses[stem], len(index[stem])) < COMMON * len(self.left)
                return frozenset(stem for _, stem in work[k:])
        return frozenset()

    def score(self, common: int, total: int, old_text: str, new_text: str) -> float:
        """The likeness of two passages, 0 (nothing in common) to about 1 (the same), by the weight
        of the stems they share and the sum of both their weights."""
        dice = 2 * common / total
        if dice < LEAST_SHARED:
            return 0.0
        if len(old_text) * len(new_text) > MOST_LETTERS:
            return dice
        letters = Indel.normalized_similarity(old_text, new_text, score_cutoff=LETTERS_FLOOR)
        value = WORDS_SHARE * dice
        if letters:
            value += (1 - WORDS_SHARE) * (letters - LETTERS_FLOOR) / (1 - LETTERS_FLOOR)
        if old_text[:2] == new_text[:2]:
            value += OPENING_BONUS * self._same_opening(old_text, new_text)
        return value

    @staticmethod
    def most(common: int, total: int, old_letters: int, new_letters: int) -> float:
        """What :meth:`score` cannot exceed, by the lengths of the texts."""
        letters = 2 * min(old_letters, new_letters) / (old_letters + new_letters)
        above = max(0.0, letters - LETTERS_FLOOR) / (1 - LETTERS_FLOOR)
        dice = 2 * common / total
        return WORDS_SHARE * dice + (1 - WORDS_SHARE) * above + OPENING_BONUS

    def _same_opening(self, old: str, new: str) -> float:
        """The share of the first three words that is the same, from the first on."""
        same = 0
        for one, other in zip(self._opening(old), self._opening(new), strict=False):
            if one != other:
                break
            same += 1
        return same / 3

    def _opening(self, text: str) -> tuple[str, ...]:
        """The first three words of a text, empty ones for those it lacks; of no word, none."""
        known = self._openings.get(text)
        if known is None:
            found = _OPENING.match(text)
            known = self._openings[text] = found.groups() if found else ()
        return known
