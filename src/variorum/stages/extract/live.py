"""Live blogs: the times that head their entries, which belong to the story.

A clock in a page is furniture; a clock that heads each of several boxes of prose says when that was
reported. Times that count on their own ("12 minutes ago") are never kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.stages.extract.body import Weighed
from variorum.stages.extract.tree import Element, Line
from variorum.text.moments import without_age

# Boxes with a time that make a page a live blog: a guess; two are a story with an update.
_ENTRIES = 3
_MOST = 0.6  # of a page's prose, in entries that some sites part into blocks
_HEAD = 3  # lines at the top of an entry among which its time stands
_TIME = re.compile(
    r"[^\w]{0,3}(?:.{0,30}\d{4}.{0,12})?\d{1,2}\s?[:.h時]\s?\d{2}(?::\d{2}|分)?\s?"
    r"(?:[ap]\.?m\.?|uhr|h|[a-z]{2,4}t|gmt|utc|bst|cet|cest)?\W{0,3}",
    re.I,
)


def entry_times(weighed: Weighed, container: Element) -> frozenset[int]:
    """The indices of the lines that give the time of an entry of a live blog."""
    rows: dict[tuple[Element | None, str], dict[Element, int]] = {}
    alike: dict[tuple[int, str], dict[Element, int]] = {}
    for line in weighed.tree.lines[container.first : container.last]:
        if line.index in weighed.comments or not _is_time(line):
            continue
        box = _entry(line, weighed, container)
        if box is not None:
            rows.setdefault((box.parent, box.tag), {}).setdefault(box, line.index)
            alike.setdefault((box.depth, box.tag), {}).setdefault(box, line.index)
    told = _MOST * weighed.prose(container)
    parted = (row for row in alike.values() if sum(map(weighed.prose, row)) > told)
    found = (row for row in (*rows.values(), *parted) if len(row) >= _ENTRIES)
    return frozenset(i for row in found for i in row.values())


def lone_times(times: frozenset[int], kept: Sequence[bool]) -> list[int]:
    """The times of entries of which nothing else was kept."""
    return [i for i in times if not any(kept[i + 1 : i + 1 + _HEAD])]


def _is_time(line: Line) -> bool:
    return len(line.text) < 60 and bool(_TIME.fullmatch(without_age(line.text)))


def _entry(line: Line, weighed: Weighed, container: Element) -> Element | None:
    """The smallest block of prose that a time heads."""
    for e in line.element.ancestors():
        if e is container or line.index - e.first >= _HEAD:
            return None
        if weighed.prose(e):
            return e
    return None
