"""Was the site rebuilt between two captures? Told from what is on the page around the story."""

from __future__ import annotations

from variorum.stages.version.evidence import Side
from variorum.stages.version.folding import Tokens, tokens

_KEPT = 0.75
_FEW = 12


def template_kept(old: Side, new: Side) -> bool | None:
    """Whether both captures were dressed by the same template; None if one page is not known.

    Menus, labels and legal lines stay as long as the template does, while the linked headlines
    between them change. So: how many of the short surrounding lines (at most five tokens) the two
    pages share, as a part of all that either has. On real pairs of captures nine tenths of those
    with the template kept lie above 0.83, of those with a new one four fifths lie below 0.65.
    """
    if not old.visible or not new.visible:
        return None
    a, b = _labels(old), _labels(new)
    smaller = min(len(a), len(b))
    if smaller < _FEW:  # too few to tell a changed list from a changed menu
        return len(a & b) >= 0.5 * smaller
    return len(a & b) >= _KEPT * len(a | b)


def _labels(side: Side) -> frozenset[Tokens]:
    """Short lines around the story, their figures (clocks, counts) left out."""
    story = set(side.paragraphs)
    lines = (tokens(line) for line in (side.page.visible if side.page else ()) if len(line) < 60)
    short = (t for t in lines if 0 < len(t) <= 5 and t not in story)
    worded = (tuple(w for w in t if not w[0].isdigit()) for t in short)
    return frozenset(t for t in worded if any(w.isalpha() for w in t))
