"""French, German and Spanish: quotations with their tags, "that" clauses, "selon", "laut", "según".

A smaller set of rules over the same reading: sources are what stands between the clause's edge and
the verb, contents run to the sentence's end. Good enough to be useful; English is read far closer.
"""

from __future__ import annotations

from variorum.stages.claims.foreign_according import (
    according,
    for_one,
    in_words,
    in_words_of,
    postposed,
)
from variorum.stages.claims.foreign_as_said import as_one_says, from_a_source
from variorum.stages.claims.foreign_before import AROUND, subject_before
from variorum.stages.claims.foreign_by_subject import said_of_some
from variorum.stages.claims.foreign_colons import after_colon, any_verb_behind
from variorum.stages.claims.foreign_conditional import said_to_have
from variorum.stages.claims.foreign_denied import denied_before
from variorum.stages.claims.foreign_frames import in_a_frame
from variorum.stages.claims.foreign_german import (
    object_before_verb,
    points_back,
    separable,
)
from variorum.stages.claims.foreign_german_phrases import as_any_says, set_phrase, that_after
from variorum.stages.claims.foreign_german_views import views
from variorum.stages.claims.foreign_impersonal import it_is_said, to_be_seen
from variorum.stages.claims.foreign_infinitives import (
    asks_no_name,
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
    as_reported_first,
    hearsay,
    hearsay_noun,
    refusal,
    shared_source,
)
from variorum.stages.claims.foreign_phrases import in_the_view, turns_down, unknown_tag
from variorum.stages.claims.foreign_relatives import german_relative, relative, says_as
from variorum.stages.claims.foreign_right import RIGHT, noun_phrase_after
from variorum.stages.claims.foreign_sources import (
    RELATIVES,
    german_subject,
    source_end,
    that_word,
)
from variorum.stages.claims.foreign_subjects import subject_finder
from variorum.stages.claims.foreign_subjunctive import reported_on
from variorum.stages.claims.foreign_surroundings import Verb, surroundings
from variorum.stages.claims.foreign_tags import clitic, noun_tag_inside, so_it_says, tag_inside
from variorum.stages.claims.foreign_unnamed import read_tag, unnamed
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.orphans import left_over
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

LANGUAGES = frozenset(["fr", "de", "es"])
_LEADS_RELATIVES = words("al del a de en lo")
_SUBORDINATORS = words(
    "aunque mientras cuando porque pues si tandis alors bien lorsque quand car puisque où donde"
)
_FAR = 15  # tokens from a verb to its "that", colon or quotation


def find_foreign(reading: Reading, code: str) -> tuple[list[Statement], Workspace]:
    """The statements of a text in French, German or Spanish, in reading order."""
    w, lang = Workspace(reading), foreign(code)
    if code == "de":
        _swiss_spelling(reading)
    told = -1  # the last token that a rule before it has taken
    for i in range(reading.size):
        if w.quoted[i] >= 0:
            _inside(w, lang, i)
        elif i > told:
            told = max(told, _at(w, lang, i))
    left_over(w, subject_finder(w, lang))
    _without_verb(w, lang)
    w.found.sort(key=lambda s: (s.span[0], -s.span[1]))
    return w.found, w


def _inside(w: Workspace, lang: Foreign, i: int) -> None:
    """A tag within quotation marks."""
    low = w.r.low[i]
    if "-" in low and clitic(lang, low) and low.partition("-")[0] in lang.verbs:
        tag_inside(w, i)
    elif lang.code != "de" and low in lang.verbs:
        noun_tag_inside(w, lang, i)


def _at(w: Workspace, lang: Foreign, i: int) -> int:
    """Tries the rules at token i; the last token that they have taken, -1 if none but this."""
    low = w.r.low[i]
    if lang.code != "de" and nonfinite(w, lang, i):
        return -1
    if i and w.quoted[i - 1] >= 0:
        unknown_tag(w, lang, w.quotes[w.quoted[i - 1]])
    if low in lang.opens_phrase and (in_the_view(w, lang, i) or turns_down(w, lang, i)):
        return -1
    if low == "wie" and lang.code == "de":
        told = as_reported_first(w, lang, i)
        _as_any_says(w, lang, i)
        return -1 if told is None else told
    if _own_grammar(w, lang, i):
        return _cue_end(w, i)
    if low in lang.verbs or ("-" in low and low.partition("-")[0] in lang.verbs):
        _verb(w, lang, i)
    elif not _unknown_verb(w, lang, i):
        _according(w, lang, i)
    return -1


def _unknown_verb(w: Workspace, lang: Foreign, i: int) -> bool:
    """A colon, or a verb that no list knows where its place tells that it says something."""
    if w.r.tag[i] == ":":
        return after_colon(w, lang, i)
    return that_after(w, lang, i) if lang.code == "de" else any_verb_behind(w, lang, i)


_WITH_ESZETT = words(
    "heißt hieß hießen ließ ließen äußerte äußert äußerten äußern geäußert schließt schließen begrüßte begrüßt "
    "begrüßten außerdem begrüßen gemäß schließlich stieß einschließlich dreißig weiß ausschließen geißelte"
)
_SWISS = {low.replace("ß", "ss"): low for low in _WITH_ESZETT}


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
        (low in lang.special and in_a_mood(w, lang, i))
        or set_phrase(w, lang, i)
        or views(w, lang, i)
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
    for following in RIGHT[:-1] if aside else RIGHT:
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
    for following in RIGHT[:-1]:
        if following is noun_phrase_after and found.of_object and not says_as(w, right):
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
