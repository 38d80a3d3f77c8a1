"""What else a capture shows: the witness that a line which seems to have come or gone was there.

A line counts as removed only if it stands nowhere on the new page, and as added only if it stood
nowhere on the old one; else the publisher did nothing, only the template or the reading differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from variorum.model import Document, Page
from variorum.stages.version.folding import Tokens, plain, stream, tokens

# Shorter pieces are looked up as whole lines: "Background" stands somewhere on every page, but
# four words in a row are seldom there by accident.
_SHORT = 4


class Text:
    """A text to be asked whether, and how often, a piece of text stands in it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = tuple(lines)

    def __bool__(self) -> bool:
        return bool(self._lines)

    @cached_property
    def _each(self) -> Counter[Tokens]:
        return Counter(tokens(line) for line in self._lines)

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(stream(self._lines))} "

    def count(self, piece: Sequence[str]) -> int:
        """How often these tokens stand here in a row."""
        if len(piece) < _SHORT:
            return self._each[tuple(piece)]
        return self._joined.count(f" {' '.join(piece)} ")

    def has(self, piece: Sequence[str]) -> bool:
        return not piece or self.count(piece) > 0

    def mentions(self, words: str) -> bool:
        """Whether ``words`` (a name, lower case) stand anywhere, in any case."""
        return bool(words) and words in self._lower

    @cached_property
    def _lower(self) -> str:
        return "\n".join(plain(line).casefold() for line in self._lines)


class Side:
    """One of the two captures compared: its Document, and its page where that is still known."""

    def __init__(self, document: Document, page: Page | None) -> None:
        self.document = document
        self.page = page
        self.visible = Text(page.visible if page else ())
        self._texts = Text(document.paragraphs)

    @classmethod
    def of(cls, page: Page) -> Side:
        return cls(page.document, page)

    @cached_property
    def paragraphs(self) -> list[Tokens]:
        texts: Sequence[str] = self.document.paragraphs
        if not texts and not self.document.headline:
            texts = [self.document.text]
        return [t for t in map(tokens, texts) if t]

    @cached_property
    def body(self) -> Tokens:
        return tuple(t for paragraph in self.paragraphs for t in paragraph)

    def count(self, piece: Tokens) -> int:
        """How often a sentence stands in the story itself."""
        return max(1, self._texts.count(piece))

    @cached_property
    def titles(self) -> frozenset[Tokens]:
        """Every form in which the page gives its headline."""
        given = list(self.page.titles.values()) if self.page else []
        given.append(self.document.headline or "")
        return frozenset(tokens(t) for t in given if t)
