"""``variorum people``: accounts of those who may change what the pages show."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from variorum.cli.common import archive_option, fail, json_option, opened, print_json, say
from variorum.store.people_records import ROLES, Act

if TYPE_CHECKING:
    from variorum.store.people_records import Person
    from variorum.store.records import Records

# The command line is whoever runs the archive; the log names it so.
_OPERATOR = "command line"


@click.group("people", epilog="Example: variorum people add ana --role admin")
def people_command() -> None:
    """Accounts of those who may change what the pages show.

    A reader reads (where the pages are --private), an editor hides, annotates, joins and splits
    articles and looks after sources, an admin looks after accounts too. Passwords are asked for, or
    read as one line from stdin where it is not a terminal.
    """


@people_command.command("add", epilog="Example: variorum people add ana --role admin")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="editor", show_default=True)
@archive_option
@json_option
def add_command(name: str, role: str, archive: str, as_json: bool) -> None:
    """Add the account NAME."""
    from variorum.web.people.credentials import hash_password, name_complaint

    why = name_complaint(name)
    if why:
        fail(why)
    with opened(archive, read_only=False, begin=True) as store:
        with store.read() as records:
            if records.person_named(name) is not None:
                fail(f"there is an account '{name}' already")
        secret = hash_password(_password())
        with store.write() as records:
            person = records.add_person(name, role, secret, datetime.now(UTC))
            _note(records, "person-added", name=name, role=role)
    _print(person, as_json, "added")


@people_command.command("list")
@archive_option
@json_option
def list_command(archive: str, as_json: bool) -> None:
    """Everybody with an account."""
    with opened(archive) as store, store.read() as records:
        people = records.people()
    for person in people:
        _print(person, as_json, f"since {person.added:%Y-%m-%d}")
    if not people and not as_json:
        say("nobody has an account: 'variorum people add NAME --role admin' makes the first")


@people_command.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@archive_option
def role_command(name: str, role: str, archive: str) -> None:
    """Give NAME another role."""
    with opened(archive, read_only=False) as store, store.write() as records:
        person = _find(records, name)
        records.update_person(person.id, role=role)
        _note(records, "person-role", name=name, role=role, was=person.role)


@people_command.command("password")
@click.argument("name")
@archive_option
def password_command(name: str, archive: str) -> None:
    """Set the password of NAME, and sign them out everywhere."""
    from variorum.web.people.credentials import hash_password

    with opened(archive, read_only=False) as store:
        with store.read() as records:
            _find(records, name)
        secret = hash_password(_password())
        with store.write() as records:
            person = _find(records, name)
            records.update_person(person.id, secret=secret)
            records.end_sessions(person.id)
            _note(records, "person-password", name=name)


@people_command.command("remove")
@click.argument("name")
@archive_option
def remove_command(name: str, archive: str) -> None:
    """Take the account NAME away; what it did stays in the log."""
    with opened(archive, read_only=False) as store, store.write() as records:
        records.remove_person(_find(records, name).id)
        _note(records, "person-removed", name=name)


def _password() -> str:
    """A password from the terminal, asked for twice, or one line of stdin."""
    from variorum.web.people.credentials import complaint

    if sys.stdin.isatty():
        given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    why = complaint(given)
    if why:
        fail(why)
    return given


def _find(records: Records, name: str) -> Person:
    person = records.person_named(name)
    if person is None:
        fail(f"no account '{name}'; 'variorum people list' lists them")
    return person


def _note(records: Records, kind: str, **details: str) -> None:
    records.add_act(Act(kind, _OPERATOR, "admin", datetime.now(UTC), details=details))


def _print(person: Person, as_json: bool, remark: str) -> None:
    if as_json:
        print_json(person.to_dict())
    else:
        click.echo(f"{person.name}: {person.role}, {remark}")
