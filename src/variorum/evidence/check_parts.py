"""What is kept of a capture beside its response: each part is the one that its capture names.

A capture's details are part of what the log says of it, and hold the digest of each part.
"""

from __future__ import annotations

from typing import Any

from variorum.evidence.report import Report, Status
from variorum.evidence.warcscan import read_record
from variorum.store import observed
from variorum.store.parts import Part, parts_of
from variorum.store.records import Records
from variorum.store.warc import WarcStore


def check_parts(records: Records, warc: WarcStore, report: Report) -> None:
    """Every part of every capture is there and is what its digest says."""
    for row in observed.captures_with_parts(records.db):
        try:
            parts = parts_of(row.details)
        except (KeyError, TypeError, ValueError, AttributeError):
            report.add("part", str(row.id), Status.ALTERED, "its capture does not say what it is")
            continue
        for part in parts:
            status, why = _judge(warc, part)
            report.add("part", f"{row.id}/{part.name}", status, why)


def _judge(warc: WarcStore, part: Part) -> tuple[Status, str]:
    name, offset, length = part.record
    if (warc.directory / name).parent != warc.directory:
        return Status.ALTERED, "its record lies in no WARC file of this archive"
    try:
        member = warc.member(name, offset, length)
    except (OSError, ValueError) as error:
        return Status.MISSING, f"{name}: {getattr(error, 'strerror', None) or error}"
    return _of_member(member, part)


def _of_member(member: bytes, part: Part) -> tuple[Status, str]:
    why = why_not_part(member, part.digest)
    return (Status.ALTERED, why) if why else (Status.OK, "")


def why_not_part(member: Any, digest: str) -> str | None:
    """What is wrong with a record that should hold the bytes of this digest; None: nothing."""
    if not len(member):
        return "no record is there"
    record = read_record(memoryview(member), 0, len(member), len(member))
    if record.trouble or record.length != len(member):
        return record.trouble or "its record is not as long as it says"
    if record.kind != "resource" or record.payload != digest:
        return "it is not what its capture says"
    return None
