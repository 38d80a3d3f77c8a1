"""A page is declared once: its path, what it may be asked, how it answers. Routes and the OpenAPI
document both come from this declaration, so that neither can say what the other does not."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from urllib.parse import quote

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from variorum.web.asking import Asked, Parameter, read
from variorum.web.early import Opening, begun, handed_over
from variorum.web.languages import ENGLISH, language_of, speaking
from variorum.web.memory import Body
from variorum.web.people.deeds import SAID_COOKIE, forget_said, refusal, said_to, sign_in_first
from variorum.web.people.visitor import visitor_of
from variorum.web.showing import (
    ATOM,
    HTML,
    JSON,
    QUERY_SAFE,
    Shown,
    answer,
    body_of,
    kept_how,
    spoken,
    wants_json,
    without_language,
)
from variorum.web.site import Site, refuse_hidden
from variorum.web.witness import Told, still_true, witnessed

_SUFFIXES = {HTML: "", JSON: ".json", ATOM: ".atom"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its twins. ``path`` may have ``{name:number}`` parts."""

    path: str
    summary: str
    show: Callable[[Site, Asked], Shown]
    parameters: Sequence[Parameter] = ()
    feed: bool = False
    #: the least that somebody must be to see it, "" for everybody
    role: str = ""
    #: whether it is made anew for each visitor, and kept by nobody
    fresh: bool = False
    #: how it begins, where it can take long to be made
    opening: Opening | None = None

    @property
    def forms(self) -> list[tuple[str, str]]:
        """(media type, path) of the page and its twins."""
        kinds = [HTML, JSON, *([ATOM] if self.feed else [])]
        return [(kind, twin_path(self.path, _SUFFIXES[kind])) for kind in kinds]


@dataclass(frozen=True, slots=True)
class Raw:
    """Something that is not a page: a redirect, a captured page, a list of mementos, events."""

    path: str
    summary: str
    answer: Callable[[Site, Request], Response]
    media: str
    statuses: Sequence[int] = (200,)
    parameters: Sequence[Parameter] = ()
    #: whether ``answer`` never waits, so that it runs in the event loop itself
    quick: bool = False
    #: whether people read it, in their language; programs are answered in English
    spoken: bool = False


class _Number(Convertor[int]):
    """A row number: digits that fit into 64 bits."""

    regex = "[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


class _Stamp(Convertor[str]):
    """A memento's time: 14 digits."""

    regex = "[0-9]{14}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("number", _Number())
register_url_convertor("stamp", _Stamp())


def twin_path(path: str, suffix: str) -> str:
    """The path of a page's twin: ``/`` has the name ``/index``."""
    return ("/index" if path == "/" and suffix else path) + suffix


def routes(site: Site, pages: Sequence[Page], raws: Sequence[Raw]) -> list[Route]:
    """Starlette's routes for everything declared."""
    found = [
        Route(path, _page_endpoint(site, page, media), methods=["GET"])
        for page in pages
        for media, path in page.forms
    ]
    return found + [Route(raw.path, _raw_endpoint(site, raw), methods=["GET"]) for raw in raws]


