"""Pacing and robots.txt: what a host sees of the archive."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from evil_server import Asked, answer, evil, serving

from variorum.model import Fetched, Outcome
from variorum.stages.fetch import Fetcher, Gate, Guard, PoliteFetcher, Robots, outcome
from variorum.stages.fetch.robots import LIMITS, read_rules


class Time:
    """A clock that only sleeping moves, and moves at once."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def gate(time: Time, **rest: Any) -> Gate:
    return Gate(clock=time, sleep=time.sleep, **rest)


def test_a_host_gets_rest_between_an_answer_and_the_next_question() -> None:
    async def story() -> None:
        time = Time()
        paced = gate(time, delay=2.0)
        ends, starts = [], []
        for _ in range(3):
            async with paced.turn("a.example"):
                starts.append(time.now)
                time.now += 0.5  # the answer takes this long
                ends.append(time.now)
        assert [s - e for s, e in zip(starts[1:], ends, strict=False)] == [2.0, 2.0]

    asyncio.run(story())


def test_a_longer_crawl_delay_is_kept_and_an_absurd_one_is_not() -> None:
    async def story() -> None:
        time = Time()
        paced = gate(time, delay=1.0)
        for delay in (10.0, 0.1, 1e9):
            async with paced.turn("a.example", delay):
                pass
        async with paced.turn("a.example"):
            pass
        assert time.slept == [10.0, 1.0, 120.0]

    asyncio.run(story())


def test_hosts_do_not_wait_for_each_other() -> None:
    async def story() -> None:
        time = Time()
        paced = gate(time)
        for host in ("a.example", "b.example", "c.example"):
            async with paced.turn(host):
                pass
        assert time.slept == []

    asyncio.run(story())


def test_one_at_a_time_and_in_order_of_arrival() -> None:
    async def story() -> None:
        time, order, inside = Time(), [], 0
        paced = gate(time)

        async def visit(number: int) -> None:
            nonlocal inside
            async with paced.turn("a.example"):
                inside += 1
                assert inside == 1
                await asyncio.sleep(0)
                order.append(number)
                inside -= 1

        await asyncio.gather(*(visit(n) for n in range(20)))
        assert order == list(range(20))

    asyncio.run(story())


def test_who_gives_up_waiting_does_not_block_those_behind() -> None:
    async def story() -> None:
        time = Time()
        paced = gate(time, delay=0.0)
        held, done = asyncio.Event(), []

        async def hold() -> None:
            async with paced.turn("a.example"):
                await held.wait()

        async def visit(name: str) -> None:
            async with paced.turn("a.example"):
                done.append(name)

        first = asyncio.create_task(hold())
        await asyncio.sleep(0)
        waiting = [asyncio.create_task(visit(name)) for name in "abc"]
        await asyncio.sleep(0)
        waiting[0].cancel()
        held.set()
        waiting[1].cancel()
        await asyncio.gather(first, *waiting, return_exceptions=True)
        await visit("d")
        assert done == ["c", "d"]

    asyncio.run(story())


def test_who_holds_a_turn_and_who_waits_for_it_can_give_up_together() -> None:
    async def story() -> None:
        paced = gate(Time(), delay=0.0)

        async def hold() -> None:
            async with paced.turn("a.example"):
                await asyncio.sleep(3600)

        tasks = [asyncio.create_task(hold()) for _ in range(3)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(one) for one in ended] == [asyncio.CancelledError] * 3
        async with asyncio.timeout(5), paced.turn("a.example"):
            pass

    asyncio.run(story())


def test_a_busy_host_is_left_alone_as_long_as_it_asks_and_then_longer_and_longer() -> None:
    async def story() -> None:
        time = Time()
        paced = gate(time)
        async with paced.turn("a.example"):
            assert paced.pressed("a.example", 300.0) == 300.0
        assert paced.ready_in("a.example") == 300.0
        async with paced.turn("a.example"):
            assert paced.pressed("a.example") == 60.0
        assert paced.ready_in("a.example") == 60.0
        paced.eased("a.example")
        assert paced.pressed("a.example") == 30.0
        assert paced.ready_in("b.example") == 0.0

    asyncio.run(story())


