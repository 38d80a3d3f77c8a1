"""French, German and Spanish: what follows a colon without quotation marks ("La police prévient : les rues seront
fermées"), and a clause before a verb that no list knows ("La tormenta pasará, vaticinó la meteoróloga Rita Sol").
"""

from __future__ import annotations

from variorum.stages.claims.foreign_before import adverbial
from variorum.stages.claims.foreign_frames import speaks
from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_sources import clause_head, is_infinitive, source_end
from variorum.stages.claims.foreign_subjects import german_subject_of
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_CLEAR = words(
    "formel formelle formels clair claire clairs catégorique catégoriques tajante rotundo rotunda claro clara "
    "contundente contundentes direct directe sûr sûre certain certaine unmissverständlich deutlich klar "
    "sceptique sceptiques prudent prudente optimiste pessimiste escéptico escéptica optimista pesimista prudente "
    "cauto cauta"
)
_PARTICLES = words("fest klar an ein hervor hinzu aus mit zu bekannt deutlich vor dar")
_NO_TELLING = words(
    "hablar parler voit vit ve vio sieht sah hört findet fand parle habla spricht décrit describe cuenta"
)
_FEWEST = 3  # tokens of what follows the colon
_LONGEST = 20  # tokens before the colon
_HAVE = words("a ont avait avaient")
_PAST = {"es": ("ó", "aron", "ieron"), "fr": ("é", "i", "u", "is")}
_NO_SPEECH = words(
    "llegó cayó entró salió murió nació apareció volvió pasó quedó empezó terminó ganó perdió faltó bastó corrió "
    "arrivé tombé entré sorti paru passé suffi gagné perdu couru surgi fini commencé"
)


def after_colon(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds what somebody says after the colon at token i."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if r.word[i] != ":" or i - floor > _LONGEST or stop - i <= _FEWEST or i - floor < 2:
        return False
    if any(w.quoted[k] >= 0 for k in range(floor, i + 2)) or r.paragraph[i] != r.paragraph[i + 1]:
        return False
    if any(s.cue is not None and floor <= s.cue[0] and s.parts[-1][1] > i for s in w.found[-3:]):
        return False
    k = i - 1
    while k > floor and (r.low[k] in lang.adverbs or r.low[k] in lang.time):
        k -= 1
    if not _tells(w, lang, k, floor):
        return False
    source = _subject(w, lang, floor, k)
    if source is None:
        return False
    w.found.append(Statement([(i + 1, stop)], (k, k + 1), source, "verb, colon, clause", r.low[k]))
    return True


def _tells(w: Workspace, lang: Foreign, k: int, floor: int) -> bool:
    low = w.r.low[k].removeprefix("l'")
    if low in _CLEAR:
        return True
    if lang.code == "de" and low in _PARTICLES:
        return any(w.r.low[m] in lang.verbs or w.r.low[m] in lang.special for m in range(floor, k))
    if low in _NO_TELLING or k == floor:
        return False
    infinitive = is_infinitive(lang.code, low) and low[:-2] + "a" in lang.verbs
    infinitive = infinitive or (is_infinitive(lang.code, low) and low[:-2] + "e" in lang.verbs)
    return low in lang.verbs or infinitive


def _subject(w: Workspace, lang: Foreign, floor: int, k: int) -> Range | None:
    if lang.code == "de":
        return german_subject_of(w, floor, k + 1)
    head = clause_head(w, lang, floor, k)
    return head if head is not None and speaks(w, lang, *head) else None


def any_verb_behind(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "…, a pronostiqué la météorologue", "…, vaticinó la jueza": whatever the verb, if who can speak ends the
    sentence after it."""
    r, low = w.r, w.r.low[i]
    if not low.endswith(_PAST[lang.code]) or r.tag[i - 1 - (lang.code == "fr")] != ",":
        return False
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    if i + 2 > stop or i == floor:
        return False
    first = i - (lang.code == "fr")
    if first - 1 <= floor or r.tag[first - 1] != "," or low in _NO_SPEECH:
        return False
    if lang.code == "fr" and r.low[first] not in _HAVE:
        return False
    comma = first - 1
    if comma - floor < _FEWEST or w.quoted[comma - 1] >= 0 or adverbial(w, lang, floor, comma):
        return False
    if r.low[floor] in lang.stop or r.low[floor] in lang.according:
        return False
    end = source_end(w, lang, i + 1, stop)
    if end <= i + 1 or (end < stop and r.tag[end] != ",") or not speaks(w, lang, i + 1, end):
        return False
    s = Statement([(floor, comma)], (first, i + 1), (i + 1, end), "clause, any verb, source", low)
    w.found.append(s)
    return True
