"""Where what is said ends: at the end of the sentence, or where somebody else begins to speak."""

from __future__ import annotations

from variorum.stages.claims.cue import Cue
from variorum.stages.claims.lexicon import BASE, ING, PAST, THIRD, words
from variorum.stages.claims.nounphrases import right_phrase, verbal
from variorum.stages.claims.reading import Reading

_THEN = frozenset(["after", "when", "as", "before"])
_CONTRAST = frozenset(["while", "though", "although", "whereas", "as"])
_RELATIVE = frozenset(["who", "whom", "which"])
_DID = frozenset(["did", "didn't", "didn’t"])
_SAYING = frozenset(["that", "quote"])
_LOOSE = frozenset("CGEPVSXTUW")  # classes that after a comma do not go on with a noun phrase
_REFUSALS = frozenset(["not", "cannot", "never"])
_WITHHOLDING = frozenset(["declined", "declines", "refused", "refuses"])
_TELLING = words("say confirm reveal disclose discuss specify elaborate comment divulge rule")
_OCCASIONS = words(
    "interview speech statement rally debate tweet conference appearance briefing address remarks "
    "email letter post twitter facebook event monday tuesday wednesday thursday friday saturday "
    "sunday town television call"
)


def clause_end(
    reading: Reading, k: int, stop: int, quoted: list[int], cue: Cue, *, begun: bool = False
) -> int:
    """The end of a clause content that begins at k: the sentence's, unless another attribution or a
    second verb of the same speaker comes first. ``begun``: the clause began before k."""
    tag, low, cues = reading.tag, reading.low, reading.lex.cues
    form = cues[low[cue.at]].form if low[cue.at] in cues else ""
    did = cue.negated or any(low[m] in _DID for m in range(cue.first, cue.at))
    past = form == PAST or (form == BASE and did)  # "would not confirm it but said"
    told = form in (PAST, THIRD, BASE)
    own: bool | None = None if told and not begun else False
    closes = 0  # the end of the bracket that is open
    for j in range(k + 1, stop):
        t = tag[j]
        plain = t not in _MAY_END and quoted[j - 1] < 0
        if (plain and low[j] != "according") or quoted[j] >= 0:
            continue
        if t == "(":
            closes = _bracket_end(tag, j, stop)
        closed = quoted[j - 1] >= 0 and _after_quoted_comma(reading, j, quoted)
        if t in ",-" or low[j] == ";":
            if j + 1 < stop and _turns(reading, j + 1, stop, past, cue):
                return j
        elif closed and _turns(reading, j, stop, past, cue):
            return j
        elif t == "C":
            if told and j >= closes and _second_cue(reading, j, stop, past):
                own = _reports(reading, k, j) if own is None else own
                if not own:
                    return j
        elif low[j] == "according":
            if low[j + 1 : j + 2] == ["to"] and j + 1 < stop:
                return j
        elif _outside(tag, k, j, stop):
            return j
    return stop


def _outside(tag: list[str], k: int, j: int, stop: int) -> bool:
    """Whether a quotation follows a colon at j, or the bracket ends in which the clause from k stands:
    "(which the council says will cost £40m | )"."""
    led = tag[j] == ":" and j + 1 < stop and tag[j + 1] == '"'
    return led or (tag[j] == ")" and "(" not in tag[k:j])


_MAY_END = frozenset(",-:()C")  # classes of the words at which a clause may end
_LONGEST_BRACKET = 30  # tokens


def _bracket_end(tag: list[str], j: int, stop: int) -> int:
    """Where the bracket that opens at j is closed; j if it is not soon."""
    return next((m for m in range(j + 1, min(stop, j + _LONGEST_BRACKET)) if tag[m] == ")"), j)


