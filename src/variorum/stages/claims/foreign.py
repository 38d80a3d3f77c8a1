"""French, German and Spanish: quotations with their tags, "that" clauses, "selon", "laut", "según".

A smaller set of rules over the same reading: sources are what stands between the clause's edge and
the verb, contents run to the sentence's end. Good enough to be useful; English is read far closer.
"""

from __future__ import annotations

from collections.abc import Callable

from variorum.stages.claims.foreign_according import (
    according,
    for_one,
    in_words,
    in_words_of,
    postposed,
)
from variorum.stages.claims.foreign_as_said import as_one_says, from_a_source
from variorum.stages.claims.foreign_before import AROUND, adverbial, subject_before
from variorum.stages.claims.foreign_by_subject import said_of_some
from variorum.stages.claims.foreign_conditional import said_to_have
from variorum.stages.claims.foreign_denied import denied_before
from variorum.stages.claims.foreign_frames import in_a_frame
from variorum.stages.claims.foreign_german import (
    PREPOSITIONS,
    held_object,
    object_before_verb,
    points_back,
    separable,
)
from variorum.stages.claims.foreign_german_phrases import as_any_says, set_phrase, that_after
from variorum.stages.claims.foreign_impersonal import it_is_said, to_be_seen
from variorum.stages.claims.foreign_infinitives import (
    asks_no_name,
    infinitive_after,
    nonfinite,
    so_it_was_said,
)
from variorum.stages.claims.foreign_lists import Foreign, foreign
from variorum.stages.claims.foreign_modals import (
    had_it_said,
    not_said,
    of_something,
    own_account,
    said_in_refusal,
    takes_for,
)
from variorum.stages.claims.foreign_moods import in_a_mood
from variorum.stages.claims.foreign_objects import (
    AND,
    as_reported_first,
    hearsay,
    hearsay_noun,
    refusal,
    said_stop,
    shared_source,
    verb_again,
    with_cited_words,
)
from variorum.stages.claims.foreign_phrases import in_the_view, turns_down, unknown_tag
from variorum.stages.claims.foreign_relatives import NO_THAT, german_relative, relative, says_as
from variorum.stages.claims.foreign_sources import (
    RELATIVES,
    german_subject,
    source_end,
    that_word,
)
from variorum.stages.claims.foreign_subjunctive import reported_on
from variorum.stages.claims.foreign_subjects import subject_finder
from variorum.stages.claims.foreign_surroundings import Verb, surroundings
from variorum.stages.claims.foreign_tags import clitic, so_it_says, tag_inside
from variorum.stages.claims.foreign_unnamed import read_tag, unnamed
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.orphans import left_over
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

LANGUAGES = frozenset(["fr", "de", "es"])
_OBJECTS = {"es": frozenset(["lo", "la", "los", "las"]), "fr": frozenset(["le", "la", "les"])}
_TO_SOMEBODY = frozenset(["ihm", "ihr", "ihnen", "lui", "leur", "le", "les"])
_JUDGING = ("tach", "tild", "calific", "qualif")
_LEADS_RELATIVES = words("al del a de en lo")
_SPEAKING = ("parl", "habl", "advi", "advert", "alert")
_SUBORDINATORS = words(
    "aunque mientras cuando porque pues si tandis alors bien lorsque quand car puisque où donde"
)
_DIRECT = words("el la los las le les un una une")
_OF_WHAT = frozenset(["de", "du", "des", "d", "del"])
_ON = frozenset(["sobre", "sur"])
_FAR = 15  # tokens from a verb to its "that", colon or quotation


