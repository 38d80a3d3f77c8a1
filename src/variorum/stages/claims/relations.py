"""Persons by what they are to others or to a place: "her father" of "his daughter, Mika", "the mayor of Lyme"."""

from __future__ import annotations

from variorum.stages.claims.lexicon import words
from variorum.stages.claims.people import Entity, People
from variorum.stages.claims.phrases import Phrase
from variorum.stages.claims.reading import Reading

_CHILDREN = words("daughter son child baby boy girl teenager twins stepson stepdaughter")
_FATHERS, _MOTHERS = words("father dad stepfather"), words("mother mum mom stepmother")
_BEFORE = 6  # tokens of "His elder daughter, the poet"
_OFFICE = 9  # tokens of "mayor of the city of Lyme, the Rev" before a name


def parent_of(r: Reading, people: People, child: Entity | None, word: str) -> Entity | None:
    """ "Ken Ito… His daughter, Mika, says… | her father": whose daughter she was brought in as."""
    sex = "m" if word in _FATHERS else "f" if word in _MOTHERS else ""
    if not sex or child is None or not child.places:
        return None
    first = child.places[0]
    for k in range(first - 1, max(0, first - _BEFORE), -1):
        if r.low[k] in _CHILDREN:
            return _owner(r, people, k, sex, child)
        if r.tag[k] in ".:VX":
            return None
    return None


def _owner(r: Reading, people: People, k: int, sex: str, child: Entity) -> Entity | None:
    for j in range(k - 1, max(-1, k - _BEFORE), -1):
        e = people.at.get(j)
        if e is not None and r.low[j].endswith(("'s", "’s")):
            return e if e.person and e.gender in ("", sex) else None
        if r.low[j] == {"m": "his", "f": "her"}[sex]:
            before = (e for _, e in people.mentions_before(j) if e.person and e is not child)
            return next((e for e in before if e.gender in ("", sex)), None)
        if r.tag[j] not in "JNE#":
            return None
    return None


def of_that_place(r: Reading, found: list[Entity], p: Phrase) -> list[Entity]:
    """Of several with the role those brought in with its place: "the mayor of Lyme" before "the mayor of
    Lyme, Ted Rix"."""
    if r.low[p.head + 1 : p.head + 2] != ["of"] or len(found) < 2:
        return found
    place = {r.low[k] for k in range(p.head + 2, p.end) if r.tag[k] == "M"}
    here = [e for e in found if e.places and not place.isdisjoint(_led_in(r, e.places[0]))]
    return here or found


def _led_in(r: Reading, first: int) -> list[str]:
    """The words between a name and the last that was named or done before."""
    k = first
    while k > max(0, first - _OFFICE) and r.tag[k - 1] not in ".:VX" and r.low[k - 1] != "and":
        k -= 1
    return r.low[k:first]


_FOR = 6  # tokens from a lawyer's name to "for Mr Fossett", or from whose lawyer it is


def client_of(r: Reading, people: People, place: int) -> Entity | None:
    """ "His client": whom the lawyer who speaks is for ("Edward Lyle, for Mr Fossett,", "Mrs Fossett's
    barrister, Sunita Rao")."""
    for at, lawyer in people.mentions_before(place, r.para_first[r.paragraph[place]]):
        if not lawyer.person or not people.subject_place(at):
            continue
        first = lawyer.places[0]
        for k in range(first, min(first + _FOR, r.size - 2)):
            if r.low[k] in ("for", "representing", "defending") and r.tag[k - 1] in ",N":
                e = people.at.get(k + 1)
                return e if e is not None and e is not lawyer and e.person else None
        for k in range(max(0, first - _FOR), first):
            e = people.at.get(k)
            if e is not None and e.person and r.low[k].endswith("'s"):
                return e
    return None
