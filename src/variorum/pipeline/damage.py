"""What a text lost on its way here to a wrong charset, told of the capture that it came in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from variorum.model import Capture, Document
from variorum.stages.version.damage import mend

_LOST = "\ufffd"
_DETAIL = "damage"


def damage_of(document: Document) -> str:
    """One line on what is damaged in a text; "" where nothing is.

    Lost are characters that only a replacement character (U+FFFD) stands for; misread are such as
    became others ("Ã©" for "é"), which comparisons read rightly, and which stay as they came.
    """
    parts = [part for part in (document.text, *_beside(document)) if not part.isascii()]
    lost = sum(part.count(_LOST) for part in parts)
    told = []
    if lost == 1:
        told.append("1 character of its text was lost to a wrong charset")
    elif lost:
        told.append(f"{lost:,} characters of its text were lost to a wrong charset")
    if any(mend(part) != part for part in parts):
        told.append("its text was misread in a wrong charset")
    return "; ".join(told)


def _beside(document: Document) -> Iterator[str]:
    """What a document says outside its text."""
    yield from document.byline
    yield from (media.caption for media in document.media)
    yield from (notice.text for notice in document.notices if notice.paragraph is None)


def with_damage(details: dict[str, Any], damage: str) -> dict[str, Any]:
    """A capture's details with what its text lost."""
    return {**details, _DETAIL: damage} if damage else details


def damage_told(capture: Capture) -> str:
    """What a capture's text lost; "" where nothing is known. Another archive's details may say anything."""
    told = capture.details.get(_DETAIL)
    return told if isinstance(told, str) else ""


def reason_told(capture: Capture) -> str:
    """What a capture means, and what its text lost."""
    return "; ".join(filter(None, (capture.reason, damage_told(capture))))
