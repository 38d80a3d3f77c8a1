"""From cues and quotations to statements: which words belong to which cue and source."""

from __future__ import annotations

from bisect import bisect_left

from variorum.stages.claims.before_cue import as_one_says, content_left, denied_in_passing
from variorum.stages.claims.contents import has_verb
from variorum.stages.claims.cue import Cue
from variorum.stages.claims.cues import find_cues
from variorum.stages.claims.direct import inverted, postposed, tag_after_quotation
from variorum.stages.claims.impersonals import impersonal
from variorum.stages.claims.indirect import (
    according,
    borrow_source,
    content_right,
    opening_artefact,
    passive,
    seen,
)
from variorum.stages.claims.interview import answers
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.memory import Place
from variorum.stages.claims.nameless import asks_for_no_name
from variorum.stages.claims.noun_contents import in_ones_view, lore, noun, stated
from variorum.stages.claims.orphans import left_over
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.remembered import keep, recall
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.transcript import turns
from variorum.stages.claims.workspace import Statement, Workspace

_BY_MODE = {
    "according": according,
    "noun": noun,
    "impersonal": impersonal,
    "passive": passive,
    "seen": seen,
    "lore": lore,
    "opening": opening_artefact,
    "stated": stated,
    "view": in_ones_view,
}


def find_statements(reading: Reading) -> tuple[list[Statement], Workspace]:
    """All statements in reading order, and the workspace they were found in."""
    w = Workspace(reading)
    spoken = turns(w) or answers(w)
    if reading.places is None or spoken:
        _read_cues(w, reading.triggers, w.walls(), spoken)
    else:
        _read_paragraphs(w, reading.places)
    left_over(w)
    w.found.sort(key=_longer_first)
    return _without_echoes(w), w


def _longer_first(s: Statement) -> Range:
    """The order of reading; of those that begin together the longest first."""
    begin, end = s.span
    return begin, -end


def _read_paragraphs(w: Workspace, places: list[Place]) -> None:
    """As :func:`_read_cues`, but for paragraphs whose statements are remembered."""
    r, walls = w.r, w.walls()
    for place, a, b in zip(places, r.para_first, r.para_end, strict=True):
        here = r.triggers[bisect_left(r.triggers, a) : bisect_left(r.triggers, b)]
        if not here or recall(w, place, a, b):
            continue
        before = len(w.found)
        _read_cues(w, here, walls, [])
        keep(w, place, a, b, before)


def _read_cues(w: Workspace, triggers: list[int], walls: bytearray, spoken: list[bool]) -> None:
    """Makes the statements of the cues among ``triggers``: those of whole paragraphs, for a cue
    asks only about cues of its sentence, or in whose content it stands."""
    previous: Cue | None = None
    outer: Cue | None = None  # the last that stands in no other's content
    unnamed = -1  # the last token of a request not to be named
    for cue in find_cues(w.r, triggers, w.quoted, walls):
        if (spoken and spoken[cue.at]) or cue.at <= unnamed:
            continue
        asked = asks_for_no_name(w.r, cue)
        if asked is not None:
            unnamed = asked
            continue
        nested = outer is not None and _within_said(w, outer, cue)
        _read(w, cue, previous if nested else outer)
        if cue.mode == "finite" and cue.source is not None:
            previous = cue
            outer = outer if nested else cue


_LATELY = 4  # statements looked back over for the content that a cue stands in


def _within_said(w: Workspace, outer: Cue, cue: Cue) -> bool:
    """Whether a cue stands in what an earlier one says: "insisted he did not | ask for it"."""
    if w.r.sentence[outer.at] != w.r.sentence[cue.at]:
        return False
    said = (outer.first, outer.end)
    return any(a <= cue.first < b for s in w.found[-_LATELY:] if s.cue == said for a, b in s.parts)


def _read(w: Workspace, cue: Cue, previous: Cue | None) -> None:
    if cue.mode == "infinitive" and cue.lemma in _INTENDED and not _speaks(w, cue):
        return
    other = _BY_MODE.get(cue.mode)
    if other is not None:
        other(w, cue)
        return
    if cue.mode in ("participle", "infinitive") or cue.source is None:
        if _says_where(w, cue):
            return
        if not inverted(w, cue):
            if cue.source is None:
                borrow_source(w, cue, previous)
            content_right(w, cue)
        return
    if as_one_says(w, cue) or tag_after_quotation(w, cue) or postposed(w, cue):
        return
    if content_right(w, cue):
        return
    if not denied_in_passing(w, cue):
        content_left(w, cue)


