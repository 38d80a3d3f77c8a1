"""``/``: what changed now."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from variorum.model import Change
from variorum.store.change_records import ChangeFilter
from variorum.store.records import Records
from variorum.web import asking, stories
from variorum.web.asking import Asked
from variorum.web.atom import Feed, stable_id
from variorum.web.naming import BADGES
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import HOSTS_OFFERED, Site

_PER_PAGE = 30
# What a number takes of the room for remembered work, in characters; a guess on the high side.
_COUNT_COST = 500

PARAMETERS = (
    asking.words("host", "Only articles of this host."),
    asking.choice("kind", "Only changes with this badge.", BADGES),
    asking.moment("since", "Only changes since a time, or within an age such as 2h or 7d."),
    asking.share("weight", "Only changes of at least this weight."),
    asking.choice(
        "announced", "Only changes that the publisher announced, or did not.", ("yes", "no")
    ),
    asking.choice(
        "show", "Also changes of marks and the like.", ("meaningful", "everything"), "meaningful"
    ),
    asking.cursor(),
)


def show(site: Site, asked: Asked) -> Shown:
    wanted = _filter(site, asked)
    with site.read() as records:
        changes = records.changes(wanted, _PER_PAGE + 1)
        last = records.last_change_id()
        hidden = _hidden(site, records, wanted, last)
        counts = records.counts()
        hosts = records.hosts()[:HOSTS_OFFERED]
        newest = [] if changes else records.articles(limit=12)
        titles = records.source_titles()
        born = str(records.setting("created"))
    more = len(changes) > _PER_PAGE
    changes = changes[:_PER_PAGE]
    go_on = asking.make_cursor(changes[-1].id) if more else None
    filtered = bool(asked.given.keys() - {"cursor"})

    def link(**others: str | None) -> str:
        return _link("/", asked, **others)

    context = {
        "rows": [stories.row(c) for c in changes],
        "hidden": hidden,
        "hosts": hosts,
        "titles": titles,
        "counts": counts,
        "newest": newest,
        "badges": BADGES,
        "asked": asked.texts,
        "show": asked["show"],
        "filtered": filtered,
        "older": link(cursor=go_on) if go_on else None,
        "everything": link(show="everything", cursor=None),
        "meaningful": link(show=None, cursor=None),
        "first_page": link(cursor=None) if "cursor" in asked.given else None,
        "last_change": last,
    }
    return Shown(
        "front.html",
        context,
        lambda: _data(changes, hidden, go_on, asked),
        lambda: _feed(changes, go_on, asked, born),
    )


def _filter(site: Site, asked: Asked) -> ChangeFilter:
    announced = asked["announced"]
    return ChangeFilter(
        since=asking.since(asked["since"], site.clock()),
        host=asked["host"],
        kind=asked["kind"],
        weight=asked["weight"],
        announced=announced == "yes" if announced else None,
        meaningful=asked["show"] == "meaningful",
        before=asked["cursor"],
    )


def _hidden(site: Site, records: Records, wanted: ChangeFilter, last: int) -> int:
    """How many changes are kept back as of little meaning; counted again after each new one."""
    if not wanted.meaningful:
        return 0
    shown = replace(wanted, before=None)
    key = ("hidden", shown, last)
    return site.readings.remembered(key, _COUNT_COST, lambda: records.count_hidden(shown))


def _data(changes: list[Change], hidden: int, go_on: str | None, asked: Asked) -> dict[str, Any]:
    return {
        "changes": [{**c.to_dict(), "href": stories.place(c)} for c in changes],
        "hidden": hidden,
        "cursor": go_on,
        "next": _link("/index.json", asked, cursor=go_on) if go_on else None,
    }


def _feed(changes: list[Change], go_on: str | None, asked: Asked, born: str) -> Feed:
    query = {k: v for k, v in asked.given.items() if k != "cursor"}
    title = "Changes" + (f" ({', '.join(f'{k}: {v}' for k, v in query.items())})" if query else "")
    return Feed(
        id=stable_id(born, "changes", *sorted(query.items())),
        title=f"Variorum: {title}",
        url=asked.base + _link("/index.atom", asked),
        page=asked.base + _link("/", asked),
        entries=[stories.entry(c, asked.base, born) for c in changes],
        next=asked.base + _link("/index.atom", asked, cursor=go_on) if go_on else None,
    )


def _link(path: str, asked: Asked, **others: str | None) -> str:
    query = {k: v for k, v in {**asked.given, **others}.items() if v}
    return f"{path}?{urlencode(query)}" if query else path


PAGE = Page("/", "What changed, the newest first.", show, PARAMETERS, feed=True)
