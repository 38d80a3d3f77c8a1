"""One run of a backfill: article by article, memento by memento, a few in a transaction.

What is there is known by its archive and its time, so that a run which ended in the middle, however,
goes on where it was; of the articles of a source, those that are done are remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from variorum.model import OBSERVED_BY, Article, Fetched
from variorum.pipeline.backfill.given import NoMementoError, capture_given
from variorum.pipeline.backfill.service import Service, UnusableError, held_of, why_stop
from variorum.pipeline.clock import Clock
from variorum.pipeline.identity import article_at, find_article
from variorum.pipeline.late import remember_late, settle_late
from variorum.pipeline.path import CapturePath
from variorum.stages.fetch import PoliteFetcher
from variorum.stages.watch import Held, first_of_each, wanted
from variorum.store.archive import Archive
from variorum.store.records import Records
from variorum.store.warc import payload_digest

# Each costs a second of politeness at least: so little is fetched twice after a crash.
_BATCH = 8
# A service that fails so often in a row is not asked on.
_PATIENCE = 4
_SETTING = "backfill"
_ALL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which mementos are taken: from ``since`` to ``until``, at most ``limit`` in a run, with one of
    these statuses and media types (empty: any), and those that repeat the one before only with
    ``repeats``."""

    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None
    statuses: tuple[int, ...] = (200,)
    mimes: tuple[str, ...] = ("text/html", "application/xhtml+xml")
    repeats: bool = False


@dataclass(slots=True)
class Backfilled:
    """What a run came to. ``known`` were here already, ``repeats`` have the payload of the one
    before, ``left_out`` another status or type. ``stopped`` says why it ended before its end."""

    articles: int = 0
    captures: int = 0
    versions: int = 0
    known: int = 0
    repeats: int = 0
    left_out: int = 0
    problems: list[str] = field(default_factory=list)
    stopped: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


