"""Boxes of facts set apart from a story are read; boxes whose own names say what they are go."""

from __future__ import annotations

import pytest
from newsdesk import PARAGRAPHS, body, page

from variorum.stages.extract import read_page

FACTS = (
    "<h3>The bridge</h3><ul><li>Built: 1931</li><li>Piers: 14</li><li>Length: 412 metres</li></ul>"
)
OFFER = "<p>The city in your pocket: 34,143 people already read it there.</p>"


def told(box: str) -> str:
    html = page(body(PARAGRAPHS[:2]) + box + body(PARAGRAPHS[2:]))
    return read_page(html, url="https://echo.example/news/bridge").document.text


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        (FACTS, ["The bridge", "Built: 1931", "Piers: 14", "Length: 412 metres"]),
        (
            "<div>In brief</div><p>Cracks: two piers</p><p>The oldest pier has stood in the river since 1931.</p>",
            ["Cracks: two piers", "The oldest pier has stood in the river since 1931."],
        ),
        (
            "<p>Definition</p><p>A caisson is a box in which people work under water.</p>"
            "<p>Whoever comes up too fast falls ill from it.</p>",
            [
                "A caisson is a box in which people work under water.",
                "Whoever comes up too fast falls ill from it.",
            ],
        ),
    ],
)
def test_a_box_of_facts_set_apart_is_the_storys(facts: str, lines: list[str]) -> None:
    read = told(f"<aside>{facts}</aside>")
    assert [line for line in lines if line not in read] == []


VERDICT = (
    "<h3>Verdict</h3><ul><li>Piers of Doubt, by Edda Holm</li><li>Saltmouth Press; 212 pages</li>"
    "<li>Four stars out of five</li></ul>"
)


@pytest.mark.parametrize("place", ["first", "amid", "last"])
@pytest.mark.parametrize(
    ("called", "inside"),
    [
        ("class=factbox", FACTS),
        ('class="article__verdict"', VERDICT),
        ("data-component=fact-box", VERDICT),
        ("class=c-infobox", VERDICT),
    ],
)
def test_a_box_called_facts_or_verdict_is_the_storys_wherever_it_stands(
    called: str, inside: str, place: str
) -> None:
    box = f"<aside {called}>{inside}</aside>"
    at = {"first": 0, "amid": 2, "last": len(PARAGRAPHS)}[place]
    html = page(body(PARAGRAPHS[:at]) + box + body(PARAGRAPHS[at:]))
    read = read_page(html, url="https://echo.example/news/bridge").document.text
    lines = [
        t for t in inside.replace("</", "<").replace("li>", "h3>").split("<h3>") if "<" not in t
    ]
    assert [line for line in lines if line and line not in read] == []


@pytest.mark.parametrize(
    "inside",
    [
        "<h3>The week in facts</h3><p>Sign up for our newsletter</p><p>Every Friday at six</p>",
        "<h3>Facts</h3><p><a href=/a>Ferry is late</a></p><p><a href=/b>Mayor opens a lido</a></p>",
        "<h3>Key facts</h3><p>Subscribe now and save 50%</p><p>Offer ends on Sunday</p>",
    ],
)
def test_what_is_called_facts_and_asks_or_leads_away_is_not(inside: str) -> None:
    assert told(f"<aside class=factbox>{inside}</aside>") == told("")


@pytest.mark.parametrize(
    "aside",
    [
        "<h3>Most read</h3><p>Ferry to run all winter, says the port at last.</p><p>Mayor opens a lido.</p>",
        "<h3>Our letter</h3><p>All that matters: at six</p><p>Price: nothing</p><form><input type=email></form>",
        "<h3>The bridge</h3><p>Built: <a href=/1931>1931</a></p><p>Piers: 14</p><p>Length: 412 metres</p>",
        "<p>“We would rather have angry drivers than wet ones,</p><p>Edda Holm: to the council</p><p>At: noon</p>",
        "<h3>Weather</h3><p>Mild</p><p>9</p><p>Wind</p>",
    ],
)
def test_what_else_stands_aside_is_not(aside: str) -> None:
    assert told(f"<aside>{aside}</aside>") == told("")


