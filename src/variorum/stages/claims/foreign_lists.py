"""The word lists of French, German and Spanish, and the forms of verbs made from infinitives."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from variorum.stages.claims.lexicon import read_toml, words


@dataclass(frozen=True, slots=True)
class Foreign:
    """The lists of one language."""

    code: str
    verbs: frozenset[str]
    that: frozenset[str]
    according: frozenset[str]
    aux: frozenset[str]
    adverbs: frozenset[str]
    pronouns: frozenset[str]
    inside: frozenset[str]
    stop: frozenset[str]
    negative: frozenset[str]
    postposed: frozenset[str]
    according_nouns: frozenset[str]
    nominal: frozenset[str]
    adjuncts: tuple[tuple[str, ...], ...]
    time: frozenset[str]
    so: frozenset[str]
    opening: frozenset[str]
    special: frozenset[str]
    telling: frozenset[str]  # what one may be said not to tell: "n'a pas précisé"
    confirming: frozenset[str]  # "ni confirma ni desmiente"
    silent: frozenset[str]  # "muet", "silencio"
    staying: frozenset[str]  # "reste", "guarda"
    evading: frozenset[str]  # "éludé", "esquivó"
    withheld: frozenset[str]  # all of these but for heads of other phrases
    refusing: frozenset[str]  # "commentaire", "quiso": see foreign_refusals
    views: tuple[tuple[str, ...], ...]  # "de l'avis de": whose view it is follows
    own_views: tuple[tuple[str, ...], ...]  # "à ses yeux": of who spoke last
    denials: tuple[tuple[str, ...], ...]  # "s'inscrit en faux contre"
    opens_phrase: frozenset[str]  # the first words of these three, and those of what is not told


@lru_cache(maxsize=4)
def foreign(code: str) -> Foreign:
    """The lists of ``fr``, ``de`` or ``es``."""
    data = read_toml("foreign.toml")[code]
    phrases = ("adjuncts", "views", "own_views", "denials")
    other = ("code", "verbs", "opens_phrase", "withheld", *phrases)
    lists: dict[str, Any] = {
        f.name: words(data.get(f.name, "")) for f in fields(Foreign) if f.name not in other
    }
    for of in ("negative", "nominal"):
        lists[of] |= _all_forms(code, data[f"{of}_regular"])
    verbs = words(data["verbs"]) | _all_forms(code, data["regular"])
    verbs |= lists["negative"] | lists["nominal"]
    set_phrases: dict[str, Any] = {
        name: tuple(tuple(p.split("_")) for p in data.get(name, "").split()) for name in phrases
    }
    opening = (p[0] for n in ("views", "own_views", "denials") for p in set_phrases[n] if p)
    lists["telling"] |= _all_forms(code, data.get("telling_regular", ""))
    lists["withheld"] = lists["telling"] | lists["confirming"] | lists["silent"] | lists["evading"]
    lists["withheld"] |= lists["refusing"]
    if code == "fr":  # "n'exclut pas", "n'indique pas"
        elided = {f"n'{v}" for v in lists["negative"] | lists["telling"] if v[0] in _VOWELS}
        lists["withheld"] |= elided
        lists["telling"] |= {v for v in elided if v.removeprefix("n'") in lists["telling"]}
    heads = frozenset(opening)
    lists["withheld"] -= heads
    lists["opens_phrase"] = heads | lists["withheld"]
    return Foreign(code, verbs, **lists, **set_phrases)


_VOWELS = "aeiouéèêh"


def _all_forms(code: str, infinitives: str) -> frozenset[str]:
    return frozenset(form for verb in words(infinitives) for form in _forms(code, verb))


_ENDINGS = {
    "fr": ("er", ("e", "ent", "é", "ait", "aient", "a", "èrent")),
    "es": ("ar", ("a", "an", "ó", "aron", "aba", "aban", "ado", "ará")),
    "de": ("en", ("t", "te", "ten", "e")),
}


def _linked(stem: str) -> bool:
    """Whether a German verb takes an e before its ending: "antwortete", "entgegnete", "rechnete"."""
    return stem[-1] in "td" or (stem[-1] in "nm" and stem[-2] not in "aeiouäöülrhnm")


def _forms(code: str, verb: str) -> list[str]:
    """The forms that news uses of a regular verb, from its infinitive."""
    infinitive, endings = _ENDINGS[code]
    stem = verb.removeprefix("s'").removesuffix(infinitive)
    if code == "de" and stem == verb:
        stem = verb.removesuffix("n")  # "erläutern"
    soft = {"c": "ç", "g": "ge"}.get(stem[-1]) if code == "fr" else None
    made = []
    for e in endings:
        softened = stem[:-1] + soft if soft and e[0] == "a" else stem
        if code == "fr" and e in ("e", "ent") and stem[-2:-1] == "é":
            softened = f"{stem[:-2]}è{stem[-1]}"  # "tempérer": "tempère"
        made.append(softened + ("e" if code == "de" and _linked(stem) and e[0] == "t" else "") + e)
    if code == "de":
        made.append(verb)  # "Anwohner klagen"
        if not verb.startswith(("er", "be", "ver")):
            made.append(f"ge{stem}t")
    return made


@dataclass(frozen=True, slots=True)
class Nouns:
    """The lists of one language; see the head of the lexicon."""

    masculine: frozenset[str]
    feminine: frozenset[str]
    definite: frozenset[str]
    possessive: frozenset[str]
    indefinite: frozenset[str]
    plural: frozenset[str]
    of: frozenset[str]
    titles: frozenset[str]
    male: frozenset[str]
    feminine_nouns: frozenset[str]
    office: frozenset[str]
    organisations: frozenset[str]
    general: frozenset[str]
    artefacts: frozenset[str]
    anonymous: tuple[str, ...]
    agents: tuple[str, ...]
    wider: dict[str, frozenset[str]]
    compounds: bool
    people: frozenset[str]  # nouns for men and women


@lru_cache(maxsize=4)
def nouns(code: str) -> Nouns:
    """The lists of ``fr``, ``de`` or ``es``."""
    data = read_toml("foreign_people.toml")[code]
    special = ("anonymous", "agents", "wider", "compounds", "people")
    plain = [f.name for f in fields(Nouns) if f.name not in special]
    phrases = tuple(data["anonymous"].split("|"))
    agents = tuple(data["agents"].split())
    lists = {k: words(data[k]) for k in plain}
    wider = {noun: words(narrower) for noun, narrower in data["wider"].items()}
    lists["organisations"] |= lists["general"]
    lists["people"] = lists["male"] | lists["feminine_nouns"]
    return Nouns(**lists, anonymous=phrases, agents=agents, wider=wider, compounds=code == "de")


_SHORTEST_COMPOUND = 4  # letters of the noun that ends a German compound


def _ending(low: str, choice: frozenset[str]) -> str:
    return next(
        (low[k:] for k in range(2, len(low) - _SHORTEST_COMPOUND + 1) if low[k:] in choice), ""
    )


def noun_of(n: Nouns, low: str) -> str:
    """The noun for a person that a word is or, in German, ends in; "" if none."""
    if low in n.people:
        return low
    if "-jährige" in low:
        return "jährige"
    if not n.compounds:
        return ""
    weak = low[:-1] if low.endswith(("er", "en")) else ""  # "Vorsitzender", "Abgeordneten"
    return _ending(low, n.people) or (weak if weak in n.people else _ending(weak, n.people))


def kind_of(n: Nouns, low: str) -> str:
    """What kind of speaker a noun stands for: organisation, artefact, person, or ""."""
    if low in n.organisations:
        return "organisation"
    if low in n.artefacts:
        return "artefact"
    if n.compounds:
        whose = low[:-2] if low.endswith("es") else ""  # "des Landesamtes"
        if _ending(low, n.organisations) or _ending(whose, n.organisations):
            return "organisation"
        if _ending(low, n.artefacts):
            return "artefact"
    return "person" if noun_of(n, low) else ""
