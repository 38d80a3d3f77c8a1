"""French, German and Spanish: verbs that say something only of some subjects: "des images montrent",
"un estudio muestra que", "die Untersuchung ergab, dass" of what is written or filmed, "die Meteorologen
erwarten Schnee" of those who forecast, "el magistrado aprecia riesgo de fuga" of a court.
"""

from __future__ import annotations

from variorum.stages.claims.foreign_german import clause_begin, subject_and_object
from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_sources import left_edge, that_word
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_SHOWING = {
    "fr": words("montre montrent montré montrait montraient"),
    "es": words("muestra muestran mostró mostraron mostrado mostraban"),
    "de": words("zeigt zeigen zeigte zeigten ergab ergaben ergibt ergeben belegt belegen belegte"),
}
_FORECASTING = words("erwartet erwarten erwartete erwarteten")
_JUDGING = words("aprecia apreció aprecian apreciaron apreciado")
_SHOWN = {
    "fr": words("photo photos vidéo analyse test recherche travaux cliché séquence résultat"),
    "es": words("foto fotos fotografía análisis prueba investigación resultado vídeo video"),
    "de": words(
        "test tests tests ermittlungen prüfung bild messung messungen zahlen daten studien"
    ),
}
_FILMED = (
    *("image", "vidéo", "photo", "séquence", "enregistrement", "cliché", "imágenes", "imagen"),
    *("vídeo", "video", "foto", "grabación", "grabaciones", "aufnahme", "bild", "clip"),
)
_NO_RECORDS = words("film livre site article film livres películas película libro libros artikel")
_FORECASTERS = (
    *(
        "meteorologe",
        "meteorologin",
        "experte",
        "expertin",
        "analyst",
        "ökonom",
        "volkswirt",
        "forscher",
    ),
    *(
        "fachleute",
        "wetterdienst",
        "institut",
        "beobachter",
        "statistiker",
        "notenbank",
        "marktforscher",
    ),
    *("branchenkenner", "konjunkturforscher", "prognostiker", "kommission", "verband"),
)
_COURTS = words(
    "magistrado magistrada juez jueza tribunal sala audiencia juzgado fiscal fiscalía instructor"
)
_WHAT = {
    "fr": words("un une le la les des comment l' deux trois plusieurs"),
    "es": words("un una el la los las cómo a unos unas"),
}
_FAR = 6  # tokens from a verb of showing to its "that"
_HEAD = 3  # tokens from the beginning of a subject to its noun


