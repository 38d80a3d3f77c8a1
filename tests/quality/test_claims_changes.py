"""No claim changes where nothing but punctuation changed, on real pairs of versions."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import variorum
from variorum.text.typography import fold

PAIRS = Path(__file__).resolve().parents[3] / "shared" / "data" / "align" / "pairs.jsonl.gz"
pytestmark = pytest.mark.data

_PUNCTUATION = re.compile(r"[^\w\s\"£$€%+]|_")


def bare(text: str) -> str:
    """The words and the quotation marks of a text, punctuation and white space taken out."""
    plain = re.sub(r"(?<=\w)'(?=\w)|'", "", fold(text))
    return " ".join(_PUNCTUATION.sub(" ", plain).split())


def joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "\n\n".join(text)


def punctuation_only() -> Iterator[tuple[str, str, str]]:
    with gzip.open(PAIRS, "rt", encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            old, new = joined(row["old"]), joined(row["new"])
            if old != new and bare(old) == bare(new):
                yield row["id"], old, new


def test_pairs_that_differ_in_punctuation_only_change_no_claim() -> None:
    if not PAIRS.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"no data at {PAIRS}")
    pairs = list(punctuation_only())
    assert len(pairs) >= 5
    wrong = {n: [c.statement for c in variorum.claim_changes(a, b)] for n, a, b in pairs}
    assert {n: w for n, w in wrong.items() if w} == {}
