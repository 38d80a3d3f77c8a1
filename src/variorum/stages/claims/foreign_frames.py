"""French and Spanish: verbs that say something only with their preposition ("table sur une baisse", "aboga por
una moratoria", "llama a manifestarse"), or only when who does it can speak ("el banco proyecta un alza", "le
parquet a requis quatre ans", "los médicos recomiendan vacunarse").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from variorum.stages.claims.foreign_infinitives import asks_no_name
from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_relatives import is_speaker
from variorum.stages.claims.foreign_sources import (
    RELATIVES,
    bare_participle,
    clause_head,
    ends_in_apposition,
    is_infinitive,
    left_edge,
    source_end,
    that_word,
)
from variorum.stages.claims.lexicon import read_toml, words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_FAR = 8  # tokens from a verb to its preposition
_LONGEST_OBJECT = 12  # tokens of "traité | la proposition du conseil de | « bêtise »"
_NUMBERS = words(
    "deux trois quatre cinq six sept huit neuf dix douze quinze vingt trente dos tres cuatro cinco seis siete "
    "ocho nueve diez doce quince veinte treinta más mayor mayores menos otro otra otros otras plus"
)
_HEAD = 4  # tokens from the beginning of a subject to its noun
_REFLEXIVE = words("se s'est s'était sont me nous")
_BEING = words("est sont était étaient n'est n'était ser es fue")
_BEFORE_NOUNS = words("un una une la le el en sin de del sous sans su sa son les los las al au aux")
_NAMELESS = "anon"  # "a requis l'anonymat"
_TO = frozenset(["à", "a"])
_BEFORE_TIME = words("el la le de este ce cette")
_NOBODY = words("personne nul nadie nada rien así ainsi")
_SEEING = words("voit voient voyait voyaient")
_KEPT = (("de",), ("sobre",))
_THE_FACT = (("le", "fait"), ("el", "hecho", "de"))
_CONTRACTED = {"du": "de", "des": "de", "d": "de", "aux": "à", "au": "à", "del": "de", "al": "a"}


Phrases = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Frames:
    """Forms of verbs and the words, one after another, that lead to what they say."""

    led: dict[str, Phrases]
    reflexive: dict[str, Phrases]
    clauses: dict[str, Phrases]
    objects: frozenset[str]
    infinitives: frozenset[str]
    calling: frozenset[str]
    valuing: frozenset[str]
    judging: frozenset[str]
    forms: frozenset[str]  # all of these


@lru_cache(maxsize=2)
def frames(code: str) -> Frames:
    """The frames of ``fr`` or ``es``, from ``lexicons/foreign_frames.toml``."""
    data = read_toml("foreign_frames.toml")[code]
    led, reflexive, clauses = (_by_form(data[name]) for name in ("led", "reflexive", "clauses"))
    names = ("objects", "infinitives", "calling", "valuing", "judging")
    lists = {name: words(data[name]) for name in names}
    forms = frozenset(_SEEING).union(led, reflexive, clauses, *lists.values())
    return Frames(led, reflexive, clauses, **lists, forms=forms)


def _by_form(table: dict[str, str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    made: dict[str, tuple[tuple[str, ...], ...]] = {}
    for leads, forms in table.items():
        phrases = tuple(tuple(p.split("_")) for p in leads.split())
        for form in forms.split():
            made[form] = made.get(form, ()) + phrases
    return made


def in_a_frame(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement of a verb at i that says something by its frame."""
    f, r = frames(lang.code), w.r
    low = r.low[i].removeprefix("s'")
    if low not in f.forms:
        return False
    if low in f.clauses and _clause(w, lang, i, f.clauses[low]):
        return True
    if low in f.calling and _calls(w, lang, i):
        return True
    if low in f.valuing and _values(w, lang, i):
        return True
    leads = f.led.get(low, ()) + f.reflexive.get(low, ())
    if low in _SEEING and r.low[i - 1] == "y":
        return _sees_there(w, lang, i)
    if not leads and low not in f.objects | f.infinitives | f.judging:
        return False
    floor, first = w.clause_floor(i), i
    while first > floor and (r.low[first - 1] in lang.aux or r.low[first - 1] in lang.adverbs):
        first -= 1
    if (
        low not in f.led
        and low not in f.objects | f.infinitives | f.judging
        and not _by_itself(w, first, i)
    ):
        return False
    if _is_no_verb(w, lang, first, i, low) or asks_no_name(w, i):
        return False
    content = _content(w, lang, i, leads, low)
    if content is None or _NAMELESS in " ".join(r.low[content[0] : content[1]][:2]):
        return False
    source = _subject(w, lang, floor, first)
    if source is None:
        return False
    w.found.append(Statement([content], (first, i + 1), source, "verb in a frame", low))
    return True


