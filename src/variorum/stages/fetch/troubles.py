"""Network trouble in one plain line each: what, why, what to do."""

from __future__ import annotations

import asyncio
import os
import socket
import ssl

import aiohttp

from variorum.stages.fetch.guard import ForbiddenError
from variorum.text.told import in_one_line


def refusal(url: str, reason: str) -> str:
    """The line for a URL that the guard does not let through."""
    return f"{url[:200]} was not asked: {reason}; only public http(s) addresses are fetched"


def trouble(error: BaseException, host: str, seconds: float) -> str:
    """The line for an exception of a request to ``host`` under a deadline of ``seconds``."""
    forbidden = _forbidden(error)
    if forbidden is not None:
        return f"{host} was not asked: {forbidden}; only public http(s) addresses are fetched"
    if any(isinstance(found, UnicodeError) for found in _chain(error)):
        return f"{host} is no name that a host can have; check the URL"
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return f"{host} did not answer the connection in time; it will be tried again later"
    if isinstance(error, (TimeoutError, asyncio.TimeoutError)):
        return f"{host} did not finish within {seconds:.0f} s; it will be tried again later"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"{host} has no address (DNS: {_dns_reason(error)}); check the name in the URL"
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        reason = certificate_reason(error.certificate_error)
        return (
            f"{host} shows a TLS certificate that cannot be trusted ({reason}); "
            "the publisher has to renew it"
        )
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return f"{host} failed the TLS handshake; check whether the URL should begin with http://"
    if isinstance(error, (aiohttp.ClientConnectorError, ConnectionRefusedError)):
        return (
            f"{host} cannot be reached ({_os_reason(error)}); "
            "check the URL, or wait until the site is back"
        )
    if isinstance(error, (aiohttp.ClientResponseError, aiohttp.http.HttpProcessingError)):
        return f"{host} answered with something that is not HTTP; it will be tried again later"
    if isinstance(error, (aiohttp.ServerDisconnectedError, ConnectionResetError)):
        return f"{host} closed the connection without an answer; it will be tried again later"
    return f"{host} could not be fetched ({_os_reason(error)}); it will be tried again later"


def _chain(error: BaseException) -> list[BaseException]:
    """The error and what lies under it, at most eight deep."""
    found: list[BaseException] = []
    todo: list[BaseException | None] = [error]
    while todo and len(found) < 8:
        current = todo.pop()
        if current is None or any(current is seen for seen in found):
            continue
        found.append(current)
        todo += [getattr(current, "os_error", None), current.__cause__, current.__context__]
    return found


def _forbidden(error: BaseException) -> str | None:
    """The guard's reason, when it is the guard that ended this request."""
    return next((e.reason for e in _chain(error) if isinstance(e, ForbiddenError)), None)


def _dns_reason(error: BaseException) -> str:
    for found in _chain(error):
        if isinstance(found, socket.gaierror):
            return str(found.strerror or found).lower()
    return "no such host"


def certificate_reason(error: BaseException) -> str:
    reason = getattr(error, "verify_message", None) or str(error)
    return str(reason)[:120]


def _os_reason(error: BaseException) -> str:
    for found in _chain(error):
        if isinstance(found, OSError) and found.errno and found.errno > 0:
            return os.strerror(found.errno).lower()
    return in_one_line(error, 120)
