"""The schedule: what it decides, and how it says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.stages.watch import (
    Budget,
    Candidate,
    Habits,
    LookFacts,
    age_step,
    chance,
    choose,
    next_look,
    next_pace,
)
from variorum.stages.watch.rates import SHARES, awake, share, spread
from variorum.stages.watch.schedule import words

BORN = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def delay(age: timedelta, *changes: timedelta, pace: float = 0.003, **rest: object) -> timedelta:
    """The wait of an article looked at just now."""
    now = BORN + age
    when = tuple(BORN + change for change in changes)
    facts = LookFacts(BORN, now, when, **rest)  # type: ignore[arg-type]
    look = next_look(facts, now, pace)
    assert look.delay is not None
    return look.delay


def test_a_new_story_is_looked_at_within_minutes_and_an_old_one_after_days() -> None:
    waits = [delay(age) for age in (MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY, 9 * DAY, 90 * DAY)]
    assert waits == sorted(waits)
    assert waits[0] <= 5 * MINUTE
    assert timedelta(days=2) <= waits[5] <= timedelta(days=18)


def test_a_story_that_changes_often_is_looked_at_more_often() -> None:
    quiet = delay(4 * HOUR)
    once = delay(4 * HOUR, HOUR)
    often = delay(4 * HOUR, *(n * 20 * MINUTE for n in range(1, 12)))
    assert often < once < quiet


def test_a_change_brings_the_next_look_nearer_however_old_the_story_is() -> None:
    assert delay(200 * DAY, 200 * DAY) < timedelta(hours=8)
    assert delay(200 * DAY) > timedelta(days=10)


def test_a_lively_source_s_articles_are_looked_at_more_often_than_a_sleepy_one_s() -> None:
    lively = delay(3 * HOUR, source=Habits(200, 1200))
    sleepy = delay(3 * HOUR, source=Habits(200, 20))
    assert lively < delay(3 * HOUR) < sleepy


def test_a_source_that_edits_late_is_looked_at_late() -> None:
    ages = [0] * (len(SHARES) - 1)
    ages[age_step(5 * 86_400)] = 400
    assert delay(4 * DAY, source=Habits(100, 400, tuple(ages))) < delay(4 * DAY) / 4


def test_at_night_an_hour_counts_for_less() -> None:
    hours = (0, 0, 0, 0, 0, 0, 10, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 10, 5, 5, 5, 2, 1, 0)
    clockwork, sleeper = Habits(50, sum(hours)), Habits(50, sum(hours), (), hours)
    night, noon = 17 * HOUR, 27 * HOUR  # of an article published at nine in the morning
    even = [delay(age, pace=0.0001, source=clockwork) for age in (night, noon)]
    uneven = [delay(age, pace=0.0001, source=sleeper) for age in (night, noon)]
    assert uneven[0] > 1.5 * even[0]
    assert uneven[1] < even[1]


def counts(size: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, 999), min_size=size, max_size=size)


@given(st.floats(0, 86_399), st.floats(1, 80_000), counts(24))
def test_stretching_over_the_hours_always_ends(start: float, wait: float, hours: list[int]) -> None:
    assert 0 < awake(start, wait, hours) <= 86_400


def test_the_reasons_say_what_happened_and_when_the_next_look_is() -> None:
    now = BORN + HOUR

    def reason(born: datetime, *changes: datetime) -> str:
        return next_look(LookFacts(born, now, changes), now).reason

    twice = reason(BORN, BORN + 20 * MINUTE, BORN + 50 * MINUTE)
    assert twice.startswith("changed twice in the last hour; checking again in ")
    assert reason(BORN - 9 * DAY).startswith("unchanged for 9 days; checking again in ")
    assert reason(BORN - 9 * DAY, BORN).startswith("changed 60 min ago; checking again in ")
    assert reason(now).startswith("new; checking again in ")


def test_gone_for_thirty_days_is_given_up_and_before_that_looked_for() -> None:
    def gone(since: timedelta) -> LookFacts:
        return LookFacts(BORN, BORN + 40 * DAY, gone_since=BORN + 40 * DAY - since)

    now = BORN + 40 * DAY
    assert next_look(gone(30 * DAY), now) == type(next_look(gone(DAY), now))(
        None, "gone for 30 days; no longer checked"
    )
    for since in (MINUTE, HOUR, DAY, 29 * DAY):
        found = next_look(gone(since), now).delay
        assert found is not None and 15 * MINUTE <= found <= DAY


def test_an_article_is_watched_for_four_hundred_days_after_its_last_change() -> None:
    late = BORN + 500 * DAY
    assert next_look(LookFacts(BORN, late), late).delay is None
    assert next_look(LookFacts(BORN, late, (BORN + 200 * DAY,)), late).delay is not None
    for days in range(400):
        now = BORN + days * DAY
        found = next_look(LookFacts(BORN, now), now).delay
        assert found is not None and found <= timedelta(days=60)


def test_looks_that_get_no_answer_come_seldomer_and_the_server_s_wish_counts() -> None:
    now = BORN + DAY
    waits = [next_look(LookFacts(BORN, now, failures=n), now).delay for n in range(1, 12)]
    assert waits[0] == 10 * MINUTE and waits[-1] == DAY
    assert waits == sorted(waits)  # type: ignore[type-var]
    asked = LookFacts(BORN, now, failures=1, retry_after=7200.0)
    assert next_look(asked, now).delay == 2 * HOUR


times = st.integers(-(10**6), 4 * 10**7).map(lambda s: BORN + timedelta(seconds=s))


@given(
    times, times, st.lists(times, max_size=9), st.integers(0, 99), st.none() | times,
    st.none() | st.floats(0, 1e6), st.floats(1e-4, 0.5),
)  # fmt: skip
def test_whatever_the_facts_the_wait_is_sane(
    now: datetime,
    last: datetime,
    changes: list[datetime],
    failures: int,
    gone: datetime | None,
    retry: float | None,
    pace: float,
) -> None:
    """Clocks jump, and facts contradict each other."""
    facts = LookFacts(BORN, last, tuple(sorted(changes)), 3, gone, failures, retry)
    look = next_look(facts, now, pace)
    assert look.reason and "\n" not in look.reason
    if look.delay is not None:
        assert 2 * MINUTE <= look.delay <= 61 * DAY
    assert 0.0 <= chance(facts, now) <= 1.0


@given(st.floats(0, 4e7), st.floats(0, 1e6), counts(11))
def test_shares_grow_from_nought_to_about_one(age: float, more: float, seen: list[int]) -> None:
    parts = spread(tuple(seen))
    assert 0 <= share(age, parts) <= share(age + more, parts) <= 1.03


def test_a_quicker_pace_waits_less() -> None:
    waits = [delay(5 * HOUR, pace=pace) for pace in (0.0003, 0.003, 0.03, 0.3)]
    assert waits == sorted(waits) and waits[0] < waits[-1]


def test_the_chance_of_a_change_grows_with_waiting() -> None:
    facts = LookFacts(BORN, BORN + HOUR)
    chances = [chance(facts, BORN + HOUR + wait) for wait in (0 * HOUR, HOUR, DAY, 30 * DAY)]
    assert chances == sorted(chances) and chances[0] == 0.0 and chances[-1] < 1.0


def test_a_budget_goes_to_the_likeliest_and_no_host_gets_more_than_its_part() -> None:
    due = [Candidate(n, "ab"[n % 2], n / 10) for n in range(10)]
    assert [c.key for c in choose(due, Budget(3))] == [9, 8, 7]
    assert [c.key for c in choose(due, Budget(4, per_host=1))] == [9, 8]
    assert choose(due, Budget(0)) == ()


@pytest.mark.parametrize("start", [0.0005, 0.003, 0.1])
def test_the_pace_settles_where_the_budget_is_spent(start: float) -> None:
    """A world in which looks fall with the square root of the pace."""
    pace = start
    for _ in range(40):
        pace = next_pace(made=10 / pace**0.5, allowed=100, pace=pace)
    assert 10 / pace**0.5 == pytest.approx(100, rel=0.1)


def test_time_spans_are_said_as_people_say_them() -> None:
    said = [words(span) for span in (20 * timedelta(seconds=1), 10 * MINUTE, 3 * HOUR, 9 * DAY)]
    assert said == ["20 s", "10 min", "3 h", "9 days"]
