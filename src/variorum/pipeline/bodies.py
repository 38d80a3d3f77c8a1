"""The body of a capture, read back from its record."""

from __future__ import annotations

from variorum.model import Capture
from variorum.stages.fetch.decoding import Decoder
from variorum.stages.fetch.limits import Limits
from variorum.store.archive import Archive
from variorum.store.errors import DamagedError
from variorum.store.records import Records
from variorum.store.warc import StoredResponse


def body_of(archive: Archive, records: Records, capture: Capture) -> tuple[bytes, str | None]:
    """(decoded body, Content-Type) of a capture; for one that repeats another's payload, of the
    record that holds it. Raises DamagedError when no record does."""
    stored = stored_response(archive, records, capture)
    decoder = Decoder(_header(stored, "content-encoding"), Limits())
    decoder.feed(stored.payload)
    decoder.close()
    return decoder.body, _header(stored, "content-type")


def stored_response(archive: Archive, records: Records, capture: Capture) -> StoredResponse:
    """The record that holds the capture's payload."""
    if capture.record is None:
        raise DamagedError(f"capture {capture.id} has no record")
    stored = archive.warc.read(capture.record)
    if stored.kind != "revisit":
        return stored
    original = records.capture_with_payload(capture)
    if original is None or original.record is None:
        raise DamagedError(f"capture {capture.id}: the record that it repeats is missing")
    return archive.warc.read(original.record)


def _header(stored: StoredResponse, name: str) -> str | None:
    return next((v for k, v in stored.headers if k.lower() == name), None)
