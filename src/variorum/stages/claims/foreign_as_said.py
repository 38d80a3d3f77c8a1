"""French and Spanish: "Comme l'explique Luc Perrin, …", "Tal y como adelantó El Correo, …", "…, comme l'a dit
la maire"; "de source policière, …".
"""

from __future__ import annotations

from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_sources import marked_name_end, past_phrases, source_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.workspace import Statement, Workspace

_AS = words("comme como")
_BEFORE_AS = words("tal y tel et así")
_PRONOUNS = words("l' l le lo la se s'")
_NO_SOURCES = words("se s' ya")


def as_one_says(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement that "comme" or "como" at i and a verb of saying give to a source."""
    if w.r.low[i] not in _AS:
        return False
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    k, led = i + 1, False
    while k < stop and (r.low[k] in lang.aux or r.low[k] in _PRONOUNS or r.low[k] in lang.adverbs):
        k += 1
    verb = k
    if verb >= stop or w.quoted[verb] >= 0:
        return False
    low = r.low[verb]
    led = low.startswith("l'") and low.removeprefix("l'") in lang.verbs
    if not led and low not in lang.verbs:
        return False
    aside = any("l'" in x or x == "le" for x in r.low[i + 1 : verb])
    if lang.code == "fr" and not led and not aside:
        return False  # "comme dit le proverbe"
    k = verb + 1
    while k < stop and (r.low[k] in lang.time or r.low[k] in lang.adverbs):
        k += 1
    k = past_phrases(w, lang, k, stop)
    end = max(source_end(w, lang, k, stop), marked_name_end(w, k, stop))
    if end == k:
        return False
    s = Statement([], (i, verb + 1), (k, end), "as X says", low)
    begin = i
    while begin > floor and r.low[begin - 1] in _BEFORE_AS:
        begin -= 1
    return _give(w, s, begin, end)


def _give(w: Workspace, s: Statement, begin: int, end: int) -> bool:
    """Gives what follows the comma after the source, or what stands before the phrase."""
    r, floor, stop = w.r, w.clause_floor(begin), w.sentence_stop(begin)
    if begin == floor:
        if end + 1 >= stop or r.tag[end] != ",":
            return False
        q = w.after(end)
        if q is not None and not w.owned(q) and q.last + 1 >= stop:
            w.own(s, w.paragraphs_of(q))
            return True
        s.parts = [(end + 1, stop)]
    elif r.tag[begin - 1] == "," and begin - 1 > floor + 1 and w.quoted[begin - 2] < 0:
        s.parts = [(floor, begin - 1)]
        if end + 1 < stop and r.tag[end] == ",":
            s.parts.append((end + 1, stop))
    else:
        return False
    w.found.append(s)
    return True


def from_a_source(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "De source policière, l'homme était connu."."""
    if w.r.low[i] != "de" or lang.code != "fr" or i != w.clause_floor(i):
        return False
    r, stop = w.r, w.sentence_stop(i)
    if r.low[i + 1 : i + 2] not in (["source"], ["sources"]):
        return False
    comma = w.comma(i, stop)
    if comma is None or comma + 1 >= stop:
        return False
    s = Statement([(comma + 1, stop)], (i, i + 1), (i + 1, comma), "according to X, clause", "de")
    w.found.append(s)
    return True
