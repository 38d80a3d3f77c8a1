"""``/speakers``: whose claims changed, and how, over all articles."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from variorum.model.claim import CHANGE_KINDS
from variorum.model.times import iso
from variorum.store.change_records import SpeakerChange, SpeakerCount
from variorum.web import asking, stories, stretches
from variorum.web.asking import Asked
from variorum.web.atom import Entry, Feed, archived, stable_id
from variorum.web.languages import N_, gettext
from variorum.web.naming import NAMES, named
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site

_PER_PAGE = 40
_OFFERED = 200
# Names that are looked through for those: where many have no name, the list begins farther down.
_LOOKED_AT = 800
# What the list of names takes of the room for remembered work, in characters.
_LIST_COST = 80_000
_WHO = ("people", "organisations", "others")
_NAMED = {
    "people": N_("Named people"),
    "organisations": N_("Organisations"),
    "others": N_("Without a name"),
}
_KIND_OF = {"people": "person", "organisations": "organisation"}

_PARAMETERS = (
    asking.words("name", "Only this speaker, by the name that the archive gives."),
    asking.words("q", "Only speakers with these words in their names."),
    asking.choice("who", "Only people, only organisations, or only what has no name.", _WHO),
    asking.term("kind", "Only claim changes of this kind.", CHANGE_KINDS),
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
        speakers: list[SpeakerCount] = []
        if not name:
            key = ("speakers", asked["q"], records.last_change_id(), records.reshaped)
            speakers = site.readings.counted(
                records, key, _LIST_COST, lambda apart: apart.speakers(asked["q"], _LOOKED_AT)
            )
        titles = site.readings.titles(records)
    more = len(found) > _PER_PAGE
    found = found[:_PER_PAGE]
    go_on = asking.make_cursor(found[-1].id) if more else None
    known, others = _apart(speakers, asked["who"])
    context = {
        "name": name,
        "changes": [(c, stories.told_claim(c.data)) for c in found],
        "speakers": known,
        "others": others,
        "who": [(who, _link(asked, who=who), gettext(_NAMED[who])) for who in _WHO],
        "everybody": _link(asked, who=""),
        "titles": titles,
        "asked": asked.texts,
        "kinds": [(k, named(k)) for k in CHANGE_KINDS],
        "older": _link(asked, cursor=go_on) if go_on else None,
    }
    return Shown(
        "speakers.html",
        context,
        lambda: _data(name, found, known, others, go_on),
        lambda: _feed(site, name, announced, asked),
    )


def _apart(speakers: list[SpeakerCount], who: str) -> tuple[list[SpeakerCount], list[SpeakerCount]]:
    """People and bodies with a name, and the rest; of ``who`` only."""
    known = [s for s in speakers if s.named and _KIND_OF.get(who, s.kind) == s.kind]
    others = [s for s in speakers if not s.named]
    if who:
        known, others = ([], others) if who == "others" else (known, [])
    return known[:_OFFERED], others[:_OFFERED]


def _link(asked: Asked, **others: str) -> str:
    given = {k: v for k, v in asked.given.items() if k != "archive"}
    query = urlencode({k: v for k, v in {**given, **others}.items() if v})
    return f"/speakers?{query}" if query else "/speakers"


def _data(
    name: str,
    found: list[SpeakerChange],
    known: list[SpeakerCount],
    others: list[SpeakerCount],
    go_on: str | None,
) -> dict[str, Any]:
    if not name:
        told = {"speakers": known, "others": others}
        return {what: [s.to_dict() for s in listed] for what, listed in told.items()}
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
