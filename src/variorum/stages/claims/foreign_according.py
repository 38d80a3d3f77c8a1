"""French, German and Spanish: "selon X", "laut Y", "según Z", "nach Angaben", "zufolge"."""

from __future__ import annotations

from itertools import pairwise

from variorum.stages.claims.foreign_lists import Foreign, nouns
from variorum.stages.claims.foreign_objects import HEARSAY_NOUNS, said_stop
from variorum.stages.claims.foreign_relatives import is_speaker, phrase_start
from variorum.stages.claims.foreign_sources import (
    bare_participle,
    german_end,
    marked_name_end,
    source_end,
)
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.workspace import Statement, Workspace

_RELATIVES = frozenset(["al", "a", "que", "qui", "dont", "quien"])
_LONGEST_CALLING = 8  # tokens of ", analyste chez Valorys,"
_SAYS_WHOSE = ("ischen", "offiziellen", "eigenen", "amtlichen")
_ADJECTIVES = 3  # words of "nach bisherigen eigenen Angaben" before the noun
_LONGEST_WITNESS = 6  # tokens of "einem Sprecher der Polizei zufolge"
_DATIVES = frozenset(["dem", "der", "den", "einem", "einer", "ihrem", "seinem", "ihrer", "seiner"])
_WHICH = frozenset(["das", "der", "die", "den", "dem"])
_FAR = 15  # tokens from the source to the comma after it
_OF_WHOM = frozenset(
    [
        "der",
        "des",
        "von",
        "vom",
        "eines",
        "einer",
        "seines",
        "seiner",
        "ihres",
        "ihrer",
        "dieses",
        "dieser",
    ]
)


_OURS = words("nos nuestras nuestros notre")
_NO_SOURCES = words(
    "temporada época épocas caso casos estación edad edades zona zonas región regiones tipo tipos tamaño día días "
    "hora horas regla reglas necesidad necesidades disponibilidad demanda precio precios criterio país países año "
    "años tendencia tendencias plan planes calendario categoría perfil tiempo situación circunstancias lugar grado "
    "nivel niveles sexo gusto gustos normas norma costumbre costumbres "
    "saison saisons cas âge âges région régions taille type types jour jours heure heures règle règles besoin "
    "besoins goût goûts envie envies moyens modèle modèles horaires critère critères pays année années principe "
    "usage époque humeur humeurs secteur secteurs niveau niveaux calendrier situation sexe lieu lieux rythme "
    "artikel paragraf gesetz vertrag vorschrift vorschriften vorgaben regel tradition satzung verordnung absatz "
    "bestimmung bestimmungen motto wunsch auftrag fahrplan beipackzettel"
)


_NO_NOUNS = words(
    "war ist waren wird wurde sei auf und vor aus in hinter durch"
)  # "es war laut und"


def no_source(w: Workspace, a: int, b: int) -> bool:
    """ "Selon la saison", "según las reglas habituales": what depends on something is said by no one."""
    r = w.r
    heads = range(a, min(b, a + 2))
    return r.low[a] in _NO_NOUNS or any(r.low[k].rpartition("'")[2] in _NO_SOURCES for k in heads)


def according(w: Workspace, lang: Foreign, i: int) -> None:
    """Selon X, …; …, selon X; Laut X wurden…"""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    floor = next((j + 1 for j in range(i - 1, floor, -1) if r.tag[j] == ":"), floor)
    if whereby(w, lang, i):
        return
    begin = _past_verb(w, lang, i + 1, stop)
    if begin > i + 1 and begin < stop and r.tag[begin] == ",":
        _as_said(w, i, begin, floor, stop)
        return
    end = source_end(w, lang, begin, stop)
    end = max(end, marked_name_end(w, begin, stop))
    ours = r.low[begin : begin + 1] and r.low[begin] in _OURS
    if ours:
        end = begin + 2  # "Selon nos informations"
    if end == begin or no_source(w, begin, end):
        return
    speaker = any(is_speaker(lang, r.low[k], things=True) for k in range(begin, end))
    if r.low[i] == "gemäß" and not speaker and not r.word[begin].isupper():
        return  # "gemäß einem Schlüssel", but "gemäß ÖBB"
    end = _apposed_end(w, lang, end, stop)
    statement = Statement([], (i, i + 1), (begin, end), "according to X, clause", r.low[i])
    if ours:
        statement.cue, statement.source = (i, end), None
    if i - floor <= 1 or (i - floor <= 4 and r.tag[i - 1] == ","):
        start = _past_description(w, lang, end, stop)
        statement.parts = [(start, stop)] if start < stop else []
    else:
        statement.rule = "clause, according to X"
        statement.parts = [(floor, i - 1 if r.tag[i - 1] == "," else i)]
        if end + 1 < stop and r.tag[end] == "," and r.tag[i - 1] == ",":
            statement.parts.append((end + 1, stop))
        elif lang.code == "de" and end + 1 < stop and r.tag[i - 1] != ",":
            statement.parts.append((end, stop))  # "X kommt laut Y auf neun Prozent"
    if statement.parts:
        w.found.append(statement)


