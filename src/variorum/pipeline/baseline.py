"""Everything that a sitemap lists, little by little: its child lists are read a few at each ordinary
look, and what they list gets its first look in its turn, beside the looks at what is new.

How far it is stands with the source (``Walk``), written after each list in the same transaction as
what the list gave: a process that ends in between goes on with the next list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from variorum.model import Discovered, Source, SourceKind
from variorum.pipeline.identity import article_at
from variorum.pipeline.listing import Looked, trouble_of
from variorum.pipeline.planning import filter_of
from variorum.stages.fetch import PoliteFetcher
from variorum.stages.watch import discover
from variorum.store.records import Records

#: Articles written in one transaction.
SLICE = 500
# Lists read at one look at their index.
_AT_A_LOOK = 5
_TRIES = 3
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_DEPTH = 2
# An index names at most 5,000 lists, each of them may be an index.
_MOST_WAITING = 20_000
# Between the first looks at two articles: a third of what one host is asked at most.
_APART = timedelta(seconds=10)
# No more lists are read while the looks that are planned reach so far ahead.
_AHEAD = timedelta(days=2)
# A look is never planned further ahead than a clock is believed (see ``sequence``).
_FARTHEST = timedelta(days=50)
_REASON = "listed by its source; the first look comes in its turn"


@dataclass(frozen=True, slots=True)
class Walk:
    """How far it is. ``waiting`` are lists not read yet, as (URL, how deep, how often tried);
    ``until`` when the last look that it planned is made."""

    begun: bool = False
    waiting: tuple[tuple[str, int, int], ...] = ()
    read: int = 0
    failed: int = 0
    found: int = 0
    until: datetime = _NEVER

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Walk:
        """From a source's column; ``{}`` where it is to begin."""
        if not told:
            return cls()
        waiting = tuple((str(url), int(deep), int(tried)) for url, deep, tried in told["waiting"])
        until = datetime.fromtimestamp(told["until"], UTC)
        return cls(True, waiting, told["read"], told["failed"], told["found"], until)

    def to_dict(self) -> dict[str, Any]:
        told = {
            "waiting": [list(one) for one in self.waiting],
            "until": self.until.timestamp(),
        }
        return {**told, "read": self.read, "failed": self.failed, "found": self.found}


@dataclass(frozen=True, slots=True)
class ListRead:
    """One list of a walk, read: what it gave, and how far the walk is with that."""

    items: tuple[Discovered, ...]
    walk: Walk

    def slices(self) -> list[Sequence[Discovered]]:
        return [self.items[at : at + SLICE] for at in range(0, len(self.items), SLICE)] or [()]


def begun(source: Source, looked: Looked) -> Walk | None:
    """The walk of a source after an ordinary look at it; None where none is wanted."""
    if source.walk is None or source.kind is not SourceKind.SITEMAP or looked.problem:
        return None
    walk = Walk.of(source.walk)
    if walk.begun or looked.unmodified:
        return walk
    return Walk(begun=True, waiting=tuple((url, 1, 0) for url in looked.follow))


async def read_on(
    fetcher: PoliteFetcher, walk: Walk, now: datetime, stopping: Callable[[], bool]
) -> ListRead | None:
    """The next list of a walk, fetched and read; None where it is time for none."""
    if not walk.waiting or walk.until > now + _AHEAD or stopping():
        return None
    (url, deep, tried), *rest = walk.waiting
    fetched = await fetcher.get(url)
    listing = None if trouble_of(fetched) else discover(fetched, SourceKind.SITEMAP)
    if listing is None or listing.problem:
        again = tried + 1 < _TRIES
        waiting = (*rest, (url, deep, tried + 1)) if again else tuple(rest)
        return ListRead((), replace(walk, waiting=waiting, failed=walk.failed + (not again)))
    known = {one[0] for one in rest} | {url}
    deeper = [(u, deep + 1, 0) for u in listing.follow if u not in known] if deep < _DEPTH else []
    waiting = (*deeper, *rest)[:_MOST_WAITING]
    return ListRead(listing.items, replace(walk, waiting=waiting, read=walk.read + 1))


def add_listed(
    records: Records, source: Source, walk: Walk, items: Sequence[Discovered], now: datetime
) -> Walk:
    """Articles that a list gave, each new one with its place in the queue; the walk after that."""
    wanted = filter_of(source.wanted)
    until, found = walk.until, walk.found
    for item in items:
        if wanted is not None and wanted.refusal(item):
            continue
        article, new = article_at(records, item.url, source.id, now)
        if not new:
            continue
        until = min(max(until, now) + _apart(source), now + _FARTHEST)
        titled = {"headline": item.title} if item.title else {}
        records.update_article(article.id, next_check=until, next_reason=_REASON, **titled)
        found += 1
    return replace(walk, until=until, found=found)


def record_step(
    records: Records,
    number: int,
    walk: Walk,
    items: Sequence[Discovered],
    after: Walk | None,
    now: datetime,
) -> Walk | None:
    """Write down one step of a source's walk (see ``walk_on``); None where it is not wanted any
    more."""
    source = records.source(number)
    if source is None or source.walk is None:
        return None
    walk = add_listed(records, source, walk, items, now)
    if after is not None:
        walk = replace(after, until=walk.until, found=walk.found)
        records.update_source(number, walk=walk.to_dict())
    return walk


def _apart(source: Source) -> timedelta:
    """Where looks are bounded, half of them stay for what is new."""
    return _APART if source.looks is None else max(_APART, timedelta(hours=2) / source.looks)


async def walk_on(
    fetcher: PoliteFetcher,
    walk: Walk,
    clock: Callable[[], datetime],
    write: Callable[[Walk, Sequence[Discovered], Walk | None], Any],
    stopping: Callable[[], bool],
) -> None:
    """Read a few lists more. ``write`` is given the walk so far, articles that it gave, and with the
    last ones of a list the walk with that list read; it gives back the walk (None: to stop)."""
    for _ in range(_AT_A_LOOK):
        read = await read_on(fetcher, walk, clock(), stopping)
        if read is None:
            return
        slices = read.slices()
        for number, items in enumerate(slices, 1):
            written = await write(walk, items, read.walk if number == len(slices) else None)
            if written is None:
                return
            walk = written
