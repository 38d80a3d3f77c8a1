"""``/sign-in``: from nobody in particular to somebody with an account, and back."""

from __future__ import annotations

from typing import Any

from variorum.web import asking
from variorum.web.asking import Asked
from variorum.web.errors import PageError
from variorum.web.people.access import SESSION, form_token
from variorum.web.people.credentials import LONGEST, matches, nobodys
from variorum.web.people.deeds import (
    GUEST_COOKIE,
    Deed,
    Done,
    Order,
    guest_key,
    local_path,
    session_cookie,
    set_cookie,
)
from variorum.web.people.forms import Field
from variorum.web.people.visitor import visitor_of
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site

_HALF_A_DAY = 12 * 3600
_PARAMETERS = (asking.words("then", "The page to go on to."),)


def show(site: Site, asked: Asked) -> Shown:
    request, then = asked.request, local_path(asked["then"])
    visitor = visitor_of(request.scope)
    off = site.access.off()
    key = guest_key(request)
    context = {"off": off, "then": then, "csrf": visitor.csrf or form_token(key)}

    def data() -> dict[str, Any]:
        return {"editing": not off, "why_not": off, "name": visitor.name, "role": visitor.role}

    cookie = set_cookie(request, GUEST_COOKIE, key, _HALF_A_DAY, "Strict")
    return Shown("sign_in.html", context, data, cookies=(cookie,))


def sign_in(site: Site, order: Order) -> Done:
    """Check name and password; a browser gets a session."""
    name, then = order["name"], local_path(order["then"])
    address = order.request.client.host if order.request.client else ""
    wait = site.access.attempts.begin(name, address)
    if wait:
        raise PageError(
            429,
            "Too many tries",
            f"Wait {wait // 60 + 1} minutes before the next one.",
            {"Retry-After": str(wait)},
        )
    with site.archive.read() as records:
        person = records.person_named(name)
    if not matches(order["password"], person.secret if person else nobodys()) or person is None:
        failed = "Wrong name or password."
        raise PageError(403, "Sign in first", failed)
    site.access.attempts.succeeded(name, address)
    with site.access.write() as records:
        key = site.access.open_session(records, person)
    cookie = session_cookie(order.request, key, int(SESSION.total_seconds()))
    return Done(then, {"name": person.name, "role": person.role}, cookies=(cookie,))


def sign_out(site: Site, order: Order) -> Done:
    """End this browser's session. Where nothing can be written, only its cookie goes."""
    if site.archive.writable:
        with site.archive.write() as records:
            records.end_session(order.visitor.session)
    return Done("/", cookies=(session_cookie(order.request, "", 0),))


PAGE = Page(
    "/sign-in",
    "Who asks, and whether anything can be changed here.",
    show,
    _PARAMETERS,
    fresh=True,
)
DEEDS = (
    Deed(
        "/sign-in",
        "Sign in.",
        "",
        sign_in,
        (
            Field("name", "the name of the account", required=True, longest=60),
            Field("password", "its password", required=True, longest=LONGEST),
            Field("then", "the page to go on to"),
        ),
        form=PAGE,
    ),
    Deed("/sign-out", "Sign out.", "reader", sign_out, changes=False, in_person=True),
)
