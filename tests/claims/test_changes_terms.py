"""Marks around a term of the trade come and go with the house style; those around words do not."""

from __future__ import annotations

import pytest

import variorum
from variorum.model import Document

BEFORE = [
    "The town council met on Monday in the hall by the weir.",
    "A posted worker is sent abroad by a firm at home.",
    "Each posted worker needs a form of the port office.",
]
AFTER = ["It meets again in May to hear the port office."]


def kinds(old: str, new: str) -> list[str]:
    found = variorum.claim_changes(
        Document.build("Mill", [*BEFORE, old, *AFTER]),
        Document.build("Mill", [*BEFORE, new, *AFTER]),
    )
    return [c.kind for c in found]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ask for a card called a ‘Blue Pass’ there.", "Ask for a card called a Blue Pass there."),
        (
            "The town is known as the ‘gate of the north’ to sailors.",
            "The town is known as the gate of the north to sailors.",
        ),
        (
            "All money must count as Overseas Harbour Aid (OHA), says the form.",
            "All money must count as Overseas Harbour Aid (“OHA”), says the form.",
        ),
        (
            "There are other rules for you as a posted worker here.",
            "There are other rules for you as a ‘posted worker’ here.",
        ),
    ],
)
def test_a_term_that_gains_or_loses_its_marks_is_no_claim_change(old: str, new: str) -> None:
    assert kinds(old, new) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "The mayor defended the “mercy tax” on boats in the old harbour.",
            "The mayor defended the mercy tax on boats in the old harbour.",
        ),
        (
            "It is a plan the minister called a “shambles” on Sunday night.",
            "It is a plan the minister called a shambles on Sunday night.",
        ),
    ],
)
def test_scare_quotes_and_opinions_that_lose_their_marks_are(old: str, new: str) -> None:
    assert kinds(old, new) == ["quote"]
