"""What "it" and "its" mean where nobody that could be it has spoken or been a subject."""

from __future__ import annotations

from variorum.model import Speaker
from variorum.model.claim import SpeakerKind
from variorum.stages.claims.nounphrases import left_phrase
from variorum.stages.claims.people import People
from variorum.stages.claims.phrases import bare_words
from variorum.stages.claims.reading import Reading


def named_in_clause(r: Reading, people: People, at: int) -> Speaker | None:
    """ "He called on the Consumer Authority to withdraw | its claim": whom the clause named last."""
    first = r.sent_first[r.sentence[at]]
    named = (e for _, e in people.mentions_before(at, first))
    return next((Speaker(e.name, None, None, "organisation") for e in named if not e.person), None)


def thing_before(r: Reading, people: People, at: int) -> Speaker | None:
    """ "He wrote a letter. | It said…", "Residents sued the council. | It said…": what the sentence
    before ends with, if it is a thing or body that can speak."""
    number = r.sentence[at]
    first = r.sent_first[number - 1] if number else at
    for k in range(r.sent_first[number] - 1, first, -1):
        kind: SpeakerKind | None = None
        if r.low[k] in r.lex.artefacts:
            kind = "artefact"
        elif r.low[k] in people.lists.org_nouns and r.low[k] not in people.lists.groups:
            kind = "organisation"
        start = left_phrase(r, k + 1, first) if kind is not None else None
        if start is not None and kind is not None and r.tag[start] in "DS":
            return Speaker(bare_words(r, start, k + 1), None, None, kind)
    return None
