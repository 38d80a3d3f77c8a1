"""Where the source of a statement begins and ends in French, German and Spanish."""

from __future__ import annotations

from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.workspace import Workspace

_LONGEST_SOURCE = 25  # tokens
_SHORT_WORD = 5  # letters: shorter ones end like a noun for a doer by chance
_BETWEEN = frozenset(["de", "del", "la", "du", "von", "y"])
_LINKS = frozenset(["et", "mais", "und", "aber", "y", "pero", "doch", "or"])
_PARTICIPLES = {
    "fr": ("é", "ée", "és", "ées"),
    "es": ("ado", "ido", "ada", "ados", "adas", "ida", "idos", "idas"),
}
ARTICLES = words("un une du des una unos das")
NOUNS = words(
    "prévenu demande note avance réplique chiffre plainte juge critique annonce lance critica denuncia "
    "tempête rage peste conseille anuncia protesta queja cuenta habla replica pregunta duda cifra culpa espera "
    "muestra"
)
_WHO_SPEAK = frozenset(["juge", "prévenu", "note", "plainte", "sentencia"])
LED = ARTICLES | words("le la les")


def that_word(lang: Foreign, low: str) -> bool:
    return low in lang.that or low.partition("'")[0] in lang.that


def bare_participle(w: Workspace, lang: Foreign, i: int, start: int) -> bool:
    """ "el acusado", "déclaré coupable": a participle without its auxiliary is no verb."""
    low = w.r.low
    if not low[i].endswith(_PARTICIPLES.get(lang.code, ("\0",))):
        return False
    return not any(_auxiliary(lang, low[k]) for k in range(start, i))


def _auxiliary(lang: Foreign, low: str) -> bool:
    """ "a", "ha", "a-t-il"."""
    return low in lang.aux or low.partition("-")[0] in lang.aux or low.endswith("'a")


def ends_in_apposition(w: Workspace, lang: Foreign, edge: int, first: int) -> bool:
    """Whether a name between commas stands before the verb: "Son président, Luc Ferrand, assure"."""
    r = w.r
    if r.tag[first - 1] != ",":
        return False
    k = first - 2
    while k > edge and r.tag[k] != ",":
        if r.low[k] in lang.verbs or w.quoted[k] >= 0 or first - k > 8:
            return False
        k -= 1
    inner = range(k + 1, first - 1)
    if lang.code == "de" and inner and german_end(w, k + 1, first - 1) != first - 1:
        return False  # "Geklärt sei nicht, woran die Frau starb, sagte"
    named = any(r.word[j][0].isupper() for j in inner)
    named = named or _bare_role(w, lang, inner)
    aged = any(r.word[j][0].isdigit() for j in inner)
    return k > edge and (named or aged) and k - edge < 12


def _bare_role(w: Workspace, lang: Foreign, inner: range) -> bool:
    """ "L'accusé, | chasseur depuis l'adolescence,": a noun for a person without its article."""
    low, n = w.r.low[inner.start] if inner else "", nouns(lang.code)
    doer = len(low) > _SHORT_WORD and low.endswith(n.agents)
    return lang.code != "de" and (doer or kind_of(n, low) == "person")


_INFINITIVES = {
    "fr": ("er", "ir", "dre", "ttre", "aître", "être", "ivre", "aincre", "uire", "rompre"),
    "es": ("ar", "er", "ir"),
}
_MORE_INFINITIVES = words(
    "dire faire lire écrire croire taire plaire suffire boire rire redire décrire"
)
_NO_INFINITIVES = words(
    "hier premier dernier entier léger cher ayer mujer lugar hogar cualquier militar popular familiar "
    "particular escolar similar regular ejemplar titular taller cáncer janvier février quartier "
    "policier particulier métier atelier chantier papier dossier mer fer avenir désir soir plaisir "
    "souvenir hiver cendre ordre cadre moindre tendre octobre novembre maître prêtre ancêtre livre"
)
_HAVING = words("avoir être faire voir")  # "nie | les avoir vus": pronouns, not articles
RELATIVES = words("que qui dont quien cuyo cuya lequel laquelle où donde")
_STRESSED = words("lui elle eux elles moi ello")
_CLITICS = ("lo", "la", "los", "las", "le", "les", "se", "me", "nos")
_QUANTIFIERS = words(
    "quelqu'un alguien plusieurs certains certaines quelques aucun aucune chacun beaucoup tous toutes personne nul "
    "varios varias algunos algunas muchos muchas ambos ambas otro otra otros otras ninguno ninguna "
    "nadie todos todas numerosos diversas diversos quien quienes celui-ci celle-ci ceux-ci"
)


