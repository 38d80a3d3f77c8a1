"""A text may end anywhere, and a comparison begin anywhere: truncated pages, pasted pieces, search hits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import variorum

ARTICLES = Path(__file__).parent / "articles"
TEXTS = [
    json.loads(line)["text"]
    for name in ("court", "foreign", "business")
    for line in (ARTICLES / f"{name}.jsonl").read_text("utf-8").splitlines()[:6]
]


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_a_sentence_cut_after_any_word_is_read(number: int) -> None:
    for sentence in TEXTS[number].replace("\n", " ").split(". ")[:12]:
        words = sentence.split()
        for stop in range(1, len(words) + 1):
            piece = " ".join(words[:stop])
            for claim in variorum.claims(piece):
                assert claim.content[1] <= len(piece)


def test_a_statement_that_was_declined_may_end_in_when_and_how() -> None:
    assert variorum.claims("Sanders aides declined to confirm on Tuesday also") is not None
