"""What stands in what: a line in its boxes, a box in a greater one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.stages.extract.tree import Element, Line


def begins_with_box(e: Element, lines: Sequence[Line]) -> bool:
    """Whether the first lines of a box are a box of their own, and more follows it there."""
    inner = (a for a in below(lines[0], e) if a is not e)
    return any(1 < a.last - a.first < len(lines) for a in inner)


def below(line: Line, e: Element) -> Iterator[Element]:
    """What a line stands in, up to and with ``e``."""
    for a in line.element.ancestors():
        yield a
        if a is e:
            return
