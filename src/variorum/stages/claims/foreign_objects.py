"""French, German and Spanish: what is said without a "that": objects, cited words, refusals.

"A jugé la décision « brutale »", "wies den Vorwurf zurück", "soll verletzt worden sein", "declinó hacer
comentarios"; and where one statement ends because its speaker begins another ("y señaló que").
"""

from __future__ import annotations

from variorum.stages.claims.denials import WITHHELD
from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_sources import (
    bare_participle,
    clause_head,
    german_end,
    is_infinitive,
    left_edge,
    that_word,
)
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

AND = frozenset(["et", "mais", "puis", "und", "aber", "doch", "y", "e", "pero"])
_RELATIVE = words("der die das dem den deren dessen qui que dont quien cuyo cuya")
_LONGEST_SUBJECT = 12  # tokens of "Le maire, | qui dirigeait les secours,"
_PARTICLE_VERBS = words(
    "wies weist wiesen weisen warf wirft warfen werfen lehnte lehnt lehnten lehnen schloss schließt "
    "schlossen schließen stritt streitet stritten streiten räumte räumt räumten kündigte kündigt"
)
_AUXILIARY_REACH = 4  # tokens from an auxiliary to its participle
_SHARED_REACH = 40  # tokens from one participle to the next that shares its auxiliary
_A_FEW = 6  # words of a German quotation that begins with a noun
RELATIVE_ACCORDING = frozenset(["lesquelles", "lesquels", "laquelle", "lequel"])
_LAUNCHING = words("lancé lance lança lancent présenté présente lanzó lanza")
_REFUSING = {
    "fr": words("refusé refuse refusent refusait"),
    "es": words(
        "declinó declinaron declina declinan declinado rehusó rehusaron rehúsa rehúsan rehusado evitó evitaron "
        "evita evitan rechazó rechazaron eludió eludieron elude eluden esquivó rehuyó rehúye"
    ),
}
_NOT_WANTING = {
    "fr": words(
        "souhaité souhaite souhaitent souhaitait voulu veut veulent voulait pu peut peuvent pouvait"
    ),
    "es": words(
        "quiso quisieron quiere quieren querido quería podido pudo pudieron puede pueden podía"
    ),
}
WITHHOLDING = {code: _REFUSING[code] | _NOT_WANTING[code] for code in _REFUSING}
# What one refuses, or cannot, when it is to speak: "n'a pas pu dire", not "n'a pas pu jouer".
_TO_SPEAK = {
    "fr": words(
        "dire préciser confirmer infirmer démentir répondre commenter indiquer expliquer donner fournir chiffrer "
        "prononcer réagir révéler dévoiler communiquer détailler exprimer étendre parler évoquer divulguer faire "
        "revenir entrer livrer nommer citer identifier spéculer polémiquer trancher avancer témoigner déclarer"
    ),
    "es": words(
        "decir precisar confirmar aclarar responder explicar dar ofrecer facilitar hablar pronunciar comentar "
        "valorar revelar desvelar detallar hacer entrar opinar contestar desmentir concretar identificar "
        "especular especificar declarar manifestar avanzar adelantar polemizar mojar posicionar contar referir "
        "fijar determinar garantizar asegurar"
    ),
}
_DENIES_TO = words("negó negaron niega niegan negaba")  # "se negó a declarar"
HEARSAY_NOUNS = words(
    "berichte berichten bericht meldungen gerüchte gerüchten vorwürfe vorwürfen vorwurf behauptung "
    "behauptungen spekulationen informations rumeurs accusations allégations affirmations "
    "informaciones rumores acusaciones acusación afirmaciones denuncias"
)
_HE_HAVE = words("habe hätten hätte sei seien werde würden")
_OPENING = 3  # tokens of "Zu neuen Gerüchten" before its noun
_TO = frozenset(["de", "d", "a"])
_PASSED_OVER = words("pas plus rien también tampoco igualmente encore toutefois asimismo siquiera")
_BEFORE_WHAT_IS_REFUSED = _PASSED_OVER | words("à ni se")


def _noun_at(lang: Foreign, low: list[str], k: int) -> Range | None:
    """ "| Los sindicatos | convocan una huelga y denuncian": an article with a noun for speakers."""
    n = nouns(lang.code)
    if lang.code == "de" or low[k] not in n.definite | n.possessive:
        return None
    noun = low[k + 1]
    forms = (noun, noun.removesuffix("s"), noun.removesuffix("es"))
    return (k, k + 2) if any(kind_of(n, x) in ("person", "organisation") for x in forms) else None


_CALLING = words("llamó llamaron instó instaron exhortó exhortaron urgió urgieron animó invitó")


