"""Answers about short texts, remembered: the lines of a site's pages come again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

T = TypeVar("T")
_LONGEST = 1_000  # characters; longer texts are worked out anew, so that memory stays bounded
_MOST = 8_192


def remembered(ask: Callable[[str], T]) -> Callable[[str], T]:
    """``ask``, a pure function of one text, with its last answers about short texts kept."""
    known = lru_cache(maxsize=_MOST)(ask)

    @wraps(ask)
    def answer(text: str) -> T:
        return known(text) if len(text) <= _LONGEST else ask(text)

    return answer


#: Words remembered, and the letters of the longest.
_MOST_WORDS = 32_768
_LONGEST_WORD = 40


class Vocabulary(dict[str, T]):
    """What ``ask``, a pure function, answers about words: a dictionary that fills itself.

    A word it has costs no call, so that ``map(vocabulary.__getitem__, words)`` runs at the speed of
    the look-ups. When it is full it begins anew; overlong words are never kept.
    """

    def __init__(self, ask: Callable[[str], T]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> T:
        answer = self._ask(word)
        if len(word) <= _LONGEST_WORD:
            if len(self) >= _MOST_WORDS:
                self.clear()
            self[word] = answer
        return answer
