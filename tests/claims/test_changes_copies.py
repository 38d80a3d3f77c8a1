"""Quotations in copies that lost their marks or letters, and quoted names that are nobody's words."""

from __future__ import annotations

import pytest

import variorum
from variorum.model import ClaimChange, Document

QUOTED = [
    "“The weir is old,” said Ann Orrin. “It leaks.” She said “the town” must pay for the “old dam”.",
    "“Nobody asked us,” said Bo Lund. “We’re tired.” He called it “a farce”.",
]
LOST = [
    "The weir is old, said Ann Orrin. It leaks. She said the town must pay for the old dam.",
    "Nobody asked us, said Bo Lund. Were tired. He called it a farce.",
]


def compare(old: list[str], new: list[str]) -> list[ClaimChange]:
    return variorum.claim_changes(
        Document.build("Mill", old, language="en"), Document.build("Mill", new, language="en")
    )


def in_a_copy(quoted: str, bare: str) -> list[ClaimChange]:
    """The changes of one line whose new version lost all its marks."""
    return [c for c in compare([*QUOTED, quoted], [*LOST, bare]) if c.kind == "quote"]


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        (
            "“If we come every week, maybe we can mend the old wheel,” says Cy Marsh, a miller.",
            "If we come every week, maybe the old wheel will turn again, says Cy Marsh, a miller.",
            "If we come every week, maybe the old wheel will turn again",
        ),
        (
            "“The range of a wild goose here is 25 sq km,” said Dr Marsh.",
            "The range of a wild goose here is 25 square kilometres, says Dr Marsh.",
            "The range of a wild goose here is 25 square kilometres",
        ),
    ],
)
def test_a_quotation_that_lost_its_marks_runs_on_to_its_stop(
    old: str, new: str, after: str
) -> None:
    assert [c.after for c in in_a_copy(old, new)] == [after]


def test_a_quotation_without_a_stop_does_not_run_on() -> None:
    (change,) = in_a_copy(
        "Cy Marsh calls the wheel “a wonder of craft” of the valley.",
        "Cy Marsh calls the wheel a wonder of skill of the whole valley, no less.",
    )
    assert change.after == "a wonder of skill"


def test_a_figure_without_its_ligature_is_not_gone() -> None:
    worn = ["The rst oor and the nal ight of the of ce were shut. The traf c in the eld was nil."]
    whole = [
        "The first floor and the final flight of the office were shut. The traffic in the field was "
        "nil."
    ]
    line = "The flood killed {} grey seals that had come ashore, and the miller {} it."
    old, new = line.format("five", "filmed"), line.format("ve", "lmed")
    assert compare([*whole, old], [*worn, new.replace("grey ", "")]) == []


@pytest.mark.parametrize(
    "line",
    [
        "Watch a recording of the ‘{}’ webinar.",
        "Fill in the form “{}” first.",
        "The day stands under the column heading ‘{}’ of the list.",
        "The council has published the ‘{}’ on Monday.",
    ],
)
def test_another_name_of_a_work_is_no_altered_quotation(line: str) -> None:
    names = "Moving wine to Torvo", "Moving seat belts to Torvo"
    old, new = (["The mill is shut.", line.format(name)] for name in names)
    assert [c.kind for c in compare(old, new)] == []


def test_a_title_in_capitals_is_nobodys_words_and_a_slogan_is_somebodys() -> None:
    def story(title: str) -> list[str]:
        return ["The mill is shut.", f"Ann Orrin, head of the mill, “{title}” and lunch."]

    titles = "How Small Mills Can Help the Valley", "Why Old Mills Can Still Help the Valley"
    assert compare(*map(story, titles)) == []
    assert [c.kind for c in compare(story("Take Back the Mill"), story("Take Back the Town"))] == [
        "quote"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "In her report, “{} was asked at the mill”, she wrote.",
        "She called the plan “{}, and a danger to us all”.",
        "The plan “will please {} at the mill”, Ann Orrin said.",
        "The water board issued a “{} May Swim” order.",
        "Ann Orrin said of the film: “{} should see it.”",
    ],
)
def test_what_is_said_in_or_of_a_work_is_quoted(line: str) -> None:
    old, new = (["The mill is shut.", line.format(word)] for word in ("Nobody", "Somebody"))
    assert [c.kind for c in compare(old, new)] == ["quote"]


