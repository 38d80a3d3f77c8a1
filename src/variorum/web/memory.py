"""Pages remembered as bytes for as long as the archive stands still, or what they were made of does."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from variorum.web.shelves import Shelf
    from variorum.web.witness import Told

# Bytes of pages kept, packed: some 6,000 pages of ordinary size.
_ROOM = 32_000_000
# What is noted of what a page was made of takes so many bytes, about.
_TOLD = 1_500
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


@dataclass(frozen=True, slots=True)
class Kept:
    """A page in memory: the mark of the archive that it was read at, or was found still true at, and
    what it was made of, where that was noted."""

    mark: Hashable | None
    body: Body
    told: Told | None

    @property
    def cost(self) -> int:
        """Bytes that it takes, about."""
        return len(self.body.packed()) + (0 if self.told is None else _TOLD)


class PageMemory:
    """Bodies by address, each under the mark of the archive that it was read at; beside them those
    that other processes made, where there is a ``shelf`` of theirs."""

    def __init__(self, room: int = _ROOM, shelf: Shelf | None = None) -> None:
        self._room = room
        self._shelf = shelf
        self._used = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, mark: Hashable | None) -> Body | None:
        """The page, if the archive still stands where it stood."""
        if mark is None:
            return None
        with self._lock:
            known = self._kept.get(key)
            if known is not None and known.mark == mark:
                self._kept.move_to_end(key)
                return known.body
        found = self._shelf.get(key, mark) if self._shelf else None
        if found is not None:
            # The same bytes can be made of the same as before.
            same = known is not None and known.body.tag == found.tag
            self._keep(key, Kept(mark, found, known.told if known and same else None))
        return found

    def older(self, key: Hashable) -> Kept | None:
        """The page as it was at another mark, where it was noted what it was made of."""
        with self._lock:
            known = self._kept.get(key)
        return known if known is not None and known.told is not None else None

    def put(
        self, key: Hashable, mark: Hashable | None, body: Body, told: Told | None = None
    ) -> None:
        """Keep a page; the least recently asked ones make room."""
        if mark is None and told is None:
            return
        self._keep(key, Kept(mark, body, told))
        if self._shelf is not None and mark is not None:
            self._shelf.put(key, mark, body)

    def _keep(self, key: Hashable, kept: Kept) -> None:
        kept = replace(kept, body=Body(kept.body.tag, None, kept.body.packed()))
        if kept.cost > self._room // 8:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._used += kept.cost - (before.cost if before else 0)
            self._kept[key] = kept
            while self._used > self._room:
                self._used -= self._kept.popitem(last=False)[1].cost
