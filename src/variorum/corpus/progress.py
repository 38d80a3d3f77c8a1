"""How far a run has come, told by every engine alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` in bytes (``reading``), captures (``comparing``) or partitions
    (``running``, where an engine has no more to tell); ``count`` captures so far."""

    phase: str
    done: float
    total: float
    count: int
    problems: int
