"""``/about``: what this archive is and what it can and cannot say."""

from __future__ import annotations

from typing import Any

from variorum.about import __version__
from variorum.model.change import BADGES
from variorum.store.records import Records
from variorum.web.asking import Asked
from variorum.web.languages import gettext
from variorum.web.naming import MEANINGS, named
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site


def show(site: Site, asked: Asked) -> Shown:
    with site.read() as records:
        counts = records.counts()
        key = ("texts", counts["versions"])
        texts = site.readings.counted(records, key, 500, Records.text_bytes)
        # Beside the demo's invented days a real one would only puzzle.
        created = None if site.demo else records.setting("created")
    context = {
        "counts": counts,
        "texts": texts,
        "created": created,
        "badges": [(b, named(b), gettext(MEANINGS[b])) for b in BADGES],
    }

    def data() -> dict[str, Any]:
        return {"software": f"variorum {__version__}", "created": created, **counts, "texts": texts}

    return Shown("about.html", context, data)


PAGE = Page("/about", "What this archive is.", show)
