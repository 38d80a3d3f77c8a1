"""The outlets of the demo newspaper world: who they are and how their sites behave."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote
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
        return self.pattern.format(slug=slug or story.slug, id=number, section=quote(section))


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
    Outlet(
        key="tarn",
        name="Radio Tarn",
        tagline="News and weather from the Tarn valley",
        language="en",
        number=4,
        pattern="/news/{slug}-{id}",
        looks=((0, "tarn.html"),),
        note_place="top",
        lists=("/feed.json", "/sitemap.xml", "/sitemap-stories.xml"),
        sources=("/feed.json",),
        last_modified=True,
        disallow=("/search", "/listen/again/"),
    ),
    Outlet(
        key="gazette",
        name="La Gazette de Vaurelle",
        tagline="Quotidien d'information depuis 1874",
        language="fr",
        number=5,
        pattern="/article/{section}/{slug}_{id}.html",
        looks=((0, "gazette.html"),),
        dresses=((0, frozenset({"nbsp"})), (5, STRAIGHT)),
        encoding="iso-8859-15",
        note_place="end",
        lists=("/atom.xml",),
        sources=("/atom.xml",),
        etag=True,
        gzip=True,
        disallow=("/abonnement/", "/recherche"),
        quiet=((5, "No-break spaces around guillemets become plain spaces"),),
    ),
    Outlet(
        key="pregon",
        name="El Pregón de Almenza",
        tagline="Diario independiente de Almenza y su comarca",
        language="es",
        number=6,
        pattern="/{section}/{slug}/",
        looks=((0, "pregon.html"), (8, "pregon-new.html")),
        note_place="after",
        lists=("/sitemap.xml", "/news-sitemap.xml"),
        sources=("/",),
        disallow=("/buscar",),
        quiet=((8, "The site is redesigned from the ground up"),),
    ),
    Outlet(
        key="nadir",
        name="The Nadir Post",
        tagline="The truth they wish you would scroll past",
        language="en",
        number=7,
        pattern="/read.php?story={slug}",
        looks=((0, "nadir.html"),),
        dresses=((0, STRAIGHT), (4, CURLY), (7, STRAIGHT)),
        note_place="after",
        lists=("/feed.xml", "/rss", "/sitemap.xml", "/sitemap-stories.xml.gz"),
        sources=("/feed.xml", "/sitemap.xml"),
        gzip=True,
        shuffles=True,
        hostile=True,
        disallow=("/tips", "/admin"),
        quiet=(
            (4, "The site's template begins to curl its quotation marks"),
            (7, "The site's template stops curling its quotation marks"),
        ),
    ),
)
