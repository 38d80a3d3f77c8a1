"""German: set phrases that lead to a clause ("gab zu Protokoll, dass", "ließ durchblicken", "ist der Ansicht, dass"),
what comes out of a document ("Aus den Akten geht hervor, dass"), asides with "wie" and any verb ("…, wie der Wirt
einräumt, …"), "dass" after a verb that no list knows, and what somebody finds ("findet den Entwurf missraten").
"""

from __future__ import annotations

from variorum.stages.claims.foreign_german import (
    ADVERBS,
    HE,
    PREPOSITIONS,
    SHE,
    SUBJUNCTIVE,
    agent,
    chunks,
    clause_begin,
    subject_and_object,
)
from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_sources import german_end, marked_name_end, that_word
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

# Forms of a verb, and the words before the comma that make it one of saying.
_BEFORE_CLAUSES: dict[str, tuple[tuple[str, ...], ...]] = {
    form: tuple(tuple(tail.split()) for tail in tails)
    for forms, *tails in (
        ("gab gibt gaben geben", "zu protokoll", "zu bedenken", "zu verstehen", "zur antwort"),
        (
            "ließ lässt ließen lassen",
            *("durchblicken", "erkennen", "anklingen", "keinen zweifel daran", "keinen zweifel"),
            *("offen durchblicken", "verlauten", "wissen", "ausrichten"),
        ),
        ("hielt hält hielten halten", "fest", "dagegen", "entgegen", "zugute", "für erwiesen"),
        ("stellte stellt stellten stellen", "in aussicht", "in den raum", "heraus"),
        ("brachte bringt brachten bringen", "zum ausdruck", "ins gespräch"),
        (
            "ist sind war waren",
            *("der ansicht", "der meinung", "der auffassung", "der überzeugung", "sich sicher"),
            *("davon überzeugt", "sich einig", "fest überzeugt", "zuversichtlich"),
        ),
        (
            "vertritt vertrat vertreten vertraten",
            *(
                "die ansicht",
                "die meinung",
                "die auffassung",
                "die haltung",
                "die these",
                "den standpunkt",
            ),
        ),
        (
            "äußerte äußert äußerten äußern",
            *(
                "die hoffnung",
                "den verdacht",
                "die befürchtung",
                "die vermutung",
                "die sorge",
                "den wunsch",
            ),
            *("die ansicht", "die meinung", "die erwartung"),
        ),
        ("legt legte legen legten", "zur last"),
        ("sah sieht sahen sehen", "es als erwiesen an", "als erwiesen an", "die gefahr"),
        ("machte macht machten machen", "darauf aufmerksam", "keinen hehl daraus"),
        (
            "kam kommt kamen kommen",
            "zu dem schluss",
            "zu der einschätzung",
            "zu dem ergebnis",
            "zum schluss",
        ),
        ("steht stand", "geschrieben"),
        ("zeigte zeigt zeigten zeigen", "auf"),
        ("gelangte gelangt gelangten", "zu der überzeugung", "zu dem schluss"),
        ("bleibt blieb bleiben blieben", "dabei"),
        ("beharrt beharrte beharren", "darauf"),
        ("verweist verwies pocht pochte dringt drang besteht bestand drängt drängte", "darauf"),
        ("spricht sprach sprechen sprachen", "sich dafür aus", "sich dagegen aus", "davon"),
        ("setzt setzte", "darauf", "sich dafür ein"),
        ("plädiert plädierte plädieren wirbt warb werben", "dafür"),
        ("erinnert erinnerte erinnern erinnerten", "daran"),
        ("warnt warnte warnen warnten", "davor"),
        ("drohte droht drohten drohen gelobte gelobt gelobten geloben", ""),
        (
            "hat hatte haben hatten hegt hegte",
            "keinen zweifel",
            "keinen zweifel daran",
            "keine zweifel",
        ),
        ("zweifelt zweifelte zweifeln zweifelten", "daran"),
        ("klagt klagte klagen klagten", "darüber"),
    )
    for form in forms.split()
}
_LONGEST = 14  # tokens between such a verb and its comma
_NO_SAYING = words(
    "sorgte sorgt sorgen sorgten führte führt führen weiß wusste wussten verhinderte verhindert verhindern "
    "erreichte erreicht bewirkte bewirkt bedeutet bedeutete bedeuten merkte merkt will wollte wollen wollten "
    "hatte hat haben hatten ist war sind waren wird wurde werden wurden liegt lag half hilft warten wartete "
    "wartet schaffte schafft träumt träumte achtet achtete vergaß vergisst spürte spürt kämpft kämpfte lässt "
    "ließ genießt kann konnte können konnten muss musste müssen mussten soll sollte sollen darf durfte mag "
    "gehört gehörte stört störte freut ärgert verdankt verdankte bemerkte bemerkt hörte hört erlebte erlebt "
    "erfuhr erfährt erkannte erkennt zeigte zeigt zeigen fiel fällt scheint schien gilt galt bleibt blieb tut "
    "tat steht stand macht machte nutzt nutzte trägt trug riskiert riskierte akzeptiert akzeptierte duldet "
    "hinderte hindert sieht sah sehen überlegt überlegte entdeckt entdeckte ermöglicht erlaubt beweist bewies "
    "rettet rettete arbeitet arbeitete begriff verstand lernte lernt kam kommt kommen kamen ging geht so "
    "derart dadurch dafür damit darauf daran"
)
_FINITE = ("t", "te", "ten", "en", "d")
_LONGEST_ASIDE = 10  # tokens of ", wie der Sprecher der Polizei am Abend einräumt,"
_OF_DOCUMENTS = words("geht ging gehen gingen")
_NOTED = words("vermerkt festgehalten dokumentiert nachzulesen notiert beschrieben")
_WRITTEN = words("steht stand")
_FINDS = words("findet fand finden fanden")
_NO_VIEWS = words("statt zusammen heraus wieder vor ein ab")


