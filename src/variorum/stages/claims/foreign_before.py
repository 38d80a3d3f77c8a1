"""French, German and Spanish: what is said before its verb: "« … », dit X", "…, a annoncé X"."""

from __future__ import annotations

from collections.abc import Callable

from variorum.stages.claims.foreign_frames import speaks
from variorum.stages.claims.foreign_lists import Foreign, kind_of, nouns
from variorum.stages.claims.foreign_objects import AND, ends_in_relative
from variorum.stages.claims.foreign_relatives import in_relative
from variorum.stages.claims.foreign_sources import (
    RELATIVES,
    bare_participle,
    clause_head,
    ends_in_apposition,
    name_in_marks,
)
from variorum.stages.claims.foreign_surroundings import Verb
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.quotations import Quotation
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_SUBJUNCTIVE = frozenset(
    [
        "habe",
        "hätten",
        "hätte",
        "sei",
        "seien",
        "werde",
        "würden",
        "könne",
        "müsse",
        "dürfe",
        "solle",
    ]
)
_FOR_ONE_S_PART = frozenset(["lui", "elle", "eux", "elles"])  # "L'Office, lui, juge…"

_BUT = frozenset(["aber", "jedoch", "allerdings", "zugleich"])
_LONGEST_ADVERBIAL = 5  # tokens of "Dans un long communiqué,"

_LONGEST_SUBJECT = 8  # tokens of "Un directivo de la competencia"
_SHORT_SUBJECT = 4  # tokens of a subject whose verb is not known


def subject_before(w: Workspace, lang: Foreign, floor: int) -> Range | None:
    """ "La portera dio otra versión. En una entrevista aseguró que": whom the sentence before is
    about, in the same paragraph."""
    r = w.r
    number = r.sentence[floor] - 1
    if number < 0 or r.paragraph[r.sent_first[number]] != r.paragraph[floor]:
        return None
    head = clause_head(w, lang, r.sent_first[number], floor)
    if head is not None and not speaks(w, lang, *head):
        return None  # "Le volvió a pedir medios."
    return None if head is None else (head[0], min(head[1], head[0] + _SHORT_SUBJECT))


def _quotation_before(w: Workspace, lang: Foreign, s: Statement, v: Verb) -> bool:
    """« … », dit X."""
    q = w.before(v.first)
    if q is None or w.owned(q) or (v.after is None and v.edge != v.first) or in_relative(w, q):
        return False
    if name_in_marks(w, q.inside):
        return False  # "Im Interview mit der „Zeit“ sagte der Verleger"
    s.source, s.rule = v.after, "quotation, verb, source"
    if v.after is None:  # "afirmó en rueda de prensa": the subject goes without saying
        s.source = subject_before(w, lang, v.floor) if lang.code == "es" else None
        near = w.found and w.r.paragraph[w.found[-1].span[0]] == w.r.paragraph[v.at]
        if s.source is not None and not near:
            take(w, s, q, v.at + 1 if v.clitic else v.after_end)
            return True
        s.inherits = w.found[-1] if w.found else None
        s.source = s.inherits.source if s.inherits else None
    take(w, s, q, v.at + 1 if v.clitic else v.after_end)
    return True


def _as_reported(w: Workspace, lang: Foreign, s: Statement, v: Verb) -> bool:
    """…, wie die Polizei mitteilte."""
    return lang.code == "de" and _wie(w, s, v.first, v.floor)


def _no_clause(w: Workspace, v: Verb) -> bool:
    """ "Auf die Frage, ob er gehe, sagte er: „Nein.“", "Wie die Zeitung berichtet, klagte das Personal",
    "Sie bestätigt den Vorfall, nennt aber keine Details"."""
    low = w.r.low
    asked = low[v.floor] in ("auf", "zur") and _asked(w, v.floor)
    return asked or low[v.floor] == "wie" or not _BUT.isdisjoint(low[v.at + 1 : v.at + 2])