def _clause(w: Workspace, lang: Foreign, i: int, phrases: tuple[tuple[str, ...], ...]) -> bool:
    """ "A fait comprendre | que", "es de la opinión de | que", "est d'avis | que", "entiende | que"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    size = max((len(p) for p in phrases if tuple(r.low[i : i + len(p)]) == p), default=0)
    k = i + size
    while size and k < stop and (r.low[k] in lang.adverbs or r.low[k] in lang.time):
        k += 1
    k += r.low[k : k + 1] == ["de"]
    if not size or k + 1 >= stop or not that_word(lang, r.low[k]) or w.quoted[k] >= 0:
        return False
    first = i
    while first > floor and (r.low[first - 1] in lang.aux or r.low[first - 1] in lang.adverbs):
        first -= 1
    source = _subject(w, lang, floor, first)
    if source is None:
        return False
    start = k + ("'" not in r.low[k])
    content = (start, said_stop(w, lang, start, stop))
    w.found.append(Statement([content], (first, k), source, "verb, that, clause", r.low[i]))
    return True


def _calls(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "A traité | la proposition de « pure bêtise » |", "tilda | de «farsa» el plan |"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    at = next((k for k in range(i + 1, min(stop, i + _LONGEST_OBJECT)) if w.quoted[k] >= 0), -1)
    if at < 0 or _plain(r.low[at - 1]) != "de" or any(r.tag[k] in ",:" for k in range(i, at)):
        return False
    first = i
    while first > floor and (r.low[first - 1] in lang.aux or r.low[first - 1] in lang.adverbs):
        first -= 1
    source = None if bare_participle(w, lang, i, first) else _subject(w, lang, floor, first)
    q = w.quotes[w.quoted[at]]
    if source is None or w.owned(q):
        return False
    comma = w.comma(q.last + 1, stop)
    content = (i + 1, stop if comma is None else comma)
    w.found.append(Statement([content], (first, i + 1), source, "calls it so", r.low[i]))
    return True


_SEEING_ES = words("ve ven vio vieron")


def _sees_there(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Les écologistes y voient | une rupture"."""
    stop = w.sentence_stop(i)
    source = _subject(w, lang, w.clause_floor(i), i - 1)
    if source is None or i + 1 >= stop or not (_determined(w, lang, i + 1) or w.quoted[i + 1] >= 0):
        return False
    content = (i + 1, said_stop(w, lang, i + 1, stop))
    w.found.append(Statement([content], (i, i + 1), source, "sees it so", w.r.low[i]))
    return True


