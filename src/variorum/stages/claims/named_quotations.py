"""Quotations that the rest of their sentence says whose words they are: "“Get out” was the advice of one
survivor", "“I'm fine” is what he told her"."""

from __future__ import annotations

from variorum.stages.claims.cue_nouns import owner_of
from variorum.stages.claims.nounphrases import right_phrase
from variorum.stages.claims.quotations import Quotation
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_IS = frozenset(["is", "was", "were", "are"])
_ALL_THAT = frozenset(["what", "how", "all"])
_REACH = 8  # tokens of "the blunt advice" behind its verb


def told_whose(w: Workspace, q: Quotation) -> Statement | None:
    """The statement of a quotation at the head of its sentence, by what is said of it."""
    r, k = w.r, q.last + 1
    if q.first != w.clause_floor(q.first) or k + 2 >= r.size or r.low[k] not in _IS:
        return None
    if r.sentence[k] != r.sentence[q.first]:
        return None
    stop = w.sentence_stop(k)
    source = _who_said_it(w, k + 1, stop) or _whose_word(w, k + 1, stop)
    return (
        None if source is None else w.own(Statement([], (k, k + 1), source, "quotation, is"), [q])
    )


def _who_said_it(w: Workspace, k: int, stop: int) -> Range | None:
    """ "is | what he told her", "was | all she would say"."""
    r = w.r
    if r.low[k] not in _ALL_THAT or k + 2 >= stop:
        return None
    begin = k + 1 + (r.low[k + 1] == "that")
    end = right_phrase(r, begin, stop)
    verb = end
    while verb < stop and r.tag[verb] in "XA":
        verb += 1
    known = begin < end and verb < stop and r.low[verb] in r.lex.cues
    return (begin, end) if known else None


def _whose_word(w: Workspace, k: int, stop: int) -> Range | None:
    """ "was | the advice of one survivor", "were | his last words"."""
    r = w.r
    for j in range(k, min(stop, k + _REACH)):
        if r.low[j] in r.lex.nouns["quoted"]:
            owner = owner_of(r, j, k)
            if owner is not None:
                return owner
            if r.low[j + 1 : j + 2] in (["of"], ["from"]):
                end = right_phrase(r, j + 2, stop)
                return (j + 2, end) if end > j + 2 else None
            return None
        if r.tag[j] in "VXWT,":
            return None
    return None
