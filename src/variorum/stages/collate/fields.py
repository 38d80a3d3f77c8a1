"""What differs outside the sentences: headline, byline, date, section, media, notices."""

from __future__ import annotations

from collections.abc import Callable

from variorum.model import Document, FieldEdit
from variorum.stages.collate.words import word_edits
from variorum.text.typography import fold

_NEW_LINE = "\n"


def field_edits(old: Document, new: Document) -> list[FieldEdit]:
    """One edit for each field that differs in more than typography.

    The headline is here too, although it is also the first sentence of the text. ``modified`` is
    not: it says that something changed, not what, and many publishers touch it without an edit.
    Lists are compared as lines, captions and notices apart from what they belong to.
    """
    found: list[FieldEdit] = []
    for name, read in _FIELDS.items():
        before, after = read(old), read(new)
        if before != after and fold(before) != fold(after):
            found.append(FieldEdit(name, before, after, word_edits(before, after)))
    return found


def _media(doc: Document) -> str:
    return _NEW_LINE.join(f"{m.kind} {m.url}" for m in doc.media)


def _captions(doc: Document) -> str:
    return _NEW_LINE.join(m.caption for m in doc.media if m.caption)


def _notices(doc: Document) -> str:
    return _NEW_LINE.join(f"{n.kind}: {n.text}" for n in doc.notices)


_FIELDS: dict[str, Callable[[Document], str]] = {
    "headline": lambda doc: doc.headline or "",
    "byline": lambda doc: ", ".join(doc.byline),
    "published": lambda doc: doc.published or "",
    "section": lambda doc: doc.section or "",
    "media": _media,
    "caption": _captions,
    "notice": _notices,
}
