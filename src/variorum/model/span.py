"""Places in a text. Offsets are Unicode code points, half open: ``[start, end)``."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, figure, punctuation mark or symbol (the CollateX token: ``t`` and ``n``).

    ``text`` is the original, ``norm`` the form compared when typography is not meant to count.
    """

    start: int
    end: int
    text: str
    norm: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or heading, list item, caption) of a text.

    ``end`` excludes white space that follows; ``paragraph`` counts from 0, the headline being
    paragraph 0 of a Document that has one.
    """

    index: int
    start: int
    end: int
    paragraph: int
    text: str
