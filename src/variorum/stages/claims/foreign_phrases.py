"""French and Spanish: set phrases that give a view or turn something down, and tags of quotations
whose verb no list knows ("« … », peste Erwan", "„…“, empörte sich der Minister").
"""

from __future__ import annotations

from variorum.stages.claims.foreign_according import no_source
from variorum.stages.claims.foreign_before import subject_before
from variorum.stages.claims.foreign_frames import speaks
from variorum.stages.claims.foreign_infinitives import GOING_ON
from variorum.stages.claims.foreign_lists import Foreign, nouns
from variorum.stages.claims.foreign_objects import said_stop
from variorum.stages.claims.foreign_refusals import withheld
from variorum.stages.claims.foreign_sources import left_edge, opens_source, source_end
from variorum.stages.claims.quotations import Quotation
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_WANTS = frozenset(["veut", "veulent", "voulait", "préfère", "ose", "quiso", "quiere", "prefiere"])
_NO_VERBS = frozenset(
    ["entre", "como", "hasta", "hacia", "parmi", "comme", "chez", "vers", "contre"]
)
_LONGEST_PHRASE = 8  # tokens of "desde el punto de vista de"
_LONGEST_TAG = 4  # tokens from a quotation's comma to the end of an unknown verb


def _phrase(w: Workspace, phrases: tuple[tuple[str, ...], ...], i: int) -> int:
    """How many tokens the longest of ``phrases`` that stands at i has; 0 if none."""
    low = w.r.low
    near = tuple(low[i : i + _LONGEST_PHRASE])
    return max((len(p) for p in phrases if p[0] == near[0] and near[: len(p)] == p), default=0)


_WITH_ARTICLE = frozenset(["del", "al", "du", "des", "aux", "au"])
_LONGEST_VIEW = 8  # tokens of "fallo del tribunal de apelaciones"


def _to_the_comma(w: Workspace, lang: Foreign, k: int, stop: int) -> int:
    """The end of a phrase without an article that a comma closes; k if none does."""
    comma = w.comma(k, min(stop, k + _LONGEST_VIEW))
    plain = comma is not None and not any(low in lang.verbs for low in w.r.low[k + 1 : comma])
    return comma if comma is not None and plain else k


def in_the_view(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "De l'avis du maire, …", "en opinión de X, …"; "À ses yeux, …", "a su juicio, …": the speaker
    is the one named, or the last who spoke."""
    if w.r.low[i] in lang.withheld:
        return False
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    own = _phrase(w, lang.own_views, i)
    size = own or _phrase(w, lang.views, i)
    if not size:
        return False
    end = i + size if own else source_end(w, lang, i + size, stop)
    if not own and end == i + size and r.low[end - 1] in _WITH_ARTICLE:
        end = _to_the_comma(w, lang, end, stop)  # "conforme al | fallo del tribunal |, …"
    if end == i + size and not own:
        return False
    if not own and (
        no_source(w, i + size, end) or (r.low[i] == "desde" and not speaks(w, lang, i + size, end))
    ):
        return False  # "de acuerdo con la ley", "desde la perspectiva de los años"
    s = Statement([], (i, i + size), None if own else (i + size, end), "in the view of X", r.low[i])
    if own:
        s.inherits = w.found[-1] if w.found else None
        if s.inherits is None:
            s.source = subject_before(w, lang, floor)
    if i - floor <= 1 or r.tag[i - 1] == ":":
        s.parts = [(end + (r.tag[end : end + 1] == [","]), stop)]
    elif r.tag[i - 1] == ",":
        s.parts = [(floor, i - 1)]
        if end + 1 < stop and r.tag[end] == ",":
            s.parts.append((end + 1, stop))
    if not s.parts or s.parts[-1][1] <= s.parts[-1][0]:
        return False
    w.found.append(s)
    return True


def turns_down(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "S'inscrit en faux contre ces propos", "pone en duda su versión"."""
    if w.r.low[i] in lang.withheld:
        return withheld(w, lang, i)
    r, stop = w.r, w.sentence_stop(i)
    size = _phrase(w, lang.denials, i)
    if not size or i == w.clause_floor(i):
        return False
    floor = w.clause_floor(i)
    first = i
    while first > floor and r.low[first - 1] in lang.aux | lang.adverbs:
        first -= 1
    edge = left_edge(w, lang, first, floor)
    k = i + size
    if edge >= first or k >= stop:
        return False
    content = (k, said_stop(w, lang, k, stop))
    w.found.append(
        Statement([content], (i, k), (edge, first), "set phrase of denial", r.low[i], True)
    )
    return True


def unknown_tag(w: Workspace, lang: Foreign, q: Quotation) -> None:
    """Gives a quotation to the subject of the word after its comma, where no list has that word."""
    word = q.size == 1 and w.r.word[q.inside][0].isupper() and q.first == w.clause_floor(q.first)
    if w.owned(q) is not None or not (q.closed and w.clause_edge(q)):
        return
    if not word and not w.sentence_like(q):
        return
    tag = _tag(w, lang, q)
    if tag is not None:
        cue, source = tag
        rule = "quotation, unknown verb, source"
        w.own(Statement([], cue, source, rule, w.r.low[cue[1] - 1]), w.paragraphs_of(q))


def _tag(w: Workspace, lang: Foreign, q: Quotation) -> tuple[Range, Range] | None:
    r, k = w.r, q.last + 1
    if k >= r.size or r.tag[k] not in ",-" or r.paragraph[k] != r.paragraph[q.last]:
        return None
    k += 1
    stop = w.sentence_stop(q.last) if r.sentence[q.last] == r.sentence[k - 1] else k
    stop = max(stop, w.sentence_stop(k)) if k < r.size else stop
    if (
        r.low[k : k + 1] == ["de"] and r.low[k + 1] in GOING_ON and k + 2 < stop
    ):  # "« … », de dire X"
        end = source_end(w, lang, k + 2, stop)
        return ((k, k + 2), (k + 2, end)) if end > k + 2 else None
    begin, small = k, lang.stop | lang.that | nouns(lang.code).definite
    while k < stop and k - begin < _LONGEST_TAG and w.quoted[k] < 0:
        low = r.low[k]
        if low in lang.verbs or low in lang.special or low.partition("-")[0] in lang.verbs:
            return None
        if low in lang.so:
            return None
        if "-" in low and low.rpartition("-")[2] in lang.pronouns:
            held = low.partition("-")[0] in lang.aux
            if held and (k + 1 >= stop or r.low[k + 1] in lang.verbs | lang.adverbs):
                return None
            return (k, k + 1 + held), (k, k + 1)  # "tempère-t-il", "a-t-elle renchéri"
        if (
            low in small or low in _NO_VERBS or not r.word[k][0].islower()
        ):  # "consulté par « La Gazette », 74 000"
            return None
        k += 1
        wants = low in _WANTS  # "veut croire l'arrière"
        if (
            low not in lang.aux
            and low not in lang.adverbs
            and low not in ("se", "s'est")
            and not wants
        ):
            break
    if k >= stop or k == begin or w.quoted[k] >= 0:
        return None
    while k < stop and r.low[k] in lang.adverbs and not opens_source(w, lang, k):
        k += 1
    if lang.code == "de" and r.low[k : k + 1] == ["sich"]:
        k += 1
    end = source_end(w, lang, k, stop) if opens_source(w, lang, k) else k
    return ((begin, k), (k, end)) if end > k else None
