"""Signing in and out, passwords, tokens, and who may give whom an account."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient
from web_shelf import fill
from web_staff import PASSWORD, Staff, staffed

from variorum.web.people.attempts import WINDOW, Attempts
from variorum.web.people.credentials import complaint, hash_password, matches
from variorum.web.people.deeds import local_path


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    filled = fill(tmp_path_factory.mktemp("accounts") / "archive")
    with filled.archive:
        yield staffed(filled)


@pytest.fixture(autouse=True)
def unhurried(staff: Staff) -> None:
    staff.access.attempts = Attempts()


def browser(staff: Staff, base: str = "http://testserver") -> TestClient:
    return TestClient(staff.app, base_url=base, follow_redirects=False)


def sign_in(client: TestClient, name: str, password: str = PASSWORD, then: str = "/log"):  # type: ignore[no-untyped-def]
    form = LexborHTMLParser(client.get(f"/sign-in?then={then}").text)
    fields = {
        str(i.attributes["name"]): i.attributes.get("value") or ""
        for i in form.css("form.deed input")
    }
    return client.post("/sign-in", data={**fields, "name": name, "password": password})


def test_a_browser_signs_in_by_its_form_and_out_again(staff: Staff) -> None:
    client = browser(staff)
    answer = sign_in(client, "editor")
    assert (answer.status_code, answer.headers["location"]) == (303, "/log")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert "Secure" not in cookie and "Domain" not in cookie
    page = client.get("/account")
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert "Signed in as" in client.get("/").text
    csrf = LexborHTMLParser(page.text).css_first("form.deed input[name=csrf]").attributes["value"]
    assert client.post("/sign-out", data={"csrf": csrf}).status_code == 303
    assert client.get("/account").headers["location"] == "/sign-in?then=%2Faccount"
    assert "Signed in as" not in client.get("/").text


def test_no_other_window_reaches_that_of_someone_who_is_known(staff: Staff) -> None:
    client = browser(staff)
    assert "cross-origin-opener-policy" not in client.get("/about").headers
    assert client.get("/sign-in").headers["cross-origin-opener-policy"] == "same-origin"
    sign_in(client, "editor")
    for path in ("/about", "/account", "/nowhere"):
        assert client.get(path).headers["cross-origin-opener-policy"] == "same-origin"


def test_over_https_the_cookie_is_for_this_host_and_https_only(staff: Staff) -> None:
    client = browser(staff, "https://testserver")
    cookies = sign_in(client, "editor").headers.get_list("set-cookie")
    (cookie,) = [c for c in cookies if c.startswith("__Host-variorum=")]
    assert "Secure" in cookie and "HttpOnly" in cookie
    assert client.get("/account.json").json()["name"] == "editor"


def test_a_session_is_kept_as_a_digest_and_ends_when_its_time_is_over(staff: Staff) -> None:
    client = browser(staff)
    sign_in(client, "editor")
    key = client.cookies["variorum"]
    with staff.archive.read() as records:
        rows = records.db.exec_driver_sql("SELECT * FROM session").all()
    assert rows and not any(key in str(row) for row in rows)
    clock = staff.access.clock
    try:
        staff.access.clock = lambda: clock() + timedelta(days=15)
        assert client.get("/account.json").status_code == 401
    finally:
        staff.access.clock = clock


@pytest.mark.parametrize(("name", "password"), [("editor", "wrong"), ("no-one", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_are_told_alike(
    staff: Staff, name: str, password: str
) -> None:
    client = browser(staff)
    answer = sign_in(client, name, password)
    assert answer.status_code == 403
    assert "Wrong name or password" in answer.text
    assert "variorum" not in client.cookies


def test_guessing_is_slowed_down(staff: Staff) -> None:
    client = browser(staff)
    for _ in range(5):
        assert sign_in(client, "editor", "wrong").status_code == 403
    answer = sign_in(client, "editor")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= WINDOW + 1
    assert sign_in(client, "reader").status_code == 303


def test_attempts_are_counted_by_name_and_by_address_and_forgotten() -> None:
    now = 0.0
    attempts = Attempts(lambda: now)
    assert [attempts.begin("Ana", "192.0.2.1") for _ in range(5)] == [0] * 5
    assert attempts.begin("ana", "192.0.2.1") > 0
    assert attempts.begin("ana", "192.0.2.2") == 0
    for k in range(25):
        attempts.begin(f"name{k}", "192.0.2.1")
    assert attempts.begin("somebody", "192.0.2.1") > 0
    now = WINDOW + 1.0
    assert attempts.begin("ana", "192.0.2.1") == 0
    for k in range(30_000):
        attempts.begin(f"n{k}", f"a{k}")
    assert len(attempts._failed) <= 20_000


def test_tries_that_run_at_once_are_counted_before_any_of_them_has_failed() -> None:
    attempts = Attempts(lambda: 0.0)
    with ThreadPoolExecutor(16) as threads:
        waits = list(threads.map(lambda _: attempts.begin("ana", "192.0.2.1"), range(40)))
    assert waits.count(0) == 5


def test_whoever_signs_in_rightly_is_never_made_to_wait() -> None:
    attempts = Attempts(lambda: 0.0)
    for k in range(500):
        assert attempts.begin(f"name{k % 3}", "192.0.2.1") == 0
        attempts.succeeded(f"name{k % 3}", "192.0.2.1")


def test_a_network_of_ipv6_addresses_counts_as_one() -> None:
    attempts = Attempts(lambda: 0.0)
    waits = [attempts.begin("ana", f"2001:db8::{k:x}") for k in range(9)]
    assert waits.count(0) == 5
    assert attempts.begin("ana", "2001:db8:0:1::1") == 0
    assert attempts.begin("ana", "::ffff:192.0.2.1") == 0


def test_a_form_for_guests_is_bound_to_the_browser_it_was_given_to(staff: Staff) -> None:
    mine, theirs = browser(staff), browser(staff)
    form = LexborHTMLParser(theirs.get("/sign-in").text)
    csrf = form.css_first("form.deed input[name=csrf]").attributes["value"]
    mine.get("/sign-in")
    fields = {"csrf": csrf, "name": "editor", "password": PASSWORD}
    assert mine.post("/sign-in", data=fields).status_code == 403
    assert theirs.post("/sign-in", data=fields).status_code == 303


@pytest.mark.parametrize(
    "place",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", "", "/a\nb", "a"],
)
def test_nobody_is_sent_elsewhere_after_signing_in(place: str) -> None:
    assert local_path(place) == "/"
    assert local_path("/a/1?view=side") == "/a/1?view=side"


def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions(staff: Staff) -> None:
    with staff.access.write() as records:
        records.add_person("mila", "editor", hash_password(PASSWORD), staff.access.clock())
    one, other = browser(staff), browser(staff)
    sign_in(one, "mila")
    sign_in(other, "mila")

    def change(old: str, new: str) -> int:
        page = LexborHTMLParser(one.get("/account").text)
        csrf = page.css_first("form.deed input[name=csrf]").attributes["value"]
        answer = one.post("/account/password", data={"csrf": csrf, "old": old, "new": new})
        return answer.status_code

    assert change("wrong", "a different long word") == 403
    assert change(PASSWORD, "short") == 400
    assert change(PASSWORD, "a different long word") == 303
    assert one.get("/account.json").status_code == 200
    assert other.get("/account.json").status_code == 401
    assert sign_in(other, "mila").status_code == 403
    assert sign_in(other, "mila", "a different long word").status_code == 303
    page = LexborHTMLParser(one.get("/account").text)
    csrf = page.css_first("form.deed input[name=csrf]").attributes["value"]
    assert one.post("/account/sign-out-everywhere", data={"csrf": csrf}).status_code == 303
    assert other.get("/account.json").status_code == 401


def test_a_token_is_shown_once_and_kept_as_a_digest(staff: Staff) -> None:
    editor = staff.visitor("editor")
    answer = editor.post("/account/tokens", name="<b>robot</b>", role="admin", days="3")
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    page = LexborHTMLParser(answer.text)
    key = page.css_first(".key-shown").text()
    assert key.startswith("variorum_") and not page.css("main b")
    assert key not in editor.get("/account").text
    with staff.archive.read() as records:
        assert not any(
            key in str(row)
            for table in ("token", "act")
            for row in records.db.exec_driver_sql(f"SELECT * FROM {table}").all()
        )
    program = browser(staff)
    program.headers["authorization"] = f"Bearer {key}"
    assert program.get("/account.json").json()["name"] == "editor"
    assert program.get("/people.json").status_code == 403
    (token,) = [t for t in editor.get("/account.json").json()["tokens"] if "robot" in t["name"]]
    assert token["role"] == "editor"
    assert editor.post(f"/account/tokens/{token['id']}/revoke").status_code == 303
    assert program.get("/account.json").status_code == 401
    assert editor.post("/account/tokens", name="x", role="reader", days="367").status_code == 400
    assert editor.post("/account/tokens", name="x", role="owner").status_code == 400


@pytest.mark.parametrize(
    "shown", ["Bearer", "bearer x", "Bearer variorum_" + "x" * 40, "Bearer \xff", "Bearer " * 9]
)
def test_an_unknown_token_is_refused_not_taken_for_nobody(staff: Staff, shown: str) -> None:
    answer = browser(staff).get("/", headers={"authorization": shown.encode("latin-1")})  # type: ignore[dict-item]
    assert answer.status_code == 401
    assert answer.json()["title"] == "Unknown token"


@pytest.mark.parametrize("shown", ["Basic YTpi", "Digest x", "\xff", ""])
def test_passwords_for_a_server_in_front_are_nothing_to_us(staff: Staff, shown: str) -> None:
    client = browser(staff)
    headers = {"authorization": shown.encode("latin-1")}
    assert client.get("/", headers=headers).status_code == 200  # type: ignore[arg-type]
    sign_in(client, "editor")
    told = client.get("/account.json", headers=headers)  # type: ignore[arg-type]
    assert told.json()["name"] == "editor"


def test_a_token_ends_when_its_days_are_over(staff: Staff) -> None:
    program = staff.program("editor")
    assert program.get("/account.json").status_code == 200
    clock = staff.access.clock
    try:
        staff.access.clock = lambda: clock() + timedelta(days=2)
        assert program.get("/account.json").status_code == 401
    finally:
        staff.access.clock = clock


def test_administrators_give_change_and_take_accounts(staff: Staff) -> None:
    admin = staff.visitor("admin")
    assert admin.post("/people", name="rue", role="reader", password=PASSWORD).status_code == 303
    assert admin.post("/people", name="rue", role="reader", password=PASSWORD).status_code == 409
    assert admin.post("/people", name="a b", role="reader", password=PASSWORD).status_code == 400
    assert admin.post("/people", name="weak", role="reader", password="weak").status_code == 400
    people = {p["name"]: p for p in admin.get("/people.json").json()["people"]}
    assert "secret" not in people["rue"]
    number = people["rue"]["id"]
    theirs = browser(staff)
    sign_in(theirs, "rue")
    assert admin.post(f"/people/{number}/role", role="editor").status_code == 303
    assert theirs.get("/account.json").json()["role"] == "editor"
    assert admin.post(f"/people/{number}/password", password="yet another word").status_code == 303
    assert theirs.get("/account.json").status_code == 401
    assert admin.post(f"/people/{number}/remove").status_code == 303
    assert admin.post(f"/people/{number}/remove").status_code == 404
    kinds = [a["kind"] for a in admin.get("/log.json").json()["acts"]][:4]
    assert kinds == ["person-removed", "person-password", "person-role", "person-added"]


def test_a_password_that_an_administrator_sets_ends_the_tokens_made_under_the_old_one(
    staff: Staff,
) -> None:
    admin = staff.visitor("admin")
    admin.post("/people", name="stolen", role="editor", password=PASSWORD)
    with staff.archive.read() as records:
        person = records.person_named("stolen")
    assert person is not None
    staff.people["stolen"] = person
    program = staff.program("editor", "stolen")
    assert program.get("/account.json").json()["name"] == "stolen"
    admin.post(f"/people/{person.id}/password", password="yet another word")
    assert program.get("/account.json").status_code == 401


def test_there_is_always_an_administrator_left(staff: Staff) -> None:
    admin = staff.visitor("admin")
    number = staff.people["admin"].id
    assert admin.post(f"/people/{number}/remove").status_code == 409
    assert admin.post(f"/people/{number}/role", role="reader").status_code == 409
    assert admin.get("/people.json").status_code == 200


def test_passwords_are_salted_and_compared_whole() -> None:
    one, other = hash_password("päßwörter gehen auch"), hash_password("päßwörter gehen auch")
    assert one != other and matches("päßwörter gehen auch", one)
    assert not matches("päßwörter gehen", one) and not matches("", one)
    assert complaint("0123456789") is None and complaint("kurz") is not None
