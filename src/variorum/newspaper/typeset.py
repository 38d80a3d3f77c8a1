"""How a story's text is set: quotation marks, spaces, Unicode form, inline markup.

Stories are written with straight quotes and light markup (``*stress*``, ``[link](target)``). An
outlet's *dress* turns them into what its pages show. Dress never changes a word.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape

_LINK = re.compile(r"\[([^\[\]]{1,200})\]\(([^()\s]{1,200})\)")
_STRESS = re.compile(r"\*([^*]{1,200})\*")
_OPENS = re.compile(r"(^|[\s(\[*—–«/-])(['\"])(?=\S)")
_SPACE = re.compile(r"\s+")
_FRENCH = re.compile(r" ([;:!?»])|(«) ")


def plain(text: str) -> str:
    """``text`` without its inline markup and with single spaces."""
    return squeeze(_STRESS.sub(r"\1", _LINK.sub(r"\1", text)))


def squeeze(text: str) -> str:
    """White space normalised as the truth has it."""
    return _SPACE.sub(" ", text).strip()


def curly(text: str) -> str:
    """Straight quotes turned into “curly” ones, apostrophes included."""
    opened = _OPENS.sub(lambda m: m[1] + ("“" if m[2] == '"' else "‘"), text)
    opened = _OPENS.sub(lambda m: m[1] + ("“" if m[2] == '"' else "‘"), opened)
    # a mark right after an opening one opens too: "'Go,' he said" -> “‘Go,’ he said
    opened = re.sub(r"(?<=[“‘])(['\"])", lambda m: "“" if m[1] == '"' else "‘", opened)
    return opened.replace('"', "”").replace("'", "’")


def dress(text: str, styles: frozenset[str]) -> str:
    """``text`` as set in ``styles``: curly | nbsp | nfd | dashes (any mix, or none)."""
    if "curly" in styles:
        text = curly(text)
    if "nbsp" in styles:
        text = _FRENCH.sub(lambda m: f"\u00a0{m[1]}" if m[1] else f"{m[2]}\u00a0", text)
    if "dashes" in styles:
        text = text.replace(" - ", " – ")
    if "nfd" in styles:
        text = unicodedata.normalize("NFD", text)
    return text


def inline(text: str) -> str:
    """HTML of a paragraph's text: escaped, links and stress marked up."""
    safe = escape(text, quote=False)
    linked = _LINK.sub(lambda m: f'<a href="/{m[2].lstrip("/")}">{m[1]}</a>', safe)
    return _STRESS.sub(r"<em>\1</em>", linked)
