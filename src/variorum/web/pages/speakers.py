"""``/speakers``: whose claims changed, and how, over all articles."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from variorum.model.claim import CHANGE_KINDS
from variorum.model.times import iso
from variorum.store.change_records import SpeakerChange
from variorum.web import asking, stories, stretches
from variorum.web.asking import Asked
from variorum.web.atom import Entry, Feed, archived, stable_id
from variorum.web.naming import NAMES, named
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site

_PER_PAGE = 40
_OFFERED = 200
# What the list of names takes of the room for remembered work, in characters.
_LIST_COST = 20_000

_PARAMETERS = (
    asking.words("name", "Only this speaker, by the name that the archive gives."),
    asking.words("q", "Only speakers with these words in their names."),
    asking.choice("kind", "Only claim changes of this kind.", CHANGE_KINDS),
    asking.choice("announced", "Only changes that the publisher announced, or not.", ("yes", "no")),
    asking.cursor(),
    stretches.PARAMETER,
)


def show(site: Site, asked: Asked) -> Shown:
    name = asked["name"]
    announced = asked["announced"] == "yes" if asked["announced"] else None
    with site.read() as records:
        found = (
            records.claim_changes_of(
                name,
                kind=asked["kind"],
                announced=announced,
                before=asked["cursor"],
                limit=_PER_PAGE + 1,
            )
            if name
            else []
        )
        speakers = []
        if not name:
            key = ("speakers", asked["q"], records.last_change_id(), records.reshaped)
            speakers = site.readings.counted(
                records, key, _LIST_COST, lambda apart: apart.speakers(asked["q"], _OFFERED)
            )
        titles = site.readings.titles(records)
    more = len(found) > _PER_PAGE
    found = found[:_PER_PAGE]
    go_on = asking.make_cursor(found[-1].id) if more else None
    context = {
        "name": name,
        "changes": [(c, stories.told_claim(c.data)) for c in found],
        "speakers": speakers,
        "titles": titles,
        "asked": asked.texts,
        "kinds": [(k, named(k)) for k in CHANGE_KINDS],
        "older": _link(asked, cursor=go_on) if go_on else None,
    }
    return Shown(
        "speakers.html",
        context,
        lambda: _data(name, found, speakers, go_on),
        lambda: _feed(site, name, announced, asked),
    )


def _link(asked: Asked, **others: str) -> str:
    given = {k: v for k, v in asked.given.items() if k != "archive"}
    return "/speakers?" + urlencode({**given, **others})


def _data(
    name: str, found: list[SpeakerChange], speakers: list[tuple[str, int]], go_on: str | None
) -> dict[str, Any]:
    if not name:
        return {"speakers": [{"name": n, "changes": k} for n, k in speakers]}
    changes = [
        {
            "id": c.id,
            "article": c.article,
            "url": c.url,
            "headline": c.headline,
            "new": c.new,
            "time": iso(c.time),
            "href": _place(c),
            **c.data,
        }
        for c in found
    ]
    return {"speaker": name, "changes": changes, "cursor": go_on}


def _place(change: SpeakerChange) -> str:
    return f"/a/{change.article}/v{change.new - 1}..v{change.new}"


def _feed(site: Site, name: str, announced: bool | None, asked: Asked) -> Feed:
    kind = asked["kind"]
    with site.read() as records:
        part = stretches.stretch(
            asked["archive"],
            records.count_claim_changes_of(name, kind=kind, announced=announced) if name else 0,
            lambda limit, skip, newest: records.claim_changes_of(
                name, kind=kind, announced=announced, limit=limit, offset=skip, newest=newest
            ),
        )
        born = str(records.setting("created"))
    query = urlencode({k: v for k, v in asked.given.items() if k not in ("cursor", "archive")})
    query = f"?{query}" if query else ""
    feed = Feed(
        id=stable_id(born, "speaker", query),
        title=f"Variorum: claims of {name or 'speakers'}",
        url="",
        page=f"{asked.base}/speakers{query}",
        entries=[_entry(c, asked.base, born) for c in part.items],
    )
    return archived(feed, f"{asked.base}/speakers.atom{query}", part)


def _entry(change: SpeakerChange, base: str, born: str) -> Entry:
    statement = change.data.get("statement") or NAMES.get(change.data["kind"], "")
    number = stable_id(born, "claim", change.id, change.article, change.new, statement)
    return Entry(
        id=number,
        title=f"{change.headline or change.url} ({NAMES.get(change.data['kind'], '')})",
        url=base + _place(change),
        updated=change.time,
        html=str(Markup("<p>{}</p>").format(statement)),
        author=change.host or "unknown",
        categories=(change.data["kind"],),
    )


PAGE = Page("/speakers", "Whose claims changed, and how.", show, _PARAMETERS, feed=True)
