"""French, German and Spanish: what follows a verb of saying: a "that" clause, a quotation, an infinitive, a noun
phrase; or what stood before it.
"""

from __future__ import annotations

from collections.abc import Callable

from variorum.stages.claims.foreign_before import adverbial
from variorum.stages.claims.foreign_german import (
    PREPOSITIONS,
    held_object,
)
from variorum.stages.claims.foreign_infinitives import (
    infinitive_after,
)
from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_objects import (
    AND,
    said_stop,
    verb_again,
    with_cited_words,
)
from variorum.stages.claims.foreign_relatives import NO_THAT
from variorum.stages.claims.foreign_sources import (
    RELATIVES,
    that_word,
)
from variorum.stages.claims.foreign_surroundings import Verb
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.workspace import Statement, Workspace

_OBJECTS = {"es": frozenset(["lo", "la", "los", "las"]), "fr": frozenset(["le", "la", "les"])}
_TO_SOMEBODY = frozenset(["ihm", "ihr", "ihnen", "lui", "leur", "le", "les"])
_JUDGING = ("tach", "tild", "calific", "qualif")
_SPEAKING = ("parl", "habl", "advi", "advert", "alert")
_DIRECT = words("el la los las le les un una une")
_OF_WHAT = frozenset(["de", "du", "des", "d", "del"])
_ON = frozenset(["sobre", "sur"])
_FAR = 15  # tokens from a verb to its "that", colon or quotation


_SUBORDINATORS = words(
    "aunque mientras cuando porque pues si tandis alors bien lorsque quand car puisque où donde"
)


def _clause_or_quotation(w: Workspace, lang: Foreign, s: Statement, v: Verb, k: int) -> bool:
    """A "that" clause, a quotation, a German clause after a comma."""
    r = w.r
    for j in range(k, min(v.stop, k + _FAR)):
        if verb_again(w, lang, j, v.stop):
            return False
        if lang.code != "de" and r.tag[j] == ",":
            return False  # "acusó a X de mentir, algo que X niega"
        if w.quoted[j] >= 0:
            if r.tag[j - 1] in ":," or j == k:
                _own_from(w, s, j)
                return True
            return with_cited_words(w, lang, s, k, j, v.stop)
        comma = lang.code == "de" and r.tag[j] == "," and j + 2 < v.stop
        if comma and r.low[j + 1] in lang.so:
            return False  # "Er bestreite die Tat, so der Jurist"
        wonach = j + 1 < v.stop and not that_word(lang, r.low[j + 1])
        wonach = wonach and r.low[k] not in PREPOSITIONS  # "verneinte auf Nachfrage, …"
        if comma and wonach and j > k and s.lemma in lang.nominal and r.word[j - 1][0].isupper():
            return False  # "widersprach | Berichten, wonach…"
        if (that_word(lang, r.low[j]) and not _since(r.low, j)) or comma:
            if j > k and not comma and _has_object(w, lang, s, k):
                return False  # "criticó a los vecinos | que denuncian el ruido"
            start = j if "'" in r.low[j] else j + 1
            if comma and that_word(lang, r.low[j + 1]):
                start = j + 2
            if start < v.stop:
                _own_clause(w, lang, s, start, v.stop)
                return True
        if r.tag[j] == ":" and j + 1 < r.size and w.quoted[j + 1] < 0:
            break
    return False


_HOW = words("cómo cuándo cuánto cuántos quién dónde comment pourquoi combien")
_TELLING = words(
    "explica explicó explican explicaron explicado cuenta contó cuentan detalló detalla relató relata describió "
    "recordó recuerda aclaró aclara reveló revela narró narra explique expliqué expliquent raconte raconté racontent "
    "détaille détaillé décrit rappelle rappelé précise précisé"
)
_HEARSAY = words("aurait auraient habría habrían")
_SINCE = words(
    "desde hasta depuis avant après pendant dès alors tandis parce para sin pour sans afin"
)
_BEFORE_DE = words("antes después luego pesar")


