"""The body of a capture, read back from its records."""

from __future__ import annotations

import logging

from variorum.model import Capture
from variorum.stages.fetch.decoding import Decoder
from variorum.stages.fetch.limits import Limits
from variorum.store.archive import Archive
from variorum.store.errors import DamagedError
from variorum.store.parts import DOM_TYPE, Part, part_of
from variorum.store.records import Records
from variorum.store.warc import StoredResponse, one_line, payload_digest

log = logging.getLogger(__name__)


def body_of(archive: Archive, records: Records, capture: Capture) -> tuple[bytes, str | None]:
    """(decoded body, Content-Type) that a capture's page is read from: the page as a browser built
    it, where one did, else the response. Raises DamagedError when no record holds it."""
    built = part_of(capture.details, "dom")
    if built is not None:
        return part_body(archive, built), DOM_TYPE
    return response_of(archive, records, capture)


def body_if_there(
    archive: Archive, records: Records, capture: Capture
) -> tuple[bytes, str | None] | None:
    """The same; None where it is lost, which is no reason not to keep what comes next."""
    try:
        return body_of(archive, records, capture)
    except DamagedError as error:
        log.warning("article %s: its last page cannot be read again: %s", capture.article, error)
        return None


def still_there(archive: Archive, records: Records, capture: Capture) -> bool:
    """Whether the payload of a capture, which has come again, need not be kept once more."""
    if not archive.warc.damaged:
        return True
    original = records.capture_with_payload(capture) or capture
    return original.record is None or not archive.warc.lost(original.record)


def part_body(archive: Archive, part: Part) -> bytes:
    """The bytes of something that is kept beside a response. Raises DamagedError."""
    payload = archive.warc.read(part.record).payload
    if payload_digest(payload) != part.digest:
        raise DamagedError(f"{part.record[0]} at byte {part.record[1]}: not what it was")
    return payload


def response_of(archive: Archive, records: Records, capture: Capture) -> tuple[bytes, str | None]:
    """(decoded body, Content-Type) as the server sent them; for a capture that repeats another's
    payload, of the record that holds it. Raises DamagedError when no record does."""
    stored = stored_response(archive, records, capture)
    decoder = Decoder(_header(stored, "content-encoding"), Limits())
    decoder.feed(stored.payload)
    decoder.close()
    return decoder.body, _header(stored, "content-type")


def stored_response(archive: Archive, records: Records, capture: Capture) -> StoredResponse:
    """The record that holds the capture's payload. Raises DamagedError when none does, or when one
    of something else lies in its place."""
    stored = _own_record(archive, capture)
    if stored.kind != "revisit":
        return stored
    original = records.capture_with_payload(capture)
    if original is None:
        raise DamagedError(f"capture {capture.id}: the record that it repeats is missing")
    return _own_record(archive, original)


def _own_record(archive: Archive, capture: Capture) -> StoredResponse:
    if capture.record is None:
        raise DamagedError(f"capture {capture.id} has no record")
    stored = archive.warc.read(capture.record)
    why = _not_of(stored, capture)
    if why is not None:
        name, offset, _ = capture.record
        raise DamagedError(
            f"{name} at byte {offset}: not the record of capture {capture.id} ({why})"
        )
    return stored


def _not_of(stored: StoredResponse, capture: Capture) -> str | None:
    """What a record says otherwise than the row that points at it, as ``verify`` compares them."""
    if stored.url != one_line(capture.final_url or capture.url).strip():
        return "it is of another address"
    told = capture.digest if stored.kind != "revisit" else None
    if told is not None and payload_digest(stored.payload) != told:
        return "its payload is another"
    return None


def _header(stored: StoredResponse, name: str) -> str | None:
    return next((v for k, v in stored.headers if k.lower() == name), None)