def is_infinitive(code: str, low: str) -> bool:
    """Whether a French or Spanish word reads as an infinitive: "l'avoir", "haberlo"."""
    low = low.rpartition("'")[2]
    if code == "es" and low not in _NO_INFINITIVES:
        clitic = next((c for c in _CLITICS if low.endswith(c) and len(low) > len(c) + 4), "")
        low = low.removesuffix(clitic) if low.removesuffix(clitic).endswith("r") else low
    ends = _INFINITIVES.get(code, ("\0",))
    if code == "fr" and low in _MORE_INFINITIVES:
        return True
    return len(low) > 2 and low.endswith(ends) and low.isalpha() and low not in _NO_INFINITIVES


def opens_source(w: Workspace, lang: Foreign, k: int) -> bool:
    """Whether a noun phrase can begin at token k: an article, a capital, a number, a noun for
    speakers; German needs no such test."""
    if lang.code == "de":
        return True
    r, n = w.r, nouns(lang.code)
    low = r.low[k]
    if low in RELATIVES or (
        "'" in low and low.partition("'")[0] in ("qu", "n", "s", "j", "c", "m")
    ):
        return False
    if low in lang.pronouns or low in _STRESSED or r.word[k][0].isupper() or r.word[k][0].isdigit():
        return k + 1 >= r.size or not that_word(lang, r.low[k + 1]) or low != "ce"
    elided = low.partition("'")[0] if "'" in low else low
    if elided in ("l", "d"):
        return low.partition("'")[2] not in _HAVING
    if low in n.definite or low in n.possessive or low in n.indefinite or low in n.titles:
        return k + 1 >= r.size or r.low[k + 1] not in _HAVING
    if low in _QUANTIFIERS:
        return True
    singular = low.removesuffix("s")
    return any(
        x in group
        for x in (low, singular, low.removesuffix("es"))
        for group in (n.male, n.feminine_nouns, n.organisations, n.artefacts)
    ) or any(low.startswith(p) for p in ("source", "fuente"))


def clause_head(w: Workspace, lang: Foreign, floor: int, limit: int) -> tuple[int, int] | None:
    """The noun phrase at the head of a clause, a leading adverbial passed over; None if there is
    none before ``limit``."""
    r, k = w.r, floor
    while k < limit and (r.low[k] in lang.adverbs or r.low[k] in _LINKS):
        k += 1
    if k + 2 < limit and r.tag[k + 1] == "," and r.low[k].endswith(("mente", "ment")):
        k += 2  # "Posteriormente, | Berta emitió"
    if k < limit and r.low[k] in lang.stop:
        comma = w.comma(k, limit)
        k = limit if comma is None else comma + 1
    if k >= limit or w.quoted[k] >= 0 or not opens_source(w, lang, k):
        return None
    end = source_end(w, lang, k, limit)
    return (k, end) if end > k else None


_LONGEST_NAME = 5  # tokens of a name in quotation marks


def name_in_marks(w: Workspace, j: int) -> bool:
    """Whether the quotation around token j is a name after its noun: "Die Fangruppe „Nordkurve“"."""
    q, r = w.quotes[w.quoted[j]], w.r
    if q.size > _LONGEST_NAME or q.first == 0 or not q.closed or r.tag[q.first - 1] in ",:.":
        return False
    inner = range(q.inside, q.outside)
    named = all(r.word[m][0].isupper() or len(r.word[m]) <= 3 for m in inner)
    return named and r.tag[w.last_mark(q)] not in ".,"


