"""Spending a budget of looks where a change is likeliest. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from variorum.stages.watch.schedule import PACE

MOST_EAGER, LEAST_EAGER = 0.0002, 0.5
STEP = 2.0  # how far one adjustment may go, so that a bad hour does not upset the next


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that is due: its key, its host, and the chance that a look finds another version
    (see ``schedule.chance``; 1 for what its source just listed as modified)."""

    key: int
    host: str
    chance: float


@dataclass(frozen=True, slots=True)
class Budget:
    """How many looks there may be now, over all hosts and at one host (None: no bound)."""

    looks: int
    per_host: int | None = None


def choose(candidates: Iterable[Candidate], budget: Budget) -> tuple[Candidate, ...]:
    """The candidates to look at within the budget, likeliest first; ties go to the lower key.

    Taking the best is optimal here: every look costs the same, and a host's bound only cuts its own
    list short.
    """
    chosen: list[Candidate] = []
    taken: Counter[str] = Counter()
    for candidate in sorted(candidates, key=lambda c: (-c.chance, c.key)):
        if len(chosen) >= budget.looks:
            break
        if budget.per_host is None or taken[candidate.host] < budget.per_host:
            taken[candidate.host] += 1
            chosen.append(candidate)
    return tuple(chosen)


def next_pace(made: float, allowed: float, pace: float = PACE) -> float:
    """The pace for the next hour when the last one made ``made`` looks and ``allowed`` were meant:
    a higher one asks more of a look and so makes fewer. Looks fall about with the square root."""
    if allowed <= 0:
        return LEAST_EAGER
    ratio = max(made, 0.1) / allowed
    changed = pace * min(max(ratio * ratio, 1 / STEP), STEP)
    return min(max(changed, MOST_EAGER), LEAST_EAGER)
