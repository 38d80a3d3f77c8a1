"""When to look at an article again. Pure: facts in, a time and its reason out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

WATCHED_FOR = timedelta(days=400)
GONE_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class LookFacts:
    """What is known of an article when the next look is planned.

    ``born`` is its publication or first sight, ``changes`` the times at which a look found another
    version (oldest first), ``looks`` how many there were, ``gone_since`` since when it is 404 or
    410, ``failures`` how many looks in a row got no usable answer, ``retry_after`` seconds that
    the server asks for.
    """

    born: datetime
    last_look: datetime | None = None
    changes: tuple[datetime, ...] = ()
    looks: int = 0
    gone_since: datetime | None = None
    failures: int = 0
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How long until the next look (None: never again) and why, in one plain line."""

    delay: timedelta | None
    reason: str


def next_look(facts: LookFacts, now: datetime) -> Look:
    """When to look again."""
    if facts.gone_since is not None and now - facts.gone_since >= GONE_FOR:
        return Look(None, f"gone for {words(now - facts.gone_since)}; no longer looked at")
    age = max(now - facts.born, timedelta())
    if age >= WATCHED_FOR and not facts.changes:
        return Look(None, f"unchanged for {words(age)}; no longer looked at")
    last = max((*facts.changes, facts.born))
    quiet = max(now - last, timedelta(minutes=1))
    delay = min(max(quiet / 4, timedelta(minutes=10)), timedelta(days=30))
    if facts.failures:
        delay = min(timedelta(minutes=10) * 2 ** min(facts.failures, 10), timedelta(days=1))
        return Look(delay, f"{facts.failures} failed looks in a row; again in {words(delay)}")
    if facts.gone_since is not None:
        return Look(timedelta(days=1), "gone; looking once a day whether it comes back")
    what = f"changed {words(now - last)} ago" if facts.changes else f"unchanged for {words(quiet)}"
    return Look(delay, f"{what}; looking again in {words(delay)}")


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
