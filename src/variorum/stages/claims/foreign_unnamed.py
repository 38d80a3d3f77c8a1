"""French and Spanish: what is said by no one named, and from where: "Se supo que…", "Il a été annoncé que…", "On
murmure que…", "Se le imputa haber…", "En la Casa Rosada repiten que…", "À la mairie, on assure que…", "« … »,
lit-on dans le communiqué".
"""

from __future__ import annotations

from variorum.stages.claims.foreign_frames import speaks
from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_sources import is_infinitive, source_end, that_word
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_KNOWN = {
    "es": words(
        "sabe supo informó informa anunció anuncia comunicó comunica confirmó confirma dice dijo rumorea rumoreó "
        "comenta comentó murmura afirma afirmó asegura aseguró cree estima estimó calcula calculó teme sospecha "
        "indicó indica señaló señala precisó aclaró constató comprobó determinó estableció denunció advirtió reveló"
    ),
    "fr": words(
        "annoncé précisé indiqué confirmé rapporté établi décidé reproché rappelé expliqué signalé démontré prouvé "
        "révélé constaté convenu souligné affirmé déclaré"
    ),
}
_LEAKED = words("trascendió trasciende transcendió")
_CHARGING = {
    "es": words(
        "imputa imputó imputan atribuye atribuyó atribuyen acusa acusó acusan reprocha reprochan achaca achacan "
        "endilga adjudica incrimina señala"
    ),
    "fr": words("reproché reproche impute imputé accuse"),
}
_PLACES = {
    "es": words("en desde"),
    "fr": words("à au aux dans chez du de"),
}
_THEY = {
    "es": words(
        "dicen aseguran afirman explican sostienen señalan indican repiten insisten admiten reconocen niegan "
        "advierten creen recuerdan confirman apuntan precisan comentan dijeron aseguraron afirmaron explicaron"
    )
}
_READ = words("lee leer leerse lit lire")
_LONGEST_PLACE = 8  # tokens of "En la sede del partido"


