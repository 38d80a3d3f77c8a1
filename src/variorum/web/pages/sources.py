"""``/sources``: what is watched, and how it is doing."""

from __future__ import annotations

from typing import Any

from variorum.model import Source
from variorum.pipeline.ailments import AILING
from variorum.web.asking import Asked
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site


def show(site: Site, asked: Asked) -> Shown:
    with site.read() as records:
        sources = records.sources()
        hosts = site.readings.hosts(records)
        counts = site.readings.counts(records)
        titles = site.readings.titles(records)
    context = {
        "sources": sources,
        "hosts": hosts,
        "counts": counts,
        "titles": titles,
        "ill": [s for s in sources if state(s) == "ill"],
        "state": state,
        "health": health,
    }

    def data() -> dict[str, Any]:
        return {
            "sources": [s.to_dict() for s in sources],
            "hosts": [{"host": h, "articles": n} for h, n in hosts],
            **counts,
        }

    return Shown("sources.html", context, data)


def state(source: Source) -> str:
    """well | new | paused | ill: what a mark beside the source says."""
    if source.paused:
        return "paused"
    if source.failures or source.health.startswith(AILING):
        return "ill"
    return "well" if source.checked is not None else "new"


def health(source: Source) -> str:
    """How a source is doing, in a sentence."""
    if source.checked is None:
        return "It has not been checked yet."
    if source.failures:
        times = "The last check" if source.failures == 1 else f"The last {source.failures} checks"
        return f"{times} failed: {source.health.rstrip('.')}."
    if source.health == "ok":
        return "It answers and can be read."
    return f"{source.health[:1].upper()}{source.health[1:].rstrip('.')}."


PAGE = Page("/sources", "What is watched, and how it is doing.", show)
