"""What is found on the quick way is what the long way finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_collate_properties import revisions

from variorum.stages.collate import align as aligning
from variorum.stages.collate import evidence, words
from variorum.text.remember import Vocabulary
from variorum.text.sentences import cuts, sentences

quick = settings(max_examples=80, deadline=None)
LETTERS = [bytes([b]).decode("cp1252", "ignore") or " " for b in range(256)]


@given(st.lists(st.sampled_from(LETTERS), max_size=60).map("".join))
@quick
def test_words_of_one_byte_letters_are_those_of_the_pattern(text: str) -> None:
    found = evidence._one_byte_words(text)
    assert found is not None
    assert list(found) == evidence._STEM.findall(text.lower())


@given(revisions())
@quick
def test_a_plain_edit_is_linked_as_with_all_the_evidence(pair: tuple[str, str]) -> None:
    old, new = ([s.text for s in sentences(text, "en")] for text in pair)
    found = aligning.align(old, new)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aligning._Aligner, "_plain", lambda *_: False)
        by_evidence = aligning.align(old, new)
    assert found.links == by_evidence.links
    assert found.limits == by_evidence.limits


@given(revisions())
@quick
def test_columns_hold_what_the_sentences_hold(pair: tuple[str, str]) -> None:
    for text in pair:
        found = [(s.start, s.paragraph, s.text) for s in sentences(text)]
        assert found == list(zip(*cuts(text), strict=True))
        assert all(text[start : start + len(piece)] == piece for start, _, piece in found)


@st.composite
def long_passages(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Some 600 tokens, most of them rare, and the same with a few runs replaced, put in or taken out."""
    old = [f"w{n % 211}" for n in draw(st.permutations(range(600)))]
    new = list(old)
    for _ in range(draw(st.integers(0, 10))):
        at = draw(st.integers(0, len(new) - 10))
        new[at : at + draw(st.integers(0, 6))] = ["x"] * draw(st.integers(0, 6))
    return old, new


@given(long_passages())
@quick
def test_a_long_passage_cut_in_the_middle_changes_no_more_words(
    pair: tuple[list[str], list[str]],
) -> None:
    cut = words._minimal(*pair)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_run_in_the_middle", lambda *_: None)
        whole = words._minimal(*pair)
    assert sum(map(_changed, cut)) == sum(map(_changed, whole))


def _changed(hunk: tuple[int, int, int, int]) -> int:
    return hunk[1] - hunk[0] + hunk[3] - hunk[2]


@pytest.mark.parametrize("edit", ["", "twenty-one", "at least twenty-one , police say ,"])
def test_two_edits_around_the_cut_are_two(edit: str) -> None:
    old = [f"w{n}" for n in range(800)]
    new = [*old[:390], *edit.split(), *old[390:430], "x", *old[431:]]
    size = len(edit.split())
    expected = [(390, 390, 390, 390 + size)] if size else []
    assert words.token_hunks(old, new) == [*expected, (430, 431, 430 + size, 431 + size)]


def test_a_vocabulary_begins_anew_when_it_is_full() -> None:
    asked: list[str] = []

    def length(word: str) -> int:
        asked.append(word)
        return len(word)

    known = Vocabulary(length, most=2)
    assert [known[w] for w in ("a", "a", "bb", "a", "ccc", "a")] == [1, 1, 2, 1, 3, 1]
    assert asked == ["a", "bb", "ccc", "a"]
    assert known["x" * 50] == 50
    assert len(known) <= 2
