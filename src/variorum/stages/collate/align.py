"""Links between the sentences of two texts."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence

from rapidfuzz.distance import Indel

Link = tuple[int, int]

METHOD = "variorum-align/1"


def align_sentences(old: Sequence[str], new: Sequence[str]) -> list[Link]:
    """Links (i, j), sorted: sentence i of ``old`` became (part of) sentence j of ``new``."""
    links = _identical(old, new)
    taken_old, taken_new = {i for i, _ in links}, {j for _, j in links}
    left = [i for i in range(len(old)) if i not in taken_old]
    right = [j for j in range(len(new)) if j not in taken_new]
    scored = sorted(
        (
            (score, i, j)
            for i in left
            for j in right
            if (score := Indel.normalized_similarity(old[i], new[j], score_cutoff=0.5))
        ),
        key=lambda s: (-s[0], abs(s[1] - s[2])),
    )
    for _, i, j in scored:
        if i not in taken_old and j not in taken_new:
            links.append((i, j))
            taken_old.add(i)
            taken_new.add(j)
    return sorted(links)


def _identical(old: Sequence[str], new: Sequence[str]) -> list[Link]:
    places: dict[str, deque[int]] = defaultdict(deque)
    for j, text in enumerate(new):
        places[text].append(j)
    return [(i, places[text].popleft()) for i, text in enumerate(old) if places.get(text)]
