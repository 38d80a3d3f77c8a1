"""What a noun says: "his claim that…", "the union's case is that…", and a passive with such a subject."""

from __future__ import annotations

from variorum.stages.claims.contents import has_verb
from variorum.stages.claims.cue import Cue
from variorum.stages.claims.ends import clause_end, phrase_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.nounphrases import verbal
from variorum.stages.claims.rules import content_of
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Workspace


def stated(w: Workspace, cue: Cue) -> None:
    """The union's case is that X: what follows."""
    stop = w.sentence_stop(cue.at)
    if cue.end < stop:
        body = (cue.end, clause_end(w.r, cue.end, stop, w.quoted, cue))
        w.add(cue, [body], "noun, is, clause")


def noun(w: Workspace, cue: Cue) -> None:
    """His claim that… — reports of…"""
    r = w.r
    stop = w.sentence_stop(cue.at)
    k = cue.end + (r.tag[cue.end] != "P")
    if r.low[cue.end] in ("by", "from") and cue.end == cue.at + 1 and cue.source is not None:
        k = cue.source[1] + 1 + (r.tag[cue.source[1]] == ",")
    if k >= stop:
        return
    if "that" not in cue.frames:
        stop = _before_what_it_leads_in(w, cue, k, stop)
        end = phrase_end(r, k, stop, w.quoted, cue)
        verb = next((j for j in range(k + 1, end) if r.tag[j] == "X" and w.quoted[j] < 0), end)
        w.add(cue, [(k, verb)], "noun, of, phrase")
    elif has_verb(r, k, stop):
        stop = _before_what_it_leads_in(w, cue, k, stop)
        end = clause_end(r, k, stop, w.quoted, cue)
        if cue.first - w.clause_floor(cue.at) <= 1:
            end = _before_main_verb(w, k, end)
            if end < stop and end - k <= _LONGEST_RELATIVE and r.low[end - 1] in _MADE:
                return  # "The promise that he made | was kept"
        w.add(cue, [(k, end)], "noun, that, clause")


_LONGEST_RELATIVE = 5  # tokens of "the old minister had made"
_MADE = words(
    "made gave wrote issued published heard received got sent denied rejected withdrew faced cited"
)
_LEADING_IN = frozenset(["despite", "amid", "after", "following"])


def _before_what_it_leads_in(w: Workspace, cue: Cue, k: int, stop: int) -> int:
    """ "Despite promises that none would lose, | thousands did": the comma that ends the phrase."""
    first = w.clause_floor(cue.at)
    if w.r.low[first] not in _LEADING_IN or cue.first - first > 3:
        return stop
    comma = w.comma(k, stop)
    return comma if comma is not None and has_verb(w.r, comma + 1, stop) else stop


def _before_main_verb(w: Workspace, k: int, stop: int) -> int:
    """ "Claims that the dam was unsafe | have been rejected", "A rumour that the mine would close | emptied
    the town": where the subject's clause ends."""
    tag, done, inside, otherwise = w.r.tag, False, False, stop
    for j in range(k, stop):
        if w.quoted[j] >= 0:
            continue
        if tag[j] in "CWTU,":
            break
        verb = tag[j] == "X" or (tag[j] in "VE" and verbal(w.r, j))
        if tag[j] == "X" and ((verb and done) or _begins_anew(w, k, j)):
            return j
        behind = tag[j] in "VE" and j > k + 1 and tag[j - 1] in "VE"  # "had flooded | caused panic"
        if (
            verb
            and (done or behind)
            and otherwise == stop
            and tag[j + 1 : j + 2] not in (["R"], ["E"])
        ):
            otherwise = j
        done = done or (inside and not verb and tag[j] != "A")
        inside = inside or verb
    return otherwise


_NEVER_FIRST = frozenset(["been", "being", "be", "having"])


def _begins_anew(w: Workspace, k: int, j: int) -> bool:
    """Whether the auxiliary at j stands behind a full verb: "that he had fled | was denied"."""
    r = w.r
    return k < j - 1 and r.tag[j - 1] in "EV" and r.low[j] not in _NEVER_FIRST


def with_its_clause(w: Workspace, cue: Cue) -> Range | None:
    """ "The claim that he had fled | was denied by his wife": the whole subject of a passive."""
    r = w.r
    floor = w.clause_floor(cue.first)
    for k in range(floor, min(floor + 3, cue.first - 2)):
        if r.low[k] in r.lex.deniable and r.tag[k + 1] == "T":
            plain = w.comma(k, cue.first, ",:-") is None
            return (floor, cue.first) if plain and has_verb(r, k + 2, cue.first) else None
    return None


def in_ones_view(w: Workspace, cue: Cue) -> None:
    """In her opinion it was unlikely: the clause after it."""
    r = w.r
    stop = w.sentence_stop(cue.at)
    first = cue.end + (r.tags[cue.end : cue.end + 1] == ",")
    if first < stop and has_verb(r, first, stop):
        body = (first, clause_end(r, first, stop, w.quoted, cue))
        w.add(cue, [body], "in one's view, clause")


def lore(w: Workspace, cue: Cue) -> None:
    """Rumour has it that X: nobody says it."""
    stop = w.sentence_stop(cue.at)
    body = content_of(w, cue, cue.end, stop) if cue.end < stop else None
    if body is not None:
        w.add(cue, [body[0]], "rumour has it")
