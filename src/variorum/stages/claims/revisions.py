"""Figures, dates and bounds that differ between the two sides of a passage."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import compress, count

from variorum.model import Figure, Span
from variorum.stages.claims.dates import DATE_WORDS, find_dates
from variorum.stages.claims.figures import figures_between, may_begin_number
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.passages import Passage, Side
from variorum.stages.claims.wording import carries

# A figure that comes or goes alone is reported when its hunk is no longer than this many words:
# longer ones are new matter, not a revision. Read off the seen half of the project's own pairs.
SHORT = 4
# Share of words that the sides of a passage have in common for a figure to be missed in it.
STAYS = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure or date of one side: the numbers of its words, those of its bound included."""

    words: range
    text: str
    figure: Figure | None
    date: str = ""


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
    if _may_touch(both, _says_a_number):
        found += _paired(both, _marks(both.old), _marks(both.new))
    if _may_touch(both, _says_a_date):
        found += _paired(both, _date_marks(both.old), _date_marks(both.new))
    for revision in found:
        if revision.old is None or revision.new is None:
            both.use_hunks(*(m.words if m else () for m in (revision.old, revision.new)))
        else:
            both.old.use(revision.old.words)
            both.new.use(revision.new.words)
    return found


# Words between a changed word and the number of its figure, bound, currency and rate counted in:
# none of the project's articles has a figure that is longer.
REACH = 10


def _may_touch(both: Passage, says: Callable[[str, Side], bool]) -> bool:
    """Whether a changed word stands near a number (or date): else nothing need be read."""
    return any(_near(side, says) for side in (both.old, both.new))


def _near(side: Side, says: Callable[[str, Side], bool]) -> bool:
    looked = 0  # words before this one have been asked
    for k in compress(count(), side.fresh):
        near = side.word[max(looked, k - REACH) : k + REACH + 1]
        if any(says(word, side) for word in near):
            return True
        looked = k + REACH + 1
    return False


def _says_a_number(word: str, side: Side) -> bool:
    return not word.isalpha() or may_begin_number(word, side.language)


def _says_a_date(word: str, side: Side) -> bool:
    del side
    return not word.isalpha() or word in DATE_WORDS


def _marks(side: Side) -> list[Mark]:
    out = []
    before = {h.span[1]: h.span[0] for h in side.hedges if h.kind == "approximator"}
    for start, end in side.ranges:
        for figure in figures_between(side.text, start, end, side.language):
            if _is_file_size(side.text, figure, start, end) or _heads_a_line(side.text, figure):
                continue
            words = side.within(_widened(side.text, figure, before))
            if words and not all(side.used[k] for k in words):
                out.append(Mark(words, side.text[slice(*figure.span)], figure))
    return out


_FILE = re.compile(
    r"\b(?:PDF|HTML|ODT|ODS|CSV|XLSX?|DOCX?|MS Excel|MS Word|Spreadsheet|JPE?G|ZIP)\b"
)


def _is_file_size(text: str, figure: Figure, start: int, end: int) -> bool:
    """``PDF, 187 KB``: the size of an attachment is furniture, whatever it grows to."""
    near = text[max(start, figure.span[0] - 40) : min(end, figure.span[1] + 20)]
    return figure.unit in {"kilobyte", "megabyte", "page"} and _FILE.search(near) is not None


_LONGEST_HEADING = 60  # characters


def _heads_a_line(text: str, figure: Figure) -> bool:
    """``2 Underground storage``: the number of a heading, which counts nothing."""
    start = text.rfind("\n", 0, figure.span[0]) + 1
    number = text[figure.span[0] : figure.span[0] + 2]
    if start == 0 or start != figure.span[0] or not number.strip().isdigit():
        return False
    stop = text.find("\n", start)
    line = text[start : stop if stop >= 0 else len(text)].rstrip()
    named = line[len(number.strip()) :].lstrip(" .)")[:1].isupper()
    return named and len(line) <= _LONGEST_HEADING and line[-1] not in ".,;:!?"


def _touched(side: Side, mark: Mark) -> bool:
    return any(side.fresh[k] for k in mark.words)


def _widened(text: str, figure: Figure, before: dict[int, int]) -> Span:
    """The figure's span with an approximator that ends right before it."""
    start, end = figure.span
    for gap in range(1, 6):
        if start - gap in before and not text[start - gap : start].strip(" \u00a0\nthea"):
            return before[start - gap], end
    return start, end


def _date_marks(side: Side) -> list[Mark]:
    out = []
    for start, end in side.ranges:
        for first, last, sort in find_dates(side.text, start, end):
            words = side.within((first, last))
            if words and not all(side.used[k] for k in words):
                out.append(Mark(words, side.text[first:last], None, sort))
    return out


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
    if len(both.old.word) - len(old.words) < 4:
        return False
    if old.words.start == 0 and new.words.start == 0:
        return both.alike < SAME_ENTRY
    return both.alike < STAYS and not _has_verb(both)


def _has_verb(both: Passage) -> bool:
    return any(w in _FINITE for side in (both.old, both.new) for w in side.word)