def test_a_single_mark_that_was_missing_is_a_repair() -> None:
    old, new = (
        ["The mill is shut.", f"Bring the card of the mill (‘wheel pass{end})."]
        for end in ("", "’")
    )
    assert compare(old, new) == []
    bare = ["The mill is shut.", "Bring the card of the mill (wheel pass)."]
    assert [c.kind for c in compare(bare, new)] == ["quote"]


def test_in_a_copy_without_marks_a_quotation_is_not_told_as_the_sentence_that_took_its_place() -> (
    None
):
    """The bar's owner still says why she bought the house, in simpler words; the sentence that the
    collation links to hers is the narrator's."""
    old, new = (
        Document.from_text("\n\n".join(parts))
        for parts in (
            [
                "Marta Wend lives beside a loud bar.",
                "“The bar was one of the deciding reasons in me buying the house so I will never "
                "complain about the noise,” says Wend, who also runs a bar which, following a series "
                "of complaints in 2013, became one of the first bars in town banned from serving "
                "drinks to go.",
                "“We love it,” says Ann Lowe. “It is home,” says Tom Rudd. “I stay,” says Eva Rudd.",
            ],
            [
                "Marta Wend lives beside a loud bar.",
                "I bought the house partly because of the bar so I will never complain about the "
                "noise, says Wend, who also runs a bar. This bar became one of the first bars in town "
                "banned from serving drinks to go, after a series of complaints in 2013.",
                "We love it, says Ann Lowe. It is home, says Tom Rudd. I stay, says Eva Rudd.",
            ],
        )
    )
    found = variorum.claim_changes(old, new)
    assert not any("This bar became" in c.statement for c in found)


def test_a_sentence_amid_a_quotation_in_a_copy_without_marks_is_altered_and_not_gone() -> None:
    said = "“It is a family. {} It has no end,” says Ann Lowe. “Why?” asks Tom Rudd. “I stay,” she says. “Good.”"
    bare = "It is a family. {} It has no end, says Ann Lowe. Why? asks Tom Rudd. I stay, she says. Good."
    found = compare(
        [said.format("They are more likely to act out, through violence.")],
        [bare.format("They are more likely to be violent.")],
    )
    assert [c.kind for c in found] == ["quote"]


def test_a_sentence_amid_a_quotation_is_quoted_though_no_mark_stands_at_it() -> None:
    said = "“It is a family. {} It has no end,” says Ann Lowe."
    for mark in ("“”", '""'):
        told = said.replace("“", mark[0]).replace("”", mark[1])
        found = compare([told.format("We paid nine men.")], [told.format("We owe the men.")])
        assert [c.kind for c in found] == ["quote"]
    lone = 'The door is 12" wide. {} It stays.'
    found = compare([lone.format("They paid nine men.")], [lone.format("They owe the men.")])
    assert "quote" not in [c.kind for c in found]
    plain = "“It is a family,” says Ann Lowe. {} “It has no end,” says Bo Lund."
    found = compare([plain.format("They paid nine men.")], [plain.format("They owe the men.")])
    assert "quote" not in [c.kind for c in found]


def test_who_said_it_is_no_part_of_a_quotation_without_marks() -> None:
    old = "“The plan does not respect our laws and needs reform, not small repairs. It fails,” Udall said."
    new = "The plan does not respect our laws and needs reform, Udall said."
    found = compare([*QUOTED, old], [*LOST, new])
    assert found
    assert not any("Udall said" in c.statement for c in found if c.kind == "quote")
