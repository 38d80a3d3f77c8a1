"""How an answer came: what was asked, over which connection, by whose clock."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tls:
    """A TLS connection: ``chain`` are the certificates that it was trusted by, DER, the server's own
    first. ``untrusted`` says why it was not to be trusted, where it was taken all the same."""

    protocol: str
    cipher: str
    chain: tuple[bytes, ...] = ()
    untrusted: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as it was sent. ``line`` is its first line, ``headers`` those sent, in order.

    ``clock`` is how many seconds the server's clock (its ``Date``, to the second) was ahead of ours
    when the answer's head had come, None where it told no time.
    """

    line: str
    headers: tuple[tuple[str, str], ...]
    tls: Tls | None = None
    clock: float | None = None
