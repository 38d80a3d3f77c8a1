"""A story with a box in it, and what of the box is read as the story's."""

from __future__ import annotations

import html
import re

from newsdesk import PARAGRAPHS, body, page

from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"


def told(page: str) -> str:
    return read_page(page, url=URL).document.text


def amid(
    box: str,
    story: tuple[str, ...] = PARAGRAPHS,
    headline: str = "Harbour bridge to close to lorries",
) -> str:
    """A story with something between its second and third paragraph."""
    return page(body(story[:2]) + box + body(story[2:]), headline=headline)


def lost(box: str, text: str) -> list[str]:
    """The texts of a box that a story's text does not have; cells are joined by bars."""
    flat = re.sub(r"[\s|]+", " ", text)
    own = (" ".join(html.unescape(x).split()) for x in re.split("<[^>]+>", box))
    return [x for x in own if x and x not in flat]
