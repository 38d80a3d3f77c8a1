"""Asking for one URL: guarded, bounded, redirects followed by hand, nothing raised for trouble."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from types import TracebackType
from typing import NamedTuple, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.connector import Connection
from yarl import URL

from variorum.model import Fetched
from variorum.model.exchange import Tls
from variorum.stages.fetch import agent
from variorum.stages.fetch.decoding import ACCEPTED, Decoder
from variorum.stages.fetch.exchange import exchange_of, tls_of
from variorum.stages.fetch.guard import Guard, parse_url
from variorum.stages.fetch.headers import read_headers, retry_after, size_of
from variorum.stages.fetch.limits import Limits
from variorum.stages.fetch.troubles import certificate_reason, refusal, trouble

ACCEPT = (
    "text/html,application/xhtml+xml;q=0.9,application/atom+xml;q=0.8,application/rss+xml;q=0.8,"
    "application/feed+json;q=0.8,application/xml;q=0.7,*/*;q=0.5"
)
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 64 * 1024
TROUBLES = (aiohttp.ClientError, OSError, ValueError, aiohttp.http.HttpProcessingError)


class Refusal(NamedTuple):
    """Why a hop is not asked, in one plain line, and in how many seconds it may be, if known."""

    line: str
    retry_after: float | None = None


@dataclass(slots=True)
class _Trail:
    """One ``get`` under way: what was asked and passed through so far. ``left`` is what remains of
    the seconds, counted on the network only: waiting for one's turn is free."""

    url: str
    limits: Limits
    headers: dict[str, str]
    left: float
    obey: bool = True
    hops: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    jar: aiohttp.CookieJar | None = None

    def cookies(self, url: URL) -> str:
        if self.jar is None:
            return ""
        return "; ".join(f"{m.key}={m.value}" for m in self.jar.filter_cookies(url).values())


class _Response(aiohttp.ClientResponse):
    """A response that remembers whom it came from: a short one is read, and its connection given
    back, before anybody can ask."""

    remote: str | None = None
    tls: Tls | None = None

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        transport = connection.transport
        peer = transport.get_extra_info("peername") if transport else None
        self.remote = str(peer[0]) if peer else None
        self.tls = tls_of(transport)
        return await super().start(connection)


