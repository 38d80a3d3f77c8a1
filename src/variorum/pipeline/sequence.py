"""Order though the clock jumps: what this archive saw later is later, whatever the clock said then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from variorum.model import Capture, Fetched
from variorum.model.times import iso
from variorum.store.records import Records

OBSERVED = "observed"
_NEXT = timedelta(milliseconds=1)
#: No look at an article, nor at a list, is ever planned further ahead (60 days; a week).
FARTHEST = timedelta(days=61)

#: What was observed of a capture beside its response; a history that is made anew keeps it.
_OF_THE_LOOK = ("rendered", "retry_after", "clock", "untrusted")


def in_sequence(fetched: Fetched, last: Capture | None, origin: str) -> tuple[Fetched, bool]:
    """A look of our own comes after the one before it. Where the clock says otherwise it has jumped:
    the look gets the next moment for its time. Says whether that was so."""
    if origin != OBSERVED or last is None or last.origin != OBSERVED or fetched.time >= last.time:
        return fetched, False
    return replace(fetched, time=last.time + _NEXT), True


def of_the_look(
    fetched: Fetched, built: Mapping[str, Any] | None, clock: datetime | None
) -> dict[str, Any]:
    """What a capture's details say of the look itself. ``clock``: what the clock said where the
    capture's time is another."""
    told: dict[str, Any] = {}
    if built is not None:
        told["rendered"] = dict(built)
    if fetched.retry_after is not None:
        told["retry_after"] = fetched.retry_after
    tls = fetched.exchange.tls if fetched.exchange else None
    if tls is not None and tls.untrusted:
        told["untrusted"] = tls.untrusted
    if clock is not None:
        told["clock"] = iso(clock)
    return told


def kept_of_the_look(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: details[name] for name in _OF_THE_LOOK if name in details}


def plan_within_reach(records: Records, now: datetime) -> int:
    """Looks that were planned by a clock far ahead of this one are due now. Returns how many."""
    return records.pull_forward(now + FARTHEST, now)
