"""The heaviest common order: which links can all stand in reading order on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import NamedTuple


class Candidate(NamedTuple):
    """Sentences ``[old, old_end)`` as the origin of ``[new, new_end)``, and what that is worth.

    ``gain`` above 0 is worth having for itself; a little below 0 only beside its neighbours.
    """

    old: int
    old_end: int
    new: int
    new_end: int
    gain: float


Corner = tuple[int, int]


def mirror(c: Candidate) -> Candidate:
    """The same with old and new exchanged."""
    return Candidate(c.new, c.new_end, c.old, c.old_end, c.gain)


def heaviest_chain(
    candidates: Sequence[Candidate], corners: tuple[Corner, Corner], beside: float = 0.0
) -> list[Candidate]:
    """The chain of candidates, in order on both sides, with the greatest total gain.

    Sparse dynamic programming over a Fenwick tree of prefix maxima, O(k log n) for k candidates.
    ``corners`` are the first and the last place (old, new) of the texts. ``beside`` is added where
    a candidate follows its predecessor with nothing between, or touches a corner.
    """
    first, last = corners
    order = sorted(candidates)
    best: list[float] = []
    back: list[int] = []
    maxima = _PrefixMaxima(last[1] - first[1] + 1)
    touching: dict[Corner, tuple[float, int]] = {first: (0.0, -1)}
    waiting: list[tuple[int, int]] = []
    left = first[1]
    for k, (old, old_end, new, new_end, gain) in enumerate(order):
        while waiting and waiting[0][0] <= old:
            q = heappop(waiting)[1]
            maxima.put(order[q].new_end - left, best[q], q)
        value, before = maxima.get(new - left)
        close = touching.get((old, new))
        if close is not None and close[0] + beside > value:
            value, before = close[0] + beside, close[1]
        value += gain
        best.append(value)
        back.append(before)
        end = old_end, new_end
        held = touching.get(end)
        if held is None or value > held[0]:
            touching[end] = (value, k)
        heappush(waiting, (old_end, k))
    closing, at_corner = touching.get(last, (0.0, -1))
    k = max(range(len(order)), key=best.__getitem__, default=-1)
    if at_corner >= 0 and closing + beside >= best[k]:
        k = at_corner
    elif k >= 0 and best[k] <= 0:
        k = -1
    chain: list[Candidate] = []
    while k >= 0:
        chain.append(order[k])
        k = back[k]
    return chain[::-1]


class _PrefixMaxima:
    """A Fenwick tree: the greatest value put at or before a place."""

    def __init__(self, size: int) -> None:
        self._best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)

    def put(self, place: int, value: float, key: int) -> None:
        best, item = self._best, (value, key)
        at, size = place + 1, len(best)
        # what is no more than one node is no more than those above it, which hold it too
        while at < size and best[at] < item:
            best[at] = item
            at += at & -at

    def get(self, place: int) -> tuple[float, int]:
        best, found = self._best, (0.0, -1)
        at = place + 1
        while at > 0:
            if found < best[at]:  # noqa: PLR1730 -- a call of max costs as much as all the rest
                found = best[at]
            at &= at - 1
        return found
