"""Rules of notices on their page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from selectolax.lexbor import LexborHTMLParser
from web_shelf import fill
from web_staff import Staff, staffed

from variorum.pipeline.senders import Message, UndeliveredError
from variorum.web.people.tools import Tools

HOOK = "https://hook.example/T0K3N"


class Post:
    def __init__(self) -> None:
        self.got: list[tuple[str, Message]] = []
        self.fails = False

    async def __call__(self, target: str, secret: str, told: Message) -> None:
        if self.fails:
            raise UndeliveredError("the address answered 500")
        self.got.append((target, told))


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def staff(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[Staff]:
    filled = fill(tmp_path_factory.mktemp("notices") / "archive")
    with filled.archive:
        yield staffed(filled, tools=Tools(send=post))


def test_an_administrator_makes_a_rule_and_sees_its_secret_once(staff: Staff) -> None:
    admin = staff.visitor("admin")
    shown = admin.post(
        "/notices", name="<b>desk", target=HOOK, kinds="figure, quote", weight="0.3", words="crane"
    )
    assert shown.status_code == 200
    secret = LexborHTMLParser(shown.text).css_first(".key-shown").text()
    page = admin.get("/notices").text
    assert secret not in page and "T0K3N" not in page and "hook.example" in page
    assert "<b>desk" not in page
    (rule,) = admin.get("/notices.json").json()["rules"]
    assert (rule["kinds"], rule["weight"], rule["words"]) == (["figure", "quote"], 0.3, "crane")
    assert "T0K3N" not in staff.program("admin").get("/log.json").text
    with staff.archive.read() as records:
        (kept,) = records.rules()
    assert kept.seen > 0
    assert kept.base == "http://testserver" and kept.reached is not None


@pytest.mark.parametrize(
    "fields",
    [
        {"target": HOOK},
        {"name": "x"},
        {"name": "x", "target": "http://127.0.0.1/"},
        {"name": "x", "target": "ftp://x"},
        {"name": "x", "target": HOOK, "kinds": "nonsense"},
        {"name": "x", "target": HOOK, "weight": "nan"},
        {"name": "x", "target": HOOK, "weight": "2"},
        {"name": "x", "target": HOOK, "announced": "maybe"},
    ],
)
def test_rules_that_cannot_be_meant_are_not_taken(staff: Staff, fields: dict[str, str]) -> None:
    answer = staff.program("admin").post("/notices", json=fields)
    assert answer.status_code == 400, answer.text
    assert staff.program("admin").get("/notices.json").json()["rules"] == []


def test_a_rule_is_tried_paused_and_removed(staff: Staff, post: Post) -> None:
    program = staff.program("admin")
    made = program.post("/notices", json={"name": "desk", "target": HOOK}).json()
    assert made["secret"] and made["signature"].startswith("X-")
    number = made["rule"]
    assert program.post(f"/notices/{number}/test").json()["arrived"] is True
    assert post.got[0][0] == HOOK and post.got[0][1].title == "A test: desk"
    post.fails = True
    failed = program.post(f"/notices/{number}/test")
    assert failed.status_code == 502 and "answered 500" in failed.json()["detail"]
    for act, paused in (("pause", True), ("resume", False)):
        assert program.post(f"/notices/{number}/{act}").status_code == 200
        assert program.get("/notices.json").json()["rules"][0]["paused"] is paused
    assert program.post(f"/notices/{number}/remove").status_code == 200
    assert program.post(f"/notices/{number}/test").status_code == 404
    kinds = [a["kind"] for a in program.get("/log.json").json()["acts"]]
    assert kinds == ["rule-removed", "rule-resumed", "rule-paused", "rule-added"]
    assert staff.visitor("nobody").get("/log.json").json()["acts"] == []


@pytest.mark.parametrize("target", ["gotify://10.0.0.1/token", "ntfy://169.254.169.254/x"])
def test_an_address_of_apprise_is_for_administrators_for_it_may_name_any_host(
    staff: Staff, target: str
) -> None:
    pytest.importorskip("apprise", reason="an extra that is not installed: variorum[notify]")
    refused = staff.program("editor").post("/notices", json={"name": "x", "target": target})
    assert refused.status_code == 403 and "administrator" in refused.json()["detail"]
    admin = staff.program("admin")
    made = admin.post("/notices", json={"name": "x", "target": target})
    assert made.status_code in (200, 201), made.text
    admin.post(f"/notices/{made.json()['rule']}/remove")


def test_an_editor_makes_a_rule_of_a_search(staff: Staff) -> None:
    editor = staff.visitor("editor")
    asked = "q=%22hurt+crane%22&in=removed&speaker=Lee&kind=figure&since=7d"
    page = LexborHTMLParser(editor.get(f"/search?{asked}").text)
    (link,) = [a for a in page.css("a") if (a.attributes["href"] or "").startswith("/notices?")]
    form = LexborHTMLParser(editor.get(str(link.attributes["href"])).text)
    fields = {
        str(i.attributes["name"]): i.attributes.get("value") or ""
        for i in form.css("form[action='/notices'] input")
        if i.attributes["name"] != "csrf"
        and (i.attributes.get("type") != "checkbox" or "checked" in i.attributes)
    }
    chosen = form.css("form[action='/notices'] option[selected]")
    assert [o.attributes["value"] for o in chosen] == ["removed"]
    assert fields["search"] == '"hurt crane"' and fields["speaker"] == "Lee"
    assert fields["kinds"] == "figure" and fields["name"] == 'Search: "hurt crane"'
    made = editor.post("/notices", **{**fields, "in": "removed", "target": HOOK})
    assert made.status_code == 200
    (rule,) = editor.get("/notices.json").json()["rules"]
    assert rule["search"] == {"words": '"hurt crane"', "where": "removed", "speaker": "Lee"}
    assert "following the search" in editor.get("/notices").text


def test_the_form_of_a_search_is_offered_to_editors_only(staff: Staff) -> None:
    for who in ("nobody", "reader"):
        assert "/notices?" not in staff.visitor(who).get("/search?q=crane").text
    assert "/notices?" not in staff.visitor("editor").get("/search").text


def test_a_hostile_search_is_shown_as_text(staff: Staff) -> None:
    admin = staff.visitor("admin")
    hostile = '"><script>alert(1)</script>'
    made = admin.post("/notices", name="x", target=HOOK, search=hostile, speaker=hostile)
    assert made.status_code == 200
    asked = admin.get("/notices?search=%22%3E%3Cscript%3E&speaker=%3Cscript%3E&host=%3Cscript%3E")
    for answer in (admin.get("/notices"), asked):
        assert answer.status_code == 200 and "<script>" not in answer.text


@pytest.mark.parametrize("fields", [{"search": "?!"}, {"speaker": "Lee"}, {"in": "removed"}])
def test_a_search_without_a_word_is_not_followed(staff: Staff, fields: dict[str, str]) -> None:
    answer = staff.program("admin").post("/notices", json={"name": "x", "target": HOOK, **fields})
    assert answer.status_code == 400 and "needs at least one word" in answer.json()["detail"]
