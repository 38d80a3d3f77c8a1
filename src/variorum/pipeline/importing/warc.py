"""WARC files of any tool: responses that are pages become captures, with their own times."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any, BinaryIO

from variorum.model import Fetched
from variorum.model.times import parse_iso
from variorum.pipeline.importing.cut import find_cut
from variorum.pipeline.importing.items import (
    UNUSABLE,
    FetchedItem,
    Item,
    Items,
    Place,
    Problem,
    RevisitItem,
    Skipped,
    named,
)
from variorum.pipeline.importing.packed import ZSTD, ZstdFrames, opened, position
from variorum.pipeline.importing.warc_records import WarcRecords, is_number
from variorum.stages.fetch.decoding import Decoder
from variorum.stages.fetch.limits import Limits
from variorum.text.told import in_one_line

_KINDS = ("response", "revisit")
_PAGES = ("text/html", "application/xhtml+xml")
_MAX_PAGE = 64_000_000
_PACKED_AS = {"gzip": b"\x1f\x8b", "x-gzip": b"\x1f\x8b", "zstd": ZSTD}


def read_warc(path: Path) -> Items:
    """The pages of a WARC file in file order; a damaged record is a Problem and the rest goes on
    as far as the file can be read."""
    try:
        with _stream(path) as file:
            yield from _records(file, path)
    except OSError as error:
        yield Problem(str(path), "", f"not readable from here on ({in_one_line(error)})")


def _records(file: BinaryIO, path: Path) -> Items:
    records = WarcRecords(file)
    last, item = 0, None
    try:
        for record in records:
            last = records.offset
            place = (str(path), f"record at byte {last}")
            item = _told(record, records.trouble, place, position(file))
            try:
                longer = records.longer_than_told()
            except Exception:  # it was whole, and what comes next is not
                yield item
                raise
            if longer and not isinstance(item, Skipped):
                item = Problem(*place, "it is longer than it says")
            yield item
    except Exception as error:  # a damaged head makes the reader fail in any way that there is
        why = f"not readable from here on ({in_one_line(error)})"
        yield Problem(str(path), f"near byte {position(file)}", why)
        return
    packed = isinstance(file, io.BufferedReader) and isinstance(file.raw, ZstdFrames)
    cut = None if packed or isinstance(item, Problem) else find_cut(path, last)
    if cut is not None:
        yield Problem(str(path), f"near byte {cut}", "the file is cut short: its end is lost")


def _stream(path: Path) -> BinaryIO:
    """The file, or what its Zstandard frames hold; gzip is for the reader of records."""
    with path.open("rb") as file:
        head = file.read(4)
    return path.open("rb") if head[:2] == b"\x1f\x8b" or head == b"WARC" else opened(path)


def _told(record: Any, trouble: str | None, place: Place, read: int) -> Item:
    """The item of one record, whatever it says of itself."""
    if trouble and record.rec_type in _KINDS:
        return Problem(*place, trouble)
    try:
        return _item(record, place, read)
    except UNUSABLE as error:
        return Problem(*place, f"cannot be used ({type(error).__name__}: {in_one_line(error)})")


def _item(record: Any, place: Place, read: int) -> Item:
    if record.rec_type not in _KINDS or record.http_headers is None:
        return Skipped(read)
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    if not url.startswith(("http://", "https://")):
        return Skipped(read)
    status = _status(record)
    media_type = (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip()
    if record.rec_type == "response" and status == 200 and media_type.lower() not in _PAGES:
        return Skipped(read)
    if status is None or (300 <= status < 400 and status != 304):
        return Skipped(read)
    payload = record.raw_stream.read(_MAX_PAGE + 1)
    if len(payload) > _MAX_PAGE:
        return Problem(*place, "larger than a page can be")
    trouble = _trouble(record, payload)
    if trouble:
        return Problem(*place, trouble)
    try:
        time = parse_iso(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return Problem(*place, "its WARC-Date is not a time")
    fetched, problem = _fetched(record, url, time, status, payload)
    if problem:
        return Problem(*place, problem)
    origin = f"imported from {named(Path(place[0]))}"
    if record.rec_type == "revisit":
        refers_to = _refers_to(record)
        if refers_to and not _is_time(refers_to[1]):
            return Problem(*place, "its WARC-Refers-To-Date is not a time")
        return RevisitItem(fetched, refers_to, origin, read, place)
    return FetchedItem(fetched, origin, read, place)


def _is_time(told: str) -> bool:
    try:
        parse_iso(told)
    except ValueError:
        return False
    return True


def _fetched(
    record: Any, url: str, time: Any, status: int, payload: bytes
) -> tuple[Fetched, str | None]:
    headers = tuple((k, v) for k, v in record.http_headers.headers)
    if "chunked" in (record.http_headers.get_header("Transfer-Encoding") or "").lower():
        payload = _unchunked(payload)
    coding = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    if not payload.startswith(_PACKED_AS.get(coding, b"")):
        coding = (
            ""  # some crawlers, those of CC-NEWS among them, unpack the body and keep the header
        )
    decoder = Decoder(coding or None, Limits())
    decoder.feed(payload)
    decoder.close()
    truncated = record.rec_headers.get_header("WARC-Truncated") is not None
    fetched = Fetched(
        url=url,
        time=time,
        final_url=url,
        status=status,
        headers=headers,
        body=decoder.body,
        raw=payload,
        truncated=truncated,
        remote=record.rec_headers.get_header("WARC-IP-Address"),
    )
    return fetched, decoder.problem and f"its body cannot be unpacked: {decoder.problem}"


def _unchunked(payload: bytes) -> bytes:
    """The payload without chunk framing, where a crawler kept it as received."""
    import io

    from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

    try:
        data: bytes = ChunkedDataReader(io.BytesIO(payload), decomp_type=None).read(len(payload))
    except ChunkedDataException:
        return payload
    return data or payload


def _trouble(record: Any, payload: bytes) -> str | None:
    """What is wrong with a record's bytes, None when nothing can be seen to be."""
    checker = record.digest_checker
    if checker is not None and checker.passed is False:
        return "its digest does not match its bytes: altered or damaged"
    told = record.rec_headers.get_header("Content-Length")
    head = len(record.http_headers.to_ascii_bytes()) if record.rec_type == "response" else 0
    if told and is_number(told) and record.rec_type == "response":
        missing = int(told) - head - len(payload)
        if missing > 64:  # header bytes may have been tidied by the writer; a cut loses far more
            return f"{missing} bytes are missing: the file is cut short"
    return None


def _status(record: Any) -> int | None:
    code = record.http_headers.get_statuscode() or ""
    return int(code) if is_number(code) else None


def _refers_to(record: Any) -> tuple[str, str] | None:
    uri = record.rec_headers.get_header("WARC-Refers-To-Target-URI")
    date = record.rec_headers.get_header("WARC-Refers-To-Date")
    return (uri, date) if uri and date else None
