"""German: modal verbs and what they make of a statement: "will informiert haben", "wollte sich nicht
äußern", "ließ mitteilen"; prepositions for what is said ("spricht von 40 Toten").
"""

from __future__ import annotations

from variorum.stages.claims.denials import WITHHELD
from variorum.stages.claims.foreign_german import (
    HE,
    LONGEST_OBJECT,
    PREPOSITIONS,
    SHE,
    THAT,
    agent,
    chunks,
    clause_begin,
    shared_subject,
    subject_and_object,
)
from variorum.stages.claims.foreign_lists import Foreign, foreign
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_sources import german_end, that_word
from variorum.stages.claims.foreign_unsaid import pronoun_denied, silence
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_MODALS = words(
    "will wollen wollte wollten kann können konnte muss müssen musste soll sollen sollte möchte wird "
    "werden werde würde würden könnten müssten darf dürfen lässt ließ ließen könnte könne müsse wolle solle"
)


def infinitive_here(w: Workspace, i: int) -> bool:
    """Whether a form that ends as an infinitive is one: "zu klagen", "will … klagen"."""
    r, floor = w.r, w.clause_floor(i)
    if not r.low[i].endswith("n"):
        return False
    if r.low[i - 1] == "zu":
        return True
    stop = w.sentence_stop(i)
    if i + 1 < stop and r.low[i + 1] in _MODALS and (i + 2 >= stop or r.tag[i + 2] in ",."):
        return True  # "die ihren Namen nicht | nennen wollte"
    ends = i + 1 >= stop or r.tag[i + 1] == "," or r.low[i + 1] in ("und", "oder")
    back = range(i - 1, max(floor, i - LONGEST_OBJECT) - 1, -1)
    if not ends or r.low[i].endswith("ten"):
        return False
    return any(r.low[k] in _MODALS for k in back)


_PREPOSITIONAL = {
    **dict.fromkeys(words("spricht sprach sprechen sprachen"), ("von", "für", "gegen")),
    **dict.fromkeys(words("warnte warnt warnten warnen"), ("vor",)),
    **dict.fromkeys(words("berichtete berichtet berichteten berichten"), ("von",)),
    **dict.fromkeys(words("plädierte plädiert plädierten plädieren"), ("für", "auf")),
    **dict.fromkeys(words("drohte droht drohten drohen"), ("mit",)),
    **dict.fromkeys(words("rechnet rechnen rechnete rechneten"), ("mit",)),
    **dict.fromkeys(words("verwies verweist verwiesen verweisen"), ("auf",)),
    **dict.fromkeys(words("geht gehen ging gingen"), ("von",)),
    **dict.fromkeys(words("rief ruft riefen rufen"), ("zu", "zur", "zum")),
    **dict.fromkeys(words("mahnte mahnt mahnten mahnen"), ("zu", "zur", "zum")),
    **dict.fromkeys(words("pochte pocht pochten pochen drängte drängt drängten drängen"), ("auf",)),
    **dict.fromkeys(words("beharrte beharrt beharrten beharren hofft hofften hoffte"), ("auf",)),
    **dict.fromkeys(words("appellierte appelliert appellierten appellieren"), ("an",)),
    **dict.fromkeys(words("klagte klagt klagten klagen"), ("über",)),
    **dict.fromkeys(words("zweifelt zweifelte zweifeln zweifelten"), ("an",)),
    **dict.fromkeys(words("rät riet raten rieten"), ("zu", "zur", "zum", "von", "vor")),
    **dict.fromkeys(words("bat bittet baten bitten"), ("um",)),
    **dict.fromkeys(words("wirbt warb werben warben"), ("für",)),
}
_WITH_AUS = words(
    "geht gehen ging gingen rief ruft riefen rufen für gegen"
)  # "geht von Mord aus", "sprach sich gegen X aus"
_OF_SPEAKERS = words(
    "drohte droht drohten drohen rechnet rechnen rechnete rechneten geht gehen ging gingen mahnte mahnt mahnten "
    "mahnen pochte pocht pochten pochen drängte drängt drängten drängen beharrte beharrt beharrten beharren hofft "
    "hoffte hofften appellierte appelliert appellierten appellieren klagte klagt klagten klagen zweifelt zweifelte "
    "zweifeln zweifelten wirbt warb werben warben rät riet raten rieten "
    "bat bittet baten bitten"
)


