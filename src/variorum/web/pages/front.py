"""``/``: what changed now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from variorum.model import Change
from variorum.model.change import BADGES
from variorum.store.change_records import ChangeFilter
from variorum.store.records import Records
from variorum.web import asking, stories, stretches
from variorum.web.asking import Asked
from variorum.web.atom import Feed, archived, stable_id
from variorum.web.languages import current
from variorum.web.naming import NP_
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import HOSTS_OFFERED, Site

_PER_PAGE = 30
_PLACES = {"cursor", "archive"}
# What editors ask for most, one click away.
_QUICK: Sequence[tuple[str, Mapping[str, str]]] = (
    (NP_("quick", "All"), {}),
    (NP_("quick", "Unannounced"), {"announced": "no"}),
    (NP_("quick", "Figures"), {"kind": "figure"}),
    (NP_("quick", "Quotes"), {"kind": "quote"}),
    (NP_("quick", "Certainty"), {"kind": "hedge"}),
    (NP_("quick", "Headlines"), {"kind": "headline"}),
    (NP_("quick", "Notices"), {"kind": "notice"}),
    (NP_("quick", "Gone"), {"kind": "gone"}),
)
_NO_QUICK = {"kind": None, "announced": None, "cursor": None, "archive": None}
_EMPTY = dict.fromkeys(_NO_QUICK, "")
# What the markup of a row takes of the room for remembered work, in characters.
_ROW_COST = 2_500
# What a number takes of the room for remembered work, in characters; a guess on the high side.
_COUNT_COST = 500

#: What the list of changes can be narrowed by.
FILTERS = (
    asking.words("host", "Only articles of this host."),
    asking.count("source", "Only articles found through the source of this number.", 10**9),
    asking.term("kind", "Only changes with this badge.", BADGES),
    asking.moment("since", "Only changes since a time, or within an age such as 2h or 7d."),
    asking.share("weight", "Only changes of at least this weight."),
    asking.choice(
        "announced",
        "Only changes that the publisher announced, or did not, or not wholly.",
        ("yes", "no"),
    ),
    asking.choice(
        "show", "Also changes of marks and the like.", ("meaningful", "everything"), "meaningful"
    ),
)
PARAMETERS = (*FILTERS, asking.cursor(), stretches.PARAMETER)


def show(site: Site, asked: Asked) -> Shown:
    wanted = change_filter(site, asked)
    with site.read() as records:
        changes = records.changes(wanted, _PER_PAGE + 1)
        last = records.extent[1]
        hidden = _hidden(site, records, wanted)
        counts = site.readings.counts(records)
        hosts = site.readings.hosts(records)[:HOSTS_OFFERED]
        newest = [] if changes else records.articles(limit=12)
        latest = None if changes or not wanted.since else _latest(records, wanted)
        sources = 0 if counts["articles"] else len(records.sources())
        titles = site.readings.titles(records)
    more = len(changes) > _PER_PAGE
    changes = changes[:_PER_PAGE]
    go_on = asking.make_cursor(changes[-1].id) if more else None
    filtered = bool(asked.given.keys() - _PLACES)

    def link(**others: str | None) -> str:
        return _link("/", asked, **others)

    context = {
        "rows": [_row(site, c, titles) for c in changes],
        "hidden": hidden,
        "hosts": hosts,
        "titles": titles,
        "counts": counts,
        "newest": newest,
        "latest": latest,
        "sources": sources,
        "badges": BADGES,
        "asked": asked.texts,
        "show": asked["show"],
        "filtered": filtered,
        "older": link(cursor=go_on) if go_on else None,
        "everything": link(show="everything", cursor=None),
        "meaningful": link(show=None, cursor=None),
        "first_page": link(cursor=None) if "cursor" in asked.given else None,
        "last_change": last,
        "quick": [(link(**{**_NO_QUICK, **q}), name, _is_on(asked, q)) for name, q in _QUICK],
    }
    return Shown(
        "front.html",
        context,
        lambda: _data(changes, hidden, go_on, asked),
        lambda: _feed(site, wanted, asked),
    )


def _latest(records: Records, wanted: ChangeFilter) -> datetime | None:
    """When the newest change came that is wanted, however old."""
    found = records.changes(replace(wanted, since=None, before=None), 1)
    return found[0].time if found else None


def _is_on(asked: Asked, query: Mapping[str, str]) -> bool:
    """Whether just this quick filter is set."""
    return {k: asked.given.get(k, "") for k in _NO_QUICK} == {**_EMPTY, **query}


def _row(site: Site, change: Change, titles: dict[str, str]) -> Markup:
    """The row of a change, remembered: a page is made of rows that were shown before."""
    name = titles.get(change.host or "")
    # Not its id alone: a history that is made anew can use the same ids for other changes.
    told = (change.old, change.new, change.time, change.kinds, change.announcement)
    heads = (
        change.weight,
        change.url,
        change.age,
        change.headline_old,
        change.headline_new,
        change.lead,
        *change.counts.items(),
    )
    key = ("row", name, change.id, change.article, change.host, told, heads, current().code)

    def work() -> Markup:
        macros: Any = site.templates.get_template("row.html").module
        told: Markup = macros.change(stories.row(change), titles)
        return told

    return site.readings.remembered(key, _ROW_COST, work)


def change_filter(site: Site, asked: Asked) -> ChangeFilter:
    """The changes that a request wants by the filters it sets."""
    announced = asked["announced"]
    return ChangeFilter(
        since=asking.since(asked["since"], site.clock()),
        host=asked["host"],
        source=asked["source"],
        kind=asked["kind"],
        weight=asked["weight"],
        announced=announced == "yes" if announced else None,
        meaningful=asked["show"] == "meaningful",
        before=asked.values.get("cursor"),
    )


def _hidden(site: Site, records: Records, wanted: ChangeFilter) -> int:
    """How many changes are kept back as of little meaning."""
    if not wanted.meaningful:
        return 0
    shown = replace(wanted, before=None)
    return site.readings.standing(
        records, ("hidden", shown), lambda apart: apart.count_hidden(shown)
    )


def _data(changes: list[Change], hidden: int, go_on: str | None, asked: Asked) -> dict[str, Any]:
    return {
        "changes": [{**c.to_dict(), "href": stories.place(c)} for c in changes],
        "hidden": hidden,
        "cursor": go_on,
        "next": _link("/index.json", asked, cursor=go_on) if go_on else None,
    }


def _feed(site: Site, wanted: ChangeFilter, asked: Asked) -> Feed:
    """The newest changes with the archives of all earlier ones; without archives for what is asked
    for by its age, as that list loses what grows old."""
    wanted = replace(wanted, before=None)
    with site.read() as records:
        total = 0 if isinstance(asked["since"], timedelta) else _total(site, records, wanted)
        part = stretches.stretch(
            asked["archive"],
            total,
            lambda limit, skip, newest: records.recorded(wanted, limit, skip, newest=newest),
        )
        born = str(records.setting("created"))
    query = {k: v for k, v in asked.given.items() if k not in _PLACES}
    title = "Changes" + (f" ({', '.join(f'{k}: {v}' for k, v in query.items())})" if query else "")
    feed = Feed(
        id=stable_id(born, "changes", *sorted(query.items())),
        title=f"Variorum: {title}",
        url="",
        page=asked.base + _link("/", asked, cursor=None, archive=None),
        entries=[stories.entry(c, asked.base, born) for c in part.items],
    )
    return archived(feed, asked.base + _link("/index.atom", asked, cursor=None, archive=None), part)


def _total(site: Site, records: Records, wanted: ChangeFilter) -> int:
    key = ("total", wanted, records.extent, records.reshaped)
    return site.readings.counted(
        records, key, _COUNT_COST, lambda apart: apart.count_changes(wanted)
    )


def _link(path: str, asked: Asked, **others: str | None) -> str:
    query = {k: v for k, v in {**asked.given, **others}.items() if v}
    return f"{path}?{urlencode(query)}" if query else path


PAGE = Page("/", "What changed, the newest first.", show, PARAMETERS, feed=True)
