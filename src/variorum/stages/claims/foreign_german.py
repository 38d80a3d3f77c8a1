"""German: what word order tells. The verb stands second, so what comes before it may be the object
("Staatliche Hilfen lehnte der Minister ab"), its particle or participle ends the clause, and indirect
speech goes on in the subjunctive without any verb of saying ("Der Zeitplan sei nicht in Gefahr").
"""

from __future__ import annotations

from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_objects import HEARSAY_NOUNS, said_stop
from variorum.stages.claims.foreign_sources import (
    german_end,
    marked_name_end,
    that_word,
    unsaid_before,
)
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

PREPOSITIONS = words(
    "in im am an auf aus bei beim mit nach vor von vom zu zum zur für gegen über unter um durch seit "
    "während wegen trotz ohne zwischen neben hinter gegenüber angesichts laut ab bis"
)
HE = words("er man wir ich")
SHE = words("sie es")
THAT = words("das dies dem diesem")
_OBJECTS = words("den einen diesen keinen jeden jegliche jeglichen sämtliche alle")
_ARTICLES = words(
    "der die das den dem des ein eine einen einem diese dieser dieses solche alle keine weitere jegliche "
    "derartige entsprechende sämtliche beide mehrere viele einige"
)
_ABSTRACT = ("ung", "ungen", "heit", "heiten", "keit", "keiten", "tion", "tionen", "ät", "schaft")
_HELD = words("hat haben hatte hatten habe")
_BUT = words("und aber doch")
SUBJUNCTIVE = words(
    "sei seien habe werde könne müsse solle wolle dürfe gebe gehe komme stehe wisse bleibe lasse nehme "
    "liege laufe handle fehle mache halte sehe bestehe treffe drohe reiche sehe verfüge gelte trage "
    "werte warte biete leite trete halte vertrete berate erarbeite beobachte fürchte bereite erwarte "
    "brauche führe arbeite prüfe bedauere bedaure freue verstehe rechne erwarte hoffe rufe bitte"
)
LONGEST_OBJECT = 30  # tokens between a German verb and its particle

_DENYING = {
    **dict.fromkeys(words("wies weist wiesen weisen"), ("zurück", "sich", "fabel", "hin", "nach")),
    **dict.fromkeys(words("ließ lässt ließen lassen"), ("gelten", "sitzen", "stehen")),
    **dict.fromkeys(words("verwahrte verwahrt verwahrten"), ("dagegen",)),
    **dict.fromkeys(words("lehnte lehnt lehnten lehnen"), ("ab",)),
    **dict.fromkeys(words("schloss schließt schlossen schließen"), ("aus",)),
    **dict.fromkeys(words("stritt streitet stritten streiten"), ("ab",)),
    **dict.fromkeys(words("tat tut taten"), ("ab",)),
    **dict.fromkeys(
        words("stellte stellt stellten stellen"), ("infrage", "abrede", "klar", "fest")
    ),
    **dict.fromkeys(words("zog zieht zogen ziehen"), ("zweifel",)),
}
_SAYING = {
    **dict.fromkeys(words("warf wirft warfen werfen"), ("vor",)),
    **dict.fromkeys(words("räumte räumt räumten räumen"), ("ein",)),
    **dict.fromkeys(words("kündigte kündigt kündigten kündigen"), ("an",)),
    **dict.fromkeys(words("gab gibt gaben geben"), ("zu", "an", "bekannt")),
    **dict.fromkeys(words("mahnte mahnt mahnten"), ("an",)),
    **dict.fromkeys(words("hob hebt hoben heben"), ("hervor",)),
    **dict.fromkeys(words("führte führt führten führen"), ("aus", "an")),
    **dict.fromkeys(words("legte legt legten legen"), ("dar", "nahe")),
    **dict.fromkeys(
        words("machte macht machten machen"), ("deutlich", "klar", "geltend", "verantwortlich")
    ),
    **dict.fromkeys(words("kam kommt kamen kommen"), ("schluss", "ergebnis")),
    **dict.fromkeys(words("wandte wendet wandten wenden"), ("ein",)),
    **dict.fromkeys(words("setzte setzt setzten fügte fügt fügten"), ("hinzu",)),
    **dict.fromkeys(words("sagte sagt sagten sagen"), ("zu", "voraus")),
    **dict.fromkeys(words("deutete deutet deuteten deuten"), ("an",)),
    **dict.fromkeys(words("prangerte prangert prangerten prangern"), ("an",)),
    **dict.fromkeys(words("schlug schlägt schlugen schlagen"), ("vor",)),
    **dict.fromkeys(words("regte regt regten regen"), ("an",)),
    **dict.fromkeys(words("rechnete rechnet rechneten rechnen"), ("vor",)),
    **dict.fromkeys(words("gestand gesteht gestanden gestehen"), ("ein", "zu")),
    **dict.fromkeys(words("spielte spielt spielten spielen"), ("herunter",)),
    **dict.fromkeys(words("stufte stuft stuften stufen"), ("ein",)),
}
_OF_AGENTS = words(
    "deutete deutet deuteten deuten prangerte prangert prangerten prangern schlug schlägt schlugen schlagen regte "
    "regt regten regen rechnete rechnet rechneten rechnen spielte spielt spielten spielen stufte stuft stuften stufen"
)
PARTICLES = {**_SAYING, **_DENYING}
_NO_DENIALS = words("hin klar fest nach")  # particles of verbs that also deny
_NO_OBJECT = words("nach hin klar fest schluss ergebnis deutlich hinzu hervor dagegen")
_BEFORE_PARTICLE = {"sich": 1, "abrede": 1, "fabel": 3, "schluss": 2, "ergebnis": 2}
_NEEDS_NO = words("gelten sitzen stehen")
_WITHOUT_ACCUSATIVE = words("warf wirft warfen werfen")  # "warf der Bahn vor": a dative, no subject


