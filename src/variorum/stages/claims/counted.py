"""What a bare number counts: the noun phrase after it, without a tagger.

A noun phrase ends where a function word, a verb of a closed list or a mark stands; its head is its
first plural, or its last word. A guess by form, and named so in the room's notes.
"""

from __future__ import annotations

from typing import NamedTuple

from variorum.stages.claims.numbers import Tok

# Words that no noun phrase after a number contains: prepositions, conjunctions, pronouns,
# auxiliaries, and the adverbs that open the rest of the sentence
_STOP = frozenset(
    """
    a about above according across after again against ago all along alongside already also although
    am amid among an and another any are around as at away back be because been before behind being
    below beneath beside besides between beyond both but by came can could dans de del den der des
    despite did die do does down du during each early either el en entre est et even every far for
    from gave get gets getting go goes going got had has have he her here hers him his how however i
    if in including inside instead into is it its just las last late later le least les like los
    made make may me might mit mostly much must my near nearly neither never no nor not now of off
    on once one only onto or our out outside over own par past per plus por pour que qui rather
    said say says shall she should since so some soon still such sur than that the their them then
    there these they this those though through throughout till to today together tomorrow too took
    toward towards two und under unless unlike until up upon us very von was way we well were what
    when where whether which while who whom whose why will with within without would y yesterday
    yet you your zu zur went left won lost scored killed died injured wounded told took ran saw
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december
    """.split()
)
_PLURAL = frozenset(
    """people men women children police staff migrants cattle fish sheep aircraft troops fishermen
    policemen firemen businessmen servicemen teeth feet mice lives wives series species personnel
    media data criteria phenomena crew policewomen sportsmen salesmen chairmen craft offspring
    personnes hommes femmes enfants menschen personen männer frauen kinder leute personas hombres
    mujeres niños tote verletzte muertos heridos morts blessés polizisten soldaten""".split()
)
_NO_PLURAL = frozenset("was is this yes perhaps always across less plus various".split())
_LONGEST = 5  # words of a noun phrase looked at: longer ones are rare and mostly mis-read


class Counted(NamedTuple):
    """The phrase counted, as written (``first`` and ``last`` are tokens), and its head, singular."""

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


def _past_determiner(toks: list[Tok], i: int) -> int:
    """Past ``of the``, ``of those``, and the hyphen of ``four-door``."""
    at = i
    if at < len(toks) and toks[at].low in {"of", "de", "von", "d"}:
        at += 1
        while at < len(toks) and toks[at].low in _DETERMINER:
            at += 1
    elif at + 1 < len(toks) and toks[at].text in {"-", "‑"} and toks[at].end == toks[at + 1].start:
        at += 1
    while at < len(toks) and toks[at].low in {"more", "other", "additional", "further", "new"}:
        at += 1
    return at


_DETERMINER = frozenset(
    "the its their his her our my your these those them all der die das den les la los las "
    "many several".split()
)


def _continues(toks: list[Tok], first: int, at: int) -> bool:
    tok = toks[at]
    if tok.text in {"-", "‑"} and at > first and at + 1 < len(toks):
        return toks[at - 1].end == tok.start and tok.end == toks[at + 1].start
    if tok.kind != "word" or tok.low in _STOP:
        return False
    return not (at > first and tok.low.endswith("ly"))


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    if word in _PLURAL:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is"))
        and (word not in _NO_PLURAL)
    )


def _head_end(toks: list[Tok], first: int, last: int, value: float | None) -> int:
    """One past the head of the phrase."""
    if last < len(toks) and toks[last].text in {"'", "’"} and last + 1 < len(toks):
        if toks[last + 1].low == "s" and toks[last].start == toks[last - 1].end:
            return last  # "one man's …": the owner is what is counted
    for at in range(first, last):
        if is_plural(toks[at].low) and toks[at].kind == "word":
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
        return word if word in _PLURAL else word[:-1]
    return word
