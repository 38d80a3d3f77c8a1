"""What a page gives, and how it becomes HTML, JSON or Atom."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from variorum.web.atom import Feed, write_feed
from variorum.web.errors import PageError
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


def respond(site: Site, request: Request, shown: Shown, media: str) -> Response:
    """The page in the form asked for, with an ETag; 304 where the reader has it already."""
    if media == JSON:
        return _tagged(request, as_json(shown.data()), JSON)
    if media == ATOM:
        if shown.feed is None:
            raise PageError(404, "No feed here")
        return _tagged(request, write_feed(shown.feed()), ATOM)
    html = render(site, shown.template, request, {**shown.context, **shown.links})
    return _tagged(request, html, HTML)


def render(site: Site, template: str, request: Request, context: Mapping[str, Any]) -> bytes:
    """A template as bytes that hold nothing but characters a page may have."""
    values = {"path": request.scope["path"], "twin": None, "feed_url": None, **context}
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
        return Response(body, error.status, media_type=PROBLEM)
    html = render(site, "error.html", request, {"error": error})
    return Response(html, error.status, media_type=HTML)


def wants_json(request: Request) -> bool:
    """Whether a program is asking: by the path, or by an Accept that names JSON and no HTML."""
    if request.scope["path"].endswith((".json", ".atom")):
        return True
    accept = request.headers.get("accept", "")
    return "json" in accept and "html" not in accept


def _tagged(request: Request, body: bytes, media: str) -> Response:
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    known = request.headers.get("if-none-match", "")
    if tag in (t.strip() for t in known.split(",")) or known.strip() == "*":
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media, headers=headers)