def _past_verb(w: Workspace, lang: Foreign, begin: int, stop: int) -> int:
    """ "Según | ha informado | la organización", "según comunicó | la entidad", "según publicó la semana
    pasada | el diario"."""
    r = w.r
    while begin + 1 < stop and r.low[begin] in lang.aux:
        begin += 1
    if begin >= stop or r.low[begin] not in lang.verbs:
        return begin
    begin += 1
    while begin < stop and r.low[begin] in lang.time:
        begin += 1
    timed = begin + 2 < stop and {r.low[begin + 1], r.low[begin + 2]} & lang.time
    if timed and r.low[begin] in ("la", "el"):
        begin += 2 + (r.low[begin + 2] in lang.time)
    return begin


def _past_description(w: Workspace, lang: Foreign, end: int, stop: int) -> int:
    """Where what is said begins: after the comma, and past what tells more of the source: "según un
    informe al que ha tenido acceso este diario, |", "d'après un sondage publié dimanche, |"."""
    r = w.r
    comma = w.comma(end, min(stop, end + _FAR))
    if comma is None or end >= stop:
        return end
    apart = r.tag[end] == ","
    k = end + apart
    led = r.low[k] in _RELATIVES or (
        r.low[k] in _BEFORE_RELATIVE and r.low[k + 1] in _RELATIVE_PRONOUNS
    )
    made = lang.code != "de" and bare_participle(w, lang, k, k)
    if not led and not made:
        return k
    close = comma if not apart else w.comma(k, min(stop, k + _FAR))
    return k if close is None else close + 1


_RELATIVE_PRONOUNS = words("que cual cuales quien laquelle lequel lesquels lesquelles")
_BEFORE_RELATIVE = words("del al de a en con la el los las à dont auquel")
_WHICH_ONE = words("lequel laquelle lesquels lesquelles")


