"""Capitalised names in a text, and the word lists that tell what they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from variorum.stages.claims.kind_words import SURNAMES
from variorum.stages.claims.lexicon import read_toml, words
from variorum.stages.claims.reading import Reading, all_of

_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NameLists:
    """The word lists for names."""

    male: frozenset[str]
    female: frozenset[str]
    either: frozenset[str]
    first_names: frozenset[str]
    titles: frozenset[str]
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    particles: frozenset[str]
    joints: frozenset[str]  # titles and particles: words that a name may go on with
    headed: frozenset[str]  # titles, roles and "of": words before which a name may not begin
    roles: frozenset[str]
    groups: frozenset[str]
    sources: frozenset[str]
    anonymous: tuple[str, ...]
    anaphors: frozenset[str]
    institutional: frozenset[str]
    kin: frozenset[str]
    spouse: frozenset[str]
    male_nouns: frozenset[str]
    female_nouns: frozenset[str]
    hypernyms: dict[str, frozenset[str]]
    doers: dict[str, frozenset[str]]
    org_words: frozenset[str]
    org_nouns: frozenset[str]
    general_orgs: frozenset[str]
    owned: frozenset[str]
    org_kinds: dict[str, frozenset[str]]
    public: frozenset[str]
    offices: frozenset[str]
    known: frozenset[str]
    places: frozenset[str]
    countries: frozenset[str]
    capitals: frozenset[str]

    def fits(self, said: str, role: str) -> bool:
        """Whether a description by the word ``said`` can take up somebody whose role is ``role``:
        the same word, or the wider one of the two ("the lawyer", a barrister)."""
        if said == role or said == role.rsplit("-", 1)[-1]:
            return True
        return role in self.hypernyms.get(said, _NO_WORDS) or said in self.hypernyms.get(
            role, _NO_WORDS
        )


@lru_cache(maxsize=1)
def name_lists() -> NameLists:
    """Read once."""
    people, orgs = read_toml("people.toml"), read_toml("organisations.toml")
    t, f, kin, sex = (people[k] for k in ("titles", "first_names", "kin", "gendered"))
    titles = words(t["male"]) | words(t["female"]) | words(t["any"])
    return NameLists(
        male=words(f["male"]),
        female=words(f["female"]),
        either=words(f["either"]),
        first_names=words(f["male"]) | words(f["female"]) | words(f["either"]),
        titles=titles,
        male_titles=words(t["male"]),
        female_titles=words(t["female"]),
        particles=words(people["particles"]["words"]),
        joints=titles | words(people["particles"]["words"]),
        headed=titles | words(people["roles"]["words"]) | {"of"},
        roles=words(people["roles"]["words"]),
        groups=words(people["groups"]["words"]),
        sources=words(people["anonymous"]["words"]),
        anonymous=tuple(people["anonymous"]["phrases"].split("|")),
        anaphors=words(people["anaphors"]["words"]),
        institutional=words(people["institutional"]["words"]),
        kin=words(kin["male"]) | words(kin["female"]) | words(kin["spouse"]),
        spouse=words(kin["spouse"]),
        male_nouns=words(kin["male"]) | words(sex["male"]),
        female_nouns=words(kin["female"]) | words(sex["female"]),
        hypernyms={k: words(v) for k, v in people["hypernyms"].items()},
        doers={k: words(v) for k, v in people["doers"].items()},
        org_words=words(orgs["keywords"]["words"]),
        org_nouns=words(orgs["nouns"]["words"]),
        general_orgs=words(orgs["general"]["words"]),
        owned=words(orgs["owned"]["words"]),
        org_kinds={k: words(v) for k, v in orgs["kinds"].items()},
        public=words(orgs["public"]["words"]),
        offices=titles | words(people["roles"]["words"]),
        known=words(orgs["known"]["words"]),
        places=words(orgs["places"]["words"]),
        countries=words(orgs["places"]["countries"]),
        capitals=words(orgs["places"]["capitals"]),
    )


class NameFacts:
    """What a name and the words around it say whatever stands elsewhere in the text; None is what
    nobody has asked for yet. ``kinds`` are what ``NameKinds`` found it to be, each with what the
    rest of the text said; ``roles`` those read, each with the organisation named before it."""

    __slots__ = (
        "age", "anew", "called", "deeds", "dull", "firm", "gender", "key", "kinds", "owner",
        "proper", "roles", "short",
    )  # fmt: skip

    def __init__(self) -> None:
        self.key: tuple[str, ...] | None = None
        self.kinds: dict[tuple[object, ...], str] = {}
        self.dull: bool | None = None
        self.short: bool | None = None
        self.anew: bool | None = None
        self.gender: str | None = None
        self.proper: str | None = None
        self.firm: frozenset[str] | None = None
        self.called: frozenset[str] | None = None
        self.age = ""
        self.deeds: frozenset[str] = _NO_WORDS
        self.owner: int | None = None
        self.roles: dict[str | None, tuple[str | None, str | None]] = {}


class Name:
    """A run of capitalised words: tokens [first, end), titles at its head up to ``core``; ``key``
    are the words of the name proper in lower case."""

    __slots__ = ("core", "end", "facts", "first", "key")

    def __init__(self, first: int, core: int, end: int, facts: NameFacts) -> None:
        self.first = first
        self.core = core
        self.end = end
        self.facts = facts
        self.key: tuple[str, ...] = facts.key or ()


def names(r: Reading) -> list[Name]:
    """The capitalised names of a text in order, with initials, titles and particles."""
    if r.places is None:
        return _names(r, 0, r.size, r.sent_first)
    found: list[Name] = []
    for place, a, b in zip(r.places, r.para_first, r.para_end, strict=True):
        if place.names is None:
            heads = r.sent_first[r.sentence[a] : r.sentence[b - 1] + 1]
            here = _names(r, a, b, heads)
            place.names = [(n.first - a, n.core - a, n.end - a, n.facts) for n in here]
            found += here
        else:
            found += [Name(i + a, k + a, j + a, facts) for i, k, j, facts in place.names]
    return found


def _names(r: Reading, a: int, b: int, sentences: list[int]) -> list[Name]:
    """The names of whole paragraphs, tokens [a, b), whose ``sentences`` begin there."""
    lists, tag, low, sentence, ends = name_lists(), r.tag, r.low, r.sentence, r.sent_end
    found: list[Name] = []
    joints, n, i = lists.joints, r.size, a
    # Words with a capital are names unless they head a sentence: there a title may hide.
    heads = [k for k in sentences if low[k] in lists.titles and tag[k] != "M"]
    starts = all_of("M", r.tags, a, b)
    if heads:
        starts = sorted(starts + heads)
    for begin in starts:
        if begin < i:
            continue
        i = begin
        j, stop = i + 1, ends[sentence[i]]
        while j < stop:
            if low[j - 1].endswith("'s") and not _organisation_follows(r, lists, j):
                break
            t = tag[j]
            if t not in "Ma":
                if t in '"q' and _nickname(r, j):
                    j += 3
                    continue
                apart = low[j] not in joints and (j + 1 >= n or tag[j + 1] != "M")
                if apart or not _joins(r, lists, i, j):
                    break
            j += 1
        if j < stop and low[j] in _OF_SHARES:
            j += 1  # "Brightline | plc"
        first = _after_seat(r, i, j) if i > 1 and low[i - 1] in _SEATED_AT else i
        first += low[first] == "former" and _side_only(r, lists, first + 1, j)
        core = first if j - first == 1 else _core(r, first, j)
        found.append(Name(first, core, j, NameFacts()))
        i = j
    return found


def _side_only(r: Reading, lists: NameLists, i: int, j: int) -> bool:
    """ "Former | Rovers forward": what is left is a club's or firm's name and nobody's."""
    rest = r.low[i:j]
    return not lists.org_words.isdisjoint(rest) and lists.headed.isdisjoint(rest)