def _paired(both: Passage, old: list[Mark], new: list[Mark]) -> list[Revision]:
    old, new = _unequal(both, old, new)
    out: list[Revision] = []
    pairs = [(_affinity(both, a, b), -abs(i - j), i, j)
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
    out += [Revision(m, None, "gone") for i, m in enumerate(old)
            if i not in used_old and _alone(both, m, gone=True)]  # fmt: skip
    out += [Revision(None, m, "new") for j, m in enumerate(new)
            if j not in used_new and _alone(both, m, gone=False)]  # fmt: skip
    return sorted(out, key=lambda r: (r.new or r.old).words.start)  # type: ignore[union-attr]


def _unequal(both: Passage, old: list[Mark], new: list[Mark]) -> tuple[list[Mark], list[Mark]]:
    """Leave out what stands on both sides with the same value and bound, however written."""
    rest, left, bare = list(new), [], both.lost.signs
    for mark in old:
        twin = next(
            (
                m
                for m in rest
                if _same(mark, m, bare) or _same_day(both, mark, m) or _same_limit(both, mark, m)
            ),
            None,
        )
        if twin is None:
            left.append(mark)
        else:
            rest.remove(twin)
            both.old.use([k for k in mark.words if both.old.fresh[k]])
            both.new.use([k for k in twin.words if both.new.fresh[k]])
    return left, rest


_TILL_THEN = frozenset({"by", "until", "till", "to"})


def _same_limit(both: Passage, old: Mark, new: Mark) -> bool:
    """Whether two dates are one limit: "before 1 January 2021" is "on or before 31 December 2020"."""
    if old.figure is not None or new.figure is not None:
        return False
    was, now = _day(old.text), _day(new.text)
    if was is None or now is None or abs((was - now).days) != 1:
        return False
    limits = (_limit(both.old.word, old), _limit(both.new.word, new))
    return limits == (("before", "by") if was > now else ("by", "before"))


def _limit(word: list[str], mark: Mark) -> str:
    """ "before" a day, or "by" it, that day included; "" for neither."""
    k = mark.words.start
    last, earlier = "".join(word[k - 1 : k]), "".join(word[max(0, k - 2) : max(0, k - 1)])
    if last in _TILL_THEN or (last == "before" and earlier == "or"):
        return "by"
    return "before" if last == "before" else ""


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _day(written: str) -> date | None:
    """The day of a date that tells its year; None for any other."""
    day, year = re.search(r"\b\d{1,2}\b", written), re.search(r"\b\d{4}\b", written)
    low = written.lower()
    month = next((n for n, name in enumerate(_MONTHS, 1) if name in low), 0)
    if day is None or year is None or not month:
        return None
    try:
        return date(int(year.group()), month, int(day.group()))
    except ValueError:
        return None


_WEEKDAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_YEAR = re.compile(r"(?<=[a-z])\d{4}\Z|(?<=[a-z]\d)\d{4}\Z|(?<=[a-z]\d\d)\d{4}\Z")


def _same_day(both: Passage, old: Mark, new: Mark) -> bool:
    """Whether two dates in one place are one, the year or the weekday told in one of them only."""
    if old.figure is not None or new.figure is not None:
        return False
    if not any(both.old.twin[k] in new.words for k in old.words):
        return False
    (first, *told), (second, *other) = map(_parts, (old.text, new.text))
    contrary = any(a and b and a != b for a, b in zip(told, other, strict=True))
    return bool(first) and first == second and not contrary


def _parts(written: str) -> tuple[str, str, str]:
    """A date's day and month, its weekday and its year; what it does not tell is empty."""
    plain = _plain_date(written)
    weekday, year = _WEEKDAY.search(plain), _YEAR.search(plain)
    bare = _YEAR.sub("", _WEEKDAY.sub("", plain))
    return bare, weekday.group() if weekday else "", year.group() if year else ""


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


def _million(a: Mark, b: Mark) -> bool:
    """ "the 30m pot", read as metres, beside "the 30 million pot"."""
    if a.figure is None or b.figure is None or a.figure.unit != "metre" or a.text[-1:] != "m":
        return False
    plain = not isinstance(a.figure.value, tuple) and not isinstance(b.figure.value, tuple)
    return plain and a.figure.value * 1e6 == b.figure.value  # type: ignore[operator]


_MONEY = "£€¥ \u00a0"


def _same(a: Mark, b: Mark, bare: bool) -> bool:
    """Whether two marks say the same; ``bare``: one text has lost its currency signs."""
    if a.figure is None or b.figure is None:
        return _plain_date(a.text) == _plain_date(b.text)
    if bare and a.text.isascii() != b.text.isascii():
        alike = a.text.strip(_MONEY) == b.text.strip(_MONEY)
        return alike or a.figure.value == b.figure.value
    if _converted(a.figure, b.figure) or _million(a, b) or _million(b, a):
        return a.figure.change == b.figure.change
    same_unit = a.figure.unit == b.figure.unit or a.figure.counted is not None
    return a.figure.value == b.figure.value and a.figure.change == b.figure.change and same_unit


_ORDINALS = {
    word: str(n)
    for n, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2
    )
}


_MONTH_FIRST = re.compile(
    r"\b((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.? (\d{1,2}(?:st|nd|rd|th)?)\b"
)


def _plain_date(written: str) -> str:
    """A date or time without what is only style: "9.30 a.m." is "9:30AM", "06th June" "6 June",
    "June 6, 2014" "6 June 2014"."""
    if written.lower() in _ORDINALS:
        return _ORDINALS[written.lower()]
    low = _MONTH_FIRST.sub(r"\2 \1", written.lower())
    low = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b|[.,:\s]|\b(?:of|the)\b|\b0(?=\d)", "", low)
    return re.sub(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", r"\1", low)


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
    other = both.new if gone else both.old
    for hunk in both.hunks:
        mine, theirs = (hunk.old, hunk.new) if gone else (hunk.new, hunk.old)
        if any(k in mine for k in mark.words):
            vague = stands_for_a_number(other, theirs)
            if gone:
                said = [other.word[k] for k in theirs if carries(other.word[k])]
                return len(mine) <= SHORT and (vague or (len(theirs) <= SHORT and not said))
            return len(mine) < SHORT and vague and len(theirs) <= 2  # "several" / "44"
    return False


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
