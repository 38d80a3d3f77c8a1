"""Every route, asked by nobody, a reader, an editor and an administrator."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.routing import Route
from web_shelf import Filled, fill
from web_staff import EVERYBODY, Staff, staffed

from variorum.web.people.access import Rules

# The least that somebody must be, said here once more by hand: what is not in these lists is open
# for reading, and nothing else takes POST.
READERS_PAGES = {
    "/account": "reader",
    "/people": "admin",
    "/notices": "editor",
    "/a/{id:number}/edit": "editor",
    "/sources/new": "editor",
    "/sources/{id:number}/edit": "editor",
}
ORDERS = {
    "/sign-in": "nobody",
    "/sign-out": "reader",
    "/account/password": "reader",
    "/account/tokens": "reader",
    "/account/tokens/{id:number}/revoke": "reader",
    "/account/sign-out-everywhere": "reader",
    "/people": "admin",
    "/people/{id:number}/role": "admin",
    "/people/{id:number}/password": "admin",
    "/people/{id:number}/remove": "admin",
    "/a/{id:number}/hide": "editor",
    "/a/{id:number}/unhide": "editor",
    "/a/{id:number}/notes": "editor",
    "/sources": "editor",
    "/sources/preview": "editor",
    "/sources/opml": "editor",
    "/sources/{id:number}/pause": "editor",
    "/sources/{id:number}/resume": "editor",
    "/sources/{id:number}/interval": "editor",
    "/sources/{id:number}/rendering": "editor",
    "/sources/{id:number}/remove": "editor",
    "/notices": "editor",
    "/notices/{id:number}/test": "editor",
    "/notices/{id:number}/pause": "editor",
    "/notices/{id:number}/resume": "editor",
    "/notices/{id:number}/remove": "editor",
    "/a/{id:number}/merge": "editor",
    "/a/{id:number}/split": "editor",
    "/a/{id:number}/notes/{note:number}/withdraw": "editor",
}
# Where hubs of feeds ask back: for whoever has the word in the address, whatever their role.
HUBS = "/websub/{id:number}/{token}"
IN_PERSON = {path for path in ORDERS if path.startswith(("/account", "/people", "/sign-out"))}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    found = fill(tmp_path_factory.mktemp("roles") / "archive")
    with found.archive:
        yield found


@pytest.fixture(scope="module")
def staff(filled: Filled) -> Staff:
    return staffed(filled)


def routes(staff: Staff) -> list[tuple[str, str]]:
    """(method, path as declared) of everything that is served."""
    found = [r for r in staff.app.routes if isinstance(r, Route) and r.path != HUBS]
    assert len(found) == len(staff.app.routes) - 1
    return [
        (method, route.path)
        for route in found
        for method in sorted((route.methods or {"GET"}) - {"HEAD"})
    ]


def address(path: str, number: int) -> str:
    values = {"id": number, "n": 0, "m": 1, "note": 999, "time": "20250312060000"}
    path = re.sub(r"\{url:path\}", "https://harbour.example/crane?id=7", path)
    path = re.sub(r"\{name\}", "variorum.css", path)
    path = re.sub(r"\{(\w+):\w+\}", lambda m: str(values[m[1]]), path)
    return path + ("?old=0&new=1" if path.endswith("/compare") else "")


def wanted(method: str, path: str) -> str:
    """The least role by the lists above."""
    if method == "POST":
        return ORDERS[path]
    return READERS_PAGES.get(path.removesuffix(".json"), "nobody")


def may(who: str, role: str) -> bool:
    return EVERYBODY.index(who) >= EVERYBODY.index(role)


@pytest.mark.parametrize("who", EVERYBODY)
def test_hubs_are_known_by_their_word_and_by_no_role(staff: Staff, who: str) -> None:
    browser = staff.visitor(who)
    assert browser.get("/websub/1/guessed?hub.mode=subscribe").status_code == 404
    assert browser.post("/websub/1/guessed").status_code in (404, 410)


def test_the_lists_above_name_every_order_and_nothing_else(staff: Staff) -> None:
    assert {path for method, path in routes(staff) if method == "POST"} == set(ORDERS)
    assert {method for method, _ in routes(staff)} == {"GET", "POST"}


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_shown_to_those_who_may_see_it(staff: Staff, who: str) -> None:
    for method, path in routes(staff):
        if method != "GET" or path == "/events":
            continue
        browser = staff.visitor(who)
        answer = browser.get(address(path, staff.filled.harbour))
        told = (path, who, answer.status_code, answer.text[:200])
        if may(who, wanted(method, path)):
            assert answer.status_code in (200, 302, 303), told
            assert "/sign-in" not in answer.headers.get("location", ""), told
            continue
        if who == "nobody" and not path.endswith(".json"):
            assert answer.status_code == 303, told
            assert answer.headers["location"].startswith("/sign-in?then="), told
        else:
            assert answer.status_code == (401 if who == "nobody" else 403), told
        if who == "nobody":
            asked = browser.get(address(path, 1), accept="application/json")
            assert asked.status_code == 401, told
            assert asked.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_order_is_taken_from_those_who_may_give_it(staff: Staff, who: str) -> None:
    for path, role in ORDERS.items():
        browser = staff.visitor(who)
        if path == "/sign-in":
            continue  # its own tests tell
        answer = browser.post(address(path, 999_999))
        told = (path, who, answer.status_code, answer.text[-600:])
        if may(who, role):
            assert answer.status_code in (200, 303, 400, 404, 410), told
        else:
            assert answer.status_code == (401 if who == "nobody" else 403), told


@pytest.mark.parametrize("who", ["reader", "editor", "admin"])
def test_programs_do_what_their_token_may_and_never_look_after_accounts(
    staff: Staff, who: str
) -> None:
    program = staff.program(who)
    for path, role in ORDERS.items():
        if path == "/sign-in":
            continue
        answer = program.post(address(path, 999_999))
        told = (path, who, answer.status_code, answer.text)
        if path in IN_PERSON or not may(who, role):
            assert answer.status_code == 403, told
        else:
            assert answer.status_code in (400, 404, 410), told
        assert answer.headers["content-type"].startswith(("application/", "text/html"))


def test_a_token_never_does_more_than_its_owner(staff: Staff) -> None:
    program = staff.program("admin", "reader")
    assert program.get("/people.json").status_code == 403
    assert program.get("/account.json").json()["name"] == "reader"


def test_orders_with_forms_of_other_sites_are_refused(staff: Staff) -> None:
    for path in ORDERS:
        for browser in (staff.visitor("admin"), staff.visitor("nobody")):
            for csrf in ("", "x" * 40, "ü\ud800"):
                browser.csrf = csrf
                answer = browser.client.post(
                    address(path, 999_999),
                    content=b"csrf=" + csrf.encode("utf-8", "surrogatepass"),
                    headers={"content-type": "application/x-www-form-urlencoded"},
                )
                assert answer.status_code in (401, 403), (path, csrf)
    browser = staff.visitor("admin")
    crossed = browser.client.post(
        "/account/tokens",
        data={"csrf": browser.csrf, "name": "x", "role": "reader"},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert crossed.status_code == 403
    assert staff.visitor("admin").get("/account.json").json()["tokens"] == [
        t for t in staff.visitor("admin").get("/account.json").json()["tokens"] if t["name"] != "x"
    ]


def test_where_editing_is_off_nobody_does_anything_and_all_are_told_why(filled: Filled) -> None:
    from starlette.testclient import TestClient
    from web_shelf import NOW

    from variorum.web import create_app

    why = "Another process is writing."
    app = create_app(
        filled.archive, clock=lambda: NOW, allowed_hosts=("testserver",), rules=Rules(off=why)
    )
    client = TestClient(app, follow_redirects=False)
    for path in ORDERS:
        if path == "/sign-out":
            continue  # one may always leave
        answer = client.post(address(path, 1), headers={"accept": "application/json"})
        assert answer.status_code == 403, path
        assert answer.json()["detail"] == why
    assert why in client.get("/sign-in").text
    assert "<form" not in client.get("/sign-in").text.split("<main")[1]
    assert client.get("/sign-in.json").json()["editing"] is False


def test_private_pages_are_for_people_with_an_account(filled: Filled, staff: Staff) -> None:
    private = Staff(filled, staffed_app(filled, Rules(private=True)), staff.people)
    for method, path in routes(private):
        if method != "GET" or path == "/events":
            continue
        answer = private.visitor("nobody").get(address(path, filled.harbour))
        if path.startswith(("/sign-in", "/static")):
            assert answer.status_code == 200, path
        else:
            assert answer.status_code in (303, 401), (path, answer.status_code)
            assert "crane" not in answer.text
        shown = private.visitor("reader").get(address(path, filled.harbour))
        if wanted(method, path) in ("nobody", "reader"):
            assert shown.status_code in (200, 302, 303), (path, shown.status_code)
            assert "public" not in shown.headers.get("cache-control", "") or "static" in path
    assert private.program("reader").get("/index.json").status_code == 200


def staffed_app(filled: Filled, rules: Rules):  # type: ignore[no-untyped-def]
    from web_shelf import NOW

    from variorum.web import create_app

    return create_app(filled.archive, clock=lambda: NOW, allowed_hosts=("testserver",), rules=rules)
