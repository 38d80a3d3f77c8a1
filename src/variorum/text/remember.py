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
