"""Pages are kept packed, and sent so to whoever takes them packed."""

from __future__ import annotations

import gzip

import pytest
from starlette.testclient import TestClient
from web_shelf import Filled

from variorum.web.memory import Body, PageMemory
from variorum.web.showing import takes_gzip


@pytest.mark.parametrize("path", ["/", "/index.json", "/index.atom", "/search?q=crane"])
def test_a_page_is_the_same_packed_and_plain(client: TestClient, path: str) -> None:
    packed = client.get(path, headers={"accept-encoding": "br;q=1.0, gzip;q=0.8"})
    plain = client.get(path, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert packed.headers["etag"] == plain.headers["etag"]
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    for answer in (packed, plain):
        assert "Accept-Encoding" in answer.headers["vary"]


def test_what_is_known_already_is_not_sent_in_either_form(client: TestClient) -> None:
    tag = client.get("/").headers["etag"]
    for takes in ("gzip", "identity"):
        known = client.get("/", headers={"accept-encoding": takes, "if-none-match": tag})
        assert (known.status_code, known.content) == (304, b"")
        assert "content-encoding" not in known.headers
        assert "Accept-Encoding" in known.headers["vary"]


def test_pictures_are_left_as_they_are(client: TestClient, shelf: Filled) -> None:
    card = client.get(f"/a/{shelf.harbour}/v0..v1/card.png", headers={"accept-encoding": "gzip"})
    assert card.headers["content-type"] == "image/png"
    assert "content-encoding" not in card.headers


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("deflate, gzip;q=0.5", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("gzip;q=0.001", True),
        ("identity", False),
        ("", False),
        ("*", False),
        ("xgzip, gzipx", False),
        (";;;,,q=gzip", False),
    ],
)
def test_who_takes_pages_packed(header: str, taken: bool) -> None:
    assert takes_gzip(header) is taken


def test_a_memory_holds_what_was_put_into_it_packed_and_makes_room_for_the_newest() -> None:
    memory = PageMemory(room=20_000)
    noise = [gzip.compress(bytes([n]) * 50) * 20 for n in range(40)]
    for n, data in enumerate(noise):
        memory.put(n, "mark", Body.of(data))
    kept = [n for n in range(40) if memory.get(n, "mark")]
    assert kept and kept[-1] == 39 and kept == list(range(kept[0], 40))
    last = memory.get(39, "mark")
    assert last is not None and last.data is None and last.plain() == noise[39]
    assert memory.get(39, "another mark") is None
    memory.put("nothing", None, Body.of(b"x"))
    assert memory.get("nothing", None) is None