def _turns(reading: Reading, j: int, stop: int, past: bool, cue: Cue) -> bool:
    """After a comma at j: another attribution, or the main verb after a participle's content."""
    if _attribution_follows(reading, j, stop, past) or _denial_follows(reading, j, stop):
        return True
    if cue.lemma in _DENYING and (_sometime_after(reading, j) or _meanwhile(reading, j, stop)):
        return True
    if cue.lemma in _VOWING and _sometime_after(reading, j):
        return True
    if reading.low[j] == "without" and j + 1 < stop and reading.low[j + 1] in _WITHOUT_MORE:
        return True
    return (
        cue.mode == "participle" and reading.tag[j] in "VE" and reading.low[j] in reading.lex.cues
    )


_DENIABLE = frozenset(
    ["claim", "allegation", "accusation", "charge", "suggestion", "figure", "assertion"]
)
_DENYING = frozenset(["deny", "dispute", "reject", "contest", "refute", "rubbish", "contradict"])
_VOWING = frozenset(["insist", "maintain", "vow", "promise", "admit", "apologise", "apologize"])
_UNVERIFIED = frozenset(["verified", "confirmed", "corroborated", "substantiated"])
_WITHOUT_MORE = words("elaborating specifying naming giving offering providing citing explaining")


def _denial_follows(reading: Reading, j: int, stop: int) -> bool:
    """After a comma: "a claim the army denied", "which he denies"."""
    low = reading.low
    noun = reading.tag[j] == "D" and j + 1 < stop and low[j + 1] in _DENIABLE
    start = j + 2 if noun else j + 1
    if noun and low[j + 1] != "figure" and reading.tag[start : start + 1] in (["E"], ["V"], ["R"]):
        return True  # "denied it, a claim | made in a lawsuit"
    if noun and low[start : start + 1] in (["that"], ["which"]):
        return not _UNVERIFIED.isdisjoint(low[start : start + 8])
    if not noun and low[j] not in ("which", "something"):
        return False
    end = right_phrase(reading, start, stop) if start < stop else start
    while end < stop and reading.tag[end] in "AX":
        end += 1
    if start + 1 < end and low[end - 1] in reading.lex.cues:
        end -= 1  # "a claim Fenwater | disputes"
    verb = reading.lex.cues.get(low[end]) if start < end < stop else None
    return verb is not None and verb.lemma in _DENYING


_SPANS = words("seconds minutes hours days weeks months years")


def _sometime_after(reading: Reading, j: int) -> bool:
    """ "Denied it, | hours after pictures appeared"."""
    low = reading.low
    return low[j] in _SPANS and low[j + 1 : j + 2] in (["after"], ["before"])


def _meanwhile(reading: Reading, j: int, stop: int) -> bool:
    """ "Denied it, | as pressure grew", "| amid calls for…", "| despite what he wrote": what the
    reporter sets beside a denial."""
    low, tag = reading.low, reading.tag
    if low[j] in ("amid", "despite"):
        return True
    if low[j] != "as" or j + 2 >= stop or tag[j + 1] not in "DNMSJ":
        return False
    end = right_phrase(reading, j + 1, stop)
    return end < stop and verbal(reading, end)


def _after_quoted_comma(reading: Reading, j: int, quoted: list[int]) -> bool:
    """Whether the comma before token j stands inside a closing quotation mark (American style)."""
    return (
        j >= 2
        and quoted[j - 1] >= 0
        and reading.tag[j - 1] in '"q'
        and (reading.tag[j - 2] == "," or (reading.tag[j - 2] == "q" and reading.tag[j - 3] == ","))
    )


def _reports(reading: Reading, k: int, stop: int) -> bool:
    """Whether the first verb of the clause at k attributes in its turn ("said X claimed that…")."""
    for j in range(k, min(stop, k + 12)):
        if reading.tag[j] in "VEB" and verbal(reading, j):
            return reading.low[j] in reading.lex.cues
        if reading.tag[j] == "X" or reading.low[j] == "but":
            return False
    return False


