"""Relative clauses in French, Spanish and German: "les syndicats qui réclament une hausse", "una
decisión que el alcalde califica de «prematura»", "die Polizei, die von einem „Unfall“ spricht". Who
says it stands before the pronoun, or right after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from variorum.stages.claims.foreign_german import PREPOSITIONS, chunks
from variorum.stages.claims.foreign_infinitives import sentence_subject
from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_sources import (
    RELATIVES,
    bare_participle,
    german_end,
    opens_source,
)
from variorum.stages.claims.foreign_surroundings import Verb
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.quotations import Quotation
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_SUBJECTS = {"fr": frozenset(["qui"]), "es": frozenset(["que", "quien", "quienes"])}
_OBJECTS = frozenset(["que", "dont"])
_CLITICS = {"fr": words("le la les nous vous"), "es": words("la los las nos")}
_MEANWHILE = frozenset(["tiempo", "vez"])  # "al tiempo que reconoció", "a la vez que anunció"
_CONJUNCTIONS = words("ya puesto dado visto modo manera forma luego así parce alors tandis bien")
_THAT = frozenset(["ce", "lo", "celui", "celle", "ceux", "celles"])
_OF = words("de du des del d'")
_PREPOSITIONS = words(
    "à au aux en dans par pour sur sous chez avec sans contre entre vers avant après selon comme"
    " a al en por para con sin contra entre hacia tras desde según como ante durante sobre mediante"
)
_AS = words("de d' comme como")
#: Verbs that have no "that" clause: what a "que" after their object brings is a relative one.
NO_THAT = (
    *("critic", "culp", "acus", "conden", "tach", "tild", "calific", "desautoriz", "cuestion"),
    *("refut", "atribu", "achac", "imput", "critiqu", "accus", "condamn", "qualifi", "fustig"),
    *("salu", "désavou"),
)
_LONGEST_HEAD = 12  # tokens of a noun phrase before its relative clause
_LONGEST_SUBJECT = 8  # tokens between the pronoun and its verb
_LEAD = 3  # tokens before a noun phrase that is the subject of its sentence


@dataclass(frozen=True, slots=True)
class Relative:
    """A verb in a relative clause: its surroundings there; ``of_object`` if the pronoun is not its
    subject."""

    verb: Verb
    of_object: bool


def relative(w: Workspace, lang: Foreign, v: Verb) -> Relative | None:
    """The relative clause whose verb of saying is ``v``; None for a verb of a clause of its own."""
    if lang.code not in _SUBJECTS or v.clitic or v.first <= v.floor:
        return None
    p = v.first - 1
    if w.r.low[p] in _CLITICS[lang.code] and p > v.floor:
        p -= 1  # "una web | que la tildó de clandestina"
    if w.r.low[p] in _SUBJECTS[lang.code] and w.quoted[p] < 0:
        if lang.code == "es" and w.r.low[p - 1] in _MEANWHILE:
            return Relative(replace(v, floor=p + 1, before=None, after=None), False)
        judge = _judges(w, lang, v) or _within_which(w, lang, v, p)
        if judge is not None:
            return _clause(w, lang, v, p, judge, of_object=True)
        source = _antecedent(w, lang, v, p)
        return None if source is None else _clause(w, lang, v, p, source, of_object=False)
    q = _object_pronoun(w, lang, v)
    if q is None:
        return None
    return _clause(w, lang, v, q, (q + 1, v.first), of_object=True)


def _within_which(w: Workspace, lang: Foreign, v: Verb, p: int) -> Range | None:
    """ "| El juez | dictó un auto, en el que | define…": the subject is that of the sentence."""
    r = w.r
    if lang.code != "es" or p - 2 <= v.floor or r.low[p - 1] not in _WHICH:
        return None
    return sentence_subject(w, lang, v.first)[0] if r.low[p - 2] in _PREPOSITIONS else None


_WHICH = words("el la los las")
_JUDGING = ("tach", "tild", "calific", "consider", "defin", "describ", "juzg")


def _judges(w: Workspace, lang: Foreign, v: Verb) -> Range | None:
    """ "| El ministro | rechazó las cifras, que tachó de «falsas»": what one calls something has no other
    object, so the pronoun is it, and the subject that of the sentence."""
    r, before = w.r, v.first - 1
    if lang.code != "es" or not r.low[v.at].startswith(_JUDGING) or v.right >= v.stop:
        return None
    if r.low[v.right] not in ("de", "como") or r.tag[before - 1] != ",":
        return None
    after = w.r.low[v.right + 1 : v.stop]
    if before - 2 < v.floor or is_speaker(lang, r.low[before - 2]) or "a" in after or "al" in after:
        return None
    source, _ = sentence_subject(w, lang, v.first)
    return source


def says_as(w: Workspace, k: int) -> bool:
    """Whether what follows is what somebody calls it: "qualifie | d'« historique »"."""
    low = w.r.low[k] if k < w.r.size else ""
    return low in _AS or low.startswith("d'")


def in_relative(w: Workspace, q: Quotation) -> bool:
    """Whether a quotation stands in a relative clause between commas: "La firme, que habla de
    «un error», | ha pedido perdón"."""
    r, floor = w.r, w.clause_floor(q.first)
    begin = max((k for k in range(floor, q.first) if r.tag[k] == ","), default=None)
    return begin is not None and begin > floor and r.low[begin + 1] in RELATIVES


