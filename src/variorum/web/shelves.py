"""Memory in which processes that answer side by side find the pages that the others made.

Each process writes to a part of its own and reads those of all. Nobody waits for anybody: what is
read while it is overwritten does not fit its seal, and counts as not there. The seal is made with
the address of the page and the mark of the archive, so that no page can be taken for another one,
nor for a newer one. The memory has no name, and is gone with the last process that holds it.
"""

from __future__ import annotations

import mmap
import os
import struct
import tempfile
from collections.abc import Callable, Hashable
from hashlib import blake2b
from multiprocessing.reduction import DupFd

from variorum.web.memory import Body

# Seal, place and length of a page.
_SLOT = struct.Struct("<16sQI")
# Places of pages in a part; two pages of the same place are not kept both.
_SLOTS = 8_192
_HEAD = _SLOTS * _SLOT.size
# Bytes of packed pages in a part, some 3,000 of them.
_ROOM = 16_000_000
_PART = _HEAD + _ROOM


class Shelves:
    """The memory as a whole: ``parts`` of 16 MB each, which take room as they fill. It can be handed
    to a process that is being spawned."""

    def __init__(self, parts: int, descriptor: int | None = None) -> None:
        self._parts = parts
        self._descriptor = _nameless(parts * _PART) if descriptor is None else descriptor
        self._memory = mmap.mmap(self._descriptor, parts * _PART)

    def part(self, own: int) -> Shelf:
        """The memory as process ``own`` sees it."""
        return Shelf(self._memory, self._parts, own)

    def __reduce__(self) -> tuple[Callable[..., Shelves], tuple[int, object]]:
        return _received, (self._parts, DupFd(self._descriptor))


class Shelf:
    """The memory as one process sees it."""

    def __init__(self, memory: mmap.mmap, parts: int, own: int) -> None:
        self._memory = memory
        self._start = own * _PART
        self._others = [n * _PART for n in range(parts) if n != own]
        self._next = 0

    def get(self, key: Hashable, mark: Hashable) -> Body | None:
        """The page, where another process made it under the same mark."""
        name = _name(key, mark)
        for start in self._others:
            seal, place, length = _SLOT.unpack_from(self._memory, start + _slot(name))
            if 0 < length <= _ROOM - place:
                at = start + _HEAD + place
                data = self._memory[at : at + length]
                if _seal(name, data) == seal:
                    tag, _, packed = data.partition(b"\n")
                    return Body(tag.decode("ascii"), None, packed)
        return None

    def put(self, key: Hashable, mark: Hashable, body: Body) -> None:
        """Show a page to the others; it takes the room of the oldest ones."""
        data = b"%s\n%s" % (body.tag.encode("ascii"), body.packed())
        if len(data) > _ROOM // 8:
            return
        if self._next + len(data) > _ROOM:
            self._next = 0
        name = _name(key, mark)
        at = self._start + _HEAD + self._next
        self._memory[at : at + len(data)] = data
        slot = self._start + _slot(name)
        _SLOT.pack_into(self._memory, slot, _seal(name, data), self._next, len(data))
        self._next += len(data)


def _name(key: Hashable, mark: Hashable) -> bytes:
    return blake2b(repr((key, mark)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _seal(name: bytes, data: bytes) -> bytes:
    return blake2b(data, digest_size=16, key=name).digest()


def _slot(name: bytes) -> int:
    return int.from_bytes(name[:8], "big") % _SLOTS * _SLOT.size


def _nameless(size: int) -> int:
    """A descriptor of memory that no other program can open."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("variorum-pages")
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, size)
    return descriptor


def _received(parts: int, given: object) -> Shelves:
    return Shelves(parts, given.detach())  # type: ignore[attr-defined]
