"""When to look at an article again, and why. Pure: facts in, a time and its reason out.

An article is looked at when a look is expected to gain enough (see ``rates``): new and lively ones
every few minutes, quiet ones at times that grow with their age, and even the oldest once in a
while, because quiet edits happen late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from variorum.stages.watch.rates import Belief, Habits, awake, belief, wait_for

# The gain at which a look is made. 0.003 costs about 40 looks in an article's first 90 days, as
# much as diffengine's rule and less than half of NewsDiffs' (bench/schedule.py).
PACE = 0.003
SHORTEST = timedelta(minutes=2)  # nobody is asked for one page more often
LONGEST = timedelta(days=60)
WATCHED_FOR = timedelta(days=400)
GONE_FOR = timedelta(days=30)
FAILED_FIRST, FAILED_LONGEST = timedelta(minutes=10), timedelta(days=1)
_ODDS_AND_ENDS = timedelta(days=1)  # an article may always be left alone for so long


@dataclass(frozen=True, slots=True)
class LookFacts:
    """What is known of an article when the next look is planned.

    ``born`` is its publication or first sight, ``first_look`` the first one (``born`` if not
    given), ``changes`` the times at which a look found another version (oldest first), ``looks``
    how many there were, ``gone_since`` since when it is 404 or 410, ``failures`` how many looks in
    a row got no usable answer, ``retry_after`` seconds that the server asks for, ``source`` how its
    source edits.
    """

    born: datetime
    last_look: datetime | None = None
    changes: tuple[datetime, ...] = ()
    looks: int = 0
    gone_since: datetime | None = None
    failures: int = 0
    retry_after: float | None = None
    first_look: datetime | None = None
    source: Habits | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How long from ``now`` until the next look (None: never again) and why, in one plain line."""

    delay: timedelta | None
    reason: str


def next_look(facts: LookFacts, now: datetime, pace: float = PACE) -> Look:
    """When to look again. ``pace`` is the gain that a look must promise: half of it makes for about
    1.4 times as many looks."""
    special = _ended(facts, now) or _no_answer(facts) or _gone(facts, now)
    if special is not None:
        return special
    last = min(facts.last_look or now, now)
    wait = wait_for(_belief(facts, now), pace, _longest(facts, now, pace).total_seconds())
    if facts.source is not None and facts.source.hours:
        midnight = last.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        wait = awake((last - midnight).total_seconds(), wait, facts.source.hours)
    delay = max(last + timedelta(seconds=wait) - now, SHORTEST)
    return Look(delay, f"{_state(facts, now)}; checking again in {words(delay)}")


def chance(facts: LookFacts, now: datetime) -> float:
    """The probability that a look now would find another version (0..1), for ranking."""
    last = min(facts.last_look or now, now)
    waited = max((now - last).total_seconds(), 0.0)
    return 1.0 - _belief(facts, now).unchanged(waited)


def _belief(facts: LookFacts, now: datetime) -> Belief:
    """Everything on one clock, in seconds since birth. Clocks that jumped make no negative time."""

    def at(time: datetime) -> float:
        return max((min(time, now) - facts.born).total_seconds(), 0.0)

    last = at(facts.last_look or now)
    first = min(at(facts.first_look or facts.born), last)
    changes = [min(at(change), last) for change in facts.changes]
    return belief(first, last, changes, facts.source or Habits())


def _longest(facts: LookFacts, now: datetime, pace: float) -> timedelta:
    """However quiet, no article is left alone for much longer than it is old: at the usual pace one
    look at each doubling of its age, at slower ones fewer."""
    stretch = 1.0 + pace / (4 * PACE)
    return min(max(now - facts.born, _ODDS_AND_ENDS) * stretch, LONGEST)


def _ended(facts: LookFacts, now: datetime) -> Look | None:
    if facts.gone_since is not None and now - facts.gone_since >= GONE_FOR:
        return Look(None, f"gone for {words(now - facts.gone_since)}; no longer checked")
    quiet = now - max((*facts.changes, facts.born))
    if quiet >= WATCHED_FOR:
        return Look(None, f"unchanged for {words(quiet)}; no longer checked")
    return None


def _no_answer(facts: LookFacts) -> Look | None:
    asked = timedelta(seconds=facts.retry_after or 0.0)
    if facts.failures:
        delay = min(FAILED_FIRST * 2 ** min(facts.failures - 1, 10), FAILED_LONGEST)
        delay = max(delay, asked)
        times = "the last check" if facts.failures == 1 else f"the last {facts.failures} checks"
        return Look(delay, f"{times} got no answer; checking again in {words(delay)}")
    if asked:
        return Look(
            max(asked, SHORTEST), f"the server asks to wait; checking again in {words(asked)}"
        )
    return None


def _gone(facts: LookFacts, now: datetime) -> Look | None:
    """Pages that vanish mostly come back soon or never: often at first, then once a day."""
    if facts.gone_since is None:
        return None
    since = now - facts.gone_since
    delay = min(max(since / 2, timedelta(minutes=15)), timedelta(days=1))
    return Look(delay, f"gone for {words(since)}; checking in {words(delay)} whether it is back")


def _state(facts: LookFacts, now: datetime) -> str:
    """What the article has been doing, as people would say it."""
    if not facts.changes:
        age = now - facts.born
        return "new" if age < timedelta(minutes=15) else f"unchanged for {words(age)}"
    for span, name in ((timedelta(hours=1), "hour"), (timedelta(days=1), "day")):
        lately = sum(1 for change in facts.changes if now - change <= span)
        if lately >= 2:
            return f"changed {'twice' if lately == 2 else f'{lately} times'} in the last {name}"
    quiet = max(now - facts.changes[-1], timedelta())
    return (
        f"changed {words(quiet)} ago"
        if quiet < timedelta(days=2)
        else f"unchanged for {words(quiet)}"
    )


def words(span: timedelta) -> str:
    """A time span as people say it: "10 min", "3 h", "9 days"."""
    seconds = max(span.total_seconds(), 0)
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    if seconds < 129_600:
        return f"{seconds / 3600:.0f} h"
    return f"{seconds / 86_400:.0f} days"
