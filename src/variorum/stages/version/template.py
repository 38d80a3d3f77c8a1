"""Was the site rebuilt between two captures? Told from what is on the page around the story."""

from __future__ import annotations

from collections.abc import Hashable, Set

from variorum.model import Page
from variorum.stages.version.evidence import Side

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
    a, b = old.labels, new.labels
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
    return frames >= _SAME_FRAME or _shared(old.labels, new.labels) >= _LIKELY


def _frame(page: Page | None) -> frozenset[int]:
    return frozenset(page.frame if page else ())


def _shared(a: Set[Hashable], b: Set[Hashable]) -> float:
    """What two sets have in common, as a part of all that either has; none of few."""
    return len(a & b) / len(a | b) if min(len(a), len(b)) >= _FEW else 0.0
