"""Checks that gave nothing to read: the line about the next one says what happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from watched_world import Handler, World, feed, story

from variorum.model import Capture, Outcome
from variorum.pipeline.unanswered import last_ones, what_happened

PATH = "/news/bridge-closed"


def check(
    outcome: Outcome = Outcome.FAILED, status: int | None = None, reason: str = "", hours: int = 0
) -> Capture:
    time = datetime(2025, 3, 3, tzinfo=UTC) + timedelta(hours=hours)
    return Capture(1, 1, PATH, time, outcome, status=status, reason=reason)


def said(outcome: Outcome, status: int | None, reason: str, times: int) -> str:
    return what_happened([check(outcome, status, reason, n) for n in range(times)])


def test_each_way_of_not_answering_is_told_as_what_it_was() -> None:
    robots = "news.example was not fetched, because robots.txt asks not to fetch it"
    rest = "news.example was not fetched, because it is to be left alone for another 2 h"
    for outcome, status, reason, line in (
        (Outcome.BLOCKED, None, robots, "robots.txt forbade the last 12 checks"),
        (Outcome.BLOCKED, None, rest, "the site had asked to be left alone at the last 12 checks"),
        (Outcome.BLOCKED, 403, "refused", "the site turned the last 12 checks away"),
        (Outcome.FAILED, 502, "failed", "the site answered the last 12 checks with an error"),
        (Outcome.FAILED, 200, "a page without a story", "the last 12 checks gave nothing to read"),
        (Outcome.FAILED, None, "no address", "the last 12 checks got no answer"),
    ):
        assert said(outcome, status, reason, 12) == line
        assert said(outcome, status, reason, 1) == line.replace("12 checks", "check")


def test_where_each_ended_otherwise_no_one_reason_is_named() -> None:
    mixed = [check(), check(Outcome.BLOCKED, 403), check(status=502)]
    assert what_happened(mixed) == "the last 3 checks gave nothing to read"


def test_only_the_checks_since_the_last_that_said_something_count() -> None:
    seen = [check(), check(Outcome.OK, 200), check(Outcome.BLOCKED, 403), check()]
    assert last_ones(seen) == seen[2:]
    assert last_ones(seen[:2]) == []
    assert last_ones(seen[:1]) == seen[:1]


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (lambda _: web.Response(status=403), "the site turned the last 2 checks away; checking"),
        (lambda _: web.Response(status=502), "the site answered the last 2 checks with an error;"),
    ],
)
def test_the_next_check_says_so(world: World, answer: Handler, line: str) -> None:
    world.site.pages = {"/feed": feed(PATH), PATH: story("12")}
    world.look()
    world.site.pages[PATH] = answer
    world.look(2)
    assert (world.article(PATH)[0].next_reason or "").startswith(line)
