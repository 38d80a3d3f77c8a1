"""What is said: the span that belongs to a cue, to its right or left."""

from __future__ import annotations

from variorum.stages.claims.cues import Cue, Range
from variorum.stages.claims.lexicon import ING, PAST
from variorum.stages.claims.nounphrases import right_phrase, verbal
from variorum.stages.claims.reading import Reading

_ADJUNCT_PREPS = frozenset(
    [
        "in",
        "on",
        "at",
        "during",
        "to",
        "after",
        "before",
        "from",
        "through",
        "via",
        "for",
        "by",
        "over",
        "under",
        "about",
        "with",
        "since",
        "of",
        "within",
    ]
)
_CLAUSE_HEADS = frozenset("DPMSNJ#GZ")
_LAST_NEXT = frozenset(["last", "next", "this", "earlier", "later", "early", "late"])


def after_adjuncts(reading: Reading, cue: Cue, stop: int) -> int:
    """The first token after the cue that can begin its content: addressee and adverbials skipped."""
    tag, low = reading.tag, reading.low
    k = cue.end
    addressee = "obj" in cue.frames and cue.mode != "passive"
    for _ in range(6):
        if k >= stop:
            return k
        t = tag[k]
        if t == "A" and low[k] not in ("there", "only", "then", "now", "even", "both"):
            k += 1
        elif t == "Z" or (low[k] in _LAST_NEXT and k + 1 < stop and tag[k + 1] == "Z"):
            while k < stop and (tag[k] in "Z#" or low[k] in _LAST_NEXT):
                k += 1
        elif t == "O" and addressee:
            k += 1
            addressee = False
        elif addressee and t in "DSMNJ#":
            end = _addressee(reading, k, stop)
            if end <= k:
                return k
            k, addressee = end, False
        elif t == "R" and low[k] in _ADJUNCT_PREPS and low[k] not in cue.frames:
            end = _adjunct(reading, k, stop)
            if end <= k:
                return k
            k = end
        elif t == ",":
            end = _parenthesis(reading, k, stop)
            if end <= k:
                return k
            k = end
        else:
            return k
    return k


def _addressee(reading: Reading, k: int, stop: int) -> int:
    """The end of "reporters", "the New York Times", "voters in Iowa" before the content."""
    tag = reading.tag
    end = right_phrase(reading, k, stop)
    return end if end < stop and tag[end] not in ".)" else k


def _adjunct(reading: Reading, k: int, stop: int) -> int:
    """The end of "in a statement", "on Thursday" if content can follow it; else k."""
    tag = reading.tag
    end = right_phrase(reading, k + 1, stop)
    if end <= k + 1 or end >= stop:
        return k
    while end < stop and tag[end] in "ZA":
        end += 1
    if (end < stop and tag[end] in 'T"PW:') or (tag[end] == "," and _leads(reading, end, stop)):
        return end
    if end < stop and tag[end] == "R":
        return end
    if end < stop and tag[end] in "DMS" and has_verb(reading, end, stop):
        return end
    return k


def _leads(reading: Reading, comma: int, stop: int) -> bool:
    return comma + 1 < stop and reading.tag[comma + 1] in 'T"'


def _parenthesis(reading: Reading, k: int, stop: int) -> int:
    """The end of ", however," or ", in a speech on Monday," before the content; else k."""
    tag = reading.tag
    for j in range(k + 1, min(stop - 1, k + 14)):
        if tag[j] in '":':
            return k
        if tag[j] == ",":
            inner = tag[k + 1]
            short = j - k <= 3 and inner in "AZR"
            return j + 1 if short or tag[j + 1] in 'T"' or inner in "RGU" else k
    return k


def has_verb(reading: Reading, k: int, stop: int) -> bool:
    """Whether a subject and a finite verb follow: a clause rather than a noun phrase."""
    tag = reading.tag
    if k >= stop:
        return False
    if tag[k] == "P":
        return True
    seen = reading.low[k] in ("there", "there's")
    for j in range(k, min(stop, k + 30)):
        t = tag[j]
        if t in ".:" or (t == "," and not seen and j > k + 12):
            return False
        if seen and verbal(reading, j) and t != "E":
            return True
        if seen and t == "E" and verbal(reading, j):
            return True
        if t in 'NMZ#GPOBJDa"':
            seen = True
    return False


def clause_end(reading: Reading, k: int, stop: int, quoted: list[int], cue: Cue) -> int:
    """The end of a clause content that begins at k: the sentence's, unless another attribution or a
    second verb of the same speaker comes first."""
    tag, low, cues = reading.tag, reading.low, reading.lex.cues
    past = low[cue.at] in cues and cues[low[cue.at]].form == PAST
    own = past and _reports(reading, k, stop)
    for j in range(k + 1, stop):
        if quoted[j] >= 0:
            continue
        t = tag[j]
        if t in ",-" or low[j] == ";":
            if j + 1 < stop and _attribution_follows(reading, j + 1, stop, past):
                return j
        elif t == "C":
            if past and not own and _second_cue(reading, j, stop):
                return j
        elif (low[j] == "according" and j + 1 < stop and low[j + 1] == "to") or (
            t == ":" and j + 1 < stop and tag[j + 1] == '"'
        ):
            return j
    return stop


