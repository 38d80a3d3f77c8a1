"""Two URLs of one article never become two, two articles never one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.stages.version import canonical_url, identify, identity_key, story_id
from variorum.stages.version.identity import redirect_leaves

STORY = "https://www.news.example/world/harbour-fire-1234567"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.news.example/world/harbour-fire-1234567",
        "HTTPS://WWW.NEWS.EXAMPLE/world/harbour-fire-1234567",
        "https://www.news.example:443/world/harbour-fire-1234567",
        "https://news.example/world/harbour-fire-1234567/",
        "https://www.news.example/world/harbour-fire-1234567#comments",
        "https://www.news.example/world/harbour-fire-1234567?utm_source=feed&utm_medium=rss",
        "https://www.news.example/world/harbour-fire-1234567?fbclid=abc&ref=home&at_medium=RSS",
        "https://www.news.example/world/harbour-fire-1234567/amp/",
        "https://www.news.example/amp/world/harbour-fire-1234567",
        "https://m.news.example/world/harbour-fire-1234567",
        "https://amp.news.example/world/harbour-fire-1234567",
        "https://www.news.example/world/harbour-fire-1234567?outputType=amp",
        "https://www.news.example/world/harbour-fire-1234567/print",
        "https://www.news.example/world/harbour-fire-1234567?print=true",
        "https://www.news.example/world/harbour-fire-1234567.html",
        "https://www.news.example/world/harbour-fire-1234567/index.html",
        "https://www.news.example/sport/../world/./harbour-fire-1234567",
        "https://www.news.example/world/%68arbour-fire-1234567",
        "https://www.news.example//world/harbour-fire-1234567",
        " https://www.news.example/world/harbour-fire-1234567\n",
        "https://www.google.com/amp/s/www.news.example/world/harbour-fire-1234567",
        "https://www-news-example.cdn.ampproject.org/c/s/www.news.example/world/harbour-fire-1234567",
    ],
)
def test_one_article_in_many_dresses(url: str) -> None:
    assert identity_key(url) == identity_key(STORY)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.news.example/world/harbour-fire-1234568",
        "https://www.news.example/World/harbour-fire-1234567",
        "https://www.other.example/world/harbour-fire-1234567",
        "https://www.news.example/world/harbour-fire-1234567?page=2",
        "https://www.news.example/world/harbour-fire-1234567?id=9",
        "https://www.news.example/",
        "https://www.news.example/world",
    ],
)
def test_another_page_is_another_page(url: str) -> None:
    assert identity_key(url) != identity_key(STORY)


def test_parameters_that_name_the_article_stay_in_order() -> None:
    a = canonical_url("https://news.example/show.php?lang=en&id=42&utm_campaign=x")
    assert a == canonical_url("https://news.example/show.php?id=42&lang=en")
    assert "id=42" in a


def test_addresses_and_this_machine_keep_their_form() -> None:
    assert canonical_url("http://127.0.0.1:8000/story/") == "http://127.0.0.1:8000/story"
    assert canonical_url("http://[::1]:8000/a") == "http://[::1]:8000/a"
    assert canonical_url("http://localhost/a") == "http://localhost/a"


def test_a_host_in_another_script_is_its_punycode() -> None:
    coded = "nachrichten-köln.example".encode("idna").decode()
    assert canonical_url("https://nachrichten-köln.example/a") == f"https://{coded}/a"


@given(st.text(max_size=200))
def test_any_text_is_taken_and_the_form_is_stable(text: str) -> None:
    once = canonical_url(text)
    assert canonical_url(once) == once


@given(
    st.from_regex(r"/[a-z0-9%./-]{0,40}", fullmatch=True),
    st.from_regex(r"([a-z]{1,8}=[a-z0-9]{0,8}&?){0,4}", fullmatch=True),
)
def test_the_form_of_any_address_is_stable(path: str, query: str) -> None:
    once = canonical_url(f"https://News.Example{path}?{query}")
    assert canonical_url(once) == once
    assert identity_key(once) == identity_key(f"https://News.Example{path}?{query}")


def _known(*urls: str) -> dict[str, int]:
    known: dict[str, int] = {}
    for number, url in enumerate(urls):
        known.update(dict.fromkeys(identify(url).aliases, number))
    return known


def test_a_known_url_is_found_by_any_of_its_dresses() -> None:
    found = identify(f"{STORY}/amp?utm_source=x", None, _known(STORY).get)
    assert (found.article, found.reason) == (0, "this URL is known")


def test_a_changed_slug_with_the_same_number_is_the_same_article() -> None:
    renamed = "https://www.news.example/world/harbour-fire-kills-21-1234567"
    found = identify(renamed, None, _known(STORY).get)
    assert found.article == 0
    assert "number" in found.reason


def test_a_figure_in_the_headline_is_not_an_article_number() -> None:
    first = "https://news.example/money/firm-pays-1000000"
    assert (
        identify("https://news.example/sport/club-wins-1000000", None, _known(first).get).article
        is None
    )
    assert story_id("https://news.example/2026/03/12/harbour-fire") == ""
    assert story_id("https://news.example/diary-20260312") == ""


def test_the_same_number_under_another_section_is_kept_apart_when_nothing_else_agrees() -> None:
    first = "https://news.example/video/3456789"
    other = "https://news.example/recipes/soup/3456789"
    assert identify(other, None, _known(first).get).article is None


def test_rel_canonical_joins_two_urls_of_one_article() -> None:
    known = _known(STORY)
    found = identify("https://www.news.example/node/88", STORY, known.get)
    assert found.article == 0
    assert found.url == STORY


@pytest.mark.parametrize(
    ("canonical", "doubt"),
    [
        ("https://www.news.example/", "front page"),
        ("https://www.news.example/en", "front page"),
        ("https://www.news.example/world", "section"),
        ("https://www.wire.example/world/harbour-fire-1234567", "syndicated"),
        ("https://www.news.example/world/storm-7654321", "another article number"),
        ("javascript:void(0)", "no web address"),
    ],
)
def test_a_rel_canonical_that_cannot_be_right_is_not_followed(canonical: str, doubt: str) -> None:
    found = identify(STORY, canonical, _known(canonical).get)
    assert found.article is None
    assert any(doubt in d for d in found.doubts)
    assert found.url == STORY


def test_a_rel_canonical_that_many_articles_give_is_not_followed() -> None:
    shared = "https://www.news.example/world/live"
    found = identify(STORY, shared, _known(shared).get, claimed_by=lambda key: 3)
    assert found.article is None
    assert any("many articles" in d for d in found.doubts)


def test_an_edition_of_the_same_publisher_may_be_canonical() -> None:
    found = identify(
        "https://edition.news.example/world/harbour-fire",
        "https://www.news.example/world/harbour-fire",
    )
    assert not found.doubts


def test_a_redirect_to_a_renamed_story_gives_an_alias() -> None:
    renamed = "https://www.news.example/world/harbour-fire-kills-21-1234567"
    found = identify(STORY, None, redirects=[renamed])
    assert identity_key(STORY) in found.aliases
    assert identity_key(renamed) in found.aliases
    assert found.url == renamed


@pytest.mark.parametrize(
    ("final", "says"),
    [
        ("https://www.news.example/", "front page"),
        ("https://www.news.example/world", "section"),
        ("https://www.news.example/world/storm-7654321", "another article"),
        ("https://login.other.example/wall", "another site"),
        ("https://www.news.example/world/harbour-fire-kills-21-1234567", ""),
        ("https://www.news.example/world/harbour-fire-kills-21", ""),
        ("http://news.example/world/harbour-fire-1234567/", ""),
        ("https://www.newer-name.example/world/harbour-fire-1234567", ""),
    ],
)
def test_where_a_redirect_leads(final: str, says: str) -> None:
    why = redirect_leaves(STORY, final)
    assert says in why if says else why == ""


@pytest.mark.parametrize(
    "day", ["24112026", "05112026", "11242026", "20261124", "241126", "261124", "31121999"]
)
def test_a_day_in_two_addresses_makes_them_no_one_story(day: str) -> None:
    one = f"https://wire.example/news/{day}-live-budget-debate"
    other = f"https://wire.example/news/{day}-greve-des-eclusiers"
    assert story_id(one) == story_id(other) == ""
    assert not set(identify(one).aliases) & set(identify(other).aliases)


@pytest.mark.parametrize("number", ["67845321", "99112026", "24132026", "991126", "10004512"])
def test_a_number_that_is_no_day_still_is_the_storys(number: str) -> None:
    one = f"https://wire.example/news/{number}-live-budget-debate"
    other = f"https://wire.example/news/{number}-budget-passed"
    assert story_id(one) == story_id(other) == number
