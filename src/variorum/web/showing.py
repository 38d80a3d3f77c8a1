"""What a page gives, and how it becomes HTML, JSON or Atom."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from variorum.web.atom import Feed, write_feed
from variorum.web.errors import FieldError, PageError
from variorum.web.languages import PARAMETER, gettext, language_of, liking, speaking
from variorum.web.memory import Body
from variorum.web.people.visitor import shows_token, visitor_of
from variorum.web.site import Site
from variorum.web.templating import harmless_bytes

HTML, JSON, ATOM = "text/html", "application/json", "application/atom+xml"
PROBLEM = "application/problem+json"
# What becomes much smaller when it is packed; pages that hold a secret of somebody never come here.
_PACKED = {HTML, JSON, ATOM}
# What a parameter takes, in characters.
_LONGEST_WAY_BACK = 300
#: Characters of a query string that may stand in a link as they came.
QUERY_SAFE = "%&=+;:@/?!$'()*,-._~"


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


def body_of(site: Site, request: Request, shown: Shown, media: str, until: str = "") -> Body:
    """The page in the form asked for; HTML with ``until`` only up to the end of that markup."""
    if media == JSON:
        return Body.of(as_json(shown.data()))
    if media == ATOM:
        if shown.feed is None:
            raise PageError(404, "No feed here")
        return Body.of(write_feed(shown.feed()))
    context = {**shown.context, **shown.links}
    return Body.of(render(site, shown.template, request, context, until))


def answer(request: Request, body: Body, media: str) -> Response:
    """The page with its ETag; 304 where the reader has it already."""
    headers = {"ETag": body.tag, **kept_how(request)}
    if media in _PACKED:
        headers["Vary"] = "Accept-Encoding"
    if media not in (JSON, ATOM):
        headers |= spoken(request)
    known = request.headers.get("if-none-match", "")
    if body.tag in (t.strip() for t in known.split(",")) or known.strip() == "*":
        return Response(status_code=304, headers=headers)
    if media in _PACKED and takes_gzip(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
        return Response(body.packed(), media_type=media, headers=headers)
    return Response(body.plain(), media_type=media, headers=headers)


@lru_cache(maxsize=256)
def takes_gzip(header: str) -> bool:
    """Whether an Accept-Encoding header (RFC 9110, 12.5.3) names gzip and does not refuse it."""
    parts = (part.partition(";") for part in header.lower().split(","))
    return any(name.strip() == "gzip" and liking(rest) > 0 for name, _, rest in parts)


def kept_how(request: Request) -> dict[str, str]:
    """The header that says who may keep an answer: anybody who asks again whether it still holds,
    but what somebody with an account sees only that person."""
    shared = not visitor_of(request.scope).role
    return {"Cache-Control": "no-cache" if shared else "private, no-cache"}


def spoken(request: Request) -> dict[str, str]:
    """The header that says which language an answer has; the guard adds what follows from it."""
    return {"Content-Language": language_of(request).code}


def render(
    site: Site, template: str, request: Request, context: Mapping[str, Any], until: str = ""
) -> bytes:
    """A template as bytes that hold nothing but characters a page may have; with ``until`` it goes
    no further than the end of that markup, and what comes after it is not asked of the context."""
    values = {
        "path": request.scope["path"],
        "twin": None,
        "failed": None,
        "said": "",
        "feed_url": None,
        "visitor": visitor_of(request.scope),
        "sign_in": sign_in_place(request),
        "tongues": partial(_in_another_language, request),
        **context,
    }
    with speaking(language_of(request)):
        made = site.templates.get_template(template)
        html = _begun(made.generate(values), until) if until else made.render(values)
    return harmless_bytes(html)


def _begun(parts: Iterator[str], until: str) -> str:
    html = []
    for part in parts:
        html.append(part)
        if until in part:
            break
    return "".join(html)


def without_language(query: str) -> str:
    """A query string without the parameter that chooses a language."""
    return "&".join(p for p in query.split("&") if p.partition("=")[0] != PARAMETER)


def _in_another_language(request: Request, code: str) -> str:
    """A link to the same page in another language; what was sent by a form has no address."""
    if request.scope["method"] not in ("GET", "HEAD"):
        return f"/?{PARAMETER}={code}"
    path = request.scope["path"]
    # Two slashes at the beginning would lead to another host.
    place = "/" if path.startswith("//") else quote(path)
    asked = without_language(quote(request.scope["query_string"], safe=QUERY_SAFE))
    return f"{place}?{asked}&{PARAMETER}={code}" if asked else f"{place}?{PARAMETER}={code}"


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
    if isinstance(error, FieldError) and error.label:
        error = error.for_people(gettext(error.label))
    html = render(site, "error.html", request, {"error": error, **_ways_on(request)})
    headers = {**error.headers, **spoken(request)}
    return Response(html, error.status, headers, media_type=HTML)


def _address(request: Request) -> str:
    """The address that was asked for, as a link within the site; "" where it would lead elsewhere."""
    path = request.scope["path"]
    asked = quote(request.scope["query_string"], safe=QUERY_SAFE)
    if path.startswith("//"):
        return ""
    return quote(path) + (f"?{asked}" if asked else "")


def sign_in_place(request: Request) -> str:
    """The address of the sign-in page that leads back to what was asked for, where that can be asked
    for again."""
    here = _address(request) if request.scope["method"] in ("GET", "HEAD") else ""
    if len(here) > _LONGEST_WAY_BACK:
        here = quote(request.scope["path"])
    back = here not in ("", "/") and not here.startswith("/sign-in")
    return (
        "/sign-in?" + urlencode({"then": here})
        if back and len(here) <= _LONGEST_WAY_BACK
        else "/sign-in"
    )


def _ways_on(request: Request) -> dict[str, str]:
    """Where somebody can go on from an error: to the page itself, or to where an article is shown
    again."""
    path = request.scope["path"]
    asked = request.scope["method"] in ("GET", "HEAD") and request.scope["query_string"]
    article = re.match(r"/a/([0-9]{1,18})(/|$)", path)
    below = article is not None and path != f"/a/{article[1]}"
    return {
        # To choose nothing is no comparison either.
        "whole": ""
        if not asked or path.startswith("//") or path.endswith("/compare")
        else quote(path),
        "again": _address(request) if request.scope["method"] in ("GET", "HEAD") else "",
        "edit": f"/a/{article[1]}/edit" if article else "",
        "article": f"/a/{article[1]}" if article and below else "",
    }


def wants_json(request: Request) -> bool:
    """Whether a program is asking: by the path, by what it sends, or by an Accept that names JSON
    and no HTML."""
    if request.scope["path"].endswith((".json", ".atom")):
        return True
    accept = request.headers.get("accept", "")
    sends_json = request.headers.get("content-type", "").startswith(JSON)
    by_token = shows_token(request.headers.get("authorization", ""))
    return sends_json or by_token or ("json" in accept and "html" not in accept)
