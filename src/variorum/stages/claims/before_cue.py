"""Statements whose cue stands after them, or amid them: "…, X said.", "…, a claim the army denied"."""

from __future__ import annotations

from variorum.stages.claims.contents import after_adjuncts, has_verb
from variorum.stages.claims.cue import Cue
from variorum.stages.claims.cues import NOBODY
from variorum.stages.claims.ends import clause_end
from variorum.stages.claims.nounphrases import right_phrase, verbal
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.verbs import MODALS
from variorum.stages.claims.workspace import Workspace

_DENYING = frozenset(["deny", "dispute", "reject", "contest", "confirm", "acknowledge"])
_DENIABLE = frozenset(
    ["claim", "allegation", "accusation", "charge", "suggestion", "figure", "account", "version"]
)
_RESUMING = frozenset(["to", "because", "if", "unless", "especially", "particularly", "including"])


def denied_in_passing(w: Workspace, cue: Cue) -> bool:
    """ "…, a claim the army denied": the noun is what is denied."""
    r = w.r
    if cue.source is None or not cue.frames & {"np"} or cue.mode != "finite":
        return False
    start = min(cue.source[0], cue.first)
    if cue.end < w.sentence_stop(cue.at) and r.tag[cue.end] not in ",.":
        return False
    if r.low[start + 1] in _DENIABLE and r.tag[start] == "D" and start + 2 < cue.source[1]:
        start += 2  # "a claim | Fenwater disputes"
        cue.source = (start, cue.source[1])
    noun = start - 1
    if r.low[noun] == "something" and r.tag[noun - 1] in ",-" and cue.lemma in _DENYING:
        w.add(cue, [(noun, start)], "noun, source, verb")
        return True
    first = w.clause_floor(cue.at)
    if (
        r.low[noun] == "which"
        and noun - 1 > first
        and r.tag[noun - 1] == ","
        and cue.lemma in _DENYING
    ):
        w.add(cue, [(first, noun - 1)], "clause, which, source, verb")
        return True
    if (
        noun < 2
        or r.low[noun] not in _DENIABLE
        or r.tag[noun - 1] != "D"
        or r.tag[noun - 2] not in ",-"
    ):
        return False
    w.add(cue, [(noun - 1, start)], "noun, source, verb")
    return True


def as_one_says(w: Workspace, cue: Cue) -> bool:
    """ "As the union says, | the plan is dead": the clause after the comma."""
    r, stop = w.r, w.sentence_stop(cue.at)
    comma = cue.end + (
        r.low[cue.end : cue.end + 1] == ["it"]
    )  # "As Mr Fairley tells it, | the tree"
    if cue.source is None or comma + 1 >= stop or r.tag[comma] != ",":
        return False
    lead = min(cue.source[0], cue.first) - 1
    if lead != w.clause_floor(cue.at) or r.low[lead] != "as" or "that" not in cue.frames:
        return False
    first = comma + 1
    if w.quoted[first] >= 0 or r.tag[first] in "CUWG" or not has_verb(r, first, stop):
        return False
    w.add(cue, [(first, clause_end(r, first, stop, w.quoted, cue))], "as X says, clause")
    return True


def content_left(w: Workspace, cue: Cue) -> bool:
    """…, X said. — … , he said, …"""
    r = w.r
    parenthetic = "inv" in cue.frames or cue.lemma == "tell"
    if cue.source is None or not cue.frames & {"that", "bare"} or not parenthetic:
        return False
    if r.low[cue.source[0]] in NOBODY:
        return False  # "When asked, neither side responded"
    start = min(cue.source[0], cue.first)
    first = w.clause_floor(cue.at)
    if start - 1 <= first or r.tag[start - 1] not in ",-" or r.tag[cue.source[0]] in "WT":
        return False
    end = start - 1
    stop = w.sentence_stop(cue.at)
    if r.low[cue.end : cue.end + 1] == ["to"] and _infinitive_follows(w, cue, stop):
        return False
    follows = cue.end + 1 < stop and r.tag[cue.end] == "," and _verb_at(w, cue.end + 1, stop)
    last = cue.end
    if cue.lemma == "tell" and cue.source[1] == cue.first:  # "…, three sources told | Reuters."
        last = max(last, right_phrase(r, last, stop))
    closes = last >= stop and end - first > 2 and r.tag[first] not in "RZAGUWXVC"
    fronted = (
        r.tag[first] == "U" and r.tags[cue.end : cue.end + 1] == ","
    )  # "Unless it rains, he warned,"
    if cue.lemma != "say" and not (has_verb(r, first, end) or follows or closes or fronted):
        return False  # "Ravens plan for tomorrow, a study suggests." does
    if r.low[first] in _PUT and not cue.negated:
        return False  # "Asked by Sky if she would run, Ms Orr said maybe."
    begin = first + 1 if r.low[first] in ("and", "but") else first
    if cue.negated and r.low[first] == "asked":
        begin = _question(w, first + 1, end)  # "Asked | whether he would stay, he declined to say"
    begin = _after_colon(w, begin, end)
    parts = [(begin, end)]
    k = after_adjuncts(r, cue, stop)
    if cue.lemma == "tell" and k < stop:  # "…, she told the Echo"
        heard = right_phrase(r, k, stop)
        k = heard if heard >= stop or r.tag[heard] in "RZ,-" else k
    semicolon = k < stop and r.low[k] == ";" and w.quoted[k] < 0
    if k < stop and r.tag[k] not in "RZAGUW,-" and not semicolon:
        return False
    if semicolon and k + 1 < stop and not _somebody_else(w, k + 1, stop):
        # "They still speak, he says; she is his daughter's godmother"
        parts.append((k + 1, clause_end(r, k + 1, stop, w.quoted, cue)))
    comma = None if semicolon else w.comma(k, stop, ",-")
    if comma is not None and comma + 1 < stop and _resumes(w, comma + 1, parts[0], stop):
        parts.append((comma + 1, clause_end(r, comma + 1, stop, w.quoted, cue)))
    w.add(cue, parts, "clause, source, verb")
    return True


