"""German: silence and what is turned down by a pronoun: "schwieg zu den Vorwürfen", "ließ offen, ob", "auf
die Frage, ob …, wich er aus", "bestreitet das".
"""

from __future__ import annotations

from variorum.stages.claims.denials import WITHHELD
from variorum.stages.claims.foreign_german import (
    LONGEST_OBJECT,
    PREPOSITIONS,
    chunks,
    clause_begin,
    shared_subject,
    subject_and_object,
)
from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_SILENT = words("schwieg schwiegen schweigt schweigen")
_WITH_A_WORD = {
    **dict.fromkeys(words("ließ ließen lässt lassen"), words("offen unbeantwortet unkommentiert")),
    **dict.fromkeys(words("wich wichen weicht weichen"), words("aus")),
    **dict.fromkeys(words("hüllt hüllte hüllen hüllten"), words("schweigen")),
    **dict.fromkeys(
        words("hielt hielten hält halten gab gaben gibt geben"), words("bedeckt zugeknöpft")
    ),
    **dict.fromkeys(
        words("bewahrte bewahrten bewahrt bewahren vereinbarten"), words("stillschweigen")
    ),
}
_REFUSING = words("verweigerte verweigerten verweigert verweigern")
_WORDS_REFUSED = words("auskunft aussage antwort antworten stellungnahme kommentar angaben")
_ABOUT = words("zu zum zur über")
_FILLING = words("sich derzeit zurzeit weiterhin beharrlich dazu lange")
_TAKING = words("offen unbeantwortet unkommentiert aus")
_ASKED = words("frage fragen nachfrage nachfragen antwort antworten")
_OPEN_CLAUSES = words(
    "ob wer was wie warum wann wo weshalb woher wohin wieso welche welcher welches"
)
_POINTING = words("das dies dem diesem")
_AFTER_POINTING = words(
    "und aber jedoch nicht entschieden vehement energisch so auch am gestern heute"
)


