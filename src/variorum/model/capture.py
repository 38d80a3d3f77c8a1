"""One fetch of one URL, and the record of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from variorum.model.exchange import Exchange
from variorum.model.times import iso, parse_iso

#: How the origin of a capture begins that another archive made and gave.
OBSERVED_BY = "observed by "


class Outcome(StrEnum):
    """What a fetch came to, in the archive's terms rather than HTTP's."""

    OK = "ok"  # a page that was read as the article
    UNMODIFIED = "unmodified"  # 304, or the bytes of the last capture again
    GONE = "gone"  # 404 or 410, or a page that says so with status 200
    MOVED = "moved"  # redirected to another article or to a front page
    BLOCKED = "blocked"  # 401, 403, 429, robots.txt, consent wall, block page
    PAYWALL = "paywall"  # a stub in place of the story
    FAILED = "failed"  # no usable answer: network, 5xx, truncated, unreadable


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as a browser built it out of the response that it came in.

    ``dom`` is its serialised tree, UTF-8; ``browser`` which one, with its version; ``sandbox``
    whether that ran in its sandbox. ``requests`` counts what the page got through the guard,
    ``refused`` what it did not get. ``notes`` are plain lines on how it went. ``screenshot`` is a
    PNG of the page from its top.
    """

    dom: bytes
    browser: str
    sandbox: bool
    requests: int = 0
    refused: int = 0
    notes: tuple[str, ...] = ()
    screenshot: bytes | None = None


@dataclass(frozen=True, slots=True)
class Memento:
    """What another archive gave as its own capture: not observed here.

    ``archive`` is its name (its host), ``uri`` the address under which it gave the bytes, ``given``
    when it did so by our clock. ``digest`` is what its index says of the payload (SHA-1, base32),
    ``agrees`` whether the bytes that came have it; None where that cannot be told.
    """

    archive: str
    uri: str
    given: datetime
    digest: str | None = None
    agrees: bool | None = None

    @property
    def origin(self) -> str:
        return f"{OBSERVED_BY}{self.archive}"

    def to_dict(self) -> dict[str, Any]:
        return {
            "archive": self.archive,
            "uri": self.uri,
            "given": iso(self.given),
            "digest": self.digest,
            "agrees": self.agrees,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Memento:
        given = parse_iso(data["given"])
        return cls(data["archive"], data["uri"], given, data.get("digest"), data.get("agrees"))


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back for one URL, before anybody has read it.

    ``body`` is the decoded payload (transfer and content codings removed), ``headers`` the final
    response's in order as received. ``error`` is one plain line when there is no full answer;
    ``truncated`` says that the body was cut (size, time or connection). ``hops`` are the URLs
    redirected through, the first being the one asked for.
    """

    url: str
    time: datetime
    final_url: str
    status: int | None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    raw: bytes | None = None
    hops: tuple[str, ...] = ()
    error: str | None = None
    truncated: bool = False
    remote: str | None = None
    retry_after: float | None = None
    elapsed: float = 0.0
    #: what was asked and over which connection, where it was fetched here
    exchange: Exchange | None = None
    #: what a browser made of it, where one was asked
    rendered: Rendered | None = None
    #: whose capture it is, where another archive gave it; ``time`` is then the one that it says
    memento: Memento | None = None

    def header(self, name: str) -> str | None:
        wanted = name.lower()
        return next((v for k, v in self.headers if k.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Capture:
    """One fetch as the archive keeps it (a *witness*; Memento URI-M).

    ``digest`` is the SHA-256 of the payload, hex. ``record`` says where the WARC record lies:
    (file, offset, length). ``story_digest`` stands for everything in the body that the story can
    be read from: equal ones need no second reading. ``version`` is the number of the version that
    it attests or, for a failure or a paywall, that was current then; None before the first.
    ``origin`` is "observed", "imported" with the place, or "observed by" with the other archive.
    """

    id: int
    article: int
    url: str
    time: datetime
    outcome: Outcome
    status: int | None = None
    digest: str | None = None
    version: int | None = None
    reason: str = ""
    final_url: str | None = None
    media_type: str | None = None
    record: tuple[str, int, int] | None = None
    etag: str | None = None
    last_modified: str | None = None
    origin: str = "observed"
    story_digest: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "time": iso(self.time),
            "url": self.url,
            "final_url": self.final_url,
            "status": self.status,
            "outcome": str(self.outcome),
            "reason": self.reason,
            "digest": self.digest,
            "version": self.version,
            "media_type": self.media_type,
            "record": list(self.record) if self.record else None,
            "origin": self.origin,
        }