def of_something(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Die Opposition spricht von 40 Toten", "warnte vor neuen Angriffen", "sprach sich gegen den Plan aus",
    "geht von Brandstiftung aus"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    prepositions = _PREPOSITIONAL.get(r.low[i])
    if prepositions is None or r.word[i][0].isupper() or i == floor or r.low[floor] == "wie":
        return False
    comma = w.comma(i + 1, stop)
    end = stop if comma is None else comma
    two = prepositions[0] == "von" and len(prepositions) == 3  # "sprach von", "sprach sich für"
    if two and "sich" in r.low[i + 1 : end]:
        prepositions = prepositions[1:]
    elif two:
        prepositions = prepositions[:1]
    at = next((k for k in range(i + 1, min(end, i + 12)) if r.low[k] in prepositions), None)
    if at is None and r.low[floor] in prepositions and end == stop:
        return _of_something_first(w, i, stop)
    if at is None or at + 1 >= end or infinitive_here(w, i):
        return False
    parted = r.low[i] in _WITH_AUS or r.low[at] in _WITH_AUS & {*prepositions}
    if parted and not r.low[i].startswith("plädier"):
        last = "auf" if r.low[i].startswith("r") else "aus"
        if r.low[end - 1] != last or (r.low[i].startswith("spr") and "sich" not in r.low[i:at]):
            return False
        end -= 1
    begin = clause_begin(w, floor, i)
    subject, _ = subject_and_object(w, (begin, i), i, at, dative=True)
    if begin == i:
        subject = shared_subject(w, floor, i)
    if subject is None or any(w.quoted[k] >= 0 for k in range(i, at + 2)):
        return False
    if r.low[i] in _OF_SPEAKERS and not agent(w, *subject):
        return False  # "Der Stadt droht Ärger mit dem Land"
    content = (at, said_stop(w, lang, at, end))
    w.found.append(Statement([content], (i, i + 1), subject, "verb, preposition", r.low[i]))
    return True


def _of_something_first(w: Workspace, i: int, stop: int) -> bool:
    """ "| Auf laufende Ermittlungen | verwies das Landesamt"."""
    r, floor = w.r, w.clause_floor(i)
    end = german_end(w, i + 1, stop)
    if r.low[i + 1] in HE | SHE or r.word[r.sentence_end(i) - 1] == "?":
        return False
    if r.low[i] in _WITH_AUS or german_end(w, floor + 1, i) != i or not agent(w, i + 1, end):
        return False
    w.found.append(Statement([(floor, i)], (i, i + 1), (i + 1, end), "preposition, verb", r.low[i]))
    return True


_HOLDING = words("hält hielt halten hielten")
_TAKING_FOR = words("ein eine einen zu nicht wenig kaum")
_NO_VIEWS = words("rede reden vortrag vorträge ansprache predigt platz stellung wache ausschau")


def takes_for(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Der Ökonom hält | die Prognose für zu optimistisch"; not "hielt eine Rede für den Frieden"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if r.low[i] not in _HOLDING or i == floor:
        return False
    comma = w.comma(i + 1, stop)
    end = stop if comma is None else comma
    at = next((k for k in range(i + 2, end - 1) if r.low[k] == "für" and w.quoted[k] < 0), None)
    if at is None or not _NO_VIEWS.isdisjoint(r.low[i:at]):
        return False
    judged = r.word[at + 1][0].islower() and (at + 2 >= end or r.low[at + 1] in _TAKING_FOR)
    begin = clause_begin(w, floor, i)
    if not judged or begin >= i:
        return False
    subject, obj = subject_and_object(w, (begin, i), i, at)
    if subject is None or any(r.tag[k] in ",:" for k in range(*subject)):
        return False
    if not agent(w, *subject) and not (
        subject[1] - subject[0] == 1 and r.low[subject[0]] in HE | SHE
    ):
        return False
    start = max(subject[1], i + 1)
    parts = [(start, said_stop(w, lang, at, stop))]
    if obj is not None and obj[1] <= i:
        parts.insert(0, obj)
    w.found.append(Statement(parts, (i, i + 1), subject, "takes something for", r.low[i]))
    return True


def own_account(w: Workspace, i: int) -> bool:
    """ "Tietz will die Dezernentin informiert haben": what somebody says of themselves."""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    done = r.low[stop - 1] in ("haben", "sein") and r.low[stop - 2].endswith(("t", "en"))
    if r.low[i] not in ("will", "wollen") or not done or i == floor or w.quoted[stop - 1] >= 0:
        return False
    subject, _ = subject_and_object(w, (floor, i), i, stop)
    if subject is None:
        return False
    content = (i + 1, stop) if subject[1] <= i else (subject[1], stop)
    w.found.append(Statement([content], (i, i + 1), subject, "own account", "wollen"))
    return True


_LETTING = words("ließ lässt ließen lassen")

_LET = words("erklären mitteilen ausrichten wissen verlauten verkünden verbreiten")


def had_it_said(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "…, ließ der Verein mitteilen"; "der Verein ließ mitteilen, dass …"."""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    said = next((k for k in range(i + 1, stop) if r.low[k] in _LET), None)
    if r.low[i] not in _LETTING or said is None or i == floor:
        return False
    if r.tag[i - 1] == "," and said + 1 >= stop and i - 1 > floor:
        end = german_end(w, i + 1, said)
        if end == i + 1:
            return False
        q = w.before(i)
        s = Statement([], (i, i + 1), (i + 1, end), "clause, verb, source", "lassen")
        if q is not None and not w.owned(q):
            w.own(s, [q])
            return True
        s.parts = [(floor, i - 1)]
    elif said + 2 < stop and r.tag[said + 1] == ",":
        start = said + 3 if that_word(lang, r.low[said + 2]) else said + 2
        subject, _ = subject_and_object(w, (floor, i), i, said)
        if subject is None or w.quoted[start] >= 0:
            return False
        s = Statement([(start, stop)], (i, i + 1), subject, "verb, that, clause", "lassen")
    else:
        return False
    w.found.append(s)
    return True


_WANTING = words("wollte wollten will wollen mochte mochten möchte möchten konnte konnten kann")

_NOT = words("nicht keine kein keinen weder nichts")

_TO_SAY = words(
    "äußern kommentieren bestätigen dementieren sagen beantworten nennen verraten machen nehmen geben "
    "preisgeben mitteilen ausschließen einlassen erklären bewerten beurteilen spekulieren beziffern "
    "festlegen positionieren eingehen verlieren"
)

_FILLING = words("sich derzeit zurzeit momentan aktuell zunächst auf heute dazu")
_CLAUSES = words("ob dass daß wer was wie warum wann wo weshalb welche welcher zu")
_SILENT = {
    **dict.fromkeys(words("äußerte äußerten äußert"), ("sich",)),
    **dict.fromkeys(words("machte machten macht"), ("angaben", "aussagen", "aussage", "angabe")),
    **dict.fromkeys(
        words("gab gaben gibt"), ("auskunft", "auskünfte", "stellungnahme", "kommentar")
    ),
    **dict.fromkeys(words("nahm nahmen nimmt"), ("stellung",)),
    **dict.fromkeys(words("reagierte reagierten beantwortete beantworteten kommentierte"), ("",)),
}


def not_said(w: Workspace, i: int) -> bool:
    """ "Wollte sich nicht äußern", "wollte X weder bestätigen noch dementieren", "äußerte sich nicht",
    "machte keine Angaben"."""
    r, lang = w.r, foreign("de")
    if silence(w, lang, i) or pronoun_denied(w, lang, i):
        return True
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    ahead = range(i + 1, min(stop, i + LONGEST_OBJECT))
    no = next((k for k in ahead if r.low[k] in _NOT and w.quoted[k] < 0), None)
    if no is None or i == floor or r.tag[i + 1] == ",":
        return False
    wanted = _SILENT.get(r.low[i], ())
    if r.low[i] in _WANTING:
        end = next((k for k in ahead if k > no and r.low[k] in _TO_SAY), None)
    else:
        end = stop if any(x == "" or x in r.low[floor:stop] for x in wanted) else None
    if end is None:
        return False
    begin = clause_begin(w, floor, i)
    last = i - 1 if r.tag[i - 1] == "," else i
    if begin >= last and (r.low[floor] in PREPOSITIONS or r.low[floor] in _CLAUSES):
        begin = floor  # "Zu Gerüchten, wonach er geht, wollte er nichts sagen"
    if begin >= last:
        return False
    subject, content = _who_and_what(w, lang, (begin, last), i, end, wanted)
    if subject is None or content[1] <= content[0]:
        return False
    if r.low[content[0]] == "auf" and r.low[content[1] - 1] in ("anfrage", "nachfrage", "anfragen"):
        return False
    said = r.low[slice(*content)]
    if all(x in lang.adverbs | _NOT | _FILLING for x in said):
        return False  # "äußerte sich zunächst nicht"
    while content[0] + 1 < content[1] and r.low[content[0]] in lang.adverbs | _NOT | _FILLING:
        content = (
            content[0] + 1,
            content[1],
        )  # "will | sich aber derzeit nicht | zur Ursache äußern"
    w.found.append(Statement([content], (i, i + 1), subject, "refusal", WITHHELD, True))
    return True


def _who_and_what(
    w: Workspace, lang: Foreign, before: Range, i: int, end: int, wanted: tuple[str, ...]
) -> tuple[Range | None, Range]:
    """Who does not say it, and what: what stands ``before`` the verb at i, its object, or the clause
    after its infinitive at ``end``."""
    r, stop, (begin, last) = w.r, w.sentence_stop(i), before
    first = r.low[begin]
    clause = first in _CLAUSES or first in PREPOSITIONS or (first in THAT and last - begin == 1)
    clause = clause or any(x in r.low[begin:last] for x in wanted)  # "Angaben dazu machte er nicht"
    if r.tag[i - 1] == "," and not clause:  # "Die Polizei ermittelt, | will sich nicht äußern"
        last = max(begin + 1, german_end(w, begin, last))
    middle = [c for c in chunks(w, i + 1, end) if r.low[c[0]] not in _NOT]
    if clause and middle and not middle[0][2]:
        return middle[0][:2], (begin, last)
    subject, _ = subject_and_object(w, (begin, last), i, end)
    if not clause and end + 2 < stop and r.tag[end + 1] == "," and r.low[end + 2] in _CLAUSES:
        return subject, (end + 2, said_stop(w, lang, end + 2, stop))  # "nicht sagen, | ob er geht"
    rest = [c for c in middle if subject is None or c[0] >= subject[1]]
    if rest and end == stop and r.low[stop - 1] not in _NOT:
        return subject, (rest[0][0], stop)  # "machte keine | Angaben zur Identität der Frau"
    return subject, rest[0][:2] if rest else (i + 1, end)


def said_in_refusal(w: Workspace, i: int) -> bool:
    """Whether the verb at i is the infinitive of a refusal found before: "wollte nichts | sagen"."""
    last = w.found[-1] if w.found else None
    if last is None or last.rule != "refusal" or last.cue is None or not w.r.low[i].endswith("n"):
        return False
    return w.clause_floor(i) <= last.cue[0] < i <= last.cue[0] + LONGEST_OBJECT