def find_foreign(reading: Reading, code: str) -> tuple[list[Statement], Workspace]:
    """The statements of a text in French, German or Spanish, in reading order."""
    w, lang = Workspace(reading), foreign(code)
    if code == "de":
        _swiss_spelling(reading)
    told = -1  # the last verb that a rule before it has taken
    for i, low in enumerate(reading.low):
        if w.quoted[i] >= 0:
            if "-" in low and clitic(lang, low) and low.partition("-")[0] in lang.verbs:
                tag_inside(w, i)
            continue
        if i <= told:
            continue
        if code != "de" and nonfinite(w, lang, i):
            continue
        if i and w.quoted[i - 1] >= 0:
            unknown_tag(w, lang, w.quotes[w.quoted[i - 1]])
        phrase = low in lang.opens_phrase
        if phrase and (in_the_view(w, lang, i) or turns_down(w, lang, i)):
            continue
        if low == "wie" and lang.code == "de":
            told = as_reported_first(w, lang, i) or told
            _as_any_says(w, lang, i)
        elif _own_grammar(w, lang, i):
            told = max(told, _cue_end(w, i))
        else:
            if lang.code == "de" and low not in lang.verbs and that_after(w, lang, i):
                continue
            if low in lang.verbs or ("-" in low and low.partition("-")[0] in lang.verbs):
                _verb(w, lang, i)
            else:
                _according(w, lang, i)
    left_over(w, subject_finder(w, lang))
    _without_verb(w, lang)
    w.found.sort(key=lambda s: (s.span[0], -s.span[1]))
    return w.found, w


_SWISS = {low.replace("ß", "ss"): low for low in words(
    "heißt hieß hießen ließ ließen äußerte äußert äußerten äußern geäußert schließt schließen begrüßte begrüßt begrüßten "
    "außerdem begrüßen gemäß schließlich großen stieß einschließlich dreißig weiß ausschließen geißelte"
)}  # fmt: skip


def _swiss_spelling(reading: Reading) -> None:
    """Reads "heisst" and "liess" as "heißt" and "ließ"."""
    low = reading.low
    for k in [k for k, x in enumerate(low) if x in _SWISS]:
        low[k] = _SWISS[low[k]]


def _as_any_says(w: Workspace, lang: Foreign, i: int) -> None:
    """ "…, wie der Wirt einräumt": where the aside has no verb that a list knows."""
    stop = w.sentence_stop(i)
    close = w.comma(i + 1, stop) or stop
    if not any(low in lang.verbs for low in w.r.low[i + 1 : close]):
        as_any_says(w, i)


def _cue_end(w: Workspace, i: int) -> int:
    """The last token of the cue around token i, if a statement has just been found there."""
    cue = w.found[-1].cue if w.found else None
    return cue[1] - 1 if cue is not None and cue[0] <= i < cue[1] else -1


def _without_verb(w: Workspace, lang: Foreign) -> None:
    """What a mood tells: "Der Plan sei gut", "l'incendie aurait été allumé"."""
    if lang.code == "de":
        reported_on(w)
    else:
        said_to_have(w, lang)


def _own_grammar(w: Workspace, lang: Foreign, i: int) -> bool:
    """Words that no common rule reads: refusals, what points back, verbs of some subjects only."""
    low = w.r.low[i]
    last = w.found[-1] if w.found else None
    if last is not None and last.rule == "as X says" and last.cue and last.cue[0] < i < last.cue[1]:
        return True
    if lang.code == "de" and (
        (low in lang.special and in_a_mood(w, lang, i)) or set_phrase(w, lang, i)
    ):
        return True
    if low in lang.special and _special(w, lang, i):
        return True
    if low in lang.verbs and lang.code != "de" and _points_back(w, lang, i):
        return True
    if lang.code != "de" and (as_one_says(w, lang, i) or from_a_source(w, lang, i)):
        return True
    if in_a_mood(w, lang, i) or said_of_some(w, lang, i):
        return True
    return lang.code != "de" and (
        unnamed(w, lang, i) or read_tag(w, lang, i) or in_a_frame(w, lang, i)
    )


def _points_back(w: Workspace, lang: Foreign, i: int) -> bool:
    """What stands before the verb, taken up by a pronoun or a noun: "así lo dijo X", "algo que X niega"."""
    return denied_before(w, lang, i) or (lang.code == "es" and so_it_was_said(w, lang, i))


