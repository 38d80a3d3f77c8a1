"""The words that differ between two passages, exactly and readably."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from rapidfuzz.distance import Indel

from variorum.model import Word
from variorum.stages.collate.moves import in_place
from variorum.stages.collate.tidy import Hunk, tidy
from variorum.text.tokens import normal, pieces

#: Old times new tokens compared at once: the bit matrix kept is an eighth of that, in bytes.
MOST_CELLS = 200_000_000
# Lists longer than this are cut before they are compared, at a run so long that stands, on the other
# side, so far from the same place at most.
_WHOLE, _RUN, _REACH = 320, 16, 64
#: The name of what is done beyond it.
BY_ANCHORS = "words-by-unique-anchors"


def word_edits(old: str, new: str) -> tuple[Word, ...]:
    """The pieces of ``old`` (``=`` and ``-``) and of ``new`` (``=`` and ``+``), in order.

    Joined, they give back both to the letter, white space included. Where two tokens differ in
    typography only they are aligned, and stand as ``-`` and ``+`` beside each other.
    """
    if old == new:
        return (("=", old),) if old else ()
    a, b = pieces(old), pieces(new)
    words_a, words_b = a[1::2], b[1::2]
    if not old.isascii():
        words_a = list(map(normal, words_a))
    if not new.isascii():
        words_b = list(map(normal, words_b))
    return _Composer(a, b).compose(token_hunks(words_a, words_b))


def too_long(old: str, new: str) -> bool:
    """Whether two passages are past the limit of exact comparison (``BY_ANCHORS`` then)."""
    if len(old) * len(new) <= MOST_CELLS:
        return False
    return (len(pieces(old)) // 2) * (len(pieces(new)) // 2) > MOST_CELLS


def token_hunks(a: list[str], b: list[str]) -> list[Hunk]:
    """What differs between two token lists: minimal by Indel distance (of long ones: each
    half, see ``_gather_shared``), then tidied."""
    if a > b:  # one orientation for ties: swapping the sides mirrors the result
        return [(a0, a1, b0, b1) for b0, b1, a0, a1 in token_hunks(b, a)]
    hunks = _minimal(a, b) if len(a) * len(b) <= MOST_CELLS else _between_anchors(a, b)
    return tidy(a, b, hunks) if hunks else []


def _minimal(a: list[str], b: list[str]) -> list[Hunk]:
    hunks: list[Hunk] = []
    shared: list[tuple[int, int, int]] = []
    _gather_shared(a, b, 0, 0, shared)
    i = j = 0
    for at, to, size in shared:
        if at > i or to > j:
            hunks.append((i, at, j, to))
        i, j = at + size, to + size
    return hunks


def _gather_shared(
    a: list[str], b: list[str], start: int, other: int, found: list[tuple[int, int, int]]
) -> None:
    """Adds where the two sides go together (old place, new place, tokens), by a shortest script;
    ``start`` and ``other`` are where the lists begin. Comparing takes the product of the lengths: long
    ones are cut at a run that both have in the middle, which a shortest script hardly ever breaks."""
    middle = _run_in_the_middle(a, b) if len(a) > _WHOLE < len(b) else None
    if middle is not None:
        i, j = middle
        _gather_shared(a[:i], b[:j], start, other, found)
        _gather_shared(a[i:], b[j:], start + i, other + j, found)
        return
    blocks = Indel.opcodes(a, b).as_matching_blocks()
    found += [(block.a + start, block.b + other, block.size) for block in blocks]


def _run_in_the_middle(a: list[str], b: list[str]) -> tuple[int, int] | None:
    """The midst of a run of tokens that stands in the middle of ``a``, and once near there in ``b``."""
    i, longer = len(a) // 2, len(b) - len(a)
    run = a[i : i + _RUN]
    at = max(0, i - _REACH + min(longer, 0))
    end = min(len(b) - _RUN, i + _REACH + max(longer, 0))
    places: list[int] = []
    for _ in range(b[at:end].count(run[0])):
        at = b.index(run[0], at, end)
        if b[at : at + _RUN] == run:
            places.append(at)
        at += 1
    return (i + _RUN // 2, places[0] + _RUN // 2) if len(places) == 1 else None


def _between_anchors(a: list[str], b: list[str]) -> list[Hunk]:
    """Patience: words that occur once on each side, in order, cut the passage into small ones."""
    once_a, once_b = Counter(a), Counter(b)
    where = {t: j for j, t in enumerate(b) if once_b[t] == 1}
    pairs = [(i, where[t]) for i, t in enumerate(a) if once_a[t] == 1 and t in where]
    stays = in_place([j for _, j in pairs])
    hunks: list[Hunk] = []
    i = j = 0
    for next_i, next_j in [*(p for k, p in enumerate(pairs) if k in stays), (len(a), len(b))]:
        if (next_i - i) * (next_j - j) <= MOST_CELLS:
            inner = _minimal(a[i:next_i], b[j:next_j])
            hunks += [(a0 + i, a1 + i, b0 + j, b1 + j) for a0, a1, b0, b1 in inner]
        else:
            hunks.append((i, next_i, j, next_j))
        i, j = next_i + 1, next_j + 1
    return hunks


class _Composer:
    """Puts tokens and white space back together as words.

    ``a`` and ``b`` are :func:`pieces`: token k at ``2k + 1``, the white space before it at ``2k``.
    """

    def __init__(self, a: list[str], b: list[str]) -> None:
        self.a, self.b = a, b
        self.words: list[Word] = []

    def compose(self, hunks: Sequence[Hunk]) -> tuple[Word, ...]:
        i = j = 0  # places in the pieces not put yet
        for h in hunks:
            a0, a1, b0, b1 = h
            self._shared(i, 2 * a0, j, 2 * b0)
            if a0 < a1 and b0 < b1:
                self._shared(2 * a0, 2 * a0 + 1, 2 * b0, 2 * b0 + 1, skip=i > 2 * a0)
                self._put("-", "".join(self.a[2 * a0 + 1 : 2 * a1]))
                self._put("+", "".join(self.b[2 * b0 + 1 : 2 * b1]))
                i, j = 2 * a1, 2 * b1
            else:
                self._one_sided(h, skip=i > 2 * a0)
                i, j = 2 * a1 + 1, 2 * b1 + 1
        self._shared(i, len(self.a), j, len(self.b))
        return tuple(self.words)

    def _put(self, sign: Literal["=", "-", "+"], text: str) -> None:
        """One more piece, joined to the last of its sign; what went stands before what came."""
        if not text:
            return
        words = self.words
        if words and words[-1][0] == sign:
            words[-1] = (sign, words[-1][1] + text)
        elif sign == "-" and words and words[-1][0] == "+":
            if len(words) > 1 and words[-2][0] == "-":
                words[-2] = ("-", words[-2][1] + text)
            else:
                words.insert(len(words) - 1, ("-", text))
        else:
            words.append((sign, text))

    def _shared(self, i: int, end_i: int, j: int, end_j: int, *, skip: bool = False) -> None:
        """Pieces that are the same on both sides, or the same but for typography or white space."""
        if skip:
            return
        one, other = self.a[i:end_i], self.b[j:end_j]
        if one == other:
            self._put("=", "".join(one))
            return
        for before, after in zip(one, other, strict=True):
            if before == after:
                self._put("=", before)
            else:
                self._put("-", before)
                self._put("+", after)

    def _one_sided(self, h: Hunk, *, skip: bool) -> None:
        """Words of one side only, with the white space on both sides of them.

        ``skip``: the white space before them is put already.
        """
        a0, a1, b0, b1 = h
        sign: Literal["-", "+"] = "-" if a0 < a1 else "+"
        side, start, end = (self.a, 2 * a0, 2 * a1) if a0 < a1 else (self.b, 2 * b0, 2 * b1)
        other = self.b[2 * b0] if a0 < a1 else self.a[2 * a0]
        before, text, after = side[start], "".join(side[start + 1 : end]), side[end]
        if skip:
            self._put(sign, text + after)
        elif before == other:
            self._put("=", before)
            self._put(sign, text + after)
        elif after == other:
            self._put(sign, before + text)
            self._put("=", after)
        else:
            self._put("+" if sign == "-" else "-", other)
            self._put(sign, before + text + after)
