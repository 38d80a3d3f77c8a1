"""One capture on its way from a file to its article's history: small enough to be sorted and sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

# The article number of what belongs to no article: records set aside, and counts.
NO_ARTICLE = -1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A capture as far as it was read without its history.

    ``order`` is where it stood among all inputs, and settles ties; ``time`` counts microseconds
    since 1970. ``told`` is JSON (address, status, digest…), ``page`` what was read of it as
    ``stages.extract.wire`` writes it, None where there was nothing to read.
    """

    partition: int
    article: int
    key: str
    time: int
    order: int
    told: bytes
    page: bytes | None = None


def article_number(key: str) -> int:
    """63 bits of the SHA-256 of an article's key: the same number wherever and whenever it is read.
    Of ten million articles two share one with a chance of 1 in 180,000; they are kept apart by
    their keys all the same, and only their numbers agree."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "replace")).digest()[:8], "big") >> 1


def microseconds(time: datetime) -> int:
    return (time - _EPOCH) // _MICROSECOND


def from_microseconds(value: int) -> datetime:
    return _EPOCH + value * _MICROSECOND


def packed(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
