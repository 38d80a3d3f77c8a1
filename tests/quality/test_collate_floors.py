"""Floors a little under what the collation was measured to do (``bench/collate.py``)."""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from variorum import align
from variorum.model import Document
from variorum.stages.collate import collate_documents
from variorum.stages.collate.function_words import FUNCTION_WORDS
from variorum.stages.collate.words import token_hunks
from variorum.text.tokens import pieces

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def rows(data: Path) -> list[dict[str, Any]]:
    lines = (data / "align/align.jsonl").read_text(encoding="utf8").splitlines()
    return [json.loads(line) for line in lines]


def f1(rows: list[dict[str, Any]], *, changed: bool) -> float:
    count: Counter[str] = Counter()
    for row in rows:
        gold = {(i, j) for i, j in row["links"]}
        got = set(align(row["old"], row["new"]))
        if changed:
            gold = {(i, j) for i, j in gold if row["old"][i] != row["new"][j]}
            got = {(i, j) for i, j in got if row["old"][i] != row["new"][j]}
        count["hit"] += len(gold & got)
        count["all"] += len(gold) + len(got)
    return 2 * count["hit"] / count["all"]


@pytest.mark.parametrize(
    ("source", "changed", "floor"),
    [
        ("", False, 0.985),
        ("", True, 0.945),
        ("govuk", True, 0.94),
        ("constructed", True, 0.985),
        ("deplain", True, 0.94),
    ],
)
def test_links_are_found(
    rows: list[dict[str, Any]], source: str, changed: bool, floor: float
) -> None:
    chosen = [r for r in rows if r["source"].startswith(source)]
    if not source:
        chosen = [r for r in chosen if r.get("lang", "en").startswith("en")]
    assert f1(chosen, changed=changed) >= floor


def test_word_edits_are_few_and_none_is_set_apart_by_function_words(
    rows: list[dict[str, Any]],
) -> None:
    hunks = pairs = 0
    for row in rows:
        for i, j in row["links"]:
            if row["old"][i] == row["new"][j]:
                continue
            a, b = pieces(row["old"][i])[1::2], pieces(row["new"][j])[1::2]
            found = token_hunks(a, b)
            pairs += 1
            hunks += len(found)
            for one, other in pairwise(found):
                between = a[one[1] : other[0]]
                assert any(t.lower() not in FUNCTION_WORDS for t in between)
    assert hunks / pairs < 1.7  # diff-match-patch, cleaned up semantically: 1.84


def test_texts_join_to_the_letter(rows: list[dict[str, Any]]) -> None:
    for row in rows[::5]:
        old, new = "\n\n".join(row["old"]), "  ".join(row["new"])
        found = collate_documents(Document.from_text(old), Document.from_text(new)).segments
        assert "".join(t for s in found for sign, t in s.words if sign != "-") == new
        by_old = sorted(found, key=lambda s: s.old or (-1,))
        assert "".join(t for s in by_old for sign, t in s.words if sign != "+") == old


def test_moved_blocks_are_found(rows: list[dict[str, Any]]) -> None:
    sys.path.insert(0, str(ROOT / "bench"))
    from collate_moves import constructed

    from collate import moved_blocks, paragraphs

    texts = ["\n\n".join(r["old"]) for r in rows if r["source"].startswith("govuk")]
    pairs = constructed([t for t in map(paragraphs, texts) if t], 60)
    count: Counter[str] = Counter()
    for pair in pairs:
        found = moved_blocks(pair)
        count["hit"] += sum(b in pair.blocks for b in found)
        count["found"] += len(found)
        count["gold"] += len(pair.blocks)
    assert count["hit"] / count["found"] >= 0.95
    assert count["hit"] / count["gold"] >= 0.95