def silence(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Schwieg | zu den Vorwürfen", "Fragen nach seinem Vertrag | ließ er offen", "hüllt sich zu X in
    Schweigen", "ließ offen, | ob er bleibt"."""
    r = w.r
    if r.low[i] in _REFUSING:
        return _refuses(w, lang, i)
    marks = _WITH_A_WORD.get(r.low[i])
    if marks is None and r.low[i] not in _SILENT:
        return False
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    if r.word[i][0].isupper() or i == floor:
        return False
    end = stop
    if marks is not None:
        ahead = range(i + 1, min(stop, i + LONGEST_OBJECT))
        end = next((k for k in ahead if r.low[k] in marks and w.quoted[k] < 0), -1)
        if end < 0 or (end + 1 < stop and r.tag[end + 1] not in ",:."):
            return False
    begin = clause_begin(w, floor, i)
    subject, content = _who_and_what(w, lang, (begin, i), (i, end), stop)
    if subject is None or content is None or not (marks is None or _asks(w, content, marks)):
        return False
    w.found.append(Statement([content], (i, i + 1), subject, "refusal", WITHHELD, True))
    return True


def _refuses(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Verweigerte | die Auskunft darüber, wer bezahlt hat"; not "verweigerte den Befehl"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    begin = clause_begin(w, floor, i)
    subject, obj = subject_and_object(w, (begin, i), i, stop)
    if begin == i or subject is None or obj is None or obj[0] < i:
        return False
    comma = w.comma(obj[0], stop)
    if _WORDS_REFUSED.isdisjoint(r.low[obj[0] : stop if comma is None else comma]):
        return False
    content = (obj[0], said_stop(w, lang, obj[0], stop))
    w.found.append(Statement([content], (i, i + 1), subject, "refusal", WITHHELD, True))
    return True


def _asks(w: Workspace, content: Range, marks: frozenset[str]) -> bool:
    """Whether what was left open or evaded is a question: not "ließ die Tür offen", "wich dem Auto aus"."""
    low = w.r.low
    asked = low[content[0]] in _OPEN_CLAUSES or not _ASKED.isdisjoint(low[slice(*content)])
    return asked or _TAKING.isdisjoint(marks)


def _who_and_what(
    w: Workspace, lang: Foreign, before: Range, verb: Range, stop: int
) -> tuple[Range | None, Range | None]:
    """Who is silent, and on what: before the verb ("Zur Höhe schwieg er"), between it and its last
    word, or in the clause after that."""
    r, (i, end) = w.r, verb
    begin, last = before[0], i - (r.tag[i - 1] == ",")
    k = i + 1
    while k < end and (r.low[k] in lang.adverbs or r.low[k] in _FILLING):
        k += 1  # "schweigt | bislang zu den Vorwürfen", "hüllt | sich zu X in Schweigen"
    middle = chunks(w, k, end)
    if begin >= last:
        subject, first = shared_subject(w, w.clause_floor(i), i), None
    elif (
        r.low[begin] in PREPOSITIONS | _ASKED
        or r.tag[i - 1] == ","
        or _object_first(w, begin, last, i, end)
    ):
        free = [c for c in middle if not c[2]]
        subject, first = (free[0][:2] if free else None), (begin, last)
        about = r.low[begin] not in PREPOSITIONS or r.low[begin] in _ABOUT | words("auf")
        first = first if about else None
    else:
        subject, first = before, None
    if first is not None:
        return subject, first
    if end + 2 < stop and r.tag[end] != "," and r.tag[end + 1] == ",":
        return subject, (end + 2, said_stop(w, lang, end + 2, stop))  # "ließ offen, | ob er bleibt"
    led = next((c for c in middle if c[2] and r.low[c[0]] in _ABOUT), None)
    if led is not None:
        until = end if end == stop else led[1]
        return subject, (
            led[0],
            until - (r.low[until - 1] == "in"),
        )  # "zu den Kosten | in Schweigen"
    free = [c for c in middle if not c[2] and subject is not None and c[0] >= subject[1]]
    return subject, ((free[0][0], end) if free and end < stop and r.low[end] in _TAKING else None)


def _object_first(w: Workspace, begin: int, last: int, i: int, end: int) -> bool:
    subject, obj = subject_and_object(w, (begin, last), i, end)
    return obj == (begin, last) and subject is not None and subject[0] > i


def pronoun_denied(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Winter bestreitet | das: »…«", "Aydin widersprach | dem", "die Behörde bestätigte | das nicht"."""
    r, k = w.r, i + 1
    denying = r.low[i] in lang.negative
    if k >= r.size or r.low[k] not in _POINTING or not (denying or _confirms(r.low[i])):
        return False
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    if i == floor or k >= stop:
        return False
    after = k + 1
    if after < stop and r.tag[after] not in ",:.-" and r.low[after] not in _AFTER_POINTING:
        return False
    turned = "nicht" in r.low[k : min(stop, k + 4)]
    if not denying and not turned:
        return False
    begin = clause_begin(w, floor, i)
    subject = (begin, i) if begin < i else shared_subject(w, floor, i)
    if subject is None or r.low[subject[0]] in PREPOSITIONS:
        return False
    s = Statement([(k, k + 1)], (i, i + 1), subject, "verb, pronoun", r.low[i], denying != turned)
    w.found.append(s)
    colon = after < stop and r.tag[after] == ":"
    q = (
        w.quotes[w.quoted[after + 1]]
        if colon and after + 1 < r.size and w.quoted[after + 1] >= 0
        else None
    )
    if q is not None and q.first == after + 1 and not w.owned(q):
        w.own(
            Statement([], None, subject, "source, colon, quotation", r.low[i]), w.paragraphs_of(q)
        )
    return True


def _confirms(low: str) -> bool:
    return low in ("bestätigte", "bestätigt", "bestätigten", "bestätigen")
