"""One sentence made two or three, or two or three made one."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.stages.collate.chain import Candidate
from variorum.stages.collate.evidence import OPENING_BONUS, WORDS_SHARE, Evidence

#: Sentences that one sentence may be split into (or be merged from) at once.
MOST_PARTS = 3
#: The parts together must be this like the whole; below it, half of the groups are chance.
GROUP_LIKENESS = 0.6
#: Half of the Dice that two parts must be able to reach together to be looked at: what
#: ``GROUP_LIKENESS`` asks of the words when the letters agree in full.
LEAST_COVER = (GROUP_LIKENESS - (1 - WORDS_SHARE) - OPENING_BONUS) / WORDS_SHARE / 2
#: Each part after the first must bring at least this to the likeness.
PART_COST = 0.05


def group_candidates(
    evidence: Evidence, shared: Mapping[tuple[int, int], float], threshold: float
) -> list[Candidate]:
    """Splits and merges of neighbouring sentences, every part sharing words with the whole."""
    found: list[Candidate] = []
    old_mass, new_mass = evidence.old_mass, evidence.new_mass
    for (i, j), common in shared.items():
        more = shared.get((i, j + 1))
        if more and common + more > LEAST_COVER * (old_mass[i] + max(new_mass[j], new_mass[j + 1])):
            found += _parts(evidence, shared, i, j, threshold, split=True)
        more = shared.get((i + 1, j))
        if more and common + more > LEAST_COVER * (new_mass[j] + max(old_mass[i], old_mass[i + 1])):
            found += _parts(evidence, shared, i, j, threshold, split=False)
    return found


def _parts(
    evidence: Evidence,
    shared: Mapping[tuple[int, int], float],
    i: int,
    j: int,
    threshold: float,
    *,
    split: bool,
) -> list[Candidate]:
    """Candidates of one whole with the parts that begin at (i, j)."""
    texts = evidence.new if split else evidence.old
    words = evidence.new_stems if split else evidence.old_stems
    first = j if split else i
    joined, union = texts[first], words[first]
    found: list[Candidate] = []
    for extra in range(1, MOST_PARTS):
        k = first + extra
        if ((i, k) if split else (k, j)) not in shared:
            break
        joined, union = f"{joined} {texts[k]}", union | words[k]
        if split:
            like = evidence.likeness(evidence.old_stems[i], union, evidence.old[i], joined)
        else:
            like = evidence.likeness(union, evidence.new_stems[j], joined, evidence.new[j])
        gain = like - threshold - extra * PART_COST
        if like >= GROUP_LIKENESS and gain > 0:
            found.append(
                Candidate(i, i + 1, j, k + 1, gain)
                if split
                else Candidate(i, k + 1, j, j + 1, gain)
            )
    return found
