"""Nouns that attribute: "his claim that…", "reports of violence", "the union's case is that"."""

from __future__ import annotations

from variorum.stages.claims.cue import Cue
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.nounphrases import left_phrase, right_phrase
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.subjects import Range

_LONGEST_ASIDE = 12  # tokens of "(Lib Dem)" or ", Luka Perko," after whose claim it is
PERIODS = (["year"], ["day"], ["week"], ["month"], ["season"], ["evening"], ["night"])


def _said_in_it(reading: Reading, i: int) -> bool:
    """ "said in a | statement that": the verb says it already."""
    low, k = reading.low, i - 1
    return (
        k >= 2
        and reading.tag[k] in "DS"
        and low[k - 1] == "in"
        and low[k - 2] in reading.lex.cues
        and reading.tag[k - 2] in "VE"
    )


def _bare_after(reading: Reading, i: int) -> bool:
    """Whether a plural noun is followed by a clause without its "that"."""
    following = reading.low[i + 1]
    return (
        reading.low[i].endswith("s")
        and following in ("he", "she", "they", "it")
        and i + 2 < reading.size
        and reading.tag[i + 2] in "XVEA"
    )


def _noun_by(reading: Reading, i: int) -> Cue | None:
    """ "A claim by the defence that", "a comment by the minister, Luka Perko, that"."""
    low, tag = reading.low, reading.tag
    stop = reading.sentence_end(i)
    end = right_phrase(reading, i + 2, stop)
    if end <= i + 2 or end >= stop:
        return None
    k = end
    if tag[k] in "(,":
        closing = ")" if tag[k] == "(" else ","
        k = next(
            (j + 1 for j in range(k + 1, min(stop, k + _LONGEST_ASIDE)) if tag[j] == closing), k
        )
    if k + 1 >= stop or low[k] != "that":
        return None
    source_end = k - 1 if tag[k - 1] == "," else k
    return Cue(i, i, i + 1, low[i], frozenset(["that"]), "noun", (i + 2, source_end))


_OF_MANY = words(
    "are were been amid despite growing mounting renewed fresh widespread repeated loud"
)
_LONGEST_VERB = 5  # tokens of "have since been voiced"


def _that_follows_verb(reading: Reading, i: int) -> Cue | None:
    """ "Fears are growing | that the dam will burst", "Concerns were voiced by doctors | that"."""
    tag, low, stop = reading.tag, reading.low, reading.sentence_end(i)
    start = left_phrase(reading, i + 1, reading.sent_first[reading.sentence[i]])
    if start != reading.sent_first[reading.sentence[i]] or tag[i + 1] not in "XVE":
        return None
    if low[i + 1] in reading.lex.participles:
        return None  # "Comments made that day"
    k = i + 1
    while k < min(stop, i + 1 + _LONGEST_VERB) and tag[k] in "XAEVG":
        k += 1
    source: Range | None = None
    if k + 1 < stop and low[k] == "by":
        end = right_phrase(reading, k + 1, stop)
        source, k = (k + 1, end), end
    if k + 2 >= stop or tag[k] != "T" or tag[k + 1] not in 'DSPMNJ#"':
        return None
    return Cue(i, i, k, low[i], frozenset(["that"]), "noun", source)


_BEING = frozenset(["is", "are", "was", "were", "am"])


def noun_cue(reading: Reading, i: int) -> Cue | None:
    """A noun with "that" ("his claim that…"), or with "of" ("reports of violence")."""
    low, tag = reading.low, reading.tag
    if i + 1 >= len(low):
        return None
    after = low[i + 1]
    word = low[i]
    if after == "that" and i + 2 < len(low) and tag[i + 2] in 'DSPMNJ#GT"':
        if _said_in_it(reading, i):
            return None
        frame = "that"
    elif after == "of" and word in reading.lex.nouns["of"]:
        if low[i + 2 : i + 3] == ["the"] and low[i + 3 : i + 4] in PERIODS:
            return None  # "its third profit warning of the year"
        frame = "of"
    elif after == "for" and word in ("calls", "demands") and low[i - 1] in _OF_MANY:
        frame = "of"  # "There have been | calls for the minister to resign"
    elif after in ("by", "from") and tag[i + 2 : i + 3] != ["#"]:
        return _noun_by(reading, i)
    elif tag[i + 1] == "P" and word in reading.lex.deniable and _bare_after(reading, i):
        frame = "that"  # "hit back at claims | he stormed off"
    else:
        return _that_follows_verb(reading, i)
    return Cue(i, i, i + 1, word, frozenset([frame]), "noun", _whose(reading, i))


_STATING = frozenset(["stated"])
_BODIES = frozenset(
    ["defence", "defense", "prosecution", "government", "police", "company", "union"]
)
_TO_DO = frozenset(["advice", "message", "warning"])  # "their advice is | to stay indoors"


def stated_noun(reading: Reading, i: int) -> Cue | None:
    """ "The union's case is that", "the view of the court was that", "The message from X was blunt:";
    only with whose it is."""
    low, tag = reading.low, reading.tag
    floor, stop = reading.sent_first[reading.sentence[i]], reading.sentence_end(i)
    source, k = owner_of(reading, i, floor), i + 1
    if source is None and k < stop and low[k] in ("of", "from"):
        k = right_phrase(reading, i + 2, stop)
        source = (i + 2, k)
    if source is None or source[0] >= source[1] or k + 2 >= stop or tag[k] != "X":
        return None
    while k < stop and tag[k] in "XA":
        k += 1
    if low[k - 1] not in _IS and low[k - 2] not in _IS:
        return None
    if tag[k : k + 2] == ["J", ":"] or tag[k : k + 2] == ["N", ":"]:
        k += 1
    said = tag[k] in "T:" and low[k] != ";"
    if k + 1 >= stop or not (said or (low[k] == "to" and low[i] in _TO_DO and tag[k + 1] in "BN")):
        return None
    return Cue(i, i, k + (low[k] != "to"), low[i], _STATING, "stated", source)


_IS = frozenset(["is", "was", "been", "remains", "remained"])


def owner_of(reading: Reading, i: int, floor: int) -> Range | None:
    """Whose the noun at i is: "her", "the inspectors'", "The defence"."""
    low, tag = reading.low, reading.tag
    start = left_phrase(reading, i + 1, floor)
    if start is None or start == i:
        return None
    for k in range(i - 1, start - 1, -1):
        if tag[k] == "S" and low[k] != "whose":
            return (k, k + 1)
        if low[k].endswith(("'s", "’s")) or (tag[k] == "q" and low[k - 1].endswith("s")):
            return (start, k + 1)
    return (start, i) if low[i - 1] in _BODIES else None


def _whose(reading: Reading, i: int) -> Range | None:
    """Whose claim the noun at i is: "his", "the council's", or who "is of the view"."""
    low, tag = reading.low, reading.tag
    floor = reading.sent_first[reading.sentence[i]]
    start = left_phrase(reading, i + 1, floor)
    source: Range | None = None
    if start is not None:
        for k in range(i - 1, start - 1, -1):
            if tag[k] == "S" or low[k].endswith(("'s", "’s", "s'")):
                source = (k, k + 1) if tag[k] == "S" else (start, k + 1)
                break
    if source is None and low[i - 2 : i] == ["of", "the"] and low[i - 3] in _BEING:
        before = left_phrase(reading, i - 3, floor)  # "Mr Khan is | of the view that"
        source = None if before is None else (before, i - 3)
    return source
