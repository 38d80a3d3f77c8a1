"""Sightings in the order of articles and times into rows of tables: the one function that every
engine calls. It holds one version and a line a version of one article, however long its history.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from variorum.corpus.sighting import NO_ARTICLE, Sighting, from_microseconds
from variorum.model import (
    Article,
    Capture,
    Change,
    Claim,
    ClaimChange,
    Collation,
    Decision,
    DecisionKind,
    Document,
    Fetched,
    History,
    Outcome,
    Page,
    Version,
)
from variorum.pipeline.tables import TABLES, Row
from variorum.stages.claims import find_claims
from variorum.stages.claims.changes import compare_ledgers
from variorum.stages.claims.memory import Memory
from variorum.stages.collate import collate_documents
from variorum.stages.extract import wire
from variorum.stages.publish.summary import summarise
from variorum.stages.version import canonical_url, decide, version_made

# Pages kept for records that repeat an earlier one; such records follow closely.
_PAGES_KEPT = 8
_STILL_THERE = frozenset({DecisionKind.SAME, DecisionKind.TYPOGRAPHIC, DecisionKind.FURNITURE})
_ROWS = {table.name: table.rows for table in TABLES}
# What is left of a version when the next one has come: decisions compare digests only.
_FORGOTTEN = Document(None, (), "")


@dataclass(slots=True)
class Counts:
    """What a run of sightings came to. ``skipped`` are records that were no pages, ``known`` those
    that were there twice, ``problems`` those set aside."""

    captures: int = 0
    articles: int = 0
    versions: int = 0
    skipped: int = 0
    known: int = 0
    problems: int = 0

    def add(self, other: Counts) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class Problem:
    """A record that was set aside."""

    path: str
    where: str
    why: str


@dataclass(slots=True)
class _Part:
    """A part of a history as the tables take it (see ``tables.InHand``)."""

    article: Article
    captures: Sequence[Capture] = ()
    versions: Sequence[Version] = ()
    collations: Sequence[tuple[Version, Version, Collation]] = ()
    claims: Sequence[tuple[Version, Sequence[Claim]]] = ()
    claim_changes: Sequence[tuple[Version, Version, Sequence[ClaimChange]]] = ()
    changes: Sequence[Change] = ()


# Rows of one table under its name, or a problem.
Told = tuple[str, list[Row]] | Problem


def versions_of(sightings: Iterable[Sighting], counts: Counts) -> Iterator[Told]:
    """Rows, those of a step together under the name of their table, and problems; ``counts`` is
    kept up to date. The sightings come sorted by article, key, time and order; those of no article
    may stand anywhere.
    """
    current: _Going | None = None
    for sighting in sightings:
        if sighting.article == NO_ARTICLE:
            yield from _apart(sighting, counts)
            continue
        if current is None or current.key != sighting.key:
            if current is not None:
                yield from current.end(counts)
            current = _Going(sighting.article, sighting.key)
        try:
            # All rows of a step at once: one that fails half-way leaves nothing behind.
            step = current.take(sighting, counts)
        except Exception as error:  # a record of any form; the next must not suffer
            counts.problems += 1
            yield _set_aside(sighting, error)
        else:
            yield from step
    if current is not None:
        yield from current.end(counts)


def _apart(sighting: Sighting, counts: Counts) -> Iterator[Problem]:
    told = json.loads(sighting.told)
    counts.skipped += told.get("skipped", 0)
    problem = told.get("problem")
    if problem is not None:
        counts.problems += 1
        yield Problem(**problem)


def _set_aside(sighting: Sighting, error: Exception) -> Problem:
    told = json.loads(sighting.told)
    why = f"cannot be taken ({type(error).__name__}: {str(error)[:120]})"
    return Problem(str(told.get("origin")), str(told.get("url")), why)


@dataclass(slots=True)
class _Step:
    """A capture judged."""

    decision: Decision
    page: Page | None
    outcome: Outcome


@dataclass(slots=True)
class _Going:
    """One article while its captures go by."""

    number: int
    key: str
    versions: list[Version] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    memory: Memory = field(default_factory=Memory)
    page: Page | None = None
    pages: OrderedDict[datetime, bytes] = field(default_factory=OrderedDict)
    url: str = ""
    captures: int = 0
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    now: datetime | None = None
    seen_now: set[tuple[str, str | None]] = field(default_factory=set)

    def take(self, sighting: Sighting, counts: Counts) -> list[Told]:
        told: dict[str, Any] = json.loads(sighting.told)
        time = from_microseconds(sighting.time)
        if not self.captures and told["status"] not in (200, None):
            counts.skipped += 1  # an error page of something that is no article here
            return []
        if self._is_known(time, told):
            counts.known += 1
            return []
        step = self._judged(sighting, told, time)
        made = step.decision.kind.makes_version
        rows = self._next_version(step, time) if made else []
        if not made and step.decision.kind in _STILL_THERE and self.versions:
            self.versions[-1] = replace(self.versions[-1], last_seen=time)
            self.page = step.page or self.page
        if made or step.decision.kind in _STILL_THERE:
            self.last_seen = time
        capture = self._capture(step, told, time)
        counts.captures += 1
        counts.versions += made
        return [*rows, self._rows("captures", _Part(self._article(), captures=[capture]))]

    def end(self, counts: Counts) -> Iterator[Told]:
        """The rows that were waiting for the article's end."""
        if not self.captures:
            return
        counts.articles += 1
        if self.versions:
            yield self._rows("versions", _Part(self._article(), versions=self.versions[-1:]))
        yield self._rows("articles", _Part(self._article()))

    def _is_known(self, time: datetime, told: dict[str, Any]) -> bool:
        """Whether the same capture went by already: overlapping collections hold it twice."""
        if time != self.now:
            self.now, self.seen_now = time, set()
        mark = (told["url"], told.get("digest") or told.get("revisit"))
        if mark in self.seen_now:
            return True
        self.seen_now.add(mark)
        return False

    def _judged(self, sighting: Sighting, told: dict[str, Any], time: datetime) -> _Step:
        data = sighting.page
        if "revisit" in told:
            data = self._repeated(told["revisit"])
        page = wire.load(data) if data is not None else None
        if "decision" in told:
            decision = _decision(told["decision"])
        else:
            assert page is not None
            history = History(self.versions, lambda: self.page)
            decision = decide(page, history, None if told.get("text") else _fetched(told, time))
        if page is not None and not told.get("text") and data is not None:
            self._remember(time, data)
        outcome = Outcome(decision.details.get("outcome") or Outcome.OK)
        return _Step(decision, page, outcome)

    def _remember(self, time: datetime, data: bytes) -> None:
        self.pages[time] = data
        while len(self.pages) > _PAGES_KEPT:
            self.pages.popitem(last=False)

    def _repeated(self, when: str) -> bytes:
        """The page of the capture that a record repeats: of the time it says, else the last."""
        if when:
            for time, data in reversed(self.pages.items()):
                if time == datetime.fromisoformat(when):
                    return data
        if not self.pages:
            raise LookupError("the capture that a revisit repeats is missing")
        return next(reversed(self.pages.values()))

    def _next_version(self, step: _Step, time: datetime) -> list[Told]:
        page, decision = step.page, step.decision
        assert page is not None
        old = self.versions[-1] if self.versions else None
        new = version_made(self.number, len(self.versions), page, decision, time)
        claims = find_claims(new.document, self.memory)
        alone = _Part(self._article(), versions=[new], claims=[(new, claims)])
        rows: list[Told] = [self._rows("sentences", alone), self._rows("claims", alone)]
        if old is not None:
            rows.append(self._rows("versions", _Part(self._article(), versions=[old])))
            rows += self._compared(old, new, claims)
            self.versions[-1] = replace(old, document=_FORGOTTEN)
        self.versions.append(new)
        self.claims = claims
        self.page = page if page.visible else None
        return rows

    def _compared(self, old: Version, new: Version, claims: Sequence[Claim]) -> Iterator[Told]:
        collation = collate_documents(old.document, new.document)
        changes: list[ClaimChange] = []
        if any(s.op != "same" for s in collation.segments):
            changes = compare_ledgers(old.document, new.document, collation, self.claims, claims)
        part = _Part(
            self._article(),
            collations=[(old, new, collation)],
            claim_changes=[(old, new, changes)],
            changes=[summarise(old, new, collation, changes)],
        )
        for name in ("links", "words", "changes", "claim_changes"):
            yield self._rows(name, part)

    def _capture(self, step: _Step, told: dict[str, Any], time: datetime) -> Capture:
        self.url = self.url or canonical_url(told["url"])
        self.first_seen = self.first_seen or time
        self.captures += 1
        return Capture(
            id=self.captures,
            article=self.number,
            url=told["url"],
            time=time,
            outcome=step.outcome,
            status=told["status"],
            digest=told.get("digest"),
            version=len(self.versions) - 1 if self.versions else None,
            reason=step.decision.reason,
            final_url=told["final_url"],
            media_type=told["media_type"],
            origin=told["origin"],
        )

    def _article(self) -> Article:
        return Article(
            id=self.number,
            url=self.url,
            source=None,
            headline=self.versions[-1].document.headline if self.versions else None,
            state="imported",
            first_seen=self.first_seen,
            last_seen=self.last_seen,
            versions=len(self.versions),
            captures=self.captures,
        )

    def _rows(self, table: str, part: _Part) -> Told:
        return table, list(_ROWS[table](part))


def _decision(told: dict[str, Any]) -> Decision:
    return Decision(
        DecisionKind(told["kind"]),
        told["reason"],
        tuple(told["fields"]),
        told["same_as"],
        {"outcome": told["outcome"]},
    )


def _fetched(told: dict[str, Any], time: datetime) -> Fetched:
    """What a decision wants to know of the answer, its body apart."""
    return Fetched(
        told["url"], time, told["final_url"], told["status"], truncated=bool(told.get("truncated"))
    )
