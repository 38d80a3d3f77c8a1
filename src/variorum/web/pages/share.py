"""A comparison where others show it: as a card (PNG) and as a frame that needs no script."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from variorum.model import Article, Change, Version
from variorum.model.hosts import bare_host
from variorum.stages.publish.summary import summarise
from variorum.store.change_records import ChangeFilter
from variorum.web import stories
from variorum.web.cards import Card, draw
from variorum.web.errors import PageError
from variorum.web.languages import current, gettext
from variorum.web.memory import Body
from variorum.web.naming import named
from variorum.web.routing import Raw
from variorum.web.showing import answer, render
from variorum.web.site import Site, article_or_404, version_or_404

_STEP = "/a/{id:number}/v{n:number}..v{m:number}"
# What a card takes of the room for remembered work, in characters.
_COST = 40_000
# Any page may show the frame; nothing in it runs, and all that it loads is the style sheet.
_FRAMED = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors *",
    )
)


def card(site: Site, request: Request) -> Response:
    """The comparison as a picture of 1200 by 630 pixels."""
    article, change, source = _told(site, request)
    row = stories.row(change)
    told = Card(
        source=source,
        time=f"{stories.dated(change.time.isoformat())}",
        headline=row.headline,
        before=row.before or row.headline_was or "",
        after=row.after,
        kinds=[named(k) for k in change.kinds],
        announced=change.announcement,
        versions=gettext("version %(old)s → %(new)s", old=change.old, new=change.new),
    )
    key = ("card", article.id, repr(told), current().code)
    body: Body = site.readings.remembered(key, _COST, lambda: Body.of(draw(told)))
    found = answer(request, body, "image/png")
    found.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return found


def embed(site: Site, request: Request) -> Response:
    """The comparison in a few lines, to be framed by any page."""
    article, change, source = _told(site, request)
    context: dict[str, Any] = {
        "article": article,
        "row": stories.row(change),
        "source": source,
        "base": str(request.base_url).rstrip("/"),
    }
    body = Body.of(render(site, "embed.html", request, context))
    found = answer(request, body, "text/html")
    found.headers["Content-Security-Policy"] = _FRAMED
    found.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return found


def _told(site: Site, request: Request) -> tuple[Article, Change, str]:
    """The article, the change between the two versions asked for, and who published it."""
    numbers = request.path_params
    with site.read() as records:
        article = article_or_404(records, numbers["id"])
        old = version_or_404(records, article, numbers["n"])
        new = version_or_404(records, article, numbers["m"])
        titles = site.readings.titles(records)
        changes = records.changes(ChangeFilter(article=article.id), 500)
    host = bare_host(article.url)
    known = next((c for c in changes if (c.old, c.new) == (old.number, new.number)), None)
    change = known or _compared(site, old, new)
    return article, change, titles.get(host) or host or gettext("imported")


def _compared(site: Site, old: Version, new: Version) -> Change:
    if old.number == new.number:
        raise PageError(404, "Nothing to compare", "Both sides are the same version.")
    compared = site.readings.compared(old.document, new.document)
    return summarise(old, new, compared.collation, compared.claims)


RAWS = (
    Raw(f"{_STEP}/card.png", card.__doc__ or "", card, "image/png", (200, 304), spoken=True),
    Raw(f"{_STEP}/embed", embed.__doc__ or "", embed, "text/html", (200, 304), spoken=True),
)
