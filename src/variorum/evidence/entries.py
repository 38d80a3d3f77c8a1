"""Entries of the log: canonical JSON that says hashes, never texts or addresses.

    {"kind": "log", "verifier": key}                      first; and "key" when the key is rotated
    {"kind": "opened", "software": "variorum 1.2.3"}      a process opened the archive for writing
    {"kind": "warc", "file": name, "from": a, "to": b, "sha256": of these bytes}
    {"kind": "capture", "id": n, "facts": h, "verdict": h, "record": h | null}
    {"kind": "judged", "id": n, "verdict": h}             what was concluded from a capture changed
    {"kind": "version", "article": a, "number": n, "row": h}
    {"kind": "withdrawn", "article": a, "number": n}      a version concluded away (history re-read)
    {"kind": "removed", "id": n}                          a capture's row was taken away
    {"kind": "act", "id": n, "row": h}                    what an editor did
    {"kind": "stamped", "file": name, "sha256": h}        an outside authority stamped a checkpoint
    {"kind": "exported", "form": f, "sha256": h}          a file that was written, where that was wanted
    {"kind": "restart", "size": n}                        the log before this one was lost
    {"kind": "sealed", "size": n, "sha256": h}            the database as a file, when it was closed

Each has "time", this machine's clock when it was written; "adopted": true says that the row was
there before its entry. A hash is the SHA-256 of canonical JSON: keys sorted, no spaces, UTF-8.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from variorum.store.observed import ACT, FACTS, VERDICT, VERSION

Entry = dict[str, Any]


class EntryError(ValueError):
    """An entry that is not written as entries are."""


# Made once: to make one takes as long as to write a short entry with it.
_JSON = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> bytes:
    """JSON in one form only: keys sorted, no white space, UTF-8."""
    return _JSON.encode(value).encode("utf-8", "surrogatepass")


def hashed(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def written(entry: Entry, time: str, *, adopted: bool = False) -> bytes:
    """The entry as it goes into the log."""
    marked = {"adopted": True} if adopted else {}
    return canonical({**entry, "time": time, **marked})


def parse(data: bytes) -> Entry:
    """The inverse of :func:`written`, to the byte. Raises EntryError."""
    try:
        entry = json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise EntryError(f"not JSON ({str(error)[:80]})") from None
    if not isinstance(entry, dict) or not isinstance(entry.get("kind"), str):
        raise EntryError('not an object with a "kind"')
    if canonical(entry) != data:
        raise EntryError("not written as entries are")
    return entry


def told(row: Any, columns: Sequence[str]) -> dict[str, Any]:
    """A row as what its hash is of: named columns, times as milliseconds since 1970."""
    values: Mapping[str, Any] = row._mapping
    return {name: _plain(values[name]) for name in columns}


def facts_of(row: Any) -> str:
    """The hash of what was observed: it never changes."""
    return hashed(told(row, FACTS))


def verdict_of(row: Any) -> str:
    """The hash of what was concluded from a capture: a history read again may change it."""
    return hashed(told(row, VERDICT))


def version_of(row: Any) -> str:
    return hashed(told(row, VERSION))


def act_of(row: Any) -> str:
    return hashed(told(row, ACT))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return round(value.timestamp() * 1000)
    return value
