"""Which claims take part in a comparison of versions: statements, not thoughts, wishes or rules.

A ledger also holds beliefs and intentions ("they hope to …", "you may find that …"). Whether such a
clause is read as attributed often turns on a word nearby; compared, they would be noise. Those of
the narrator ("we advise …", a publisher's own voice) and of the reader ("you") are left out too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.model import Claim
from variorum.stages.claims.figure_language import language_of
from variorum.stages.claims.lexicon import english

_STRONG = frozenset(
    """deny accuse blame criticise criticize urge order vow pledge promise reject dismiss praise
    condemn describe call brand threaten demand order claim allege according""".split()
)
_OWN_VOICE = re.compile(r"\W*(?:you|we|us|i|it|they who|those who|anyone|if you)\b\W*\Z", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|whether|unless|should|must|can|may|might)\s+(?:\w+\s+){0,3}\Z", re.IGNORECASE)


def comparable(claims: Sequence[Claim], text: str) -> list[Claim]:
    """The claims that take part, in order."""
    foreign = language_of(text) != "en" if claims else False
    return [c for c in claims if _takes_part(c, text, foreign)]


def _takes_part(claim: Claim, text: str, foreign: bool) -> bool:
    if claim.source is not None and claim.type == "indirect":
        source = text[slice(*claim.source)]
        if _OWN_VOICE.match(source):
            return False
    if foreign or claim.type == "direct":
        return True
    if claim.cue is None:
        return claim.type == "mixed"
    if claim.source is None and claim.type == "indirect":
        return False  # impersonal: "is believed to": a hedge, and compared as one
    if _CONDITION.search(text[max(0, claim.cue[0] - 30) : claim.cue[0]]):
        return False
    return _is_speech(text[slice(*claim.cue)].lower())


def _is_speech(cue: str) -> bool:
    lexicon = english()
    for word in re.findall(r"[a-z]+", cue):
        verb = lexicon.cues.get(word)
        if word in _STRONG or word in lexicon.nouns or word in lexicon.artefacts:
            return True
        if verb is not None and "belief" not in verb.frames:
            if verb.lemma in _STRONG or verb.frames & {"inv", "quote"}:
                return True
    return False
