"""What else a capture shows: the witness that a line which seems to have come or gone was there.

A line counts as removed only if it stands nowhere on the new page, and as added only if it stood
nowhere on the old one; else the publisher did nothing, only the template or the reading differs.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain

from variorum.model import Document, Page, reasons
from variorum.stages.version.chrome import is_chrome
from variorum.stages.version.damage import mend, mended
from variorum.stages.version.dates import is_date_line, update_stamps
from variorum.stages.version.folding import (
    Tokens,
    line_key,
    plain,
    sentence_tokens,
    squeezed,
    stream,
    tokens,
)
from variorum.text.remember import remembered

# Pieces of fewer tokens and characters are looked up as whole lines: "Background" stands somewhere
# on every page, but four words in a row are seldom there by accident.
_SHORT, _BRIEF = 4, 16
_LABEL = 60  # characters; a label is shorter
_STAMP_LINE = 160  # characters; stamps stand in short lines
_CLOCK = re.compile(r"\d[:.]\d\d\b")


# Characters: a book of 70,000 words, and a page that shows three times as much. What is longer is
# compared as a whole only, without looking for where it differs.
_LONGEST_STORY, _LONGEST_PAGE = 400_000, 1_200_000


class Text:
    """A text to be asked whether, and how often, a piece of text stands in it."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)

    def __bool__(self) -> bool:
        return bool(self.lines)

    @cached_property
    def _each(self) -> Counter[str]:
        return Counter("".join(tokens(line)) for line in self.lines)

    @cached_property
    def _joined(self) -> str:
        return f" {' '.join(stream(self.lines))} "

    @cached_property
    def _run_together(self) -> str:
        """All lines without white space."""
        return "".join(stream(self.lines))

    @cached_property
    def _edges(self) -> frozenset[int]:
        """The offsets in it at which a token starts or ends."""
        return frozenset(accumulate((len(t) for t in stream(self.lines)), initial=0))

    def count(self, piece: Sequence[str]) -> int:
        """How often these tokens stand here in a row, white space aside."""
        if len(piece) < _SHORT and sum(map(len, piece)) < _BRIEF:
            return self._each["".join(piece)]
        together = "".join(piece)
        at = self._run_together.find(together)
        if at < 0:
            return 0
        found = self._joined.count(f" {' '.join(piece)} ")
        return found or self._loosely(together, at)

    def _loosely(self, piece: str, at: int) -> int:
        """As :meth:`count`, white space aside; ``at`` is the first place."""
        text, edges = self._run_together, self._edges
        found = 0
        while at >= 0:
            found += at in edges and at + len(piece) in edges
            at = text.find(piece, at + len(piece))
        return found

    def has(self, piece: Sequence[str]) -> bool:
        return not piece or self.count(piece) > 0

    def has_loosely(self, piece: Sequence[str]) -> bool:
        """As :meth:`has`, whatever quotation marks are used: pull quotes set them otherwise."""
        if len(piece) < _SHORT:
            return False
        return f" {' '.join(piece)} ".replace("'", '"') in self._joined.replace("'", '"')

    def mentions(self, words: str) -> bool:
        """Whether ``words`` (a name, lower case) stand anywhere, in any case."""
        return bool(words) and words in self._lower

    @cached_property
    def _lower(self) -> str:
        return "\n".join(plain(line).casefold() for line in self.lines)


def _entries(lines: Sequence[str]) -> Iterator[str]:
    """What stands under each day, while lines are days and single entries in turn."""
    for day, entry in zip(lines[::2], lines[1::2], strict=False):
        if not is_date_line(day) or is_date_line(entry):
            return
        yield entry


@remembered
def _label(line: str) -> tuple[Tokens, Tokens] | None:
    """A short line, whole and without its figures; None for one that is no label."""
    whole = tokens(line)
    if not 0 < len(whole) <= 5:
        return None
    label = tuple([w for w in whole if not w[0].isdigit()])
    return (whole, label) if any(map(str.isalpha, label)) else None


_LAST: deque[Side] = deque(maxlen=2)


