"""``/log``: everything that people did here, newest first. Nothing is ever taken out of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from variorum.store.people_records import Act
from variorum.web import asking
from variorum.web.asking import Asked
from variorum.web.people.visitor import Visitor, visitor_of
from variorum.web.people.wording import ACTS, OPEN_ACTS
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site

_PER_PAGE = 100
_PARAMETERS = (
    asking.count("article", "Only what was done to this article.", 10**18 - 1),
    asking.cursor(),
)


def show(site: Site, asked: Asked) -> Shown:
    visitor = visitor_of(asked.request.scope)
    with site.read() as records:
        acts = records.acts(
            article=asked["article"],
            kinds=() if visitor.may("admin") else OPEN_ACTS,
            before=asked["cursor"],
            limit=_PER_PAGE + 1,
        )
    more = len(acts) > _PER_PAGE
    told = [tell(act, visitor) for act in acts[:_PER_PAGE]]
    go_on = asking.make_cursor(acts[_PER_PAGE - 1].id) if more else None
    context = {
        "acts": told,
        "article": asked["article"],
        "older": "/log?" + urlencode({**asked.given, "cursor": go_on}) if go_on else None,
    }

    def data() -> dict[str, Any]:
        return {"acts": told, "cursor": go_on}

    return Shown("log.html", context, data)


def tell(act: Act, visitor: Visitor) -> dict[str, Any]:
    """An act as this visitor may read it: readers without an account see the role, not the name."""
    return {
        **act.to_dict(),
        "what": ACTS.get(act.kind, act.kind),
        "person": act.person if visitor.role else "",
    }


PAGE = Page("/log", "What people did here.", show, _PARAMETERS)
