"""The one line of a claim change: short, exact, quoting, the same thing told once."""

from __future__ import annotations

import pytest

import variorum
from variorum.model import ClaimChange, Document


def changes(old: str | list[str], new: str | list[str]) -> list[ClaimChange]:
    def story(body: str | list[str]) -> Document:
        inside = [body] if isinstance(body, str) else body
        ends = "The council met on Monday.", "It meets again in May."
        return Document.build("Mill", [ends[0], *inside, ends[1]], language="en")

    return variorum.claim_changes(story(old), story(new))


def lines(old: str | list[str], new: str | list[str]) -> list[str]:
    return [c.statement for c in changes(old, new)]


FILLER = "The river was low for the time of year."


def test_a_report_that_came_is_quoted_with_who_reports_it() -> None:
    assert lines(FILLER, [FILLER, "The water board has confirmed that the dam is sound."]) == [
        "“The water board has confirmed that the dam is sound” is new"
    ]
    assert lines([FILLER, "The dam is sound, an auditor found."], FILLER) == [
        "“The dam is sound, an auditor found” is gone"
    ]


def test_what_was_denied_is_not_told_as_said() -> None:
    (line,) = lines([FILLER, "The water board denied that the dam had moved."], FILLER)
    assert line == "“The water board denied that the dam had moved” is gone"
    (line,) = lines([FILLER, "An auditor warned against any reopening of the upper mill."], FILLER)
    assert "said by" not in line


def test_words_that_a_report_quotes_stand_in_single_marks() -> None:
    (line,) = lines(FILLER, [FILLER, "An auditor said the dam was “a danger” to “the whole town”."])
    assert line == "“An auditor said the dam was ‘a danger’ to ‘the whole town’” is new"


def test_what_stands_between_a_source_and_its_verb_is_left_out() -> None:
    found = changes(
        "The dam was built on sand by two firms of the valley.",
        "The dam, the auditor, who has studied every dam in the hills since she was young, told the "
        "council, was built on sand by two firms of the valley.",
    )
    assert all(len(c.statement) < 200 for c in found)


def test_a_number_is_told_with_the_whole_of_what_it_counts() -> None:
    assert lines(
        "The town will get 7 new river rescue boats.", "The town will get 9 new river rescue boats."
    ) == ["“7 new river rescue boats” became “9 new river rescue boats”"]
    assert lines(
        "Up to three adults and 2 children can visit.",
        "Up to three adults and any amount of children can visit.",
    ) == ["“2 children” became “any amount of children”"]


def test_a_report_in_other_words_by_the_same_report_is_one_rewording() -> None:
    found = changes(
        "The valley’s mills will treble their output between now and 2031, a report says, with scores "
        "of new wheels and races being built.",
        "According to a recent report, the mills of the valley will make three times as much by 2031, "
        "with scores of new wheels and races being built.",
    )
    assert {c.kind for c in found} == {"reworded"}


def test_a_denial_by_somebody_described_at_length_is_no_saying() -> None:
    (line,) = lines(
        [
            FILLER,
            "Bo Lund, who has kept the books of the lower mill for twenty years and more, denied that "
            "the wheel had ever been unsafe.",
        ],
        FILLER,
    )
    assert line.startswith("“Bo Lund, who has kept")
    assert "denied that the wheel" in line


def test_a_word_or_two_in_other_words_are_told_with_those_beside_them() -> None:
    (change,) = changes(
        "Ms Orrin said the wheel could be seen on a good night from the hill above.",
        "Ms Orrin said the wheel could be seen on a dry night from the hill above.",
    )
    assert change.statement == "“good night from” became “dry night from”"
    assert (change.before, change.after) == ("good", "dry")
    (change,) = changes(
        "Ms Orrin said it was entirely possible to mend the wheel before May.",
        "Ms Orrin said it was possible to mend the wheel before May.",
    )
    assert change.statement == "“entirely possible to” became “possible to”"


