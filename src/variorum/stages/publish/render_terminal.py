"""A Collation for a terminal: one column, or two where there is room."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import groupby

from variorum.model import Collation, Document, Word
from variorum.stages.publish.render_layout import (
    Item,
    Layout,
    Paragraph,
    lay_out,
    one_line,
    safe,
    stands_apart,
)

#: From this many columns on, old and new stand side by side.
SIDE_BY_SIDE_FROM = 120
#: Lines are never wrapped narrower than this.
NARROWEST = 20
_STYLES = {
    "-": ("\x1b[31;9m", "\x1b[0m"),
    "+": ("\x1b[32;4m", "\x1b[0m"),
    "move": ("\x1b[36m", "\x1b[0m"),
    "faint": ("\x1b[2m", "\x1b[0m"),
    "bold": ("\x1b[1m", "\x1b[0m"),
}
_MARKS = {"-": ("[-", "-]"), "+": ("{+", "+}")}
#: A styled run: style ("=", "-", "+", "move", "faint", "bold") and text.
Run = tuple[str, str]


def terminal(
    collation: Collation, old: Document, new: Document, *, width: int = 80, color: bool = True
) -> str:
    """The changed paragraphs with their changes; unchanged ones are counted, not shown.

    Without ``color`` words that went are ``[-so-]`` and words that came ``{+so+}``. ``width`` is in
    columns; wide characters count two. Control characters of the text are shown, not obeyed.
    """
    layout = lay_out(collation, old, new)
    draw = _two if width >= SIDE_BY_SIDE_FROM else _one
    blocks = [
        _field(f.field, f.words, width, color) for f in collation.fields if stands_apart(f.field)
    ]
    for changed, group in groupby(layout.paragraphs, key=lambda p: p.changed):
        paragraphs = list(group)
        if not changed:
            blocks.append(_styled("faint", _count(len(paragraphs)), color))
            continue
        blocks += [draw(p, layout, width, color) for p in paragraphs]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _count(number: int) -> str:
    return "… 1 paragraph unchanged" if number == 1 else f"… {number} paragraphs unchanged"


def _field(name: str, words: Sequence[Word], width: int, color: bool) -> str:
    runs: list[Run] = [("bold", f"{name}: ")]
    runs += [(sign, one_line(text) if sign != "=" else safe(text)) for sign, text in words]
    return "\n".join(_wrapped(runs, width, color))


def _one(paragraph: Paragraph, layout: Layout, width: int, color: bool) -> str:
    runs = _runs([(i, i.words) for i in paragraph.items])
    return "\n".join(_wrapped(_titled(paragraph, layout, runs), width, color))


def _two(paragraph: Paragraph, layout: Layout, width: int, color: bool) -> str:
    column = (width - 3) // 2
    left = _runs(
        [
            (i, [w for w in i.words if w[0] != "+"])
            for i in paragraph.items
            if i.segment.old and (i.origin or i.move is None)
        ]
    )
    right = _runs(
        [
            (i, [w for w in i.words if w[0] != "-"])
            for i in paragraph.items
            if i.segment.new and not i.origin
        ]
    )
    a = _wrapped(_titled(paragraph, layout, left), column, color)
    b = _wrapped(_titled(paragraph, layout, right), column, color)
    lines = []
    for k in range(max(len(a), len(b))):
        one = a[k] if k < len(a) else ""
        other = b[k] if k < len(b) else ""
        pad = " " * max(0, column - _columns(_bare(one)))
        lines.append(f"{one}{pad} │ {other}".rstrip())
    return "\n".join(lines)


def _titled(paragraph: Paragraph, layout: Layout, runs: list[Run]) -> list[Run]:
    """The headline in bold where nothing is marked in it."""
    is_headline = layout.new_headline and paragraph.new == 0
    return [
        ("bold", text) if is_headline and style == "=" else (style, text) for style, text in runs
    ]


def _runs(items: Sequence[tuple[Item, Sequence[Word]]]) -> list[Run]:
    """The styled text of segments in a row; those of one move in one pair of brackets."""
    out: list[Run] = []
    for (move, origin), group in groupby(items, key=lambda pair: (pair[0].move, pair[0].origin)):
        runs: list[Run] = [(sign, safe(text)) for _, words in group for sign, text in words]
        if move is None or not runs:
            out += runs
            continue
        style, last = runs[-1]
        runs[-1] = (style, last.rstrip())
        if origin:
            runs = [("faint" if style == "=" else style, text) for style, text in runs]
        mark = f"⟨moved {move} {'away' if origin else 'here'}: "
        out += [("move", mark), *runs, ("move", "⟩"), ("=", " ")]
    return out


def _wrapped(runs: Sequence[Run], width: int, color: bool) -> list[str]:
    """Runs broken into lines of ``width`` columns at white space."""
    lines: list[str] = []
    line: list[Run] = []
    used = 0
    for style, word in _words(runs, color):
        for part in _breakable(word, width):
            size = _columns(part)
            if line and used + size > max(width, NARROWEST) and not part.isspace():
                lines.append(_painted(line, color))
                line, used = [], 0
            if line or not part.isspace():
                line.append((style, part))
                used += size
    if line:
        lines.append(_painted(line, color))
    return lines


def _breakable(word: str, width: int) -> list[str]:
    """A word as the pieces between which a line may break: whole, or sign by sign where a script
    writes no spaces, or cut where it is wider than a line."""
    if word.isascii():
        if len(word) <= width:
            return [word]
        return [word[k : k + width] for k in range(0, len(word), width)]
    parts: list[str] = []
    size = 0
    for sign in word:
        columns = _columns(sign)
        if not parts or columns == 2 or size + columns > width:
            parts.append(sign)
            size = columns
        else:
            parts[-1] += sign
            size += columns
    return parts


def _words(runs: Sequence[Run], color: bool) -> list[Run]:
    """Words and single spaces, each with its style; marks put round where there is no colour."""
    out: list[Run] = []
    for style, text in runs:
        lead, trail = text[:1].isspace(), text[-1:].isspace() and text.strip() != ""
        touching = color and style == "+" and out and out[-1][0] == "-"
        if lead or touching:  # colours alone must not run an old and a new word together
            out.append(("=", " "))
        opening, closing = ("", "") if color else _MARKS.get(style, ("", ""))
        parts = text.split()
        for k, part in enumerate(parts):
            shown = (opening if k == 0 else "") + part + (closing if k == len(parts) - 1 else "")
            out.append((style, shown))
            if k < len(parts) - 1:
                out.append((style, " "))
        if trail:
            out.append(("=", " "))
    return out


def _painted(line: Sequence[Run], color: bool) -> str:
    end = len(line)
    while end and line[end - 1][1].isspace():
        end -= 1
    return "".join(
        _styled(style, "".join(t for _, t in group), color)
        for style, group in groupby(line[:end], key=lambda run: run[0])
    )


def _styled(style: str, text: str, color: bool) -> str:
    if not color or style not in _STYLES:
        return text
    on, off = _STYLES[style]
    return f"{on}{text}{off}"


def _bare(line: str) -> str:
    """A painted line without its colours (the text itself holds no escape: ``safe``)."""
    out = []
    for k, part in enumerate(line.split("\x1b")):
        out.append(part if k == 0 else part.partition("m")[2])
    return "".join(out)


def _columns(text: str) -> int:
    """How many columns text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