def _how(w: Workspace, lang: Foreign, s: Statement, v: Verb, k: int) -> bool:
    """ "Explica | cómo se orientan las abejas"."""
    if k + 1 >= v.stop or w.r.low[k] not in _HOW or s.source is None or s.lemma not in _TELLING:
        return False
    _own_clause(w, lang, s, k, v.stop)
    return True


def _since(low: list[str], j: int) -> bool:
    """ "Denunció 64 casos desde | que cerró la frontera": a "que" that tells when or why."""
    if low[j].partition("'")[0] not in ("que", "qu"):
        return False
    return low[j - 1] in _SINCE or (low[j - 1] == "de" and low[j - 2] in _BEFORE_DE)


def _has_object(w: Workspace, lang: Foreign, s: Statement, k: int) -> bool:
    """Whether a noun phrase at k is what the verb is about, so that "que" tells more of it."""
    if lang.code == "de" or s.source is None or s.source[0] >= k:
        return False
    if s.lemma.startswith(NO_THAT):
        return True
    low = w.r.low
    noun = low[k] in _DIRECT and low[k + 1].isalpha() and low[k + 1] not in lang.time
    return noun and s.lemma in lang.nominal


def _own_clause(w: Workspace, lang: Foreign, s: Statement, start: int, stop: int) -> None:
    if not _own_whole(w, s, start, stop):
        end = said_stop(w, lang, start, stop)
        s.parts = [(start, end)]
        s.rule = "verb, that, clause"
        w.found.append(s)
        _announced(w, s, end, stop)


def _announced(w: Workspace, s: Statement, colon: int, stop: int) -> None:
    """ "A prévenu que ce ne serait pas la dernière : | « … »": in the same speaker's words."""
    q = w.after(colon) if colon < stop and w.r.tag[colon] == ":" else None
    if q is not None and not w.owned(q):
        said = Statement([], None, s.source, "source, colon, quotation", s.lemma)
        said.inherits = s.inherits
        w.own(said, w.paragraphs_of(q))


def _own_from(w: Workspace, s: Statement, j: int) -> None:
    q = w.quotes[w.quoted[j]]
    if q.first == j and not w.owned(q):
        s.rule = "source, verb, quotation"
        w.own(s, w.paragraphs_of(q))


def _own_whole(w: Workspace, s: Statement, j: int, stop: int) -> bool:
    """A quotation that is all of the clause."""
    q = w.quotes[w.quoted[j]] if w.quoted[j] >= 0 else None
    if q is None or q.first != j or w.owned(q) or q.last + 1 < stop:
        return False
    _own_from(w, s, j)
    return True


def _infinitive_after(w: Workspace, lang: Foreign, s: Statement, v: Verb, k: int) -> bool:
    return infinitive_after(w, lang, s, k, v.stop)


def noun_phrase_after(w: Workspace, lang: Foreign, s: Statement, v: Verb, k: int) -> bool:
    """La société dément toute erreur."""
    known = s.source is not None and s.source[1] <= v.first and s.lemma in lang.nominal
    again = s.source is None and s.inherits is not None and w.r.low[v.first - 1] in AND
    known = known or (again and s.lemma in lang.nominal)
    if known and s.lemma.startswith(_SPEAKING) and not _of(w, v, k):
        return False
    if known and lang.code == "de" and (k >= v.stop or w.r.tag[k] == ","):
        return held_object(w, s, v.at)
    if not known or k >= v.stop or w.quoted[k] >= 0 or w.r.tag[k] in ".,:-(":
        return False
    end = said_stop(w, lang, k, v.stop)
    comma = w.comma(k, end)
    rumour = comma is not None and not _HEARSAY.isdisjoint(w.r.low[v.first : v.at])
    if rumour and comma and not lang.verbs.isdisjoint(w.r.low[comma + 1 : min(end, comma + 3)]):
        return False  # "Ils auraient exigé une rançon, | rapporte la radio"
    if comma is not None and lang.code != "de" and _adds(w, lang, comma):
        end = comma
    if s.lemma.startswith("cond") and any(w.r.low[m] in ("à", "a") for m in range(k, end)):
        return False  # a sentence: "a condamné un notaire à trois ans de prison"
    judged = s.lemma.startswith(_JUDGING) and any(w.r.low[m] == "de" for m in range(k, end))
    if judged:  # "tacha esa versión de ridícula | y muestra"
        end = next((m for m in range(k, end) if w.r.low[m] in AND and m > k + 1), end)
    if end - k == 1 and w.r.low[k] in _TO_SOMEBODY:
        return False  # "widersprach ihr"
    s.parts, s.rule = [(k, end)], "verb, noun phrase"
    w.found.append(s)
    return True