def test_a_change_far_inside_a_quotation_is_shown() -> None:
    words = (
        "We have stood in that river with sandbags and pumps every winter since my father took on the "
        "mill, and nobody from the water board or from the council came to help us, not once, {}"
    )
    found = changes(
        f"“{words.format('and the wheel is broken')},” said Ann Orrin.",
        f"“{words.format('and the house is flooded')},” said Ann Orrin.",
    )
    (line,) = [c.statement for c in found]
    assert "wheel is broken" in line
    assert "house is flooded" in line
    assert len(line) < 200


def test_a_long_report_with_its_speaker_at_the_end_keeps_the_speaker() -> None:
    told = (
        "Families along the whole of the lower valley and in both of the mill towns should stay away "
        "from the banks of the river until the end of the week at least"
    )
    (line,) = lines(FILLER, [FILLER, f"{told}, the water board has warned."])
    assert line.startswith("“Families along the whole")
    assert line.endswith("…”, said by “the water board”, is new")


def test_of_a_quotation_around_its_tag_only_the_words_said_are_quoted() -> None:
    story = "“We asked for pumps,” said Ines Orrin, a baker. “Nobody came for three days.”"
    (line,) = lines([FILLER, story], FILLER)
    assert line == (
        "“We asked for pumps … Nobody came for three days.”, said by “Ines Orrin, a baker”, is gone"
    )


def test_an_ordinal_is_told_with_its_noun() -> None:
    assert lines("The fourth hardship grant is closed.", "The fifth hardship grant is closed.") == [
        "“fourth hardship grant” became “fifth hardship grant”"
    ]
    assert lines("She came fourth in the race.", "She came fifth in the race.") == [
        "“fourth” became “fifth”"
    ]


def test_words_that_open_a_bracket_are_quoted_with_its_end() -> None:
    found = changes(
        "Ms Orrin blamed the Mill Trust (MT) wardens for the flood.",
        "Ms Orrin blamed the Dam Trust (DT) for the flood.",
    )
    assert [c.statement.count("(") - c.statement.count(")") for c in found] == [0]


def test_one_date_of_the_narrators_that_moved_in_many_places_is_told_once() -> None:
    def story(day: str) -> list[str]:
        return [
            f"The form must arrive by {day}.",
            "The form has two pages.",
            f"Whoever writes before {day} gets a receipt.",
            "The receipt has a number.",
            f"After {day} the office takes no form.",
        ]

    (change,) = changes(story("4 June 2031"), story("9 July 2031"))
    assert change.statement == "“4 June 2031” became “9 July 2031” (in 3 places)"
    assert change.details["places"] == 3


def test_one_figure_in_the_mouths_of_three_stays_three_changes() -> None:
    def story(count: int) -> list[str]:
        return [
            f"Ann Orrin said {count} boats were lost.",
            "The harbour was shut for a week.",
            f"Bo Lund said {count} boats were lost.",
            "The ferry did not sail.",
            f"Cy Marsh said {count} boats were lost.",
        ]

    found = changes(story(12), story(15))
    assert [c.kind for c in found] == ["figure"] * 3
    assert {c.new.speaker.name for c in found if c.new} == {"Ann Orrin", "Bo Lund", "Cy Marsh"}


