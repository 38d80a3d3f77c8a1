"""The outlets of the demo newspaper world: who they are and how their sites behave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from variorum.newspaper.story import Story

CURLY = frozenset({"curly", "dashes"})
STRAIGHT: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outlet:
    """One publisher.

    ``number`` is the last octet of its loopback address. ``pattern`` makes an article's path.
    ``looks`` and ``dresses`` are (from round, template) and (from round, typographic styles): a
    site's redesign, a new quotation-mark filter. ``lists`` are the feeds and sitemaps it keeps,
    ``sources`` those of its addresses that a reader would add. ``note_place`` is where notices
    stand: "top" or "end" of the body, or "after" its container. ``charset`` says where the encoding
    is declared: "header" or "meta".
    """

    key: str
    name: str
    tagline: str
    language: str
    number: int
    pattern: str
    looks: tuple[tuple[int, str], ...]
    dresses: tuple[tuple[int, frozenset[str]], ...] = ((0, STRAIGHT),)
    encoding: str = "utf-8"
    charset: str = "header"
    note_place: str = "end"
    lists: tuple[str, ...] = ()
    sources: tuple[str, ...] = ("/",)
    etag: bool = False
    last_modified: bool = False
    gzip: bool = False
    shuffles: bool = False
    hostile: bool = False
    disallow: tuple[str, ...] = ("/search", "/account/")
    quiet: tuple[tuple[int, str], ...] = ()

    @property
    def address(self) -> str:
        return f"127.0.0.{self.number}"

    def look_at(self, round_: int) -> str:
        return [look for start, look in self.looks if start <= round_][-1]

    def dress_at(self, round_: int) -> frozenset[str]:
        return [styles for start, styles in self.dresses if start <= round_][-1]

    def path(self, story: Story, slug: str | None = None) -> str:
        """Path (and query, where the outlet identifies its stories by one) of a story."""
        number = 20_000_000 + crc32(f"{self.key}/{story.slug}".encode()) % 9_000_000
        section = story.section.lower().replace(" ", "-")
        return self.pattern.format(slug=slug or story.slug, id=number, section=section)


OUTLETS: tuple[Outlet, ...] = (
    Outlet(
        key="courier",
        name="The Alder Courier",
        tagline="The paper of record for Alderhaven and the coast",
        language="en",
        number=2,
        pattern="/news/{section}/{slug}",
        looks=((0, "courier.html"),),
        dresses=((0, CURLY),),
        note_place="end",
        lists=("/rss.xml", "/sitemap.xml", "/news-sitemap.xml"),
        sources=("/rss.xml",),
        etag=True,
        gzip=True,
        disallow=("/search", "/account/", "/news/members/"),
    ),
    Outlet(
        key="flash",
        name="The Daily Flash",
        tagline="First with the story",
        language="en",
        number=3,
        pattern="/{section}/{id}/{slug}.html",
        looks=((0, "flash.html"),),
        dresses=((0, STRAIGHT), (6, CURLY)),
        encoding="windows-1252",
        charset="meta",
        note_place="after",
        lists=("/feeds/all.rss",),
        sources=("/feeds/all.rss",),
        shuffles=True,
        quiet=((6, "The site's template begins to curl its quotation marks"),),
    ),
)

BY_KEY: Mapping[str, Outlet] = {outlet.key: outlet for outlet in OUTLETS}