def _reports(reading: Reading, k: int, stop: int) -> bool:
    """Whether the first verb of the clause at k attributes in its turn ("said X claimed that…")."""
    for j in range(k, min(stop, k + 12)):
        if reading.tag[j] in "VEB" and verbal(reading, j):
            return reading.low[j] in reading.lex.cues
        if reading.tag[j] == "X":
            return False
    return False


def _attribution_follows(reading: Reading, j: int, stop: int, past: bool) -> bool:
    """After a comma: "adding that", "according to X", "but said", "while others argued", "X said"."""
    tag, low, cues = reading.tag, reading.low, reading.lex.cues
    if low[j] == "according":
        return True
    verb = cues.get(low[j])
    if verb and verb.form == ING and tag[j] == "G":
        return True
    p = j
    if tag[p] == "C" or low[p] in _CONTRAST:
        p += 1
    while p < stop and tag[p] == "A":
        p += 1
    if p >= stop:
        return False
    end = p
    if tag[p] in "PDMNSJ#":
        end = right_phrase(reading, p, stop)
    elif not past or p == j:
        return False
    while end < stop and tag[end] in "AX":
        end += 1
    if end + 1 < stop and low[end] in reading.lex.seen and tag[end + 1] == "G":
        return True
    verb = cues.get(low[end]) if end < stop else None
    return bool(
        verb
        and tag[end] in "VEB"
        and verb.frames & _SAYING
        and (verb.form == PAST or verbal(reading, end))
    )


_CONTRAST = frozenset(["while", "though", "although", "whereas", "as"])
_SAYING = frozenset(["that", "quote"])


def _second_cue(reading: Reading, j: int, stop: int) -> bool:
    """ "and [later] said": a verb of the same subject that attributes in its turn."""
    tag, low, cues = reading.tag, reading.low, reading.lex.cues
    k = j + 1
    while k < stop and tag[k] in "AX":
        k += 1
    verb = cues.get(low[k]) if k < stop else None
    return bool(verb and verb.form == PAST and tag[k] in "VE")


_LOOSE = frozenset("CGEPVSXTUW")


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
            if tag[j + 1] in _LOOSE and low[j + 1] not in ("including", "and", "or"):
                return j
            if tag[j + 1] == "C" and j + 2 < stop and (tag[j + 2] in "PVEX"):
                return j
            if _attribution_follows(reading, j + 1, stop, True):
                return j
            if tag[j + 1] == "D" and not _list_goes_on(reading, j, stop):
                return j
        elif t == "C":
            ahead = j + 1
            while ahead < stop and tag[ahead] == "A":
                ahead += 1
            if low[j] == "but" or (ahead < stop and tag[ahead] in "VE" and verbal(reading, ahead)):
                return j
        elif (low[j] == "according" and j + 1 < stop and low[j + 1] == "to") or (
            t == "R" and low[j] == "at" and _occasion(reading, j, stop)
        ):
            return j
    return stop


_OCCASIONS = frozenset(
    [
        "interview",
        "speech",
        "statement",
        "rally",
        "debate",
        "tweet",
        "conference",
        "appearance",
        "briefing",
        "address",
        "remarks",
        "email",
        "letter",
        "post",
        "twitter",
        "facebook",
        "event",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "town",
        "television",
        "call",
    ]
)


def _occasion(reading: Reading, j: int, stop: int) -> bool:
    return any(reading.low[m] in _OCCASIONS for m in range(j + 1, min(stop, j + 5)))


def _list_goes_on(reading: Reading, j: int, stop: int) -> bool:
    """A comma inside a list of noun phrases: "jobs, taxes and trade"."""
    tag = reading.tag
    for m in range(j + 1, min(stop, j + 8)):
        if tag[m] == "C" and reading.low[m] in ("and", "or"):
            return m + 1 < stop and tag[m + 1] in "NMDSJG#" and not verbal(reading, j + 1)
        if tag[m] in "VXEPWU.:-T":
            return False
    return False


def as_content(reading: Reading, k: int, stop: int, quoted: list[int], cue: Cue) -> Range | None:
    """ "described X as Y": from the object to the end of Y; None without an "as"."""
    for j in range(k, min(stop, k + 25)):
        if reading.low[j] == "as" and quoted[j] < 0:
            return (k, phrase_end(reading, j + 1, stop, quoted, cue))
        if reading.tag[j] in ".:" and quoted[j] < 0:
            return None
    return None
