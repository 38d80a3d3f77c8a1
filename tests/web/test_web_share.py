"""Cards, frames and citations: a comparison where others show it."""

from __future__ import annotations

import io
import time

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient
from web_shelf import PAYLOADS, Filled

from variorum.web.cards import HEIGHT, WIDTH, Card, draw, readable


def drawn(**other: object) -> Image.Image:
    told = {
        "source": "The Harbour Bell",
        "time": "12 Mar 2025, 08:00 UTC",
        "headline": "21 hurt as harbour crane falls",
        "before": "12 people",
        "after": "21 people",
        "kinds": ["figure", "quote"],
        "announced": "unannounced",
        "versions": "version 0 → 1",
        **other,
    }
    return Image.open(io.BytesIO(draw(Card(**told))))  # type: ignore[arg-type]


def test_a_comparison_has_a_card(client: TestClient, shelf: Filled) -> None:
    answer = client.get(f"/a/{shelf.harbour}/v0..v1/card.png")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    image = Image.open(io.BytesIO(answer.content))
    assert image.size == (WIDTH, HEIGHT) and len(answer.content) < 100_000
    again = client.get(
        f"/a/{shelf.harbour}/v0..v1/card.png", headers={"if-none-match": answer.headers["etag"]}
    )
    assert again.status_code == 304
    page = LexborHTMLParser(client.get(f"/a/{shelf.harbour}/v0..v1").text)
    named = page.css_first('meta[property="og:image"]').attributes["content"]
    assert named == f"http://testserver/a/{shelf.harbour}/v0..v1/card.png"


def test_versions_that_do_not_follow_each_other_have_cards_too(
    client: TestClient, shelf: Filled
) -> None:
    for path in ("v0..v2", "v2..v0"):
        assert client.get(f"/a/{shelf.harbour}/{path}/card.png").status_code == 200
    assert client.get(f"/a/{shelf.harbour}/v1..v1/card.png").status_code == 404
    assert client.get(f"/a/{shelf.harbour}/v0..v9/card.png").status_code == 404


def test_a_card_tells_what_was_announced_in_part_apart_from_the_rest() -> None:
    states = ("announced", "announced in part", "unannounced")
    assert len({drawn(announced=state).tobytes() for state in states}) == 3


def test_what_came_and_what_went_have_their_colours() -> None:
    both = {c for _, c in drawn().convert("RGB").getcolors(2**24) or ()}
    assert {(255, 223, 176), (204, 229, 255)} <= both
    came = {c for _, c in drawn(before="").convert("RGB").getcolors(2**24) or ()}
    assert (255, 223, 176) not in came


@pytest.mark.parametrize("text", [*PAYLOADS, "w" * 10_000, "a " * 10_000, "", "\n\n", "🦆" * 50])
def test_any_text_gives_a_card_in_little_time(text: str) -> None:
    drawn()
    began = time.process_time()
    image = drawn(source=text, headline=text, before=text, after=text, kinds=[text] * 9)
    assert image.size == (WIDTH, HEIGHT)
    assert time.process_time() - began < 3


def test_a_script_that_the_font_has_not_is_left_out_and_others_are_shown() -> None:
    assert readable("Ο γερανός έπεσε") and readable("Кран упал") and readable("Grue tombée à Paris")
    assert readable("起重机倒塌") == "" and readable("سقطت الرافعة") == ""
    assert readable("The crane (起重机) fell on the quay of Ostrava Bay") != ""
    assert readable("£15m → 21%") == "£15m → 21%"


def test_a_frame_runs_nothing_and_may_stand_on_any_page(client: TestClient, shelf: Filled) -> None:
    answer = client.get(f"/a/{shelf.harbour}/v0..v1/embed")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "frame-ancestors *" in policy
    assert "script-src" not in policy and "x-frame-options" not in answer.headers
    page = LexborHTMLParser(answer.text)
    assert not page.css("script, img, iframe, form")
    assert "21 hurt" in page.css_first("h1").text()
    assert all(
        a.attributes["href"].startswith("http://testserver/") and a.attributes["rel"] == "noopener"
        for a in page.css('a[target="_blank"]')
    )
    for path in ("", "/card.png"):
        headers = client.get(f"/a/{shelf.harbour}/v0..v1{path}").headers
        assert headers["x-frame-options"] == "DENY"


def test_hostile_stories_are_shared_as_text(client: TestClient, shelf: Filled) -> None:
    page = LexborHTMLParser(client.get(f"/a/{shelf.hostile}/v0..v1/embed").text)
    assert not page.css("script, img, svg, iframe")
    assert PAYLOADS[0] in page.css_first("article").text()
    head = LexborHTMLParser(client.get(f"/a/{shelf.hostile}/v0..v1").text)
    title = head.css_first('meta[property="og:title"]').attributes["content"]
    assert title is not None and PAYLOADS[0] in title
    assert client.get(f"/a/{shelf.hostile}/v0..v1/card.png").status_code == 200
