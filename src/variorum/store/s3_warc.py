"""WARC files of an archive that several processes write to, in an S3-compatible store.

An object cannot be appended to, so the file that a process writes to lies in the directory of captures,
as it does without a store. When it is full, or its process has ended, it is brought to the bucket under
its name, and goes from the directory. Whatever is asked for is looked for here first, then there: what
the log says of a file's bytes is the same in both places.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from variorum.store.errors import ArchiveError
from variorum.store.shared_warc import SharedWarcStore, taken
from variorum.text.told import in_one_line

log = logging.getLogger(__name__)

#: The object that says whose captures are under a prefix.
MARK = "archive-id"
# A file this long is brought away: objects of a size that is read whole in seconds.
_SHIPPED_AT = 64 << 20
# Objects kept on this machine after they were read whole, by bytes: verify and export come back to
# the one they were at.
_KEPT = 256 << 20
_NOT_FOUND = frozenset({"404", "NoSuchKey", "NotFound"})


class StoreError(OSError):
    """The store did not do what it was asked for; the text is one plain line."""


class Bucket:
    """One prefix of one bucket. Every failure is a StoreError, FileNotFoundError where the object
    is missing. Address, region and credentials are found as boto3 finds them (environment, profile,
    the machine's role); ``AWS_ENDPOINT_URL`` names a store that is not Amazon's."""

    def __init__(self, place: str) -> None:
        parts = urlsplit(place)
        if parts.scheme != "s3" or not parts.netloc or parts.query:
            raise ArchiveError(f"'{place}' is no place for captures: write s3://bucket/prefix")
        if find_spec("boto3") is None:
            raise ArchiveError("captures in S3 need boto3: pip install 'variorum[s3]'")
        self.place = place
        self.name = parts.netloc
        self.prefix = parts.path.strip("/")
        self._errors: tuple[type[Exception], ...] = (
            import_module("botocore.exceptions").BotoCoreError,
            import_module("botocore.exceptions").ClientError,
            import_module("boto3.exceptions").Boto3Error,
        )
        config = import_module("botocore.config").Config(
            connect_timeout=10, read_timeout=60, retries={"mode": "standard", "max_attempts": 4}
        )
        session = import_module("boto3.session").Session()
        with self._told("reached"):
            self._client: Any = session.client("s3", config=config)

    def put(self, name: str, path: Path) -> None:
        """Store a file whole, in parts where it is large; what the store has is compared."""
        with self._told(f"given {name}"), path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            self._client.upload_file(
                str(path),
                self.name,
                self._key(name),
                ExtraArgs={"Metadata": {"sha256": digest}, "ChecksumAlgorithm": "SHA256"},
            )
            told = self._client.head_object(Bucket=self.name, Key=self._key(name))
        if told["ContentLength"] != path.stat().st_size:
            raise StoreError(5, f"{self.place} has {told['ContentLength']} bytes of {name}")

    def write_mark(self, text: str) -> None:
        """Say whose captures these are."""
        with self._told("written to"):
            self._client.put_object(Bucket=self.name, Key=self._key(MARK), Body=text.encode())

    def mark(self) -> str | None:
        try:
            return self.get(MARK).decode("utf-8", "replace").strip()
        except FileNotFoundError:
            return None

    def get(self, name: str, start: int = 0, length: int | None = None) -> bytes:
        """The bytes of an object, or ``length`` of them from ``start`` on, as far as there are."""
        if length == 0:
            return b""
        span = {} if length is None else {"Range": f"bytes={start}-{start + length - 1}"}
        with self._told(f"asked for {name}"):
            answer = self._client.get_object(Bucket=self.name, Key=self._key(name), **span)
            body: bytes = answer["Body"].read()
        return body

    def fetch(self, name: str, target: Path) -> None:
        with self._told(f"asked for {name}"):
            self._client.download_file(self.name, self._key(name), str(target))

    def sizes(self) -> dict[str, int]:
        """Every object under the prefix, by what follows it."""
        found: dict[str, int] = {}
        with self._told("listed"):
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.name, Prefix=self._key("")):
                for item in page.get("Contents", ()):
                    found[item["Key"][len(self._key("")) :]] = item["Size"]
        return found

    def _key(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            code = str(getattr(error, "response", {}).get("Error", {}).get("Code", ""))
            if code in _NOT_FOUND:
                raise FileNotFoundError(2, f"nothing of that name in {self.place}") from error
            if code == "InvalidRange":
                raise FileNotFoundError(2, "its object ends before that") from error
            why = in_one_line(error)
            raise StoreError(5, f"{self.place} cannot be {what}: {why}") from error


class S3WarcStore(SharedWarcStore):
    """As :class:`SharedWarcStore`; files that nobody writes to any more are in a bucket."""

    def __init__(self, directory: Path, bucket: Bucket) -> None:
        super().__init__(directory)
        self.rotate_at = _SHIPPED_AT
        self.bucket = bucket
        self._spool: tempfile.TemporaryDirectory[str] | None = None
        self._kept: OrderedDict[str, int] = OrderedDict()
        self._keeping = threading.Lock()
        self._acknowledged: Callable[[str], int] | None = None
        self._full = False

    def settle(self) -> None:
        super().settle()
        if self._full:
            self._full = False
            self.ship()

    def repair_all(self, acknowledged: Callable[[str], int]) -> list[str]:
        self._acknowledged = acknowledged
        done = super().repair_all(acknowledged)
        self.ship()
        return done

    def ship(self) -> list[str]:
        """Bring files that nobody has open to the bucket; returns which. While the bucket cannot be
        had, they stay where they are, and are as good there."""
        shipped: list[str] = []
        if self._acknowledged is None:
            return shipped
        for path in sorted(self.directory.glob("*.warc.gz")):
            try:
                shipped += [path.name] * self._shipped(path, self._acknowledged)
            except OSError as error:
                log.warning("%s stays in the directory of captures: %s", path.name, error)
        return shipped

    def _shipped(self, path: Path, acknowledged: Callable[[str], int]) -> bool:
        if path.name == self._name and self._file is not None:
            return False
        with path.open("rb") as file:
            if not taken(file) or not path.exists():
                return False
            length = acknowledged(path.name)
            if not length or path.stat().st_size != length:
                return False  # something is left to repair
            self.bucket.put(path.name, path)
            path.unlink()
        return True

    def member(self, name: str, offset: int, length: int) -> bytes:
        try:
            return super().member(name, offset, length)
        except FileNotFoundError:
            return self.bucket.get(name, offset, length)

    def path(self, name: str) -> Path:
        """The file as one of this machine; one that comes from the bucket is kept for a while."""
        own = self.directory / name
        if own.parent != self.directory:
            raise FileNotFoundError(2, "no name of a WARC file")
        if own.exists():
            return own
        with self._keeping:
            if self._spool is None:
                self._spool = tempfile.TemporaryDirectory(prefix="variorum-s3-")
            target = Path(self._spool.name) / name
            if not target.exists():
                part = target.with_name(f"{name}.part")
                self.bucket.fetch(name, part)
                part.replace(target)
                self._kept[name] = target.stat().st_size
                self._make_room(target)
            return target

    def size(self, name: str) -> int | None:
        """Of a file in the directory; the others are compared when they are brought away."""
        return super().size(name) if (self.directory / name).exists() else None

    def sizes(self) -> dict[str, int]:
        there = self.bucket.sizes()
        return {**{n: s for n, s in there.items() if "/" not in n and n != MARK}, **super().sizes()}

    def close(self) -> None:
        super().close()
        self.ship()
        if self._spool is not None:
            self._spool.cleanup()

    def _open(self) -> BinaryIO:
        before = self._file
        opened = super()._open()
        self._full |= before is not None and opened is not before
        return opened

    def _make_room(self, newest: Path) -> None:
        while sum(self._kept.values()) > _KEPT and next(iter(self._kept)) != newest.name:
            name, _ = self._kept.popitem(last=False)
            newest.with_name(name).unlink(missing_ok=True)


def shared_store(directory: Path, place: str | None) -> SharedWarcStore:
    """The WARC files of a shared archive: in its directory, or where ``place`` (s3://…) says."""
    if place is None:
        return SharedWarcStore(directory / "warc")
    return S3WarcStore(directory / "warc", Bucket(place))
