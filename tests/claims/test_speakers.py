"""Speakers taken back, inside the article, to the fullest name."""

# ruff: noqa: E501 - cases are one line each

from __future__ import annotations

import pytest

from variorum.model import Claim, Document, Speaker
from variorum.stages.claims import find_claims


def claims(text: str) -> list[Claim]:
    return find_claims(Document.from_text(text))


def speaker_of(text: str, words: str) -> Speaker:
    found = [c for c in claims(text) if words in text[slice(*c.content)]]
    assert found, f"no claim says {words!r}"
    return found[0].speaker


def test_mr_x_is_the_person_named_in_full_before() -> None:
    text = "Daniel Reyes, a plumber, saw the fire.\n\nMr Reyes said the alarm was silent."
    s = speaker_of(text, "the alarm was silent")
    assert (s.name, s.role, s.kind) == ("Daniel Reyes", "plumber", "person")


def test_a_last_name_is_the_person_named_in_full_later() -> None:
    text = "Reyes said the alarm was silent.\n\nDaniel Reyes has lived there for ten years."
    assert speaker_of(text, "the alarm was silent").name == "Daniel Reyes"


def test_he_is_the_subject_of_the_sentence_before() -> None:
    text = "Daniel Reyes saw the fire. He said the alarm was silent."
    s = speaker_of(text, "the alarm was silent")
    assert s.name == "Daniel Reyes"
    assert not s.guess


def test_she_passes_over_a_man_named_since() -> None:
    text = (
        "Maria Okafor runs the shelter. Her brother Daniel Okafor helps on Sundays. "
        "She said the roof leaks."
    )
    assert speaker_of(text, "the roof leaks").name == "Maria Okafor"


def test_a_pronoun_that_could_be_either_says_it_is_a_guess() -> None:
    text = "Daniel Reyes met Peter Holm on the stairs. He said the alarm was silent."
    assert speaker_of(text, "the alarm was silent").guess


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("Norway’s interior minister Karen Lund said no.", "interior minister", "Norway"),
        ("Prosecutor Karen Lund said the case was open.", "Prosecutor", None),
        ("Karen Lund, a spokeswoman for the Port Authority, said no.", "spokeswoman", "Port Authority"),
        ("Karen Lund, professor of law at the University of Bergen, said no.", "professor of law", "University of Bergen"),
        ("Senator Karen Lund said no.", "Senator", None),
        ("Karen Lund, the mayor of Bergen, said no.", "mayor of Bergen", None),
    ],
)  # fmt: skip
def test_role_and_organisation_as_written(text: str, role: str, organisation: str | None) -> None:
    s = claims(text)[0].speaker
    assert s.name == "Karen Lund"
    assert s.role == role
    assert s.organisation == organisation


def test_the_prosecutor_is_the_person_with_that_role() -> None:
    text = (
        "Prosecutor Karen Lund opened the case. Daniel Reyes, a plumber, was heard.\n\n"
        "The prosecutor said more arrests would follow."
    )
    s = speaker_of(text, "more arrests would follow")
    assert s.name == "Karen Lund"
    assert s.guess


def test_the_union_is_the_union_named_before() -> None:
    text = "The Harbour Workers Union met on Friday.\n\nThe union said the offer was too low."
    s = speaker_of(text, "the offer was too low")
    assert s.name is not None
    assert "Harbour Workers Union" in s.name
    assert s.kind == "organisation"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A person familiar with the talks said the offer was low.", "anonymous"),
        ("An official, who asked not to be named, said the offer was low.", "anonymous"),
        ("Sources said the offer was low.", "anonymous"),
        ("Police said the road was closed.", "group"),
        ("Witnesses said the road was closed.", "group"),
        ("The Interior Ministry said the road was closed.", "organisation"),
        ("NATO said the road was closed.", "organisation"),
        ("A leaked memo said the road was closed.", "artefact"),
        ("Karen Lund said the road was closed.", "person"),
        ("The road is believed to be closed.", "unattributed"),
    ],
)
def test_kinds_of_speakers(text: str, kind: str) -> None:
    assert claims(text)[0].speaker.kind == kind


def test_an_owner_that_says_it_is_a_firm() -> None:
    firm = "Owner Hollin Stone said it had put up fences."
    person = "Owner Petra Stone said she had put up fences."
    assert [claims(t)[0].speaker.kind for t in (firm, person)] == ["organisation", "person"]


def test_who_is_the_person_before_the_comma() -> None:
    text = "The fire was seen by Daniel Reyes, who said the alarm was silent."
    assert speaker_of(text, "the alarm was silent").name == "Daniel Reyes"


def test_an_acronym_is_the_organisation_it_stands_for() -> None:
    text = "The Harbour Workers Union met on Friday.\n\nThe HWU said the offer was too low."
    s = speaker_of(text, "the offer was too low")
    assert s.name is not None
    assert s.name.endswith("Harbour Workers Union")


def test_a_statement_without_a_source_is_unattributed() -> None:
    s = speaker_of("There are reports that the road is closed.", "the road is closed")
    assert s.kind == "unattributed"
    assert s.name is None


def test_one_shaken_shopkeeper_is_described_as_a_whole() -> None:
    text = "One shaken shopkeeper, who asked not to be named, said the street shook."
    (claim,) = find_claims(Document.from_text(text))
    assert (claim.speaker.name, claim.speaker.role) == (
        "One shaken shopkeeper",
        "shaken shopkeeper",
    )


def test_a_spokesman_without_a_name_is_he_who_speaks_next_in_the_paragraph() -> None:
    text = (
        "Fighting went on.\n\nIt was dark.\n\nThe army was there.\n\n"
        "A spokesman for the rebels denied any role. “Why would we?” Idris Kone said."
    )
    s = speaker_of(text, "any role")
    assert s.name == "Idris Kone"
    assert s.guess


def test_a_pronoun_between_a_subject_and_its_verb_is_who_spoke_before() -> None:
    text = (
        "Researchers at Linden University found no sign of it. "
        "Most parents, they concluded, simply forgot."
    )
    assert speaker_of(text, "Most parents").name == "Researchers at Linden University"


def test_she_after_her_doctor_is_whose_doctor_it_is() -> None:
    text = (
        "Margery Ablett has played for years.\n\n“I will go on,” says Ablett. Her doctor has told "
        "her to avoid stairs.\n\n“He is a nice boy,” she says."
    )
    assert speaker_of(text, "nice boy").name == "Margery Ablett"


def test_owners_before_a_name_say_that_it_is_a_firm() -> None:
    text = "The lorry was old. Its owners, Greenway Waste, said that the brakes were sound."
    s = speaker_of(text, "the brakes were sound")
    assert (s.name, s.kind) == ("Greenway Waste", "organisation")


def test_a_name_after_the_relative_clause_of_its_description_is_who_speaks() -> None:
    text = "Both tested DNA.\n\nThe firm that sells the kit, Evergene, rejected the findings."
    assert speaker_of(text, "the findings").name == "Evergene"
