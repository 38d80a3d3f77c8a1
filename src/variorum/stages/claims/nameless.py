"""Cues that are no statement. Requests not to be named describe a source and are no statements of it; "answered
questions about" and its like (frame "refused") are one only when it is not done.

"Asked not to be named", "requested anonymity", "declined to be identified", "asked that her surname
not be used". The words are data (``lexicons/cues_en.toml``, ``nameless``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from variorum.stages.claims.cue import Cue
from variorum.stages.claims.lexicon import read_toml, words
from variorum.stages.claims.reading import Reading

_REACH = 10  # tokens after the verb in which the request is made
_BY_A_NAME = (["named"], ["identified"])
_OWN = frozenset(["his", "her", "their", "my", "our"])
_REFUSING = frozenset(["decline", "refuse"])
_REFUSE = words("declined declines decline declining refused refuses refuse refusing")
_OF_SILENCE = frozenset(["refused", "silent"])
_ANSWER = frozenset(
    ["say", "answer", "respond", "reply", "comment", "elaborate", "drawn", "discuss", "speculate"]
)
_UNWILLING = frozenset(["would", "will", "wouldn't", "won't", "wouldn’t", "won’t"])
_NOT = frozenset(["not", "never"])
_NAMING = frozenset(["identify", "name"])
_HIDING = frozenset(["withheld", "changed", "hidden"])


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: frozenset[str]
    told: frozenset[str]
    states: frozenset[str]
    names: frozenset[str]
    hidden: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    listed = read_toml("cues_en.toml")["nameless"]
    return _Words(*(words(listed[key]) for key in ("verbs", "told", "states", "names", "hidden")))


def asks_for_no_name(r: Reading, cue: Cue) -> int | None:
    """The last token of the request when all that is asked at a cue is that the source is not named;
    None else."""
    lists = _words()
    if cue.frames & _OF_SILENCE and _is_told(r, cue):
        return cue.end - 1
    if cue.lemma not in lists.verbs:
        return None
    if cue.lemma == "ask" and _asked_by_others(r, cue):
        return cue.end - 1
    stop = min(r.sentence_end(cue.at), cue.end + _REACH)
    for rule in (_anonymity, _not_to_be_told, _name_withheld):
        last = rule(r, lists, cue, stop)
        if last is not None:
            return _with_its_reason(r, last)
    return None


def _asked_by_others(r: Reading, cue: Cue) -> bool:
    """ "Asked whether she would stand, X declined to say", "When asked if …": what X was asked."""
    first = r.sent_first[r.sentence[cue.at]]
    opens = cue.at == first or (cue.at == first + 1 and r.low[first] == "when")
    if not opens or r.low[cue.at] != "asked":
        return False
    after = r.low[cue.end : r.sentence_end(cue.at)]
    comma = after.index(",") if "," in after else len(after)
    withheld = any(x in _REFUSE or x in _NOT or x.endswith(("n't", "n’t")) for x in after[comma:])
    return withheld and not _ANSWER.isdisjoint(after[comma:])


def _is_told(r: Reading, cue: Cue) -> bool:
    """ "Answered questions about X", "identified the man", "has not identified the man": only who will
    not say withholds."""
    if not cue.negated or cue.mode != "finite":
        return True
    group = r.low[cue.first : cue.at]
    if "silent" in cue.frames:
        return "to" in group  # "wanted to dodge questions about"
    if not _REFUSE.isdisjoint(group) and "that" not in r.lex.cues.get(r.low[cue.at], cue).frames:
        return True  # "declined | to give details of": what was declined
    return cue.lemma in _NAMING and _UNWILLING.isdisjoint(group) and "to" not in group


def _with_its_reason(r: Reading, last: int) -> int:
    """ "identified | discussing private talks", "anonymity | to (freely) discuss them": the verb of
    what the name would hinder attributes nothing either."""
    low, tag, k = r.low, r.tag, last + 1
    if tag[k : k + 1] == ["G"]:
        return k
    if low[k : k + 1] != ["to"]:
        return last
    return k + 2 if tag[k + 1 : k + 2] == ["A"] else k + 1


def _anonymity(r: Reading, lists: _Words, cue: Cue, stop: int) -> int | None:
    """ "requested anonymity", "insisted on anonymity", "asked to remain anonymous", "agreed to speak
    on condition of anonymity"; not "asked for anonymity for the boy"."""
    for j in range(cue.end, stop):
        if r.low[j] in lists.states:
            others = r.low[j + 1 : j + 2] == ["for"] and r.tags[j + 2 : j + 3] in ("D", "S", "M")
            return None if others else j
        if r.tag[j] in ',.:;"q-T':
            return None
    return None


def _not_to_be_told(r: Reading, lists: _Words, cue: Cue, stop: int) -> int | None:
    """ "asked not to be named", "declined to be (further) identified"; not "to be named as a
    candidate"."""
    k, low, tag = cue.end, r.low, r.tag
    denied = cue.lemma in _REFUSING or cue.negated
    while k < stop and (low[k] in _NOT or low[k] in ("to", "be") or tag[k] == "A"):
        denied = denied or low[k] in _NOT
        k += 1
    only = r.low[k + 1 : k + 2] in (["only"], ["by"]) and low[k : k + 1] in _BY_A_NAME
    if only and k >= cue.end + 2:
        return k  # "asked to be identified only by his first name"
    if not denied or k >= stop or k < cue.end + 2 or low[k - 1] == "to" or low[k] not in lists.told:
        return None
    after = tag[k + 1] if k + 1 < r.size else "."
    return None if low[k + 1 : k + 2] == ["as"] or after in "DSN" else k


def _name_withheld(r: Reading, lists: _Words, cue: Cue, stop: int) -> int | None:
    """ "asked that his real name be withheld", "asked for her surname not to be published"."""
    low, j = r.low, cue.end
    if j < stop and low[j] in ("that", "for"):
        j += 1
    if j >= stop or low[j] not in _OWN:
        return None
    named = next((m for m in range(j + 1, min(stop, j + 4)) if low[m] in lists.names), stop)
    told = next((m for m in range(named + 1, stop) if low[m] in lists.hidden), None)
    if told is None:
        return None
    hides = low[told] in _HIDING
    return told if hides != any(low[m] in _NOT for m in range(named + 1, told)) else None
