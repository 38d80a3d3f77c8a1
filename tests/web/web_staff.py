"""An archive with people: a reader, an editor and an administrator, each signed in when wanted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient
from web_shelf import NOW, Filled

from variorum.store.archive import Archive
from variorum.store.people_records import Person
from variorum.web import create_app
from variorum.web.people.access import Access, Rules, digest_of, form_token
from variorum.web.people.credentials import hash_password
from variorum.web.people.tools import Tools

PASSWORD = "a long enough word"
ROLES = ("reader", "editor", "admin")
EVERYBODY = ("nobody", *ROLES)


def hire(archive: Archive) -> dict[str, Person]:
    """One person for each role, named after it, with the same password."""
    secret = hash_password(PASSWORD)
    with archive.write() as records:
        return {role: records.add_person(role, role, secret, NOW) for role in ROLES}


@dataclass
class Staff:
    """The pages over an archive with people."""

    filled: Filled
    app: Starlette
    people: Mapping[str, Person]

    @property
    def archive(self) -> Archive:
        return self.filled.archive

    @property
    def access(self) -> Access:
        access: Access = self.app.state.site.access
        return access

    def visitor(self, role: str) -> Browser:
        """A browser signed in as the person with this role, or as nobody."""
        client = TestClient(self.app, follow_redirects=False)
        if role == "nobody":
            return Browser(client, "")
        with self.archive.write() as records:
            key = self.access.open_session(records, self.people[role])
        client.cookies.set("variorum", key)
        return Browser(client, form_token(key))

    def program(self, role: str, person: str | None = None) -> TestClient:
        """A program that shows a token of this role."""
        key = f"variorum_token-of-{role}-{person or role}-0123456789"
        now = self.access.clock()
        with self.archive.write() as records:
            found = records.person_of_token(digest_of(key), now)
            if found is None:
                owner = self.people[person or role]
                until = now + timedelta(days=1)
                records.add_token(digest_of(key), owner.id, "test", role, now, until)
        client = TestClient(self.app, follow_redirects=False)
        client.headers["authorization"] = f"Bearer {key}"
        return client


@dataclass
class Browser:
    """A client with the token that its forms carry."""

    client: TestClient
    csrf: str

    def get(self, path: str, **headers: str) -> Response:
        return self.client.get(path, headers=headers)

    def post(self, path: str, _json: bool = False, **fields: Any) -> Response:
        headers = {"accept": "application/json"} if _json else {}
        return self.client.post(path, data={"csrf": self.csrf, **fields}, headers=headers)


def staffed(filled: Filled, rules: Rules | None = None, tools: Tools | None = None) -> Staff:
    """The pages over a filled archive, with people in it."""
    app = create_app(
        filled.archive, clock=lambda: NOW, allowed_hosts=("testserver",), rules=rules, tools=tools
    )
    return Staff(filled, app, hire(filled.archive))
