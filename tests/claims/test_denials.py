"""What somebody denies, or is said not to have said, is marked so; what he says of himself is not."""

from __future__ import annotations

import pytest

from variorum.model import Document
from variorum.stages.claims import explain_claims, find_claims


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
        "The minister would not be drawn on whether they had spoken.",
        "The office neither confirmed nor denied the report.",
        "The contractor declined to give its own figure.",
        "The firm has not accepted liability.",
        "Her team is slamming reports that the singer walked out.",
        "Officials played down suggestions of a rift.",
        "The embassy rejected what it called a “fantasy”.",
        "The company said sales fell, a claim the union disputes.",
        "Neither would be drawn on whether he should keep his titles.",
        "That was disputed by the student union.",
        "The manager refused to criticise her rival.",
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
        "Mr Cole maintains his innocence.",
        "The firm accepted responsibility for the leak.",
    ],
)
def test_these_are_none(text: str) -> None:
    assert claims_of(text)
    assert not any(claims_of(text))


def test_what_is_denied_ends_before_when_it_was() -> None:
    text = "She denied it at the time."
    (claim,) = find_claims(Document.from_text(text))
    assert text[slice(*claim.content)] == "it"


@pytest.mark.parametrize(
    ("text", "language", "source", "content"),
    [
        ("La ligne ferme, ce que les syndicats contestent.", "fr", "les syndicats", "ce"),
        ("Les prix montent, un chiffre que la mairie conteste.", "fr", "la mairie", "un chiffre"),
        ("Cobró del club, algo que Roldán desmiente.", "es", "Roldán", "algo"),
        ("Interrogée, la gendarmerie n’a pas souhaité réagir.", "fr", "la gendarmerie", "réagir"),
        (
            "La directora del hospital evitó responder.",
            "es",
            "La directora del hospital",
            "responder",
        ),
    ],
)
def test_denials_and_refusals_of_other_languages(
    text: str, language: str, source: str, content: str
) -> None:
    (claim,) = find_claims(Document.from_text(text, language=language))
    assert claim.negated
    assert claim.source is not None
    assert text[slice(*claim.source)] == source
    assert text[slice(*claim.content)] == content


def test_what_somebody_says_before_a_relative_clause_is_no_denial_of_it() -> None:
    text = "Le maire conteste le chiffre que la presse donne."
    (claim,) = find_claims(Document.from_text(text, language="fr"))
    assert claim.source is not None
    assert text[slice(*claim.source)] == "Le maire"


def test_nobody_at_a_club_is_the_source_and_not_the_club() -> None:
    text = "Nobody at the club would say who had paid."
    (claim,) = find_claims(Document.from_text(text))
    assert claim.source is not None
    assert text[slice(*claim.source)] == "Nobody at the club"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Mr Cole denied that he was there.", "denied"),
        ("Mr Cole pleaded not guilty to theft.", "denied"),
        ("Officers poured cold water on the idea.", "denied"),
        ("Police declined to confirm the figure.", "not said"),
        ("Mr Cole never said that he was there.", "not said"),
        ("Police stopped short of saying he was dead.", "not said"),
        ("Police said nobody was hurt.", "says that it is not so"),
    ],
)
def test_a_denial_is_told_from_what_is_not_said_and_from_a_plain_no(text: str, kind: str) -> None:
    (line,) = explain_claims(Document.from_text(text))
    assert line.endswith(f", {kind}]")


def test_a_second_verb_of_the_same_speaker_ends_what_the_first_says() -> None:
    text = "The operator denies that the line is unsafe and says it has spent £5m."
    denied, said = find_claims(Document.from_text(text))
    assert (denied.negated, said.negated) == (True, False)
    assert text[slice(*denied.content)] == "the line is unsafe"
    assert text[slice(*said.content)] == "it has spent £5m"


def test_whose_claim_it_is_that_is_denied() -> None:
    text = "He rejected a suggestion by Cllr Lucy Harte (Lib Dem) that the service had been cut."
    outer, inner = find_claims(Document.from_text(text))
    assert outer.negated
    assert (inner.speaker.name, inner.within, inner.negated) == ("Lucy Harte", 0, False)