def whereby(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Un informe según el cual | la presa está rota", "…, opinó el abogado Y, | según el cual | …": said
    by what stands before; True for any "selon lequel"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    which = r.low[i + 1 : i + 3]
    if which[:1] and which[0] in _WHICH_ONE:
        begin = i + 2
    elif lang.code == "es" and len(which) == 2 and which[1] in ("cual", "cuales"):
        begin = i + 3
    else:
        return False
    last = w.found[-1] if w.found else None
    source = None
    if last is not None and last.source is not None and floor <= last.source[0] < i:
        source = last.source if last.source[1] == i - (r.tag[i - 1] == ",") else None
    source = source or _antecedent(w, lang, floor, i)
    if source is not None and begin < stop and r.low[i - 1] not in HEARSAY_NOUNS:
        content = (begin, said_stop(w, lang, begin, stop))
        w.found.append(Statement([content], (i, i + 1), source, "whereby", r.low[i]))
    return True


def _antecedent(w: Workspace, lang: Foreign, floor: int, i: int) -> tuple[int, int] | None:
    """The noun phrase of one that speaks or of a document, right before token i."""
    end = i - (w.r.tag[i - 1] == ",")
    start = phrase_start(w, lang, end, floor)
    if start is None:
        return None
    speaks = any(is_speaker(lang, w.r.low[k], things=True) for k in range(start, end))
    return (start, end) if speaks else None


def _apposed_end(w: Workspace, lang: Foreign, end: int, stop: int) -> int:
    """ "Selon Marie Coste, analyste chez Valorys, |": past a calling or a name between commas."""
    r = w.r
    if lang.code == "de" or end + 2 >= stop or r.tag[end] != ",":
        return end
    comma = w.comma(end + 1, min(stop, end + _LONGEST_CALLING))
    n, k = nouns(lang.code), end + 1
    called = r.low[k] in n.male or r.low[k] in n.feminine_nouns or r.low[k] in n.titles
    named = comma is not None and all(r.word[j][0].isupper() for j in range(k, comma))
    return comma if comma is not None and (called or (named and comma - k > 1)) else end


def _as_said(w: Workspace, i: int, end: int, floor: int, stop: int) -> None:
    """ "Según denuncia, faltan conductores", "…, según dijo, …": said by who spoke last."""
    last = w.found[-1] if w.found else None
    if last is None or end + 1 >= stop:
        return
    s = Statement([(end + 1, stop)], (i, end), None, "as said, clause", w.r.low[end - 1])
    s.inherits = last
    w.found.append(s)


def in_words_of(r: Reading, lang: Foreign, i: int) -> int | None:
    """ "Nach Angaben der Polizei", "Nach seinen Worten", "Nach offiziellen Angaben": after the noun;
    None where "nach" leads to no such noun."""
    k = i + 1
    while (
        k < r.size and k - i <= _ADJECTIVES and r.low[k].endswith("en") and r.word[k][0].islower()
    ):
        k += 1
    if k >= r.size or not r.word[k][0].isupper():
        return None
    return k + 1 if r.low[k].endswith(tuple(lang.according_nouns)) else None


def in_words(w: Workspace, lang: Foreign, i: int, end: int) -> None:
    """German "nach" with a noun for words; ``end`` is after that noun."""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    whose = source_end(w, lang, end, stop) if r.low[end : end + 1] != ["im"] else end
    whose = max(whose, marked_name_end(w, end, stop))
    led = r.low[end : end + 1] and r.low[end] in _OF_WHOM
    source: tuple[int, int] | None = (end, whose) if led and whose > end else None
    if source is not None and r.low[end] == "von" and whose > end + 1:
        known = r.low[end - 1] in lang.according_nouns or r.low[i] == "aus"
        named = not known or r.low[end - 2].endswith(_SAYS_WHOSE)
        source = None if named else (end + 1, whose)  # "nach Polizeiangaben von Montag"
    if r.low[i + 1] in ("seinen", "ihren"):
        source = (i + 1, i + 2)
    own = r.low[i + 1] == "eigenen"
    after = source[1] if source is not None and source[0] >= end else end
    cue = (i, end)
    if own:
        first = german_end(w, floor, i) if i > floor else floor
        later = german_end(w, after + 1, stop) if after + 1 < stop else after
        source = (floor, first) if first > floor else (after + 1, later)
        source = source if source[1] > source[0] else None
    elif source is None and end - i >= 2:
        source = (i + 1, end)  # "nach offiziellen Angaben", "nach Polizeiangaben"
    s = Statement([], cue, source, "according to X, clause", "nach")
    if i == floor:
        s.parts = [(after + (r.tag[after : after + 1] == [","]), stop)]
    else:
        s.parts = [(floor, i - (r.tag[i - 1] == ","))]
        if after + 1 < stop:
            s.parts.append((after + (r.tag[after] == ","), stop))
    if s.parts[0][1] > s.parts[0][0]:
        w.found.append(s)


def postposed(w: Workspace, i: int) -> None:
    """Der Polizei zufolge …; Dort wurden Augenzeugen zufolge …"""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    if floor >= i or i + 1 >= stop:
        return
    start = i + 1
    if r.tag[start] == ",":  # "Einem Papier zufolge, das der Zeitung vorliegt, …"
        comma = w.comma(start + 1, stop)
        start = start + 1 if comma is None or r.low[start + 1] not in _WHICH else comma + 1
    rule = "according to X, clause"
    if german_end(w, floor, i) == i or i - floor <= 2:
        w.found.append(Statement([(start, stop)], (i, i + 1), (floor, i), rule, "zufolge"))
        return
    k = i - 1
    while k > floor + 1 and i - k < _LONGEST_WITNESS and r.low[k] not in _DATIVES:
        k -= 1
    if r.low[k] not in _DATIVES or german_end(w, k, i) != i:
        k = i - 1
    if not r.word[i - 1][0].isupper() or k <= floor:
        return
    parts = [(floor, k), (start, stop)]
    w.found.append(Statement(parts, (i, i + 1), (k, i), "clause, according to X", "zufolge"))


def for_one(w: Workspace, lang: Foreign, i: int) -> None:
    """Pour X, c'est « … »: only with words of X's."""
    stop = w.sentence_stop(i)
    comma = w.comma(i, stop)
    if comma is None or any(w.r.low[k] in lang.verbs for k in range(comma, stop)):
        return  # "Pour la défense, Me X a dénoncé…"
    if any(w.quoted[k] >= 0 for k in range(comma, stop)) or _person(w, lang, i + 1, comma):
        according(w, lang, i)


def _person(w: Workspace, lang: Foreign, a: int, b: int) -> bool:
    """ "Pour l'avocate des plaignantes", "Para el economista": a noun for a person comes first."""
    n = nouns(lang.code)
    for k in range(a, min(b, a + 3)):
        low = w.r.low[k].rpartition("'")[2]
        several = {low.removesuffix("s"), low.removesuffix("es")} if not n.compounds else {low}
        if not n.people.isdisjoint({low, *several}):
            return True
        if low in n.of:
            break
    capitals = [w.r.word[k].rpartition("'")[2][:1].isupper() for k in range(a, min(b, a + 4))]
    return any(x and y for x, y in pairwise(capitals))  # "Pour l'hydrologue Katrin Vessel"