def _clause_before(w: Workspace, lang: Foreign, s: Statement, v: Verb) -> bool:
    """…, a annoncé X; and in Spanish without X: "Él mismo llamó, explicó."."""
    r = w.r
    if v.first - 1 <= v.floor or r.tag[v.first - 1] != "," or w.before(v.first) is not None:
        return False
    if r.low[v.floor] in lang.according:
        return False  # "D'après le syndicat, trois cuisiniers ont demandé à partir"
    if lang.code == "de" and _no_clause(w, v):
        return False
    if lang.code != "de" and v.before is not None and _bare_subject(w, lang, v.floor, v.first):
        return False
    if v.after is None:
        ends = v.at + 1 >= v.stop or r.tag[v.at + 1] == ","  # "sigue abierta, añadió, y…"
        about = None if w.found else subject_before(w, lang, v.floor)
        if lang.code != "es" or not ends or not (w.found or about):
            return False
        s.rule, s.source = "clause, verb, speaker as before", about
        s.inherits = w.found[-1] if w.found else None
    elif (
        v.before is not None
        and not _inverted(w, lang, v)
        and (
            ends_in_apposition(w, lang, v.edge, v.first)
            or ends_in_relative(w, lang, v.edge, v.first)
            or r.low[v.first - 2] in _FOR_ONE_S_PART
        )
    ):
        return False
    else:
        s.source, s.rule = v.after, "clause, verb, source"
    if not v.clitic and adverbial(w, lang, v.floor, v.first - 1):
        return False
    s.parts = [(_after_colon(w, lang, v.floor, v.first - 1), v.first - 1)]
    goes_on = v.at + 1
    if (v.clitic or v.after is None) and goes_on + 1 < v.stop and r.tag[goes_on] == ",":
        s.parts.append((goes_on + 1, v.stop))
    end = v.after_end
    if (
        lang.code == "de"
        and end + 1 < v.stop
        and r.tag[end] == ","
        and _reported(w, end + 1, v.stop)
    ):
        s.parts.append((end + 1, v.stop))
    w.found.append(s)
    return True


def _bare_subject(w: Workspace, lang: Foreign, floor: int, first: int) -> bool:
    """Whether only a noun and something between commas stand before the verb: "El gremio, por su parte, |
    exige", "L'acte d'accusation, lu hier, | décrit": no clause that could be said."""
    r, n = w.r, nouns(lang.code)
    comma = w.comma(floor, first)
    if comma is None or comma >= first - 2 or comma - floor > _LONGEST_SUBJECT:
        return False
    if w.comma(comma + 1, first - 1) is not None:
        return False
    led = r.low[floor] in n.definite | n.indefinite | n.possessive
    k = floor + led
    head = r.low[k].rpartition("'")[2]
    named = r.word[k].rpartition("'")[2][:1].isupper() and (k > floor or r.word[k].isupper())
    if k >= comma or not (named or kind_of(n, head) or kind_of(n, head.removesuffix("s"))):
        return False
    return all(
        r.word[j][0].isupper()
        or r.low[j] in n.of
        or r.low[j].startswith(("d'", "l'"))
        or r.low[j - 1] in n.of
        or (r.low[j - 1] in n.definite and r.low[j - 2] in n.of)
        or (r.low[j] in n.definite and r.low[j - 1] in n.of)
        for j in range(k + 1, comma)
    )


def _asked(w: Workspace, floor: int) -> bool:
    return not {"frage", "nachfrage", "fragen"}.isdisjoint(w.r.low[floor : floor + 4])


def _reported(w: Workspace, k: int, stop: int) -> bool:
    """ "Die Pläne seien richtig, sagte er, | man habe sie aber geändert": a clause in the subjunctive."""
    return w.quoted[k] < 0 and any(w.r.low[j] in _SUBJUNCTIVE for j in range(k, min(stop, k + 4)))


def _inverted(w: Workspace, lang: Foreign, v: Verb) -> bool:
    """ "…, dont le français Calvex, | indique la Commission": after a relative clause, too, a verb may
    have its subject behind it, when that is a noun for speakers."""
    low = w.r.low
    if lang.code == "de" or v.after is None or low[v.at] in lang.nominal:
        return False
    comma = max((j for j in range(v.floor, v.first - 1) if w.r.tag[j] == ","), default=v.floor)
    heads = {low[k].rpartition("'")[2] for k in range(*v.after)}
    return low[comma + 1] in RELATIVES and any(kind_of(nouns(lang.code), x) for x in heads)