def _attribution_follows(reading: Reading, j: int, stop: int, past: bool) -> bool:
    """After a comma: "adding that", "according to X", "but said", "while others argued"."""
    tag, low, cues = reading.tag, reading.low, reading.lex.cues
    verb = cues.get(low[j])
    if low[j] == "according" or (verb and verb.form == ING and tag[j] == "G"):
        return True
    p = j
    if tag[p] == "C" or low[p] in _CONTRAST or low[p] in _RELATIVE:
        p += 1
    while p < stop and tag[p] == "A":
        p += 1
    if p >= stop:
        return False
    end = p
    if tag[p] in "PDMNSJ#":
        end = _its_maker(reading, right_phrase(reading, p, stop), stop)
        end = (
            _past_the_aside(reading, p, end, stop)
            if p > j or low[j - 1] == ";" or low[p] == "whose"
            else end
        )
    elif not past or p == j or low[j] in _RELATIVE:
        return False
    refused = low[j] == "but" and tag[p] == "P"
    refused = refused and not _REFUSALS.isdisjoint(low[end : end + 3])
    while end < stop and tag[end] in "AX":
        end += 1
    if end >= stop:
        return False
    if refused and low[end] in cues and cues[low[end]].lemma in _TELLING:
        return True  # "will not step in, but he did not rule out"
    if low[end] in _WITHHOLDING and p > j and low[end + 1 : end + 2] == ["to"]:
        return True  # "there would be an answer, though he declined to say when"
    if end + 1 < stop and low[end] in reading.lex.seen and tag[end + 1] == "G":
        return True
    return _saying(reading, end, only=past and p == j)


def _past_the_aside(reading: Reading, p: int, end: int, stop: int) -> int:
    """ "Although one, who asked for anonymity, | said", "; its minister, X, | told": past what stands
    between commas."""
    tag, low = reading.tag, reading.low
    if (
        end + 2 >= stop
        or tag[end] != ","
        or (low[end + 1] not in _RELATIVE and tag[end + 1] != "M")
    ):
        return end
    comma = next((k for k in range(end + 2, stop - 1) if tag[k] == ","), None)
    return end if comma is None else comma + 1


def _its_maker(reading: Reading, end: int, stop: int) -> int:
    """ "A report | by the think tank X": where a phrase ends with who made the thing."""
    by = end < stop and reading.low[end] == "by"
    return right_phrase(reading, end + 1, stop) if by else end


def _saying(reading: Reading, i: int, *, only: bool) -> bool:
    """Whether token i is a verb that takes a "that" or a quotation; ``only``: or one after "would
    only" ("Asked whether it had, she would only say that…")."""
    low, verb = reading.low, reading.lex.cues.get(reading.low[i])
    if verb is None or reading.tag[i] not in "VEB" or not verb.frames & _SAYING:
        return False
    if only and verb.form == BASE and low[i - 1] == "only":
        return True
    if verb.lemma == "go" and low[i + 1 : i + 2] == ["on"]:
        return False  # "many will go on to"
    return verb.form == PAST or verbal(reading, i)


def _second_cue(reading: Reading, j: int, stop: int, past: bool) -> bool:
    """ "and [later] said", "and says", "but would not say": a verb of the same subject that
    attributes in its turn; ``past``: the first one stands in the past tense."""
    tag, low, cues = reading.tag, reading.low, reading.lex.cues
    k = j + 1
    did = refused = False
    while k < stop and tag[k] in "AX":
        did = did or low[k] in ("did", "didn't")
        refused = refused or low[k] in _REFUSALS or low[k].endswith(("n't", "n’t"))
        k += 1
    if k >= stop:
        return False
    if low[k] == "stopped" and low[k + 1 : k + 3] == ["short", "of"]:
        return True
    verb = cues.get(low[k])
    if verb is None:
        return False
    if verb.form == BASE:
        return did and past if did or not refused else _withholds(reading, j, k)
    if verb.form == THIRD:
        return not past and k == j + 1 and low[k] not in reading.lex.nouns["that"]
    if past and low[j + 1] in ("had", "hadn't"):
        return False  # "said it had helped but had not endorsed it"
    return verb.form == PAST and tag[k] in "VE" and (past or k > j + 1)


