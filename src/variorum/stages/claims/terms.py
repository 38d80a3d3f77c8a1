"""Terms in quotation marks that nobody says: what a thing is called, a word that is explained.

Marks around the words of somebody, or around a word that the narrator keeps at arm's length, say
something; those around a term of the trade ("a card called a ‘Blue Pass’", "‘posted worker’" where
ten posted workers stand without) do not, and come and go with the house style.
"""

from __future__ import annotations

import re

from variorum.stages.claims.passages import Passage, Side

_MARKS = "“”\"‘’'«»„"
_OPEN = rf"[{_MARKS}]?\Z"
_KNOWN_AS = re.compile(
    rf"\b(?:known|referred\s+to)\s+as\s+(?:(?:an?|the)\s+)?{_OPEN}", re.IGNORECASE
)
# With a capital only: "a plan the minister called a ‘disgrace’" is what he says of it
_CALLED = re.compile(rf"\b\w+\s+(?:called|named)\s+(?:(?:an?|the)\s+)?{_OPEN}", re.IGNORECASE)
_BEFORE = 40  # letters in which those words are looked for
_MOST = 3  # words of a term
_OFTEN = 2  # places without marks, in both texts, that make marks at another say nothing


def is_term(both: Passage, old: range, new: range, how: str) -> bool:
    """Whether words that gained or lost their marks are a term: named as one, or two or
    three words that stand without marks all over both texts."""
    if how not in {"quoted", "unquoted"} or not old or not new:
        return False
    side, words = (both.old, old) if how == "unquoted" else (both.new, new)
    return _is_named(side, words) or _is_abbreviation(side, words) or _is_common(both, side, words)


def _is_named(side: Side, words: range) -> bool:
    first = side.start[words.start]
    before = side.text[max(0, first - _BEFORE) : first]
    if _KNOWN_AS.search(before) is not None:
        return True
    return side.text[first].isupper() and _CALLED.search(before) is not None


def _is_abbreviation(side: Side, words: range) -> bool:
    """ "Overseas Harbour Aid (“OHA”)": capitals that stand alone between brackets."""
    first, last = side.start[words.start], side.end[words.stop - 1]
    opens, closes = side.text[max(0, first - 2) : first], side.text[last : last + 2]
    return (
        len(words) == 1
        and side.text[first:last].isupper()
        and (opens[:1], closes[1:]) == ("(", ")")
    )


def _is_common(both: Passage, side: Side, words: range) -> bool:
    term = side.text[side.start[words.start] : side.end[words.stop - 1]]
    if not 2 <= len(words) <= _MOST or not term.islower():
        return False
    return all(_unmarked(text, term) >= _OFTEN for text in (both.old.text, both.new.text))


def _unmarked(text: str, term: str) -> int:
    """In how many places a term stands without marks around it."""
    low = text.lower()
    places = re.finditer(rf"\b{re.escape(term)}", low)
    return sum(low[max(0, m.start() - 1) : m.start()] not in [*_MARKS] for m in places)
