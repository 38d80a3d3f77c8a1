"""French and Spanish: ", ce que les syndicats contestent", ", algo que Roldán desmiente", ", un chiffre
que l'élue conteste": the noun before the relative clause is what is denied; "la ministre le dément",
"Prat lo niega y…": what the pronoun stands for; "no descarta recurrir": a no that is turned down."""

from __future__ import annotations

from variorum.stages.claims.foreign_before import subject_before
from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_sources import left_edge, source_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_POINTING = words("ce algo extremo cosa")
_NOUNS = words(
    "chiffre accusation version affirmation information hypothèse allégation cifra acusación versión "
    "afirmación información hipótesis dato hecho"
)
_ARTICLES = words("un une una el la le")
_LONGEST_SOURCE = 8  # tokens of who denies it
_PRONOUNS = {"fr": words("le la les"), "es": words("lo la los las")}
NOT = {"fr": words("pas rien jamais aucun aucune ni guère"), "es": words("no nunca tampoco ni")}
SPOKEN = words(
    "dit dite répondu répond parlé prononcé prononce prononcent exprimé dicho respondido hablado dijo dijeron "
    "respondió respondieron responde pronunció pronunciaron pronunciado pronuncia"
)
_TO_THE_NO = 5  # tokens of "donne pour l'heure | aucun détail"
_TO_THE_VERB = 7  # tokens from the "ne" or "no" to its verb
_AND = words("et mais y e pero aunque")


def denied_before(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement of a verb of denying at i whose object stands before it."""
    if w.r.low[i] not in lang.negative:
        return False
    first = negator(w, lang, i)
    if first is not None:
        return not_turned_down(w, lang, i, first)
    return _relative(w, lang, i) or _inverted(w, lang, i) or _pronoun(w, lang, i)


def negator(w: Workspace, lang: Foreign, i: int) -> int | None:
    """Where the negation of the verb at i begins: "n'a pas été en mesure de | dire", "no ha | dicho"."""
    r, floor = w.r, w.clause_floor(i)
    begin = i if lang.code == "fr" and r.low[i].startswith("n'") else i - 1
    for k in range(begin, max(floor, i - _TO_THE_VERB) - 1, -1):
        low = r.low[k]
        if r.tag[k] in ",.:" or w.quoted[k] >= 0 or low in lang.that:
            return None
        if lang.code == "es" and low in NOT["es"]:
            return k
        if lang.code == "fr" and (low == "ne" or low.startswith("n'")):
            around = r.low[k : i + _TO_THE_NO]
            return k if not NOT["fr"].isdisjoint(around) else None
        if k < i - 1 and low in lang.verbs and low not in SPOKEN:
            return None
    return None


def not_turned_down(w: Workspace, lang: Foreign, i: int, first: int) -> bool:
    """ "No descarta | que haya más víctimas", "n'exclut pas | une hausse": it may be so."""
    r, stop, k = w.r, w.sentence_stop(i), i + 1
    while k < stop and (r.low[k] in lang.adverbs or r.low[k] in ("rien", "guère")):
        k += 1
    if k + 1 >= stop or w.quoted[k] >= 0 or r.tag[k] in ",.:-" or "ni" in r.low[first:k]:
        return False
    k += r.low[k] in lang.that or r.low[k] == "de"
    floor = w.clause_floor(first)
    edge = left_edge(w, lang, first, floor)
    last = w.found[-1] if edge >= first and w.found else None
    if edge >= first and (last is None or r.paragraph[last.span[0]] != r.paragraph[i]):
        return False
    source = (edge, first) if edge < first else None
    s = Statement(
        [(k, said_stop(w, lang, k, stop))], (first, i + 1), source, "not turned down", r.low[i]
    )
    s.inherits = last
    w.found.append(s)
    return True


def _relative(w: Workspace, lang: Foreign, i: int) -> bool:
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if i + 1 < stop and r.tag[i + 1] != ",":
        return False
    for que in range(i - 1, max(floor + 1, i - _LONGEST_SOURCE) - 1, -1):
        if r.tag[que] == "," or w.quoted[que] >= 0:
            return False
        if r.low[que] == "que" or r.low[que].startswith(("qu'", "qu’")):
            break
    else:
        return False
    source = que + 1 if r.low[que] == "que" else que
    begin = noun_begins(w, que, floor)
    if begin is None or source >= i:
        return False
    return _add(w, (begin, que), (i, i + 1), (source, i), "noun, source, verb")


def _inverted(w: Workspace, lang: Foreign, i: int) -> bool:
    """ ", ce que conteste | le constructeur", ", algo que niega el alcalde"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if i < floor + 3 or r.low[i - 1] != "que":
        return False
    begin = noun_begins(w, i - 1, floor)
    end = source_end(w, lang, i + 1, stop)
    if begin is None or end == i + 1:
        return False
    return _add(w, (begin, i - 1), (i, i + 1), (i + 1, end), "noun, verb, source")


def _pronoun(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "La ministre | le | dément.", "Prat | lo | niega y…", "Preguntado por X, | la | descartó: …"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    ends = (
        i + 1 >= stop
        or r.tag[i + 1] in ",:"
        or r.low[i + 1] in _AND
        or r.low[i + 1] in lang.adverbs
    )
    first = i
    while first > floor and r.low[first - 1] in lang.aux:
        first -= 1
        if r.low[first] in _PRONOUNS[lang.code]:
            break
    it = first if first < i and r.low[first] in _PRONOUNS[lang.code] else i - 1
    if not ends or it < floor or r.low[it] not in _PRONOUNS[lang.code] or w.quoted[it] >= 0:
        return False
    edge = left_edge(w, lang, it, floor)
    source: Range | None = (edge, it) if edge < it else None
    if source is None and lang.code == "es":
        source = None if w.found else subject_before(w, lang, floor)
    last = w.found[-1] if source is None and w.found else None
    if source is None and (last is None or r.paragraph[last.span[0]] != r.paragraph[i]):
        return False
    s = Statement([(it, it + 1)], (i, i + 1), source, "source, pronoun, verb", r.low[i], True)
    s.inherits = last
    w.found.append(s)
    colon = i + 1 < r.size and r.tag[i + 1] == ":"
    q = w.after(i + 1) if colon else None
    if q is not None and not w.owned(q):
        said = Statement([], None, source, "source, colon, quotation", inherits=s)
        w.own(said, w.paragraphs_of(q))
    return True


def _add(w: Workspace, content: Range, cue: Range, source: Range, rule: str) -> bool:
    w.found.append(Statement([content], cue, source, rule, w.r.low[cue[0]], True))
    return True


def noun_begins(w: Workspace, que: int, floor: int) -> int | None:
    """Where what the relative clause hangs on begins, right after a comma; None if it is another."""
    low, tag = w.r.low, w.r.tag
    if low[que - 1] in _POINTING and que - 2 > floor and tag[que - 2] == ",":
        return que - 1
    noun = low[que - 1] in _NOUNS and low[que - 2] in _ARTICLES
    return que - 2 if noun and que - 3 > floor and tag[que - 3] == "," else None
