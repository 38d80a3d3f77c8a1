"""The word lists of ``lexicons/``, read once and lazily, and the forms made from them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")
_MOST_REMEMBERED = 65536  # words: far more than a page has, some megabytes
_LONGEST_REMEMBERED = 60  # letters: what is longer is no word, and may be a whole page

_CLOSED = {
    "determiner": "D",
    "pronoun": "P",
    "object": "O",
    "possessive": "S",
    "preposition": "R",
    "coordinator": "C",
    "subordinator": "U",
    "that": "T",
    "wh": "W",
    "auxiliary": "X",
    "adverb": "A",
    "time": "Z",
    "number": "#",
}
BASE, THIRD, PAST, ING = "base", "third", "past", "ing"


@dataclass(frozen=True, slots=True)
class CueVerb:
    """A form of a verb that attributes, with its frames (see the head of the lexicon)."""

    lemma: str
    form: str
    frames: frozenset[str]


@dataclass(frozen=True, slots=True)
class Idiom:
    """A set phrase by the form of its verb: ``rest`` are the words after it, "*" a pronoun."""

    verb: CueVerb
    rest: tuple[str, ...]


class Idioms:
    """The set phrases that begin with one form of a verb, longer ones first."""

    def __init__(self, idioms: list[Idiom]) -> None:
        ordered = sorted(idioms, key=lambda i: -len(i.rest))
        self._other = [i for i in ordered if not i.rest or i.rest[0] == "*"]
        known = {i.rest[0] for i in ordered if i.rest} - {"*"}
        self._known = {
            w: [i for i in ordered if not i.rest or i.rest[0] in (w, "*")] for w in known
        }

    def before(self, word: str) -> list[Idiom]:
        """Those that may go on with ``word`` after the verb."""
        return self._known.get(word, self._other)


@dataclass(slots=True)
class Lexicon:
    """All that the reading of one language needs. ``tags`` maps a lower-case form to its class."""

    tags: dict[str, str] = field(default_factory=dict)
    cues: dict[str, CueVerb] = field(default_factory=dict)
    verb_forms: dict[str, str] = field(default_factory=dict)
    particles: dict[str, frozenset[str]] = field(default_factory=dict)
    phrasal: dict[str, frozenset[str]] = field(default_factory=dict)
    idioms: dict[str, Idioms] = field(default_factory=dict)
    impersonal: frozenset[str] = frozenset()
    deniable: frozenset[str] = frozenset()
    nouns: dict[str, frozenset[str]] = field(default_factory=dict)
    phrases: frozenset[str] = frozenset()
    set_phrases: frozenset[str] = frozenset()
    attributing: frozenset[str] = frozenset()
    artefacts: frozenset[str] = frozenset()
    triggers: frozenset[str] = frozenset()
    opening: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    answering: dict[str, CueVerb] = field(default_factory=dict)
    hearings: frozenset[str] = frozenset()
    finders: frozenset[str] = frozenset()
    participles: frozenset[str] = frozenset()
    chain: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    never_end: frozenset[str] = frozenset()
    rarely_end: frozenset[str] = frozenset()
    first_names: frozenset[str] = frozenset()


def read_toml(name: str) -> dict[str, Any]:
    """One file of ``lexicons/`` as a mapping."""
    place = resources.files("variorum.stages.claims") / "lexicons" / name
    return tomllib.loads(place.read_text(encoding="utf-8"))


def words(text: str) -> frozenset[str]:
    """The words of a space-separated list."""
    return frozenset(text.split())


class Remembered(dict[str, _T], Generic[_T]):
    """What ``tell`` says of each word, asked once a word; forgets all when it grows too large.

    A look-up costs a third of one in an ``lru_cache``, and every token of a text has several."""

    def __init__(self, tell: Callable[[str], _T]) -> None:
        super().__init__()
        self.tell = tell

    def __missing__(self, word: str) -> _T:
        if len(word) > _LONGEST_REMEMBERED:
            return self.tell(word)
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        told = self[word] = self.tell(word)
        return told


@lru_cache(maxsize=1)
def english() -> Lexicon:
    """The English lexicon."""
    grammar, cues = read_toml("grammar_en.toml"), read_toml("cues_en.toml")
    lex = Lexicon()
    irregular = {k.rstrip("_"): v.split() for k, v in grammar["irregular"].items()}
    plain = set(grammar["verbs"]["plain"].split()) | set(irregular)
    for verb in sorted(plain - set(cues["verbs"])):
        for form, kind in inflected(verb, irregular.get(verb)):
            lex.verb_forms.setdefault(form, kind)
    for verb, frames in cues["verbs"].items():
        for form, kind in inflected(verb, irregular.get(verb)):
            lex.cues.setdefault(form, CueVerb(verb, kind, words(frames)))
            lex.verb_forms[form] = lex.cues[form].form
    for form, kind in lex.verb_forms.items():
        lex.tags[form] = {BASE: "B", THIRD: "B", ING: "G"}.get(
            kind, "E" if form.endswith("ed") else "V"
        )
    for name, tag in _CLOSED.items():
        lex.tags.update(dict.fromkeys(grammar["closed"][name].split(), tag))
    lex.participles = frozenset(v[1] for v in irregular.values() if len(v) > 1)
    lex.particles = {k: words(v) for k, v in cues["particles"].items()}
    lex.phrasal = {k: words(v) for k, v in cues["phrasal"].items()}
    lex.idioms = _idioms(cues["idioms"], irregular)
    for verb in cues["answering"]["verbs"].split():
        for form, kind in inflected(verb, irregular.get(verb)):
            lex.answering[form] = CueVerb(verb, kind, frozenset())
    lex.deniable = words(cues["deniable"]["words"])
    lex.impersonal = words(cues["impersonal"]["verbs"])
    lex.nouns = {k: words(v) for k, v in cues["nouns"].items()}
    lex.phrases = lex.nouns["in"] | lex.nouns["by"] | words("concerned")
    things = words(cues["artefacts"]["words"])
    lex.artefacts = things | {w + "s" for w in things if not w.endswith("s")}
    for thing in lex.artefacts:
        lex.tags.setdefault(thing, "N")
    lex.set_phrases = frozenset(lex.idioms) | frozenset(lex.answering)
    lex.attributing = lex.nouns["that"] | lex.nouns["is"] | lex.phrases | words("calls")
    lex.triggers = (
        frozenset(lex.cues)
        | lex.set_phrases
        | words("according per in on")
        | words(cues["seen"]["verbs"])
        | lex.attributing
    )
    lex.hearings = words(cues["hearings"]["words"])
    lex.finders = words(cues["finders"]["words"])
    lex.opening = words(cues["artefacts"]["opening"])
    lex.seen = words(cues["seen"]["verbs"])
    lex.chain = words(grammar["chain"]["verbs"])
    lex.starters = words(grammar["starters"]["words"])
    lex.never_end = words(grammar["abbreviations"]["never_end"])
    lex.rarely_end = words(grammar["abbreviations"]["rarely_end"])
    given = read_toml("people.toml")["first_names"]
    lex.first_names = words(given["male"]) | words(given["female"]) | words(given["either"])
    return lex


def _idioms(phrases: dict[str, str], irregular: dict[str, list[str]]) -> dict[str, Idioms]:
    """The set phrases by the forms of their verbs."""
    found: dict[str, list[Idiom]] = {}
    for phrase, frames in phrases.items():
        verb, *rest = phrase.split()
        for form, kind in inflected(verb, irregular.get(verb)):
            idiom = Idiom(CueVerb(phrase, kind, words(frames)), tuple(rest))
            found.setdefault(form, []).append(idiom)
    return {form: Idioms(idioms) for form, idioms in found.items()}


def inflected(verb: str, irregular: list[str] | None) -> list[tuple[str, str]]:
    """The forms of an English verb with their kind; ``irregular``: past, participle, others."""
    third, past, ing = _regular(verb)
    forms = [(verb, BASE)]
    given = irregular or []
    extra = given[2:]
    ing = next((f for f in extra if f.endswith("ing")), ing)
    third = next((f for f in extra if f.endswith("s")), third)
    pasts = given[:2] or [past]
    forms += [(third, THIRD), (ing, ING)]
    forms += [(f, PAST) for f in pasts if f != verb]
    if pasts[0] == verb:
        forms[0] = (verb, PAST)
    return forms


def _regular(verb: str) -> tuple[str, str, str]:
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith("ee"):
        return verb + "s", verb + "d", verb + "ing"
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    sibilant = verb.endswith(("s", "sh", "ch", "x", "z"))
    return verb + ("es" if sibilant else "s"), verb + "ed", verb + "ing"
