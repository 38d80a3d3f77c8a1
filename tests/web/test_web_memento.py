"""Memento (RFC 7089), events and the OpenAPI document."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from web_shelf import NOW, Filled

from variorum.web import create_app
from variorum.web.pages import DEEDS, PAGES, RAWS

CRANE = "https://harbour.example/crane?id=7"


def links(header: str) -> dict[str, str]:
    """rel -> URL of a Link header or a link-format document."""
    return {m[2]: m[1] for m in re.finditer(r'<([^>]*)>;\s*rel="([^"]*)"', header)}


def test_the_timegate_leads_to_the_newest_memento_without_a_date(client: TestClient) -> None:
    answer = client.get(f"/timegate/{CRANE}")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"http://testserver/memento/20250312130000/{CRANE}"
    assert "accept-datetime" in answer.headers["vary"].lower()
    assert "memento-datetime" not in answer.headers
    told = links(answer.headers["link"])
    assert told["original"] == CRANE
    assert told["timemap"] == f"http://testserver/timemap/link/{CRANE}"


@pytest.mark.parametrize(
    ("asked", "stamp"),
    [
        ("Wed, 12 Mar 2025 07:10:00 GMT", "20250312080000"),
        ("Wed, 12 Mar 2025 06:40:00 GMT", "20250312060000"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", "20250312060000"),
        ("Fri, 01 Jan 2100 00:00:00 GMT", "20250312130000"),
    ],
)
def test_the_timegate_leads_to_the_memento_nearest_in_time(
    client: TestClient, asked: str, stamp: str
) -> None:
    answer = client.get(f"/timegate/{CRANE}", headers={"accept-datetime": asked})
    assert f"/memento/{stamp}/" in answer.headers["location"]


def test_a_date_that_is_none_is_refused(client: TestClient) -> None:
    answer = client.get(f"/timegate/{CRANE}", headers={"accept-datetime": "last tuesday"})
    assert answer.status_code == 400


def test_the_timemap_lists_every_memento(client: TestClient) -> None:
    answer = client.get(f"/timemap/link/{CRANE}")
    assert answer.headers["content-type"] == "application/link-format"
    told = links(answer.text)
    assert told["original"] == CRANE
    assert told["timegate"] == f"http://testserver/timegate/{CRANE}"
    assert answer.text.count("memento") >= 4
    assert 'rel="first memento"' in answer.text and 'rel="last memento"' in answer.text
    assert 'datetime="Wed, 12 Mar 2025 06:00:00 GMT"' in answer.text


def test_a_memento_is_the_bytes_received_and_can_do_nothing(client: TestClient) -> None:
    answer = client.get(f"/memento/20250312060000/{CRANE}")
    assert answer.status_code == 200
    assert answer.content == (
        b"<h1>At least 12 hurt as harbour crane falls</h1><script>alert(1)</script>"
    )
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox;") and "default-src 'none'" in policy
    assert "allow-scripts" not in policy and "allow-same-origin" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["memento-datetime"] == "Wed, 12 Mar 2025 06:00:00 GMT"
    assert links(answer.headers["link"])["original"] == CRANE


def test_a_memento_between_two_captures_leads_to_the_nearest(client: TestClient) -> None:
    answer = client.get(f"/memento/20250312060500/{CRANE}")
    assert answer.status_code == 302
    assert answer.headers["location"].endswith(f"/memento/20250312060000/{CRANE}")


@pytest.mark.parametrize(
    "url",
    [
        "https:/harbour.example/crane?id=7",
        "HTTPS://harbour.example/crane?id=7",
        "https%3A%2F%2Fharbour.example%2Fcrane%3Fid%3D7",
        "https:%2F%2Fharbour.example/crane%3Fid=7",
    ],
)
def test_addresses_mangled_on_the_way_are_understood(client: TestClient, url: str) -> None:
    assert client.get(f"/timegate/{url}").status_code == 302


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/timegate/https://elsewhere.example/", 404),
        ("/timegate/javascript:alert(1)", 404),
        ("/timegate/file:///etc/passwd", 404),
        ("/timemap/link/https://harbour.example/nothing-yet", 404),
        (f"/memento/20251399000000/{CRANE}", 404),
        (f"/memento/2025/{CRANE}", 404),
        ("/memento/20250312060000/", 404),
        ("/memento/20250312060000/%0d%0aSet-Cookie:x=1", 404),
    ],
)
def test_what_is_not_kept_is_said_clearly(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "set-cookie" not in answer.headers


def test_the_openapi_document_and_the_routes_are_the_same(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    ours = {
        re.sub(r"\{(\w+):\w+\}", r"{\1}", path)
        for path in [p for page in PAGES for _, p in page.forms]
        + [r.path for r in RAWS]
        + [deed.path for deed in DEEDS]
    }
    served = {
        re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
        for route in client.app.routes  # type: ignore[attr-defined]
        # Hubs of feeds ask back there under a word that only they know: no part of the API.
        if route.path not in ("/static/{name}", "/websub/{id:number}/{token}")
    }
    assert set(told["paths"]) == ours == served


def test_every_path_of_the_openapi_document_answers_as_it_says(
    client: TestClient, shelf: Filled
) -> None:
    values = {"id": shelf.harbour, "n": 0, "m": 1, "time": "20250312060000", "url": CRANE}
    for path, item in client.get("/openapi.json").json()["paths"].items():
        if path == "/events" or "get" not in item:
            continue
        operation = item["get"]
        query = "?old=0&new=1" if path.endswith("compare") else ""
        answer = client.get(path.format(**values) + query)
        told = operation["responses"].get(str(answer.status_code))
        assert told is not None, (path, answer.status_code)
        if answer.status_code == 200 and "memento" not in path:
            kind = answer.headers["content-type"].split(";")[0]
            assert kind in told["content"], (path, kind)


def test_events_bring_what_came_after(shelf: Filled) -> None:
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    app.state.site.stopping = True  # one look, then the end
    with TestClient(app) as visitor:
        body = visitor.get("/events?after=0").text
    assert body.startswith("retry: ")
    assert body.count("event: change") == 4
    assert re.search(r"^id: \d+$", body, re.MULTILINE)
    assert "\n\n\n" not in body
    assert app.state.site.streams == 0
    with TestClient(app) as visitor:
        assert "event: change" not in visitor.get("/events").text
        assert "event: change" in visitor.get("/events", headers={"last-event-id": "1"}).text


def test_too_many_live_readers_are_told_so(shelf: Filled) -> None:
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    app.state.site.streams = 10_000
    assert TestClient(app).get("/events").status_code == 503
