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
_NAMING = re.compile(
    r"\b(?:call(?:s|ed|ing)?|name[sd]?|(?:en)?titled|dub(?:s|bed)|known|refer(?:s|red)?)\b",
    re.IGNORECASE,
)
_A_NAME = 5  # words of a name that somebody gives to something; longer ones are what they say of it
_PASSIVE = re.compile(r"(?:is|are|was|were|be|been|being)\b", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|your|you[’']re|you[’']ll)\b", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:(?:if|whether|unless|should|must|can|may|might)\s+(?:\w+\s+){0,3}|"
    r"(?:difficult|hard|impossible|easy|able|free|required|invited)\s+to\s+)\Z",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"(?:can|could|may|might|must|should)\s+(?!not\b)|(?:\S+\s+){0,3}able\s+to\b", re.IGNORECASE
)
# Words that read like verbs of saying and are not: "a warning system", "claiming benefits",
# "admitted to hospital", "a claim to the throne", "to tell us about"
_NOUN = re.compile(
    r"(?:warnings?|claims?|claiming|declaring|calls?|estimates?|reports?)\s+(?!(?:that|the|a|an|he|she|"
    r"it|they|his|her|its|their|there|this|these|no|not|on|of|for|to|people|them|us|him|all|any|some|"
    r"in)\b)[A-Za-z]|admitted\s+to\s+(?:the\s+|a\s+)?hospital|claims?\s+to\s+(?:the|a)\b|"
    r"tweets?\s+(?:with|from|by|about)\b|(?:to\s+)?tell\s+(?:us|you|me)\b"
)
# "according to doctrine": by what measure, not by whose word
_MEASURE = re.compile(
    r"\b(?:patterns?|doctrines?|paths?|plans?|schedules?|sizes?|types?|circumstances|needs?|rules?|laws?|"
    r"principles?|ages?|orders?|instructions|guidance|preferences?|abilit(?:y|ies)|time|height|weight)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\W*that\b", re.IGNORECASE)


MOSTLY = 0.6  # quoted share from which a mixed statement is taken for a quotation


def comparable(claims: Sequence[Claim], text: str) -> list[Claim]:
    """The claims that take part, in order."""
    foreign = language_of(text) != "en" if claims else False
    return [c for c in claims if _takes_part(c, text, foreign)]


def _takes_part(claim: Claim, text: str, foreign: bool) -> bool:
    if _gives_a_name(claim, text):
        return False
    if claim.type == "direct":
        return claim.cue is not None or _quoted_share(claim, text) > 0
    if foreign or (claim.type == "mixed" and _quoted_share(claim, text) > MOSTLY):
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
    before = text[max(0, claim.cue[0] - 30) : claim.cue[0]]
    if (
        _CONDITION.search(before)
        or _MODAL.match(text, claim.cue[0])
        or _NOUN.match(text, claim.cue[0])
    ):
        return False
    if claim.type == "indirect" and _READER.search(text[slice(*claim.content)]):
        return False  # advice to the reader, in the publisher's own voice
    return _is_speech(claim, text)


def _gives_a_name(claim: Claim, text: str) -> bool:
    """``we call it "Polonius Alpha"``: words in quotation marks that are a name."""
    if claim.cue is None or not _NAMING.search(text[slice(*claim.cue)]):
        return False
    return len(text[slice(*claim.content)].split()) <= _A_NAME


def _quoted_share(claim: Claim, text: str) -> float:
    """How much of a claim stands in quotation marks, 0..1."""
    start, end = max(0, claim.content[0] - 1), min(len(text), claim.content[1] + 1)
    return sum(e - s for s, e in quoted_spans(text, start, end)) / max(1, end - start)


def _is_stray(source: str) -> bool:
    """Words that no speaker ends with: a single small word that is no plural ("secure")."""
    words = source.split()
    if not source.islower() or any(map(is_plural, words)):
        return False
    if len(words) > 1:  # "two separate open", cut short before its noun
        return words[0] in {"two", "three", "four", "several", "a number", "many", "both"}
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
