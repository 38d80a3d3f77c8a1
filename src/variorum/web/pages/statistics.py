"""``/statistics``: how often, how soon, how openly and how articles change; each table as CSV."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from variorum.store.records import Records
from variorum.store.statistics_records import Scope
from variorum.web import asking
from variorum.web.asking import Asked
from variorum.web.charts import charts
from variorum.web.counting import TABLES, Table, tables
from variorum.web.errors import no_source
from variorum.web.languages import current
from variorum.web.routing import Page, Raw
from variorum.web.showing import Shown
from variorum.web.site import HOSTS_OFFERED, Site

PARAMETERS = (
    asking.words("host", "Only articles of this host."),
    asking.count("source", "Only articles found through the source of this number.", 10**9),
)
# What a scope's tables take of the room for remembered work, in characters.
_COST = 30_000


def show(site: Site, asked: Asked) -> Shown:
    scope = _scope(asked)
    with site.read() as records:
        found = counted(site, records, scope)
        hosts = site.readings.hosts(records)[:HOSTS_OFFERED]
        titles = site.readings.titles(records)
        source = records.source_name(scope.source) if scope.source is not None else None
        if scope.source is not None and source is None:
            raise no_source(scope.source)
    name = source[1] if source else titles.get(asked["host"]) or asked["host"]
    context = {
        "name": name,
        "asked": asked.texts,
        "hosts": hosts,
        "titles": titles,
        **drawn(found, scope),
    }
    return Shown("statistics.html", context, lambda: {t.name: t.to_dict() for t in found})


def counted(site: Site, records: Records, scope: Scope) -> list[Table]:
    """The tables, counted again after each change and article, else from memory."""

    def work(apart: Records) -> list[Table]:
        return tables(apart.statistics(scope))

    key = ("statistics", scope, records.extent, records.reshaped, current().code)
    return site.readings.counted(records, key, _COST, work)


def drawn(found: list[Table], scope: Scope) -> dict[str, Any]:
    """What the template needs of tables."""
    asked = {"source": scope.source, "host": scope.host}
    query = urlencode({k: v for k, v in asked.items() if v is not None})
    return {
        "plots_list": [(t, charts(t)) for t in found],
        "scope_query": f"?{query}" if query else "",
    }


def _scope(asked: Asked) -> Scope:
    return Scope(asked["source"], asked["host"] or None)


def _csv(name: str) -> Raw:
    def answer(site: Site, request: Request) -> Response:
        asked = asking.read(request, PARAMETERS)
        with site.read() as records:
            found = counted(site, records, _scope(asked))
        table = next(t for t in found if t.name == name)
        headers = {"Content-Disposition": f'attachment; filename="variorum-{name}.csv"'}
        return Response(table.csv(), media_type="text/csv", headers=headers)

    told = f"The table “{name}” of the statistics as CSV."
    return Raw(f"/statistics/{name}.csv", told, answer, "text/csv", (200,), PARAMETERS)


PAGE = Page("/statistics", "How often, how soon and how articles change.", show, PARAMETERS)
RAWS = tuple(_csv(name) for name in TABLES)
