"""A place that attributes: what the rules of statements are handed."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.stages.claims.subjects import Range


@dataclass(slots=True)
class Cue:
    """A place that attributes. Tokens: the group is [first, end), its main word ``at``.

    ``mode``: finite | participle | infinitive | passive | impersonal | according | noun.
    ``source`` is the range of the source where the grammar shows it.
    """

    first: int
    at: int
    end: int
    lemma: str
    frames: frozenset[str]
    mode: str
    source: Range | None = None
    negated: bool = False