class Side:
    """One of the two captures compared: its Document, and its page where that is still known.

    ``document`` has charset damage mended, ``given`` is as it was read.
    """

    def __init__(self, document: Document, page: Page | None) -> None:
        self.given = document
        lines = page.visible if page else ()
        self.too_long = (
            sum(map(len, document.paragraphs)) > _LONGEST_STORY
            or len(document.text) > _LONGEST_STORY
            or sum(map(len, lines)) > _LONGEST_PAGE
        )
        self.document = document if self.too_long else mended(document)
        self.page = page
        self.visible = Text(() if self.too_long else map(mend, lines))
        self._texts = Text(self.document.paragraphs)

    @classmethod
    def of(cls, page: Page) -> Side:
        """The side of a page. The newer page of one decision is the older of the next: the last are
        kept, with what was found out about them."""
        for side in tuple(_LAST):
            if side.page is page:
                return side
        side = cls(page.document, page)
        if not side.too_long:
            _LAST.append(side)
        return side

    @cached_property
    def _told(self) -> list[tuple[str, Tokens]]:
        """The paragraphs, as text and as tokens, set phrases of the site left out."""
        texts: Sequence[str] = self.document.paragraphs
        if not texts and not self.document.headline:
            texts = [self.document.text]
        each = ((text, tokens(text)) for text in texts)
        told = [(text, words) for text, words in each if words and not is_chrome(words)]
        log = self._log
        return [(t, w) for t, w in told if squeezed(w).lstrip("-") not in log] if log else told

    @cached_property
    def _log(self) -> frozenset[str]:
        """The entries of the page's own change log, squeezed: right under the stamp of the last
        update ("Last updated 4 May") stands that day, what was changed, an earlier day, and so on.
        """
        lines = self.page.visible if self.page else ()
        for at in self._dated:
            if at and lines[at] in update_stamps(lines[at - 1]):
                return frozenset(line_key(x) for x in _entries(lines[at:]))
        return frozenset()

    @cached_property
    def _dated(self) -> Sequence[int]:
        """Which visible lines are nothing but a date or time."""
        lines = self.page.visible if self.page else ()
        return [at for at, line in enumerate(lines) if is_date_line(line)]

    @cached_property
    def logged(self) -> frozenset[tuple[str, str]]:
        """What stands right under a line that is nothing but a date: entries of a change log. (The
        date at the head of many pages, with the weather under it, has a clock.)"""
        lines = self.page.visible if self.page else ()
        under = (lines[at : at + 2] for at in self._dated if not _CLOCK.search(lines[at]))
        return frozenset((x[0], x[1]) for x in under if len(x) > 1 and not is_date_line(x[1]))

    @cached_property
    def stamps(self) -> frozenset[str]:
        """The dates and times that readers see as those of the last update."""
        lines = self.page.visible if self.page else ()
        return frozenset(s for x in lines if len(x) < _STAMP_LINE for s in update_stamps(x))

    @cached_property
    def paragraphs(self) -> list[Tokens]:
        return [words for _, words in self._told]

    @cached_property
    def sentences(self) -> list[Tokens]:
        """The body cut after full stops, roughly: places to look a difference up by, no more."""
        return list(chain.from_iterable(sentence_tokens(text) for text, _ in self._told))

    @cached_property
    def apart(self) -> list[tuple[Tokens, ...]]:
        """The sentences of each line in a box amid the story that speaks of nothing else in it."""
        blocks = self.page.blocks if self.page else ()
        texts = (mend(b.text) for b in blocks if b.kept and b.why == reasons.APART)
        return list(map(sentence_tokens, texts))

    @cached_property
    def wording(self) -> tuple[str | None, ...]:
        """Headline and paragraphs to the letter, set phrases of the site left out."""
        told = (p for p in self.given.paragraphs if not is_chrome(tokens(p)))
        return (self.given.headline, *told)

    @cached_property
    def body(self) -> Tokens:
        return tuple(chain.from_iterable(self.sentences))

    @cached_property
    def labels(self) -> frozenset[Tokens]:
        """Short lines around the story, their figures (clocks, counts) left out."""
        story = set(self.paragraphs)
        lines = self.page.visible if self.page else ()
        each = [_label(line) for line in lines if len(line) < _LABEL]
        return frozenset(label for line, label in filter(None, each) if line not in story)

    @cached_property
    def described(self) -> Text:
        """What the page says of itself to search engines: a lead that a template need not show."""
        return Text([mend(self.page.titles.get("description", ""))] if self.page else ())

    def count_of(self, piece: Tokens) -> int:
        """How often a piece stands in the story itself."""
        return self._texts.count(piece)

    @cached_property
    def titles(self) -> frozenset[Tokens]:
        """Every form in which the page gives its headline."""
        forms = self.page.titles if self.page else {}
        given = [text for form, text in forms.items() if form != "description"]
        given.append(self.document.headline or "")
        return frozenset(tokens(t) for t in map(mend, given) if t)

    def in_log(self, text: str) -> bool:
        """Whether a line stands next to one that is nothing but a date or time, below the story's
        beginning: in a log. A note under the date above the story is none."""
        lines = self.page.visible if self.page else ()
        wanted = line_key(text)
        begin = line_key(self.document.paragraphs[0]) if self.document.paragraphs else ""
        below = False
        for at, line in enumerate(lines):
            key = line_key(line)
            below = below or key == begin
            if key == wanted:
                near = lines[max(0, at - 1) : at] + lines[at + 1 : at + 2]
                return below and any(is_date_line(other) for other in near)
        return False
