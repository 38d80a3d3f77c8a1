"""Something that a form or a program can do here, declared once: for whom, with what fields.

Every deed passes the same door: is anything changed here at all, may this visitor, does the form
come from one of our own pages, is what it says meant.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from variorum.web import asking
from variorum.web.errors import FieldError, PageError
from variorum.web.languages import gettext
from variorum.web.people.access import cookie_name, form_token, is_secure
from variorum.web.people.forms import (
    CSRF_FIELD,
    CSRF_HEADER,
    Field,
    read_body,
    read_fields,
    texts_of,
)
from variorum.web.people.labels import label_of, marked_wrong
from variorum.web.people.visitor import Visitor, visitor_of
from variorum.web.people.wording import SAID
from variorum.web.showing import (
    HTML,
    JSON,
    Shown,
    as_json,
    render,
    sign_in_place,
    spoken,
    wants_json,
)
from variorum.web.site import Site
from variorum.web.templating import harmless

if TYPE_CHECKING:
    from variorum.web.routing import Page

#: What holds the form token of somebody who has not signed in.
GUEST_COOKIE = "variorum-form"
#: Names what was just done, for the next page to tell; and how many seconds it waits for that.
SAID_COOKIE, _SAID_FOR = "variorum-said", 20
#: Bytes that a form may have, unless it says otherwise.
ROOM = 64_000


@dataclass(frozen=True, slots=True)
class Order:
    """A deed asked for: by whom, with which values."""

    request: Request
    visitor: Visitor
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def number(self, name: str) -> int:
        """A number from the path."""
        value: int = self.request.path_params[name]
        return value


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it: where a reader goes on, and the same told to a program. With ``shown`` a
    page is given at once, for what is only said once."""

    place: str
    data: Mapping[str, Any] = field(default_factory=dict)
    shown: Shown | None = None
    cookies: Sequence[str] = ()
    status: int = 200


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do by POST. ``role`` is the least that somebody must be, "" for anybody;
    ``changes`` whether it writes (and so needs the archive open for that), ``in_person`` whether it
        takes somebody who signed in, not a program with a token. ``form`` is the page that has its form,
    which comes again with what was written where something is wrong; ``said`` names the line of
    :data:`SAID` that the next page begins with."""

    path: str
    summary: str
    role: str
    do: Callable[[Site, Order], Done]
    fields: Sequence[Field] = ()
    changes: bool = True
    in_person: bool = False
    room: int = ROOM
    form: Page | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """A form that comes again: the address that it is sent to, what is wrong, what was written."""

    action: str
    error: PageError
    values: Mapping[str, str]


def deed_routes(site: Site, deeds: Sequence[Deed]) -> list[Route]:
    """Starlette's routes for everything that can be done."""
    return [Route(deed.path, _endpoint(site, deed), methods=["POST"]) for deed in deeds]


def refusal(visitor: Visitor, role: str) -> PageError | None:
    """Why this visitor may not go where ``role`` is asked for."""
    if visitor.may(role):
        return None
    if not visitor.role:
        return PageError(401, "Sign in first", f"This needs the role “{role}” or a higher one.")
    return PageError(
        403,
        "Not for your role",
        f"This needs the role “{role}”; you are signed in as {visitor.role}.",
    )


def local_path(text: str, default: str = "/") -> str:
    """A place of ours that a form says to go on to; anything else is not followed."""
    plain = text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if plain and text.isprintable() and "\\" not in text else default


def sign_in_first(request: Request) -> Response:
    """Sends a reader to the sign-in page and back."""
    return RedirectResponse(sign_in_place(request), 303)


def guest_key(request: Request) -> str:
    """What a guest's cookie holds; a fresh one where there is none."""
    key = request.cookies.get(GUEST_COOKIE, "")
    return key if 20 <= len(key) <= 100 else secrets.token_urlsafe(24)


def set_cookie(request: Request, name: str, value: str, seconds: int, same_site: str) -> str:
    """A Set-Cookie header: never readable by scripts, over https only where we are asked so."""
    parts = [f"{name}={value}", "Path=/", f"Max-Age={seconds}", "HttpOnly", f"SameSite={same_site}"]
    return "; ".join([*parts, "Secure"] if is_secure(request.scope) else parts)


def session_cookie(request: Request, key: str, seconds: int) -> str:
    """The cookie of a signed-in browser; no seconds end it."""
    return set_cookie(request, cookie_name(is_secure(request.scope)), key, seconds, "Lax")


