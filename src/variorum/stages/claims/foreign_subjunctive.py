"""German: indirect speech that goes on in the subjunctive without any verb of saying ("Der Zeitplan sei
nicht in Gefahr"), after a colon too, and verbs that no list knows beside it ("…, erwiderte sie").
"""

from __future__ import annotations

from variorum.stages.claims.foreign_german import HE, PREPOSITIONS, SHE, SUBJUNCTIVE, THAT, agent
from variorum.stages.claims.foreign_lists import kind_of, nouns
from variorum.stages.claims.foreign_sources import german_end
from variorum.stages.claims.foreign_subjects import VOICES, german_subject_of
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
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
    colon = _colon(w, first, stop)
    start = first if colon is None else colon + 1
    verbs = (k for k in range(start, stop) if _subjunctive(w, k, start))
    verb = next((k for k in verbs if not _ends_clause(w, k, start, stop)), None)
    nested = verb is not None and not _said_here(w, verb, here)
    taken = any(a < stop and b > start for s in here for a, b in s.parts)
    if w.quoted[start] >= 0 or (taken and not nested):
        return None
    told = _told_first(w, first, stop, verb) if colon is None and not here else None
    told = told or (_told_last(w, first, stop) if colon is None and not here and verb else None)
    if told is not None:
        return told
    if verb is None and colon is None and not here and _just_before(w, number, first, last):
        verb = _of_several(w, first, stop)
    own = (k for k in range(start, stop) if w.quoted[k] < 0)
    if verb is None or any(r.low[k] in _FIRST_PERSON for k in own):
        return None
    s = Statement(
        [(start, stop)], (verb, verb + 1), None, "reported in the subjunctive", r.low[verb]
    )
    if colon is not None:
        before = [x for x in here if x.source is not None and x.source[0] < colon]
        end = german_end(w, first, colon)
        if r.low[first] in THAT and first + 2 < colon and r.word[first + 1][0].islower():
            first += 2  # "Das bestreitet | die Firma"
            end = german_end(w, first, colon)
        named = german_subject_of(w, first, colon) if r.low[first] in VOICES else None
        s.source = before[-1].source if before else named or ((first, end) if end > first else None)
        return s if s.source is not None else None
    if _said_here(w, verb, here):
        return None
    near = last is not None and r.paragraph[first] - r.paragraph[last.span[0]] <= 1
    s.source = _about_whom(w, number, near and _just_before(w, number, first, last))
    if s.source is not None:
        return s
    s.inherits = last
    return s if near else None


_COMMUNICATES = words(
    "reagierte reagierten konterte widersprach widersprachen verteidigte verteidigten schilderte schilderten "
    "relativierte relativierten dementierte bestritt rechtfertigte rechtfertigten entschuldigte bedauert bedauerte "
    "klagte zeigte zeigten gab beschwichtigte warnte mahnte kritisierte kritisierten lobte verwies wies begründete "
    "erläuterte erklärte berichtete beschrieb winkte blieb beteuerte äußerte äußerten sieht sah"
)
_IS_SO = words("kommt gab ist war bleibt hat hatte kam steht sitzt wirkt")


def _about_whom(w: Workspace, number: int, just_said: bool) -> Range | None:
    """ "Die Zeugin schilderte den Abend. | Der Mann habe geschrien": who the sentence before is about, where
    that says nothing itself but is of one who speaks; "Der Wirt ist wütend. Die Behörde habe ihn betrogen"."""
    r = w.r
    if (
        number < 1
        or just_said
        or r.paragraph[r.sent_first[number]] != r.paragraph[r.sent_first[number - 1]]
    ):
        return None
    first, end = r.sent_first[number - 1], w.sentence_stop(r.sent_first[number - 1])
    if end - first > _LONGEST_BEFORE or any(w.quoted[k] >= 0 for k in range(first, end)):
        return None
    told = any(r.low[k] in _COMMUNICATES for k in range(first, end))
    feels = any(r.low[k] in _IS_SO for k in range(first, end)) and end - first <= _SHORTEST_BEFORE
    return german_subject_of(w, first, end) if told or feels else None


