"""French and German: tags of a kind of their own: "…, so die Biologin", "« J'ai tout perdu, dit-elle. »"."""

from __future__ import annotations

from variorum.stages.claims.foreign_before import take
from variorum.stages.claims.foreign_frames import speaks
from variorum.stages.claims.foreign_german import PREPOSITIONS
from variorum.stages.claims.foreign_lists import Foreign, nouns
from variorum.stages.claims.foreign_sources import source_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.workspace import Statement, Workspace

_ARTICLES = words("ein eine einer einem mehrere viele einige sein seine ihr ihre dessen deren")


def so_it_says(w: Workspace, lang: Foreign, i: int) -> None:
    """Betroffen seien Arten im Gebirge, so die Biologin."""
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    end = source_end(w, lang, i + 1, stop)
    begin = i + 1
    if w.r.word[begin][0].islower() and w.r.low[begin] not in nouns("de").definite | _ARTICLES:
        begin += w.r.low[begin] in lang.verbs and w.r.low[begin] not in lang.aux
        begin += begin > i + 1 and w.r.low[begin] == "es"  # "so beschreibt es | die Lehrerin"
        end = source_end(w, lang, begin, stop)  # "so sagt | der Chef"
        if begin == i + 1:
            return  # "so intensiv", "so haben mehrere"
    if end <= begin or w.r.low[i + 1] in ("dass", "wie", "wird", "ist", "es"):
        return
    after = end
    while after < stop and (w.r.low[after] in lang.adverbs or w.r.low[after] in lang.time):
        after += 1  # "so Reuter | weiter"
    while (
        after < stop and w.r.low[after] in PREPOSITIONS
    ):  # "so die Angeklagte | vor dem Landgericht"
        behind = source_end(w, lang, after + 1, stop)
        after = behind if behind > after + 1 else stop + 1
    if after < stop and w.r.tag[after] == ":":
        after = stop
    amid = after < stop and w.r.tag[after] == "," and w.before(i) is None and after + 1 < stop
    if after < stop and not amid:
        return
    q = w.before(i)
    statement = Statement([(floor, i - 1)], (i, i + 1), (begin, end), "clause, so X", "so")
    if q is not None and not w.owned(q):
        statement.parts = []
        take(w, statement, q, end)
    else:
        if amid:  # "Sie habe, so die Anklage, | das Gift gekauft"
            statement.parts.append((after + 1, stop))
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


def noun_tag_inside(w: Workspace, lang: Foreign, i: int) -> None:
    """« La salle, a indiqué le maire Yves Dorval, restera fermée. »: a tag with its noun inside the marks."""
    r, q = w.r, w.quotes[w.quoted[i]]
    first = i
    while first - 1 > q.inside and r.low[first - 1] in lang.aux:
        first -= 1
    if w.owned(q) or first - 1 <= q.inside or r.tag[first - 1] not in ",-":
        return
    reach = range(i + 2, min(q.outside, i + _LONGEST_TAG_INSIDE))
    end = next((k for k in reach if r.tag[k] in ",-"), None)
    if end is None or not speaks(w, lang, i + 1, end):
        return
    s = Statement([], (first, i + 1), (i + 1, end), "quotation with its tag inside", r.low[i])
    w.own(s, w.paragraphs_of(q))
    s.parts[0:1] = [(q.first, first - 1), (end + 1, q.last + 1)]


_LONGEST_TAG_INSIDE = 12  # tokens of "Román Colás, gerente de Aguas"
