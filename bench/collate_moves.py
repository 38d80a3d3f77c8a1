"""Constructed pairs with known moves: real paragraphs put elsewhere, some edited on the way."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

Numbered = tuple[int, str]


@dataclass(frozen=True)
class Moved:
    """A pair and its moved blocks: sets of sentence numbers of the old text."""

    old: list[list[str]]
    new: list[list[str]]
    blocks: list[frozenset[int]]

    @property
    def old_text(self) -> str:
        return "\n\n".join(" ".join(p) for p in self.old)

    @property
    def new_text(self) -> str:
        return "\n\n".join(" ".join(p) for p in self.new)


def constructed(texts: Sequence[list[list[str]]], count: int, seed: int = 1) -> list[Moved]:
    """``count`` pairs from texts given as paragraphs of sentences (each unique in its text).

    One or two blocks of one to three paragraphs move over at least twice their own letters, and
    stay apart from each other. A third of the moved sentences lose or change a word; elsewhere a
    sentence in ten is edited, dropped or has one put before it.
    """
    chance = random.Random(seed)
    words = sorted({w for text in texts for p in text for s in p for w in s.split()})
    found: list[Moved] = []
    pool = [t for t in texts if len(t) >= 10]
    while len(found) < count:
        pair = _moved(chance.choice(pool)[:40], chance, words)
        if pair:
            found.append(pair)
    return found


def _moved(text: list[list[str]], chance: random.Random, words: Sequence[str]) -> Moved | None:
    flat = [s for p in text for s in p]
    if len(set(flat)) != len(flat):
        return None
    number = 0
    paragraphs: list[list[Numbered]] = []
    for p in text:
        paragraphs.append([(number + k, s) for k, s in enumerate(p)])
        number += len(p)
    sizes = [sum(len(s) for _, s in p) for p in paragraphs]
    blocks: list[frozenset[int]] = []
    taken: set[int] = set()
    order = list(range(len(paragraphs)))
    for _ in range(chance.choice([1, 1, 2])):
        size = chance.randint(1, 3)
        start = chance.randrange(len(paragraphs) - size)
        block = list(range(start, start + size))
        places = [
            at
            for at in range(len(order) + 1)
            if _far_enough(order, sizes, block, at) and not taken & set(block)
        ]
        if not places:
            return None
        at = chance.choice(places)
        around = order[max(0, at - 1) : at + 1]
        if taken & {*around, start - 1, start + size}:
            return None
        position = order.index(start)
        moved = order[position : position + size]
        if moved != block:
            return None
        rest = order[:position] + order[position + size :]
        at = at if at <= position else at - size
        order = rest[:at] + block + rest[at:]
        taken |= set(block) | set(around)
        blocks.append(frozenset(n for b in block for n, _ in paragraphs[b]))
    inside = set().union(*blocks)
    new = [_edited(paragraphs[k], inside, chance, words) for k in order]
    return Moved(text, [p for p in new if p], blocks)


def _far_enough(order: Sequence[int], sizes: Sequence[int], block: Sequence[int], at: int) -> bool:
    """Whether a block put at ``at`` jumps over twice its own letters, both ways clear of it."""
    start = order.index(block[0])
    end = start + len(block)
    if start <= at <= end:
        return False
    jumped = order[end:at] if at > end else order[at:start]
    return sum(sizes[k] for k in jumped) >= 2 * sum(sizes[k] for k in block)


def _edited(
    paragraph: Sequence[Numbered], inside: set[int], chance: random.Random, words: Sequence[str]
) -> list[str]:
    out: list[str] = []
    for number, sentence in paragraph:
        if number in inside:
            out.append(_reworded(sentence, chance, words) if chance.random() < 1 / 3 else sentence)
            continue
        kind = chance.random()
        if kind < 0.03:
            continue
        if kind < 0.06:
            out.append(" ".join(chance.sample(list(words), 9)).capitalize() + ".")
        out.append(_reworded(sentence, chance, words) if kind > 0.95 else sentence)
    return out


def _reworded(sentence: str, chance: random.Random, words: Sequence[str]) -> str:
    parts = sentence.split(" ")
    if len(parts) < 6:
        return sentence
    at = chance.randrange(len(parts) - 1)
    parts[at : at + 1] = [] if chance.random() < 0.3 else [chance.choice(words)]
    return " ".join(parts)
