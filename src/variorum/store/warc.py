"""Captures as WARC/1.1 records (ISO 28500:2017) in gzip files, one member a record."""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import io
import os
import uuid
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import responses
from pathlib import Path
from typing import BinaryIO

from variorum.about import __version__
from variorum.model import Fetched
from variorum.store import durable
from variorum.store.errors import DamagedError
from variorum.store.warc_exchange import CERTIFICATE, beside, certificate_name

# Files of about 1 GB are what crawlers write and what every WARC tool handles.
_ROTATE_AT = 1_000_000_000
# zlib's own default; level 9 saved 0.4% on news pages at three times the time.
_GZIP_LEVEL = 6
_HOP_BY_HOP = {"transfer-encoding"}

RecordPlace = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A record read back: ``payload`` is the body as it lies in the record, content codings on."""

    url: str
    time: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    kind: str


def payload_digest(payload: bytes) -> str:
    """SHA-256 of the payload (transfer coding removed, content coding kept), hex."""
    return hashlib.sha256(payload).hexdigest()


class WarcStore:
    """The WARC files of one archive. One process appends; anybody reads.

    ``append`` only buffers: a record is durable after :meth:`sync`, and acknowledged when the
    database transaction that names it commits after that.
    """

    def __init__(self, directory: Path, rotate_at: int = _ROTATE_AT) -> None:
        self.directory = directory
        self.rotate_at = rotate_at
        self._file: BinaryIO | None = None
        self._name = ""
        # Lengths of the files that this process has written to: now, and as acknowledged.
        self._now: dict[str, int] = {}
        self._settled: dict[str, int] = {}
        # Acknowledged lengths of files that an earlier process wrote, as found by :meth:`repair`.
        self._known: dict[str, int] = {}
        # Sizes of files that have fewer bytes than that, as found by :meth:`short`.
        self._short: dict[str, int] = {}
        self._certified: set[tuple[str, bytes]] = set()

    def append(self, fetched: Fetched, repeats: tuple[str, datetime] | None = None) -> RecordPlace:
        """Write one fetch, and before it the records that stand beside it. ``repeats`` is (url, time)
        of a capture with the same payload."""
        own = f"<urn:uuid:{uuid.uuid4()}>"
        self._open()
        fresh = [c for c in _chain(fetched) if (self._name, c) not in self._certified]
        self._certified.update((self._name, certificate) for certificate in fresh)
        return self._write(
            *(_resource(certificate_name(c), fetched.time, CERTIFICATE, c) for c in fresh),
            *(_assemble(fetched, fields, block) for fields, block in beside(fetched, own)),
            _record(fetched, repeats, own),
        )

    def append_resource(
        self, url: str, time: datetime, media_type: str, data: bytes
    ) -> RecordPlace:
        """Write something that was brought rather than fetched: a file that was imported."""
        return self._write(_resource(url, time, media_type, data))

    def sync(self) -> None:
        """Make everything appended so far durable."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def pending(self) -> dict[str, int]:
        """The files appended to since :meth:`settle`, with the length that each has now."""
        self._note()
        return {name: now for name, now in self._now.items() if now != self._settled.get(name)}

    def settle(self) -> None:
        """What was appended is acknowledged: the database has committed."""
        self._note()
        self._settled |= self._now

    def rewind(self) -> None:
        """Forget what was appended since :meth:`settle`: a full disk may have cut the last record
        short, and nothing must be written behind such a stump."""
        self._certified.clear()
        with contextlib.suppress(OSError):
            self.close_file()
        self._file = None
        self._now = dict(self._settled)
        for name, length in self._now.items():
            path = self.directory / name
            if length == 0:
                path.unlink(missing_ok=True)
                continue
            with contextlib.suppress(FileNotFoundError):  # full, and brought to a store
                if path.stat().st_size > length:
                    os.truncate(path, length)
        self._settled = {name: length for name, length in self._settled.items() if length}
        self._now = dict(self._settled)

    def recall(self, known: Mapping[str, int]) -> None:
        """After a commit that nobody knows the end of: what the database has acknowledged
        (``known``) stays, the rest is forgotten as by :meth:`rewind`."""
        self._settled |= {name: known.get(name, 0) for name in self.pending()}
        self.rewind()

    def read(self, place: RecordPlace) -> StoredResponse:
        """The record at ``place``. Raises DamagedError when it is not there or does not parse."""
        name, offset, length = place
        if name == self._name and self._file is not None:
            self._file.flush()  # a record of this very batch may still lie in the buffer
        try:
            return _parse(gzip.decompress(self.member(name, offset, length)))
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise DamagedError(f"{name} at byte {offset}: no readable record ({error})") from error

    def member(self, name: str, offset: int, length: int) -> bytes:
        """The bytes at a place, as far as there are; checked by nobody. Raises OSError."""
        with (self.directory / name).open("rb") as file:
            file.seek(offset)
            return file.read(length)

    def path(self, name: str) -> Path:
        """A whole file, where it can be read on this machine. It may be missing; where files come
        from elsewhere, that is a FileNotFoundError, and other trouble another OSError."""
        return self.directory / name

    def sizes(self) -> dict[str, int]:
        """Everything that lies among the WARC files, with its size. Raises OSError."""
        return {path.name: path.stat().st_size for path in self.directory.glob("*")}

    def repair(self, known: Mapping[str, int]) -> list[str]:
        """Set aside what was written but never acknowledged (a crash between WARC and database), and
        say which files are not what was acknowledged: nothing is written to these any more.

        The cut bytes are kept beside the file as ``*.orphan``. Returns one line for each finding.
        """
        self._known = dict(known)
        done: list[str] = []
        for path in sorted(self.directory.glob("*.warc.gz")):
            length = known.get(path.name, 0)
            if path.stat().st_size > length:
                done += self.repair_one(path, length)
        return done + self.short(known)

    def repair_one(self, path: Path, length: int) -> list[str]:
        """Set aside what lies in a file beyond its acknowledged ``length``; a file of which nothing
        was acknowledged goes. Stopped at any point it can be done again, and every byte is either
        in the file or aside."""
        size = path.stat().st_size
        aside = _unused(path.with_name(f"{path.name}.{length}.orphan"))
        if length == 0:
            durable.rename(path, aside)
        else:
            durable.copy(path, aside, length, size)
            with path.open("r+b") as file:
                file.truncate(length)
                os.fsync(file.fileno())
        return [f"{path.name}: set {size - length} unacknowledged bytes aside"]

    def short(self, known: Mapping[str, int]) -> list[str]:
        """One line for each file that has not all of its acknowledged (``known``) bytes."""
        sizes = {name: self.size(name) for name in sorted(known)}
        self._short = {n: s for n, s in sizes.items() if s is not None and s < known[n]}
        return [
            f"{name}: {known[name] - size:,} of {known[name]:,} acknowledged bytes are gone; the "
            "file is left as it is, and 'variorum verify' names the captures"
            for name, size in self._short.items()
        ]

    @property
    def damaged(self) -> bool:
        """Whether a file is known to have lost acknowledged bytes."""
        return bool(self._short)

    def lost(self, place: RecordPlace) -> bool:
        """Whether a record lies where a file has ended before its time, so far as that is known."""
        name, offset, length = place
        return name in self._short and offset + length > self._short[name]

    def size(self, name: str) -> int | None:
        """The size of a file, 0 where there is none; None where it cannot be told here. Raises
        OSError."""
        try:
            return (self.directory / name).stat().st_size
        except FileNotFoundError:
            return 0

    def close(self) -> None:
        self.close_file()

    def close_file(self) -> None:
        """Let go of the file in use; the next record opens one again."""
        if self._file is not None:
            self._note()
            self._file.close()
            self._file = None

    def _note(self) -> None:
        if self._file is not None and not self._file.closed:
            self._now[self._name] = self._file.tell()

    def _write(self, *records: bytes) -> RecordPlace:
        """Records one behind the other in one file; the place is that of the last."""
        file = self._open()
        for record in records:
            offset = file.tell()
            member = gzip.compress(record, _GZIP_LEVEL, mtime=0)
            file.write(member)
        return self._name, offset, len(member)

    def _open(self) -> BinaryIO:
        if self._file is not None and self._file.tell() >= self.rotate_at:
            self.sync()
            self.close_file()
        if self._file is None:
            self._file = self._next_file()
            length = self._file.tell()
            self._settled.setdefault(self._name, length)
            if length == 0:
                self._file.write(gzip.compress(_warcinfo(self._name), _GZIP_LEVEL, mtime=0))
        return self._file

    def _next_file(self) -> BinaryIO:
        """The last file while it has room, else a new one, whose name is durable at once."""
        durable.make_directory(self.directory)
        existing = sorted(self.directory.glob("variorum-*.warc.gz"))
        if existing and self._goes_on(existing[-1]):
            self._name = existing[-1].name
            return existing[-1].open("ab")
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        number = len(existing)
        while (name := f"variorum-{stamp}-{number:05d}.warc.gz") in self._taken(existing):
            number += 1  # one that is gone was acknowledged: its places must never be used again
        self._name = name
        file = (self.directory / name).open("xb")
        durable.sync_directory(self.directory)
        return file

    def _goes_on(self, path: Path) -> bool:
        """Whether records may be written behind those in a file: it has room, and is exactly what
        was acknowledged of it. Behind a stump no reader would find them; where acknowledged bytes
        are gone, the places of lost captures would be those of others."""
        size = path.stat().st_size
        known = self._now.get(path.name, self._known.get(path.name, size))
        return size == known and size < self.rotate_at

    def _taken(self, existing: list[Path]) -> set[str]:
        return {path.name for path in existing} | self._known.keys() | self._now.keys()


