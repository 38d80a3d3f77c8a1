"""Edits beside what was read: a sentence near the story that reads otherwise than before.

No extractor takes in every standfirst, caption and last paragraph. But an edit leaves a trace that
furniture does not: at the same place among the visible lines stands a sentence that is *nearly* the
old one. Another headline in a list, another advertisement, another clock is not nearly the old one.
"""

from __future__ import annotations

from rapidfuzz.distance import Indel

from variorum.stages.version.body import Difference, hunks
from variorum.stages.version.chrome import is_chrome, without_credit
from variorum.stages.version.evidence import Side
from variorum.stages.version.folding import Tokens, same, squeezed, tokens

# A line is looked at if it has so many words; it is the old one edited if so much is kept.
_WORDS, _LIKE = 8, 0.75
# How far beyond the story's lines an edit is looked for, in visible lines: standfirst and by-line
# stand above, captions, notes and author boxes below.
_ABOVE, _BELOW = 0, 1
_ENDS = frozenset({".", "!", "?", '"', "。"})
_MOST = 400_000  # pairs of lines compared at most


def overlooked(old: Side, new: Side) -> list[Difference]:
    """Lines near the story, read by neither capture, that were edited in place."""
    a, b = _near(old), _near(new)
    if not a or not b or len(a) * len(b) > _MOST:
        return []
    found = []
    for i, k, j, m in hunks(a, b):
        for was in a[i:k]:
            now = max(b[j:m], key=lambda line: _likeness(was, line), default=())
            if _is_edit(was, now) and _nowhere(was, new) and _nowhere(now, old):
                found.append(Difference("changed", was, now))
    return found


def _near(side: Side) -> list[Tokens]:
    """The visible lines around and between the story's, in order, the story's own left out."""
    lines = [tokens(line) for line in (side.page.visible if side.page else ())]
    told = {squeezed(p) for p in side.paragraphs}
    told.add(squeezed(tokens(side.document.headline or "")))
    own = [squeezed(line) in told for line in lines]
    places = [at for at, is_own in enumerate(own) if is_own]
    if not places:
        return []
    first, last = max(0, places[0] - _ABOVE), places[-1] + _BELOW
    return [lines[at] for at in range(first, min(last, len(lines))) if not own[at]]


def _likeness(a: Tokens, b: Tokens) -> float:
    return Indel.normalized_similarity(a, b)


def _is_edit(was: Tokens, now: Tokens) -> bool:
    was, now = without_credit(was), without_credit(now)
    if min(_words(was), _words(now)) < _WORDS or same(was, now):
        return False
    if is_chrome(was) or is_chrome(now):
        return False
    if _count_only(was, now):
        return False
    return _likeness(was, now) >= _LIKE


def _count_only(was: Tokens, now: Tokens) -> bool:
    """Whether nothing but figures differs in lines that are no sentences: counters and prices."""
    if was[-1] in _ENDS and now[-1] in _ENDS:
        return False
    return [t for t in was if not t[0].isdigit()] == [t for t in now if not t[0].isdigit()]


def _words(line: Tokens) -> int:
    return sum(t[0].isalpha() for t in line)


def _nowhere(line: Tokens, side: Side) -> bool:
    return not side.visible.has(line)
