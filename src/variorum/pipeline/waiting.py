"""Waiting for an event, but not longer than so many seconds."""

from __future__ import annotations

import asyncio
from contextlib import suppress


async def set_or_over(event: asyncio.Event, seconds: float) -> None:
    """Until the event is set or the time is over, whichever comes first."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