def _says_where(w: Workspace, cue: Cue) -> bool:
    """ "Writing in the Lancet, | she said": where somebody speaks whose words come with the next
    verb."""
    r, k = w.r, cue.end
    opens = cue.first == r.sent_first[r.sentence[cue.at]]
    aside = (
        cue.lemma == "write" and r.tag[cue.first - 1] == ","
    )  # "X, writing for three judges, said"
    if not (opens or aside) or r.tags[k : k + 1] != "R":
        return False
    if r.tag[cue.at] != "G" or r.low[k] in cue.frames:
        return False
    comma = w.comma(k, r.sentence_end(cue.at))
    return comma is not None and not has_verb(r, k, comma)


def _speaks(w: Workspace, cue: Cue) -> bool:
    """Whether what is only intended ("to post a sign", "to justify that figure") comes with words:
    a quotation or a "that"."""
    r, k = w.r, cue.end
    stop = min(w.r.sentence_end(cue.at), k + 8)
    return any(r.tag[j] == "T" or w.quoted[j] >= 0 for j in range(k, stop))


def _without_echoes(w: Workspace) -> list[Statement]:
    """Drops what only repeats a part of another statement: a noun with its verb's content, a
    belief or mention within what is said ("he said he thought that…")."""
    kept: list[Statement] = []
    around: list[tuple[int, Statement]] = []  # each with its end
    last: Range | None = None
    for s in w.found:
        begin, end = s.span
        if last == (begin, end):
            if kept[-1].source is None and s.source is not None:
                kept[-1] = s
            continue
        around = [o for o in around if o[0] > begin]
        outer = next((o for _, o in around if _holds(o, s)), None)
        if outer is not None:
            same = outer.span == (begin, end)
            if same or not (_reports_itself(w, s) or _told_by_another(w, outer, s)):
                continue
        last = (begin, end)
        kept.append(s)
        around.append((end, s))
    return kept


# What these say as infinitives is rather a purpose than a statement, unless words come with it.
_INTENDED = words(
    "confirm find post contend justify expect know imagine assume discover learn determine realize realise "
    "show demonstrate hold persuade convince order signal agree calculate answer regard list release "
    "issue send offer accept feel understand consider hear forget dream doubt dare teach certify "
    "establish infer deduce foresee guarantee judge verify remember attribute credit submit pronounce "
    "capture depict direct command discuss report project forecast defend attack note ask continue begin"
)
_HEARSAY = words(
    "claim claims allegation allegations report reports suggestion suggestions rumor rumors rumour "
    "rumours accusation accusations speculation"
)


def _holds(outer: Statement, inner: Statement) -> bool:
    """Whether the cue and the content of ``inner`` lie within one part of ``outer``'s content."""
    begin, end = inner.span
    if inner.cue is not None:
        begin, end = min(begin, inner.cue[0]), max(end, inner.cue[1])
    return any(a <= begin and end <= b for a, b in outer.parts)


_HE_OR_SHE = frozenset(["he", "she"])


def _told_by_another(w: Workspace, outer: Statement, s: Statement) -> bool:
    """ "He told her it was a mistake, she said": what he said, as she has it."""
    if s.lemma != "tell" or s.source is None or outer.source is None or s.cue is None:
        return False
    both = {w.r.low[s.source[0]], w.r.low[outer.source[0]]}
    return both == _HE_OR_SHE and s.source[1] - s.source[0] == 1


def _reports_itself(w: Workspace, s: Statement) -> bool:
    """Whether a nested statement stands on its own feet: a source of its own says it."""
    if s.rule.startswith(("artefact", "impersonal")):
        return True
    if s.rule == "noun, that, clause" and s.lemma in _HEARSAY:
        return True  # "denied reports that…": the reports say it
    return (
        s.cue is not None
        and s.source is not None
        and "belief" not in s.frames
        and bool(s.frames & {"that", "according"})
        and w.r.tag[s.source[0]] not in "PWT"
    )
