"""What time it is: the machine's clock, or one that is set (the demo newspaper's, a test's)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from variorum.store.archive import Archive
    from variorum.store.records import Records

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


def now_in(records: Records) -> datetime:
    """What time it is in an archive: where it holds the demo newspaper, whose days pass in seconds,
    the newspaper's time as it was last; else the machine's."""
    demo = records.setting("demo")
    return datetime.fromisoformat(demo["time"]) if demo else system_clock()


def clock_of(archive: Archive) -> Clock:
    """The same as a clock."""
    with archive.read() as records:
        if records.setting("demo") is None:
            return system_clock

    def clock() -> datetime:
        with archive.read() as records:
            return now_in(records)

    return clock
