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

#: Sentences that a link is out of step beyond which it costs no more.
MOST_ASIDE = 8


def mirror(c: Candidate) -> Candidate:
    """The same with old and new exchanged."""
    return Candidate(c.new, c.new_end, c.old, c.old_end, c.gain)


def heaviest_chain(
    candidates: Sequence[Candidate],
    corners: tuple[Corner, Corner],
    beside: float = 0.0,
    aside: float = 0.0,
) -> list[Candidate]:
    """The chain of candidates, in order on both sides, with the greatest total gain.

    Sparse dynamic programming over a Fenwick tree of prefix maxima, O(k log n) for k candidates.
    ``corners`` are the first and the last place (old, new) of the texts. ``beside`` is added where
    a candidate follows its predecessor with nothing between, or touches a corner. ``aside`` is
    taken off for each sentence, up to ``MOST_ASIDE``, that is left out between two neighbours of
    the chain (or a corner and the next) on one side more than on the other: a candidate out of step
    asks for sentences that came and others that went, where one in step asks for none.
    """
    first, last = corners
    order = sorted(candidates)
    best: list[float] = []
    back: list[int] = []
    maxima = _PrefixMaxima(last[1] - first[1] + 1)
    steps = _Steps(aside, first)
    touching: dict[Corner, tuple[float, int]] = {first: (0.0, -1)}
    waiting: list[tuple[int, int]] = []
    left = first[1]
    for k, (old, old_end, new, new_end, gain) in enumerate(order):
        while waiting and waiting[0][0] <= old:
            end, q = heappop(waiting)
            maxima.put(order[q].new_end - left, best[q], q)
            if aside:
                steps.put(end, order[q].new_end, best[q], q)
        value, before = maxima.get(new - left)
        close = touching.get((old, new))
        if aside and (close is None or close[0] + beside <= value):
            value, before = steps.get(old, new, value, before)
        if close is not None and close[0] + beside > value:
            value, before = close[0] + beside, close[1]
        value += gain
        best.append(value)
        back.append(before)
        corner = old_end, new_end
        held = touching.get(corner)
        if held is None or value > held[0]:
            touching[corner] = (value, k)
        heappush(waiting, (old_end, k))
    worth, k = _end(order, best, corners, aside)
    closing, at_corner = touching.get(last, (0.0, -1))
    at_end = closing + beside
    if at_corner >= 0 and (at_end > worth or (k >= 0 and at_end == worth)):
        k = at_corner
    chain: list[Candidate] = []
    while k >= 0:
        chain.append(order[k])
        k = back[k]
    return chain[::-1]


def _end(
    order: Sequence[Candidate],
    best: Sequence[float],
    corners: tuple[Corner, Corner],
    aside: float,
) -> tuple[float, int]:
    """What the heaviest chain is worth, and the candidate that it ends in; -1 if no chain is worth
    more than having none."""
    (old, new), last = corners
    nothing = 0.0
    if aside:
        best = [b - aside * _shift(c, last) for b, c in zip(best, order, strict=True)]
        nothing = -aside * min(abs(last[0] - old - last[1] + new), MOST_ASIDE)
    k = max(range(len(order)), key=best.__getitem__, default=-1)
    return (best[k], k) if k >= 0 and best[k] > nothing else (nothing, -1)


def _shift(c: Candidate, to: Corner) -> int:
    """By how many sentences, up to ``MOST_ASIDE``, what lies between differs on the two sides."""
    return min(abs(to[0] - c.old_end - to[1] + c.new_end), MOST_ASIDE)


class _Steps:
    """The best chains by the diagonal (old less new) that they end on."""

    def __init__(self, aside: float, first: Corner) -> None:
        self._aside = aside
        steps = [0, *(s for k in range(1, MOST_ASIDE) for s in (-k, k))]
        self._costs = [(step, aside * abs(step)) for step in steps]
        self._ends: dict[int, list[tuple[int, float, int]]] = {}
        self.put(*first, 0.0, -1)

    def put(self, old_end: int, new_end: int, value: float, key: int) -> None:
        """A chain that ends there; those of one diagonal come in the order of the texts."""
        held = self._ends.get(old_end - new_end)
        if held is None:
            self._ends[old_end - new_end] = [(new_end, value, key)]
        elif held[-1][1] < value:
            if held[-1][0] == new_end:
                held.pop()
            held.append((new_end, value, key))

    def get(self, old: int, new: int, most: float, key: int) -> tuple[float, int]:
        """The chain to go on from at (old, new), and its worth less what being out of step costs;
        ``most`` is the worth of the best without that, ``key`` its end."""
        ends, diagonal = self._ends, old - new
        found = most - self._aside * MOST_ASIDE
        for step, cost in self._costs:
            if most - cost <= found:
                break
            held = ends.get(diagonal + step)
            if held is None or held[-1][1] - cost <= found:
                continue
            for new_end, value, end in reversed(held):
                if new_end <= new:
                    if value - cost > found:
                        found, key = value - cost, end
                    break
        return found, key


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
