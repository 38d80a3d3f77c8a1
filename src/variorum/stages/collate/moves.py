"""Which linked sentences stand in another order than before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def in_place(order: Sequence[int]) -> set[int]:
    """The positions of a longest increasing subsequence of ``order``: what need not have moved."""
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