def _withholds(reading: Reading, j: int, k: int) -> bool:
    """ "…, but would not say whether": the reporter's words, not those of who is reported."""
    return reading.low[j] == "but" and reading.lex.cues[reading.low[k]].lemma in _TELLING


def phrase_end(reading: Reading, k: int, stop: int, quoted: list[int], cue: Cue) -> int:
    """The end of a noun phrase content ("criticised the plan for its cost")."""
    tag, low = reading.tag, reading.low
    for j in range(k + 1, stop):
        if quoted[j] >= 0:
            continue
        t = tag[j]
        if t in ":-":
            return j
        if t == "," and j + 1 < stop:
            if _phrase_breaks(reading, j + 1, stop):
                return j
        elif quoted[j - 1] >= 0 and _after_quoted_comma(reading, j, quoted):
            if _phrase_breaks(reading, j, stop) or t == "Z":
                return j
        elif t == "C":
            if _verb_follows(reading, j, stop):
                return j
        elif low[j] == "according":
            if low[j + 1 : j + 2] == ["to"] and j + 1 < stop:
                return j
        elif _told_beside(reading, j, stop, quoted):
            return j
    return stop


def _told_beside(reading: Reading, j: int, stop: int, quoted: list[int]) -> bool:
    """Whether the reporter goes on at j: "at a rally", "“…” after it renamed its play"."""
    if reading.low[j] == "at":
        return _occasion(reading, j, stop)
    after = reading.low[j] in _THEN and quoted[j - 1] >= 0
    return after and _happened(reading, j + 1, stop)


def _happened(reading: Reading, k: int, stop: int) -> bool:
    """ "accused it of “erasing Christmas” | after it renamed its play": what the reporter tells."""
    end = right_phrase(reading, k, stop)
    return k < end < stop and verbal(reading, end)


def _phrase_breaks(reading: Reading, j: int, stop: int) -> bool:
    """Whether a noun phrase ends at the comma before token j."""
    tag, low = reading.tag, reading.low
    if tag[j] in _LOOSE and low[j] not in ("including", "and", "or"):
        return True
    if tag[j] == "C" and j + 1 < stop and tag[j + 1] in "PVEX":
        return True
    if low[j] in ("amid", "despite") or _attribution_follows(reading, j, stop, True):
        return True
    return tag[j] == "D" and not _list_goes_on(reading, j, stop)


def _verb_follows(reading: Reading, j: int, stop: int) -> bool:
    """After "and": a second verb of the same subject; after "but" always."""
    ahead = j + 1
    while ahead < stop and reading.tag[ahead] == "A":
        ahead += 1
    if reading.low[j] == "but":
        return True
    if ahead >= stop:
        return False
    verb = reading.lex.cues.get(reading.low[ahead])
    if verb is not None and verb.form == THIRD and ahead == j + 1:
        return reading.low[ahead] not in reading.lex.nouns["that"]  # "and maintains that"
    return reading.tag[ahead] in "VEX" and verbal(reading, ahead)


def _occasion(reading: Reading, j: int, stop: int) -> bool:
    return any(reading.low[m] in _OCCASIONS for m in range(j + 1, min(stop, j + 5)))


def _list_goes_on(reading: Reading, first: int, stop: int) -> bool:
    """After a comma, a list of noun phrases goes on: "jobs, taxes and trade"."""
    tag = reading.tag
    for m in range(first, min(stop, first + 7)):
        if tag[m] == "C" and reading.low[m] in ("and", "or"):
            return m + 1 < stop and tag[m + 1] in "NMDSJG#" and not verbal(reading, first)
        if tag[m] in "VXEPWU.:-T":
            return False
    return False


def as_content(
    reading: Reading, k: int, stop: int, quoted: list[int], cue: Cue
) -> tuple[int, int] | None:
    """ "described X as Y": from the object to the end of Y; None without an "as"."""
    for j in range(k, min(stop, k + 25)):
        if reading.low[j] == "as" and quoted[j] < 0:
            return (k, phrase_end(reading, j + 1, stop, quoted, cue))
        if reading.tag[j] in ".:" and quoted[j] < 0:
            return None
    return None
