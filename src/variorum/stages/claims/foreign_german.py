"""German: what word order tells. The verb stands second, so what comes before it may be the object
("Staatliche Hilfen lehnte der Minister ab"), its particle or participle ends the clause, and indirect
speech goes on in the subjunctive without any verb of saying ("Der Zeitplan sei nicht in Gefahr").
"""

from __future__ import annotations

from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_sources import german_end, that_word
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

PREPOSITIONS = words(
    "in im am an auf aus bei beim mit nach vor von vom zu zum zur für gegen über unter um durch seit "
    "während wegen trotz ohne zwischen neben hinter gegenüber angesichts laut ab bis"
)
_HE = words("er man wir ich")
_SHE = words("sie es")
_THAT = words("das dies dem diesem")
_OBJECTS = words("den einen diesen keinen jeden jegliche jeglichen sämtliche alle")
_ABSTRACT = ("ung", "ungen", "heit", "heiten", "keit", "keiten", "tion", "tionen", "ät", "schaft")
_HELD = words("hat haben hatte hatten habe")
_LONGEST_OBJECT = 30  # tokens between a German verb and its particle

_DENYING = {
    **dict.fromkeys(words("wies weist wiesen weisen"), ("zurück", "sich")),
    **dict.fromkeys(words("lehnte lehnt lehnten lehnen"), ("ab",)),
    **dict.fromkeys(words("schloss schließt schlossen schließen"), ("aus",)),
    **dict.fromkeys(words("stritt streitet stritten streiten"), ("ab",)),
    **dict.fromkeys(words("tat tut taten"), ("ab",)),
    **dict.fromkeys(words("stellte stellt stellten stellen"), ("infrage", "abrede")),
    **dict.fromkeys(words("zog zieht zogen ziehen"), ("zweifel",)),
}
_SAYING = {
    **dict.fromkeys(words("warf wirft warfen werfen"), ("vor",)),
    **dict.fromkeys(words("räumte räumt räumten räumen"), ("ein",)),
    **dict.fromkeys(words("kündigte kündigt kündigten kündigen"), ("an",)),
    **dict.fromkeys(words("gab gibt gaben geben"), ("zu", "an", "bekannt")),
    **dict.fromkeys(words("mahnte mahnt mahnten"), ("an",)),
}
PARTICLES = {**_SAYING, **_DENYING}
_WITHOUT_ACCUSATIVE = words("warf wirft warfen werfen")  # "warf der Bahn vor": a dative, no subject


def chunks(w: Workspace, k: int, stop: int) -> list[tuple[int, int, bool]]:
    """The noun phrases of [k, stop): start, end, and whether a preposition leads them."""
    r, found = w.r, []
    while k < stop:
        low = r.low[k]
        led = low in PREPOSITIONS
        begin = k + 1 if led else k
        if w.quoted[k] >= 0 or r.tag[k] in ",:.-":
            k += 1
            continue
        if low in _HE or low in _SHE or low in _THAT:
            end = k + 1 if not _phrase_follows(w, k, stop) else german_end(w, k, stop)
        else:
            end = german_end(w, begin, stop) if begin < stop else begin
        noun = any(r.word[j][0].isupper() or r.word[j][0].isdigit() for j in range(begin, end))
        if end > begin and (noun or low in _HE or low in _SHE or low in _THAT):
            found.append((k, end, led))
            k = end
        else:
            k += 1
    return found


def _phrase_follows(w: Workspace, k: int, stop: int) -> bool:
    """ "das Papier", not "das" alone."""
    r = w.r
    return r.low[k] in ("das", "dem", "diesem") and k + 1 < stop and german_end(w, k, stop) > k + 1