_BEFORE_MARKS = words("der die das dem den des von vom")


def marked_name_end(w: Workspace, k: int, stop: int) -> int:
    """The end of a name in quotation marks at k, an article before it: "der „Werder Zeitung“ |"; k if
    there is none."""
    begin = k + 1 if k < stop and w.quoted[k] < 0 and w.r.low[k] in _BEFORE_MARKS else k
    if begin >= stop or w.quoted[begin] < 0:
        return k
    q = w.quotes[w.quoted[begin]]
    return q.last + 1 if q.first == begin and name_in_marks(w, begin) else k


def left_edge(w: Workspace, lang: Foreign, first: int, floor: int) -> int:
    """Where the source before a verb begins: the clause's edge, a leading adverbial left out."""
    r = w.r
    j = first
    while (
        j > floor
        and first - j < _LONGEST_SOURCE
        and (w.quoted[j - 1] < 0 or (j - 1 > floor + 1 and name_in_marks(w, j - 1)))
        and r.tag[j - 1] not in ":-("
    ):
        j -= 1
        if r.tag[j] == ")":
            j = next((k for k in range(j, max(floor, j - 8), -1) if r.tag[k] == "("), j)
    while j < first and r.tag[j] in ",.":
        j += 1
    comma = w.comma(j, first)
    alone = (
        comma == j + 1 and j == floor and bare_participle(w, lang, j, j)
    )  # "Interrogé, le maire"
    if comma is not None and comma + 1 < first and (alone or r.low[j] in lang.stop | lang.adverbs):
        j = comma + 1
    elif comma == first - 1 and j == floor and lang.code == "es" and r.low[j] in lang.stop:
        return first  # "A preguntas de los periodistas, | negó"
    while j < first and r.low[j] in _LINKS:
        j += 1
    comma = w.comma(j, first)
    if j == floor and comma is not None and comma == first - 1 and bare_participle(w, lang, j, j):
        return first  # "Preguntado por su futuro, dijo"
    if comma is not None and r.tag[first - 1] != ",":  # "Interrogé hier, le maire a répondu"
        last = max(k for k in range(j, first) if r.tag[k] == "," and w.quoted[k] < 0)
        j = last + 1
        while j < first and r.low[j] in _LINKS:
            j += 1
    aside = range(0)
    inner = [k for k in range(j, first - 1) if r.tag[k] == "," and w.quoted[k] < 0]
    if r.tag[first - 1] == "," and inner and r.low[inner[-1] + 1] in RELATIVES:
        aside = range(inner[-1], first)  # "El empresario, que declaró ayer, | rechazó"
    if any(
        r.low[k] in lang.verbs
        and k not in aside
        and not bare_participle(w, lang, k, j)
        and not (k > j and r.low[k] in _WHO_SPEAK and r.low[k - 1] in LED)  # "le juge"
        for k in range(j, first)
    ):
        return first
    return j


def source_end(w: Workspace, lang: Foreign, k: int, stop: int) -> int:
    """The end of a source that follows its verb."""
    r = w.r
    if k < stop and r.low[k] in lang.pronouns:
        return k + 1
    latter = r.low[k : k + 2] in (["ce", "dernier"], ["este", "último"], ["esta", "última"])
    if latter and k + 2 <= stop:
        return k + 2
    if lang.code == "de":
        return german_end(w, k, stop)
    if k < stop and not opens_source(w, lang, k):
        return k
    j = k
    while j < stop and j - k < _LONGEST_SOURCE:
        if w.quoted[j] >= 0 or r.tag[j] in ".:-(" or that_word(lang, r.low[j]):
            break
        noun = j == k + 1 and r.low[j] in _WHO_SPEAK and r.low[k] in LED  # "a dit le juge X"
        if not noun and (r.low[j] in lang.stop or r.low[j] in lang.verbs):
            break
        if j > k and (r.low[j] in _AUXILIARIES or (r.low[j] == "a" and lang.code == "fr")):
            break  # "La présidente | a tenu à rappeler"
        if r.tag[j] == "," and not _apposition(w, lang, j + 1, stop):
            break
        j += 1
    return j


