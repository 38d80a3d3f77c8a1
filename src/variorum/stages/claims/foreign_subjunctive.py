"""German: indirect speech that goes on in the subjunctive without any verb of saying ("Der Zeitplan sei
nicht in Gefahr"), after a colon too, and verbs that no list knows beside it ("…, erwiderte sie").
"""

from __future__ import annotations

from variorum.stages.claims.foreign_german import HE, SHE, SUBJUNCTIVE, agent
from variorum.stages.claims.foreign_sources import german_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.workspace import Statement, Workspace

_FIRST_PERSON = words("ich wir mir mich uns")
_SHORT_VERB = 4  # tokens of "erwiderte am Montag" before its comma


def reported_on(w: Workspace) -> None:
    """Sentences in the subjunctive after a statement: "Er habe davon nichts gewusst."; and what
    follows a colon so: "Er wies das zurück: Der Zeitplan sei zu halten."."""
    r = w.r
    by_sentence: dict[int, list[Statement]] = {}
    for s in w.found:
        for number in {r.sentence[a] for a, _ in s.parts} | (
            {r.sentence[s.cue[0]]} if s.cue else set()
        ):
            by_sentence.setdefault(number, []).append(s)
    last: Statement | None = None
    for number, first in enumerate(r.sent_first):
        here = by_sentence.get(number, [])
        made = _reported(w, number, first, here, last)
        if made is not None:
            w.found.append(made)
            here = [*here, made]
        spoken = [s for s in here if s.source is not None or s.inherits is not None]
        last = max(spoken, key=lambda s: s.span[1], default=last)


def _reported(
    w: Workspace, number: int, first: int, here: list[Statement], last: Statement | None
) -> Statement | None:
    r = w.r
    stop = w.sentence_stop(first)
    colon = next(
        (j for j in range(first + 1, stop - 2) if r.tag[j] == ":" and w.quoted[j] < 0), None
    )
    start = first if colon is None else colon + 1
    if w.quoted[start] >= 0 or any(a < stop and b > start for s in here for a, b in s.parts):
        return None
    verb = next((k for k in range(start, stop) if _subjunctive(w, k, start)), None)
    told = _told_first(w, first, stop, verb) if colon is None and not here else None
    told = told or (_told_last(w, first, stop) if colon is None and not here and verb else None)
    if told is not None:
        return told
    if verb is None or any(r.low[k] in _FIRST_PERSON for k in range(start, stop)):
        return None
    s = Statement(
        [(start, stop)], (verb, verb + 1), None, "reported in the subjunctive", r.low[verb]
    )
    if colon is not None:
        before = [x for x in here if x.source is not None and x.source[0] < colon]
        end = german_end(w, first, colon)
        s.source = before[-1].source if before else (first, end) if end > first else None
        return s if s.source is not None else None
    if here or last is None or r.paragraph[first] - r.paragraph[last.span[0]] > 1:
        return None
    s.inherits = last
    return s


def _told_first(w: Workspace, first: int, stop: int, verb: int | None) -> Statement | None:
    """ "Gemeinderätin Bader erwiderte, sie habe die Papiere nie gesehen": whatever the verb, what
    follows its comma in the subjunctive is said by its subject."""
    r = w.r
    comma = w.comma(first, stop)
    if verb is None or comma is None or verb <= comma or comma + 2 >= stop:
        return None
    end = german_end(w, first, comma)
    says = end > first and end < comma and comma - end <= _SHORT_VERB and agent(w, first, end)
    if not says or not r.low[end].endswith(("te", "t", "ten", "en")) or r.word[end][0].isupper():
        return None
    opens = comma + 2 if r.low[comma + 1] in ("dass", "daß") else comma + 1
    if r.low[comma + 1] in ("weil", "obwohl", "wenn", "als", "nachdem", "damit", "da"):
        return None
    rule = "verb, clause in the subjunctive"
    return Statement([(opens, stop)], (end, end + 1), (first, end), rule, r.low[end])


def _told_last(w: Workspace, first: int, stop: int) -> Statement | None:
    """ "Dazu könne man nichts sagen, schränkt die Ärztin ein": whatever the verb after the comma."""
    r = w.r
    comma = max(
        (j for j in range(first, stop) if r.tag[j] == "," and w.quoted[j] < 0), default=stop
    )
    k = comma + 1
    if k + 1 >= stop or r.word[k][0].isupper() or not r.low[k].endswith(("te", "t", "ten", "en")):
        return None
    end = german_end(w, k + 1, stop)
    if end <= k + 1 or stop - end > 2 or not agent(w, k + 1, end):
        return None
    rule = "clause in the subjunctive, verb, source"
    return Statement([(first, comma)], (k, k + 1), (k + 1, end), rule, r.low[k])


def _subjunctive(w: Workspace, k: int, start: int) -> bool:
    r = w.r
    low = r.low[k]
    if low not in SUBJUNCTIVE and (low[-1] != "e" or not _second_in_e(w, k, start)):
        return False
    if w.quoted[k] >= 0 or r.word[k][0].isupper() or k == start:
        return False
    return not (r.low[k - 1] in ("es", "wie") and r.low[k] == "sei" and r.tag[k - 2] == ",")


_NO_VERBS = words(
    "eine keine seine ihre meine unsere diese jede jene alle viele wenige einige mehrere solche welche beide "
    "andere ohne gerade lange gerne ferne vorne nahe bange ende rede strecke pause deine eure möglichst"
)


def _second_in_e(w: Workspace, k: int, start: int) -> bool:
    """ "Die Ministerin | überschätze sich", "Der Plan | tauge nichts": after one who is named, a verb in
    -e that is no past in -te."""
    r, low = w.r, w.r.low[k]
    if not low.endswith("e") or low.endswith("te") or len(low) < 4 or low in _NO_VERBS:
        return False
    if k - start == 1 and r.low[start] in HE | SHE and r.low[start] != "ich":
        return True
    opens = r.low[start] in ("der", "die", "das", "dieser", "diese", "dieses")
    return opens and german_end(w, start, k) == k and r.word[k - 1][0].isupper()
