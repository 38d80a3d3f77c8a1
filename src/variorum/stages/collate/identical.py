"""Sentences that stand word for word in both texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from variorum.stages.collate.chain import Candidate

#: What an unchanged sentence is worth to the common order (a likeness is at most about 1).
UNIQUE_GAIN = 1.0
#: The same for one that stands more than once, before its neighbours have had their say.
REPEATED_GAIN = 0.6
#: For each neighbour that is unchanged too.
NEIGHBOUR_GAIN = 0.1
#: A text repeated k and m times gives k × m pairs up to this many; beyond, those in step from
#: either end, and those beside an unchanged sentence that is not so common itself.
MOST_PAIRS = 49
_NOT_COMMON = 7


class Unchanged(NamedTuple):
    """What stands word for word in both texts, and the sentences that cannot all be among it."""

    candidates: list[Candidate]
    left: list[int]
    right: list[int]


def unchanged(old: Sequence[str], new: Sequence[str], span: tuple[int, int, int]) -> Unchanged:
    """Every pair of equal sentences that may be a link, with its worth.

    ``span`` is (start, old end, new end): looked at are ``old[start:old end]`` and the like of new.
    Where a text stands more often in one, all its places there are left over too.
    """
    start, old_end, new_end = span
    here, there = _places(old, start, old_end), _places(new, start, new_end)
    found: list[Candidate] = []
    left: list[int] = []
    right: list[int] = []
    for text, places in here.items():
        others = there.get(text)
        if others is None:
            left += places
            continue
        if len(places) == 1 == len(others):
            (i,), (j,) = places, others
            found.append(Candidate(i, i + 1, j, j + 1, UNIQUE_GAIN))
            continue
        if len(places) > len(others):
            left += places
        elif len(places) < len(others):
            right += others
        if len(places) * len(others) <= MOST_PAIRS:
            pairs = [(i, j) for i in places for j in others]
        else:
            pairs = sorted({*_in_step(places, others), *_beside(old, places, others, there)})
        found += [_repeated(old, new, i, j) for i, j in pairs]
    for text in there.keys() - here.keys():
        right += there[text]
    return Unchanged(found, sorted(left), sorted(right))


def _places(texts: Sequence[str], start: int, end: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for k in range(start, end):
        text = texts[k]
        if text in found:
            found[text].append(k)
        else:
            found[text] = [k]
    return found


def _in_step(places: Sequence[int], others: Sequence[int]) -> set[tuple[int, int]]:
    from_start = zip(places, others, strict=False)
    from_end = zip(reversed(places), reversed(others), strict=False)
    return {*from_start, *from_end}


def _beside(
    old: Sequence[str],
    places: Sequence[int],
    others: Sequence[int],
    there: Mapping[str, Sequence[int]],
) -> set[tuple[int, int]]:
    """Pairs of a repeated text that follow, or precede, the same sentence, itself not so common."""
    found: set[tuple[int, int]] = set()
    allowed = set(others)
    for i in places:
        for step in (-1, 1):
            near = there.get(old[i + step], ()) if 0 <= i + step < len(old) else ()
            if len(near) <= _NOT_COMMON:
                found |= {(i, j - step) for j in near if j - step in allowed}
    return found


def _repeated(old: Sequence[str], new: Sequence[str], i: int, j: int) -> Candidate:
    gain = REPEATED_GAIN
    if i and j and old[i - 1] == new[j - 1]:
        gain += NEIGHBOUR_GAIN
    if i + 1 < len(old) and j + 1 < len(new) and old[i + 1] == new[j + 1]:
        gain += NEIGHBOUR_GAIN
    return Candidate(i, i + 1, j, j + 1, gain)
