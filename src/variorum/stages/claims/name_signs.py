"""The signs at a name, in and around its words, without which some rules on its kind can say nothing."""

from __future__ import annotations

from variorum.stages.claims.kind_words import OF_FIRMS, OF_PLACES, PARTS_OF_THE_WORLD, PLACE_PREPS
from variorum.stages.claims.lexicon import Remembered
from variorum.stages.claims.names import Name, is_role, name_lists
from variorum.stages.claims.reading import Reading

AS, OF, AT, THE, COMMA, DASH, ON, NOUN, HELD, HEADS, TITLED = (1 << n for n in range(11))
GIVEN, SETTLED, INITIAL, PLACED, OFFICE, POLITY, UPON = (1 << n for n in range(11, 18))
NOUNED = 1 << 18
_PREPOSITIONS = {
    **dict.fromkeys(PLACE_PREPS, AT),
    "as": AS,
    "of": OF | HELD,
    "in": AT | HELD,
    "the": THE,
    "on": AT | UPON,
}


def _signs_before(word: str) -> int:
    """Of the word before a name: a preposition, or a noun that tells what it is."""
    lists, noun = name_lists(), word.rsplit("'", maxsplit=1)[-1]
    tells = noun in lists.org_nouns or noun in OF_FIRMS or is_role(lists, noun)
    return _PREPOSITIONS.get(word, 0) | (NOUNED if tells else 0)


def _signs_of_head(head: str) -> int:
    """Of the first word of a name."""
    lists = name_lists()
    signs = GIVEN if head in lists.first_names else 0
    if head in OF_PLACES:
        signs |= SETTLED
    if len(head) == 1:
        signs |= INITIAL
    if head in PARTS_OF_THE_WORLD:
        signs |= PLACED
    if head in lists.offices:
        signs |= OFFICE
    if head in lists.countries or head in lists.capitals:
        signs |= POLITY
    return signs


def _signs_of_last(last: str) -> int:
    """Of the last word of a name."""
    lists = name_lists()
    signs = SETTLED if "-" in last else 0
    if last in lists.places:
        signs |= PLACED
    if last in lists.offices or last in lists.groups:
        signs |= OFFICE
    return signs


_BEFORE, _HEAD, _LAST = map(Remembered, (_signs_before, _signs_of_head, _signs_of_last))
_AFTER = {"-": DASH, ",": ON, "(": ON, "N": NOUN}


def signs_at(r: Reading, name: Name, key: tuple[str, ...]) -> int:
    """Which signs stand at a name, without which some rules can say nothing."""
    first, k = name.first, name.end
    signs = TITLED if name.core > first else 0
    if first:
        signs |= _BEFORE[r.low[first - 1]]
        signs |= COMMA if r.tag[first - 1] == "," else 0
    if k < r.size:
        signs |= _AFTER.get(r.tag[k], 0)
        if r.low[k] == "shares":
            signs |= HELD
        if r.low[k] == "and" or r.low[k - 1].endswith("'s"):
            signs |= ON
    if first == r.sent_first[r.sentence[first]]:
        signs |= HEADS
    return signs | _HEAD[key[0]] | _LAST[key[-1]]
