"""French and German: tags of a kind of their own: "…, so die Biologin", "« J'ai tout perdu, dit-elle. »"."""

from __future__ import annotations

from variorum.stages.claims.foreign_before import take
from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_sources import source_end
from variorum.stages.claims.workspace import Statement, Workspace


def so_it_says(w: Workspace, lang: Foreign, i: int) -> None:
    """Betroffen seien Arten im Gebirge, so die Biologin."""
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    end = source_end(w, lang, i + 1, stop)
    if end < stop or end == i + 1 or w.r.low[i + 1] in ("dass", "wie", "wird", "ist"):
        return
    q = w.before(i)
    statement = Statement([(floor, i - 1)], (i, i + 1), (i + 1, end), "clause, so X", "so")
    if q is not None and not w.owned(q):
        statement.parts = []
        take(w, statement, q, end)
    else:
        w.found.append(statement)


def clitic(lang: Foreign, low: str) -> bool:
    return low.rpartition("-")[2] in lang.pronouns


def tag_inside(w: Workspace, i: int) -> None:
    """« J'ai tout perdu, dit-elle. Tout. »: French prints the tag inside the marks."""
    r, q = w.r, w.quotes[w.quoted[i]]
    if w.owned(q) or i <= q.inside or r.tag[i - 1] not in ",.":
        return
    statement = Statement([], (i, i + 1), (i, i + 1), "quotation with its tag inside", r.low[i])
    w.own(statement, w.paragraphs_of(q))
    rest = i + 1
    while rest < q.outside and r.tag[rest] in ".,":
        rest += 1
    parts = [(q.first, i)]
    if rest < q.outside:
        parts.append((rest, q.last + 1))
    statement.parts[0:1] = parts
