"""Lines of a body that are the page's dress: told from what else is known of the story.

Unlike the set phrases of ``chrome``, these need the by-line, the dates or the other capture.
"""

from __future__ import annotations

from collections.abc import Iterable

from variorum.stages.version.dates import day_of, is_date_line
from variorum.stages.version.evidence import Side
from variorum.stages.version.folding import Tokens
from variorum.stages.version.people import names

# What follows a name where its bearer is presented: "Jane Roe is the paper's correspondent".
_PRESENTS = (
    *("is", "was", "covers", "writes", "reports", "has", "joined"),
    *("ist", "war", "schreibt", "est", "couvre", "es", "cubre", "è", "scrive", "é"),
)
_LAST = 4  # a presentation stands among the last sentences of a body
_TICKER = 6  # letters
_INSIDE = 6  # tokens within the brackets of a share's quotation

_EXCHANGES = (
    *("nasdaq", "nyse", "amex", "nysemkt", "nysearca", "otc", "otcmkts", "otcbb"),
    *("lse", "lon", "tsx", "tsxv", "asx", "fra", "etr", "epa", "hkg", "tyo"),
)


def is_own_stamp(sentence: Tokens, sides: Iterable[Side]) -> bool:
    """Whether a line is nothing but the day on which the story itself was published. The day of an
    update may be that of an event which was added to the story."""
    if not is_date_line(" ".join(sentence)):
        return False
    worded = any(t[0].isalpha() for t in sentence)  # the month by its name, then
    given = {t.lstrip("0") for t in sentence if t.isdigit()}
    for side in sides:
        day = day_of(side.document.published)
        parts = [part.lstrip("0") for part in day.split("-")] if day else []
        if given and given <= {*parts[:1], *parts[2:], *([] if worded else parts[1:2])}:
            return True
    return False


def presents_author(sentence: Tokens, side: Side, other: Side) -> bool:
    """Whether a sentence at the end of the body tells who its author is."""
    if sentence not in side.sentences[-_LAST:]:
        return False
    for name in names(side.document.byline) | names(other.document.byline):
        words = tuple(name.split())
        start = tuple(t.casefold() for t in sentence if t not in ".'")[: len(words) + 1]
        if len(words) > 1 and start[:-1] == words and start[-1] in _PRESENTS:
            return True
    return False


def is_own_byline(sentence: Tokens, sides: Iterable[Side]) -> bool:
    """Whether a line is nothing but who wrote the story, with or without its own day: a twin for printing
    or for telephones sets that as a paragraph."""
    sides = tuple(sides)
    words = tuple(t.casefold() for t in sentence)
    words = words[1:] if words[:1] in _BY else words
    for name in set().union(*(names(side.document.byline) for side in sides)):
        own = tuple(name.split())
        rest = _after_marks(words[len(own) :])
        if words[: len(own)] == own and (not rest or is_own_stamp(rest, sides)):
            return True
    return False


_BY = tuple((w,) for w in ("by", "von", "par", "por", "di", "door", "av"))
_MARKS = frozenset(".,'·•|-")


def _after_marks(tokens: Tokens) -> Tokens:
    return tokens[next((i for i, t in enumerate(tokens) if t not in _MARKS), len(tokens)) :]


def plain_quotations(sentence: Tokens, moving: frozenset[str]) -> Tokens:
    """A sentence with the quotations of shares reduced to their letters: one template writes
    "(NASDAQ: AMZN)", another "(AMZN 3.60%)". Where both give a percentage (``moving``: the letters
    of such, lower case) it stays."""
    found: list[str] = []
    at = 0
    while at < len(sentence):
        letters, end = _quotation(sentence, at, moving)
        found.append(letters or sentence[at])
        at = end
    return tuple(found)


def moving_quotations(body: Tokens) -> frozenset[str]:
    """The letters, lower case, to which a body gives a percentage in brackets."""
    return frozenset(
        body[at + 1].casefold()
        for at in range(len(body) - 4)
        if body[at] == "(" and body[at + 1].isalpha() and "%" in body[at + 2 : at + 6]
    )


def _quotation(sentence: Tokens, at: int, moving: frozenset[str]) -> tuple[str, int]:
    """The letters of the quotation that starts at a token, and where it ends; "" if none does."""
    if sentence[at] != "(" or ")" not in sentence[at + 1 : at + 2 + _INSIDE]:
        return "", at + 1
    end = sentence.index(")", at)
    inside = sentence[at + 1 : end]
    if len(inside) > 2 and inside[0].casefold() in _EXCHANGES and inside[1] == ":":
        inside = inside[2:]
    if len(inside) > 2 and inside[-1] == "%" and inside[0].casefold() not in moving:
        inside = inside[:1]
    if len(inside) == 1 and inside[0].isalpha() and len(inside[0]) <= _TICKER:
        return inside[0], end + 1
    return "", at + 1
