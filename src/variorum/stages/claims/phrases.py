"""A source without a name, read: its head, what it is, and what is only added to it."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.stages.claims.names import NameLists, is_agent, is_role
from variorum.stages.claims.reading import Reading

_DEFINITE = frozenset(["the", "this", "that", "these", "those", "both"])
_OWNED = frozenset(["his", "her", "its", "their", "our", "my"])
_INDEFINITE = frozenset(["a", "an", "one", "another", "some"])
_TELLING = frozenset(["first", "second", "third", "fourth", "fifth", "other", "last", "next"])
_PARTITIVE = frozenset(["one", "some", "two", "three", "several", "many", "most", "none", "both"])
_NEUTRAL = frozenset(
    [
        "former",
        "late",
        "current",
        "then",
        "ex",
        "veteran",
        "own",
        "new",
        "same",
        "senior",
        "lead",
        "leading",
        "young",
        "elderly",
        "retired",
        "local",
        "family",
        "family-run",
        "family-owned",
    ]
)


AGED = "-year-old"


@dataclass(slots=True)
class Phrase:
    """Tokens [first, end) of a description, ``head`` its noun; [end, stop) is only added."""

    first: int
    head: int
    end: int
    stop: int
    word: str
    article: str  # the, a, his or "" (none); "'s" after a possessive
    telling: frozenset[str]  # nouns and ordinals before the head
    plural: bool
    qualified: bool  # ", whose show she missed", ", a woman of 30,": it brings somebody in

    @property
    def definite(self) -> bool:
        return self.article == "the"

    @property
    def bare(self) -> bool:
        """ "the minister": nothing after the head."""
        return self.end == self.head + 1


def read_phrase(r: Reading, lists: NameLists, a: int, b: int) -> Phrase:
    """The description of tokens [a, b)."""
    end = _core_end(r, a, b)
    head = _agent_of_organisation(r, lists, a, end) or _head(r, a, end)
    word = r.low[head].removesuffix("'s")
    return Phrase(a, head, end, b, word, _article(r, a, head), _before(r, a, head), _plural(r, lists, a, head),
                  _brings_in(r, end, b))  # fmt: skip


def _agent_of_organisation(r: Reading, lists: NameLists, a: int, b: int) -> int:
    """ "The University of Brandon | toxicologist": the noun for a person after a name with "of"; 0 where
    there is none."""
    k = next((j for j in range(a + 1, b - 2) if r.low[j] == "of"), 0)
    if not k or r.tag[k - 1] != "M" or r.tag[k + 1] != "M":
        return 0
    k += 1
    while k < b and r.tag[k] == "M":
        k += 1
    single = k < b and r.tag[k] in "NB" and r.word[k][0].islower() and not r.low[k].endswith("s")
    return k if single and (is_role(lists, r.low[k]) or is_agent(r.low[k])) else 0


def _brings_in(r: Reading, end: int, b: int) -> bool:
    """Whether what is added to a description says who it is: "The cyclist, a woman of 30,"."""
    if "whose" in r.low[end : min(b, end + 3)]:
        return True
    return end + 1 < b and r.tag[end] == "," and r.low[end + 1] in ("a", "an")


def _core_end(r: Reading, a: int, b: int) -> int:
    """Where a phrase ends before ", who…", ", speaking…", ", a teacher," or ", 29,"."""
    for k in range(a + 1, b):
        if r.tag[k] in "-:(" and k > a + 1 and not _is_branch(r, k, b):
            return k
        if r.tag[k] == "," and (k + 1 >= b or not _list_goes_on(r, k + 1, b)):
            return k
    return b


def _list_goes_on(r: Reading, k: int, b: int) -> bool:
    """After a comma, "teachers, nurses and doctors" goes on."""
    return r.tag[k] in "NMJDS" and any(r.low[j] == "and" for j in range(k + 1, min(b, k + 8)))


def _is_branch(r: Reading, k: int, b: int) -> bool:
    """Whether a bracket at k holds one word amid a description: "CPI | (M) secretary", "Labour (Co-op) MP"."""
    return k + 3 < b and r.tag[k] == "(" and r.tag[k + 2] == ")" and r.tag[k + 3] in "NMBJ"


_AFTER_NOUN = frozenset(["familiar", "close", "privy"])


def _head(r: Reading, a: int, b: int) -> int:
    """The last noun before a preposition, comma or relative clause."""
    head = a
    for k in range(a, b):
        t = r.tag[k]
        if k > a and (_is_branch(r, k, b) or _is_branch(r, k - 1, b)):
            continue
        if r.low[k] in ("whose", "who", "where") and k > a:
            break
        if r.low[k] in _AFTER_NOUN and k > a and r.low[k + 1 : k + 2] in (["with"], ["to"]):
            break  # "a person | familiar with the talks", "a source | close to the minister"
        if t in "NMBJ#Z" or (t == "P" and k == a):
            head = k
        elif t == "G" and k > a and r.low[k] in r.lex.artefacts and r.tag[k - 1] in "DSJN":
            head = k  # "the ruling"
        elif k > a and _head_is_over(r, head, k, a, b):
            break
    return head


def _head_is_over(r: Reading, head: int, k: int, a: int, b: int) -> bool:
    """A preposition, comma or verb; "clip | released by X", "priest | convicted of fraud"."""
    if r.tag[k] == "V" and k == a + 1 and r.low[a] == "one" and r.tag[k + 1 : k + 2] == ["N"]:
        return False  # "one | shaken shopkeeper"
    if r.tag[k] in "R,WTVX(-":
        return r.tag[head] in "NMBJ#Z" or head == a
    participle = r.tag[k] in "EG" and r.tag[head] in "NMB" and k + 1 < b
    return participle and r.tag[k + 1] in "RDTSZM#"


def _article(r: Reading, a: int, head: int) -> str:
    low = r.low[a]
    if a == head:
        return ""
    if low in _DEFINITE:
        return "the" if not any(r.low[k].endswith("'s") for k in range(a, head)) else "'s"
    if low in _OWNED:
        return "his"
    if low in _INDEFINITE:
        return "a"
    return "'s" if any(r.low[k].endswith("'s") for k in range(a, head)) else ""


def _before(r: Reading, a: int, head: int) -> frozenset[str]:
    return frozenset(
        r.low[k]
        for k in range(a + 1, head)
        if (r.tag[k] in "NB" or r.low[k] in _TELLING)
        and r.low[k] not in _NEUTRAL
        and not r.low[k].endswith(AGED)  # "the 31-year-old striker"
    )


def _plural(r: Reading, lists: NameLists, a: int, head: int) -> bool:
    word = r.low[head]
    if word in lists.groups or (word.endswith("men") and word[:-2] + "an" in lists.roles):
        return True
    if r.low[a] in ("a", "an", "one") and head > a:
        return False
    if r.tag[head] == "M":
        return False
    return (
        word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s"))
        and not is_role(lists, word)
    )


def partitive(r: Reading, p: Phrase) -> bool:
    """ "One of them", "Two of the men": one of several, nobody named."""
    return r.low[p.first] in _PARTITIVE and p.head == p.first


def bare_words(r: Reading, a: int, b: int) -> str:
    """The words of [a, b) without a leading article, "A report" -> "report", and marks at the
    ends; the article of a name with a capital stays ("The Lake City Courier")."""
    phrase = " ".join(r.said(a, b).split()).strip(" ,;:–—-")
    for article in ("The ", "A ", "An ", "the ", "a ", "an "):
        if phrase.startswith(article) and len(phrase) > len(article) + 1:
            return phrase if article == "The " and phrase[4].isupper() else phrase[len(article) :]
    return phrase
