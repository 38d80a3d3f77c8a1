"""Where what is said begins after its cue: addressee and adverbials passed over."""

from __future__ import annotations

from variorum.stages.claims.cue import Cue
from variorum.stages.claims.lexicon import words
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
_LAST_NEXT = frozenset(["last", "next", "this", "earlier", "later", "early", "late"])


def after_adjuncts(reading: Reading, cue: Cue, stop: int) -> int:
    """The first token after the cue that can begin its content: past addressee and adverbials."""
    k = cue.end
    addressee = "obj" in cue.frames and cue.mode != "passive"
    for _ in range(6):
        if k >= stop:
            return k
        end = k
        if addressee and _may_be_addressed(reading, k):
            end = _addressed(reading, cue, k, stop)
            addressee = False
        if end == k:
            end = _after_one(reading, k, stop, cue.frames)
        if end <= k:
            return k
        k = end
    return k


def with_addressee(reading: Reading, cue: Cue, k: int, stop: int) -> int:
    """Where an order begins: with the person it is addressed to ("urged | passengers to travel"),
    if nothing but the addressee stands between the cue and its "to"."""
    first = cue.end
    if cue.mode == "passive" or "obj" not in cue.frames or not first < k < stop:
        return k
    if not _may_be_addressed(reading, first) or reading.low[k] not in ("to", "not", "never"):
        return k
    return first if _addressed(reading, cue, first, stop) == k else k


_ANYBODY = frozenset(["anyone", "anybody", "everyone", "everybody", "those", "someone"])
_LONGEST_ADDRESSED = 20  # tokens of "anyone who saw the car" before its "to"


def _may_be_addressed(reading: Reading, k: int) -> bool:
    if reading.tag[k] == "B":  # "told state news agency X", "told last week's meeting"
        return reading.tag[k + 1 : k + 2] in _NOUNS
    it = reading.low[k] == "it" and reading.tag[k + 1 : k + 2] == ["T"]
    return it or reading.tag[k] in "ODSMNJ#" or reading.low[k] in _ANYBODY


def _addressed(reading: Reading, cue: Cue, k: int, stop: int) -> int:
    """The end of whom the verb is addressed to, who begins at k."""
    tag, low = reading.tag, reading.low
    if tag[k] == "O" or (low[k] == "her" and tag[k + 1 : k + 2] not in _NOUNS):
        return k + 1
    if low[k] in _ANYBODY and "to" in cue.frames:
        for j in range(k + 1, min(stop, k + _LONGEST_ADDRESSED)):
            if low[j] == "to" and tag[j + 1 : j + 2] in (["B"], ["N"]):
                return j
            if tag[j] in ',.:"q-T':
                break
    end = _addressee(reading, k, stop)
    if end > k:
        return end
    last = right_phrase(reading, k, stop)
    about = (j for j in range(k + 1, last) if tag[j] == "R" and low[j] in cue.frames)
    return next(about, k)  # "warned ministers | of a hole"


_NOUNS: tuple[list[str], ...] = (["N"], ["J"], ["M"], ["G"], ["B"], ["E"], ["#"])


def _after_one(reading: Reading, k: int, stop: int, frames: frozenset[str]) -> int:
    """The token after the adverb, time, prepositional phrase or parenthesis at k; k if none."""
    tag, low = reading.tag, reading.low
    t = tag[k]
    if low[k] in ("not", "never") and low[k + 1 : k + 2] == ["to"]:
        return k
    if t == "A" and low[k] not in ("there", "only", "then", "now", "even", "both"):
        return k + 1
    if t == "Z" or (low[k] in _LAST_NEXT and k + 1 < stop and tag[k + 1] == "Z"):
        while k < stop and (tag[k] in "Z#" or low[k] in _LAST_NEXT):
            k += 1
        return k
    if t == "R" and low[k] in _ADJUNCT_PREPS and low[k] not in frames:
        return _adjunct(reading, k, stop)
    return _parenthesis(reading, k, stop) if t == "," else k


