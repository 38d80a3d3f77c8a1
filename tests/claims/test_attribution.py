"""Which words are attributed, by which cue, to whom: one sentence a case."""

from __future__ import annotations

import gc

import pytest

from variorum.model import Claim, Document
from variorum.stages.claims import explain_claims, find_claims


def claims(text: str) -> list[Claim]:
    return find_claims(Document.from_text(text))


def test_what_stands_in_a_relative_clause_is_no_content_of_the_words_after_its_verb() -> None:
    assert claims("The program that the clerk wrote on a train is used by a third of banks.") == []


def contents(text: str) -> list[str]:
    return [text[slice(*c.content)] for c in claims(text)]


def test_one_who_speaks_after_another_in_a_sentence_ends_what_the_first_said() -> None:
    found = contents(
        "The union claims that nurses are squeezed, and a report by the group Fairday concluded "
        "that they lost sleep. Asked whether he had read it, the minister would only say that he "
        "read a lot."
    )
    assert found == [
        "nurses are squeezed",
        "they lost sleep",
        "whether he had read it",
        "he read a lot",
    ]


def test_what_a_man_told_her_as_she_has_it_is_two_statements() -> None:
    assert contents("He told her it was a mistake, she said.") == [
        "He told her it was a mistake",
        "it was a mistake",
    ]


def only(text: str) -> Claim:
    found = claims(text)
    assert len(found) == 1, [text[slice(*c.content)] for c in found]
    return found[0]


def row(text: str) -> tuple[str, str, str]:
    """Content, cue, source of the only claim, as written."""
    claim = only(text)
    content = " … ".join(text[a:b] for a, b in claim.content_spans)
    cue = text[slice(*claim.cue)] if claim.cue else ""
    source = text[slice(*claim.source)] if claim.source else ""
    return content, cue, source