def chunks(w: Workspace, k: int, stop: int) -> list[tuple[int, int, bool]]:
    """The noun phrases of [k, stop): start, end, and whether a preposition leads them."""
    r, found = w.r, []
    while k < stop:
        low = r.low[k]
        led = low in PREPOSITIONS
        begin = k + 1 if led else k
        if w.quoted[k] >= 0 or r.tag[k] in ",:.-" or low == "sich":
            k += 1
            continue
        if low in HE or low in SHE or low in THAT:
            end = k + 1 if not _phrase_follows(w, k, stop) else german_end(w, k, stop)
        else:
            end = german_end(w, begin, stop) if begin < stop else begin
        noun = any(r.word[j][0].isupper() or r.word[j][0].isdigit() for j in range(begin, end))
        if end > begin and (noun or low in HE or low in SHE or low in THAT):
            found.append((k, end, led))
            k = end
        else:
            k += 1
    return found


def _phrase_follows(w: Workspace, k: int, stop: int) -> bool:
    """ "das Papier", not "das" alone."""
    r = w.r
    return r.low[k] in ("das", "dem", "diesem") and k + 1 < stop and german_end(w, k, stop) > k + 1


def agent(w: Workspace, a: int, b: int, *, known: bool = False) -> bool:
    """Whether a phrase names a person or an organisation, by its first noun that is known; or is a
    name, which one unknown capital is only where not only what is ``known`` is asked."""
    n = nouns("de")
    capitals = [k for k in range(a, b) if w.r.word[k][0].isupper() and w.r.word[k][0].isalpha()]
    if any("-Jährige" in w.r.word[k] for k in range(a, b)):
        return True
    for k in capitals:
        if k > a + 1 and w.r.low[k - 1] in ("der", "des", "von", "im", "in"):
            break
        kind = kind_of(n, w.r.low[k])
        if kind:
            return kind != "artefact"
    if (known and b - a == 1) or w.r.low[a] in _ARTICLES:
        return False
    if capitals and w.r.low[capitals[-1]] in _TIMES:
        return False  # "Zwei Tage"
    if b - a == 1 and a == w.clause_floor(a) and w.r.low[a].endswith(_ADVERBIAL):
        return False  # "Ursprünglich", "Gleichwohl"
    if any(w.r.low[k] in HEARSAY_NOUNS for k in capitals):
        return False
    plain = bool(capitals) and capitals[0] == a and not w.r.low[capitals[-1]].endswith(_ABSTRACT)
    return plain and len(capitals) == b - a and b - a <= 3 and not w.r.low[b - 1].endswith("en")


