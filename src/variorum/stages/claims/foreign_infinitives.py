"""French and Spanish: what is said in an infinitive, and what gerunds and infinitives of saying say.

"Il nie l'avoir menacé", "dit ne pas avoir vu", "negó haber cobrado"; "…, ajoutant que", "avant d'ajouter
que", "se limitó a decir que": these have the subject of the sentence.
"""

from __future__ import annotations

from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_sources import (
    clause_head,
    is_infinitive,
    past_phrases,
    source_end,
    that_word,
    unsaid_before,
)
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_LEADS = {
    "fr": words("en y ne pas plus jamais rien se les la le lui leur de n'en s'y"),
    "es": words("no"),
}
_NAMELESS = ("identificad", "anónim", "anonyme", "nommé", "identifié")
_ASKING = (
    "pid",
    "ped",
    "demand",
    "exig",
    "souhait",
    "voul",
    "solicit",
    "prefi",
    "préfér",
    "réclam",
)
_LETTING_KNOW = words("saber entrever conocer savoir entendre")
_TO_THE_NAME = 6  # tokens from "demandé" to "nommé" in "demandé à ne pas être nommé"
_GERUNDS = {"fr": ("ant",), "es": ("ando", "iendo")}
_BEFORE_INFINITIVE = {"fr": words("de sans pour à"), "es": words("a de sin para por")}
_IRREGULAR = {
    "fr": words("dire prétendre soutenir prévenir avertir reconnaître promettre répondre écrire"),
    "es": words(
        "defender repetir prometer decir negar reconocer advertir añadir admitir insistir desmentir sostener"
    ),
}


def asks_no_name(w: Workspace, i: int) -> bool:
    """ "Pide | no ser identificada", "a demandé | à ne pas être nommé": no statement, but a sort of source."""
    nameless = any(low.startswith(_NAMELESS) for low in w.r.low[i + 1 : i + _TO_THE_NAME])
    return nameless and w.r.low[i].startswith(_ASKING)


def infinitive_at(w: Workspace, lang: Foreign, k: int, stop: int) -> bool:
    """Whether an infinitive begins at k, its pronouns and negation before it."""
    leads = _LEADS.get(lang.code)
    if leads is None:
        return False
    while k + 1 < stop and w.r.low[k] in leads:
        k += 1
    return k < stop and w.quoted[k] < 0 and is_infinitive(lang.code, w.r.low[k])


def infinitive_after(w: Workspace, lang: Foreign, s: Statement, k: int, stop: int) -> bool:
    """Il nie l'avoir menacé; negó haber cobrado."""
    known = s.source is not None or s.inherits is not None
    known = known or (lang.code == "es" and w.r.low[k : k + 2] == ["no", "haber"])
    if known and lang.code in _LEADS and not infinitive_at(w, lang, k, stop):
        k = past_phrases(w, lang, k, stop)  # "a expliqué | aux enquêteurs | avoir vu"
    if not known or not infinitive_at(w, lang, k, stop):
        return False
    if w.r.low[k] in _LETTING_KNOW and that_word(lang, w.r.low[k + 1]):
        return False  # "hizo saber | que", "a laissé entendre | que"
    k -= lang.code == "es" and w.r.low[k - 1] == "no"  # "asegura | no haber visto nada"
    s.parts, s.rule = [(k, said_stop(w, lang, k, stop))], "verb, infinitive"
    w.found.append(s)
    return True


def so_it_was_said(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Así lo reconoció el gerente": what the sentence before says."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if r.low[floor] != "así" or i - floor > 3 or "lo" not in r.low[floor:i] or floor == 0:
        return False
    first = unsaid_before(w, floor)
    if first is None:
        return False
    k = i + 1
    while k < stop and (r.low[k] in lang.time or r.low[k] in lang.adverbs):
        k += 1
    k = past_phrases(w, lang, k, stop)
    end = source_end(w, lang, k, stop)
    if end == k:
        return False
    content = (first, w.sentence_stop(first))
    w.found.append(Statement([content], (i, i + 1), (k, end), "sentence, points back", r.low[i]))
    return True


def sentence_subject(w: Workspace, lang: Foreign, i: int) -> tuple[Range | None, Statement | None]:
    """The subject of the sentence around a verb without one: the source of the statement before in
    it, with that statement, or what its head names."""
    floor = w.clause_floor(i)
    for s in reversed(w.found):
        if s.cue is None or s.cue[0] < floor:
            break
        if s.cue[0] < i and (s.source is not None or s.inherits is not None):
            return (s.source, None) if s.source is not None else (None, s)
    return clause_head(w, lang, floor, i), None


GOING_ON = words(
    "poursuivre ajouter conclure préciser renchérir expliquer lancer insister rappeler dire lâcher enchaîner "
    "s'interroger marteler ironiser résumer souligner compléter"
)


def _goes_on(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Et de | poursuivre : « … »", "et d'ajouter que …": an infinitive that tells who spoke last."""
    if lang.code != "fr" or w.r.low[i].removeprefix("d'") not in GOING_ON:
        return False
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if lang.code != "fr" or r.low[i].removeprefix("d'") not in GOING_ON or i + 2 >= r.size:
        return False
    elided = r.low[i].startswith("d'")
    before = i - 1 if elided else i - 2
    if before < floor or r.low[before] != "et" or not (elided or r.low[i - 1] == "de"):
        return False
    last = w.found[-1] if w.found else None
    if last is None or r.paragraph[last.span[0]] != r.paragraph[i]:
        return False
    s = Statement([], (i, i + 1), None, "and to go on", r.low[i], inherits=last)
    q = w.after(i + 1)
    if q is not None and not w.owned(q):
        w.own(s, w.paragraphs_of(q))
        return True
    if not that_word(lang, r.low[i + 1]):
        return False
    start = i + 1 if "'" in r.low[i + 1] else i + 2
    s.parts = [(start, said_stop(w, lang, start, stop))]
    w.found.append(s)
    return True


def nonfinite(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "…, ajoutant que …", "avant d'ajouter que …", "se limitó a decir que …"."""
    r, low = w.r, w.r.low[i]
    if _goes_on(w, lang, i):
        return True
    if i + 2 >= r.size or not that_word(lang, r.low[i + 1]):
        return False
    bare = low.removeprefix("d'")
    stop = w.sentence_stop(i)
    if i + 2 >= stop or i == w.clause_floor(i):
        return False
    led = bare != low or r.low[i - 1] in _BEFORE_INFINITIVE[lang.code]
    infinitive = led and (
        bare in _IRREGULAR[lang.code]
        or any(bare.endswith(e) and bare[:-2] + "a" in lang.verbs for e in ("er", "ar"))
    )
    if not infinitive and not (low in lang.verbs and low.endswith(_GERUNDS[lang.code])):
        return False
    source, inherits = sentence_subject(w, lang, i)
    if source is None and inherits is None:
        return False
    start = i + 1 if "'" in r.low[i + 1] else i + 2
    s = Statement(
        [(start, said_stop(w, lang, start, stop))], (i, i + 1), source, "verb, that, clause"
    )
    s.lemma, s.negated, s.inherits = bare, bare in lang.negative, inherits
    w.found.append(s)
    return True
