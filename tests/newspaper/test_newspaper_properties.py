"""What must hold for any text, any bytes, any order of asking."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from hypothesis import example, given, settings
from hypothesis import strategies as st
from newspaper_reader import get

from variorum.newspaper import Newspaper
from variorum.newspaper.typeset import dress, inline, plain
from variorum.newspaper.wire import Request, parse
from variorum.text.typography import fold

STYLES = st.frozensets(st.sampled_from(["curly", "nbsp", "nfd", "dashes"]))
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="*[]()"), max_size=80)


@given(WORDS, STYLES)
def test_dress_is_typography_and_nothing_else(text: str, styles: frozenset[str]) -> None:
    assert fold(dress(text, styles)) == fold(text)


@given(WORDS)
def test_what_is_not_markup_comes_out_as_it_went_in(text: str) -> None:
    assert plain(text) == " ".join(text.split()) or not text.isprintable()
    assert "<" not in inline(text)


@given(st.binary(max_size=300))
@example(b"GET //[ HTTP/1.1")
@example(b"GET http://[/ HTTP/1.1")
def test_no_request_head_upsets_the_parser(head: bytes) -> None:
    request = parse(head, "127.0.0.2")
    assert request is None or request.path


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60), st.integers(1, 9), st.integers(-1, 11))
@example("/[", 2, 0)
@example("read.php?story=%00&story=x", 7, 3)
def test_no_address_upsets_the_newspaper(target: str, host: int, round_: int) -> None:
    paper = Newspaper()
    if round_ >= 0:
        paper.clock.set(paper.rounds[round_])
    answer = paper.answer(Request("GET", f"/{target}", f"127.0.0.{host}"))
    assert answer.status in (200, 301, 302, 404)


def test_garbage_on_the_line_does_not_stop_the_press() -> None:
    with Newspaper().serve() as paper:
        parts = urlsplit(paper.base_urls["courier"])
        for garbage in (b"\0" * 100, b"POST / HTTP/1.1\r\n\r\n", b"x" * 100_000, b"GET\r\n\r\n"):
            with socket.create_connection((parts.hostname or "", parts.port or 80), 2) as line:
                line.sendall(garbage)
        assert get(paper.base_urls["courier"] + "/")[0] == 200
