"""Pages that have to be made are made one after the other, in the order in which they were asked for.

Threads of one process only take each other's turns at Python: two pages made at once are both done
when the second of them would be anyway, the first one late for nothing. But nobody waits behind a
page that takes long: what is not made after ``_TURN`` goes on beside the next page. A thread that is
done takes the next page itself, without waiting for the event loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")

# Seconds after which the next page is begun. Most pages are made in a tenth of it; the comparison of
# two long versions takes twice as many.
_TURN = 0.1
# Pages that go on after their turn when no other of their kind is begun any more: each makes all
# others late, and holds the texts that it compares. Pages of the other kind go past those that wait.
_LATE = 2
# Beginnings of pages that may be made at once beside all others.
_BESIDE = 2
# Pages that have a turn at once where to read is to wait for another machine, at no cost of Python.
_APART = 4


@dataclass(slots=True, eq=False)
class _Turn:
    """A page to be made. ``since`` is when its turn came, on the monotonic clock."""

    work: Callable[[], Any]
    begun: Callable[[], object] | None
    long: bool
    loop: asyncio.AbstractEventLoop
    made: asyncio.Future[Any]
    since: float | None = None
    late: bool = False
    over: bool = False


class Turns:
    """The turns of one event loop. ``width`` is how many pages have one at once."""

    def __init__(self, width: int = 1) -> None:
        self._free = width
        self._late: Counter[bool] = Counter()
        self._waiting: list[_Turn] = []
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(3 * width + 2 * _LATE + _BESIDE, "page")

    async def made(
        self,
        work: Callable[[], T],
        begun: Callable[[], object] | None = None,
        *,
        long: bool = False,
        quick: bool = False,
    ) -> T:
        """What ``work`` gives, made in a thread when its turn has come; ``begun`` is called then.
        ``long`` says of which kind it is: one that can take long, or not. What is ``quick`` goes
        before all that waits."""
        turn = self._turn(work, begun, long)
        with self._lock:
            self._waiting.insert(0 if quick else len(self._waiting), turn)
            self._begin()
        timer = turn.loop.call_later(_TURN, self._look, turn)
        try:
            result: T = await turn.made
            return result
        finally:
            # Who does not wait any more gives up the place; what is being made ends by itself.
            with self._lock, contextlib.suppress(ValueError):
                self._waiting.remove(turn)
            if turn.over:
                timer.cancel()

    async def beside(self, work: Callable[[], T]) -> T:
        """What ``work``, which is quickly done, gives: beside the page whose turn it is, where nobody
        waits for a turn, else in its own."""
        if self._waiting:
            return await self.made(work)
        turn = self._turn(work, None, long=False)
        self._threads.submit(_make, turn)
        result: T = await turn.made
        return result

    @staticmethod
    def _turn(work: Callable[[], T], begun: Callable[[], object] | None, long: bool) -> _Turn:
        loop = asyncio.get_running_loop()
        bound = contextvars.copy_context()
        return _Turn(lambda: bound.run(work), begun, long, loop, loop.create_future())

    def _begin(self) -> None:
        """Give what turns there are to those who wait and may begin. The lock is held."""
        while self._free and (turn := self._next()):
            self._free -= 1
            self._threads.submit(self._make_all, turn)

    def _next(self) -> _Turn | None:
        """Whose turn it is now, out of those who wait. The lock is held."""
        for turn in self._waiting:
            if self._late[turn.long] < _LATE:
                self._waiting.remove(turn)
                turn.since = time.monotonic()
                return turn
        return None

    def _make_all(self, turn: _Turn | None) -> None:
        """In a thread: make a page, then the next, as long as there is one and the turn is ours."""
        while turn is not None:
            _make(turn)
            with self._lock:
                turn.over = True
                if turn.late:
                    self._late[turn.long] -= 1
                    self._begin()
                    return
                turn = self._next()
                self._free += turn is None

    def _look(self, turn: _Turn) -> None:
        """Let the next one begin where the page takes longer than its turn."""
        with self._lock:
            if turn.over or turn.late or (turn.since is None and turn.made.done()):
                return
            rest = _TURN if turn.since is None else turn.since + _TURN - time.monotonic()
            if rest <= 0:
                turn.late = True
                self._late[turn.long] += 1
                self._free += 1
                self._begin()
                return
        turn.loop.call_later(rest, self._look, turn)


def _make(turn: _Turn) -> None:
    if turn.begun is not None:
        _tell(turn.loop, turn.begun)
    try:
        result = turn.work()
    except StopIteration as error:  # no future takes one
        _tell(turn.loop, _fail, turn.made, RuntimeError(repr(error)))
    except BaseException as error:
        _tell(turn.loop, _fail, turn.made, error)
    else:
        _tell(turn.loop, _succeed, turn.made, result)


def _tell(loop: asyncio.AbstractEventLoop, call: Callable[..., object], *given: object) -> None:
    """Have something called in the event loop, if that still runs."""
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(call, *given)


def _succeed(made: asyncio.Future[Any], result: object) -> None:
    if not made.done():
        made.set_result(result)


def _fail(made: asyncio.Future[Any], error: BaseException) -> None:
    if not made.done():
        made.set_exception(error)


class TurnsOf:
    """The turns of every event loop in which a site is shown: one, but in tests."""

    def __init__(self, *, apart: bool) -> None:
        self._width = _APART if apart else 1
        self._known: WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = WeakKeyDictionary()

    def here(self) -> Turns:
        """Those of the event loop that is running."""
        loop = asyncio.get_running_loop()
        known = self._known.get(loop)
        if known is None:
            known = self._known[loop] = Turns(self._width)
        return known
