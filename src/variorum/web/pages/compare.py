"""``/a/{id}/v{n}..v{m}``: two versions compared, in four views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from variorum.model import Article, Capture, ClaimChange, FieldEdit, Version, Word, reasons
from variorum.web import asking, prose, stories
from variorum.web.asking import Asked
from variorum.web.citing import citation
from variorum.web.collated import Block, in_reading_order, lay_out
from variorum.web.early import Opening
from variorum.web.errors import PageError
from variorum.web.languages import N_, current, gettext
from variorum.web.readings import Compared
from variorum.web.routing import Page, Raw
from variorum.web.showing import Shown
from variorum.web.site import Site, article_or_404, versions_or_404
from variorum.web.templating import published

VIEWS = ("inline", "side", "reading", "changes")
_TITLES = {
    "inline": N_("Inline"),
    "side": N_("Side by side"),
    "reading": N_("Reading"),
    "changes": N_("Changes"),
}
_PARAMETERS = (asking.choice("view", "How the two texts are shown.", VIEWS, "inline"),)


# Characters of two texts together from which on the reader is sent the head of the page at once: it
# takes some 2 ms to make, to compare so much 20 or more.
_LONG = 30_000
# Characters of a line by which it is known again in a reason, which cuts what it quotes.
_QUOTED = 60
_NOTHING = Markup()
# Before, after, their article, what hosts call themselves, claim changes as recorded.
_Sides = tuple[Version, Version, Article, dict[str, str], list[dict[str, Any]] | None]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A row of the comparison, ready to be shown: one paragraph, or two side by side. ``skipped``
    counts the unchanged ones before it; ``number`` is its place in the new text, in the old one
    where it is gone."""

    text: Markup = _NOTHING
    other: Markup = _NOTHING
    skipped: int = 0

    number: int | None = None
    notes: Sequence[int] = ()
    changes: Sequence[int] = ()
    gone: bool = False
    classes: str = "row"


def _row(
    blocks: Sequence[Block], text: Markup, other: Markup = _NOTHING, skipped: int = 0
) -> Paragraph:
    new = next((b.new for b in blocks if b.new is not None), None)
    changes = [c for b in blocks for c in b.changes]
    gone = all(b.gone for b in blocks)
    marks = (("diff", changes), ("head", any(b.headline for b in blocks)), ("gone", gone))
    return Paragraph(
        text,
        other,
        skipped,
        number=blocks[0].old if new is None else new,
        notes=sorted(n for b in blocks for n in b.notes),
        changes=changes,
        gone=gone,
        classes=" ".join(["row", *(name for name, holds in marks if holds)]),
    )


def show(site: Site, asked: Asked) -> Shown:
    old, new, article, titles, known = _sides(site, asked)
    frame = _frame(asked, article, titles, old, new)
    if asked.begin and len(old.document.text) + len(new.document.text) > _LONG:
        asked.begin(_beginning(frame))
    view = asked["view"]
    compared = site.readings.compared(old.document, new.document, known)
    claims = in_reading_order(compared.layout, compared.claims)
    paragraphs = site.readings.remembered(
        ("paragraphs", view, old.document, new.document, compared.recorded, current().code),
        len(old.document.text) + len(new.document.text),
        lambda: _paragraphs(compared, claims, view),
    )
    apparatus_of = partial(_apparatus, compared)
    counts = _counts(compared)
    context = {
        **frame,
        # The reading view has no marks to point at: its links lead to the inline one.
        "words_at": frame["here"] if view == "reading" else "",
        "paragraphs": paragraphs,
        "claims": claims,
        "collation": compared.collation,
        "fields": [
            (f.field, _field(f.field, f.words, "=-"), _field(f.field, f.words, "=+"))
            for f in compared.collation.fields
        ],
        "tally": stories.tally(counts),
        "changes": counts,
        "beside": not_in(compared.collation.fields, beside_of(old, new)),
        "apparatus": site.readings.remembered(
            ("apparatus", old.document, new.document), len(new.document.text), apparatus_of
        ),
        "brief": stories.brief,
        "unannounced": [c for c in claims if not c.announced],
        "citation": citation(article, (old, new), site.public_url),
    }
    return Shown("compare.html", context, lambda: _data(site, article, old, new, compared))


def opening(site: Site, asked: Asked) -> Shown:
    """The page as far as it is known before anything is compared; see :mod:`variorum.web.early`."""
    old, new, article, titles, _ = _sides(site, asked)
    return _beginning(_frame(asked, article, titles, old, new))


def _beginning(frame: dict[str, Any]) -> Shown:
    return Shown("compare.html", {**frame, "tally": ""}, dict)


def _frame(
    asked: Asked, article: Article, titles: dict[str, str], old: Version, new: Version
) -> dict[str, Any]:
    """What stands above the comparison."""
    here = f"/a/{article.id}/v{old.number}..v{new.number}"
    return {
        "article": article,
        "titles": titles,
        "old": old,
        "new": new,
        "view": asked["view"],
        "views": [
            (v, gettext(_TITLES[v]), here + ("" if v == "inline" else f"?view={v}")) for v in VIEWS
        ],
        "here": here,
        "place": asked.base + here,
        "earlier": _step(article, old.number - 1, new.number - 1),
        "later": _step(article, old.number + 1, new.number + 1),
    }