def test_what_stands_beyond_a_statement_in_place_of_its_words_is_told_too() -> None:
    found = changes(
        "Growers fear that the levy will make it hard to sell abroad but, for Torvo, it poses a far "
        "greater threat.",
        "Growers fear that the levy will make it hard to sell abroad. But, for Torvo, it is a far "
        "greater problem.",
    )
    assert all(not c.statement.endswith("greater”") for c in found), [c.statement for c in found]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "There will be no towels available during your visit.",
            "Towels are available during your visit.",
            "“There will be no towels available” became “Towels are available”",
        ),
        (
            "Other members of your crew are not required to wear a mask if they sit apart.",
            "Other members of your crew must also wear a mask unless they sit apart.",
            "“are not required to wear a” became “must also wear a”",
        ),
    ],
)
def test_none_that_became_some_and_a_duty_laid_on_are_negated(
    old: str, new: str, line: str
) -> None:
    found = changes(old, new)
    assert [(c.kind, c.statement) for c in found] == [("negated", line)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You need to book if you live in Torvo.", "You must book if you live in Torvo."),
        ("The pool is open, if there is no frost.", "The pool is open."),
        ("Swimmers who are not members pay more.", "Swimmers pay more."),
    ],
)
def test_a_duty_said_otherwise_and_a_clause_left_out_turn_nothing(old: str, new: str) -> None:
    assert "negated" not in [c.kind for c in changes(old, new)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "Millers in Torvo have come to see a week on the coast as the height of idleness.",
            "Millers in Torvo think that a week on the coast is the height of idleness.",
        ),
        (
            "To leave the mill before dark is enough to invite accusations of idleness.",
            "To leave the mill before dark is enough to make people accuse them of idleness.",
        ),
        ("The miller allegdly knew of the crack.", "The miller allegedly knew of the crack."),
        ("The wheel appears to turn in the wind.", "The wheel looks like it turns in the wind."),
        ("Torvo is a town of barely 3,000 people.", "Torvo is a town of only 3,000 people."),
        ("Nor is it clear yet who will pay.", "It is also not yet clear who will pay."),
        (
            "In May, 80 boats reportedly sank at Torvo.",
            "In May, reports say 80 boats sank at Torvo.",
        ),
        (
            "Grants for the mill can take up to 4 months this year.",
            "Grants for the mill can take a month longer this year.",
        ),
        (
            "Work on the dam is slow because of our constant urge to mend things twice.",
            "Work on the dam is slow because of our constant need to mend things twice.",
        ),
        (
            "The council approved plans to mend the dam.",
            "The council said yes to plans to mend the dam.",
        ),
        (
            "Ms Orrin said the levy would go, and that the new wheel would come in May.",
            "Ms Orrin said the levy would go. She also said that the new wheel would come in May.",
        ),
    ],
)
def test_the_same_said_with_another_verb_or_spelling_has_no_new_speaker(old: str, new: str) -> None:
    assert {c.kind for c in changes(old, new)} & {"reattributed", "hedged", "unhedged"} == set()


SAID = "“The boat is old and has been in the water for a long time,” Dana Holt told reporters."


def test_one_who_just_spoke_and_is_then_called_by_what_she_does_is_no_other_speaker() -> None:
    found = changes(
        [SAID, "According to the researcher, the islanders took the man to the mayor."],
        [SAID, "According to Holt, the islanders took the man to the mayor."],
    )
    assert found == []


def test_an_office_and_somebody_not_heard_before_are_other_speakers() -> None:
    for source in ("the coastguard", "the harbour office"):
        (found,) = changes(
            [SAID, f"According to {source}, the islanders took the man to the mayor."],
            [SAID, "According to Holt, the islanders took the man to the mayor."],
        )
        assert found.kind == "reattributed"
    (found,) = changes(
        [FILLER, "According to the researcher, the islanders took the man to the mayor."],
        [FILLER, "According to Holt, the islanders took the man to the mayor."],
    )
    assert found.kind in {"reattributed", "named"}


def test_who_thinks_so_is_told_once_and_what_else_went_as_well() -> None:
    found = changes(
        "The dam is thought to be made of clay and of nearly 900 oaks.",
        "Engineers think that the dam is made of clay and of 900 oaks.",
    )
    assert "is thought to" not in [c.details.get("cue") for c in found]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("The wheel appears to turn in the wind.", "The wheel turns in the wind.", "unhedged"),
        ("Up to 40 boats sank at Torvo.", "40 boats sank at Torvo.", "unhedged"),
        ("In May, 80 boats reportedly sank.", "In May, 80 boats sank.", "unhedged"),
    ],
)
def test_a_doubt_that_went_is_still_told(old: str, new: str, kind: str) -> None:
    assert [c.kind for c in changes(old, new)] == [kind]