_OF_SHARES = frozenset(["plc", "ltd"])
_CIVIL = frozenset(["mr", "mrs", "ms", "miss", "dr"])
_UPON = frozenset(["action", "commission", "committee", "council", "centre", "center"])
_AND_SONS = frozenset(["district", "sons", "co", "company", "partners", "associates"])
_SEATED_AT = frozenset(["for", "of"])


def _after_seat(r: Reading, i: int, j: int) -> int:
    """Where the name of who holds it begins after a seat: "MP for Wenfield | Harriet Lowe"."""
    lists = name_lists()
    if r.low[i - 2] not in lists.offices:
        return i
    return next((m for m in range(i + 1, j - 1) if r.low[m] in lists.first_names), i)


def _nickname(r: Reading, j: int) -> bool:
    """Whether the mark at j opens one word amid a name: Winifred | “Winnie” Dace."""
    tag = r.tag[j : j + 4]
    return len(tag) == 4 and tag[1] == tag[3] == "M" and tag[2] in '"q' and r.spaced(j)


def _organisation_follows(r: Reading, lists: NameLists, j: int) -> bool:
    """After a possessive: "People's | Front", "Bishop's | Stone College"."""
    for k in range(j, min(j + 2, r.size)):
        if r.tag[k] != "M":
            return False
        if r.low[k] in lists.org_words:
            return True
    return False


