"""Capitalised names in a text, and the word lists that tell what they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from variorum.stages.claims.lexicon import read_toml, words
from variorum.stages.claims.reading import Reading


@dataclass(frozen=True, slots=True)
class NameLists:
    """The word lists for names."""

    male: frozenset[str]
    female: frozenset[str]
    first_names: frozenset[str]
    titles: frozenset[str]
    male_titles: frozenset[str]
    female_titles: frozenset[str]
    particles: frozenset[str]
    roles: frozenset[str]
    groups: frozenset[str]
    sources: frozenset[str]
    anonymous: tuple[str, ...]
    org_words: frozenset[str]
    org_nouns: frozenset[str]
    known: frozenset[str]


@lru_cache(maxsize=1)
def name_lists() -> NameLists:
    """Read once."""
    people, orgs = read_toml("people.toml"), read_toml("organisations.toml")
    t, f = people["titles"], people["first_names"]
    return NameLists(
        words(f["male"]),
        words(f["female"]),
        words(f["male"]) | words(f["female"]),
        words(t["male"]) | words(t["female"]) | words(t["any"]),
        words(t["male"]),
        words(t["female"]),
        words(people["particles"]["words"]),
        words(people["roles"]["words"]),
        words(people["groups"]["words"]),
        words(people["anonymous"]["words"]),
        tuple(people["anonymous"]["phrases"].split("|")),
        words(orgs["keywords"]["words"]),
        words(orgs["nouns"]["words"]),
        words(orgs["known"]["words"]),
    )


@dataclass(slots=True)
class Name:
    """A run of capitalised words: tokens [first, end), titles at its head up to ``core``."""

    first: int
    core: int
    end: int


def names(r: Reading) -> list[Name]:
    """The capitalised names of a text in order, with initials, titles and particles."""
    lists, tag, low = name_lists(), r.tag, r.low
    found: list[Name] = []
    n, i = len(r), 0
    # Words with a capital are names unless they head a sentence: there a title may hide.
    heads = [k for k in r.sent_first if low[k] in lists.titles and tag[k] != "M"]
    starts = [k for k, t in enumerate(tag) if t == "M"]
    if heads:
        starts = sorted(starts + heads)
    for begin in starts:
        if begin < i:
            continue
        i = begin
        j = i + 1
        while j < n and r.sentence[j] == r.sentence[i]:
            if tag[j] == "M" or tag[j] == "a":
                pass
            elif _ends_possessive(low[j - 1]):
                break
            elif (
                (r.word[j][0].isupper() and low[j] in lists.titles)
                or (low[j] in lists.particles and j + 1 < n and tag[j + 1] == "M" and j > i)
                or (r.word[j] in ("of", "and", "&") and _joins(r, i, j))
            ):
                pass
            else:
                break
            if _ends_possessive(low[j - 1]):
                break
            j += 1
        found.append(Name(i, _core(r, i, j), j))
        i = j
    return found


def _ends_possessive(low: str) -> bool:
    return low.endswith("'s")


def _joins(r: Reading, i: int, j: int) -> bool:
    """'of', 'and' inside the name of an organisation or office: Bank of England."""
    if j + 1 >= len(r) or r.tag[j + 1] != "M":
        return False
    lists = name_lists()
    if r.word[j] == "of":
        return r.low[j - 1] in lists.org_words or r.low[j - 1] in lists.titles
    return r.word[j] == "&"


def _core(r: Reading, i: int, j: int) -> int:
    lists = name_lists()
    k = i
    while k < j - 1 and (
        r.low[k] in lists.titles or r.low[k] in lists.roles or r.tag[k] == "a" or r.low[k] == "of"
    ):
        if r.low[k] in lists.first_names and r.low[k] not in ("don", "m"):
            break
        k += 1
    if k > i and r.low[k - 1] == "of":
        while k < j - 1 and r.low[k] in (
            "state",
            "defense",
            "defence",
            "treasury",
            "homeland",
            "security",
        ):
            k += 1
    return k


def is_role(lists: NameLists, low: str) -> bool:
    if low in lists.roles or low.rsplit("-", 1)[-1] in lists.roles:
        return True
    return len(low) > 6 and low.endswith(_ROLE_ENDINGS)


_ROLE_ENDINGS = ("ist", "ologist", "eer", "maker", "founder", "keeper", "smith", "monger", "holder")
