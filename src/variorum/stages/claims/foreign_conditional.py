"""French and Spanish: the conditional of hearsay without anybody who says it: "L'accident aurait été
provoqué par un spectateur", "Los detenidos habrían obtenido un botín".
"""

from __future__ import annotations

from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_sources import RELATIVES, clause_head, is_infinitive, that_word
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.workspace import Statement, Workspace

_HAVING = {"fr": words("aurait auraient"), "es": words("habría habrían")}
# What could have been, not what is said to have been: "aurait pu", "habría preferido", "si…"
_NOT_REAL = words(
    "pu dû voulu fallu aimé préféré souhaité mérité suffi permis cru pensé imaginé évité gagné été-préférable "
    "podido debido querido gustado preferido bastado merecido permitido evitado creído imaginado sido-mejor"
)
_WORTH = words(
    "possible préférable impossible utile mieux nécessaire souhaitable plus moins bon bien si trop "
    "posible mejor imposible útil preferible necesario deseable más menos bueno bien tan demasiado"
)
_IF = words(
    "si s'il s'ils s'elle s'elles sinon autrement quand cuando même quién qui quel quelle qué "
    "comment cómo pourquoi combien cuánto je j' j'aurais on nous vous"
)
_PARTICIPLES = {
    "fr": ("é", "ée", "és", "ées", "i", "ie", "is", "it", "u", "ue", "us", "ert", "eint", "uit"),
    "es": ("ado", "ido", "to", "cho"),
}
_FAR = 4  # tokens from the auxiliary to its participle


def said_to_have(w: Workspace, lang: Foreign) -> None:
    """Adds the sentences in the conditional of hearsay that hold no other statement."""
    r = w.r
    taken = {
        r.sentence[k]
        for s in w.found
        for a, b in [*s.parts, *([s.cue] if s.cue else [])]
        for k in (a, b - 1)
    }
    for i, low in enumerate(r.low):
        if low in _HAVING[lang.code] and w.quoted[i] < 0 and r.sentence[i] not in taken:
            s = _hearsay(w, lang, i)
            if s is not None:
                taken.add(r.sentence[i])
                w.found.append(s)


def _hearsay(w: Workspace, lang: Foreign, i: int) -> Statement | None:
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if r.word[r.sentence_end(i) - 1] == "?" or not _IF.isdisjoint(r.low[floor:stop]):
        return None
    if r.low[floor] in ("sans", "sin"):
        return None
    if r.low[floor] == "de" and is_infinitive(lang.code, r.low[floor + 1]):
        return None  # "De haberlo sabido, se habría quedado"
    if any(w.quoted[k] >= 0 for k in range(floor, i)) or not _has_done(w, lang, i, stop):
        return None
    if any(r.low[k] in RELATIVES or that_word(lang, r.low[k]) for k in range(floor, i)):
        return None
    head = clause_head(w, lang, floor, i)
    if head is None or any(r.tag[k] == ":" for k in range(floor, i)):
        return None
    return Statement([(floor, stop)], (i, i + 1), None, "hearsay", r.low[i])


def _has_done(w: Workspace, lang: Foreign, i: int, stop: int) -> bool:
    low = w.r.low
    for k in range(i + 1, min(stop, i + 1 + _FAR)):
        if low[k] in _NOT_REAL or low[k] in _WORTH:
            return False
        if low[k] in ("été", "sido"):
            return k + 1 < stop and low[k + 1] not in _WORTH and _participle(lang, low, k + 1)
        if low[k] in lang.adverbs or low[k] in ("donc", "ainsi", "notamment", "même", "peut-être"):
            continue
        if low[k].endswith(_PARTICIPLES[lang.code]):
            return True
    return False


def _participle(lang: Foreign, low: list[str], k: int) -> bool:
    return any(x.endswith(_PARTICIPLES[lang.code]) for x in low[k : k + 3])
