"""French, German and Spanish: a verb of saying and what stands around it in its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.stages.claims.foreign_german import PREPOSITIONS, infinitive_here
from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_objects import AND, shares_auxiliary
from variorum.stages.claims.foreign_sources import (
    bare_participle,
    left_edge,
    past_phrases,
    source_end,
)
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Workspace

_ARTICLES = frozenset(["un", "une", "du", "des", "una", "unos", "das"])
_NOUNS = frozenset(
    ["prévenu", "juge", "critique", "annonce", "lance", "critica", "denuncia", "anuncia"]
)
_LED = _ARTICLES | frozenset(["le", "la", "les"])
_BEFORE_TIME = frozenset(["am", "im", "ce", "cet", "cette", "este", "esta"])


@dataclass(slots=True)
class Verb:
    """A verb of saying and what stands around it. Tokens: the group is [first, at]."""

    first: int
    at: int
    floor: int
    stop: int
    edge: int
    before: Range | None
    after: Range | None
    right: int  # where what follows the verb (and its adverbs) begins
    clitic: bool

    @property
    def after_end(self) -> int:
        return self.after[1] if self.after is not None else self.right


def surroundings(w: Workspace, lang: Foreign, i: int) -> Verb | None:
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    first = i
    while first > floor and r.low[first - 1] in lang.aux | lang.adverbs:
        first -= 1
    german = lang.code == "de" and i > floor  # no verbs: "Berichten, wonach", "gewarnt worden"
    noun = german and (r.word[i][0].isupper() or r.low[i + 1 : i + 2] == ["worden"])
    noun = noun or (german and infinitive_here(w, i))
    reported = first > floor and r.low[first - 1] in lang.according  # "según comunicó la entidad"
    if noun or reported:
        return None
    second = first > floor and r.low[first - 1] in AND and shares_auxiliary(w, lang, i)
    if not second and bare_participle(w, lang, i, max(floor, first - 1)):
        return None
    if i > floor and r.low[i - 1] in (_LED if r.low[i] in _NOUNS else _ARTICLES):
        return None  # "el acusado", "le juge": no verbs
    clitic = next((k for k in (i, first) if r.low[k].rsplit("-", 1)[-1] in lang.pronouns), None)
    if clitic is None and first > floor and r.low[first - 1].split("-")[0] in lang.aux:
        clitic = first = first - 1
    edge = left_edge(w, lang, first, floor)
    if clitic is not None:
        return Verb(first, i, floor, stop, edge, None, (clitic, clitic + 1), i + 1, True)
    right = i + 1
    while right < stop and (
        (r.low[right] in lang.adverbs or r.low[right] in lang.time or _in_a_way(lang, r.low[right]))
        and r.low[right] != "ne"  # "assure ne pas l'avoir vu"
    ):
        right += 1
    if right > i + 1 and r.low[right - 1] in _BEFORE_TIME:
        right -= 1
    end = source_end(w, lang, right, stop)
    before = (edge, first) if edge < first else None
    if lang.code == "de" and before is not None and r.low[edge] in PREPOSITIONS and end > right:
        before = None  # "In einem Brief beklagen 43 Mitarbeiter"
    heard = lang.code == "de" and r.low[right : right + 1] in (["dem"], ["den"])
    if heard and before is not None and end > right and r.tag[end : end + 1] == [","]:
        right = end  # "Eine Pflegerin sagte | dem Blatt, …"
    if end == right and lang.code != "de":
        led = past_phrases(w, lang, right, stop)
        behind = source_end(w, lang, led, stop) if led > right else led
        if behind > led:  # "explicó en rueda de prensa | la comisaria"
            return Verb(first, i, floor, stop, edge, before, (led, behind), right, False)
    after = (right, end) if end > right else None
    return Verb(first, i, floor, stop, edge, before, after, right, False)


def _in_a_way(lang: Foreign, low: str) -> bool:
    """ "Dément | formellement", "negó | rotundamente"."""
    return len(low) > 7 and low.endswith({"fr": "ment", "es": "mente"}.get(lang.code, "\0"))
