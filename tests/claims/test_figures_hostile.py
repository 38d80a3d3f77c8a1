"""Any text, any length: the same answer shape, in time that grows with the text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.stages.claims import find_figures, find_hedges
from variorum.stages.claims.lexicon import words as word_set

MEGABYTES_2 = 2_000_000


@given(st.text(max_size=300))
def test_figures_lie_in_the_text_in_order_and_apart(text: str) -> None:
    spans = [f.span for f in find_figures(text)]
    assert all(0 <= s < e <= len(text) for s, e in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


WORDS = st.sampled_from(
    sorted(
        word_set(
            "one two twenty hundred thousand million and a half of third fifths point £ $ 3 4.5 - "
            "– 1,000 to between in out bn m % per cent at least nearly year old feet May İ ½ . ,"
        )
    )
)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_any_string_of_number_words_is_read_without_a_fault(text: str) -> None:
    for figure in find_figures(text):
        assert text[slice(*figure.span)].strip()
        figure.to_dict()


@given(st.text(max_size=300))
def test_hedges_lie_in_the_text_in_order_and_apart(text: str) -> None:
    found = find_hedges(text, 0, len(text))
    assert all(text[slice(*h.span)] == h.text for h in found)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("unit", "size"),
    [
        ("1", MEGABYTES_2),
        ("1,", MEGABYTES_2),
        ("9.", MEGABYTES_2),
        ("$", MEGABYTES_2),
        ("hundred ", MEGABYTES_2),
        ("is believed ", MEGABYTES_2),
        # every word a number: 60 microseconds each, so a smaller text shows the same
        ("one ", 300_000),
        ("and a ", 300_000),
        ("1 - ", 300_000),
        ("between 1 and ", 300_000),
    ],
)
def test_any_text_is_read_in_linear_time(unit: str, size: int) -> None:
    """Eight times the text takes about eight times as long; forty allows for noise and memory,
    while a quadratic reading takes sixty-four."""

    def spent(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length]
        start = time.process_time()
        find_figures(text)
        find_hedges(text, 0, len(text))
        return time.process_time() - start

    spent(10_000)
    small = max(spent(size // 8), 0.01)
    assert spent(size) < 40 * small
