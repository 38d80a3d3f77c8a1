"""What every page shares: the archive, the clock, templates, static files and remembered work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from variorum.model import Article, Version
from variorum.store.archive import Archive
from variorum.store.records import Records
from variorum.web.assets import Assets
from variorum.web.errors import ElsewhereError, not_found, removed
from variorum.web.memory import PageMemory
from variorum.web.people.access import Access
from variorum.web.people.tools import Tools
from variorum.web.readings import Readings
from variorum.web.templating import Templates
from variorum.web.turns import TurnsOf

#: How many hosts a form offers, those with most articles first.
HOSTS_OFFERED = 200
# Articles that are hidden or part of others whose numbers are remembered, and what they take of the
# room for remembered work, in characters.
_BARRED, _BARRED_COST = 5_000, 50_000


@dataclass(slots=True)
class Site:
    """One archive as it is shown."""

    archive: Archive
    clock: Callable[[], datetime]
    allowed_hosts: Sequence[str]
    demo: str | None
    templates: Templates
    assets: Assets
    readings: Readings
    pages: PageMemory
    access: Access
    tools: Tools
    turns: TurnsOf
    #: where others reach these pages, if that was said
    public_url: str | None = None
    #: live streams open now, and whether they are to end
    streams: int = 0
    stopping: bool = False

    def surely_open(self, number: int) -> bool:
        """Whether it is known, without asking the archive, that nobody hides the article and that it
        is part of no other."""
        mark = None if self.archive.shared else self.archive.mark()
        if mark is None:
            return False
        barred = self.readings.remembered(("barred", mark), _BARRED_COST, self._barred)
        return barred is not None and number not in barred

    def _barred(self) -> frozenset[int] | None:
        with self.archive.read() as records:
            return records.barred_articles(_BARRED)

    @contextmanager
    def read(self) -> Iterator[Records]:
        """The archive's records as they stand now, as readers may see them."""
        # Where many processes write, to ask for it takes as long as what it saves.
        mark = None if self.archive.shared else self.archive.mark()
        with self.archive.read() as records:
            records.veiled = True
            records.mark = mark
            yield records


def article_or_404(records: Records, number: int) -> Article:
    """The article, or a page that says that there is none."""
    refuse_hidden(records, number)
    article = records.article(number)
    if article is None:
        raise not_found("No such article", f"This archive has no article {number}. Try the search.")
    return article


def refuse_hidden(records: Records, number: int) -> None:
    """Raises a 410 or 451 where editors hide the article, and leads on where it is part of another."""
    barred = records.barred(number)
    if barred.reason is not None:
        raise removed(barred.reason, legal=barred.legal)
    if barred.into is not None:
        raise ElsewhereError(f"/a/{barred.into}")


def version_or_404(records: Records, article: Article, number: int) -> Version:
    """One version of the article, or a page that says which it has."""
    return _found(records.version(article.id, number), article)


def versions_or_404(
    records: Records, article: Article, one: int, other: int
) -> tuple[Version, Version]:
    """Two versions of the article, or that page."""
    first, second = records.version_pair(article.id, one, other)
    return _found(first, article), _found(second, article)


def _had(versions: int) -> str:
    if not versions:
        return "no version yet"
    return "version 0 only" if versions == 1 else f"versions 0 to {versions - 1}"


def _found(version: Version | None, article: Article) -> Version:
    if version is None:
        raise not_found("No such version", f"This article has {_had(article.versions)}.")
    return version