def _values(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Évaluent | la facture à 30 millions", "estiman | la factura en 30 millones"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    reach = range(i + 1, min(stop - 1, i + _LONGEST_OBJECT))
    to = ("en",) if lang.code == "es" else ("à", "entre")
    at = next((k for k in reach if r.low[k] in to or r.tag[k] in ",:"), None)
    if at is None or at == i + 1 or r.low[at] not in to or not _number(w, at + 1):
        return False
    first = i
    while first > floor and (r.low[first - 1] in lang.aux or r.low[first - 1] in lang.adverbs):
        first -= 1
    source = None if bare_participle(w, lang, i, first) else _subject(w, lang, floor, first)
    if source is None:
        return False
    content = (i + 1, said_stop(w, lang, at, stop))
    w.found.append(Statement([content], (first, i + 1), source, "values it", r.low[i]))
    return True


def _number(w: Workspace, k: int) -> bool:
    return any(
        w.r.word[m][0].isdigit() or w.r.low[m] in _NUMBERS for m in range(k, min(w.r.size, k + 3))
    )


def _is_no_verb(w: Workspace, lang: Foreign, first: int, i: int, low: str) -> bool:
    """ "Est soupçonné de", "un llamado a", "en duda", "se prevé"."""
    r, f = w.r, frames(lang.code)
    if r.low[i - 1] in _BEFORE_NOUNS or bare_participle(w, lang, i, first):
        return True
    reflexive = _by_itself(w, first, i)
    if reflexive:
        return low not in f.reflexive
    return not _BEING.isdisjoint(r.low[first:i]) or "été" in r.low[i - 2 : i]


def _by_itself(w: Workspace, first: int, i: int) -> bool:
    """ "Se queja", "s'est plaint", "s'attend"."""
    return w.r.low[i].startswith("s'") or not _REFLEXIVE.isdisjoint(w.r.low[first:i])


def _content(
    w: Workspace, lang: Foreign, i: int, leads: tuple[tuple[str, ...], ...], low: str
) -> Range | None:
    r, f, stop = w.r, frames(lang.code), w.sentence_stop(i)
    start = _led(w, lang, i, stop, leads)
    k = i + 1
    while k < stop and (r.low[k] in lang.time or r.low[k] in lang.adverbs):
        k += 1
    if start is None and k < stop and low in f.infinitives:
        d = k + (r.low[k] in ("de", "d"))
        start = k if is_infinitive(lang.code, r.low[d].removeprefix("d'")) else None
    if r.low[k : k + 2] in (["en", "ello"], ["en", "eso"], ["en", "esto"]):
        k += 2  # "ven en ello | una ruptura"
    judged = k < stop and low in f.judging and w.quoted[k] < 0 and r.low[k].isalpha()
    if (
        start is None
        and judged
        and r.low[k] not in lang.stop | lang.inside - {"la", "el", "los", "las"}
    ):
        start = k
    if start is None and k < stop and low in f.objects:
        one = low not in _SEEING_ES or w.quoted[k] >= 0 or r.low[k] in ("un", "una")
        start = k if one and _determined(w, lang, k) else None
    if start is None or start >= stop or r.tag[start] in ",.:":
        return None
    for fact in _THE_FACT:
        if tuple(r.low[start : start + len(fact)]) == fact:
            start += len(fact)
    if r.low[start] in _KEPT[0] and that_word(lang, r.low[start + 1]):
        start += 1
    if that_word(lang, r.low[start]):
        start += "'" not in r.low[start]
    return (start, said_stop(w, lang, start, stop)) if start < stop else None


def _led(
    w: Workspace, lang: Foreign, i: int, stop: int, leads: tuple[tuple[str, ...], ...]
) -> int | None:
    """Where what follows the words of a frame begins; the last of them stays when an article is in it
    ("parle | du climat")."""
    r = w.r
    for k in range(i + 1, min(stop, i + _FAR)):
        if r.tag[k] in ",:.(" or w.quoted[k] >= 0 or that_word(lang, r.low[k]):
            return None
        if k > i + 1 and r.low[k] in lang.verbs:
            return None
        for phrase in leads:
            size = len(phrase)
            said = [_plain(x) for x in r.low[k : k + size]]
            if tuple(said) == phrase and k + size <= stop:
                asked = phrase == ("de",) and is_infinitive(lang.code, r.low[k + 1])
                if (phrase[0] in _TO or asked) and any(
                    r.low[m] not in lang.adverbs | lang.time | _BEFORE_TIME for m in range(i + 1, k)
                ):
                    return i + 1  # "a appelé | les deux pays à reprendre"
                if phrase in _KEPT:
                    return k  # "advirtió | de nuevas huelgas"
                return (
                    k + size if _plain(r.low[k + size - 1]) == r.low[k + size - 1] else k + size - 1
                )
    return None


def _plain(low: str) -> str:
    bare = low.partition("'")[0] if "'" in low else low
    return _CONTRACTED.get(bare, bare)


def _determined(w: Workspace, lang: Foreign, k: int) -> bool:
    """An object with its article, a number, a capital, words cited, or a plural."""
    r, n = w.r, nouns(lang.code)
    if w.quoted[k] >= 0:
        q = w.quotes[w.quoted[k]]
        return q.first == k and not w.owned(q) and r.word[q.inside][0].islower()
    low = r.low[k]
    led = low in n.definite | n.indefinite | n.possessive or low in ("des", "du", "cette", "ce")
    led = led or low.partition("'")[0] in ("l", "d") or r.word[k][0].isdigit()
    led = led or low in _NUMBERS
    return led or (low.endswith("s") and low.isalpha() and len(low) > 3)


def _subject(w: Workspace, lang: Foreign, floor: int, first: int) -> Range | None:
    """Who does it, if that is one that can speak: before the verb, or the last who spoke."""
    r = w.r
    edge = left_edge(w, lang, first, floor)
    if edge >= first or r.low[edge] in lang.according or r.low[edge] in _NOBODY:
        return None
    turned = r.tag[first - 1] == "," and not ends_in_apposition(w, lang, edge, first)
    if (turned and _source_behind(w, lang, first)) or any(
        r.low[k] in RELATIVES for k in range(max(edge, first - 2), first)
    ):
        return None
    if r.low[edge] in RELATIVES or r.low[edge] in lang.stop - {"para", "pour"}:
        return None
    if first - edge > 1 and r.low[edge] in (
        "mientras",
        "aunque",
        "mais",
        "pero",
        "tandis",
        "alors",
    ):
        edge += 1 + (first - edge > 2 and r.low[edge + 1] in ("que", "qu"))
    if first - edge == 1 and r.low[edge] in lang.pronouns:
        return edge, first
    return (edge, first) if speaks(w, lang, edge, first) else None


def _source_behind(w: Workspace, lang: Foreign, first: int) -> bool:
    """Whether who says it follows the verb: "…, informó | la entidad"."""
    stop = w.sentence_stop(first)
    begin = next((k for k in range(first, stop) if w.r.low[k] in lang.verbs), first) + 1
    while begin + 1 < stop and (
        w.r.low[begin] in lang.adverbs | lang.time
        or (w.r.low[begin] in _BEFORE_TIME and w.r.low[begin + 1] in lang.time)
    ):
        begin += 1
    end = source_end(w, lang, begin, stop)
    return end > begin and speaks(w, lang, begin, end)


def speaks(w: Workspace, lang: Foreign, a: int, b: int) -> bool:
    """Whether a phrase names a person or an organisation: by its noun, or as a name."""
    r, n = w.r, nouns(lang.code)
    for k in range(a, min(b, a + _HEAD)):
        low = r.low[k].rpartition("'")[2]
        if k > a and low in n.of:
            break
        if kind_of(n, low) == "artefact":
            return False
        doer = len(low) > 6 and low.removesuffix("s").endswith(n.agents) and k <= a + 1
        if is_speaker(lang, low) or doer:
            return True
    capitals = [k for k in range(a, b) if r.word[k].rpartition("'")[2][:1].isupper()]
    sentence_start = a == w.clause_floor(a)
    named = [k for k in capitals if not (k == a and sentence_start and b - a > 1)]
    return bool(named) and named[0] <= a + 2 and clause_head(w, lang, a, b) is not None
