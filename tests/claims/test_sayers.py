"""Who says it, where another noun stands nearer: and what no one says."""

# ruff: noqa: E501  (sentences are easier to read in one line)

from __future__ import annotations

import pytest

from variorum.model import Claim, Document
from variorum.stages.claims import find_claims


def found(text: str) -> list[tuple[str, str | None]]:
    """What is said in a text, each with its speaker's name."""

    def said(claim: Claim) -> str:
        return text[slice(*claim.content)]

    return [(said(c), c.speaker.name) for c in find_claims(Document.from_text(text))]


SAYS = [
    # what "which" takes up can speak
    ("The pumps were moved at the request of the water board, which says the old site flooded.", "the old site flooded", "water board"),
    ("It followed a report by the ombudsman, which found that rooms were damp.", "rooms were damp", "report by the ombudsman"),
    # a tag's pronoun is not in its own words
    ("Researchers at the lab trained bees. The bees went on arriving at the feeder for six days, they report.", "The bees went on arriving at the feeder for six days", "Researchers at the lab"),
    # an organisation within a role
    ("A Health and Safety Executive inspector, Dr Moira Keane, said the roof was old.", "the roof was old", "Moira Keane"),
    # he is not who asks him
    ("Colin Petty told the court he was sorry. Under cross-examination by Rupert Lisle, defending, he agreed that the roof was old.", "the roof was old", "Colin Petty"),
    # who does what is done to say it
    ("Sharon Ainley said her son had texted her at noon to say that he would be late.", "he would be late", "her son"),
    # nobody is a time
    ("Inflation is projected to fall to 2% by the end of 2026.", "Inflation is projected to fall to 2% by the end of 2026", None),
    # who asks is not told
    ("Asked if she would stay, Moira Keane smiled.", "if she would stay", None),
    # a second verb after "but", and verbs before a phrase of place
    ("The Bank of Norland left rates unchanged on Thursday but signalled that a cut could come.", "a cut could come", "Bank of Norland"),
    ("A former butler to the Duke claims in a forthcoming memoir that he was frozen out.", "he was frozen out", "former butler to the Duke"),
    ("Stephen Oakshott, who worked there for years, writes in The Silver Tray that footmen were tired.", "footmen were tired", "Stephen Oakshott"),
    ("The warehouse manager, Colin Petty, gave evidence that he had pointed out the skylights.", "he had pointed out the skylights", "Colin Petty"),
    # the clause goes on behind the tag
    ("Dr Moira Keane was pleased. It might also, she suggested, explain how they find their way.", "It might also, she suggested, explain how they find their way", "Moira Keane"),
    # a sentence may end in a time of day
    ("He was last seen at about 1.15am. Cameras show that he was alone, police say.", "Cameras show that he was alone", "police"),
    # who was heard without a name, and is heard again
    ("Alun Prosser, the culture minister, resigned.\n\nOne cabinet minister, speaking on condition of anonymity, said it had taken four days. “Everyone saw it,” the minister said.", "“Everyone saw it,”", "One cabinet minister"),
    ("Three people familiar with the talks said a deal was near.\n\nThe price is not agreed, the people said.", "The price is not agreed", "Three people familiar with the talks"),
    # what is no name of anybody who speaks
    ("Hannah Briggs called the delay a kick. “They said it would be Christmas,” the 29-year-old said.", "“They said it would be Christmas,”", "Hannah Briggs"),
    ("The post was seen by Dr Annika de Vries, a curator in The Hague, who said she had screamed.", "she had screamed", "Annika de Vries"),
    ("Shares in Skelda Express, which said it was reviewing its options, rose.", "it was reviewing its options", "Skelda Express"),
    # a firm by what it makes
    ("The barge’s owner, Denholm Aggregates, said the vessel was sound.", "the vessel was sound", "Denholm Aggregates"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content", "speaker"), SAYS)
def test_what_is_said_has_its_speaker(text: str, content: str, speaker: str | None) -> None:
    assert (content, speaker) in found(text)


NOTHING = [
    ("Opposition parties accused the government of ignoring repeated warnings about the dam.", "warnings about the dam"),
    ("She was found 50 minutes later by a cleaner, who went for help.", "She was found 50 minutes later"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content"), NOTHING)
def test_nobody_says_it(text: str, content: str) -> None:
    assert content not in [said for said, _ in found(text)]


def test_repeated_is_a_verb_where_somebody_does_it() -> None:
    assert ("the dam was safe", "Moira Keane") in found(
        "Moira Keane repeated that the dam was safe."
    )


INTERVIEW = """‘I still can’t hear it’: Nils Hartwig on 20 years of Paperweight

The band are about to tour. Nils Hartwig met the Observer in a cafe near his home.

Did you expect anyone to remember the record?

Not really. We pressed 500 and my dad bought 30. I thought that was the market.

You have said the second album nearly killed you. Is that an exaggeration?

Slightly. I was drinking, and nobody minded.

How is your hearing?

Bad.
"""


def test_the_answers_of_an_interview_are_whose_it_is_with() -> None:
    said = found(INTERVIEW)
    for answer in (
        "Not really. We pressed 500 and my dad bought 30. I thought that was the market.",
        "Slightly. I was drinking, and nobody minded.",
        "Bad.",
    ):
        assert (answer, "Nils Hartwig") in said


def test_questions_that_a_newsroom_answers_itself_are_no_interview() -> None:
    asked = INTERVIEW.replace("I thought", "Some thought").replace("my dad", "a dad")
    asked = asked.replace("I was drinking", "The band were drinking")
    assert not [said for said, _ in found(asked) if said.startswith(("Not really", "Slightly"))]
