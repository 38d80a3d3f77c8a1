"""Floors for hedges and figures on the project's own annotated articles, both halves."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import variorum
from variorum.stages.claims import find_hedges

ARTICLES = Path(__file__).resolve().parents[1] / "claims" / "articles"
sys.path.insert(0, str(ARTICLES))

import scoring  # noqa: E402


def tally(unseen: bool) -> scoring.Tally:
    counted = scoring.Tally()
    for row in scoring.articles():
        if scoring.unseen(row) == unseen:
            text = row["text"]
            hedges = find_hedges(text, 0, len(text))
            scoring.score_hedges(row, counted, [h.to_dict() for h in hedges])
            figures = variorum.figures(text)
            scoring.score_figures(row, counted, [f.to_dict() for f in figures])
    return counted


@pytest.mark.parametrize(
    ("unseen", "floors"),
    [
        (False, {"hedge overlap": 99.5, "figure value": 98.5, "figure unit": 94.5}),
        (True, {"hedge overlap": 95.5, "figure value": 96.5, "figure unit": 86.5}),
    ],
)
def test_hedges_and_figures_are_found(unseen: bool, floors: dict[str, float]) -> None:
    counted = tally(unseen)
    for name, floor in floors.items():
        assert counted.f1(name) >= floor, (name, counted.f1(name))
