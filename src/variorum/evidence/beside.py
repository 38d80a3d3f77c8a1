"""The records that stand beside a response in the WARC, found again: its request, how it came, and the
certificates that this names (see ``store.warc_exchange``)."""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from variorum.evidence.warcscan import ScannedRecord, read_record, scan
from variorum.store import observed
from variorum.store.errors import DamagedError
from variorum.store.warc import RecordPlace, WarcStore
from variorum.store.warc_exchange import CERTIFICATE_URN

_OF_EXCHANGE = ("request", "metadata")
OF_ANOTHER = "it is of another response"
_NAMES = b"tlsCertificate: "


def records_beside(
    db: Connection, warc: WarcStore, rows: Iterable[Any]
) -> dict[int, list[RecordPlace]]:
    """Of each of these captures the records beside its own, in the order in which they were written.
    Raises DamagedError where one before them cannot be read: what it stood beside is not known."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.warc:
            wanted.setdefault(row.warc, set()).add(row.id)
    found: dict[int, list[RecordPlace]] = {}
    for name, ids in wanted.items():
        # Another process may be bringing the file to its store: it is there then.
        for _ in range(2):
            with suppress(FileNotFoundError):
                path = warc.path(name)
                if path.is_file() and path.stat().st_size:
                    found |= _in_file(db, path, ids)
                break
    return found


def _in_file(db: Connection, path: Path, ids: set[int]) -> dict[int, list[RecordPlace]]:
    """They stand between the captures; so only what lies there is read."""
    found: dict[int, list[RecordPlace]] = {}
    certificates: dict[str, RecordPlace] = {}
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
        memoryview(mapped) as data,
    ):
        end = 0
        for row in observed.captures_in(db, path.name):
            between = list(scan(data[: row.offset], start=end)) if row.offset > end else []
            end = max(end, row.offset + row.length)
            certificates.update(
                (r.url, (path.name, r.offset, r.length))
                for r in between
                if r.url.startswith(CERTIFICATE_URN)
            )
            own = [r for r in between if r.kind in _OF_EXCHANGE and r.beside]
            if row.id not in ids:
                continue
            for bad in (r for r in between if r.trouble):
                raise _damaged(
                    f"{path.name} at byte {bad.offset}, before capture {row.id}", bad.trouble
                )
            if not own:
                continue
            response = read_record(data, row.offset, end, row.length).id
            own = [r for r in own if r.beside == response]
            named = [n for r in own for n in _certificates(data, r)]
            for name in named:
                if name not in certificates:
                    raise _damaged(f"{path.name}, of capture {row.id}", f"{name} is not there")
            found[row.id] = [
                *(certificates[name] for name in named),
                *((path.name, r.offset, r.length) for r in own),
            ]
    return found


def _damaged(where: str, why: str | None) -> DamagedError:
    return DamagedError(f"{where}: {why}: nothing was exported; try 'variorum verify'")


def _certificates(data: memoryview, record: ScannedRecord) -> Iterator[str]:
    if record.kind != "metadata" or record.trouble:
        return
    block = zlib.decompress(data[record.offset : record.offset + record.length], 31)
    for line in block.split(b"\r\n"):
        if line.startswith(_NAMES):
            yield line[len(_NAMES) :].decode("ascii", "replace")


def why_not_beside(member: Any, response: str) -> str | None:
    """What is wrong with a record that should stand beside the response of this id; None: nothing."""
    if not len(member):
        return "no record is there"
    record = read_record(memoryview(member), 0, len(member), len(member))
    if record.trouble or record.length != len(member):
        return record.trouble or "it is not as long as it says"
    if record.kind == "resource":
        same = record.url == f"{CERTIFICATE_URN}{record.payload}"
        return None if same else "it is not the certificate that its address names"
    same = record.kind in _OF_EXCHANGE and record.beside == response
    return None if same else OF_ANOTHER