_AUXILIARIES = words("ont avait avaient aurait auraient s'est ha han habían habría")
_PHRASE_HEADS = {
    "fr": words("devant dans lors par sur depuis à au aux après avant auprès pendant en"),
    "es": words("ante en durante tras desde a al por sobre mediante"),
}


def past_phrases(w: Workspace, lang: Foreign, k: int, stop: int) -> int:
    """Past the prepositional phrases at k: "par téléphone |", "en rueda de prensa |", "devant la
    presse |"; k itself if there is none or nothing follows."""
    r, n, begin = w.r, nouns(lang.code), k
    while k + 1 < stop and r.low[k] in _PHRASE_HEADS[lang.code] and w.quoted[k] < 0:
        if is_infinitive(lang.code, r.low[k + 1]):
            return begin  # "insistió en reforzar | la vigilancia"
        k += 2 if r.low[k + 1] in n.definite | n.indefinite | n.possessive else 1
        k += 1
        while k < stop and (
            r.low[k] in n.of
            or r.low[k - 1] in n.of
            or (r.word[k][0].isupper() and r.word[k - 1][0].isupper())
            or (r.word[k][0].isupper() and r.low[k - 1] in n.organisations)
            or (r.low[k - 1] in n.definite and r.low[k - 2] in n.of and r.word[k].isalpha())
        ):
            k += 1
    if k >= stop or w.quoted[k] >= 0 or r.tag[k] in ",.:-(" or r.low[k] in lang.stop:
        return begin
    return k


_GERMAN_LINKS = words(
    "der des die das den dem von vom für zur zum im in aus und & seiner ihrer seines ihres"
)


_INSIDE_PHRASES = frozenset(["mit", "in", "an", "von", "zu", "am", "bei"])
_ARTICLES_BEHIND = frozenset(["dem", "den", "das", "die"])
_GERMAN_OPENERS = words(
    "der die das den dem des ein eine einen einem einer eines kein keine sein seine ihr ihre seinem ihrem "
    "dieser diese dieses mehrere viele einige alle andere zahlreiche weitere beide manche dessen deren"
)


def german_subject(w: Workspace, lang: Foreign, edge: int, first: int) -> tuple[int, int]:
    """The subject before a German participle: "Zuvor hatte | Ministerin Anja Theis | im Landtag
    gesagt", "Dieter Lehmann | hatte am Freitag erklärt"."""
    r = w.r
    if (
        r.low[edge] in _GERMAN_OPENERS
        and r.low[edge + 1] in _INSIDE_PHRASES
        and r.word[first - 1][0].isupper()
    ):
        return edge, first  # "Eine mit der Sache vertraute Person"
    end = german_end(w, edge, first)
    aux = next((k for k in range(edge, first) if r.low[k] in lang.aux), None)
    if aux is not None and (end < aux or r.low[edge] in lang.stop | lang.adverbs):
        behind = max(german_end(w, aux + 1, first), marked_name_end(w, aux + 1, first))
        if behind > aux + 1:
            return aux + 1, behind
    return edge, max(edge + 1, end)


