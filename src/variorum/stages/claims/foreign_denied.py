"""French and Spanish: ", ce que les syndicats contestent", ", algo que Roldán desmiente", ", un chiffre
que l'élue conteste": the noun before the relative clause is what is denied."""

from __future__ import annotations

from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.workspace import Statement, Workspace

_POINTING = words("ce algo extremo cosa")
_NOUNS = words(
    "chiffre accusation version affirmation information hypothèse allégation cifra acusación versión "
    "afirmación información hipótesis dato hecho"
)
_ARTICLES = words("un une una el la le")
_LONGEST_SOURCE = 8  # tokens of who denies it


def denied_before(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement of a verb of denying at i that ends such a clause."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if r.low[i] not in lang.negative or (i + 1 < stop and r.tag[i + 1] != ","):
        return False
    for que in range(i - 1, max(floor + 1, i - _LONGEST_SOURCE) - 1, -1):
        if r.tag[que] == "," or w.quoted[que] >= 0:
            return False
        if r.low[que] == "que" or r.low[que].startswith(("qu'", "qu’")):
            break
    else:
        return False
    source = que + 1 if r.low[que] == "que" else que
    begin = _noun_begins(w, que, floor)
    if begin is None or source >= i:
        return False
    s = Statement([(begin, que)], (i, i + 1), (source, i), "noun, source, verb", r.low[i], True)
    w.found.append(s)
    return True


def _noun_begins(w: Workspace, que: int, floor: int) -> int | None:
    """Where what the relative clause hangs on begins, right after a comma; None if it is another."""
    low, tag = w.r.low, w.r.tag
    if low[que - 1] in _POINTING and que - 2 > floor and tag[que - 2] == ",":
        return que - 1
    noun = low[que - 1] in _NOUNS and low[que - 2] in _ARTICLES
    return que - 2 if noun and que - 3 > floor and tag[que - 3] == "," else None
