"""Clocks and counts beside the story may tick without a reading; nothing else may."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from trap_site import HOST, LOOKS, Article, story, turns

from variorum.bootstrap import capture_path, open_archive
from variorum.model import DecisionKind, Fetched, Page
from variorum.pipeline.identity import article_at
from variorum.stages.extract import read_page
from variorum.stages.version import steady, still, telling

URL = "https://news.example/world/harbour-fire-1234567"
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Harbour fire: crews work through the night | News</title></head><body>
<header><a href="/">News</a> <span>09:00:12</span> <span>14°C</span></header>
<article><h1>Harbour fire: crews work through the night</h1>
<p>By <a href="/ana" rel="author">Ana Reyes</a> <time>12 March 2026</time> <span>124 shares</span></p>
<figure><img src="/img/quay.jpg"><figcaption>The quay at night, 400 metres away.</figcaption></figure>
<p>A fire at the old harbour has killed <b>12</b> people, the coastguard said on Thursday morning.</p>
<p>The blaze broke out shortly after midnight in a warehouse that stored paint and rope, and spread
 to two boats that were moored beside it, one of which sank.</p>
<p>“We heard two explosions,” said Mara Lindqvist, who lives across the quay with her family.</p>
<p>Officials do not believe that the fire was set on purpose, and the damage is put at £1.5m.</p>
<p>The video had <b>7 views</b> when it was taken down.</p></article>
<div class="share"><a href="/c">38 comments</a> <span>7 views</span></div>
<aside><p>Sponsored</p><p>Two nights from 89 a head, breakfast included</p></aside>
<footer>© News Example 2026</footer></body></html>"""
TICKS = [("09:00:12", "10:30:44"), ("124 shares", "1,799 shares"), ("38 comments", "9 comments")]
TELLS = [
    ("<b>12</b>", "<b>21</b>"),
    ("£1.5m", "£15m"),
    ("400 metres", "40 metres"),
    ("<b>7 views</b>", "<b>70 views</b>"),
    ("<span>7 views</span>", "<span>8 views</span>"),  # cannot be told from the story's own
    ("12 March 2026", "14 March 2026"),
    ("124 shares", "124 corrections"),
    ("Sponsored", "Correction"),
    ("do not believe", "do believe"),
    ("<aside>", "<aside><p>Correction: it was on Friday.</p>"),
    ("quay.jpg", "pier.jpg"),
]


def read(html: str) -> Page:
    return read_page(html.encode(), url=URL)


@pytest.mark.parametrize(("old", "new"), TICKS)
def test_other_figures_of_clocks_and_counts_need_no_reading(old: str, new: str) -> None:
    known = steady(PAGE.encode(), None, read(PAGE))
    assert known is not None
    assert old in PAGE
    assert still(known, telling(PAGE.replace(old, new).encode()), None)


@pytest.mark.parametrize(("old", "new"), TELLS)
def test_whatever_may_be_the_storys_needs_one(old: str, new: str) -> None:
    known = steady(PAGE.encode(), None, read(PAGE))
    assert known is not None
    assert old in PAGE
    assert not still(known, telling(PAGE.replace(old, new).encode()), None)


def test_a_page_without_figures_beside_its_story_is_left_to_the_first_proof() -> None:
    bare = (
        "<html><body><article><h1>Fire</h1><p>It has killed 12 people.</p></article></body></html>"
    )
    assert steady(bare.encode(), None, read(bare)) is None
    assert steady(PAGE.encode("cp1252"), None, read(PAGE)) is None


@pytest.mark.parametrize("unit", [b">1", b"> 1 <", b"1", b"<a>12 x", b"&#1"])
def test_two_megabytes_of_anything_take_linear_time(unit: bytes) -> None:
    known = steady(PAGE.encode(), None, read(PAGE))
    assert known is not None
    start = time.process_time()
    assert not still(known, telling(unit * (2_000_000 // len(unit))), None)
    assert time.process_time() - start < 10


def test_from_the_third_look_on_a_ticking_page_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = story("a-ticking-page")
    headline = "Another headline for the same vote"
    article = Article("a-ticking-page", turns(base, (4, replace(base, headline=headline))))
    asked: list[int] = []
    kinds: list[DecisionKind] = []
    with open_archive(tmp_path / "archive") as archive, capture_path(archive) as path:
        whole = path.read_page
        monkeypatch.setattr(path, "read_page", lambda *a: (asked.append(1), whole(*a))[1])
        for look in range(LOOKS):
            fetched = _ticking(article, look)
            with archive.write() as records:
                known, _ = article_at(records, f"{HOST}/local/a-ticking-page", None, fetched.time)
                asked.clear()
                kinds.append(path.take(records, known, fetched).judged.decision.kind)
                if look in (2, 3):
                    assert not asked
    assert kinds[:4] == [DecisionKind.FIRST, *[DecisionKind.FURNITURE] * 3]
    assert kinds[4] is DecisionKind.CHANGED


def _ticking(article: Article, look: int) -> Fetched:
    """A page on which nothing but a clock and a count differs between looks."""
    first = Article(article.slug, (article.states[look],) * LOOKS).fetched(0)
    body = first.body
    clock = body[body.index(b"<span>") + 6 : body.index(b"</span>")]
    body = body.replace(clock, f"{10 + look}:{look}7:0{look}".encode())
    return replace(first, time=article.fetched(look).time, body=body)