def _agent(w: Workspace, a: int, b: int) -> bool:
    """Whether a phrase names a person or an organisation, by its first noun that is known; a name."""
    n = nouns("de")
    capitals = [k for k in range(a, b) if w.r.word[k][0].isupper() and w.r.word[k][0].isalpha()]
    for k in capitals:
        if k > a and w.r.low[k - 1] in ("der", "des", "von", "im", "in"):
            break
        kind = kind_of(n, w.r.low[k])
        if kind:
            return kind != "artefact"
    plain = bool(capitals) and capitals[0] == a and not w.r.low[capitals[-1]].endswith(_ABSTRACT)
    return plain and len(capitals) == b - a and b - a <= 3 and not w.r.low[b - 1].endswith("en")


def subject_and_object(
    w: Workspace, before: Range, verb: int, stop: int, *, dative: bool = False
) -> tuple[Range | None, Range | None]:
    """Who does it and to what, for a verb in second place: ``before`` stands first, the middle
    field reaches to ``stop``."""
    r = w.r
    middle = [c for c in chunks(w, verb + 1, stop) if not c[2]]
    first = r.low[before[0]]
    adverbial = first in PREPOSITIONS or german_end(w, *before) <= before[0]
    object_first = first in _OBJECTS or (first in _THAT and before[1] - before[0] == 1)
    if not middle:
        return (None, None) if adverbial else (before, None)
    a, b, _ = middle[0]
    near = a == verb + 1
    pronoun = b - a == 1 and (r.low[a] in _HE or (r.low[a] in _SHE and near))
    if pronoun or object_first:
        rest = middle[1] if len(middle) > 1 else None
        obj = (rest[0], stop) if rest is not None and adverbial else None
        return (a, b), obj or (None if adverbial else before)
    if adverbial:
        return (a, b), (middle[1][0], stop) if len(middle) > 1 else None
    nominative = r.low[a] == "der" and not dative and near
    if len(middle) == 1 and (nominative or (_agent(w, a, b) and not _agent(w, *before))):
        return (a, b), before
    return before, (a, stop)


