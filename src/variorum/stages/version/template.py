"""Was the site rebuilt between two captures? Told from what is on the page around the story."""

from __future__ import annotations

from collections.abc import Hashable, Set

from variorum.model import Page
from variorum.stages.version.evidence import Side
from variorum.stages.version.folding import Tokens, tokens
from variorum.text.remember import remembered

_KEPT, _LIKELY = 0.75, 0.5  # share of labels: enough alone, and enough beside a frame much the same
_FEW = 12
# Shares of names. On real pairs no rebuilt site whose labels are others comes near them.
_SAME_FRAME, _LIKE_FRAME = 0.9, 0.8


def template_kept(old: Side, new: Side) -> bool | None:
    """Whether both captures were dressed by the same template; None if one page is not known.

    Menus, labels and legal lines stay as long as the template does, while the linked headlines
    between them change. So: how many of the short surrounding lines (at most five tokens) the two
    pages share, as a part of all that either has. On real pairs of captures nine tenths of those
    with the template kept lie above 0.83, of those with a new one four fifths lie below 0.65.

    Where boxes redraw their words at every look, the names of the template's elements stay: nearly
    all those of two captures with the template kept are the same, with a new one less than eight in
    ten.
    """
    if old.visible and new.visible and _same_frame(old, new):
        return True
    return labels_kept(old, new)


def labels_kept(old: Side, new: Side) -> bool | None:
    """As :func:`template_kept`, by the labels alone."""
    if not old.visible or not new.visible:
        return None
    a, b = _labels(old), _labels(new)
    smaller = min(len(a), len(b))
    if smaller < _FEW:  # too few to tell a changed list from a changed menu
        return len(a & b) >= 0.5 * smaller
    return _shared(a, b) >= _KEPT


def _same_frame(old: Side, new: Side) -> bool:
    """Whether the names of the template's elements are the same: nearly all, or most where many of
    the labels are too."""
    frames = _shared(_frame(old.page), _frame(new.page))
    if frames < _LIKE_FRAME:
        return False
    return frames >= _SAME_FRAME or _shared(_labels(old), _labels(new)) >= _LIKELY


def _frame(page: Page | None) -> frozenset[int]:
    return frozenset(page.frame if page else ())


def _shared(a: Set[Hashable], b: Set[Hashable]) -> float:
    """What two sets have in common, as a part of all that either has; none of few."""
    return len(a & b) / len(a | b) if min(len(a), len(b)) >= _FEW else 0.0


def _labels(side: Side) -> frozenset[Tokens]:
    """Short lines around the story, their figures (clocks, counts) left out."""
    story = set(side.paragraphs)
    each = map(_label, side.page.visible if side.page else ())
    return frozenset(label for line, label in filter(None, each) if line not in story)


@remembered
def _label(line: str) -> tuple[Tokens, Tokens] | None:
    """A short line, whole and without its figures; None for one that is no label."""
    whole = tokens(line) if len(line) < 60 else ()
    if not 0 < len(whole) <= 5:
        return None
    label = tuple([w for w in whole if not w[0].isdigit()])
    return (whole, label) if any(map(str.isalpha, label)) else None