@pytest.mark.parametrize(
    "name",
    [
        "promo",
        "Promo_inline_Yk2u0",
        "newsletterSignup",
        "story__most-read",
        "c-related--wide",
        "MOST-READ",
        "ad-slot ad-slot--mpu",
        "div-gpt-ad-7781",
        "AdUnit_wide",
    ],
)
def test_a_box_named_as_none_of_the_story_goes_whatever_it_says(name: str) -> None:
    assert told(f'<div class="{name}">{OFFER}</div>') == told("")


@pytest.mark.parametrize(
    "name",
    ["inline", "teaser", "ad", "ad-free", "promontory", "no-promo", "share-text", "head-slot"],
)
def test_a_name_that_may_hold_the_story_says_nothing(name: str) -> None:
    assert "34,143" in told(f'<div class="{name}">{OFFER}</div>')


def test_facts_and_corrections_stay_whatever_their_box_is_called() -> None:
    assert "412 metres" in told(f'<div class="promo">{FACTS}</div>')
    note = "Correction: an earlier version of this story gave the number of piers as 12."
    assert note in told(f'<div class="related"><p>{note}</p></div>')


def test_a_heading_over_other_lines_takes_them_along() -> None:
    latest = "<h3>Latest</h3><ul><li>Crown 11.08 against the euro</li><li>Trains late by 62 minutes</li></ul>"
    assert told(f"<div>{latest}</div>") == told("")
    section = "<h3>Latest</h3><p>The council said at noon that the bridge would stay shut for another week.</p>"
    assert "another week" in told(f"<div>{section}</div>")


@pytest.mark.parametrize(
    "counters",
    [
        "<span>6,236 likes</span> <span>552 replies</span>",
        "<div>1.2K retweets 31 bookmarks 4 comments</div>",
        "<div><a href=/s>Share this quote</a> <span>255</span></div>",
        "<div><a href=/s>Partager cette citation</a> <span>12</span></div>",
    ],
)
def test_the_counters_of_a_post_or_a_pulled_quote_are_none_of_its_words(counters: str) -> None:
    post = "Home with four medals and no luggage. Thank you, islands!"
    read = told(f"<blockquote><p>{post}</p>{counters}</blockquote>")
    assert read == told(f"<blockquote><p>{post}</p></blockquote>") and post in read


def test_figures_that_a_quotation_tells_stay() -> None:
    said = "We had 396 replies and 36 votes, and nobody shared this quote"
    assert said in told(f"<blockquote><p>{said}</p></blockquote>")


def test_a_price_is_what_a_list_of_terms_tells() -> None:
    terms = "<dl><dt>Price</dt><dd>£315,000</dd><dt>Agent</dt><dd>Holm and Daughters</dd></dl>"
    read = told(terms)
    assert "£315,000" in read and "Holm and Daughters" in read


def test_a_ticker_set_as_a_list_of_terms_is_still_one() -> None:
    ticker = "<dl><dt>FTSE 100</dt><dd>7,412.10</dd><dt>Dow</dt><dd>34,118.66</dd></dl>"
    assert "7,412" not in told(ticker)


@pytest.mark.parametrize(
    "name", ["market-ticker", "support-box", "jobs-box jobs", "donation-appeal"]
)
def test_boxes_of_markets_appeals_and_posts_go_by_their_names(name: str) -> None:
    assert told(f'<div class="{name}">{OFFER}</div>') == told("")


@pytest.mark.parametrize("name", ["live-ticker", "support", "poll", "traffic"])
def test_names_that_also_hold_live_text_or_tables_say_nothing(name: str) -> None:
    assert "34,143" in told(f'<div class="{name}">{OFFER}</div>')


def test_a_question_with_its_votes_counted_is_a_poll_and_a_count_of_votes_alone_is_none() -> None:
    answers = "<ul><li>The ferry 41%</li><li>The bridge 59%</li></ul>"
    poll = f"<div><h4>How do you cross the bay?</h4>{answers}<p>687 votes so far</p></div>"
    assert told(poll) == told("")
    count = f"<div><h4>The council's decision</h4>{answers}<p>687 votes cast</p></div>"
    assert "59%" in told(count)
