"""One sentence made two or three, or two or three made one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from variorum.stages.collate.chain import Candidate
from variorum.stages.collate.evidence import OPENING_BONUS, WORDS_SHARE, Evidence

#: Sentences that one sentence may be split into (or be merged from) at once.
MOST_PARTS = 3
#: The parts together must be this like the whole; below it, half of the groups are chance.
GROUP_LIKENESS = 0.61
#: Half of the Dice that two parts must be able to reach together to be looked at: what
#: ``GROUP_LIKENESS`` asks of the words when the letters agree in full.
LEAST_COVER = (GROUP_LIKENESS - (1 - WORDS_SHARE) - OPENING_BONUS) / WORDS_SHARE / 2
#: Each part after the first must bring at least this to the likeness.
PART_COST = 0.05

Shared = Mapping[tuple[int, int], int]


def group_candidates(evidence: Evidence, shared: Shared, threshold: float) -> list[Candidate]:
    """Splits and merges of neighbouring sentences, every part sharing words with the whole."""
    found: list[Candidate] = []
    old_mass, new_mass = evidence.old_mass, evidence.new_mass
    olds = _Runs(evidence, evidence.old, evidence.old_stems)
    news = _Runs(evidence, evidence.new, evidence.new_stems)
    for (i, j), common in shared.items():
        more = shared.get((i, j + 1))
        if more and common + more > LEAST_COVER * (old_mass[i] + max(new_mass[j], new_mass[j + 1])):
            whole = evidence.old[i], evidence.old_stems[i], old_mass[i]
            parts = [more, *(shared.get((i, k)) for k in range(j + 2, j + MOST_PARTS))]
            for end, gain in _gains(evidence, whole, news, j, common, parts):
                found.append(Candidate(i, i + 1, j, end, gain - threshold))
        more = shared.get((i + 1, j))
        if more and common + more > LEAST_COVER * (new_mass[j] + max(old_mass[i], old_mass[i + 1])):
            whole = evidence.new[j], evidence.new_stems[j], new_mass[j]
            parts = [more, *(shared.get((k, j)) for k in range(i + 2, i + MOST_PARTS))]
            for end, gain in _gains(evidence, whole, olds, i, common, parts):
                found.append(Candidate(i, end, j, j + 1, gain - threshold))
    return [c for c in found if c.gain > 0]


_Run = tuple[str, frozenset[str], int]


class _Runs:
    """Neighbouring sentences of one text as one: their text, their words, the weight of these."""

    def __init__(
        self, evidence: Evidence, texts: Sequence[str], words: Mapping[int, frozenset[str]]
    ) -> None:
        self.evidence, self.texts, self.words = evidence, texts, words
        self.made: dict[tuple[int, int], _Run] = {}

    def run(self, start: int, end: int) -> _Run:
        """The sentences ``[start, end)``, two at least."""
        known = self.made.get((start, end))
        if known is None:
            mass, last = self.evidence.mass, end - 1
            if last - start > 1:
                text, words, weight = self.run(start, last)
            else:
                text, words = self.texts[start], self.words[start]
                weight = mass(words)
            more = self.words[last]
            weight += mass(more) - mass(words & more)
            known = self.made[start, end] = f"{text} {self.texts[last]}", words | more, weight
        return known


def _gains(
    evidence: Evidence,
    whole: _Run,
    runs: _Runs,
    first: int,
    covered: int,
    more: Sequence[int | None],
) -> Iterator[tuple[int, float]]:
    """The runs from ``first`` that are like the whole: where they end, and likeness less costs.

    ``covered`` is the weight of what the first part shares with the whole, ``more`` of what each
    further part does.
    """
    text, words, mass = whole
    for extra, part in enumerate(more, 1):
        if not part:
            return
        covered += part
        end = first + extra + 1
        joined, union, parts_mass = runs.run(first, end)
        total = mass + parts_mass
        if evidence.most(covered, total, len(text), len(joined)) < GROUP_LIKENESS:
            continue
        like = evidence.score(evidence.mass(words & union), total, text, joined)
        if like >= GROUP_LIKENESS:
            yield end, like - extra * PART_COST
