"""What a pattern cannot do without, read from its source."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.stages.extract import counts, notices, phrases
from variorum.text.caseless import Caseless
from variorum.text.heads import heads_in, heads_of

TABLES = {
    **{name: each for name, each in vars(phrases).items() if isinstance(each, Caseless)},
    **{name: each for name, each in vars(counts).items() if isinstance(each, Caseless)},
    **{
        f"_SAYS{n}": each for n, (_, each) in enumerate(notices._SAYS) if isinstance(each, Caseless)
    },
}
AROUND = st.sampled_from(
    ["", " ", "x", "The mayor of Northwick said on Tuesday that it was so. ", "’"]
)


@pytest.mark.parametrize(
    ("source", "heads", "signs", "wide"),
    [
        (r"\b(?:cookies?|privacy (?:policy|choices))", {"cooki", "priva"}, (), ()),
        (r"\b(?:this|the) (?:article|story) is only", set(), ("is only",), ()),
        (r"\b(?:an )?earlier version", {"earli"}, (), ()),
        (r"\b(?:an?)?earlier version", {"versi"}, (), ()),
        (r"©|\(c\) \d", {"c"}, ("©",), ()),
        (r"\bopt.?out\b|広告|の[0-9]件のコメント", set(), ("opt",), ("件のコメント", "広告")),
        (r"^\W{0,3}photos?:", {"photo"}, (), ()),
    ],
)
def test_the_rarest_words_are_looked_for(
    source: str, heads: set[str], signs: tuple[str, ...], wide: tuple[str, ...]
) -> None:
    assert heads_of(source) == (frozenset(heads), signs, wide)


@pytest.mark.parametrize("source", [r"\d{1,3}", r"\b(?:cookies?|\w+)", r"(?i:x)", r"a\Zb", "(a"])
def test_what_says_too_little_is_always_searched(source: str) -> None:
    assert heads_of(source) is None


def test_words_begin_behind_signs_of_any_kind() -> None:
    text = "“cookies”—consent_form, don't/won’t é1"
    assert heads_in(text) == {"cooki", "conse", "don", "t", "won", "é1"}


@pytest.mark.parametrize("name", sorted(TABLES))
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), before=AROUND, after=AROUND)
def test_tables_find_what_ignorecase_finds(
    name: str, data: st.DataObject, before: str, after: str
) -> None:
    table = TABLES[name]
    found = data.draw(st.from_regex(table.source))
    text = (before + found + after)[:900]
    plain = re.compile(table.source, re.IGNORECASE)
    for each in (text, text.upper(), text + " " * 60):
        assert table.search(each) is bool(plain.search(each))
        assert table.match(each) is bool(plain.match(each))