def german_end(w: Workspace, k: int, stop: int) -> int:
    """The end of a German noun phrase: article, adjectives, capitals, and what hangs on them."""
    r = w.r
    j, head = k, False
    while j < stop and j - k < _LONGEST_SOURCE:
        if w.quoted[j] >= 0:
            if not (head and name_in_marks(w, j)):
                break
            j = w.quotes[w.quoted[j]].last + 1
            continue
        word = r.word[j]
        if r.tag[j] == "a":  # "Dr. Emil Raab"
            j += 1
            continue
        if word[0].isupper() or word[0].isdigit():
            head = head or j > k or r.low[j] not in _GERMAN_OPENERS
        elif r.tag[j] == "," and head and j + 1 < stop and _name_between_commas(w, j + 1, stop):
            pass
        elif r.tag[j] == "(" or r.tag[j] == ")":
            if not head:
                break
        elif (
            head
            and r.low[j] in _ARTICLES_BEHIND
            and not (r.low[j - 1] in _GERMAN_LINKS or _apposes(w, j))
        ):
            break  # "berichtet ein Augenzeuge | dem Sender"
        elif (
            head and not (r.low[j] in _GERMAN_LINKS and _capital_soon(w, j + 1, stop))
        ) or not word[0].isalpha():
            break
        j += 1
    while j > k and (r.tag[j - 1] in ",(" or (r.low[j - 1] in _GERMAN_LINKS)):
        j -= 1
    return j if head or j == k + 1 else k


def _apposes(w: Workspace, j: int) -> bool:
    """ "Der Lieferant, | die Firma Medtrade,", not "sagte Rat Lutz, | das Gesetz sei ein Fehler"."""
    r = w.r
    return r.tag[j - 1] == "," and j + 1 < r.size and bool(kind_of(nouns("de"), r.low[j + 1]))


def _capital_soon(w: Workspace, k: int, stop: int) -> bool:
    """Whether a link word leads to a noun: "der (neuen) Regierung"."""
    r = w.r
    for j in range(k, min(stop, k + 3)):
        if r.word[j][0].isupper() or r.word[j][0].isdigit():
            return True
        if not r.low[j].endswith(("en", "er", "es", "em", "e")) or not r.word[j].isalpha():
            return False
    return False


def _name_between_commas(w: Workspace, k: int, stop: int) -> bool:
    """ ", Petra Kuhlmann," or ", der 63-jährige Horst Weber," after a noun."""
    r = w.r
    end = w.comma(k, stop)
    end = stop if end is None else end
    capitals = sum(r.word[j][0].isupper() for j in range(k, end))
    return end - k <= 6 and capitals >= 2 and all(w.quoted[j] < 0 for j in range(k, end))


def _apposition(w: Workspace, lang: Foreign, k: int, stop: int) -> bool:
    """Whether a name stands in apposition from k to the next comma: "la procureure, Anne Roy,"."""
    r = w.r
    if k >= stop or not (r.tag[k] == "M" or r.low[k] in lang.inside or r.low[k] in ("m", "mme")):
        return False
    end = w.comma(k, stop)
    led = r.low[k] in LED and r.tag[k] != "M"
    if led and (end is None or k + 1 >= stop or not _who(lang, r.word[k + 1], r.low[k + 1])):
        return False  # "D'après les enquêteurs, | la piste mène à Chypre"
    end = stop if end is None else end
    inner = range(k, end)
    if 2 <= end - k <= 4 and all(r.tag[j] == "M" or r.low[j] in _BETWEEN for j in inner):
        return True
    return (
        end - k <= 8
        and any(r.tag[j] == "M" for j in inner)
        and not any(r.low[j] in lang.verbs or w.quoted[j] >= 0 for j in inner)
        and (
            end == stop or r.low[min(end + 1, stop - 1)] in lang.stop | {"qui", "der", "die", "que"}
        )
    )


def _who(lang: Foreign, word: str, low: str) -> bool:
    n = nouns(lang.code)
    return (
        word[0].isupper() or kind_of(n, low) in ("person", "organisation") or low.endswith(n.agents)
    )


def unsaid_before(w: Workspace, floor: int) -> int | None:
    """Where the sentence before begins that one at ``floor`` points back to: in the same paragraph, no
    quotation, and said by nobody yet."""
    r = w.r
    first = r.sent_first[r.sentence[floor] - 1]
    if r.paragraph[first] != r.paragraph[floor] or w.quoted[first] >= 0:
        return None
    told = any(s.cue is not None and first <= s.cue[0] < floor for s in w.found[-6:])
    return None if told else first
