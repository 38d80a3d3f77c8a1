"""``/a/{id}/v{n}``: one version as it was read, with what attests it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from variorum.model import Capture, Claim, Document, Outcome
from variorum.pipeline.damage import damage_of
from variorum.store.parts import part_of
from variorum.text.sentences import sentences
from variorum.web.asking import Asked
from variorum.web.citing import citation
from variorum.web.pages.article import origins
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site, article_or_404, version_or_404


def show(site: Site, asked: Asked) -> Shown:
    with site.read() as records:
        article = article_or_404(records, asked.number("id"))
        version = version_or_404(records, article, asked.number("n"))
        captures = records.captures_of_version(article.id, version.number)
        titles = site.readings.titles(records)
    version = replace(version, captures=tuple(captures))
    document = version.document
    context = {
        "article": article,
        "titles": titles,
        "version": version,
        "document": document,
        "paragraphs": paragraphs(document, site.readings.claims(document)),
        "notice_paragraphs": {n.paragraph for n in document.notices if n.paragraph is not None},
        "origins": origins(captures),
        "built": built(captures),
        "damage": damage_of(document),
        "sentence_count": len(sentences(document.text, document.language)),
        "word_count": len(document.text.split()),
        "last": article.versions - 1,
        "citation": citation(article, (version,), site.public_url),
    }

    def data() -> dict[str, Any]:
        return {
            "article": article.id,
            **version.to_dict(),
            "built": context["built"],
            "damage": context["damage"] or None,
            "document": document.to_dict(),
            "citation": citation(article, (version,), site.public_url),
        }

    return Shown("version.html", context, data)


def built(captures: Sequence[Capture]) -> dict[str, Any] | None:
    """By which browser the page was built that a version was first read from; the capture that has
    a picture of it, if any does. None where the page is the server's."""
    first = next((c for c in captures if c.outcome is Outcome.OK), None)
    told = first.details.get("rendered") if first else None
    if first is None or told is None:
        return None
    shown = (c.id for c in captures if part_of(c.details, "screenshot") is not None)
    return {
        "browser": told["browser"],
        "sandbox": told["sandbox"],
        "notes": told["notes"],
        "capture": first.id,
        "picture": next(shown, None),
    }


def paragraphs(document: Document, claims: tuple[Claim, ...]) -> list[Markup]:
    """The paragraphs after the headline, each claim's first words an anchor ``claim-{k}``."""
    starts: dict[int, list[int]] = {}
    for k, claim in enumerate(claims):
        starts.setdefault(claim.content[0], []).append(k)
    found = []
    at = 0
    for paragraph in document.paragraphs:
        begin = document.text.find(paragraph, at)
        if begin < 0:
            found.append(Markup("{}").format(paragraph))
            continue
        at = begin + len(paragraph)
        found.append(_anchored(document.text, begin, at, starts, claims))
    return found


def _anchored(
    text: str, begin: int, end: int, starts: dict[int, list[int]], claims: tuple[Claim, ...]
) -> Markup:
    """``text[begin:end]`` with the claims that begin in it marked, the outermost of nested ones."""
    out, at = [Markup("")], begin
    for start in sorted(s for s in starts if begin <= s < end):
        if start < at:
            out.append(_bare(starts[start]))
            continue
        stop = min(claims[starts[start][0]].content[1], end)
        out.append(Markup("{}").format(text[at:start]))
        first, *others = starts[start]
        out.append(_bare(others))
        out.append(
            Markup('<span class="said" id="claim-{}" tabindex="-1">{}</span>').format(
                first, text[start:stop]
            )
        )
        at = max(at, stop)
    out.append(Markup("{}").format(text[at:end]))
    return Markup("").join(out)


def _bare(numbers: list[int]) -> Markup:
    return Markup("").join(
        Markup('<span id="claim-{}" tabindex="-1"></span>').format(k) for k in numbers
    )


PAGE = Page("/a/{id:number}/v{n:number}", "One version of an article.", show)
