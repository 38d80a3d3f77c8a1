"""French, German and Spanish: whom a sentence is about that leads to a quotation without a tag: "La
ministre a souri : « … »", "Für den Kapitän war es das letzte Spiel. „…“", "La panadera no sale de su asombro. “…”".
"""

from __future__ import annotations

from collections.abc import Callable

from variorum.stages.claims.foreign_german import ADVERBS, HE, SHE, agent, chunks
from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_sources import clause_head, source_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Workspace

_FOR = {"fr": words("pour chez"), "es": words("para"), "de": words("für")}
_FINITE = words(
    "es fue era son eran está estaba tiene tuvo hizo dio da va quiere no se ha han lo le les me nos sale mira "
    "est était sont étaient a ont ne n'a n'en n'est n'y se s'est va fait tient prend reste rit veut peut sait"
)
_PRETERITES = ("ó", "aron", "ieron")
_CLITICS = frozenset(["n", "s", "m", "y"])


def subject_finder(w: Workspace, lang: Foreign) -> Callable[[int, int], Range | None]:
    """What finds the subject of the sentence [first, end), or whom it is so for."""
    if lang.code == "de":
        return lambda first, end: _german(w, first, end)
    return lambda first, end: _romance(w, lang, first, end)


def _romance(w: Workspace, lang: Foreign, first: int, end: int) -> Range | None:
    r = w.r
    head = clause_head(w, lang, first, end)
    if head is None and r.low[first] in _FOR[lang.code] and first + 1 < end:
        head = (first + 1, source_end(w, lang, first + 1, end))
    if head is None or head[1] <= head[0]:
        return None
    return head[0], _before_verb(w, *head)


def _before_verb(w: Workspace, a: int, b: int) -> int:
    """The end of a subject that an unknown verb follows: after its name, or before what only a verb is."""
    r = w.r
    for k in range(a + 1, b):
        named = r.word[k - 1][0].isupper() and k - 1 > a
        if named and r.word[k][0].islower() and r.low[k] not in ("de", "del", "la", "du", "von"):
            return k
        low = r.low[k]
        if low in _FINITE or low.endswith(_PRETERITES) or low.partition("'")[0] in _CLITICS:
            return k
    return b


def _german(w: Workspace, first: int, end: int) -> Range | None:
    r = w.r
    if first < end and r.low[first] in _FOR["de"]:
        led = next((c for c in chunks(w, first, end)[:1] if agent(w, c[0] + 1, c[1])), None)
        if led is not None:
            return led[0] + 1, led[1]
    for a, b, led_by in chunks(w, first, end)[:4]:
        pronoun = b - a == 1 and r.low[a] in HE | SHE
        if not led_by and r.low[a] not in ADVERBS and (pronoun or agent(w, a, b)):
            return a, b
    return None
