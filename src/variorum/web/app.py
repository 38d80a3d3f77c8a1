"""The application put together: pages, guard, errors."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from variorum.store.archive import Archive
from variorum.store.errors import DamagedError
from variorum.web.assets import Assets
from variorum.web.errors import ElsewhereError, PageError
from variorum.web.guard import HEADERS, Guard
from variorum.web.hubs import hub_route
from variorum.web.memory import PageMemory
from variorum.web.pages import DEEDS, PAGES, RAWS
from variorum.web.people.access import Access, Rules
from variorum.web.people.deeds import deed_routes
from variorum.web.people.tools import Tools
from variorum.web.readings import Readings
from variorum.web.routing import routes
from variorum.web.showing import problem
from variorum.web.site import Site
from variorum.web.templating import Templates
from variorum.web.turns import TurnsOf
from variorum.web.witness import listen

log = logging.getLogger(__name__)


def build(
    archive: Archive,
    *,
    clock: Callable[[], datetime],
    allowed_hosts: Sequence[str],
    demo: str | None,
    rules: Rules,
    tools: Tools,
    public_url: str | None,
) -> Starlette:
    """See :func:`variorum.web.create_app`."""
    assets = Assets()
    if not archive.shared:
        listen(archive.engine)
    site = Site(
        archive=archive,
        clock=clock,
        allowed_hosts=tuple(allowed_hosts),
        demo=demo,
        templates=Templates(assets, demo),
        assets=assets,
        readings=Readings(),
        pages=PageMemory(),
        access=Access(archive, rules),
        tools=tools,
        turns=TurnsOf(apart=archive.shared),
        public_url=public_url,
    )
    shown = routes(site, PAGES, RAWS)
    orders = [*deed_routes(site, DEEDS), hub_route(site)]
    app = Starlette(
        routes=[*shown, *orders, Route("/static/{name}", assets.answer)],
        middleware=[
            Middleware(
                Guard,
                site=site,
                orders=[r.path_regex for r in orders],
                pages=[r.path_regex for r in shown],
            )
        ],
        exception_handlers=_handlers(site),
    )
    app.state.site = site
    return app


def _handlers(site: Site) -> dict[int | type[Exception], Callable[..., Response]]:
    def told(request: Request, error: PageError) -> Response:
        return problem(site, request, error)

    def missing(request: Request, error: HTTPException) -> Response:
        if error.status_code != 404:
            detail = "" if error.status_code != 405 else "This cannot be done in that way."
            told = PageError(error.status_code, str(error.detail), detail, error.headers)
            return problem(site, request, told)
        return problem(
            site,
            request,
            PageError(404, "No such page", "There is nothing at this address. Try the search."),
        )

    def damaged(request: Request, error: DamagedError) -> Response:
        log.error("%s: %s", request.scope["path"], error)
        line = str(error)
        whole = f"{line[:1].upper()}{line[1:]}"
        detail = f"{whole}. The rest of the archive can still be read; 'variorum doctor' says more."
        return problem(site, request, PageError(500, "What is stored here is damaged", detail))

    def broken(request: Request, error: Exception) -> Response:
        log.exception("%s failed", request.scope["path"], exc_info=error)
        detail = "This is our fault, not yours. Whoever runs this archive finds in its log what happened."
        answer = problem(site, request, PageError(500, "Something went wrong", detail))
        # Made outside of the guard, which the error went through.
        answer.headers.update(HEADERS)
        return answer

    def elsewhere(request: Request, error: ElsewhereError) -> Response:
        path = request.scope["path"]
        suffix = next((s for s in (".json", ".atom") if path.endswith(s)), "")
        # Joined articles can be split again: no browser is to remember this for good.
        return RedirectResponse(error.place + suffix, 308, headers={"Cache-Control": "no-cache"})

    return {
        ElsewhereError: elsewhere,
        PageError: told,
        HTTPException: missing,
        DamagedError: damaged,
        Exception: broken,
    }
