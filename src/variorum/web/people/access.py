"""The door: who somebody is, and whether anything may be changed here at all."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from variorum.pipeline.clock import system_clock
from variorum.store.archive import Archive
from variorum.store.people_records import Act, Person
from variorum.store.records import Records
from variorum.web.errors import PageError
from variorum.web.people.attempts import Attempts
from variorum.web.people.visitor import NOBODY, Visitor, lower, shows_token

#: How long a browser stays signed in.
SESSION = timedelta(days=14)
TOKEN_PREFIX = "variorum_"  # noqa: S105 - what tokens begin with, so that scanners find lost ones
_NO_ADMIN = (
    "There is no administrator yet. Whoever runs this archive can stop it and add one with "
    "“variorum people add NAME --role admin”."
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What whoever runs the pages decided. ``off`` says why nothing can be changed through them,
    "" when it can; ``private`` asks readers to sign in as well."""

    off: str = ""
    private: bool = False


@dataclass(slots=True)
class Access:
    """Recognises visitors and opens the archive for their changes. Times are the machine's, not the
    demo newspaper's."""

    archive: Archive
    rules: Rules = field(default_factory=Rules)
    clock: Callable[[], datetime] = system_clock
    attempts: Attempts = field(default_factory=Attempts)

    def off(self) -> str:
        """Why nothing can be changed here, "" when it can."""
        if self.rules.off:
            return self.rules.off
        if not self.archive.writable:
            return "These pages can only read the archive."
        with self.archive.read() as records:
            return "" if records.administrators() else _NO_ADMIN

    @contextmanager
    def write(self) -> Iterator[Records]:
        """One change, kept whole or not at all. Raises a 403 that says why where none is taken."""
        why = self.off()
        if why:
            raise PageError(403, "Editing is off", why)
        with self.archive.write() as records:
            yield records

    def note(
        self,
        records: Records,
        visitor: Visitor,
        kind: str,
        *,
        article: int | None = None,
        source: int | None = None,
        reason: str = "",
        **details: object,
    ) -> int:
        """Write an act into the log, inside the transaction of what it tells of."""
        told = Act(kind, visitor.name, visitor.role, self.clock(), article, source, reason, details)
        return records.add_act(told)

    def recognise(self, scope: Scope) -> Visitor:
        """Who asks, by a token shown or else by the cookie. Other kinds of authorization are for a
        server in front, and nothing to us."""
        headers = Headers(scope=scope)
        shown = headers.get("authorization", "")
        if shows_token(shown):
            return self._by_token(shown)
        cookies = cookie_parser(headers.get("cookie", ""))
        key = cookies.get(cookie_name(is_secure(scope)), "")
        if not key or len(key) > 100:
            return NOBODY
        digest = digest_of(key)
        with self.archive.read() as records:
            person = records.person_of_session(digest, self.clock())
        if person is None:
            return NOBODY
        return Visitor(person.role, person, digest, form_token(key))

    def _by_token(self, shown: str) -> Visitor:
        key = shown.partition(" ")[2].strip()
        if not key.startswith(TOKEN_PREFIX) or len(key) > 100:
            raise unknown_token()
        with self.archive.read() as records:
            found = records.person_of_token(digest_of(key), self.clock())
        if found is None:
            raise unknown_token()
        person, given = found
        return Visitor(lower(person.role, given), person)

    def open_session(self, records: Records, person: Person) -> str:
        """Sign a browser in; returns what its cookie is to hold."""
        key = secrets.token_urlsafe(32)
        now = self.clock()
        records.add_session(digest_of(key), person.id, now, now + SESSION)
        return key


def unknown_token() -> PageError:
    """401 for a token that is not, or no longer, one of ours."""
    return PageError(
        401,
        "Unknown token",
        "The Authorization header takes “Bearer” and a token that was made on the account page.",
    )


def digest_of(key: str) -> str:
    """What is stored of a cookie or token. They are long and random, so one hash is enough."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def form_token(key: str) -> str:
    """What the forms of a session carry: follows from its cookie, which no other site can read."""
    return hashlib.sha256(b"form:" + key.encode("utf-8", "surrogatepass")).hexdigest()[:40]


def is_secure(scope: Scope) -> bool:
    return bool(scope.get("scheme") == "https")


def cookie_name(secure: bool) -> str:
    """``__Host-`` binds a cookie to this very host, but browsers only take it over https."""
    return "__Host-variorum" if secure else "variorum"