def test_a_denial_put_in_the_words_of_the_statement_turns_nothing() -> None:
    found = changes(
        "Bo Lund, the miller, denies that the new wheel is unsafe.",
        "Bo Lund, the miller, says that the new wheel is not unsafe.",
    )
    assert "negated" not in [c.kind for c in found]
    found = changes(
        "Bo Lund, the miller, denies that the new wheel is unsafe.",
        "Bo Lund, the miller, says that the new wheel is unsafe.",
    )
    assert [c.kind for c in found] == ["negated"]


def test_where_to_read_more_and_an_answer_to_a_letter_are_no_statements() -> None:
    for line in (
        "Information about the various steps states that a grant goes through can be found here.",
        "The trader replied to a post about lost boats and was chosen.",
        "They were condemned to years of obscurity because they are served by slow ferries.",
    ):
        assert lines(FILLER, [FILLER, line]) == [], line


def test_a_charity_named_before_is_no_other_speaker() -> None:
    report = "The park could earn more from its guests, said a Lakewatch report."
    found = changes(
        [report, "It could lead to ruin in the whole valley, says the charity."],
        [report, "It could lead to ruin in the whole valley, says Lakewatch."],
    )
    assert found == []


def test_the_ends_of_a_span_stay_its_ends() -> None:
    found = lines(
        "You may have trouble when using our ferry from 8am to 10am on Saturday 22 January.",
        "On Wednesday 2 February, you may have trouble when using our ferry from 8pm to midnight.",
    )
    assert "“8am” became “8pm”" in found and "“10am” became “midnight”" in found


def test_the_date_of_another_entry_of_a_list_is_not_revised() -> None:
    def page(entry: str) -> Document:
        return Document.build("School", ["In the valley:", entry, "Popular pages"], language="en")

    found = variorum.claim_changes(
        page("pupils who are very weak should return to school or college from 1 April 2021"),
        page("pupils will no longer be asked to wear masks in schools and colleges from 17 May"),
    )
    assert [c.kind for c in found if c.kind == "figure"] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("At night please call 020 794 600 18.", "At night please call 020 7946 0021."),
        ("Send the form (XLSM, 145KB) by May.", "Send the form (XLSM, 140KB) by May."),
        ("Lock closures: updated 8 July 2022", "Lock closures: updated 13 July 2022"),
        (
            "In 1978 the two moved to a hamlet beside the lake.",
            "In 1978 they moved to a hamlet beside the lake.",
        ),
        (
            "Polls had said the vote was close, bringing Torvo within reach of a win.",
            "Polls had said the vote was close. This brought Torvo within reach of a win.",
        ),
    ],
)
def test_what_counts_nothing_and_what_only_stands_otherwise_is_not_told(old: str, new: str) -> None:
    assert lines(old, new) == []


def test_a_number_that_is_none_to_call_is_told() -> None:
    found = lines("The port took in 794 boats this year.", "The port took in 812 boats this year.")
    assert found == ["“794 boats” became “812 boats”"]
    found = lines("The two mills closed in May.", "The three mills closed in May.")
    assert found == ["“two mills” became “three mills”"]


def test_words_that_only_moved_into_what_is_reported_are_not_new() -> None:
    found = lines(
        [
            "The Lark Hotel in Torvo had to own up.",
            "A guest complained that a dish he had ordered held a cheaper fish.",
        ],
        [
            "It had to own up.",
            "A guest complained that a dish he had ordered at the Lark Hotel in Torvo held a "
            "cheaper fish.",
        ],
    )
    assert not any("at the Lark Hotel" in line for line in found)
