"""What has moved: as little as explains the new order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

from variorum.stages.collate.chain import Candidate, heaviest_chain, mirror


def in_place(order: Sequence[int]) -> set[int]:
    """The positions of a longest increasing subsequence of ``order`` (Fredman 1975)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for k, value in enumerate(order):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            ends.append(k)
        else:
            tails[at], ends[at] = value, k
    kept: set[int] = set()
    k = ends[-1] if ends else -1
    while k >= 0:
        kept.add(k)
        k = before[k]
    return kept


def moves(
    blocks: Sequence[Candidate], letters: Callable[[Candidate], int], *, mirrored: bool = False
) -> dict[int, int]:
    """Which blocks moved: the place in ``blocks`` -> the number of the move, from 1 in new order.

    ``blocks`` are sorted by their place in the old text and disjoint; ``letters`` tells the
    length of one. The common order with most letters stays where it is; all else moved. Blocks that stand
    one after the other on both sides, with no other block between, are one move. ``mirrored``
    breaks ties as if the texts were swapped.
    """
    if all(one.new < other.new for one, other in pairwise(blocks)):
        return {}
    weighed = [b._replace(gain=float(letters(b))) for b in blocks]
    ends = max(b.old_end for b in blocks), max(b.new_end for b in blocks)
    if mirrored:
        swapped = [mirror(b) for b in weighed]
        stay = {c.new for c in heaviest_chain(swapped, ((0, 0), ends[::-1]))}
    else:
        stay = {c.old for c in heaviest_chain(weighed, ((0, 0), ends))}
    by_new = sorted(range(len(blocks)), key=lambda k: blocks[k].new)
    found: dict[int, int] = {}
    number, last = 0, -2
    for k in by_new:
        if blocks[k].old in stay:
            last = -2
            continue
        if k != last + 1:
            number += 1
        found[k] = number
        last = k
    return found