def test_the_gate_forgets_hosts_that_it_has_not_seen_for_long() -> None:
    async def story() -> None:
        time = Time()
        paced = gate(time)
        for number in range(12_000):
            time.now += 1
            async with paced.turn(f"{number}.example"):
                pass
        assert len(paced._hosts) <= 10_000

    asyncio.run(story())


def robots_answer(status: int | None, body: bytes = b"") -> Fetched:
    url = "https://a.example/robots.txt"
    return Fetched(url, datetime(2024, 1, 1, tzinfo=UTC), url, status, body=body)


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [(404, b"", True), (403, b"", True), (410, b"", True), (500, b"", False), (503, b"", False),
     (429, b"", False), (None, b"", False), (200, b"", True), (301, b"", True),
     (200, b"<!DOCTYPE html><p>Disallow: /", True), (200, b"\xef\xbb\xbf <html>Disallow: /", True),
     (200, b"User-agent: *\nDisallow: /", False),
     (200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /", False),
     (200, b"User-agent: *\nDisallow: /\nAllow: /story", True),
     (200, b"User-agent: variorum\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
     (200, b"User-agent: *\nDisallow: /\n\nUser-agent: Variorum\nDisallow:", True),
     (200, b"User-agent: other\nDisallow: /", True), (200, b"\x00\xff\xfe" * 99, True),
     (200, b"User-agent: *\nDisallow: /*.php$\nDisallow: /stor*y\n", False),
     (200, b"User-agent: *\n" + b"Disallow: /x\n" * 60_000 + b"Disallow: /\n", True)],
)  # fmt: skip
def test_robots_txt_is_read_as_rfc_9309_has_it(
    status: int | None, body: bytes, allowed: bool
) -> None:
    verdict = read_rules(robots_answer(status, body)).verdict("https://a.example/story", "Variorum")
    assert verdict.allowed is allowed
    assert verdict.reason and "\n" not in verdict.reason


def test_half_a_robots_txt_is_no_leave() -> None:
    half = replace(robots_answer(200, b"User-agent: *\n"), error="it broke off", truncated=True)
    verdict = read_rules(half).verdict("https://a.example/story", "Variorum")
    assert not verdict.allowed and verdict.failed


def test_robots_txt_is_asked_once_a_day_and_old_rules_hold_while_it_fails() -> None:
    async def story() -> None:
        time, answers = Time(), [(200, b"User-agent: *\nDisallow: /no\nCrawl-delay: 7")]
        asked: list[str] = []

        async def get(url: str, **rest: Any) -> Fetched:
            asked.append(url)
            assert rest["limits"] is LIMITS
            await asyncio.sleep(0)
            return robots_answer(*answers[-1])

        robots = Robots(Fetcher(), clock=time, get=get)
        verdicts = await asyncio.gather(*(robots.allows("https://a.example/yes") for _ in range(9)))
        assert len(asked) == 1 and all(v.allowed and v.delay == 7.0 for v in verdicts)
        assert not (await robots.allows("https://a.example/no/1")).allowed
        answers.append((500, b""))
        time.now += 25 * 3600
        assert (await robots.allows("https://a.example/yes")).allowed
        assert not (await robots.allows("https://a.example/no")).allowed
        assert len(asked) == 2
        time.now += 3600  # failed rules are asked for again soon
        await robots.allows("https://a.example/yes")
        assert len(asked) == 3

    asyncio.run(story())


def polite(story: Callable[[PoliteFetcher], Awaitable[None]], **rest: Any) -> None:
    async def go() -> None:
        async with PoliteFetcher(guard=Guard(True), gate=Gate(delay=0.05), **rest) as fetcher:
            await story(fetcher)

    asyncio.run(go())


def test_a_page_that_robots_txt_refuses_is_not_asked_for_and_that_is_recorded() -> None:
    pages = serving(
        ("/robots.txt", answer(b"User-agent: *\nDisallow: /private")),
        ("/private/a", answer(b"secret")),
        ("/open", answer(status="302 Found", location="/private/a")),
    )

    async def story(fetcher: PoliteFetcher) -> None:
        async with evil(pages) as server:
            for path in ("/private/a", "/open"):  # a redirect does not lead around it either
                fetched = await fetcher.get(server.at(path))
                assert fetched.status is None
                assert outcome(fetched)[0] is Outcome.BLOCKED
                assert "robots.txt asks not to fetch it" in outcome(fetched)[1]
            assert [a.path for a in server.asked] == ["/robots.txt", "/open"]

    polite(story)


def test_robots_txt_that_cannot_be_read_stops_everything_for_now() -> None:
    async def story(fetcher: PoliteFetcher) -> None:
        pages = serving(("/robots.txt", answer(b"", "500 Oops")), ("/a", answer(b"story")))
        async with evil(pages) as server:
            fetched = await fetcher.get(server.at("/a"))
            found, reason = outcome(fetched)
            assert found is Outcome.FAILED
            assert "answered 500" in reason
            assert [a.path for a in server.asked] == ["/robots.txt"]

    polite(story)


def test_robots_txt_that_redirects_to_another_site_and_back_ends() -> None:
    async def around(asked: Asked, writer: Any) -> None:
        host = "127.0.0.2" if asked.host.startswith("127.0.0.1") else "127.0.0.1"
        port = asked.host.split(":")[1]
        page = answer(status="302 Found", location=f"http://{host}:{port}/robots.txt?{host}")
        writer.write(page if "robots" in asked.path else answer(b"story"))
        await writer.drain()

    async def story(fetcher: PoliteFetcher) -> None:
        async with evil(around, host="0.0.0.0") as server:
            fetched = await asyncio.wait_for(fetcher.get(server.at("/a")), 20)
            assert fetched.status is None
            assert len(server.asked) <= 6

    polite(story)


def test_a_host_that_says_429_is_not_asked_again_before_its_time() -> None:
    async def busy(asked: Asked, writer: Any) -> None:
        page = answer(b"", "429 Slow down", retry_after="1")
        writer.write(answer(b"", "404 No") if "robots" in asked.path else page)
        await writer.drain()

    async def story(fetcher: PoliteFetcher) -> None:
        async with evil(busy) as server:
            await fetcher.get(server.at("/a"))
            assert 0.8 < fetcher.gate.ready_in("127.0.0.1") <= 1.0
            await fetcher.get(server.at("/b"))
            times = [a.time for a in server.asked if "robots" not in a.path]
            assert times[1] - times[0] >= 1.0

    polite(story)


def test_a_host_that_asks_for_hours_of_rest_keeps_nobody_waiting() -> None:
    async def busy(asked: Asked, writer: Any) -> None:
        page = answer(b"", "503 Busy", retry_after="7200")
        writer.write(answer(b"", "404 No") if "robots" in asked.path else page)
        await writer.drain()

    async def story(fetcher: PoliteFetcher) -> None:
        async with evil(busy) as server:
            gets = (fetcher.get(server.at(f"/{n}")) for n in range(9))
            first, *others = await asyncio.wait_for(asyncio.gather(*gets), 10)
            assert first.status == 503
            for fetched in others:
                assert outcome(fetched)[0] is Outcome.BLOCKED
                assert "left alone for another 120 min" in outcome(fetched)[1]
                assert fetched.retry_after is not None and 7000 < fetched.retry_after <= 7200
            assert [a.path for a in server.asked] == ["/robots.txt", "/0"]

    polite(story)


def test_what_the_server_sees_never_comes_faster_than_the_delay() -> None:
    async def story(fetcher: PoliteFetcher) -> None:
        async with evil(serving(), host="0.0.0.0") as server:
            urls = [server.at(f"/{n}", f"127.0.1.{n % 4 + 1}") for n in range(40)]
            await asyncio.gather(*(fetcher.get(url) for url in urls))
            for host in {a.host for a in server.asked}:
                times = [a.time for a in server.asked if a.host == host]
                assert len(times) == 11  # ten pages and robots.txt
                gaps = [b - a for a, b in pairwise(times)]
                assert min(gaps) >= 0.05

    polite(story)