def _joins(r: Reading, lists: NameLists, i: int, j: int) -> bool:
    """Whether a word that is no name by itself goes on with the name that began at i."""
    word, low = r.word[j], r.low[j]
    if word[0].isupper():
        return low in lists.titles
    if low in lists.particles:  # "van der Meer"
        k = j + 1
        while k < min(r.size, j + 3) and r.low[k] in lists.particles:
            k += 1
        return k < r.size and r.tag[k] == "M"
    if j + 1 >= r.size or r.tag[j + 1] != "M":
        return False
    if word == "of":  # Bank of England, not "Rob Steel | of Peel Hunt"
        if j - 2 >= i and r.low[j - 2] in lists.first_names and r.low[j - 1] in SURNAMES:
            return False
        return r.low[j - 1] in lists.org_words or r.low[j - 1] in lists.titles
    if word == "on":  # Action on Smoking
        return r.low[j - 1] in _UPON
    if word == "for":  # Department for Learning
        return r.low[j - 1] in lists.org_words
    if word == "and":  # Department of Health and Welfare
        if r.low[j + 1] in _AND_SONS:  # "Northvale and District"
            return True
        joined = any(r.word[k] in ("of", "for", "on") for k in range(i, j))
        return joined and (r.low[i] in lists.org_words or r.low[i] in _UPON)
    if word in ("'", "’"):  # Harbour Pilots' Association
        return (
            r.low[j - 1].endswith("s")
            and not r.spaced(j)
            and r.spaced(j + 1)
            and any(r.low[k] in lists.org_words for k in range(j + 1, min(j + 4, r.size)))
        )
    return word == "&"


_RANKS = words("DI DS DC PC PCSO DCI DCS DSU ACC DCC CI SGT INSP SUPT")  # not "Di Marco"
_OFFICES = frozenset(["state", "defense", "defence", "treasury", "homeland", "security"])


def _core(r: Reading, i: int, j: int) -> int:
    """Where the name proper begins: after titles and offices, unless it is an organisation's."""
    lists, k = name_lists(), i
    if j - i == 1 or (j - i == 2 and len(r.word[j - 1]) == 1):
        return i  # "Patient C" is no title with a name
    opens = i == r.sent_first[r.sentence[i]]
    if r.low[i - 1] == "the" and r.low[i] in lists.anaphors and r.low[i + 1] in lists.first_names:
        return i + 1  # "the Norwegian | Paul Grey"
    if not opens and _plain(r, lists, i, j):
        return i
    if opens and j - i > 1 and r.low[i] in lists.org_nouns and r.low[i] not in lists.org_words:
        return i + 1  # "Developer | Greenfell"
    if not lists.org_words.isdisjoint(r.low[i + 1 : j]) and not _offices(r, i, j):
        return i + _one_with_a_surname(r, i, j)
    if opens and r.low[i] not in lists.first_names:
        given = next((m for m in range(i + 1, j - 1) if r.low[m] in lists.first_names), i)
        if given > i and all(r.tag[m] != "a" for m in range(i, given)) and not _known(r, i, given):
            return given  # "Brunette | Lorna Bright"
    while k < j - 1 and (
        r.low[k] in lists.titles
        or r.low[k] in lists.roles
        or r.tag[k] == "a"
        or r.low[k] == "of"
        or r.word[k] in _RANKS
        or ("-of-" in r.low[k] and is_role(lists, r.low[k]))
    ):
        if r.low[k] in lists.first_names and r.low[k] not in ("don", "m"):
            break
        k += 1
    if k > i and r.low[k - 1] == "of":
        if r.low[k] not in _OFFICES and r.low[k] not in lists.first_names:
            return i  # "Mayor of Coachella": an office, no name
        while k < j - 1 and r.low[k] in _OFFICES:
            k += 1
    return max(k, _after_office(r, k, j))


