"""How a revised figure is told: with what it counts, and with what stands in its place."""

from __future__ import annotations

from typing import Any

from variorum.model import Figure
from variorum.stages.claims.counted import is_plural
from variorum.stages.claims.desk import Desk, became
from variorum.stages.claims.lexicon import english
from variorum.stages.claims.marks import Mark
from variorum.stages.claims.passages import Passage, Side
from variorum.stages.claims.revisions import Revision, stands_for_a_number
from variorum.stages.claims.wording import carries


def tell_figure(desk: Desk, revision: Revision) -> None:
    """Add the change that a revised figure or date is."""
    both = desk.both
    old, new = _place(both, revision.old, revision.new)
    was, now = both.old.quote(old.start, old.stop), both.new.quote(new.start, new.stop)
    counted_old = _with_counted(both.old, revision.old) or _with_noun(both.old, old)
    counted_new = _with_counted(both.new, revision.new) or _with_noun(both.new, new)
    details: dict[str, Any] = {"revision": revision.sort}
    if revision.old and revision.old.figure and revision.new and revision.new.figure:
        details["old_value"] = revision.old.figure.value
        details["new_value"] = revision.new.figure.value
    if revision.sort in {"gone", "new"} and not _number_instead(both, revision, old, new):
        was, now = (was, "") if revision.old else ("", now)
    statement = became(was and (counted_old or was), now and (counted_new or now))
    if revision.sort != "swapped" or _is_long(revision.old):
        statement += _SAID_OF_FIGURES.get(revision.sort, "")
    desk.add("figure", old, new, statement, before=was, after=now,
             weighs={"sort": revision.sort}, details=details)  # fmt: skip


_SAID_OF_FIGURES = {
    "scale": " (the same figure in another order of magnitude)",
    "swapped": " (the same digits in another order)",
    "sign": " (the same figure with the other sign)",
}


# Digits of a number from which on it is no chance that another has the same: a count that rises from
# 12 by way of 19 to 21 was never mistyped.
_MANY_DIGITS = 3


def _is_long(mark: Mark | None) -> bool:
    return mark is not None and sum(map(str.isdigit, mark.text)) >= _MANY_DIGITS


def _number_instead(both: Passage, revision: Revision, old: range, new: range) -> bool:
    """Whether words that tell roughly how many stand in a lone figure's place."""
    side, words = (both.new, new) if revision.old else (both.old, old)
    return stands_for_a_number(side, words)


def _place(both: Passage, old: Mark | None, new: Mark | None) -> tuple[range, range]:
    """Where a revised figure stands on both sides; for one that has no counterpart, the words that
    stand in its place."""
    if old is not None and new is not None:
        return old.words, new.words
    mark = old or new
    assert mark is not None
    hunk = next(
        (h for h in both.hunks if any(k in (h.old if old else h.new) for k in mark.words)), None
    )
    other = range(0) if hunk is None else (hunk.new if old else hunk.old)
    return (mark.words, other) if old else (other, mark.words)


def _with_counted(side: Side, mark: Mark | None) -> str:
    """The figure with what it counts, as written: "at least 12 people"."""
    if mark is None:
        return ""
    first, last = mark.words.start, mark.words.stop
    if mark.date == "ordinal" or (mark.figure is not None and _counts_nothing(mark.figure)):
        return side.quote(first, _to_the_noun(side, last))
    if mark.figure is not None and mark.figure.counted and mark.figure.unit != "percentage":
        end = mark.figure.span[1]
        size = len(mark.figure.counted.split())
        following = side.within((end, side.end[min(last + size, len(side.end)) - 1]))
        if following and following.start == last:
            last = min(following.stop, last + size)
            if last > first + 1 and mark.figure.value != 1 and not is_plural(side.word[last - 1]):
                last = _to_the_noun(side, last)  # "7 new mental health" centres
    return side.quote(first, last)


def _with_noun(side: Side, words: range) -> str:
    """Words that tell roughly how many, with what they count: "any amount of children"."""
    return side.quote(words.start, _to_the_noun(side, words.stop)) if words else ""


def _counts_nothing(figure: Figure) -> bool:
    return figure.unit is None and not figure.counted


_NOUNS = 2  # words of what an ordinal or a bare number stands before: "fourth hardship grant"


_NAMING = frozenset("NBA")  # nouns, words that may be nouns or verbs, adjectives


def _to_the_noun(side: Side, last: int) -> int:
    """The end of the words that go with a number: up to a stop, a little word or another number."""
    tags = english().tags
    for k in range(last, min(last + _NOUNS, len(side.word))):
        apart, word = side.text[side.end[k - 1] : side.start[k]].strip(), side.word[k]
        tied = side.text[side.end[k] : side.end[k] + 1] == "-"
        if apart or tied or not word.isalpha() or not carries(word):
            return k
        if tags.get(word, "N") not in _NAMING:
            return k
    return min(last + _NOUNS, len(side.word))
