"""French, German and Spanish: quotations with their tags, "that" clauses, "selon", "laut", "según".

A smaller set of rules over the same reading: sources are what stands between the clause's edge and
the verb, contents run to the sentence's end. Good enough to be useful; English is read far closer.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

from variorum.stages.claims.lexicon import read_toml, words
from variorum.stages.claims.orphans import left_over
from variorum.stages.claims.quotations import Quotation
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

LANGUAGES = frozenset(["fr", "de", "es"])
_LONGEST_SOURCE = 25  # tokens


@dataclass(frozen=True, slots=True)
class Foreign:
    """The lists of one language."""

    code: str
    verbs: frozenset[str]
    that: frozenset[str]
    according: frozenset[str]
    aux: frozenset[str]
    adverbs: frozenset[str]
    pronouns: frozenset[str]
    inside: frozenset[str]
    stop: frozenset[str]
    negative: frozenset[str]
    postposed: frozenset[str]
    according_nouns: frozenset[str]


@lru_cache(maxsize=4)
def foreign(code: str) -> Foreign:
    """The lists of ``fr``, ``de`` or ``es``."""
    data = read_toml("foreign.toml")[code]
    lists = {f.name: words(data.get(f.name, "")) for f in fields(Foreign) if f.name != "code"}
    return Foreign(code, **lists)


def find_foreign(reading: Reading, code: str) -> tuple[list[Statement], Workspace]:
    """The statements of a text in French, German or Spanish, in reading order."""
    w, lang = Workspace(reading), foreign(code)
    for i, low in enumerate(reading.low):
        if w.quoted[i] >= 0:
            if "-" in low and _clitic(lang, low) and low.partition("-")[0] in lang.verbs:
                _tag_inside(w, i)
            continue
        if low in lang.verbs or ("-" in low and low.partition("-")[0] in lang.verbs):
            _verb(w, lang, i)
        elif low in lang.according or (
            low == "nach"
            and reading.low[i + 1 : i + 2]
            and reading.low[i + 1] in lang.according_nouns
        ):
            _according(w, lang, i)
        elif low in lang.postposed:
            _postposed(w, i)
    left_over(w)
    w.found.sort(key=lambda s: (s.span[0], -s.span[1]))
    return w.found, w


def _clitic(lang: Foreign, low: str) -> bool:
    return low.rpartition("-")[2] in lang.pronouns


def _tag_inside(w: Workspace, i: int) -> None:
    """« J'ai tout perdu, dit-elle. Tout. »: French prints the tag inside the marks."""
    r, q = w.r, w.quotes[w.quoted[i]]
    if w.owned(q) or i <= q.inside or r.tag[i - 1] not in ",.":
        return
    statement = Statement([], (i, i + 1), (i, i + 1), "quotation with its tag inside", r.low[i])
    w.own(statement, w.paragraphs_of(q))
    rest = i + 1
    while rest < q.outside and r.tag[rest] in ".,":
        rest += 1
    parts = [(q.first, i)]
    if rest < q.outside:
        parts.append((rest, q.last + 1))
    statement.parts[0:1] = parts


