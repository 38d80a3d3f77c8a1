"""Statistics of changes as tables: what is plotted, listed and given as CSV alike."""

from __future__ import annotations

import csv
import io
import statistics as numbers
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from variorum.model.change import BADGES
from variorum.store.statistics_records import Statistics
from variorum.web.languages import N_, decimal, gettext, many, pgettext
from variorum.web.naming import NP_, named
from variorum.web.templating import span

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Longest stretch of days that is counted by day, and by week; longer ones are counted by month.
# Guesses at how many bars an eye takes in.
_BY_DAY = 35
_BY_WEEK = 200
_WITHIN: Sequence[tuple[str, float]] = (
    (N_("1 hour"), 3_600),
    (N_("6 hours"), 21_600),
    (N_("1 day"), 86_400),
    (N_("3 days"), 259_200),
    (N_("1 week"), 604_800),
    (N_("4 weeks"), 2_419_200),
)
# Badges of which no version is new: they are counted, if at all, as what they came with.
_NOT_COUNTED = frozenset({"gone", "moved-away", "wording"})


@dataclass(frozen=True, slots=True)
class Table:
    """One table. The first column names the rows; ``said`` is what it comes to, in a sentence.

    ``bars`` are the columns that are plotted, one upon the other, ``top`` the largest sum of them
    (None: as large as it gets).
    """

    name: str
    title: str
    said: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    bars: Sequence[int]
    top: float | None = None

    def csv(self) -> bytes:
        """The table as CSV (RFC 4180)."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue().encode("utf-8")

    def to_dict(self) -> dict[str, Any]:
        """The table as data: a list of rows, each by the names of its columns."""
        return {
            "title": self.title,
            "said": self.said,
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
        }


#: The names of all tables, in their order.
TABLES = ("changed", "delay", "announced", "kinds")


def tables(told: Statistics) -> list[Table]:
    """Every table; each has no rows where there is nothing to count."""
    return [_changed(told), _delay(told), _announced(told), _kinds(told)]


def _changed(told: Statistics) -> Table:
    period = _periods(day for day, _, _ in told.articles)
    counts: dict[str, list[int]] = {p: [0, 0] for p in period.names}
    for day, articles, changed in told.articles:
        counts[period.of(day)][0] += articles
        counts[period.of(day)][1] += changed
    rows = [
        (p, articles, changed, round(100 * changed / articles, 1) if articles else 0.0)
        for p, (articles, changed) in counts.items()
    ]
    articles, changed = sum(r[1] for r in rows), sum(r[2] for r in rows)
    numbers = {"changed": decimal(changed), "articles": decimal(articles)}
    if articles:
        said = gettext(
            "%(changed)s of %(articles)s articles changed after they were first seen (%(share)s%%).",
            share=decimal(100 * changed / articles),
            **numbers,
        )
    else:
        said = gettext(
            "%(changed)s of %(articles)s articles changed after they were first seen.", **numbers
        )
    columns = (
        gettext("first seen (%(unit)s)", unit=gettext(period.unit)),
        gettext("articles"),
        gettext("changed"),
        gettext("per cent changed"),
    )
    title = gettext("Share of articles changed after publication")
    return Table("changed", title, said, columns, rows, (3,), 100)


def _delay(told: Statistics) -> Table:
    rows: list[tuple[str, int, float]] = []
    done = 0
    for name, most in (*_WITHIN, (N_("longer"), float("inf"))):
        now = sum(d <= most for d in told.delays)
        rows.append(
            (gettext(name), now - done, round(100 * now / len(told.delays), 1) if now else 0.0)
        )
        done = now
    said = gettext("No article has changed yet.")
    if told.delays:
        half = span(numbers.median(told.delays))
        said = gettext(
            "Half of the articles that changed did so within %(span)s of publication.", span=half
        )
        if told.undated:
            said += " " + many(
                told.undated,
                "%(n)s without a publication time is counted from the first check.",
                "%(n)s without a publication time are counted from the first check.",
            )
    columns = (gettext("first change within"), gettext("articles"), gettext("per cent so far"))
    title = gettext("Time from publication to the first change")
    return Table("delay", title, said, columns, rows if told.delays else (), (1,))


def _announced(told: Statistics) -> Table:
    period = _periods(day for day, *_ in told.changes)
    counts: dict[str, Counter[str]] = {p: Counter() for p in period.names}
    for day, said_so, _, number in told.changes:
        counts[period.of(day)][said_so] += number
    rows = [(p, *(counts[p][state] for state in _SAID)) for p in counts]
    sums = {state: sum(counts[p][state] for p in counts) for state in _SAID}
    said = gettext(
        "%(announced)s announced, %(partly)s announced in part and %(hushed)s unannounced changes.",
        announced=decimal(sums["announced"]),
        partly=decimal(sums["announced in part"]),
        hushed=decimal(sums["unannounced"]),
    )
    columns = (gettext(period.unit), *(pgettext("column", state) for state in _SAID))
    title = gettext("Announced and unannounced changes")
    return Table("announced", title, said, columns, rows, (1, 2, 3))


_SAID = (
    NP_("column", "announced"),
    NP_("column", "announced in part"),
    NP_("column", "unannounced"),
)


def _kinds(told: Statistics) -> Table:
    period = _periods(day for day, *_ in told.changes)
    counts: dict[str, Counter[str]] = {p: Counter() for p in period.names}
    for day, _, kinds, number in told.changes:
        counts[period.of(day)].update(dict.fromkeys(set(kinds) - _NOT_COUNTED, number))
    total: Counter[str] = sum(counts.values(), Counter())
    shown = [b for b in BADGES if total[b]]
    rows = [(p, *(counts[p][b] for b in shown)) for p in counts]
    often = [named(b) for b, _ in total.most_common(3)]
    said = gettext("Nothing has changed yet.")
    if often:
        said = gettext(
            "Most frequent: %(kinds)s. A change is counted once under each of its kinds.",
            kinds=", ".join(often),
        )
    columns = (gettext(period.unit), *(named(b) for b in shown))
    bars = tuple(range(1, len(columns)))
    return Table(
        "kinds", gettext("Kinds of change over time"), said, columns, rows if often else (), bars
    )


@dataclass(frozen=True, slots=True)
class _Periods:
    """Days put together: by day, week or month, none left out in between."""

    unit: str
    names: Sequence[str]
    of: Callable[[int], str]


def _periods(days: Iterable[int]) -> _Periods:
    known = sorted(set(days))
    if not known:
        return _Periods(N_("day"), (), str)
    length = known[-1] - known[0]
    unit = "day" if length <= _BY_DAY else N_("week") if length <= _BY_WEEK else N_("month")
    name = _NAMERS[unit]
    # A day at a time, so that no period between is left out; decades are a few thousand of them.
    first = max(known[0], known[-1] - 20_000)
    names = dict.fromkeys(name(d) for d in range(first, known[-1] + 1))
    return _Periods(unit, tuple(names), lambda day: name(max(day, first)))


def _day(day: int) -> str:
    return f"{_EPOCH + timedelta(days=day):%Y-%m-%d}"


def _week(day: int) -> str:
    """The Monday of the week."""
    date = _EPOCH + timedelta(days=day)
    return f"{date - timedelta(days=date.weekday()):%Y-%m-%d}"


def _month(day: int) -> str:
    return f"{_EPOCH + timedelta(days=day):%Y-%m}"


_NAMERS: Mapping[str, Callable[[int], str]] = {"day": _day, "week": _week, "month": _month}
