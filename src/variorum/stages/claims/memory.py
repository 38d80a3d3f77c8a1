"""What was found in single paragraphs, kept for the next version of a story.

Versions share nearly all of their paragraphs. What depends on a paragraph and the words around it
alone is found once and read again wherever the same paragraph stands between the same words; what
the rest of a text decides (who "he" is, which name is whose) is found anew each time. So a ledger
found with a memory is the ledger found without.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from variorum.stages.claims.word_facts import BLANK_LINE, Stretch, Words, joined

if TYPE_CHECKING:
    from variorum.stages.claims.names import NameFacts
    from variorum.stages.claims.reading import Reading
    from variorum.stages.claims.workspace import Statement

_MOST = 1024  # paragraphs in each of two halves; a long story has a hundred: some MB
_LONGEST = 4000  # letters of a paragraph that is kept
_LONGEST_TEXT = 400_000  # letters of a text whose words are kept for the next
# Tokens around a paragraph on which what is kept of it may depend. The rules that look out of a
# paragraph look a few words back and at most thirty ahead ("Jan Morawski walked off… He").
_BEFORE, _AFTER = 8, 48

Key = tuple[str, str, int]


class Kept(NamedTuple):
    """The statements of a paragraph, and which of them owns the quotation that begins at a token;
    places of tokens count from the paragraph's first."""

    statements: list[Statement]
    owners: list[tuple[int, int]]


class Place:
    """A paragraph between its neighbours, and what has been found in it: its names, and the
    statements of its cues. None is what nobody has asked for yet, or cannot be kept."""

    __slots__ = ("kept", "names")

    def __init__(self) -> None:
        self.kept: Kept | None = None
        self.names: list[tuple[int, int, int, NameFacts]] | None = None


class _Parts:
    """A text read, and where its parts between blank lines begin: ``number`` of each, ``at`` which
    character and which word."""

    __slots__ = ("at", "first", "number", "parts", "words")

    def __init__(self, text: str, words: Words) -> None:
        self.words = words
        self.parts = text.split(BLANK_LINE)
        steps = (len(part) + len(BLANK_LINE) for part in self.parts)
        self.at = list(accumulate(steps, initial=0))
        self.first = [bisect_left(words.start, at) for at in self.at]
        self.number = {part: n for n, part in enumerate(self.parts)}


def _stretches(text: str, last: _Parts) -> Iterator[Stretch]:
    """What a text is made of: runs of parts that the last one had in this order, and what lies between
    them, read anew."""
    parts, place = text.split(BLANK_LINE), 0
    i, count = 0, len(parts)
    while i < count:
        begin, known = i, last.number.get(parts[i])
        if known is None:
            while i < count and parts[i] not in last.number:
                i += 1
            new = BLANK_LINE.join(parts[begin:i])
            words = Words(new)
            yield Stretch(words, 0, len(words.word), place)
            place += len(new) + len(BLANK_LINE)
            continue
        stop = known
        while i < count and parts[i : i + 1] == last.parts[stop : stop + 1]:
            i, stop = i + 1, stop + 1
        yield Stretch(last.words, last.first[known], last.first[stop], place - last.at[known])
        place += last.at[stop] - last.at[known]


class Memory:
    """The paragraphs met last. One memory serves the versions of one article, or of many; it is
    not for two threads at once."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._met: dict[Key, Place] = {}
        self._met_before: dict[Key, Place] = {}
        self._last: _Parts | None = None

    @property
    def size(self) -> int:
        """How many paragraphs are kept."""
        return len(self._met) + len(self._met_before)

    def words(self, text: str) -> Words:
        """The words of a text; read are only the parts, between blank lines, that the text before had
        not."""
        last = self._last
        found = Words(text) if last is None else joined(_stretches(text, last))
        self._last = _Parts(text, found.copy()) if len(text) <= _LONGEST_TEXT else None
        return found

    def places(self, r: Reading) -> list[Place]:
        """The place of each paragraph of a reading, new ones for those not met before."""
        return [self._place(r, a, b) for a, b in zip(r.para_first, r.para_end, strict=True)]

    def _place(self, r: Reading, a: int, b: int) -> Place:
        if r.stop(b - 1) - r.start[a] > _LONGEST:
            return Place()
        key = _key(r, a, b)
        place = self._met.get(key)
        if place is None:
            if len(self._met) >= self._most:
                self._met_before, self._met = self._met, {}
            place = self._met[key] = self._met_before.get(key) or Place()
        return place


def _key(r: Reading, a: int, b: int) -> Key:
    """The letters of a paragraph and of the words around it, the classes of all these words, and
    where the paragraph begins among them. A text's first words look back at its last."""
    first, stop = max(0, a - _BEFORE), min(r.size, b + _AFTER)
    letters = r.said(first, stop)
    classes = r.tags[first:stop]
    if not first:
        letters += "\n\n" + r.text[r.start[-_BEFORE:][0] :]
        classes += r.tags[-_BEFORE:]
    return letters, classes, a - first