def verb_again(w: Workspace, lang: Foreign, j: int, stop: int) -> bool:
    """Whether the coordinator at j leads to a second verb of saying of the same subject: "y señaló
    que", "mais a réfuté", "und erklärte"."""
    r, k = w.r, j + 1
    if r.low[j] not in AND or w.quoted[j] >= 0:
        return False
    while k < stop and (r.low[k] in lang.aux or r.low[k] in lang.adverbs):
        k += 1
    if k >= stop or w.quoted[k] >= 0:
        return False
    if lang.code != "de" and shares_auxiliary(w, lang, k):
        return True
    if r.low[k] in _CALLING and r.low[k + 1 : k + 2] == ["a"] and k + 2 < stop:
        return is_infinitive("es", r.low[k + 2])  # "negó los cobros y | llamó a denunciar"
    refused = r.low[k] in _REFUSING.get(lang.code, ()) or r.low[k] in _PARTICLE_VERBS
    known = r.low[k] in lang.verbs or (refused and lang.code in ("fr", "es", "de"))
    return known and not bare_participle(w, lang, k, j + 1)


def shares_auxiliary(w: Workspace, lang: Foreign, k: int) -> bool:
    """ "Elle a dénoncé un procès et | affirmé que": a participle after "and" has the auxiliary of the
    one before."""
    floor = w.clause_floor(k)
    if w.r.low[k] not in lang.verbs or not bare_participle(w, lang, k, k):
        return False
    return any(
        w.quoted[m] < 0
        and w.r.low[m] in lang.verbs
        and bare_participle(w, lang, m, m)
        and not bare_participle(w, lang, m, max(floor, m - _AUXILIARY_REACH))
        for m in range(k - 2, max(floor, k - _SHARED_REACH), -1)
    )


def said_stop(w: Workspace, lang: Foreign, start: int, stop: int) -> int:
    """The end of what is said from ``start`` on: the sentence's, or where its speaker begins another
    statement."""
    r = w.r
    for j in range(start + 1, stop):
        if verb_again(w, lang, j, stop):
            return j - 1 if r.tag[j - 1] == "," else j
        if w.quoted[j] < 0 and (
            r.tag[j] == ":" or (r.tag[j] == "," and _comments(w, lang, j, stop))
        ):
            return j
    return stop


_WANTING = words(
    "wollte wollten will wollen machte machten nannte nannten gab gaben ließ ließen äußerte"
)
_NO = words("nicht keine keinen kein offen")
_COMMENTING = {
    "fr": (
        ("ce", "que"),
        ("ce", "qui"),
        ("sans", ""),
        ("comme", ""),
        ("tandis", "qu"),
        ("tandis", "que"),
        ("alors", "que"),
        ("alors", "qu"),
        ("tout", "en"),
    ),
    "es": (("lo", "que"), ("sin", ""), ("como", ""), ("tal", "como"), ("mientras", "")),
    "de": (("was", ""), ("ohne", ""), ("wie", ""), ("während", "")),
}
_THINGS_SAID = words(
    "algo extremo acusación acusaciones afirmación cifra versión aspecto cosa dato tesis hipótesis "
    "accusation accusations affirmation chiffre version thèse hypothèse information chose"
)


def _comments(w: Workspace, lang: Foreign, j: int, stop: int) -> bool:
    """ ", ce que les syndicats contestent", ", un chiffre que X conteste", ", sin dar detalles": after
    the comma at j the reporter speaks again."""
    if j + 3 >= stop:
        return False
    low = w.r.low
    if lang.code == "de" and low[j + 1] in _WANTING and not _NO.isdisjoint(low[j + 2 : j + 8]):
        return True  # "bestätigte den Eingang, | wollte sich aber nicht äußern"
    if lang.code == "de" and low[j + 2] in ("aber", "jedoch", "allerdings", "zugleich"):
        return low[j + 1] in lang.verbs or low[j + 1] in lang.special
    if low[j + 1] in ("aunque", "mientras") and _verb_at(lang, low, j + 2):
        return True  # "descartó cortes, | aunque reconoció que"
    first, second = low[j + 1], low[j + 2].partition("'")[0]
    if any(first == a and b in ("", second) for a, b in _COMMENTING[lang.code]):
        return True
    noun = j + 1 if first in _THINGS_SAID else j + 2
    return low[noun] in _THINGS_SAID and that_word(lang, low[noun + 1])


def _verb_at(lang: Foreign, low: list[str], k: int) -> bool:
    while k + 1 < len(low) and low[k] in lang.aux | lang.adverbs:
        k += 1
    return low[k] in lang.verbs


