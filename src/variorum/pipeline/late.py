"""Captures that came after newer ones: their articles' histories are to be made anew, and which ones
is written down in the very transaction that brought them. So a process may die before it has done so:
the next one does it."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.pipeline.path import CapturePath
from variorum.pipeline.replay import replay
from variorum.store.archive import Archive
from variorum.store.records import Records

_SETTING = "late"


def remember_late(records: Records, articles: Iterable[int]) -> None:
    """Note that the histories of these articles are to be made anew."""
    known = set(records.setting(_SETTING) or ())
    if not known.issuperset(articles := set(articles)):
        records.set_setting(_SETTING, sorted(known | articles))


def settle_late(archive: Archive, path: CapturePath) -> dict[int, Exception]:
    """Make anew every history that waits for it, each in a transaction of its own. One that cannot be
    made anew stays as it was and waits on; returns which, and why."""
    with archive.read() as records:
        waiting = list(records.setting(_SETTING) or ())
    failed: dict[int, Exception] = {}
    for number in waiting:
        with archive.write() as records:
            with records.attempt() as attempt:
                if records.article(number) is not None:
                    replay(path, records, number)
            path.finish(records)
            if attempt.error is not None:
                failed[number] = attempt.error
                continue
            left = [n for n in records.setting(_SETTING) or () if n != number]
            records.set_setting(_SETTING, left)
    return failed
