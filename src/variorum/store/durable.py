"""Files that are there whole or not at all, and still there after the machine has stopped.

The order is the same everywhere: a file is written under another name, its bytes are synced, it takes
its name, and the directory that now names it is synced. A stop between any two of these leaves the
old file or the new one, never half of one; what may be left of it is ``NAME.part``.
"""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

_FOR_EVERYBODY, _FOR_ITS_OWNER = 0o666, 0o600
# What is answered where a directory cannot be synced at all, or not be read by whoever writes to it;
# there is nothing else to be done then.
_CANNOT = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES})


@contextmanager
def whole(path: Path, *, private: bool = False, tag: str = "") -> Iterator[BinaryIO]:
    """A file to write, which is at ``path`` once the block has ended, in place of what was there.
    When the block raises nothing has changed. ``private``: only its owner may read it. ``tag`` keeps
    writers apart who may write the same file at the same time. Raises OSError."""
    part = part_of(path, tag)
    try:
        with _opened(part, private=private) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _take_name(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def whole_text(path: Path) -> Iterator[TextIO]:
    """The same for text: UTF-8, with a question mark for what that cannot hold."""
    with whole(path) as file:
        text = io.TextIOWrapper(file, "utf-8", errors="replace", newline="\n")
        try:
            yield text
        finally:
            text.detach()  # flushes, and leaves the file to be synced


def write_whole(path: Path, data: bytes, *, private: bool = False, tag: str = "") -> None:
    """A file of these bytes. Raises OSError."""
    with whole(path, private=private, tag=tag) as file:
        file.write(data)


def write_parts(path: Path, parts: Iterable[str]) -> None:
    """A text file that comes in parts. Raises OSError."""
    with whole_text(path) as file:
        file.writelines(parts)


@contextmanager
def made(path: Path, *, tag: str = "") -> Iterator[Path]:
    """The same for a file that a library writes, under the name that the block is given."""
    part = part_of(path, tag)
    part.unlink(missing_ok=True)
    try:
        yield part
        put(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


@contextmanager
def made_folder(path: Path) -> Iterator[Path]:
    """The same for a folder, which the block is given empty and fills; nothing may be at ``path``."""
    part = part_of(path)
    shutil.rmtree(part, ignore_errors=True)
    make_directory(part)
    try:
        yield part
        for folder, _, names in os.walk(part):
            for name in names:
                _sync(Path(folder) / name)
            sync_directory(Path(folder))
        part.rename(path)
        sync_directory(path.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def put(written: Path, path: Path) -> None:
    """A file that was written elsewhere on the same file system takes its name. Raises OSError."""
    _sync(written)
    _take_name(written, path)


def rename(old: Path, new: Path) -> None:
    """Give what is there already another name; its bytes are left as they are. Raises OSError."""
    _take_name(old, new)
    if old.parent != new.parent:
        sync_directory(old.parent)


def copy(source: Path, target: Path, start: int, end: int, chunk: int = 1 << 20) -> None:
    """The bytes ``[start, end)`` of a file, as a file of their own with its permissions; held in
    memory a portion at a time. Raises OSError."""
    with source.open("rb") as reader, whole(target, private=True) as writer:
        shutil.copymode(source, part_of(target))
        reader.seek(start)
        while start < end and (data := reader.read(min(chunk, end - start))):
            writer.write(data)
            start += len(data)


def make_directory(path: Path) -> None:
    """A directory and those above it, each named durably in the one above. Raises OSError."""
    if path.is_dir():
        return
    make_directory(path.parent)
    path.mkdir(exist_ok=True)
    sync_directory(path.parent)


def sync_directory(path: Path) -> None:
    """Make durable which names a directory has. Raises OSError."""
    try:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise


def part_of(path: Path, tag: str = "") -> Path:
    """The name that a file has while it is written."""
    return path.with_name(f"{path.name}.{tag}.part" if tag else f"{path.name}.part")


def _opened(part: Path, *, private: bool) -> BinaryIO:
    """The part file, new and empty: what an earlier writer left may be readable by others."""
    mode = _FOR_ITS_OWNER if private else _FOR_EVERYBODY
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        handle = os.open(part, how, mode)
    except FileExistsError:
        part.unlink(missing_ok=True)
        handle = os.open(part, how, mode)
    return os.fdopen(handle, "wb")


def _take_name(part: Path, path: Path) -> None:
    part.replace(path)
    sync_directory(path.parent)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
