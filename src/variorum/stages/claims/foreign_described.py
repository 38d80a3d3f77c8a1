"""What a French, German or Spanish description tells by its words: whose it is, which office, for whom
somebody speaks."""

from __future__ import annotations

from variorum.model import Speaker
from variorum.stages.claims.foreign_lists import Nouns
from variorum.stages.claims.foreign_names import ForeignNames, Person
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.reading import Reading

_KIN = words(
    "frère sœur soeur père mère fils fille mari femme époux épouse bruder schwester vater mutter sohn tochter "
    "mann frau ehemann ehefrau hermano hermana padre madre hijo hija marido mujer esposo esposa"
)
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


def kin(names: ForeignNames, noun: str, gender: str, at: int, spoke: str | None) -> Person | None:
    """ "Su hermana" after "Rosa y Julia Bernal" and what Rosa said: the one other person named before
    who has that noun, or the surname of who spoke last."""
    if noun not in _KIN or not spoke:
        return None
    near = {id(x): x for _, x in names.mentions_before(at)}
    me = next((x for x in near.values() if x.name == spoke), None)
    if me is None or len(me.key) < 2:
        return None
    others = [x for x in near.values() if x is not me and x.gender in ("", gender or x.gender)]
    family = [x for x in others if len(x.key) > 1 and x.key[-1] == me.key[-1]]
    told = [x for x in others if noun in x.words]
    found = told or family
    return found[0] if len(found) == 1 else None
