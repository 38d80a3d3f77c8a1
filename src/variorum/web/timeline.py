"""An article's history drawn to scale, and told step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from variorum.model import Capture, Change, Outcome, Version
from variorum.pipeline.damage import damage_told
from variorum.web import stories
from variorum.web.languages import current, gettext, many

# Looks closer together than this share of the width are drawn as one mark: half a pixel on a
# wide screen, and a bound on the size of the drawing whatever the number of looks.
_GRAIN = 0.15
_LANES = {
    Outcome.OK: "seen",
    Outcome.UNMODIFIED: "seen",
    Outcome.PAYWALL: "wall",
    Outcome.BLOCKED: "wall",
    Outcome.GONE: "gone",
    Outcome.MOVED: "gone",
    Outcome.FAILED: "fail",
}
# A bar narrower than this has no room for its number.
_LABELLED = 3.5
# What was seen once only is drawn this wide, so that it is seen at all.
_LEAST = 0.25

_Scale = Callable[[datetime], float]


@dataclass(frozen=True, slots=True)
class Bar:
    """One version on the time axis, in per cent of the width: from the first to the last look that
    saw it, then ``open`` until the next look, when it stood nobody knows how long."""

    number: int
    x: float
    width: float
    open: float
    labelled: bool
    weight: float
    title: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One or more looks at about the same time."""

    lane: str
    x: float
    count: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on the axis. ``anchor`` is SVG's text-anchor."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything of the drawing."""

    bars: Sequence[Bar]
    marks: Sequence[Mark]
    ticks: Sequence[Tick]
    summary: str

    @property
    def lanes(self) -> set[str]:
        """Which kinds of look there are."""
        return {m.lane for m in self.marks}


@dataclass(frozen=True, slots=True)
class Step:
    """A version in the list: what is new in it, and what was seen while it stood."""

    version: Version
    row: stories.Row | None
    words: int
    gained: int | None
    unchanged: int
    troubles: Sequence[Capture]
    captures: Sequence[Capture]
    #: what its text lost on the way, "" where nothing was
    damage: str = ""


def picks(versions: Sequence[Version]) -> list[tuple[int, str]]:
    """The versions as a form offers them: number and day, with the time of day where a day has two."""
    language = current()
    days = [language.dated(v.first_seen, language.day) for v in versions]
    alike = len(set(days)) < len(days)
    times = [language.dated(v.first_seen, language.moment) for v in versions] if alike else days
    return [(v.number, f"{v.number} ({time})") for v, time in zip(versions, times, strict=True)]


def steps(
    versions: Sequence[Version], captures: Sequence[Capture], changes: Sequence[Change]
) -> list[Step]:
    """The versions, newest first."""
    by_new = {c.new: c for c in changes if c.new is not None and c.old != c.new}
    found = []
    before: int | None = None
    for version in versions:
        words = len(version.document.text.split())
        change = by_new.get(version.number)
        seen = [c for c in version.captures if _LANES[c.outcome] == "seen"]
        found.append(
            Step(
                version=version,
                row=stories.row(change) if change else None,
                words=words,
                gained=None if before is None else words - before,
                unchanged=max(0, len(seen) - 1),
                troubles=[c for c in version.captures if _LANES[c.outcome] != "seen"],
                captures=version.captures,
                damage=next(map(damage_told, seen), ""),
            )
        )
        before = words
    return found[::-1]


def outcomes(captures: Sequence[Capture]) -> list[tuple[str, int]]:
    """How often each outcome was met, the most frequent first."""
    return Counter(str(c.outcome) for c in captures).most_common()


def plot(
    versions: Sequence[Version],
    captures: Sequence[Capture],
    changes: Sequence[Change],
) -> Plot | None:
    """The drawing, from the first to the last look; None where there is nothing to draw."""
    times = [c.time for c in captures] + [v.first_seen for v in versions]
    if not times:
        return None
    start, end = min(times), max(times)
    length = (end - start).total_seconds()

    def x(time: datetime) -> float:
        if length <= 0:
            return 0.0
        return round(100 * min(1.0, max(0.0, (time - start).total_seconds() / length)), 3)

    weights = {c.new: c.weight for c in changes if c.old != c.new}
    return Plot(
        bars=_bars(versions, x, weights),
        marks=_marks(captures, x),
        ticks=_ticks(start, end),
        summary=_summary(versions, captures, start, end),
    )


def _bars(versions: Sequence[Version], x: _Scale, weights: Mapping[int | None, float]) -> list[Bar]:
    bars = []
    for k, version in enumerate(versions):
        left = min(x(version.first_seen), 100 - _LEAST)
        seen = max(left + _LEAST, x(version.last_seen))
        until = x(versions[k + 1].first_seen) if k + 1 < len(versions) else seen
        seen = max(min(seen, until), left + _LEAST) if k + 1 < len(versions) else seen
        bars.append(
            Bar(
                number=version.number,
                x=left,
                width=round(seen - left, 3),
                open=round(max(0.0, until - seen), 3),
                labelled=max(until, seen) - left >= _LABELLED,
                weight=weights.get(version.number, 0.0),
                title=gettext(
                    "Version %(n)s, first seen %(time)s",
                    n=version.number,
                    time=_label(version.first_seen, timedelta()),
                ),
            )
        )
    return bars


def _marks(captures: Sequence[Capture], x: _Scale) -> list[Mark]:
    slots: Counter[tuple[str, float]] = Counter()
    for capture in captures:
        place = round(round(x(capture.time) / _GRAIN) * _GRAIN, 3)
        slots[_LANES[capture.outcome], place] += 1
    return [Mark(lane, place, count) for (lane, place), count in sorted(slots.items())]


def _ticks(start: datetime, end: datetime) -> list[Tick]:
    length = end - start
    if length <= timedelta():
        return [Tick(0, _label(start, length), "start")]
    middle = start + length / 2
    return [
        Tick(0, _label(start, length), "start"),
        Tick(50, _label(middle, length), "middle"),
        Tick(100, _label(end, length), "end"),
    ]


def _label(time: datetime, length: timedelta) -> str:
    language = current()
    if length > timedelta(days=300):
        return language.dated(time, language.day)
    pattern = language.short_moment if length < timedelta(days=6) else language.short
    return language.dated(time, pattern)


def _summary(
    versions: Sequence[Version], captures: Sequence[Capture], start: datetime, end: datetime
) -> str:
    language = current()
    return gettext(
        "%(looks)s between %(start)s and %(end)s UTC found %(texts)s.",
        looks=many(len(captures), "%(n)s check", "%(n)s checks"),
        texts=many(len(versions), "%(n)s version", "%(n)s versions"),
        start=language.dated(start, language.moment),
        end=language.dated(end, language.moment),
    )
