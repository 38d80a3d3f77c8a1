"""The figures and dates that stand in one side of a passage."""

from __future__ import annotations

import re
from dataclasses import dataclass

from variorum.model import Figure, Span
from variorum.stages.claims.dates import find_dates
from variorum.stages.claims.figures import figures_between
from variorum.stages.claims.passages import Side


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure or date of one side: the numbers of its words, those of its bound included."""

    words: range
    text: str
    figure: Figure | None
    date: str = ""


def figure_marks(side: Side) -> list[Mark]:
    out = []
    before = {h.span[1]: h.span[0] for h in side.hedges if h.kind == "approximator"}
    for start, end in side.ranges:
        for figure in figures_between(side.text, start, end, side.language):
            if _is_file_size(side.text, figure, start, end) or _heads_a_line(side.text, figure):
                continue
            if _is_telephone(side.text, figure):
                continue
            if side.text[figure.span[0] - 1 : figure.span[0]] == "|":
                continue  # "[[image:mill.jpg|thumb|300px": a setting of the page
            words = side.within(_widened(side.text, figure, before))
            if words and not all(side.used[k] for k in words):
                out.append(Mark(words, side.text[slice(*figure.span)], figure))
    return out


_FILE = re.compile(
    r"\b(?:PDF|HTML|ODT|ODS|CSV|XLS[XMB]?|DOCX?|MS Excel|MS Word|Spreadsheet|JPE?G|ZIP)\b"
)


def _is_file_size(text: str, figure: Figure, start: int, end: int) -> bool:
    """``PDF, 187 KB``: the size of an attachment is furniture, whatever it grows to."""
    near = text[max(start, figure.span[0] - 40) : min(end, figure.span[1] + 20)]
    return figure.unit in {"kilobyte", "megabyte", "page"} and _FILE.search(near) is not None


_DIALLED = re.compile(r"[\d \u00a0()+-]{1,24}\Z")
_DIALLED_ON = re.compile(r"[\d \u00a0()-]{0,24}")
_FEWEST_DIGITS = 9  # of a number to dial, its area among them


def _is_telephone(text: str, figure: Figure) -> bool:
    """``020 7946 0018``: a group of digits among others, the first of which begins with a nought or
    a plus, is part of a number to dial."""
    start, end = figure.span
    if not text[start:end].isdigit():
        return False
    before = _DIALLED.search(text, max(0, start - 24), start)
    after = _DIALLED_ON.match(text, end)
    run = (before.group() if before else "") + text[start:end] + (after.group() if after else "")
    return run.strip()[:1] in {"0", "+", "("} and sum(map(str.isdigit, run)) >= _FEWEST_DIGITS


_LONGEST_HEADING = 60  # characters


def _heads_a_line(text: str, figure: Figure) -> bool:
    """``2 Underground storage``: the number of a heading, which counts nothing."""
    start = text.rfind("\n", 0, figure.span[0]) + 1
    number = text[figure.span[0] : figure.span[0] + 2]
    if start == 0 or start != figure.span[0] or not number.strip().isdigit():
        return False
    stop = text.find("\n", start)
    line = text[start : stop if stop >= 0 else len(text)].rstrip()
    named = line[len(number.strip()) :].lstrip(" .)")[:1].isupper()
    return named and len(line) <= _LONGEST_HEADING and line[-1] not in ".,;:!?"


def _widened(text: str, figure: Figure, before: dict[int, int]) -> Span:
    """The figure's span with an approximator that ends right before it."""
    start, end = figure.span
    for gap in range(1, 6):
        if start - gap in before and not text[start - gap : start].strip(" \u00a0\nthea"):
            return before[start - gap], end
    return start, end


def date_marks(side: Side) -> list[Mark]:
    out = []
    for start, end in side.ranges:
        for first, last, sort in find_dates(side.text, start, end):
            words = side.within((first, last))
            if not words or all(side.used[k] for k in words):
                continue
            if not any(side.fresh[k] for k in words) or not _is_stamped(side.text, first):
                out.append(Mark(words, side.text[first:last], None, sort))
    return out


# "River closures: updated 8 July": when a part of the page was
_PART_UPDATED = re.compile(r":\s{0,2}(?:last )?updated(?: on)? \Z", re.IGNORECASE)


def _is_stamped(text: str, at: int) -> bool:
    """``Last updated: 4 May``: a line, or a remark in brackets, that says when its own page was
    published is furniture."""
    from variorum.text.moments import is_stamp  # its expressions are compiled when first needed

    start, stop = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : stop if stop >= 0 else len(text)]
    if _PART_UPDATED.search(text, start, at) is not None:
        return True
    opened = line.rfind("(", 0, at - start) + 1
    closed = line.find(")", at - start)
    return is_stamp(line) or (0 < opened < closed and is_stamp(line[opened:closed]))


_JOINS = frozenset(
    {"and", "to", "until", "till", "or", "through", "und", "bis", "et", "au", "y", "al"}
)
_BETWEEN = 2  # words that join two dates: "and", "to the"


def joined_dates(side: Side, mark: Mark, others: list[Mark]) -> Mark:
    """A date with those of ``others`` that went or came beside it: "9 May to 12 May"."""
    for other in others:
        first, second = sorted((mark.words, other.words), key=lambda words: words.start)
        gap = range(first.stop, second.start)
        joins = [side.word[k] for k in gap]
        if other.date != mark.date or len(joins) > _BETWEEN or not joins or joins[0] not in _JOINS:
            continue
        if any(side.fresh[k] for k in other.words):
            words = range(first.start, second.stop)
            text = side.text[side.start[words.start] : side.end[words.stop - 1]]
            mark = Mark(words, text, None, mark.date)
    return mark
