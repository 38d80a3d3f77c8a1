"""What the words after a cue verb can be: one small rule a construction, tried in order."""

from __future__ import annotations

from collections.abc import Callable

from variorum.stages.claims.contents import has_verb, with_addressee
from variorum.stages.claims.cue import Cue
from variorum.stages.claims.cue_nouns import PERIODS
from variorum.stages.claims.ends import as_content, clause_end, phrase_end
from variorum.stages.claims.lexicon import Remembered, words
from variorum.stages.claims.nounphrases import left_phrase, next_main_verb, right_phrase
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.verbs import OF_CLAUSES
from variorum.stages.claims.workspace import Workspace

Found = tuple[Range, str] | None
Rule = Callable[[Workspace, Cue, int, int], Found]
# "Insisted on | social media that…": where it was said, not on what was insisted.
_AIR = frozenset(
    ["media", "television", "tv", "radio", "air", "twitter", "x", "facebook", "instagram", "record"]
)
_LONGEST_ADVERBIAL = 6  # tokens of "on Sunday", "in an email" with the comma after it
_FRONTED = frozenset(["while", "although", "because", "unless", "once", "as"])


class _NoContentError(Exception):
    """A rule saw that nothing after the verb can be its content."""


def content_of(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    """The content that begins at token k, with the name of the rule; None if there is none."""
    try:
        for rule in _RULES_FOR[w.r.tag[k]]:
            found = rule(w, cue, k, stop)
            if found is not None:
                return found
    except _NoContentError:
        return None
    return None


_BEFORE_MAIN = words("after before since while although though when because until once whereas as")


def _fronted_stop(w: Workspace, cue: Cue, start: int, stop: int) -> int:
    """ "While the bank says it is sound, | experts are not so sure", "Days after he said he would stay, |
    he quit": the comma before the main clause."""
    if cue.source is None or cue.source[0] > cue.first:
        return stop
    r, lead = w.r, cue.source[0] - 1
    floor = w.clause_floor(cue.at)
    if not floor <= lead <= floor + 2 or r.low[lead] not in _BEFORE_MAIN:
        return stop
    comma = w.comma(start, stop)
    main = comma is not None and comma + 1 < stop and r.tag[comma + 1] not in "CUWG"
    main = (
        main and comma != start + 1 and has_verb(r, start, comma or stop)
    )  # not "As he tells it, | the tree fell"
    return comma if comma is not None and main and has_verb(r, comma + 1, stop) else stop


def _clause(w: Workspace, cue: Cue, start: int, stop: int, rule: str) -> Found:
    stop = _fronted_stop(w, cue, start, stop)
    return (start, clause_end(w.r, start, stop, w.quoted, cue)), rule


def _phrase(w: Workspace, cue: Cue, start: int, stop: int, rule: str) -> Found:
    return (start, phrase_end(w.r, start, stop, w.quoted, cue)), rule


def _no_words(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    """ "Ministers have said little", "claimed more than £3,000", "its warning of the year"."""
    if cue.lemma in _OFTEN_NONE and _no_statement(w, cue, k, stop):
        raise _NoContentError
    return None


def _that_clause(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    r, frames = w.r, cue.frames
    if r.tag[k] != "T" or not frames & {"that", "bare", "np"} or k + 1 >= stop:
        return None
    if r.tag[k + 1] == "X":  # "said that was untrue"
        return _clause(w, cue, k, stop, "verb, clause")
    if r.low[k + 1] == "as" and "as" in frames:
        return None  # "dismissed that as propaganda"
    if r.tag[k + 1] == "," and k + 2 < stop and r.tag[k + 2] in "RAUG":
        comma = w.comma(k + 2, stop)  # "says that, in the end, it was dead"
        if comma is not None and has_verb(r, comma + 1, stop):
            return _clause(w, cue, k + 2, stop, "verb, that, clause")
    if r.tag[k + 1] in ",.:-":  # "denies that, and says…": the pronoun
        raise _NoContentError
    if r.tag[k + 1] == "B" and k + 2 >= stop and "np" in frames:
        return _phrase(w, cue, k, stop, "verb, noun phrase")  # "rejects that claim"
    if r.tag[k + 1] in "NJ" and "np" in frames and not has_verb(r, k + 1, stop):
        return _phrase(w, cue, k, stop, "verb, noun phrase")  # "acknowledged that possibility"
    return _clause(w, cue, k + 1, stop, "verb, that, clause")


def _infinitive(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    r = w.r
    to = k + 1 if r.low[k] in ("not", "never") else k
    if to + 1 >= stop or r.low[to] != "to" or "to" not in cue.frames:
        return None
    if r.low[to + 1] == "differ" or r.low[to + 1 : to + 3] == [
        "be",
        "drawn",
    ]:  # "refused to be drawn"
        raise _NoContentError
    if r.tag[to + 1] in "BNXAEV":
        start = with_addressee(r, cue, k, stop)
        end = clause_end(r, k, stop, w.quoted, cue)
        return (start, end), "verb, to, infinitive"
    return None


def _of_relative(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    """ "The notebook, which experts say | is authentic,", "a car that police believe | was stolen": the
    clause whose subject the relative pronoun is."""
    r = w.r
    if cue.source is None or cue.mode != "finite" or not cue.frames & {"that", "bare"}:
        return None
    start = cue.source[0]
    if start < 1 or r.low[start - 1] not in _RELATIVE or not _is_finite(w, k, stop):
        return None
    if r.low[start - 1] == "what" and start - 1 == w.clause_floor(start):
        return None  # "What he said | was untrue"
    if cue.source[1] != cue.first or (r.tag[start - 2] == "R" and r.low[start - 1] != "what"):
        return None  # "in which he said": where, not what
    if r.tag[start - 2] != "," and w.clause_floor(start - 1) == left_phrase(r, start - 1, 0):
        if cue.lemma not in OF_CLAUSES or r.low[start - 2] in r.lex.nouns["that"]:
            return None  # "The road that the mayor promised | was not built"
        main = next_main_verb(r, k, stop)  # "The man who police say | shot him | has fled"
        return None if main is None else ((k, main), "relative pronoun, verb, clause")
    return _clause(w, cue, k, stop, "relative pronoun, verb, clause")


_RELATIVE = frozenset(["which", "that", "who", "what"])


def _is_finite(w: Workspace, k: int, stop: int) -> bool:
    """Whether a finite verb stands at token k, and something after it."""
    r = w.r
    if k + 1 >= stop or w.quoted[k] >= 0:
        return False
    if r.tag[k] == "X" or (r.tag[k] == "E" and r.tag[k + 1] in "DS#M"):
        return True
    return r.tag[k] in "VB" and (r.tag[k] == "V" or r.low[k].endswith(("s", "ed")))


def _question(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    asked = w.r.tag[k] == "W" and "wh" in cue.frames
    if asked or (w.r.low[k] in ("if", "when") and cue.frames & {"wh", "bare"}):
        return _clause(w, cue, k, stop, "verb, question word, clause")
    return None


def _fronted(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    r = w.r
    if r.low[k] in _FRONTED and r.tag[k] == "U" and "bare" in cue.frames and w.comma(k, stop):
        return _clause(w, cue, k, stop, "verb, clause")
    return None


def _scene(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    r = w.r
    if "scene" not in cue.frames:
        return None
    head = range(*cue.source) if cue.source else ()
    if r.tag[k] in "DSMNJ#OPZ" and any(r.low[j] in r.lex.artefacts for j in head):
        return _clause(w, cue, k, stop, "artefact, verb, scene")
    if "as" not in cue.frames:
        raise _NoContentError
    return None


def _predicate(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    r, frames = w.r, cue.frames
    if "compl" in frames and r.tag[k] in "PODSMNJ#A" and _complement(w, k, stop):
        return _phrase(w, cue, k, stop, "verb, object, complement")
    if "as" in frames:
        span = as_content(r, k, stop, w.quoted, cue)
        if span is not None:
            return span, "verb, object as predicate"
    return None


def _that_after_adverbial(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    r = w.r
    aired = r.low[k] == "on" and not _AIR.isdisjoint(r.low[k + 1 : k + 4])
    if r.tag[k] == "R" and "that" in cue.frames and (aired or r.low[k] not in cue.frames):
        far = _that_further_on(w, k, stop)
        if far is not None:
            return _clause(w, cue, far, stop, "verb, that, clause")
    return None


def _preposition(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    r, low = w.r, w.r.low[k]
    if r.tag[k] in "RC" or low in ("to", "out", "against"):
        if low in cue.frames and k + 1 < stop:
            return _phrase(w, cue, k + 1, stop, f"verb, {low}, phrase")
        if not (r.tag[k] == "R" and "bare" in cue.frames and has_verb(r, k + 1, stop)):
            raise _NoContentError
        if cue.source is not None and _is_object(w, cue.source[0] - 1):
            raise _NoContentError
    if r.tag[k] in ".,:-)":
        raise _NoContentError
    return None


def _is_object(w: Workspace, k: int) -> bool:
    """ "The software that | he wrote in his car is used by…": what was said stands before."""
    r = w.r
    return k > 0 and r.tag[k] == "T" and r.tag[k - 1] == "N" and r.low[k - 1] not in r.lex.cues


def _gerund(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    """ "Denies being warned", "admitted having known", "denied discussing the tender with X"."""
    r = w.r
    if k + 1 >= stop or ("np" not in cue.frames and cue.lemma not in _SEEING):
        return None
    doing = r.tag[k] == "G" and cue.lemma in _OF_DOING and r.tag[k + 1] not in ",.C"
    if doing or r.low[k] in ("being", "having"):
        return _clause(w, cue, k, stop, "verb, noun phrase")
    return None


def _finding(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    """ "The study found no sign that…": a finding, where those who look into things find it."""
    r = w.r
    if cue.lemma != "find" or cue.source is None or r.tag[k] not in "DSMNJ#PG":
        return None
    begin, end = cue.source
    if r.low[begin] in ("it", "they") and r.sentence[begin]:  # "The board rated it poor. It found…"
        begin, end = r.sent_first[r.sentence[begin] - 1], r.sent_first[r.sentence[begin]]
    if not any(r.low[j] in r.lex.finders for j in range(begin, end)):
        return None
    if has_verb(r, k, stop):
        return _clause(w, cue, k, stop, "finding, clause")
    return _phrase(w, cue, k, stop, "finding, noun phrase")


def _bare_clause(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    if "bare" in cue.frames and has_verb(w.r, k, stop):
        if (
            cue.lemma in _OF_THAT
            and w.r.low[k] == "it"
            and w.r.tag[k + 1 : k + 2] in (["R"], ["A"])
        ):
            return None  # "denied it | at the time"
        if cue.lemma == "maintain" and not _is_maintained(w, k, stop):
            raise _NoContentError
        if w.r.tag[k] == "R" and _only_when(w, k, stop):
            raise _NoContentError
        if cue.source is not None and w.r.low[cue.source[0]] == "who" and _ends_there(w, k, stop):
            return None  # "The woman who wrote | the song, said on Monday"
        return _clause(w, cue, k, stop, "verb, clause")
    return None


def _is_maintained(w: Workspace, k: int, stop: int) -> bool:
    """ "Maintained | the boats were sound"; not "has maintained its strong start, | reaching 270", nor
    "maintaining | distance and calling by video is helping"."""
    comma = w.comma(k, stop)
    definite = w.r.tag[k] in "DSPM" or w.r.low[k] == "there"
    return definite and (comma is None or has_verb(w.r, k, comma))


def _ends_there(w: Workspace, k: int, stop: int) -> bool:
    """Whether only a noun phrase stands at k, and the main verb after its comma."""
    r = w.r
    end = right_phrase(r, k, stop, wide=True)
    return k < end < stop - 1 and r.tag[end] == "," and r.tag[end + 1] in "VE"


def _only_when(w: Workspace, k: int, stop: int) -> bool:
    """ "…, state media reported | on Sunday, as the minister arrived": an adverbial of the verb, what
    follows its comma another."""
    r = w.r
    comma = w.comma(k, min(stop, k + _LONGEST_ADVERBIAL))
    return comma is not None and comma + 1 < stop and r.tag[comma + 1] in "CU"


def _noun_phrase(w: Workspace, cue: Cue, k: int, stop: int) -> Found:
    tag = w.r.tag[k]
    if "np" not in cue.frames:
        return None
    if tag in "DSMNJ#G":
        nested = _noun_with_that(w, k, stop)
        if nested is not None:
            end = clause_end(w.r, nested, stop, w.quoted, cue)
            return (k, end), "verb, noun with its clause"
    if cue.lemma in _PUBLISHING and _in_which(w, k, stop):
        raise _NoContentError  # "posted a video | in which she said"
    if "plea" in cue.frames:
        return (k, k + 2), "verb, noun phrase"  # "protested | his innocence in a video"
    lone = w.r.low[k] in ("this", "that") and k + 1 < stop and w.r.tag[k + 1] in "AZR"
    if cue.lemma in _OF_THAT and (tag == "O" or w.r.low[k] == "it" or lone):
        return (k, k + 1), "verb, noun phrase"  # "denied it at the time"
    called = tag == "W" and w.r.low[k] == "what"  # "rejected what it called…"
    if called and has_verb(w.r, k + 1, stop):
        return _phrase(w, cue, k, stop, "verb, noun phrase")
    bare = tag == "T" and k + 1 >= stop and cue.lemma in _OF_THAT  # "disputes that."
    if tag in 'DSMNJ#OPGEB"q' or bare:
        return _phrase(w, cue, k, stop, "verb, noun phrase")
    return None


_PUBLISHING = words("post release publish issue send write tweet")


def _in_which(w: Workspace, k: int, stop: int) -> bool:
    end = right_phrase(w.r, k, stop)
    return w.r.tags[end : end + 1] == "R" and w.r.low[end + 1 : end + 2] == ["which"]


def _no_statement(w: Workspace, cue: Cue, k: int, stop: int) -> bool:
    """Whether what follows the verb is no words of theirs."""
    low = w.r.low
    if low[k] == "of":
        return low[k + 1 : k + 2] == ["the"] and low[k + 2 : k + 3] in PERIODS
    if cue.lemma == "say":
        ends = k + 1 >= stop or w.r.tag[k + 1] == "U" or low[k + 1] in ("to", "else", "more")
        return (low[k] in _NO_WORDS and ends) or _is_greeting(w, k, stop)
    if cue.lemma == "tell":
        if low[k] == "it" and w.r.tags[k + 1 : k + 2] == "R":
            return True  # "told | it in his own words"
        after = w.r.tags[k + 1 + (w.r.tag[k] in "DS") :][:1]
        told = "".join(low[k + (w.r.tag[k] in "DS") :][:1])
        return told in _TOLD_THINGS and after != "X"
    if cue.lemma == "hear":  # "heard evidence | from X, who said", "heard | from a doctor"
        return low[k] == "from" or low[k : k + 2] in (["evidence", "from"], ["testimony", "from"])
    if cue.lemma == "claim" and not _TAKEN.isdisjoint(low[k : min(stop, k + 4)]):
        return not has_verb(
            w.r, k, stop
        )  # "The avalanche claimed | three lives", "claims benefits"
    if cue.lemma == "repeat":  # "repeated | the trick", not "repeated a call for"
        ahead = low[k : min(stop, k + 6)]
        words_again = any(x in w.r.lex.attributing or x in _REPEATED for x in ahead)
        return w.r.tag[k] in "DSN" and not words_again and max(w.quoted[k:stop], default=-1) < 0
    if cue.lemma == "deny":
        return low[k] in ("him", "me", "us", "you")  # "The goalkeeper denied | him twice"
    if cue.lemma in _WITH_TO:  # "credited | £400 to the account", not "her recovery to a surgeon"
        amount = low[k][0] in "£$€#" or w.r.tag[k] == "#"
        return amount or _WITH_TO[cue.lemma].isdisjoint(low[k + 1 : stop])
    return cue.lemma in ("claim", "quote") and any(
        low[j][0] in "£$€" for j in range(k, min(stop, k + 4))
    )


_WITH_TO = {
    "credit": frozenset(["to", "with", "for"]),
    "attribute": frozenset(["to"]),
    "compare": frozenset(["to"]),
}


def _is_greeting(w: Workspace, k: int, stop: int) -> bool:
    """ "Said | goodbye to his mother", "says | her prayers"."""
    k += w.r.tag[k] in "DS"
    return k < stop and w.r.low[k] in _GREETINGS and w.r.tags[k + 1 : k + 2] not in ("X", "V")


_GREETINGS = words("goodbye hello hi farewell goodnight prayers prayer mass grace cheers amen")
_TOLD_THINGS = words("truth lie lies joke jokes story stories tale tales")
_TAKEN = words(
    "lives life victims casualties win wins title pension benefits expenses asylum refund prize medal medals gold "
    "silver bronze wicket wickets crown trophy points"
)
_REPEATED = words(
    "call calls appeal appeals line mantra point points offer invitation words phrase"
)
_OFTEN_NONE = frozenset(
    ["say", "tell", "hear", "repeat", "deny", "claim", "quote", "warn", "warning", *_WITH_TO]
)
_NO_WORDS = frozenset(["little", "nothing", "much", "more", "less", "enough"])
_SEEING = frozenset(["describe", "report"])
_OF_DOING = frozenset(["deny", "admit", "dispute", "recall", "contest"]) | _SEEING
_OF_THAT = frozenset(["deny", "dispute", "reject", "contest", "refute", "confirm", "doubt"])


_RULES: tuple[Rule, ...] = (
    _no_words,
    _that_clause,
    _infinitive,
    _of_relative,
    _question,
    _fronted,
    _scene,
    _predicate,
    _that_after_adverbial,
    _preposition,
    _finding,
    _gerund,
    _bare_clause,
    _noun_phrase,
)


# Classes of the first word without which a rule can say nothing.
_ONLY: dict[Rule, str] = {
    _that_clause: "T",
    _fronted: "U",
    _that_after_adverbial: "R",
    _gerund: "GX",
    _of_relative: "XVBE",
}
_RULES_FOR = Remembered(lambda tag: tuple(r for r in _RULES if tag in _ONLY.get(r, tag)))


def _that_further_on(w: Workspace, k: int, stop: int) -> int | None:
    """ "insisted in a message shared with reporters that…": after the adverbial's "that"."""
    r = w.r
    for j in range(k, min(stop - 1, k + 14)):
        if r.tag[j] == "T":
            return j + 1 if has_verb(r, j + 1, stop) else None
        if r.tag[j] in ',.:"VXWUP' or w.quoted[j] >= 0:
            return None
    return None


def _noun_with_that(w: Workspace, k: int, stop: int) -> int | None:
    """ "rejected suggestions that the plan…": where the clause begins that the noun stands for."""
    r = w.r
    for j in range(k, min(stop - 2, k + 6)):
        if r.low[j] in r.lex.nouns["that"] and r.tag[j + 1] == "T":
            return j + 2 if has_verb(r, j + 2, stop) else None
        if r.low[j] in r.lex.deniable and r.low[j + 1] == "by":
            that = next((m for m in range(j + 2, min(stop - 1, j + 14)) if r.tag[m] == "T"), None)
            return that + 1 if that is not None and has_verb(r, that + 1, stop) else None
        if r.tag[j] not in "DSMNJ#GEA":
            return None
    return None


def _complement(w: Workspace, k: int, stop: int) -> bool:
    """Object and complement follow: called him "a fraud", called the plan a disaster."""
    r = w.r
    end = right_phrase(r, k, stop)
    if end < stop and (r.tag[end] in 'DSJ#"qNAMG' or r.low[end] == "both"):
        return True
    return any(r.tag[j] in '"q' for j in range(k, min(end, stop)))
