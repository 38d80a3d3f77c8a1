"""Patterns tried in small letters answer as ``re.IGNORECASE`` does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.caseless import Caseless

SOURCES = (
    r"\b(?:sign.?up|newsletters?|größe|à lire|d.accord|iki|ss)(?![^\W_])|広告|рассылка",
    r"[^\w]{0,4}(?:by [A-Z]|kilo\sskin|\d{1,2}\s?min)\W{0,3}",
    r"(?:über|éditeur['’]s|stand:|привет).{0,5}\S",
)
PIECES = (
    *(
        "sign up",
        "Newsletter",
        "GRÖSSE",
        "größe",
        "GRÖẞE",
        "À LIRE",
        "D'accord",
        "iki",
        "İKİ",
        "ıkı",
    ),
    *(
        "ſs",
        "SS",
        "Kilo",
        "\u212ailo skin",
        "by A",
        "BY z",
        "12 min",
        "ÜBER",
        "Éditeur’s",
        "STAND:",
    ),
    *("привет", "ПРИВЕТ", "\u1c80", "Рассылка", "広告", " ", ".", "x", "_", "\n", "\u0307", "Σ"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.sampled_from(SOURCES))
def test_answers_are_those_of_ignorecase(text: str, source: str) -> None:
    caseless, plain = Caseless(source), re.compile(source, re.IGNORECASE)
    assert caseless.search(text) is bool(plain.search(text))
    assert caseless.match(text) is bool(plain.match(text))
    assert caseless.fullmatch(text) is bool(plain.fullmatch(text))


@pytest.mark.parametrize("text", ["SIGN UP", "sıgn up", "ſign up", "Sİgn up" + " " * 3_000])
def test_long_and_odd_texts_are_tried_too(text: str) -> None:
    source = SOURCES[0]
    assert Caseless(source).search(text) is bool(re.search(source, text, re.IGNORECASE))
