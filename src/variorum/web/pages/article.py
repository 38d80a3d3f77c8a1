"""``/a/{id}``: one article's history, to scale."""

from __future__ import annotations

from typing import Any

from variorum.model import Article, Capture, Change, Version
from variorum.pipeline.damage import damage_told
from variorum.store.change_records import ChangeFilter
from variorum.web import stories, stretches, timeline
from variorum.web.asking import Asked
from variorum.web.atom import Feed, archived, stable_id
from variorum.web.naming import state_named
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import Site, article_or_404

_CHANGES = 500


def show(site: Site, asked: Asked) -> Shown:
    with site.read() as records:
        article = article_or_404(records, asked.number("id"))
        captures = records.captures(article.id)
        versions = records.versions(article.id, captures)
        changes = records.changes(ChangeFilter(article=article.id), _CHANGES)
        source = records.source_name(article.source) if article.source is not None else None
        titles = site.readings.titles(records)
        notes = records.notes(article.id)
    steps = timeline.steps(versions, captures, changes)
    context = {
        "article": article,
        "state": state_named(article.state),
        "source": source,
        "titles": titles,
        "notes": notes,
        "versions": versions,
        "picks": timeline.picks(versions),
        "captures": captures,
        "steps": steps,
        "plot": timeline.plot(versions, captures, changes),
        "origins": origins(captures),
        "outcomes": timeline.outcomes(captures),
        "events": [stories.row(c) for c in changes if c.old == c.new],
    }
    return Shown(
        "article.html",
        context,
        lambda: {
            **_data(article, versions, captures, changes),
            "notes": [{**n.to_dict(), "person": "an editor"} for n in notes],
        },
        lambda: _feed(site, article, asked),
    )


def origins(captures: list[Capture]) -> list[str]:
    """Where captures that were not observed by this archive come from."""
    return list(dict.fromkeys(c.origin for c in captures if c.origin != "observed"))


def _data(
    article: Article, versions: list[Version], captures: list[Capture], changes: list[Change]
) -> dict[str, Any]:
    return {
        **article.to_dict(),
        "history": [v.to_dict() for v in versions],
        "captures": [_capture(c) for c in captures],
        "changes": [{**c.to_dict(), "href": stories.place(c)} for c in changes],
    }


def _capture(capture: Capture) -> dict[str, Any]:
    damage = damage_told(capture)
    return {**capture.to_dict(), **({"damage": damage} if damage else {})}


def _feed(site: Site, article: Article, asked: Asked) -> Feed:
    wanted = ChangeFilter(article=article.id)
    with site.read() as records:
        part = stretches.stretch(
            asked["archive"],
            records.count_changes(wanted),
            lambda limit, skip, newest: records.recorded(wanted, limit, skip, newest=newest),
        )
        born = str(records.setting("created"))
    page = f"{asked.base}/a/{article.id}"
    feed = Feed(
        id=stable_id(born, "article", article.id),
        title=f"Changes of “{article.headline or article.url}”",
        url="",
        page=page,
        entries=[stories.entry(c, asked.base, born) for c in part.items],
    )
    return archived(feed, f"{page}.atom", part)


PAGE = Page(
    "/a/{id:number}", "The history of one article.", show, (stretches.PARAMETER,), feed=True
)
