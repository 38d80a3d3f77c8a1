"""Claim changes of a comparison taken from what the archive recorded, and only where that fits."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from web_shelf import HARBOUR, hostile, story

from variorum.stages.claims import compare_claims
from variorum.stages.collate import collate_documents
from variorum.web.collated import in_reading_order, lay_out
from variorum.web.readings import Readings
from variorum.web.recorded import change_of, recorded_changes

PAIRS = [(HARBOUR[0], HARBOUR[1]), (HARBOUR[1], HARBOUR[2]), (hostile(0), hostile(1))]


def rows(old: Any, new: Any) -> list[dict[str, Any]]:
    """The claim changes as they come out of the database."""
    found = compare_claims(old, new, collate_documents(old, new))
    told: list[dict[str, Any]] = json.loads(json.dumps([c.to_dict() for c in found]))
    return told


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_a_record_becomes_the_claim_change_that_it_was(old: Any, new: Any) -> None:
    found = compare_claims(old, new, collate_documents(old, new))
    assert found
    again = recorded_changes(rows(old, new), old, new)
    assert again is not None
    assert json.dumps([c.to_dict() for c in again]) == json.dumps([c.to_dict() for c in found])


def test_a_range_of_a_figure_comes_back_as_one() -> None:
    old = story("Rain", "Between 12 and 15 people were hurt, said the fire service.")
    new = story("Rain", "Between 12 and 19 people were hurt, said the fire service.")
    (row,) = rows(old, new)
    (figure,) = change_of(row).new.figures  # type: ignore[union-attr]
    assert tuple(figure.value) == (12, 19)  # type: ignore[arg-type]


def test_what_was_recorded_is_taken_and_nothing_found_again(monkeypatch: Any) -> None:
    known = rows(*PAIRS[0])
    monkeypatch.setattr("variorum.stages.claims.compare_claims", None)
    compared = Readings().compared(*PAIRS[0], known)
    assert [c.to_dict() for c in compared.claims] == known


def test_a_record_that_no_longer_fits_the_text_is_made_anew() -> None:
    old, new = PAIRS[0]
    known = rows(old, new)
    better = story(new.headline, *new.paragraphs[1:], byline=new.byline, published=new.published)
    assert recorded_changes(known, old, better) is None
    compared = Readings().compared(old, better, known)
    assert [c.to_dict() for c in compared.claims] == rows(old, better)
    assert recorded_changes(known, replace(old, text=old.text[:80]), new) is None


@pytest.mark.parametrize(
    ("old", "new"), [*PAIRS, (HARBOUR[0], HARBOUR[2]), (HARBOUR[2], HARBOUR[0])]
)
def test_notes_beside_a_comparison_are_numbered_downwards(old: Any, new: Any) -> None:
    compared = Readings().compared(old, new)
    claims = in_reading_order(compared.layout, compared.claims)
    assert sorted(map(id, claims)) == sorted(map(id, compared.claims))
    notes = [n for b in lay_out(compared.layout, old, new, claims) for n in b.notes]
    assert notes == list(range(1, len(claims) + 1))
