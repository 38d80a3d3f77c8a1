"""What a capture says: the Document, and the Page it was read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

PARAGRAPH_BREAK = "\n\n"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, video, audio or embed of the story. ``kind``: image | video | audio | embed.

    ``alt`` is what the page tells those who cannot see the picture ("" where it says nothing).
    """

    kind: str
    url: str
    caption: str = ""
    alt: str = ""

    def to_dict(self) -> dict[str, Any]:
        told = {"kind": self.kind, "url": self.url, "caption": self.caption}
        return told | {"alt": self.alt} if self.alt else told


@dataclass(frozen=True, slots=True)
class Notice:
    """The publisher's own note about the text.

    ``kind``: correction | clarification | update | editors-note. ``paragraph`` is the index in
    ``Document.paragraphs`` where the notice stands, or None if it stands outside the body.
    """

    kind: str
    text: str
    paragraph: int | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text}


@dataclass(frozen=True, slots=True)
class Document:
    """The story as one capture gives it (schema.org NewsArticle).

    ``text`` is the headline, then the paragraphs, each set off by one blank line; every offset in
    the project points into it. A bare string is its own text (:meth:`from_text`). ``published``
    and ``modified`` are ISO 8601 as the publisher gives them, a date or a time with offset.
    """

    headline: str | None
    paragraphs: tuple[str, ...]
    text: str
    url: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    section: str | None = None
    media: tuple[Media, ...] = ()
    notices: tuple[Notice, ...] = ()

    @classmethod
    def build(cls, headline: str | None, paragraphs: Sequence[str], **rest: Any) -> Document:
        """A Document whose text is joined from its headline and paragraphs (empty ones dropped)."""
        kept = tuple(p for p in paragraphs if p.strip())
        parts = ((headline,) if headline else ()) + kept
        return cls(headline or None, kept, PARAGRAPH_BREAK.join(parts), **rest)

    @classmethod
    def from_text(cls, text: str, **rest: Any) -> Document:
        """A bare text: no headline, kept to the letter, paragraphs split at blank lines."""
        paragraphs = tuple(p.strip() for p in text.split(PARAGRAPH_BREAK) if p.strip())
        return cls(None, paragraphs, text, **rest)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Document:
        """The inverse of :meth:`to_dict`; unknown keys are ignored, missing ones take defaults."""
        paragraphs = tuple(data.get("paragraphs") or ())
        headline = data.get("headline")
        parts = ((headline,) if headline else ()) + paragraphs
        return cls(
            headline=headline,
            paragraphs=paragraphs,
            text=data.get("text") or PARAGRAPH_BREAK.join(parts),
            url=data.get("url"),
            byline=tuple(data.get("byline") or ()),
            published=data.get("published"),
            modified=data.get("modified"),
            language=data.get("language"),
            section=data.get("section"),
            media=tuple(
                Media(
                    m.get("kind", "image"), m.get("url", ""), m.get("caption", ""), m.get("alt", "")
                )
                for m in data.get("media") or ()
            ),
            notices=tuple(
                Notice(n.get("kind", "update"), n.get("text", ""), n.get("paragraph"))
                for n in data.get("notices") or ()
            ),
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "url": self.url,
            "headline": self.headline,
            "byline": list(self.byline),
            "published": self.published,
            "modified": self.modified,
            "language": self.language,
            "section": self.section,
            "paragraphs": list(self.paragraphs),
            "text": self.text,
            "media": [m.to_dict() for m in self.media],
            "notices": [n.to_dict() for n in self.notices],
        }


class PageKind(StrEnum):
    """What a page turned out to be. Only ``ARTICLE`` can make a version."""

    ARTICLE = "article"
    PAYWALL = "paywall"
    CONSENT = "consent"
    ERROR = "error"
    SOFT_404 = "soft-404"
    TEASER = "teaser"
    LISTING = "listing"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a page and what became of it, for ``extract --explain``.

    ``role``: headline | paragraph | heading | quote | list | table | caption | notice | byline |
    furniture. ``why`` is one plain phrase.
    """

    role: str
    text: str
    kept: bool
    why: str

    def to_dict(self) -> dict[str, Any]:
        return {"role": self.role, "text": self.text, "kept": self.kept, "why": self.why}


@dataclass(frozen=True, slots=True)
class Slot:
    """A spot in a site's template that holds lines of a page: ``name`` is the same on every page of
    the site, ``first`` and ``last`` say which blocks (half-open range of indices)."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Page:
    """A captured page, read: its kind, its Document and what else the decision needs.

    ``visible`` holds the visible lines of the whole page in order, furniture included: a line that
    seems gone from the story but still stands here was not removed by the publisher.
    ``extractor`` names what read it, with versions: same bytes and extractor, same Page.
    ``encoding`` is the charset used and ``flags`` anything noteworthy (e.g. ``deep-nesting``).
    ``slots`` are the small spots of the template that hold lines of the story, or would; ``frame``
    is what the template is known by: numbers for the words in its elements' names.
    """

    kind: PageKind
    document: Document
    reason: str = ""
    visible: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    extractor: str = ""
    encoding: str = "utf-8"
    canonical: str | None = None
    flags: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    slots: tuple[Slot, ...] = ()
    frame: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": str(self.kind),
            "reason": self.reason,
            "extractor": self.extractor,
            "encoding": self.encoding,
            "canonical": self.canonical,
            "flags": list(self.flags),
            "titles": dict(self.titles),
            "document": self.document.to_dict(),
        }
