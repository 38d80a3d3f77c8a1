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
#: The name of what is done beyond it.
BY_ANCHORS = "words-by-unique-anchors"


def word_edits(old: str, new: str) -> tuple[Word, ...]:
    """The pieces of ``old`` (``=`` and ``-``) and of ``new`` (``=`` and ``+``), in order.

    Joined, they give back both to the letter, white space included. Where two tokens differ in
    typography only they are aligned, and stand as ``-`` and ``+`` beside each other.
    """
    if old == new:
        return (("=", old),) if old else ()
    a, gaps_a = pieces(old)
    b, gaps_b = pieces(new)
    norm_a = a if old.isascii() else [normal(t) for t in a]
    norm_b = b if new.isascii() else [normal(t) for t in b]
    return _Composer(a, gaps_a, b, gaps_b).compose(token_hunks(norm_a, norm_b))


def too_long(old: str, new: str) -> bool:
    """Whether two passages are past the limit of exact comparison (``BY_ANCHORS`` then)."""
    if len(old) * len(new) <= MOST_CELLS:
        return False
    return len(pieces(old)[0]) * len(pieces(new)[0]) > MOST_CELLS


def token_hunks(a: Sequence[str], b: Sequence[str]) -> list[Hunk]:
    """What differs between two token lists: minimal by Indel distance, then tidied."""
    hunks = _minimal(a, b) if len(a) * len(b) <= MOST_CELLS else _between_anchors(a, b)
    return tidy(a, b, hunks) if hunks else []


def _minimal(a: Sequence[str], b: Sequence[str]) -> list[Hunk]:
    hunks: list[Hunk] = []
    i = j = 0
    for block in Indel.opcodes(a, b).as_matching_blocks():
        at, to, size = block.a, block.b, block.size
        if at > i or to > j:
            hunks.append((i, at, j, to))
        i, j = at + size, to + size
    return hunks


def _between_anchors(a: Sequence[str], b: Sequence[str]) -> list[Hunk]:
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
    """Puts tokens and white space back together as words."""

    def __init__(
        self, a: Sequence[str], gaps_a: Sequence[str], b: Sequence[str], gaps_b: Sequence[str]
    ) -> None:
        self.a, self.gaps_a, self.b, self.gaps_b = a, gaps_a, b, gaps_b
        self.words: list[list[str]] = []

    def compose(self, hunks: Sequence[Hunk]) -> tuple[Word, ...]:
        i = j = 0
        held = False  # whether the white space before i and j is already put
        for h in hunks:
            held = self._shared(i, h[0], j, h[2], held)
            held = self._hunk(h, held)
            i, j = h[1], h[3]
        held = self._shared(i, len(self.a), j, len(self.b), held)
        if not held:
            self._gap(len(self.a), len(self.b))
        signs: dict[str, Literal["=", "-", "+"]] = {"=": "=", "-": "-", "+": "+"}
        return tuple((signs[sign], text) for sign, text in self.words)

    def _put(self, sign: str, text: str) -> None:
        if not text:
            return
        words = self.words
        if words and words[-1][0] == sign:
            words[-1][1] += text
        elif sign == "-" and words and words[-1][0] == "+":
            # what went stands before what came
            if len(words) > 1 and words[-2][0] == "-":
                words[-2][1] += text
            else:
                words.insert(len(words) - 1, [sign, text])
        else:
            words.append([sign, text])

    def _gap(self, i: int, j: int) -> None:
        """The white space before token i and token j."""
        before, after = self.gaps_a[i], self.gaps_b[j]
        if before == after:
            self._put("=", before)
        else:
            self._put("-", before)
            self._put("+", after)

    def _shared(self, i: int, end_i: int, j: int, end_j: int, held: bool) -> bool:
        for k in range(end_i - i):
            if not held:
                self._gap(i + k, j + k)
            held = False
            one, other = self.a[i + k], self.b[j + k]
            if one == other:
                self._put("=", one)
            else:
                self._put("-", one)
                self._put("+", other)
        return held

    def _hunk(self, h: Hunk, held: bool) -> bool:
        """One hunk with the white space around it; whether that after it is put too."""
        a0, a1, b0, b1 = h
        gone = _text(self.a, self.gaps_a, a0, a1)
        came = _text(self.b, self.gaps_b, b0, b1)
        if gone and came:
            if not held:
                self._gap(a0, b0)
            self._put("-", gone)
            self._put("+", came)
            return False
        if gone:
            self._one_sided("-", gone, self.gaps_a[a0], self.gaps_a[a1], self.gaps_b[b0], held)
        else:
            self._one_sided("+", came, self.gaps_b[b0], self.gaps_b[b1], self.gaps_a[a0], held)
        return True

    def _one_sided(
        self, sign: str, text: str, before: str, after: str, other: str, held: bool
    ) -> None:
        """Words of one side only: ``before`` and ``after`` are the white space round them there,
        ``other`` what the other side has in their place."""
        if held:
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


def _text(tokens: Sequence[str], gaps: Sequence[str], start: int, end: int) -> str:
    """Tokens ``[start, end)`` with the white space between them."""
    if start == end:
        return ""
    parts = [tokens[start]]
    for k in range(start + 1, end):
        parts += (gaps[k], tokens[k])
    return "".join(parts)
