"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from protego import Protego
from yarl import URL

from variorum.model import Fetched
from variorum.stages.fetch.client import Fetcher
from variorum.stages.fetch.limits import Limits

AGENT = "Variorum"
MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: the least that must be read; the rest is ignored
LIMITS = Limits(seconds=30, raw=MAX_BYTES, decoded=MAX_BYTES, redirects=5)
KEPT = 24 * 3600.0  # RFC 9309, 2.4: a copy may be used for a day
KEPT_FAILED = 1800.0  # how soon rules that could not be read are asked for again
KEPT_ORIGINS = 10_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a URL may be fetched, why in one plain line, and the crawl-delay in seconds.
    ``failed`` says that it is refused only because the rules could not be read."""

    allowed: bool
    reason: str
    delay: float | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin's robots.txt came to. ``everything`` decides without rules when not None."""

    everything: bool | None
    reason: str
    parsed: Protego | None = None
    kept: float = KEPT

    def verdict(self, url: str, agent: str) -> Verdict:
        """The answer for one URL of this origin."""
        if self.parsed is None:
            return Verdict(bool(self.everything), self.reason, failed=not self.everything)
        delay = self.parsed.crawl_delay(agent)
        allowed = bool(self.parsed.can_fetch(url, agent))
        reason = "robots.txt allows it" if allowed else "robots.txt asks not to fetch it"
        return Verdict(allowed, reason, float(delay) if delay is not None else None)


def read_rules(fetched: Fetched) -> Rules:
    """The rules in an answer for /robots.txt (RFC 9309, 2.3.1): 4xx allows everything, 5xx and no
    answer disallow it, 2xx is parsed up to 500 KiB. 429 is a server that asks for rest, so it
    counts as unreachable. A page of HTML holds no rules."""
    status = fetched.status
    if status is None:
        return Rules(False, fetched.error or "robots.txt cannot be reached", kept=KEPT_FAILED)
    if status >= 500 or status == 429:
        why = f"robots.txt of {URL(fetched.final_url).host} answered {status}, so nothing may be"
        return Rules(
            False, f"{why} fetched for now; it will be tried again later", None, KEPT_FAILED
        )
    if 400 <= status < 500:
        return Rules(True, f"there is no robots.txt (status {status})")
    if status >= 300:
        return Rules(True, "robots.txt redirects to nowhere, which counts as none")
    if fetched.error and len(fetched.body) < MAX_BYTES:
        return Rules(False, f"robots.txt did not come whole: {fetched.error}", None, KEPT_FAILED)
    head = fetched.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype", b"<html", b"<head", b"<?xml")):
        return Rules(True, "robots.txt is a web page without rules")
    text = fetched.body[:MAX_BYTES].decode("utf-8-sig", "replace").replace("\0", "")
    if len(fetched.body) >= MAX_BYTES:
        text = text[: text.rfind("\n") + 1]  # a rule cut in half would be another rule
    return Rules(None, "", Protego.parse(text))


class Robots:
    """Asks each origin's robots.txt once a day and answers from it.

    ``fetch`` is how: a :class:`Fetcher`'s ``get`` by default. One question per origin is under way
    at a time. Rules that were known stay in use while the file cannot be reached.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        agent: str = AGENT,
        clock: Callable[[], float] = time.monotonic,
        get: Callable[..., Awaitable[Fetched]] | None = None,
    ) -> None:
        self.agent = agent
        self._get = get or fetcher.get
        self._clock = clock
        self._kept: dict[str, tuple[float, Rules]] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def allows(self, url: str) -> Verdict:
        """Whether ``url`` may be fetched. Never raises for trouble."""
        try:
            origin = str(URL(url).origin())
        except ValueError:
            return Verdict(False, "it has no host to ask for robots.txt")
        if url.rstrip("/") == f"{origin}/robots.txt":
            return Verdict(True, "robots.txt itself may always be asked for")
        return (await self._rules(origin)).verdict(url, self.agent)

    async def _rules(self, origin: str) -> Rules:
        known = self._kept.get(origin)
        if known and known[0] > self._clock():
            return known[1]
        lock = self._asking.setdefault(origin, asyncio.Lock())
        try:
            async with lock:
                known = self._kept.get(origin)
                if known and known[0] > self._clock():
                    return known[1]
                return await self._ask(origin, known[1] if known else None)
        finally:
            if not lock.locked():
                self._asking.pop(origin, None)

    async def _ask(self, origin: str, before: Rules | None) -> Rules:
        fetched = await self._get(
            f"{origin}/robots.txt", accept="text/plain, */*;q=0.5", limits=LIMITS, obey=False
        )
        rules = read_rules(fetched)
        if rules.everything is False and before is not None and before.everything is not False:
            rules = replace(before, kept=KEPT_FAILED)
        if len(self._kept) >= KEPT_ORIGINS:
            self._kept.pop(next(iter(self._kept)))
        self._kept[origin] = (self._clock() + rules.kept, rules)
        return rules
