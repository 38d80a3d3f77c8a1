"""A ledger found with a memory of other versions is the ledger found without, whatever was edited."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.model import Claim, Document
from variorum.stages.claims import find_claims
from variorum.stages.claims.memory import Memory

HERE = Path(__file__).parent
# What makes a paragraph depend on its neighbours, if anything does.
ODD = (
    "BREAKING NEWS",
    "OSLO, May",
    "TOR",
    "TEGUAL —",
    "“We never saw it coming and",
    "“and nobody else did either,” she said.",
    "The minister added:",
    "The old",
    "no He said so.",
    "the The council denied it.",
    "MARA HOLT: We will see. “So be it.”",
    "TOM REED: I said the mayor lied.",
    "He said he was sorry. Its",
    "according",
    "to the police, three were hurt.",
    "is",
    "believed to be the first.",
    "Mr",
    "Jan",
    "Morawski walked off. He said nothing.",
    "Harlow the",
    "Clerk Mira Dent, of",
    "asked not to be",
    "named, she said.",
    "‘It's over",
    "now,' he told reporters.",
    "the",
    "Shares in Quillon fell. Quillon said it had lost £3m.",
)
GAPS = ("\n\n", "\n\n", "\n\n", "\n", "\n \n", "\n\n\n", " ", "\r\n\r\n")


@cache
def paragraphs() -> list[str]:
    """Paragraphs of the project's own stories, in all their languages."""
    found: list[str] = []
    for path in sorted((HERE / "stories").glob("*.txt")):
        for story in path.read_text(encoding="utf8").split("\n#####\n")[:60]:
            found += [p for p in story.partition("\n---\n")[0].split("\n\n") if p.strip()]
    return found


def found_alike(documents: list[Document], memory: Memory) -> None:
    for document in documents:
        assert _told(find_claims(document, memory)) == _told(find_claims(document))


def _told(claims: list[Claim]) -> str:
    return json.dumps([claim.to_dict() for claim in claims])


def edited(rng: random.Random, pieces: list[str]) -> None:
    """One thing that editors, or templates, do."""
    at = rng.randrange(len(pieces))
    match rng.randrange(8):
        case 0 if len(pieces) > 1:
            del pieces[at]
        case 1:
            pieces.insert(at, rng.choice(paragraphs()))
        case 2:
            pieces.insert(at, rng.choice(ODD))
        case 3:
            other = rng.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], pieces[at]
        case 4:
            pieces[at] = pieces[at][: rng.randrange(len(pieces[at]) + 1)] or "So."
        case 5:
            pieces[at] = pieces[at].swapcase() if rng.random() < 0.3 else pieces[at].rstrip(".”’")
        case _:
            words = pieces[at].split(" ")
            words[rng.randrange(len(words))] = rng.choice(
                ("Anna Holt", "“", "may", "He", "12", "the")
            )
            pieces[at] = " ".join(words)


def history(seed: int, versions: int) -> list[Document]:
    rng = random.Random(seed)
    start, size = rng.randrange(len(paragraphs()) - 30), rng.randrange(2, 25)
    pieces = paragraphs()[start : start + size]
    if rng.random() < 0.5:
        pieces = [rng.choice(ODD) if rng.random() < 0.4 else p for p in pieces]
    gap = rng.choice(GAPS)
    documents = []
    for _ in range(versions):
        documents.append(Document.from_text(gap.join(pieces)))
        for _ in range(rng.randrange(1, 4)):
            edited(rng, pieces)
        if rng.random() < 0.2:
            gap = rng.choice(GAPS)
    rng.shuffle(documents)
    return documents


@given(st.integers(min_value=0), st.sampled_from([2, 5, 1024]))
@settings(max_examples=25, deadline=None)
def test_a_history_found_with_a_memory_is_found_as_without(seed: int, most: int) -> None:
    found_alike(history(seed, 6), Memory(most))


@pytest.mark.parametrize("most", [3, 1024])
def test_one_memory_serves_many_articles(most: int) -> None:
    memory = Memory(most)
    for seed in range(12):
        found_alike(history(seed, 2), memory)
    assert memory.size <= 4 * most


@pytest.mark.parametrize("text", ["", "\n\n\n\n", " ", "“", "a\n\n\n\nb", "The\n\nHe", "x" * 9000])
def test_texts_of_next_to_nothing(text: str) -> None:
    found_alike([Document.from_text(text)] * 2, Memory())