CASES = [
    (
        "The bridge has fallen, state media reported on Sunday, as the minister arrived.",
        ("The bridge has fallen", "reported", "state media"),
    ),
    (
        "Zoe Marsh told the meeting her team trained in a car park.",
        ("her team trained in a car park", "told", "Zoe Marsh"),
    ),
    (
        "Rebel commanders dismissed that as propaganda.",
        ("that as propaganda", "dismissed", "Rebel commanders"),
    ),
    (
        "The senator insisted that he had never met him, hours after photographs surfaced.",
        ("he had never met him", "insisted", "The senator"),
    ),
    (
        "The bank had known for years, a court was told on Wednesday.",
        ("The bank had known for years", "was told", ""),
    ),
    (
        "Most parents, they concluded, simply forgot.",
        ("Most parents … simply forgot", "concluded", "they"),
    ),
    (
        "They still speak, he says; she is godmother to his daughter.",
        ("They still speak … she is godmother to his daughter", "says", "he"),
    ),
    (
        "Take-up stands at 79%, she added, well short of the 95% that is needed.",
        ("Take-up stands at 79% … well short of the 95% that is needed", "added", "she"),
    ),
    (
        "Luca Bresson was adamant there had been no contact.",
        ("there had been no contact", "was adamant", "Luca Bresson"),
    ),
    (
        "The manager denied that the vault was open, a claim made in a lawsuit this week.",
        ("the vault was open", "denied", "The manager"),
    ),
    (
        "The minister has denied misleading parliament over the tunnel, as pressure grew on her.",
        ("misleading parliament over the tunnel", "has denied", "The minister"),
    ),
    (
        "The chairman insisted on social media that nobody had been asked.",
        ("nobody had been asked", "insisted", "The chairman"),
    ),
    (
        "Her department said the paper had been written by a clerk.",
        ("the paper had been written by a clerk", "said", "Her department"),
    ),
    (
        "Engineers who asked not to be named say they sent two letters.",
        ("they sent two letters", "say", "Engineers who asked not to be named"),
    ),
    (
        "The accused maintains that his director knew.",
        ("his director knew", "maintains", "The accused"),
    ),
    (
        "One of the banks said the warning had come out of the blue.",
        ("the warning had come out of the blue", "said", "One of the banks"),
    ),
    (
        "“Why would we do that?” Idris Kone said by telephone.",
        ("“Why would we do that?”", "said", "Idris Kone"),
    ),
    (
        "“Who is left?” she asked as she locked the door.",
        ("“Who is left?”", "asked", "she"),
    ),
    (
        "The minister said that the bridge would close in May.",
        ("the bridge would close in May", "said", "The minister"),
    ),
    (
        "The minister said on Monday the bridge would close.",
        ("the bridge would close", "said", "The minister"),
    ),
    (
        "The bridge will close in May, the minister said.",
        ("The bridge will close in May", "said", "the minister"),
    ),
    (
        "The bridge will close in May, said Karen Lund, the transport minister.",
        ("The bridge will close in May", "said", "Karen Lund, the transport minister"),
    ),
    (
        "The bridge, the minister said, will close in May.",
        ("The bridge … will close in May", "said", "the minister"),
    ),
    (
        "According to the ministry, the bridge will close in May.",
        ("the bridge will close in May", "According to", "the ministry"),
    ),
    (
        "The bridge will close in May, according to the ministry.",
        ("The bridge will close in May", "according to", "the ministry"),
    ),
    (
        "Karen Lund told reporters in Oslo that the bridge was unsafe.",
        ("the bridge was unsafe", "told", "Karen Lund"),
    ),
    (
        "Karen Lund, the transport minister, denied that the bridge was unsafe.",
        ("the bridge was unsafe", "denied", "Karen Lund"),
    ),
    (
        "Karen Lund has repeatedly denied that the bridge was unsafe.",
        ("the bridge was unsafe", "has repeatedly denied", "Karen Lund"),
    ),
    (
        "Officials declined to say whether the bridge was unsafe.",
        ("whether the bridge was unsafe", "declined to say", "Officials"),
    ),
    (
        "Karen Lund vowed to rebuild the bridge.",
        ("to rebuild the bridge", "vowed", "Karen Lund"),
    ),
    (
        "Karen Lund criticised the builders for the delay.",
        ("the builders for the delay", "criticised", "Karen Lund"),
    ),
    (
        "Karen Lund asked why the work had stopped.",
        ("why the work had stopped", "asked", "Karen Lund"),
    ),
    (
        "The report was dismissed as nonsense by Karen Lund.",
        ("The report … as nonsense", "was dismissed", "Karen Lund"),
    ),
    (
        "The bridge is believed to be unsafe.",
        ("The bridge … to be unsafe", "is believed", ""),
    ),
    (
        "There are thought to be 300 people on the ferry.",
        ("There … to be 300 people on the ferry", "are thought", ""),
    ),
    (
        "The town was alarmed by reports of cracks in the bridge.",
        ("cracks in the bridge", "reports", ""),
    ),
    (
        "A video shows water pouring through the roof.",
        ("water pouring through the roof", "shows", "A video"),
    ),
    (
        "A clip was posted purporting to show water pouring through the roof.",
        ("water pouring through the roof", "purporting to show", "A clip"),
    ),
    (
        "A report by the auditors found that the roof had never been checked.",
        ("the roof had never been checked", "found", "A report by the auditors"),
    ),
    (
        "In the two-minute clip, a guard is seen pushing a boy.",
        ("a guard is seen pushing a boy", "In", "the two-minute clip"),
    ),
    (
        "Karen Lund called the delay a disgrace.",
        ("the delay a disgrace", "called", "Karen Lund"),
    ),
    (
        "Karen Lund described the delay as a disgrace.",
        ("the delay as a disgrace", "described", "Karen Lund"),
    ),
    (
        "Karen Lund, who lives in Oslo, warned that ice could form.",
        ("ice could form", "warned", "Karen Lund"),
    ),
    (
        "In towns the share can rise as high as 64%, Lake Agency figures indicate.",
        ("In towns the share can rise as high as 64%", "indicate", "Lake Agency figures"),
    ),
    (
        "This alert follows the second alert issued on Tuesday and confirms that ice will form.",
        ("ice will form", "confirms", "This alert"),
    ),
    (
        "The neighbours are selling up, while Lord Ashby cuts down after declaring that footmen "
        "are no longer affordable.",
        ("footmen are no longer affordable", "declaring", "Lord Ashby"),
    ),
    (
        "The owner has always maintained the boats were sound.",
        ("the boats were sound", "has always maintained", "The owner"),
    ),
    (
        "Karen Lund recognises that the town is different.",
        ("the town is different", "recognises", "Karen Lund"),
    ),
    (
        "The group, which launched its plan in May, said the royal birth raised questions.",
        ("the royal birth raised questions", "said", "The group"),
    ),
    (
        "The plan is off, said the man accused of arson.",
        ("The plan is off", "said", "the man accused of arson"),
    ),
    (
        "Current figures show that few checks (part of the Check, Challenge and Appeals system) end.",
        (
            "few checks (part of the Check, Challenge and Appeals system) end",
            "show",
            "Current figures",
        ),
    ),
    (
        "His sister shrieks: “Are you mad? Those are new pans!”",
        ("“Are you mad? Those are new pans!”", "shrieks", "His sister"),
    ),
    (
        "Constable Karen Lund told the branch meeting before Ward turned up: “The chief had said "
        "the truth could not come from him, but had given him a free hand,” as had many officers.",
        (
            "“The chief had said the truth could not come from him, but had given him a free hand,”",
            "told",
            "Constable Karen Lund",
        ),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:45] for c in CASES])
