"""From the shortest edit script to a readable one.

A shortest script keeps every chance match: three words shared out of two rewritten clauses become
confetti. Here hunks are joined over what is shared by chance, slid to natural boundaries, and made
to hold figures, dates, names and quotations whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from variorum.stages.collate.function_words import FUNCTION_WORDS
from variorum.stages.collate.units import stretch


class Hunk(NamedTuple):
    """Tokens ``[a0, a1)`` of the old passage replaced by ``[b0, b1)`` of the new one."""

    a0: int
    a1: int
    b0: int
    b1: int


#: A shared run longer than this many tokens is never chance.
LONG_RUN = 12
_WORD = re.compile(r"\w")


def tidy(a: Sequence[str], b: Sequence[str], hunks: Sequence[Hunk]) -> list[Hunk]:
    """The hunks of a minimal script, made readable; both passages still follow from them."""
    joined = _join(a, hunks, _sizes(a, b, hunks))
    for k in range(len(joined)):
        joined[k] = _slide(a, b, joined, k)
    return _stretched(a, b, _join_quoted(a, b, joined))


def _stretched(a: Sequence[str], b: Sequence[str], hunks: Sequence[Hunk]) -> list[Hunk]:
    """The hunks widened to whole figures, dates and names."""
    edges = [0, *(h.a1 for h in hunks)]
    starts = [*(h.a0 for h in hunks[1:]), len(a)]
    out: list[Hunk] = []
    for k, h in enumerate(hunks):
        left, right = stretch(a, b, h, (h.a0 - edges[k], starts[k] - h.a1))
        out.append(Hunk(h.a0 - left, h.a1 + right, h.b0 - left, h.b1 + right))
    return merged(out)


def merged(hunks: Sequence[Hunk]) -> list[Hunk]:
    """Hunks that touch or overlap made one."""
    out: list[Hunk] = []
    for h in hunks:
        if out and (h.a0 <= out[-1].a1 or h.b0 <= out[-1].b1):
            last = out.pop()
            # what lies between on either side is shared, hence of one length on both
            h = Hunk(last.a0, max(last.a1, h.a1), last.b0, max(last.b1, h.b1))
        out.append(h)
    return out


def _sizes(a: Sequence[str], b: Sequence[str], hunks: Sequence[Hunk]) -> list[int]:
    """The letters of the greater side of each hunk."""
    return [max(sum(map(len, a[h.a0 : h.a1])), sum(map(len, b[h.b0 : h.b1]))) for h in hunks]


def _join(a: Sequence[str], hunks: Sequence[Hunk], sizes: Sequence[int]) -> list[Hunk]:
    """Join neighbours over what they share by chance."""
    out: list[tuple[Hunk, int]] = []
    for h, size in zip(hunks, sizes, strict=True):
        while out:
            last, last_size = out[-1]
            between = a[last.a1 : h.a0]
            if not _by_chance(between, last_size, size):
                break
            out.pop()
            size += last_size + sum(map(len, between))
            h = Hunk(last.a0, h.a1, last.b0, h.b1)
        out.append((h, size))
    return [h for h, _ in out]


def _by_chance(between: Sequence[str], before: int, after: int) -> bool:
    """Whether a shared run says nothing: function words and marks only, or outweighed by both
    neighbours (the rule of diff-match-patch's semantic clean-up, on letters of words)."""
    if len(between) > LONG_RUN:
        return False
    letters = sum(map(len, between))
    if letters <= before and letters <= after:
        return True
    return all(t.lower() in FUNCTION_WORDS or not _WORD.search(t) for t in between)


_ENDS = frozenset(".!?…。！？؟")
_PAUSES = frozenset(",;:—–")
_QUOTES = frozenset("\"'“”‘’«»„()")
_LINKING_WORDS = "and or but und oder aber et ou mais y e o pero ma mas"
_LINKING = frozenset(_LINKING_WORDS.split())


def _slide(a: Sequence[str], b: Sequence[str], hunks: Sequence[Hunk], k: int) -> Hunk:
    """A pure insertion or deletion moved, among its equivalent places, to the best boundary."""
    h = hunks[k]
    if h.a0 == h.a1:
        text, start, end = b, h.b0, h.b1
    elif h.b0 == h.b1:
        text, start, end = a, h.a0, h.a1
    else:
        return h
    low = -min(h.a0, h.b0)
    if k:
        low = hunks[k - 1].a1 - h.a0 + 1
    high = min(len(a) - h.a1, len(b) - h.b1)
    if k + 1 < len(hunks):
        high = hunks[k + 1].a0 - h.a1 - 1
    best, shift = _boundary(text, start) + _boundary(text, end), 0
    at = 0
    while at > low and text[start + at - 1] == text[end + at - 1]:
        at -= 1
        value = _boundary(text, start + at) + _boundary(text, end + at)
        if value > best:
            best, shift = value, at
    at = 0
    while at < high and text[start + at] == text[end + at]:
        at += 1
        value = _boundary(text, start + at) + _boundary(text, end + at)
        if value > best:
            best, shift = value, at
    return Hunk(h.a0 + shift, h.a1 + shift, h.b0 + shift, h.b1 + shift) if shift else h


def _boundary(text: Sequence[str], at: int) -> int:
    """How natural a cut before ``text[at]`` is, from 5 (between sentences) to 0."""
    if at in (0, len(text)) or text[at - 1][0] in _ENDS:
        return 5
    before, after = text[at - 1], text[at]
    if before in _PAUSES:
        return 3
    if before in _QUOTES or after in _QUOTES:
        return 2
    return 1 if after in _LINKING or after in _PAUSES else 0


def _join_quoted(a: Sequence[str], b: Sequence[str], hunks: Sequence[Hunk]) -> list[Hunk]:
    """Quotation marks put round words (or taken away) are one change of those words."""
    out: list[Hunk] = []
    for h in hunks:
        if out and h.a0 - out[-1].a1 <= _QUOTED_WORDS:
            last = out[-1]
            if _mark_only(a, b, last) and _mark_only(a, b, h):
                out[-1] = Hunk(last.a0, h.a1, last.b0, h.b1)
                continue
        out.append(h)
    return out


#: Words that new quotation marks may enclose and still be shown as one change.
_QUOTED_WORDS = 5
_MARKS = frozenset(['"', "'", "“", "”", "‘", "’", "«", "»", "„"])


def _mark_only(a: Sequence[str], b: Sequence[str], h: Hunk) -> bool:
    gone, came = a[h.a0 : h.a1], b[h.b0 : h.b1]
    return len(gone) + len(came) == 1 and (*gone, *came)[0] in _MARKS
