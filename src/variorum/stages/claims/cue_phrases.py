"""Phrases that attribute without a verb of saying: "according to X", "in X's view", "in the clip"."""

from __future__ import annotations

from variorum.stages.claims.cue import Cue
from variorum.stages.claims.nounphrases import right_phrase
from variorum.stages.claims.reading import Reading

_LONGEST_VIEW = 6  # tokens of "In the retired judge's view"
_VIEWS = frozenset(["opinion", "view", "judgment", "judgement", "estimation"])


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
