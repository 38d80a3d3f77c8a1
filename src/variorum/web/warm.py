"""What the first page of each kind would wait for, done while nobody waits yet."""

from __future__ import annotations

import gc
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
# Objects made until the youngest are looked through for rings of garbage: a page makes some 10,000,
# of which next to none are in rings; Python's own 700 took 5 % of all CPU on pages.
_MADE = 10_000


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
    # What is loaded now stays: it need not be looked through again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE, 10, 10)
