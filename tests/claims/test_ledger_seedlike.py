"""A contested story with footage, allegations, denials, counts and a quotation over paragraphs, in
the manner of the page the project started from; every word of it is invented."""

# ruff: noqa: E501 - the page keeps its lines as a page has them

from __future__ import annotations

import pytest

from variorum.model import Claim, Document
from variorum.stages.claims import find_claims

PAGE = """Leaked clip shows harbour guards ‘dragging and striking’ dockers as they try to reach the gate

Version 0 of 1.

Norvian harbour guards are being questioned after a clip was posted purporting to show wardens at Port Salo using batons on dockers as they tried to block a convoy bound for the north.

The city’s workplace ombudsman Henrike Vaal said that she would “examine" the recording that surfaced allegedly showing the wardens dragging dockers thought to be on strike.

In the four-minute recording released by the support group Dock Watch, the wardens appear to surround the dockers as a crowd of them sit down before the gate.

One warden is seen pushing a docker over a chain, while another is filmed appearing to raise a stick at the crowd.

In other clips taken by Dock Watch on the same night, wardens are apparently filmed shouting at passers-by.

According to port authorities, the number of strikers at the gate has doubled over the last six weeks as a result of talks breaking down.

There are believed to be 1,300 strikers currently camping near the gate.

The blockade has led to an increase in reports of threats and injuries by both sides.

A study by Labour Monitor in June, found that 27 dockers had needed treatment.

Another clip showed wardens appearing to chase a docker before tripping him on the quay The study was later dismissed as “fiction” by Norvia’s transport minister Paul Redding.

Following the release of the latest clip, magistrate Jean-Marc Olivas of Lower Salo near the port called on the port’s own inspectors to explain the arrests.

He said if any of the wardens were found to have struck first, they could be “open to charges of assault.”

Norvia’s central port office said a review of the complaints was under way.

However, one shift leader said that it was vital that the pictures were seen whole. Egon Brandt of the wardens’ union Salo Watch Guild, said: “This wasn’t an ordinary shift. There were around 900 trucks between the bridge and the quay

“Dozens and dozens of strikers ran at the trucks.

“When two wardens face a truck with six strikers on its roof, how are they meant to bring them down?”
"""


@pytest.fixture(scope="module")
def ledger() -> list[Claim]:
    return find_claims(Document.from_text(PAGE))


def said(claim: Claim) -> str:
    return " … ".join(PAGE[a:b] for a, b in claim.content_spans)


def claim_with(ledger: list[Claim], words: str) -> Claim:
    found = [c for c in ledger if words in said(c)]
    assert found, f"no claim says {words!r}"
    return min(found, key=lambda c: sum(b - a for a, b in c.content_spans))


SPEAKERS = [
    ("harbour guards ‘dragging and striking’ dockers", "Leaked clip", "artefact"),
    ("wardens at Port Salo using batons", "clip", "artefact"),
    ("she would “examine", "Henrike Vaal", "person"),
    ("the wardens dragging dockers", "recording", "artefact"),
    ("the wardens appear to surround", "four-minute recording", "artefact"),
    ("pushing a docker over a chain", None, "unattributed"),
    ("wardens are apparently filmed shouting", "other clips", "artefact"),
    ("has doubled over the last six weeks", "port authorities", "group"),
    ("to be 1,300 strikers", None, "unattributed"),
    ("threats and injuries", None, "unattributed"),
    ("27 dockers had needed treatment", "study by Labour Monitor", "artefact"),
    ("wardens appearing to chase a docker", "Another clip", "artefact"),
    ("as “fiction”", "Paul Redding", "person"),
    ("to explain the arrests", "Jean-Marc Olivas", "person"),
    ("if any of the wardens were found", "Jean-Marc Olivas", "person"),
    ("a review of the complaints was under way", "Norvia’s central port office", "organisation"),
    ("it was vital that the pictures", "one shift leader", "anonymous"),
    ("This wasn’t an ordinary shift", "Egon Brandt", "person"),
]


@pytest.mark.parametrize(("words", "name", "kind"), SPEAKERS, ids=[s[0][:30] for s in SPEAKERS])
def test_every_statement_of_a_contested_page_has_its_speaker(
    ledger: list[Claim], words: str, name: str | None, kind: str
) -> None:
    claim = claim_with(ledger, words)
    assert claim.speaker.kind == kind
    if name is None:
        assert claim.speaker.name is None
    else:
        assert claim.speaker.name is not None
        assert name in claim.speaker.name


def test_the_page_has_no_statement_that_nobody_made(ledger: list[Claim]) -> None:
    assert len(ledger) <= len(SPEAKERS) + 2


def test_role_and_organisation_are_given_as_written(ledger: list[Claim]) -> None:
    minister = claim_with(ledger, "as “fiction”").speaker
    assert (minister.role, minister.organisation) == ("transport minister", "Norvia")
    assert claim_with(ledger, "she would “examine").speaker.role == "workplace ombudsman"
    brandt = claim_with(ledger, "This wasn’t an ordinary shift").speaker
    assert brandt.organisation is not None
    assert "Salo Watch Guild" in brandt.organisation


def test_a_pronoun_taken_back_to_its_person_is_not_passed_off_as_certain(
    ledger: list[Claim],
) -> None:
    he = claim_with(ledger, "if any of the wardens were found")
    assert he.source is not None
    assert PAGE[slice(*he.source)] == "He"
    assert he.speaker.name == "Jean-Marc Olivas"


def test_a_quotation_opened_anew_in_each_paragraph_is_one_statement(ledger: list[Claim]) -> None:
    claim = claim_with(ledger, "This wasn’t an ordinary shift")
    assert claim.type == "direct"
    assert len(claim.content_spans) == 3
    assert said(claim).endswith("bring them down?”")


def test_mismatched_marks_are_still_a_quotation(ledger: list[Claim]) -> None:
    assert claim_with(ledger, "she would “examine").type == "mixed"


def test_a_missing_full_stop_does_not_run_two_statements_together(ledger: list[Claim]) -> None:
    chase = claim_with(ledger, "wardens appearing to chase a docker")
    assert said(chase).endswith("on the quay")


def test_hedges_stand_with_the_statement_they_weaken(ledger: list[Claim]) -> None:
    def hedges(words: str) -> list[str]:
        return [h.text.lower() for h in claim_with(ledger, words).hedges]

    assert any("purporting" in h for h in hedges("wardens at Port Salo using batons"))
    assert any("allegedly" in h for h in hedges("she would “examine"))
    assert any("appear" in h for h in hedges("the wardens appear to surround"))
    assert any("apparently" in h for h in hedges("wardens are apparently filmed shouting"))
    assert any("believed" in h for h in hedges("to be 1,300 strikers"))


def test_figures_stand_with_the_statement_that_gives_them(ledger: list[Claim]) -> None:
    def values(words: str) -> list[object]:
        return [f.value for f in claim_with(ledger, words).figures]

    assert 1300 in values("to be 1,300 strikers")
    assert 27 in values("27 dockers had needed treatment")
    assert 900 in values("This wasn’t an ordinary shift")
    assert 6 in values("has doubled over the last six weeks")


def test_every_span_lies_in_the_text_and_parts_lie_in_order(ledger: list[Claim]) -> None:
    for claim in ledger:
        assert claim.content == (claim.content_spans[0][0], claim.content_spans[-1][1])
        for (a, b), (c, _) in zip(claim.content_spans, claim.content_spans[1:], strict=False):
            assert a < b <= c
        assert claim.content[1] <= len(PAGE)