def _quotation_after(w: Workspace, lang: Foreign, s: Statement, v: Verb, k: int) -> bool:
    q = w.after(k)
    if q is None or w.owned(q):
        return False
    s.rule = "source, verb, quotation"
    w.own(s, w.paragraphs_of(q))
    return True


def _clause_left(w: Workspace, lang: Foreign, s: Statement, v: Verb, k: int) -> bool:
    """…, X a dit."""
    start = min(v.first, s.source[0] if s.source else v.first)
    comma = max((j for j in range(v.floor, v.first) if w.r.tag[j] == ","), default=v.floor)
    if lang.code != "de" and w.r.low[comma + 1] in _SUBORDINATORS:
        return False
    if w.r.low[v.floor] in lang.according:
        return False
    if lang.code == "de" and start - 2 > v.floor and w.r.low[start - 1] in lang.aux:
        start -= 1  # "…, hat der Minister gesagt"
    elif lang.code == "de":
        return False
    if start - 1 <= v.floor or w.r.tag[start - 1] != "," or s.source is None:
        return False
    if adverbial(w, lang, v.floor, start - 1):
        return False
    s.parts, s.rule = [(v.floor, start - 1)], "clause, verb, source"
    w.found.append(s)
    return True


def _of(w: Workspace, v: Verb, k: int) -> bool:
    """ "Parlent | de gestes répétés", not "ne lui parlent plus", "se habló de"."""
    of = k < v.stop and w.r.low[k].partition("'")[0] in _OF_WHAT
    of = of or (k < v.stop and v.at < k and w.r.low[v.at][:2] in ("ad", "al") and w.r.low[k] in _ON)
    return of and w.r.low[v.first - 1] != "se" and w.r.low[v.first] != "se"


def _adds(w: Workspace, lang: Foreign, comma: int) -> bool:
    """ ", qu'il qualifie de", ", qui est": a relative clause tells more of an object."""
    low = w.r.low[comma + 1]
    return low in RELATIVES or that_word(lang, low)


def _object_pronoun(w: Workspace, lang: Foreign, s: Statement, v: Verb, k: int) -> bool:
    """ "Roldán lo niega": the pronoun is what is denied."""
    objects = _OBJECTS.get(lang.code)
    at = v.at - 1
    if objects is None or at <= v.floor or w.r.low[at] not in objects:
        return False
    ends = k >= v.stop or w.r.tag[k] in ",.:" or w.r.low[k] in AND
    if not ends or s.lemma not in lang.negative or (s.source is None and s.inherits is None):
        return False
    s.parts, s.rule = [(at, at + 1)], "object pronoun, verb"
    if s.source is not None and s.source[1] > at:
        s.source = (s.source[0], at) if s.source[0] < at else None
    w.found.append(s)
    return True


RIGHT: tuple[Callable[[Workspace, Foreign, Statement, Verb, int], bool], ...] = (
    _infinitive_after,
    _how,
    _clause_or_quotation,
    noun_phrase_after,
    _object_pronoun,
    _quotation_after,
    _clause_left,
)
