"""New versions looked at again, when more is known of their sites: what turned over on many stories at
once was the site's, and the first of them that was looked at had no way to know.

A version of the last day is made one with the version before it if both their captures, read with all
that is known by now, tell the same. Its article's history is then made anew, as ``variorum reextract``
does it; the captures stay, and the log says that the version was taken back.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from variorum.model import Article, Capture, Page, PageKind, Version
from variorum.pipeline.path import CapturePath
from variorum.pipeline.replay import replay
from variorum.pipeline.rereading import witnesses
from variorum.stages.extract import SiteFurniture
from variorum.stages.version import tell_the_same
from variorum.store.archive import Archive
from variorum.store.change_records import ChangeFilter
from variorum.store.errors import DamagedError
from variorum.store.records import Records

log = logging.getLogger(__name__)

#: How long a new version may turn out to be none: by then a site's other stories were looked at.
_FRESH = timedelta(days=1)
#: How long it may turn out so by where its lines stand, too: to see that, both pages must be read again.
_NEW = timedelta(hours=2)
#: How long to wait between two rounds of second looks: by then other stories were looked at.
_BETWEEN = timedelta(minutes=10)
#: Versions looked at in one go, the newest first: a bound on the work of one pass.
_MOST = 500
#: Captures of an article beyond which its history is left to ``variorum reextract``: a bound on the time
#: that the archive is held.
_LONGEST = 1_000

_Fresh = tuple[int, int]


class SecondLooks:
    """Takes back versions that turn out to be none. Remembers how much was known of a site when it
    last looked at a version of it, so that it looks again only when more is."""

    def __init__(self, archive: Archive, path: CapturePath) -> None:
        self.archive, self.path = archive, path
        self._known_then: dict[_Fresh, tuple[int, int]] = {}
        self._last: datetime | None = None

    def due(self, now: datetime) -> bool:
        """Whether it is time for another round."""
        return self._last is None or not self._last <= now < self._last + _BETWEEN

    def take(self, now: datetime) -> int:
        """Look again at the versions of the last day; how many were taken back."""
        self._last = now
        with self.archive.read() as records:
            wanted = ChangeFilter(since=now - _FRESH)
            fresh = {
                (c.article, c.new): c.time > now - _NEW
                for c in records.changes(wanted, _MOST)
                if c.new is not None and c.old == c.new - 1
            }
            self._known_then = {k: v for k, v in self._known_then.items() if k in fresh}
            doubtful = {
                number
                for (number, new), is_new in fresh.items()
                if self._is_doubtful(records, number, new, is_new=is_new)
            }
        return sum(map(self._take_back, sorted(doubtful)))

    def _is_doubtful(self, records: Records, number: int, new: int, *, is_new: bool) -> bool:
        """Whether what is known of the site by now shows that a version differs in nothing."""
        article = records.article(number)
        if article is None or article.captures > _LONGEST:
            return False
        try:
            before, now = records.version_pair(number, new - 1, new)
        except DamagedError:
            return False
        if before is None or now is None or before.extractor != now.extractor:
            return False
        site = self.path.known_of(records, article)
        changed = set(before.document.paragraphs) ^ set(now.document.paragraphs)
        known = sum(map(site.knows, changed)), len(site.slots.settled) if is_new else 0
        if not any(known) or self._known_then.get((number, new)) == known:
            return False
        self._known_then[number, new] = known
        return self._tells_the_same(records, article, before, now)

    def _tells_the_same(
        self, records: Records, article: Article, before: Version, now: Version
    ) -> bool:
        captures = [witnesses(records, version) for version in (before, now)]
        if not all(captures):
            return False
        site = self.path.known_of(records, article)
        one = self._page(records, captures[0][-1], site, now.extractor)
        other = self._page(records, captures[1][0], site, now.extractor)
        return one is not None and other is not None and tell_the_same(one, other)

    def _page(
        self, records: Records, capture: Capture, site: SiteFurniture, extractor: str
    ) -> Page | None:
        """A capture read again, if by the extractor that its version was read by."""
        page = self.path.read_again(records, capture, site)
        if page is None or page.kind is not PageKind.ARTICLE or page.extractor != extractor:
            return None
        return page

    def _take_back(self, number: int) -> int:
        """Make an article's history anew; how many versions fewer it has."""
        with self.archive.write() as records:
            had = len(records.version_times(number))
            with records.attempt() as attempt:
                replay(self.path, records, number)
            self.path.finish(records)
            fewer = max(0, had - len(records.version_times(number)))
        if attempt.error is not None:
            log.warning("article %s is not read again: %s", number, attempt.error)
        elif fewer:
            log.info("article %s: %s versions fewer, their lines are the site's", number, fewer)
        return fewer
