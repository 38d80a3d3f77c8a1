"""What "darin", "on y" and "von dort" take up in German and French: the document or the house named last;
names in quotation marks ("laut „Werder Zeitung“") and between commas ("le propriétaire, Logis-Est,").
"""

from __future__ import annotations

from itertools import takewhile

from variorum.model import Speaker
from variorum.stages.claims.foreign_names import QUANTITIES, ForeignNames, Person
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.workspace import Statement, Workspace

_PARTICLES = frozenset(["de", "del", "la", "von", "van", "der", "den", "zu", "y", "di", "du", "el"])
_INSIDE = {"darin": "artefact", "daraus": "artefact", "dort": "organisation"}
_ARTICLES = words("der die das dem den des le la les el los las")
_LONGEST_OFFICE = 10  # tokens after "un funcionario" in which its name would stand
_BESIDE = 4  # tokens from "un funcionario" to a name that is its own
_LEAD = 2  # paragraphs of a headline and lead
_QUESTIONS = 2  # paragraphs that end in a question, of an interview
_REACH = 400  # tokens that are looked back over
_LONGEST_PHRASE = 5  # tokens from the noun on


def pointing(low: str) -> str:
    """The kind of source that such a word takes up; "" for another word."""
    return _INSIDE.get(low, "")


def taken_up(
    names: ForeignNames, at: int, kind: str, last: list[tuple[int, str, Speaker]]
) -> Speaker:
    """The source of that kind named last before token ``at``, in its sentence or the one before."""
    r = names.r
    number = r.sentence[at] - 1
    first = r.sent_first[max(0, number)]
    if last and last[-1][2].kind == kind and last[-1][0] >= first:
        spoke = last[-1][2]
        return Speaker(spoke.name, spoke.role, spoke.organisation, spoke.kind, True)
    for k in range(at - 1, first - 1, -1):
        if names.w.quoted[k] < 0 and names.kind(names.plain(k)) == kind:
            begin = k
            while (
                begin > first
                and r.word[begin - 1][0].isupper()
                and r.low[begin - 1] not in names.n.definite
            ):
                begin -= 1
            if r.low[begin] != r.low[k] and begin == first:
                begin = k
            if names.n.compounds and begin == k and r.low[k - 1].endswith(("en", "er", "em")):
                begin -= r.low[k - 1] not in names.n.definite | names.n.indefinite | names.n.of
            name = " ".join(r.said(begin, k + 1).split())
            return Speaker(name, None, None, kind, True)  # type: ignore[arg-type]
    return Speaker()


def name_in_marks(w: Workspace, a: int, b: int) -> str:
    """The name that a source in quotation marks is: "der „Werder Zeitung“"; "" for another source."""
    led = w.quoted[a] < 0 and w.r.low[a] in _ARTICLES
    begin = a + led
    if begin >= b or w.quoted[begin] < 0:
        return ""
    q = w.quotes[w.quoted[begin]]
    if q.first != begin or q.last + 1 != b or q.size > _LONGEST_PHRASE:
        return ""
    return " ".join(w.r.said(q.inside, q.outside).split())


def nameless_before(names: ForeignNames, noun: str, at: int) -> bool:
    """ "Un funcionario del ministerio…": whether the last such noun before, in these paragraphs, is of
    somebody without a name."""
    r, n = names.r, names.n
    floor = r.para_first[max(0, r.paragraph[at] - 2)]
    back = range(at - 1, max(floor, at - _REACH), -1)
    near = (k for k in back if r.low[k] == noun and names.w.quoted[k] < 0)
    last = next(near, None)
    if last is None or n.compounds or n.indefinite.isdisjoint(r.low[last - 2 : last]):
        return False
    after = range(last + 1, min(r.sentence_end(last), last + _LONGEST_OFFICE))
    beside = (k in names.at and (k - last <= _BESIDE or r.tag[k - 1] == ",") for k in after)
    return not any(beside)


def apposed(names: ForeignNames, a: int, b: int) -> str | None:
    """A name between commas that is no person's: "Le propriétaire, Logis-Est,"."""
    r = names.r
    for k in range(a + 1, b):
        if r.tag[k] != "," or k + 1 >= b or not names.capital(k + 1):
            continue
        end = k + 1
        while end < b and (names.capital(end) or r.low[end] in _PARTICLES):
            end += 1
        if end >= b or r.tag[end] == ",":
            return " ".join(r.said(k + 1, end).split())
    return None


def whoever_tells(names: ForeignNames) -> Speaker:
    """Whom "je", "ich" or "yo" outside quotations means: in an interview printed as questions and answers the
    one person that its headline and lead name; nobody that can be told elsewhere."""
    r = names.r
    ends = [first - 1 for first in r.para_first[1:]]
    asked = sum(r.word[k] == "?" for k in ends)
    lead = r.para_first[_LEAD] if len(r.para_first) > _LEAD else r.size
    named = {id(x): x for _, x in takewhile(lambda m: m[0] < lead, names.mentions)}
    if asked < _QUESTIONS or len(named) != 1:
        return Speaker()
    [one] = named.values()
    return Speaker(one.name, one.role, None, "person", True)


def several(names: ForeignNames, a: int, b: int, head: int, kind: str) -> bool:
    """Whether several speak: "plusieurs témoins", "Varios vecinos", "die Anwohner", "Kritiker"."""
    n, low = names.n, names.r.low
    if kind == "artefact" and head <= a + 1:
        return False
    if low[a] in n.plural or low[a].removeprefix("d'") in QUANTITIES:
        return True
    if not n.compounds or kind != "person":
        return False
    noun = names.plain(head)
    if head == a:  # "Experten", "Kritiker": one would have an article or a name
        return b - a == 1
    known = noun in n.male and noun not in n.feminine_nouns
    base = noun.removesuffix("n")
    adjectival = base != noun and base in n.male and base in n.feminine_nouns
    several = noun.endswith("en") and noun.removesuffix("en") in n.male  # "die Experten"
    several = several or (base != noun and names.noun(base) in n.male)  # "die Meteorologen"
    return low[a] == "die" and (known or adjectival or several)


def left_out(names: ForeignNames, s: Statement) -> Person | None:
    """Whom a Spanish tag without a subject means where nobody has spoken: who was named last, in this
    paragraph or the two before ("El médico Teo Rey se jubila. “Ya toca”, dice.")."""
    if names.code != "es" or s.cue is None:
        return None
    r, at = names.r, s.cue[0]
    if not (s.rule.startswith("quotation") and s.quotes) and s.rule != "verb, that, clause":
        return None
    if r.low[at] == "se" or r.low[at - 1] == "se":
        return None  # "se dijo que"
    floor = r.para_first[max(0, r.paragraph[at] - 2)]
    return next((x for p, x in names.mentions_before(at) if p >= floor), None)


def only_one(names: ForeignNames, at: int, gender: str) -> Person | None:
    """Whom a noun that no list knows takes up: the one person named in this paragraph and the one before, if
    nobody else and of that gender ("Willi Beck zog ins Heim. „…“, sagt der Witwer")."""
    r = names.r
    floor = r.para_first[max(0, r.paragraph[at] - 1)]
    near = {id(x): x for p, x in names.mentions_before(at) if p >= floor}
    if len(near) != 1 or not gender:
        return None
    [one] = near.values()
    return one if one.gender == gender else None
