"""What another archive holds of a page: its CDX index, in the forms in which the Wayback Machine and
pywb give it, or its TimeMap (RFC 7089). Read from what was fetched; nothing is asked here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from variorum.model import Fetched
from variorum.stages.watch.links import read_links

# The columns of plain CDX, and what pywb and the Wayback Machine call them.
_COLUMNS = ("urlkey", "timestamp", "url", "mime", "status", "digest")
_NAMES = {"original": "url", "mimetype": "mime", "statuscode": "status"}
REVISIT = "warc/revisit"


@dataclass(frozen=True, slots=True)
class Held:
    """A memento as the index has it. ``status``, ``mime`` and ``digest`` (SHA-1, base32) are None
    where it does not say. ``uri`` is where a TimeMap says that it is."""

    time: datetime
    url: str
    status: int | None = None
    mime: str | None = None
    digest: str | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True)
class HeldList:
    """``problem`` is one plain line where the answer cannot be used as a whole; ``unread`` counts
    lines of it that say nothing that can be."""

    held: tuple[Held, ...] = ()
    problem: str | None = None
    unread: int = 0


def read_cdx(fetched: Fetched) -> HeldList:
    """The lines of an index's answer, in its order. An answer that ends in the middle of a line is
    none: what it lacks cannot be known."""
    text = fetched.body.decode("utf-8", "replace").strip("\ufeff \t\r\n")
    if not text:
        return HeldList()
    if text.startswith("<"):
        return HeldList(problem="it gave a web page in place of an index")
    try:
        rows = _table(text) if text.startswith("[") else _lines(text)
    except (ValueError, RecursionError):
        return HeldList(problem="its index is garbled, or ends in the middle")
    held = [_held(row) for row in rows]
    found = tuple(one for one in held if one is not None)
    if rows and not found:
        told = next((str(r["message"]) for r in rows if r.get("message")), "")
        line = f" ({' '.join(told.split())[:120]})" if told else ""
        return HeldList(problem=f"it gave something that is no index{line}")
    return HeldList(found, unread=len(held) - len(found))


def read_timemap(fetched: Fetched) -> HeldList:
    """The mementos of a TimeMap in link-format, oldest first."""
    text = fetched.body.decode("utf-8", "replace").strip()
    original, found = "", []
    for link in read_links(text):
        relations = link.relations
        if "original" in relations:
            original = link.uri
        if "memento" in relations:
            time = http_time(link.parameters.get("datetime"))
            if time is not None:
                found.append((time, link.uri))
    if text and not original:
        return HeldList(problem="it gave something that is no TimeMap")
    return HeldList(tuple(Held(time, original, uri=uri) for time, uri in sorted(found)))


def http_time(text: str | None) -> datetime | None:
    """A time as HTTP headers have it, UTC; None where it is none."""
    try:
        time = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)


def stamp_time(stamp: str) -> datetime | None:
    """A time of 14 digits, UTC."""
    if len(stamp) != 14 or not (stamp.isascii() and stamp.isdigit()):
        return None
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def _table(text: str) -> list[dict[str, Any]]:
    """The Wayback Machine's JSON: rows under a row of names."""
    rows = json.loads(text)
    if not rows:
        return []
    if not all(isinstance(row, list) for row in rows):
        raise ValueError("not rows")
    names = [_NAMES.get(str(name), str(name)) for name in rows[0]]
    if "timestamp" not in names:
        raise ValueError("no row of names")
    return [dict(zip(names, row, strict=False)) for row in rows[1:] if row]


def _lines(text: str) -> list[dict[str, Any]]:
    """A line a memento: JSON, CDXJ (key, time, JSON), or columns."""
    return [_line(line) for line in text.split("\n") if line.strip()]


def _line(line: str) -> dict[str, Any]:
    if line.startswith("{"):
        return _named(json.loads(line))
    head = line.split(" ", 2)
    if len(head) == 3 and head[2].startswith("{"):
        return {**_named(json.loads(head[2])), "timestamp": head[1]}
    parts = line.split()
    if len(parts) < len(_COLUMNS):
        raise ValueError("a line too short")
    return dict(zip(_COLUMNS, parts, strict=False))


def _named(told: Any) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise ValueError("not an object")  # noqa: TRY004  (what a stranger sent, not our mistake)
    return {_NAMES.get(str(name), str(name)): value for name, value in told.items()}


def _held(row: Mapping[str, Any]) -> Held | None:
    time, url = stamp_time(str(row.get("timestamp"))), str(row.get("url") or "")
    if time is None or not url.lower().startswith(("http://", "https://")):
        return None
    status, mime, digest = (str(row.get(n) or "-") for n in ("status", "mime", "digest"))
    known = int(status) if status.isascii() and status.isdigit() and len(status) < 4 else None
    return Held(
        time,
        url,
        known,
        None if mime == "-" else mime.lower(),
        None if digest == "-" else digest.removeprefix("sha1:").upper(),
    )


def first_of_each(held: Iterable[Held]) -> list[Held]:
    """Without those that repeat the payload of the one before, as far as the index says so."""
    kept: list[Held] = []
    last = None
    for one in held:
        if one.digest is None or one.digest != last:
            kept.append(one)
        last = one.digest
    return kept


def wanted(one: Held, statuses: Sequence[int], mimes: Sequence[str]) -> bool:
    """Whether a memento has one of these statuses and types, or hides them: a revisit in an index
    does, and a TimeMap always. Empty sequences: whatever it has."""
    if one.mime == REVISIT:
        return True
    right = one.status is None or not statuses or one.status in statuses
    return right and (one.mime is None or not mimes or one.mime in mimes)
