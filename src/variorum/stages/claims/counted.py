"""What a bare number counts: the noun phrase after it, without a tagger.

A noun phrase ends where a function word, a verb of a closed list or a mark stands; its head is its
first plural, or its last word. A guess by form, and named so in the room's notes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from variorum.stages.claims.lexicon import read_toml
from variorum.stages.claims.number_types import Tok


@lru_cache(maxsize=1)
def _phrase() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Words that end a noun phrase, determiners, irregular plurals, and what only looks plural."""
    data = read_toml("units_context.toml")["phrase"]
    stop, determiners, plurals, not_plural = (
        frozenset(data[key].split()) for key in ("stop", "determiners", "plurals", "not_plural")
    )
    return stop, determiners, plurals, not_plural


_LONGEST = 5  # words of a noun phrase looked at: longer ones are rare and mostly mis-read


class Counted(NamedTuple):
    """The phrase counted, as written, and its head, singular; ``first``, ``last`` are tokens."""

    first: int
    last: int
    phrase: str
    head: str


def counted_after(toks: list[Tok], i: int, value: float | None) -> Counted | None:
    """The noun phrase at token ``i``; None when no noun follows the number."""
    first = _past_determiner(toks, i)
    last = first
    while last < len(toks) and last - first < _LONGEST and _continues(toks, first, last):
        last += 1
    if last == first:
        return None
    last = _head_end(toks, first, last, value)
    if last == first:
        return None
    phrase = " ".join(t.text for t in toks[first:last] if t.kind == "word")
    return Counted(first, last, phrase, singular(toks[last - 1].low))


def _is_owner(toks: list[Tok], last: int) -> bool:
    """Whether a genitive ``'s`` stands at token ``last``, glued to the word before it."""
    owner = last + 1 < len(toks) and toks[last].text in {"'", "’"} and toks[last + 1].low == "s"
    return owner and toks[last].start == toks[last - 1].end


def _past_determiner(toks: list[Tok], i: int) -> int:
    """Past ``of the``, ``of those``, and the hyphen of ``four-door``."""
    at = i
    if at < len(toks) and toks[at].low in {"of", "de", "von", "d"}:
        at += 1
        while at < len(toks) and toks[at].low in _phrase()[1]:
            at += 1
        at = _past_owner(toks, at)
        if at < len(toks) and toks[at].kind == "digits" and at > i:
            at += 1  # "22 of the 96 bolts"
    elif at + 1 < len(toks) and toks[at].text in {"-", "‑"} and toks[at].end == toks[at + 1].start:
        at += 1
    while at < len(toks) and toks[at].low in {"more", "other", "additional", "further", "new"}:
        at += 1
    return at


def _past_owner(toks: list[Tok], at: int) -> int:
    """Past the owner in ``two of (the) Mayor's deputies``."""
    for last in range(at + 1, min(at + 4, len(toks))):
        if toks[last - 1].kind != "word":
            return at
        if _is_owner(toks, last):
            return last + 2
    return at


def _continues(toks: list[Tok], first: int, at: int) -> bool:
    tok = toks[at]
    if tok.text in {"-", "‑"} and at > first and at + 1 < len(toks):
        return toks[at - 1].end == tok.start and tok.end == toks[at + 1].start
    if tok.kind != "word" or tok.low in _phrase()[0]:
        return False
    return not (at > first and tok.low.endswith("ly"))


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    if word in _phrase()[2]:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and (word not in _phrase()[3])
    )


def is_abbreviated_plural(written: str) -> bool:
    """``MPs``, ``TDs``, ``EVs``: capitals and an s."""
    return 3 <= len(written) <= 5 and written.endswith("s") and written[:-1].isupper()


def _head_end(toks: list[Tok], first: int, last: int, value: float | None) -> int:
    """One past the head of the phrase."""
    if _is_owner(toks, last):
        return last  # "one man's …": the owner is what is counted
    for at in range(first, last):
        if toks[at].kind == "word" and (
            is_plural(toks[at].low) or is_abbreviated_plural(toks[at].text)
        ):
            hyphen = at + 1 < last and toks[at + 1].text in {"-", "‑"}
            if not hyphen:
                return at + 1
    while last > first and toks[last - 1].kind != "word":
        last -= 1
    words = [t for t in toks[first:last] if t.kind == "word"]
    if value is not None and value != 1 and len(words) > 2:
        return first + 1
    return last


def singular(word: str) -> str:
    """A lower-case noun in the singular, by form."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word if word in _phrase()[2] else word[:-1]
    return word
