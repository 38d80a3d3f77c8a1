"""By which words a notice can name the speaker of a claim: a family name, or what the text calls one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from variorum.model import Claim, ClaimChange
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.notes import Sentence, is_listed, tells, words_of
from variorum.stages.claims.reattribution import _TITLES as TITLES
from variorum.stages.claims.wording import stem
from variorum.text.typography import fold

__all__ = ["TITLES", "Names", "names_of"]

_CAPITAL = re.compile(r"\b[^\W\d_a-z][\w’'-]*")
_WHO = word_set("who qui que quien der die das che")
# "People said", "the man": too little to know anybody by
_ANYBODY = frozenset(
    map(
        stem,
        word_set("""
        people person man men woman women one other source sources speaker author
        former late new old young local retired ancien ancienne
    """),
    )
)


@dataclass(frozen=True, slots=True)
class Names:
    """``surnames``, each of which is enough, and ``callings``: sets of stems that do together.
    ``stems`` are those of all words by which the speaker is introduced."""

    surnames: frozenset[str]
    callings: frozenset[frozenset[str]]
    stems: frozenset[str] = field(default=frozenset(), compare=False)

    def by_surname(self, word: str) -> bool:
        return word in self.surnames

    def stand_in(self, sentence: Sentence) -> bool:
        """Whether a sentence of a notice names the speaker."""
        if any(map(self.by_surname, sentence.words)):
            return True
        stems = frozenset(map(stem, sentence.words))
        return any(calling <= stems for calling in self.callings)

    def say(self, sentence: Sentence, *, who: bool = False) -> int | None:
        """Where a sentence goes on behind a name and a verb of saying ("what the fire chief said |"),
        with ``who`` also behind "Ms Strand, who spoke of |"."""
        stems = frozenset(map(stem, sentence.words))
        called = {s for calling in self.callings if calling <= stems for s in calling}
        order = [w for w in sentence.order if w not in _WHO] if who else sentence.order
        for k, (word, verb) in enumerate(pairwise(order)):
            if is_listed("said", verb) and (self.by_surname(word) or stem(word) in called):
                return sentence.order.index(verb, k) + 1
        return None


def names_of(change: ClaimChange, old_text: str, new_text: str) -> Names:
    """The names of who says what a change is about, in either version."""
    surnames: set[str] = set()
    callings: set[frozenset[str]] = set()
    introduced: list[str] = []
    for claim, text in ((change.old, old_text), (change.new, new_text)):
        if claim is not None:
            surnames |= _surnames(claim)
            callings |= _callings(claim, text)
            introduced += [claim.speaker.name or "", claim.speaker.role or ""]
            introduced.append(text[slice(*claim.source)] if claim.source else "")
    stems = frozenset(stem(w) for one in introduced for w in words_of(one))
    return Names(frozenset(surnames), frozenset(callings), stems)


def _surnames(claim: Claim) -> set[str]:
    """The last name of a person, and the one before it of three and more ("Lourdes Peñalver Díaz")."""
    name = claim.speaker.name
    if name is None or claim.speaker.kind != "person":
        return set()
    words = [w for w in _CAPITAL.findall(fold(name)) if w.lower() not in TITLES]
    words = [w.lower().removesuffix("'s") for w in words]
    return set(words[-1:] if len(words) < 3 else words[-2:])


def _callings(claim: Claim, text: str) -> set[frozenset[str]]:
    """What the text calls the speaker: "the water board", "the mayor", by office and by source."""
    written = text[slice(*claim.source)] if claim.source else ""
    named = claim.speaker.name or ""
    if claim.speaker.kind == "person" and any(c.isupper() for c in named):
        # "la proviseure, Odile Marchand": what stands beside the name
        told = [claim.speaker.role or "", " ".join(w for w in written.split() if w.islower())]
    else:
        told = [named, claim.speaker.role or "", written]
    found = {frozenset(stem(w) for w in words_of(one) if tells(w)) for one in told if one}
    return {stems for stems in found if stems - _ANYBODY}
