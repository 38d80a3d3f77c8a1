"""A text that shrank to a stub: delivery, not editing."""

from __future__ import annotations

from variorum.stages.version.evidence import Side
from variorum.stages.version.folding import Tokens

# A publisher who cuts a story keeps more than this of it, or writes something new in its place.
_STUB = 0.4
_LEAST = 80  # tokens that must have been lost before anything is called a collapse


def collapsed(old: Side, new: Side) -> str:
    """Why the new text is taken for a stub of the old (one plain line); "" if it is not."""
    before, after = old.body, new.body
    lost = len(before) - len(after)
    if lost < _LEAST or len(after) > _STUB * len(before):
        return ""
    if not after:
        return "the story's text is not on the page"
    if _begins(before, after):
        return "only the beginning of the known text was delivered"
    return ""


def _begins(whole: Tokens, part: Tokens) -> bool:
    """Whether ``part`` is the beginning of ``whole``, but for a cut last sentence."""
    same = 0
    for a, b in zip(whole, part, strict=False):
        if a != b:
            break
        same += 1
    return same >= 10 and len(part) - same <= 3
