"""Only the articles that somebody wants."""

from __future__ import annotations

import time

import pytest

from variorum.model import Discovered
from variorum.stages.watch import Filter

STORY = Discovered("https://a.example/sport/2025/rovers-win?x=[1]", "Rovers win the Cup at Tarn")


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(), True),
        (Filter(only=("/sport/",)), True), (Filter(only=("/politics/", "/sport/")), True),
        (Filter(only=("/politics/",)), False), (Filter(never=("/sport/",)), False),
        (Filter(only=("https://a.example/*",)), True), (Filter(only=("*/2025/*",)), True),
        (Filter(only=("*x=[1]",)), True), (Filter(only=("*x=?1]",)), False),
        (Filter(words=("CUP",)), True), (Filter(words=("up",)), False),
        (Filter(without=("tarn",)), False), (Filter(words=("cup",), without=("hockey",)), True),
    ],
)  # fmt: skip
def test_articles_are_wanted_or_not(wanted: Filter, expected: bool) -> None:
    reason = wanted.refusal(STORY)
    assert (reason is None) is expected
    assert reason is None or "\n" not in reason


def test_an_article_without_a_title_is_not_judged_by_its_words() -> None:
    assert Filter(words=("cup",)).refusal(Discovered("https://a.example/b")) is None


def test_patterns_that_could_cost_much_time_are_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        Filter(only=("*a" * 20,))
    started = time.process_time()
    Filter(only=("*a*a*a*b",)).refusal(Discovered("https://a.example/" + "a" * 2000))
    assert time.process_time() - started < 8
