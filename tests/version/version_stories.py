"""Small pages and histories for the tests of the version room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from variorum.model import (
    Decision,
    Document,
    Fetched,
    History,
    Media,
    Notice,
    Page,
    PageKind,
    Version,
)
from variorum.stages.version import content_digest, decide

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
URL = "https://news.example/world/harbour-fire-1234567"
HEADLINE = "Harbour fire: crews work through the night"
STORY = (
    "A fire at the old harbour has killed 12 people, the coastguard said on Thursday.",
    "The blaze broke out shortly after midnight in a warehouse that stored paint and rope.",
    '"We heard two explosions," said Mara Lindqvist, who lives across the quay.',
    "Damage is put at £1.5m, and the port's owner expects growth of -5% this year.",
    "Officials do not believe that the fire was set on purpose.",
    "The harbour will stay closed until 14 March, the authority said.",
)
MENU = ("News", "Sport", "Culture", "Weather", "Contact us", "Privacy policy", "Terms of use")


def document(
    paragraphs: Sequence[str] = STORY, headline: str | None = HEADLINE, **rest: Any
) -> Document:
    return Document.build(headline, paragraphs, url=URL, **rest)


def page(  # a page whose furniture is a menu and whatever else is given
    paragraphs: Sequence[str] = STORY,
    headline: str | None = HEADLINE,
    *,
    around: Sequence[str] = MENU,
    kind: PageKind = PageKind.ARTICLE,
    titles: dict[str, str] | None = None,
    media: Sequence[Media] = (),
    notices: Sequence[Notice] = (),
    seen: Sequence[str] | None = None,
    **rest: Any,
) -> Page:
    told = document(paragraphs, headline, media=tuple(media), notices=tuple(notices), **rest)
    lines = (
        *around[:4],
        *([headline] if headline else []),
        *rest.get("byline", ()),
        *paragraphs,
        *(m.caption for m in media if m.caption),
        *(n.text for n in notices if n.paragraph is None),
        *around[4:],
    )
    given = titles if titles is not None else ({"h1": headline} if headline else {})
    return Page(kind, told, visible=tuple(seen if seen is not None else lines), titles=given)


def swap(old: str, new: str, paragraphs: Sequence[str] = STORY) -> tuple[str, ...]:
    """The story with one word changed; the word must be there."""
    assert any(old in p for p in paragraphs)
    return tuple(p.replace(old, new) for p in paragraphs)


class Told:
    """An article's history, grown capture by capture."""

    def __init__(self, *pages: Page) -> None:
        self.versions: list[Version] = []
        self.page: Page | None = None
        self.time = START
        for each in pages:
            self.take(each)

    @property
    def history(self) -> History:
        return History(self.versions, lambda: self.page)

    def take(self, new: Page, fetched: Fetched | None = None) -> Decision:
        decision = decide(new, self.history, fetched)
        self.time += timedelta(minutes=30)
        if decision.kind.makes_version:
            self.versions.append(
                Version(
                    article=1,
                    number=len(self.versions),
                    document=new.document,
                    first_seen=self.time,
                    last_seen=self.time,
                    reason=decision.reason,
                    digest=content_digest(new.document),
                    same_as=decision.same_as,
                )
            )
        if decision.details["outcome"] == "ok":
            self.page = new
        return decision


def after(old: Page, new: Page) -> Decision:
    """What ``new`` means when ``old`` is all that is known."""
    return Told(old).take(new)


def answer(status: int | None = 200, final: str = URL, **rest: Any) -> Fetched:
    return Fetched(URL, START, final, status, **rest)