def shared_source(w: Workspace, lang: Foreign, first: int, floor: int) -> Range | None:
    """The subject of the verb before, for a verb after "and" or "but" that has none of its own."""
    r = w.r
    if first - 1 <= floor or r.low[first - 1] not in AND:
        return None
    for s in reversed(w.found):
        if s.cue is None or s.cue[0] < floor:
            break
        if s.source is not None and s.cue[0] < first and floor <= s.source[0] < first:
            return s.source
    verb = next((k for k in range(floor + 1, first - 1) if r.low[k] in lang.verbs), None)
    if verb is None or any(w.quoted[k] >= 0 for k in range(floor, verb)):
        head = clause_head(w, lang, floor, first - 1)
        if head is not None and head[1] >= first - 1:
            return _noun_at(lang, r.low, head[0])
        return head
    while verb > floor and r.low[verb - 1] in lang.aux | lang.adverbs:
        verb -= 1
    edge = left_edge(w, lang, verb, floor)  # "El dueño reconoció los pagos y | dijo que…"
    return (edge, verb) if edge < verb else None


def ends_in_relative(w: Workspace, lang: Foreign, edge: int, first: int) -> bool:
    """Whether a subject with its relative clause stands before the verb: "Eine Pflegerin, die
    anonym bleiben will, | sagte"."""
    r = w.r
    if r.tag[first - 1] != ",":
        return False
    comma = w.comma(edge, first - 1)
    if comma is None or comma - edge > _LONGEST_SUBJECT or r.low[comma + 1] not in _RELATIVE:
        return False
    if w.comma(comma + 1, first - 1) is not None:
        return False  # "Le site, qui emploie 430 salariés, fermera, | a annoncé la direction"
    return not any(r.low[k] in lang.verbs or r.low[k] in lang.aux for k in range(edge, comma))


def with_cited_words(w: Workspace, lang: Foreign, s: Statement, k: int, j: int, stop: int) -> bool:
    """ "A jugé la décision « brutale »", "tachó el plan de «locura»": an object with words of theirs;
    the quotation opens at j."""
    r, q = w.r, w.quotes[w.quoted[j]]
    if q.first != j or w.owned(q) or s.lemma in _LAUNCHING or s.source is None:
        return False
    a_few = r.word[q.inside][0].islower() or (lang.code == "de" and q.size <= _A_FEW)
    if s.source[1] > (s.cue or (0, 0))[0] or not a_few:
        return False
    if any(r.tag[m] in ",:" or that_word(lang, r.low[m]) for m in range(k, j)):
        return False
    comma = w.comma(q.last + 1, stop)
    end = said_stop(w, lang, q.last, stop if comma is None else comma)
    s.parts, s.rule = [(k, end)], "verb, object with cited words"
    w.found.append(s)
    return True


def as_reported_first(w: Workspace, lang: Foreign, i: int) -> int | None:
    """ "Wie die Zeitung berichtet, klagte das Personal": the verb that ends the first clause, None
    where no statement begins so."""
    r = w.r
    if lang.code != "de" or r.low[i] != "wie" or i != w.clause_floor(i):
        return None
    if r.low[i + 1 : i + 2] == ["sich"]:
        return None  # "Wie sich später zeigte, …"
    stop = w.sentence_stop(i)
    comma = next((j for j in range(i + 1, stop) if r.tag[j] == "," and w.quoted[j] < 0), None)
    if comma is None or comma + 2 >= stop or r.low[comma - 1] not in lang.verbs:
        return None
    end = max(german_end(w, i + 1, comma - 1), i + 2)
    quoted = w.quoted[i + 2] >= 0
    source = (i + 1, comma - 1 if quoted else end)
    s = Statement([(comma + 1, stop)], (comma - 1, comma), source, "wie, source, verb, clause")
    s.lemma = r.low[comma - 1]
    w.found.append(s)
    return comma - 1


def hearsay(w: Workspace, i: int) -> bool:
    """ "Ein Signal soll ausgefallen sein": what somebody is said to have done."""
    r = w.r
    if r.low[i] not in ("soll", "sollen"):
        return False
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    if r.low[floor] in ("wie", "laut"):
        return False  # "Wie aus Kreisen verlautete, soll…", "Laut Anklage soll er…"
    comma = w.comma(i, stop)
    if comma is not None and comma > i + 2 and r.low[comma - 1] in ("haben", "sein"):
        stop = comma  # "soll gezahlt haben, wie aus einem Bericht hervorgeht"
    done = r.low[stop - 1] in ("haben", "sein") and r.low[stop - 2].endswith(("t", "en"))
    if not done or i == floor or any(w.quoted[k] >= 0 for k in (floor, stop - 1)):
        return False
    w.found.append(Statement([(floor, i), (i + 1, stop)], (i, i + 1), None, "hearsay", "sollen"))
    return True


