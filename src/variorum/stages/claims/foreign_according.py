"""French, German and Spanish: "selon X", "laut Y", "según Z", "nach Angaben", "zufolge"."""

from __future__ import annotations

from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_objects import RELATIVE_ACCORDING
from variorum.stages.claims.foreign_sources import source_end
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.workspace import Statement, Workspace

_RELATIVES = frozenset(["al", "a", "que", "qui", "dont", "quien"])
_FAR = 15  # tokens from the source to the comma after it


def according(w: Workspace, lang: Foreign, i: int) -> None:
    """Selon X, …; …, selon X; Laut X wurden…"""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    cue_end = i + 2 if r.low[i] == "nach" else i + 1
    begin = cue_end
    if r.low[i + 1 : i + 2] in (["seinen"], ["ihren"]):
        s = Statement([(i + 3, stop)], (i, i + 3), (i + 1, i + 2), "according to X, clause", "nach")
        if i == floor and i + 3 < stop:
            w.found.append(s)
        return
    if begin < stop and r.low[begin] in lang.verbs:  # "según comunicó la entidad"
        begin += 1
        while begin < stop and r.low[begin] in lang.time:
            begin += 1
    end = source_end(w, lang, begin, stop)
    if end == begin or r.low[begin] in RELATIVE_ACCORDING:
        return
    statement = Statement([], (i, cue_end), (begin, end), "according to X, clause", r.low[i])
    if i - floor <= 1 or (i - floor <= 4 and r.tag[i - 1] == ","):
        start = end + 1 if end < stop and r.tag[end] == "," else end
        comma = w.comma(end, min(stop, end + _FAR))
        if comma is not None and r.low[end] in _RELATIVES:
            start = comma + 1  # "según un informe al que ha tenido acceso este diario, …"
        statement.parts = [(start, stop)] if start < stop else []
    else:
        statement.rule = "clause, according to X"
        statement.parts = [(floor, i - 1 if r.tag[i - 1] == "," else i)]
        if end + 1 < stop and r.tag[end] == "," and r.tag[i - 1] == ",":
            statement.parts.append((end + 1, stop))
        elif lang.code == "de" and end + 1 < stop and r.tag[i - 1] != ",":
            statement.parts.append((end, stop))  # "X kommt laut Y auf neun Prozent"
    if statement.parts:
        w.found.append(statement)


def in_words_of(r: Reading, lang: Foreign, i: int) -> bool:
    """ "Nach Angaben der Polizei", "Nach seinen Worten"."""
    following = r.low[i + 1 : i + 3]
    if following[:1] and following[0] in lang.according_nouns:
        return True
    return following[:1] in (["seinen"], ["ihren"]) and following[-1] in lang.according_nouns


def postposed(w: Workspace, i: int) -> None:
    """Der Polizei zufolge …"""
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    if floor < i and i - floor <= 8 and i + 1 < stop:
        rule = "according to X, clause"
        w.found.append(Statement([(i + 1, stop)], (i, i + 1), (floor, i), rule, "zufolge"))


def for_one(w: Workspace, lang: Foreign, i: int) -> None:
    """Pour X, c'est « … »: only with words of X's."""
    stop = w.sentence_stop(i)
    comma = w.comma(i, stop)
    if comma is None or any(w.r.low[k] in lang.verbs for k in range(comma, stop)):
        return  # "Pour la défense, Me X a dénoncé…"
    if any(w.quoted[k] >= 0 for k in range(comma, stop)):
        according(w, lang, i)
