"""The fifth articles keep their floors: statements, speakers, hedges, refusals (rounded down)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "articles"))

from scoring import ARTICLES, articles, measure, summary, unseen_fifth

FIFTH = list(articles(ARTICLES / "fifth"))
FLOORS = {
    "English, seen": (94.0, 91.0, 94.0, 81.0, 80.0),
    "others, seen": (90.0, 85.0, 85.0, 93.0, 100.0),
    "unseen": (95.0, 93.0, 81.0, 100.0, 100.0),
}


def group(name: str) -> list[dict[str, object]]:
    if name == "unseen":
        return [r for r in FIFTH if unseen_fifth(r)]
    english = name.startswith("English")
    return [r for r in FIFTH if not unseen_fifth(r) and (r["language"] == "en") == english]


@pytest.mark.parametrize("name", FLOORS)
def test_the_fifth_articles_keep_their_floors(name: str) -> None:
    scores = summary(measure(group(name)))
    asked = (
        "claims all, overlap F1",
        "claims all, exact F1",
        "speaker resolved",
        "hedge cues, F1",
        "refusals found",
    )
    for floor, what in zip(FLOORS[name], asked, strict=True):
        assert scores[what] >= floor - 0.05, what
