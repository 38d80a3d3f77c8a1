"""Items into the archive, each as an attempt of its own: what goes wrong with one is told with its
place, and undone alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from variorum.model import Article, DecisionKind, Fetched
from variorum.model.times import parse_iso
from variorum.pipeline.bodies import body_of
from variorum.pipeline.clock import Clock
from variorum.pipeline.identity import article_at, find_article
from variorum.pipeline.importing.items import (
    FetchedItem,
    Item,
    Place,
    Problem,
    RevisitItem,
    Skipped,
    TextItem,
)
from variorum.pipeline.importing.wacz import ToldItem, take_told
from variorum.pipeline.path import Brought, CapturePath
from variorum.store.records import Records
from variorum.store.warc import payload_digest
from variorum.text.told import in_one_line

# Years of four digits: the times in WARC files have no others.
_FIRST_YEAR = 1000
_LONG_AGO = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC)
_WITHIN = timedelta(milliseconds=999)


@dataclass(slots=True)
class Report:
    """What an import came to. ``known`` captures were there already."""

    captures: int = 0
    versions: int = 0
    articles: int = 0
    known: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)

    def to_dict(self) -> dict[str, object]:
        return {
            "captures": self.captures,
            "versions": self.versions,
            "articles": self.articles,
            "known": self.known,
            "skipped": self.skipped,
            "problems": [{"path": p.path, "where": p.where, "why": p.why} for p in self.problems],
        }


class UntakenError(ValueError):
    """Why an item cannot be taken, in one line."""


class Taking:
    """Takes items within one transaction. ``late`` are the articles whose captures came after newer
    ones."""

    def __init__(self, path: CapturePath, records: Records, clock: Clock, report: Report) -> None:
        self._path = path
        self._records = records
        self._clock = clock
        self._report = report
        self.late: set[int] = set()

    def take(self, item: Item) -> None:
        """Put one item into the archive, or say in the report why not. A database or a disk that fails
        is not survived here."""
        if isinstance(item, Problem):
            self._report.problems.append(item)
        elif isinstance(item, Skipped):
            self._report.skipped += 1
        else:
            with self._records.attempt() as attempt:
                self._take(item)
            if attempt.error is not None:
                self._report.problems.append(_untaken(item.place, attempt.error))

    def _take(self, item: FetchedItem | RevisitItem | TextItem | ToldItem) -> None:
        if isinstance(item, TextItem):
            _need_fit(item.brought)
            self._take_text(item)
            return
        _need_fit(item.fetched)
        if isinstance(item, ToldItem):
            self._take_told(item)
        elif isinstance(item, RevisitItem):
            self._take_fetched(self._revisited(item), item.origin)
        else:
            self._take_fetched(item.fetched, item.origin)

    def _take_fetched(self, fetched: Fetched, origin: str) -> None:
        records = self._records
        if fetched.status != 200 and find_article(records, fetched.url) is None:
            self._report.skipped += 1  # an error page of something that is no article here
            return
        article, new = article_at(records, fetched.url, None, self._clock(), state="imported")
        digest = payload_digest(fetched.body if fetched.raw is None else fetched.raw)
        if not new and records.capture_at(article.id, fetched.url, fetched.time, digest):
            self._report.known += 1
            return
        taken = self._path.take(records, article, fetched, origin=origin)
        made = taken.judged.decision.kind.makes_version
        self._count(taken.article, new=new, made=made, late=taken.late)

    def _take_told(self, item: ToldItem) -> None:
        taken = take_told(self._path, self._records, item, self._clock())
        if taken is None:
            self._report.known += 1
        else:
            self._count(taken.article, new=taken.new, made=taken.version, late=taken.late)

    def _take_text(self, item: TextItem) -> None:
        records, brought = self._records, item.brought
        article, new = article_at(records, brought.url, None, self._clock(), state="imported")
        if not new and records.has_payload(article.id, payload_digest(brought.data)):
            self._report.known += 1
            return
        if not _follows(brought, article):
            brought = replace(brought, decision=None)
        taken = self._path.take_text(records, article, brought)
        made = taken.judged.decision.kind.makes_version
        if item.last_seen is not None and made and taken.judged.attested is not None:
            records.seen_again(article.id, taken.judged.attested, item.last_seen)
            records.update_article(article.id, last_seen=item.last_seen)
        self._count(article.id, new=new, made=made, late=False)

    def _count(self, article: int, *, new: bool, made: bool, late: bool) -> None:
        self._report.captures += 1
        self._report.articles += new
        self._report.versions += made
        if late:
            self.late.add(article)

    def _revisited(self, item: RevisitItem) -> Fetched:
        """A revisit with the body of the capture that it repeats."""
        records, fetched = self._records, item.fetched
        article = find_article(records, fetched.url)
        if article is None:
            raise UntakenError("a revisit of a page that is not here")
        if fetched.status == 304:
            return fetched
        if item.refers_to is None:
            repeated = records.capture_with_body(article.id, _LONG_AGO, fetched.time)
        else:
            url, told = item.refers_to
            known, since = find_article(records, url) or article, parse_iso(told)
            # Some crawlers write this time to the second only.
            repeated = records.capture_with_body(
                known.id, since, since
            ) or records.capture_with_body(known.id, since, since + _WITHIN)
        if repeated is None:
            raise UntakenError("the capture that a revisit repeats is missing")
        body, content_type = body_of(self._path.archive, records, repeated)
        headers = (("Content-Type", content_type),) if content_type else ()
        return replace(fetched, status=200, headers=headers, body=body, raw=None)


def _need_fit(told: Fetched | Brought) -> None:
    """Raises UntakenError where what is told of a capture cannot be kept as it is told."""
    try:
        _ = urlsplit(told.url).port
    except ValueError as error:
        raise UntakenError(f"not an address: {told.url[:80]!r} ({error})") from None
    if told.time.year < _FIRST_YEAR:
        raise UntakenError(f"its time is before the year {_FIRST_YEAR}")


def _follows(brought: Brought, article: Article) -> bool:
    """Whether what a text was taken for elsewhere fits the history that the article has here; where a
    line before it could not be used, it may not."""
    decision = brought.decision
    if decision is None:
        return True
    begins = decision.kind is DecisionKind.FIRST
    known = decision.same_as is None or decision.same_as < article.versions
    return known and begins == (article.versions == 0)


def _untaken(place: Place, error: Exception) -> Problem:
    if isinstance(error, UntakenError):
        return Problem(*place, str(error))
    return Problem(*place, f"cannot be taken ({type(error).__name__}: {in_one_line(error)})")
