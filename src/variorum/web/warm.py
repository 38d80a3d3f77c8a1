"""What the first page of each kind would wait for, done while nobody waits yet."""

from __future__ import annotations

import logging
import threading

from starlette.applications import Starlette

from variorum.model import Document
from variorum.web.site import Site

log = logging.getLogger(__name__)
_TEMPLATES = (
    "front.html",
    "row.html",
    "article.html",
    "compare.html",
    "claims.html",
    "search.html",
)


def warm_up(app: Starlette) -> threading.Thread:
    """Begin to load the stages with their word lists and to compile the templates, beside whatever
    else the process does: together they take a second of CPU. Returns the thread that does it."""
    thread = threading.Thread(target=_load, args=(app.state.site,), name="warm-up", daemon=True)
    thread.start()
    return thread


def _load(site: Site) -> None:
    try:
        for name in _TEMPLATES:
            site.templates.get_template(name)
        old = Document.build("Rain", ["Ana said that 12 lamps went out."], language="en")
        new = Document.build("Rain", ["Ana said that 21 lamps went out."], language="en")
        compared = site.readings.compared(old, new)
        site.readings.claims(new)
        from variorum.stages.publish import apparatus

        apparatus(compared.collation, old, new)
    except Exception:
        # Whatever is wrong will be wrong again for whoever asks, and is told there.
        log.exception("warming up failed")
