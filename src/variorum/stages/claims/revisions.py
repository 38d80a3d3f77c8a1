"""Figures, dates and bounds that differ between the two sides of a passage."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count

from variorum.model import Figure
from variorum.stages.claims.dates import DATE_WORDS
from variorum.stages.claims.faded import without_ligatures
from variorum.stages.claims.figure_language import Language
from variorum.stages.claims.figures import may_begin_number
from variorum.stages.claims.lexicon import Remembered
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.marks import Mark, date_marks, figure_marks, joined_dates
from variorum.stages.claims.passages import Passage, Side
from variorum.stages.claims.same_dates import plain_date, same_day, same_limit
from variorum.stages.claims.wording import carries

# A figure that comes or goes alone is reported when its hunk is no longer than this many words:
# longer ones are new matter, not a revision. Read off the seen half of the project's own pairs.
SHORT = 4
# Share of words that the sides of a passage have in common for a figure to be missed in it.
STAYS = 0.5


@dataclass(frozen=True, slots=True)
class Revision:
    """``old`` became ``new`` (either may be None: gone, or new). ``sort`` tells what kind:
    value | scale | swapped | sign | bound | unit | date | gone | new."""

    old: Mark | None
    new: Mark | None
    sort: str


def revisions(both: Passage) -> list[Revision]:
    """The revised figures of a passage; what they account for is marked as used."""
    found: list[Revision] = []
    sides = both.old, both.new
    dated = any(_near(side, _DATES) for side in sides)
    dates = [date_marks(side) if dated else [] for side in sides]
    if any(_near(side, _numbers(side.language)) for side in sides):
        figures = [_counting(figure_marks(side), days)
                   for side, days in zip(sides, dates, strict=True)]  # fmt: skip
        found += _paired(both, *figures)
    if dated:
        found += _paired(both, *([m for m in marks if not all(side.used[k] for k in m.words)]
                                 for side, marks in zip(sides, dates, strict=True)))  # fmt: skip
    for revision in found:
        if revision.old is None or revision.new is None:
            both.use_hunks(*(m.words if m else () for m in (revision.old, revision.new)))
        else:
            both.old.use(revision.old.words)
            both.new.use(revision.new.words)
    return found


def _counting(figures: list[Mark], dates: list[Mark]) -> list[Mark]:
    """The figures that are no day of a date: "12" in "12 and 13 March" is one."""
    days = {k for mark in dates for k in mark.words}
    return [m for m in figures if not days.issuperset(m.words)]


# Words between a changed word and the number of its figure, bound, currency and rate counted in:
# none of the project's articles has a figure that is longer.
REACH = 10


def _near(side: Side, says: Mapping[str, bool]) -> bool:
    """Whether a changed word stands near one that ``says`` a number (or date): else nothing need be
    read."""
    looked = 0  # words before this one have been asked
    for k in compress(count(), side.fresh):
        if any(map(says.__getitem__, side.word[max(looked, k - REACH) : k + REACH + 1])):
            return True
        looked = k + REACH + 1
    return False


@lru_cache(maxsize=4)
def _numbers(language: Language) -> Remembered[bool]:
    return Remembered(lambda word: not word.isalpha() or may_begin_number(word, language))


_DATES = Remembered(lambda word: not word.isalpha() or word in DATE_WORDS)


def _touched(side: Side, mark: Mark) -> bool:
    return any(side.fresh[k] for k in mark.words)


# Share of words that a sentence headed by a date must keep for the date to be its own revised, and
# not the head of another entry ("Monday 15 March – …"). Read off real pairs.
SAME_ENTRY = 0.75


_FINITE = word_set(
    """
    is are was were will would might can could must shall should has have had be been do does
    did said says ist sind war waren wird hat est sont sera était es son fue será
    """
)


def _heads_another_entry(both: Passage, old: Mark, new: Mark) -> bool:
    """Whether both dates head a passage whose other words are mostly others, or stand in entries
    of a list (no finite verb) that are."""
    if not both.in_place and not _has_verb(both):
        return True  # "Closing date 4 May." of another post
    listed = not any(_is_sentence(side) for side in (both.old, both.new))
    if listed and both.alike < OTHERS and min(map(len, (both.old.word, both.new.word))) >= CLAUSE:
        return True  # "pupils should return from 1 April" / "no masks need be worn from 17 May"
    if len(both.old.word) - len(old.words) < 4:
        return False
    if old.words.start == 0 and new.words.start == 0:
        return both.alike < SAME_ENTRY
    return both.alike < STAYS and not _has_verb(both)


# Share of words below which two entries of a list are about other things. Read off real pairs.
OTHERS = 0.3
CLAUSE = 10  # words of an entry that is a clause of its own, not "population: 4 million (2003)"


def _is_sentence(side: Side) -> bool:
    """Whether a side ends as sentences do, and entries of a list do not."""
    end = side.ranges[-1][1] if side.ranges else 0
    return side.text[:end].rstrip()[-1:] in {".", "!", "?", "”", '"'}


def _has_verb(both: Passage) -> bool:
    return any(w in _FINITE for side in (both.old, both.new) for w in side.word)


def _paired(both: Passage, old: list[Mark], new: list[Mark]) -> list[Revision]:
    old, new = _unequal(both, old, new)
    out: list[Revision] = []
    places = _ranks(old), _ranks(new)
    pairs = [(_affinity(both, a, b), -abs(places[0][i] - places[1][j]), i, j)
             for i, a in enumerate(old) for j, b in enumerate(new)]  # fmt: skip
    used_old: set[int] = set()
    used_new: set[int] = set()
    for affinity, _, i, j in sorted(pairs, reverse=True):
        if affinity <= 0 or i in used_old or j in used_new:
            continue
        if not _touched(both.old, old[i]) and not _touched(both.new, new[j]):
            continue
        used_old.add(i)
        used_new.add(j)
        sort = _sort(old[i], new[j])
        if sort == "date" and _heads_another_entry(both, old[i], new[j]):
            continue
        if sort is not None:
            out.append(Revision(old[i], new[j], sort))
    rest = ([m for i, m in enumerate(old) if i not in used_old],
            [m for j, m in enumerate(new) if j not in used_new])  # fmt: skip
    out = [_with_joined(both, revision, *rest) for revision in out]
    out += [Revision(m, None, "gone") for i, m in enumerate(old)
            if i not in used_old and _alone(both, m, gone=True)]  # fmt: skip
    out += [Revision(None, m, "new") for j, m in enumerate(new)
            if j not in used_new and _alone(both, m, gone=False)]  # fmt: skip
    return sorted(out, key=lambda r: (r.new or r.old).words.start)  # type: ignore[union-attr]


def _ranks(marks: list[Mark]) -> list[int]:
    """How many of its sort stand before each mark: of "On 2 February, from 8pm to midnight" the first
    and the second time of day."""
    seen: Counter[str | None] = Counter()
    ranks = []
    for mark in marks:
        ranks.append(seen[mark.date])
        seen[mark.date] += 1
    return ranks


def _with_joined(both: Passage, revision: Revision, gone: list[Mark], come: list[Mark]) -> Revision:
    """A revised date with the other end of what is a span on one side only: "7 May" became "9 May
    to 12 May"."""
    if revision.sort != "date" or revision.old is None or revision.new is None:
        return revision
    return Revision(
        joined_dates(both.old, revision.old, gone),
        joined_dates(both.new, revision.new, come),
        revision.sort,
    )


