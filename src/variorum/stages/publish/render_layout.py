"""A Collation laid out for reading: paragraphs of changes, moves at both their places.

What every renderer shares. White space and typography that differ are no change to a reader: they
are settled here, so that a renderer never shows an empty difference.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.model import Collation, Document, Segment, Sentence, Word
from variorum.text.sentences import sentences
from variorum.text.typography import fold

# Controls, among them the escape of terminals, and the marks that reverse the direction of text.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Item:
    """A segment at one place.

    ``number`` is the number of its change, from 1; None if nothing changed. A moved segment has two
    items: where it came to, and where it came from (``origin``; words of the old side only).
    ``leads``: the first segment of its moved block.
    """

    segment: Segment
    words: tuple[Word, ...]
    number: int | None
    origin: bool = False
    leads: bool = True

    @property
    def move(self) -> int | None:
        return self.segment.move


@dataclass(slots=True)
class Paragraph:
    """Items that stand in one paragraph. ``old`` and ``new`` number it in either text, from 0; None
    where it has no counterpart."""

    items: list[Item] = field(default_factory=list)
    old: int | None = None
    new: int | None = None

    @property
    def changed(self) -> bool:
        return any(item.number is not None for item in self.items)


@dataclass(frozen=True, slots=True)
class Layout:
    """The paragraphs in order, and whether paragraph 0 of either text is its headline."""

    paragraphs: tuple[Paragraph, ...]
    before: Sequence[Sentence]
    after: Sequence[Sentence]
    old_headline: bool
    new_headline: bool


def lay_out(collation: Collation, old: Document, new: Document) -> Layout:
    """The collation of ``old`` and ``new`` as paragraphs in the reading order of the new text."""
    before, after = sentences(old.text, old.language), sentences(new.text, new.language)
    items = _with_origins(_numbered(collation.segments))
    return Layout(
        tuple(_paragraphs(items, before, after)),
        before,
        after,
        bool(old.headline),
        bool(new.headline),
    )


def shown(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words, with differences of white space and typography settled for the new side."""
    out: list[Word] = []
    k = 0
    while k < len(words):
        sign, text = words[k]
        if sign == "-" and k + 1 < len(words) and words[k + 1][0] == "+":
            out += _settled(text, words[k + 1][1])
            k += 2
            continue
        if sign == "=" or text.strip():
            out.append((sign, text))
        elif sign == "+":
            out.append(("=", text))
        k += 1
    return tuple(_joined(out))


def _settled(gone: str, came: str) -> list[Word]:
    """What went and came in one place, as a reader should see it."""
    if fold(gone) == fold(came):
        return [("=", came)]
    if not gone.strip():
        return [("+", came)]
    return [("-", gone), ("+", came)] if came.strip() else [("-", gone), ("=", came)]


def _joined(words: Sequence[Word]) -> list[Word]:
    out: list[Word] = []
    for sign, text in words:
        if out and out[-1][0] == sign:
            out[-1] = (sign, out[-1][1] + text)
        else:
            out.append((sign, text))
    return out


def _numbered(segments: Sequence[Segment]) -> list[Item]:
    items: list[Item] = []
    count = 0
    met: set[int] = set()
    for s in segments:
        number = None
        if s.op != "same" or s.move is not None:
            count += 1
            number = count
        leads = s.move is not None and s.move not in met
        if s.move is not None:
            met.add(s.move)
        items.append(Item(s, shown(s.words), number, leads=leads))
    return items


def _with_origins(items: Sequence[Item]) -> list[Item]:
    """The items with, where a moved segment stood, its old side once more."""
    moved = sorted((i for i in items if i.move is not None), key=lambda i: i.segment.old)
    if not moved:
        return list(items)
    out: list[Item] = []
    at = 0
    for item in items:
        if item.segment.old and item.move is None:
            while at < len(moved) and moved[at].segment.old < item.segment.old:
                out.append(_origin(moved[at]))
                at += 1
        out.append(item)
    return out + [_origin(i) for i in moved[at:]]


def _origin(item: Item) -> Item:
    text = "".join(t for sign, t in item.segment.words if sign != "+")
    return Item(item.segment, (("=", text),), item.number, origin=True, leads=item.leads)


def _paragraphs(
    items: Sequence[Item], before: Sequence[Sentence], after: Sequence[Sentence]
) -> list[Paragraph]:
    """Items grouped by the paragraph of the new text. What is only in the old text stands with what
    is left of its paragraph, or makes one of its own."""
    homes = _homes(items, before, after)
    found: list[Paragraph] = []
    last: tuple[str, int | None] | None = None
    for item in items:
        s = item.segment
        stays = item.move is None or item.origin
        old = before[s.old[0]].paragraph if s.old and stays else None
        new = after[s.new[0]].paragraph if s.new and not item.origin else None
        home = new if new is not None else homes.get(s.old[0]) if s.old else None
        key = ("new", home) if home is not None else ("old", old)
        if not found or key != last:
            found.append(Paragraph())
        last = key
        here = found[-1]
        here.items.append(item)
        here.new = home if here.new is None else here.new
        here.old = old if here.old is None else here.old
    return found


def _homes(
    items: Sequence[Item], before: Sequence[Sentence], after: Sequence[Sentence]
) -> dict[int, int]:
    """The new paragraph of old sentences that are gone: that of the nearest one which stayed of
    their own paragraph."""
    stayed = {
        i: after[item.segment.new[0]].paragraph
        for item in items
        if item.move is None and item.segment.new
        for i in item.segment.old
    }
    homes: dict[int, int] = {}
    for order in (before, before[::-1]):
        last: tuple[int, int] | None = None
        for s in order:
            if s.index in stayed:
                last = (s.paragraph, stayed[s.index])
            elif last and last[0] == s.paragraph and s.index not in homes:
                homes[s.index] = last[1]
    return homes


def one_line(text: str) -> str:
    """Text made safe for a line of plain text: no controls, no line breaks."""
    return safe(_SPACE.sub(" ", text).strip())


def safe(text: str) -> str:
    """Text whose control characters are shown, never obeyed, by a terminal or a reader."""
    return _UNSAFE.sub(_visible, text)


def _visible(found: re.Match[str]) -> str:
    code = ord(found.group())
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"


def stands_apart(name: str) -> bool:
    """Whether a field is shown by itself: the headline is part of the text."""
    return name != "headline"