def set_phrase(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement of a set phrase whose verb stands at i."""
    return (
        _before_clause(w, lang, i)
        or _comes_out(w, lang, i)
        or _written(w, lang, i)
        or _finds(w, i)
        or _for_one(w, i)
        or _had_spoken_of(w, lang, i)
    )


_SPOKEN_OF = {
    "gedroht": ("mit",), "gewarnt": ("vor",), "gesprochen": ("von",), "plädiert": ("für",), "gepocht": ("auf",),
    "aufgerufen": ("zu", "zur", "zum"), "ausgesprochen": ("für", "gegen"), "gerechnet": ("mit",),
    "verwiesen": ("auf",), "ausgegangen": ("von",), "appelliert": ("an",), "geklagt": ("über",),
    "gedrängt": ("auf",), "gemahnt": ("zu", "zur", "zum"), "geworben": ("für",), "gezweifelt": ("an",),
}  # fmt: skip
_HAD = words("hat haben hatte hatten habe")


def _had_spoken_of(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Zuvor hatte die Gewerkschaft | mit einem Ausstand | gedroht"."""
    leads = _SPOKEN_OF.get(w.r.low[i])
    if leads is None:
        return False
    r, floor = w.r, w.clause_floor(i)
    aux = next((k for k in range(i - 1, max(floor, i - 20), -1) if r.low[k] in _HAD), None)
    if aux is None or any(r.tag[k] in ",:" or w.quoted[k] >= 0 for k in range(aux, i)):
        return False
    at = next((k for k in range(aux + 1, i - 1) if r.low[k] in leads), None)
    subject = who_at(w, aux, at) if at is not None else None
    if (
        at is None
        or subject is None
        or (r.low[i] == "ausgesprochen" and "sich" not in r.low[aux:at])
    ):
        return False
    w.found.append(Statement([(at, i)], (i, i + 1), subject, "verb, preposition", r.low[i]))
    return True


def _before_clause(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Gab gegenüber der Polizei zu Protokoll, | dass …"."""
    r, tails = w.r, _BEFORE_CLAUSES.get(w.r.low[i])
    if tails is None or r.word[i][0].isupper():
        return False
    stop = w.sentence_stop(i)
    comma = w.comma(i + 1, min(stop, i + _LONGEST))
    if comma is None or comma + 2 >= stop or w.quoted[comma + 1] >= 0:
        return False
    tail = next((t for t in tails if tuple(r.low[comma - len(t) : comma]) == t), None)
    if tail is None or comma - len(tail) <= i:
        return False
    led = that_word(lang, r.low[comma + 1]) or r.low[comma + 1] in ("ob", "wie", "warum")
    reported = any(r.low[k] in SUBJUNCTIVE for k in range(comma + 1, min(stop, comma + 9)))
    zu = any(r.low[k] == "zu" and r.low[k + 1].endswith("n") for k in range(comma + 1, stop - 1))
    if not (led or reported or zu):
        return False
    subject = who_at(w, i, comma - len(tail))
    if subject is None:
        return False
    start = comma + 1 + that_word(lang, r.low[comma + 1])
    content = (start, said_stop(w, lang, start, stop))
    w.found.append(Statement([content], (i, i + 1), subject, "set phrase, clause", r.low[i]))
    return True


def who_at(w: Workspace, i: int, stop: int) -> Range | None:
    """Who does what the verb at i tells, if that is one that can speak."""
    r, begin = w.r, clause_begin(w, w.clause_floor(i), i)
    if begin >= i:
        return None
    subject, _ = subject_and_object(w, (begin, i), i, stop, dative=True)
    if subject is None or any(r.tag[k] in ",:" for k in range(*subject)):
        return None
    pronoun = (
        subject[1] - subject[0] == 1 and r.low[subject[0]] in HE | SHE and r.low[subject[0]] != "es"
    )
    return subject if pronoun or agent(w, *subject) else None


def _comes_out(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Aus dem Bericht geht | hervor, dass …", "Wie aus Akten hervorgeht, die …, | wusste er davon"."""
    r, documented = w.r, w.r.low[i] in ("hervorgeht", "hervorging", "hervorgehe")
    if not documented and r.low[i] not in _OF_DOCUMENTS:
        return False
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    if documented or i + 2 >= stop:
        return documented and _as_comes_out(w, floor, i, stop)
    comma = w.comma(i + 1, min(stop, i + _LONGEST))
    if comma is None or r.low[comma - 1] != "hervor" or comma + 2 >= stop:
        return False
    aus = floor if r.low[floor] == "aus" else i + 1 if r.low[i + 1] == "aus" else None
    if aus is None:
        aus = next((k for k in range(floor, i) if r.low[k] == "aus"), None)
    if aus is None:
        return False
    end = max(german_end(w, aus + 1, stop), marked_name_end(w, aus + 1, stop))
    start = comma + 1 + that_word(lang, r.low[comma + 1])
    reported = any(r.low[k] in SUBJUNCTIVE for k in range(start, min(stop, start + 9)))
    if end <= aus + 1 or (start == comma + 1 and not reported):
        return False  # "geht aus einer Studie hervor, die im Mai erschienen ist"
    start = comma + 1 + that_word(lang, r.low[comma + 1])
    content = (start, said_stop(w, lang, start, stop))
    w.found.append(Statement([content], (i, i + 1), (aus + 1, end), "it comes out", "hervorgehen"))
    return True


def _as_comes_out(w: Workspace, floor: int, i: int, stop: int) -> bool:
    r = w.r
    wie = next(
        (k for k in range(i - 1, max(floor, i - _LONGEST) - 1, -1) if r.low[k] == "wie"), None
    )
    if wie is None or r.low[wie + 1 : wie + 2] != ["aus"]:
        return False
    end = max(german_end(w, wie + 2, i), marked_name_end(w, wie + 2, i))
    if end <= wie + 2:
        return False
    s = Statement([], (i, i + 1), (wie + 2, end), "it comes out", "hervorgehen")
    if wie > floor + 1 and r.tag[wie - 1] == ",":
        s.parts = [(floor, wie - 1)]
        if i + 2 < stop and r.tag[i + 1] == ",":
            s.parts.append((i + 2, stop))
    elif wie == floor and i + 2 < stop and r.tag[i + 1] == ",":
        start = i + 2
        if r.low[start] in ("der", "die", "das", "dem", "den"):  # "…, die dem Sender vorliegen, …"
            comma = w.comma(start, min(stop, start + _LONGEST))
            vorliegt = comma is not None and r.low[comma - 1].endswith(("t", "en"))
            start = comma + 1 if comma is not None and vorliegt and comma + 1 < stop else start
        s.parts = [(start, stop)]
    if not s.parts:
        return False
    w.found.append(s)
    return True


def _written(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "In dem Schreiben an die Eltern steht, | dass …"."""
    if w.r.low[i] not in _NOTED | _WRITTEN:
        return False
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    noted = r.low[i] in _NOTED and r.low[i - 1] in ("ist", "war", "sei")
    if (
        not (noted or r.low[i] in _WRITTEN)
        or r.low[floor] not in ("in", "im", "auf")
        or i + 3 >= stop
    ):
        return False
    if r.tag[i + 1] != "," or not (that_word(lang, r.low[i + 2]) or w.quoted[i + 2] < 0):
        return False
    end = german_end(w, floor + 1, i)
    paper = any(
        kind_of(nouns("de"), r.low[k]) == "artefact" for k in range(floor + 1, max(end, floor + 1))
    )
    if not paper:
        return False
    start = i + 2 + that_word(lang, r.low[i + 2])
    content = (start, said_stop(w, lang, start, stop))
    w.found.append(Statement([content], (i, i + 1), (floor + 1, end), "it is written", "stehen"))
    return True


def _finds(w: Workspace, i: int) -> bool:
    """ "Die Rätin findet | den Entwurf missraten", not "findet den Hund", "findet statt"."""
    if w.r.low[i] not in _FINDS:
        return False
    r, stop = w.r, w.sentence_stop(i)
    if i + 2 >= stop or w.comma(i + 1, stop) is not None:
        return False
    last = r.low[stop - 1]
    if r.word[stop - 1][0].isupper() or w.quoted[stop - 1] >= 0 or last in _NO_VIEWS | ADVERBS:
        return False
    objects = [c for c in chunks(w, i + 1, stop) if not c[2]]
    subject = who_at(w, i, i + 1)
    if subject is None or subject[1] > i or not objects or objects[0][0] != i + 1:
        return False
    if any(r.low[k] in PREPOSITIONS for k in range(objects[0][1], stop)) or objects[0][1] >= stop:
        return False
    w.found.append(Statement([(i + 1, stop)], (i, i + 1), subject, "finds it so", "finden"))
    return True


def _for_one(w: Workspace, i: int) -> bool:
    """ "Für Trainer Rico Hertel war es | „ein gebrauchter Tag“": words of theirs."""
    if w.r.low[i] not in ("ist", "war", "sind", "waren", "bleibt"):
        return False
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if r.low[floor] != "für":
        return False
    end = german_end(w, floor + 1, i)
    cited = next((k for k in range(i + 1, stop) if w.quoted[k] >= 0), None)
    if (
        end != i
        or end - floor < 3
        or cited is None
        or not agent(w, floor + 1, end)
        or w.comma(i, cited) is not None
    ):
        return False
    q = w.quotes[w.quoted[cited]]
    if w.owned(q) or q.size > _LONGEST or r.tag[cited - 1] in ":,":
        return False
    w.found.append(
        Statement([(i + 1, q.last + 1)], (floor, floor + 1), (floor + 1, end), "for one", "für")
    )
    return True


_ANY_SAYING = (
    *(
        "einräum",
        "zugib",
        "zugab",
        "zugeg",
        "angib",
        "angab",
        "mitteil",
        "mitgeteilt",
        "bekanntg",
        "gab",
    ),
    *(
        "ankündig",
        "hinzufüg",
        "ausführ",
        "darleg",
        "hervorheb",
        "hervorhob",
        "klarstell",
        "feststell",
    ),
    *(
        "festhält",
        "festhielt",
        "bemerk",
        "anmerk",
        "aufzeig",
        "darstell",
        "vorrechne",
        "nahelegt",
        "formulier",
    ),
    *(
        "ausdrück",
        "betont",
        "sagt",
        "erinnert",
        "weiß",
        "meint",
        "glaubt",
        "findet",
        "erzähl",
        "eingestand",
    ),
    *(
        "zugesteht",
        "nachwies",
        "nachweis",
        "enthüll",
        "aufdeck",
        "ermittelt",
        "errechnet",
        "schildert",
    ),
)
_ASIDE_TIMES = words(
    "am montag dienstag mittwoch donnerstag freitag samstag sonntag gestern heute abend morgen mittag selbst auch "
    "bekannt offen später jetzt unumwunden freimütig es dazu auf anfrage nachfrage sich"
)


def as_any_says(w: Workspace, i: int) -> bool:
    """ "Die Ernte fiel, | wie Bauernpräsident Rieder einräumt, | schlechter aus": a verb that no list
    knows, of somebody who can speak."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if i - 1 <= floor or r.tag[i - 1] != "," or i + 2 >= stop:
        return False
    comma = w.comma(i + 1, min(stop, i + _LONGEST_ASIDE))
    close = comma if comma is not None else stop
    if close - i > _LONGEST_ASIDE or any(w.quoted[k] >= 0 for k in range(i, close)):
        return False
    begin = i + 1 + (r.low[i + 1] == "sich")
    end = german_end(w, begin, close)
    if end <= begin or end >= close or r.word[close - 1][0].isupper():
        return False
    verb = close - 1 if r.low[close - 1] not in ("hat", "haben", "hatte") else close - 2
    between = r.low[end:verb]
    if not r.low[verb].startswith(_ANY_SAYING) or any(x not in _ASIDE_TIMES for x in between):
        return False
    if not agent(w, begin, end):
        return False
    s = Statement([(floor, i - 1)], (verb, verb + 1), (begin, end), "clause, wie, source, verb")
    s.lemma = r.low[verb]
    q = w.before(i)
    if q is not None and not w.owned(q):
        s.parts = []
        w.own(s, w.paragraphs_of(q))
        more = w.after(close)
        if more is not None and not w.owned(more) and w.quoted[close + 1] >= 0:
            w.own(s, [more])
        return True
    if comma is not None and comma + 1 < stop:
        s.parts.append((comma + 1, stop))
    w.found.append(s)
    return True


def that_after(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Das Gericht entschied, | dass die Klausel ungültig ist": whatever the verb at i, what its subject,
    somebody who can speak, tells with "dass"; not "sorgte dafür, dass"."""
    if i + 2 >= w.r.size or w.r.word[i][0].isupper() or w.r.low[i] in _NO_SAYING:
        return False
    if not w.r.low[i].endswith((*_FINITE, "ied", "and", "ob")):
        return False
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    comma = i + 1
    while (
        comma < stop
        and comma - i < 4
        and (r.low[comma] in lang.time or r.low[comma] in lang.adverbs)
    ):
        comma += 1
    if comma + 2 >= stop or r.tag[comma] != "," or r.low[comma + 1] not in ("dass", "daß"):
        return False
    if (
        i == floor
        or r.low[i] in _NO_SAYING
        or not r.low[i].endswith((*_FINITE, "ied", "and", "ob"))
    ):
        return False
    if r.word[i][0].isupper() or german_end(w, floor, i) != i or not agent(w, floor, i):
        return False
    content = (comma + 2, said_stop(w, lang, comma + 2, stop))
    w.found.append(Statement([content], (i, i + 1), (floor, i), "any verb, that, clause", r.low[i]))
    return True