def unnamed(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement of such a verb at i."""
    low = w.r.low[i]
    if (low in _KNOWN[lang.code] or low in _LEAKED) and _it_is_known(w, lang, i):
        return True
    if low in _CHARGING[lang.code] and _charged(w, lang, i):
        return True
    if lang.code != "es" or low not in _THEY["es"]:
        return False
    return _they_say(w, lang, i) or _they_say_there(w, lang, i)


def _it_is_known(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Se supo | que", "trascendió | que", "il a été annoncé | que"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if lang.code == "es":
        led = i > floor and r.low[i - 1] == "se" and (i - 1 == floor or r.low[i - 2] in _OPENERS)
        led = led or (r.low[i] in _LEAKED and i - floor <= 1)
        begin = i - (r.low[i - 1] == "se")
    else:
        begin = i - 3
        led = begin >= floor and r.low[begin:i] == ["il", "a", "été"] and begin - floor <= 4
    if not led or i + 2 >= stop or not that_word(lang, r.low[i + 1]):
        return False
    return _tell(w, lang, (begin, i + 1), i + 1, None)


_OPENERS = words("también ayer hoy además luego después y pero así ya nunca no , lunes martes miércoles jueves "
                 "viernes sábado domingo")  # fmt: skip


def _charged(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Se le imputa | haber vendido recetas", "il lui est reproché d' | avoir menti"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if lang.code == "es":
        k, begin = i + 1, i
        while begin > floor and r.low[begin - 1] in ("le", "les", "lo", "la", "los", "las", "se"):
            begin -= 1
        if r.low[begin] != "se" or begin == i:
            return False
        k += r.low[k : k + 1] == ["de"]
    else:
        begin = next(
            (k for k in range(i - 1, max(floor, i - 4) - 1, -1) if r.low[k] in ("il", "on")), -1
        )
        if begin < 0 or (r.low[begin] == "il" and not {"est", "était"} & {*r.low[begin:i]}):
            return False
        at = next((k for k in range(i + 1, min(stop, i + 7)) if r.low[k].startswith("d")), -1)
        k = at + (r.low[at] == "de") if at >= 0 and r.low[at][:2] in ("de", "d'") else -1
    if not 0 < k < stop - 1 or not is_infinitive(lang.code, r.low[k].removeprefix("d'")):
        return False
    return _tell(w, lang, (begin, i + 1), k, None)


def _they_say(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "En la Casa Rosada repiten | que nada está resuelto"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if r.low[floor] not in _PLACES["es"] or not 2 < i - floor <= _LONGEST_PLACE or i + 2 >= stop:
        return False
    if not that_word(lang, r.low[i + 1]) or any(r.tag[k] in ",:" for k in range(floor, i)):
        return False
    source = (floor + 1, i)
    if source_end(w, lang, floor + 1, i) != i or not _speaks(w, lang, *source):
        return False
    return _tell(w, lang, (i, i + 1), i + 1, source)


def _they_say_there(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "“…”, dicen | en el Ministerio de Educación"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if r.low[i + 1 : i + 2] not in (["en"], ["desde"]) or i + 2 >= stop or r.tag[i - 1] != ",":
        return False
    end = source_end(w, lang, i + 2, stop)
    if end < stop or end == i + 2 or not _speaks(w, lang, i + 2, end):
        return False
    q = w.before(i)
    s = Statement([], (i, i + 1), (i + 2, end), "quotation, said there", r.low[i])
    if q is not None and not w.owned(q):
        w.own(s, w.paragraphs_of(q))
    elif q is None and i - 1 > floor:
        s.parts = [(floor, i - 1)]
        w.found.append(s)
    return bool(s.parts)


def _speaks(w: Workspace, lang: Foreign, a: int, b: int) -> bool:
    return speaks(w, lang, a, b) or any(w.r.word[k][0].isupper() for k in range(a, b))


def _tell(w: Workspace, lang: Foreign, cue: Range, k: int, source: Range | None) -> bool:
    start = k + (w.r.low[k] == "que")
    stop = w.sentence_stop(cue[0])
    if start >= stop or w.quoted[start] >= 0:
        return False
    content = (start, said_stop(w, lang, start, stop))
    w.found.append(Statement([content], cue, source, "it is said", w.r.low[cue[1] - 1]))
    return True


def place_of(w: Workspace, lang: Foreign, on: int) -> Range | None:
    """Who "on" at a token is: "À la mairie, | on | assure", "assure-t-on | à la préfecture", "lit-on | dans le
    communiqué", "explique-t-on | du côté du syndicat"."""
    r, stop = w.r, w.sentence_stop(on)
    if "-" in r.low[on]:
        k = on + 1
        while k < stop and (r.low[k] in lang.time or r.low[k] in lang.adverbs):
            k += 1
        return _place(w, lang, k, stop)
    floor = w.clause_floor(on)
    if floor < on - 1 and r.tag[on - 1] == ",":
        return _place(w, lang, floor, on - 1)
    return None


def _place(w: Workspace, lang: Foreign, k: int, stop: int) -> Range | None:
    r = w.r
    if r.low[k : k + 3] in (["du", "côté", "de"], ["du", "côté", "du"], ["du", "côté", "des"]):
        k += 2
    bare = k < stop and r.low[k].startswith(("l'", "d'"))
    if k + 1 >= stop or r.low[k] not in _PLACES["fr"] | {"des"}:
        return None
    end = source_end(w, lang, k + 1, stop)
    if end == k + 1 and r.low[k] in ("au", "aux", "du", "des"):
        end = min(stop, k + 2)
    n = nouns(lang.code)
    known = any(kind_of(n, r.low[j].rpartition("'")[2]) for j in range(k + 1, end))
    named = any(r.word[j].rpartition("'")[2][:1].isupper() for j in range(k + 1, end))
    return (k + 1, end) if end > k + 1 and (known or named or bare) else None


def read_in(w: Workspace, lang: Foreign, i: int) -> Range | None:
    """The document of "…, se lee | en el comunicado", "puede leerse | en la carta"."""
    r, stop = w.r, w.sentence_stop(i)
    if r.low[i] not in _READ or r.low[i + 1 : i + 2] not in (["en"], ["dans"]):
        return None
    end = source_end(w, lang, i + 2, stop)
    if end == i + 3 and r.low[i + 2] in nouns(lang.code).definite and i + 3 < stop:
        end += 1  # "el | comunicado", also a participle
    return (i + 2, end) if end > i + 2 else None


def read_tag(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "« … », se lee en el comunicado", "“…”, puede leerse en la carta"."""
    if w.r.low[i] not in _READ:
        return False
    source = read_in(w, lang, i)
    k = i
    while k > 0 and w.r.low[k - 1] in ("se", "puede", "peut", "on", "pudo"):
        k -= 1
    q = w.before(k) if source is not None and k > 0 else None
    if q is None or w.owned(q) or source is None:
        return False
    w.own(Statement([], (k, i + 1), source, "quotation, read in", w.r.low[i]), w.paragraphs_of(q))
    return True
