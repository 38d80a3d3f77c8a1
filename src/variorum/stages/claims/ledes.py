"""Whom two sentences name: the former and the latter; leads before a name.

"A Truro man has told how… Nathan Weir, 29, said", "The mayor has admitted… Ann Dooley told the Post".
"""

from __future__ import annotations

from variorum.stages.claims.nounphrases import verbal
from variorum.stages.claims.people import Entity, People
from variorum.stages.claims.phrases import Phrase
from variorum.stages.claims.reading import Reading

_LEAD = 2  # paragraphs of a lead, the headline being the first


def named_in_next_sentence(r: Reading, people: People, p: Phrase) -> Entity | None:
    """Whom the sentence after a lead's brings in as who says something, with name and surname and nothing
    that tells what else that is; an indefinite description asks for an age too ("a man… X, 29, said")."""
    number = r.sentence[p.first] + 1
    if r.paragraph[p.first] >= _LEAD or number >= len(r.sent_first) or p.plural:
        return None
    first = r.sent_first[number]
    e = people.at.get(first)
    if e is None or not e.person or e.places[0] != first or len(e.key) < 2:
        return None
    if r.paragraph[first] > r.paragraph[p.first] + 1 or e.words & people.lists.roles or e.role:
        return None
    k = first
    while people.at.get(k) is e:
        k += 1
    after = _past_age_or_home(r, k)
    does = after < r.size and r.tag[after] in "VEB" and verbal(r, after)  # not "X, 40, was held"
    says = does and r.low[after] in r.lex.cues
    if after > k:
        return e if does else None
    return e if says and (p.definite or p.article == "'s") else None


def _past_age_or_home(r: Reading, k: int) -> int:
    """Where "X, 61, | said" or "X, from Hull, | swam" goes on; k where neither stands."""
    if r.tags[k : k + 3] == ",#,":
        return k + 3
    if r.tags[k : k + 1] != "," or r.low[k + 1 : k + 2] not in (["from"], ["of"]):
        return k
    m = k + 2
    while m < r.size and r.tag[m] == "M":
        m += 1
    return m + 1 if m > k + 2 and r.tags[m : m + 1] == "," else k


_COUNSEL = frozenset(["prosecuting", "defending", "mitigating", "representing"])


def is_counsel(r: Reading, people: People, place: int, p: Phrase) -> bool:
    """ "Ann Roe KC, prosecuting, said": whom a lead's "the judge" cannot mean."""
    if people.lists.fits("lawyer", p.word) or p.word in ("prosecutor", "barrister"):
        return False
    e, k = people.at.get(place), place
    while people.at.get(k) is e and k < r.size:
        k += 1
    letters = r.low[k - 1] in ("kc", "qc", "sc") or r.low[k : k + 1] in (["kc"], ["qc"], ["sc"])
    k += r.low[k : k + 1] in (["kc"], ["qc"], ["sc"])
    return letters or (r.tags[k : k + 1] == "," and "".join(r.low[k + 1 : k + 2]) in _COUNSEL)


_FORMER = 3  # sentences looked back over for the two


def former_or_latter(r: Reading, people: People, p: Phrase) -> Entity | None:
    """ "The latter said": of the two persons that an earlier sentence names, the second."""
    if p.word not in ("former", "latter") or not p.bare:
        return None
    number = r.sentence[p.first]
    for n in range(number - 1, max(-1, number - 1 - _FORMER), -1):
        here: dict[int, Entity] = {}
        for k in range(r.sent_first[n], r.sent_first[n + 1]):
            e = people.at.get(k)
            if e is not None and e.person:
                here.setdefault(id(e), e)
        if len(here) == 2:
            first, second = here.values()
            return first if p.word == "former" else second
    return None
