"""French and Spanish: verbs that say something only with their preposition ("table sur une baisse", "aboga por
una moratoria", "llama a manifestarse"), or only when who does it can speak ("el banco proyecta un alza", "le
parquet a requis quatre ans", "los médicos recomiendan vacunarse").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_relatives import is_speaker
from variorum.stages.claims.foreign_sources import (
    RELATIVES,
    clause_head,
    is_infinitive,
    left_edge,
    that_word,
)
from variorum.stages.claims.lexicon import read_toml, words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_FAR = 8  # tokens from a verb to its preposition
_HEAD = 4  # tokens from the beginning of a subject to its noun
_REFLEXIVE = words("se s'est s'était sont me nous")
_SELVES = {"fr": "s'", "es": "se"}
_CONTRACTED = {"du": "de", "des": "de", "d": "de", "aux": "à", "au": "à", "del": "de", "al": "a"}


@dataclass(frozen=True, slots=True)
class Frames:
    """Forms of verbs and the words, one after another, that lead to what they say."""

    led: dict[str, tuple[tuple[str, ...], ...]]
    reflexive: dict[str, tuple[tuple[str, ...], ...]]
    objects: frozenset[str]
    infinitives: frozenset[str]


@lru_cache(maxsize=2)
def frames(code: str) -> Frames:
    """The frames of ``fr`` or ``es``, from ``lexicons/foreign_frames.toml``."""
    data = read_toml("foreign_frames.toml")[code]
    return Frames(
        _by_form(data["led"]), _by_form(data["reflexive"]), words(data["objects"]),
        words(data["infinitives"]),
    )  # fmt: skip


def _by_form(table: dict[str, str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    made: dict[str, tuple[tuple[str, ...], ...]] = {}
    for leads, forms in table.items():
        phrases = tuple(tuple(p.split("_")) for p in leads.split())
        for form in forms.split():
            made[form] = made.get(form, ()) + phrases
    return made


def in_a_frame(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement of a verb at i that says something by its frame."""
    f, r = frames(lang.code), w.r
    low = r.low[i].removeprefix("s'") if lang.code == "fr" else r.low[i]
    leads = f.led.get(low, ()) + f.reflexive.get(low, ())
    if not leads and low not in f.objects and low not in f.infinitives:
        return False
    floor, first = w.clause_floor(i), i
    while first > floor and (r.low[first - 1] in lang.aux or r.low[first - 1] in lang.adverbs):
        first -= 1
    if low not in f.led and low not in f.objects | f.infinitives and not _by_itself(w, first, i):
        return False
    content = _content(w, lang, i, leads, low)
    if content is None:
        return False
    source = _subject(w, lang, floor, first)
    if source is None:
        return False
    w.found.append(Statement([content], (first, i + 1), source, "verb in a frame", low))
    return True


def _by_itself(w: Workspace, first: int, i: int) -> bool:
    """ "Se queja", "s'est plaint", "s'attend"."""
    return w.r.low[i].startswith("s'") or not _REFLEXIVE.isdisjoint(w.r.low[first:i])


def _content(
    w: Workspace, lang: Foreign, i: int, leads: tuple[tuple[str, ...], ...], low: str
) -> Range | None:
    r, f, stop = w.r, frames(lang.code), w.sentence_stop(i)
    start = _led(w, lang, i, stop, leads)
    k = i + 1
    while k < stop and (r.low[k] in lang.time or r.low[k] in lang.adverbs):
        k += 1
    if start is None and k < stop and low in f.infinitives:
        d = k + (r.low[k] in ("de", "d"))
        start = k if is_infinitive(lang.code, r.low[d].removeprefix("d'")) else None
    if start is None and k < stop and low in f.objects:
        start = k if _determined(w, lang, k) else None
    if start is None or start >= stop or r.tag[start] in ",.:":
        return None
    if that_word(lang, r.low[start]):
        start += "'" not in r.low[start]
    return (start, said_stop(w, lang, start, stop)) if start < stop else None


def _led(
    w: Workspace, lang: Foreign, i: int, stop: int, leads: tuple[tuple[str, ...], ...]
) -> int | None:
    """Where what follows the words of a frame begins; the last of them stays when an article is in it
    ("parle | du climat")."""
    r = w.r
    for k in range(i + 1, min(stop, i + _FAR)):
        if r.tag[k] in ",:.(" or w.quoted[k] >= 0 or that_word(lang, r.low[k]):
            return None
        if k > i + 1 and r.low[k] in lang.verbs:
            return None
        for phrase in leads:
            size = len(phrase)
            said = [_plain(x) for x in r.low[k : k + size]]
            if tuple(said) == phrase and k + size <= stop:
                return k + size if _plain(r.low[k + size - 1]) == r.low[k + size - 1] else k + size - 1
    return None


def _plain(low: str) -> str:
    bare = low.partition("'")[0] if "'" in low else low
    return _CONTRACTED.get(bare, bare)


def _determined(w: Workspace, lang: Foreign, k: int) -> bool:
    """An object with its article, a number, a capital, words cited, or a plural."""
    r, n = w.r, nouns(lang.code)
    if w.quoted[k] >= 0:
        q = w.quotes[w.quoted[k]]
        return q.first == k and not w.owned(q) and r.word[q.inside][0].islower()
    low = r.low[k]
    led = low in n.definite | n.indefinite | n.possessive or low in ("des", "du", "cette", "ce")
    led = led or low.partition("'")[0] in ("l", "d") or r.word[k][0].isdigit()
    return led or (low.endswith("s") and low.isalpha() and len(low) > 3)


def _subject(w: Workspace, lang: Foreign, floor: int, first: int) -> Range | None:
    """Who does it, if that is one that can speak: before the verb, or the last who spoke."""
    r = w.r
    edge = left_edge(w, lang, first, floor)
    if edge >= first:
        return None
    if r.low[edge] in RELATIVES or r.low[edge] in lang.stop - {"para", "pour"}:
        return None
    if first - edge > 1 and r.low[edge] in ("mientras", "aunque", "mais", "pero"):
        edge += 1
    if first - edge == 1 and r.low[edge] in lang.pronouns:
        return edge, first
    return (edge, first) if speaks(w, lang, edge, first) else None


def speaks(w: Workspace, lang: Foreign, a: int, b: int) -> bool:
    """Whether a phrase names a person or an organisation: by its noun, or as a name."""
    r, n = w.r, nouns(lang.code)
    for k in range(a, min(b, a + _HEAD)):
        low = r.low[k].rpartition("'")[2]
        if k > a and low in n.of:
            break
        if kind_of(n, low) == "artefact":
            return False
        if is_speaker(lang, low) or (len(low) > 6 and low.endswith(n.agents) and k <= a + 1):
            return True
    capitals = [k for k in range(a, b) if r.word[k].rpartition("'")[2][:1].isupper()]
    sentence_start = a == w.clause_floor(a)
    named = [k for k in capitals if not (k == a and sentence_start and b - a > 1)]
    return bool(named) and named[0] <= a + 2 and clause_head(w, lang, a, b) is not None
