"""``/events``: changes as they come, as server-sent events."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from variorum.model import Change
from variorum.web import stories
from variorum.web.errors import PageError
from variorum.web.routing import Raw
from variorum.web.site import Site

# Seconds between two looks at the archive; a reader cannot tell two seconds from none.
_EVERY = 2.0
# Comments that keep connections from being cut by proxies, in looks.
_HEARTBEAT = 7
# Open streams at once; each is a connection and a query every two seconds.
_MOST = 64
# Looks after which a stream ends; the browser comes back by itself, saying what it has seen.
_LOOKS = 150


def answer(site: Site, request: Request) -> Response:
    """A stream of events named ``change``, each with the change's row number as its id."""
    if site.streams >= _MOST:
        raise PageError(503, "Too many live readers", "The page itself is there all the same.")
    return StreamingResponse(
        _stream(site, request),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _stream(site: Site, request: Request) -> AsyncIterator[str]:
    site.streams += 1
    try:
        seen = _last_seen(request)
        if seen is None:
            seen = await to_thread.run_sync(_newest, site)
        yield "retry: 4000\n\n"
        for look in range(_LOOKS):
            fresh = await to_thread.run_sync(_fresh, site, seen)
            for change in fresh:
                seen = change.id
                yield f"id: {change.id}\nevent: change\ndata: {_told(change)}\n\n"
            if look % _HEARTBEAT == 0:
                yield ": here\n\n"
            if site.stopping or await request.is_disconnected():
                return
            await anyio.sleep(_EVERY)
    finally:
        site.streams -= 1


def _last_seen(request: Request) -> int | None:
    text = request.headers.get("last-event-id") or request.query_params.get("after") or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _newest(site: Site) -> int:
    with site.read() as records:
        return records.last_change_id()


def _fresh(site: Site, seen: int) -> list[Change]:
    with site.read() as records:
        return records.changes_after(seen, 50)


def _told(change: Change) -> str:
    told = stories.row(change)
    return json.dumps(
        {
            "id": change.id,
            "href": told.href,
            "host": change.host,
            "headline": told.headline,
            "meaningful": change.meaningful,
            "kinds": list(change.kinds),
        }
    )


RAW = Raw("/events", answer.__doc__ or "", answer, "text/event-stream", (200, 503), quick=True)
