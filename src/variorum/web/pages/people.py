"""``/people``: who has an account, for administrators."""

from __future__ import annotations

from typing import Any

from variorum.store.people_records import ROLES, Person
from variorum.store.records import Records
from variorum.web.asking import Asked
from variorum.web.errors import PageError, bad_request, not_found
from variorum.web.people.credentials import LONGEST, complaint, hash_password, name_complaint
from variorum.web.people.deeds import Deed, Done, Order
from variorum.web.people.forms import Field
from variorum.web.people.visitor import visitor_of
from variorum.web.people.wording import ROLE_LINES
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site


def show(site: Site, asked: Asked) -> Shown:
    with site.archive.read() as records:
        people = records.people()
    visitor = visitor_of(asked.request.scope)
    context = {
        "people": people,
        "roles": [(r, ROLE_LINES[r]) for r in ROLES],
        "off": site.access.off(),
        "csrf": visitor.csrf,
    }
    return Shown("people.html", context, lambda: {"people": [p.to_dict() for p in people]})


def add(site: Site, order: Order) -> Done:
    """A new account."""
    name, role = order["name"], order["role"]
    _refuse(name_complaint(name) or complaint(order["password"]))
    secret = hash_password(order["password"])
    with site.access.write() as records:
        if records.person_named(name) is not None:
            raise PageError(409, "That name is taken", f"There is already an account “{name}”.")
        person = records.add_person(name, role, secret, site.access.clock())
        site.access.note(records, order.visitor, "person-added", name=name, role=role)
    return Done("/people", person.to_dict())


def set_role(site: Site, order: Order) -> Done:
    """Give somebody another role; there is always an administrator left."""
    role = order["role"]
    with site.access.write() as records:
        person = _other(records, order)
        if role != "admin":
            _keep_one(records, person)
        records.update_person(person.id, role=role)
        site.access.note(
            records, order.visitor, "person-role", name=person.name, role=role, was=person.role
        )
    return Done("/people", {**person.to_dict(), "role": role})


def set_password(site: Site, order: Order) -> Done:
    """Set somebody’s password; they are signed out everywhere, and their tokens end."""
    _refuse(complaint(order["password"]))
    secret = hash_password(order["password"])
    with site.access.write() as records:
        person = _other(records, order)
        records.update_person(person.id, secret=secret)
        records.end_sessions(person.id)
        records.remove_tokens(person.id)
        site.access.note(records, order.visitor, "person-password", name=person.name)
    return Done("/people", person.to_dict())


def remove(site: Site, order: Order) -> Done:
    """Take an account away; what it did stays in the log."""
    with site.access.write() as records:
        person = _other(records, order)
        _keep_one(records, person)
        records.remove_person(person.id)
        site.access.note(records, order.visitor, "person-removed", name=person.name)
    return Done("/people", {"removed": person.name})


def _other(records: Records, order: Order) -> Person:
    person = records.person(order.number("id"))
    if person is None:
        raise not_found("No such account", "Somebody may have removed it already.")
    return person


def _keep_one(records: Records, person: Person) -> None:
    if person.role == "admin" and records.administrators() == 1:
        raise PageError(409, "The last administrator", "Make somebody else an administrator first.")


def _refuse(why: str | None) -> None:
    if why:
        raise bad_request(f"{why[0].upper()}{why[1:]}.")


def _admins(path: str, summary: str, do: Any, *fields: Field, said: str) -> Deed:
    return Deed(path, summary, "admin", do, fields, in_person=True, form=PAGE, said=said)


_ROLE = Field("role", "what they may do", required=True, choices=ROLES)
_PASSWORD = Field("password", "the password", required=True, longest=LONGEST)
PAGE = Page("/people", "Who has an account.", show, role="admin")
DEEDS = (
    _admins(
        "/people",
        "A new account.",
        add,
        Field("name", "the name of the account", required=True, longest=60),
        _ROLE,
        _PASSWORD,
        said="account",
    ),
    _admins(
        "/people/{id:number}/role", "Give somebody another role.", set_role, _ROLE, said="role"
    ),
    _admins(
        "/people/{id:number}/password",
        "Set a password.",
        set_password,
        _PASSWORD,
        said="password",
    ),
    _admins("/people/{id:number}/remove", "Take an account away.", remove, said="account-removed"),
)
