"""``/a/{id}/blame``: which version brought each sentence of the text as it stands."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from variorum.text.sentences import sentences
from variorum.web.asking import Asked
from variorum.web.errors import not_found
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site, article_or_404


def show(site: Site, asked: Asked) -> Shown:
    with site.read() as records:
        article = article_or_404(records, asked.number("id"))
        versions = records.versions(article.id)
        titles = site.readings.titles(records)
    if not versions:
        raise not_found(
            "No version yet", "No text has been seen yet, so no sentence has an origin."
        )
    document = versions[-1].document
    told = site.readings.blame([v.document for v in versions])
    places = [s.paragraph for s in sentences(document.text, document.language)]
    pairs = list(zip(places, told.present, strict=False))
    context = {
        "article": article,
        "titles": titles,
        "versions": versions,
        "document": document,
        "paragraphs": [
            [origin for _, origin in group] for _, group in groupby(pairs, key=lambda p: p[0])
        ],
        "gone": told.gone,
        "shades": _shades(len(versions)),
    }

    def data() -> dict[str, Any]:
        return {"article": article.id, "version": versions[-1].number, **told.to_dict()}

    return Shown("blame.html", context, data)


def _shades(count: int) -> list[int]:
    """A shade from 0 (oldest) to 5 (newest) for each version."""
    return [0 if count < 2 else round(5 * n / (count - 1)) for n in range(count)]


PAGE = Page("/a/{id:number}/blame", "Which version brought each sentence.", show)