def _addressee(reading: Reading, k: int, stop: int) -> int:
    """The end of "reporters", "the New York Times", "voters in Iowa" before the content."""
    tag = reading.tag
    end = right_phrase(reading, k, stop)
    if (
        k + 2 < end
        and tag[k] == "D"
        and tag[k + 2] == "N"
        and reading.low[k + 1] in reading.lex.hearings
    ):
        end = k + 2  # "told the inquiry | safety came first"
    counted = next((j for j in range(k + 1, end) if tag[j] == "#" and _many(reading.low[j - 1])), 0)
    if counted and has_verb(reading, counted, stop):
        return counted  # "told police | two men had hit him"
    if tag[end : end + 2] == ["D", "Z"]:  # "promised a fund of £400,000 | a year"
        return k
    if end < stop and tag[end] in "XV" and tag[end - 1] in "NMZ":
        return k  # "warned | the plan was dead": no addressee but a clause
    end = _published(reading, end, stop)  # "told officials in a note seen by X that…"
    return end if end < stop and tag[end] not in ".)" else k


def _many(low: str) -> bool:
    return low in ("police", "mps") or (low.endswith("s") and not low.endswith("ss"))


def _adjunct(reading: Reading, k: int, stop: int) -> int:
    """The end of "in a statement", "on Thursday" if content can follow it; else k."""
    tag = reading.tag
    end = right_phrase(reading, k + 1, stop)
    if end <= k + 1 or end >= stop:
        return k
    published = _published(reading, end, stop)
    if published > end:
        return published
    while end < stop and tag[end] in "ZA":
        end += 1
    if end >= stop:
        return k  # "declined to confirm on Tuesday also"
    if tag[end] in 'T"PW:R' or (tag[end] == "," and _leads(reading, end, stop)):
        return end
    if tag[end] in "DMS" and has_verb(reading, end, stop):
        return end
    return k


_PUBLISHED = frozenset(
    ["seen", "obtained", "sent", "shared", "published", "released", "posted", "addressed", "leaked",
     "shown", "circulated", "reviewed", "read", "issued"]
)  # fmt: skip


def _published(reading: Reading, k: int, stop: int) -> int:
    """The "that" after "in an email | to staff seen by the Courier"; k if none follows."""
    tag, low, end = reading.tag, reading.low, k
    for _ in range(3):
        if end + 1 < stop and tag[end] == "," and low[end + 1] in _PUBLISHED:
            end += 1
        if end + 1 < stop and low[end] in _PUBLISHED:
            end += 1
        if end + 1 >= stop or tag[end] != "R":
            break
        end = right_phrase(reading, end + 1, stop)
    if end < stop and tag[end] == ",":
        end += 1
    return end if end < stop and tag[end] == "T" else k


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
    if tag[k] == "P" or tag[k : k + 2] == ["T", "X"]:
        return True
    seen = reading.low[k] in ("there", "there's")
    for j in range(k, min(stop, k + 30)):
        t = tag[j]
        if t in ".:" or (t == "," and not seen and j > k + 12):
            return False
        if seen and t in "XVEB" and verbal(reading, j):
            return True
        if t == "C" and j + 1 < stop and tag[j + 1] == "X" and tag[j - 1] in "NGZ":
            return False  # "denies wrongdoing and is appealing"
        if t in 'NMZ#GPOBJDa"':
            seen = True
    return False


_YEAR = 4  # figures
_TIMES = words(
    "end start beginning middle turn close spring summer autumn winter noon midnight dawn dusk nightfall lunchtime "
    "then now early mid late next monday tuesday wednesday thursday friday saturday sunday january february march "
    "april may june july august september october november december today tomorrow tonight"
)


def is_a_time(r: Reading, k: int) -> bool:
    """ "By | the end of 2026", "by | Friday", "by | 2030": nobody, but a time."""
    k += r.tag[k] == "D"
    if k >= r.size:
        return False
    return r.low[k] in _TIMES or (len(r.word[k]) == _YEAR and r.word[k].isdigit())


_MEANS = words("phone telephone email e-mail text video letter radio post message")


def is_a_means(r: Reading, k: int) -> bool:
    """ "Were warned by | email": how it was said, not who said it."""
    return r.low[k] in _MEANS and r.tags[k + 1 : k + 2] not in tuple("NM")
