"""The seventh and eighth articles keep their floors: statements and speakers (rounded down), of those that
were read and of those of which only the score has been looked at."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "articles"))

from scoring import ARTICLES, articles, measure, summary, unread

ALL, SPEAKER = "claims all, overlap F1", "speaker resolved"
FLOORS = [
    ("seventh", False, {ALL: 86.0, SPEAKER: 93.0}),
    ("seventh", True, {ALL: 87.5, SPEAKER: 92.0}),
    ("eighth", False, {ALL: 95.0, SPEAKER: 96.5}),
    ("eighth", True, {ALL: 86.5, SPEAKER: 89.0}),
]


@pytest.mark.parametrize(("which", "blind", "floors"), FLOORS)
def test_the_seventh_and_eighth_articles_keep_their_floors(
    which: str, blind: bool, floors: dict[str, float]
) -> None:
    rows = [r for r in articles(ARTICLES / which) if unread(r) == blind]
    scores = summary(measure(rows))
    assert {what: scores[what] >= floor for what, floor in floors.items()} == dict.fromkeys(
        floors, True
    )
