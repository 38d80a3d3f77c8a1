"""French, German and Spanish: how somebody says that they feel: "s'est dit confiant dans l'issue", "gab sich
zuversichtlich, dass", "se mostró convencido de que".
"""

from __future__ import annotations

from variorum.stages.claims.foreign_german import clause_begin, subject_and_object
from variorum.stages.claims.foreign_infinitives import sentence_subject
from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_sources import RELATIVES, is_infinitive, left_edge
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_SHOWING = words("zeigte zeigt zeigten zeigen gab gibt gaben geben äußerte äußert äußerten äußern")
_FEELING = words(
    "überzeugt zuversichtlich besorgt enttäuscht optimistisch pessimistisch empört erleichtert erfreut "
    "zufrieden bereit skeptisch verwundert schockiert entsetzt bestürzt betroffen irritiert kritisch "
    "sicher überrascht hoffnungsvoll beeindruckt verärgert offen gesprächsbereit zurückhaltend"
)
_BEING = words("ist sind war waren")
_SURE = words("überzeugt zuversichtlich optimistisch sicher")
_OPENING = words("sehr tief zutiefst äußerst höchst wenig nicht ebenfalls auch weiter weiterhin")
_SELF = {
    "fr": words(
        "dit dite dits dites déclare déclarent déclaré déclarée déclarés montré montrée montre"
    ),
    "es": words(
        "mostró muestra mostraron muestran mostrado declaró declara dijo dice confesó manifestó"
    ),
}
_REFLEXIVE = {"fr": words("se s'est s'était sont"), "es": words("se")}
_MOODS = {
    "fr": (
        *(
            "confiant",
            "inquiet",
            "inquièt",
            "favorable",
            "opposé",
            "hostile",
            "prêt",
            "ouvert",
            "satisfait",
        ),
        *(
            "déçu",
            "surpris",
            "convaincu",
            "persuadé",
            "choqué",
            "rassuré",
            "optimiste",
            "pessimiste",
        ),
        *(
            "serein",
            "préoccupé",
            "soulagé",
            "scandalis",
            "étonné",
            "indigné",
            "attristé",
            "heureu",
            "fier",
        ),
        *("sceptique", "prudent", "consterné", "partisan", "innocent", "réservé", "déterminé"),
    ),
    "es": (
        *(
            "confiad",
            "preocupad",
            "favorable",
            "contrari",
            "dispuest",
            "abiert",
            "satisfech",
            "decepcionad",
        ),
        *(
            "sorprendid",
            "convencid",
            "optimista",
            "pesimista",
            "seren",
            "indignad",
            "partidari",
            "segur",
        ),
        *(
            "inocent",
            "orgullos",
            "feliz",
            "escéptic",
            "cautel",
            "aliviad",
            "esperanzad",
            "tranquil",
            "rotund",
        ),
        *(
            "crític",
            "molest",
            "tajante",
            "culpable",
            "list",
            "preparad",
            "capaz",
            "horrorizad",
            "afectad",
        ),
    ),
}
_SHORTEST = 2  # tokens of "besorgt darüber"
_DEGREES = words(
    "très plus peu fort assez bastante muy más poco particulièrement profondément no pas"
)


def in_a_mood(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement of a verb at i by which somebody tells a mood."""
    if lang.code == "de":
        return w.r.low[i] in _SHOWING | _BEING and _german(w, lang, i)
    if _commits(w, lang, i):
        return True
    if w.r.low[i] not in _SELF[lang.code]:
        return False
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    first = i
    while first > floor and (r.low[first - 1] in lang.aux or r.low[first - 1] in lang.adverbs):
        first -= 1
    if _REFLEXIVE[lang.code].isdisjoint(r.low[first:i]):
        return False
    k = i + 1
    while k < stop and (r.low[k] in _DEGREES or r.low[k] in lang.time or r.low[k] in lang.adverbs):
        k += 1
    if k >= stop or w.quoted[k] >= 0 or not r.low[k].startswith(_MOODS[lang.code]):
        return False
    edge = left_edge(w, lang, first, floor)
    if edge >= first or r.low[edge] in RELATIVES or w.sentence_stop(i) - k < _SHORTEST:
        return False
    source: Range | None = (edge, first)
    if first - edge == 1 and r.low[edge] in lang.stop:  # "…, aunque se mostró dispuesta a"
        source, _ = sentence_subject(w, lang, first)
    if source is None:
        return False
    content = (i + 1 if k - i <= 3 and r.low[i + 1] in _DEGREES else k, said_stop(w, lang, k, stop))
    if content[1] - content[0] < _SHORTEST and r.tag[content[1] : content[1] + 1] == [":"]:
        return False  # "se mostró aliviada: «…»"
    w.found.append(Statement([content], (first, i + 1), source, "tells a mood", r.low[i]))
    return True


_COMMITTED = ("engag", "comprometi", "compromet")


def _sure_that(w: Workspace, mood: int) -> bool:
    """ "Ist überzeugt, dass", not "ist überzeugt"."""
    that = w.r.tag[mood + 1 : mood + 2] == [","] and w.r.low[mood + 2 : mood + 3] == ["dass"]
    return that and w.r.low[mood] in _SURE


def _commits(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "S'est engagé à | fermer le site", "se comprometió a | cerrar la planta"."""
    if not w.r.low[i].startswith(_COMMITTED):
        return False
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if i + 2 >= stop or r.low[i + 1] not in ("à", "a"):
        return False
    first = i
    while first > floor and (r.low[first - 1] in lang.aux or r.low[first - 1] in lang.adverbs):
        first -= 1
    if _REFLEXIVE[lang.code].isdisjoint(r.low[first:i]) or not is_infinitive(
        lang.code, r.low[i + 2]
    ):
        return False
    edge = left_edge(w, lang, first, floor)
    if edge >= first or r.low[edge] in RELATIVES:
        return False
    content = (i + 2, said_stop(w, lang, i + 2, stop))
    w.found.append(Statement([content], (first, i + 1), (edge, first), "commits to", r.low[i]))
    return True


def _german(w: Workspace, lang: Foreign, i: int) -> bool:
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    ahead = range(i + 1, min(stop, i + 8))
    mood = next((k for k in ahead if r.low[k] in _FEELING and w.quoted[k] < 0), None)
    if (
        mood is None
        or (r.low[i] in _BEING and not _sure_that(w, mood))
        or (r.low[i] not in _BEING and "sich" not in r.low[i + 1 : mood])
        or any(r.tag[k] == "," for k in range(i, mood))
    ):
        return False
    begin = clause_begin(w, floor, i)
    if begin >= i:
        return False
    subject, _ = subject_and_object(w, (begin, i), i, mood)
    if subject is None or any(r.tag[k] in ",:" for k in range(*subject)):
        return False
    if r.low[i] in _BEING and r.low[subject[0]] in ("wir", "ich", "sie"):
        return False  # "Sie sind sicher, dass": who is asked
    start = mood
    while start - 1 > i and r.low[start - 1] in _OPENING:
        start -= 1
    if r.tag[mood + 1 : mood + 2] == [","] and r.low[mood + 2 : mood + 3] == ["dass"]:
        start = mood + 3
    content = (start, said_stop(w, lang, start, stop))
    if content[1] - content[0] < _SHORTEST:
        return False  # "Der Minister zeigte sich besorgt."
    w.found.append(Statement([content], (i, i + 1), subject, "tells a mood", r.low[i]))
    return True
