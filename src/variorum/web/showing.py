"""What a page gives, and how it becomes HTML, JSON or Atom."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from variorum.web.atom import Feed, write_feed
from variorum.web.errors import PageError
from variorum.web.memory import Body
from variorum.web.people.visitor import shows_token, visitor_of
from variorum.web.site import Site
from variorum.web.templating import harmless

HTML, JSON, ATOM = "text/html", "application/json", "application/atom+xml"
PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Shown:
    """One page: a template with its context, and the same as data. ``feed`` where it has one."""

    template: str
    context: Mapping[str, Any]
    data: Callable[[], Any]
    feed: Callable[[], Feed] | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    #: Set-Cookie headers that go with it
    cookies: Sequence[str] = ()


def body_of(site: Site, request: Request, shown: Shown, media: str) -> Body:
    """The page in the form asked for."""
    if media == JSON:
        return Body.of(as_json(shown.data()))
    if media == ATOM:
        if shown.feed is None:
            raise PageError(404, "No feed here")
        return Body.of(write_feed(shown.feed()))
    return Body.of(render(site, shown.template, request, {**shown.context, **shown.links}))


def answer(request: Request, body: Body, media: str) -> Response:
    """The page with its ETag; 304 where the reader has it already."""
    shared = not visitor_of(request.scope).role
    headers = {"ETag": body.tag, "Cache-Control": "no-cache" if shared else "private, no-cache"}
    known = request.headers.get("if-none-match", "")
    if body.tag in (t.strip() for t in known.split(",")) or known.strip() == "*":
        return Response(status_code=304, headers=headers)
    return Response(body.data, media_type=media, headers=headers)


def render(site: Site, template: str, request: Request, context: Mapping[str, Any]) -> bytes:
    """A template as bytes that hold nothing but characters a page may have."""
    values = {
        "path": request.scope["path"],
        "twin": None,
        "feed_url": None,
        "visitor": visitor_of(request.scope),
        **context,
    }
    html = site.templates.get_template(template).render(values)
    return harmless(html).encode("utf-8")


def as_json(value: Any) -> bytes:
    """JSON as the archive writes it."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def problem(site: Site, request: Request, error: PageError) -> Response:
    """An error as the reader wants it: a page, or problem+json (RFC 9457) for programs."""
    if wants_json(request):
        body = as_json(
            {
                "type": "about:blank",
                "title": error.title,
                "status": error.status,
                "detail": error.detail,
            }
        )
        return Response(body, error.status, error.headers, media_type=PROBLEM)
    html = render(site, "error.html", request, {"error": error})
    return Response(html, error.status, error.headers, media_type=HTML)


def wants_json(request: Request) -> bool:
    """Whether a program is asking: by the path, by what it sends, or by an Accept that names JSON
    and no HTML."""
    if request.scope["path"].endswith((".json", ".atom")):
        return True
    accept = request.headers.get("accept", "")
    sends_json = request.headers.get("content-type", "").startswith(JSON)
    by_token = shows_token(request.headers.get("authorization", ""))
    return sends_json or by_token or ("json" in accept and "html" not in accept)
