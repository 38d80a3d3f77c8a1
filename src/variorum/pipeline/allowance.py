"""How many looks there may be an hour, and whom they go to: where a change is likeliest."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from variorum.model import Article
from variorum.pipeline.looks_made import LooksMade
from variorum.pipeline.planning import facts_of
from variorum.stages.watch import PACE, Budget, Candidate, chance, choose, next_pace
from variorum.store.records import Records

_HOUR = timedelta(hours=1)
# Seconds after which those that were left out are weighed again.
_A_WHILE = 10.0
_SETTING = "pace"
_LISTED = "its source says"


class Allowance:
    """Keeps the looks at articles within ``per_hour`` over all, and within what each source has.

    What it counts is kept in the archive's settings by :meth:`keep`, and read there at the start.
    With a number for all, the pace at which articles become due is changed by the hour until it
    fits, and kept there too.
    """

    def __init__(self, per_hour: int | None = None) -> None:
        self.per_hour = per_hour
        self._made: deque[tuple[datetime, int | None]] = deque()
        self._since: datetime | None = None
        self._looks = 0
        self._left_out = False
        self._bounded = False
        self._recalled = False

    def pace(self, records: Records) -> float:
        """The gain that a look must promise now."""
        if self.per_hour is None:
            return PACE
        return float(records.setting(_SETTING) or PACE)

    def choose(self, records: Records, due: Sequence[Article], now: datetime) -> list[Article]:
        """Those of ``due`` that may be looked at now, and notes that they are."""
        limits = records.looks_allowed()
        self._bounded = self.per_hour is not None or bool(limits)
        if not self._bounded:
            return list(due)
        self._recall(records, now)
        self._forget(now)
        left = len(due) if self.per_hour is None else max(self.per_hour - len(self._made), 0)
        made = Counter(source for _, source in self._made)
        chosen = self._within(
            records, due, now, left, lambda s: max(limits[s] - made[s], 0), limits
        )
        self._made.extend((now, article.source) for article in chosen)
        self._looks += len(chosen)
        self._left_out = len(chosen) < len(due)
        return chosen

    def _within(
        self,
        records: Records,
        due: Sequence[Article],
        now: datetime,
        left: int,
        of_source: Callable[[int], int],
        limits: dict[int, int],
    ) -> list[Article]:
        free = [a for a in due if a.source not in limits]
        if len(free) == len(due) <= left:
            return list(due)
        ranked = {a.id: Candidate(a.id, "", _chance(records, a, now)) for a in due}
        fits = [ranked[a.id] for a in free]
        for source in {a.source for a in due if a.source in limits}:
            assert source is not None
            own = [ranked[a.id] for a in due if a.source == source]
            fits += choose(own, Budget(of_source(source)))
        wanted = {c.key for c in choose(fits, Budget(left))}
        return [a for a in due if a.id in wanted]

    def ready_in(self, now: datetime) -> float:
        """Seconds until there may be another look (0: now)."""
        self._forget(now)
        wait = _A_WHILE if self._left_out else 0.0
        if self.per_hour is None or len(self._made) < self.per_hour or not self._made:
            return wait
        return max((self._made[0][0] + _HOUR - now).total_seconds(), wait)

    def settle(self, records: Records, now: datetime) -> bool:
        """Once an hour: a pace that fits better. Says whether it wrote one."""
        if self.per_hour is None:
            return False
        self._since = self._since or now
        if now - self._since < _HOUR:
            return False
        pace = next_pace(self._looks, self.per_hour, self.pace(records))
        records.set_setting(_SETTING, pace)
        self._since, self._looks = now, 0
        return True

    def keep(self, records: Records) -> None:
        """Write down what was made, for whoever goes on after a restart."""
        if self._bounded:
            made = LooksMade()
            made.add(self._made)
            made.keep(records)

    def _recall(self, records: Records, now: datetime) -> None:
        if not self._recalled:
            self._made.extendleft(reversed(list(LooksMade.kept(records, now).each(now))))
            self._recalled = True

    def _forget(self, now: datetime) -> None:
        """A clock that jumped back must not keep what was made for longer than an hour."""
        while self._made and not timedelta(0) <= now - self._made[0][0] < _HOUR:
            self._made.popleft()


def _chance(records: Records, article: Article, now: datetime) -> float:
    """The chance that a look finds another version; what its source listed as modified comes first."""
    if article.next_reason.startswith(_LISTED) or not article.captures:
        return 1.0
    return chance(facts_of(records, article, now), now)
