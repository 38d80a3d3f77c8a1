"""Whoever holds an office of a named organisation, in French, German and Spanish: "la directrice de la
société Mécalor", "ein Sprecher der Deutschen Bahn"."""

from __future__ import annotations

from variorum.model import Speaker
from variorum.stages.claims.foreign_names import ForeignNames

_OF_THE = frozenset(["du", "des", "del", "der", "vom"])
_OF_ONE = frozenset(["du", "des", "del", "der", "vom", "von", "bei", "beim", "de", "d"])
_AROUND = 12  # tokens from a name in which its organisation stands


def office_in(names: ForeignNames, head: int, stop: int) -> str | None:
    """The organisation whose office the noun at ``head`` is: its name follows "of"."""
    r = names.r
    k = head + 1
    if k >= stop or r.low[k].partition("'")[0] not in _OF_ONE:
        return None
    inside = names.organisations_in(k, stop)
    return inside[0][1] if inside else None


def office_holder(names: ForeignNames, a: int, name: str, head: int, organisation: str) -> Speaker:
    """Who holds it: a person the text names beside that organisation, one without a name, or, with an
    indefinite article, one that cannot be told."""
    r, n = names.r, names.n
    if r.low[a].partition("'")[0] in n.indefinite:
        return Speaker(name, name, organisation, "anonymous")
    noun = names.noun(names.plain(head)) or names.plain(head)
    said = {noun, *n.wider.get(noun, ())}  # "la dirigeante", who is its secretary
    for place, person in names.mentions_before(a):
        if said & person.words and _stands_beside(names, place, organisation):
            return Speaker(person.name, person.role, organisation, "person", True)
    return Speaker(name, name, organisation, "person")


def _somebody(names: ForeignNames, k: int) -> bool:
    """ "La esposa de una | de las víctimas", "le fils d'un | voisin", not "el ladrón de una | talla"."""
    return names.r.low[k] in names.n.of or bool(names.noun(names.plain(k)))


def _stands_beside(names: ForeignNames, place: int, organisation: str) -> bool:
    last = organisation.rsplit(" ", 1)[-1].lower()
    return last in names.r.low[max(0, place - _AROUND) : place + _AROUND]


def complemented(names: ForeignNames, head: int, b: int) -> bool:
    """ "Le patron du garage", "der Sohn der Toten": told by what it belongs to, so nobody named
    before; "le technicien de 49 ans" is not."""
    k = head + 1
    if k + 1 >= b:
        return False
    r, n = names.r, names.n
    if r.low[k].startswith("d'un") or (r.low[k] in n.of and r.low[k + 1] in n.indefinite):
        noun = k + 1 if r.low[k].startswith("d'un") else k + 2
        return not n.compounds and noun < b and _somebody(names, noun)
    definite = r.low[k] in _OF_THE or (r.low[k] in n.of and r.low[k + 1] in n.definite)
    noun = k + 1 if r.low[k] in _OF_THE else k + 2
    return definite and noun < b and (n.compounds or r.word[noun][0].islower())
