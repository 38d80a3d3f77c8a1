"""Which gender the pronouns around a name tell."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.stages.claims.names import Name, name_lists
from variorum.stages.claims.reading import Reading

_LONGEST_OWNED = 8  # tokens of "her former manager," before the name
_CLAUSE = 15  # tokens of "When he was interviewed," before the name
_OF_HIM = frozenset(["he", "his", "he'd", "he's", "he'll", "himself"])
_OF_HER = frozenset(["she", "hers", "she'd", "she's", "she'll", "herself"])
_TELLS = _OF_HIM | _OF_HER


def title_gender(r: Reading, name: Name) -> str:
    """m or f by the titles of a name; "" by none. Kept with the name."""
    if name.facts.gender is None:
        lists, titles = name_lists(), r.low[name.first : name.core]
        if not lists.male_titles.isdisjoint(titles):
            name.facts.gender = "m"
        else:
            name.facts.gender = "" if lists.female_titles.isdisjoint(titles) else "f"
    return name.facts.gender


def gender_in(r: Reading, quoted: Sequence[int], start: int, stop: int) -> str:
    """m or f by the pronouns outside quotations among tokens [start, stop); "" by none or both."""
    low = r.low
    told = {low[k] for k in range(start, stop) if low[k] in _TELLS and quoted[k] < 0}
    he, she = not told.isdisjoint(_OF_HIM), not told.isdisjoint(_OF_HER)
    if not he and not she:  # "has cancelled the rest of her tour", not "told her"
        she = any(
            low[k] == "her" and quoted[k] < 0 and r.tag[k + 1 : k + 2] in (["N"], ["J"])
            for k in range(start, stop)
        )
    return "" if he == she else "m" if he else "f"


def pronoun_before(r: Reading, quoted: Sequence[int], first: int) -> str:
    """The gender of the pronoun in the clause before a name at ``first`` that stands after its
    comma: "When he was interviewed, Fossett said"."""
    floor = r.sent_first[r.sentence[first]]
    if first - 1 <= floor or r.tag[first - 1] != ",":
        return ""
    return gender_in(r, quoted, max(floor, first - _CLAUSE), first)


def anothers(r: Reading, place: int, gender: str) -> bool:
    """ "Her manager, X, said she…": she is whose manager X is."""
    first = r.sent_first[r.sentence[place]]
    own = {"his": "m", "her": "f"}.get(r.low[first], "")
    return own == gender and first < place <= first + _LONGEST_OWNED