def _verb(w: Workspace, lang: Foreign, i: int) -> None:
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    first = i
    while first > floor and r.low[first - 1] in lang.aux | lang.adverbs:
        first -= 1
    clitic = next((k for k in (i, first) if r.low[k].rsplit("-", 1)[-1] in lang.pronouns), None)
    if clitic is None and first > floor and r.low[first - 1].split("-")[0] in lang.aux:
        clitic = first = first - 1
    edge = _left_edge(w, lang, first, floor)
    before: Range | None = (edge, first) if edge < first else None
    after_start = i + 1
    while after_start < stop and r.low[after_start] in lang.adverbs:
        after_start += 1
    after_end = _source_end(w, lang, after_start, stop)
    after: Range | None = (after_start, after_end) if after_end > after_start else None
    if clitic is not None:
        before, after, after_end = None, (clitic, clitic + 1), i + 1
    statement = Statement([], (first, i + 1), None, "", r.low[i], r.low[i] in lang.negative)
    q = w.before(first)
    if q is not None and not w.owned(q) and (after is not None or edge == first):
        statement.source, statement.rule = after, "quotation, verb, source"
        if after is None:  # "afirmó en rueda de prensa": the subject goes without saying
            statement.inherits = w.found[-1] if w.found else None
            statement.source = statement.inherits.source if statement.inherits else None
        _take(w, statement, q, after_end)
        return
    if lang.code == "de" and _wie(w, statement, first, i, floor):
        return
    if first - 1 > floor and r.tag[first - 1] == "," and after is not None and q is None:
        statement.source, statement.rule = after, "clause, verb, source"
        statement.parts = [(floor, first - 1)]
        if after_end + 1 < stop and r.tag[after_end] == "," and clitic is not None:
            statement.parts.append((after_end + 1, stop))
        w.found.append(statement)
        return
    q = w.before(edge)
    if q is not None and not w.owned(q) and before is not None and w.clause_edge(q):
        statement.source, statement.rule = before, "quotation, source, verb"
        _take(w, statement, q, i + 1)
        return
    statement.source = before if before is not None else after
    right = after_start if before is not None else after_end
    _right(w, lang, statement, right, stop, first)


def _wie(w: Workspace, s: Statement, first: int, i: int, floor: int) -> bool:
    """…, wie die Polizei mitteilte."""
    r = w.r
    for j in range(first - 1, max(floor, first - 12), -1):
        if r.low[j] == "wie" and r.tag[j - 1] == "," and j - 1 > floor and j + 1 < first:
            s.source, s.rule = (j + 1, first), "clause, wie, source, verb"
            s.parts = [(floor, j - 1)]
            w.found.append(s)
            return True
        if r.tag[j] in ".:" or w.quoted[j] >= 0:
            return False
    return False


def _right(w: Workspace, lang: Foreign, s: Statement, k: int, stop: int, first: int) -> None:
    """A "that" clause, a quotation, a German clause after a comma; else a clause before."""
    r = w.r
    for j in range(k, min(stop, k + 15)):
        if w.quoted[j] >= 0:
            q = w.quotes[w.quoted[j]]
            if q.first == j and not w.owned(q) and j > 0 and r.tag[j - 1] in ":,":
                s.rule = "source, verb, quotation"
                w.own(s, w.paragraphs_of(q))
            return
        comma = lang.code == "de" and r.tag[j] == "," and j + 2 < stop
        if _that(lang, r.low[j]) or comma:
            start = j if "'" in r.low[j] else j + 1
            if comma and _that(lang, r.low[j + 1]):
                start = j + 2
            if start < stop and w.quoted[start] >= 0:
                q = w.quotes[w.quoted[start]]
                if q.first == start and not w.owned(q) and q.last + 1 >= stop:
                    s.rule = "source, verb, quotation"
                    w.own(s, w.paragraphs_of(q))
                    return
            if start < stop:
                s.parts, s.rule = [(start, stop)], "verb, that, clause"
                w.found.append(s)
                return
        if r.tag[j] == ":" and j + 1 < len(r) and w.quoted[j + 1] < 0:
            break
    infinitive = lang.code == "fr" and k < stop and s.source is not None and _infinitive(r.low[k])
    if infinitive:
        s.parts, s.rule = [(k, stop)], "verb, infinitive"
        w.found.append(s)
        return
    q_after = w.after(k)
    if q_after is not None and not w.owned(q_after):
        s.rule = "source, verb, quotation"
        w.own(s, w.paragraphs_of(q_after))
        return
    floor = w.clause_floor(first)
    start = min(first, s.source[0] if s.source else first)
    if start - 1 > floor and r.tag[start - 1] == "," and s.source is not None:
        s.parts, s.rule = [(floor, start - 1)], "clause, verb, source"
        w.found.append(s)


