"""warcio's reader of records, made to go on behind a record that it stumbles over, and bounded where a
few packed bytes could unfold without end: lines of a head, and how many there are."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader

# The heads of a record and of the answer in it, with the line ends between two records: servers send
# 128 KB of headers at the very most.
_MAX_HEAD = 1_000_000
_PIECE = 1 << 16
_DIGITS = 19


class WarcRecords(ArchiveIterator):
    """The records of a file, in order; digests are checked, ARC is told as WARC. ``trouble`` is what is
    wrong with the head of the answer in the record given last. Where the head of a record itself is
    damaged, any exception may come, and it is the last that is given."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, check_digests=True, arc2warc=True)  # type: ignore[no-untyped-call]
        self.reader = self._bounded = _BoundedReader(self.fh)
        self.loader = self._loader = _Loader(self._bounded)

    def _next_record(self, next_line: bytes | None) -> Any:
        self._bounded.left = _MAX_HEAD
        self._loader.trouble = None
        return super()._next_record(next_line)  # type: ignore[no-untyped-call]

    def read_to_end(self, record: Any = None) -> None:
        super().read_to_end(record)  # type: ignore[no-untyped-call]
        if self.reader.decompressor and (self._loader.endless or not _begins(self.next_line)):
            self._drain()

    def longer_than_told(self) -> bool:
        """Whether something stands behind the record given last that is neither a line end nor of the
        next one."""
        before: int = self.err_count
        self.read_to_end()
        return bool(self.err_count > before)

    def _drain(self) -> None:
        """Pass over what is left of a gzip member, which is of no record."""
        self._loader.endless = False
        while self._bounded.read(_PIECE):  # type: ignore[no-untyped-call]
            pass
        self.next_line = None

    @property
    def trouble(self) -> str | None:
        return self._loader.trouble


class _BoundedReader(DecompressingBufferedReader):
    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)  # type: ignore[no-untyped-call]
        self.left = _MAX_HEAD

    def readline(self, length: int | None = None) -> bytes:
        if self.left <= 0:
            raise ArchiveLoadFailed(f"a head of more than {_MAX_HEAD:,} bytes")
        most = self.left if length is None else min(length, self.left)
        line: bytes = super().readline(most)  # type: ignore[no-untyped-call]
        self.left -= len(line)
        return line


class _Loader(ArcWarcRecordLoader):
    def __init__(self, reader: _BoundedReader) -> None:
        super().__init__(arc2warc=True, verify_http=False)  # type: ignore[no-untyped-call]
        self._reader = reader
        self.trouble: str | None = None
        self.endless = False

    def _ensure_target_uri_format(self, rec_headers: Any) -> str:
        """Asked of each record when its head was read."""
        length = rec_headers.get_header("Content-Length") or ""
        if not is_number(length.strip()):
            self.trouble = "it does not say how long it is"
            if not self._reader.decompressor:
                raise ArchiveLoadFailed(f"a record is broken: {self.trouble}")
            self.endless = True
        uri: str | None = super()._ensure_target_uri_format(rec_headers)  # type: ignore[no-untyped-call]
        return uri or ""

    def load_http_headers(self, rec_type: str, uri: str | None, stream: Any, length: Any) -> Any:
        try:
            return super().load_http_headers(rec_type, uri or "", stream, length)  # type: ignore[no-untyped-call]
        except EOFError:
            self.trouble = "it ends before its answer begins"
        except Exception as error:  # of any kind, and of this record only: its length is known
            self.trouble = f"the head of its answer cannot be read ({str(error)[:80]})"
        self._reader.left = _MAX_HEAD
        return None

    def wrap_digest_verifying_stream(
        self, stream: Any, rec_type: str, rec_headers: Any, digest_checker: Any, length: Any = None
    ) -> Any:
        names = ("WARC-Payload-Digest", "WARC-Block-Digest")
        told = [rec_headers.get_header(name) for name in names]
        if not all(_is_digest(digest) for digest in told if digest):
            digest_checker.problem("a digest that is none")
            return stream, False
        return super().wrap_digest_verifying_stream(  # type: ignore[no-untyped-call]
            stream, rec_type, rec_headers, digest_checker, length=length
        )


def _begins(line: bytes | None) -> bool:
    """Whether a line may be the first of a record: ARC's begin with an address."""
    return not line or line.startswith((b"WARC/", b"dns:")) or b"://" in line.partition(b" ")[0]


def is_number(told: str) -> bool:
    """Whether it is a number as these files have them: "²" is a digit, and none of these."""
    return told.isascii() and told.isdigit() and len(told) < _DIGITS


def _is_digest(told: str) -> bool:
    """Whether it can be compared with one: base 32, hex or base 64, told by its length."""
    kind, _, value = told.partition(":")
    try:
        usual = len(base64.b32encode(hashlib.new(kind).digest()))
        if len(value) > usual:
            base64.b16decode(value, casefold=True)
        elif len(value) < usual:
            base64.b64decode(value)
    except (TypeError, ValueError):
        return False
    return True
