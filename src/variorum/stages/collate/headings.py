"""Sub-headings in other words: one line between the same neighbours that has no end mark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from variorum.stages.collate.chain import Candidate
from variorum.text.sentences import Cuts

#: Letters of the longest line that is taken for a heading.
LONGEST = 90
_START = Candidate(0, 0, 0, 0, 0.0)
_ENDS = tuple(".!;:,…。！؟；\"”»’'")


def with_headings(blocks: Sequence[Candidate], before: Cuts, after: Cuts) -> list[Candidate]:
    """The blocks with those headings linked that stand alone between linked neighbours on both
    sides: the same words are under them, so that the one came in the other's place whatever they
    share. Swapping the sides mirrors the result."""
    gaps = [
        (one.old_end, one.new_end)
        for one, other in pairwise((_START, *blocks))
        if other.old == one.old_end + 1 and other.new == one.new_end + 1
    ]
    if not gaps:
        return list(blocks)
    taken = {j for b in blocks for j in range(b.new, b.new_end)}
    found = [
        Candidate(i, i + 1, j, j + 1, 0.0)
        for i, j in gaps
        if j not in taken and _is_heading(before, i) and _is_heading(after, j)
    ]
    return sorted([*blocks, *found])


def _is_heading(side: Cuts, number: int) -> bool:
    """A short line that is a paragraph of its own, has no end mark and has something under it."""
    text, own = side.texts[number], side.paragraphs[number]
    if len(text) > LONGEST or text.endswith(_ENDS) or not any(map(str.isalpha, text)):
        return False
    first = number == 0 or side.paragraphs[number - 1] != own
    return first and number + 1 < len(side.paragraphs) and side.paragraphs[number + 1] != own