def _clause(
    w: Workspace, lang: Foreign, v: Verb, pronoun: int, source: Range, *, of_object: bool
) -> Relative:
    """The verb with the bounds of its clause: one between commas ends at the second of them where
    the sentence has yet to come to its own verb."""
    r, stop = w.r, v.stop
    head = source[0] if not of_object else v.floor
    if pronoun > v.floor and r.tag[pronoun - 1] == "," and head - v.floor <= _LEAD:
        commas = [k for k in range(v.right, v.stop) if r.tag[k] == "," and w.quoted[k] < 0]
        goes_on = (k for k in commas if _verb_soon(lang, r.low[k + 1 : k + 3]))
        stop = next(goes_on, commas[0] if commas else stop)
    bounded = replace(v, floor=pronoun + 1, stop=stop, edge=source[0], before=source, after=None)
    return Relative(bounded, of_object)


def _verb_soon(lang: Foreign, following: list[str]) -> bool:
    return any(x in lang.aux or x in lang.verbs or x.startswith("n'") for x in following[:1])


def _antecedent(w: Workspace, lang: Foreign, v: Verb, pronoun: int) -> Range | None:
    """The noun phrase before a pronoun that is the subject: the nearest, or the one it hangs on if
    that is for one who speaks ("le président de la région qui"); the pronoun where names may stand in
    apposition."""
    r = w.r
    apart = r.tag[pronoun - 1] == ","
    end = pronoun - apart
    start = phrase_start(w, lang, end, v.floor)
    if start is None or r.low[end - 1] in _CONJUNCTIONS:
        return None
    speaks = any(is_speaker(lang, r.low[k]) for k in range(start, end))
    apposed = apart and start > v.floor and r.tag[start - 1] == ","
    if r.low[pronoun] != "que" and (apposed or not speaks):
        return pronoun, pronoun + 1  # "X, déléguée de la CGA, qui": for whoever resolves pronouns
    if lang.code == "es" and not apart and _said_before(w, lang, v.floor, start, speaks=speaks):
        return None  # "anunció en un comunicado | que retira la denuncia"
    return start, end


def phrase_start(w: Workspace, lang: Foreign, end: int, floor: int) -> int | None:
    r, n = w.r, nouns(lang.code)
    if end <= floor or not _nounlike(w, lang, end - 1):
        return None
    k = end - 1
    while k > floor and end - k < _LONGEST_HEAD:
        led = r.low[k] in n.definite | n.indefinite | n.possessive or "'" in r.low[k]
        if led or r.low[k] in _OF:
            outer = _hangs_on(w, lang, k, end, floor)
            if outer is None:
                return k if led and r.low[k] not in _OF else k + 1
            k = outer
            continue
        if not _nounlike(w, lang, k - 1) and r.low[k - 1] not in n.definite | n.indefinite | _OF:
            return k
        named = r.word[k][0].isupper() and r.word[k - 1][0].islower()
        if named and r.low[k - 1] not in _OF and not is_speaker(lang, r.low[k - 1]):
            return k if r.low[k - 1] not in n.definite else k - 1  # "a rencontré | Marie Dupuis"
        k -= 1
    return k


