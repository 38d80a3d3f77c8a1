"""The sixth articles keep their floors: statements and speakers (rounded down)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "articles"))

from scoring import ARTICLES, articles, measure, summary

FLOORS = {"claims all, overlap F1": 90.0, "claims all, exact F1": 82.5, "speaker resolved": 94.0}


def test_the_sixth_articles_keep_their_floors() -> None:
    scores = summary(measure(articles(ARTICLES / "sixth")))
    assert {what: scores[what] >= floor for what, floor in FLOORS.items()} == dict.fromkeys(
        FLOORS, True
    )
