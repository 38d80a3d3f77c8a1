"""Sentences of news texts, in eight languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_cases import CASES, as_text

from variorum.text.languages import base_language, guess_language
from variorum.text.sentences import sentences


def cut(text: str, language: str | None = None) -> list[str]:
    return [s.text for s in sentences(text, language)]


@pytest.mark.parametrize(("language", "parts"), CASES, ids=lambda value: str(value)[:40])
def test_a_passage_is_cut_as_a_careful_reader_cuts_it(language: str, parts: list[str]) -> None:
    wanted = [p.strip().removeprefix("~") for p in parts]
    assert cut(as_text(parts, language), language) == wanted


def test_it_is_cut_alike_when_nobody_says_the_language() -> None:
    wrong = [
        parts
        for language, parts in CASES
        if cut(as_text(parts, language)) != [p.strip().removeprefix("~") for p in parts]
    ]
    assert len(wrong) <= 2, wrong


def test_no_sentence_runs_over_a_blank_line_even_without_a_full_stop() -> None:
    assert cut("A heading\n\nThe text begins\n\n“It goes on.") == [
        "A heading",
        "The text begins",
        "“It goes on.",
    ]


def test_a_machine_wrapped_paragraph_is_cut_at_its_stops_only() -> None:
    text = (
        "The council met on Monday to talk about the new bridge and\n"
        "voted for it by nine to four. Work is to begin in the spring\n"
        "of next year. Nobody spoke against it."
    )
    assert len(cut(text, "en")) == 3


def test_lines_of_their_own_are_sentences() -> None:
    assert cut("Menu\nHome\nNews", "en") == ["Menu", "Home", "News"]


def test_the_headline_is_paragraph_0_and_paragraphs_are_counted() -> None:
    found = sentences("A headline\n\nOne. Two.\n\n\nThree.", "en")
    assert [(s.index, s.paragraph, s.text) for s in found] == [
        (0, 0, "A headline"),
        (1, 1, "One."),
        (2, 1, "Two."),
        (3, 2, "Three."),
    ]


@given(
    st.text(max_size=200) | st.lists(st.sampled_from([*"Ab. ?!\n「」。”“ 3", "Mr. "])).map("".join)
)
@settings(max_examples=300, deadline=None)
def test_offsets_slice_right_and_nothing_but_white_space_is_left_out(text: str) -> None:
    found = sentences(text)
    at = 0
    for k, s in enumerate(found):
        assert s.index == k
        assert text[s.start : s.end] == s.text
        assert s.text == s.text.strip() != ""
        assert not text[at : s.start].strip()
        at = s.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    "text",
    [
        "." * 2_000_000,
        "A." * 1_000_000,
        "「" + "あ。" * 500_000,
        "\n " * 1_000_000,
        "x?” Abcd " * 200_000,
    ],
    ids=["dots", "initials", "open-bracket", "lines", "questions"],
)
def test_two_megabytes_of_anything_are_cut_in_seconds(text: str) -> None:
    import time

    start = time.process_time()
    sentences(text)
    assert time.process_time() - start < 15


def test_languages_are_guessed_from_their_common_words() -> None:
    assert guess_language("The council said that it was for the bridge and not against it.") == "en"
    assert guess_language("Der Rat hat gesagt, dass die Brücke nicht gebaut wird.") == "de"
    assert guess_language("Le conseil est pour le pont et les élus sont avec lui.") == "fr"
    assert guess_language("警察は男を逮捕した。") is None
    assert base_language("en-GB") == "en"
    assert base_language(None) is None
