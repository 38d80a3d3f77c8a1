"""``/captures/{id}/…``: what is kept of a page that a browser built: what the server sent, and a picture.

Both are somebody else's: they are served under a policy that lets nothing of them run.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from variorum.model import Capture
from variorum.pipeline.bodies import part_body, response_of
from variorum.store.parts import part_of
from variorum.store.records import Records
from variorum.web.errors import not_found
from variorum.web.routing import Raw
from variorum.web.site import Site, refuse_hidden

_POLICY = "sandbox; default-src 'none'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, max-age=600",
}


def response(site: Site, request: Request) -> Response:
    """What the server sent for a capture, as text: the page before any script of it ran."""
    with site.read() as records:
        capture = _capture(records, request)
        if capture.record is None or capture.status is None:
            raise not_found("No response", "Nothing came from the server at that check.")
        body, _ = response_of(site.archive, records, capture)
    headers = {**_HEADERS, "Content-Type": "text/plain; charset=utf-8"}
    return Response(body, headers=headers)


def screenshot(site: Site, request: Request) -> Response:
    """The picture of a page as a browser showed it."""
    with site.read() as records:
        capture = _capture(records, request)
    part = part_of(capture.details, "screenshot")
    if part is None:
        raise not_found("No picture", "No picture of the page was kept at that check.")
    return Response(part_body(site.archive, part), headers=_HEADERS, media_type="image/png")


def _capture(records: Records, request: Request) -> Capture:
    capture = records.capture(request.path_params["id"])
    if capture is None:
        raise not_found("No such capture", "No check of that number is kept here.")
    refuse_hidden(records, capture.article)
    return capture


RAWS = (
    Raw("/captures/{id:number}/response", response.__doc__ or "", response, "text/plain"),
    Raw("/captures/{id:number}/screenshot.png", screenshot.__doc__ or "", screenshot, "image/png"),
)
