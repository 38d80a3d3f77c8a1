"""``/articles``: every article that is kept, also those that never changed, by address or headline."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from variorum.model import Article
from variorum.pipeline.identity import find_article
from variorum.store.editorial_records import Barred
from variorum.store.records import Records
from variorum.web import asking
from variorum.web.asking import Asked
from variorum.web.languages import N_
from variorum.web.naming import STATES, named, state_named
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import HOSTS_OFFERED, Site
from variorum.web.templating import weblink

_PER_PAGE = 50
_PARAMETERS = (
    asking.words(
        "q",
        "An address, or words of an address or a headline.",
        N_("Address, or words of the headline"),
    ),
    asking.words("host", "Only articles of this host."),
    asking.choice("state", "Only articles in this state.", tuple(STATES)),
    asking.cursor(),
)


def show(site: Site, asked: Asked) -> Shown:
    with site.read() as records:
        known = at_address(records, asked["q"])
        found = [known] if known else _listed(records, asked)
        hosts = site.readings.hosts(records)[:HOSTS_OFFERED]
        titles = site.readings.titles(records)
    go_on = asking.make_cursor(found[_PER_PAGE - 1].id) if len(found) > _PER_PAGE else None
    found = found[:_PER_PAGE]
    context = {
        "articles": found,
        "asked": asked.texts,
        "hosts": hosts,
        "titles": titles,
        "states": [(state, _briefly(state)) for state in STATES],
        "briefly": _briefly,
        "older": f"/articles?{urlencode({**asked.given, 'cursor': go_on})}" if go_on else None,
    }

    def data() -> dict[str, Any]:
        listed = [{**a.to_dict(), "href": f"/a/{a.id}"} for a in found]
        return {"articles": listed, "cursor": go_on}

    return Shown("articles.html", context, data)


def _briefly(state: str) -> str:
    """A state in a word or two, without what is done about it."""
    badge = {"gone": "gone", "moved": "moved-away", "imported": "import"}.get(state)
    return named(badge) if badge else state_named(state)


def at_address(records: Records, text: str) -> Article | None:
    """The article at an address that was typed or pasted; None for other words, and for one that is
    not shown."""
    if not weblink(text.strip()):
        return None
    found = find_article(records, text.strip())
    return None if found is None or records.barred(found.id) != Barred() else found


def _listed(records: Records, asked: Asked) -> list[Article]:
    return records.listed(
        asked["q"],
        host=asked["host"],
        state=asked["state"],
        before=asked["cursor"],
        limit=_PER_PAGE + 1,
    )


PAGE = Page("/articles", "Every article that is kept.", show, _PARAMETERS)