def _hangs_on(w: Workspace, lang: Foreign, k: int, end: int, floor: int) -> int | None:
    """The noun for one who speaks that the phrase [k, end) hangs on by "de": "le président | de la
    région", "un informe | de noviembre", but not "un informe de | la policía"."""
    r = w.r
    of = k if r.low[k] in _OF else k - 1
    if of <= floor or r.low[of] not in _OF:
        return None
    speaks = any(is_speaker(lang, r.low[j]) for j in range(k, end))
    for j in range(of - 1, max(floor, end - _LONGEST_HEAD) - 1, -1):
        if not _nounlike(w, lang, j):
            return None
        if is_speaker(lang, r.low[j]) or (not speaks and is_speaker(lang, r.low[j], things=True)):
            return j
    return None


def is_speaker(lang: Foreign, low: str, *, things: bool = False) -> bool:
    n = nouns(lang.code)
    bare = low.rpartition("'")[2]
    forms = {bare, bare.removesuffix("s"), bare.removesuffix("es")}
    if lang.code == "de":  # "Verbände", "Ärztinnen"
        forms |= {bare.removesuffix("e").replace("ä", "a"), bare.removesuffix("nen")}
    return any(kind_of(n, form) not in (("",) if things else ("", "artefact")) for form in forms)


def _nounlike(w: Workspace, lang: Foreign, k: int) -> bool:
    """Whether token k can belong to a noun phrase: no verb, mark, preposition or adverb."""
    r, low = w.r, w.r.low[k]
    if w.quoted[k] >= 0 or not r.word[k][0].isalnum() or low in _THAT:
        return False
    if low in lang.verbs and not bare_participle(w, lang, k, k):
        return False
    small = lang.aux | lang.adverbs | lang.stop | lang.that | _PREPOSITIONS
    return low not in small or low in _OF


def _said_before(w: Workspace, lang: Foreign, floor: int, stop: int, *, speaks: bool) -> bool:
    """Whether a verb before says what a "que" brings: "asegura en su informe | que piden"; not one
    that may have a noun for its object, where the noun is for those who speak."""
    for k in range(stop - 1, floor - 1, -1):
        if w.r.tag[k] == "," or w.r.low[k] in lang.that:
            return False
        if w.r.low[k] in lang.verbs:
            return not ((speaks and w.r.low[k] in lang.nominal) or w.r.low[k].startswith(NO_THAT))
    return False


def _object_pronoun(w: Workspace, lang: Foreign, v: Verb) -> int | None:
    """The "que" before the subject of the verb: "ce | que la maire juge", "la nota, | que la firma niega"."""
    r = w.r
    if r.tag[v.first - 1] == "," or (r.low[v.first - 1] in _CLITICS[lang.code]):
        return None
    for q in range(v.first - 2, max(v.floor, v.first - 1 - _LONGEST_SUBJECT), -1):
        if r.low[q] in _OBJECTS and w.quoted[q] < 0:
            led = r.tag[q - 1] == "," or r.low[q - 1] in _THAT or _nounlike(w, lang, q - 1)
            named = led and opens_source(w, lang, q + 1)
            if not named or _said_before(w, lang, v.floor, q, speaks=False):
                return None
            return q
        if w.quoted[q] >= 0 or r.tag[q] in ",:.-" or r.low[q] in lang.verbs:
            return None
    return None


# -- German, whose verb ends the clause -----------------------------------------------------------
_WHO = frozenset(["der", "die", "das", "welche", "welcher", "welches"])
_WHOM = frozenset(["den", "die", "das", "welchen", "welche", "welches"])
_NOMINATIVE = frozenset(["der", "die", "das", "ein", "eine"])
_ARTICLES = _NOMINATIVE | _WHOM | words("dem des einen einem einer eines diese dieser diesen")
_FEMININE = ("e", "ung", "heit", "keit", "ion", "schaft", "tät")
_NO_NOUN = PREPOSITIONS | words("sich es ihn sie nicht kein keine mehr weniger ebenfalls auch nun")
_NUMBERS = words("zwei drei vier fünf sechs sieben acht neun zehn zwölf zwanzig hundert tausend")
_LONGEST_CLAUSE = 25  # tokens from the pronoun to the verb


