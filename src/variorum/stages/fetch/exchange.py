"""What a fetcher knows of an answer besides the answer: the request, the certificates, the clocks."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from variorum.model.exchange import Exchange, Tls


def tls_of(transport: Any) -> Tls | None:
    """The TLS connection of a transport, None where it is none."""
    connection = transport.get_extra_info("ssl_object") if transport else None
    if connection is None:
        return None
    cipher = connection.cipher()
    return Tls(connection.version() or "", cipher[0] if cipher else "", tuple(_chain(connection)))


def _chain(connection: Any) -> Iterable[bytes]:
    """The chain as verified, where this Python tells it (3.13 does in so many words, those before it
    one level down); else the server's own certificate."""
    inner = getattr(connection, "_sslobj", None)
    for place in (connection, inner):
        verified = getattr(place, "get_verified_chain", None)
        if verified is None:
            continue
        try:
            found = verified() or []
        except (ssl.SSLError, ValueError):
            continue
        return [c if isinstance(c, bytes) else _der(c) for c in found]
    own = connection.getpeercert(binary_form=True)
    return [own] if own else []


def _der(certificate: Any) -> bytes:
    told: bytes = ssl.PEM_cert_to_DER_cert(certificate.public_bytes())
    return told


def exchange_of(response: aiohttp.ClientResponse, tls: Tls | None) -> Exchange:
    """The exchange whose answer's head has just come."""
    asked = response.request_info
    version = response.version or aiohttp.HttpVersion11
    line = f"{asked.method} {asked.url.raw_path_qs} HTTP/{version.major}.{version.minor}"
    return Exchange(line, tuple(asked.headers.items()), tls, _clock(response.headers.get("Date")))


def _clock(told: str | None) -> float | None:
    now = datetime.now(UTC)
    try:
        server = parsedate_to_datetime(told or "")
    except ValueError:
        return None
    if server.tzinfo is None:
        server = server.replace(tzinfo=UTC)
    return round((server - now).total_seconds(), 1)
