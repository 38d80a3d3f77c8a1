"""Capitalised words that name nobody: common nouns that head a sentence, "the Pole", "the MP"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.stages.claims.kind_words import HALVES, THINGS
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.names import Name, is_agent, is_origin, is_role, name_lists
from variorum.stages.claims.reading import Reading

if TYPE_CHECKING:
    from variorum.stages.claims.people import People

_RANKED = words("senior leading veteran prominent fellow former junior local")
# What an account of a firm or a country begins with: "Revenue is expected to…, the company said".
_OF_ACCOUNTS = words(
    "revenue revenues sales turnover profit profits earnings shares output demand inflation "
    "unemployment growth production orders exports imports"
)


def common(people: People, word: str, name: Name) -> bool:
    """A common noun that has its capital from the head of the sentence."""
    lists, r = people.lists, people.r
    if name.first != r.sent_first[r.sentence[name.first]] and r.tag[name.first - 1] not in '"q':
        return False
    return (
        word in people.plain
        or word in lists.groups
        or word in lists.sources
        or word in lists.org_nouns
        or word in r.lex.artefacts
        or word in _OF_ACCOUNTS
        or word in lists.roles
        or (word.endswith("s") and (word[:-1] in lists.roles or word[:-1] in lists.org_nouns))
        or (word.endswith("ies") and f"{word[:-3]}y" in lists.org_nouns)
        or _several(people, word)
        or _exclaimed(people, word, name)
    )


def _exclaimed(people: People, word: str, name: Name) -> bool:
    """ "“Nuts,” said the general": a word that is all that is said, nobody's first name."""
    tags, lists = people.r.tags, people.lists
    alone = tags[name.first - 1] in '"q' and tags[name.end : name.end + 2] in (
        ',"',
        '."',
        ",q",
        ".q",
    )
    return alone and word not in lists.first_names and word not in lists.known


def _several(people: People, word: str) -> bool:
    """ "Hauliers", "Ornithologists": several who do something, and nobody's surname here."""
    one, lists = word[:-1], people.lists
    if word[-1] != "s" or one in lists.first_names or word in people.by_last:
        return False
    if word in lists.org_words:
        return False
    return word in THINGS or is_agent(one) or is_role(lists, one) or one in lists.anaphors


def takes_up(r: Reading, name: Name, key: tuple[str, ...]) -> bool:
    """ "The Pole", "the 31-year-old Czech", "the local MP", "her GP": descriptions of somebody."""
    lists = name_lists()
    if len(key) > 1 or not name.first:
        return False
    shouted = r.word[name.core].isupper()
    if shouted and (key[0] in lists.roles or key[0] in lists.kin):
        return True
    k = name.first - 1
    aged = name.first > 1 and r.low[k].endswith("-year-old")
    if k and r.low[k] in _RANKED and r.low[k - 1] in ("a", "an", "one", "the"):
        return key[0] in lists.anaphors  # "a senior Tory"
    if r.low[k - aged] != "the":
        return False
    origin = is_origin(key[0]) and key[0] not in lists.known  # "the Vatican" is one
    return origin or key[0] in lists.anaphors


def half_and_origin(r: Reading, name: Name, key: tuple[str, ...]) -> bool:
    """ "The South African": a description."""
    if len(key) != 2 or key[0] not in HALVES:
        return False
    if not name.first or r.low[name.first - 1] not in ("the", "a"):
        return False
    return is_origin(key[1]) or key[1] in name_lists().anaphors
