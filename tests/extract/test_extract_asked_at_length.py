"""Appeals of several paragraphs, readers' votes counted in bare numbers, lists of other stories in what a
page tells search engines. Beside each what looks alike and is the story's."""

# ruff: noqa: E501  (pages are easier to read in long lines)

from __future__ import annotations

import json

import pytest
from newsdesk import HEADLINE, PARAGRAPHS, body, page

from variorum.model import Document
from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"


def paragraphs(amid: str) -> tuple[str, ...]:
    story = f"{body(PARAGRAPHS[:3])}{amid}{body(PARAGRAPHS[3:])}"
    return read_page(page(story), url=URL).document.paragraphs


ASKS = (
    "<p>You have read this far, so we will be short. No lender and no minister tells us what to print.</p>"
    "<p>By spring we mean to raise £90,000, so that somebody can sit through the next inquiry. So far 41% is here.</p>"
)
TAKES = "If you can, please give what a newspaper costs. <a href='/give'>{}</a>"


@pytest.mark.parametrize("head", ["The Echo has no owner but its readers", "Support the Echo"])
@pytest.mark.parametrize("link", ["Support the Echo", "Donate", "Give what you can"])
@pytest.mark.parametrize("box", ["div class='c'", "section", "div class='slot mid'"])
def test_an_appeal_of_several_paragraphs_goes_as_one(head: str, link: str, box: str) -> None:
    inner = f"<h3>{head}</h3>{ASKS}<p>{TAKES.format(link)}</p>"
    assert paragraphs(f"<{box}>{inner}</{box.split(maxsplit=1)[0]}>") == PARAGRAPHS


@pytest.mark.parametrize(
    "inner",
    [
        # what others raise, with where to read more of it
        f"<h3>The appeal for the bridge</h3>{ASKS.replace('we will', 'they will').replace('us', 'them')}<p>The parish reports each week. <a href='/parish'>The parish</a></p>",
        # no link that takes anything
        "<h3>What the parish asks</h3><p>The parish asks each house for £3 a month until the spring, it said.</p><p>Some 214 of 600 houses give.</p><p>The rest have been written to.</p>",
    ],
)
def test_an_appeal_that_the_story_tells_of_stays(inner: str) -> None:
    assert len(paragraphs(f"<div class='c'>{inner}</div>")) > len(PARAGRAPHS)


@pytest.mark.parametrize(
    "poll",
    [
        "<h3>Your say: should the bridge stay shut?</h3><ul><li>Yes: 430 votes</li><li>No: 117 votes</li></ul><p>547 readers have voted so far. <a href='#v'>Vote</a></p>",
        "<h3>Your say: should the bridge stay shut?</h3><ul><li>Yes: 430 votes</li><li>No: 117 votes</li></ul>",
        "<h3>Should the bridge stay shut?</h3><ul><li>Yes</li><li>No</li></ul><p>547 readers have voted so far. <a href='#v'>Vote</a></p>",
        "<h3>Leserumfrage: Soll die Brücke zu bleiben?</h3><p>Ja: 430 Stimmen</p><p>Nein: 117 Stimmen</p>",
    ],
)
@pytest.mark.parametrize("box", ["div", "section"])
def test_votes_of_readers_in_bare_numbers_are_none_of_the_story(poll: str, box: str) -> None:
    assert paragraphs(f"<{box} class='b'>{poll}</{box}>") == PARAGRAPHS


@pytest.mark.parametrize(
    "vote",
    [
        "<h3>Should the bridge stay shut?</h3><ul><li>For: 9 votes</li><li>Against: 4 votes</li></ul>",
        "<h3>Who won in the harbour ward?</h3><ul><li>Holm: 430 votes</li><li>Pym: 117 votes</li></ul>",
    ],
)
def test_a_vote_of_others_in_bare_numbers_stays(vote: str) -> None:
    assert len(paragraphs(f"<div class='b'>{vote}</div>")) > len(PARAGRAPHS)


# -- lists of other stories for search engines -------------------------------------------------------

OTHER = {
    "@type": "NewsArticle",
    "headline": "Seven walks for a wet Sunday",
    "datePublished": "2026-11-25T15:05:00+00:00",
    "author": {"@type": "Person", "name": "Gil Farraday"},
}


def listed(story: dict[str, object]) -> dict[str, object]:
    return {
        "@type": "ItemList",
        "itemListElement": [{"@type": "ListItem", "position": 1, "item": story}],
    }


def of(node: dict[str, object], by: str = "<div>By Ines Corrado</div>") -> Document:
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    return read_page(page(head=script, before=by), url=URL).document


@pytest.mark.parametrize(
    "node",
    [
        listed(OTHER),
        {"@graph": [{"@type": "WebPage", "name": "Bridge"}, listed(OTHER)]},
        {"@type": "CollectionPage", "hasPart": [OTHER]},
        {"@type": "WebPage", "mentions": OTHER},
    ],
)
@pytest.mark.parametrize("by", ["<div>By Ines Corrado</div>", "<p class='byline'>Ines Corrado</p>"])
def test_a_story_in_a_list_of_others_lends_this_one_nothing(
    node: dict[str, object], by: str
) -> None:
    read = of(node, by)
    assert read.byline == ("Ines Corrado",)
    assert read.published is None


def test_a_story_in_a_list_is_this_one_where_it_has_its_headline() -> None:
    read = of(listed({**OTHER, "headline": HEADLINE}), "")
    assert read.byline == ("Gil Farraday",)
    assert read.published is not None and "2026-11-25" in read.published


def test_the_page_s_own_story_counts_before_those_it_lists() -> None:
    own = {"@type": "NewsArticle", "headline": "Lorries off the bridge", "author": "Ines Corrado"}
    assert of({"@graph": [listed(OTHER), own]}, "").byline == ("Ines Corrado",)
