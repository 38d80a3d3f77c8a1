"""What a French, German or Spanish description tells by its words: whose it is, which office, for whom
somebody speaks."""

from __future__ import annotations

from variorum.model import Speaker
from variorum.stages.claims.foreign_lists import Nouns
from variorum.stages.claims.reading import Reading

_OF_THE = frozenset(["du", "des", "del", "der", "vom"])
_FOR_OTHERS = ("porte-parole", "portavoz", "sprecher", "sprecherin")


def of_whom(spoke: tuple[int, str, Speaker]) -> str:
    """The organisation that spoke, or whose spokeswoman did: "porte-parole d'Arcel Transports"."""
    name = spoke[2].name or ""
    if spoke[2].kind == "organisation":
        return name
    noun, _, whose = name.replace("’", "'").partition(" ")
    if not noun.lower().endswith(_FOR_OTHERS):
        return ""
    whose = whose.removeprefix("de ").removeprefix("d'").removeprefix("von ")
    return whose if whose[:1].isupper() else ""


def office(r: Reading, head: int) -> str:
    """ "Chef de l'État", "jefe del Ejecutivo": an office of several words."""
    return " ".join(r.low[head : head + 3])


def complemented(r: Reading, n: Nouns, head: int, b: int) -> bool:
    """ "Le patron du garage", "der Sohn der Toten": told by what it belongs to, so nobody named
    before; "le technicien de 49 ans" is not."""
    k = head + 1
    if k + 1 >= b:
        return False
    definite = r.low[k] in _OF_THE or (r.low[k] in n.of and r.low[k + 1] in n.definite)
    noun = k + 1 if r.low[k] in _OF_THE else k + 2
    return definite and noun < b and (n.compounds or r.word[noun][0].islower())
