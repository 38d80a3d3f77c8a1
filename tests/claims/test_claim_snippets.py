"""The snippets (``snippets/*.txt``): who speaks and what is refused, counted in two halves.

The unread half is only ever counted: floors of both rise when a class of sentences is mended.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "snippets"))

from score import HERE, counted, snippets, span

EVERY = list(snippets())


def count(unread: bool, english: bool) -> Counter[str]:
    chosen = [s for s in EVERY if s.unread == unread and (s.language == "en") == english]
    return counted(chosen)[0]


def test_each_snippet_asks_for_words_that_it_has() -> None:
    assert len(EVERY) >= 152
    for snippet in EVERY:
        for one in snippet.asked:
            assert all(span(snippet.text, words) for words in one.contents)


FLOORS = [
    # unread, English, statements, refusals, right speakers of those found
    (True, True, 41, 11, 51),
    (True, False, 56, 13, 65),
]


@pytest.mark.parametrize(("unread", "english", "statements", "refusals", "speakers"), FLOORS)
def test_of_each_half_as_many_are_found_as_before(
    unread: bool, english: bool, statements: int, refusals: int, speakers: int
) -> None:
    found = count(unread, english)
    assert found["statements found"] >= statements
    assert found["refusals found"] >= refusals
    assert found["speakers right"] >= speakers


def test_of_the_second_lot_as_many_are_found_as_before() -> None:
    found, _ = counted(list(snippets(HERE / "second")))
    assert found["statements found"] >= 47
    assert found["refusals found"] >= 28
    assert found["speakers right"] >= 71
