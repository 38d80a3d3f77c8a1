"""German: what somebody sees in something ("sieht darin einen Tabubruch"), condemns, criticises with a noun ("übte
Kritik an den Plänen"), values ("Auf vier Millionen schätzt er die Kosten"); "mit den Worten „…“"; what is heard
("dem Vernehmen nach", "verlautete aus Kreisen").
"""

from __future__ import annotations

from variorum.stages.claims.foreign_before import take
from variorum.stages.claims.foreign_german import PREPOSITIONS, agent, chunks
from variorum.stages.claims.foreign_german_phrases import who_at
from variorum.stages.claims.foreign_lists import Foreign, kind_of, noun_of, nouns
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_sources import german_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.workspace import Statement, Workspace

_SEES = words("sieht sah sehen sahen")
_CONDEMNS = words(
    "verurteilt verurteilte verurteilten verurteilen missbilligt missbilligte missbilligten"
)
_VALUES = words(
    "schätzt schätzte schätzen schätzten beziffert bezifferte beziffern bezifferten taxiert taxierte"
)
_WITH_NOUNS = {
    **dict.fromkeys(words("übte übt übten üben"), words("kritik")),
    **dict.fromkeys(
        words("äußerte äußert äußerten äußern"),
        words("zweifel kritik bedenken bedauern unmut verständnis unverständnis sorge"),
    ),
    **dict.fromkeys(words("erhob erhebt erhoben erheben"), words("vorwürfe einwände bedenken")),
    **dict.fromkeys(words("meldete meldet meldeten melden"), words("bedenken zweifel kritik")),
    **dict.fromkeys(words("drückte drückt drückten drücken"), words("bedauern hoffnung")),
}
_OF = words("an am über für gegen zu zum zur vor")
_NO_OBJECTS = words("ihn sie ihm ihr es sich mich uns")
_HEARD = words("verlautete verlautet verlauteten")
_FEWEST = 2  # tokens of "keine Gefahr"
_LONGEST = 12  # tokens from a verb to its noun


