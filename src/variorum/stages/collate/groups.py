"""One sentence made two or three, or two or three made one."""

from __future__ import annotations

from collections.abc import Mapping

from variorum.stages.collate.chain import Candidate
from variorum.stages.collate.evidence import Evidence

#: Sentences that one sentence may be split into (or be merged from) at once.
MOST_PARTS = 3
#: The parts together must be this like the whole; below it, half of the groups are chance.
GROUP_LIKENESS = 0.6
#: Each part after the first must bring at least this to the likeness.
PART_COST = 0.05


def group_candidates(
    evidence: Evidence, shared: Mapping[tuple[int, int], float], threshold: float
) -> list[Candidate]:
    """Splits and merges of neighbouring sentences, every part sharing words with the whole."""
    found: list[Candidate] = []
    for i, j in shared:
        if (i, j + 1) in shared:
            found += _parts(evidence, shared, i, j, threshold, split=True)
        if (i + 1, j) in shared:
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
