"""The cheap proof: equal digests mean the same Document, and what servers make anew is not seen."""

from __future__ import annotations

import re
import time
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.stages.extract import read_page
from variorum.stages.version import story_digest, unchanged

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Harbour fire: crews work through the night | News</title>
<meta name="csrf-token" content="a81f3c"><meta property="og:title" content="Harbour fire">
<link rel="canonical" href="https://news.example/world/harbour-fire-1234567">
<link rel="stylesheet" href="/app.81af33.css"><style>.a{color:red}</style>
<script nonce="r4nd0m">window.__t = 1741770000;</script>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Harbour fire: crews work
 through the night","datePublished":"2026-03-12T09:00:00Z","author":{"name":"Ana Reyes"}}</script>
</head><body class="page p-81264"><!-- rendered 09:00:12 -->
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<div id="div-gpt-ad-163487"></div>
<article data-track="x-99812"><h1>Harbour fire: crews work through the night</h1>
<p>By <a href="/ana" rel="author">Ana Reyes</a>
 <time datetime="2026-03-12T09:00:00Z">12 March</time></p>
<figure><img src="/img/quay-800.jpg" width="800" height="500" alt="The quay"><figcaption>The quay at
 night, seen from the lighthouse.</figcaption></figure>
<p>A fire at the old harbour has killed 12 people, the coastguard said on Thursday morning.</p>
<p>The blaze broke out shortly after midnight in a warehouse that stored paint and rope, and spread
 to two boats that were moored beside it.</p>
