"""Phrases that attribute without a verb of saying: "according to X", "in X's view", "in the clip"."""

from __future__ import annotations

from variorum.stages.claims.cue import Cue
from variorum.stages.claims.nounphrases import right_phrase
from variorum.stages.claims.reading import Reading

_LONGEST_VIEW = 6  # tokens of "In the retired judge's view"
_VIEWS = frozenset(["opinion", "view", "judgment", "judgement", "estimation"])


_LONGEST_OWNER = 8  # tokens of "by the retired judge's own"
_SOME = frozenset(["one", "some", "most", "many", "official", "two", "other"])


def phrase_cue(reading: Reading, i: int) -> Cue | None:
    """ "In the words of X", "in his phrase", "by her own account", "on one estimate", "as far as the
    union is concerned": set off by commas, or at an end of the sentence."""
    if reading.low[i] == "concerned":
        return _as_far_as(reading, i)
    return _of_somebody(reading, i) or _by_somebody(reading, i)


def _of_somebody(reading: Reading, i: int) -> Cue | None:
    low, stop = reading.low, reading.sentence_end(i)
    if low[i] not in reading.lex.nouns["in"] or low[i - 2 : i] != ["in", "the"]:
        return None
    if low[i + 1 : i + 2] != ["of"] or not _set_off(reading, i - 2):
        return None
    end = right_phrase(reading, i + 2, stop, loose=True)
    return _phrase(i - 2, i, i + 2, (i + 2, end)) if end > i + 2 else None


def _by_somebody(reading: Reading, i: int) -> Cue | None:
    low, tag = reading.low, reading.tag
    preposition = next(
        (k for k in range(i - 2, max(-1, i - _LONGEST_OWNER), -1) if low[k] in ("in", "by", "on")),
        -1,
    )
    if preposition < reading.sent_first[reading.sentence[i]]:
        return None
    if low[i] not in reading.lex.nouns["in" if low[preposition] == "in" else "by"]:
        return None
    first, owner = preposition + 1, i - 1
    owner -= low[owner] == "own"
    owned = low[owner].endswith(("'s", "’s")) or (tag[owner] == "S" and owner == first)
    owned = owned or (tag[owner] == "q" and low[owner - 1].endswith("s"))
    some = low[preposition] != "in" and first == owner and low[first] in _SOME
    if not (owned or some) or not _set_off(reading, preposition):
        return None
    return _phrase(preposition, i, i + 1, (first, i + 1 if some else owner + 1))


def _phrase(first: int, at: int, end: int, source: tuple[int, int]) -> Cue:
    return Cue(first, at, end, "view", frozenset(["according"]), "according", source)


def _set_off(reading: Reading, first: int) -> bool:
    """Whether a phrase begins its sentence or stands after a comma or dash."""
    floor = reading.sent_first[reading.sentence[first]]
    return first == floor or reading.tag[first - 1] in ",-"


def _as_far_as(reading: Reading, i: int) -> Cue | None:
    """ "As far as the union is concerned, | the strike goes on"."""
    low, floor = reading.low, reading.sent_first[reading.sentence[i]]
    if low[i - 1] not in ("is", "are", "was", "were") or reading.tag[i + 1 : i + 2] != [","]:
        return None
    for k in range(i - 4, max(floor, i - 12) - 1, -1):
        if low[k : k + 3] == ["as", "far", "as"]:
            return Cue(k, i, i + 1, "view", frozenset(["opening"]), "view", (k + 3, i - 1))
    return None


def according_to(reading: Reading, i: int) -> Cue:
    stop = reading.sentence_end(i)
    first = i
    end = right_phrase(reading, i + 2, stop, loose=True)
    source = (i + 2, end) if end > i + 2 else None
    return Cue(first, i, i + 2, "according to", frozenset(["according"]), "according", source)


def in_ones_view(reading: Reading, i: int) -> Cue | None:
    """ "In her opinion it was unlikely", "In the judge's view, …"."""
    low, tag = reading.low, reading.tag
    if _VIEWS.isdisjoint(low[i + 2 : i + _LONGEST_VIEW]):
        return None
    for k in range(i + 2, min(i + _LONGEST_VIEW, reading.sentence_end(i) - 2)):
        if low[k] in _VIEWS:
            owned = tag[k - 1] == "S" and low[k - 1] in ("his", "her", "their", "its")
            if not owned and not low[k - 1].endswith(("'s", "’s")):
                return None
            return Cue(i, k, k + 1, "view", frozenset(["opening"]), "view", (i + 1, k))
    return None


def opening_artefact(reading: Reading, i: int) -> Cue | None:
    """ "In the two-minute clip released by X, officers…": a thing as the source of the sentence."""
    opening = reading.lex.opening
    if opening.isdisjoint(reading.low[i + 1 : i + 9]):
        return None
    stop = reading.sentence_end(i)
    end = right_phrase(reading, i + 1, stop)
    if end <= i + 1 or not any(
        reading.low[k] in opening and reading.tag[k + 1 : k + 2] not in (["N"], ["M"])
        for k in range(i + 1, min(end, i + 9))
    ):
        return None
    return Cue(i, i, i + 1, reading.low[i], frozenset(["opening"]), "opening", (i + 1, end))


def per_somebody(reading: Reading, i: int) -> Cue | None:
    """ "As per the police, …", "…, per its website": not "£3 per head"."""
    first = i - (i > 0 and reading.low[i - 1] == "as")
    opens = first == reading.sent_first[reading.sentence[i]] or reading.tag[first - 1] == ","
    if not opens or reading.tags[i + 1 : i + 2] not in tuple("DSM"):
        return None
    end = right_phrase(reading, i + 1, reading.sentence_end(i), loose=True)
    if end <= i + 1:
        return None
    return Cue(first, i, i + 1, "per", frozenset(["according"]), "according", (i + 1, end))