_TIMES = words(
    "tage tagen stunden jahre jahren monate monaten wochen minuten sekunden kilometer meter"
)
_ADVERBIAL = (
    "lich",
    "weise",
    "falls",
    "mals",
    "wohl",
    "nehin",
    "dem",
    "gens",
    "tens",
    "seits",
    "bar",
    "sam",
)
ADVERBS = words(
    "generell gleichzeitig beispielsweise denn dennoch trotzdem unterdessen daher deshalb deswegen allerdings "
    "zudem außerdem inzwischen mittlerweile bislang bisher später danach dabei damit dagegen hingegen zugleich "
    "erst nun jetzt heute gestern hier dort vielleicht natürlich offenbar tatsächlich schließlich zuletzt "
    "zunächst anschließend insgesamt kürzlich jüngst seither seitdem darum somit also dann doch und aber "
    "entsprechend ebenso ebenfalls darüber davon dazu daran darauf dafür hierzu gemeinsam künftig stattdessen "
    "weiter so weiterhin grundsätzlich konkret zuvor derzeit aktuell oft häufig einst früher auch sonst vorher"
)


def subject_and_object(
    w: Workspace, before: Range, verb: int, stop: int, *, dative: bool = False
) -> tuple[Range | None, Range | None]:
    """Who does it and to what, for a verb in second place: ``before`` stands first, the middle
    field reaches to ``stop``."""
    r = w.r
    middle = [c for c in chunks(w, verb + 1, stop) if not c[2]]
    first = r.low[before[0]]
    no_phrase = german_end(w, *before) <= before[0] and first not in THAT
    no_phrase = no_phrase or (first in ADVERBS and before[1] - before[0] == 1)
    adverbial = (
        first in PREPOSITIONS or no_phrase or (first == "als" and before[1] - before[0] <= 3)
    )
    object_first = first in _OBJECTS or (first in THAT and before[1] - before[0] == 1)
    if not middle:
        return (None, None) if adverbial else (before, None)
    a, b, _ = middle[0]
    near = a == verb + 1
    pronoun = b - a == 1 and (r.low[a] in HE or (r.low[a] in SHE and near))
    if pronoun and r.low[a] == "es" and not adverbial and len(middle) == 1:
        return before, None  # "lehnte es ab, …"
    if pronoun or object_first:
        rest = middle[1] if len(middle) > 1 else None
        obj = (rest[0], stop) if rest is not None and adverbial else None
        return (a, b), obj or (None if adverbial else before)
    if adverbial:
        return (a, b), (middle[1][0], stop) if len(middle) > 1 else None
    nominative = r.low[a] == "der" and not dative and near
    turned = len(middle) == 1 and (nominative or agent(w, a, b))
    if turned and not agent(w, *before, known=nominative):
        return (a, b), before
    return before, (a, stop)


def _acts(w: Workspace, subject: Range) -> bool:
    """Whether a subject can speak: not "Die Zahlen deuten etwas an"."""
    low = w.r.low[subject[0]]
    return agent(w, *subject) or low in HE or low == "sie"


