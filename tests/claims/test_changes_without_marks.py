"""Quotations that went, with other words in their place; reports by nobody that went."""

from __future__ import annotations

import pytest

import variorum
from variorum.model import ClaimChange, Document

REST = ["The harbour was shut for two hours.", "Divers were “on their way”, the coastguard said."]


def changes(
    old: str, new: str, headline: tuple[str, str] = ("Ferry", "Ferry")
) -> list[ClaimChange]:
    first, second = (
        Document.build(h, [p, *REST], language="en")
        for h, p in zip(headline, (old, new), strict=True)
    )
    return variorum.claim_changes(first, second)


def told(old: str, new: str, headline: tuple[str, str] = ("Ferry", "Ferry")) -> list[str]:
    return [c.statement for c in changes(old, new, headline) if c.kind == "quote"]


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [
        ("Captain 'was on phone' before crash", "Police to examine phone records after crash", "was on phone"),
        ("School water is 'poison'", "School water holds lead", "poison"),
        ("Mayor took 'a bag of cash'", "Mayor is to open a bag shop in May", "a bag of cash"),
    ],
)  # fmt: skip
def test_a_quotation_that_went_never_became_words_that_nobody_was_quoted_with(
    old: str, new: str, gone: str
) -> None:
    for lines in (told("It sank.", "It sank.", (old, new)), told(old + ".", new + ".")):
        assert lines == [f"“{gone}” is gone"]
    (change,) = [c for c in changes(f"{old}.", f"{new}.") if c.kind == "quote"]
    assert (change.before, change.after) == (gone, "")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "Chief executive Priya Nair said: “We let patients down and I am sorry.”",
            "Chief executive Priya Nair said the board had let patients down and was sorry.",
            "let patients down and was sorry” (no longer in quotation marks)",
        ),
        (
            "Chief executive Priya Nair said the board had let patients down and was sorry.",
            "Chief executive Priya Nair said the board “had let patients down and is very sorry”.",
            "very sorry” (now in quotation marks)",
        ),
    ],
)
def test_a_paraphrase_is_told_with_its_want_of_marks(old: str, new: str, line: str) -> None:
    (said,) = told(old, new)
    assert said.endswith(line)


def test_two_quotations_are_told_as_they_were() -> None:
    said = told("“We are ready,” said Ana Weiss.", "“We are nearly ready,” said Ana Weiss.")
    assert said == ["“We are ready” became “We are nearly ready”"]


def test_a_report_by_nobody_in_a_sentence_that_stayed_is_told_when_it_went() -> None:
    old = "The captain, Bertrand Nye, 56, was said to be under police guard in hospital."
    new = "The captain, Bertrand Nye, 56, was being treated in hospital."
    (change,) = changes(old, new)
    assert change.kind == "dropped"
    assert change.statement.endswith("was said to be under police guard in hospital” is gone")
    (back,) = changes(new, old)
    assert back.kind == "added" and back.statement.endswith("guard in hospital” is new")


def test_a_report_by_nobody_that_became_a_fact_has_lost_its_hedge_only() -> None:
    old = "The captain, Bertrand Nye, was said to be under police guard in hospital."
    new = "The captain, Bertrand Nye, was under police guard in hospital."
    assert [c.kind for c in changes(old, new)] == ["unhedged"]


def test_what_is_expected_of_something_is_nobodys_report() -> None:
    old = "The ferry was expected to be towed to the yard by noon."
    new = "The ferry was lying on its side at the quay."
    assert [c.kind for c in changes(old, new)] == []


def test_a_denial_that_went_is_told_though_what_it_denied_is_still_said() -> None:
    accused = "The fire chief, Tomas Varga, said the alarm had failed."
    denied = "The owner, Delph Coatings, denied that the alarm had failed."
    old, new = (
        Document.build("Fire", [*ends, *REST], language="en")
        for ends in ([accused, denied], [accused])
    )
    (gone,) = variorum.claim_changes(old, new)
    assert gone.kind == "dropped" and "Delph Coatings, denied that" in gone.statement
    moved = Document.build("Fire", [denied, accused, *REST], language="en")
    assert variorum.claim_changes(old, moved) == []
