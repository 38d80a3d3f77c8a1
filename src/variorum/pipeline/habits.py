"""How each source edits, learned from what the archive has seen of it."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime, timedelta

from variorum.stages.watch import SHARES, Habits, age_step
from variorum.store.records import Records

# Habits change over months; what is known of them is read anew once in a while.
_KEPT = timedelta(hours=1)
_SOURCES = 2_000
# An article tells of its source's habits when it has been watched through its liveliest day.
_WATCHED = timedelta(days=1)
_MOST = 5_000


class HabitMemory:
    """Habits by source, as far as they are known."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, tuple[datetime, Habits]] = OrderedDict()

    def of(self, records: Records, source: int | None, now: datetime) -> Habits | None:
        """How a source edits; None for articles of no source."""
        if source is None:
            return None
        known = self._known.get(source)
        if known is None or not timedelta(0) <= now - known[0] < _KEPT:
            known = now, habits_of(records, source, now)
            self._known[source] = known
            while len(self._known) > _SOURCES:
                self._known.popitem(last=False)
        return known[1]


def habits_of(records: Records, source: int, now: datetime) -> Habits:
    """The habits of a source, from the newest of its articles that were watched for a day."""
    articles, edits = records.edits_of(source, now - _WATCHED, _MOST)
    ages, hours = [0] * (len(SHARES) - 1), [0] * 24
    for born, edited in edits:
        ages[age_step((edited - born).total_seconds())] += 1
        hours[edited.astimezone(UTC).hour] += 1
    return Habits(articles, len(edits), tuple(ages), tuple(hours))
