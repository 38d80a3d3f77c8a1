"""French, German and Spanish: a verb of saying and what stands around it in its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.stages.claims.foreign_german import ADVERBS, PREPOSITIONS
from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_modals import infinitive_here
from variorum.stages.claims.foreign_objects import AND, shares_auxiliary
from variorum.stages.claims.foreign_sources import (
    ARTICLES,
    LED,
    NOUNS,
    RELATIVES,
    bare_participle,
    left_edge,
    opens_source,
    past_phrases,
    source_end,
)
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Workspace

_DETERMINERS = words("ce cet cette ces un une son sa ses leur leurs du des aucun aucune")
_AFTER_PARTICIPLES = words("worden zu war ist wurde wird sei waren")
_MEANWHILE = words("mientras aunque")
# Verbs that say something only beside such a word: "geht davon aus, dass", "dejó claro que".
_ONLY_BESIDE = {
    form: frozenset(others)
    for forms, *others in (
        ("geht gehen ging gingen", "davon"),
        ("verwies verweist verwiesen", "darauf"),
        ("zeigte zeigt zeigten zeigen", "sich"),
        ("dejó deja dejaron", "claro", "entrever"),
        ("dio dieron da", "a", "por"),
        ("hizo hace hicieron", "hincapié", "saber"),
        ("mostró muestra mostraron", "se"),
    )
    for form in forms.split()
}
_LONGEST_ASIDE = 8  # tokens of ", jeudi 3 mars, dans la soirée,"
_NEAR_GERMAN = 6  # tokens from such a verb to its word
_WHEREAS = frozenset(["alors", "tandis"])
_OBJECTS = words("dem den ihm ihn ihnen einem einen diesem diesen seinem seinen ihrem ihren")
_ASKING = words("ob wann warum wie wer was wo weshalb wieso")
_BEFORE_TIME = frozenset(["am", "im", "ce", "cet", "cette", "este", "esta"])


@dataclass(slots=True)
class Verb:
    """A verb of saying and what stands around it. Tokens: the group is [first, at]."""

    first: int
    at: int
    floor: int
    stop: int
    edge: int
    before: Range | None
    after: Range | None
    right: int  # where what follows the verb (and its adverbs) begins
    clitic: bool

    @property
    def after_end(self) -> int:
        return self.after[1] if self.after is not None else self.right


def surroundings(w: Workspace, lang: Foreign, i: int) -> Verb | None:
    """The verb at i with its auxiliaries, subject before and after; None where it is none."""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    first = i
    while first > floor and (r.low[first - 1] in lang.aux or r.low[first - 1] in lang.adverbs):
        first -= 1
    first = _over_adjunct(w, lang, first, floor)
    if _no_verb(w, lang, i, first, floor):
        return None
    clitic = next((k for k in (i, first) if r.low[k].rsplit("-", 1)[-1] in lang.pronouns), None)
    if clitic is None and first > floor and r.low[first - 1].split("-")[0] in lang.aux:
        clitic = first = first - 1
    edge = left_edge(w, lang, first, floor)
    if clitic is not None:
        return Verb(first, i, floor, stop, edge, None, (clitic, clitic + 1), i + 1, True)
    right = _past_adverbs(w, lang, i + 1, stop)
    right = _past_parts(w, lang, i, right, stop)
    end = source_end(w, lang, right, stop)
    if lang.code != "de" and end == right and _told_before(w, first, floor):
        adjunct = next((a for a in lang.adjuncts if tuple(r.low[right : right + len(a)]) == a), ())
        behind = source_end(w, lang, right + len(adjunct), stop)
        if adjunct and behind > right + len(adjunct):  # "confirme de son côté | la préfète"
            right, end = right + len(adjunct), behind
    if lang.code == "de" and right < stop and r.low[right] in PREPOSITIONS:
        end = right  # "spricht aber | von einem Irrtum"
    before = _before(w, lang, edge, first, inverted=end > right)
    heard = lang.code == "de" and r.low[right : right + 1] in (["dem"], ["den"])
    if r.low[i] in lang.nominal:
        heard = False  # "bestätigt den Vorfall, nennt aber keine Details"
    if heard and before is not None and end > right and r.tag[end : end + 1] == [","]:
        right = end  # "Eine Pflegerin sagte | dem Blatt, …"
    if end == right and lang.code != "de":
        led = past_phrases(w, lang, right, stop)
        behind = source_end(w, lang, led, stop) if led > right else led
        if behind == led and _told_before(w, first, floor):
            led, behind = _past_aside(w, lang, right, stop)
        if behind > led:  # "explicó en rueda de prensa | la comisaria"
            return Verb(first, i, floor, stop, edge, before, (led, behind), right, False)
    after = (right, end) if end > right else None
    return Verb(first, i, floor, stop, edge, before, after, right, False)


def _past_parts(w: Workspace, lang: Foreign, i: int, right: int, stop: int) -> int:
    """Past what belongs to the verb at i: "croit savoir | Le Courrier", "äußerte sich | der Minister"."""
    low = w.r.low
    if right + 1 >= stop:
        return right
    if low[i].startswith("croi") and low[right] == "savoir":
        return right + 1
    if lang.code == "de" and low[right] == "es" and low[i - 1] == "so":
        right += 1  # "So sieht es | auch die Lehrerin"
        return right + (low[right] == "auch")
    return right + (lang.code == "de" and low[right] == "sich")


def _told_before(w: Workspace, first: int, floor: int) -> bool:
    """Whether a quotation or a comma stands before the verb, so that its subject may be behind it."""
    return w.before(first) is not None or (first - 1 > floor and w.r.tag[first - 1] == ",")


def _past_aside(w: Workspace, lang: Foreign, right: int, stop: int) -> Range:
    """The source after what stands between commas: "a lancé, jeudi 3 mars, | le député Luc Perrin |"."""
    r, k = w.r, right + 1
    close = w.comma(k, min(stop, k + _LONGEST_ASIDE)) if k < stop and r.tag[right] == "," else None
    if close is None or w.quoted[k] >= 0:
        return right, right
    led = r.low[k] in lang.time | lang.stop and r.low[k] not in RELATIVES
    led = led or (close - k == 1 and r.low[k].isalpha())  # "constate, amer, | Luc Perrin"
    if not led or any(r.low[j] in lang.verbs for j in range(k, close)):
        return right, right
    return close + 1, source_end(w, lang, close + 1, stop)


def _over_adjunct(w: Workspace, lang: Foreign, first: int, floor: int) -> int:
    """ "Le préfet | a de son côté indiqué": the auxiliary before a set adverbial."""
    low = w.r.low
    for adjunct in lang.adjuncts:
        at = first - len(adjunct)
        if at > floor and low[first - 1] == adjunct[-1] and tuple(low[at:first]) == adjunct:
            while at > floor and (low[at - 1] in lang.aux or low[at - 1] in lang.adverbs):
                at -= 1
            return at if low[at] in lang.aux else first
    return first


def _no_verb(w: Workspace, lang: Foreign, i: int, first: int, floor: int) -> bool:
    """Whether the form at i is a noun, an infinitive or a lone participle: "Berichten, wonach",
    "gewarnt worden", "el acusado", "le juge", "ce chiffre", "según comunicó la entidad"."""
    r = w.r
    ahead = _NEAR_GERMAN if lang.code == "de" else 1  # "verwies die Politikerin darauf, dass"
    beside = _ONLY_BESIDE.get(r.low[i])
    if beside and beside.isdisjoint(r.low[i + 1 : i + 1 + ahead] + r.low[i - 1 : i]):
        return True
    if i > floor and lang.code == "de":
        after = r.low[i + 1] if i + 1 < r.size else ""
        if r.word[i][0].isupper() or after in _AFTER_PARTICIPLES or infinitive_here(w, i):
            return True
    if first > floor and r.low[first - 1] in lang.according:
        return True
    if lang.code == "es" and _other_sense(w, i):
        return True
    second = first > floor and r.low[first - 1] in AND and shares_auxiliary(w, lang, i)
    if not second and bare_participle(w, lang, i, max(floor, first - 1)):
        return True
    if i == floor:
        return False
    led = LED if r.low[i] in NOUNS else ARTICLES
    return r.low[i - 1] in led or (lang.code == "fr" and r.low[i - 1] in _DETERMINERS)


def _other_sense(w: Workspace, i: int) -> bool:
    """ "Se refirió a", "define de zurda": verbs that say something only so: "refirió que", "define como"."""
    low = w.r.low
    if low[i].startswith(_REFLEXIVE):
        return low[i - 1] == "se"
    return low[i].startswith(_CALLS_AS) and "como" not in low[i + 1 : i + _TO_AS]


_REFLEXIVE = ("refir", "refier")
_CALLS_AS = ("defin", "describ")
_TO_AS = 10  # tokens from "define" to its "como"


def _past_adverbs(w: Workspace, lang: Foreign, k: int, stop: int) -> int:
    """ "Dément | formellement hier |"; "ne" begins an infinitive ("assure ne pas l'avoir vu")."""
    low, begin = w.r.low, k
    while k < stop and low[k] != "ne" and not _the_latter(low, k):
        if low[k] not in lang.adverbs and low[k] not in lang.time and not _in_a_way(lang, low[k]):
            break
        k += 1
    return k - 1 if k > begin and low[k - 1] in _BEFORE_TIME else k


_THIS = frozenset(["ce", "cette", "este", "esta"])
_LAST = frozenset(["dernier", "dernière", "último", "última"])


def _the_latter(low: list[str], k: int) -> bool:
    """ "A déclaré | ce dernier", not "a déclaré ce dernier lundi"."""
    last = low[k] in _THIS and low[k + 1 : k + 2] and low[k + 1] in _LAST
    return bool(last) and (k + 2 >= len(low) or not low[k + 2].isalpha())


def _before(w: Workspace, lang: Foreign, edge: int, first: int, *, inverted: bool) -> Range | None:
    """The subject before the verb; with ``inverted``, one may stand behind it."""
    if edge >= first:
        return None if lang.code == "de" else _nested(w, lang, first)
    if lang.code == "es" and w.r.low[edge] == "desde" and first - edge > 1:
        return edge + 1, first  # "Desde Metroalba rechazan esa cifra"
    if lang.code == "de":  # "In einem Brief beklagen 43 Mitarbeiter", "Den Anwohnern riet sie"
        other = w.r.low[edge] in PREPOSITIONS or w.r.low[edge] in _OBJECTS
        other = other or w.r.low[edge] in _ASKING
        other = other or (first - edge == 1 and w.r.low[edge] in ADVERBS)  # "Deshalb fordert er"
        return None if inverted and other else (edge, first)
    if first - edge > 2 and w.r.low[edge] in _WHEREAS and w.r.low[edge + 1] in ("que", "qu"):
        edge += 2  # "alors que | le quotidien affirmait"
    if first - edge > 1 and w.r.low[edge] in _MEANWHILE:
        edge += 1  # "mientras | la oposición denunciaba"
    if w.r.low[first - 1] in AND:
        return None  # "llamó a la calma y | confirmó"
    return edge, first


def _nested(w: Workspace, lang: Foreign, first: int) -> Range | None:
    """ "El sindicato asegura que | la dirección | prometió": the subject of a verb within what another
    says."""
    r = w.r
    for k in range(first - 1, max(w.clause_floor(first), first - _LONGEST_NESTED), -1):
        if w.quoted[k] >= 0 or r.tag[k] in ",:.-" or r.low[k] in lang.verbs | AND:
            return None
        if r.low[k] in ("que", "qu") and r.low[k - 1] in lang.verbs:
            named = k + 1 < first and opens_source(w, lang, k + 1)
            return (k + 1, first) if named else None
    return None


_LONGEST_NESTED = 8  # tokens from "que" to the verb


def _in_a_way(lang: Foreign, low: str) -> bool:
    """ "Dément | formellement", "negó | rotundamente"."""
    return len(low) > 7 and low.endswith({"fr": "ment", "es": "mente"}.get(lang.code, "\0"))
