"""Which claims take part in a comparison of versions: statements, not thoughts, wishes or rules.

A ledger also holds beliefs and intentions ("they hope to …", "you may find that …"). Whether such a
clause is read as attributed often turns on a word nearby; compared, they would be noise. Those of
the narrator ("we advise …", a publisher's own voice) and of the reader ("you") are left out too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.model import Claim
from variorum.stages.claims.counted import is_plural
from variorum.stages.claims.figure_language import language_of
from variorum.stages.claims.lexicon import english
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.quoted import quoted_spans

# Verbs whose clause is somebody's statement whatever its form
_SAYS = word_set(
    """
    say tell add claim argue insist maintain assert contend allege state declare proclaim warn
    caution admit concede acknowledge deny reiterate stress testify complain boast joke quip
    tweet accuse blame criticise criticize condemn denounce praise urge vow pledge promise
    threaten demand dismiss reject refute predict reply respond according insinuate purport
    """
)
# Verbs that also take things as objects ("confirmed cases"): a statement only with a clause
_SAYS_THAT = word_set(
    """
    confirm announce reveal report show find note explain suggest indicate conclude estimate
    disclose observe remark believe think fear rule hold write post
    """
)
_OWN_VOICE = re.compile(
    r"\W*(?:please|you|we|us|i|it|who|which|that|this|they who|those who|anyone)\b", re.IGNORECASE
)
_PRONOUN = re.compile(r"(?:he|she|they|some|many|others|most)", re.IGNORECASE)
_NAMING = frozenset({"called", "named", "titled", "entitled", "dubbed", "known as"})
_PASSIVE = re.compile(r"(?:is|are|was|were|be|been|being)\b", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|your|you[’']re|you[’']ll)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:if|whether|unless|should|must|can|may|might)\s+(?:\w+\s+){0,3}\Z", re.IGNORECASE
)
_CLAUSE = re.compile(r"\W*that\b", re.IGNORECASE)


def comparable(claims: Sequence[Claim], text: str) -> list[Claim]:
    """The claims that take part, in order."""
    foreign = language_of(text) != "en" if claims else False
    return [c for c in claims if _takes_part(c, text, foreign)]


def _takes_part(claim: Claim, text: str, foreign: bool) -> bool:
    if claim.cue is not None and text[slice(*claim.cue)].lower() in _NAMING:
        return False
    if foreign or claim.type == "direct" or _mostly_quoted(claim, text):
        return True
    if claim.cue is None or claim.source is None:
        return claim.type == "mixed"  # impersonal ("is believed to") is a hedge, compared as one
    source = text[slice(*claim.source)]
    if _OWN_VOICE.match(source):
        return False
    if _PRONOUN.fullmatch(source) and _PRONOUN.fullmatch(claim.speaker.name or "they"):
        return False
    if _is_stray(source):
        return False
    if _CONDITION.search(text[max(0, claim.cue[0] - 30) : claim.cue[0]]):
        return False
    if claim.type == "indirect" and _READER.search(text[slice(*claim.content)]):
        return False  # advice to the reader, in the publisher's own voice
    return _is_speech(claim, text)


def _mostly_quoted(claim: Claim, text: str) -> bool:
    """Whether the better part of a mixed claim stands in quotation marks."""
    if claim.type != "mixed":
        return False
    start, end = claim.content
    quoted = sum(e - s for s, e in quoted_spans(text, start, end))
    return quoted > 0.6 * (end - start)


def _is_stray(source: str) -> bool:
    """A single small word that is no plural: "secure", not a speaker."""
    if not source.islower() or " " in source or is_plural(source):
        return False
    return not _PRONOUN.fullmatch(source)


def _is_speech(claim: Claim, text: str) -> bool:
    assert claim.cue is not None
    cue = text[slice(*claim.cue)].lower()
    cues = english().cues
    lemmas = {cues[w].lemma if w in cues else w for w in re.findall(r"[a-z]+", cue)}
    if lemmas & _SAYS or (claim.type == "mixed" and lemmas & _SAYS_THAT):
        return True
    if _PASSIVE.match(cue):
        return False  # "is indicated by an asterisk"
    if not lemmas & _SAYS_THAT:
        return "calls" in cue or "called" in cue or "call" in lemmas
    following = text[claim.cue[1] : claim.cue[1] + 12]
    before = claim.content[1] <= claim.cue[0]  # "…, the report found"
    return (
        before
        or _CLAUSE.match(following) is not None
        or _CLAUSE.match(text[claim.content[0] : claim.content[0] + 8]) is not None
    )