def _page_endpoint(site: Site, page: Page, media: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        told = media == HTML and SAID_COOKIE in request.cookies
        if page.role or page.fresh or told:
            return await site.turns.here().made(partial(_for_one, site, page, media, request))
        visitor = visitor_of(request.scope)
        key = (
            request.scope["path"],
            request.scope["query_string"],
            media,
            _host(request, media),
            (visitor.name, visitor.role),
            language_of(request).code if media == HTML else "",
        )
        mark = site.archive.mark()
        kept = site.pages.get(key, mark)
        if kept is not None:
            return answer(request, kept, media)

        at_work = asyncio.Event()
        given: asyncio.Future[Body] = asyncio.get_running_loop().create_future()

        async def made() -> Body:
            older = site.pages.older(key)
            if older is not None and older.told is not None:
                look = partial(_still_true, site, page, request, older.told)
                if await site.turns.here().made(look, quick=True):
                    site.pages.put(key, mark, older.body, older.told)
                    return older.body
            work = partial(_made, site, page, media, request, handed_over(given))
            long = page.opening is not None
            body, lasting, told = await site.turns.here().made(work, at_work.set, long=long)
            if lasting:
                site.pages.put(key, mark, body, told)
            return body

        if page.opening is None or media != HTML:
            return answer(request, await made(), media)
        return await begun(
            page.opening,
            made(),
            at_work,
            given,
            partial(site.turns.here().beside, partial(_opening, site, page, request)),
            partial(answer, request, media=media),
            {**kept_how(request), "Vary": "Accept-Encoding", **spoken(request)},
        )

    return endpoint


def _still_true(site: Site, page: Page, request: Request, told: Told) -> bool:
    """Whether a page would be made the same again."""
    _open_to_readers(site, page.path, request)
    return still_true(site, told)


def _made(
    site: Site, page: Page, media: str, request: Request, hand_over: Callable[[Body], None]
) -> tuple[Body, bool, Told | None]:
    """A page made anew, whether it will still be true later, should nothing be written, and what it
    was made of. Its beginning, should it take long, is handed over while the rest is made."""
    _open_to_readers(site, page.path, request)
    asked = read(request, page.parameters)
    if page.opening is not None and media == HTML:
        asked = replace(asked, begin=lambda first: hand_over(_begun(site, page, request, first)))
    with witnessed() as witness:
        shown = _with_links(page.show(site, asked), page, request)
        body = body_of(site, request, shown, media).both()
    ages = any(isinstance(v, timedelta) for v in asked.values.values())
    return body, not ages, None if site.archive.shared else witness.told()


def _opening(site: Site, page: Page, request: Request) -> Body:
    """The beginning of a page, and after it whatever its template makes of nothing."""
    assert page.opening is not None
    _open_to_readers(site, page.path, request)
    return _begun(site, page, request, page.opening.show(site, read(request, page.parameters)))


def _begun(site: Site, page: Page, request: Request, first: Shown) -> Body:
    assert page.opening is not None
    shown = _with_links(first, page, request)
    return body_of(site, request, shown, HTML, until=page.opening.cut)


def _for_one(site: Site, page: Page, media: str, request: Request) -> Response:
    """A page that is for this visitor alone: nothing of it is remembered."""
    no = refusal(visitor_of(request.scope), page.role)
    if no is not None and no.status == 401 and not wants_json(request):
        return sign_in_first(request)
    if no is not None:
        raise no
    if not page.role:
        _open_to_readers(site, page.path, request)
    shown = _with_links(page.show(site, read(request, page.parameters)), page, request)
    said = said_to(request) if media == HTML else ""
    if said:
        forgotten = (*shown.cookies, forget_said(request))
        shown = replace(shown, context={**shown.context, "said": said}, cookies=forgotten)
    body = body_of(site, request, shown, media)
    headers = {"Cache-Control": "no-store", **(spoken(request) if media == HTML else {})}
    response = Response(body.plain(), media_type=media, headers=headers)
    for cookie in shown.cookies:
        response.headers.append("Set-Cookie", cookie)
    return response


def _open_to_readers(site: Site, path: str, request: Request) -> None:
    """Raises where the article that the address names is hidden or part of another: here, once for
    every page, so that no page can forget it."""
    if path.startswith("/a/{id:number}") and not site.surely_open(request.path_params["id"]):
        with site.archive.read() as records:
            refuse_hidden(records, request.path_params["id"])


def _host(request: Request, media: str) -> str:
    """What else the page depends on: feeds and the heads of pages give absolute addresses."""
    return str(request.base_url) if media != JSON else ""


def _with_links(shown: Shown, page: Page, request: Request) -> Shown:
    """The page with the addresses of its twins, the query kept."""
    asked = without_language(quote(request.scope["query_string"], safe=QUERY_SAFE))
    query = f"?{asked}" if asked else ""
    base = quote(request.scope["path"])
    links = {"twin": twin_path(base, ".json") + query}
    if page.feed:
        links["feed_url"] = twin_path(base, ".atom") + query
    return replace(shown, links=links)


def _raw_endpoint(site: Site, raw: Raw) -> Callable[[Request], Response]:
    if raw.quick:

        async def quick(request: Request) -> Response:
            with speaking(ENGLISH):
                return raw.answer(site, request)

        return quick  # type: ignore[return-value]

    def endpoint(request: Request) -> Response:
        _open_to_readers(site, raw.path, request)
        with speaking(language_of(request) if raw.spoken else ENGLISH):
            return raw.answer(site, request)

    return endpoint


def openapi_path(path: str) -> str:
    """``/a/{id:number}`` as OpenAPI writes it."""
    return re.sub(r"\{(\w+):\w+\}", r"{\1}", path)
