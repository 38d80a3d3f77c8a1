"""A synthetic archive of many versions, for the measurement of the pages (``bench/web.py``).

Invented sentences put together from word lists, stored through the archive's own interface. The
first six hundred steps are collated and their claims compared by the real stages; later ones take
over the summary of an earlier step, which costs a page the same. Of more than ``WRITTEN`` versions
only so many are written that way; the rest are copies of those articles under other addresses, made
inside the database.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from variorum.model import Change, ClaimChange, DecisionKind, Document, Fetched, Version
from variorum.stages.claims import compare_claims
from variorum.stages.collate import collate_documents
from variorum.stages.publish.summary import summarise
from variorum.stages.version import content_digest
from variorum.store.archive import Archive
from variorum.store.records import Records
from variorum.text.sentences import sentences

START = datetime(2025, 1, 1, tzinfo=UTC)
REAL_STEPS = 600
PER_BATCH = 500
WRITTEN = 12_500

WHO = (
    "the harbour master|a council spokeswoman|Ines Maro|the fire service|two neighbours|Dr Oto Lind"
)
SAID = "said|told reporters|denied|confirmed|claimed|added"
WHAT = "bridge|ferry|school roof|pipeline|tram|market hall|reservoir|night bus|clinic|orchard"
DID = "had been closed|would open again|was checked|cost more than planned|had flooded|was sold"
WHEN = "in January|last week|before dawn|on Friday|after the storm|two years ago|at noon"


def invented(rng: random.Random) -> str:
    """One sentence of no news at all."""

    def one(words: str) -> str:
        return rng.choice(words.split("|"))

    number, thing = rng.randint(2, 900), one(WHAT)
    shape = rng.randrange(4)
    if shape == 0:
        return f"{one(WHO).capitalize()} {one(SAID)} the {thing} {one(DID)} {one(WHEN)}."
    if shape == 1:
        return f"At least {number} people used the {thing} {one(WHEN)}; the {one(WHAT)} {one(DID)}."
    if shape == 2:
        return f"“The {thing} {one(DID)} {one(WHEN)},” {one(WHO)} said."
    return f"The {thing} of lot {number} {one(DID)} {one(WHEN)}, allegedly for £{number},000."


def headline(rng: random.Random) -> str:
    return (
        f"{rng.randint(2, 90)} hurt as {rng.choice(WHAT.split('|'))} {rng.choice(DID.split('|'))}"
    )


def edited(document: Document, rng: random.Random) -> Document:
    """The next version: a sentence or two other, one more, now and then the headline."""
    paragraphs = list(document.paragraphs)
    for _ in range(rng.randint(1, 3)):
        paragraphs[rng.randrange(len(paragraphs))] = f"{invented(rng)} {invented(rng)}"
    if rng.random() < 0.3:
        paragraphs.insert(rng.randrange(len(paragraphs)), invented(rng))
    title = headline(rng) if rng.random() < 0.3 else document.headline
    return Document.build(title, paragraphs, language="en", published="2025-01-01T00:00:00Z")


@dataclass
class Press:
    """Fills an archive."""

    archive: Archive
    rng: random.Random = field(default_factory=lambda: random.Random(7))
    steps: list[tuple[Change, list[ClaimChange]]] = field(default_factory=list)

    def fill(self, total: int) -> None:
        done = number = 0
        while done < total:
            with self.archive.write() as records:
                batch = 0
                while batch < PER_BATCH and done + batch < total:
                    count = min(self.rng.choice((1, 2, 3, 4, 6, 10, 20)), total - done - batch)
                    self.article(records, number, count)
                    number += 1
                    batch += count
            done += batch
            print(f"\r{done:,} versions of {number:,} articles", end="", file=sys.stderr)
        print(file=sys.stderr)

    def article(self, records: Records, number: int, count: int) -> None:
        url = f"https://paper{number % 40}.example/story-{number}"
        start = START + timedelta(minutes=number)
        article = records.add_article(url, [url.removeprefix("https://")], None, start)
        paragraphs = [f"{invented(self.rng)} {invented(self.rng)}" for _ in range(14)]
        document = Document.build(
            headline(self.rng), paragraphs, language="en", published="2025-01-01T00:00:00Z"
        )
        before: Version | None = None
        for n in range(count):
            document = document if before is None else edited(document, self.rng)
            time_ = start + timedelta(hours=3 * n)
            before = self.version(records, article.id, url, n, document, time_, before)
        records.update_article(
            article.id,
            headline=document.headline,
            versions=count,
            captures=2 * count,
            first_seen=start,
            last_seen=time_,
            last_checked=time_,
            last_change=time_,
        )

    def version(
        self,
        records: Records,
        article: int,
        url: str,
        n: int,
        document: Document,
        at: datetime,
        before: Version | None,
    ) -> Version:
        new = Version(
            article,
            n,
            document,
            at,
            at + timedelta(hours=2),
            "changed: body",
            content_digest(document),
            "bench",
            DecisionKind.CHANGED,
        )
        records.add_version(new)
        records.index_version(article, n, [s.text for s in sentences(document.text, "en")])
        fetched = Fetched(url, at, url, 200, (("Content-Type", "text/html"),), b"<p>bench</p>")
        place = self.archive.warc.append(fetched)
        self.archive.warc_name_known(records, place[0])
        for hours in (0, 1):
            records.add_capture(
                article,
                {
                    "url": url,
                    "final_url": url,
                    "time": at + timedelta(hours=hours),
                    "status": 200,
                    "outcome": "ok",
                    "version": n,
                    "reason": "bench",
                    "digest": "0" * 64,
                    "warc": place[0],
                    "offset": place[1],
                    "length": place[2],
                    "origin": "observed",
                    "details": {},
                },
            )
        if before is not None:
            change, claims = self.step(before, new)
            records.add_change(change)
            records.add_claim_changes(article, n, claims)
        return new

    def step(self, old: Version, new: Version) -> tuple[Change, list[ClaimChange]]:
        if len(self.steps) < REAL_STEPS:
            collation = collate_documents(old.document, new.document)
            claims = compare_claims(old.document, new.document, collation)
            self.steps.append((summarise(old, new, collation, claims), claims))
            return self.steps[-1]
        change, claims = self.rng.choice(self.steps)
        return replace(
            change,
            article=new.article,
            old=old.number,
            new=new.number,
            time=new.first_seen,
            headline_old=old.document.headline,
            headline_new=new.document.headline,
        ), claims


def copy(directory: Path, total: int) -> None:
    """Whole copies of all articles, until there are at least ``total`` versions."""
    with sqlite3.connect(directory / "variorum.db") as database:
        run = database.execute
        counts = {t: run(f"SELECT max(rowid) FROM {t}").fetchone()[0] for t in COPIED}  # noqa: S608
        turns = -(-(total - counts["version"]) // counts["version"])
        for turn in range(1, max(turns, 0) + 1):
            for table in COPIED:
                run(copying(database, table, counts, turn))
            print(f"\r{turn} of {turns} copies", end="", file=sys.stderr)
        run("INSERT INTO sentence_fts(sentence_fts) VALUES ('rebuild')")
    print(file=sys.stderr)


COPIED = ("article", "alias", "capture", "version", "sentence", "presence", "change")
COPIED += ("claim_change",)


def copying(database: sqlite3.Connection, table: str, counts: dict[str, int], turn: int) -> str:
    """The statement that adds the rows of one copy of a table."""
    shifts = {
        "id": f"id + {turn * counts[table]}",
        "article": f"article + {turn * counts['article']}",
        "sentence": f"sentence + {turn * counts['sentence']}",
        "url": f"url || '?copy={turn}'",
        "key": f"key || '?copy={turn}'",
    }
    names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    told = ", ".join(f'"{n}"' for n in names)
    made = ", ".join(shifts.get(n, f'"{n}"') for n in names)
    most = counts["sentence"] if table == "presence" else counts[table]
    first = "sentence" if table == "presence" else "rowid"
    return f"INSERT INTO {table} ({told}) SELECT {made} FROM {table} WHERE {first} <= {most}"  # noqa: S608
