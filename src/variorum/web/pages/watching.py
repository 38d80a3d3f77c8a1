"""``/sources/new`` and ``/sources/{id}/edit``: what is watched, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anyio import from_thread

from variorum.model import Discovered, Rendering, Source, SourceKind
from variorum.pipeline.listing import recognise
from variorum.pipeline.opml_lines import refused_of
from variorum.stages.fetch import Guard
from variorum.stages.watch import discover
from variorum.stages.watch.listing import Unreadable
from variorum.stages.watch.opml import read_opml
from variorum.store.records import Records
from variorum.web.asking import Asked
from variorum.web.errors import FieldError, PageError, bad_request, no_source
from variorum.web.people.deeds import ROOM, Deed, Done, Order
from variorum.web.people.editing import REASON
from variorum.web.people.forms import Field, number_shape
from variorum.web.people.tools import Tools
from variorum.web.people.visitor import visitor_of
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site

_SHOWN = 40
_MOST_AT_ONCE = 2_000
_OPML_ROOM = 3_000_000
# Minutes: no list is asked for more often than once a minute, nor more seldom than once a week.
_SOONEST, _LATEST = 1, 7 * 24 * 60
_KINDS = tuple(str(k) for k in SourceKind if k is not SourceKind.IMPORT)
_DEMO = (
    "This archive holds the demo newspaper. Keep your own stories in another one: "
    "“variorum up --archive DIRECTORY ADDRESS”."
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be watched at an address. ``kind`` is "" where nothing can be."""

    url: str
    kind: str
    reason: str
    title: str | None = None
    items: tuple[Discovered, ...] = ()
    lists: int = 0
    problem: str | None = None
    known: int | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "url": self.url,
            "kind": self.kind or None,
            "reason": self.reason,
            "title": self.title,
            "articles": len(self.items),
            "first": [{"url": i.url, "title": i.title} for i in self.items[:_SHOWN]],
            "lists": self.lists,
            "problem": self.problem,
            "source": self.known,
        }


def show_new(site: Site, asked: Asked) -> Shown:
    context = {
        "off": _off(site),
        "csrf": visitor_of(asked.request.scope).csrf,
        "watching": site.tools.watching,
    }
    return Shown("source_new.html", context, lambda: {"editing": not context["off"], **_bounds()})


def show_edit(site: Site, asked: Asked) -> Shown:
    with site.archive.read() as records:
        source = _source(records, asked.number("id"))
    visitor = visitor_of(asked.request.scope)
    context = {"source": source, "off": _off(site), "csrf": visitor.csrf, **_bounds()}
    return Shown("source_edit.html", context, lambda: {**source.to_dict(), **_bounds()})


def preview(site: Site, order: Order) -> Done:
    """What would be watched at an address: it is asked for once, politely, and nothing is kept."""
    url = order["url"]
    _refuse(site)
    found = from_thread.run(_look, site.tools, url)
    with site.archive.read() as records:
        known = records.source_by_url(url)
    found = found if known is None else Preview(**{**_fields(found), "known": known.id})
    context = {
        "found": found,
        "shown": found.items[:_SHOWN],
        "csrf": order.visitor.csrf,
        **_bounds(),
    }
    return Done("/sources/new", found.to_dict(), Shown("source_preview.html", context, dict))


def add(site: Site, order: Order) -> Done:
    """Watch an address as a list of this kind, from now on."""
    url, kind = order["url"], SourceKind(order["kind"])
    _refuse(site)
    why = Guard(allow_loopback=True).url(url)
    if why:
        raise FieldError("url", f"cannot be watched: {why}.")
    with site.access.write() as records:
        if records.source_by_url(url) is not None:
            raise PageError(409, "Watched already", "There is already a source with this address.")
        source = records.add_source(url, kind, order["title"] or None, site.clock())
        if order["minutes"] is not None:
            records.update_source(source.id, every=order["minutes"] * 60)
        if order["render"]:
            records.update_source(source.id, render=Rendering(order["render"]))
        site.access.note(
            records, order.visitor, "source-added", source=source.id, url=url, told=str(kind)
        )
    return Done(f"/sources/{source.id}", {"source": source.id})


def add_opml(site: Site, order: Order) -> Done:
    """Watch every feed of an OPML file."""
    _refuse(site)
    body = order["opml"].encode("utf-8", "replace")
    try:
        outlines = read_opml(body)
    except Unreadable as error:
        raise FieldError("opml", f"cannot be read: {error}.") from error
    if len(outlines) > _MOST_AT_ONCE:
        raise bad_request(
            f"“opml” has {len(outlines):,} feeds; at most {_MOST_AT_ONCE:,} are taken."
        )
    refused = refused_of(body, Guard(allow_loopback=True).url)
    never = {one.url for one in refused}
    added, known = [], []
    with site.access.write() as records:
        for outline in outlines:
            if outline.url in never:
                continue
            if records.source_by_url(outline.url) is not None:
                known.append(outline.url)
            else:
                now = site.clock()
                source = records.add_source(outline.url, outline.kind, outline.title, now)
                if outline.render is not None:
                    records.update_source(source.id, render=outline.render)
                added.append(source)
        if added:
            feeds = "1 feed" if len(added) == 1 else f"{len(added)} feeds"
            told = f"{feeds} of an OPML file"
            urls = [s.url for s in added]
            site.access.note(records, order.visitor, "source-added", told=told, urls=urls)
    data = {
        "added": [s.id for s in added],
        "known": known,
        "refused": [one.to_dict() for one in refused],
    }
    context = {"added": added, "known": known, "refused": refused}
    return Done("/sources", data, Shown("source_opml.html", context, dict))


