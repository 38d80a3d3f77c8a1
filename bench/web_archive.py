"""A synthetic archive of many versions, for the measurement of the pages (``bench/web.py``,
``bench/web_load.py``).

Invented sentences put together from word lists. The histories of ``HISTORIES`` articles are made and
every step of them is collated and its claims compared by the real stages; every later article is one
of these histories with other words of the same length in the places of things and people, so that
all that was recorded of it (spans, quotations, summaries) is true of its own texts too, and no two
articles have a text in common. All are stored through the archive's own interface.

    .venv/bin/python bench/web_archive.py DIRECTORY --versions 100000
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from variorum.model import Change, DecisionKind, Document, Fetched, Lead, Version
from variorum.stages.claims import compare_claims
from variorum.stages.collate import collate_documents
from variorum.stages.publish.summary import summarise
from variorum.stages.version import content_digest
from variorum.store.archive import Archive, open_for_writing
from variorum.store.records import Records
from variorum.text.sentences import sentences
from variorum.web.recorded import change_of

START = datetime(2025, 1, 1, tzinfo=UTC)
PER_BATCH = 2_000
HISTORIES = 160

WHO = (
    "the harbour master|a council spokeswoman|Ines Maro|the fire service|two neighbours|Dr Oto Lind"
)
SAID = "said|told reporters|denied|confirmed|claimed|added"
# In other articles each of these is another word of its length.
ALIKE = (
    ["bridge", "tunnel", "museum", "square", "temple", "market", "garage"],
    ["clinic", "school", "church", "castle", "palace", "studio", "office"],
    ["orchard", "nursery", "library", "factory", "gallery", "theatre", "cinemas"],
    ["pipeline", "railroad", "sawmills", "fountain", "terminal", "windmill"],
    ["reservoir", "warehouse", "courtroom", "bandstand", "signalbox", "boatsheds", "granaries"],
    ["ferry", "canal", "tower", "hotel", "plaza", "villa", "depot"],
    ["Maro", "Vale", "Iden", "Brek", "Sorn", "Tulk", "Wemb"],
    ["Lind", "Hask", "Orly", "Pell", "Quin", "Rusk", "Yarm"],
)
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


@dataclass(frozen=True, slots=True)
class Step:
    """One version of a history: its text, its sentences, and what changed since the last."""

    document: Document
    sentences: list[str]
    change: Change | None
    claims: list[dict[str, Any]]


def history(rng: random.Random) -> list[Step]:
    """A story in as many versions as it happens to get, each step told by the real stages."""
    paragraphs = [f"{invented(rng)} {invented(rng)}" for _ in range(14)]
    document = Document.build(
        headline(rng), paragraphs, language="en", published="2025-01-01T00:00:00Z"
    )
    found = [Step(document, _sentences(document), None, [])]
    for n in range(1, rng.choice((1, 2, 3, 4, 6, 10, 20))):
        old, document = document, edited(document, rng)
        collation = collate_documents(old, document)
        claims = compare_claims(old, document, collation)
        before, after = (_version(0, k, d, START) for k, d in ((n - 1, old), (n, document)))
        change = summarise(before, after, collation, claims)
        told = [c.to_dict() for c in claims]
        found.append(Step(document, _sentences(document), change, told))
    return found


def _sentences(document: Document) -> list[str]:
    return [s.text for s in sentences(document.text, "en")]


def _version(article: int, number: int, document: Document, at: datetime) -> Version:
    return Version(
        article,
        number,
        document,
        at,
        at + timedelta(hours=2),
        "changed: body",
        content_digest(document),
        "bench",
        DecisionKind.CHANGED,
    )


def disguise(rng: random.Random) -> dict[str, str]:
    """Other words for some, each of the same length."""
    pairs: dict[str, str] = {}
    for words in ALIKE:
        pairs |= {words[0]: rng.choice([w for w in words if len(w) == len(words[0])])}
    return pairs


def disguised(value: Any, words: re.Pattern[str], pairs: dict[str, str]) -> Any:
    """Anything that JSON can hold, its words put in disguise."""
    told = json.dumps(value, ensure_ascii=False)
    return json.loads(words.sub(lambda found: pairs[found[0]], told))


@dataclass
class Press:
    """Fills an archive."""

    archive: Archive
    rng: random.Random = field(default_factory=lambda: random.Random(7))

    def fill(self, total: int) -> None:
        histories = [history(self.rng) for _ in range(HISTORIES)]
        done = number = 0
        while done < total:
            with self.archive.write() as records:
                place = self._capture_place(records, number)
                batch = 0
                while batch < PER_BATCH and done + batch < total:
                    steps = histories[number % HISTORIES] if number < HISTORIES else None
                    steps = steps or self.rng.choice(histories)
                    steps = steps[: total - done - batch]
                    self.article(records, number, steps, place)
                    number += 1
                    batch += len(steps)
            done += batch
            print(f"\r{done:,} versions of {number:,} articles", end="", file=sys.stderr)
        print(file=sys.stderr)

    def _capture_place(self, records: Records, number: int) -> tuple[str, int, int]:
        """One page as received, which all captures of a batch point at."""
        url = f"https://paper{number % 40}.example/"
        kind = (("Content-Type", "text/html"),)
        place = self.archive.warc.append(Fetched(url, START, url, 200, kind, b"<p>bench</p>"))
        self.archive.warc_name_known(records, place[0])
        return place

    def article(
        self, records: Records, number: int, steps: list[Step], place: tuple[str, int, int]
    ) -> None:
        """One history in the disguise of the article with this number."""
        url = f"https://paper{number % 40}.example/story-{number}"
        start = START + timedelta(minutes=number)
        article = records.add_article(url, [url.removeprefix("https://")], None, start)
        pairs = disguise(random.Random(number))
        words = re.compile("|".join(pairs))
        for n, step in enumerate(steps):
            at = start + timedelta(hours=3 * n)
            document = Document.from_dict(disguised(step.document.to_dict(), words, pairs))
            records.add_version(_version(article.id, n, document, at))
            records.index_version(article.id, n, disguised(step.sentences, words, pairs))
            self._looks(records, article.id, url, n, at, place)
            if step.change is not None:
                self._changed(records, article.id, step, at, words, pairs)
        last = start + timedelta(hours=3 * len(steps) - 3)
        records.update_article(
            article.id,
            headline=document.headline,
            versions=len(steps),
            captures=2 * len(steps),
            first_seen=start,
            last_seen=last,
            last_checked=last,
            last_change=last,
        )

    def _looks(
        self,
        records: Records,
        article: int,
        url: str,
        number: int,
        at: datetime,
        place: tuple[str, int, int],
    ) -> None:
        for hours in (0, 1):
            records.add_capture(
                article,
                {
                    "url": url,
                    "final_url": url,
                    "time": at + timedelta(hours=hours),
                    "status": 200,
                    "outcome": "ok",
                    "version": number,
                    "reason": "bench",
                    "digest": "0" * 64,
                    "warc": place[0],
                    "offset": place[1],
                    "length": place[2],
                    "origin": "observed",
                    "details": {},
                },
            )

    def _changed(
        self,
        records: Records,
        article: int,
        step: Step,
        at: datetime,
        words: re.Pattern[str],
        pairs: dict[str, str],
    ) -> None:
        change = step.change
        assert change is not None and change.new is not None
        lead = disguised(change.lead.to_dict(), words, pairs) if change.lead else None
        old, new = disguised([change.headline_old, change.headline_new], words, pairs)
        records.add_change(
            replace(
                change,
                article=article,
                time=at,
                headline_old=old,
                headline_new=new,
                lead=Lead(**lead) if lead else None,
            )
        )
        told = [change_of(row) for row in disguised(step.claims, words, pairs)]
        records.add_claim_changes(article, change.new, told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--versions", type=int, default=100_000)
    given = parser.parse_args()
    with open_for_writing(given.directory) as archive:
        Press(archive).fill(given.versions)


if __name__ == "__main__":
    main()
