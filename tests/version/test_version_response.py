"""What status, headers and redirects say before a page is read."""

from __future__ import annotations

import pytest
from version_stories import URL, answer

from variorum.model import DecisionKind
from variorum.stages.version import judge_response


@pytest.mark.parametrize(
    ("status", "kind", "outcome"),
    [
        (304, DecisionKind.SAME, "unmodified"),
        (404, DecisionKind.GONE, "gone"),
        (410, DecisionKind.GONE, "gone"),
        (401, DecisionKind.NOT_ARTICLE, "blocked"),
        (402, DecisionKind.NOT_ARTICLE, "paywall"),
        (403, DecisionKind.NOT_ARTICLE, "blocked"),
        (407, DecisionKind.NOT_ARTICLE, "blocked"),
        (429, DecisionKind.NOT_ARTICLE, "blocked"),
        (451, DecisionKind.NOT_ARTICLE, "blocked"),
        (500, DecisionKind.NOT_ARTICLE, "failed"),
        (503, DecisionKind.NOT_ARTICLE, "failed"),
        (302, DecisionKind.NOT_ARTICLE, "failed"),
        (None, DecisionKind.NOT_ARTICLE, "failed"),
    ],
)
def test_a_status_speaks_for_itself(status: int | None, kind: DecisionKind, outcome: str) -> None:
    decision = judge_response(answer(status), URL)
    assert decision is not None
    assert (decision.kind, decision.details["outcome"]) == (kind, outcome)
    assert decision.reason


def test_a_page_that_came_must_be_read() -> None:
    assert judge_response(answer(body=b"<p>story"), URL) is None


def test_half_an_answer_and_an_error_are_failures() -> None:
    for fetched in (answer(truncated=True), answer(error="connection lost")):
        decision = judge_response(fetched, URL)
        assert decision is not None
        assert decision.details["outcome"] == "failed"


def test_a_short_body_against_its_announced_length_is_a_failure() -> None:
    fetched = answer(headers=(("Content-Length", "5000"),), body=b"x" * 200)
    decision = judge_response(fetched, URL)
    assert decision is not None
    assert "5000" in decision.reason
    packed = answer(
        headers=(("Content-Length", "100"), ("Content-Encoding", "gzip")), body=b"x" * 500
    )
    assert judge_response(packed, URL) is None


@pytest.mark.parametrize("told", ["²", "9" * 5_000, "many", ""])
def test_a_length_that_is_no_number_says_nothing(told: str) -> None:
    assert judge_response(answer(headers=(("Content-Length", told),), body=b"x" * 200), URL) is None


def test_what_is_no_page_is_not_the_story() -> None:
    fetched = answer(headers=(("Content-Type", "application/pdf"),), body=b"%PDF-1.7")
    decision = judge_response(fetched, URL)
    assert decision is not None
    assert decision.details["outcome"] == "failed"
    plain = answer(headers=(("Content-Type", "text/plain"),), body=b"story")
    assert judge_response(plain, URL) is None


@pytest.mark.parametrize(
    "final",
    [
        "https://news.example/",
        "https://news.example/world",
        "https://news.example/world/storm-7654321",
        "https://other.example/elsewhere",
    ],
)
def test_a_redirect_away_is_a_move(final: str) -> None:
    decision = judge_response(answer(final=final), URL)
    assert decision is not None
    assert decision.kind is DecisionKind.MOVED
    assert decision.details["outcome"] == "moved"
    assert decision.details["to"]


def test_a_redirect_to_another_dress_of_the_article_is_read() -> None:
    assert (
        judge_response(answer(final=URL.replace("https", "http") + "/?utm_source=x"), URL) is None
    )
    assert judge_response(answer(final="https://news.example/world/new-slug-1234567"), URL) is None


def test_a_redirect_to_a_login_or_consent_page_is_no_move() -> None:
    for final in (
        "https://news.example/login?return=/world/harbour-fire-1234567",
        "https://consent.news.example/?next=x",
        "https://account.other.example/signin",
    ):
        decision = judge_response(answer(final=final), URL)
        assert decision is not None
        assert decision.kind is DecisionKind.NOT_ARTICLE
        assert decision.details["outcome"] == "blocked"
