"""What a service gave for a memento, as the capture that it is."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime

from variorum.model import Fetched, Memento
from variorum.stages.watch import Held, http_time

_ORIGINAL = "x-archive-orig-"
#: Headers of the service itself are kept under this.
OWN = "Observer-"
# What services hand on under its own name beside the headers that they keep aside.
_HANDED_ON = frozenset({"content-type", "content-language", "content-encoding"})
# Of the service in any case, whatever it does with the page's own headers.
_OF_SERVICE = ("memento-datetime", "link", "content-location", "x-archive-", "x-ts", "x-tr", "vary")


class NoMementoError(Exception):
    """What came is not the memento that was asked for; the text says why in one plain line."""


def capture_given(fetched: Fetched, held: Held, archive: str, now: datetime) -> Fetched:
    """The capture that ``fetched`` gives: of the page's own address, at the time that the service
    says, with the page's own headers. Raises NoMementoError."""
    if fetched.error:
        raise NoMementoError(fetched.error)
    time = http_time(fetched.header("memento-datetime"))
    if time is None:
        raise NoMementoError(f"{archive} answered {fetched.status} and gave no memento")
    if time != held.time:
        raise NoMementoError(
            f"{archive} gave the capture of another time ({time:%Y-%m-%d %H:%M:%S})"
        )
    came = fetched.body if fetched.raw is None else fetched.raw
    as_came = _has_digest(came, held.digest)
    # Whose coding it is, the page's or that of the way here, only the digest can tell.
    raw = came if as_came or fetched.header("content-encoding") is None else None
    agrees = as_came or _has_digest(fetched.body, held.digest)
    if agrees is False and _was_coded(fetched):
        agrees = None
    return Fetched(
        url=held.url,
        time=time,
        final_url=held.url,
        status=fetched.status,
        headers=_headers(fetched, raw is not None),
        body=fetched.body,
        raw=raw,
        memento=Memento(archive, fetched.final_url, now, held.digest, agrees),
    )


def _headers(fetched: Fetched, whole: bool) -> tuple[tuple[str, str], ...]:
    """The page's own headers under their names, then the service's under :data:`OWN`."""
    kept_aside = any(name.lower().startswith(_ORIGINAL) for name, _ in fetched.headers)
    own: list[tuple[str, str]] = []
    service: list[tuple[str, str]] = []
    for name, value in fetched.headers:
        lower = name.lower()
        if lower.startswith(_ORIGINAL):
            # The payload came without its coding: it is said under the name that says so.
            coding = lower.endswith(("content-encoding", "transfer-encoding", "content-length"))
            own.append((name if coding else name[len(_ORIGINAL) :], value))
        elif _of_service(lower, kept_aside, whole):
            service.append((f"{OWN}{name}", value))
        else:
            own.append((name, value))
    return (*own, *service)


def _of_service(name: str, kept_aside: bool, whole: bool) -> bool:
    """Whether a header is the service's own. ``kept_aside``: the page's have names that say so."""
    if name == "content-encoding":
        return not whole
    return name.startswith(_OF_SERVICE) or (kept_aside and name not in _HANDED_ON)


def _was_coded(fetched: Fetched) -> bool:
    coding = "content-encoding"
    return bool(fetched.header(coding) or fetched.header(f"{_ORIGINAL}{coding}"))


def _has_digest(data: bytes, digest: str | None) -> bool | None:
    """Whether data has a SHA-1 in base32, as indexes have it; None where that is none."""
    if digest is None or len(digest) != 32:
        return None
    made = hashlib.sha1(data, usedforsecurity=False).digest()
    return base64.b32encode(made).decode() == digest