def test_content_cue_and_source_of_one_sentence(text: str, expected: tuple[str, str, str]) -> None:
    content, cue, source = row(text)
    assert content == expected[0]
    assert cue.lower() == expected[1].lower()
    assert source.startswith(expected[2]) if expected[2] else source == ""


def test_how_and_where_somebody_said_it_is_no_part_of_the_name() -> None:
    for adjunct in ("with exceptions made for the ill", "in a letter to the bank", "on Monday"):
        said = row(f"The hall was shut, said Ann Lowe, president of the Lake Centre, {adjunct}.")
        assert said[2] == "Ann Lowe, president of the Lake Centre"
    source = row("“It is home,” said Ann Lowe, 20, of Torvo, who owns a mill.")[2]
    assert source == "Ann Lowe, 20, of Torvo, who owns a mill"


def test_a_semicolon_parts_who_spoke_from_who_goes_on() -> None:
    text = (
        "She listened as Ban Moor, the secretary of the league, described her as a hero; and as the "
        "former minister and now league envoy, Gordon Brand, said what he called the words of men."
    )
    assert [c.speaker.name for c in claims(text)] == ["Ban Moor", "Gordon Brand"]


def test_a_second_verb_of_the_same_speaker_is_a_second_statement() -> None:
    text = "Karen Lund said the bridge was unsafe and urged drivers to stay away."
    found = claims(text)
    assert [text[slice(*c.content)] for c in found] == [
        "the bridge was unsafe",
        "drivers to stay away" if "drivers" in text[slice(*found[1].content)] else "to stay away",
    ]
    assert {c.speaker.name for c in found} == {"Karen Lund"}


def test_a_participle_adds_a_statement_of_the_same_speaker() -> None:
    text = "Karen Lund said the bridge was unsafe, adding that it would close."
    found = claims(text)
    assert [text[slice(*c.content)] for c in found] == ["the bridge was unsafe", "it would close"]
    assert {c.speaker.name for c in found} == {"Karen Lund"}


def test_another_speaker_after_a_comma_ends_the_statement() -> None:
    text = "Karen Lund said the bridge was unsafe, but engineers said it was sound."
    found = claims(text)
    assert [text[slice(*c.content)] for c in found] == ["the bridge was unsafe", "it was sound"]


def test_police_said_witnesses_reported_is_a_chain() -> None:
    text = "Police said witnesses reported that a car had left the road."
    found = claims(text)
    assert [c.within for c in found] == [None, 0]
    assert [c.speaker.name for c in found] == ["Police", "witnesses"]


