"""A request not to be named describes a source; it is no statement of that source."""

from __future__ import annotations

import pytest

import variorum


def contents(text: str) -> list[str]:
    return [text[slice(*c.content)] for c in variorum.claims(text)]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("One shaken florist, who asked not to be named,", "the window had gone"),
        ("A man who asked not to be identified", "the lift had stuck twice"),
        ("The porter, who requested that her name not be used,", "the ward was full"),
        ("A teacher, who asked for his surname not to be published,", "the hall was cold"),
        ("A broker, who declined to be identified discussing private talks,", "the price was low"),
        ("A clerk, who requested anonymity to discuss the talks,", "the price was low"),
        ("The diver, who insisted on anonymity,", "the wreck was empty"),
        ("A nurse, who refused to be publicly named,", "the ward was full"),
        ("An aide who agreed to speak on condition of anonymity", "the deal was dead"),
        ("A tenant, asking to remain anonymous,", "the stairs were dark"),
    ],
)
def test_a_request_for_no_name_is_no_statement(source: str, said: str) -> None:
    text = f"{source} said {said}."
    assert contents(text) == [said]
    assert variorum.claims(text)[0].speaker.kind == "anonymous"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The residents asked not to be evicted.", "not to be evicted"),
        ("The lawyer requested anonymity for her client.", "anonymity for her client"),
        ("Mr Hale declined to be named as a candidate.", "to be named as a candidate"),
        ("Ms Hale asked to be named in the will.", "to be named in the will"),
        ("The court ordered that the boy not be named.", "the boy not be named"),
    ],
)
def test_what_is_asked_for_another_or_of_another_thing_is_one(text: str, content: str) -> None:
    assert contents(text) == [content]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('One stunned neighbour: "I saw it all."', "One stunned neighbour"),
        ('One badly shaken clerk: "I ran for the door."', "One badly shaken clerk"),
        ("One shaken florist said the window had gone.", "One shaken florist"),
        ("One told the council the gate was shut.", "One"),
    ],
)
def test_one_with_a_participle_is_somebody_described(text: str, name: str) -> None:
    assert variorum.claims(text)[0].speaker.name == name


def test_the_demo_newspapers_shopkeeper() -> None:
    """The sentence of the demo newspaper in which both went wrong once."""
    text = (
        "Police horses were pelted with rocks as 3,500 protesters turned on the line.\n\n"
        "One shaken shopkeeper, who asked not to be named, said: "
        '"I\'ve been here thirty years and I have never been so frightened."'
    )
    claims = [c for c in variorum.claims(text) if c.source is not None]
    assert [c.speaker.name for c in claims] == ["One shaken shopkeeper"]