_LONGEST_BEFORE = 18  # tokens of a sentence that tells who speaks in the next
_SHORTEST_BEFORE = 8  # tokens of "Landwirt Sepp Aigner ist wütend"


def _colon(w: Workspace, first: int, stop: int) -> int | None:
    """The colon that announces what is said, or a semicolon after which it begins ("wies das zurück;
    | man habe"); not one within it ("Die Kosten seien bekannt; neu sei der Lärm")."""
    r = w.r
    for j in range(first + 1, stop - 2):
        if r.tag[j] != ":" or w.quoted[j] >= 0:
            continue
        if r.low[j] != ";" or not any(_subjunctive(w, k, first) for k in range(first, j)):
            return j
    return None


def _said_here(w: Workspace, verb: int, here: list[Statement]) -> bool:
    """Whether the sentence has a statement of its own; one in a relative clause after its verb is none:
    "Der habe ihm geschrieben, | in dem Brief, der ankündigt, dass"."""
    r = w.r
    comma = w.comma(verb, w.sentence_stop(verb))
    if comma is None or not here:
        return bool(here)
    led = r.low[comma + 1] in PREPOSITIONS and comma + 3 < r.size
    relative = led and r.low[comma + 2] in _WHO and r.low[comma + 3] in HE | SHE
    return not relative or any(s.cue is None or s.cue[0] < comma for s in here)


_OPENS_CLAUSE = words("dass daß weil ob obwohl welche welcher welches wo")


def _ends_clause(w: Workspace, k: int, start: int, stop: int) -> bool:
    """Whether a verb ends a clause that a relative pronoun or "dass" opens: "gilt ein Gesetz, das schlecht
    | sei": the sentence is told by whoever writes."""
    r = w.r
    if k + 1 < stop and r.tag[k + 1] != ",":
        return False
    comma = next((j for j in range(k - 1, start, -1) if r.tag[j] == "," and w.quoted[j] < 0), None)
    if comma is None or comma + 2 >= k:
        return False
    opens = comma + 1 + (r.low[comma + 1] in PREPOSITIONS)
    return r.low[opens] in _WHO | _OPENS_CLAUSE


_WHO = words("der die das dem den deren dessen denen")
_SEVERAL = words("hätten wären würden")
_NOT_REAL = words("wenn falls sonst fast beinahe gern gerne lieber ohne nur eigentlich")
_MODAL_ENDS = words("können müssen sollen dürfen wollen lassen mögen brauchen")
_BEFORE_SEVERAL = words("zudem außerdem auch ferner")


def _just_before(w: Workspace, number: int, first: int, last: Statement | None) -> bool:
    """Whether the last statement stands in the sentence before, in the same paragraph."""
    if last is None or w.r.paragraph[last.span[0]] != w.r.paragraph[first]:
        return False
    end = max(last.span[1], last.cue[1] if last.cue else 0) - 1
    return w.r.sentence[end] == number - 1


def _of_several(w: Workspace, first: int, stop: int) -> int | None:
    """ "Die Beamten | hätten die Akten falsch gelesen": the subjunctive of several, which is also that of
    what is not real ("hätten gewinnen können", "hätten gern gewonnen")."""
    r = w.r
    begin = first + 1 if r.low[first] in _BEFORE_SEVERAL else first
    verb = begin
    if begin == first:
        verb = first + 1 if r.low[first] == "sie" else german_end(w, first, stop)
        if verb == first + 1 and r.low[first] != "sie" and not kind_of(nouns("de"), r.low[first]):
            return None  # "Damit wären die Kosten gesunken"
    if verb >= stop - 1 or r.low[verb] not in _SEVERAL or r.low[first] in PREPOSITIONS:
        return None
    if not _NOT_REAL.isdisjoint(r.low[first:stop]) or r.low[stop - 1] in _MODAL_ENDS:
        return None
    done = r.word[stop - 1][0].islower() and r.low[stop - 1] != "nicht"
    done = done and r.low[stop - 1].endswith(("t", "en", "n"))
    return verb if done else None


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
    "wurde eine keine seine ihre meine unsere diese jede jene alle viele wenige einige mehrere solche welche beide "
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