def _according(w: Workspace, lang: Foreign, i: int) -> None:
    """What is said by no verb: "selon X", "nach Angaben von X", "X zufolge", "so X"."""
    r, low = w.r, w.r.low[i]
    said = in_words_of(r, lang, i) if low == "nach" and lang.code == "de" else None
    if low == "aus" and r.low[i + 1 : i + 2] == ["sicht"]:
        said = i + 2  # "Aus Sicht des Verbands"
    if said is not None:
        in_words(w, lang, i, said)
    elif low in lang.according:
        according(w, lang, i)
    elif low in lang.opening and i == w.clause_floor(i):
        for_one(w, lang, i)
    elif low in lang.postposed:
        postposed(w, i)
    elif low in lang.so and r.tag[i - 1] == "," and i > w.clause_floor(i) + 1:
        so_it_says(w, lang, i)


def _special(w: Workspace, lang: Foreign, i: int) -> bool:
    """Verbs with a grammar of their own: refusals, German particles, "heißt es", "soll"."""
    if hearsay_noun(w, i) or (lang.code == "de" and _german(w, lang, i)):
        return True
    v = surroundings(w, lang, i)
    if v is None:
        return False
    subject = (
        v.before or shared_source(w, lang, v.first, v.floor) or (v.after if v.clitic else None)
    )
    return refusal(w, lang, i, subject)


def _german(w: Workspace, lang: Foreign, i: int) -> bool:
    return (
        it_is_said(w, lang, i)
        or to_be_seen(w, i)
        or hearsay(w, i)
        or own_account(w, i)
        or had_it_said(w, lang, i)
        or points_back(w, lang, i)
        or not_said(w, i)
        or of_something(w, lang, i)
        or takes_for(w, lang, i)
        or separable(w, lang, i)
    )


def _verb(w: Workspace, lang: Foreign, i: int) -> None:
    v = surroundings(w, lang, i)
    if v is None or (lang.code != "de" and asks_no_name(w, i)):
        return
    low = w.r.low[i]
    statement = Statement([], (v.first, i + 1), None, "", low, low in lang.negative)
    if _relative(w, lang, statement, v):
        return
    if lang.code == "de" and (
        said_in_refusal(w, i) or object_before_verb(w, lang, statement, i, v.stop)
    ):
        return
    shared = None if v.before or v.clitic else shared_source(w, lang, v.first, v.floor)
    aside = v.before is not None and _is_aside(w, v.before[0])
    for rule in AROUND if shared is None and not aside else ():
        if rule(w, lang, statement, v):
            return
    statement.source = v.before or shared or v.after
    lone = v.before is not None and v.before[1] - v.before[0] == 1
    if lone and w.r.low[v.edge] in lang.stop - {"quien", "qui"}:
        end = source_end(w, lang, v.floor, v.first)  # "Los analistas prevén…, aunque admiten que"
        capitals = [k for k in range(v.floor + 1, end) if w.r.word[k][0].isupper()]
        end = capitals[-1] + 1 if capitals else end
        statement.source = (v.floor, end) if end > v.floor else None
    right = v.right if v.before is not None or shared is not None else v.after_end
    if v.clitic:
        right = i + 1
    right = _past_adjuncts(w, lang, right)
    if lang.code == "de" and statement.source is not None and statement.source[1] == v.first:
        statement.source = german_subject(w, lang, *statement.source)
    if lang.code == "de" and statement.source is not None:
        statement.source = _before_aux(w, lang, statement.source, i)
    if lang.code == "es" and statement.source is None:
        _goes_without_saying(w, lang, statement, v)
    for following in _RIGHT[:-1] if aside else _RIGHT:
        if following(w, lang, statement, v, right):
            return


def _before_aux(w: Workspace, lang: Foreign, source: Range, i: int) -> Range | None:
    """ "…, in dem | er | geschrieben habe": the auxiliary after a participle says nothing."""
    if source[0] != i + 1 or w.r.low[i + 1] not in lang.aux:
        return source
    return (i - 1, i) if w.r.low[i - 1] in lang.pronouns else None


