"""Where the source of a statement begins and ends in French, German and Spanish."""

from __future__ import annotations

from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.workspace import Workspace

_LONGEST_SOURCE = 25  # tokens
_BETWEEN = frozenset(["de", "del", "la", "du", "von", "y"])
_LINKS = frozenset(["et", "mais", "und", "aber", "y", "pero", "doch", "or"])
_PARTICIPLES = {"fr": ("é", "ée", "és"), "es": ("ado", "ido")}


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
    named = any(r.word[j][0].isupper() for j in inner)
    aged = any(r.word[j][0].isdigit() for j in inner)
    return k > edge and (named or aged) and k - edge < 12


def left_edge(w: Workspace, lang: Foreign, first: int, floor: int) -> int:
    """Where the source before a verb begins: the clause's edge, a leading adverbial left out."""
    r = w.r
    j = first
    while (
        j > floor
        and first - j < _LONGEST_SOURCE
        and w.quoted[j - 1] < 0
        and r.tag[j - 1] not in ":-("
    ):
        j -= 1
        if r.tag[j] == ")":
            j = next((k for k in range(j, max(floor, j - 8), -1) if r.tag[k] == "("), j)
    while j < first and r.tag[j] in ",.":
        j += 1
    comma = w.comma(j, first)
    if comma is not None and comma + 1 < first and r.low[j] in lang.stop | lang.adverbs:
        j = comma + 1
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
    if any(r.low[k] in lang.verbs and not bare_participle(w, lang, k, j) for k in range(j, first)):
        return first
    return j


def source_end(w: Workspace, lang: Foreign, k: int, stop: int) -> int:
    """The end of a source that follows its verb."""
    r = w.r
    if k < stop and r.low[k] in lang.pronouns:
        return k + 1
    if lang.code == "de":
        return german_end(w, k, stop)
    j = k
    while j < stop and j - k < _LONGEST_SOURCE:
        if w.quoted[j] >= 0 or r.tag[j] in ".:-(" or that_word(lang, r.low[j]):
            break
        if r.low[j] in lang.stop or r.low[j] in lang.verbs:
            break
        if r.tag[j] == "," and not _apposition(w, lang, j + 1, stop):
            break
        j += 1
    return j


_GERMAN_LINKS = words(
    "der des die das den dem von vom für zur zum im in aus und & seiner ihrer seines ihres"
)


def german_subject(w: Workspace, lang: Foreign, edge: int, first: int) -> tuple[int, int]:
    """The subject before a German participle: "Zuvor hatte | Ministerin Anja Theis | im Landtag
    gesagt", "Dieter Lehmann | hatte am Freitag erklärt"."""
    r = w.r
    end = german_end(w, edge, first)
    aux = next((k for k in range(edge, first) if r.low[k] in lang.aux), None)
    if aux is not None and (end < aux or r.low[edge] in lang.stop | lang.adverbs):
        behind = german_end(w, aux + 1, first)
        if behind > aux + 1:
            return aux + 1, behind
    return edge, max(edge + 1, end)


def german_end(w: Workspace, k: int, stop: int) -> int:
    """The end of a German noun phrase: article, adjectives, capitals, and what hangs on them."""
    r = w.r
    j, head = k, False
    while j < stop and j - k < _LONGEST_SOURCE and w.quoted[j] < 0:
        word = r.word[j]
        if word[0].isupper() or word[0].isdigit():
            head = True
        elif r.tag[j] == "," and head and j + 1 < stop and _name_between_commas(w, j + 1, stop):
            pass
        elif r.tag[j] == "(" or r.tag[j] == ")":
            if not head:
                break
        elif (
            head and not (r.low[j] in _GERMAN_LINKS and _capital_soon(w, j + 1, stop))
        ) or not word[0].isalpha():
            break
        j += 1
    while j > k and (r.tag[j - 1] in ",(" or (r.low[j - 1] in _GERMAN_LINKS)):
        j -= 1
    return j if head or j == k + 1 else k


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
