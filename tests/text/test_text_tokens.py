"""Tokens: what is compared and shown as one piece."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.text.tokens import _SPLIT, pieces, tokenize
from variorum.text.typography import fold


def tokens(text: str) -> list[str]:
    return [t.text for t in tokenize(text)]


@pytest.mark.parametrize(
    "whole",
    [
        *["£3.5m", "-5%", "US$1.2bn", "12,000", "3.5", "10.30am", "21st", "1990s", "9/11", "3-2"],
        *["2019–20", "13-year-old", "don’t", "don't", "COVID-19", "F-16", "U.S.", "p.m.", "gov.uk"],
        *["press@example.org", "https://example.org/a?b=1", "#budget", "@mayor", "B.1.1.7", "5°C"],
        *["12 000 €", "5 %", "+4", "ex-wife", "U.K.-based", "アメリカ", "हिंदी"],
    ],
)
def test_a_figure_word_or_address_is_one_token(whole: str) -> None:
    assert tokens(whole) == [whole]
    assert tokens(f"in {whole} so") == ["in", whole, "so"]


def test_quotation_marks_and_punctuation_are_tokens_of_their_own() -> None:
    assert tokens("The “terrorists”, he said…") == [
        *["The", "“", "terrorists", "”", ",", "he", "said", "…"]
    ]


def test_scripts_without_spaces_are_cut_into_signs() -> None:
    assert tokens("警察は12人") == ["警", "察", "は", "12", "人"]
    assert tokens("ไทยรัฐ") == ["ไ", "ท", "ย", "รั", "ฐ"]


def test_arabic_words_keep_their_vowel_marks() -> None:
    assert tokens("قالَ محمدٌ") == ["قالَ", "محمدٌ"]


def test_the_normal_form_ignores_typography_only() -> None:
    curly, straight = tokenize("“don’t”"), tokenize('"don\'t"')
    assert [t.norm for t in curly] == [t.norm for t in straight]
    assert fold("£1.5m") != fold("£15m")
    assert fold("Terrorists") != fold("terrorists")
    assert fold('"x"') != fold("x")
    assert fold("a\u00a0b…") == fold("a b...")
    assert fold("plain  `text`\n") == "plain 'text'"


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_pieces_join_to_the_text_and_tokens_slice_right(text: str) -> None:
    parts = pieces(text)
    assert "".join(parts) == text
    assert not any(gap.strip() for gap in parts[::2])
    assert all(token and not token.isspace() for token in parts[1::2])
    assert [t.text for t in tokenize(text)] == parts[1::2]
    assert all(text[t.start : t.end] == t.text for t in tokenize(text))


def test_a_part_of_a_text_can_be_tokenized_in_place() -> None:
    text = "He paid £3.5m in May."
    assert [(t.text, t.start) for t in tokenize(text, 8, 13)] == [("£3.5m", 8)]


@pytest.mark.parametrize(
    "text",
    [
        "A." * 1_000_000,
        "1," * 1_000_000,
        "www." * 500_000,
        "a" + "\u0301" * 2_000_000,
        "http://," * 250_000,
    ],
    ids=["initials", "figures", "addresses", "marks", "schemes"],
)
def test_two_megabytes_of_anything_are_tokenized_in_seconds(text: str) -> None:
    start = time.process_time()
    pieces(text)
    assert time.process_time() - start < 10


STRETCHES = [
    *["a", "12", "000", "5", "£", "£5", "%", "-", "−4", "don’t", "3.5m", "U.S.", "x.y", ",", "."],
    *["«", "»", "é", "警", "ア", "\u00a0", "\n", "\t", "www.a.b", "@c", " ", "", "\n\n"],
]


@given(st.lists(st.sampled_from(STRETCHES), max_size=14))
@settings(max_examples=200, deadline=None)
def test_pieces_cut_stretch_by_stretch_are_those_cut_at_one_go(parts: list[str]) -> None:
    for text in ("".join(parts), " ".join(parts)):
        assert pieces(text) == _SPLIT.split(text)
