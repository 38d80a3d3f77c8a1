"""The index of a package: CDXJ lines by SURT key and time, in compressed portions (ZipNum)."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

# What py-wacz and other writers take.
_LINES = 1024
_WWW = re.compile(r"^www\d*\.")


@dataclass(frozen=True, slots=True)
class IndexedRecord:
    """Where a record lies in a WARC file of the package, and what of. ``digest`` is hex."""

    url: str
    time: datetime
    mime: str
    status: int | None
    digest: str | None
    filename: str
    offset: int
    length: int

    def line(self) -> str:
        told = {
            "url": self.url,
            "mime": self.mime,
            **({"status": str(self.status)} if self.status is not None else {}),
            **({"digest": f"sha256:{self.digest}"} if self.digest else {}),
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": self.filename,
        }
        return f"{surt(self.url)} {fourteen(self.time)} {json.dumps(told)}"


def fourteen(time: datetime) -> str:
    """A time in 14 digits, as indexes and mementos have it."""
    return time.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def surt(url: str) -> str:
    """The sort-friendly form of a URL: ``org,example)/path?query``, without scheme and www, lower
    case, the query's parts in order."""
    try:
        parts = urlsplit(url)
        host, port = _WWW.sub("", (parts.hostname or "").lower()), parts.port
    except ValueError:
        return url.lower()
    if not host:
        return url.lower()
    usual = port in (None, 80 if parts.scheme == "http" else 443)
    path = parts.path.lower().rstrip("/") or "/"
    query = "&".join(sorted(parts.query.lower().split("&"))) if parts.query else ""
    name = ",".join(reversed(host.split(".")))
    return f"{name}{'' if usual else f':{port}'}){path}{f'?{query}' if query else ''}"


def index_files(records: Sequence[IndexedRecord]) -> dict[str, bytes]:
    """``indexes/index.cdx.gz`` and ``indexes/index.idx`` over all records."""
    lines = sorted(record.line() for record in records)
    portions: list[bytes] = []
    told = ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}']
    offset = 0
    for at in range(0, len(lines), _LINES):
        some = lines[at : at + _LINES]
        portion = gzip.compress("".join(f"{line}\n" for line in some).encode(), mtime=0)
        key = some[0].split(" {", 1)[0]
        place = {
            "offset": offset,
            "length": len(portion),
            "digest": f"sha256:{hashlib.sha256(portion).hexdigest()}",
            "filename": "index.cdx.gz",
        }
        told.append(f"{key} {json.dumps(place)}")
        portions.append(portion)
        offset += len(portion)
    return {
        "indexes/index.cdx.gz": b"".join(portions),
        "indexes/index.idx": "".join(f"{line}\n" for line in told).encode(),
    }
