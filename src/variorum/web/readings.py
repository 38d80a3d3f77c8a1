"""Work done on versions, remembered: collations, claims, who brought which sentence.

Keys are the Documents themselves, so that a history that is made anew is never shown from memory.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from variorum.model import Claim, ClaimChange, Collation, Document
from variorum.pipeline.upset import unless_upset
from variorum.store.records import Records
from variorum.web.recorded import recorded_changes
from variorum.web.witness import digest, unwitnessed, witness_here

if TYPE_CHECKING:
    from variorum.stages.publish.render_layout import Layout

T = TypeVar("T")

# Characters of text whose results are kept: about 300 comparisons of ordinary stories, which with
# their collations came to some 150 MB at worst and usually far less.
_ROOM = 4_000_000
# Articles from which on counts over all of them take more than a millisecond.
_LARGE = 1_000
# Seconds for which a count is good.
_SECONDS = 5
# Counts that are remembered; each is a number or a list of hosts.
_MOST_COUNTS = 1_000


def _named(document: Document) -> str:
    return f"“{document.headline or document.url}”"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two Documents with what differs between them."""

    old: Document
    new: Document
    collation: Collation
    claims: tuple[ClaimChange, ...]
    layout: Layout
    #: a digest of the claim changes as the archive recorded them, None where it did not
    recorded: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Count:
    """A count, the mark of the archive that it was counted at, and what it is good for after that."""

    mark: Hashable
    state: Hashable
    value: Any


class Readings:
    """Results of pure functions over Documents, the least recently used forgotten first."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._used = 0
        self._kept: OrderedDict[Hashable, tuple[int, Any]] = OrderedDict()
        self._counts: OrderedDict[Hashable, _Count] = OrderedDict()
        self._lock = threading.Lock()

    def compared(
        self, old: Document, new: Document, known: Sequence[Mapping[str, Any]] | None = None
    ) -> Compared:
        """The collation and the claim changes from ``old`` to ``new``; ``known`` are these as the
        archive recorded them, where it did."""
        from variorum.stages.claims import compare_claims
        from variorum.stages.collate import collate_documents
        from variorum.stages.publish.render_layout import lay_out

        def work() -> Compared:
            collation = collate_documents(old, new)
            claims = None if known is None else recorded_changes(known, old, new)
            if claims is None:
                found = unless_upset(_named(new), lambda: compare_claims(old, new, collation))
                claims = tuple(found or ())
            return Compared(old, new, collation, claims, lay_out(collation, old, new), recorded)

        recorded = None if known is None else digest(known)
        key = ("compared", old, new, recorded)
        return self.remembered(key, len(old.text) + len(new.text), work)

    def claims(self, document: Document) -> tuple[Claim, ...]:
        """The attributed statements of a Document."""
        from variorum.stages.claims import find_claims

        def work() -> tuple[Claim, ...]:
            return tuple(unless_upset(_named(document), lambda: find_claims(document)) or ())

        return self.remembered(("claims", document), len(document.text), work)

    def blame(self, documents: Sequence[Document]) -> Any:
        """Which version brought each sentence, over a history given oldest first."""
        from variorum.stages.collate import blame

        key = ("blame", tuple(documents))
        return self.remembered(key, sum(len(d.text) for d in documents), lambda: blame(documents))

    def counts(self, records: Records) -> dict[str, int]:
        """How many articles, versions and looks there are."""
        return self.standing(records, "counts", Records.counts)

    def hosts(self, records: Records) -> list[tuple[str, int]]:
        """(host, number of articles), most articles first."""
        return self.standing(records, "hosts", Records.hosts)

    def titles(self, records: Records) -> dict[str, str]:
        """What each host calls itself."""
        return self.standing(records, "titles", Records.source_titles)

    def standing(self, records: Records, name: Hashable, work: Callable[[Records], T]) -> T:
        """A count over the whole archive. In a large one that is written to it is counted again after
        each change and new article, else every few seconds only: it takes longer than all the rest
        of a page."""
        with unwitnessed(records) as apart:
            value = self._standing(apart, name, work)
        witness = witness_here()
        if witness is not None:
            witness.stands(name, work, value)
        return value

    def _standing(self, records: Records, name: Hashable, work: Callable[[Records], T]) -> T:
        with self._lock:
            known = self._counts.get(name)
        # Nothing was written since it was counted: not even that has to be asked.
        if known is not None and known.mark is not None and known.mark == records.mark:
            exact: T = known.value
            return exact
        large = records.extent[0] >= _LARGE
        state = (records.extent, records.reshaped, int(time.monotonic() // _SECONDS))
        if large and known is not None and known.state == state:
            recent: T = known.value
            return recent
        value = work(records)
        with self._lock:
            self._counts[name] = _Count(records.mark, state, value)
            self._counts.move_to_end(name)
            while len(self._counts) > _MOST_COUNTS:
                self._counts.popitem(last=False)
        return value

    def counted(
        self, records: Records, key: Hashable, cost: int, work: Callable[[Records], T]
    ) -> T:
        """What ``work`` reads, under a key that is other whenever that would be."""
        with unwitnessed(records) as apart:
            return self.remembered(key, cost, lambda: work(apart))

    def remembered(self, key: Hashable, cost: int, work: Callable[[], T]) -> T:
        """What ``work`` gives, from memory where it was done before. Two threads may do the same
        work at once; neither waits for the other."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                known: T = self._kept[key][1]
                return known
        result = work()
        if cost <= self._room // 4:
            with self._lock:
                if key not in self._kept:
                    self._kept[key] = (cost, result)
                    self._used += cost
                while self._used > self._room:
                    self._used -= self._kept.popitem(last=False)[1][0]
        return result
