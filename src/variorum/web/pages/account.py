"""``/account``: one's own password, tokens and signed-in browsers."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from variorum.model.times import iso
from variorum.store.people_records import ROLES, Person
from variorum.web.asking import Asked
from variorum.web.errors import PageError, bad_request, not_found
from variorum.web.people.access import SESSION, TOKEN_PREFIX, digest_of
from variorum.web.people.credentials import LONGEST, complaint, hash_password, matches
from variorum.web.people.deeds import Deed, Done, Order, session_cookie
from variorum.web.people.forms import Field, number_shape
from variorum.web.people.visitor import lower, rank, visitor_of
from variorum.web.people.wording import ROLE_LINES
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site

_MOST_TOKENS = 50
_MOST_DAYS = 366


def show(site: Site, asked: Asked) -> Shown:
    visitor = visitor_of(asked.request.scope)
    person = _self(visitor.person)
    with site.archive.read() as records:
        tokens = records.tokens_of(person.id)
    context = {
        "person": person,
        "tokens": tokens,
        "now": site.access.clock(),
        "roles": [(r, ROLE_LINES[r]) for r in ROLES if rank(r) <= rank(person.role)],
        "may": ROLE_LINES[person.role],
        "off": site.access.off(),
        "csrf": visitor.csrf,
    }

    def data() -> dict[str, Any]:
        return {**person.to_dict(), "tokens": [t.to_dict() for t in tokens]}

    return Shown("account.html", context, data)


def set_password(site: Site, order: Order) -> Done:
    """Change one's own password; every other browser is signed out. Tokens stay: they stand on
    the same page, each with its end."""
    person = _self(order.visitor.person)
    why = complaint(order["new"])
    if why:
        raise bad_request(f"{why[0].upper()}{why[1:]}.")
    address = order.request.client.host if order.request.client else ""
    if site.access.attempts.begin(person.name, address):
        raise PageError(429, "Too many tries", "Wait a quarter of an hour before the next one.")
    if not matches(order["old"], person.secret):
        raise PageError(403, "Not your password", "That is not your current password.")
    site.access.attempts.succeeded(person.name, address)
    secret = hash_password(order["new"])
    with site.access.write() as records:
        records.update_person(person.id, secret=secret)
        records.end_sessions(person.id)
        key = site.access.open_session(records, person)
        site.access.note(records, order.visitor, "person-password", name=person.name)
    cookie = session_cookie(order.request, key, int(SESSION.total_seconds()))
    return Done("/account", cookies=(cookie,))


def sign_out_everywhere(site: Site, order: Order) -> Done:
    """End all of one's sessions, this one too."""
    with site.access.write() as records:
        records.end_sessions(_self(order.visitor.person).id)
    return Done("/", cookies=(session_cookie(order.request, "", 0),))


def make_token(site: Site, order: Order) -> Done:
    """A token for a program. It is shown this once; only its digest is kept."""
    person = _self(order.visitor.person)
    role = lower(order["role"], person.role)
    key = TOKEN_PREFIX + secrets.token_urlsafe(32)
    now = site.access.clock()
    until = now + timedelta(days=order["days"] or 90)
    with site.access.write() as records:
        if len(records.tokens_of(person.id)) >= _MOST_TOKENS:
            raise PageError(409, "Too many tokens", "Revoke some of them first.")
        number = records.add_token(digest_of(key), person.id, order["name"], role, now, until)
        site.access.note(
            records, order.visitor, "token-made", token=number, name=order["name"], role=role
        )
    context = {"key": key, "name": order["name"], "role": role, "until": until}
    data = {"id": number, "token": key, "role": role, "until": iso(until)}
    return Done("/account", data, Shown("token.html", context, lambda: data))


def revoke_token(site: Site, order: Order) -> Done:
    """Take a token back: the program that shows it is nobody from now on."""
    number = order.number("id")
    with site.access.write() as records:
        if not records.remove_token(_self(order.visitor.person).id, number):
            raise not_found("No such token", "It is not one of yours, or it was revoked already.")
        site.access.note(records, order.visitor, "token-revoked", token=number)
    return Done("/account", {"revoked": number})


def days(text: str) -> int:
    """How many days a token is good for."""
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:6]) <= _MOST_DAYS:
        raise ValueError(f"a number of days from 1 to {_MOST_DAYS}")
    return int(text)


def _self(person: Person | None) -> Person:
    assert person is not None, "the door lets in only people with an account"
    return person


PAGE = Page("/account", "One’s own account.", show, role="reader")
DEEDS = (
    Deed(
        "/account/password",
        "Change one’s own password.",
        "reader",
        set_password,
        (
            Field("old", "the current password", required=True, longest=LONGEST),
            Field("new", "the new password", required=True, longest=LONGEST),
        ),
        in_person=True,
        form=PAGE,
        said="own-password",
    ),
    Deed(
        "/account/tokens",
        "Make a token for a program; it is shown once.",
        "reader",
        make_token,
        (
            Field("name", "what the token is for", required=True, longest=100),
            Field("role", "what the program may do", required=True, choices=ROLES),
            Field(
                "days",
                "how many days it is good for",
                longest=6,
                parse=days,
                shape=number_shape(1, _MOST_DAYS),
            ),
        ),
        in_person=True,
        form=PAGE,
    ),
    Deed(
        "/account/tokens/{id:number}/revoke",
        "Take a token back.",
        "reader",
        revoke_token,
        in_person=True,
        form=PAGE,
        said="revoked",
    ),
    Deed(
        "/account/sign-out-everywhere",
        "Sign out in every browser.",
        "reader",
        sign_out_everywhere,
        in_person=True,
    ),
)
