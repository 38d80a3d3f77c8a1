"""Pages of which the end is missing: the answer broke off on its way, and nobody said so."""

from __future__ import annotations

import re

TAIL = 4_000  # characters of a page's code that are looked at
_PARAGRAPHS = 3  # closed before the one that is open
_BOXES = 2  # boxes left open that an editor by hand would have closed
_IN_TAG = re.compile(r"<[a-z/!][^<>]*$")
_BOX = re.compile(r"<(/?)(?:div|article|main|section)\b")
_OPEN_P = re.compile(r"<p[\s>]")
_ENDS = ".!?…。！？؟:)]>"
_QUOTES = "\"'”’»“"


def cut_off(html: str) -> str:
    """Where a page breaks off, in plain words; "" if it does not. By its last characters, where it
    closes neither ``body`` nor ``html``, as many a sound page does not: it ends inside a tag, or in the
    midst of a paragraph while all others are closed."""
    tail = html[-TAIL:].lower().rstrip()
    if not tail or "</html" in tail or "</body" in tail:
        return ""
    if _IN_TAG.search(tail):
        return "the page ends inside a tag"
    before, opened, last = tail.rpartition("<p")
    if not opened or not _OPEN_P.match(opened + last) or _closes(last):
        return ""
    closed = before.count("</p>")
    if not closed or len(_OPEN_P.findall(before)) > closed + 1:
        return ""
    if _open_boxes(html) >= _BOXES or (closed >= _PARAGRAPHS and _in_midst(last)):
        return "the page ends inside a paragraph"
    return ""


def _closes(last: str) -> bool:
    return "</p" in last or _BOX.search(last) is not None


def _in_midst(last: str) -> bool:
    """Whether a text ends within a sentence; a quotation mark behind a space opens one."""
    sign, before = last[-1], last[-2:-1]
    return before.isspace() if sign in _QUOTES else sign not in _ENDS


def _open_boxes(html: str) -> int:
    return sum(-1 if end else 1 for end in _BOX.findall(html.lower()))
