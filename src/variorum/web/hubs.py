"""``/websub/{source}/{token}``: where the hubs of sources ask back, and say that there is news."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from variorum.pipeline.websub import Answer, verify_intent, welcome_ping
from variorum.pipeline.websub.callback import UNKNOWN, awaits_ping, is_subscription
from variorum.store.records import Records
from variorum.web.site import Site

PATH = "/websub/"
# A hub may send the whole list along. It is not read, but the signature is of all of it.
_LARGEST = 8 << 20
T = TypeVar("T")


def hub_route(site: Site) -> Route:
    async def endpoint(request: Request) -> Response:
        if not site.archive.writable:
            return _said(Answer(503, "these pages only read the archive"), {"Retry-After": "600"})
        if request.method == "POST":
            return await _pinged(site, request)
        return await _asked(site, request)

    return Route(f"{PATH}{{id:number}}/{{token}}", endpoint, methods=["GET", "POST"])


async def _asked(site: Site, request: Request) -> Response:
    source, token = _who(request)
    asked = dict(request.query_params)
    if not await _known(site, lambda records: is_subscription(records, source, token)):
        return _said(UNKNOWN)

    def verify(records: Records) -> Answer:
        return verify_intent(records, source, token, asked, site.clock())

    return _said(await _written(site, verify))


async def _pinged(site: Site, request: Request) -> Response:
    source, token = _who(request)
    if not await _known(site, lambda records: awaits_ping(records, source, token)):
        return _said(Answer(410, "nothing here has asked for that"))
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST:
            return _said(Answer(413, "more than can be taken; a ping needs no content"))
    signature = request.headers.get("x-hub-signature", "")

    def welcome(records: Records) -> Answer:
        return welcome_ping(records, source, token, bytes(body), signature, site.clock())

    answer = await _written(site, welcome)
    if answer.due:
        site.tools.wake()
    return _said(answer)


async def _known(site: Site, asks: Callable[[Records], bool]) -> bool:
    """Asked of readers' connections: whoever knows no token does not make writers wait."""

    def known() -> bool:
        with site.archive.read() as records:
            return asks(records)

    return await to_thread.run_sync(known)


async def _written(site: Site, work: Callable[[Records], T]) -> T:
    def write() -> T:
        with site.archive.write() as records:
            return work(records)

    return await to_thread.run_sync(write)


def _who(request: Request) -> tuple[int, str]:
    return request.path_params["id"], request.path_params["token"]


def _said(answer: Answer, headers: dict[str, str] | None = None) -> Response:
    told = {"Cache-Control": "no-store", **(headers or {})}
    return PlainTextResponse(answer.text, answer.status, headers=told)
