"""The looks of the last hour, as the archive keeps them: what a budget of looks an hour is held to
after a restart, and by several workers together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from variorum.store.records import Records

_HOUR = timedelta(hours=1)
# A look counts until the last moment of its piece is an hour ago: at most so much too long.
_PIECE = 300
_SETTING = "looks-made"
_NO_SOURCE = ""


class LooksMade:
    """How many looks were made in the last hour, over all and by source, in pieces of five minutes.

    What a clock far ahead wrote is forgotten once the clock is put right.
    """

    def __init__(self, made: Counter[tuple[int, str]] | None = None) -> None:
        self._made = made or Counter()

    @classmethod
    def kept(cls, records: Records, now: datetime) -> LooksMade:
        told = records.setting(_SETTING) or []
        begin, end = int((now - _HOUR).timestamp()) - _PIECE, now.timestamp()
        return cls(Counter({(at, source): n for at, source, n in told if begin < at <= end}))

    def keep(self, records: Records) -> None:
        records.set_setting(_SETTING, [[at, source, n] for (at, source), n in self._made.items()])

    def add(self, made: Iterable[tuple[datetime, int | None]]) -> None:
        for time, source in made:
            at = int(time.timestamp()) // _PIECE * _PIECE
            self._made[at, _NO_SOURCE if source is None else str(source)] += 1

    def over_all(self) -> int:
        return self._made.total()

    def of(self, source: int) -> int:
        return sum(n for (_, name), n in self._made.items() if name == str(source))

    def each(self, now: datetime) -> Iterator[tuple[datetime, int | None]]:
        """Every look with the last moment at which it may have been made, oldest first."""
        for (at, name), n in sorted(self._made.items()):
            source = None if name == _NO_SOURCE else int(name)
            last = datetime.fromtimestamp(at + _PIECE - 1, UTC)
            yield from [(min(last, now), source)] * n