def said_of_some(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement of such a verb at i."""
    low = w.r.low[i]
    if lang.code == "de":
        return (low in _SHOWING["de"] or low in _FORECASTING) and _german(w, lang, i)
    showing = low in _SHOWING[lang.code]
    if not showing and not (lang.code == "es" and low in _JUDGING):
        return False
    floor, first = w.clause_floor(i), i
    while first > floor and (w.r.low[first - 1] in lang.aux or w.r.low[first - 1] in lang.adverbs):
        first -= 1
    edge = left_edge(w, lang, first, floor)
    if edge >= first or any(w.r.tag[k] in ",:" for k in range(edge, first)):
        return False
    if not (_records(w, lang, edge, first) if showing else _among(w, edge, first, _COURTS)):
        return False
    if not showing:
        content = _risk(w, lang, i + 1)
    else:
        content = _shown(w, lang, i + 1, objects=_filmed(w, edge, first))
    if content is None:
        return False
    w.found.append(
        Statement([content], (first, i + 1), (edge, first), "verb of some subjects", low)
    )
    return True


def _among(w: Workspace, a: int, b: int, choice: frozenset[str]) -> bool:
    return any(w.r.low[k].rpartition("'")[2] in choice for k in range(a, min(b, a + _HEAD)))


def _records(w: Workspace, lang: Foreign, a: int, b: int) -> bool:
    """Whether the noun of a subject is for what is written, filmed or found out."""
    n = nouns(lang.code)
    for k in range(a, min(b, a + _HEAD)):
        low = w.r.low[k].rpartition("'")[2]
        forms = {low, low.removesuffix("s"), low.removesuffix("es")}
        if forms & _NO_RECORDS or any(kind_of(n, x) in ("person", "organisation") for x in forms):
            return False
        if forms & _SHOWN[lang.code] or any(kind_of(n, x) == "artefact" for x in forms):
            return True
    return False


def _risk(w: Workspace, lang: Foreign, k: int) -> Range | None:
    """ "Aprecia | riesgo de fuga"."""
    stop = w.sentence_stop(k - 1)
    if k >= stop or w.quoted[k] >= 0 or not w.r.low[k].isalpha() or w.r.low[k] in lang.stop:
        return None
    comma = w.comma(k, stop)
    return (k, said_stop(w, lang, k, stop if comma is None else comma))


def _filmed(w: Workspace, a: int, b: int) -> bool:
    low = (w.r.low[k].rpartition("'")[2] for k in range(a, min(b, a + _HEAD)))
    return any(part in x for x in low for part in _FILMED)


def _shown(w: Workspace, lang: Foreign, k: int, *, objects: bool) -> Range | None:
    """ "Montrent | un homme qui court", "a montré en 2024 que | deux sur trois…"."""
    r, stop = w.r, w.sentence_stop(k - 1)
    for j in range(k, min(stop - 1, k + _FAR)):
        if r.tag[j] in ",:" or w.quoted[j] >= 0:
            break
        if that_word(lang, r.low[j]):
            start = j if "'" in r.low[j] else j + 1
            return (start, said_stop(w, lang, start, stop))
    if not objects or k + 1 >= stop or w.quoted[k] >= 0:
        return None
    named = r.low[k] in _WHAT[lang.code] or r.low[k].startswith("l'")
    return (k, said_stop(w, lang, k, stop)) if named else None


def _german(w: Workspace, lang: Foreign, i: int) -> bool:
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    begin = clause_begin(w, floor, i)
    if begin >= i or r.word[i][0].isupper() or w.quoted[i] >= 0:
        return False
    comma = w.comma(i + 1, stop)
    end = stop if comma is None else comma
    subject, obj = subject_and_object(w, (begin, i), i, end)
    if subject is None:
        return False
    if any(r.tag[k] in ",:" for k in range(*subject)):
        return False
    if r.low[i] in _FORECASTING:
        known = _forecasts(w, *subject)
    else:
        known = _records(w, lang, *subject) and subject == (begin, i)
        obj = obj if _filmed(w, *subject) else None
    if not known:
        return False
    content = _german_content(w, lang, i, comma, obj)
    if content is None:
        return False
    s = Statement([content], (i, i + 1), subject, "verb of some subjects", r.low[i])
    w.found.append(s)
    return True


def _forecasts(w: Workspace, a: int, b: int) -> bool:
    low = (w.r.low[k] for k in range(a, min(b, a + _HEAD)))
    return any(x.removesuffix("n").removesuffix("en").endswith(_FORECASTERS) for x in low)


def _german_content(
    w: Workspace, lang: Foreign, i: int, comma: int | None, obj: Range | None
) -> Range | None:
    """ "Ergab, dass | die Fische sterben", "zeigen | einen Mann mit Hut", "erwarten | Schnee"."""
    r, stop = w.r, w.sentence_stop(i)
    if comma is not None and comma + 2 < stop and comma - i <= _FAR:
        if that_word(lang, r.low[comma + 1]):
            return (comma + 2, said_stop(w, lang, comma + 2, stop))
        if r.low[comma + 1] == "wie" and r.low[i] in _SHOWING["de"]:
            return (comma + 1, said_stop(w, lang, comma + 1, stop))
    if obj is None or obj[0] <= i or w.quoted[obj[0]] >= 0 or r.low[obj[0]] == "sich":
        return None
    return (obj[0], said_stop(w, lang, obj[0], stop)) if obj[1] > obj[0] else None
