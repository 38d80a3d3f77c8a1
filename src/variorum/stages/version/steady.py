"""The second cheapest proof: nothing differs but the figures of clocks and counts beside the story.

Most pages show the time, the weather, shares and comments, so that the first proof (``quick``) fails
though nobody wrote a word. What was furniture when the page was last read, is short, and is told
by figures alone ("124 shares", "On air · 10:43:24") may show other figures; a text between two tags
that also stands in the story, or that names a day, may not. All other bytes that tell must be the
same, so that the story's own text is the same to the letter.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.model import Page, PageKind
from variorum.stages.version.folding import tokens
from variorum.stages.version.quick import telling

_NODE = re.compile(rb">[^<>\d]*+\d[^<>]*+<")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")  # a clock's colons stay: "0:0:0" is no count
# A day may be the story's date of publication: years, months by name, days by number.
_DAY = re.compile(
    r"\b(?:19|20)\d\d\b|\d\s?[./-]\s?\d|[年月日]"
    r"|(?<![^\W\d_])(?:jan|ene|gen|f[eé]v|feb|mar|mär|mrt|apr|avr|abr|ma[iyj]|jun|jui|giu|jul|lug|aug"
    r"|ao[uû]|ago|sep|set|o[ck]t|ott|out|nov|d[eé][czs]|dic|янв|фев|апр|июн|июл|авг|сен|окт|ноя|дек)",
    re.IGNORECASE,
)
_BRIEF = 8  # words; an edit of a longer line may be an edit of the story (see ``overlooked``)
_MOST = 400  # texts that may tick on one page


@dataclass(frozen=True, slots=True)
class Steady:
    """A page but for what ticks: ``ticking`` are the texts between tags whose figures may differ,
    figures masked; ``digest`` is over all else."""

    digest: str
    ticking: frozenset[str]


def steady(
    body: bytes, content_type: str | None, page: Page, pieces: Sequence[bytes] | None = None
) -> Steady | None:
    """What to know a page by at the next look; None where the first proof must do (nothing ticks,
    the text is not UTF-8, or it is no article).
    ``pieces``: what ``telling`` gave for this body, where it is at hand."""
    if page.kind is not PageKind.ARTICLE:
        return None
    if pieces is None:
        pieces = telling(body)
    if len(pieces) == 1 and pieces[0] is body:
        return None
    told = _masked("\n".join(_told(page)))
    around = "\n".join(_masked(line) for line in _beside(page))
    ticking = set()
    for node in _nodes(pieces):
        masked = _masked(node)
        if masked in around and masked not in told and not _DAY.search(node):
            ticking.add(masked)
            if len(ticking) > _MOST:
                return None
    if not ticking:
        return None
    known = frozenset(ticking)
    return Steady(_digest(pieces, content_type, known), known)


def still(known: Steady, pieces: Sequence[bytes], content_type: str | None) -> bool:
    """Whether a page (``pieces``: what ``telling`` gives of it) says what it said when ``known``
    was made of it, but for what ticks."""
    return _digest(pieces, content_type, known.ticking) == known.digest


def _told(page: Page) -> Iterator[str]:
    """Everything that the story is told by: figures in it never tick."""
    document = page.document
    yield from (document.text, *document.paragraphs, *document.byline)
    yield from (m.caption for m in document.media)
    yield from (n.text for n in document.notices)
    yield from page.titles.values()
    yield from (b.text for b in page.blocks if b.kept or b.role != "furniture")


def _beside(page: Page) -> Iterator[str]:
    for block in page.blocks:
        if not block.kept and block.role == "furniture":
            words = sum(t[0].isalpha() for t in tokens(block.text))
            if words < _BRIEF:
                yield block.text


def _nodes(pieces: Sequence[bytes]) -> set[str]:
    """The texts between two tags that have figures in them."""
    return {_plain(m.group()) for piece in pieces for m in _NODE.finditer(piece)}


def _plain(node: bytes) -> str:
    return " ".join(html.unescape(node[1:-1].decode("utf-8", "replace")).split())


def _masked(text: str) -> str:
    return _FIGURES.sub("0", text)


def _digest(pieces: Sequence[bytes], content_type: str | None, ticking: frozenset[str]) -> str:
    """As ``quick.story_digest`` with the figures of what ticks masked."""

    def masked(found: re.Match[bytes]) -> bytes:
        text = _masked(_plain(found.group()))
        return f">{text}<".encode() if text in ticking else found.group()

    hashed = hashlib.sha256((content_type or "").lower().encode())
    for piece in pieces:
        hashed.update(_NODE.sub(masked, piece))
    return hashed.hexdigest()