_HEARSAY_LINKS = (
    *((2, [",", word]) for word in ("wonach", "dass", "daß")),
    *((2, ["selon", word]) for word in sorted(RELATIVE_ACCORDING)),
    (2, ["de", "que"]),
    (3, ["según", "las", "cuales"]),
)


def hearsay_noun(w: Workspace, i: int) -> bool:
    """ "Berichten, wonach …", "des rumeurs selon lesquelles …", "acusaciones de que …": what others
    say, by no one named; "der Vorwurf des Verbands, er habe …": by whom the genitive names."""
    r, stop = w.r, w.sentence_stop(i)
    if r.low[i] not in HEARSAY_NOUNS:
        return False
    following = r.low[i + 1 : i + 4]
    long = next((n for n, rest in _HEARSAY_LINKS if following[: len(rest)] == rest), None)
    source = None
    if long is None and following[:1] and following[0] in ("des", "der", "von"):
        end = german_end(w, i + 1, stop)
        named = end > i + 2 and r.tag[end : end + 1] == [","] and end + 2 < stop
        if named and (r.low[end + 1] in ("dass", "wonach") or _subjunctive_soon(w, end + 1, stop)):
            source = (i + 2, end) if r.low[i + 1] == "von" else (i + 1, end)
            long = end - i + (r.low[end + 1] in ("dass", "wonach"))
    elif long is None and following[:1] == [","] and _subjunctive_soon(w, i + 2, stop):
        long = 1  # "Die Behauptung, er habe gewusst"
    if long is None:
        return False
    start = i + 1 + long
    comma = w.comma(start, stop)
    if comma is not None and (i - w.clause_floor(i) <= _OPENING or source is not None):
        stop = comma  # "Gerüchte, wonach er floh, | nannte sie Unsinn"
    if start < stop:
        w.found.append(
            Statement([(start, stop)], (i, i + 1), source, "noun, that, clause", r.low[i])
        )
    return False


def _subjunctive_soon(w: Workspace, k: int, stop: int) -> bool:
    comma = w.comma(k, stop)
    return any(w.r.low[j] in _HE_HAVE for j in range(k, stop if comma is None else comma))


def refusal(w: Workspace, lang: Foreign, i: int, subject: Range | None) -> bool:
    """ "A refusé de répondre", "n'a pas souhaité commenter", "n'a voulu ni confirmer ni infirmer",
    "declinó hacer comentarios", "se negó a declarar", "se refuse à tout commentaire"."""
    r, k = w.r, i + 1
    stop = w.sentence_stop(i)
    if k >= stop or subject is None or not _refuses(w, lang, i):
        return False
    while (r.low[k] in _TO or r.low[k] in _BEFORE_WHAT_IS_REFUSED) and k + 1 < stop:
        k += 1
    if r.low[k] in ("être", "ser", "estar"):
        return False  # "n'a pas pu être joint"
    noun = r.low[k - 1] in ("à", "a") and r.low[i].startswith("refus")
    infinitive = is_infinitive(lang.code, r.low[k].removeprefix("d'"))
    infinitive = infinitive and (
        r.low[i] not in _NOT_WANTING[lang.code] or to_speak(lang.code, r.low[k])
    )
    if not (infinitive or noun) or w.quoted[k] >= 0:
        return False
    begin = next(m for m in range(i + 1, k + 1) if r.low[m] not in _PASSED_OVER)
    if r.low[i + 1] == "ni":  # what was neither confirmed nor denied
        last = max((m for m in range(k, min(stop, k + 6)) if r.low[m] == "ni"), default=k) + 1
        begin = last + 1 if last + 1 < stop else begin
    content = (begin, said_stop(w, lang, k, stop))
    w.found.append(Statement([content], (i, i + 1), subject, "refusal", WITHHELD, True))
    return True


def to_speak(code: str, low: str) -> bool:
    """Whether an infinitive is one of speaking, its pronouns left aside: "pronunciarse", "s'étendre"."""
    bare = low.rpartition("'")[2]
    while bare not in _TO_SPEAK[code] and bare.endswith(
        ("se", "lo", "la", "los", "las", "le", "les")
    ):
        bare = bare[: bare.rindex("r") + 1] if "r" in bare[-4:] else ""
    return bare in _TO_SPEAK[code]


def _refuses(w: Workspace, lang: Foreign, i: int) -> bool:
    low, back = w.r.low, range(max(0, i - 3), i)
    if low[i] in _REFUSING.get(lang.code, ()):
        return True
    if low[i] in _NOT_WANTING.get(lang.code, ()):
        no = any(low[m] in ("pas", "no") for m in back)
        return (
            no
            or low[i + 1] == "ni"
            or (low[i + 1] == "pas" and low[i - 1] in ("ne", "n'en", "n'y"))
        )
    return low[i] in _DENIES_TO and low[i - 1] == "se" and low[i + 1] == "a"
