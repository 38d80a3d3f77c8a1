"""``/sources/{id}``: one source, how it is doing and how its articles change; all as OPML."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import quoteattr

from starlette.requests import Request
from starlette.responses import Response

from variorum.model import Article, Source, SourceKind
from variorum.model.hosts import bare_host
from variorum.pipeline.websub import Subscription, subscription_of
from variorum.stages.fetch.politeness import DELAY
from variorum.stages.watch.opml import NAMESPACE
from variorum.store.statistics_records import Scope
from variorum.web.asking import Asked
from variorum.web.atom import legal
from variorum.web.errors import no_source
from variorum.web.naming import NAMES
from variorum.web.pages import statistics
from variorum.web.pages.sources import health, state
from variorum.web.routing import Page, Raw
from variorum.web.showing import Shown
from variorum.web.site import Site

_ARTICLES = 30


def show(site: Site, asked: Asked) -> Shown:
    number = asked.number("id")
    scope = Scope(source=number)
    with site.read() as records:
        source = records.source(number)
        if source is None:
            raise no_source(number)
        articles = records.articles_of(number, _ARTICLES)
        outcomes = site.readings.standing(
            records, ("outcomes", number), lambda apart: apart.outcomes_of(scope)
        )
        tables = statistics.counted(site, records, scope)
        titles = site.readings.titles(records)
        next_look = records.next_look_at(number)
        hub = subscription_of(records, number)
    context = {
        "source": source,
        "host": bare_host(source.url),
        "titles": titles,
        "state": state(source),
        "health": health(source),
        "articles": articles,
        "outcomes": sorted(outcomes.items(), key=lambda o: -o[1]),
        "next_look": next_look,
        "everything": source.to_dict()["everything"],
        "hub": hub,
        "delay": DELAY,
        **statistics.drawn(tables, scope),
    }
    return Shown("source.html", context, lambda: _data(source, articles, outcomes, tables, hub))


def _data(
    source: Source,
    articles: list[Article],
    outcomes: dict[str, int],
    tables: list[Any],
    hub: Subscription | None,
) -> dict[str, Any]:
    return {
        **source.to_dict(),
        "websub": hub.told() if hub else None,
        "latest": [a.to_dict() for a in articles],
        "looks": outcomes,
        "statistics": {t.name: t.to_dict() for t in tables},
    }


def opml(site: Site, request: Request) -> Response:
    """Every source as OPML 2.0, for a feed reader or another archive."""
    with site.read() as records:
        sources = records.sources()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:variorum="{NAMESPACE}">',
        "<head><title>Sources of a Variorum archive</title></head>",
        "<body>",
        *(_outline(s) for s in sources if s.kind is not SourceKind.IMPORT),
        "</body>",
        "</opml>",
    ]
    headers = {"Content-Disposition": 'attachment; filename="variorum-sources.opml"'}
    body = "\n".join(lines) + "\n"
    return Response(body.encode(), media_type="text/x-opml", headers=headers)


def _outline(source: Source) -> str:
    name = quoteattr(legal(source.title or source.url))
    url = quoteattr(legal(source.url))
    render = f" variorum:render={quoteattr(str(source.render))}" if source.render else ""
    if source.kind is SourceKind.FEED:
        return f'<outline type="rss" text={name} title={name} xmlUrl={url}{render}/>'
    kind = quoteattr(NAMES.get(str(source.kind), str(source.kind)))
    own = f" variorum:kind={quoteattr(str(source.kind))}{render}"
    return f'<outline type="link" text={name} title={name} url={url} description={kind}{own}/>'


PAGE = Page("/sources/{id:number}", "One source, its health and its statistics.", show)
RAW = Raw("/sources.opml", opml.__doc__ or "", opml, "text/x-opml")
