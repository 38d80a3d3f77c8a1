"""A change as a picture, for where a link is shown as one: 1200 by 630 pixels, PNG.

Drawn with Pillow and DejaVu Serif, which has the Latin, Greek, Cyrillic, Armenian and Georgian
scripts. A text in another script is left out of the picture rather than shown as empty boxes.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from variorum.model.change import Announcement
from variorum.web.languages import N_, gettext
from variorum.web.templating import harmless

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
_MARGIN = 64
# A line of a quotation, and where the foot of the card begins.
_ROW, _FOOT = 53, HEIGHT - 100
_PAPER, _INK, _SOFT, _LINE = "#fbfaf6", "#1d1c1a", "#57534c", "#ded9cd"
_GONE, _GONE_LINE, _CAME, _CAME_LINE = "#ffdfb0", "#9a5a00", "#cce5ff", "#1d5f9e"
_BAD, _GOOD, _ACCENT = "#9c2f12", "#2e6b3a", "#1d3a54"
_SAID: dict[Announcement, str] = {
    "announced": N_("announced"),
    "announced in part": N_("announced in part"),
    "unannounced": N_("unannounced"),
}
# No line of the card holds more; what is longer is cut before it is measured.
_LONGEST = 400
_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
# Share of letters that must be of these scripts for a text to be shown; a foreign name may be in it.
_ENOUGH = 0.9


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. ``kinds`` in words; ``announced`` None where that is no question."""

    source: str
    time: str
    headline: str
    before: str
    after: str
    kinds: Sequence[str]
    announced: Announcement | None
    versions: str


def draw(card: Card) -> bytes:
    """The card as PNG."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 14, HEIGHT), fill=_ACCENT)
    _head(pen, card)
    y = _headline(pen, card)
    _quotes(pen, card, y)
    _foot(pen, card)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def readable(text: str) -> str:
    """The text as a card can show it, "" where its script is not among those of the font."""
    text = " ".join(harmless(text[:_LONGEST]).split())
    letters = [c for c in text if c.isalpha()]
    known = sum(unicodedata.name(c, "").startswith(_SCRIPTS) for c in letters)
    return text if known >= _ENOUGH * len(letters) else ""


def _head(pen: ImageDraw, card: Card) -> None:
    bold, plain = _font(28, bold=True), _font(24)
    source = _fitted(readable(card.source) or gettext("A story"), bold, 700)
    pen.text((_MARGIN, 52), source, _INK, bold)
    pen.text((_MARGIN + bold.getlength(source) + 22, 55), card.time, _SOFT, plain)


def _headline(pen: ImageDraw, card: Card) -> float:
    """The headline; gives where it ends."""
    y = 108.0
    font = _font(46, bold=True)
    for line in _lines(readable(card.headline), font, 3):
        pen.text((_MARGIN, y), line, _INK, font)
        y += 58
    return y


def _quotes(pen: ImageDraw, card: Card, y: float) -> None:
    font = _font(36)
    before, after = readable(card.before), readable(card.after)
    y += 20
    room = int((_FOOT - y) // _ROW)
    rows = min(3, room // 2 if before and after else room)
    for text, ground, line, struck in (
        (before, _GONE, _GONE_LINE, True),
        (after, _CAME, _CAME_LINE, False),
    ):
        for words in _lines(text, font, rows) if text else ():
            end = _MARGIN + font.getlength(words)
            pen.rectangle((_MARGIN - 6, y, end + 6, y + 48), fill=ground)
            pen.text((_MARGIN, y + 2), words, _INK, font)
            mark = y + 28 if struck else y + 44
            pen.line((_MARGIN, mark, end, mark), fill=line, width=2)
            y += _ROW
        y += 10


def _foot(pen: ImageDraw, card: Card) -> None:
    font, bold = _font(24), _font(26, bold=True)
    y = HEIGHT - 76
    pen.line((_MARGIN, y - 18, WIDTH - _MARGIN, y - 18), fill=_LINE, width=2)
    name = "Variorum"
    right = WIDTH - _MARGIN - bold.getlength(name)
    pen.text((right, y), name, _ACCENT, bold)
    x = float(_MARGIN)
    if card.announced is not None:
        told = gettext(_SAID[card.announced])
        pen.text((x, y), told, _GOOD if card.announced == "announced" else _BAD, font)
        x += font.getlength(told) + 26
    rest = " · ".join([*map(readable, card.kinds[:4]), card.versions])
    pen.text((x, y), _fitted(rest, font, right - x - 30), _SOFT, font)


@lru_cache(maxsize=16)
def _font(size: int, *, bold: bool = False) -> FreeTypeFont:
    from PIL import ImageFont

    name = "DejaVuSerif-Bold.ttf" if bold else "DejaVuSerif.ttf"
    data = (resources.files("variorum.web") / "fonts" / name).read_bytes()
    # The plain layout takes any text; the other one raises where it meets what it cannot shape.
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def _lines(text: str, font: FreeTypeFont, most: int) -> list[str]:
    """The text in lines that fit, the last one cut where there would be more."""
    width = WIDTH - 2 * _MARGIN
    lines: list[str] = []
    rest = text.split(" ") if text else []
    while rest and len(lines) < most:
        if len(lines) == most - 1:
            lines.append(_fitted(" ".join(rest), font, width))
            break
        line = rest.pop(0)
        while rest and font.getlength(f"{line} {rest[0]}") <= width:
            line = f"{line} {rest.pop(0)}"
        lines.append(_fitted(line, font, width))
    return lines


def _fitted(text: str, font: FreeTypeFont, width: float) -> str:
    """The text, cut with an ellipsis where it is wider; found by halving."""
    if font.getlength(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if font.getlength(text[:middle].rstrip() + "…") <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
