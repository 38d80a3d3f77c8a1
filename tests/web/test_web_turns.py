"""Who is made when: one page after the other, but nobody waits for long behind one that takes long."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from web_shelf import NOW, fill

from variorum.store.archive import open_for_reading
from variorum.web import create_app, turns
from variorum.web.turns import Turns


class Work:
    """Pages by name: each is made when it is let go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.gates: dict[str, threading.Event] = {}

    def page(self, name: str, *, stuck: bool = False) -> Callable[[], str]:
        gate = self.gates.setdefault(name, threading.Event())
        if not stuck:
            gate.set()

        def work() -> str:
            self.begun.append(name)
            assert gate.wait(20)
            return name

        return work


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.005)


def test_pages_are_made_in_the_order_in_which_they_were_asked_for(monkeypatch: Any) -> None:
    monkeypatch.setattr(turns, "_TURN", 60)
    work, line = Work(), Turns()

    async def ask() -> list[str]:
        first = asyncio.create_task(line.made(work.page("first", stuck=True)))
        await until(lambda: work.begun == ["first"])
        others = [
            asyncio.create_task(line.made(work.page(name), long=name == "b")) for name in "abc"
        ]
        await asyncio.sleep(0.05)
        assert work.begun == ["first"]
        work.gates["first"].set()
        return list(await asyncio.gather(first, *others))

    assert asyncio.run(ask()) == ["first", "a", "b", "c"] == work.begun


def test_what_takes_longer_than_its_turn_goes_on_beside_the_next(monkeypatch: Any) -> None:
    monkeypatch.setattr(turns, "_TURN", 0.01)
    work, line = Work(), Turns()

    async def ask() -> None:
        slow = asyncio.create_task(line.made(work.page("slow", stuck=True), long=True))
        assert await line.made(work.page("next")) == "next"
        assert not slow.done()
        work.gates["slow"].set()
        assert await slow == "slow"

    asyncio.run(ask())


def test_long_pages_that_are_late_hold_up_long_pages_only(monkeypatch: Any) -> None:
    monkeypatch.setattr(turns, "_TURN", 0.01)
    work, line = Work(), Turns()

    async def ask() -> None:
        names = ["long 1", "long 2", "long 3", "long 4"]
        tasks = [asyncio.create_task(line.made(work.page(n, stuck=True), long=True)) for n in names]
        await until(lambda: len(work.begun) == turns._LATE)
        for k in range(20):
            assert await line.made(work.page(f"short {k}")) == f"short {k}"
        assert [n for n in work.begun if n in names] == names[: turns._LATE]
        for gate in work.gates.values():
            gate.set()
        assert await asyncio.gather(*tasks) == names

    asyncio.run(ask())


def test_who_leaves_gives_the_turn_to_the_next(monkeypatch: Any) -> None:
    """Before it came, in the moment in which it came, and while the page was made."""
    monkeypatch.setattr(turns, "_TURN", 60)
    work, line = Work(), Turns()

    async def ask() -> None:
        first = asyncio.create_task(line.made(work.page("first", stuck=True)))
        await until(lambda: work.begun == ["first"])
        waits = asyncio.create_task(line.made(work.page("waits")))
        chosen = asyncio.create_task(line.made(work.page("chosen")))
        await asyncio.sleep(0.01)
        waits.cancel()
        await asyncio.gather(waits, return_exceptions=True)
        work.gates["first"].set()
        await until(lambda: not line._waiting or chosen.done())
        chosen.cancel()
        await asyncio.gather(first, chosen, return_exceptions=True)
        assert "waits" not in work.begun
        async with asyncio.timeout(20):
            assert await line.made(work.page("last")) == "last"

        await until(lambda: line._free == 1)

    asyncio.run(ask())
    assert line._free == 1 and not line._waiting and not +line._late


def test_a_page_that_breaks_ends_its_turn() -> None:
    line = Turns()

    async def ask() -> int:
        with pytest.raises(ZeroDivisionError):
            await line.made(lambda: 1 // 0)
        with pytest.raises(RuntimeError, match="StopIteration"):
            await line.made(lambda: next(iter(())))
        return await line.made(lambda: 7)

    assert asyncio.run(ask()) == 7


def test_a_hidden_article_is_shown_out_of_no_memory(tmp_path: Path) -> None:
    """Neither that of the process which hides it nor that of one beside it; and it is back at once."""
    filled = fill(tmp_path / "archive")
    number = filled.harbour
    paths = [f"/a/{number}{rest}" for rest in ("", "/v0..v1", "/v0..v1?view=side", "/claims")]
    with open_for_reading(tmp_path / "archive") as beside:
        sites = [
            TestClient(create_app(archive, clock=lambda: NOW, allowed_hosts=("testserver",)))
            for archive in (filled.archive, beside)
        ]

        def told() -> set[int]:
            return {site.get(path).status_code for site in sites for path in paths}

        for _ in range(3):
            assert told() == {200}
            time.sleep(0.03)  # from then on pages are remembered
            assert told() == told() == {200}
            with filled.archive.write() as records:
                records.hide_article(number, "asked to", "nora", NOW)
            assert told() == {410}
            time.sleep(0.03)
            assert told() == told() == {410}
            with filled.archive.write() as records:
                records.unhide_article(number)
    filled.archive.close()
