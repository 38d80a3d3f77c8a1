"""What the words around a name call its bearer: a rank, a part in a trial, an age."""

from __future__ import annotations

from variorum.stages.claims.lexicon import words
from variorum.stages.claims.names import Name, is_agent, name_lists
from variorum.stages.claims.reading import Reading

_PREDICATE = 20  # tokens after a name in which it is said to be charged
_CONVICTED = words("accused charged convicted jailed sentenced acquitted arrested")
_PLEADED = words("denies denied denying pleaded")
_CHARGES = _CONVICTED | _PLEADED
_PLEAS = words("all both any the guilty not a an")
_ABOUT_A_CHARGE = frozenset(["of", "with", "for", "on", "over", "after"])
_PROSECUTION = frozenset(["prosecutor", "barrister", "lawyer", "counsel", "prosecution"])
_DEFENCE = frozenset(["barrister", "lawyer", "solicitor", "counsel", "defence"])
_COUNSEL = frozenset(["barrister", "lawyer", "counsel"])
_PARTS = {
    "prosecuting": _PROSECUTION,
    "defending": _DEFENCE,
    "mitigating": _DEFENCE,
    "representing": _DEFENCE,
}
_SIDES = {"prosecution": _PROSECUTION, "crown": _PROSECUTION, "defence": _DEFENCE}
_OPENING = frozenset(["opening", "closing"])
_OF_A_TRIAL = frozenset(["case", "trial", "prosecution"])
_LETTERS_OF_COUNSEL = frozenset(["kc", "qc", "sc"])
_LONGEST_PART = 8  # tokens of "Opening the case for the Crown," before the name
_RANK_NOUNS = {
    "insp": "inspector", "di": "inspector", "dci": "inspector", "sgt": "sergeant", "ds": "sergeant",
    "supt": "superintendent", "dcs": "superintendent", "pc": "constable", "dc": "constable",
    "det": "detective", "con": "constable", "prof": "professor",
    "coun": "councillor", "cllr": "councillor", "sen": "senator", "rep": "representative",
    "gov": "governor", "gen": "general", "col": "colonel", "capt": "captain", "lt": "lieutenant",
    "maj": "major", "cmdr": "commander", "rev": "reverend",
}  # fmt: skip
_FIRMS_DO = words("said says denied denies declined insisted confirmed")
_TESTIFYING = (["gave", "evidence"], ["giving", "evidence"], ["testified", "that"])
_NONE: frozenset[str] = frozenset()


def learnt(r: Reading, name: Name) -> frozenset[str]:
    """What the words around a person's name call the bearer; that, the age and what the bearer
    does are kept with the name."""
    facts, k = name.facts, name.end
    if r.low[k + 1 : k + 2] == ["who"]:
        facts.deeds = name_lists().doers.get("".join(r.low[k + 2 : k + 3]), _NONE)
    facts.age = age(r, name)
    facts.called = frozenset(callings(r, name))
    return facts.called


def callings(r: Reading, name: Name) -> set[str]:
    """The nouns that the titles of a name and the words beside it stand for."""
    found: set[str] = set()
    for k in range(name.first, name.core):
        found.add(r.low[k])
        found.add(_RANK_NOUNS.get(r.low[k], r.low[k]))
    if _charged(r, name):
        found.update(("defendant", "accused", "suspect"))
    k = name.end
    while k < r.size and k < name.end + 4 and r.tag[k] in ",#":
        k += 1
    if r.low[k : k + 2] in _TESTIFYING:
        found.add("witness")
    if r.low[name.end - 1] in _LETTERS_OF_COUNSEL:
        found |= _COUNSEL
    for nouns in (_kin_before(r, name), _part_before(r, name), _part_after(r, name)):
        if nouns:
            found |= nouns
    return found


def age(r: Reading, name: Name) -> str:
    """The age that follows a name between commas or in brackets ("X, 29,", "X (29)"), or goes
    before it ("29-year-old X"); "" where there is none."""
    k = name.end
    if k + 1 < r.size and r.tag[k] in ",(" and r.word[k + 1].isdigit() and len(r.word[k + 1]) < 4:
        return r.word[k + 1]
    before = r.low[name.first - 1] if name.first else ""
    return before.partition("-")[0] if before.endswith("-year-old") else ""