class Fetcher:
    """Fetches pages. Use it as an async context manager; one serves a whole process.

    ``concurrency`` bounds the open connections. ``resolver`` replaces the system's (tests). Proxies
    and credentials of the environment are ignored. Cookies live for one ``get`` (some sites need
    one to come back from a redirect) and are then forgotten. ``user_agent`` is this software's own
    name with whom to write to (:mod:`agent`) where none is given.
    """

    def __init__(
        self,
        *,
        guard: Guard | None = None,
        limits: Limits | None = None,
        user_agent: str | None = None,
        concurrency: int = 100,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self.guard = guard or Guard()
        self.limits = limits or Limits()
        self.user_agent = user_agent if user_agent is not None else agent.user_agent()
        #: Hosts that are read though their certificates cannot be trusted, as somebody chose.
        self.untrusted: frozenset[str] = frozenset()
        self._concurrency = concurrency
        self.resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=self._concurrency,
            socket_factory=self.guard.socket,
            resolver=self.resolver,
            ttl_dns_cache=60,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            raise_for_status=False,
            response_class=_Response,
            max_line_size=64 * 1024,
            max_field_size=64 * 1024,
            read_bufsize=CHUNK,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: str | None = None,
        headers: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        obey: bool = True,
    ) -> Fetched:
        """What came back for ``url``. Never raises for what the network or a server does.

        ``etag`` and ``last_modified`` (of the last capture) make the request conditional; they go
        with the first hop only, for they belong to that URL; so do ``headers``. ``hops`` of the result are the URLs
        that redirected. ``obey=False`` leaves robots.txt aside, for robots.txt itself.
        """
        bounds = limits or self.limits
        usual = {"User-Agent": self.user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED}
        if accept and _header_safe(accept):
            usual["Accept"] = accept
        conditions = {k: v for k, v in (headers or {}).items() if _header_safe(v)}
        if etag and _header_safe(etag):
            conditions["If-None-Match"] = etag
        if last_modified and _header_safe(last_modified):
            conditions["If-Modified-Since"] = last_modified
        trail = _Trail(url, bounds, usual, bounds.seconds, obey)
        started = time.monotonic()
        fetched = await self._follow(trail, datetime.now(UTC), conditions)
        return replace(fetched, elapsed=time.monotonic() - started)

    @asynccontextmanager
    async def manners(self, target: URL, obey: bool) -> AsyncIterator[Refusal | None]:
        """Entered before every hop, gives a refusal when it must not be asked. A plain fetcher
        has no manners: see :class:`~variorum.stages.fetch.polite.PoliteFetcher`."""
        yield None

    def learn(self, target: URL, fetched: Fetched) -> None:
        """Called with the answer to every hop."""

    async def _follow(self, trail: _Trail, now: datetime, conditions: dict[str, str]) -> Fetched:
        """Hop after hop until there is an answer that is not a redirect."""
        target = parse_url(trail.url)
        while True:
            why = target if isinstance(target, str) else self.guard.url(target)
            if isinstance(target, str) or why is not None:
                shown = trail.url if not trail.hops else f"{target} (redirected to)"
                return _failed(trail, now, refusal(str(shown), str(why)))
            async with self.manners(target, trail.obey) as stop:
                if stop is not None:
                    failed = _failed(trail, now, stop.line, target)
                    return replace(failed, retry_after=stop.retry_after)
                fetched = await self._ask(target, trail, now, conditions)
                self.learn(target, fetched)
            place = fetched.header("Location")
            if fetched.status not in REDIRECTS or not place or fetched.error:
                return fetched
            conditions = {}
            trail.hops.append(str(target))
            if len(trail.hops) > trail.limits.redirects:
                line = f"{target.host} redirects more than {trail.limits.redirects} times"
                return _failed(trail, now, f"{line}; open the URL in a browser to see where to")
            following = _join(target, place)
            if not isinstance(following, str):
                step = (str(following), trail.cookies(following))
                if step in trail.seen:
                    line = f"{target.host} redirects in a circle; open the URL in a browser"
                    return _failed(trail, now, f"{line} to see what it waits for")
                trail.seen.add(step)
            target = following

    async def _ask(
        self, target: URL, trail: _Trail, now: datetime, conditions: Mapping[str, str]
    ) -> Fetched:
        """One request and its answer, or its trouble."""
        if self._session is None:
            raise RuntimeError("the fetcher is not open: use it as 'async with Fetcher()'")
        headers = {**trail.headers, **conditions}
        if cookies := trail.cookies(target):
            headers["Cookie"] = cookies
        loop = asyncio.get_running_loop()
        started, deadline = loop.time(), loop.time() + trail.left
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=trail.limits.connect)
        try:
            async with asyncio.timeout_at(deadline):
                response = await self._request(self._session, target, headers, timeout)
        except TROUBLES as error:
            line = trouble(error, target.host or "", trail.limits.seconds)
            return _failed(trail, now, line, target)
        finally:
            trail.left -= loop.time() - started
        try:
            if response.cookies and response.status in REDIRECTS:
                trail.jar = trail.jar or aiohttp.CookieJar(unsafe=True)
                trail.jar.update_cookies(response.cookies, target)
            return await self._read(response, target, trail, now)
        finally:
            response.release()
            trail.left = deadline - loop.time()

    async def _request(
        self,
        session: aiohttp.ClientSession,
        target: URL,
        headers: Mapping[str, str],
        timeout: aiohttp.ClientTimeout,
    ) -> aiohttp.ClientResponse:
        """One request. A certificate is always checked; where it cannot be trusted, and that is
        borne for this host, the answer is marked with the reason."""
        ask = partial(session.get, target, headers=headers, allow_redirects=False, timeout=timeout)
        try:
            return await ask()
        except aiohttp.ClientConnectorCertificateError as error:
            if (target.raw_host or "").lower() not in self.untrusted:
                raise
            response = await ask(ssl=False)
            if isinstance(response, _Response) and response.tls is not None:
                why = certificate_reason(error.certificate_error)
                response.tls = replace(response.tls, untrusted=why)
            return response

    async def _read(
        self, response: aiohttp.ClientResponse, target: URL, trail: _Trail, now: datetime
    ) -> Fetched:
        """The answer's body, as far as the bounds and the connection let it come."""
        bounds, host = trail.limits, target.host or ""
        fetched = Fetched(
            url=trail.url,
            time=now,
            final_url=str(target),
            status=response.status,
            headers=read_headers(response.raw_headers),
            hops=tuple(trail.hops),
            remote=getattr(response, "remote", None),
            exchange=exchange_of(response, getattr(response, "tls", None)),
            retry_after=retry_after(response.headers.get("Retry-After"), now),
        )
        if size_of(response.raw_headers) > bounds.headers:
            line = f"{host} sent more than {bounds.headers >> 10} KB of headers"
            return replace(fetched, error=f"{line}; the answer was not read", truncated=True)
        raw, decoder = BytesIO(), Decoder(response.headers.get("Content-Encoding"), bounds)
        error = await _receive(response, raw, decoder, trail, host)
        if error is None:
            decoder.close()
            if decoder.problem:
                error = f"the body that {host} sent is unusable: {decoder.problem}; kept as it came"
        packed = bool(response.headers.get("Content-Encoding"))
        body = decoder.body
        return replace(
            fetched,
            raw=raw.getvalue() if packed else body,
            body=body,
            error=error,
            truncated=error is not None,
        )


async def _receive(
    response: aiohttp.ClientResponse, raw: BytesIO, decoder: Decoder, trail: _Trail, host: str
) -> str | None:
    """Reads the body into ``raw`` and the decoder; None when it came to its end, else why not."""
    limit, size = trail.limits.raw, 0
    packed = bool(response.headers.get("Content-Encoding"))
    try:
        async with asyncio.timeout(trail.left):
            async for chunk in response.content.iter_any():
                piece = chunk[: limit - size]
                size += len(piece)
                if packed:
                    raw.write(piece)
                if not decoder.feed(piece):
                    response.close()
                    return f"the body that {host} sent was cut: {decoder.problem}"
                if len(chunk) > len(piece):
                    response.close()
                    return f"{host} sent more than {limit >> 20} MB; the page was cut there"
    except TimeoutError as error:
        response.close()
        return trouble(error, host, trail.limits.seconds)
    except TROUBLES:
        response.close()
        return f"the answer of {host} broke off after {size} bytes; it will be tried again later"
    return None


def _failed(trail: _Trail, now: datetime, line: str, at: URL | None = None) -> Fetched:
    final = str(at) if at is not None else (trail.hops[-1] if trail.hops else trail.url)
    return Fetched(
        url=trail.url, time=now, final_url=final, status=None, hops=tuple(trail.hops), error=line
    )


def _join(base: URL, place: str) -> URL | str:
    """The redirect's target, or why it is none."""
    if len(place) > 8_192:
        return "its redirect is longer than 8192 characters"
    try:
        return parse_url(base.join(URL(place.strip())))
    except (ValueError, UnicodeError):
        return "its redirect cannot be read as a URL"


def _header_safe(value: str) -> bool:
    return len(value) < 1024 and value.isascii() and value.isprintable()
