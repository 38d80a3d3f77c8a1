"""Lines that say who wrote a story, and when: none of its text."""

from __future__ import annotations

import re

from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.byline import names_with_role
from variorum.stages.extract.dates import is_dated_byline, is_dateline, written_date
from variorum.stages.extract.endings import ends_sentence
from variorum.stages.extract.layout import Layout
from variorum.stages.extract.tree import BYLINE, Line

_LONGEST = 100  # characters of a by-line
_DATE = 40  # characters of a line that is a date and no more
_BELOW = 3  # lines under the headline in which a bare name with its date stands
_PART = r"[^\W\d_a-zß-ÿ][\w'’.-]*"
_NAME = re.compile(
    rf"{_PART}(?:\s(?:(?:von|van|de|der|la|le|al|el|bin|ben|dos|da)\s)?{_PART}){{1,3}}"
)


def is_signature(line: Line, layout: Layout) -> bool:
    """A date, or a short line "By …" before the story's first paragraph or after its last; anywhere,
    where it says no more than who wrote the story; right under the headline also a bare name over a
    date, as lean pages set them."""
    first, last = layout.span
    names = layout.anchor.names
    named = BYLINE.match(line.text) and line.text.partition(" ")[2] in names
    if is_dateline(line) or named or is_dated_byline(line.text) or _is_bare(line, layout):
        return True
    within = first < line.index < last
    if line.tag in HEADINGS or within or len(line.text) > _LONGEST:
        return False
    if names_with_role(line.text):
        return True
    return bool(BYLINE.match(line.text)) and not ends_sentence(line.text)


def _is_bare(line: Line, layout: Layout) -> bool:
    """Whether a line right under the headline is a name with a date below it, or that date."""
    anchor, lines = layout.anchor, layout.lines
    below = line.index - anchor.line
    if not anchor.found or not 0 < below <= _BELOW or line.links > 1 or line.tag in HEADINGS:
        return False
    if _is_date(line):
        return below == 1 or bool(_NAME.fullmatch(lines[line.index - 1].text))
    return bool(_NAME.fullmatch(line.text)) and any(map(_is_date, lines[line.index + 1 :][:1]))


def _is_date(line: Line) -> bool:
    """Whether a line is a date and no more; a sentence may begin with one."""
    text = line.text
    return len(text) < _DATE and not ends_sentence(text) and bool(line.times or written_date(text))
