"""The 700 short English texts of ``volume``: who says what, counted in two halves.

The unread half is only ever counted: floors of both rise when a class of sentences is mended.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent / "volume"))

from volume_scoring import blocks, counted, span


def test_each_text_holds_the_words_that_are_asked_for() -> None:
    every = list(blocks())
    assert len(every) == 700
    for block in every:
        for one in block.asked:
            assert all(span(block.text, words) for words in one.contents)


FLOORS = [
    # unread, statements found, refusals found, right speakers of those found, told falsely at most
    (False, 354, 26, 376, 11),
    (True, 374, 22, 376, 34),
]


@pytest.mark.parametrize(("unread", "statements", "refusals", "speakers", "false"), FLOORS)
def test_of_each_half_as_many_are_found_as_before(
    unread: bool, statements: int, refusals: int, speakers: int, false: int
) -> None:
    count, _ = counted(unread)
    assert count["statements found"] >= statements
    assert count["refusals found"] >= refusals
    assert count["speakers right"] >= speakers
    assert count["told falsely"] <= false
