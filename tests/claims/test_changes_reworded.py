"""How a statement said in other words is told: both sides of one stretch, and once."""

from __future__ import annotations

import pytest

import variorum
from variorum.model import ClaimChange, Document


def changes(old: str, new: str) -> list[ClaimChange]:
    story = ["The council met on Monday.", "It meets again in May."]
    return variorum.claim_changes(
        Document.build("Mill", [story[0], old, story[1]]),
        Document.build("Mill", [story[0], new, story[1]]),
    )


def test_two_edits_of_one_statement_are_told_with_what_stands_between() -> None:
    found = changes(
        "Ms Orrin said the plan to tackle noise at the mill is meant to protect the neighbours from dust.",
        "Ms Orrin said the plan to deal with noise at the mill is meant to protect the neighbours.",
    )
    assert [c.kind for c in found] == ["reworded"]
    assert found[0].before.startswith("tackle noise") and found[0].before.endswith("from dust")
    assert found[0].after.startswith("deal with noise") and found[0].after.endswith(
        "the neighbours"
    )


def test_a_sentence_written_anew_about_the_same_is_one_rewording() -> None:
    found = changes(
        "Ms Orrin said the number of families turning to the food bank in Lower Tarvo is ever increasing.",
        "Ms Orrin said there are more and more families at the food bank.",
    )
    assert [c.kind for c in found] == ["reworded"]


def test_a_quotation_that_went_is_not_reworded_by_a_report() -> None:
    found = changes(
        "“The dust from the mill makes every family ill,” Ms Orrin said.",
        "Ms Orrin said the council has known of trouble at the mill since May.",
    )
    assert "reworded" not in [c.kind for c in found]


def test_of_a_quotation_only_the_sentences_that_went_are_told_as_gone() -> None:
    found = changes(
        "“The mill has to close this year. Nobody can sleep beside those engines any more. My "
        "children cough from dusk till dawn,” Ms Orrin said.",
        "“The mill has to close this year,” Ms Orrin said.",
    )
    assert not any("has to close" in c.statement for c in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The mill has stood empty for two decades.", "The mill has stood empty for 20 years."),
        ("The strike went on for two weeks.", "The strike went on for 14 days."),
        ("The vote took 120 minutes.", "The vote took two hours."),
    ],
)
def test_a_span_of_time_in_another_unit_is_no_revision(old: str, new: str) -> None:
    assert [c.statement for c in changes(old, new) if c.kind == "figure"] == []


def test_who_thinks_so_now_is_no_hedge_that_went() -> None:
    found = changes(
        "The dam is thought to be built on sand.", "Engineers think that the dam is built on sand."
    )
    assert "unhedged" not in [c.kind for c in found]


def test_one_known_by_his_role_is_not_another_speaker() -> None:
    story = "Alan Brakel, project leader, met the residents of the town on Monday."
    old = f"{story} Brakel said he hoped to see the work go on in other towns."
    new = (
        f"{story} The project leader for Torvo said he hoped to see the work go on in other towns."
    )
    assert [c.kind for c in changes(old, new)] in (["anonymised"], [])


def test_a_name_put_beside_a_description_is_the_same_speaker() -> None:
    found = changes(
        "The coffee house chain insists it pays its taxes.",
        "The coffee house chain, Belbrew, insists it pays its taxes.",
    )
    assert "reattributed" not in [c.kind for c in found]


def test_by_the_nature_of_a_thing_is_a_measure_and_no_speaker() -> None:
    found = changes(
        "The fee varies greatly according to the nature of the work involved.",
        "The fee will be set by the council later this year.",
    )
    assert [c.kind for c in found if c.kind in ("dropped", "added")] == []


def test_what_goes_on_as_a_sentence_of_its_own_is_not_gone() -> None:
    found = changes(
        "Ms Orrin said she hoped to stay in the town, though the high costs of heating the old mill "
        "weigh on her family.",
        "Ms Orrin said she hoped to stay in the town. However, the high costs of heating the mill "
        "weigh on the family.",
    )
    assert not any("is gone" in c.statement for c in found), [c.statement for c in found]


def test_the_same_admission_in_other_words_is_one_rewording_and_not_gone() -> None:
    found = changes(
        "Orrin does acknowledge the town’s charm in terms of old mills.",
        "Orrin recognises that the town is different.",
    )
    assert [c.kind for c in found] == ["reworded"]


def test_of_two_speakers_only_the_same_one_is_reworded() -> None:
    found = changes(
        "Orrin does acknowledge the town’s charm in terms of old mills.",
        "Lund recognises that the town is different.",
    )
    assert "reworded" not in [c.kind for c in found]


def test_a_sentence_in_another_order_amid_a_quotation_is_altered_and_not_gone() -> None:
    said = "“I thought I knew every mill in the valley. {} The place is a wonder,” Ms Orrin said."
    found = changes(said.format("How wrong I was."), said.format("But I was wrong."))
    assert [c.kind for c in found] == ["quote"]
