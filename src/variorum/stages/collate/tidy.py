"""From the shortest edit script to a readable one.

A shortest script keeps every chance match: three words shared out of two rewritten clauses become
confetti. Here hunks are joined over what is shared by chance, slid to natural boundaries, and made
to hold figures, dates, names and quotations whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from variorum.stages.collate.function_words import FUNCTION_WORDS
from variorum.stages.collate.units import may_widen, stretch

#: (a0, a1, b0, b1): tokens ``[a0, a1)`` of the old passage replaced by ``[b0, b1)`` of the new one.
#: A bare tuple, since a page has thousands.
Hunk = tuple[int, int, int, int]

#: A shared run longer than this many tokens is never chance.
LONG_RUN = 12
_WORD = re.compile(r"\w")


def tidy(a: Sequence[str], b: Sequence[str], hunks: Sequence[Hunk]) -> list[Hunk]:
    """The hunks of a minimal script, made readable; both passages still follow from them."""
    joined = _join(a, b, hunks)
    for k, (a0, a1, b0, b1) in enumerate(joined):
        if a0 == a1:
            loose = _slides(b, b0, b1)
        elif b0 == b1:
            loose = _slides(a, a0, a1)
        else:
            continue
        if loose:
            joined[k] = _slide(a, b, joined, k)
    return _stretched(a, b, _join_quoted(a, b, joined))


def _stretched(a: Sequence[str], b: Sequence[str], hunks: list[Hunk]) -> list[Hunk]:
    """The hunks widened to whole figures, dates and names; those that then touch made one."""
    wider: dict[int, Hunk] = {}
    edge, last = 0, len(hunks) - 1
    for k, h in enumerate(hunks):
        a0, a1, b0, b1 = h
        if a0 < a1 and b0 < b1 and may_widen(a, a0, a1):
            after = hunks[k + 1][0] if k < last else len(a)
            left, right = stretch(a, b, h, (a0 - edge, after - a1))
            if left or right:
                wider[k] = (a0 - left, a1 + right, b0 - left, b1 + right)
        edge = a1
    if not wider:
        return hunks
    out: list[Hunk] = []
    for k, h in enumerate(hunks):
        h = wider.get(k, h)
        if out and h[0] <= out[-1][1]:
            # both widened into the one shared run between them
            before = out.pop()
            h = (before[0], max(before[1], h[1]), before[2], max(before[3], h[3]))
        out.append(h)
    return out


def _size(a: Sequence[str], b: Sequence[str], h: Hunk) -> int:
    """The letters of the greater side of a hunk."""
    a0, a1, b0, b1 = h
    return max(sum(map(len, a[a0:a1])), sum(map(len, b[b0:b1])))


def _join(a: Sequence[str], b: Sequence[str], hunks: Sequence[Hunk]) -> list[Hunk]:
    """Join neighbours over what they share by chance."""
    out: list[Hunk] = []
    sizes: list[int] = []  # 0: not counted yet
    near = -1  # up to where a hunk must begin to be joined to the one before
    for h in hunks:
        size = 0
        if h[0] <= near:
            h, size = _joined_back(a, b, h, out, sizes)
        out.append(h)
        sizes.append(size)
        near = h[1] + LONG_RUN
    return out


def _joined_back(
    a: Sequence[str], b: Sequence[str], h: Hunk, out: list[Hunk], sizes: list[int]
) -> tuple[Hunk, int]:
    """A hunk with those before it that it is joined to, taken off ``out``; and its size."""
    size = _size(a, b, h)
    while out:
        last = out[-1]
        start, end = last[1], h[0]
        if end - start > LONG_RUN:
            break
        last_size = sizes[-1] or _size(a, b, last)
        between = a[start:end]
        letters = len(between[0]) if end - start == 1 else sum(map(len, between))
        outweighs = letters > min(size, last_size) or (
            _swaps_figures(a, b, last) and _swaps_figures(a, b, h)
        )
        if _stands(between, outweighs=outweighs):
            break
        del out[-1], sizes[-1]
        size += last_size + letters
        h = (last[0], h[1], last[2], h[3])
    return h, size


def _stands(between: Sequence[str], *, outweighs: bool) -> bool:
    """Whether a shared run between two hunks is shared for more than chance.

    Function words and marks alone are chance. What outweighs one of its neighbours is not: the rule
    of diff-match-patch's semantic clean-up, here on the letters of words. Nor are two names or
    figures: people kept in a list whose other members change.
    """
    if outweighs:
        return any(map(_says_something, between))
    return sum(map(_names_something, between)) > 1


def _swaps_figures(a: Sequence[str], b: Sequence[str], h: Hunk) -> bool:
    """Whether a hunk is one figure for another: rows of figures are read one by one."""
    a0, a1, b0, b1 = h
    return a1 - a0 == 1 == b1 - b0 and _has_digit(a[a0]) and _has_digit(b[b0])


def _has_digit(token: str) -> bool:
    return not token.isalpha() and any(map(str.isdigit, token))


@lru_cache(maxsize=65536)
def _names_something(token: str) -> bool:
    return (token[0].isupper() or token[-1].isdigit()) and len(token) > 1 and _says_something(token)


@lru_cache(maxsize=65536)
def _says_something(token: str) -> bool:
    return token.lower() not in FUNCTION_WORDS and _WORD.search(token) is not None


_ENDS = frozenset(".!?…。！？؟")
_PAUSES = frozenset(",;:—–")
_QUOTES = frozenset("\"'“”‘’«»„()")
_LINKING_WORDS = "and or but und oder aber et ou mais y e o pero ma mas"
_LINKING = frozenset(_LINKING_WORDS.split())


def _slides(text: Sequence[str], start: int, end: int) -> bool:
    """Whether a pure insertion or deletion may stand a token further left or right: few may."""
    return text[start - 1] == text[end - 1] or (end < len(text) and text[start] == text[end])


def _slide(a: Sequence[str], b: Sequence[str], hunks: Sequence[Hunk], k: int) -> Hunk:
    """A pure insertion or deletion moved, among its equivalent places, to the best boundary."""
    a0, a1, b0, b1 = h = hunks[k]
    text, start, end = (b, b0, b1) if a0 == a1 else (a, a0, a1)
    low = hunks[k - 1][1] - a0 + 1 if k else -min(a0, b0)
    high = min(len(a) - a1, len(b) - b1)
    if k + 1 < len(hunks):
        high = hunks[k + 1][0] - a1 - 1
    left = low < 0 and text[start - 1] == text[end - 1]
    if not left and not (high > 0 and text[start] == text[end]):
        return h
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
    return (a0 + shift, a1 + shift, b0 + shift, b1 + shift) if shift else h


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


def _join_quoted(a: Sequence[str], b: Sequence[str], hunks: list[Hunk]) -> list[Hunk]:
    """Quotation marks put round words (or taken away) are one change of those words."""
    out: list[Hunk] = []
    for h in hunks:
        if out and h[0] - out[-1][1] <= _QUOTED_WORDS:
            last = out[-1]
            if _mark_only(a, b, last) and _mark_only(a, b, h):
                out[-1] = (last[0], h[1], last[2], h[3])
                continue
        out.append(h)
    return out


#: Words that new quotation marks may enclose and still be shown as one change.
_QUOTED_WORDS = 5
_MARKS = frozenset(['"', "'", "“", "”", "‘", "’", "«", "»", "„"])


def _mark_only(a: Sequence[str], b: Sequence[str], h: Hunk) -> bool:
    a0, a1, b0, b1 = h
    return a1 - a0 + b1 - b0 == 1 and (a[a0] if a0 < a1 else b[b0]) in _MARKS
