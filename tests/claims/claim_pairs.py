"""The project's own version pairs (``pairs/*.jsonl``), read and compared with what is found."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.model import ClaimChange, Document, Notice
from variorum.text.typography import fold

FOLDER = Path(__file__).parent / "pairs"
_OPEN, _CLOSE = "⟦", "⟧"


@dataclass(frozen=True)
class VersionPair:
    """One pair: both versions, what is expected of it, and the places of its marked hedges."""

    id: str
    old: Document
    new: Document
    expected: tuple[dict[str, Any], ...]
    old_hedges: frozenset[tuple[int, int]]
    new_hedges: frozenset[tuple[int, int]]

    @property
    def unseen(self) -> bool:
        """Only the score of an unseen pair is looked at, never what is wrong with it."""
        return int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 2 == 1


def version_pairs(folder: Path = FOLDER) -> Iterator[VersionPair]:
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text(encoding="utf8").splitlines():
            yield _pair(json.loads(line))


def _pair(data: dict[str, Any]) -> VersionPair:
    changed = data["text"]
    for before, after in data["edits"]:
        assert changed.count(before) == 1, (data["id"], before)
        changed = changed.replace(before, after)
    paragraphs = changed.split("\n\n")
    if "move" in data:
        taken, put = data["move"]
        paragraphs.insert(put, paragraphs.pop(taken))
    notices = tuple(Notice(kind, text) for kind, text in data["notices"])
    old, old_hedges = _document(data["text"].split("\n\n"), data["language"], ())
    new, new_hedges = _document(paragraphs, data["language"], notices)
    return VersionPair(data["id"], old, new, tuple(data["expected"]), old_hedges, new_hedges)


def _document(
    paragraphs: list[str], language: str, notices: tuple[Notice, ...]
) -> tuple[Document, frozenset[tuple[int, int]]]:
    plain, places, opened = [], set(), 0
    for mark in "\n\n".join(paragraphs):
        if mark == _OPEN:
            opened = len(plain)
        elif mark == _CLOSE:
            places.add((opened, len(plain)))
        else:
            plain.append(mark)
    bare = "".join(plain).split("\n\n")
    document = Document.build(bare[0], bare[1:], language=language, notices=notices)
    return document, frozenset(places)


def same_words(expected: str, found: str) -> bool:
    """Whether what was expected stands in what was found, or the other way about."""
    if not expected:
        return True
    a, b = (fold(text).lower().strip("\"' ") for text in (expected, found))
    return bool(b) and (a in b or b in a)


def matched(pair: VersionPair, found: list[ClaimChange]) -> tuple[list[ClaimChange], int]:
    """The found changes that nothing expected, and how many of the expected were found."""
    left, met = paired(pair, found)
    return left, len(met)


def paired(
    pair: VersionPair, found: list[ClaimChange]
) -> tuple[list[ClaimChange], list[tuple[dict[str, Any], ClaimChange]]]:
    """The found changes that nothing expected, and each expected one with the one found for it."""
    left, met = list(found), []
    for wanted in pair.expected:
        for change in left:
            if (
                change.kind == wanted["kind"]
                and same_words(wanted["before"], change.before)
                and same_words(wanted["after"], change.after)
            ):
                left.remove(change)
                met.append((wanted, change))
                break
    return left, met


def f1(hit: int, found: int, gold: int) -> float:
    return 2 * hit / (found + gold) if found + gold else 0.0


def kinds_score(unseen: bool) -> tuple[float, Counter[str]]:
    """F1 of claim-change kinds over one half of the pairs, and its counts."""
    return score_of(pair for pair in version_pairs() if pair.unseen == unseen)


def score_of(pairs: Iterable[VersionPair]) -> tuple[float, Counter[str]]:
    """F1 of claim-change kinds over ``pairs``, and its counts."""
    import variorum

    n: Counter[str] = Counter()
    for pair in pairs:
        found = variorum.claim_changes(pair.old, pair.new)
        _, met = paired(pair, found)
        asked = [(w["announced"], change.announced) for w, change in met if "announced" in w]
        n.update(pairs=1, hit=len(met), found=len(found), gold=len(pair.expected))
        n.update({"announced asked": len(asked), "announced right": sum(a == b for a, b in asked)})
    return f1(n["hit"], n["found"], n["gold"]), n


def hedges_score(unseen: bool) -> tuple[float, Counter[str]]:
    """F1 of hedge cues (overlapping spans, one to one) over one half of the pairs."""
    from variorum.stages.claims import find_hedges

    n: Counter[str] = Counter()
    for pair in version_pairs():
        if pair.unseen != unseen:
            continue
        for document, gold in ((pair.old, pair.old_hedges), (pair.new, pair.new_hedges)):
            left = set(gold)
            found = find_hedges(document.text, 0, len(document.text))
            for hedge in found:
                hit = next((g for g in left if g[0] < hedge.span[1] and hedge.span[0] < g[1]), None)
                if hit is not None:
                    left.remove(hit)
                    n["hit"] += 1
            n.update(found=len(found), gold=len(gold))
    return f1(n["hit"], n["found"], n["gold"]), n
