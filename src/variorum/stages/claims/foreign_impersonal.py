"""German: what is said by no one, and where: "Aus der Klinik hieß es, …", "…, hieß es von der Polizei",
"In dem Brief heißt es: „…“", "Auf einem Video ist zu sehen, wie …".
"""

from __future__ import annotations

from variorum.stages.claims.foreign_before import take
from variorum.stages.claims.foreign_german import ADVERBS
from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_sources import german_end, that_word
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_FROM = words("aus von vom seitens vonseiten bei beim")
_INSIDE = words("in im auf")
_POINTING = words("darin daraus dort")
_TO_THE_COLON = 6  # tokens of "heißt es | in dem Brief der Kanzlei"
_SEEN = words("sehen hören erkennen lesen")
_IS = words("ist sind war waren")
_CLAUSES = words("wie dass daß ob")


def it_is_said(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Aus Kreisen der Verwaltung heißt es, …", "…, hieß es": said by no one named; the source is the
    place it comes from, if that speaks."""
    r = w.r
    if r.low[i] not in ("heißt", "hieß") or r.low[i + 1 : i + 2] != ["es"]:
        return False
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    s = Statement([], (i, i + 2), None, "it is said", "heißen")
    comma = w.comma(i + 2, stop)
    cited = w.quoted[i - 2] < 0 or w.quoted[floor] < 0
    q = w.before(i) if r.tag[i - 1] == "," else None
    if q is not None and not w.owned(q) and w.clause_edge(q) and w.sentence_like(q):
        s.source = _place(w, _past_time(w, lang, i + 2, stop), stop)
        take(w, s, q, i + 2)
        return True
    if i - 1 > floor and r.tag[i - 1] == "," and cited:
        s.parts = [(floor, i - 1)]
        s.source = _place(w, _past_time(w, lang, i + 2, stop), stop)
        if s.source is None and w.found and r.paragraph[w.found[-1].span[0]] == r.paragraph[i]:
            s.inherits = w.found[-1]
    else:
        s.source = _place(w, floor, i) or _place(w, _past_time(w, lang, i + 2, stop), stop)
        if _announced(w, s, i + 2, stop):
            return True
        if comma is not None and comma + 1 < stop:
            start = comma + 2 if that_word(lang, r.low[comma + 1]) else comma + 1
            s.parts = [(start, stop)]
    if s.parts:
        w.found.append(s)
    return True


def _past_time(w: Workspace, lang: Foreign, k: int, stop: int) -> int:
    """ "Hieß es | am Abend | aus der Klinik"."""
    while k < stop and (w.r.low[k] in lang.time or w.r.low[k] in lang.adverbs | ADVERBS):
        k += 1
    return k


def _place(w: Workspace, k: int, stop: int) -> Range | None:
    """The noun phrase of a place that speaks, at k: "aus | der Klinik", "in | dem Brief", "von | dort"; not
    "in Berlin"."""
    r = w.r
    if k < stop and r.low[k] in _POINTING:
        return k, k + 1
    if k + 1 >= stop or r.low[k] not in _FROM | _INSIDE:
        return None
    if r.low[k + 1] in _POINTING:
        return k + 1, k + 2
    article = 1 if r.low[k + 1] in ("einer", "einem") and r.low[k + 2] == "davon" else 0
    if article:
        return k + 1, k + 3
    end = german_end(w, k + 1, stop)
    if end <= k + 1:
        return None
    speaks = any(kind_of(nouns("de"), r.low[j]) for j in range(k + 1, end))
    return (k + 1, end) if speaks or r.low[k] == "aus" else None


def _announced(w: Workspace, s: Statement, k: int, stop: int) -> bool:
    """ "Heißt es in dem Brief: | „…“": gives the quotation after the colon."""
    r = w.r
    colon = next((j for j in range(k, min(stop, k + _TO_THE_COLON)) if r.tag[j] == ":"), None)
    q = w.after(colon) if colon is not None and w.quoted[colon] < 0 else None
    if q is None or w.owned(q):
        return False
    w.own(s, w.paragraphs_of(q))
    return True


def to_be_seen(w: Workspace, i: int) -> bool:
    """ "Auf einem Video, das ein Zeuge gedreht hat, ist zu | sehen, wie der Wagen kippt"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if r.low[i] not in _SEEN or i - 2 <= floor or r.low[i - 1] != "zu":
        return False
    if r.low[floor] not in _INSIDE or _IS.isdisjoint(r.low[max(floor, i - 5) : i]):
        return False
    source = _place(w, floor, i)
    told = i + 3 < stop and r.tag[i + 1] == "," and r.low[i + 2] in _CLAUSES
    if source is None or not told:
        return False
    s = Statement([(i + 2, stop)], (i, i + 1), source, "it is seen", "sehen")
    w.found.append(s)
    return True