def _relative(w: Workspace, lang: Foreign, s: Statement, v: Verb) -> bool:
    """ "Les syndicats qui réclament une hausse", "ce que la maire juge « prématuré »"."""
    if lang.code == "de":
        return german_relative(w, lang, s, v)
    found = relative(w, lang, v)
    if found is None:
        return False
    s.source, s.rule = found.verb.before, "relative clause"
    if s.source is None:
        s.inherits = next((f for f in reversed(w.found) if f.rule != s.rule), None)
    right = _past_adjuncts(w, lang, found.verb.right)
    for following in _RIGHT[:-1]:
        if following is _noun_phrase_after and found.of_object and not says_as(w, right):
            continue
        if following(w, lang, s, found.verb, right):
            s.rule = "relative clause"
            break
    return True


def _is_aside(w: Workspace, k: int) -> bool:
    """ "Qui …", "dont …", "al que se …", "aunque …": a clause that says nothing of what is before."""
    low = w.r.low
    led = low[k] in _LEADS_RELATIVES and low[k + 1 : k + 2] == ["que"]
    return led or low[k] in RELATIVES or low[k] in _SUBORDINATORS


def _goes_without_saying(w: Workspace, lang: Foreign, s: Statement, v: Verb) -> None:
    """ "Preguntado por su futuro, dijo que…": Spanish leaves out a subject that is known."""
    last = w.found[-1] if w.found else None
    if last is not None and w.r.paragraph[last.span[0]] == w.r.paragraph[v.at]:
        s.inherits = last
    else:
        s.source = subject_before(w, lang, v.floor)


def _past_adjuncts(w: Workspace, lang: Foreign, k: int) -> int:
    """ "assure | de son côté | avoir appelé"."""
    low, tag = w.r.low, w.r.tag
    for adjunct in lang.adjuncts:
        at = k + 1 if tag[k : k + 1] == [","] else k  # "negó, sin embargo, que"
        if tuple(low[at : at + len(adjunct)]) == adjunct:
            closed = tag[at - 1] == "," and tag[at + len(adjunct) : at + len(adjunct) + 1] == [","]
            k = at + len(adjunct) + closed
    if lang.code != "de" and tag[k : k + 1] == [","]:  # "ha dicho, en una entrevista, | que"
        close = w.comma(k + 1, min(w.sentence_stop(k), k + _FAR))
        if close is not None and that_word(lang, low[close + 1]):
            inner = low[k + 1 : close]
            return k if any(x in lang.verbs or x in lang.aux for x in inner) else close + 1
    return k


# -- what follows the verb ------------------------------------------------------------------------
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
        if j == k and r.low[j] in _HOW and s.source is not None and s.lemma.startswith(_TELLS_HOW):
            _own_clause(w, lang, s, j, v.stop)
            return True
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
            return False
    return False


_HOW = words("cómo cuándo cuánto cuántos quién dónde comment pourquoi combien")
_TELLS_HOW = (
    *("expli", "cuent", "cont", "detall", "relat", "describ", "recuerd", "record", "aclar", "revel", "narr"),
    *("racont", "détaill", "décri", "précis", "rappel", "montr"),
)
_HEARSAY = words("aurait auraient habría habrían")
_SINCE = words(
    "desde hasta depuis avant après pendant dès alors tandis parce para sin pour sans afin"
)
_BEFORE_DE = words("antes después luego pesar")


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


def _noun_phrase_after(w: Workspace, lang: Foreign, s: Statement, v: Verb, k: int) -> bool:
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
    if comma is not None and not _HEARSAY.isdisjoint(w.r.low[v.first : v.at]):
        if any(w.r.low[m] in lang.verbs for m in range(comma + 1, min(end, comma + 3))):
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


_RIGHT: tuple[Callable[[Workspace, Foreign, Statement, Verb, int], bool], ...] = (
    _infinitive_after,
    _clause_or_quotation,
    _noun_phrase_after,
    _object_pronoun,
    _quotation_after,
    _clause_left,
)
