"""Patterns to which capitals and small letters are the same, tried on the text in small letters.

``re.IGNORECASE`` folds each letter again at each alternative, and enters every one of them; on small
letters those that begin otherwise are passed over. A table of words is searched only where one of the
words stands that it cannot do without (``heads``). The answers are those of ``re.IGNORECASE``, ten
times as fast on lines of stories.
"""

from __future__ import annotations

import re
from functools import cached_property

from variorum.text.heads import Needs, heads_in, heads_of, is_wide
from variorum.text.remember import Vocabulary

_KEPT, _LONGEST = (
    1_024,
    2_000,
)  # texts in small letters that are kept, and characters of the longest
_BRIEF = 60  # characters of a text that is searched sooner than its words are looked up
_PART = re.compile(r"\\.|[^\\]+", re.DOTALL)
# What re.IGNORECASE takes for another letter than str.lower does: the Turkish i, the long s, old
# forms of Cyrillic letters. Texts with these are tried as they are.
_ODD = re.compile("[\u0130\u0131\u017f\u1c80-\u1c88]")


class Caseless:
    """A pattern whose letters are found large or small. ``source`` has no ranges of letters beyond
    ASCII and no flags of its own; what it answers is only whether it is there."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._small = re.compile(_PART.sub(_lowered, source))

    def search(self, text: str) -> bool:
        """Whether it is anywhere in ``text``."""
        seen = _seen(text)
        if seen.small is None:
            return self._exact.search(text) is not None
        if len(text) > _BRIEF and self._needs is not None and not seen.has(self._needs):
            return False
        return self._small.search(seen.small) is not None

    def match(self, text: str) -> bool:
        """Whether ``text`` begins with it."""
        small = _seen(text).small
        found = self._exact.match(text) if small is None else self._small.match(small)
        return found is not None

    def fullmatch(self, text: str) -> bool:
        """Whether it is the whole of ``text``."""
        small = _seen(text).small
        found = self._exact.fullmatch(text) if small is None else self._small.fullmatch(small)
        return found is not None

    @cached_property
    def _needs(self) -> Needs | None:
        return heads_of(self._small.pattern)

    @cached_property
    def _exact(self) -> re.Pattern[str]:
        """The pattern itself; hardly ever asked for, and slow to make."""
        return re.compile(self.source, re.IGNORECASE)


class _Seen:
    """A text in small letters, as many as it has; None where that could change what is found."""

    __slots__ = ("_heads", "_wide", "small")

    def __init__(self, text: str) -> None:
        odd = not text.isascii() and _ODD.search(text)
        self.small = None if odd else text.lower()
        self._heads: frozenset[str] | None = None
        self._wide = False

    def has(self, needs: Needs) -> bool:
        """Whether something stands in it that a pattern cannot do without."""
        small = self.small or ""
        if self._heads is None:
            self._heads, self._wide = heads_in(small), is_wide(small)
        heads, signs, wide = needs
        if not heads.isdisjoint(self._heads):
            return True
        for sign in signs:
            if sign in small:
                return True
        return self._wide and any(sign in small for sign in wide)


def _lowered(part: re.Match[str]) -> str:
    text = part.group()
    return text if text.startswith("\\") else text.lower()


_seen = Vocabulary(_Seen, _KEPT, _LONGEST).__getitem__
