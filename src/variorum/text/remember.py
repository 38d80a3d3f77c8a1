"""Answers about texts and words, remembered: the lines of a site's pages come again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
# Texts remembered, and the letters of the longest: longer ones are worked out anew, so that memory
# stays bounded.
_MOST_TEXTS, _LONGEST_TEXT = 8_192, 1_000
_MOST_WORDS, _LONGEST_WORD = 32_768, 40


class Vocabulary(dict[str, T]):
    """What ``ask``, a pure function, answers about words: a dictionary that fills itself.

    A word it has costs no call, so that ``map(vocabulary.__getitem__, words)`` runs at the speed of
    the look-ups. When it holds ``most`` it begins anew; what is longer than ``longest`` is never kept.
    """

    def __init__(
        self, ask: Callable[[str], T], most: int = _MOST_WORDS, longest: int = _LONGEST_WORD
    ) -> None:
        super().__init__()
        self._ask, self._most, self._longest = ask, most, longest

    def __missing__(self, word: str) -> T:
        answer = self._ask(word)
        if len(word) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[word] = answer
        return answer


def remembered(ask: Callable[[str], T]) -> Callable[[str], T]:
    """``ask``, a pure function of one text, with its last answers about short texts kept."""
    return Vocabulary(ask, _MOST_TEXTS, _LONGEST_TEXT).__getitem__
