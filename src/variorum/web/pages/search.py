"""``/search``: words in any version of any article."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from variorum.store.search_records import Hit
from variorum.web import asking
from variorum.web.asking import Asked
from variorum.web.atom import Entry, Feed, stable_id
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import HOSTS_OFFERED, Site
from variorum.web.templating import marked

_PER_PAGE = 40
_DEEPEST = 10_000
WHERE = {
    "all": "in every version",
    "current": "in texts as they stand",
    "removed": "in removed text",
    "added": "in text added later",
}
_PARAMETERS = (
    asking.words("q", 'Words and "phrases", all of them wanted; a trailing * for any ending.'),
    asking.choice("in", "Where to look.", tuple(WHERE), "all"),
    asking.words("host", "Only articles of this host."),
    asking.count("offset", "How many hits to skip.", _DEEPEST, 0),
)


def show(site: Site, asked: Asked) -> Shown:
    query, offset = asked["q"], asked["offset"]
    with site.read() as records:
        hits = (
            records.search(
                query, where=asked["in"], host=asked["host"], limit=_PER_PAGE + 1, offset=offset
            )
            if query
            else []
        )
        hosts = records.hosts()[:HOSTS_OFFERED]
        titles = records.source_titles()
        born = str(records.setting("created"))
    more = len(hits) > _PER_PAGE and offset + _PER_PAGE <= _DEEPEST
    hits = hits[:_PER_PAGE]
    onward = {**asked.given, "offset": str(offset + _PER_PAGE)} if more else None
    back = {**asked.given, "offset": str(max(0, offset - _PER_PAGE))} if offset else None
    context = {
        "query": query,
        "where": asked["in"],
        "host": asked["host"],
        "places": WHERE,
        "hosts": hosts,
        "titles": titles,
        "groups": [(h, list(g)) for h, g in _grouped(hits)],
        "hits": len(hits),
        "offset": offset,
        "more": "/search?" + urlencode(onward) if onward else None,
        "less": "/search?" + urlencode(back) if back else None,
    }

    def data() -> dict[str, Any]:
        return {
            "query": query,
            "in": asked["in"],
            "hits": [{**h.to_dict(), "href": f"/a/{h.article}/v{h.since}"} for h in hits],
            "next": "/search.json?" + urlencode(onward) if onward else None,
        }

    return Shown("search.html", context, data, lambda: _feed(hits, asked, born))


def _grouped(hits: list[Hit]) -> list[tuple[Hit, list[Hit]]]:
    """Hits of one article together, in the order of their best hit."""
    order: dict[int, list[Hit]] = {}
    for hit in hits:
        order.setdefault(hit.article, []).append(hit)
    return [(group[0], group) for group in order.values()]


def _feed(hits: list[Hit], asked: Asked, born: str) -> Feed:
    query = urlencode({k: v for k, v in asked.given.items() if k != "offset"})
    return Feed(
        id=stable_id(born, "search", query),
        title=f"Variorum: search for {asked['q']} {WHERE[asked['in']]}",
        url=f"{asked.base}/search.atom?{query}",
        page=f"{asked.base}/search?{query}",
        entries=[_entry(h, asked.base, born) for h in hits if h.last_change is not None],
    )


def _entry(hit: Hit, base: str, born: str) -> Entry:
    assert hit.last_change is not None
    until = "still there" if hit.until is None else f"gone in version {hit.until}"
    return Entry(
        id=stable_id(born, "hit", hit.article, hit.since, hit.until, hit.sentence),
        title=hit.headline or hit.url,
        url=f"{base}/a/{hit.article}/v{hit.since}",
        updated=hit.last_change,
        html=f"<p>{marked(hit.snippet)}</p><p>Since version {hit.since}, {until}.</p>",
        author=hit.host or "unknown",
    )


PAGE = Page("/search", "Words in every version of every article.", show, _PARAMETERS, feed=True)