def _one_with_a_surname(r: Reading, i: int, j: int) -> bool:
    """ "Analyst | Rob Steel", "Mr | Steel": a role or title before somebody whose surname is a firm's
    word, too."""
    given = j - i == 3 and r.low[i + 1] in name_lists().first_names
    led = given and is_role(name_lists(), r.low[i])
    return (led or (j - i == 2 and r.low[i] in _CIVIL)) and r.low[j - 1] in SURNAMES


def _plain(r: Reading, lists: NameLists, i: int, j: int) -> bool:
    """Whether nothing in a run of capitals can be a title or an office."""
    words = r.low[i : j - 1]
    if not lists.headed.isdisjoint(words) or r.word[i] in _RANKS or "-of-" in words[0]:
        return False
    return r.tags.find("a", i, j - 1) < 0


def _known(r: Reading, a: int, b: int) -> bool:
    """Whether titles or roles stand in [a, b): they are read word by word."""
    lists = name_lists()
    return any(r.low[k] in lists.titles or r.low[k] in lists.roles for k in range(a, b))


def _offices(r: Reading, i: int, j: int) -> bool:
    """Whether a first name comes last: "Labour Party Leader Anna Holt"."""
    lists = name_lists()
    last = next((m for m in range(j - 1, i, -1) if r.low[m] in lists.org_words), i)
    return last < j - 2 and any(
        r.low[m] in lists.titles or r.low[m] in lists.roles for m in range(last + 1, j - 1)
    )


def _after_office(r: Reading, k: int, j: int) -> int:
    """After the last title or role amid the capitals: "Finance Minister | Tomas Riell"."""
    lists = name_lists()
    for m in range(k, j - 1):
        if r.low[m] in lists.first_names:
            return k
        if (r.low[m] in lists.titles or r.low[m] in lists.roles) and r.tag[m] != "a":
            k = m + 1
    while k < j - 1 and r.tag[k] == "a":
        k += 1
    return k


def is_role(lists: NameLists, low: str) -> bool:
    """Whether a noun stands for one person who speaks."""
    if low in lists.roles:
        return True
    if "-" in low:
        if low.rsplit("-", 1)[-1] in lists.roles:
            return True
        if "-of-" in low and low.partition("-of-")[0].removeprefix("great-") in lists.kin:
            return True  # "mum-of-three"
    return len(low) > 6 and low.endswith(_ROLE_ENDINGS)


def is_agent(low: str) -> bool:
    """Whether an unknown noun looks like one for a person: "porter", "examiner", "historian"."""
    return len(low) > 4 and low.endswith(_AGENT_ENDINGS)


def is_origin(low: str) -> bool:
    """Whether a lone capitalised word after "the" looks like where somebody is from: "the Cypriot",
    "the Angolan"."""
    return len(low) > 4 and low.endswith(("ian", "ean", "ese", "iot", "can", "lan", "ander"))


_AGENT_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "man",
    "woman",
    "ant",
    "eur",
    "ee",
    "lady",
    "boy",
    "girl",
)
_ROLE_ENDINGS = ("ist", "ologist", "eer", "maker", "founder", "keeper", "smith", "monger", "holder")


def one_unnamed(r: Reading, name: Name, key: tuple[str, ...]) -> bool:
    """ "One Tory MP": a description in capitals."""
    led = name.first > 0 and r.low[name.first - 1] in ("a", "an", "one", "the")
    return led and r.word[name.end - 1].isupper() and key[-1] in name_lists().roles


def without_article(low: str) -> str:
    """ "al-Assad": he is "Assad" as well."""
    return (low[3:] if low[:3] in ("al-", "el-") else low).removesuffix("'s")
