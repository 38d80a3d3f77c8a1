"""Texts of versions read again from their captures, to see that one follows from the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from variorum.evidence.report import Report, Status
from variorum.model import Capture, Outcome, Page, Version
from variorum.pipeline.bodies import body_of
from variorum.pipeline.sites import SiteMemory
from variorum.stages.extract import Reader, SiteFurniture
from variorum.stages.version import content_digest
from variorum.store.archive import Archive
from variorum.store.errors import DamagedError
from variorum.store.records import Records

_BROUGHT = "imported"


@dataclass(slots=True)
class Rereading:
    """Reads every version again with today's extractor, where that is the one that was recorded.

    Equal texts are ok. Different ones are not called altered: that a text is the one recorded is
    told by its digest in the log; here it may have been read with less known of its site.
    ``advance`` is told how many versions are done.
    """

    reader: Reader
    advance: Callable[[int], None] = lambda done: None

    def __call__(self, archive: Archive, records: Records, report: Report) -> None:
        done, sites = 0, SiteMemory()
        for number in records.article_numbers():
            article = records.article(number)
            if article is None:
                continue
            try:
                versions = records.versions(number)
            except DamagedError:
                continue  # reported where the stored texts are checked
            known = sites.of(records, article.url)
            for version in versions:
                status, why = self._judge(archive, records, article.url, version, known)
                report.add("reading", f"{number}@{version.number}", status, why)
                done += 1
                self.advance(done)

    def _judge(
        self,
        archive: Archive,
        records: Records,
        url: str,
        version: Version,
        known: SiteFurniture,
    ) -> tuple[Status, str]:
        if version.extractor.startswith(_BROUGHT):
            return Status.UNVERIFIABLE, "its text was brought by an import, not read here"
        found = witnesses(records, version)
        if not found:
            return Status.UNVERIFIABLE, "no capture of it has a page that could be read again"
        why = ""
        for capture in found:
            try:
                why = self._difference(archive, records, version, capture, known)
            except DamagedError:  # its place is told where records are checked
                why = "the record of its capture is lost or cannot be read"
            if not why:
                return Status.OK, ""
        return Status.UNVERIFIABLE, why

    def _difference(
        self,
        archive: Archive,
        records: Records,
        version: Version,
        capture: Capture,
        known: SiteFurniture,
    ) -> str:
        """Why reading a capture again does not give the version's text; nothing where it does."""
        body, content_type = body_of(archive, records, capture)
        url = capture.final_url or capture.url
        pages = [
            self.reader.read(body, url=url, content_type=content_type, furniture=furniture)
            for furniture in (known, SiteFurniture())
        ]
        if pages[0].extractor != version.extractor:
            return (
                f"it was read by {version.extractor or 'an unnamed extractor'}, which is not here"
            )
        if any(content_digest(page.document) == version.digest for page in pages):
            return ""
        if _between(version, pages, known):
            return ""
        return "read again, with what is known of its site now, its capture gives another text"


def _between(version: Version, pages: Sequence[Page], known: SiteFurniture) -> bool:
    """Whether the text is what its page gives without some of the lines now known to be furniture:
    what it was read with was less than is known today, for that only grows."""
    kept, plain = version.document.paragraphs, pages[-1].document.paragraphs
    now = set(pages[0].document.paragraphs)
    rest = iter(kept)
    wanted = next(rest, None)
    for paragraph in plain:
        if paragraph == wanted:
            wanted = next(rest, None)
        elif paragraph in now and not known.knows(paragraph):
            return False
    if wanted is not None:
        return False
    told = version.document
    texts = [replace(p.document, paragraphs=kept, text=told.text) for p in pages]
    return any(content_digest(text) == version.digest for text in texts)


def witnesses(records: Records, version: Version) -> list[Capture]:
    """The captures that its text may have been read from: the first, and the last before the next
    version (a text is read again when more is known of its site)."""
    pages = [
        capture
        for capture in records.captures_of_version(version.article, version.number)
        if capture.outcome is Outcome.OK and capture.status == 200
    ]
    return list({c.id: c for c in (*pages[:1], *pages[-1:])}.values())