def pause(site: Site, order: Order) -> Done:
    """Do not look at a source, nor at its articles, for now."""
    return _change(site, order, "source-paused", paused=True)


def resume(site: Site, order: Order) -> Done:
    """Look at a source again."""
    return _change(site, order, "source-resumed", paused=False)


def set_interval(site: Site, order: Order) -> Done:
    """How often a source's list is asked for; empty: as lists are usually."""
    minutes = order["minutes"]
    told = f"every {minutes} min" if minutes is not None else "as lists are usually"
    seconds = None if minutes is None else minutes * 60
    return _change(site, order, "source-interval", told, every=seconds, next_check=site.clock())


def set_rendering(site: Site, order: Order) -> Done:
    """Whether the pages of a source's articles are read as a browser builds them."""
    wanted = Rendering(order["render"]) if order["render"] else None
    told = str(wanted) if wanted else "as the server sends them"
    return _change(site, order, "source-rendering", told, render=wanted)


def remove(site: Site, order: Order) -> Done:
    """Forget a source. What was kept of its articles stays; nobody looks at them again."""
    with site.access.write() as records:
        source = _source(records, order.number("id"))
        records.remove_source(source.id)
        site.access.note(
            records,
            order.visitor,
            "source-removed",
            source=source.id,
            reason=order["reason"],
            url=source.url,
        )
    return Done("/sources", {"removed": source.id})


def minutes(text: str) -> int:
    """An interval as somebody types it."""
    if not (text.isascii() and text.isdigit() and _SOONEST <= int(text[:9]) <= _LATEST):
        raise ValueError(f"a number of minutes from {_SOONEST} to {_LATEST}")
    return int(text)


async def _look(tools: Tools, url: str) -> Preview:
    async with tools.client() as fetcher:
        kind, reason, fetched = await recognise(fetcher, url)
    if kind is None:
        return Preview(url, "", reason)
    listing = discover(fetched, kind)
    return Preview(
        url,
        str(kind),
        reason,
        listing.title,
        listing.items,
        len(listing.follow),
        listing.problem,
    )


def _fields(found: Preview) -> dict[str, Any]:
    return {name: getattr(found, name) for name in Preview.__slots__}


def _change(site: Site, order: Order, kind: str, told: str = "", **values: Any) -> Done:
    with site.access.write() as records:
        source = _source(records, order.number("id"))
        records.update_source(source.id, **values)
        more: dict[str, Any] = {"told": told} if told else {}
        site.access.note(records, order.visitor, kind, source=source.id, url=source.url, **more)
    return Done(f"/sources/{source.id}", {"source": source.id})


def _source(records: Records, number: int) -> Source:
    source = records.source(number)
    if source is None:
        raise no_source(number)
    return source


def _off(site: Site) -> str:
    return site.access.off() or (_DEMO if site.demo else "")


def _refuse(site: Site) -> None:
    why = _off(site)
    if why:
        raise PageError(403, "Editing is off", why)


def _bounds() -> dict[str, Any]:
    return {"soonest": _SOONEST, "latest": _LATEST}


_URL = Field("url", "the address of a feed, sitemap, front page or article", True, 8_000)
_MINUTES = Field(
    "minutes",
    "how often its list is asked for",
    longest=9,
    parse=minutes,
    shape=number_shape(_SOONEST, _LATEST),
)
_RENDER = Field(
    "render",
    "how its pages are rendered; empty: they are read as the server sends them",
    choices=tuple(map(str, Rendering)),
)
_NEW = Page("/sources/new", "Adding a source.", show_new, role="editor")
_EDIT = Page("/sources/{id:number}/edit", "What editors do to a source.", show_edit, role="editor")
PAGES = (_NEW, _EDIT)


def _editors(
    path: str, do: Any, *fields: Field, form: Page = _EDIT, said: str = "", room: int = ROOM
) -> Deed:
    return Deed(path, do.__doc__ or "", "editor", do, fields, room=room, form=form, said=said)


DEEDS = (
    _editors("/sources/preview", preview, _URL, form=_NEW),
    _editors(
        "/sources",
        add,
        _URL,
        Field("kind", "what it is", required=True, choices=_KINDS),
        Field("title", "what it is called", longest=300),
        _MINUTES,
        _RENDER,
        form=_NEW,
        said="watched",
    ),
    _editors(
        "/sources/opml",
        add_opml,
        Field("opml", "the file, or its text", required=True, longest=_OPML_ROOM),
        form=_NEW,
        room=_OPML_ROOM,
    ),
    _editors("/sources/{id:number}/pause", pause, said="paused"),
    _editors("/sources/{id:number}/resume", resume, said="resumed"),
    _editors("/sources/{id:number}/interval", set_interval, _MINUTES, said="interval"),
    _editors("/sources/{id:number}/rendering", set_rendering, _RENDER, said="rendering"),
    _editors("/sources/{id:number}/remove", remove, REASON, said="unwatched"),
)
