"""Quotation marks as real pages write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.model import Claim, Document
from variorum.stages.claims import find_claims
from variorum.stages.claims.quotations import quotations
from variorum.stages.claims.reading import Reading


def quoted(text: str) -> list[str]:
    reading = Reading(text)
    return [reading.said(q.inside, q.outside) for q in quotations(reading)]


def claims(text: str) -> list[Claim]:
    return find_claims(Document.from_text(text))


def contents(text: str) -> list[list[str]]:
    return [[text[a:b] for a, b in c.content_spans] for c in claims(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“We will appeal,” Anna Holt said.",
        '"We will appeal," Anna Holt said.',
        "''We will appeal,'' Anna Holt said.",
        '“We will appeal," Anna Holt said.',
        '"We will appeal,” Anna Holt said.',
        "‘We will appeal,’ Anna Holt said.",
        "'We will appeal,' Anna Holt said.",
        "« We will appeal », Anna Holt said.",
        "„We will appeal“, Anna Holt said.",
        "»We will appeal«, Anna Holt said.",
    ],
)
def test_any_pair_of_marks_makes_a_quotation(text: str) -> None:
    found = claims(text)
    assert [c.type for c in found] == ["direct"]
    assert "We will appeal" in text[slice(*found[0].content)]
    assert found[0].speaker.name == "Anna Holt"


def test_an_apostrophe_does_not_close_a_quotation_in_single_marks() -> None:
    assert quoted("She said: 'We don't know the drivers' names yet.'") == [
        "We don't know the drivers' names yet."
    ]


def test_a_quotation_inside_a_quotation_is_no_end() -> None:
    text = "\"He told me, 'Stay where you are,' and left,\" said Mara Quist, a nurse."
    assert contents(text) == [["\"He told me, 'Stay where you are,' and left,\""]]


def test_a_lost_closing_mark_swallows_no_more_than_its_paragraph() -> None:
    text = (
        "“We are closing the plant, Ida Brook said on Monday.\n\n"
        "Output fell last year. The town has 4,000 people.\n\n"
        "“We had no choice,” she added."
    )
    assert all("Output fell" not in " ".join(parts) for parts in contents(text))
    assert any("We had no choice" in " ".join(parts) for parts in contents(text))


def test_an_odd_mark_amid_a_paragraph_swallows_no_more_than_its_sentence() -> None:
    text = 'The "green plan was approved in May. Work began in June. It ended in July.'
    assert quoted(text) == ["green plan was approved in May."]


def test_a_quotation_opened_anew_and_closed_once_is_one_statement() -> None:
    text = (
        "Lena Marsh, the mayor, said: “The river rose in an hour.\n\n"
        "“Nobody had seen that before.\n\n"
        "“We will rebuild.”\n\n"
        "The town lies in a valley."
    )
    assert [len(p) for p in contents(text)] == [3]
    assert claims(text)[0].speaker.name == "Lena Marsh"


def test_a_quotation_goes_on_after_its_tag() -> None:
    text = "“We lost,” Omar Diaz said. “We will learn from it.”"
    assert contents(text) == [["“We lost,”", "“We will learn from it.”"]]


def test_a_tag_amid_a_sentence_parts_its_quotation() -> None:
    text = "“The bridge,” said Omar Diaz, “was never safe.”"
    assert contents(text) == [["“The bridge,”", "“was never safe.”"]]


def test_two_speakers_of_one_paragraph_keep_their_words_apart() -> None:
    text = "“It was loud,” said Omar Diaz. “I heard nothing,” said Lena Marsh."
    found = claims(text)
    assert [c.speaker.name for c in found] == ["Omar Diaz", "Lena Marsh"]


def test_scare_quotes_are_no_statement() -> None:
    assert claims("The so-called “ghost train” runs twice a day between the two towns.") == []


def test_the_title_of_a_work_is_no_statement() -> None:
    assert claims("Her novel, “The Long Winter Road,” was printed in four countries.") == []


def test_words_cited_inside_a_reported_clause_make_it_mixed() -> None:
    text = "Omar Diaz said the bridge was “never safe” and should close."
    found = claims(text)
    assert [c.type for c in found] == ["mixed"]
    assert text[slice(*found[0].content)] == "the bridge was “never safe” and should close"


def test_a_question_keeps_its_tag() -> None:
    text = "“Who paid for this?” Omar Diaz asked."
    found = claims(text)
    assert [(c.type, c.speaker.name) for c in found] == [("direct", "Omar Diaz")]


def test_a_paragraph_in_quotation_marks_goes_on_with_the_last_speaker() -> None:
    text = "“We lost,” Omar Diaz said.\n\n“We should have seen it coming.”\n\nThe game ended late."
    assert {c.speaker.name for c in claims(text)} == {"Omar Diaz"}
    assert any("seen it coming" in text[slice(*c.content)] for c in claims(text))


def test_an_interview_printed_as_turns_gives_each_turn_to_its_speaker() -> None:
    text = (
        "HOLT: How long will the repair take?\n\nDIAZ: A year, I think. Maybe less.\n\n"
        "HOLT: And the cost?\n\nDIAZ: We do not know yet."
    )
    found = claims(text)
    assert [c.type for c in found] == ["direct"] * 4
    assert [text[slice(*c.source)] for c in found if c.source] == ["HOLT", "DIAZ", "HOLT", "DIAZ"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                '"', "“", "”", "'", "‘", "’", "''", "«", "»", "„", ",", ".", "?", ":", "\n\n", "\n",
                "said", "that", "He", "Anna Holt", "the plan", "according to", "who", "and", "(", ")",
                "reports of", "is believed to", "—", "Mr. Diaz", "told", "reporters", "3.5", "…", "-",
            ]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_no_order_of_marks_and_words_breaks_the_spans(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for claim in claims(text):
        assert 0 <= claim.content[0] < claim.content[1] <= len(text)
        for span in (claim.cue, claim.source):
            assert span is None or 0 <= span[0] < span[1] <= len(text)
        for (_, b), (c, _d) in zip(claim.content_spans, claim.content_spans[1:], strict=False):
            assert b <= c


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        '"a ',
        "“He said ",
        "said that he said that ",
        "' ",
        ", who said, ",
        "(((",
        "according to the according to ",
        "A. B. C. ",
        "“Yes,” he said. ",
        "is believed to be thought to ",
        "word, ",
        "Mr X and Ms Y, ",
    ],
)
def test_two_megabytes_of_anything_answer_in_linear_time(unit: str) -> None:
    def cost(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        begin = time.process_time()
        claims(text)
        return time.process_time() - begin

    small = max(cost(60_000), 0.02)
    assert cost(480_000) < 8 * small * 3
