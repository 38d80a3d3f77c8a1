"""Whom the object of a sentence describes, where its pronoun can mean nobody else."""

from __future__ import annotations

from variorum.stages.claims.descriptions import Descriptions
from variorum.stages.claims.nounphrases import right_phrase
from variorum.stages.claims.people import Entity
from variorum.stages.claims.phrases import read_phrase
from variorum.stages.claims.workspace import Workspace


def object_before(w: Workspace, descriptions: Descriptions, gender: str, at: int) -> Entity | None:
    """ "Asked the cook what was in it, | he said": whom a description in the sentence means."""
    r = w.r
    for k in range(at - 1, r.sent_first[r.sentence[at]], -1):
        if r.low[k] == "the" and w.quoted[k] < 0:
            p = read_phrase(r, descriptions.lists, k, max(k + 1, right_phrase(r, k, at)))
            if descriptions.is_person(p) and descriptions.gender(p) in ("", gender):
                e = descriptions.person(p).entity
                return e if e.gender in ("", gender) else descriptions.without_name(p)
    return None
