"""``/a/{id}/claims``: who is said to have said what, and what became of it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from variorum.model import Claim, Document
from variorum.model.claim import CHANGE_KINDS
from variorum.web import asking, stories
from variorum.web.asking import Asked
from variorum.web.errors import not_found
from variorum.web.naming import named
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site, article_or_404, version_or_404

_PARAMETERS = (
    asking.count("version", "The ledger of this version; the newest when not given.", 10**9),
    asking.term("kind", "Only claim changes of this kind.", CHANGE_KINDS),
    asking.words("speaker", "Only claims of speakers with these words in their names."),
    asking.choice(
        "announced", "Only changes that the publisher announced, or did not.", ("yes", "no")
    ),
)


def show(site: Site, asked: Asked) -> Shown:
    with site.read() as records:
        article = article_or_404(records, asked.number("id"))
        if not article.versions:
            raise not_found("No version yet", "There is no text to read claims from.")
        number = article.versions - 1 if asked["version"] is None else asked["version"]
        version = version_or_404(records, article, number)
        recorded = records.claim_changes(article.id)
        titles = site.readings.titles(records)
    document = version.document
    claims = list(enumerate(site.readings.claims(document)))
    speaker = asked["speaker"].casefold()
    rows = [
        _row(document, k, claim)
        for k, claim in claims
        if speaker in (claim.speaker.name or "").casefold()
    ]
    changes = [stories.told_claim(c) for c in recorded if _wanted(c, asked)]
    context = {
        "article": article,
        "titles": titles,
        "version": version,
        "rows": rows,
        "total": len(claims),
        "steps": [(n, list(group)) for n, group in groupby(changes, key=lambda c: c["version"])],
        "recorded": len(recorded),
        "fitting": len(changes),
        "asked": asked.texts,
        "kinds": [(k, named(k)) for k in CHANGE_KINDS],
    }

    def data() -> dict[str, Any]:
        return {
            "article": article.id,
            "version": version.number,
            "claims": [c.to_dict() for k, c in claims],
            "changes": [c for c in recorded if _wanted(c, asked)],
        }

    return Shown("claims.html", context, data)


def _row(document: Document, k: int, claim: Claim) -> dict[str, Any]:
    def words(span: tuple[int, int] | None) -> str:
        return " ".join(document.text[span[0] : span[1]].split()) if span else ""

    return {
        "k": k,
        "claim": claim,
        "content": " … ".join(words(s) for s in claim.content_spans or (claim.content,)),
        "cue": words(claim.cue),
        "source": words(claim.source),
        "figures": [words(f.span) for f in claim.figures],
    }


def _wanted(change: dict[str, Any], asked: Asked) -> bool:
    return (
        (not asked["kind"] or change["kind"] == asked["kind"])
        and (not asked["announced"] or change["announced"] == (asked["announced"] == "yes"))
        and asked["speaker"].casefold() in stories.speaker_of(change).casefold()
    )


PAGE = Page("/a/{id:number}/claims", "The ledger of claims of one article.", show, _PARAMETERS)
