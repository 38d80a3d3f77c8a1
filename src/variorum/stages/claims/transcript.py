"""Interviews printed as turns: "SMITH: …", "Q: …", "A: …"."""

from __future__ import annotations

from variorum.stages.claims.workspace import Statement, Workspace

TURN = "turn of a transcript"
_LONGEST_NAME = 4  # tokens before the colon: "CHUCK TODD", "SEN. JOHN SMITH"


def turns(w: Workspace) -> list[bool]:
    """Makes each turn of a transcript a statement; says which tokens they cover ([] if none).

    Needs two turns, so that a lone "NOTE: …" is not taken for one. A paragraph without a name
    after a turn goes on with it.
    """
    r = w.r
    heads: dict[int, int] = {}
    for number, first in enumerate(r.para_first):
        if ":" in r.tags[first : first + _LONGEST_NAME + 1]:
            colon = _speaker_end(w, first)
            if colon:
                heads[number] = colon
    if len(heads) < 2 or len({r.said(r.para_first[n], c) for n, c in heads.items()}) < 2:
        return []
    covered = [False] * r.size
    for number, colon in heads.items():
        first = r.para_first[number]
        stop = r.paragraph_end(first)
        if stop <= colon + 1:
            continue
        statement = Statement([], (colon, colon + 1), (first, colon), TURN)
        statement.parts = [(colon + 1, stop)]
        w.found.append(statement)
        covered[first:stop] = [True] * (stop - first)
        for q in w.quotes:
            if first <= q.first < stop:
                w.owner[q.first] = statement
    return covered


def _speaker_end(w: Workspace, first: int) -> int:
    """The colon after a name in capitals (or Q, A) at the head of a paragraph; 0 if none."""
    r = w.r
    stop = min(r.paragraph_end(first), first + _LONGEST_NAME + 1)
    for j in range(first + 1, stop):
        if r.word[j] == ":":
            name = [r.word[k] for k in range(first, j) if r.word[k][0].isalpha()]
            return j if name and all(n.isupper() for n in name) else 0
    return 0
