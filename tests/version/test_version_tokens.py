"""The two patterns that cut tokens, and the short ways round what a text has none of."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.stages.version import body, damage, dates, folding

PIECES = st.sampled_from(
    [
        *(
            "a",
            "Zürich",
            "no",
            "_x",
            "2022This",
            "12 000",
            "1,200",
            "10:30",
            "1.5",
            "...",
            "--",
            "''",
        ),
        *(" ", "  ", ".", "-", "?", "*", "•", "’", "—", "ﬁ", "\u200b", "\u200f", "\ufe0f", "&amp;"),
        *("漢字", "かな", "十一", "²", "½", "\x07", "Ã©", "â€™", "РїСЂ", "é", "ж", "\ufffd"),
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@given(TEXTS)
def test_ascii_is_cut_as_everything_is(text: str) -> None:
    bare = folding.plain("".join(c for c in text if c.isascii()))
    assert folding._ASCII_TOKEN.findall(bare) == folding._TOKEN.findall(bare)


@given(TEXTS)
def test_a_figure_never_begins_a_word_token(text: str) -> None:
    bare = folding.plain(text)
    without = folding._TOKEN.pattern.partition("|(?<!")[2]
    assert folding._TOKEN.findall(bare) == re.findall(f"(?<!{without}", bare)


@given(TEXTS)
def test_only_what_looks_misread_is_mended(text: str) -> None:
    mended = damage._IN_1250.sub(lambda m: damage._decoded(m.group(), damage._TABLE_1250), text)
    for name, runs in damage._RUNS.items():
        table = damage._TABLES[name]
        found = runs.sub(lambda m, t=table: damage._decoded(m.group(), t), mended)  # type: ignore[misc]
        if found != mended:
            mended = damage._STUMP.sub(folding.LOST, found) if name == "cp1252" else found
    assert damage.mend(text) == damage._LOST_BYTE.sub(folding.LOST, mended)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.from_regex(dates._DATE_LINE, fullmatch=True), st.from_regex(dates._UPDATED))
def test_every_date_has_a_figure(date: str, stamp: str) -> None:
    assert dates._FIGURE.search(date)  # lines without one are not looked at
    assert dates._FIGURE.search(stamp)


TOLD = st.lists(TEXTS, max_size=6)


@given(TOLD)
def test_squeezed_paragraphs_squeeze_to_what_their_tokens_do(paragraphs: list[str]) -> None:
    each = [t for t in map(folding.tokens, paragraphs) if t]
    assert folding.squeezed(map(folding.squeezed, each)) == folding.squeezed(
        t for p in each for t in p
    )


@given(TOLD, TOLD, TOLD, TOLD)
def test_sentences_that_both_begin_and_end_with_say_nothing_of_a_difference(
    head: list[str], one: list[str], other: list[str], tail: list[str]
) -> None:
    old, new = (
        [t for t in map(folding.tokens, (*head, *middle, *tail)) if t] for middle in (one, other)
    )
    whole = folding.same(body._flat(old), body._flat(new))
    assert folding.same(*map(body._flat, body._but_for_ends(old, new))) == whole


@pytest.mark.parametrize(("old", "new"), [(["12", "34"], ["1234"]), (["to 1", "2"], ["to 12"])])
def test_figures_of_two_sentences_are_not_run_together(old: list[str], new: list[str]) -> None:
    a, b = ([folding.tokens(t) for t in ("It rose.", *told, "More.")] for told in (old, new))
    assert not folding.same(*map(body._flat, body._but_for_ends(a, b)))


def test_what_parts_the_cells_of_a_table_says_nothing() -> None:
    assert folding.tokens("Loaded in | 38,900 | 34,800") == folding.tokens(
        "Loaded in 38,900 34,800"
    )