class Backfill:
    """Takes the past of articles from one service. ``tell`` is called after each memento."""

    def __init__(
        self,
        archive: Archive,
        path: CapturePath,
        fetcher: PoliteFetcher,
        service: Service,
        clock: Clock,
        which: Wanted | None = None,
        tell: Callable[[Backfilled], None] = lambda done: None,
    ) -> None:
        self.archive = archive
        self.path = path
        self.fetcher = fetcher
        self.service = service
        self.clock = clock
        self.which = which or Wanted()
        self.tell = tell
        self.done = Backfilled()
        self._origin = f"{OBSERVED_BY}{service.name}"
        self._failed_in_row = 0

    async def of_url(self, url: str) -> Backfilled:
        """The past of one page, known or not."""
        self._settle()
        await self._surely(url)
        return self.done

    async def of_source(self, number: int) -> Backfilled:
        """The past of every article of a source. Articles that an earlier run was done with, before
        it ended in the middle, are not asked for again."""
        self._settle()
        with self.archive.read() as records:
            articles = records.articles_of(number, limit=_ALL)
            mark = _Mark.of(records, self._key(number))
        for article in sorted(articles, key=lambda one: one.id):
            if mark.is_done(article.id):
                continue
            whole = await self._surely(article.url)
            if self.done.stopped or self._spent():
                return self.done
            mark.pass_by(article.id, whole=whole)
            with self.archive.write() as records:
                mark.keep(records)
        with self.archive.write() as records:
            mark.forget(records)
        return self.done

    def _settle(self) -> None:
        for number, error in settle_late(self.archive, self.path).items():
            self._problem(f"article {number}: its history could not be made anew ({error})")

    async def _surely(self, url: str) -> bool:
        """One article; whether everything that was wanted of it is here now."""
        before, versions = len(self.done.problems), self._versions(url)
        try:
            await self._article(url)
        except UnusableError as error:
            if error.gone_on:
                self._problem(f"{url}: {error}")
            else:
                self.done.stopped = str(error)
        finally:
            self._settle()
            self.done.versions += self._versions(url) - versions
        return not self.done.stopped and len(self.done.problems) == before

    async def _article(self, url: str) -> None:
        which = self.which
        listed = await held_of(self.fetcher, self.service, url, which.since, which.until)
        self._failed_in_row = 0
        self.done.articles += 1
        if listed.unread:
            self.done.problems.append(f"{url}: {listed.unread} lines of the index say nothing")
        right = [one for one in listed.held if wanted(one, which.statuses, which.mimes)]
        self.done.left_out += len(listed.held) - len(right)
        chosen = right if which.repeats else first_of_each(right)
        self.done.repeats += len(right) - len(chosen)
        missing = self._missing(url, chosen)
        self.done.known += len(chosen) - len(missing)
        batch: list[Fetched] = []
        try:
            for one in missing:
                if self._spent(len(batch)) or self.done.stopped:
                    break
                given = await self._given(one)
                batch += [given] if given is not None else []
                if len(batch) == _BATCH:
                    self._take(url, batch)
                    batch = []
        finally:  # what was given is kept, also where somebody stops the rest
            self._take(url, batch)

    def _versions(self, url: str) -> int:
        with self.archive.read() as records:
            article = find_article(records, url)
            return article.versions if article else 0

    def _missing(self, url: str, held: Sequence[Held]) -> list[Held]:
        with self.archive.read() as records:
            article = find_article(records, url)
            captures = records.captures(article.id) if article else []
        here = {c.time for c in captures if c.origin == self._origin}
        return [one for one in held if one.time not in here]

    async def _given(self, held: Held) -> Fetched | None:
        """The capture of a memento, None where the service did not give it."""
        place = self.service.memento(held)
        if place is None:
            self.done.problems.append(
                f"{held.uri}: nothing says how it is to be had as it was captured"
            )
            return None
        fetched = await self.fetcher.get(place)
        stop = why_stop(fetched, self.service)
        if stop:
            raise UnusableError(stop)
        try:
            capture = capture_given(fetched, held, self.service.name, self.clock())
        except NoMementoError as error:
            self._problem(f"{place}: {error}")
            return None
        self._failed_in_row = 0
        return capture

    def _problem(self, line: str) -> None:
        self.done.problems.append(line)
        self._failed_in_row += 1
        if self._failed_in_row >= _PATIENCE:
            self.done.stopped = f"{self.service.name} failed {_PATIENCE} times in a row"

    def _take(self, url: str, batch: Sequence[Fetched]) -> None:
        if not batch:
            return
        late: set[int] = set()
        with self.archive.write() as records:
            for fetched in batch:
                late |= self._take_one(records, url, fetched)
            remember_late(records, late)
            self.path.finish(records)
        self.tell(self.done)

    def _take_one(self, records: Records, url: str, fetched: Fetched) -> set[int]:
        article, _ = article_at(records, url, None, self.clock(), state="imported")
        if self._is_there(records, article, fetched):
            self.done.known += 1
            return set()
        taken = self.path.take(records, article, fetched, origin=self._origin)
        self.done.captures += 1
        return {taken.article} if taken.late else set()

    def _is_there(self, records: Records, article: Article, fetched: Fetched) -> bool:
        payload = fetched.body if fetched.raw is None else fetched.raw
        return records.capture_at(article.id, fetched.url, fetched.time, payload_digest(payload))

    def _spent(self, under_way: int = 0) -> bool:
        limit = self.which.limit
        return limit is not None and self.done.captures + under_way >= limit

    def _key(self, number: int) -> str:
        which = self.which
        span = "/".join("" if t is None else t.isoformat() for t in (which.since, which.until))
        return f"{self.service.name} {number} {span} {which.statuses} {which.mimes} {which.repeats}"


@dataclass(slots=True)
class _Mark:
    """How far a source has come: all articles up to ``after`` are done, but for ``failed``."""

    key: str
    after: int = 0
    failed: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, records: Records, key: str) -> _Mark:
        known = (records.setting(_SETTING) or {}).get(key)
        return cls(key, known["after"], set(known["failed"])) if known else cls(key)

    def is_done(self, number: int) -> bool:
        return number <= self.after and number not in self.failed

    def pass_by(self, number: int, *, whole: bool) -> None:
        self.after = max(self.after, number)
        if whole:
            self.failed.discard(number)
        else:
            self.failed.add(number)

    def keep(self, records: Records) -> None:
        known = records.setting(_SETTING) or {}
        told = {"after": self.after, "failed": sorted(self.failed)}
        records.set_setting(_SETTING, {**known, self.key: told})

    def forget(self, records: Records) -> None:
        known = records.setting(_SETTING) or {}
        records.set_setting(_SETTING, {k: v for k, v in known.items() if k != self.key})
