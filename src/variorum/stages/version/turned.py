"""Boxes amid a story that turn over: a promotion in the place of another one.

A box that is set unlike the story's paragraphs and has none of its words (``reasons.APART``) is kept as the
story's: an editor may have put it there. Where another such box stands in its place, with none of its words
either, or one that is the site's by what it says, nobody edited the story. A box that comes or goes alone is
an edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from variorum.model import Block, reasons
from variorum.stages.version.evidence import Side
from variorum.stages.version.folding import Tokens, line_key

_LETTERS = 4  # of a word that may tell one text from another
_FEWEST = 4  # such words of a box: with fewer nothing is told
_SHARED = 0.2  # of the words of the shorter of two texts that any two may have in common: a guess
_PROSE = 20  # characters of the site's that fill a box


def turned_over(gone: Sequence[Tokens], come: Sequence[Tokens], old: Side, new: Side) -> bool:
    """Whether sentences that went and came are a box of the site's turned over."""
    was, now = _lines_of(gone, old), _lines_of(come, new)
    if was is None or now is None:
        return False
    if gone and come:
        return _unlike(was, now)
    own, other = (old, new) if gone else (new, old)
    told = {line_key(" ".join(chain.from_iterable(line))) for line in was or now}
    return _is_filled(own, other, told)


def _lines_of(sentences: Sequence[Tokens], side: Side) -> list[tuple[Tokens, ...]] | None:
    """The whole lines of boxes set apart that sentences stand in; None if one stands in no such line."""
    lines = [line for line in side.apart if any(s in line for s in sentences)]
    return lines if all(any(s in line for line in lines) for s in sentences) else None


def _unlike(was: Sequence[Sequence[Tokens]], now: Sequence[Sequence[Tokens]]) -> bool:
    """Whether the lines of two boxes, edited or not, have next to nothing in common."""
    one, other = _words(was), _words(now)
    fewest = min(len(one), len(other))
    return fewest >= _FEWEST and len(one & other) <= _SHARED * fewest


def _words(lines: Sequence[Sequence[Tokens]]) -> frozenset[str]:
    words = (w.casefold() for line in lines for sentence in line for w in sentence)
    return frozenset(w for w in words if len(w) >= _LETTERS and w.isalpha())


def _is_filled(own: Side, other: Side, told: set[str]) -> bool:
    """Whether the other page has, in the place of what is ``told`` here, lines of which one is the site's by
    what it says: between the same two lines of the story."""
    if own.page is None or other.page is None:
        return False
    before, after = _neighbours(own.page.blocks, told)
    keys = [line_key(b.text) if b.kept else "" for b in other.page.blocks]
    if not before or not after or before not in keys or after not in keys:
        return False
    between = other.page.blocks[keys.index(before) + 1 : keys.index(after)]
    told_so = any(b.why in reasons.BY_WORDS for b in between)
    return told_so and sum(len(b.text) for b in between) >= _PROSE


def _neighbours(blocks: Sequence[Block], told: set[str]) -> tuple[str, str]:
    """The lines of the story right before and behind the box that holds what is ``told``."""
    before = after = ""
    met = False
    for block in blocks:
        if not block.kept:
            continue
        if block.why == reasons.APART:
            key = line_key(block.text)
            met = met or any(part in key for part in told)
        elif met:
            after = line_key(block.text)
            break
        else:
            before = line_key(block.text)
    return before, after
