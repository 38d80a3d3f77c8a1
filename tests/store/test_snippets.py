from __future__ import annotations

import pytest

from variorum.store.snippets import snippet, terms_of


@pytest.mark.parametrize(
    ("query", "sentence", "shown"),
    [
        ("crane", "The crane fell.", "The [crane] fell."),
        ("CRANE fell", "The crane fell.", "The [crane] [fell]."),
        ('"the crane"', "The crane of the crane yard.", "[The crane] of [the crane] yard."),
        ("flood*", "Flooded, not a flood; afloat.", "[Flooded], not a [flood]; afloat."),
        ("cafe", "The Café shut.", "The [Café] shut."),
        ("don't", "They don’t know.", "They [don’t] know."),
        ("bridge", "The crane fell.", "The crane fell."),
        ('"', "Nothing.", "Nothing."),
        ("an_other", "An other day.", "[An other] day."),
    ],
)
def test_the_words_asked_for_are_marked(query: str, sentence: str, shown: str) -> None:
    found = snippet(sentence, terms_of(query)).replace("\x02", "[").replace("\x03", "]")
    assert found == shown


def test_of_a_long_sentence_the_part_around_the_words_is_shown() -> None:
    sentence = " ".join(f"word{n}" for n in range(200)) + "."
    shown = snippet(sentence, terms_of("word150"))
    assert shown.startswith("…word138 ") and shown.endswith(" word185…")
    assert "\x02word150\x03" in shown
    assert snippet(sentence, terms_of("absent")).startswith("word0 ")
    last = snippet(sentence, terms_of("word199"))
    assert last.endswith("\x02word199\x03.")


def test_a_sentence_of_many_words_takes_no_longer_than_its_length_says() -> None:
    sentence = "a " * 200_000
    assert snippet(sentence, terms_of("a* " * 20)).count("\x02") <= 60