def adverbial(w: Workspace, lang: Foreign, floor: int, comma: int) -> bool:
    """ "Contacté, …", "Dans un communiqué, …": no clause stands before the comma."""
    if comma - floor <= 1 and lang.code != "de":
        return True
    if bare_participle(w, lang, floor, floor) and w.comma(floor, comma) is None:
        return True  # "Interrogé sur une éventuelle riposte, …"
    leads = w.r.low[floor] in lang.stop and w.r.low[floor] not in AND
    return (
        leads
        and comma - floor <= _LONGEST_ADVERBIAL + 3 * (w.quoted[comma - 1] >= 0)
        and w.comma(floor, comma) is None
    )


def _after_colon(w: Workspace, lang: Foreign, floor: int, stop: int) -> int:
    """ "Der Hersteller widersprach: | Die Wartung liege lange zurück, teilte die Firma mit"."""
    r = w.r
    colon = next((j for j in range(floor + 1, stop - 2) if r.tag[j] == ":"), None)
    if colon is None or not any(r.low[k] in lang.verbs for k in range(floor, colon)):
        return floor
    return colon + 1


def _quotation_and_source_before(w: Workspace, lang: Foreign, s: Statement, v: Verb) -> bool:
    """« … », X a dit."""
    q = w.before(v.edge)
    if q is None or w.owned(q) or v.before is None or not w.clause_edge(q):
        return False
    if name_in_marks(w, q.inside):
        return False
    if lang.code == "de" and w.r.tag[q.last + 1] != ",":
        return False  # "„Es brennt.“ Die Rätin erwiderte, …"
    s.source, s.rule = v.before, "quotation, source, verb"
    take(w, s, q, v.at + 1)
    return True


AROUND: tuple[Callable[[Workspace, Foreign, Statement, Verb], bool], ...] = (
    _quotation_before,
    _as_reported,
    _clause_before,
    _quotation_and_source_before,
)


def _wie(w: Workspace, s: Statement, first: int, floor: int) -> bool:
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


def take(w: Workspace, s: Statement, q: Quotation, k: int) -> None:
    """The quotation before the tag, and the one that goes on after it."""
    used = [q]
    stop = w.r.sentence_end(max(0, k - 1))
    while k < stop and w.quoted[k] < 0:
        k += 1
    if k < w.r.size and w.quoted[k] >= 0 and w.r.paragraph[k] == w.r.paragraph[q.last]:
        more = w.quotes[w.quoted[k]]
        near = more.first == k and not w.owned(more) and w.r.tag[k - 1] in ",.:"
        if near and not (w.r.tag[k - 1] == "." and _has_own_tag(w, more)):
            used += w.paragraphs_of(more)
    w.own(s, used)
    floor, r = w.clause_floor(q.first), w.r
    cited = q.size <= 3 or not w.sentence_like(q)
    if q.first > floor and cited and r.tag[q.first - 1] not in ":," and w.quoted[floor] < 0:
        s.parts[0] = (floor, q.last + 1)  # "Er habe die Bilanzen „geschönt“, sagte X"


def _has_own_tag(w: Workspace, q: Quotation) -> bool:
    """Whether a quotation of another sentence has a noun or name behind the verb after it:
    "…», protestó Otxoa. «…», | replicó el vencedor."."""
    r, k = w.r, q.last + 1
    if k + 2 >= r.size or r.tag[k] != "," or r.paragraph[k] != r.paragraph[q.last]:
        return False
    stop = min(w.r.sentence_end(k), k + _LONGEST_TAG)
    behind = next(
        (j for j in range(k + 2, stop) if r.low[j] in _OPENS_NOUN or r.word[j][0].isupper()), None
    )
    return r.word[k + 1][0].islower() and behind is not None


_LONGEST_TAG = 5  # tokens of ", le espetó su | hermano"
_OPENS_NOUN = words(
    "le la les l' un une son sa der die das ein eine sein seine ihr ihre el un una su los las"
)
