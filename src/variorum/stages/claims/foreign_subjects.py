"""French, German and Spanish: whom a sentence is about that leads to a quotation without a tag: "La
ministre a souri : « … »", "Für den Kapitän war es das letzte Spiel. „…“", "La panadera no sale de su asombro. “…”".
"""

from __future__ import annotations

from collections.abc import Callable

from variorum.stages.claims.foreign_german import ADVERBS, PREPOSITIONS, agent, chunks
from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_sources import clause_head, german_end, source_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Workspace

_REACH = 500  # tokens around a word that are looked at for its capital
_FOR = {"fr": words("pour"), "es": words("para"), "de": words("für")}
_FINITE = words(
    "es fue era son eran está estaba tiene tuvo hizo dio da va quiere no se ha han lo le les me nos sale mira "
    "est était sont étaient a ont ne n'a n'en n'est n'y se s'est va fait tient prend reste rit veut peut sait"
)
_LIKEWISE = words("lo igual mismo misma idéntico parecido similar otro même")
_READS = words("leía lee decía ponía rezaba lire lisait")
_PRETERITES = ("ó", "aron", "ieron")
_CLITICS = frozenset(["n", "s", "m", "y"])


def subject_finder(w: Workspace, lang: Foreign) -> Callable[[int, int], Range | None]:
    """What finds the subject of the sentence [first, end), or whom it is so for."""
    if lang.code == "de":
        return lambda first, end: german_subject_of(w, first, end)
    return lambda first, end: _romance(w, lang, first, end)


def _romance(w: Workspace, lang: Foreign, first: int, end: int) -> Range | None:
    r = w.r
    written = w.r.low[end - 1] in _READS and w.r.low[first] in ("en", "sur", "dans")
    if written and first + 2 < end:
        return first + 1, max(first + 2, source_end(w, lang, first + 1, end))
    to = [k for k in range(first + 1, end - 1) if w.r.low[k] in ("a", "para", "chez", "pour")]
    if w.r.low[first] in _LIKEWISE and to:
        return to[-1] + 1, max(to[-1] + 2, source_end(w, lang, to[-1] + 1, end))
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


_OPENERS = words(
    "so umso sogar wie was wer warum weshalb deswegen immerhin schon noch nur auch dies das alles vieles manches "
    "nichts niemand jeder jede keiner einer eine es jetzt heute gestern morgen abends immer nie allein selbst "
    "ebenso anders besonders gerade eben etwas einiges wenig viel mehr dort hier hinzu kaum leider plötzlich "
    "stattdessen trotz kurz bald"
)
_ADVERB_ENDS = (
    "lich",
    "ig",
    "sam",
    "bar",
    "weise",
    "ens",
    "mal",
    "mals",
    "wärts",
    "end",
    "isch",
    "los",
)
VOICES = words(
    "kritik lob widerspruch zustimmung unterstützung rückendeckung beifall zuspruch protest schelte spott entwarnung"
)
_SUBORDINATORS = words("wenn obwohl nachdem dass wie als weil da bevor während falls ob")


def german_subject_of(w: Workspace, first: int, end: int) -> Range | None:
    """The first noun phrase of a German sentence that is one who can speak, or a pronoun."""
    r = w.r
    if first >= end or r.low[first] in _SUBORDINATORS:
        return None
    if (
        end - first > 3
        and r.low[first] in ("auf", "in", "im")
        and r.low[end - 1] in ("stand", "steht")
    ):
        return first + 1, end - 1  # "Auf einem Zettel stand: „…“"
    by = next((k for k in range(first + 1, end - 1) if r.low[k] in ("von", "vom", "seitens")), None)
    if by is not None and r.low[first] in VOICES:
        named = german_end(w, by + 1, end)  # "Kritik kam von | Wirt Kai Nolte"
        return (by + 1, named) if named > by + 1 and agent(w, by + 1, named) else None
    if first < end and r.low[first] in _FOR["de"]:
        led = next((c for c in chunks(w, first, end)[:1] if agent(w, c[0] + 1, c[1])), None)
        if led is not None:
            return led[0] + 1, led[1]
    for a, b, led_by in chunks(w, first, end)[:4]:
        pronoun = b - a == 1 and r.low[a] in ("er", "sie")
        if led_by or r.low[a] in ADVERBS:
            continue
        if pronoun or (agent(w, a, b) and (b - a > 1 or a > first or _keeps_capital(w, a))):
            return a, b
    return None


def _keeps_capital(w: Workspace, a: int) -> bool:
    """Whether the one word at the head of a sentence is a noun for those who speak, has its capital amid a
    sentence too, or is no little word before a verb: "Keuter", not "So", "Erstaunlich"."""
    r, word = w.r, w.r.word[a]
    if kind_of(nouns("de"), r.low[a]):
        return True
    free = r.low[a] not in _OPENERS | PREPOSITIONS and not r.low[a].endswith(_ADVERB_ENDS)
    if (
        free
        and len(word) > 3
        and a + 1 < r.size
        and r.low[a + 1].endswith(("te", "t", "ist", "war"))
    ):
        return True
    near = range(max(0, a - _REACH), min(r.size, a + _REACH))
    return any(r.word[k] == word and r.sent_first[r.sentence[k]] != k for k in near)
