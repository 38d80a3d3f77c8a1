"""``/search``: words in any version of any article."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from variorum.model.change import BADGES
from variorum.store.search_query import LAST, PLACES, SearchFilter
from variorum.store.search_records import Hit
from variorum.web import asking
from variorum.web.asking import Asked
from variorum.web.atom import Entry, Feed, stable_id
from variorum.web.languages import N_
from variorum.web.pages.articles import at_address
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import HOSTS_OFFERED, Site
from variorum.web.templating import marked, weblink

_PER_PAGE = 40
WHERE = {
    "all": N_("in every version"),
    "current": N_("in current texts"),
    "removed": N_("in removed text"),
    "added": N_("in text added later"),
}
_PARAMETERS = (
    asking.words(
        "q",
        'Words and "phrases", all of them wanted; a trailing * for any ending.',
        N_('Words and "phrases"'),
    ),
    asking.choice("in", "Where to look.", PLACES, "all"),
    asking.words("host", "Only articles of this host."),
    asking.words(
        "speaker",
        "Only sentences that came or went with a change to a claim of somebody with these words in "
        "the name.",
        N_("Claims by"),
    ),
    asking.term("kind", "Only sentences that came or went in a change with this badge.", BADGES),
    asking.moment(
        "since",
        "Only sentences that came or went since a time, or within an age.",
        N_("Added or removed since"),
    ),
    asking.moment("until", "Only sentences that came or went before a time.", N_("and before")),
    asking.place(),
)


def show(site: Site, asked: Asked) -> Shown:
    wanted = _filter(site, asked)
    with site.read() as records:
        hits = records.search(asked["q"], limit=_PER_PAGE + 1, wanted=wanted)
        floor = records.search_floor(asked["q"], wanted) if len(hits) <= _PER_PAGE else None
        every_host = site.readings.hosts(records)
        titles = site.readings.titles(records)
        born = str(records.setting("created"))
        known = at_address(records, asked["q"])
    hosts, known_hosts = every_host[:HOSTS_OFFERED], {name for name, _ in every_host}
    more = len(hits) > _PER_PAGE
    # The list goes on in this order, whatever order it is shown in.
    hits = sorted(hits, key=lambda h: (-h.place[0], h.place[1]))[:_PER_PAGE]
    go_on = hits[-1].place if more else (floor, LAST) if floor is not None else None
    onward = {**asked.given, "cursor": asking.make_place(go_on)} if go_on else None
    context = {
        "query": asked["q"],
        "known": known,
        "no_host": bool(asked["host"]) and asked["host"] not in known_hosts,
        "is_address": bool(weblink(asked["q"].strip())),
        "asked": asked.texts,
        "where": asked["in"],
        "places": WHERE,
        "badges": BADGES,
        "hosts": hosts,
        "titles": titles,
        "groups": _grouped(hits),
        "hits": len(hits),
        "narrowed": bool(asked.given.keys() - {"q", "in", "cursor"}),
        "cut": floor is not None,
        "more": "/search?" + urlencode(onward) if onward else None,
        "alert": _alert(asked) if asked["q"] else None,
        "first": "/search?" + urlencode(_asked_for(asked)) if "cursor" in asked.given else None,
    }

    def data() -> dict[str, Any]:
        return {
            "query": asked["q"],
            "in": asked["in"],
            "article": {**known.to_dict(), "href": f"/a/{known.id}"} if known else None,
            "filters": {k: v for k, v in _asked_for(asked).items() if k not in ("q", "in")},
            "hits": [{**h.to_dict(), "href": href(h)} for h in hits],
            "cut": floor is not None,
            "next": "/search.json?" + urlencode(onward) if onward else None,
        }

    return Shown("search.html", context, data, lambda: _feed(hits, asked, born, onward))


def href(hit: Hit) -> str:
    """Where a hit is shown: the comparison that took it, or the version that brought it."""
    if hit.until is not None:
        return f"/a/{hit.article}/v{hit.until - 1}..v{hit.until}"
    return f"/a/{hit.article}/v{hit.since}"


def _filter(site: Site, asked: Asked) -> SearchFilter:
    return SearchFilter(
        where=asked["in"],
        host=asked["host"],
        speaker=asked["speaker"],
        kind=asked["kind"],
        since=asking.since(asked["since"], site.clock()),
        until=asking.since(asked["until"], site.clock()),
        before=asked["cursor"],
    )


# What a rule calls what a search asks for.
_OF_RULES = {"q": "search", "in": "in", "speaker": "speaker", "host": "host", "kind": "kinds"}


def _alert(asked: Asked) -> str:
    """Where a rule that follows this search is made; times are left out, as it tells what is new."""
    given = {_OF_RULES[k]: v for k, v in asked.given.items() if k in _OF_RULES}
    return f"/notices?{urlencode(given)}#new"


def _asked_for(asked: Asked) -> dict[str, str]:
    return {k: v for k, v in asked.given.items() if k != "cursor"}


def _grouped(hits: list[Hit]) -> list[tuple[Hit, list[Hit]]]:
    """Hits of one article together, in the order of their newest hit."""
    order: dict[int, list[Hit]] = {}
    for hit in hits:
        order.setdefault(hit.article, []).append(hit)
    return [(group[0], group) for group in order.values()]


def _feed(hits: list[Hit], asked: Asked, born: str, onward: dict[str, str] | None) -> Feed:
    """A paged feed (RFC 5005, section 3). It has no archives: a sentence found can still go."""
    query = urlencode(_asked_for(asked))
    words = ", ".join(f"{k}: {v}" for k, v in _asked_for(asked).items() if k not in ("q", "in"))
    title = f"Variorum: search for {asked['q']} {WHERE[asked['in']]}"
    here = urlencode(asked.given)
    return Feed(
        id=stable_id(born, "search", query),
        title=title + (f" ({words})" if words else ""),
        url=f"{asked.base}/search.atom" + (f"?{here}" if here else ""),
        page=f"{asked.base}/search" + (f"?{query}" if query else ""),
        entries=[e for h in hits for e in _entries(h, asked, born)],
        first=f"{asked.base}/search.atom?{query}" if "cursor" in asked.given else None,
        next=f"{asked.base}/search.atom?{urlencode(onward)}" if onward else None,
    )


def _entries(hit: Hit, asked: Asked, born: str) -> list[Entry]:
    """That a sentence came and that it went are two events; which of them is told depends on where
    is looked."""
    came = asked["in"] != "removed"
    went = hit.until is not None and asked["in"] not in ("current", "added")
    found = []
    if went:
        found.append(_entry(hit, "gone", hit.went, f"Gone in version {hit.until}.", asked, born))
    if came:
        told = f"Since version {hit.since}."
        found.append(_entry(hit, "came", hit.came, told, asked, born))
    return found


def _entry(
    hit: Hit, event: str, time: datetime | None, told: str, asked: Asked, born: str
) -> Entry:
    number = hit.until if event == "gone" else hit.since
    place = href(hit) if event == "gone" else f"/a/{hit.article}/v{hit.since}"
    return Entry(
        id=stable_id(born, event, hit.article, number, hit.sentence),
        title=hit.headline or hit.url,
        url=asked.base + place,
        updated=time or hit.last_change or datetime.min.replace(tzinfo=UTC),
        # Many readers of feeds drop <mark>, and with it the word that was sought.
        html=f"<p>{marked(hit.snippet, 'b')}</p><p>{told}</p>",
        author=hit.host or "unknown",
        categories=("removed" if event == "gone" else "added",),
    )


PAGE = Page("/search", "Words in every version of every article.", show, _PARAMETERS, feed=True)