def _endpoint(site: Site, deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        visitor = visitor_of(request.scope)
        await to_thread.run_sync(_door, site, deed, visitor)
        body = await read_body(request, deed.room)
        many = {field.name for field in deed.fields if field.many}
        given = texts_of(request.headers.get("content-type", ""), body, many)
        _same_origin(request, visitor, given)
        try:
            order = Order(request, visitor, read_fields(given, deed.fields))
            return await to_thread.run_sync(_carry_out, site, deed, order)
        except PageError as error:
            if deed.form is None or wants_json(request):
                raise
            return await to_thread.run_sync(_form_again, site, deed.form, request, given, error)

    return endpoint


def _form_again(
    site: Site, page: Page, request: Request, given: Mapping[str, str], error: PageError
) -> Response:
    """The page of the form with what was written in it, and above it what is wrong. Raises the error
    where the page has no such form any more."""
    action = request.scope["path"]
    place = re.sub(r"\{(\w+):\w+\}", lambda found: str(request.path_params[found[1]]), page.path)
    scope = {**request.scope, "method": "GET", "path": place, "query_string": b""}
    asked = asking.read(Request(scope), page.parameters)
    try:
        shown = page.show(site, asked)
    except PageError:
        raise error from None
    failed = Failed(action, error, {k: harmless(v) for k, v in given.items()})

    def again(told: Failed) -> bytes:
        return render(site, shown.template, asked.request, {**shown.context, "failed": told})

    html = again(failed)
    if b'id="failed"' not in html:
        raise error
    if isinstance(error, FieldError):
        label = label_of(html, action, error.name)
        html = again(replace(failed, error=error.for_people(label))) if label else html
        html = marked_wrong(html, action, error.name)
    headers = {**error.headers, **spoken(request), "Cache-Control": "no-store"}
    response = Response(html, error.status, headers, media_type=HTML)
    for cookie in shown.cookies:
        response.headers.append("Set-Cookie", cookie)
    return response


def said_to(request: Request) -> str:
    """What the visitor just did, in their language, for a page to tell; "" for nothing."""
    key = request.cookies.get(SAID_COOKIE, "")
    known = SAID.get(key) if visitor_of(request.scope).role else None
    return gettext(known) if known else ""


def forget_said(request: Request) -> str:
    """The Set-Cookie header after which it is told no more."""
    return set_cookie(request, SAID_COOKIE, "", 0, "Lax")


def _door(site: Site, deed: Deed, visitor: Visitor) -> None:
    why = site.access.off() if deed.changes else ""
    if why:
        raise PageError(403, "Editing is off", why)
    no = refusal(visitor, deed.role)
    if no is not None:
        raise no
    if deed.in_person and visitor.role and not visitor.session:
        raise PageError(403, "Only in person", "Accounts are not changed with a token: sign in.")


def _carry_out(site: Site, deed: Deed, order: Order) -> Response:
    done = deed.do(site, order)
    response: Response
    if wants_json(order.request):
        told = as_json({"place": done.place, **done.data})
        response = Response(told, done.status, media_type=JSON)
    elif done.shown is not None:
        html = render(site, done.shown.template, order.request, done.shown.context)
        response = Response(html, done.status, spoken(order.request), media_type=HTML)
    else:
        response = RedirectResponse(done.place, 303)
        if deed.said:
            cookie = set_cookie(order.request, SAID_COOKIE, deed.said, _SAID_FOR, "Lax")
            response.headers.append("Set-Cookie", cookie)
    response.headers["Cache-Control"] = "no-store"
    for cookie in done.cookies:
        response.headers.append("Set-Cookie", cookie)
    return response


def _same_origin(request: Request, visitor: Visitor, given: Mapping[str, str]) -> None:
    """Raises a 403 unless the form came from a page of ours. A program with a token has none: no
    browser adds a token to another site's form."""
    if visitor.role and not visitor.session:
        return
    expected = visitor.csrf if visitor.session else _guest_token(request)
    shown = given.get(CSRF_FIELD) or request.headers.get(CSRF_HEADER, "")
    fits = bool(expected) and hmac.compare_digest(
        shown.encode("utf-8", "surrogatepass"), expected.encode()
    )
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if elsewhere or not fits:
        raise PageError(
            403,
            "Not from our own page",
            "The form did not come from a page of this archive, or the page was too old. "
            "Open the page again and send the form from there.",
        )


def _guest_token(request: Request) -> str:
    key = request.cookies.get(GUEST_COOKIE, "")
    return form_token(key) if key else ""
