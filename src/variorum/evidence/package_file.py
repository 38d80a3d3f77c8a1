"""A WACZ package read without trust: nothing is unpacked under a name of its own, sizes are capped,
and what its list of contents says is checked before anything is used."""

from __future__ import annotations

import hashlib
import json
import mmap
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from variorum.evidence.container import BROKEN
from variorum.evidence.package import DIGEST, PACKAGE

_MOST_FILES = 10_000
_LARGEST_LIST = 64_000_000
# Text compresses 5 to 60 times; a package of 60 times its own size is no package.
_RATIO = 200
_RATIO_FROM = 64_000_000
_LARGEST_LINE = 64_000_000
_CHUNK = 1 << 20
_ZIP = b"PK\x03\x04"
_OWN, _FOLDERS = (PACKAGE, DIGEST), ("archive/", "evidence/")


class PackageError(ValueError):
    """A package that cannot be used, in one line."""


def is_package(path: Path) -> bool:
    """Whether a file may have been a package once, however damaged it is: it begins as a ZIP does, and if
    its list of files can be read, that names a file of a package. Raises OSError."""
    with path.open("rb") as file:
        if file.read(len(_ZIP)) != _ZIP:
            return False
    try:
        with zipfile.ZipFile(path) as found:
            return any(name in _OWN or name.startswith(_FOLDERS) for name in found.namelist())
    except BROKEN:
        return True


class PackageFile:
    """The package at ``path``. Raises PackageError where it is none, or not to be touched."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except BROKEN as error:
            raise PackageError(f"not a ZIP file ({error})") from error
        try:
            self._files = _listed(self._zip)
            self.package = self._json(PACKAGE)
            self.resources = _resources(self.package)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> PackageFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        return list(self._files)

    def has(self, name: str) -> bool:
        return name in self._files

    def size(self, name: str) -> int:
        return self._files[name].file_size

    def open(self, name: str) -> IO[bytes]:
        """One file's bytes, as a stream. Raises PackageError where it is not there."""
        info = self._files.get(name)
        if info is None:
            raise PackageError(f"{name} is missing")
        try:
            return self._zip.open(info)
        except BROKEN as error:
            raise PackageError(f"{name} cannot be read ({error})") from error

    def read(self, name: str, most: int = _LARGEST_LIST) -> bytes:
        """A small file's bytes. Raises PackageError, also where it is larger than ``most``."""
        if self.has(name) and self.size(name) > most:
            raise PackageError(f"{name} has {self.size(name):,} bytes: more than it can have")
        return b"".join(self._chunks(name))

    @contextmanager
    def mapped(self, name: str) -> Iterator[memoryview]:
        """The bytes of a file that is stored, not compressed, without reading them into memory.
        Raises PackageError."""
        info = self._files.get(name)
        if info is None or info.compress_type != zipfile.ZIP_STORED or not info.file_size:
            raise PackageError(f"{name} is missing, empty or compressed")
        with (
            self.path.open("rb") as file,
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole,
        ):
            lengths = whole[info.header_offset + 26 : info.header_offset + 30]
            if len(lengths) < 4:
                raise PackageError(f"{name} does not lie where the package says")
            start = info.header_offset + 30 + sum(struct.unpack("<2H", lengths))
            with memoryview(whole) as view, view[start : start + info.file_size] as data:
                yield data

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """The objects of a file of JSON lines. Raises PackageError."""
        with self.open(name) as file:
            number = 0
            while line := _line(file, name):
                number += 1
                try:
                    value = json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise PackageError(f"{name}, line {number}: not JSON ({error})") from None
                if not isinstance(value, dict):
                    raise PackageError(f"{name}, line {number}: not an object")
                yield value

    def difference(self, name: str) -> str | None:
        """Why a file is not what the list of contents says, None where it is."""
        told = self.resources.get(name)
        if told is None:
            return "not in the list of contents"
        kind, _, wanted = str(told.get("hash", "")).partition(":")
        if kind != "sha256":
            return "its hash is no SHA-256"
        digest, size = hashlib.sha256(), 0
        try:
            for chunk in self._chunks(name):
                digest.update(chunk)
                size += len(chunk)
        except PackageError as error:
            return str(error)
        if size != told.get("bytes") or digest.hexdigest() != wanted:
            return "not what the list of contents says: altered or damaged"
        return None

    def digest(self) -> dict[str, Any]:
        """``datapackage-digest.json``, empty where there is none. Raises PackageError."""
        return self._json(DIGEST) if self.has(DIGEST) else {}

    def package_hash(self) -> str:
        return f"sha256:{hashlib.sha256(self.read(PACKAGE)).hexdigest()}"

    def _json(self, name: str) -> dict[str, Any]:
        try:
            value = json.loads(self.read(name))
        except (ValueError, RecursionError) as error:
            if isinstance(error, PackageError):
                raise
            raise PackageError(f"{name}: not JSON ({error})") from None
        if not isinstance(value, dict):
            raise PackageError(f"{name}: not an object")
        return value

    def _chunks(self, name: str) -> Iterator[bytes]:
        with self.open(name) as file:
            try:
                while chunk := file.read(_CHUNK):
                    yield chunk
            except BROKEN as error:
                raise PackageError(f"{name} cannot be read ({error})") from error


def _listed(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > _MOST_FILES:
        raise PackageError(f"{len(infos):,} files: more than a package has")
    files: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise PackageError(f"a name that leads out of the package: {name[:80]!r}")
        if name in files:
            raise PackageError(f"two files of one name: {name[:80]!r}")
        if info.file_size > max(_RATIO_FROM, info.compress_size * _RATIO):
            raise PackageError(f"{name[:80]!r} unpacks to {info.file_size:,} bytes: a bomb")
        files[name] = info
    return files


def _resources(package: dict[str, Any]) -> dict[str, dict[str, Any]]:
    told = package.get("resources")
    if not isinstance(told, list):
        raise PackageError(f"{PACKAGE}: no list of contents")
    found: dict[str, dict[str, Any]] = {}
    for one in told:
        if not isinstance(one, dict) or not isinstance(one.get("path"), str):
            raise PackageError(f"{PACKAGE}: a list of contents that says nothing")
        if one["path"] in found:
            raise PackageError(f"{PACKAGE}: {one['path'][:80]!r} is listed twice")
        found[one["path"]] = one
    return found


def _line(file: IO[bytes], name: str) -> bytes:
    try:
        line = file.readline(_LARGEST_LINE)
    except BROKEN as error:
        raise PackageError(f"{name} cannot be read ({error})") from error
    if len(line) == _LARGEST_LINE:
        raise PackageError(f"{name}: a line without end")
    return line