def _somebody_else(w: Workspace, k: int, stop: int) -> bool:
    """ "…, survivors said; | the army gave the toll as six": whether another speaks after it."""
    r = w.r
    end = right_phrase(r, k, stop, wide=True)
    while end < stop and r.tag[end] in "AX":
        end += 1
    at_all = k < end < stop and r.low[k] not in ("he", "she", "it", "they")
    return at_all and (r.low[end] in r.lex.cues or r.low[end] in r.lex.idioms) and verbal(r, end)


def _question(w: Workspace, k: int, end: int) -> int:
    """ "Asked (twice) | whether…": where the question begins."""
    return next(
        (j for j in range(k, min(end, k + 4)) if w.r.low[j] in _ASKS or w.r.tag[j] == "W"), k
    )


_PUT = frozenset(["asked", "pressed", "questioned", "quizzed", "pushed"])
_ASKS = frozenset(["if", "whether", "about", "by"])


def _infinitive_follows(w: Workspace, cue: Cue, stop: int) -> bool:
    """ "…, open talks that let trade rules | to respond", "a crew the panel found | to have been late":
    no verb that what stands before it hangs on; but "…, she said to cheers"."""
    k = cue.end + 1
    return cue.lemma in _NEVER_TO and k + 1 < stop and w.r.tag[k] in "XBV"


_NEVER_TO = frozenset(["rule", "find", "hold", "show", "reveal", "conclude"])
_MEASURES = frozenset(
    [
        "well",
        "far",
        "up",
        "down",
        "short",
        "compared",
        "more",
        "less",
        "almost",
        "nearly",
        "roughly",
    ]
)


def _adds_a_measure(w: Workspace, k: int, stop: int) -> bool:
    """ "It stands at 79%, she added, | well short of the 95% that is needed": what a figure of the
    clause is measured by."""
    r = w.r
    return r.low[k] in _MEASURES and "#" in r.tags[k:stop]


def _verb_at(w: Workspace, k: int, stop: int) -> bool:
    """Whether a finite verb begins at k, adverbs passed over: "Most, they found, | simply forgot"."""
    while k + 1 < stop and w.r.tag[k] == "A":
        k += 1
    return verbal(w.r, k)


def _after_colon(w: Workspace, begin: int, end: int) -> int:
    """ "X disputed the account: | it was wrong, he said": what follows the colon is said."""
    r = w.r
    j = r.tags.find(":", begin + 1, end - 2)
    if j < 0 or w.quoted[j] >= 0:
        return begin
    told = any(r.low[m] in r.lex.cues and r.tag[m] in "VEB" for m in range(begin, j))
    return j + 1 if told and has_verb(r, j + 1, end) else begin


def _wants_its_verb(w: Workspace, left: Range) -> bool:
    """ "It might also, she suggested, | explain": the clause breaks off behind a modal."""
    k = left[1] - 1
    while k > left[0] and w.r.tag[k] == "A":
        k -= 1
    return w.r.low[k] in MODALS or w.r.low[k] == "to"


def _resumes(w: Workspace, k: int, left: Range, stop: int) -> bool:
    """Whether the clause goes on after ", he said,": with its verb, or as a co-ordinate."""
    r = w.r
    if r.tag[k] == "T" and r.low[left[0]] in ("it", "it's"):
        return True  # "It is a pleasure, she said, | that the work goes on"
    if r.tag[left[0]] in "UW" and has_verb(r, k, stop):
        return True  # "When he came round, he said, | there were three"
    if _verb_at(w, k, stop) or r.tag[k] == "C" or r.low[k] in _RESUMING:
        reported = any(r.low[j] in r.lex.cues for j in range(k + 1, min(stop, k + 4)))
        return not (r.tag[k] == "C" and reported)
    if verbal(r, left[1] - 1):
        return r.low[k] != "as"
    if _wants_its_verb(w, left):
        return True
    if _adds_a_measure(w, k, stop):
        return True
    return r.tag[k] != "G" and not has_verb(r, left[0], left[1])