def views(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement of such a phrase at i."""
    low = w.r.low[i]
    if low in _SEES:
        return _sees(w, lang, i)
    if low in _CONDEMNS:
        return _condemns(w, lang, i)
    if low in _VALUES and w.r.low[w.clause_floor(i)] == "auf":
        return _values(w, lang, i)
    if low in _WITH_NOUNS:
        return _with_a_noun(w, lang, i)
    if low in _HEARD:
        return _is_heard(w, i)
    if low == "davon":
        return _convinced_of_that(w, i)
    if low == "rede":
        return _is_spoken_of(w, i)
    return low in ("vernehmen", "worten") and (_by_hearsay(w, i) or _in_the_words(w, i))


def _convinced_of_that(w: Workspace, i: int) -> bool:
    """ "| Es ist zu spät |, davon ist die Lehrerin überzeugt"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if i - 1 <= floor or r.tag[i - 1] != "," or r.low[stop - 1] != "überzeugt" or i + 3 >= stop:
        return False
    if r.low[i + 1] not in ("ist", "sind", "war", "zeigte", "zeigt", "zeigten"):
        return False
    found = [c for c in chunks(w, i + 2, stop) if not c[2]]
    if not found or not agent(w, *found[0][:2]):
        return False
    s = Statement([], (stop - 1, stop), found[0][:2], "convinced of that", "überzeugt")
    _take_before(w, s, i, stop)
    return True


def _take_before(w: Workspace, s: Statement, i: int, end: int) -> None:
    """What stands before token i is said: a quotation, else the clause."""
    q = w.before(i)
    if q is not None and not w.owned(q):
        take(w, s, q, end)
    else:
        s.parts = [(w.clause_floor(i), i - 1)]
        w.found.append(s)


def _is_spoken_of(w: Workspace, i: int) -> bool:
    """ "In dem Bericht ist | von schweren Mängeln | die Rede"."""
    r, floor = w.r, w.clause_floor(i)
    if r.low[floor] not in ("in", "im") or i - 2 <= floor or r.low[i - 1] != "die":
        return False
    end = german_end(w, floor + 1, i)
    von = next((k for k in range(end, i - 1) if r.low[k] in ("von", "vom")), None)
    paper = any(kind_of(nouns("de"), r.low[k]) == "artefact" for k in range(floor + 1, end))
    if von is None or not paper or r.low[end] not in ("ist", "war"):
        return False
    w.found.append(
        Statement([(von, i - 1)], (i - 1, i + 1), (floor + 1, end), "is spoken of", "rede")
    )
    return True


def _sees(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Die Grünen sehen | darin einen Tabubruch", "sieht | keine Gefahr", "sieht | die Politik in der Pflicht"."""
    r, stop = w.r, w.sentence_stop(i)
    comma = w.comma(i + 1, stop)
    end = stop if comma is None else comma
    rest = r.low[i + 1 : end]
    view = bool({"darin", "hierin"} & {*rest}) or "pflicht" in rest or rest[-2:] == ["im", "recht"]
    view = view or bool(rest[:1] and rest[0] in ("keinen", "keine", "kein", "handlungsbedarf"))
    if not view or any(w.quoted[k] >= 0 for k in (i + 1,) if k < end):
        return False
    subject = who_at(w, i, i + 1)
    content = (i + 1, said_stop(w, lang, i + 1, stop))
    if subject is None or subject[1] > i or content[1] - content[0] < _FEWEST:
        return False
    w.found.append(Statement([content], (i, i + 1), subject, "sees it so", r.low[i]))
    return True


def _condemns(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Verurteilte | den Angriff", not "verurteilte ihn zu zwei Jahren"."""
    r, stop = w.r, w.sentence_stop(i)
    k = i + 1
    if k + 1 >= stop or r.low[k] in _NO_OBJECTS or r.low[k] in PREPOSITIONS:
        return False
    end = german_end(w, k, stop)
    rest = {*r.low[k:stop]}
    person = any(noun_of(nouns("de"), r.low[m]) for m in range(k, max(end, k)))
    if person or {"zu", "wegen"} & rest or (end <= k and w.quoted[k] < 0):
        return False
    subject = who_at(w, i, k)
    if subject is None or subject[1] > i:
        return False
    content = (k, said_stop(w, lang, k, stop))
    w.found.append(Statement([content], (i, i + 1), subject, "condemns it", r.low[i]))
    return True


def _values(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "| Auf vier Millionen Euro | schätzt der Kämmerer | die Kosten"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    middle = [c for c in chunks(w, i + 1, stop) if not c[2]]
    if not middle or middle[0][0] != i + 1 or not agent(w, *middle[0][:2]):
        return False
    s = Statement([(floor, i)], (i, i + 1), middle[0][:2], "values it", r.low[i])
    if middle[0][1] < stop:
        s.parts.append((middle[0][1], said_stop(w, lang, middle[0][1], stop)))
    w.found.append(s)
    return True


def _with_a_noun(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Äußerten Zweifel | an der Darstellung der Stadt"."""
    r, stop = w.r, w.sentence_stop(i)
    wanted = _WITH_NOUNS[r.low[i]]
    noun = next((k for k in range(i + 1, min(stop, i + _LONGEST)) if r.low[k] in wanted), None)
    if noun is None or noun + 2 >= stop or r.low[noun + 1] not in _OF:
        return False
    subject = who_at(w, i, noun)
    if subject is None or w.quoted[noun + 1] >= 0:
        return False
    end = said_stop(w, lang, noun + 1, stop)
    end -= r.low[end - 1] in ("aus", "an") and end - noun > 3
    w.found.append(
        Statement([(noun + 1, end)], (i, noun + 1), subject, "verb, noun, of it", r.low[i])
    )
    return True


def _is_heard(w: Workspace, i: int) -> bool:
    """ "…, verlautete am Abend aus Regierungskreisen"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    aus = next((k for k in range(i + 1, min(stop, i + 5)) if r.low[k] == "aus"), None)
    if aus is None or i - 1 <= floor or r.tag[i - 1] != ",":
        return False
    end = german_end(w, aus + 1, stop)
    if end <= aus + 1:
        return False
    s = Statement([], (i, i + 1), (aus + 1, end), "it is said", "verlauten")
    _take_before(w, s, i, end)
    return True


def _by_hearsay(w: Workspace, i: int) -> bool:
    """ "Dem Vernehmen nach | steht die Einigung bevor"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if r.low[i] != "vernehmen" or r.low[i + 1 : i + 2] != ["nach"] or r.low[i - 1] != "dem":
        return False
    s = Statement([], (i - 1, i + 2), None, "hearsay", "vernehmen")
    if i - 1 == floor:
        s.parts = [(i + 2, stop)]
    else:
        s.parts = [(floor, i - 1)]
        if i + 2 < stop:
            s.parts.append((i + 2, stop))
    if s.parts[-1][1] <= s.parts[-1][0]:
        return False
    w.found.append(s)
    return True


def _in_the_words(w: Workspace, i: int) -> bool:
    """ "Mit den Worten | „Ich habe fertig“ | verließ der Coach den Raum"."""
    r, floor = w.r, w.clause_floor(i)
    if r.low[max(0, i - 2) : i] != ["mit", "den"]:
        return False
    q = w.after(i + 1)
    if q is None or w.owned(q):
        return False
    stop = w.sentence_stop(q.last)
    if i - 2 > floor:
        found = [c for c in chunks(w, floor, i - 2) if not c[2]]
    else:
        found = [c for c in chunks(w, q.last + 1, stop) if not c[2]]
    source = found[0][:2] if found else None
    w.own(Statement([], (i - 2, i + 1), source, "in the words", "worte"), w.paragraphs_of(q))
    return True