def german_relative(w: Workspace, lang: Foreign, s: Statement, v: Verb) -> bool:
    """ "Die Polizei, die von einem „Unfall“ | spricht", "den der Rat als „falsch“ | bezeichnet"."""
    r, i = w.r, v.at
    if i + 1 < v.stop and r.tag[i + 1] not in ",.:-":
        return False
    comma = next(
        (k for k in range(i - 1, v.floor, -1) if r.tag[k] == "," and w.quoted[k] < 0), None
    )
    if comma is None or i - comma > _LONGEST_CLAUSE or comma + 2 > i:
        return False
    pronoun = comma + 1
    if pronoun + 1 < i and r.low[pronoun] in _WHOM and r.low[pronoun + 1] in _NOMINATIVE:
        end = german_end(w, pronoun + 1, i)
        if end == pronoun + 1 or end > i or (r.low[pronoun] == "das" and not w.quotes):
            return False
        return _german_content(w, lang, s, (pronoun + 1, end), end, i)
    if r.low[pronoun] not in _WHO or not _no_article(w, pronoun, i):
        return False
    before = chunks(w, v.floor, comma)
    if not before or before[-1][1] != comma:
        return False
    a, b, led = before[-1]
    named = (k for k in range(a + led, b) if r.low[k] in _ARTICLES or r.word[k][0].isupper())
    source = (next(named, a + led), b)  # "empfing | die Verbände, die"
    if not _german_speaker(w, lang, *source, r.low[pronoun]):
        return False
    if i == pronoun + 1:
        return _german_clause(w, lang, s, source, v)
    return _german_content(w, lang, s, source, pronoun + 1, i)


def _german_speaker(w: Workspace, lang: Foreign, a: int, b: int, pronoun: str) -> bool:
    """Whether a noun phrase is for one who speaks, or a name that the pronoun can take up."""
    r = w.r
    if any(is_speaker(lang, r.low[k]) for k in range(a, b)):
        return True
    named = b - a > 1 and all(r.word[k][0].isupper() for k in range(a, b))
    return named and not (pronoun == "der" and r.low[b - 1].endswith(_FEMININE))


def _german_clause(w: Workspace, lang: Foreign, s: Statement, source: Range, v: Verb) -> bool:
    """ "Sie sprach mit X, die | sagt, alles sei gut": a clause after the verb, where the sentence has
    come to its own."""
    r, k = w.r, v.at + 1
    if source[0] - v.floor < _LEAD or k + 1 >= v.stop or r.tag[k] != ",":
        return False
    begin = k + 1 + (r.low[k + 1] in lang.that)
    s.source, s.rule = source, "relative clause"
    s.parts = [(begin, said_stop(w, lang, begin, v.stop))]
    w.found.append(s)
    return True


def _no_article(w: Workspace, k: int, verb: int) -> bool:
    """Whether "die" at k is a pronoun: no noun phrase can begin with it."""
    following = w.r.low[k + 1]
    if k + 1 == verb or w.quoted[k + 1] >= 0 or following in _NO_NOUN | _NUMBERS:
        return True
    return following in _NOMINATIVE | _WHOM | {"einen", "einem", "dem"} or following.isdigit()


def _german_content(
    w: Workspace, lang: Foreign, s: Statement, source: Range, begin: int, verb: int
) -> bool:
    """Gives what stands between a source (or its pronoun) and the verb to a statement."""
    s.source, s.rule = source, "relative clause"
    inner = next((k for k in range(begin, verb) if w.quoted[k] >= 0), None)
    q = None if inner is None else w.quotes[w.quoted[inner]]
    if q is not None and q.last < verb:
        if w.owned(q) is None:
            w.own(s, w.paragraphs_of(q))
        return True
    if q is None and verb > begin > source[1] and s.lemma in lang.nominal:
        s.parts = [(begin, verb)]
        w.found.append(s)
        return True
    return False
