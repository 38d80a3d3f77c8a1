"""Asks hubs for what sources offer, and again before a lease ends. The hub then asks back at the
callback (see ``callback``), which may happen while it is still being asked."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import aiohttp

from variorum.pipeline.clock import Clock
from variorum.pipeline.websub.subscription import (
    ANSWER_WITHIN,
    State,
    Subscription,
    drop,
    keep,
    keep_and_tell,
    subscription_of,
    subscriptions,
)
from variorum.stages.fetch import Guard, user_agent
from variorum.store.archive import Archive
from variorum.text.told import in_one_line

log = logging.getLogger(__name__)

#: Posts a form to a hub; gives the status and the begin of the answer. Raises HubError.
Post = Callable[[str, Mapping[str, str]], Awaitable[tuple[int, str]]]

# What is asked for; hubs give what they like.
LEASE = timedelta(days=10)
_SECONDS = 20
_LOOK_EVERY = 5.0
_SHOWN = 160
_REDIRECTS = 3


class HubError(Exception):
    """A hub could not be asked; the text is the reason, in one plain line."""


class Subscriber:
    """Keeps subscriptions until it is cancelled. ``base`` is the address under which hubs reach the
    pages, without a slash at its end."""

    def __init__(self, archive: Archive, post: Post, base: str, clock: Clock) -> None:
        self.archive = archive
        self.post = post
        self.base = base
        self.clock = clock

    async def run(self) -> None:
        while True:
            try:
                await self.look()
            except Exception:  # a full disk, say: the pages and the watcher go on
                log.exception("subscriptions cannot be kept; tried again")
            await asyncio.sleep(_LOOK_EVERY)

    async def look(self) -> int:
        """Do what is due now, one hub after the other; returns how many were asked."""
        asked = 0
        for one in await asyncio.to_thread(self._due):
            begun = await asyncio.to_thread(self._begin, one.source)
            if begun is None:
                continue
            asked += 1
            why = await self._ask(begun)
            if why:
                await asyncio.to_thread(self._fail, begun, why)
        return asked

    def _due(self) -> list[Subscription]:
        now = self.clock()
        with self.archive.read() as records:
            return [one for one in subscriptions(records) if one.again and one.again <= now]

    def _begin(self, source: int) -> Subscription | None:
        """Note that a hub is asked, before it is; None where it is not to be."""
        now = self.clock()
        with self.archive.write() as records:
            one, watched = subscription_of(records, source), records.source(source)
            if one is None or watched is None:
                drop(records, source)
                return None
            if watched.paused:
                keep(records, replace(one, again=now + timedelta(hours=1)))
                return None
            silent = one.state is State.ASKED or (one.until is not None and one.until <= now)
            if silent:
                failed = one.failed("its hub does not reach us to confirm a subscription", now)
                keep_and_tell(records, failed)
                return None
            state = State.ACTIVE if one.active else State.ASKED
            asked = replace(one, state=state, asked=now, again=now + ANSWER_WITHIN)
            keep(records, asked)
            return asked

    def _fail(self, one: Subscription, why: str) -> None:
        now = self.clock()
        with self.archive.write() as records:
            known = subscription_of(records, one.source)
            if known is None or known.asked is None:
                return  # confirmed meanwhile
            if known.active and known.until is not None and known.until > now:
                keep(records, replace(known, why=why))  # a renewal: there is time to ask again
                return
            keep_and_tell(records, known.failed(why, now))

    async def _ask(self, one: Subscription) -> str | None:
        """Why there is no subscription, None where the hub is to ask back."""
        form = {
            "hub.callback": f"{self.base}/websub/{one.source}/{one.token}",
            "hub.mode": "subscribe",
            "hub.topic": one.topic,
            "hub.lease_seconds": str(int(LEASE.total_seconds())),
            "hub.secret": one.secret,
        }
        try:
            status, told = await self.post(one.hub, form)
        except HubError as error:
            return f"its hub cannot be asked ({error})"
        if 200 <= status < 300:
            return None
        line = " ".join(told.split())[:_SHOWN]
        return f"its hub refuses a subscription ({status}{f': {line}' if line else ''})"


def base_of(public: str | None, host: str, port: int, guard: Guard) -> str | None:
    """The address under which hubs reach the pages: the one that is given, or the one that is
    listened at, where strangers can reach that."""
    if public:
        return public.rstrip("/")
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{port}"
    return None if guard.url(address) else address


async def post_form(url: str, form: Mapping[str, str], guard: Guard) -> tuple[int, str]:
    """Post a form under the rules of ``guard``; a redirect of a hub (307, 308) is followed under
    the same. Raises HubError."""
    for _ in range(_REDIRECTS):
        why = guard.url(url)
        if why:
            raise HubError(why)
        status, told, place = await _post_once(url, form, guard)
        if status not in (307, 308) or not place:
            return status, told
        url = urljoin(url, place)
    raise HubError("it leads on and on")


async def _post_once(
    url: str, form: Mapping[str, str], guard: Guard
) -> tuple[int, str, str | None]:
    connector = aiohttp.TCPConnector(socket_factory=guard.socket)
    limit = aiohttp.ClientTimeout(total=_SECONDS)
    headers = {"User-Agent": user_agent()}
    try:
        async with (
            aiohttp.ClientSession(connector=connector, timeout=limit, trust_env=False) as session,
            session.post(url, data=dict(form), headers=headers, allow_redirects=False) as answer,
        ):
            told = await answer.content.read(_SHOWN * 4)
            return answer.status, told.decode("utf-8", "replace"), answer.headers.get("Location")
    except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
        why = in_one_line(error, _SHOWN)
        raise HubError(f"no answer of {urlsplit(url).hostname}: {why}") from error
