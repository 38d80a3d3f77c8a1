"""Another archive: where its index and its mementos are, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, urlencode, urlsplit

from variorum.evidence.cdxj import fourteen, surt
from variorum.model import Fetched, Outcome
from variorum.stages.fetch import PoliteFetcher, outcome
from variorum.stages.version import identity_key
from variorum.stages.watch import Held, HeldList, read_cdx, read_timemap

WAYBACK = "https://web.archive.org"
# Lines asked for at once: an article has a few hundred captures at most, a page of this many is 1 MB.
_PAGE = 5_000
_MOST_PAGES = 40
_BUSY = frozenset({429, 503})
# The time in a memento's address, and what may follow it: how the page is to be given.
_STAMP = re.compile(r"/(\d{14})(?:[a-z]{2}_)?/")


class UnusableError(Exception):
    """The service cannot be used now; the text is one plain line. ``gone_on``: asking for something
    else may work."""

    def __init__(self, line: str, *, gone_on: bool = False) -> None:
        super().__init__(line)
        self.gone_on = gone_on


@dataclass(frozen=True, slots=True)
class Service:
    """``name`` is its host, ``cdx`` the address of its index, ``playback`` what stands before the
    time and the address of a memento, ``timemap`` what stands before the address of a page."""

    name: str
    cdx: str
    playback: str
    timemap: str

    def memento(self, held: Held) -> str | None:
        """Where the payload is as it was captured (``id_``); None where nobody can know."""
        if held.uri is None:
            return f"{self.playback}/{fourteen(held.time)}id_/{_path(held.url)}"
        found = _STAMP.search(held.uri)
        if found is None:
            return None
        return f"{held.uri[: found.start(1)]}{found[1]}id_/{held.uri[found.end() :]}"


def service_at(address: str, cdx: str | None = None) -> Service:
    """The service at ``address``: a collection of pywb or anything that speaks like it, or the
    Wayback Machine itself. ``cdx`` where its index is somewhere else."""
    base = address.rstrip("/")
    name = urlsplit(base).netloc.lower().rpartition("@")[2]
    if base in (WAYBACK, f"{WAYBACK}/web"):
        playback = f"{WAYBACK}/web"
        return Service(
            name, cdx or f"{WAYBACK}/cdx/search/cdx", playback, f"{playback}/timemap/link"
        )
    return Service(name, cdx or f"{base}/cdx", base, f"{base}/timemap/link")


async def held_of(
    fetcher: PoliteFetcher,
    service: Service,
    url: str,
    since: datetime | None = None,
    until: datetime | None = None,
) -> HeldList:
    """What a service holds of one page, oldest first. Raises UnusableError."""
    found: dict[tuple[datetime, str], Held] = {}
    unread, start = 0, since
    for _ in range(_MOST_PAGES):
        fetched = await fetcher.get(_index_url(service, url, start, until))
        if fetched.status == 404 and not found:
            return await _from_timemap(fetcher, service, url, since, until)
        listed = read_cdx(_usable(fetched, service))
        if listed.problem:
            raise UnusableError(f"{service.name}: {listed.problem}", gone_on=True)
        unread += listed.unread
        before = len(found)
        found |= {(one.time, one.url): one for one in listed.held if _same_page(one.url, url)}
        if len(listed.held) + listed.unread < _PAGE or len(found) == before:
            break
        start = max(one.time for one in listed.held)
    held = sorted(found.values(), key=lambda one: one.time)
    return HeldList(tuple(_within(held, since, until)), unread=unread)


async def _from_timemap(
    fetcher: PoliteFetcher,
    service: Service,
    url: str,
    since: datetime | None,
    until: datetime | None,
) -> HeldList:
    """Where there is no index: the TimeMap, which every Memento service has."""
    fetched = await fetcher.get(f"{service.timemap}/{_path(url)}")
    if fetched.status == 404:
        return HeldList()
    listed = read_timemap(_usable(fetched, service))
    if listed.problem:
        raise UnusableError(f"{service.name}: {listed.problem}", gone_on=True)
    return replace(listed, held=tuple(_within(listed.held, since, until)))


def _usable(fetched: Fetched, service: Service) -> Fetched:
    """A whole answer with status 200. Raises UnusableError."""
    stop = why_stop(fetched, service)
    if stop:
        raise UnusableError(stop)
    if fetched.error:
        raise UnusableError(f"{service.name}: {fetched.error}", gone_on=True)
    if fetched.status != 200:
        line = f"{service.name} answered {fetched.status} when asked what it holds"
        raise UnusableError(line, gone_on=True)
    return fetched


def why_stop(fetched: Fetched, service: Service) -> str | None:
    """Why nothing more is to be asked of the service for now: it wants rest, or refuses."""
    if fetched.status in _BUSY and fetched.header("memento-datetime") is None:
        rest = "" if fetched.retry_after is None else f" for {fetched.retry_after:.0f} s"
        return f"{service.name} asks to be left alone{rest} ({fetched.status})"
    if fetched.status is None and outcome(fetched)[0] is Outcome.BLOCKED:
        return fetched.error or f"{service.name} may not be asked"
    return None


def _index_url(service: Service, url: str, since: datetime | None, until: datetime | None) -> str:
    asked = {"url": url, "matchType": "exact", "output": "json", "limit": str(_PAGE)}
    if since:
        asked["from"] = fourteen(since)
    if until:
        asked["to"] = fourteen(until)
    return f"{service.cdx}?{urlencode(asked)}"


def _path(url: str) -> str:
    """An address as part of a path: what would end the path or the whole is quoted."""
    return quote(url, safe="%/:?=&;,+$!~*'()@[]|")


def _same_page(one: str, other: str) -> bool:
    return identity_key(one) == identity_key(other) or surt(one) == surt(other)


def _within(held: Iterable[Held], since: datetime | None, until: datetime | None) -> list[Held]:
    return [
        one
        for one in held
        if (since is None or one.time >= since) and (until is None or one.time <= until)
    ]
