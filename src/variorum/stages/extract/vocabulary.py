"""Words that a story has: what stands apart on its page and has them too speaks of the same matter."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]{5,}|\d+")


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """The longer words and the figures of some texts, in small letters."""
    return frozenset(w for text in texts for w in _WORD.findall(text.casefold()))


def shared(text: str, words: frozenset[str]) -> int:
    """How many of ``words`` a text has, each counted once."""
    return len(words.intersection(_WORD.findall(text.casefold())))