def separable(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Wies den Vorwurf zurück", "Staatliche Hilfen lehnte der Minister ab", "warf der Bahn vor, sie
    …": a verb whose particle ends its clause."""
    r = w.r
    particles = PARTICLES.get(r.low[i])
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    if particles is None or r.word[i][0].isupper():
        return False
    reach = range(i + 1, min(stop, i + LONGEST_OBJECT))
    at = next((j for j in reach if r.low[j] in particles and w.quoted[j] < 0), None)
    if at is None or (r.low[at] == "sich" and r.low[at - 1] != "von"):
        return False
    if r.low[at] in _NEEDS_NO and "nicht" not in r.low[i:at]:
        return False
    if (
        at + 1 < stop
        and r.tag[at + 1] not in ",:."
        and r.low[at + 1] not in ("und", "aber", "oder")
    ):
        return False
    end = at - _BEFORE_PARTICLE.get(r.low[at], 0)
    begin = clause_begin(w, floor, i)
    subject, obj = _around_particle_verb(w, (begin, i), end)
    if subject is None or (r.low[i] in _OF_AGENTS and not _acts(w, subject)):
        return False
    denied = r.low[i] in _DENYING and r.low[at] not in _NO_DENIALS
    s = Statement([], (i, i + 1), subject, "verb, object, particle", r.low[i], denied)
    if r.low[at] in _NO_OBJECT:
        obj = None
    turned = "nicht" in r.low[i + 1 : at]
    if (
        turned and r.low[at] not in _NEEDS_NO
    ):  # "streitet das nicht ab", "gab die Namen nicht bekannt"
        s.negated = not s.negated and r.low[at] not in _NO_OBJECT
    while obj is not None and obj[1] > obj[0] and r.low[obj[1] - 1] == "nicht":
        obj = (obj[0], obj[1] - 1)
    if obj is not None and obj[1] > obj[0]:
        judged = next((j for j in range(obj[0] + 1, obj[1]) if r.low[j] == "als"), obj[1])
        opens = obj[0] + (r.low[obj[0]] in ("dass", "daß"))
        s.parts.append((opens, judged - (r.tag[judged - 1] == ",")))
        if r.low[at] == "verantwortlich":
            _with_the_deed(w, s, (begin, i), at)
    again = at + 2 < stop and (r.low[at + 2] in lang.verbs or r.low[at + 2] in PARTICLES)
    if at + 2 < stop and r.tag[at + 1] == "," and not again:
        clause = at + 3 if that_word(lang, r.low[at + 2]) else at + 2
        s.parts.append((clause, said_stop(w, lang, clause, stop)))
    if s.parts:
        w.found.append(s)
    return bool(s.parts)


def _around_particle_verb(
    w: Workspace, before: Range, end: int
) -> tuple[Range | None, Range | None]:
    """Who does it and to what, for a verb whose particle stands at ``end`` and what is ``before`` it."""
    r, (begin, i) = w.r, before
    if begin == i:
        subject = shared_subject(w, w.clause_floor(i), i)
        return subject, (i + 1, end) if end > i + 1 else None
    said_first = _said_first(w, before, end)
    if said_first is not None:
        return said_first, (begin, i - 1)
    if (
        r.tag[i - 1] == "," and r.low[begin] in _SUBORDINATORS
    ):  # "Als sie kam, räumte er die Tat ein"
        middle = [c for c in chunks(w, i + 1, end) if not c[2]]
        subject = middle[0][:2] if middle else None
        return subject, (middle[1][0], end) if len(middle) > 1 else None
    return subject_and_object(w, before, i, end, dative=r.low[i] in _WITHOUT_ACCUSATIVE)


def _with_the_deed(w: Workspace, s: Statement, before: Range, at: int) -> None:
    """ "Machte | Banden für den Brand verantwortlich", "| Für den Brand | machte er | Banden
    verantwortlich |"."""
    s.parts[-1] = (s.parts[-1][0], at + 1)
    if w.r.low[before[0]] in ("für", "dafür"):
        s.parts.insert(0, before)


_SUBORDINATORS = words("als wenn weil nachdem obwohl während da bevor seit sobald wie falls damit")


def _said_first(w: Workspace, before: Range, end: int) -> Range | None:
    """ "Man habe den Anfang verschlafen, räumte | Trainer Holm | ein": who says the clause ``before`` the
    verb, which is in the subjunctive."""
    r, (begin, verb) = w.r, before
    if begin >= verb - 1 or r.tag[verb - 1] != "," or r.low[begin] in _SUBORDINATORS:
        return None
    if not any(r.low[k] in SUBJUNCTIVE | _SEVERAL and w.quoted[k] < 0 for k in range(*before)):
        return None
    middle = [c for c in chunks(w, verb + 1, end) if not c[2]]
    return middle[0][:2] if len(middle) == 1 and middle[0][0] == verb + 1 else None


_SEVERAL = words("hätten wären würden seien")


def clause_begin(w: Workspace, floor: int, i: int) -> int:
    """Where the first constituent before a verb begins: after "und" or a colon, else the floor."""
    r = w.r
    told = (s for s in w.found[-3:] if s.rule != "noun, that, clause")
    if r.tag[i - 1] == "," and any(s.cue and floor <= s.cue[0] < i for s in told):
        return i  # "Sie lehnte Hilfen ab, | sagte aber zu, …"
    begin, after_clause = floor, False
    for k in range(floor, i):
        if w.quoted[k] >= 0:
            continue
        colon = r.tag[k] == ":"
        if colon or (r.low[k] in _BUT and (k + 1 == i or after_clause)):
            begin = k + 1
        after_clause = after_clause or colon or r.low[k] in PARTICLES
    return begin


def shared_subject(w: Workspace, floor: int, i: int) -> Range | None:
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
    begin = clause_begin(w, floor, i)
    if s.lemma not in lang.nominal or begin >= i:
        return False
    comma = w.comma(i + 1, stop)
    end = stop if comma is None else comma
    opens = r.low[begin]
    if opens in ("wie", "dass", "ob", "wenn", "weil"):
        return False
    last = i - 1 if r.tag[i - 1] == "," else i
    if last - begin > LONGEST_OBJECT:
        return False
    middle = min(end, i + LONGEST_OBJECT)
    subject, obj = subject_and_object(w, (begin, last), i, middle)
    if subject is None or subject[0] < i:
        return False
    if obj is not None and obj[0] >= subject[1] and obj[0] > i:
        return _object_after(w, lang, s, subject, obj)
    if obj != (begin, last):
        return False
    s.source, s.rule = subject, "object, verb, source"
    s.parts = [obj]
    valued = ("als", "auf") if s.lemma.startswith(("beziff", "schätz")) else ("als",)
    judged = next((j for j in range(subject[1], end) if r.low[j] in valued), None)
    if judged is not None:
        s.parts.append((judged, end))
    elif w.quoted[subject[1]] >= 0 if subject[1] < end else False:
        s.parts.append((subject[1], end))
    if "nicht" in r.low[subject[1] : end]:  # "Details nannte der Club nicht"
        s.negated, s.rule = True, "refusal"
    w.found.append(s)
    return True


def _object_after(w: Workspace, lang: Foreign, s: Statement, subject: Range, obj: Range) -> bool:
    """ "In seinem Plädoyer forderte der Staatsanwalt | lebenslange Haft"."""
    r, stop = w.r, w.sentence_stop(obj[0])
    if any(r.tag[k] in ",:" or w.quoted[k] >= 0 for k in range(subject[0], obj[0] + 1)):
        return False
    if s.lemma not in _WITH_OBJECTS or "eigen" in r.low[obj[0] : stop]:
        return False  # "nennt sieben Titel sein Eigen"
    s.source, s.rule = subject, "verb, source, object"
    s.parts = [(obj[0], said_stop(w, lang, obj[0], stop))]
    w.found.append(s)
    return True


_WITH_OBJECTS = words(
    "forderte fordert forderten fordern verlangte verlangt verlangten verlangen kritisierte kritisiert "
    "kritisierten kritisieren bestätigte bestätigt bestätigten beklagte beklagt beklagten beklagen bedauerte "
    "bedauert lobte lobt lobten rügte rügt bemängelte bemängelt begrüßte begrüßt begrüßten "
    "nannte nennt nannten nennen"
)


def held_object(w: Workspace, s: Statement, i: int) -> bool:
    """ "Hat der Pfleger vor Gericht alle Vorwürfe | bestritten": the object before a participle."""
    r, floor = w.r, w.clause_floor(i)
    back = range(i - 1, max(floor, i - LONGEST_OBJECT) - 1, -1)
    aux = next((k for k in back if r.low[k] in _HELD), None)
    if aux is None or s.source is None:
        return False
    subject, obj = (s.source, None) if aux == floor else subject_and_object(w, (floor, aux), aux, i)
    if subject is None or obj is None:
        return False
    s.source, s.rule = subject, "object, participle"
    end = obj[1]
    while end > obj[0] + 1 and r.word[end - 1][0].islower() and r.low[end - 1] not in THAT:
        end -= 1  # "hat die Vorwürfe | stets bestritten"
    s.parts = [(obj[0], end)]
    w.found.append(s)
    return True


def points_back(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Das teilte die Polizei mit", "Das geht aus einer Studie hervor": the sentence before."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if i != floor + 1 or r.low[floor] not in ("das", "dies") or floor == 0:
        return False
    goes = r.low[i] in ("geht", "ging")
    if r.low[i] in lang.negative or (w.comma(i, stop) is not None and not goes):
        return False
    first = unsaid_before(w, floor)
    if first is None:
        return False
    end = max(german_end(w, i + 1, stop), marked_name_end(w, i + 1, stop))
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
    if not goes and w.found and any(r.low[k] in SUBJUNCTIVE for k in range(first, rest)):
        s = Statement([(floor, floor + 1)], (i, i + 1), source, "verb, pronoun", r.low[i])
        w.found.append(s)  # "Verletzte gebe es nicht. | Das | bestätigte auch die Bahn."
        return True
    w.found.append(
        Statement([(first, rest)], (i, i + 1), source, "sentence, points back", r.low[i])
    )
    return True
