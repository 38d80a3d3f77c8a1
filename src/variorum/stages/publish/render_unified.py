"""A Collation as a unified diff whose lines are sentences."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import Collation, Document, FieldEdit
from variorum.stages.publish.render_layout import one_line, stands_apart
from variorum.text.sentences import sentences
from variorum.text.typography import fold

_Line = tuple[str, str]


def unified(collation: Collation, old: Document, new: Document, *, context: int = 2) -> str:
    """The form of ``diff -u``, a sentence a line: a space, a minus or a plus, then its text.

    ``@@ -3,2 +4,1 @@`` counts sentences from 1. A moved sentence goes where it stood and comes
    where it stands. What stands outside the text (byline, captions, notices) comes after it, each
    under ``@@ its name @@``. Nothing at all if nothing differs in more than typography.
    """
    lines = _lines(collation, old, new)
    changed = [k for k, (sign, _) in enumerate(lines) if sign != " "]
    apart = [f for f in collation.fields if stands_apart(f.field)]
    if not changed and not apart:
        return ""
    out = [f"--- {_named(old, 'old')}", f"+++ {_named(new, 'new')}"]
    for start, end in _hunks(changed, len(lines), context):
        out.append(_header(lines, start, end))
        out += [sign + text for sign, text in lines[start:end]]
    for edit in apart:
        out += [f"@@ {edit.field} @@", *_sides(edit)]
    return "\n".join(out) + "\n"


def _sides(edit: FieldEdit) -> list[str]:
    """The lines of a field: what went, what came, and what both have."""
    before, after = (x.split("\n") if x else [] for x in (edit.old, edit.new))
    went = [f"-{one_line(x)}" for x in before if x not in after]
    came = [f"{' ' if x in before else '+'}{one_line(x)}" for x in after]
    return went + came


def _named(document: Document, which: str) -> str:
    """Two versions have one address: behind a tab stands, as a time does in ``diff -u``, which it is."""
    return f"{one_line(document.url)}\t{which}" if document.url else which


def _lines(collation: Collation, old: Document, new: Document) -> list[_Line]:
    """Every sentence of both texts once, unchanged ones as context."""
    before = [s.text for s in sentences(old.text, old.language)]
    after = [s.text for s in sentences(new.text, new.language)]
    stays = {
        s.old[0]: s.new[0]
        for s in collation.segments
        if s.op == "same" and s.move is None and len(s.old) == 1 == len(s.new)
    }
    lines: list[_Line] = []
    j = 0
    for i, text in enumerate(before):
        if i in stays and fold(text) == fold(after[stays[i]]):
            lines += [("+", one_line(t)) for t in after[j : stays[i]]]
            lines.append((" ", one_line(after[stays[i]])))
            j = stays[i] + 1
        else:
            lines.append(("-", one_line(text)))
    return lines + [("+", one_line(t)) for t in after[j:]]


def _hunks(changed: Sequence[int], total: int, context: int) -> list[tuple[int, int]]:
    hunks: list[tuple[int, int]] = []
    for k in changed:
        start, end = max(0, k - context), min(total, k + context + 1)
        if hunks and start <= hunks[-1][1]:
            hunks[-1] = (hunks[-1][0], end)
        else:
            hunks.append((start, end))
    return hunks


def _header(lines: Sequence[_Line], start: int, end: int) -> str:
    def count(leave_out: str, part: Sequence[_Line]) -> int:
        return sum(1 for sign, _ in part if sign != leave_out)

    ranges = []
    for sign, leave_out in (("-", "+"), ("+", "-")):
        size = count(leave_out, lines[start:end])
        first = count(leave_out, lines[:start]) + (1 if size else 0)
        ranges.append(f"{sign}{first},{size}")
    return f"@@ {' '.join(ranges)} @@"
