"""Forms that come again with what was written in them, and what is said after something was done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from selectolax.lexbor import LexborHTMLParser
from web_shelf import fill
from web_staff import PASSWORD, Staff, staffed

from variorum.bootstrap import capture_path
from variorum.web.people.tools import Tools

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    filled = fill(tmp_path_factory.mktemp("again") / "archive")
    with filled.archive, capture_path(filled.archive) as path:
        yield staffed(filled, tools=Tools(lambda: nullcontext(path)))


def form_of(html: str, action: str) -> dict[str, str]:
    """What stands in the form that is sent to ``action``: its fields, and under "" what is wrong."""
    tree = LexborHTMLParser(html)
    found: dict[str, str] = {}
    for form in tree.css("form"):
        if form.attributes.get("action") != action:
            continue
        for area in form.css("textarea"):
            found[str(area.attributes["name"])] = area.text()
        for option in form.css("option[selected]"):
            assert option.parent is not None
            found[str(option.parent.attributes["name"])] = option.attributes.get("value") or ""
        for line in form.css("input"):
            kind, name = line.attributes.get("type"), str(line.attributes["name"])
            if kind != "checkbox" or "checked" in line.attributes:
                found[name] = line.attributes.get("value") or ""
        for told in form.css("#failed"):
            assert "autofocus" in told.attributes and told.attributes["role"] == "alert"
            found[""] = told.text()
    return found


def test_a_form_comes_again_with_what_was_written(staff: Staff) -> None:
    editor, number = staff.visitor("editor"), staff.filled.harbour
    path = f"/a/{number}/merge"
    answer = editor.post(path, into="9999", reason=f"the same story\n{HOSTILE}")
    assert answer.status_code == 404 and answer.headers["cache-control"] == "no-store"
    assert HOSTILE not in answer.text
    form = form_of(answer.text, path)
    assert form["into"] == "9999" and form["reason"] == f"the same story\n{HOSTILE}"
    assert "No such article" in form[""] and form["csrf"] == editor.csrf
    tree = LexborHTMLParser(answer.text)
    (folded,) = [d for d in tree.css("main details") if "open" in d.attributes]
    assert folded.css_first(f"form[action='{path}']") is not None
    assert len(tree.css("#failed")) == 1
    again = tree.css_first("nav.tongues a[lang=fr]")
    assert again is not None and again.attributes["href"] == f"/a/{number}/edit?lang=fr"


@pytest.mark.parametrize(("field", "kept"), [("version", "7"), ("address", "https://no.example/")])
def test_of_two_forms_with_one_address_the_right_one_comes_again(
    staff: Staff, field: str, kept: str
) -> None:
    editor, number = staff.visitor("editor"), staff.filled.harbour
    answer = editor.post(f"/a/{number}/split", **{field: kept, "reason": "two stories"})
    assert answer.status_code in (400, 404, 409)
    told = LexborHTMLParser(answer.text).css("#failed")
    if field == "version":  # the other form is only there where an article has two addresses
        assert len(told) == 1
        assert form_of(answer.text, f"/a/{number}/split")["reason"] == "two stories"
    else:
        assert not told and "two stories" not in answer.text


def test_no_password_comes_again(staff: Staff) -> None:
    admin = staff.visitor("admin")
    answer = admin.post("/people", name="editor", role="reader", password="a secret of length")
    assert answer.status_code == 409 and "a secret of length" not in answer.text
    form = form_of(answer.text, "/people")
    assert form["name"] == "editor" and form["role"] == "reader" and form["password"] == ""
    answer = admin.post("/account/password", old="not the one", new="a secret of length")
    assert answer.status_code == 403 and "not the one" not in answer.text
    assert "That is not your current password." in form_of(answer.text, "/account/password")[""]


def test_a_failed_sign_in_keeps_the_name_and_where_it_leads(staff: Staff) -> None:
    guest = staff.visitor("nobody").client
    page = LexborHTMLParser(guest.get("/sign-in?then=/log").text)
    csrf = page.css_first("input[name=csrf]")
    assert csrf is not None
    given = {"csrf": str(csrf.attributes["value"]), "name": "edit0r", "password": PASSWORD}
    answer = guest.post("/sign-in", data={**given, "then": "/log"})
    assert answer.status_code == 403
    form = form_of(answer.text, "/sign-in")
    assert form["name"] == "edit0r" and form["then"] == "/log" and form["password"] == ""
    right = guest.post("/sign-in", data={**form, "name": "editor", "password": PASSWORD})
    assert right.status_code == 303 and right.headers["location"] == "/log"


def test_boxes_that_are_ticked_are_put_together(staff: Staff) -> None:
    editor = staff.visitor("editor")
    ticked = {"csrf": editor.csrf, "name": "x", "target": "ftp://x", "kinds": ["figure", "quote"]}
    answer = editor.client.post("/notices", data=ticked)
    assert answer.status_code == 400
    boxes = LexborHTMLParser(answer.text).css("input[name=kinds]")
    checked = [b.attributes["value"] for b in boxes if "checked" in b.attributes]
    assert sorted(map(str, checked)) == ["figure", "quote"]
    answer = editor.client.post("/notices", data={**ticked, "target": "https://hook.example/"})
    assert answer.status_code == 200
    (rule,) = editor.get("/notices.json").json()["rules"]
    assert rule["kinds"] == ["figure", "quote"]


def test_a_source_that_cannot_be_added_keeps_its_address(staff: Staff) -> None:
    editor = staff.visitor("editor")
    given = {"url": "https://paper.example/feed", "kind": "feed", "minutes": "0"}
    answer = editor.post("/sources", **given)
    assert answer.status_code == 400
    form = form_of(answer.text, "/sources/preview")
    assert form["url"] == given["url"] and "minutes" in form[""]


def test_programs_and_other_sites_are_told_as_before(staff: Staff) -> None:
    editor, number = staff.visitor("editor"), staff.filled.harbour
    told = editor.post(f"/a/{number}/merge", _json=True, into="9999", reason="x")
    assert told.status_code == 404 and told.headers["content-type"] == "application/problem+json"
    foreign = editor.client.post(f"/a/{number}/merge", data={"into": "9999", "reason": "theirs"})
    assert foreign.status_code == 403 and "theirs" not in foreign.text


def test_what_was_done_is_said_once_and_to_its_doer_only(staff: Staff) -> None:
    editor, number = staff.visitor("editor"), staff.filled.harbour
    plain = editor.get(f"/a/{number}")
    done = editor.post(f"/a/{number}/notes", text="The keeper wrote to us.")
    assert done.status_code == 303
    first, second = editor.get(f"/a/{number}"), editor.get(f"/a/{number}")
    assert 'id="said">The note has been added.<' in first.text
    assert first.headers["cache-control"] == "no-store" and "etag" not in first.headers
    assert 'id="said"' not in second.text + plain.text and "etag" in second.headers
    stranger = staff.visitor("nobody")
    stranger.client.cookies.set("variorum-said", "noted")
    assert 'id="said"' not in stranger.get(f"/a/{number}").text
    editor.client.cookies.set("variorum-said", "<b>nothing")
    assert 'id="said"' not in editor.get(f"/a/{number}").text


def test_what_was_done_opens_no_hidden_article(staff: Staff) -> None:
    editor, number = staff.visitor("editor"), staff.filled.lone
    editor.post(f"/a/{number}/hide", reason="by order")
    assert "The article is now hidden." in editor.get(f"/a/{number}/edit").text
    editor.client.cookies.set("variorum-said", "hidden")
    gone = editor.get(f"/a/{number}")
    assert gone.status_code == 410
    ways = [a.attributes["href"] for a in LexborHTMLParser(gone.text).css(".ways a")]
    assert ways == [f"/a/{number}/edit", "/"]
    nobody = LexborHTMLParser(staff.visitor("nobody").get(f"/a/{number}").text)
    assert [a.attributes["href"] for a in nobody.css(".ways a")] == ["/"]


def test_a_page_that_was_asked_wrongly_leads_to_itself(staff: Staff) -> None:
    answer = staff.visitor("nobody").get(f"/a/{staff.filled.harbour}/claims?version=x")
    ways = [a.attributes["href"] for a in LexborHTMLParser(answer.text).css(".ways a")]
    assert answer.status_code == 400 and ways == [f"/a/{staff.filled.harbour}/claims", "/"]


def test_ones_own_account_is_not_removed_by_a_slip(staff: Staff) -> None:
    admin = staff.visitor("admin")
    page = LexborHTMLParser(admin.get("/people").text)
    actions = [str(f.attributes["action"]) for f in page.css("form")]
    own = staff.people["admin"].id
    assert not [a for a in actions if a.startswith(f"/people/{own}/")]
    assert f"/people/{staff.people['editor'].id}/remove" in actions


def invalid(html: str) -> list[str | None]:
    """The names of the fields that are marked as wrong."""
    found = LexborHTMLParser(html).css("[aria-invalid=true]")
    assert all(f.attributes["aria-describedby"] == "failed" for f in found)
    return [f.attributes["name"] for f in found]


@pytest.mark.parametrize(
    ("path", "fields", "told", "name"),
    [
        ("notes", {"text": ""}, "“New note” is still empty.", "text"),
        ("notes", {"text": "x" * 4_001}, "“New note” takes at most 4,000 characters.", "text"),
        (
            "notes",
            {"text": "x", "version": "9"},
            "“About” takes one of the 3 there are.",
            "version",
        ),
        (
            "merge",
            {"into": "https://nowhere.example/", "reason": "x"},
            "“The other article” takes",
            "into",
        ),
        ("merge", {"into": "2", "reason": " "}, "“Why” is still empty.", "reason"),
    ],
)
def test_people_are_told_what_the_form_calls_its_fields(
    staff: Staff, path: str, fields: dict[str, str], told: str, name: str
) -> None:
    editor, place = staff.visitor("editor"), f"/a/{staff.filled.harbour}/{path}"
    answer = editor.post(place, **fields)
    assert answer.status_code == 400
    assert form_of(answer.text, place)[""].startswith(told)
    assert invalid(answer.text) == [name]
    program = editor.post(place, _json=True, **fields)
    assert program.json()["detail"].startswith(f"“{name}” ")


def test_labels_are_told_in_the_readers_language(staff: Staff) -> None:
    editor, place = staff.visitor("editor"), f"/a/{staff.filled.harbour}/notes"
    editor.client.headers["accept-language"] = "fr"
    told = form_of(editor.post(place, text="x", version="9").text, place)[""]
    assert "version" not in told and told.endswith("\u00bb attend l’une des 3 qui existent.")


def test_a_search_that_cannot_be_made_names_what_its_form_names(staff: Staff) -> None:
    reader = staff.visitor("nobody")
    assert "“Added or removed since” takes a day such as" in reader.get("/search?since=once").text
    told = reader.get("/search.json?since=once").json()["detail"]
    assert told.startswith("“since” takes a day such as")