<p>“We heard two explosions,” said Mara Lindqvist, who lives across the quay with her family.</p>
<p style="display:none">Nobody sees this.</p>
<p>Officials do not believe that the fire was set on purpose, and the damage is put at £1.5m.</p>
<p>The harbour will stay closed until 14 March, the authority said in a statement.</p></article>
<form><input type="hidden" name="token" value="81fe2a"></form>
<footer class="f-2">© News Example 2026</footer></body></html>"""

NOISE = [
    ("1741770000", "1741773600"),
    ("r4nd0m", "an0ther"),
    ("09:00:12", "09:30:44"),
    ("163487", "998211"),
    ("x-99812", "x-10077"),
    ("p-81264", "p-5"),
    ("a81f3c", "ff0021"),
    ('value="81fe2a"', 'value="000111"'),
    ("app.81af33.css", "app.c0ffee.css"),
    ("color:red", "color:blue"),
]
TELLING = [
    ("killed 12", "killed 21"),
    ("Harbour fire: crews", "Harbour fire: crew"),
    ("“We heard two explosions,”", "We heard two explosions,"),
    ("seen from the lighthouse", "seen from the pier"),
    ("quay-800.jpg", "pier-800.jpg"),
    ("Ana Reyes", "Tom Okoro"),
    ("2026-03-12T09", "2026-03-13T09"),
    ("display:none", "display:block"),
    ('rel="canonical" href="https://news', 'rel="canonical" href="https://old'),
    ("14 March", "24 March"),
]


@pytest.mark.parametrize(("old", "new"), NOISE)
def test_what_a_server_makes_anew_for_every_request_is_not_seen(old: str, new: str) -> None:
    assert old in PAGE
    assert unchanged(PAGE.encode(), PAGE.replace(old, new).encode())


@pytest.mark.parametrize(("old", "new"), TELLING)
def test_whatever_the_story_is_read_from_is_seen(old: str, new: str) -> None:
    assert old in PAGE
    assert not unchanged(PAGE.encode(), PAGE.replace(old, new).encode())


def test_a_charset_told_by_the_header_is_part_of_the_page() -> None:
    body = PAGE.encode()
    assert story_digest(body, "text/html; charset=utf-8") != story_digest(
        body, "text/html; charset=windows-1252"
    )
    assert story_digest(body, "text/html") == story_digest(body)


def test_bytes_that_are_not_utf8_are_kept_one_by_one() -> None:
    body = PAGE.encode("cp1252", errors="replace")
    assert not unchanged(body, body.replace(b"09:00:12", b"09:30:44"))
    assert unchanged(body, body)


@pytest.mark.parametrize(
    "trap",
    [
        "<!--><p>{}</p><!-- -->",
        "<!-- a --!><p>{}</p>",
        "<script>1</script ><p>{}</p>",
        "<script type='application/ld+json'>{{\"articleBody\": \"<b class='a1'> {}\"}}</script>",
        "<textarea></textarea><p>a <b>{}</b></p>",
        '<p title="a > b">{}</p>',
        "<style></style><p>{}</p>",
        "<div data-x='</div>'>{}</div>",
    ],
)
def test_text_behind_odd_markup_is_not_dropped(trap: str) -> None:
    one = PAGE.replace("<article", trap.format("It cost £1.5m in all.") + "<article", 1)
    two = PAGE.replace("<article", trap.format("It cost £15m in all.") + "<article", 1)
    assert not unchanged(one.encode(), two.encode())


@pytest.mark.parametrize(("element", "mark"), [("script", "'"), ("style", '"')])
def test_a_quotation_mark_left_open_in_a_tag_is_seen(element: str, mark: str) -> None:
    """A parser takes for a value what stands behind it, up to the next such mark."""
    sound = PAGE.replace("<article", f"<{element} data-a=4>1</{element}><article", 1)
    open_mark = sound.replace("data-a=4>1", f"data-a={mark}4>1", 1)
    assert not unchanged(sound.encode(), open_mark.encode())


_PIECE = re.compile(r"<[^>]*>|[^<]+")


def _mutated(random: Random) -> str:
    """The page with one thing put in, taken out, doubled or altered anywhere."""
    pieces = _PIECE.findall(PAGE)
    at = random.randrange(len(pieces))
    way = random.randrange(6)
    if way == 0:
        del pieces[at]
    elif way == 1:
        pieces.insert(at, pieces[random.randrange(len(pieces))])
    elif way == 2:
        pieces[at] = pieces[at].replace("a", random.choice(["e", "8", '"', "<", " "]), 1)
    elif way == 3:
        pieces.insert(
            at, random.choice(["<!-- x -->", "<p hidden>", "<b class='z9'>", "</div>", "-->"])
        )
    elif way == 4:
        digits = str(random.randrange(10))
        pieces[at] = re.sub(r"\d", digits, pieces[at], count=1)
    else:
        cut = random.randrange(len(pieces[at]) + 1)
        pieces[at] = pieces[at][:cut] + random.choice([" ", "'", '"', ">", "x"]) + pieces[at][cut:]
    return "".join(pieces)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_equal_digests_mean_the_same_document(seed: int) -> None:
    random = Random(seed)
    one = PAGE if random.random() < 0.5 else _mutated(random)
    two = _mutated(random)
    if unchanged(one.encode(), two.encode()):
        first = read_page(one.encode(), url="https://news.example/world/harbour-fire-1234567")
        second = read_page(two.encode(), url="https://news.example/world/harbour-fire-1234567")
        assert first.document == second.document
        assert first.kind == second.kind


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_any_bytes_are_taken(body: bytes) -> None:
    assert story_digest(body) == story_digest(body)
    assert unchanged(body, body)


@pytest.mark.parametrize(
    "unit",
    [
        b"<",
        b"<!--",
        b"<a ",
        b'<a b="',
        b"<script",
        b"<style>",
        b"-",
        b'" ',
        b"<a b='c' d=",
        b"<p>x",
    ],
)
def test_two_megabytes_of_anything_take_linear_time(unit: bytes) -> None:
    body = unit * (2_000_000 // len(unit))
    start = time.process_time()
    story_digest(body)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "opening", [b"<div data-time=1 nonce=x", b"<meta ", b"<p data-a", b"<p class"]
)
@pytest.mark.parametrize(
    "unit", [b" ", b" a", b"a", b"-", b"1", b" =", b" id='7'", b'a="', b" data-1"]
)
def test_one_tag_of_half_a_megabyte_takes_linear_time(opening: bytes, unit: bytes) -> None:
    body = opening + unit * (500_000 // len(unit)) + b"></p>"
    start = time.process_time()
    story_digest(body)
    assert time.process_time() - start < 2
