"""What editors do: hide, show again, annotate; and the log that keeps it all."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.routing import Route
from web_shelf import Filled, fill
from web_staff import Staff, staffed

REASON = "By order of the court of Lesk, file <b>7</b> & more"
# Words that only the hidden article has: no answer may hold one of them.
SECRETS = ("crane", "Ines Maro", "Dana Pell", "harbour master")


@pytest.fixture
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    filled: Filled = fill(tmp_path_factory.mktemp("editing") / "archive")
    with filled.archive:
        yield staffed(filled)


def hide_all_of_the_harbour(staff: Staff) -> None:
    """The story of the crane stands in two articles."""
    editor = staff.visitor("editor")
    for number in (staff.filled.harbour, staff.filled.lone):
        answer = editor.post(f"/a/{number}/hide", reason=REASON)
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/a/{number}/edit"


def addresses(staff: Staff, number: int) -> list[str]:
    """Every address that can be read, for an article."""
    values = {"id": number, "n": 0, "m": 1, "time": "20250312060000"}
    found = []
    for route in staff.app.routes:
        if not isinstance(route, Route) or "GET" not in (route.methods or ()):
            continue
        if route.path in ("/events", "/static/{name}"):
            continue
        path = re.sub(r"\{url:path\}", "https://harbour.example/crane?id=7", route.path)
        found.append(re.sub(r"\{(\w+):\w+\}", lambda m: str(values[m[1]]), path))
    return found


def test_a_hidden_article_is_nowhere_to_be_read(staff: Staff) -> None:
    number = staff.filled.harbour
    reader = staff.visitor("nobody")
    queries = (
        "/search?q=crane",
        "/search.json?q=crane",
        "/search.atom?q=crane",
        "/search.json?q=crane&host=harbour.example",
        "/?host=harbour.example&show=everything",
        "/index.atom?show=everything",
        "/articles.json?q=crane",
        "/speakers?name=Ines+Maro",
        "/speakers.json?name=Ines+Maro",
        "/speakers.atom?name=Ines+Maro",
    )
    before = [*addresses(staff, number), *queries]
    shown = "".join(reader.get(path).text for path in before)
    assert all(secret in shown for secret in SECRETS)
    hide_all_of_the_harbour(staff)
    for path in before:
        answer = reader.get(path)
        text = answer.text.replace("value=&#34;Ines Maro", "")
        asked = ("q=crane", "name=Ines")
        for secret in SECRETS:
            if not any(a in path for a in asked):
                assert secret not in text.replace("crane?id=7", "").replace("crane%3Fid%3D7", ""), (
                    path,
                    secret,
                )
        if path.startswith((f"/a/{number}/", f"/a/{number}.", "/timegate", "/timemap", "/memento")):
            gone = (410, 303) if path.endswith(("/compare", "/edit")) else (410, 401)
            assert answer.status_code in gone, (path, answer.status_code)
    for path in queries[:5]:
        assert reader.get(path).text.count("harbour.example/crane") == 0
    for path in queries[6:]:
        assert "harbour.example/crane" not in reader.get(path).text
    assert reader.get("/search.json?q=crane").json()["hits"] == []
    assert reader.get("/speakers.json").json()["speakers"] == [
        s for s in reader.get("/speakers.json").json()["speakers"] if s["name"] != "Ines Maro"
    ]


def test_the_page_of_a_hidden_article_says_why(staff: Staff) -> None:
    hide_all_of_the_harbour(staff)
    reader = staff.visitor("nobody")
    answer = reader.get(f"/a/{staff.filled.harbour}")
    assert answer.status_code == 410 and answer.headers["cache-control"] == "no-store"
    page = LexborHTMLParser(answer.text)
    assert page.css_first("h1").text() == "Removed by the editors"
    assert REASON in page.css_first("main").text() and not page.css("main b")
    told = reader.get(f"/a/{staff.filled.harbour}/v0.json").json()
    assert (told["status"], told["detail"]) == (410, REASON)
    for who in ("reader", "editor", "admin"):
        assert staff.visitor(who).get(f"/a/{staff.filled.harbour}/v1").status_code == 410
    edit = staff.visitor("editor").get(f"/a/{staff.filled.harbour}/edit")
    assert edit.status_code == 200 and "Show it again" in edit.text


def test_a_hidden_article_is_shown_again(staff: Staff) -> None:
    number = staff.filled.harbour
    hide_all_of_the_harbour(staff)
    editor = staff.visitor("editor")
    assert editor.post(f"/a/{number}/unhide").status_code == 400
    assert editor.post(f"/a/{number}/unhide", reason="the order was lifted").status_code == 303
    assert editor.post(f"/a/{number}/unhide", reason="twice").status_code == 409
    reader = staff.visitor("nobody")
    assert reader.get(f"/a/{number}/v0").status_code == 200
    assert reader.get("/search.json?q=crane").json()["hits"]
    memento = "/memento/20250312060000/https://harbour.example/crane?id=7"
    assert reader.get(memento).status_code == 200


def test_what_was_remembered_is_forgotten_at_once(staff: Staff) -> None:
    reader = staff.visitor("nobody")
    counted = reader.get("/index.json?host=harbour.example").json()
    assert len(counted["changes"]) == 2
    names = {s["name"] for s in reader.get("/speakers.json").json()["speakers"]}
    hide_all_of_the_harbour(staff)
    assert reader.get("/index.json?host=harbour.example").json()["changes"] == []
    after = {s["name"] for s in reader.get("/speakers.json").json()["speakers"]}
    assert after < names


def test_notes_stand_beside_the_article_until_withdrawn(staff: Staff) -> None:
    number = staff.filled.harbour
    editor, reader = staff.visitor("editor"), staff.visitor("nobody")
    text = "The publisher wrote to us.\n<script>alert(1)</script>"
    assert editor.post(f"/a/{number}/notes", text=text, version="1").status_code == 303
    assert editor.post(f"/a/{number}/notes", text="x", version="9").status_code == 400
    assert editor.post(f"/a/{number}/notes", text=" \n ").status_code == 400
    page = reader.get(f"/a/{number}")
    assert "The publisher wrote to us." in page.text and "<script>alert" not in page.text
    assert "editor" not in LexborHTMLParser(page.text).css_first(".note .meta").text().split()[:2]
    (note,) = reader.get(f"/a/{number}.json").json()["notes"]
    assert (note["version"], note["person"]) == (1, "an editor")
    withdrawn = editor.post(f"/a/{number}/notes/{note['id']}/withdraw", reason="settled")
    assert withdrawn.status_code == 303
    assert reader.get(f"/a/{number}.json").json()["notes"] == []
    again = editor.post(f"/a/{number}/notes/{note['id']}/withdraw")
    assert again.status_code == 404


def test_programs_edit_with_json(staff: Staff) -> None:
    number = staff.filled.lone
    program = staff.program("editor")
    done = program.post(f"/a/{number}/notes", json={"text": "by a program", "version": 0})
    assert done.status_code == 200 and done.json()["note"] == 1
    assert done.json()["place"] == f"/a/{number}#notes"
    assert program.post(f"/a/{number}/hide", json={}).json()["status"] == 400
    assert program.post(f"/a/{number}/hide", json={"reason": REASON}).status_code == 200
    assert program.get(f"/a/{number}/edit.json").json()["hidden"]["reason"] == REASON
    for body, status in ((b"[1]", 400), (b"{", 400), (b'{"reason": {"a": 1}}', 400)):
        answer = program.post(
            f"/a/{number}/hide", content=body, headers={"content-type": "application/json"}
        )
        assert answer.status_code == status
    odd = program.post(f"/a/{number}/hide", content=b"x", headers={"content-type": "image/png"})
    assert odd.status_code == 415
    assert program.post(f"/a/{number}/hide", json={"reason": "x" * 70_000}).status_code == 413
    assert program.post(f"/a/{number}/hide", json={"reason": "x" * 2_000}).status_code == 400


def test_the_log_tells_everybody_what_and_only_people_who(staff: Staff) -> None:
    hide_all_of_the_harbour(staff)
    staff.visitor("editor").post(f"/a/{staff.filled.harbour}/unhide", reason="lifted")
    staff.visitor("admin").post("/account/tokens", name="robot", role="reader")
    told = staff.visitor("nobody").get("/log.json").json()["acts"]
    assert [a["kind"] for a in told] == ["unhide", "hide", "hide"]
    assert {a["person"] for a in told} == {""}
    assert {a["person"] for a in staff.visitor("reader").get("/log.json").json()["acts"]} == {
        "editor"
    }
    kinds = [a["kind"] for a in staff.visitor("admin").get("/log.json").json()["acts"]]
    assert kinds == ["token-made", "unhide", "hide", "hide"]
    page = staff.visitor("nobody").get("/log")
    assert "hid an article" in page.text and "<b>7</b>" not in page.text
    one = staff.visitor("nobody").get(f"/log.json?article={staff.filled.lone}").json()["acts"]
    assert [a["article"] for a in one] == [staff.filled.lone]


def test_live_readers_hear_nothing_of_hidden_articles(staff: Staff) -> None:
    from variorum.store.change_records import ChangeFilter
    from variorum.web.pages.events import _fresh

    everything = ChangeFilter()
    site = staff.app.state.site
    assert any(c.article == staff.filled.harbour for c in _fresh(site, everything))
    hide_all_of_the_harbour(staff)
    assert not any(c.article == staff.filled.harbour for c in _fresh(site, everything))
