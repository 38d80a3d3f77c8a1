"""Hostile and enormous input: linear time, no exceptions, the same answer every time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from version_stories import STORY, Told, after, page

from variorum.model import DecisionKind, Document, Media, Notice
from variorum.model.pictures import picture_key
from variorum.stages.version import content_digest, same_content
from variorum.stages.version.chrome import is_chrome
from variorum.stages.version.damage import mend, same_but_for_losses
from variorum.stages.version.dates import is_date_line, update_stamps
from variorum.stages.version.folding import tokens
from variorum.stages.version.people import names

UNITS = [
    "a",
    "a ",
    ". ",
    '"',
    "\ufffd",
    "Ã©",
    "Â",
    "1",
    "1,",
    "12 000 ",
    "?",
    "a?b",
    "&amp;",
    "&",
    "-",
    "share ",
    "12 march 2026 ",
    "photo ",
    "(",
    "http://",
    "漢",
    "\u200f",
    "ﬃ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_two_megabytes_of_anything_are_compared_in_seconds(unit: str) -> None:
    text = unit * (2_000_000 // len(unit))
    start = time.process_time()
    decision = after(page((text, *STORY)), page((text + "z", *STORY)))
    tokens(text)
    assert time.process_time() - start < 20
    assert decision.kind in DecisionKind


@pytest.mark.parametrize("unit", UNITS)
def test_no_pattern_backtracks(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    mend(text)
    is_chrome(tuple(text.split()[:50]))
    is_date_line(text)
    update_stamps(text)
    names([text])
    picture_key(text)
    same_but_for_losses(text, text[:-1])
    assert time.process_time() - start < 3


def test_a_hundred_thousand_paragraphs_are_compared_within_the_limit() -> None:
    many = tuple(f"Entry {n} of the long list of names." for n in range(30_000))
    start = time.process_time()
    decision = after(page(many), page((*many[:-1], "Entry of another kind altogether.")))
    assert decision.kind is DecisionKind.CHANGED
    assert time.process_time() - start < 20


_text = st.text(max_size=60)
_documents = st.builds(
    lambda h, p, b, m, n, d: Document.build(
        h, p, byline=tuple(b), media=tuple(m), notices=tuple(n), published=d
    ),
    _text,
    st.lists(_text, max_size=5),
    st.lists(_text, max_size=2),
    st.lists(st.builds(Media, st.just("image"), _text, _text), max_size=2),
    st.lists(st.builds(Notice, st.just("correction"), _text), max_size=2),
    st.one_of(st.none(), _text),
)


@settings(max_examples=150, deadline=None)
@given(_documents, _documents)
def test_any_two_documents_get_a_decision_and_a_document_is_itself(
    one: Document, two: Document
) -> None:
    first = page(one.paragraphs, one.headline, byline=one.byline, media=one.media)
    second = page(two.paragraphs, two.headline, byline=two.byline, media=two.media)
    assert after(first, second).kind in DecisionKind
    assert after(first, first).kind is DecisionKind.SAME
    assert same_content(one, one)
    assert same_content(one, two) == (content_digest(one) == content_digest(two))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=14))
def test_versions_change_exactly_when_the_text_does(choice: list[int]) -> None:
    pages = [page((*STORY, f"The count stood at {n} that night.")) for n in range(4)]
    story = Told(*(pages[n] for n in choice))
    runs = [n for i, n in enumerate(choice) if i == 0 or choice[i - 1] != n]
    assert len(story.versions) == len(runs)
    for version, n in zip(story.versions, runs, strict=True):
        first = runs.index(n)
        assert version.same_as == (None if first == version.number else first)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(STORY) - 1), st.data())
def test_any_other_letter_or_figure_anywhere_is_a_version(at: int, data: st.DataObject) -> None:
    paragraph = STORY[at]
    places = [i for i, c in enumerate(paragraph) if c.isalnum()]
    place = data.draw(st.sampled_from(places))
    other = "7" if paragraph[place] != "7" else "8"
    edited = paragraph[:place] + other + paragraph[place + 1 :]
    new = (*STORY[:at], edited, *STORY[at + 1 :])
    assert after(page(), page(new)).kind is DecisionKind.CHANGED
