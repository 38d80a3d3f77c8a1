"""Relative clauses in which somebody says something, names that sources give themselves, and offices in
capitals."""

# ruff: noqa: E501  (sentences are easier to read in one line)

from __future__ import annotations

import pytest

from variorum.model import Document
from variorum.stages.claims import find_claims


def found(text: str) -> list[tuple[str, str | None]]:
    """What is said in a text, each with its speaker's name."""
    claims = find_claims(Document.from_text(text))
    return [(text[slice(*c.content)], c.speaker.name) for c in claims]


SAYS = [
    # the relative pronoun is the subject of what is said
    ("The notebook, which experts for the crown say is authentic, was shown to the court.", "is authentic", "experts for the crown"),
    ("He was driving a car which police believe was stolen in May.", "was stolen in May", "police"),
    ("The law has a loophole that Supervisor Wade Tarn acknowledged was written by a lobbyist.", "was written by a lobbyist", "Wade Tarn"),
    ("It is a plan that ministers hope will work.", "will work", "ministers"),
    # names that sources give
    ("Farmers complained. “I rang nine times,” said one, who gave his name only as Zeno.", "“I rang nine times,”", "Zeno"),
    ("The owner of the Crown Grill, who gave his name as Idris, said he had locked the door.", "he had locked the door", "Idris"),
    ("A woman who asked to be identified only as Lina said she had fled.", "she had fled", "Lina"),
    # offices in capitals take up who holds them
    ("Food Minister Sujata Pell said the charge was baseless. Every sack was accounted for, the Minister claimed.", "Every sack was accounted for", "Sujata Pell"),
    ("The Governor, Alex Orne, spoke on Monday. “We will not rest,” the Governor added.", "“We will not rest,”", "Alex Orne"),
    ("Leader of the Opposition Ramesh Pell spoke first. Shri Pell said the sacks were empty.", "the sacks were empty", "Ramesh Pell"),
    # a branch in brackets
    ("KPL(M) State secretary Alok Tarn demanded a judicial probe.", "a judicial probe", "Alok Tarn"),
    ("The Labour (Co-op) councillor Ann Tarn said the road was shut.", "the road was shut", "Ann Tarn"),
    # who spoke without a name just before
    ("Pressed by Nikhil Orne, she would not say.\n\nA person familiar with the board's thinking said directors were divided. A vote could come soon, the person said.", "A vote could come soon", "person familiar with the board's thinking"),
    # a demonym before a noun is nobody
    ("Margit Oyen, a translator, died on Monday. The service believed she had worked for British intelligence; she always said that nobody had asked.", "nobody had asked", "Margit Oyen"),
    # somebody of an organisation, by its name
    ("That makes Dr Amarjit Orne wince. “All is manageable,” said the University of Brandon toxicologist.", "“All is manageable,”", "Amarjit Orne"),
    # "That is", "There's"
    ("That is a lie, said Paul Orne.", "That is a lie", "Paul Orne"),
    ("That’s comparable to a dishwasher in the room, said its author, acoustician Paul Orne.", "That’s comparable to a dishwasher in the room", "Paul Orne"),
    ("There's no cure, said Paul Orne.", "There's no cure", "Paul Orne"),
    ("The commander put the area burned so far at 18,000 hectares.", "the area burned so far at 18,000 hectares", "commander"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "speaker"), SAYS)
def test_who_says_what_in_such_a_construction(text: str, said: str, speaker: str) -> None:
    assert (said, speaker) in found(text)


SAYS_NOTHING = [
    ("The road that the mayor promised has not been built.", "has not been built"),
    ("People who live near the report said no.", "said no"),
    ("The mayor put her feet up at 10.", "her feet up at 10"),
]


@pytest.mark.parametrize(("text", "said"), SAYS_NOTHING)
def test_what_looks_alike_is_not_said(text: str, said: str) -> None:
    assert said not in [words for words, _ in found(text)]


def test_a_man_of_the_name_is_not_the_office() -> None:
    text = "The Met said two men were held. The Chief, a pub in Harlow, was shut."
    assert ("two men were held", "Met") in found(text)
