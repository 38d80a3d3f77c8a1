"""Pages remembered as bytes for as long as the archive stands still."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from variorum.web.shelves import Shelf

# Bytes of pages kept, packed: some 6,000 pages of ordinary size.
_ROOM = 32_000_000
# Of the nine steps the quickest: half a millisecond for a page, which becomes a fifth of its size.
_LEVEL = 1


@dataclass(frozen=True, slots=True)
class Body:
    """A page as it is sent, with its ETag: plain, packed (gzip), or both; never neither."""

    tag: str
    data: bytes | None = None
    zipped: bytes | None = None

    @classmethod
    def of(cls, data: bytes) -> Body:
        return cls(f'W/"{hashlib.sha256(data).hexdigest()[:24]}"', data)

    def plain(self) -> bytes:
        return gzip.decompress(self.packed()) if self.data is None else self.data

    def packed(self) -> bytes:
        if self.zipped is not None:
            return self.zipped
        return gzip.compress(self.plain(), _LEVEL, mtime=0)

    def both(self) -> Body:
        """The same, packed and plain."""
        return Body(self.tag, self.plain(), self.packed())


class PageMemory:
    """Bodies by address, each under the mark of the archive that it was read at; beside them those
    that other processes made, where there is a ``shelf`` of theirs."""

    def __init__(self, room: int = _ROOM, shelf: Shelf | None = None) -> None:
        self._room = room
        self._shelf = shelf
        self._used = 0
        self._kept: OrderedDict[Hashable, tuple[Hashable, Body]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, mark: Hashable | None) -> Body | None:
        """The page, if the archive still stands where it stood."""
        if mark is None:
            return None
        with self._lock:
            known = self._kept.get(key)
            if known is not None and known[0] == mark:
                self._kept.move_to_end(key)
                return known[1]
        found = self._shelf.get(key, mark) if self._shelf else None
        if found is not None:
            self._keep(key, mark, found)
        return found

    def put(self, key: Hashable, mark: Hashable | None, body: Body) -> None:
        """Keep a page; the least recently asked ones make room."""
        if mark is None:
            return
        self._keep(key, mark, body)
        if self._shelf is not None:
            self._shelf.put(key, mark, body)

    def _keep(self, key: Hashable, mark: Hashable, body: Body) -> None:
        packed = body.packed()
        if len(packed) > self._room // 8:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._used += len(packed) - (len(before[1].packed()) if before else 0)
            self._kept[key] = (mark, Body(body.tag, None, packed))
            while self._used > self._room:
                self._used -= len(self._kept.popitem(last=False)[1][1].packed())
