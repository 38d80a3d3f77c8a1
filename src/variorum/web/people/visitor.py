"""Whoever asks: nobody in particular, or somebody with an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from variorum.store.people_records import ROLES, Person


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, by what right, and the token that the forms on their pages carry.

    ``role`` is "" for nobody in particular. ``session`` is the digest of their cookie, "" when a
    program's token was shown instead.
    """

    role: str = ""
    person: Person | None = None
    session: str = ""
    csrf: str = ""

    @property
    def name(self) -> str:
        return self.person.name if self.person else ""

    def may(self, role: str) -> bool:
        """Whether what asks for ``role`` is open to this visitor."""
        return rank(self.role) >= rank(role)


NOBODY = Visitor()


def rank(role: str) -> int:
    """0 for nobody, then reader, editor, admin."""
    return ROLES.index(role) + 1 if role else 0


def lower(one: str, other: str) -> str:
    """The lesser of two roles."""
    return min(one, other, key=rank)


def shows_token(authorization: str) -> bool:
    """Whether an Authorization header is a program's token."""
    return authorization.partition(" ")[0].casefold() == "bearer"


def visitor_of(scope: Any) -> Visitor:
    """The visitor that the guard recognised."""
    found: Visitor = scope.get("state", {}).get("visitor", NOBODY)
    return found
