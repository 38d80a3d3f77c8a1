"""``/a/{id}/edit``: what editors do to one article. Captures are never touched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from variorum.model import Article
from variorum.pipeline.joining import MOST_CAPTURES
from variorum.web.asking import Asked
from variorum.web.errors import FieldError, PageError, not_found
from variorum.web.pages import join
from variorum.web.pages.log import tell
from variorum.web.people.deeds import Deed, Done, Order
from variorum.web.people.editing import REASON, WHOLE_NUMBER, WHY, kept_article, whole_number
from variorum.web.people.forms import Field
from variorum.web.people.visitor import visitor_of
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site

_ACTS = 50
_NOTE = 4_000


def show(site: Site, asked: Asked) -> Shown:
    visitor = visitor_of(asked.request.scope)
    with site.archive.read() as records:
        article = kept_article(records, asked.number("id"))
        hiding = records.hiding(article.id)
        notes = records.notes(article.id)
        captures = records.captures(article.id)
        acts = [tell(a, visitor) for a in records.acts(article=article.id, limit=_ACTS)]
    context = {
        "article": article,
        "hiding": hiding,
        "notes": notes,
        "acts": acts,
        "addresses": sorted({a for c in captures for a in (c.url, c.final_url) if a}),
        "most": MOST_CAPTURES,
        "off": site.access.off(),
        "csrf": visitor.csrf,
    }

    def data() -> dict[str, Any]:
        return {
            "article": article.to_dict(),
            "hidden": None if hiding is None else hiding.to_dict(),
            "notes": [n.to_dict() for n in notes],
            "acts": acts,
        }

    return Shown("edit.html", context, data)


def hide(site: Site, order: Order) -> Done:
    """Show a reason instead of an article, on all its pages, in feeds, search and mementos."""
    reason = order["reason"]
    with site.access.write() as records:
        article = kept_article(records, order.number("id"))
        who = order.visitor.name
        legal = order["legal"] == "yes"
        records.hide_article(article.id, reason, who, site.access.clock(), legal=legal)
        told = {"legal": True} if legal else {}
        act = site.access.note(
            records, order.visitor, "hide", article=article.id, reason=reason, **told
        )
    return _done(article, act)


def unhide(site: Site, order: Order) -> Done:
    """Show a hidden article again."""
    with site.access.write() as records:
        article = kept_article(records, order.number("id"))
        if records.hiding(article.id) is None:
            raise PageError(409, "It is shown already", "This article is not hidden.")
        records.unhide_article(article.id)
        act = site.access.note(
            records, order.visitor, "unhide", article=article.id, reason=order["reason"]
        )
    return _done(article, act)


def annotate(site: Site, order: Order) -> Done:
    """Write a note beside an article, or beside one version of it."""
    with site.access.write() as records:
        article = kept_article(records, order.number("id"))
        version = order["version"]
        if version is not None and version >= article.versions:
            raise FieldError("version", f"takes one of the {article.versions} there are.")
        who, now = order.visitor.name, site.access.clock()
        number = records.add_note(article.id, version, order["text"], who, now)
        act = site.access.note(
            records,
            order.visitor,
            "note",
            article=article.id,
            reason=order["text"],
            note=number,
            version=version,
        )
    return Done(f"/a/{article.id}#notes", {"note": number, "act": act})


def withdraw(site: Site, order: Order) -> Done:
    """Take a note off an article; the log keeps it."""
    number = order.number("note")
    with site.access.write() as records:
        article = kept_article(records, order.number("id"))
        if not records.withdraw_note(article.id, number, site.access.clock()):
            raise not_found("No such note", "This article has no note of that number.")
        act = site.access.note(
            records,
            order.visitor,
            "note-withdrawn",
            article=article.id,
            reason=order["reason"],
            note=number,
        )
    return _done(article, act)


def _done(article: Article, act: int) -> Done:
    return Done(f"/a/{article.id}/edit", {"article": article.id, "act": act})


PAGE = Page("/a/{id:number}/edit", "What editors can do to one article.", show, role="editor")


def _editors(path: str, do: Any, *fields: Field, said: str) -> Deed:
    return Deed(path, do.__doc__ or "", "editor", do, fields, form=PAGE, said=said)


DEEDS = (
    _editors(
        "/a/{id:number}/hide",
        hide,
        REASON,
        Field("legal", "whether the law asks for it (451); else it is 410", choices=("yes",)),
        said="hidden",
    ),
    _editors("/a/{id:number}/unhide", unhide, REASON, said="shown"),
    _editors(
        "/a/{id:number}/notes",
        annotate,
        Field("text", "the note", required=True, longest=_NOTE),
        Field(
            "version",
            "the version that it is about",
            longest=18,
            parse=whole_number,
            shape=WHOLE_NUMBER,
        ),
        said="noted",
    ),
    _editors(
        "/a/{id:number}/notes/{note:number}/withdraw",
        withdraw,
        Field("reason", "the reason, visible to everybody", longest=WHY),
        said="withdrawn",
    ),
    *(replace(deed, form=PAGE) for deed in join.DEEDS),
)
