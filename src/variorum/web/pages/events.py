"""``/events``: changes as they come, as server-sent events, those of a filtered front page too."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from variorum.model import Change
from variorum.store.change_records import ChangeFilter
from variorum.web import asking, stories
from variorum.web.errors import PageError
from variorum.web.pages import front
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
# Ids are 64 bits wide: more digits name nothing.
_DIGITS = 18
# The filters of the front page; whoever sets none gets everything.
_PARAMETERS = (
    asking.words("after", "The id of the last change seen; only later ones are told."),
    *(p if p.name != "show" else replace(p, default="everything") for p in front.FILTERS),
)


def answer(site: Site, request: Request) -> Response:
    """A stream of events named ``change``, each with the change's row number as its id. Filters are
    those of the front page."""
    wanted = front.change_filter(site, asking.read(request, _PARAMETERS))
    if site.streams >= _MOST:
        raise PageError(503, "Too many live readers", "The page itself is still there.")
    return StreamingResponse(
        _stream(site, request, wanted),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _stream(site: Site, request: Request, wanted: ChangeFilter) -> AsyncIterator[str]:
    site.streams += 1
    try:
        seen = _last_seen(request)
        if seen is None:
            seen = await to_thread.run_sync(_newest, site)
        yield "retry: 4000\n\n"
        for look in range(_LOOKS):
            fresh = await to_thread.run_sync(_fresh, site, replace(wanted, after=seen))
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
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def _newest(site: Site) -> int:
    with site.read() as records:
        return records.last_change_id()


def _fresh(site: Site, wanted: ChangeFilter) -> list[Change]:
    with site.read() as records:
        return records.recorded(wanted, 50)


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


RAW = Raw(
    "/events",
    answer.__doc__ or "",
    answer,
    "text/event-stream",
    (200, 503),
    _PARAMETERS,
    quick=True,
)