def _kin_before(r: Reading, name: Name) -> frozenset[str]:
    """ "His daughter, the soprano Klara Varga": a daughter; "A witness, nurse Ann Lee": a witness."""
    k, kin, low, tag = name.first - 1, name_lists().kin, r.low, r.tag
    if tag[k] not in ",DNJB":
        return _NONE
    floor = max(r.sent_first[r.sentence[name.first]], k - _LONGEST_PART)
    while k > floor and tag[k] in "NJB" and low[k] not in kin:
        k -= 1
    if k > floor and low[k] == "the":
        k -= 1
    if k > floor and tag[k] == "," and (low[k - 1] in kin or low[k - 1] == "witness"):
        return frozenset([low[k - 1]])
    return _NONE


def _part_before(r: Reading, name: Name) -> frozenset[str]:
    """ "Prosecuting, X said", "Opening the case for the Crown, X said", "For the defence, X"."""
    first = r.sent_first[r.sentence[name.first]]
    if not 0 < name.first - first <= _LONGEST_PART or r.tag[name.first - 1] != ",":
        return _NONE
    low = r.low[first]
    if low in _PARTS:
        return _PARTS[low]
    for k in range(first + 1, name.first):
        if r.low[k] in _SIDES and (low in _OPENING or low == "for"):
            return _SIDES[r.low[k]]
        if r.low[k] in _OF_A_TRIAL and low in _OPENING:
            return _PROSECUTION
    return _NONE


def _part_after(r: Reading, name: Name) -> frozenset[str]:
    """ "X, prosecuting, said", "X, for the defence, said"."""
    k = name.end
    if k + 2 >= r.size or r.tag[k] != ",":
        return _NONE
    if r.low[k + 1] in ("for", "of") and r.low[k + 2] == "the" and k + 3 < r.size:
        return _SIDES.get(r.low[k + 3], _NONE)
    return _PARTS.get(r.low[k + 1], _NONE)


def named_with_s(r: Reading, name: Name) -> bool:
    """ "Burford's | said", "Burford's | has": the possessive is a firm's own."""
    k = name.end
    if not r.low[k - 1].endswith(("'s", "’s")) or k >= r.size:
        return False
    return r.tag[k] == "X" or r.low[k] in _FIRMS_DO


def speaks_with_s(r: Reading, name: Name) -> bool:
    """ "Burford's | said": a firm, as no person is."""
    return r.low[name.end - 1].endswith(("'s", "’s")) and r.low[name.end] in _FIRMS_DO


def _charged(r: Reading, name: Name) -> bool:
    """Whether the clause after a name says that he is tried: "X, 28, of Y, denies murder"; not "X
    accused the council", "X denied that…"."""
    low, tag = r.low, r.tag
    if _CHARGES.isdisjoint(low[name.end : name.end + _PREDICATE]):
        return False
    stop = r.sentence_end(name.end - 1)
    for k in range(name.end, min(stop - 1, name.end + _PREDICATE)):
        word = low[k]
        if word in _PLEADED:
            if tag[k + 1] == "G" and low[k - 1] in ("has", "have"):
                return False  # "has denied falling out with his striker"
            return tag[k + 1] in "N#GB" or low[k + 1] in _PLEAS
        if word in _CONVICTED:
            return tag[k - 1] in "XA" or low[k + 1] in _ABOUT_A_CHARGE
        if tag[k] in ':"TW' or (tag[k] in "VB" and word not in ("had", "has")):
            return False
    return False


def firm_nouns(r: Reading, name: Name) -> frozenset[str]:
    """The nouns that describe an organisation: "rights group X", "the airline, X,", "X, a charity";
    kept with the name."""
    found: set[str] = set()
    nouns, k = name_lists().org_nouns, name.first - 1
    for j in (k, k - 1, k - 2, name.core - 1):
        named = r.low[j] in nouns or (j == k and r.tag[j] == "N" and is_agent(r.low[j]))
        if named and 0 <= j < name.core and (j == k or j >= name.first or r.tag[j + 1] == ","):
            found.add(r.low[j])
    k = name.end
    if k + 2 < r.size and r.tag[k] == "," and r.tag[k + 1] in "DS":
        before = set(found)
        for j in range(k + 2, min(k + 8, r.sentence_end(k))):
            if r.tag[j] not in "NJMEGB":
                found = before if r.tag[j] in "VX" else found  # "On Twitter, the union | wrote"
                break
            if r.low[j] in nouns or (r.tag[j] in "NB" and is_agent(r.low[j])):
                found.add(r.low[j])  # "Kettle & Ash, the brewer behind Old Sorrel,"
    name.facts.firm = frozenset(found)
    return name.facts.firm
