"""What a newcomer expects of the pages: the names that they show, a way back, and a reason where
nothing is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient
from test_web_people_accounts import sign_in
from web_shelf import NOW, START, Filled, fill
from web_staff import Staff, hire

from variorum.model import Change, Lead
from variorum.web import create_app


@pytest.fixture
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    filled = fill(tmp_path_factory.mktemp("expected") / "archive")
    with filled.archive:
        yield filled


@pytest.fixture
def reader(filled: Filled) -> TestClient:
    app = create_app(filled.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    return TestClient(app, follow_redirects=False)


@pytest.fixture
def staff(filled: Filled) -> Staff:
    app = create_app(filled.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    return Staff(filled, app, hire(filled.archive))


def main_of(client: TestClient, path: str) -> str:
    return LexborHTMLParser(client.get(path).text).css_first("main").text()


# -- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "shown", "own"),
    [
        ("/index.json?show=everything", "picture or caption", "media"),
        ("/search.json?q=crane", "Picture or Caption", "media"),
        ("/search.json?q=crane", "MOVED AWAY", "moved-away"),
        ("/speakers.json?name=a", "hedge dropped", "unhedged"),
        ("/a/1/claims.json?version=2", "attributed to another speaker", "reattributed"),
    ],
)
def test_a_badge_is_known_by_the_name_that_pages_show(
    client: TestClient, path: str, shown: str, own: str
) -> None:
    by_shown, by_own = (client.get(f"{path}&kind={name}") for name in (shown, own))
    assert by_shown.status_code == by_own.status_code == 200
    assert by_shown.json() == by_own.json()


def test_in_the_readers_language_too(client: TestClient) -> None:
    page = LexborHTMLParser(client.get("/?kind=certitude", headers={"accept-language": "fr"}).text)
    assert page.css_first("#f-kind option[selected]").attributes["value"] == "hedge"


def test_what_is_no_badge_is_told_both_names(client: TestClient) -> None:
    answer = client.get("/index.json?kind=certain")
    assert answer.status_code == 400
    assert "certainty (hedge)" in answer.json()["detail"]
    assert "figure, negation" in answer.json()["detail"]


# -- nothing found ------------------------------------------------------------------------------


def test_where_nothing_changed_lately_the_page_says_when_something_did(client: TestClient) -> None:
    told = main_of(client, "/?since=1h")
    assert "No change matches" in told and "the newest is of 12 Mar 2025" in told
    assert "the newest is of" not in main_of(client, "/?since=30d")
    assert "the newest is of" not in main_of(client, "/?since=1h&kind=paywall&host=nowhere.example")


def test_a_host_that_is_not_there_is_said_to_be_one(client: TestClient) -> None:
    told = main_of(client, "/search?q=crane&host=harbor.example")
    assert "No article of the host harbor.example is kept here." in told
    assert "No article of the host" not in main_of(client, "/search?q=crane&host=harbour.example")


def test_a_search_without_hits_tells_of_the_star(client: TestClient) -> None:
    assert "flood*" in main_of(client, "/search?q=cran")
    assert "flood*" not in main_of(client, "/search?q=crane")
    assert "flood*" not in main_of(client, "/search?q=xyz*")


# -- versions and steps -------------------------------------------------------------------------


def test_versions_of_one_day_are_offered_with_their_times(
    client: TestClient, shelf: Filled
) -> None:
    page = LexborHTMLParser(client.get(f"/a/{shelf.harbour}").text)
    offered = [option.text() for option in page.css("#c-old option")]
    assert len(offered) == len({name.partition(" ")[2] for name in offered}) >= 3
    assert all(":" in name for name in offered)


def test_a_story_that_was_taken_down_has_the_tag_that_the_filter_goes_by(
    filled: Filled, reader: TestClient
) -> None:
    with filled.archive.write() as records:
        lead = Lead("gone", "", "", "the server says that the page is gone (410)")
        records.add_change(
            Change(
                article=filled.harbour,
                old=2,
                new=2,
                time=START + timedelta(days=1),
                kinds=("gone",),
                weight=0.9,
                announced=False,
                meaningful=True,
                lead=lead,
            )
        )
    for path in ("/?kind=gone&announced=no", f"/a/{filled.harbour}"):
        page = LexborHTMLParser(reader.get(path).text)
        row = page.css_first(".event") or page.css_first("ol.changes article")
        assert "gone" in row.text() and "unannounced change" in row.text()


# -- signing in ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/a/1/v0..v1",
        "/search?q=crane&in=removed",
        "/sources",
        "/a/1/v0..v1?view=side",
        "/articles?q=é+è",
    ],
)
def test_who_signs_in_goes_on_where_the_link_was(staff: Staff, path: str) -> None:
    client = TestClient(staff.app, follow_redirects=False)
    page = LexborHTMLParser(client.get(path).text)
    link = page.css_first("footer a[href^='/sign-in']:not([rel])").attributes["href"]
    form = LexborHTMLParser(client.get(str(link)).text)
    then = str(form.css_first("input[name=then]").attributes["value"])
    answer = sign_in(client, "editor", then=then.replace("&", "%26").replace("+", "%2B"))
    assert answer.status_code == 303
    onward = client.get(answer.headers["location"])
    assert onward.status_code == 200
    assert "Signed in as" in onward.text
    assert LexborHTMLParser(onward.text).css_first("h1").text() == page.css_first("h1").text()


@pytest.mark.parametrize("path", ["/", "/sign-in", "/sign-in?then=/log", "//evil.example/a"])
def test_where_there_is_no_way_back_the_link_has_none(client: TestClient, path: str) -> None:
    page = LexborHTMLParser(client.get(f"http://testserver{path}").text)
    assert page.css_first("footer a[href^='/sign-in']:not([rel])").attributes["href"] == "/sign-in"


def test_a_very_long_address_leads_back_to_its_page(staff: Staff) -> None:
    client = TestClient(staff.app, follow_redirects=False)
    page = LexborHTMLParser(client.get("/search", params={"q": "é " * 120}).text)
    link = str(page.css_first("footer a[href^='/sign-in']:not([rel])").attributes["href"])
    assert link == "/sign-in?then=%2Fsearch"
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("then", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_nobody_is_led_to_another_site(staff: Staff, then: str) -> None:
    client = TestClient(staff.app, follow_redirects=False)
    assert sign_in(client, "editor", then=then).headers["location"] == "/"


# -- hiding -------------------------------------------------------------------------------------


def test_only_what_the_law_asks_for_is_withheld_for_legal_reasons(staff: Staff) -> None:
    editor, reader = staff.visitor("editor"), staff.visitor("nobody")
    number = staff.filled.harbour
    for more, status, title in (
        ({}, 410, "Removed by the editors"),
        ({"legal": "yes"}, 451, "Withheld for legal reasons"),
    ):
        assert editor.post(f"/a/{number}/hide", reason="as asked", **more).status_code == 303
        for path in (f"/a/{number}", f"/a/{number}/v0..v1", f"/timemap/link/{address(staff)}"):
            answer = reader.get(path)
            assert answer.status_code == status
        told = reader.get(f"/a/{number}.json").json()
        assert (told["status"], told["title"], told["detail"]) == (status, title, "as asked")
        assert reader.get(f"/search.json?q={address(staff)}").json()["article"] is None
        assert "Edit this article" in editor.get(f"/a/{number}").text
        hidden = editor.get(f"/a/{number}/edit.json").json()["hidden"]
        assert hidden["legal"] is (status == 451)
        assert editor.post(f"/a/{number}/unhide", reason="again").status_code == 303
    assert editor.post(f"/a/{number}/hide", reason="x", legal="maybe").status_code == 400


def address(staff: Staff) -> str:
    with staff.archive.read() as records:
        article = records.article(staff.filled.harbour)
        assert article is not None
        return article.url