def test_a_noun_that_looks_like_a_verb_attributes_nothing() -> None:
    assert claims("The claims office opens at nine and the state of the roads is poor.") == []


@pytest.mark.parametrize(
    "text",
    [
        "It leaves room for frank, ongoing dialogue allowing trade rules to respond in time.",
        "The court left out the afternoon, thereby excluding an answer the panel found to have "
        "been chaotic.",
        "The service has maintained its strong start to the year, reaching more than 27,000 people "
        "in a week with over 2,900 people tested.",
        "The service has maintained a strong start to the year and is working well.",
        "The plan of washing hands, wearing masks, maintaining distance and calling by video is "
        "helping the town.",
        "She is the recognised leader and recognised face of the valley.",
    ],
)
def test_what_a_verb_of_saying_does_not_say(text: str) -> None:
    assert claims(text) == []


def test_denial_is_negation_and_no_denial_is_none() -> None:
    assert only("Karen Lund denied that the bridge was unsafe.").negated
    assert not only("Karen Lund said that the bridge was unsafe.").negated


def test_explain_names_the_rule_of_each_claim() -> None:
    lines = explain_claims(Document.from_text("Karen Lund said that the bridge was unsafe."))
    assert len(lines) == 1
    assert "verb, that, clause" in lines[0]
    assert "Karen Lund" in lines[0]


def test_no_text_no_claims() -> None:
    assert claims("") == []
    assert claims(" \n\n ") == []


@pytest.mark.parametrize(
    ("text", "content", "denied"),
    [
        ("The mayor hit back at claims that he lied.", "claims that he lied", True),
        ("The mayor hit back at his critics.", "his critics", False),
        ("Downing Street has poured cold water on talk of a cut.", "talk of a cut", True),
        ("The minister distanced himself from the leaflet.", "the leaflet", True),
        ("The firm has scotched rumours that it is for sale.", "rumours that it is for sale", True),
        ("The union tore into the plan.", "the plan", False),
        ("Mr Hare took issue with the claim that he lied.", "the claim that he lied", True),
        ("A spokesman put the figure at nine.", "the figure at nine", False),
        ("She made clear that she would stay.", "she would stay", False),
    ],
)
def test_set_phrases_of_denial_and_criticism_are_cues(
    text: str, content: str, denied: bool
) -> None:
    outer = max(claims(text), key=lambda c: c.content[1] - c.content[0])
    assert (text[slice(*outer.content)], outer.negated) == (content, denied)


@pytest.mark.parametrize(
    "text",
    ["The council scotched the plan in May.", "She shut down the mill.", "He put it to bed."],
)
def test_set_phrases_that_answer_nobody_are_no_statements(text: str) -> None:
    assert claims(text) == []


def test_whom_an_order_is_addressed_to_is_passed_over() -> None:
    text = "Her father told her not to come back. The watchdog warned ministers of a £9bn hole."
    assert [text[slice(*c.content)] for c in claims(text)] == [
        "her not to come back",
        "a £9bn hole",
    ]


def test_the_passive_of_a_headline_has_nobody_as_its_source() -> None:
    (claim,) = claims("Drivers urged to stay at home as storm nears")
    assert (claim.speaker.kind, claim.source) == ("unattributed", None)


def test_a_quotation_at_the_very_end_of_a_text_is_found() -> None:
    text = "Ana Holt said she had learned two things. “Stay on the path. And eat mint.”"
    assert [c.speaker.name for c in claims(text)] == ["Ana Holt", "Ana Holt"]


def test_nothing_of_a_text_that_is_read_waits_to_be_collected() -> None:
    """A ring of references kept every reading until the collector came: a seventh of the time."""
    text = (
        "Mayor Ines Dahl said the pier was shut. “It is not safe,” she said.\n\n"
        "Her deputy, Tomas Riell, said he had warned her. He denied that the report was late."
    )
    assert len(claims(text)) == 4
    gc.collect()
    gc.disable()
    try:
        claims(text)
        assert gc.collect() < 20
    finally:
        gc.enable()
