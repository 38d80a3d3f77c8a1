"""A small archive of invented news, put together through the store's own interface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from variorum.model import (
    Article,
    DecisionKind,
    Document,
    Fetched,
    Media,
    Notice,
    Rendered,
    SourceKind,
    Version,
)
from variorum.pipeline.identity import article_at
from variorum.pipeline.path import CapturePath
from variorum.pipeline.renderings import keep_rendered
from variorum.stages.version import content_digest
from variorum.store.archive import Archive, open_for_writing
from variorum.store.records import Records
from variorum.store.warc import payload_digest

START = datetime(2025, 3, 12, 6, 0, tzinfo=UTC)
NOW = START + timedelta(days=3)
#: A picture of one grey point.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63"
    "6800000082008177cd72b60000000049454e44ae426082"
)


def story(headline: str | None, *paragraphs: str, **rest: Any) -> Document:
    return Document.build(headline, paragraphs, **{"language": "en", **rest})


HARBOUR = [
    story(
        "At least 12 hurt as harbour crane falls",
        "At least 12 people were hurt when a crane fell across the fish quay at Ostrava Bay.",
        "The harbour master said the crane had been checked in January.",
        '"Nobody was warned," said Ines Maro, who sells nets on the quay.',
        "The quay will open again on Friday.",
        byline=("Dana Pell",),
        published="2025-03-12T05:30:00Z",
        media=(Media("image", "https://pics.harbour.example/crane.jpg", "The crane at noon"),),
    ),
    story(
        "21 hurt as harbour crane falls",
        "The quay will open again on Friday.",
        "At least 21 people were hurt when a crane fell across the fish quay at Ostrava Bay.",
        "The harbour master said the crane had allegedly been checked in January.",
        '"We were never warned," said Ines Maro, who sells nets on the quay.',
        byline=("Dana Pell", "Oto Lind"),
        published="2025-03-12T05:30:00Z",
        media=(
            Media("image", "https://pics.harbour.example/crane.jpg", "The crane, seen at noon"),
        ),
    ),
    story(
        "21 hurt as harbour crane falls",
        "The quay will open again on Friday.",
        "At least 21 people were hurt when a crane fell across the fish quay at Ostrava Bay.",
        '"We were never warned," said Ines Maro, who sells nets on the quay.',
        "Two cranes of the same make stand in the port of Lesk.",
        byline=("Dana Pell", "Oto Lind"),
        published="2025-03-12T05:30:00Z",
        notices=(Notice("correction", "An earlier version said that 12 people were hurt."),),
    ),
]
PAYLOADS = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\"><svg onload=document.title='owned'>",
    "';document.title='owned'//",
    "</title></textarea></style></script><script>document.title='owned'</script>",
    "{{ 7 * 7 }} {% for x in y %} ${7*7} #{7*7}",
    "javascript:document.title='owned'",
    "<a href=\"javascript:document.title='owned'\">a link</a>",
    "&lt;script&gt;document.title='owned'&lt;/script&gt; &#60;b&#62;",
    "<!-- --><![CDATA[ ]]><?php ?>",
    "\u202eevil\u202c \u2066right\u2069 to left",
    "nul\x00 bell\x07 escape\x1b[31m del\x7f next\x85line",
    "Z̷̢̛̺ạ̸̃l̴̩̈g̶̰͌ȯ̵͜ text \u200b\u200d\ufeff",
    "x" * 400,
)


def hostile(turn: int) -> Document:
    """A story whose every field is an attack."""
    lines = [f"{p} number {turn + k} said so" for k, p in enumerate(PAYLOADS)]
    return story(
        PAYLOADS[0] + PAYLOADS[turn],
        *lines,
        f'"{PAYLOADS[1]}," said Mr {PAYLOADS[2]}, who counted {turn + 3} ducks.',
        byline=PAYLOADS[:4],
        published=PAYLOADS[3],
        section=PAYLOADS[turn],
        media=(
            Media("image", "javascript:document.title='owned'", PAYLOADS[turn + 1]),
            Media("image", 'https://ok.example/"onload="x', PAYLOADS[1]),
        ),
        notices=(Notice("correction", PAYLOADS[0] + str(turn)),),
    )


@dataclass(slots=True)
class Shelf:
    """Writes articles, versions and looks into an archive."""

    archive: Archive
    path: CapturePath

    def article(
        self,
        url: str,
        documents: Sequence[Document],
        *,
        hours: Sequence[float] = (),
        origin: str = "observed",
        label: str | None = None,
        source: int | None = None,
        state: str = "watching",
    ) -> int:
        """An article with these versions, two hours apart unless said otherwise."""
        with self.archive.write() as records:
            article, _ = article_at(records, url, source, START, state=state)
            before: Version | None = None
            for n, document in enumerate(documents):
                time = START + timedelta(hours=hours[n] if hours else 2 * n)
                before = self._version(records, article, n, document, time, before, origin, label)
            records.update_article(
                article.id,
                headline=documents[-1].headline if documents else None,
                versions=len(documents),
                captures=len(documents),
                first_seen=START,
                last_seen=before.last_seen if before else None,
                last_checked=before.last_seen if before else None,
                last_change=before.first_seen if before else None,
                next_check=NOW if state == "watching" else None,
                next_reason="changed 2 h ago; checking again in 30 min",
            )
        return article.id

    def look(
        self, article: int, hours: float, outcome: str, status: int | None, version: int
    ) -> None:
        """A look that found no new version."""
        with self.archive.write() as records:
            known = records.article(article)
            assert known is not None
            fetched = Fetched(known.url, START + timedelta(hours=hours), known.url, status)
            self._capture(records, known, fetched, outcome, version, "observed")

    def _version(
        self,
        records: Records,
        article: Article,
        number: int,
        document: Document,
        time: datetime,
        before: Version | None,
        origin: str,
        label: str | None,
    ) -> Version:
        body = f"<h1>{document.headline}</h1><script>alert(1)</script>".encode("utf-8", "replace")
        kind = (("Content-Type", "text/html; charset=utf-8"),)
        fetched = Fetched(article.url, time, article.url, 200, kind, body)
        if article.id == 1 and number == 0:
            built = Rendered(body, "Chromium 1.2", False, 3, 1)
            fetched = replace(fetched, rendered=replace(built, screenshot=PICTURE))
        self._capture(records, article, fetched, "ok", number, origin)
        version = Version(
            article=article.id,
            number=number,
            document=document,
            first_seen=time,
            last_seen=time + timedelta(hours=1),
            reason="first version" if before is None else "changed: body",
            digest=content_digest(document),
            extractor="by hand",
            kind=DecisionKind.FIRST if before is None else DecisionKind.CHANGED,
            label=label,
        )
        self.path.publish(records, version, before)
        return version

    def _capture(
        self,
        records: Records,
        article: Article,
        fetched: Fetched,
        outcome: str,
        version: int | None,
        origin: str,
    ) -> None:
        place = self.archive.warc.append(fetched)
        self.archive.warc_name_known(records, place[0])
        built = keep_rendered(self.archive.warc, fetched, None, picture=True)
        records.add_capture(
            article.id,
            {
                "url": fetched.url,
                "final_url": fetched.final_url,
                "time": fetched.time,
                "status": fetched.status,
                "outcome": outcome,
                "version": version,
                "reason": f"{outcome}: as the test says",
                "digest": payload_digest(fetched.body) if fetched.status == 200 else None,
                "media_type": "text/html",
                "warc": place[0],
                "offset": place[1],
                "length": place[2],
                "origin": origin,
                "details": {"rendered": built} if built else {},
            },
        )


@dataclass(frozen=True, slots=True)
class Filled:
    """The archive of the tests and the numbers of its articles."""

    archive: Archive
    harbour: int
    hostile: int
    imported: int
    empty: int
    lone: int


def fill(directory: Path) -> Filled:
    """The archive that the tests read."""
    archive = open_for_writing(directory)
    shelf = Shelf(archive, CapturePath(archive, None))  # type: ignore[arg-type]
    with archive.write() as records:
        feed = records.add_source(
            "https://harbour.example/feed.xml", SourceKind.FEED, "The Harbour Bell", START
        )
        ill = records.add_source("https://lost.example/", SourceKind.FRONT, PAYLOADS[0], START)
        records.update_source(feed.id, checked=START, health="ok")
        records.update_source(ill.id, checked=START, failures=3, health="no answer: timed out")
    harbour = shelf.article("https://harbour.example/crane?id=7", HARBOUR, source=feed.id)
    shelf.look(harbour, 5, "unmodified", 304, 2)
    shelf.look(harbour, 6, "failed", None, 2)
    shelf.look(harbour, 7, "paywall", 200, 2)
    attacked = shelf.article(
        "https://nadir.example/%3Cscript%3E", [hostile(0), hostile(1), hostile(2)]
    )
    imported = shelf.article(
        "newssniffer:the-lamp-that-went-out",
        [
            story(
                "The lamp that went out", "The lamp on the mole went out at nine, said the keeper."
            )
        ],
        origin="imported from lamp.txt, a page of a News Sniffer archive",
        label="Version 0 of 1.",
        state="imported",
    )
    empty = shelf.article("https://harbour.example/nothing-yet", [])
    lone = shelf.article("https://harbour.example/lone", [replace(HARBOUR[0], headline=None)])
    return Filled(archive, harbour, attacked, imported, empty, lone)