def _infinitive(low: str) -> bool:
    return len(low) > 3 and low.endswith(("er", "ir", "oir", "re")) and low.isalpha()


def _that(lang: Foreign, low: str) -> bool:
    return low in lang.that or low.partition("'")[0] in lang.that


def _take(w: Workspace, s: Statement, q: Quotation, k: int) -> None:
    """The quotation before the tag, and the one that goes on after it."""
    used = [q]
    stop = w.r.sentence_end(max(0, k - 1))
    while k < stop and w.quoted[k] < 0:
        k += 1
    if k < len(w.r) and w.quoted[k] >= 0 and w.r.paragraph[k] == w.r.paragraph[q.last]:
        more = w.quotes[w.quoted[k]]
        if more.first == k and not w.owned(more) and w.r.tag[k - 1] in ",.:":
            used += w.paragraphs_of(more)
    w.own(s, used)


def _left_edge(w: Workspace, lang: Foreign, first: int, floor: int) -> int:
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
    while j < first and r.tag[j] in ",.":
        j += 1
    comma = w.comma(j, first)
    if comma is not None and comma + 1 < first and r.low[j] in lang.stop | lang.adverbs:
        j = comma + 1
    while j < first and r.low[j] in ("et", "mais", "und", "aber", "y", "pero", "doch", "or"):
        j += 1
    if any(r.low[k] in lang.verbs for k in range(j, first)):
        return first
    return j


def _source_end(w: Workspace, lang: Foreign, k: int, stop: int) -> int:
    """The end of a source that follows its verb."""
    r = w.r
    j = k
    while j < stop and j - k < _LONGEST_SOURCE:
        if w.quoted[j] >= 0 or r.tag[j] in ".:-(" or _that(lang, r.low[j]):
            break
        if r.low[j] in lang.stop or r.low[j] in lang.verbs:
            break
        if r.tag[j] == "," and not _apposition(w, lang, j + 1, stop):
            break
        j += 1
    return j


def _apposition(w: Workspace, lang: Foreign, k: int, stop: int) -> bool:
    """Whether a name stands in apposition from k to the next comma: "la procureure, Anne Roy,"."""
    r = w.r
    if k >= stop or not (r.tag[k] == "M" or r.low[k] in lang.inside or r.low[k] in ("m", "mme")):
        return False
    end = w.comma(k, stop)
    end = stop if end is None else end
    inner = range(k, end)
    return (
        end - k <= 8
        and any(r.tag[j] == "M" for j in inner)
        and not any(r.low[j] in lang.verbs or w.quoted[j] >= 0 for j in inner)
        and (
            end == stop or r.low[min(end + 1, stop - 1)] in lang.stop | {"qui", "der", "die", "que"}
        )
    )


def _according(w: Workspace, lang: Foreign, i: int) -> None:
    """Selon X, …; …, selon X; Laut X wurden…"""
    r = w.r
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    cue_end = i + 2 if r.low[i] == "nach" else i + 1
    begin = cue_end
    if begin < stop and r.low[begin] in lang.verbs:  # "según comunicó la entidad"
        begin += 1
    end = _source_end(w, lang, begin, stop)
    if end == begin:
        return
    statement = Statement([], (i, cue_end), (begin, end), "according to X, clause", r.low[i])
    if i - floor <= 1:
        start = end + 1 if end < stop and r.tag[end] == "," else end
        statement.parts = [(start, stop)] if start < stop else []
    else:
        statement.rule = "clause, according to X"
        statement.parts = [(floor, i - 1 if r.tag[i - 1] == "," else i)]
    if statement.parts:
        w.found.append(statement)


def _postposed(w: Workspace, i: int) -> None:
    """Der Polizei zufolge …"""
    floor, stop = w.clause_floor(i), w.sentence_stop(i)
    if floor < i and i - floor <= 8 and i + 1 < stop:
        rule = "according to X, clause"
        w.found.append(Statement([(i + 1, stop)], (i, i + 1), (floor, i), rule, "zufolge"))
