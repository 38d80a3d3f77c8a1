"""Pages set from templates: articles, front pages and what hostile sites show instead."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from variorum.newspaper.furniture import Furniture
from variorum.newspaper.outlets import Outlet
from variorum.newspaper.story import State, Step, Story, split_block
from variorum.newspaper.truth import dressed
from variorum.newspaper.typeset import inline, plain

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent / "templates"
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the body as the template gets it.

    ``kind``: paragraph | heading | quote | list | update | note | ad | promo | more | clock | wall.
    ``html`` is safe HTML, ``items`` the entries of a list, ``time`` an update's.
    """

    kind: str
    html: Any
    items: tuple[Any, ...] = ()
    time: str = ""


@dataclass(slots=True)
class Sheet:
    """Everything an article's template may use."""

    outlet: Outlet
    story: Story
    url: str
    headline: str
    byline: tuple[str, ...]
    caption: Any
    pieces: list[Piece]
    notes: list[Piece]
    published: datetime
    modified: datetime
    summary: str
    layout: int
    walled: bool
    json_ld: Any = ""
    related: list[Any] = field(default_factory=list)


def article_sheet(
    outlet: Outlet,
    story: Story,
    round_: int,
    rounds: Sequence[datetime],
    base_url: str,
    furniture: Furniture,
    wall: str = "",
) -> Sheet:
    """A story as it stands at ``round_``, ready for its template.

    ``wall``: "stub" gives the first paragraph only, "scrambled" the rest with its letters shifted.
    """
    from markupsafe import Markup

    step = story.step_at(round_)
    if step is None:
        raise LookupError(f"{story.slug} is not out yet at round {round_}")
    state = step.state

    def set_(text: str) -> Any:
        return Markup(inline(dressed(text, step, outlet, round_)))  # noqa: S704 - inline escapes

    pieces = _pieces(state, set_)
    notes = [Piece("note", set_(n.text)) for n in state.notices]
    if wall:
        rest = _scrambled(pieces[1:]) if wall == "scrambled" else []
        pieces, notes = [*pieces[:1], *rest, Piece("wall", "")], []
    elif outlet.note_place == "end":
        pieces, notes = pieces + notes, []
    elif outlet.note_place == "top":
        pieces, notes = notes + pieces, []
    if outlet.shuffles and not wall:
        pieces = _interrupted(pieces, furniture)
    sheet = Sheet(
        outlet=outlet,
        story=story,
        url=base_url + outlet.path(story, story.slug_at(round_)),
        headline=dressed(state.headline, step, outlet, round_),
        byline=state.byline,
        caption=set_(state.caption) if state.caption else "",
        pieces=pieces,
        notes=notes,
        published=printed(rounds[story.first_round], story),
        modified=printed(rounds[step.round], story),
        summary=plain(dressed(split_block(state.body[0])[1], step, outlet, round_)),
        layout=furniture.random.randint(0, 1),
        walled=bool(wall),
    )
    sheet.json_ld = Markup(json_ld(sheet, step))  # noqa: S704 - "<" is escaped there
    return sheet


def printed(time: datetime, story: Story) -> datetime:
    """The minute a page gives for a round: up to 50 minutes before, the same for a story always."""
    return time - timedelta(minutes=crc32(story.slug.encode()) % 51)


def _pieces(state: State, set_: Any) -> list[Piece]:
    pieces: list[Piece] = []
    for block in state.body:
        kind, text, time = split_block(block)
        if kind == "item" and pieces and pieces[-1].kind == "list":
            pieces[-1] = Piece("list", "", (*pieces[-1].items, set_(text)))
        elif kind == "item":
            pieces.append(Piece("list", "", (set_(text),)))
        else:
            pieces.append(Piece(kind, set_(text), time=time))
    return pieces


def _scrambled(pieces: list[Piece]) -> list[Piece]:
    """Paragraphs whose letters are moved on by one, as some paywalls do; markup is dropped."""
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    shifted = alphabet[1:] + alphabet[0]
    table = str.maketrans(alphabet + alphabet.upper(), shifted + shifted.upper())
    return [Piece("paragraph", str(p.html.striptags()).translate(table)) for p in pieces if p.html]


def _interrupted(pieces: list[Piece], furniture: Furniture) -> list[Piece]:
    """The body with advertisements, sign-up boxes, links and clocks put between its blocks."""
    kinds = furniture.random.sample(
        ("ad", "promo", "more", "clock"), furniture.random.randint(2, 4)
    )
    places = dict(zip(furniture.places(max(1, len(pieces) - 1), len(kinds)), kinds, strict=False))
    result: list[Piece] = []
    for index, piece in enumerate(pieces):
        result.append(piece)
        if index in places:
            result.append(Piece(places[index], ""))
    return result


def json_ld(sheet: Sheet, step: Step) -> str:
    """schema.org NewsArticle (or LiveBlogPosting) of a page; safe inside a script element."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if "live" in sheet.story.quirks else "NewsArticle",
        "headline": sheet.headline,
        "mainEntityOfPage": sheet.url,
        "datePublished": sheet.published.isoformat(),
        "dateModified": sheet.modified.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in step.state.byline],
        "publisher": {"@type": "NewsMediaOrganization", "name": sheet.outlet.name},
        "inLanguage": sheet.outlet.language,
        "articleSection": sheet.story.section,
    }
    if sheet.walled:
        data["isAccessibleForFree"] = False
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def day(time: datetime, language: str) -> str:
    """A date as the outlet prints it."""
    if language in MONTHS:
        month = MONTHS[language].split()[time.month - 1]
        return (
            f"{time.day} de {month} de {time.year}"
            if language == "es"
            else (f"{time.day} {month} {time.year}")
        )
    return f"{time.day} {time:%B} {time.year}"


@lru_cache(maxsize=1)
def environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["day"] = day
    return made


def render(template: str, **values: Any) -> str:
    """A template of the package filled in."""
    return environment().get_template(template).render(**values)