def _unused(path: Path) -> Path:
    """A name that no file has: ``path``, or that with a number."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}.{number}{path.suffix}")
    return found


def _digest_header(data: bytes) -> str:
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


def _warcinfo(name: str) -> bytes:
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    info = {"software": f"variorum/{__version__}", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(name, info))
    return out.getvalue()


def _chain(fetched: Fetched) -> tuple[bytes, ...]:
    tls = fetched.exchange.tls if fetched.exchange else None
    return tls.chain if tls else ()


def _resource(url: str, time: datetime, media_type: str, data: bytes) -> bytes:
    fields = {
        "WARC-Type": "resource",
        "WARC-Target-URI": url,
        "WARC-Payload-Digest": _digest_header(data),
        "Content-Type": media_type,
    }
    return _assemble(Fetched(url, time, url, None), fields, data)


def _record(fetched: Fetched, repeats: tuple[str, datetime] | None, own: str) -> bytes:
    """One fetch as an uncompressed record: response, revisit, or metadata for a failure. ``own`` is
    its id."""
    if fetched.status is None:
        return _failure(fetched)
    payload = b"" if repeats else _payload(fetched)
    head = _http_head(fetched)
    block = head + payload
    fields = {
        "WARC-Type": "revisit" if repeats else "response",
        "WARC-Target-URI": fetched.final_url,
        "WARC-Payload-Digest": _digest_header(_payload(fetched)),
        "Content-Type": "application/http; msgtype=response",
    }
    if fetched.status == 304:
        fields.pop("WARC-Payload-Digest")
    if repeats:
        profile = "server-not-modified" if fetched.status == 304 else "identical-payload-digest"
        fields["WARC-Profile"] = f"http://netpreserve.org/warc/1.1/revisit/{profile}"
        fields["WARC-Refers-To-Target-URI"] = repeats[0]
        fields["WARC-Refers-To-Date"] = _warc_date(repeats[1])
    if fetched.truncated:
        fields["WARC-Truncated"] = "unspecified"
    return _assemble(fetched, {**fields, "WARC-Record-ID": own}, block)


def _failure(fetched: Fetched) -> bytes:
    reason = (fetched.error or "no answer").replace("\r", " ").replace("\n", " ")
    fields = {
        "WARC-Type": "metadata",
        "WARC-Target-URI": fetched.final_url,
        "Content-Type": "application/warc-fields",
    }
    return _assemble(fetched, fields, f"fetchError: {reason}\r\n".encode())


def _assemble(fetched: Fetched, fields: dict[str, str], block: bytes) -> bytes:
    """The record's bytes. warcio's writer cannot be told SHA-256, so the head is put together here
    (ISO 28500 section 4: version line, named fields, blank line, block, two line ends)."""
    fields = {
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        **fields,
        "WARC-Date": _warc_date(fetched.time),
        "WARC-Block-Digest": _digest_header(block),
        "Content-Length": str(len(block)),
    }
    if fetched.remote:
        fields["WARC-IP-Address"] = fetched.remote
    if fetched.memento:  # as pywb writes down what it takes from other archives
        fields["WARC-Source-URI"] = fetched.memento.uri
        fields["WARC-Creation-Date"] = _warc_date(fetched.memento.given)
    head = "".join(f"{name}: {one_line(value)}\r\n" for name, value in fields.items())
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def _payload(fetched: Fetched) -> bytes:
    return fetched.body if fetched.raw is None else fetched.raw


def _http_head(fetched: Fetched) -> bytes:
    """Status line and headers; the transfer coding is gone from the payload, so its header is
    renamed, and a content coding likewise where only the decoded body is at hand."""
    renamed = _HOP_BY_HOP if fetched.raw is not None else _HOP_BY_HOP | {"content-encoding"}
    lines = [f"HTTP/1.1 {fetched.status} {responses.get(fetched.status or 0, '')}".rstrip()]
    for name, value in fetched.headers:
        prefix = "X-Archive-Orig-" if name.lower() in renamed else ""
        lines.append(f"{prefix}{one_line(name)}: {one_line(value)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


def one_line(value: str) -> str:
    """A value as it can stand in a record's head."""
    return value.replace("\r", " ").replace("\n", " ")


def _warc_date(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _parse(record: bytes) -> StoredResponse:
    from warcio.archiveiterator import WARCIterator

    records = WARCIterator(io.BytesIO(record))
    # An answer has a head whatever its address is: that of a saved file is file:///…
    records.loader.HTTP_SCHEMES = ("", "")
    for item in records:
        http = item.http_headers
        status = http.get_statuscode() if http is not None else None
        return StoredResponse(
            url=item.rec_headers.get_header("WARC-Target-URI") or "",
            time=item.rec_headers.get_header("WARC-Date") or "",
            status=int(status) if status and status.isascii() and status.isdigit() else None,
            headers=tuple(http.headers) if http is not None else (),
            payload=item.raw_stream.read(),
            kind=item.rec_type,
        )
    raise ValueError("an empty member")
