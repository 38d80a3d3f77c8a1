"""What differs outside the sentences: headline, byline, date, section, media, notices."""

from __future__ import annotations

from collections.abc import Callable

from variorum.model import Document, FieldEdit, Media, Notice
from variorum.model.pictures import picture_key
from variorum.model.times import parse_iso
from variorum.stages.collate.words import word_edits
from variorum.text.typography import fold

_NEW_LINE = "\n"


def field_edits(old: Document, new: Document) -> list[FieldEdit]:
    """One edit for each field that differs in more than typography.

    The headline is here too, although it is also the first sentence of the text. ``modified`` is
    not: it says that something changed, not what, and many publishers touch it without an edit.
    Lists are compared as lines, captions and notices apart from what they belong to; dates by what
    they mean.
    """
    found: list[FieldEdit] = []
    for name, read in _FIELDS.items():
        before, after = read(old), read(new)
        if before == after or fold(before) == fold(after) or _same_media(name, old, new):
            continue
        if name != "published" or not _same_date(before, after):
            found.append(FieldEdit(name, before, after, word_edits(before, after)))
    return found


def _media(doc: Document) -> str:
    return _NEW_LINE.join(map(_shown, doc.media))


def _shown(media: Media) -> str:
    """A picture by its address and by what the page tells those who cannot see it."""
    return f"{media.kind} {media.url}" + (f" ({media.alt})" if media.alt else "")


def _pictures(doc: Document) -> list[tuple[str, str]]:
    """The media without what only their delivery changes: size, crop, format, cache marks."""
    return [(m.kind, picture_key(m.url)) for m in doc.media]


def _same_media(name: str, old: Document, new: Document) -> bool:
    return name == "media" and _pictures(old) == _pictures(new)


def _same_date(before: str, after: str) -> bool:
    """One instant told in two zones, or one day with its time and without."""
    shorter, longer = sorted((before, after), key=len)
    if len(shorter) == len("2021-02-03"):
        return longer.startswith(shorter)
    try:
        return parse_iso(before) == parse_iso(after)
    except (ValueError, OverflowError):
        return False


def _captions(doc: Document) -> str:
    return _NEW_LINE.join(m.caption for m in doc.media if m.caption)


def _notices(doc: Document) -> str:
    return _NEW_LINE.join(_labelled(n) for n in doc.notices)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text)).casefold()


def _labelled(notice: Notice) -> str:
    said = _letters(notice.text).startswith(_letters(notice.kind))  # "Editor's note", editors-note
    return notice.text if said else f"{notice.kind}: {notice.text}"


_FIELDS: dict[str, Callable[[Document], str]] = {
    "headline": lambda doc: doc.headline or "",
    "byline": lambda doc: ", ".join(doc.byline),
    "published": lambda doc: doc.published or "",
    "section": lambda doc: doc.section or "",
    "media": _media,
    "caption": _captions,
    "notice": _notices,
}
