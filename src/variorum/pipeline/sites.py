"""What is known of each site's furniture, kept at hand and written down when it has grown."""

from __future__ import annotations

from variorum.model import Article, Page, PageKind
from variorum.model.hosts import bare_host, host_of
from variorum.stages.extract import SiteFurniture, learn
from variorum.store.records import Records

# Sites kept at hand; what is known of one takes up to a megabyte.
_MOST = 200


class SiteMemory:
    """The furniture of the sites met last, by host."""

    def __init__(self) -> None:
        self._known: dict[str, SiteFurniture] = {}
        self._grown: set[str] = set()

    def of(self, records: Records, url: str) -> SiteFurniture:
        """What is known of the site at ``url``; nothing, for a new one."""
        host = host_of(url)
        if host not in self._known:
            data = records.furniture(host)
            self._known[host] = SiteFurniture.from_dict(data) if data else SiteFurniture()
        self._known[host] = self._known.pop(host)  # met last, let go last
        return self._known[host]

    def learn(self, records: Records, article: Article, page: Page) -> None:
        """Take one more page of an article into account; pages that are none teach nothing."""
        if page.kind is not PageKind.ARTICLE:
            return
        host = host_of(article.url)
        self._known[host] = learn(self.of(records, article.url), str(article.id), page)
        self._grown.add(host)

    def store(self, records: Records) -> None:
        """Write down what has grown since the last time."""
        for host in sorted(self._grown):
            records.set_furniture(host, self._known[host].to_dict())
        self._grown.clear()
        for host in list(self._known)[:-_MOST]:
            del self._known[host]


def site_of(url: str) -> str:
    """The site that a page is of: what is written of it is written by one process at a time."""
    return bare_host(url)
