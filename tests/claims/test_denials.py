"""What somebody denies, or is said not to have said, is marked so; what he says of himself is not."""

from __future__ import annotations

import pytest

from variorum.model import Document
from variorum.stages.claims import find_claims


def claims_of(text: str) -> list[bool]:
    return [c.negated for c in find_claims(Document.from_text(text))]


@pytest.mark.parametrize(
    "text",
    [
        "The firm has yet to say when the mill will reopen.",
        "Police are yet to confirm how he died.",
        "Nobody at the club would say who had paid.",
        "Neither the council nor the police would confirm the figure.",
        "The ministry will neither confirm nor deny that he was a spy.",
        "The spokesman was unable to say whether the pilot survived.",
        "He stopped short of saying the deal was dead.",
        "The union disputes that.",
        "Anton Prewitt, 41, and Sian Mallory, 38, deny fraud.",
    ],
)
def test_these_are_denials(text: str) -> None:
    assert any(claims_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "Mr Cole did not deny that he was there.",
        "Officers would only say that a man had been held.",
        "“I never touched him,” he said.",
        "Mr Cole said the council had yet to decide.",
    ],
)
def test_these_are_none(text: str) -> None:
    assert claims_of(text)
    assert not any(claims_of(text))


def test_nobody_at_a_club_is_the_source_and_not_the_club() -> None:
    text = "Nobody at the club would say who had paid."
    (claim,) = find_claims(Document.from_text(text))
    assert claim.source is not None
    assert text[slice(*claim.source)] == "Nobody at the club"