def _unequal(both: Passage, old: list[Mark], new: list[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Leave out what stands on both sides with the same value and bound, however written: first
    what stands in the same place, so that of "£20 and £20" the one that was revised is left."""
    for in_place in (True, False):
        left = []
        for mark in old:
            twin = next((m for m in new if _equal(both, mark, m, in_place=in_place)), None)
            if twin is None or (not in_place and _changed_places(both, mark, twin, old, new)):
                left.append(mark)
            else:
                new = [m for m in new if m is not twin]
                both.old.use([k for k in mark.words if both.old.fresh[k]])
                both.new.use([k for k in twin.words if both.new.fresh[k]])
        old = left
    return old, new


def _changed_places(
    both: Passage, old: Mark, new: Mark, olds: list[Mark], news: list[Mark]
) -> bool:
    """Whether another figure stands where each of two equal ones stood, and no other word differs:
    "£20 to Ann and £15 to Bo" became "£15 to Ann and £20 to Bo"."""
    if not all(_nothing_else(side, m) for side, m in ((both.old, olds), (both.new, news))):
        return False
    return any(_stays_put(both, old, other) for other in news if other is not new) and any(
        _stays_put(both, other, new) for other in olds if other is not old
    )


def _nothing_else(side: Side, marks: list[Mark]) -> bool:
    held = {k for mark in marks for k in mark.words}
    return not any(fresh and k not in held for k, fresh in enumerate(side.fresh))


def _stays_put(both: Passage, a: Mark, b: Mark) -> bool:
    """Whether the words before and behind two marks are the same."""
    ends = a.words.stop == len(both.old.word) and b.words.stop == len(both.new.word)
    return _neighbours(both, a, b) + ends > 1


def _equal(both: Passage, old: Mark, new: Mark, *, in_place: bool) -> bool:
    if in_place and not any(both.old.twin[k] in new.words for k in old.words):
        return False
    if _same(old, new, both.lost.signs):
        return True
    return same_day(both, old, new) or same_limit(both, old, new)


def _thousands(*units: str) -> dict[str, float]:
    """Units of one quantity, each a thousand of the one before."""
    return {unit: 1000.0**step for step, unit in enumerate(units)}


# Units of one quantity with how many of the smallest they are
_FAMILIES = (
    _thousands("watt hour", "kilowatt hour", "megawatt hour", "gigawatt hour", "terawatt hour"),
    _thousands("watt", "kilowatt", "megawatt", "gigawatt"),
    _thousands("milligram", "gram", "kilogram", "tonne"),
    _thousands("millimetre", "metre", "kilometre") | {"centimetre": 10.0},
    _thousands("byte", "kilobyte", "megabyte", "gigabyte", "terabyte"),
    {"second": 1.0, "minute": 60.0, "hour": 3600.0},
    {"day": 1.0, "week": 7.0, "fortnight": 14.0},
    {"month": 1.0, "year": 12.0, "decade": 120.0, "century": 1200.0},
)


def _converted(a: Figure, b: Figure) -> bool:
    """Whether two figures are one, in units of one family: "28.4 billion kWh" is "28.4 TWh", "two
    decades" are "20 years"."""
    if isinstance(a.value, tuple) or isinstance(b.value, tuple):
        return False
    for family in _FAMILIES:
        if a.unit in family and b.unit in family:
            return math.isclose(a.value * family[a.unit], b.value * family[b.unit], rel_tol=1e-9)
    return False


_ENDS_IN_M = re.compile(r"\dm\b")


def _million(a: Mark, b: Mark) -> bool:
    """ "the 30m pot", read as metres, beside "the 30 million pot"."""
    if a.figure is None or b.figure is None or not _ENDS_IN_M.search(a.text):
        return False
    if not (a.figure.unit or "").startswith("metre"):
        return False
    plain = not isinstance(a.figure.value, tuple) and not isinstance(b.figure.value, tuple)
    return plain and a.figure.value * 1e6 == b.figure.value  # type: ignore[operator]


_MONEY = "£€¥ \u00a0"


def _same(a: Mark, b: Mark, bare: bool) -> bool:
    """Whether two marks say the same; ``bare``: one text has lost its currency signs."""
    if a.figure is None or b.figure is None:
        return plain_date(a.text) == plain_date(b.text)
    if bare and a.text.isascii() != b.text.isascii():
        alike = a.text.strip(_MONEY) == b.text.strip(_MONEY) or _million(a, b) or _million(b, a)
        return alike or a.figure.value == b.figure.value
    if _converted(a.figure, b.figure) or _million(a, b) or _million(b, a):
        return a.figure.change == b.figure.change
    same_unit = a.figure.unit == b.figure.unit or a.figure.counted is not None
    return a.figure.value == b.figure.value and a.figure.change == b.figure.change and same_unit


def _affinity(both: Passage, a: Mark, b: Mark) -> float:
    """How surely two marks are one figure revised: one hunk, one unit, the same neighbours."""
    hunk = next((h for h in both.hunks if any(k in h.old for k in a.words)), None)
    together = hunk is not None and any(k in hunk.new for k in b.words)
    neighbours = _neighbours(both, a, b)
    if a.figure is None or b.figure is None:
        alike = a.date == b.date or {a.date, b.date} == {"day", "month"}
        return (1.0 if together else 0.5 * (neighbours > 1)) if alike else 0.0
    unit = a.figure.unit == b.figure.unit and a.figure.unit is not None
    value = 0.4 if a.figure.value == b.figure.value else 0.0
    clash = (
        a.figure.counted is None
        and b.figure.counted is None
        and (a.figure.unit is not None and b.figure.unit is not None and not unit)
    )
    if together and not neighbours and both.alike < STAYS and not unit and not value:
        return 0.0  # nothing but the place in a sentence written anew
    if together:
        return 1.0 + unit + value - 0.8 * clash + 0.1 * neighbours
    return value + unit * 0.5 + 0.2 * neighbours - 0.5 if not clash and (unit or value) else 0.0


def _neighbours(both: Passage, a: Mark, b: Mark) -> int:
    before = (
        a.words.start and b.words.start and both.old.twin[a.words.start - 1] == b.words.start - 1
    )
    last, other = a.words.stop, b.words.stop
    after = last < len(both.old.twin) and both.old.twin[last] == other
    return int(bool(before)) + int(after)


def _sort(a: Mark, b: Mark) -> str | None:
    if a.figure is None or b.figure is None:
        return "date"
    was, now = a.figure, b.figure
    if was.value == now.value:
        if was.unit != now.unit and was.counted is None and now.counted is None:
            return "unit"
        return "bound" if was.change != now.change and "=" not in (was.change, now.change) else None
    if isinstance(was.value, tuple) or isinstance(now.value, tuple):
        return "value"
    if was.unit != now.unit and (was.counted is None or now.counted is None):
        return "unit"
    if was.value and now.value and was.value * now.value > 0:
        power = math.log10(abs(now.value / was.value))
        if abs(power) > 0.5 and math.isclose(power, round(power), abs_tol=1e-9):
            return "scale"
    if was.value == -now.value:
        return "sign"
    digits = (sorted(filter(str.isdigit, m.text)) for m in (a, b))
    first, second = digits
    return "swapped" if first == second and len(first) > 1 else "value"


def _alone(both: Passage, mark: Mark, *, gone: bool) -> bool:
    """Whether a figure without a counterpart left (or came into) a statement that stayed."""
    if mark.figure is None or (mark.figure.unit or "").endswith("of age") or both.alike < STAYS:
        return False
    if not _touched(both.old if gone else both.new, mark) or mark.figure.value == 1:
        return False
    if mark.figure.unit is None and mark.figure.counted is None:
        return False
    side, other = (both.old, both.new) if gone else (both.new, both.old)
    if _is_pronoun(side, mark):
        return False
    for hunk in both.hunks:
        mine, theirs = (hunk.old, hunk.new) if gone else (hunk.new, hunk.old)
        if any(k in mine for k in mark.words):
            if both.lost.letters and _is_eaten(side, mark, other, theirs):
                return False
            vague = stands_for_a_number(other, theirs)
            if gone:
                said = [other.word[k] for k in theirs if carries(other.word[k])]
                return len(mine) <= SHORT and (vague or (len(theirs) <= SHORT and not said))
            return len(mine) < SHORT and vague and len(theirs) <= 2  # "several" / "44"
    return False


def _is_pronoun(side: Side, mark: Mark) -> bool:
    """ "The two moved to Torvo": those just spoken of, and no count of anything."""
    first = mark.words.start
    if mark.text.lower() not in ("two", "three") or not first or side.word[first - 1] != "the":
        return False
    after = side.word[mark.words.stop : mark.words.stop + 1]
    return bool(after) and (after[0] in _FINITE or after[0].endswith("ed"))


def _is_eaten(side: Side, mark: Mark, other: Side, words: range) -> bool:
    """Whether a figure stands on the other side without its ligatures ("five" / "ve")."""
    there = {other.word[k] for k in words}
    return any(not there.isdisjoint(without_ligatures(side.word[k])) for k in mark.words)


def stands_for_a_number(side: Side, words: range) -> bool:
    """Whether a word among these tells roughly how many ("several", "reams of")."""
    return any(side.word[k] in _HOW_MANY for k in words)


_HOW_MANY = word_set(
    """
    several many some few dozens numerous countless hundreds thousands millions various couple
    handful lots lot reams plenty more most all both another one multiple scores none no number
    majority minority half every each any single pair series crowd crowds much little
    """
)