def beside_of(old: Version, new: Version) -> str:
    """What differs from the version before beside the text as it is read; no comparison shows it."""
    return reasons.told_beside(new.reason) if new.number == old.number + 1 else ""


def not_in(fields: Sequence[FieldEdit], beside: str) -> str:
    """``beside``, but "" where the table of fields already shows what it quotes."""
    for field in fields:
        lines = set(field.old.splitlines()) ^ set(field.new.splitlines())
        if lines and all(line[:_QUOTED] in beside for line in lines):
            return ""
    return beside


def _field(name: str, words: Sequence[Word], signs: str) -> Markup:
    """One side of a field that changed; a date reads as one."""
    text = "".join(t for sign, t in words if sign in signs)
    told = published(text) if name in ("published", "modified") else text
    if told == text:
        return prose.word_edits(words, signs)
    tag = "del" if "-" in signs else "ins"
    return Markup("<{0}>{1}</{0}>").format(tag, told)


def goto(site: Site, request: Request) -> Response:
    """The form of the timeline: sends on to the comparison of the two versions chosen."""
    asked = asking.read(request, _CHOICE)
    old, new = asked["old"], asked["new"]
    old, new = sorted((old, new))
    query = f"?view={asked['view']}" if asked["view"] else ""
    place = f"/a/{asked.number('id')}/v{old}" + (f"..v{new}{query}" if old != new else "")
    return RedirectResponse(place, 303)


def _sides(site: Site, asked: Asked) -> _Sides:
    with site.read() as records:
        article = article_or_404(records, asked.number("id"))
        old, new = versions_or_404(records, article, asked.number("n"), asked.number("m"))
        if old.number == new.number:
            raise PageError(
                404, "Nothing to compare", f"Both sides are version {old.number} of this article."
            )
        captures = records.captures_of_versions(article.id, old.number, new.number)
        titles = site.readings.titles(records)
        known = records.claim_changes_between(article.id, old.number, new.number)
    return _with(captures, old), _with(captures, new), article, titles, known


def _with(captures: list[Capture], version: Version) -> Version:
    return replace(version, captures=tuple(c for c in captures if c.version == version.number))


def _paragraphs(compared: Compared, claims: Sequence[ClaimChange], view: str) -> list[Paragraph]:
    blocks = lay_out(compared.layout, compared.old, compared.new, claims)
    if view == "side":
        return _beside(blocks)
    if view == "reading":
        return [_row([b], prose.clean(b)) for b in blocks]
    notes = prose.Notes()
    rows: list[Paragraph] = []
    skipped = 0
    for block in blocks:
        if view == "changes" and not block.changes and not block.notes:
            skipped += 1
            continue
        rows.append(_row([block], prose.inline(block, notes), skipped=skipped))
        skipped = 0
    return [*rows, Paragraph(skipped=skipped)] if skipped else rows


def _beside(blocks: Sequence[Block]) -> list[Paragraph]:
    """Rows of two sides; paragraphs that went stand beside those that came right after them."""
    notes, others = prose.Notes(), prose.Notes("o")
    rows: list[list[Block]] = []
    waiting: list[list[Block]] = []
    for block in blocks:
        if block.fresh and waiting:
            waiting.pop(0).append(block)
            continue
        rows.append([block])
        waiting = [*waiting, rows[-1]] if block.gone else []
    return [
        _row(
            row,
            prose.joined([prose.new_side(b, notes) for b in row]),
            prose.joined([prose.old_side(b, others) for b in row]),
        )
        for row in rows
    ]


def _counts(compared: Compared) -> dict[str, int]:
    counts: dict[str, int] = {}
    for segment in compared.collation.segments:
        if segment.op == "same" and not segment.moved:
            continue
        kind = {"same": "moved", "split": "edited", "merged": "edited"}.get(segment.op, segment.op)
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def _apparatus(compared: Compared) -> list[str]:
    from variorum.stages.publish import apparatus

    return apparatus(compared.collation, compared.old, compared.new, layout=compared.layout)


def _step(article: Article, old: int, new: int) -> str | None:
    if old < 0 or new >= article.versions:
        return None
    return f"/a/{article.id}/v{old}..v{new}"


def _data(
    site: Site, article: Article, old: Version, new: Version, compared: Compared
) -> dict[str, Any]:
    return {
        "article": article.to_dict(),
        "old": old.to_dict(),
        "new": new.to_dict(),
        "citation": citation(article, (old, new), site.public_url),
        "collation": compared.collation.to_dict(),
        "claim_changes": [c.to_dict() for c in compared.claims],
    }


_CHOICE = (
    asking.count("old", "The number of one version.", 10**9, required=True),
    asking.count("new", "The number of the other version.", 10**9, required=True),
    asking.choice("view", "How the two texts are shown.", VIEWS),
)
PAGE = Page(
    "/a/{id:number}/v{n:number}..v{m:number}",
    "Two versions compared.",
    show,
    _PARAMETERS,
    opening=Opening(opening, '<p class="sum"'),
)
GOTO = Raw(
    "/a/{id:number}/compare",
    "Sends on to the comparison of two versions.",
    goto,
    "text/html",
    (303,),
    _CHOICE,
)
