"""Hostile requests and hostile texts: a clear page with the right status, and nothing that runs."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient
from web_shelf import NOW, PAYLOADS, Filled

from variorum.web import create_app
from variorum.web.guard import HEADERS, host_allowed
from variorum.web.pages import PAGES
from variorum.web.readings import Readings
from variorum.web.templating import harmless, harmless_bytes, marked, weblink

SAFE_ATTRIBUTES = re.compile(r"on\w+|style|srcdoc|formaction|background", re.IGNORECASE)


def pages_of(article: int) -> list[str]:
    a = f"/a/{article}"
    views = ("inline", "side", "reading", "changes")
    return [
        "/?show=everything",
        a,
        f"{a}/v0",
        f"{a}/v2",
        f"{a}/claims",
        f"{a}/blame",
        *(f"{a}/v0..v2?view={v}" for v in views),
        "/search?q=said&in=all",
        "/articles",
        "/sources",
        "/speakers",
    ]


def assert_inert(html: str) -> None:
    """Nothing in the page runs, loads from elsewhere or leads anywhere but to the web."""
    tree = LexborHTMLParser(html)
    scripts = tree.css("script")
    assert [s.text() for s in scripts] == [""]
    assert scripts[0].attributes["src"].startswith("/static/")
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            assert not SAFE_ATTRIBUTES.fullmatch(name), (node.tag, name)
            if name in ("href", "src", "action"):
                assert re.match(r"(/(?!/)|#|https?://)", value or ""), (node.tag, value)
                if (value or "").startswith("http"):
                    assert node.attributes.get("rel") == "nofollow noopener noreferrer"
    assert not tree.css("img, iframe, object, embed, base, style, meta[http-equiv]")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", html)


def test_hostile_stories_are_shown_as_text_on_every_page(client: TestClient, shelf: Filled) -> None:
    for path in pages_of(shelf.hostile):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert_inert(answer.text)
    story = LexborHTMLParser(client.get(f"/a/{shelf.hostile}/v0").text)
    assert PAYLOADS[0] in story.css_first("h1").text()
    assert "{{ 7 * 7 }}" in story.css_first("article").text()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_questions_are_shown_as_text(client: TestClient, payload: str) -> None:
    for path in (
        "/search?q=",
        "/?host=",
        "/search?q=a&host=",
        "/?since=",
        "/a/1/claims?speaker=",
        "/speakers?name=",
        "/speakers?q=",
    ):
        answer = client.get(path + quote(payload))
        assert answer.status_code in (200, 400), path
        assert_inert(answer.text)


def test_feeds_and_twins_of_hostile_stories_are_well_formed(
    client: TestClient, shelf: Filled
) -> None:
    for path in ("/index.atom?show=everything", "/search.atom?q=said", f"/a/{shelf.hostile}.atom"):
        feed = ET.fromstring(client.get(path).content)
        content = [e.text or "" for e in feed.iter("{http://www.w3.org/2005/Atom}content")]
        assert content
        for html in content:
            assert not LexborHTMLParser(html).css("script, img, svg, a")
    for path in pages_of(shelf.hostile)[1:6]:
        assert client.get(f"{path}.json").json()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404),
        ("/a/0", 404),
        ("/a/999999999999999999", 404),
        ("/a/9999999999999999999999999", 404),
        ("/a/-1", 404),
        ("/a/one", 404),
        ("/a/1/v99", 404),
        ("/a/1/v0..v99", 404),
        ("/a/1/v1..v1", 404),
        ("/a/1/v0..", 404),
        ("/a/1/v0..v1?view=sideways", 400),
        ("/a/1/claims?version=99", 404),
        ("/a/1/claims?version=-1", 400),
        ("/a/1/claims?kind=nonsense", 400),
        ("/?cursor=!!", 400),
        ("/?cursor=c1", 200),
        ("/?cursor=cfffffffffffffff", 200),
        ("/?cursor=c0%0a", 200),
        ("/a/1/compare", 400),
        ("/a/1/compare?old=1&new=x", 400),
        ("/?cursor=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw", 400),
        ("/?since=yesterday", 400),
        ("/?since=99999w", 200),
        ("/?since=0001-01-01T00:00:00Z", 200),
        ("/?since=9999-12-31T23:59:59Z", 200),
        ("/?weight=nan", 400),
        ("/?weight=2", 400),
        ("/?kind=%25", 400),
        ("/?show=all", 400),
        ("/search?q=%22%22%22", 200),
        ("/search?q=*&in=nowhere", 400),
        ("/search?q=a&cursor=99999999999", 400),
        ("/search?q=a&cursor=c1.ffffffffffffffff", 400),
        ("/search?q=a&cursor=c1.1%0a", 200),
        ("/search?q=a&cursor=c7fffffffffffffff.7fffffffffffffff", 200),
        ("/search?q=a&since=never", 400),
        ("/search?q=a&kind=nonsense", 400),
        ("/search?q=a&speaker=%25_%5C&kind=quote&since=99999w&until=0001-01-01", 200),
        ("/?source=999", 200),
        ("/search?q=NEAR(a,b)+OR+text:x", 200),
        ("/search?q=%00", 200),
        ("/search?q=%ff%fe", 200),
        ("/search?q=" + "a" * 301, 400),
        ("/static/../app.py", 404),
        ("/static/%2e%2e%2fapp.py", 404),
        ("/static/nothing.css", 404),
    ],
)
def test_what_cannot_be_meant_gets_a_clear_page(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    if status >= 400:
        tree = LexborHTMLParser(answer.text)
        assert tree.css_first("h1").text().strip()
        assert_inert(answer.text)


def test_programs_are_told_in_problem_json(client: TestClient) -> None:
    for path, status in (
        ("/a/999.json", 404),
        ("/index.json?weight=x", 400),
        ("/no.json", 404),
        ("/index.atom?archive=0", 404),
        ("/index.atom?archive=x", 400),
        ("/a/1.atom?archive=7", 404),
    ):
        answer = client.get(path)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status and answer.json()["title"]
    asked = client.get("/a/999", headers={"accept": "application/json"})
    assert asked.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "", "[::1", "::1", "a b"]
)
def test_a_hostile_host_name_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/index.atom", headers={"host": host})
    assert answer.status_code == 421
    assert "evil" not in answer.text


def test_host_names_are_compared_without_port_and_case() -> None:
    assert host_allowed("LOCALHOST:8080", ("localhost",))
    assert host_allowed("[::1]:8080", ("[::1]",))
    assert host_allowed("anything", ("*",))
    for host in ("localhost:80@evil.example", "localhost.", "localhost:x", "[::1]evil", "local"):
        assert not host_allowed(host, ("localhost", "[::1]")), host


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_the_pages_take_no_orders(client: TestClient, method: str) -> None:
    answer = client.request(method, "/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


def test_every_answer_carries_the_policies(client: TestClient, shelf: Filled) -> None:
    for path in ("/", "/index.json", "/index.atom", "/nowhere", "/static/variorum.css", "/events9"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_pages_need_nothing_from_elsewhere_and_little_of_their_own(client: TestClient) -> None:
    site = client.app.state.site  # type: ignore[attr-defined]
    assert site.assets.compressed_size() < 60_000
    for name in ("variorum.css", "variorum.js"):
        text = client.get(site.assets.url(name)).text
        assert "http:" not in text and "https:" not in text and "@import" not in text


def test_links_lead_to_the_web_only() -> None:
    assert weblink("https://ok.example/a?b#c") == "https://ok.example/a?b#c"
    for url in (
        None,
        "",
        "javascript:x",
        "data:x",
        "//x.example",
        "http:",
        "https://[",
        " http://a",
        "http://a b",
        "ftp://x.example/",
        "JaVaScRiPt:x",
        "http:\n//x",
    ):
        assert weblink(url) is None, url


def test_texts_lose_what_no_page_may_have() -> None:
    assert harmless("a\x00b\ud83dc\x1bd\ne") == "a\ufffdb\ufffdc\ufffdd\ne"
    everything = [chr(n) for n in (*range(0x3000), *range(0xD7F0, 0x10400))]
    for text in (*everything, "".join(everything), "plain · “text”\u00a0here"):
        assert harmless_bytes(text) == harmless(text).encode(), ascii(text)
    assert marked("<b>\x02x\x03") == "&lt;b&gt;<mark>x</mark>"
    assert marked("\x03<\x02\x02") == "&lt;"


PIECES = st.sampled_from(
    [
        "a",
        "v0",
        "v1",
        "v0..v1",
        "..",
        "1",
        "2",
        "claims",
        "blame",
        "compare",
        "search",
        "sources",
        "index",
        "memento",
        "timegate",
        "timemap",
        "link",
        "20250312060000",
        "https:",
        "http:",
        "",
        "harbour.example",
        "crane",
        "about",
        "static",
        "events.json",
        "%2e%2e",
        "%00",
        "é",
        "%",
    ]
)
NAMES = st.sampled_from(
    [
        "q",
        "in",
        "host",
        "kind",
        "since",
        "weight",
        "cursor",
        "until",
        "archive",
        "source",
        "view",
        "old",
        "new",
        "version",
        "speaker",
        "announced",
        "show",
    ]
)
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["0", "1", "-1", "1e9", "NaN", "2h", "all", "side", "yes", "MQ", *PAYLOADS]),
)


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    parts=st.lists(PIECES, max_size=6),
    suffix=st.sampled_from(["", ".json", ".atom", "/", "%0a"]),
    query=st.lists(st.tuples(NAMES, VALUES), max_size=4),
)
def test_no_address_breaks_the_archive(
    client: TestClient, parts: list[str], suffix: str, query: list[tuple[str, str]]
) -> None:
    asked = "&".join(f"{n}={quote(v, safe='', errors='surrogatepass')}" for n, v in query)
    path = "/" + "/".join(parts) + suffix
    answer = client.get("http://testserver" + path + (f"?{asked}" if asked else ""))
    assert answer.status_code < 500


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=NAMES, value=VALUES, which=st.integers(0, len(PAGES) - 1))
def test_no_question_breaks_a_page(client: TestClient, name: str, value: str, which: int) -> None:
    path = re.sub(
        r"\{(\w+):number\}", lambda m: "1" if m[1] in ("id", "m") else "0", PAGES[which].path
    )
    answer = client.get(f"{path}?{name}={quote(value, safe='')}")
    assert answer.status_code in (200, 303, 400, 404)


def test_a_page_that_breaks_is_guarded_and_can_be_asked_for_again(
    shelf: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    client = TestClient(app, raise_server_exceptions=False)
    sound = client.get("/sources")

    def breaks(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Readings, "hosts", breaks)
    answer = client.get("/search?q=%3Cb%3E&in=removed")
    assert answer.status_code == 500 and answer.headers["cache-control"] == "no-store"
    for name in HEADERS:
        assert answer.headers[name] == sound.headers[name]
    (again,) = [
        a.attributes["href"]
        for a in LexborHTMLParser(answer.text).css("a")
        if a.text() == "Try again"
    ]
    assert again == "/search?q=%3Cb%3E&in=removed"
    told = client.get("/search.json?q=x").json()
    assert (told["status"], told["title"]) == (500, "Something went wrong")
