"""Passives that leave open who says it: "X is believed to be Y", "it is claimed that", "…, it was announced"."""

from __future__ import annotations

from variorum.stages.claims.contents import after_adjuncts, has_verb, is_a_means, is_a_time
from variorum.stages.claims.cue import Cue
from variorum.stages.claims.ends import clause_end
from variorum.stages.claims.indirect import passive, verbal_after
from variorum.stages.claims.nounphrases import next_main_verb, right_phrase
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Workspace

_LONGEST_APPOSITION = 15  # tokens between the subject of a passive and its verb


def _nearest(w: Workspace, subject: Range) -> Range:
    """ "using spray on | migrants thought to be…": what the passive of a relative clause is about."""
    start, end = subject
    for j in range(end - 1, start, -1):
        if w.r.tag[j] == "R" and w.r.low[j] != "of":
            return (j + 1, end)
    return subject


def impersonal(w: Workspace, cue: Cue) -> None:
    """X is believed to be Y: subject and predicate are the content."""
    r = w.r
    stop = w.sentence_stop(cue.at)
    subject, k = cue.source, cue.end
    aside = subject is not None and r.tag[subject[0] - 1] in ",-" and r.low[k : k + 1] != ["to"]
    if ((k >= stop or aside) and _it_is_said(w, cue, stop)) or k >= stop:
        return
    if r.low[k] == "to" and r.tags[k + 1 : k + 2] not in ("D", "S", "O"):
        if subject is not None:
            cue.source = None
            if 0 < cue.first - subject[1] <= _LONGEST_APPOSITION:  # "One of them, Joan Petty, is"
                subject = (subject[0], cue.first)
            if cue.first == subject[1] and cue.first == cue.at:
                subject = _nearest(w, subject)
            if r.tag[cue.first - 1] == ",":  # "Her captors, thought to be a gang, had…"
                stop = w.comma(k, stop) or stop
            if cue.first == cue.at and subject[0] == w.clause_floor(cue.at):
                stop = (
                    next_main_verb(r, k + 1, stop) or stop
                )  # "A body thought to be hers | was found"
            if r.low[subject[0]] in ("who", "which") and subject[1] == subject[0] + 1:
                stop = _before_main_clause(w, k, stop)
            w.add(cue, [subject, (k, clause_end(r, k, stop, w.quoted, cue))], "impersonal passive")
    elif subject is not None and r.low[subject[0]] == "it":
        _it_is_said_that(w, cue, stop)
    else:
        passive(w, cue)


def _it_is_said_that(w: Workspace, cue: Cue, stop: int) -> None:
    """It is claimed that X. — It was claimed by the defence that X."""
    r, k = w.r, cue.end
    by = _by_whom(w, k, stop)
    if by is not None:
        cue.source = by[0]
        w.add(cue, [(by[1], clause_end(r, by[1], stop, w.quoted, cue))], "it is said by X that")
    else:
        that = after_adjuncts(
            r, cue, stop
        )  # "It was claimed last night | that", "It is believed | he"
        begin = that + 1 if that < stop and r.tag[that] == "T" else k
        if begin < stop and (begin > k or has_verb(r, begin, stop)) and r.tag[begin] not in "RWU,":
            cue.source = None
            w.add(cue, [(begin, clause_end(r, begin, stop, w.quoted, cue))], "it is said that")
        else:
            passive(w, cue)


def _by_whom(w: Workspace, k: int, stop: int) -> tuple[Range, int] | None:
    """ "It was claimed | by the defence that she slept", "alleged, by a clerk, that": who, and where
    what is said begins."""
    r = w.r
    k += r.tag[k] == ","
    if k + 2 >= stop or r.low[k] != "by" or is_a_time(r, k + 1) or is_a_means(r, k + 1):
        return None
    end = right_phrase(r, k + 1, stop)
    that = end + (end < stop and r.tag[end] == ",")
    if end <= k + 1 or that + 1 >= stop or r.tag[that] != "T":
        return None
    return (k + 1, end), that + 1


def _before_main_clause(w: Workspace, k: int, stop: int) -> int:
    """ "The pair, who are said to earn £400,000 | , have had to": the comma that ends the relative
    clause."""
    r = w.r
    return next(
        (
            j
            for j in range(k, stop - 1)
            if r.tag[j] == "," and w.quoted[j] < 0 and verbal_after(w, j + 1)
        ),
        stop,
    )


def _it_is_said(w: Workspace, cue: Cue, stop: int) -> bool:
    """…, it is understood. — …, it was announced last night. — Staff, it is claimed, were bullied."""
    r, subject = w.r, cue.source
    if subject is None or r.low[subject[0]] != "it" or r.tag[subject[0] - 1] not in ",-":
        return False
    first, end, k = w.clause_floor(cue.at), subject[0] - 1, cue.end
    while k < stop and (r.tag[k] in "ZAR" or r.low[k] in ("last", "this", "earlier", "late")):
        k = right_phrase(r, k + 1, stop) if r.tag[k] == "R" else k + 1
    if end <= first or (k < stop and r.tag[k] not in ",-"):
        return False
    parts = [(first, end)]
    if k + 1 < stop and verbal_after(w, k + 1):
        parts.append((k + 1, clause_end(r, k + 1, stop, w.quoted, cue)))
    elif not has_verb(r, first, end):
        return False
    cue.source = None
    w.add(cue, parts, "clause, it is said")
    return True
