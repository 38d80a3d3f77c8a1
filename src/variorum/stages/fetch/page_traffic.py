"""What a page in a browser may ask for, and the answers, all of them by the guarded fetcher."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from yarl import URL

from variorum.model import Fetched
from variorum.stages.fetch.client import Refusal
from variorum.stages.fetch.limits import MIB, Limits
from variorum.stages.fetch.polite import BUSY, PATIENCE, PoliteFetcher, host_of
from variorum.stages.fetch.politeness import Gate, RestingError

# What the text of a page may depend on; pictures and frames matter only to how it looks.
_TEXT = frozenset({"script", "xhr", "fetch"})
_LOOKS = _TEXT | {"stylesheet", "image", "font", "document"}
_PASSED_ON = ("origin", "referer", "x-requested-with")
_NOT_GIVEN = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"}
    | {"strict-transport-security", "alt-svc", "nel", "report-to", "reporting-endpoints", "refresh"}
    | {"clear-site-data", "service-worker-allowed"}
)
_ONE = Limits(seconds=20, raw=10 * MIB, decoded=20 * MIB, redirects=5)
_NOTES = 8
_UNNEEDED = ": not needed for the story"


@dataclass(frozen=True, slots=True)
class RenderLimits:
    """Bounds of one page in a browser. ``seconds`` is the whole time, ``settle`` how long a page
    that has loaded may go on changing, ``quiet`` how long it must be still to be taken as it is;
    ``requests`` and ``bytes`` (decoded) count what it fetches, ``tries`` what it asks for, refused
    or not; ``dom`` bytes of its tree,
    ``memory`` bytes of the browser. ``height`` (pixels) and ``picture`` (bytes) bound a screenshot.

    The numbers are guesses: no collection of pages with the time that they take is behind them.
    """

    seconds: float = 45.0
    settle: float = 10.0
    quiet: float = 0.5
    requests: int = 200
    tries: int = 2_000
    bytes: int = 60 * MIB
    dom: int = 20 * MIB
    memory: int = 1200 * MIB
    height: int = 6_000
    picture: int = 3 * MIB


class PartsFetcher(PoliteFetcher):
    """Fetches the parts of a page. The page itself has had its turn at the host; its parts follow
    as they would for a reader, at most four at once from a host, without a rest between them. They
    are asked of robots.txt one by one, and a host that wants to be left alone is."""

    def __init__(self, pages: PoliteFetcher) -> None:
        super().__init__(
            gate=Gate(delay=0.0, per_host=4, overall=16),
            obey_robots=False,
            guard=pages.guard,
            limits=_ONE,
            user_agent=pages.user_agent,
            resolver=pages.resolver,
        )
        self.pages = pages

    @asynccontextmanager
    async def manners(self, target: URL, obey: bool) -> AsyncIterator[Refusal | None]:
        host = host_of(target)
        resting = max(self.pages.gate.resting(host), self.gate.resting(host))
        if resting > 0:
            yield Refusal(f"{target.host} is to be left alone", resting)
            return
        if self.pages.robots is not None:
            verdict = await self.pages.robots.allows(str(target))
            if not verdict.allowed:
                yield Refusal(verdict.reason)
                return
        async with AsyncExitStack() as stack:
            refusal = None
            try:
                await stack.enter_async_context(self.gate.turn(host, None, PATIENCE))
            except RestingError as error:
                refusal = Refusal(f"{target.host} is to be left alone", error.seconds)
            yield refusal

    def learn(self, target: URL, fetched: Fetched) -> None:
        super().learn(target, fetched)
        if fetched.status in BUSY:
            self.pages.gate.pressed(host_of(target), fetched.retry_after)


class Traffic:
    """Answers every request of one page. ``first`` is the response that the page was built from."""

    def __init__(
        self, fetcher: PartsFetcher, first: Fetched, limits: RenderLimits, looks: bool
    ) -> None:
        self._fetcher = fetcher
        self._first: Fetched | None = first
        self._limits = limits
        self._kinds = _LOOKS if looks else _TEXT
        self._looks = looks
        self._tasks: set[asyncio.Task[Any]] = set()
        self._stopped = False
        self._last = 0.0
        self.flooded = asyncio.Event()
        self.requests = 0
        self.received = 0
        self.refused: Counter[str] = Counter()

    @property
    def under_way(self) -> int:
        return len(self._tasks)

    def quiet_for(self) -> float:
        """Seconds since the last answer; 0 while one is under way."""
        return 0.0 if self._tasks else asyncio.get_running_loop().time() - self._last

    def notes(self) -> tuple[str, ...]:
        """What was refused, in plain lines, the most frequent first; last what no story needs."""
        ranked = sorted(self.refused.most_common(), key=lambda told: told[0].endswith(_UNNEEDED))
        return tuple(f"not fetched ({n}): {why}" for why, n in ranked[:_NOTES])

    async def answer(self, route: Any) -> None:
        """The answer to one request. Raises nothing."""
        task = asyncio.ensure_future(self._answer(route))
        self._tasks.add(task)
        try:
            await asyncio.wait([task])
        finally:
            self._tasks.discard(task)
            self._last = asyncio.get_running_loop().time()
        if not task.cancelled():
            task.exception()  # the page is gone: nobody waits for the answer

    async def stop(self) -> None:
        """Nothing more is fetched for this page."""
        self._stopped = True
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _answer(self, route: Any) -> None:
        request = route.request
        if self._first is not None and request.is_navigation_request():
            first, self._first = self._first, None
            await _fulfill(route, first)
            return
        kind = request.resource_type
        if kind == "stylesheet" and not self._looks:
            # A script may wait for it; how the page looks matters to nobody.
            await route.fulfill(status=200, headers={"content-type": "text/css"}, body="")
            return
        why = self._why_not(request, kind)
        if why is not None:
            await self._refuse(route, why)
            return
        self.requests += 1
        fetched = await self._fetcher.get(
            request.url, accept=request.headers.get("accept"), headers=await _passed_on(request)
        )
        if fetched.error is not None or fetched.status is None:
            await self._refuse(route, fetched.error or "no answer")
            return
        self.received += len(fetched.body)
        await _fulfill(route, fetched)

    def _why_not(self, request: Any, kind: str) -> str | None:
        if self._stopped:
            return "the page was taken already"
        if kind == "document" and _of_the_page_itself(request):
            return "the page wanted to go elsewhere"
        if kind not in self._kinds:
            return f"{kind}{_UNNEEDED}"
        if request.method != "GET":
            return f"{request.method} may change something; only GET is asked"
        if self.requests >= self._limits.requests:
            return f"more than {self._limits.requests} requests"
        if self.received >= self._limits.bytes:
            return f"more than {self._limits.bytes >> 20} MB"
        return None

    async def _refuse(self, route: Any, why: str) -> None:
        self.refused[why if why in self.refused or len(self.refused) < 100 else "other"] += 1
        if self.requests + self.refused.total() > self._limits.tries:
            self.flooded.set()
        await route.abort("aborted")


def _of_the_page_itself(request: Any) -> bool:
    """Whether the page itself would leave; a frame in it may be loaded."""
    try:
        return request.frame.parent_frame is None
    except Exception:  # a window that does not exist yet
        return True


async def _passed_on(request: Any) -> dict[str, str]:
    """Those of a request's headers that go along: nothing that names a reader or grants a right.
    Cookies are those that this page was given; they end with it."""
    headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
    try:
        cookies = await request.frame.page.context.cookies(request.url)
    except Exception:  # a request of no frame has none
        cookies = []
    told = "; ".join(f"{c['name']}={c['value']}" for c in cookies)
    return {**headers, "cookie": told} if told else headers


async def _fulfill(route: Any, fetched: Fetched) -> None:
    headers: dict[str, str] = {}
    for name, value in fetched.headers:
        name = name.lower()
        if name in _NOT_GIVEN:
            continue
        between = "\n" if name == "set-cookie" else ", "
        headers[name] = f"{headers[name]}{between}{value}" if name in headers else value
    await route.fulfill(status=fetched.status, headers=headers, body=fetched.body)