def separable(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Wies den Vorwurf zurück", "Staatliche Hilfen lehnte der Minister ab", "warf der Bahn vor, sie
    …": a verb whose particle ends its clause."""
    r = w.r
    particles = PARTICLES.get(r.low[i])
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    if particles is None or r.word[i][0].isupper():
        return False
    reach = range(i + 1, min(stop, i + _LONGEST_OBJECT))
    at = next((j for j in reach if r.low[j] in particles and w.quoted[j] < 0), None)
    if at is None or (r.low[at] == "sich" and r.low[at - 1] != "von"):
        return False
    if (
        at + 1 < stop
        and r.tag[at + 1] not in ",:."
        and r.low[at + 1] not in ("und", "aber", "oder")
    ):
        return False
    end = at - 1 if r.low[at] in ("sich", "abrede") else at
    begin = _clause_begin(w, floor, i)
    subject, obj = subject_and_object(w, (begin, i), i, end, dative=r.low[i] in _WITHOUT_ACCUSATIVE)
    if begin == i:
        subject = _shared(w, floor, i)
        obj = (i + 1, end) if end > i + 1 else None
    if subject is None:
        return False
    s = Statement([], (i, i + 1), subject, "verb, object, particle", r.low[i], r.low[i] in _DENYING)
    if obj is not None and obj[1] > obj[0]:
        s.parts.append(obj)
        judged = next((j for j in range(i + 1, end) if r.low[j] == "als"), None)
        if obj == (begin, i) and judged is not None:
            s.parts.append((judged, end))
    if at + 2 < stop and r.tag[at + 1] == ",":
        clause = at + 3 if that_word(lang, r.low[at + 2]) else at + 2
        s.parts.append((clause, said_stop(w, lang, clause, stop)))
    if s.parts:
        w.found.append(s)
    return bool(s.parts)


def _clause_begin(w: Workspace, floor: int, i: int) -> int:
    """Where the first constituent before a verb begins: after "und" or a colon, else the floor."""
    r = w.r
    begin = floor
    for k in range(floor, i):
        if w.quoted[k] < 0 and (r.tag[k] == ":" or (r.low[k] in ("und", "aber", "doch"))):
            after_clause = any(
                j for j in range(floor, k) if r.low[j] in PARTICLES or r.tag[j] == ":"
            )
            if r.tag[k] == ":" or k + 1 == i or after_clause:
                begin = k + 1
    return begin


def _shared(w: Workspace, floor: int, i: int) -> Range | None:
    """ "Er bedauerte den Vorfall und | wies …": the subject of the clause before."""
    for s in reversed(w.found):
        if s.cue is None or s.cue[0] < floor:
            break
        if s.source is not None and s.cue[0] < i:
            return s.source
    end = german_end(w, floor, i)
    return (floor, end) if end > floor else None


def object_before_verb(w: Workspace, lang: Foreign, s: Statement, i: int, stop: int) -> bool:
    """ "Den Vorwurf bestritt er", "Gerüchte … bezeichnete eine Sprecherin als Unsinn"."""
    r, floor = w.r, w.clause_floor(i)
    begin = _clause_begin(w, floor, i)
    if s.lemma not in lang.nominal or begin >= i:
        return False
    comma = w.comma(i + 1, stop)
    end = stop if comma is None else comma
    opens = r.low[begin]
    if opens in ("wie", "dass", "ob", "wenn", "weil"):
        return False
    last = i - 1 if r.tag[i - 1] == "," else i
    subject, obj = subject_and_object(w, (begin, last), i, end)
    if subject is None or obj != (begin, last) or subject[0] < i:
        return False
    s.source, s.rule = subject, "object, verb, source"
    s.parts = [obj]
    judged = next((j for j in range(subject[1], end) if r.low[j] == "als"), None)
    if judged is not None:
        s.parts.append((judged, end))
    elif w.quoted[subject[1]] >= 0 if subject[1] < end else False:
        s.parts.append((subject[1], end))
    w.found.append(s)
    return True


def held_object(w: Workspace, s: Statement, i: int) -> bool:
    """ "Hat der Pfleger vor Gericht alle Vorwürfe | bestritten": the object before a participle."""
    r, floor = w.r, w.clause_floor(i)
    aux = next((k for k in range(i - 1, floor - 1, -1) if r.low[k] in _HELD), None)
    if aux is None or s.source is None or i - aux > _LONGEST_OBJECT:
        return False
    begin = max(aux + 1, s.source[1] if s.source[0] > aux else 0)
    objects = [c for c in chunks(w, begin, i) if not c[2]]
    if not objects or objects[-1][0] <= s.source[0] < objects[-1][1]:
        return False
    s.parts, s.rule = [(objects[-1][0], i)], "object, participle"
    w.found.append(s)
    return True


_BACK_PARTICLES = words("mit hervor an ein zu")


def points_back(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Das teilte die Polizei mit", "Das geht aus einer Studie hervor": the sentence before."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if i != floor + 1 or r.low[floor] not in ("das", "dies") or floor == 0:
        return False
    goes = r.low[i] in ("geht", "ging")
    if r.low[i] in lang.negative or (w.comma(i, stop) is not None and not goes):
        return False
    first = r.sent_first[r.sentence[floor] - 1]
    if r.paragraph[first] != r.paragraph[floor] or w.quoted[first] >= 0:
        return False
    if any(s.cue is not None and first <= s.cue[0] < floor for s in w.found[-6:]):
        return False
    end = german_end(w, i + 1, stop)
    source = (i + 1, end)
    if goes:
        if r.low[i + 1] != "aus":
            return False
        source = (i + 2, german_end(w, i + 2, stop))
    elif r.low[i] not in lang.verbs:
        return False
    if source[1] <= source[0]:
        return False
    rest = w.sentence_stop(first)
    w.found.append(
        Statement([(first, rest)], (i, i + 1), source, "sentence, points back", r.low[i])
    )
    return True


_SUBJUNCTIVE = words(
    "sei seien habe werde könne müsse solle wolle dürfe gebe gehe komme stehe wisse bleibe lasse nehme "
    "liege laufe handle fehle mache halte sehe bestehe treffe drohe reiche sehe verfüge gelte trage "
    "brauche führe arbeite prüfe bedauere bedaure freue verstehe rechne erwarte hoffe rufe bitte"
)
_FIRST_PERSON = words("ich wir mir mich uns")
_MODAL_ONLY = words("hätten hätte würden wären könnten müssten sollten dürften")


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


def _subjunctive(w: Workspace, k: int, start: int) -> bool:
    r = w.r
    if r.low[k] not in _SUBJUNCTIVE or w.quoted[k] >= 0 or r.word[k][0].isupper() or k == start:
        return False
    return not (r.low[k - 1] in ("es", "wie") and r.low[k] == "sei" and r.tag[k - 2] == ",")


_MODALS = words(
    "will wollen wollte wollten kann können konnte muss müssen musste soll sollen sollte möchte wird "
    "werden würde würden darf dürfen lässt ließ ließen könnte könne müsse wolle solle"
)


def infinitive_here(w: Workspace, i: int) -> bool:
    """Whether a form that ends as an infinitive is one: "zu klagen", "will … klagen"."""
    r, floor = w.r, w.clause_floor(i)
    if not r.low[i].endswith("n"):
        return False
    if r.low[i - 1] == "zu":
        return True
    ends = i + 1 >= w.sentence_stop(i) or r.tag[i + 1] == "," or r.low[i + 1] in ("und", "oder")
    back = range(i - 1, max(floor, i - _LONGEST_OBJECT) - 1, -1)
    if not ends or r.low[i].endswith("ten"):
        return False
    return any(r.low[k] in _MODALS for k in back)


_PREPOSITIONAL = {
    **dict.fromkeys(words("spricht sprach sprechen sprachen"), "von"),
    **dict.fromkeys(words("warnte warnt warnten warnen"), "vor"),
    **dict.fromkeys(words("berichtete berichtet berichteten berichten"), "von"),
}


def of_something(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Die Opposition spricht von 40 Toten", "warnte vor neuen Angriffen"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    preposition = _PREPOSITIONAL.get(r.low[i])
    if preposition is None or r.word[i][0].isupper() or i == floor:
        return False
    comma = w.comma(i + 1, stop)
    end = stop if comma is None else comma
    at = next((k for k in range(i + 1, min(end, i + 12)) if r.low[k] == preposition), None)
    if at is None or at + 1 >= end:
        return False
    subject, _ = subject_and_object(w, (_clause_begin(w, floor, i), i), i, at, dative=True)
    if subject is None or any(w.quoted[k] >= 0 for k in range(i, at + 2)):
        return False
    content = (at, said_stop(w, lang, at, end))
    w.found.append(Statement([content], (i, i + 1), subject, "verb, preposition", r.low[i]))
    return True


def own_account(w: Workspace, i: int) -> bool:
    """ "Tietz will die Dezernentin informiert haben": what somebody says of themselves."""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    done = r.low[stop - 1] in ("haben", "sein") and r.low[stop - 2].endswith(("t", "en"))
    if r.low[i] not in ("will", "wollen") or not done or i == floor or w.quoted[stop - 1] >= 0:
        return False
    subject, _ = subject_and_object(w, (floor, i), i, stop)
    if subject is None:
        return False
    content = (i + 1, stop) if subject[1] <= i else (subject[1], stop)
    w.found.append(Statement([content], (i, i + 1), subject, "own account", "wollen"))
    return True


_LETTING = words("ließ lässt ließen lassen")
_LET = words("erklären mitteilen ausrichten wissen verlauten verkünden verbreiten")


def had_it_said(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "…, ließ der Verein mitteilen"; "der Verein ließ mitteilen, dass …"."""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    said = next((k for k in range(i + 1, stop) if r.low[k] in _LET), None)
    if r.low[i] not in _LETTING or said is None or i == floor:
        return False
    if r.tag[i - 1] == "," and said + 1 >= stop and i - 1 > floor:
        end = german_end(w, i + 1, said)
        if end == i + 1:
            return False
        q = w.before(i)
        s = Statement([], (i, i + 1), (i + 1, end), "clause, verb, source", "lassen")
        if q is not None and not w.owned(q):
            w.own(s, [q])
            return True
        s.parts = [(floor, i - 1)]
    elif said + 2 < stop and r.tag[said + 1] == ",":
        start = said + 3 if that_word(lang, r.low[said + 2]) else said + 2
        subject, _ = subject_and_object(w, (floor, i), i, said)
        if subject is None or w.quoted[start] >= 0:
            return False
        s = Statement([(start, stop)], (i, i + 1), subject, "verb, that, clause", "lassen")
    else:
        return False
    w.found.append(s)
    return True


_WANTING = words("wollte wollten will wollen mochte mochten möchte möchten konnte konnten kann")
_NOT = words("nicht keine kein keinen weder nichts")
_TO_SAY = words(
    "äußern kommentieren bestätigen dementieren sagen beantworten nennen verraten machen nehmen geben "
    "preisgeben mitteilen ausschließen einlassen erklären"
)
_SILENT = {
    **dict.fromkeys(words("äußerte äußerten äußert"), ("sich",)),
    **dict.fromkeys(words("machte machten macht"), ("angaben", "aussagen", "aussage", "angabe")),
    **dict.fromkeys(
        words("gab gaben gibt"), ("auskunft", "auskünfte", "stellungnahme", "kommentar")
    ),
    **dict.fromkeys(words("nahm nahmen nimmt"), ("stellung",)),
    **dict.fromkeys(words("reagierte reagierten beantwortete beantworteten kommentierte"), ("",)),
}


def not_said(w: Workspace, i: int) -> bool:
    """ "Wollte sich nicht äußern", "wollte X weder bestätigen noch dementieren", "äußerte sich nicht",
    "machte keine Angaben"."""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    ahead = range(i + 1, min(stop, i + _LONGEST_OBJECT))
    no = next((k for k in ahead if r.low[k] in _NOT and w.quoted[k] < 0), None)
    if no is None or i == floor or r.tag[i + 1] == ",":
        return False
    if r.low[i] in _WANTING:
        end = next((k for k in ahead if k > no and r.low[k] in _TO_SAY), None)
    else:
        wanted = _SILENT.get(r.low[i])
        found = wanted is not None and any(x == "" or x in r.low[i + 1 : stop] for x in wanted)
        end = stop if found else None
    if end is None:
        return False
    begin = _clause_begin(w, floor, i)
    last = i - 1 if r.tag[i - 1] == "," else i
    if begin >= last:
        return False
    first = r.low[begin]
    clause = r.tag[i - 1] == "," or first in _THAT or first in PREPOSITIONS
    middle = [c for c in chunks(w, i + 1, end) if r.low[c[0]] not in _NOT]
    if clause and middle and not middle[0][2]:
        subject, content = middle[0][:2], (begin, last)
    else:
        subject, _ = subject_and_object(w, (begin, last), i, end)  # type: ignore[assignment]
        rest = [c for c in middle if subject is None or c[0] >= subject[1]]
        content = (rest[0][0], rest[0][1]) if rest else (i + 1, end)
    if subject is None or content[1] <= content[0]:
        return False
    w.found.append(Statement([content], (i, i + 1), subject, "refusal", r.low[i], True))
    return True


def said_in_refusal(w: Workspace, i: int) -> bool:
    """Whether the verb at i is the infinitive of a refusal found before: "wollte nichts | sagen"."""
    last = w.found[-1] if w.found else None
    if last is None or last.rule != "refusal" or last.cue is None or not w.r.low[i].endswith("n"):
        return False
    return w.clause_floor(i) <= last.cue[0] < i <= last.cue[0] + _LONGEST_OBJECT
