"""What was found in single paragraphs, kept for the next version of a story.

Versions share nearly all of their paragraphs. What depends on a paragraph and the words around it
alone is found once and read again wherever the same paragraph stands between the same words; what
the rest of a text decides (who "he" is, which name is whose) is found anew each time. So a ledger
found with a memory is the ledger found without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from variorum.stages.claims.word_facts import Words

if TYPE_CHECKING:
    from variorum.stages.claims.names import NameFacts
    from variorum.stages.claims.reading import Reading
    from variorum.stages.claims.workspace import Statement

_MOST = 1024  # paragraphs in each of two halves; a long story has a hundred: some MB
_LONGEST = 4000  # letters of a paragraph that is kept
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


class Memory:
    """The paragraphs met last. One memory serves the versions of one article, or of many; it is
    not for two threads at once."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._met: dict[Key, Place] = {}
        self._met_before: dict[Key, Place] = {}
        self._read: dict[str, Words] = {}
        self._read_before: dict[str, Words] = {}

    @property
    def size(self) -> int:
        """How many pieces and paragraphs are kept."""
        places = len(self._met) + len(self._met_before)
        return places + len(self._read) + len(self._read_before)

    def words(self, text: str) -> Words:
        """The words of a piece of text that blank lines part from the rest."""
        known = self._read.get(text)
        if known is None:
            known = self._read_before.get(text) or Words(text)
            if len(text) <= _LONGEST:
                if len(self._read) >= self._most:
                    self._read_before, self._read = self._read, {}
                self._read[text] = known
        return known

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
