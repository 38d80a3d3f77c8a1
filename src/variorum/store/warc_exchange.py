"""The records that stand beside a response: the request that it answers, and how it came.

WARC/1.1 names them ``request`` and ``metadata`` (ISO 28500, 6.4 and 6.6); both are ``Concurrent-To``
their response and stand right before it. A certificate is a ``resource`` of its own, once a file:
metadata names it by its digest, for a chain is larger than most answers that nothing changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from variorum.about import __version__
from variorum.model import Fetched
from variorum.model.exchange import Exchange

Fields = dict[str, str]
CERTIFICATE = "application/pkix-cert"
CERTIFICATE_URN = "urn:sha256:"
_FORM = "application/warc-fields"


def certificate_name(certificate: bytes) -> str:
    """The address of a certificate's record."""
    return f"{CERTIFICATE_URN}{hashlib.sha256(certificate).hexdigest()}"


def beside(fetched: Fetched, response: str) -> Iterator[tuple[Fields, bytes]]:
    """(fields, block) of the request and metadata records; ``response`` is the id of the response."""
    exchange = fetched.exchange
    if exchange is None:
        return
    common = {"WARC-Target-URI": fetched.final_url, "WARC-Concurrent-To": response}
    yield (
        {
            "WARC-Type": "request",
            **common,
            "Content-Type": "application/http; msgtype=request",
        },
        _request(exchange),
    )
    yield (
        {"WARC-Type": "metadata", **common, "Content-Type": _FORM},
        _metadata(fetched, exchange),
    )


def _request(exchange: Exchange) -> bytes:
    lines = [_line(exchange.line), *(f"{_line(n)}: {_line(v)}" for n, v in exchange.headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def _metadata(fetched: Fetched, exchange: Exchange) -> bytes:
    """``via``, ``hopsFromSeed`` and ``fetchTimeMs`` are the standard's own names."""
    told = [("software", f"variorum/{__version__}")]
    if fetched.hops:
        told += [
            ("via", fetched.hops[-1]),
            ("hopsFromSeed", "R" * len(fetched.hops)),
            *(("redirectedFrom", hop) for hop in fetched.hops),
        ]
    if fetched.elapsed:
        told.append(("fetchTimeMs", str(round(fetched.elapsed * 1000))))
    if fetched.remote:
        told.append(("resolvedIp", fetched.remote))
    if exchange.clock is not None:
        told.append(("serverClockAheadSeconds", str(exchange.clock)))
    if exchange.tls is not None:
        told += [
            ("tlsProtocol", exchange.tls.protocol),
            ("tlsCipher", exchange.tls.cipher),
            *([("tlsUntrusted", exchange.tls.untrusted)] if exchange.tls.untrusted else []),
            *(("tlsCertificate", certificate_name(c)) for c in exchange.tls.chain),
        ]
    return "".join(f"{name}: {_line(value)}\r\n" for name, value in told).encode(
        "utf-8", "surrogateescape"
    )


def _line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ")
